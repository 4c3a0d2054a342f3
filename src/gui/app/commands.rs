//! Carrying commands out.

use std::path::Path;

use egui::{Context, ThemePreference};

use super::App;
use super::article_commands::Origin;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::{About, Dialog, EditTextDialog, EncodingDialog, Palette, is_document};
use crate::gui::file_dialogs::Pick;
use crate::gui::find::{Found, Search};
use crate::gui::frame_log;
use crate::gui::page::Page;
use crate::gui::panel::{DetailsTab, focus_menu_bar};
use crate::gui::task_result::TaskResult;
use crate::gui::text_view::VerticalDirection;
use crate::gui::ui_context::disabled_reason;
use crate::model::QuoteForm;
use crate::ops::bulk_step::Direction;
use crate::ops::ui_command::{LayoutMotion, Meaning, UiCommand, WindowCommand};
use crate::ops::{Edit, Motion, Move};
use crate::store::ThemeName;
use crate::suggest::ProposalKind;
use crate::text::TextRange;

/// The sizes the article can be set in.
const ZOOMS: [f32; 11] = [0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5];

impl App {
    pub(super) fn carry_out(&mut self, context: &Context, command: AppCommand) {
        frame_log::record(context, &command);
        match command {
            AppCommand::Ui(command) => self.command(context, command),
            AppCommand::Document(command) => self.run(context, command),
            AppCommand::DocumentThenFocus(command) => {
                self.run_from(context, command, Origin::Key);
                self.focus_article(context);
            }
            AppCommand::Open(path) => {
                if self.page.is_some() {
                    self.remember_place();
                }
                self.leave_page(context);
                self.open_or_import(context, vec![path], is_document);
            }
            AppCommand::Assign(articles, name, how) => self.assign(articles, name, how),
            AppCommand::TakeBackAssignment(changed) => self.take_back_assignment(changed),
            AppCommand::Pick(request) => self.pick(context, request),
            AppCommand::SaveLearned(path) => self.save_learned(path),
            AppCommand::LoadLearned(path) => self.load_learned(path),
            AppCommand::ChangeHits(found, action) => self.change_hits(found, action),
            AppCommand::GoToSearchHit(row) => self.go_to_search_hit(context, row),
            AppCommand::GoToHit(found) => self.go_to_hit(context, &found.hit()),
            AppCommand::AskWhose(person, found) => self.ask_whose(context, person, found),
            AppCommand::ShowPerson(name) => self.show_person(context, &name),
            AppCommand::ChangePerson(before, change) => self.change_person(before, change),
            AppCommand::MergePerson(from, into) => self.merge_person(from, into),
            AppCommand::ClosePage => self.close_page(context),
            AppCommand::ExportHits(path) => self.export_hits(path),
            AppCommand::SearchFor(query) => self.search_for(context, query),
            AppCommand::GoToDisagreement(article, range) => {
                self.go_to_disagreement(context, article, range);
            }
            AppCommand::MeasureAgreement => self.measure_agreement(),
            AppCommand::CountStatistics => self.count_statistics(),
            AppCommand::AskForStatistics(pick) => self.ask_for_statistics(context, pick),
            AppCommand::SavePlots(folder) => self.save_plots(folder),
            AppCommand::SaveReport(path) => self.save_report(path),
            AppCommand::Export(request) => self.export(*request),
            AppCommand::AskImport(paths) => self.ask_what_to_import(context, &paths),
            AppCommand::FindImportFormat(paths) => self.find_import_format(paths),
            AppCommand::Import(request) => self.import(*request),
            AppCommand::TakeBackImport(into) => self.take_back_import(into),
            AppCommand::SaveFacts => self.save_facts(),
            AppCommand::SaveAgain(path) => self.save(&path),
            AppCommand::ReplaceOnDisk(path) => self.replace_on_disk(&path),
            AppCommand::AskEncoding(path) => self.ask_encoding(context, &path),
            AppCommand::ReadAs(path, encoding) => self.read_as(&path, encoding),
            AppCommand::Recover(found) => self.recover(*found),
            AppCommand::Discard(found) => self.discard(&found),
            AppCommand::ReadWithWork(path) => self.read_with_work(&path),
            AppCommand::MergeWithDisk(path) => self.merge_with_disk(&path),
            AppCommand::UseEarlierVersion(path) => self.use_earlier_version(&path),
            AppCommand::MergeCopy(article, copy) => self.merge_copy(&article, copy),
            AppCommand::AskName(name) => self.ask_name(context, name.as_deref()),
            AppCommand::ChangeSchema(change) => self.change_schema(change.0, change.1),
            AppCommand::SetAnnotator(name) => self.set_annotator(context, name),
            AppCommand::OnceRead(command) => self.waits_for_name = Some(*command),
            AppCommand::AskWhyToIgnore(finding) => self.ask_why_to_ignore(context, &finding),
            AppCommand::ShowColleagueTag(range) => {
                self.show_colleagues = true;
                self.seek(context, range);
                self.focus_article(context);
            }
            AppCommand::TakeOverUnnamed => self.take_over_unnamed(),
            AppCommand::TakeOverAllUnnamed => self.take_over_all_unnamed(context),
            AppCommand::LeaveUnnamed => self.leave_unnamed(),
            AppCommand::PutOffUnnamed => self.put_off_unnamed(),
            AppCommand::SuggestWith(model) => self.suggest_with(model),
            AppCommand::Dismiss(id) => self.dismiss(id),
            AppCommand::UseDraft(draft) => self.use_draft(context, &draft),
            AppCommand::DiscardDraft(draft) => self.discard_draft(&draft),
            AppCommand::KeepAndClose => self.keep_and_close(context),
            AppCommand::CloseAnyway => self.close_anyway(context),
            AppCommand::SaveAndClose => self.save_and_close(context),
            AppCommand::StayOpen => self.stay_open(),
            AppCommand::HideHints => self.hints.hide(),
            AppCommand::FocusArticle => self.focus_article(context),
            AppCommand::IgnoreLetters => self.keyboard.ignore_letters(context),
        }
    }

