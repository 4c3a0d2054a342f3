//! Dialogs above the window. Only the question on closing blocks the rest; all others close with
//! Escape or a click beside them. The keys go to the dialog alone while it is open.

mod about;
mod accept;
mod articles_found;
mod close;
mod draft;
mod edit_text;
mod encoding;
mod export;
mod export_filter;
mod fields;
mod hits;
mod ignore;
mod import;
mod import_notes;
mod import_source;
mod key_sheet;
mod list;
mod model;
mod name;
mod note;
mod palette;
mod path;
mod peer_proposal;
mod person_picker;
mod relabel;
mod schema;
mod schema_roles;
mod sheet_place;
mod words;

use std::collections::VecDeque;
use std::path::PathBuf;

use egui::{Align2, Context, Frame, Id, Key, LayerId, Margin, Order, Rect, Response, Ui, Window};

use super::app_command::AppCommand;
use super::file_dialogs::Pick;
use super::ui_context::UiContext;
use crate::model::Schema;
use crate::ops::{Edit, OpenDocument};
use fields::{choice_ui, options_ui, path_field_ui, scrolled_above_ui};
use sheet_place::SheetPlace;

pub(crate) use about::About;
pub(crate) use accept::AcceptDialog;
pub(crate) use close::Unsaved;
pub(crate) use edit_text::EditTextDialog;
pub(crate) use encoding::EncodingDialog;
pub(crate) use export::{ExportDialog, export_notes};
pub(crate) use hits::HitsDialog;
pub(crate) use ignore::IgnoreDialog;
pub(crate) use import::ImportDialog;
pub(crate) use import_source::{is_document, is_importable};
pub(crate) use model::ModelDialog;
pub(crate) use name::{NameDialog, UnnamedTags};
pub(crate) use note::NoteDialog;
pub(crate) use palette::Palette;
pub(crate) use path::{HITS_FILE, LEARNED_FILE, PathDialog, REPORT_FILE, Wanted};
pub(crate) use peer_proposal::PeerProposalDialog;
pub(crate) use person_picker::PersonPicker;
pub(crate) use relabel::RelabelDialog;
pub(crate) use schema::SchemaDialog;
pub(crate) use words::{WordsAbout, WordsDialog};

/// Which dialog.
#[derive(Debug)]
pub(crate) enum Dialog {
    /// Which command.
    Palette(Palette),
    /// Nothing: all keys are shown.
    KeySheet,
    /// Which label.
    Relabel(RelabelDialog),
    /// Which suggestions to accept at once.
    Accept(AcceptDialog),
    /// What to note.
    Note(NoteDialog),
    /// Why a hint is ignored.
    Ignore(IgnoreDialog),
    /// Words for a colleague.
    Words(WordsDialog),
    /// What a reviewer proposes: a speaker, or the value of an attribute.
    PeerProposal(PeerProposalDialog),
    /// The new text of a paragraph.
    EditText(EditTextDialog),
    /// Which encoding the article is in.
    Encoding(EncodingDialog),
    /// Who someone is.
    Who(PersonPicker),
    /// What to do with the hits of a search.
    Hits(Box<HitsDialog>),
    /// In which format to export, and where to.
    Export(Box<ExportDialog>),
    /// What to import, and what becomes of its labels.
    Import(Box<ImportDialog>),
    /// Where a file is, on machines without file dialogs.
    Path(PathDialog),
    /// Whose tags they are.
    Name(NameDialog),
    /// Which program is to suggest.
    Model(ModelDialog),
    /// What the project can tag.
    Schema(Box<SchemaDialog>),
    /// Whether to close with something not saved.
    Close,
    /// Nothing: what this program is.
    About(About),
}

/// Whether a dialog stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DialogState {
    Open,
    /// It is done, or what is typed is discarded on purpose.
    Closed,
    /// Something else takes its place; what is typed is kept as [`Dialog::typed`] says.
    Left,
}

