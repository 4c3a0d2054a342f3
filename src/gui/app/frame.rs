//! One frame of the window, drawn from its state.

use egui::{CentralPanel, Context, Frame, Margin, Panel, Popup, Ui};

use super::App;
use super::list_height::{LOWEST_TAGS, list_height, whole_list_height};
use super::nothing_open::nothing_open_ui;
use super::pages::messages_ui;
use super::panel_size::PanelSize;
use super::status_message::StatusMessage;
use super::tabs::tabs_ui;
use crate::gui::app_command::AppCommand;
use crate::gui::page::{
    Page, agreement_page_ui, person_page_ui, project_page_ui, statistics_page_ui,
};
use crate::gui::panel::{
    Colleagues, DetailsTab, StatusLine, TagsPanel, colleagues_ui, context_menu_ui, differences_ui,
    facts_ui, files_ui, find_bar_ui, is_low, menu_bar_ui, needs_decision, problems_ui, review_ui,
    search_ui, status_line_ui, toolbar_ui,
};
use crate::gui::regions::Region;
use crate::gui::text_view::{CandidateKeys, TextView, ViewInput};
use crate::gui::ui_context::UiContext;
use crate::ops::Move;
use crate::ops::ui_command::UiCommand;

/// Windows narrower than this, in points, have no room for the files beside the article.
const NARROW: f32 = 1000.0;
/// Narrower ones have room for one of the panels at the sides.
const ONE_PANEL: f32 = 960.0;
/// What the article keeps beside the side panels, in points: 45 characters a line with its margins
/// and the names of speakers.
const ARTICLE: f32 = 620.0;
/// Least and most width of the panel to the right, in points.
const DETAILS: (f32, f32) = (240.0, 560.0);
/// Least height of the details of the current tag, in points: three rows and the note.
const INSPECTOR: f32 = 136.0;
/// What the panel to the right needs to show both its list and the current tag, in points.
const LOWEST_DETAILS: f32 = INSPECTOR + LOWEST_TAGS;
/// Height of the tabs in a low window, in points.
const LOW_TABS: f32 = 36.0;

/// How large the panels are.
pub(super) struct PanelSizes {
    pub(super) details: PanelSize,
    inspector: PanelSize,
    pub(super) files: PanelSize,
    search: PanelSize,
}

impl Default for PanelSizes {
    fn default() -> Self {
        Self {
            details: PanelSize::new(340.0),
            inspector: PanelSize::new(300.0),
            files: PanelSize::new(220.0),
            search: PanelSize::new(250.0),
        }
    }
}

impl App {
    pub(super) fn frame_ui(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        let name = self.article_name();
        self.workspace.adjudicates = self.adjudicating;
        self.follow_guidelines();
        self.follow_suggestions(&context);
        self.follow_facts();
        self.follow_review();
        if let Some(article) = self.workspace.current_mut()
            && self.tags.refresh(&mut article.open)
        {
            context.request_repaint();
        }
        self.tooltips.begin(&context, self.dialogs.is_open());
        self.regions.clear();
        self.bars_ui(ui);
        self.details_ui(ui, &name);
        self.middle_ui(ui);
        self.drop_message_about_filter(&context);
        self.tooltips.in_dialog(&context);
        self.show_dialog(&context);
        self.show_context_menu(&context);
        self.search();
        self.follow_search(&context);
        self.preview_export();
    }

    /// Whether the files are shown: in a narrow window only where someone asked for them.
    pub(super) fn shows_files(&self, context: &Context) -> bool {
        let narrow = context.content_rect().width() < NARROW;
        self.show_files && (self.files_by_hand || !narrow)
    }

    /// Whether the files are shown in place of the details.
    pub(super) fn is_narrow_with_files(&self, context: &Context) -> bool {
        context.content_rect().width() < ONE_PANEL && self.shows_files(context)
    }

    fn article_name(&self) -> String {
        let path = self.workspace.current_path();
        path.map_or_else(String::new, |path| path.to_string_lossy().into_owned())
    }

