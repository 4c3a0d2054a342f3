//! Going to places in articles and to pages, and the way back.

use std::path::{Path, PathBuf};

use egui::{Context, Id};

use super::App;
use super::article_commands::Origin;
use super::searching::LeftSearch;
use super::status_message::StatusMessage;
use crate::gui::page::Page;
use crate::gui::text_view::PointedTag;
use crate::model::AnnotationId;
use crate::ops::Move;
use crate::ops::search::Hit;
use crate::ops::ui_command::UiCommand;
use crate::text::TextRange;

/// So many places are kept to go back to.
const KEPT: usize = 50;

/// A place in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    path: PathBuf,
    tag: Option<AnnotationId>,
    /// The tag, where it is somebody else's.
    pointed: Option<PointedTag>,
    range: TextRange,
}

/// A page as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
struct LeftPage {
    page: Page,
    /// Whom the page of a person was about.
    person: String,
    /// What led away from it, which gets the keys' focus again.
    focus: Option<Id>,
}

/// Where one was.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Earlier {
    Place(Place),
    Page(LeftPage),
    Search(LeftSearch),
}

/// Where to go, and the way back.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Where to go once the article is open.
    goes_to: Option<Place>,
    /// Where one was, the last one at the end.
    earlier: Vec<Earlier>,
    /// The tag of somebody else that one has gone to.
    pointed: Option<(PathBuf, TextRange, PointedTag)>,
}

impl Places {
    /// The tag of somebody else that one has gone to, while its words are selected.
    pub(super) fn pointed(&self, article: &Path, selection: TextRange) -> Option<&PointedTag> {
        let pointed = self.pointed.as_ref();
        let (path, range, tag) = pointed?;
        (path == article && *range == selection).then_some(tag)
    }

    fn remember(&mut self, earlier: Earlier) {
        if self.earlier.last() != Some(&earlier) {
            self.earlier.push(earlier);
        }
        if self.earlier.len() > KEPT {
            self.earlier.remove(0);
        }
    }
}

impl App {
    /// Goes to what was found; one can go back from there to where one was.
    pub(super) fn go_to_hit(&mut self, context: &Context, hit: &Hit) {
        self.remember_place();
        self.leave_page(context);
        self.show_hit(hit);
    }

    /// Goes to a hit of the search. One can go back from there to the search, and then to where one was before:
    /// from hit to hit that stays the same.
    pub(super) fn go_to_hit_of_search(&mut self, context: &Context, hit: &Hit, left: LeftSearch) {
        let from_hit = matches!(self.places.earlier.last(), Some(Earlier::Search(_)));
        if from_hit && self.page.is_none() {
            self.places.earlier.pop();
        } else {
            self.remember_place();
            self.leave_page(context);
        }
        self.places.remember(Earlier::Search(left));
        self.show_hit(hit);
    }

    fn show_hit(&mut self, hit: &Hit) {
        let pointed = hit.fragments.clone().map(|fragments| PointedTag {
            by: hit.by.clone(),
            is_curated: hit.curated,
            label: hit.label.clone(),
            fragments,
        });
        let place = Place {
            path: hit.path.clone(),
            tag: hit.tag.clone(),
            pointed,
            range: hit.range,
        };
        self.show_place(place);
    }

    /// Goes to a part of an article (bytes); one can go back from there.
    pub(super) fn go_to_range(&mut self, context: &Context, article: PathBuf, range: TextRange) {
        let place = Place {
            path: article,
            tag: None,
            pointed: None,
            range,
        };
        self.remember_place();
        self.leave_page(context);
        self.show_place(place);
    }

    fn show_place(&mut self, mut place: Place) {
        let path = crate::store::canonical_path(&place.path);
        place.path.clone_from(&path);
        self.places.goes_to = Some(place);
        if self.workspace.current_path() != Some(&path) {
            self.open(path);
        }
    }