    fn command(&mut self, context: &Context, command: UiCommand) {
        if self.dialogs.is_open() && command.waits_for_dialog() {
            // It may have said what is left in it.
            if !self.status.refused {
                self.status = StatusMessage::refusal("close the dialog first");
            }
            return;
        }
        if !self.leaves_page_for(context, command) {
            return;
        }
        match command.meaning() {
            Meaning::TagAs(n) => match self.schema.labels().get(usize::from(n)) {
                Some(label) => {
                    let tag = Edit::Tag(label.key.clone());
                    self.run(context, tag);
                    self.reveal_new_tag();
                }
                None => self.status = StatusMessage::refusal("no such label in this project"),
            },
            Meaning::DragAs(n) => self.drag_as(context, n),
            Meaning::Article(_) if command == UiCommand::Escape && self.ends_dragging() => {
                self.stop_dragging();
            }
            // What a yes would be about comes into view first: nobody accepts what they do not see.
            Meaning::Article(_) if self.waits_for_frame(command) => {}
            Meaning::Article(_) if command == UiCommand::Confirm && self.shows_what_waits() => {}
            Meaning::Article(_)
                if command == UiCommand::Undo && self.is_at_step(Direction::Undo) =>
            {
                self.replay_step(Direction::Undo);
            }
            Meaning::Article(_)
                if command == UiCommand::Redo && self.is_at_step(Direction::Redo) =>
            {
                self.replay_step(Direction::Redo);
            }
            Meaning::Article(article) => {
                let filter = self.tags.filter().clone();
                let origin = if command == UiCommand::Undo || command == UiCommand::Redo {
                    Origin::Replay
                } else {
                    Origin::Key
                };
                self.run_from(context, article(&filter), origin);
                self.show_problem_of(command);
            }
            Meaning::Layout { motion, extend } => self.move_by_layout(context, motion, extend),
            Meaning::Window(window) => {
                let open = self.workspace.current().map(|article| &article.open);
                match disabled_reason(command, open) {
                    Some(words) => self.status = StatusMessage::refusal(words),
                    None => self.window_command(context, window),
                }
            }
        }
    }

