//! The program: arguments to the command line, or without a subcommand to the window.

use std::process::ExitCode;

use pullquote::cli::{self, ExitStatus, Invocation};
use pullquote::ops::WindowRequest;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Invocation::Done(status) => status.into(),
        Invocation::Window(request) => window(request),
    }
}

#[cfg(feature = "gui")]
fn window(request: WindowRequest) -> ExitCode {
    match pullquote::gui::run(request) {
        Ok(()) => ExitStatus::Success.into(),
        Err(error) => {
            cli::complain_in_lines(error);
            ExitStatus::Failure.into()
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_: WindowRequest) -> ExitCode {
    cli::complain(
        "this build has no window; build with `cargo build --features gui`, or run `pullquote \
         --help` for the command line",
    );
    ExitStatus::Failure.into()
}