    fn bars_ui(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        let shows_files = self.shows_files(&context);
        let theme = self.themes.current(&context);
        let cx = UiContext {
            theme,
            keymap: &self.keymap,
            entries: &self.entries,
            mac: self.services.mac,
        };
        let article = self.workspace.current();
        let open = article.map(|article| &article.open);
        let queue = &mut self.queue;
        let bar = |x, y| {
            Frame::new()
                .fill(theme.panel)
                .inner_margin(Margin::symmetric(x, y))
        };
        Panel::top("menu")
            .frame(bar(8, 3))
            .show_separator_line(false)
            .show(ui, |ui| menu_bar_ui(ui, cx, open, queue));
        Panel::top("toolbar").frame(bar(8, 5)).show(ui, |ui| {
            toolbar_ui(
                ui,
                cx,
                &self.schema,
                open,
                self.dragged_label.as_ref(),
                queue,
            )
        });
        let place = open.and_then(|open| TagsPanel::place(open, open.current_tag()?));
        self.list.refresh(&self.workspace);
        let totals = self.list.totals(&self.workspace);
        let is_told = !shows_files && self.workspace.folder.is_some();
        let files = is_told.then_some((totals.done, totals.articles));
        let line = StatusLine {
            words: &self.status.words,
            refused: self.status.refused,
            undone_by: self.status.undone_by,
            article,
            annotator: self.services.annotator.as_deref(),
            adjudicating: self.adjudicating,
            place,
            files,
            opening: !self.opening.is_empty(),
        };
        Panel::bottom("status")
            .frame(bar(14, 5))
            .show(ui, |ui| status_line_ui(ui, cx, &line, queue));
        if self.searching.search.open {
            let size = &mut self.sizes.search;
            let least = 130.0;
            // The details keep a row of their list and the least of the tag.
            let room = ui.available_height();
            let most = (room * 0.6).min(room - LOWEST_DETAILS).max(least);
            let search = Panel::bottom("search")
                .size_range(size.range(ui, least, most))
                .resizable(true)
                .frame(bar(10, 6))
                .show(ui, |ui| {
                    search_ui(ui, cx, &self.schema, &mut self.searching.search, queue)
                });
            let area = search.response.rect;
            size.keep(ui, area.height(), least, most);
            self.regions.add(Region::Search, area, search.inner);
        }
        if shows_files {
            let size = &mut self.sizes.files;
            let (least, most) = (140.0, 420.0);
            let files = Panel::left("files")
                .size_range(size.range(ui, least, most))
                .frame(bar(0, 6))
                .show(ui, |ui| {
                    let parts = (&mut self.files, &mut self.list);
                    files_ui(ui, cx, &self.workspace, parts, queue)
                });
            size.keep(ui, files.response.rect.width(), least, most);
            self.regions
                .add(Region::Files, files.response.rect, files.inner);
        }
    }