    fn window_command(&mut self, context: &Context, command: WindowCommand) {
        match command {
            WindowCommand::OpenFile => self.pick_to_open(context, Pick::File),
            WindowCommand::OpenFolder => self.pick_to_open(context, Pick::Folder),
            WindowCommand::OpenSample => self.open_sample(),
            WindowCommand::Save => self.save_now(),
            WindowCommand::ReadAs => {
                if let Some(path) = self.workspace.current_path().map(Path::to_owned) {
                    self.ask_encoding(context, &path);
                }
            }
            WindowCommand::EditText => self.edit_text(context),
            WindowCommand::Export => self.ask_where_to_export(context),
            WindowCommand::Import => self.ask_what_to_import(context, &[]),
            WindowCommand::UndoImport => self.take_back_last_import(),
            WindowCommand::PreviousArticle => self.go_to_neighbour(context, false),
            WindowCommand::NextArticle => self.go_to_neighbour(context, true),
            WindowCommand::DoneAndNext => self.done_and_next(context),
            WindowCommand::ContinueQueue => self.continue_queue(context),
            WindowCommand::EditSchema => self.ask_schema(context),
            WindowCommand::Quit => context.send_viewport_cmd(egui::ViewportCommand::Close),
            WindowCommand::Copy => self.copy(context),
            WindowCommand::Find => self.show_find(context),
            WindowCommand::FindNext => self.find_step(context, true),
            WindowCommand::FindPrevious => self.find_step(context, false),
            WindowCommand::SearchFolder => self.show_search(context),
            WindowCommand::NextHit => self.step_to_hit(context, true),
            WindowCommand::PreviousHit => self.step_to_hit(context, false),
            WindowCommand::GoToHit => self.go_to_search_hit(context, self.searching.search.at),
            WindowCommand::ChooseHit => {
                let search = &mut self.searching.search;
                search.choose(search.at);
            }
            WindowCommand::ChangeHits => self.ask_about_hits(context),
            WindowCommand::ExportHits => self.ask_where_to_export_hits(context),
            WindowCommand::LeaveSearch => self.leave_search(context),
            WindowCommand::GoBack => self.go_back(context),
            WindowCommand::PersonPage => self.show_person_here(context),
            WindowCommand::UndoStep => self.replay_step(Direction::Undo),
            WindowCommand::RedoStep => self.replay_step(Direction::Redo),
            WindowCommand::LeaveFind => {
                // Whoever types fast gets to the match as well.
                if let Some(search) = self.find.pending() {
                    let found = search.run();
                    self.on_search_finished(context, &search, found);
                }
                self.find.close();
                self.focus_article(context);
            }
            WindowCommand::WhoIsThis => self.ask_who(context),
            WindowCommand::Relabel => self.ask_label(context),
            WindowCommand::Note => self.write_note(context),
            WindowCommand::IgnoreProblem => self.ignore_hint_here(context),
            WindowCommand::Attributes => {
                self.show_details_panel(context);
                if self.tab == DetailsTab::Facts {
                    self.tab = DetailsTab::Tags;
                }
                self.inspector.focus();
            }
            WindowCommand::Palette => {
                self.find.close();
                self.open_dialog(context, Dialog::Palette(Palette::default()));
            }
            WindowCommand::ZoomIn => self.zoom_by(true),
            WindowCommand::ZoomOut => self.zoom_by(false),
            WindowCommand::ZoomReset => self.set_zoom(1.0),
            WindowCommand::ToggleTheme => self.toggle_theme(context),
            WindowCommand::ToggleFiles => {
                self.show_files = !self.shows_files(context);
                self.files_by_hand = self.show_files;
            }
            WindowCommand::ShowAgreement => self.toggle_agreement(context),
            WindowCommand::ShowStatistics => self.toggle_statistics(context),
            WindowCommand::ShowCopies => self.show_copies(),
            WindowCommand::CarryTags => self.carry_tags(),
            WindowCommand::ShowProject => self.toggle_page(context, Page::Project),
            WindowCommand::Colleagues => self.toggle_colleagues(),
            WindowCommand::Adjudicate => self.toggle_adjudicating(context),
            WindowCommand::DecisionReason => self.ask_reason_of_decision(context),
            WindowCommand::ShowDifferences => {
                if self.adjudicating {
                    self.show_tab(context, DetailsTab::Differences);
                } else {
                    self.status = StatusMessage::refusal("choose Review › Adjudicate first");
                }
            }
            WindowCommand::ReviewTags => self.review_tags(context),
            WindowCommand::Corrections => self.next_correction(context),
            WindowCommand::Remark => self.ask_remark(context),
            WindowCommand::PeerWords => self.ask_review_words(context),
            WindowCommand::PeerLabel => self.ask_review_label(context),
            WindowCommand::PeerSpeaker => self.ask_review_speaker(context),
            WindowCommand::PeerAttribute => self.ask_review_attribute(context),
            WindowCommand::AnswerCorrection => self.ask_answer(context),
            WindowCommand::ShowGuidelines => self.show_guidelines(context),
            WindowCommand::OpenQuestions => self.show_open_questions(context),
            WindowCommand::TakeExam => self.take_exam(context),
            WindowCommand::CompareExam => self.compare_exam(context),
            WindowCommand::ShowReview => self.show_review(context),
            WindowCommand::SuggestDirect => self.toggle_suggestions(QuoteForm::Direct.into()),
            WindowCommand::SuggestMixed => self.toggle_suggestions(QuoteForm::Mixed.into()),
            WindowCommand::SuggestIndirect => self.toggle_suggestions(QuoteForm::Indirect.into()),
            WindowCommand::SuggestClaims => self.toggle_suggestions(ProposalKind::Claim),
            WindowCommand::SuggestLessSure => self.toggle_less_sure(),
            WindowCommand::AcceptSuggestions => self.ask_what_to_accept(context),
            WindowCommand::SuggestWith => self.ask_which_model(context),
            WindowCommand::Learn => self.learn_now(),
            WindowCommand::ForgetLearned => self.forget_learned(),
            WindowCommand::SaveLearned => self.ask_where_to_save_learned(context),
            WindowCommand::LoadLearned => self.pick_to_open(context, Pick::LoadLearned),
            WindowCommand::TakeOverUnnamed => self.take_over_all_unnamed(context),
            WindowCommand::SetName => {
                let name = self.services.annotator.clone();
                self.ask_name(context, name.as_deref());
            }
            WindowCommand::ToggleDetails => {
                if self.is_narrow_with_files(context) {
                    self.show_details_panel(context);
                } else {
                    self.show_details = !self.show_details;
                }
            }
            WindowCommand::ShowTags => self.show_tab(context, DetailsTab::Tags),
            WindowCommand::ShowPeople => self.show_tab(context, DetailsTab::People),
            WindowCommand::ShowFacts => self.show_tab(context, DetailsTab::Facts),
            WindowCommand::ShowProblems => self.show_tab(context, DetailsTab::Problems),
            WindowCommand::NextRegion => self.next_region(context, true),
            WindowCommand::PreviousRegion => self.next_region(context, false),
            WindowCommand::MenuBar => {
                // What is asked stays in front.
                if !self.dialogs.is_open() {
                    focus_menu_bar(context);
                }
            }
            WindowCommand::KeySheet => {
                self.open_dialog(context, Dialog::KeySheet);
                self.hints.sheet_seen();
            }
            WindowCommand::About => {
                let config = self.services.config_dir.as_deref();
                let about = About::new(config, self.services.state_dir.as_deref());
                self.open_dialog(context, Dialog::About(about));
            }
        }
    }

