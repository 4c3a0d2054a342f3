use std::path::PathBuf;

use smol_str::SmolStr;

use super::terminal::Terminal;
use super::{ExitStatus, Stop, annotator};
use crate::ops::{Assigning, assign_paths};
use crate::text::wording::count;

/// Say who is to tag which article
///
/// Writes `pullquote.assignments.ron` in the folder of the project, where everybody's window reads it: an article
/// assigned to you is in your queue. `pullquote list --only unassigned --paths-only` names articles to hand out.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// To whom; can be repeated
    #[arg(long = "to", value_name = "NAME", value_parser = annotator, required = true)]
    names: Vec<SmolStr>,
    /// They are no longer to tag them
    #[arg(long)]
    remove: bool,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let how = match args.remove {
        true => Assigning::Remove,
        false => Assigning::Add,
    };
    let (changed, problems) = assign_paths(&args.paths, &args.names, how).map_err(Stop::new)?;
    for change in &changed {
        terminal.line(format_args!(
            "{}: {}",
            change.article,
            match &change.after[..] {
                [] => "nobody".to_owned(),
                names => names.join(", "),
            }
        ))?;
    }
    terminal.flush()?;
    problems.iter().for_each(|problem| terminal.say(problem));
    terminal.say(format_args!("{} changed", count(changed.len(), "article")));
    Ok(match problems[..] {
        [] => ExitStatus::Success,
        [_, ..] => ExitStatus::ProblemsFound,
    })
}
