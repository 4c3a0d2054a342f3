//! The program: arguments to the command line, or without a subcommand to the window.

use std::process::ExitCode;

use pullquote::cli::{self, Invocation, Status};
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
        Ok(()) => Status::Fine.into(),
        Err(error) => {
            cli::complain(error);
            Status::CouldNotRun.into()
        }
    }
}

#[cfg(not(feature = "gui"))]
fn window(_: WindowRequest) -> ExitCode {
    cli::complain(
        "this build has no window; build with `cargo build --features gui`, or run `pullquote \
         --help` for the command line",
    );
    Status::CouldNotRun.into()
}
