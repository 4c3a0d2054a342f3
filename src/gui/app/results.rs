//! What comes of work on threads goes to whoever waits for it.

use egui::Context;

use super::App;
use crate::gui::dialog::Dialog;
use crate::gui::frame_log;
use crate::gui::saving::Trouble;
use crate::gui::task_result::TaskResult;

impl App {
    pub(super) fn handle_results(&mut self, context: &Context) {
        // Work done at once may bring more work.
        loop {
            let results = self.worker.results();
            if results.is_empty() {
                return;
            }
            for result in results {
                self.on_result(context, result);
            }
        }
    }

    fn on_result(&mut self, context: &Context, result: TaskResult) {
        frame_log::record(context, &format_args!("{}", result.name()));
        match result {
            TaskResult::TextRead { article, opened } => self.on_text_read(&article, *opened),
            TaskResult::Opened(read) => self.on_opened(context, *read),
            TaskResult::ProblemsFound { article, found } => {
                self.on_problems_found(&article, *found)
            }
            TaskResult::FolderListed { folder, result } => {
                self.opening.retain(|path| *path != folder);
                self.on_folder_listed(folder, result);
            }
            TaskResult::ImportFinished(words) => self.notice(words, Vec::new()),
            TaskResult::ColleaguesRead {
                article,
                own,
                work,
                takes_over,
                comparison,
            } => {
                self.on_peer_work(&article, &own, work.clone());
                self.on_colleagues_read(&article, &own, work, takes_over);
                self.on_compared(context, &article, comparison.map(|comparison| *comparison));
            }
            TaskResult::GuidelinesRead { article, result } => {
                self.on_guidelines_read(&article, result);
            }
            TaskResult::NextToAdjudicate(next) => self.on_next_to_adjudicate(next),
            TaskResult::TakenOver(result) => self.on_taken_over(result),
            TaskResult::Resumed(article) => self.open(article),
            TaskResult::FolderListedAgain { folder, result } => {
                self.on_folder_listed_again(&folder, result);
            }
            TaskResult::Failed(name) => self.on_task_failed(&name),
            TaskResult::Searched { search, found } => {
                self.on_search_finished(context, &search, found)
            }
            TaskResult::SearchFolderRead { paths, result } => {
                self.on_search_folder_read(&paths, result);
            }
            TaskResult::SearchFolderChanged => self.searching.search.note_change(),
            TaskResult::FolderSearched { asked, found } => {
                self.searching.search.on_found(&asked, found)
            }
            TaskResult::PersonRead {
                name,
                person,
                people,
            } => self.on_person_read(&name, person, people),
            TaskResult::HitsExported { path, result } => self.on_hits_exported(&path, result),
            TaskResult::BulkStepDone(done) => self.on_bulk_step_done(context, done),
            TaskResult::BulkStepReplayed(replayed) => self.on_step_replayed(context, replayed),
            TaskResult::Previewed { request, preview } => self.on_preview(&request, *preview),
            TaskResult::ExportProgress(progress) => self.on_export_progress(progress),
            TaskResult::FactsRead { article, loaded } => self.facts.on_read(&article, *loaded),
            TaskResult::FactsSaved { article, result } => {
                self.on_facts_saved(context, &article, result);
            }
            TaskResult::ImportFormatFound { paths, result } => {
                for dialog in self.dialogs.all_mut().filter_map(Dialog::as_import) {
                    dialog.on_format(&paths, result.clone());
                }
            }
            TaskResult::ImportTakenBack { into, result } => {
                self.on_import_taken_back(into, result);
            }
            TaskResult::Imported { request, result } => self.on_imported(*request, *result),
            TaskResult::Exported(result) => self.on_exported(result),
            TaskResult::Proposed {
                article,
                source,
                learned,
                cues,
                proposals,
            } => self.on_proposed(&article, &source, (learned.as_ref(), &cues), proposals),
            TaskResult::ModelAnswered {
                article,
                name,
                source,
                result,
            } => self.on_model_answered(context, &article, &name, &source, result),
            TaskResult::LearnedRead { folder, result } => self.on_learned_read(folder, result),
            TaskResult::Learned {
                folder,
                asked,
                result,
            } => self.on_learned(folder, asked, result),
            TaskResult::LearnedSaved { path, result } => self.on_learned_saved(&path, result),
            TaskResult::TagsCounted(counts) => self.on_tags_counted(&counts),
            TaskResult::SchemasRead { read, why } => self.on_schemas_read(read, why),
            TaskResult::SchemaChanged { draft, result } => {
                self.on_schema_changed(context, &draft, *result);
            }
            TaskResult::LearnedLoaded { folder, result } => self.on_learned_loaded(&folder, result),
            TaskResult::Surveyed(surveyed) => self.on_surveyed(surveyed),
            TaskResult::SurveyEnded => {
                self.group_copies();
                self.follow_statistics();
                self.follow_agreement();
            }
            TaskResult::AgreementMeasured(result) => self.on_agreement_measured(*result),
            TaskResult::StatisticsCounted(result) => self.on_statistics_counted(*result),
            TaskResult::StatisticsSaved(result) => self.on_statistics_saved(result),
            TaskResult::CopiesGrouped(copies) => self.on_copies_grouped(copies),
            TaskResult::AssignmentsRead(read) => self.on_assignments_read(*read),
            TaskResult::Assigned { words, result } => self.on_assigned(words, result),
            TaskResult::PathPicked { pick, picked } => self.on_picked(context, pick, picked),
            TaskResult::Saved {
                article,
                state,
                document,
                took,
                result,
            } => {
                if let Some(saved) = self.workspace.open.get_mut(&article) {
                    saved.saving.took = took;
                }
                self.on_saved(context, &article, (state, *document), result);
            }
            TaskResult::JournalWritten => self.on_journal_written(),
            TaskResult::UnsavedFound(found) => self.on_unsaved_found(found),
            TaskResult::DraftsFound(found) => self.on_drafts_found(found),
            TaskResult::Recovered {
                found,
                state,
                result,
            } => self.on_recovered(context, *found, state, result),
            TaskResult::Merged {
                article,
                state,
                result,
            } => self.on_merged(context, &article, state, result),
            TaskResult::ExternalChanges {
                article,
                fingerprint,
                changes,
            } => self.on_external_changes(&article, fingerprint, changes),
        }
    }

    /// The result of a thread is no longer wanted.
    fn on_task_failed(&mut self, name: &str) {
        let words = format!(
            "Something went wrong in Pullquote ({name}). Your work is still open. Try again, and \
             please report this."
        );
        self.opening.clear();
        self.picking = false;
        self.asking_model = false;
        self.bulk = super::bulk::Bulk::default();
        self.grouping = super::copies::Grouping::default();
        self.statistics.counted.give_up();
        self.agreement.measured.give_up();
        for article in self.workspace.open.values_mut() {
            article.checking_disk = false;
            if std::mem::take(&mut article.saving.running) {
                article.saving.trouble = Some(Trouble::Failed(words.clone()));
            }
        }
        self.fail(words, Vec::new());
        self.save_failed_while_closing();
    }
}
