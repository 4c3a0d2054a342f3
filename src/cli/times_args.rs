//! Whose time of work is told: one's own, unless more is asked for.

use smol_str::SmolStr;

use super::annotator;
use super::terminal::Terminal;
use crate::ops::TimesOf;
use crate::store::{config_dir, load_settings};

#[derive(Debug, clap::Args)]
pub(super) struct TimesArgs {
    /// Who you are, whose time of work is told. By default your name in the window's settings
    #[arg(long = "as", value_name = "NAME", value_parser = annotator)]
    own: Option<SmolStr>,
    /// Tell the time of work of everybody
    #[arg(long, conflicts_with = "own")]
    times_of_all: bool,
}

impl TimesArgs {
    /// Whose times of work are told: those of everybody, or one's own.
    pub(super) fn of(self, terminal: &mut Terminal) -> TimesOf {
        match (self.times_of_all, self.own.or_else(|| own_name(terminal))) {
            (true, _) => TimesOf::Everybody,
            (false, Some(name)) => TimesOf::One(name),
            (false, None) => TimesOf::Nobody,
        }
    }
}

/// Who is oneself, as the settings of the window say.
fn own_name(terminal: &mut Terminal) -> Option<SmolStr> {
    match load_settings(&config_dir()?) {
        Ok(settings) => settings.annotator,
        Err(damaged) => {
            terminal.say(damaged);
            None
        }
    }
}