/// What is typed into a dialog and not used yet.
#[derive(Debug, PartialEq)]
pub(crate) enum Typed {
    /// Nothing that would be missed.
    Nothing,
    /// This step keeps it.
    Edit(Box<Edit>),
    /// Words that are not complete, in the dialog of this name.
    Draft(&'static str),
}

impl Typed {
    /// A draft in the dialog of this name if anything is typed.
    fn draft(is_typed: bool, name: &'static str) -> Self {
        if is_typed {
            Self::Draft(name)
        } else {
            Self::Nothing
        }
    }
}

impl Dialog {
    /// Shows the dialog. `about` is where the current tag is in the window.
    pub(crate) fn dialog_ui(
        &mut self,
        context: &Context,
        cx: UiContext<'_>,
        (open, about): (Option<&OpenDocument>, Option<Rect>),
        schema: &Schema,
        unsaved: &Unsaved,
        queue: &mut VecDeque<AppCommand>,
    ) -> DialogState {
        let beside = SheetPlace::clear_of(context, about);
        match self {
            Self::Palette(palette) => palette.palette_ui(context, cx, open, queue),
            Self::KeySheet => key_sheet::key_sheet_ui(context, cx),
            Self::Relabel(relabel) => relabel.relabel_ui(context, cx, beside, open, queue),
            Self::Accept(accept) => accept.accept_ui(context, cx, open, queue),
            Self::Note(note) => note.note_ui(context, cx, beside),
            Self::Ignore(ignore) => ignore.ignore_ui(context, cx, beside, queue),
            Self::Words(words) => words.words_ui(context, cx, beside, open, queue),
            Self::PeerProposal(proposal) => proposal.proposal_ui(context, cx, beside, queue),
            Self::EditText(edit) => edit.edit_text_ui(context, cx, open, queue),
            Self::Encoding(encoding) => encoding.encoding_ui(context, cx, queue),
            Self::Who(who) => who.who_ui(context, cx, beside, open, queue),
            Self::Hits(hits) => hits.hits_ui(context, cx, schema, queue),
            Self::Export(export) => export.export_ui(context, cx, open, queue),
            Self::Import(import) => import.import_ui(context, cx, queue),
            Self::Path(path) => path.path_ui(context, cx, queue),
            Self::Name(name) => name.name_ui(context, cx, queue),
            Self::Model(model) => model.model_ui(context, cx, queue),
            Self::Schema(schema) => schema.schema_ui(context, cx, queue),
            Self::Close => close::close_ui(context, cx, unsaved, queue),
            Self::About(about) => about.about_ui(context, cx),
        }
    }
    /// What is typed and not used yet.
    pub(crate) fn typed(&self) -> Typed {
        match self {
            Self::Palette(_) | Self::KeySheet | Self::Close | Self::About(_) => Typed::Nothing,
            Self::Relabel(_) | Self::Encoding(_) | Self::Accept(_) => Typed::Nothing,
            // What is typed there finds a row.
            Self::Hits(_) | Self::PeerProposal(_) => Typed::Nothing,
            Self::Note(note) => note.typed(),
            Self::Ignore(ignore) => ignore.typed(),
            Self::Words(words) => words.typed(),
            Self::EditText(edit) => Typed::draft(edit.is_changed(), edit_text::TITLE),
            Self::Who(who) => Typed::draft(who.is_typed(), who.title()),
            Self::Export(export) => Typed::draft(export.is_typed(), export::TITLE),
            Self::Import(import) => Typed::draft(import.is_typed(), import::TITLE),
            Self::Path(path) => Typed::draft(path.is_typed(), path.title()),
            Self::Name(name) => Typed::draft(name.is_typed(), name::TITLE),
            Self::Model(model) => Typed::draft(model.is_typed(), model::TITLE),
            Self::Schema(schema) => schema.typed(),
        }
    }

    /// The dialog for an export, if it is one.
    pub(crate) fn as_export(&mut self) -> Option<&mut ExportDialog> {
        let Self::Export(export) = self else {
            return None;
        };
        Some(export)
    }

    /// The dialog for an import, if it is one.
    pub(crate) fn as_import(&mut self) -> Option<&mut ImportDialog> {
        let Self::Import(import) = self else {
            return None;
        };
        Some(import)
    }

    /// The dialog for the schema, if it is one.
    pub(crate) fn as_schema(&mut self) -> Option<&mut SchemaDialog> {
        let Self::Schema(schema) = self else {
            return None;
        };
        Some(schema)
    }

    /// The dialog for the annotator's name, if it is one.
    pub(crate) fn as_name(&mut self) -> Option<&mut NameDialog> {
        let Self::Name(name) = self else {
            return None;
        };
        Some(name)
    }

