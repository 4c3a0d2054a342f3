use clap_complete::Shell;

use super::terminal::Terminal;
use super::{ExitStatus, Stop, usage};

/// Print a shell's completion script
///
/// For bash: pullquote completions bash > ~/.local/share/bash-completion/completions/pullquote
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    // Generated in memory first: the generator panics if the reader closes the pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut usage(), "pullquote", &mut script);
    terminal.out().write_all(&script)?;
    Ok(ExitStatus::Success)
}
