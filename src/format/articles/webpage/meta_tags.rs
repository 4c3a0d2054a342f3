use super::super::html_tree::{HtmlTree, NodeId};
use super::json_ld::cleaned;

/// The `meta` elements of a page.
pub(super) struct MetaTags<'t>(Vec<(String, &'t str)>);

impl<'t> MetaTags<'t> {
    pub(super) fn read(tree: &'t HtmlTree) -> Self {
        let mut found = Vec::new();
        for meta in tree.elements(NodeId::ROOT, "meta") {
            let content = tree.attribute(meta, "content").trim();
            if content.is_empty() {
                continue;
            }
            for attribute in ["property", "name", "itemprop"] {
                let name = tree.attribute(meta, attribute);
                found.extend(
                    name.split_ascii_whitespace()
                        .map(|name| (name.to_ascii_lowercase(), content)),
                );
            }
        }
        Self(found)
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        self.0
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, content)| cleaned(content))
    }

    /// The first that is there, by the order of the names.
    pub(super) fn first(&self, names: &[&str]) -> String {
        names
            .iter()
            .find_map(|name| self.all(name).next())
            .unwrap_or_default()
    }
}
