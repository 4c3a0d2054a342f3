//! What is known about the article that is shown: read, saved and followed on the disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use crate::gui::panel::DetailsTab;
use crate::gui::task_result::TaskResult;
use crate::model::Sitting;
use crate::ops::{self, LoadedFacts};

impl App {
    /// Turns the panel to the article that is shown; what was typed about another one is saved first.
    pub(super) fn follow_facts(&mut self) {
        let shown = self.workspace.current_path().map(Path::to_owned);
        let is_shown = self.tab == DetailsTab::Facts && self.show_details;
        if self.facts.article() != shown.as_deref() || !is_shown {
            self.save_facts();
        }
        let Some(article) = shown.filter(|_| is_shown) else {
            return;
        };
        if self.facts.turn_to(&article) {
            self.read_facts(article);
        }
    }

    fn read_facts(&self, article: PathBuf) {
        self.worker.spawn("facts", move || TaskResult::FactsRead {
            loaded: Box::new(ops::load_facts(&article)),
            article,
        });
    }

    /// Files beside articles were written.
    pub(super) fn on_facts_written(&self, written: &BTreeSet<PathBuf>) {
        let Some(article) = self.facts.article() else {
            return;
        };
        let of_article =
            |path: &PathBuf| path.as_path() == crate::store::sidecar_file::facts_path(article);
        if written.iter().any(of_article) {
            self.read_facts(article.to_owned());
        }
    }

    pub(super) fn save_facts(&mut self) {
        let Some((article, loaded, facts)) = self.facts.begin_saving() else {
            return;
        };
        self.worker.spawn("save facts", move || {
            let result = ops::save_facts_merged(&article, &loaded, &facts);
            let result = result.map(Box::new).map_err(|error| error.to_string());
            TaskResult::FactsSaved { article, result }
        });
    }

    pub(super) fn on_facts_saved(
        &mut self,
        context: &Context,
        article: &Path,
        result: Result<Box<LoadedFacts>, String>,
    ) {
        if result.is_ok() && self.workspace.folder.is_some() {
            self.survey(vec![article.to_owned()]);
        }
        let told = self.facts.on_saved(article, result.map(|loaded| *loaded));
        if let Some(words) = told {
            let words = format!("What is known about the article was not saved. {words}");
            self.fail(words, Vec::new());
        }
        context.request_repaint();
    }

    /// How long the person has worked on the article, in words; `None` where the project keeps no times.
    pub(super) fn own_time(&self) -> Option<String> {
        let article = self.workspace.current()?;
        if !article.open.schema().times {
            return None;
        }
        let by = article.open.annotator().cloned().unwrap_or_default();
        let under_way = article.active_time.sitting(&by);
        let begun =
            |sitting: &Sitting| Some(sitting.start) == under_way.as_ref().map(|now| now.start);
        let kept = article.open.document().sittings().iter();
        let own = kept.filter(|sitting| sitting.by == by && !begun(sitting));
        let today = self.services.clock.now();
        let zone = jiff::tz::TimeZone::system();
        let day = |time: jiff::Timestamp| zone.to_datetime(time).date();
        let (mut all, mut of_today) = (0_u64, 0_u64);
        for sitting in own.chain(under_way.as_ref()) {
            let seconds = u64::from(sitting.seconds);
            all += seconds;
            if day(sitting.start) == day(today) {
                of_today += seconds;
            }
        }
        Some(format!(
            "Your time on this article: {}, today {}. Pauses do not count.",
            minutes(all),
            minutes(of_today)
        ))
    }
}

/// A time in words, in whole minutes: "under 1 min", "12 min", "1 h 5 min".
fn minutes(seconds: u64) -> String {
    match (seconds / 3_600, seconds % 3_600 / 60) {
        (0, 0) => "under 1 min".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
