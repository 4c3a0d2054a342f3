//! Pages in the place of the article.

use egui::Context;

use super::App;
use crate::gui::page::Page;

impl App {
    /// Shows a page, or goes back from it to the article.
    pub(super) fn toggle_page(&mut self, context: &Context, page: Page) {
        if self.page == Some(page) {
            self.close_page(context);
            return;
        }
        self.find.close();
        self.page = Some(page);
        context.memory_mut(|memory| memory.request_focus(Page::focus_id()));
    }

    /// Goes back to the article.
    pub(super) fn close_page(&mut self, context: &Context) {
        if self.page.take().is_some() {
            self.focus_article(context);
        }
    }
}
