//! Whose tags they are.

use std::collections::VecDeque;

use egui::{Context, Id, Key, Modifiers, TextEdit};
use smol_str::SmolStr;

use super::fields::named_field_ui;
use super::{DialogState, sheet_ui, start_field};
use crate::format::plain_annotator_name;
use crate::gui::app_command::AppCommand;
use crate::gui::ui_context::UiContext;
use crate::gui::widgets::{checkbox_ui, example};
use crate::ops::ui_command::UiCommand;
use crate::store::Draft;
use crate::store::sidecar_file::check_annotator;
use crate::text::wording::count;

pub(super) const TITLE: &str = "Your name";

/// Tags without a name that can become somebody's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnnamedTags {
    /// In the article that is shown.
    pub(crate) here: usize,
    /// In other articles of the list.
    pub(crate) elsewhere: usize,
    /// Whether they were made in this run.
    pub(crate) made_now: bool,
}

impl UnnamedTags {
    fn words(self) -> String {
        let Self {
            here, elsewhere, ..
        } = self;
        match (here, elsewhere) {
            (_, 0) => format!("Take over {} without a name in this article", tags(here)),
            (0, _) => format!(
                "Take over {} without a name in other articles",
                tags(elsewhere)
            ),
            _ => format!(
                "Take over {} without a name: {here} in this article, {elsewhere} in others",
                tags(here + elsewhere)
            ),
        }
    }
}

fn tags(number: usize) -> String {
    count(number, "tag")
}

/// What is typed.
#[derive(Debug)]
pub(crate) struct NameDialog {
    name: String,
    before: String,
    /// The article, for an example.
    article: String,
    started: bool,
    unnamed: UnnamedTags,
    /// The name they were counted for.
    counted_for: String,
    /// Whether they become this person's.
    take_over: bool,
    /// What has asked for the name and goes on once it is given.
    then: Option<UiCommand>,
}

impl NameDialog {
    /// `name` is proposed in place of `now`; `article` is the name of a file.
    pub(crate) fn new(name: &str, now: &str, article: &str, unnamed: UnnamedTags) -> Self {
        Self {
            name: name.to_owned(),
            before: now.to_owned(),
            article: article.to_owned(),
            started: false,
            unnamed,
            counted_for: plain_annotator_name(name),
            take_over: unnamed.made_now,
            then: None,
        }
    }

    /// Which command asks for the name and goes on once it is given.
    pub(crate) fn set_then(&mut self, then: Option<UiCommand>) {
        self.then = then;
    }

    /// The name that is typed, as it is saved.
    pub(crate) fn name(&self) -> String {
        plain_annotator_name(&self.name)
    }

    /// Whether the tags were counted for another name than the one that is typed.
    pub(crate) fn is_uncounted(&self) -> bool {
        self.name() != self.counted_for
    }

    /// Another article is shown or another name typed.
    pub(crate) fn follow(&mut self, article: &str, unnamed: UnnamedTags) {
        article.clone_into(&mut self.article);
        self.unnamed = unnamed;
        self.counted_for = self.name();
    }

    /// What is typed, as a draft.
    pub(super) fn draft(&self, about: Draft) -> Draft {
        Draft {
            dialog: TITLE.to_owned(),
            text: self.name.clone(),
            ..about
        }
    }

    /// Whether anything is typed.
    pub(super) fn is_typed(&self) -> bool {
        self.started && self.name.trim() != self.before
    }

    pub(super) fn name_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        sheet_ui(context, cx, TITLE, 460.0, |ui| {
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            let id = Id::unique("annotator's name");
            start_field(ui, id, &mut self.started, &self.name, None);
            let field = TextEdit::singleline(&mut self.name)
                .id(id)
                .hint_text(example(ui, "maria"))
                .desired_width(f32::INFINITY);
            named_field_ui(ui, field, "Your name");
            let name = plain_annotator_name(&self.name);
            let wrong = match name.as_str() {
                "" => None,
                name => check_annotator(name).err(),
            };
            let words = match &wrong {
                Some(error) => error.to_string(),
                None if name.is_empty() => format!(
                    "Without a name, your tags go to {}.ron, and nobody sees whose they are.",
                    self.article
                ),
                None => format!(
                    "Your tags go to a file of your own, {}.{name}.ron. What others have tagged \
                     stays in theirs.",
                    self.article
                ),
            };
            let color = if wrong.is_some() {
                cx.theme.danger
            } else {
                cx.theme.muted
            };
            ui.add(egui::Label::new(egui::RichText::new(words).color(color)).wrap());
            let offers = self.unnamed.here + self.unnamed.elsewhere > 0 && !name.is_empty();
            if offers && wrong.is_none() {
                checkbox_ui(ui, &mut self.take_over, self.unnamed.words());
                let words = format!("They will be saved as {name}'s. The old files are kept.");
                ui.add(egui::Label::new(egui::RichText::new(words).color(cx.theme.muted)).wrap());
            }
            let mut set = enter;
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let words = if name.is_empty() {
                        "Work without a name".to_owned()
                    } else {
                        format!("Work as {name}")
                    };
                    set |= ui
                        .add_enabled(wrong.is_none(), egui::Button::new(words))
                        .clicked();
                });
            });
            if !set || wrong.is_some() {
                return DialogState::Open;
            }
            let name = (!name.is_empty()).then(|| SmolStr::new(name));
            let then = self.then.filter(|_| name.is_some());
            queue.push_back(AppCommand::SetAnnotator(name));
            if offers && self.take_over {
                queue.push_back(AppCommand::TakeOverAllUnnamed);
            } else if offers {
                queue.push_back(AppCommand::PutOffUnnamed);
            }
            let then = then.map(|command| Box::new(AppCommand::Ui(command)));
            queue.extend(then.map(AppCommand::OnceRead));
            DialogState::Closed
        })
    }
}
