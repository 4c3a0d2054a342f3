//! What features are, by the type system beside an XMI file.

use std::collections::BTreeMap;

use crate::format::xml_tree::{Element, Tree};

/// What the value of a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    Text,
    /// Numbers of other structures.
    Structures,
}

/// The types that are described.
#[derive(Debug, Default)]
pub(super) struct TypeSystem {
    types: BTreeMap<String, Described>,
}

#[derive(Debug, Default)]
struct Described {
    super_type: String,
    features: BTreeMap<String, (String, bool)>,
}

const VALUES: [&str; 8] = [
    "String", "Integer", "Long", "Short", "Byte", "Float", "Double", "Boolean",
];

impl TypeSystem {
    /// Reads a type system; `None` where it is none.
    pub(super) fn parse(xml: &str) -> Option<Self> {
        let tree = Tree::parse(xml).ok()?;
        if tree.root()?.local() != "typeSystemDescription" {
            return None;
        }
        let text = |element: Element<'_>, name: &str| {
            let child = element.within().find(|child| child.local() == name);
            child.map_or(String::new(), |child| child.text().trim().to_owned())
        };
        let mut types = BTreeMap::new();
        for element in tree.all() {
            if element.local() != "typeDescription" {
                continue;
            }
            let lists = element.within().filter(|e| e.local() == "features");
            let features = lists.flat_map(|list| list.within()).map(|feature| {
                let shared = text(feature, "multipleReferencesAllowed") == "true";
                (
                    text(feature, "name"),
                    (text(feature, "rangeTypeName"), shared),
                )
            });
            let described = Described {
                features: features.collect(),
                super_type: text(element, "supertypeName"),
            };
            types.insert(text(element, "name"), described);
        }
        Some(Self { types })
    }

    /// What a feature of a type, or of one it is derived from, is; `None` where it is not described.
    pub(super) fn range(&self, kind: &str, feature: &str) -> Option<Range> {
        let mut kind = kind;
        // Types that are derived in a circle end here.
        for _ in 0..64 {
            let described = self.types.get(kind)?;
            if let Some((range, shared)) = described.features.get(feature) {
                return Some(self.of(range, *shared));
            }
            kind = &described.super_type;
        }
        None
    }

    fn of(&self, range: &str, shared: bool) -> Range {
        let built_in = range.strip_prefix("uima.cas.");
        let is_value = |name: &str| VALUES.contains(&name);
        match built_in {
            Some(name) if is_value(name) => Range::Text,
            Some(name) if name.strip_suffix("Array").is_some_and(is_value) && !shared => {
                Range::Text
            }
            Some(_) => Range::Structures,
            None => {
                // Types of words with a list of allowed ones.
                let of_words = self
                    .types
                    .get(range)
                    .is_some_and(|described| described.super_type == "uima.cas.String");
                if of_words {
                    Range::Text
                } else {
                    Range::Structures
                }
            }
        }
    }
}