    fn move_by_layout(&mut self, context: &Context, motion: LayoutMotion, extend: bool) {
        let Some(article) = self.workspace.current_mut() else {
            return;
        };
        let (open, view) = (&article.open, &mut article.view);
        let to = match motion {
            LayoutMotion::Up => view.vertical_target(context, open, VerticalDirection::Up, false),
            LayoutMotion::Down => {
                view.vertical_target(context, open, VerticalDirection::Down, false)
            }
            LayoutMotion::PageUp => {
                view.vertical_target(context, open, VerticalDirection::Up, true)
            }
            LayoutMotion::PageDown => {
                view.vertical_target(context, open, VerticalDirection::Down, true)
            }
            LayoutMotion::LineStart => view.row_edge(context, open, VerticalDirection::Up),
            LayoutMotion::LineEnd => view.row_edge(context, open, VerticalDirection::Down),
        };
        if let Some(to) = to {
            let motion = Motion::To(to);
            self.run_from(context, Move::Caret { motion, extend }, Origin::Key);
        }
    }

    fn copy(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        let (source, range) = (
            article.open.document().source(),
            article.open.selection().range(),
        );
        let words = match article.open.current_tag() {
            _ if !range.is_empty() => source.slice(range).to_owned(),
            Some(tag) => {
                let parts: Vec<&str> = tag
                    .fragments
                    .iter()
                    .map(|part| source.slice(part))
                    .collect();
                parts.join(" ")
            }
            None => {
                self.status = StatusMessage::refusal("nothing selected");
                return;
            }
        };
        self.status = StatusMessage::info(format!("copied {} characters", words.chars().count()));
        context.copy_text(words);
    }

