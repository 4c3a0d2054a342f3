//! Dialogs above the window. Only the question on closing blocks the rest; all others close with
//! Escape or a click beside them.

mod about;
mod close;
mod edit_text;
mod encoding;
mod export;
mod export_filter;
mod import;
mod key_sheet;
mod note;
mod palette;
mod path;
mod person_picker;
mod relabel;

use std::collections::VecDeque;

use egui::{Align2, Context, Frame, Key, Margin, Ui, Window};

use super::app_command::AppCommand;
use super::ui_context::UiContext;
use crate::ops::OpenDocument;

pub(crate) use edit_text::EditTextDialog;
pub(crate) use encoding::EncodingDialog;
pub(crate) use export::{ExportDialog, export_notes};
pub(crate) use import::{ImportDialog, is_importable};
pub(crate) use note::NoteDialog;
pub(crate) use palette::Palette;
pub(crate) use path::PathDialog;
pub(crate) use person_picker::PersonPicker;

/// Which dialog.
#[derive(Debug)]
pub(crate) enum Dialog {
    /// Which command.
    Palette(Palette),
    /// Nothing: all keys are shown.
    KeySheet,
    /// Which label.
    Relabel,
    /// What to note.
    Note(NoteDialog),
    /// The new text of a paragraph.
    EditText(EditTextDialog),
    /// Which encoding the article is in.
    Encoding(EncodingDialog),
    /// Who someone is.
    Who(PersonPicker),
    /// In which format to export, and where to.
    Export(Box<ExportDialog>),
    /// What to import, and what becomes of its labels.
    Import(Box<ImportDialog>),
    /// Where a file is, on machines without file dialogs.
    Path(PathDialog),
    /// Whether to close with something not saved.
    Close,
    /// Nothing: what this program is.
    About,
}

/// Whether a dialog stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DialogState {
    Open,
    Closed,
}

impl Dialog {
    /// Shows the dialog. `unsaved` names the articles that are not saved, with the reason.
    pub(crate) fn dialog_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        open: Option<&OpenDocument>,
        unsaved: &[(String, String)],
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        match self {
            Self::Palette(palette) => palette.palette_ui(context, cx, open, queue),
            Self::KeySheet => key_sheet::key_sheet_ui(context, cx),
            Self::Relabel => relabel::relabel_ui(context, cx, open, queue),
            Self::Note(note) => note.note_ui(context, cx, queue),
            Self::EditText(edit) => edit.edit_text_ui(context, cx, open, queue),
            Self::Encoding(encoding) => encoding.encoding_ui(context, cx, queue),
            Self::Who(who) => who.who_ui(context, cx, open, queue),
            Self::Export(export) => export.export_ui(context, cx, open, queue),
            Self::Import(import) => import.import_ui(context, cx, queue),
            Self::Path(path) => path.path_ui(context, cx, queue),
            Self::Close => close::close_ui(context, cx, unsaved, queue),
            Self::About => about::about_ui(context, cx),
        }
    }
}

/// The frame of a dialog at the top of the window. Closes with Escape or a click beside it.
fn sheet_ui(
    context: &Context,
    cx: UiContext<'_>,
    title: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui) -> DialogState,
) -> DialogState {
    let frame = Frame::window(&context.global_style()).inner_margin(Margin::same(14));
    let screen = context.content_rect();
    // A list that drops down is beside the sheet and belongs to it.
    let lists = egui::Popup::is_any_open(context);
    let width = width.min(screen.width() - 48.0);
    let shown = Window::new(title)
        .id(egui::Id::unique(("dialog", title)))
        .title_bar(false)
        .collapsible(false)
        .resizable(false)
        .movable(false)
        .order(egui::Order::Foreground)
        .anchor(Align2::CENTER_TOP, [0.0, (screen.height() * 0.1).max(24.0)])
        .frame(frame)
        .fade_in(false)
        .fade_out(false)
        .show(context, |ui| {
            ui.set_width(width);
            let heading = egui::RichText::new(title).font(super::fonts::bold_font(14.0));
            ui.label(heading.color(cx.theme.text));
            ui.add_space(4.0);
            contents(ui)
        });
    let Some(shown) = shown else {
        return DialogState::Closed;
    };
    let beside = shown.response.clicked_elsewhere();
    let escape = context.input(|input| input.key_pressed(Key::Escape));
    if (beside || escape) && !lists {
        return DialogState::Closed;
    }
    shown.inner.unwrap_or(DialogState::Open)
}

/// A list that drops down, with its name before it.
fn choice_ui(
    ui: &mut Ui,
    name: &str,
    shown: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui),
) -> egui::Response {
    ui.label(name);
    let list = egui::ComboBox::from_id_salt(name)
        .width(width)
        .height(400.0)
        .selected_text(shown)
        .show_ui(ui, contents)
        .response;
    let name = format!("{name}: {shown}");
    list.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name.as_str()));
    list
}

/// Up, down and Enter over a list of `len` rows; the chosen one and whether Enter was pressed. The
/// keys are taken from the field that has the focus.
fn list_keys(ui: &Ui, chosen: &mut usize, len: usize) -> bool {
    let none = egui::Modifiers::NONE;
    let (up, down, enter) = ui.input_mut(|input| {
        (
            input.count_and_consume_key(none, Key::ArrowUp),
            input.count_and_consume_key(none, Key::ArrowDown),
            input.consume_key(none, Key::Enter),
        )
    });
    *chosen = chosen
        .saturating_sub(up)
        .saturating_add(down)
        .min(len.saturating_sub(1));
    enter && len > 0
}