    /// Leaves the page that is shown, if one is; one can go back to it.
    pub(super) fn leave_page(&mut self, context: &Context) {
        let Some(page) = self.page.take() else {
            return;
        };
        let clicked = context.viewport(|viewport| viewport.interact_widgets.clicked);
        let focused = || context.memory(|memory| memory.focused());
        self.places.remember(Earlier::Page(LeftPage {
            page,
            person: self.person.name.clone(),
            focus: clicked.or_else(focused),
        }));
    }

    /// Keeps where one is in the article that is shown, to go back there.
    pub(super) fn remember_place(&mut self) {
        if let Some(article) = self.workspace.current() {
            let selection = article.open.selection();
            let path = &article.files.article;
            let place = Place {
                path: path.clone(),
                tag: selection.tag.clone(),
                pointed: self.places.pointed(path, selection.range()).cloned(),
                range: selection.range(),
            };
            self.places.remember(Earlier::Place(place));
        }
    }

    /// Alt+Left: the search or the page that led here, or where one was before.
    pub(super) fn go_back(&mut self, context: &Context) {
        let place = match self.places.earlier.pop() {
            None => {
                self.status = StatusMessage::refusal("no place to go back to");
                return;
            }
            Some(Earlier::Page(left)) => {
                self.show_again(context, &left);
                return;
            }
            Some(Earlier::Search(left)) => {
                self.show_search_again(left);
                return;
            }
            Some(Earlier::Place(place)) => place,
        };
        self.page = None;
        if self.workspace.current_path() != Some(&place.path) {
            self.open(place.path.clone());
        }
        self.places.goes_to = Some(place);
        self.follow_hit(context);
    }

    /// Shows a page as it was left: how far it is scrolled and what is chosen in it was kept.
    fn show_again(&mut self, context: &Context, left: &LeftPage) {
        self.find.close();
        self.page = Some(left.page);
        let focus = left.focus.unwrap_or_else(Page::focus_id);
        context.memory_mut(|memory| memory.request_focus(focus));
        match left.page {
            Page::Person if self.person.name != left.person => self.person.show(&left.person),
            Page::Person | Page::Project => {}
            Page::Agreement => self.measure_agreement(),
            Page::Statistics => self.count_statistics(),
        }
    }

    /// Goes to the place in the article that has just been opened for it.
    pub(super) fn follow_hit(&mut self, context: &Context) {
        let Some(place) = self.places.goes_to.clone() else {
            return;
        };
        let is_shown = self.workspace.current_path() == Some(&place.path);
        if !is_shown || self.workspace.is_reading(&place.path) {
            if !self.opening.contains(&place.path) && !is_shown {
                self.places.goes_to = None;
            }
            return;
        }
        self.places.goes_to = None;
        self.places.pointed = None;
        let Some(article) = self.workspace.current() else {
            return;
        };
        let own = place.tag.filter(|tag| {
            let there = article.open.shown().set().annotation(tag);
            there.is_some_and(|there| there.fragments.hull().contains_range(place.range))
        });
        match (own, place.pointed) {
            (Some(tag), _) => self.run_from(context, Move::GoTo(tag), Origin::Key),
            (None, None) => self.run_from(context, Move::Seek(place.range), Origin::Key),
            (None, Some(pointed)) => {
                self.run_from(context, Move::Seek(place.range), Origin::Key);
                self.point_at(place.path, place.range, pointed);
            }
        }
        if let Some(article) = self.workspace.current_mut() {
            article.view.reveal(place.range);
        }
        self.focus_article(context);
    }

    /// Shows a tag that is not in the work at hand, and says whose it is.
    fn point_at(&mut self, path: PathBuf, range: TextRange, tag: PointedTag) {
        let mut words = tag.words(&self.schema);
        if !tag.is_curated && !self.show_colleagues {
            self.show_colleagues = true;
            let key = self
                .keymap
                .shortcut(UiCommand::Colleagues, self.services.mac);
            words += &format!("; the tags of others are shown now ({key} hides them)");
        }
        self.status = StatusMessage::info(words);
        self.places.pointed = Some((path, range, tag));
    }
}
