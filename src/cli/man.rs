use clap_mangen::Man;

use super::terminal::Terminal;
use super::{ExitStatus, Stop, usage};

/// Print the manual page
///
/// For example: pullquote man > pullquote.1, or read it with: pullquote man | man -l -
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The subcommand to print the page of
    subcommand: Option<String>,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let mut command = usage();
    command.build();
    let page = match args.subcommand {
        None => command,
        Some(name) => {
            let found = command.find_subcommand(&name).cloned();
            found.ok_or_else(|| {
                Stop::Words(format!(
                    "there is no subcommand `{name}`; `pullquote --help` lists them"
                ))
            })?
        }
    };
    Man::new(page).render(terminal.out())?;
    Ok(ExitStatus::Success)
}
