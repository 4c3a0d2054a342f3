//! The statistics of the folder: counted on a thread, exported as plots or as a report.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::dialog::REPORT_FILE;
use crate::gui::file_dialogs::{Pick, PickRequest};
use crate::gui::page::{Page, Statistics};
use crate::gui::task_result::TaskResult;
use crate::ops::plots::{ReportTitle, plots, write_plots, write_report};
use crate::ops::{StatsRequest, TimesOf, stats};
use crate::text::wording::count;

impl App {
    /// Shows the statistics of the folder, or goes back to the article.
    pub(super) fn toggle_statistics(&mut self, context: &Context) {
        if self.toggle_folder_page(context, Page::Statistics) {
            self.count_statistics();
        }
    }

    /// Counts what the folder holds, on a thread.
    pub(super) fn count_statistics(&mut self) {
        let page = &mut self.statistics;
        let folder = self.workspace.folder.clone();
        let Some(folder) = folder.filter(|folder| page.counted.begins(folder)) else {
            return;
        };
        let times = match (page.times_of_others, &self.services.annotator) {
            (true, _) => TimesOf::Everybody,
            (false, Some(name)) => TimesOf::One(name.clone()),
            (false, None) => TimesOf::One("".into()),
        };
        let request = StatsRequest {
            paths: vec![folder.clone()],
            tags: page.tags.clone(),
            times,
            encoding: self.services.encoding,
        };
        self.worker.spawn("statistics", move || {
            let counted = stats(&request, &mut |_| {});
            let counted = counted.map(|report| Statistics {
                plots: plots(&report),
                report,
                folder,
            });
            TaskResult::StatisticsCounted(Box::new(counted.map_err(|error| error.to_string())))
        });
    }

    pub(super) fn on_statistics_counted(&mut self, result: Result<Statistics, String>) {
        if self.statistics.counted.end(result) {
            self.count_statistics();
        }
    }

    /// Counts again where the page is shown and articles were written.
    pub(super) fn follow_statistics(&mut self) {
        if self.page == Some(Page::Statistics) {
            self.count_statistics();
        }
    }

    /// Asks for the folder that the plots go to, or for the file of the report.
    pub(super) fn ask_for_statistics(&mut self, context: &Context, pick: Pick) {
        let request = PickRequest {
            pick,
            folder: self.open_folder(),
            name: match pick == Pick::SaveReport {
                true => REPORT_FILE.to_owned(),
                false => String::new(),
            },
        };
        self.pick(context, request);
    }

    /// Writes all plots to a folder, on a thread.
    pub(super) fn save_plots(&mut self, folder: PathBuf) {
        let Some(counted) = self.statistics.counted.known().map(Arc::clone) else {
            return;
        };
        self.status = StatusMessage::info("writing …");
        self.worker.spawn("save plots", move || {
            let written = write_plots(&folder, &counted.report, &counted.plots);
            let written = written.map(|files| {
                let files = count(files, "file");
                format!("Wrote {files} to {}", folder.display())
            });
            TaskResult::StatisticsSaved(written.map_err(|error| error.to_string()))
        });
    }

    /// Writes the report to a file, on a thread.
    pub(super) fn save_report(&mut self, path: PathBuf) {
        let Some(counted) = self.statistics.counted.known().map(Arc::clone) else {
            return;
        };
        let name = counted.folder.file_name().unwrap_or_default();
        let today = self.services.clock.now();
        let today = today.to_zoned_datetime(jiff::tz::TimeZone::system());
        let title = ReportTitle {
            project: name.to_string_lossy().into_owned(),
            made: today.strftime("%Y-%m-%d").to_string(),
        };
        self.worker.spawn("save report", move || {
            let written = write_report(&path, &title, &counted.report, &counted.plots);
            let written = written.map(|()| format!("Wrote {}", path.display()));
            TaskResult::StatisticsSaved(written.map_err(|error| error.to_string()))
        });
    }

    pub(super) fn on_statistics_saved(&mut self, result: Result<String, String>) {
        match result {
            Ok(words) => self.status = StatusMessage::info(words),
            Err(words) => {
                self.status = StatusMessage::refusal("nothing was written");
                self.fail(words, Vec::new());
            }
        }
    }

    /// Leaves the page and searches all articles.
    pub(super) fn search_for(&mut self, context: &Context, query: String) {
        self.remember_place();
        self.leave_page(context);
        self.show_search(context);
        self.searching.search.query = query;
    }
}