    fn details_ui(&mut self, ui: &mut Ui, name: &str) {
        let context = ui.ctx().clone();
        let Some(article) = self.workspace.current() else {
            return;
        };
        // A narrow window has room for one of both, and a page is about no single article.
        if self.page.is_some() || !self.show_details || self.is_narrow_with_files(&context) {
            return;
        }
        let own_time = (self.tab == DetailsTab::Facts).then(|| self.own_time());
        let own_time = own_time.flatten();
        let theme = self.themes.current(&context);
        let cx = UiContext {
            theme,
            keymap: &self.keymap,
            entries: &self.entries,
            mac: self.services.mac,
        };
        let (open, queue) = (&article.open, &mut self.queue);
        let ground = Frame::new().fill(theme.panel);
        // The article keeps most of a small window.
        let room = ui.available_width();
        let (least, most) = DETAILS;
        let most = (room * 0.42).min(room - ARTICLE).clamp(least, most);
        let range = self.sizes.details.range(ui, least, most);
        let details = Panel::right("details")
            .size_range(range)
            .frame(ground)
            .show(ui, |ui| {
                let room = ui.available_height();
                // A decision needs the room of a low window, and so does a person in a very low one.
                let person = self.people.unfolded_height();
                let person = person.filter(|_| is_low(ui) && self.tab == DetailsTab::People);
                let person = person.map(|height| LOW_TABS + height);
                let decides =
                    is_low(ui) && self.tab == DetailsTab::Problems && needs_decision(open);
                // The search over all articles may leave room for the list alone.
                let no_room = self.searching.search.open && room < LOWEST_DETAILS;
                // The fields are about no tag.
                let crowded = decides
                    || no_room
                    || self.tab == DetailsTab::Facts
                    || self.tab == DetailsTab::Review
                    || self.tab == DetailsTab::Guidelines
                    || person.is_some_and(|list| list + INSPECTOR > room);
                if let Some(tag) = open.current_tag().filter(|_| !crowded) {
                    let list = person.unwrap_or_else(|| list_height(ui, self.tab, open));
                    let most = (room - list).clamp(INSPECTOR, (room * 0.7).max(INSPECTOR));
                    let low = is_low(ui);
                    let size = &mut self.sizes.inspector;
                    let margins = if low { 10.0 } else { 16.0 };
                    let unused = room - whole_list_height(ui, self.tab, open);
                    size.fit(
                        (self.inspector.needed_height() + margins)
                            .min(unused)
                            .ceil(),
                    );
                    let inspector = Panel::bottom("inspector")
                        .size_range(size.range(ui, INSPECTOR, most))
                        .resizable(true)
                        .frame(ground.inner_margin(Margin::symmetric(12, if low { 5 } else { 8 })))
                        .show(ui, |ui| {
                            self.inspector.inspector_ui(ui, cx, open, tag, queue)
                        });
                    let area = inspector.response.rect;
                    size.keep(ui, area.height(), INSPECTOR, most);
                    self.regions.add(Region::Inspector, area, inspector.inner);
                }
                let reading = article.reading;
                let details = CentralPanel::no_frame().show(ui, |ui| {
                    let tab = tabs_ui(ui, open, self.adjudicating, &mut self.tab);
                    if reading {
                        let margin = Margin::symmetric(12, 8);
                        let words = |ui: &mut Ui| ui.weak("Reading the tags …");
                        Frame::new().inner_margin(margin).show(ui, words);
                        return tab;
                    }
                    let entry = match self.tab {
                        DetailsTab::Tags => Some(self.tags.tags_ui(ui, cx, open, queue)),
                        DetailsTab::People => {
                            self.people
                                .people_ui(ui, cx, name, open, &mut self.tags, queue)
                        }
                        DetailsTab::Problems => problems_ui(ui, cx, open, queue),
                        DetailsTab::Differences => differences_ui(ui, cx, open, queue),
                        DetailsTab::Guidelines => {
                            self.guidelines.guidelines_ui(ui, cx, open, queue)
                        }
                        DetailsTab::Review => review_ui(ui, cx, open, &mut self.review_own, queue),
                        DetailsTab::Facts => {
                            let time = own_time.as_deref();
                            facts_ui(ui, cx, open.schema(), time, &mut self.facts, queue)
                        }
                    };
                    // Where nothing is listed, the tab above gets the focus.
                    entry.or(tab)
                });
                let area = details.response.rect;
                if let Some(entry) = details.inner {
                    self.regions.add(Region::Details, area, entry);
                }
            });
        let shown = details.response.rect.width();
        self.sizes.details.keep(ui, shown, least, most);
    }

