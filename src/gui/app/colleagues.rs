//! Under which name the window works, and what others have tagged.

use std::path::{Path, PathBuf};

use egui::Context;
use smol_str::SmolStr;

use super::App;
use super::reading::named_encoding;
use super::status_message::StatusMessage;
use crate::gui::app_command::AppCommand;
use crate::gui::dialog::{Dialog, NameDialog};
use crate::gui::task_result::TaskResult;
use crate::gui::workspace::OtherTagger;
use crate::ops::ui_command::UiCommand;
use crate::ops::{self, ColleagueWork};
use crate::store::sidecar_file::sidecar_path;

/// The question for a name goes after so many more tags.
const TAGS_WITHOUT_AN_ANSWER: usize = 5;

impl App {
    /// Reads on a thread what others have tagged in an open article.
    pub(super) fn read_colleagues(&self, path: &Path) {
        let Some(article) = self.workspace.open.get(path) else {
            return;
        };
        let (own, source) = (
            article.files.sidecar.clone(),
            article.open.document().source().clone(),
        );
        let schema = article.open.schema().clone();
        let state = self.services.state_dir.clone();
        let curated = self.is_curated(path);
        let curated = curated.then(|| article.open.document().clone());
        let article = path.to_owned();
        self.worker.spawn("colleagues", move || {
            let work = ops::colleague_work(&article, &own, &source, &schema);
            let comparison =
                curated.and_then(|curated| ops::compare_annotators(&work, curated.set()));
            let takes_over = comparison.is_none();
            TaskResult::ColleaguesRead {
                takes_over: takes_over && ops::has_unnamed(&article, &own, state.as_deref()),
                comparison: comparison.map(Box::new),
                article,
                own,
                work,
            }
        });
    }

    pub(super) fn on_colleagues_read(
        &mut self,
        path: &Path,
        own: &Path,
        work: Vec<ColleagueWork>,
        takes_over: bool,
    ) {
        let nameless = work.iter().find(|work| work.annotator.is_none());
        let all = nameless.map_or(0, |work| ops::tags_in_use(&work.document));
        if let Some(article) = self.workspace.open.get_mut(path) {
            // It was read again under another name meanwhile.
            if article.files.sidecar != own {
                return;
            }
            // Whoever has tagged nothing has nothing to show, and what was taken over is one's own.
            let says = |work: &ColleagueWork| {
                let taken_over = work.annotator.is_none() && !takes_over;
                work.document.set().annotation_count() > 0 && !taken_over
            };
            article.colleagues = work.into_iter().filter(says).collect();
            article.takes_over = takes_over;
            let others = OtherTagger::all_of(&article.colleagues);
            self.workspace.note_others(path.to_owned(), others);
        }
        self.unnamed.note_all(path, all);
        self.on_unnamed_read(path);
    }

    pub(super) fn toggle_colleagues(&mut self) {
        let Some(article) = self.workspace.current() else {
            return;
        };
        if article.colleagues.is_empty() {
            self.status = StatusMessage::refusal("nobody else has tagged this article");
            return;
        }
        self.show_colleagues = !self.show_colleagues;
    }

    /// Asks under which name to work.
    pub(super) fn ask_name(&mut self, context: &Context, proposed: Option<&str>) {
        self.ask_name_then(context, proposed, None);
    }

    fn ask_name_then(
        &mut self,
        context: &Context,
        proposed: Option<&str>,
        then: Option<UiCommand>,
    ) {
        let article = self.example_article();
        let now = self.services.annotator.as_deref().unwrap_or_default();
        let mut unnamed = self.unnamed_tags(proposed.unwrap_or_default());
        // Under a name one has already, or a colleague's, only what somebody ticks.
        unnamed.made_now &= now.is_empty() && proposed.is_none_or(str::is_empty);
        let dialog = NameDialog::new(proposed.unwrap_or_default(), now, &article, unnamed);
        self.open_dialog(context, Dialog::Name(dialog));
        // Also one that was open before.
        let dialogs = self.dialogs.all_mut().filter_map(Dialog::as_name);
        dialogs.for_each(|dialog| dialog.set_then(then));
    }

    /// Asks for a name for a command that needs one and goes on once it is given. `why`: what the name is for, and
    /// what happens then.
    pub(super) fn ask_name_for(&mut self, context: &Context, command: UiCommand, why: &str) {
        self.ask_name_then(context, None, Some(command));
        self.status = StatusMessage::refusal(format!("set your name first: {why}"));
    }

