/// What a record holds and a document does not.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// What it is, and why.
    pub(super) content: Vec<(String, &'static str)>,
    /// Fields of which nothing is known.
    pub(super) unknown: Vec<String>,
    /// Fields of other tools that say nothing about the text.
    pub(super) bookkeeping: Vec<String>,
}

impl LeftOut {
    pub(super) fn content(&mut self, what: String, why: &'static str) {
        self.content.push((what, why));
    }

    pub(super) fn is_bookkeeping(name: &str) -> bool {
        let known = [
            "options",
            "config",
            "type",
            "color",
            "colors",
            "hidden",
            "disabled",
            "priority",
            "pattern",
            "score",
            "rank",
            "input_hash",
            "ws",
            "style",
            "width",
            "height",
            "x",
            "y",
        ];
        name.starts_with('_') || known.contains(&name)
    }
}
