//! The rows of the article that are in view.

use egui_kittest::kittest::{NodeT, Queryable};

use super::Window;

impl Window {
    /// The row of the article that has these words.
    pub(in crate::gui) fn row(&self, words: &str) -> egui::Rect {
        let role = egui::accesskit::Role::TextRun;
        let has =
            |run: &egui_kittest::Node<'_>| run.value().is_some_and(|value| value.contains(words));
        let row = self.harness.query_all_by_role(role).find(has);
        row.unwrap_or_else(|| panic!("no row has {words:?}")).rect()
    }

    /// The row of the caret, from the line's start to its end.
    pub(in crate::gui) fn caret_row(&self) -> egui::Rect {
        let role = egui::accesskit::Role::Document;
        let article = self.harness.get_by_role_and_label(role, "Article");
        let node = article.accesskit_node();
        let mut row = node.text_selection_focus().unwrap().to_degenerate_range();
        let (start, end) = (row.start(), row.end());
        row.set_start(start.backward_to_line_start());
        row.set_end(end.forward_to_line_end());
        let boxes = row.bounding_boxes();
        let row = boxes.first().expect("the caret's line has words");
        egui::Rect::from_min_max(
            egui::pos2(row.x0 as f32, row.y0 as f32),
            egui::pos2(row.x1 as f32, row.y1 as f32),
        )
    }

    /// The rows of the article that are in view, from top to bottom.
    pub(in crate::gui) fn rows(&self) -> Vec<egui::Rect> {
        let role = egui::accesskit::Role::TextRun;
        let rows = self.harness.query_all_by_role(role);
        let mut rows: Vec<_> = rows.map(|row| row.rect()).collect();
        rows.sort_by(|a, b| a.top().total_cmp(&b.top()));
        rows
    }

    /// The words of the rows that are in view and where they are, from top to bottom.
    pub(in crate::gui) fn row_words(&self) -> Vec<(String, egui::Rect)> {
        let role = egui::accesskit::Role::TextRun;
        let rows = self.harness.query_all_by_role(role);
        let words = |row: &egui_kittest::Node<'_>| row.value().unwrap_or_default();
        let mut rows: Vec<_> = rows.map(|row| (words(&row), row.rect())).collect();
        rows.sort_by(|a, b| a.1.top().total_cmp(&b.1.top()));
        rows
    }

    /// A place in the row of the article that starts with these words.
    pub(in crate::gui) fn in_row(&self, words: &str) -> egui::Pos2 {
        self.row(words).left_center() + egui::vec2(40.0, 0.0)
    }

    /// The whole name of the first thing whose name begins with these words.
    pub(in crate::gui) fn named(&self, words: &str) -> String {
        let found = self.harness.query_all_by_label_contains(words);
        let mut names = found.filter_map(|node| node.accesskit_node().label());
        let name = names.find(|name| name.starts_with(words));
        name.unwrap_or_else(|| panic!("nothing is called {words:?}"))
    }

    /// Whether a message on the screen contains these words.
    pub(in crate::gui) fn says(&self, words: &str) -> bool {
        let mut all = self.harness.root().children_recursive();
        all.any(|node| {
            node.accesskit_node()
                .value()
                .is_some_and(|value| value.contains(words))
        })
    }
}
