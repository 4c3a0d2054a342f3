//! What the types of other tools are called here: by the last part of their names, and by more of it where
//! two would be called the same.

use std::collections::{BTreeMap, BTreeSet};

/// So many parts of a name are tried before the whole one is used.
const MOST_PARTS: usize = 8;

/// Names for types such as `org.example.Quote`.
#[derive(Debug, Default)]
pub(super) struct LayerNames {
    /// By their whole names, those that need more than the last part.
    longer: BTreeMap<String, String>,
}

impl LayerNames {
    /// Names that keep these types apart.
    pub(super) fn new<'a>(types: impl IntoIterator<Item = &'a str>) -> Self {
        let types: BTreeSet<&str> = types.into_iter().collect();
        // Labels made of them are in lower case.
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for end in types.iter().flat_map(|name| ends(name)) {
            *counts.entry(end.to_lowercase()).or_default() += 1;
        }
        let single = |end: &str| counts.get(&end.to_lowercase()) == Some(&1);
        let longer = types.into_iter().filter(|name| !single(short(name)));
        let longer = longer.map(|name| {
            let end = ends(name).find(|end| single(end));
            (name.to_owned(), end.unwrap_or(name).to_owned())
        });
        Self {
            longer: longer.collect(),
        }
    }

    /// What a type is called.
    pub(super) fn of<'n>(&'n self, name: &'n str) -> &'n str {
        let longer = self.longer.get(name);
        longer.map_or(short(name), String::as_str)
    }
}

/// The last part of the name of a type.
pub(super) fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// The last parts of a name: one, two, and so on.
fn ends(name: &str) -> impl Iterator<Item = &str> {
    let before = name.rmatch_indices('.').map(|(at, _)| at + 1);
    let before = before.chain([0]).take(MOST_PARTS);
    before.filter_map(|at| name.get(at..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_one_name_are_kept_apart() {
        let names = LayerNames::new([
            "x.a.Quote",
            "x.b.Quote",
            "QUOTE",
            "x.Cue",
            "x.Cue",
            "y.a.Place",
            "z.a.Place",
        ]);
        for (name, called) in [
            ("x.a.Quote", "a.Quote"),
            ("x.b.Quote", "b.Quote"),
            ("QUOTE", "QUOTE"),
            ("x.Cue", "Cue"),
            ("y.a.Place", "y.a.Place"),
            ("z.a.Place", "z.a.Place"),
            ("other.Kind", "Kind"),
        ] {
            assert_eq!(names.of(name), called);
        }
    }
}