    /// The command that has asked for the name goes on, once the article that is shown is read under it.
    pub(super) fn go_on_once_read(&mut self) {
        if self.waits_for_name.is_none() || !self.opening.is_empty() || self.takes_over_unnamed() {
            return;
        }
        if let Some(article) = self.workspace.current() {
            let annotator = self.services.annotator.as_deref();
            let own = sidecar_path(&article.files.article, annotator);
            let is_read = article.files.sidecar == own && article.open.peer_work().is_some();
            if article.reading || !is_read {
                return;
            }
        }
        self.queue.extend(self.waits_for_name.take());
    }

    /// The name of the article that is shown, for an example.
    fn example_article(&self) -> String {
        let article = self.workspace.current_path().and_then(Path::file_name);
        article.map_or("article.txt".into(), |name| {
            name.to_string_lossy().into_owned()
        })
    }

    /// An open question for a name speaks of the article that is shown.
    pub(super) fn follow_article_in_name_dialog(&mut self) {
        let article = self.example_article();
        let names = self.dialogs.all_mut().filter_map(Dialog::as_name);
        let names: Vec<String> = names.map(|dialog| dialog.name()).collect();
        let counted: Vec<_> = names.iter().map(|name| self.unnamed_tags(name)).collect();
        let dialogs = self.dialogs.all_mut().filter_map(Dialog::as_name);
        for (dialog, unnamed) in dialogs.zip(counted) {
            dialog.follow(&article, unnamed);
        }
    }

    /// Another name is typed: counts what can become that person's.
    pub(super) fn follow_typed_name(&mut self) {
        let counts = {
            let mut dialogs = self.dialogs.all_mut().filter_map(Dialog::as_name);
            dialogs.any(|dialog| dialog.is_uncounted())
        };
        if counts {
            self.follow_article_in_name_dialog();
        }
    }

    /// Works under another name from now on: what is open is saved under the name before and read
    /// again.
    pub(super) fn set_annotator(&mut self, context: &Context, name: Option<SmolStr>) {
        self.set(|settings| {
            settings.annotator.clone_from(&name);
            settings.asked_for_name = true;
        });
        self.drop_questions_for_a_name();
        if self.services.annotator == name {
            return;
        }
        let words = match &name {
            Some(name) => format!("working as {name}"),
            None => "working without a name".to_owned(),
        };
        self.status = StatusMessage::info(words);
        self.next_status = self.workspace.current().map(|_| self.status.clone());
        self.keep_position();
        self.services.annotator.clone_from(&name);
        self.adjudicating &= name.is_some();
        self.workspace.annotator = name.unwrap_or_default();
        self.read_open_articles_again(context);
    }

    /// Saves what is open and reads it again, as another sidecar is worked on from now on.
    pub(super) fn read_open_articles_again(&mut self, context: &Context) {
        let open: Vec<PathBuf> = self.workspace.open.keys().cloned().collect();
        for path in open {
            let article = self.workspace.open.get(&path);
            let encoding = article.and_then(named_encoding).or(self.services.encoding);
            self.reload(&path, encoding);
        }
        self.forget_unnamed_decision();
        self.offer_unnamed();
        self.survey_again();
        self.focus_article(context);
    }

    /// A name was given, by whatever way: nothing asks for it any more.
    fn drop_questions_for_a_name(&mut self) {
        self.asked_for_name_in = None;
        self.banners.retain(|banner| {
            let mut ways = banner.actions.iter();
            !ways.any(|(_, way)| matches!(way, AppCommand::AskName(_)))
        });
    }

    /// Whoever tags on in the next article has answered the question for a name.
    pub(super) fn leave_question_for_a_name(&mut self) {
        let current = self.workspace.current_path();
        let asked = self.asked_for_name_in.as_ref();
        if asked.is_some_and(|(article, _)| Some(article.as_path()) != current) {
            self.drop_questions_for_a_name();
        }
    }

    /// Asks once for a name, when the first tag was made. The question goes when it is not answered.
    pub(super) fn ask_for_name_once(&mut self) {
        if self.services.annotator.is_some() {
            return;
        }
        self.note_tagged_unnamed();
        if let Some((_, tags)) = &mut self.asked_for_name_in {
            *tags += 1;
            if *tags >= TAGS_WITHOUT_AN_ANSWER {
                self.drop_questions_for_a_name();
            }
        }
        if self.settings.asked_for_name {
            return;
        }
        let article = self.workspace.current_path().map(Path::to_owned);
        self.asked_for_name_in = article.map(|article| (article, 0));
        self.set(|settings| settings.asked_for_name = true);
        let ask = AppCommand::AskName(None);
        self.notice(
            "Who is tagging? A name gives your tags their own file.".to_owned(),
            vec![("Set your name…".to_owned(), ask)],
        );
    }
}