    /// Paths were chosen with the platform's dialog.
    pub(crate) fn on_picked(&mut self, pick: Pick, paths: &[PathBuf]) {
        let (export, import) = match self {
            Self::Export(export) => (Some(export), None),
            Self::Import(import) => (None, Some(import)),
            Self::Palette(_) | Self::KeySheet | Self::Relabel(_) | Self::Note(_) => return,
            Self::EditText(_) | Self::Encoding(_) | Self::Who(_) | Self::Path(_) => return,
            Self::Name(_) | Self::Close | Self::About(_) | Self::Accept(_) => return,
            Self::Model(_) | Self::Ignore(_) | Self::Hits(_) | Self::Schema(_) => return,
            Self::Words(_) | Self::PeerProposal(_) => return,
        };
        let Some(path) = paths.first() else {
            return;
        };
        match pick {
            Pick::ExportTo => export.into_iter().for_each(|export| export.on_picked(path)),
            Pick::ImportFile | Pick::ImportFolder => {
                import
                    .into_iter()
                    .for_each(|import| import.on_from_picked(paths));
            }
            Pick::ImportInto => import
                .into_iter()
                .for_each(|import| import.on_into_picked(path)),
            Pick::File | Pick::Folder | Pick::SaveLearned | Pick::LoadLearned => {}
            Pick::ExportHits | Pick::SavePlots | Pick::SaveReport => {}
        }
    }

    /// The article has refused the step that would have kept what is typed.
    pub(crate) fn on_refused(&mut self) {
        match self {
            Self::Note(note) => note.on_refused(),
            Self::Palette(_) | Self::KeySheet | Self::Relabel(_) | Self::EditText(_) => {}
            Self::Encoding(_) | Self::Who(_) | Self::Export(_) | Self::Import(_) => {}
            Self::Path(_) | Self::Name(_) | Self::Close | Self::About(_) => {}
            Self::Accept(_)
            | Self::Model(_)
            | Self::Ignore(_)
            | Self::Hits(_)
            | Self::Schema(_)
            | Self::Words(_)
            | Self::PeerProposal(_) => {}
        }
    }

    /// Whether it is about the article that is shown.
    pub(crate) fn is_about_article(&self) -> bool {
        match self {
            Self::Relabel(_) | Self::Note(_) | Self::EditText(_) | Self::Encoding(_) => true,
            Self::Who(_) | Self::Export(_) | Self::Accept(_) | Self::Model(_) => true,
            Self::Ignore(_) | Self::Words(_) | Self::PeerProposal(_) => true,
            Self::Palette(_) | Self::KeySheet | Self::Import(_) | Self::Path(_) => false,
            Self::Name(_) | Self::Close | Self::About(_) | Self::Hits(_) | Self::Schema(_) => false,
        }
    }

    /// Whether both are the same kind of dialog; of words for a colleague, about the same tag.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        if let (Self::Words(words), Self::Words(others)) = (self, other) {
            return words.is_same(others);
        }
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    /// Whether it is about what the person is at in the article that is shown.
    pub(crate) fn is_here(&self, open: Option<&OpenDocument>) -> bool {
        let Self::Words(words) = self else {
            return true;
        };
        open.is_some_and(|open| words.is_here(open))
    }

    /// Whether what is typed waits where somebody goes on to something else, until they come back to it.
    pub(crate) fn waits(&self) -> bool {
        matches!(self, Self::Words(_))
    }
}

/// The frame of a dialog at the top of the window. Closes with Escape; a click beside it leaves it.
fn sheet_ui(
    context: &Context,
    cx: UiContext<'_>,
    title: &str,
    width: f32,
    contents: impl FnOnce(&mut Ui) -> DialogState,
) -> DialogState {
    let place = SheetPlace::at_top(context);
    placed_sheet_ui(context, cx, title, width, place, contents)
}