    fn show_find(&mut self, context: &Context) {
        // What waits for an answer stays in front.
        if !self.leave_or_finish(context) {
            return;
        }
        if let Some(article) = self.workspace.current() {
            let range = article.open.selection().range();
            let words = article.open.document().source().slice(range).to_owned();
            self.find.show(&words, range);
        }
    }

    /// Searches for the text of the find bar, on a thread.
    pub(super) fn search(&mut self) {
        if let Some(article) = self.workspace.current()
            && let Some(search) = self.find.wanted(article.open.document().source())
        {
            self.worker.spawn("find", move || TaskResult::Searched {
                found: search.run(),
                search,
            });
        }
    }

    /// Goes to the first match of a search.
    pub(super) fn on_search_finished(&mut self, context: &Context, search: &Search, found: Found) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        let from = article.open.selection().range().start();
        if let Some(hit) = self.find.on_found(search, found, from) {
            self.seek(context, hit);
        }
    }

    fn find_step(&mut self, context: &Context, forward: bool) {
        if !self.find.open {
            self.show_find(context);
        }
        if let Some(hit) = self.find.step(forward) {
            self.seek(context, hit);
        }
    }

    fn seek(&mut self, context: &Context, hit: TextRange) {
        self.run(context, Move::Seek(hit));
        if let Some(article) = self.workspace.current_mut() {
            article.view.reveal(hit);
        }
    }

    fn edit_text(&mut self, context: &Context) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        match article.open.text_refusal() {
            Some(refusal) => self.status = StatusMessage::refusal(refusal.to_string()),
            None => {
                let edit = EditTextDialog::new(&article.open);
                self.open_dialog(context, Dialog::EditText(edit));
            }
        }
    }

    fn ask_encoding(&mut self, context: &Context, path: &Path) {
        if let Some(article) = self.workspace.open.get(path) {
            let now = article.open.document().source().decoding().encoding;
            let dialog = EncodingDialog::new(path.to_owned(), now);
            self.open_dialog(context, Dialog::Encoding(dialog));
        }
    }

    fn zoom_by(&mut self, larger: bool) {
        let next = if larger {
            ZOOMS.iter().find(|&&zoom| zoom > self.zoom + 0.01)
        } else {
            ZOOMS.iter().rev().find(|&&zoom| zoom < self.zoom - 0.01)
        };
        match next {
            Some(&zoom) => self.set_zoom(zoom),
            None if larger => {
                self.status = StatusMessage::refusal("this is the largest text size");
            }
            None => self.status = StatusMessage::refusal("this is the smallest text size"),
        }
    }

    fn toggle_theme(&mut self, context: &Context) {
        let (preference, name) = match context.theme() {
            egui::Theme::Light => (ThemePreference::Dark, ThemeName::Dark),
            egui::Theme::Dark => (ThemePreference::Light, ThemeName::Light),
        };
        context.set_theme(preference);
        self.set(|settings| settings.theme = Some(name));
    }

    fn set_zoom(&mut self, zoom: f32) {
        self.zoom = zoom;
        self.set(|settings| settings.zoom = zoom);
        self.status = StatusMessage::info(format!("text size {:.0} %", zoom * 100.0));
    }

    fn show_tab(&mut self, context: &Context, tab: DetailsTab) {
        self.show_details_panel(context);
        self.tab = tab;
    }

    /// Shows the details, in a narrow window in place of the files.
    pub(super) fn show_details_panel(&mut self, context: &Context) {
        if self.is_narrow_with_files(context) {
            self.show_files = false;
        }
        self.show_details = true;
    }

    pub(super) fn focus_article(&mut self, context: &Context) {
        if self.page.is_some() {
            context.memory_mut(|memory| memory.request_focus(Page::focus_id()));
        } else if let Some(article) = self.workspace.current() {
            article.view.request_focus(context);
        }
    }
}
