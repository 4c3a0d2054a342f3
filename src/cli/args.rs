use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use smol_str::SmolStr;

use crate::ops::{Renderer, WindowRequest};
use crate::text::Encoding;
use crate::text::wording::nearest;

use super::terminal::Terminal;
use super::{ExitStatus, Stop, annotator};

/// Mark up who said what in articles: quotes, speakers, claims and the links between them.
///
/// Opens a window unless a subcommand is given.
#[derive(Debug, Parser)]
#[command(
    name = "pullquote",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "A file or folder named like a subcommand can be opened as ./check.\n\
                  Exit codes: 0 fine, 1 problems found, 2 could not run."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) subcommand: Option<Subcommand>,
    #[command(flatten)]
    pub(super) window: Window,
}

macro_rules! subcommands {
    ($($name:ident $file:ident;)*) => {
        #[derive(Debug, clap::Subcommand)]
        pub(super) enum Subcommand {
            $($name(super::$file::Args),)*
        }

        impl Subcommand {
            pub(super) fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
                match self {
                    $(Self::$name(args) => super::$file::run(args, terminal),)*
                }
            }
        }
    };
}

// In the order of the help. A new one is a file and a line here.
subcommands! {
    Check check;
    Export export;
    Import import;
    Suggest suggest;
    Carry carry;
    Agree agree;
    Score score;
    Stats stats;
    List list;
    Assign assign;
    Exam exam;
    Search search;
    Change change;
    Merge merge;
    Recover recover;
    Formats formats;
    Completions completions;
    Man man;
}

#[derive(Debug, clap::Args)]
pub(super) struct Window {
    /// Articles, or a folder of articles, to open in the window
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The annotator: tags go to ARTICLE.NAME.ron
    #[arg(long = "as", value_name = "NAME", value_parser = annotator)]
    annotator: Option<SmolStr>,
    /// The encoding of articles that do not declare one, such as windows-1252
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// How to draw the window
    #[arg(long, value_enum, default_value_t, hide_default_value = true)]
    renderer: RendererArg,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum RendererArg {
    /// With the graphics card if there is one
    #[default]
    Auto,
    /// With the graphics card only
    Hardware,
    /// Without a graphics card
    Software,
}

impl Window {
    /// A hint if the first path is not a file but looks like a misspelt subcommand.
    pub(super) fn misspelt(&self) -> Option<String> {
        let word = self.paths.first()?.to_str()?;
        let nearest = nearest_subcommand(word).filter(|name| is_slip_of(word, name))?;
        Some(format!(
            "{word}: there is no such file; did you mean `{nearest}`?"
        ))
    }
}

/// Whether `word` is `name` with a letter too many, missing, wrong, or two in the wrong order.
fn is_slip_of(word: &str, name: &str) -> bool {
    word.len() > 2 && strsim::osa_distance(word, name) == 1
}

/// The subcommand that was most likely meant by a word that is no file.
fn nearest_subcommand(word: &str) -> Option<String> {
    if !may_be_subcommand(word) {
        return None;
    }
    let command = <Args as clap::CommandFactory>::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    nearest(word, names).map(str::to_owned)
}

fn may_be_subcommand(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_lowercase()) && !crate::store::exists(Path::new(word))
}

/// What is wrong with a first argument that is neither a subcommand nor a file, although what follows
/// it belongs to a subcommand.
pub(super) fn unknown_subcommand(first: &OsStr) -> Option<String> {
    let word = first.to_str().filter(|word| may_be_subcommand(word))?;
    let command = <Args as clap::CommandFactory>::command();
    if word.is_empty() || command.find_subcommand(word).is_some() {
        return None;
    }
    let hint = match nearest_subcommand(word) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`pullquote --help` lists the subcommands".to_owned(),
    };
    Some(format!("there is no subcommand or file `{word}`; {hint}"))
}

impl From<Window> for WindowRequest {
    fn from(window: Window) -> Self {
        Self {
            paths: window.paths,
            annotator: window.annotator,
            encoding: window.encoding,
            renderer: match window.renderer {
                RendererArg::Auto => Renderer::Auto,
                RendererArg::Hardware => Renderer::Hardware,
                RendererArg::Software => Renderer::Software,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_slip_is_one_letter_or_two_in_the_wrong_order() {
        for word in ["chekc", "chek", "checks", "chock", "heck", "hceck"] {
            assert!(is_slip_of(word, "check"), "{word}");
            assert_eq!(nearest_subcommand(word).as_deref(), Some("check"), "{word}");
        }
        for word in ["check", "chk", "kcehc", "checkin", "ma"] {
            assert!(!is_slip_of(word, "check"), "{word}");
        }
        assert!(!is_slip_of("mn", "man"), "too short to be a slip");
    }

    #[test]
    fn a_path_named_like_a_subcommand_can_be_opened() {
        let args = Args::try_parse_from(["pullquote", "./check"]).unwrap();
        assert!(args.subcommand.is_none());
        let args = Args::try_parse_from(["pullquote", "--as", "maria", "a.txt", "check"]).unwrap();
        assert!(args.subcommand.is_none());
        let request = WindowRequest::from(args.window);
        assert_eq!(request.paths, [PathBuf::from("a.txt"), "check".into()]);
        assert_eq!(request.annotator.as_deref(), Some("maria"));
    }
}