    fn middle_ui(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        let theme = self.themes.current(&context);
        let cx = UiContext {
            theme,
            keymap: &self.keymap,
            entries: &self.entries,
            mac: self.services.mac,
        };
        let queue = &mut self.queue;
        let ground = Frame::new().fill(theme.surface);
        CentralPanel::no_frame().frame(ground).show(ui, |ui| {
            messages_ui(ui, cx, &self.banners, &mut self.hints, queue);
            if let Some(page) = self.page {
                let area = ui.available_rect_before_wrap();
                match page {
                    Page::Person => person_page_ui(ui, cx, &self.schema, &mut self.person, queue),
                    Page::Project => {
                        let parts = (&mut self.project, &mut self.list);
                        project_page_ui(ui, cx, &self.workspace, parts, queue);
                    }
                    Page::Agreement => {
                        agreement_page_ui(ui, cx, &self.schema, &mut self.agreement, queue);
                    }
                    Page::Statistics => statistics_page_ui(ui, cx, &mut self.statistics, queue),
                }
                self.regions.add(Region::Article, area, Page::focus_id());
                return;
            }
            let Some(article) = self.workspace.current_mut() else {
                if self.opening.is_empty() {
                    nothing_open_ui(ui, cx, queue);
                }
                return;
            };
            let colleagues = Colleagues {
                all: &article.colleagues,
                schema: article.open.schema(),
                shown: self.show_colleagues || self.adjudicating,
                compared: self.adjudicating,
                annotator: self.services.annotator.as_ref(),
                takes_over: article.takes_over,
            };
            colleagues_ui(ui, cx, colleagues, queue);
            let whole = ui.available_height();
            find_bar_ui(ui, cx, &mut self.find, queue);
            let find_bar = whole - ui.available_height();
            let keys = CandidateKeys {
                confirm: cx.key(UiCommand::Confirm),
                next: cx.key(UiCommand::NextCandidate),
                not_given: cx.key(UiCommand::NotGiven),
            };
            let input = ViewInput {
                colleagues: if self.show_colleagues || self.adjudicating {
                    &article.colleagues
                } else {
                    &[]
                },
                keys: &keys,
                pointed: self
                    .places
                    .pointed(&article.files.article, article.open.selection().range()),
                dragged_label: self.dragged_label.as_ref(),
                open: &article.open,
                theme,
                zoom: self.zoom,
                find_bar,
                hits: self.find.hits(),
                hit_stretches: self.find.stretches(),
                current_hit: self.find.current,
            };
            let area = ui.available_rect_before_wrap();
            let output = article.view.text_view_ui(ui, &input);
            self.regions.add(Region::Article, area, TextView::id());
            queue.extend(output.commands.into_iter().map(AppCommand::Document));
            if let Some(words) = output.refused {
                self.status = StatusMessage::refusal(words);
            }
            if let Some(request) = output.context {
                self.context_menu = Some(request.at);
                let here = request.place;
                match request.tag {
                    Some(tag) => queue.push_back(AppCommand::document(Move::GoTo(tag))),
                    // A click into the selection is about the selection.
                    None if !article.open.selection().range().contains_inclusive(here) => {
                        queue.push_back(AppCommand::document(Move::Select {
                            anchor: here,
                            head: here,
                        }));
                    }
                    None => {}
                }
                Popup::open_id(&context, context_menu_id());
            }
        });
    }

    fn show_context_menu(&mut self, context: &Context) {
        let Some(at) = self.context_menu else {
            return;
        };
        let theme = self.themes.current(context);
        let cx = UiContext {
            theme,
            keymap: &self.keymap,
            entries: &self.entries,
            mac: self.services.mac,
        };
        let open = self.workspace.current().map(|article| &article.open);
        let queue = &mut self.queue;
        let layer = egui::LayerId::background();
        let shown = Popup::new(context_menu_id(), context.clone(), at, layer)
            .kind(egui::PopupKind::Menu)
            .layout(egui::Layout::top_down_justified(egui::Align::Min))
            .accessible_name("Commands for this place")
            .open_memory(None)
            .show(|ui| {
                egui::menu::menu_style(ui.style_mut());
                context_menu_ui(ui, cx, open, queue);
            });
        if shown.is_none() {
            self.context_menu = None;
        }
    }

    /// Moves the keys' focus from region to region.
    pub(super) fn next_region(&mut self, context: &Context, forward: bool) {
        // What is asked stays in front.
        if self.dialogs.is_open() || Popup::is_any_open(context) {
            return;
        }
        if let Some(id) = self.regions.next(context, forward) {
            context.memory_mut(|memory| memory.request_focus(id));
        }
    }
}

fn context_menu_id() -> egui::Id {
    egui::Id::unique("article menu")
}
