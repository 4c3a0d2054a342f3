//! Who is to tag what: read, handed out and taken back.

use std::path::PathBuf;

use smol_str::SmolStr;

use super::App;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::task_result::TaskResult;
use crate::model::Reassigned;
use crate::ops::{self, Assigning, LoadedAssignments};
use crate::text::wording::count;

impl App {
    /// Reads on a thread who is to tag what in the folder.
    pub(super) fn read_assignments(&self) {
        let Some(folder) = self.workspace.folder.clone() else {
            return;
        };
        self.worker.spawn("assignments", move || {
            let read = LoadedAssignments::of_folder(&folder);
            TaskResult::AssignmentsRead(Box::new(read))
        });
    }

    pub(super) fn on_assignments_read(&mut self, read: LoadedAssignments) {
        if let Some(problem) = &read.problem {
            self.fail(format!("Assignments cannot be read. {problem}"), Vec::new());
        }
        self.workspace.note_assignments(read);
    }

    /// Assigns articles to somebody, or takes them from them, on a thread.
    pub(super) fn assign(&mut self, articles: Vec<PathBuf>, name: SmolStr, how: Assigning) {
        let Some(folder) = self.workspace.folder.clone() else {
            return;
        };
        let words = match how {
            Assigning::Add => format!("assigned to {name}"),
            Assigning::Remove => format!("no longer assigned to {name}"),
        };
        self.worker.spawn("assign", move || TaskResult::Assigned {
            result: ops::assign(&folder, &articles, &[name], how)
                .map_err(|error| error.to_string()),
            words,
        });
    }

    pub(super) fn take_back_assignment(&mut self, changed: Vec<Reassigned>) {
        let Some(folder) = self.workspace.folder.clone() else {
            return;
        };
        self.worker.spawn("assign", move || TaskResult::Assigned {
            words: format!(
                "the assignment of {} is undone",
                count(changed.len(), "article")
            ),
            result: ops::unassign(&folder, &changed)
                .map(|()| Vec::new())
                .map_err(|error| error.to_string()),
        });
    }

    pub(super) fn on_assigned(&mut self, words: String, result: Result<Vec<Reassigned>, String>) {
        let is_offer =
            |(_, way): &(String, AppCommand)| matches!(way, AppCommand::TakeBackAssignment(_));
        match result {
            Ok(changed) => {
                // Only the last one can be undone.
                self.banners
                    .retain(|banner| !banner.actions.iter().any(is_offer));
                if changed.is_empty() {
                    self.status = StatusMessage::info(words);
                } else {
                    let number = count(changed.len(), "article");
                    let undo = AppCommand::TakeBackAssignment(changed);
                    self.succeed(
                        format!("{number} {words}."),
                        vec![("Undo assignment".to_owned(), undo)],
                    );
                    self.list.chosen.clear();
                }
            }
            Err(words) => self.fail(words, Vec::new()),
        }
        self.read_assignments();
    }
}
