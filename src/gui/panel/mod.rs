//! The parts around the article.

mod banner;
mod colleagues;
mod compact_choices;
mod conflicts;
mod differences;
mod fact_conflicts;
mod facts;
mod files;
mod filter_field;
mod find_bar;
mod guidelines;
mod hints;
mod inspector;
mod label_row;
mod list_and_details;
mod list_choices;
mod menu_bar;
mod not_opened;
mod people;
mod problem_actions;
mod problem_groups;
mod problems;
mod review;
mod review_row;
mod search;
mod status_line;
mod strong_text;
mod tag_parts;
mod tags;
mod toolbar;

pub(crate) use banner::{Banner, BannerKind, banners_ui};
pub(crate) use colleagues::{Colleagues, colleagues_ui};
pub(crate) use conflicts::needs_decision;
pub(crate) use differences::differences_ui;
pub(crate) use facts::{FactsPanel, facts_ui};
pub(crate) use files::{FilesPanel, files_ui};
pub(crate) use find_bar::find_bar_ui;
pub(crate) use guidelines::GuidelinesPanel;
pub(crate) use hints::Hints;
pub(crate) use inspector::Inspector;
pub(crate) use list_choices::{
    column_heading, copies_tip, progress_bar_ui, queue_choice_ui, sort_by, totals_words,
    whose_choice_ui,
};
pub(crate) use menu_bar::{context_menu_ui, focus_menu_bar, menu_bar_ui};
pub(crate) use people::PeoplePanel;
pub(crate) use problems::problems_ui;
pub(crate) use review::review_ui;
pub(crate) use search::search_ui;
pub(crate) use status_line::{StatusLine, status_line_ui};
pub(crate) use tags::{TagsPanel, filter_field_id};
pub(crate) use toolbar::toolbar_ui;

/// In windows lower than this, in points, panels leave out what can be done without.
const LOW: f32 = 640.0;

/// Whether the window is low.
pub(crate) fn is_low(ui: &egui::Ui) -> bool {
    ui.ctx().content_rect().height() < LOW
}

/// What the upper right shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum DetailsTab {
    /// The tags of the article.
    #[default]
    Tags,
    /// Who is named.
    People,
    /// What is doubtful.
    Problems,
    /// What is known about the article.
    Facts,
    /// What the project says about tagging.
    Guidelines,
    /// What reviewers say about tags.
    Review,
    /// Where annotators differ.
    Differences,
}

impl DetailsTab {
    /// All of them, in order.
    const ALL: [Self; 7] = [
        Self::Tags,
        Self::People,
        Self::Problems,
        Self::Facts,
        Self::Guidelines,
        Self::Review,
        Self::Differences,
    ];

    /// What it is called where it is remembered.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tags => "tags",
            Self::People => "people",
            Self::Problems => "problems",
            Self::Facts => "facts",
            Self::Guidelines => "guidelines",
            Self::Review => "review",
            Self::Differences => "differences",
        }
    }

    /// The tab of that name, else the first.
    pub(crate) fn named(name: &str) -> Self {
        let found = Self::ALL.into_iter().find(|tab| tab.name() == name);
        found.unwrap_or_default()
    }
}