/// The frame of a dialog at a place of its own.
fn placed_sheet_ui(
    context: &Context,
    cx: UiContext<'_>,
    title: &str,
    width: f32,
    place: SheetPlace,
    contents: impl FnOnce(&mut Ui) -> DialogState,
) -> DialogState {
    let frame = Frame::window(&context.global_style()).inner_margin(Margin::same(14));
    let screen = context.content_rect();
    // A list that drops down is beside the sheet and belongs to it.
    let lists = egui::Popup::is_any_open(context);
    let width = width.min(screen.width() - 48.0);
    let id = Id::unique(("dialog", title));
    if !lists {
        stop_arrows(context);
    }
    let shown = Window::new(title)
        .id(id)
        .title_bar(false)
        .collapsible(false)
        .resizable(false)
        .movable(false)
        .order(Order::Foreground)
        .anchor(Align2::CENTER_TOP, [0.0, place.top])
        .frame(frame)
        .fade_in(false)
        .fade_out(false)
        .show(context, |ui| {
            ui.set_width(width);
            let closes = heading_ui(ui, cx, title);
            ui.add_space(4.0);
            let area = egui::ScrollArea::vertical().id_salt("sheet");
            let height = place.room;
            let area = area.max_height(height).min_scrolled_height(height);
            let area = area.auto_shrink([false, true]);
            let state = area.show(ui, contents).inner;
            if closes && state == DialogState::Open {
                return DialogState::Closed;
            }
            state
        });
    let Some(shown) = shown else {
        return DialogState::Closed;
    };
    let mut state = shown.inner.unwrap_or(DialogState::Open);
    if !lists && state == DialogState::Open {
        if context.input(|input| input.key_pressed(Key::Escape)) {
            state = DialogState::Closed;
        } else if shown.response.clicked_elsewhere() {
            state = DialogState::Left;
        }
    }
    if state == DialogState::Open {
        // Tab goes round in the dialog. Holds for the next frame.
        let layer = LayerId::new(Order::Foreground, id);
        context.memory_mut(|memory| memory.set_modal_layer(layer));
    }
    state
}

/// The title, and at the right a button for the pointer that does what Escape does. Returns whether
/// it was pressed.
fn heading_ui(ui: &mut Ui, cx: UiContext<'_>, title: &str) -> bool {
    ui.horizontal(|ui| {
        let heading = egui::RichText::new(title).font(super::fonts::bold_font(14.0));
        ui.label(heading.color(cx.theme.text));
        let right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(right, |ui| {
            let button = egui::Button::new("×").sense(egui::Sense::CLICK);
            let close = ui.add(button.frame_when_inactive(false));
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close"));
            close.on_hover_text("Close (Esc)").clicked()
        })
        .inner
    })
    .inner
}

/// The height a dialog at the top has for what is below its title, in points; more is scrolled.
fn room(context: &Context) -> f32 {
    SheetPlace::at_top(context).room
}

/// Lets no arrow lead out of the dialog.
fn stop_arrows(context: &Context) {
    let arrows = [
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowLeft,
        Key::ArrowRight,
    ];
    if context.input(|input| arrows.iter().any(|&key| input.key_pressed(key))) {
        context.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    }
}

/// Gives the keys to a widget of the dialog if none of its widgets has them.
fn focus_by_default(ui: &Ui, response: &Response) {
    let context = ui.ctx();
    if context.input(|input| input.key_pressed(Key::Tab)) || egui::Popup::is_any_open(context) {
        return;
    }
    let focused = context.memory(|memory| memory.focused());
    let here = focused
        .and_then(|id| context.read_response(id))
        .is_some_and(|focused| focused.layer_id == response.layer_id);
    if !here {
        response.request_focus();
    }
}

/// Takes the keys' focus for what is only read.
fn reading_area_ui(ui: &Ui, name: &str, place: Rect) -> Response {
    let sense = egui::Sense::focusable_noninteractive();
    let response = ui.interact(place, Id::unique(("reading", name)), sense);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Document, true, name));
    focus_by_default(ui, &response);
    response
}

/// Prepares a field before it is shown for the first time: the caret is at `caret` (in characters) or
/// at the end, and Undo does not reach into a dialog that was open before.
fn start_field(ui: &Ui, id: Id, started: &mut bool, text: &str, caret: Option<usize>) {
    if std::mem::replace(started, true) {
        return;
    }
    let mut state = egui::text_edit::TextEditState::default();
    let at = egui::text::CCursor::new(caret.unwrap_or_else(|| text.chars().count()));
    let range = egui::text::CCursorRange::one(at);
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
}

/// Whether Enter is for the whole dialog: in a field, or where nothing has the keys. On a button it is
/// for that.
fn in_field(ui: &Ui) -> bool {
    let focused = ui.memory(|memory| memory.focused());
    focused.is_none_or(|id| egui::TextEdit::load_state(ui.ctx(), id).is_some())
}
