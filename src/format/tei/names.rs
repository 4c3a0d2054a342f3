use std::borrow::Cow;
use std::collections::BTreeMap;

/// Ids that XML allows, one for each of ours.
pub(super) struct Names<'a>(BTreeMap<&'a str, String>);

impl<'a> Names<'a> {
    /// The id after the prefix where that is a name; a number after the prefix in capitals, which
    /// no such name has, where it is not.
    pub(super) fn of(prefix: &str, ids: impl Iterator<Item = &'a str>) -> Self {
        let name = |(n, id): (usize, &'a str)| {
            let plain = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let name = if plain {
                format!("{prefix}.{id}")
            } else {
                format!("{}.{}", prefix.to_uppercase(), n + 1)
            };
            (id, name)
        };
        Self(ids.enumerate().map(name).collect())
    }

    pub(super) fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

/// One word: what is where TEI wants a name.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_whitespace() || c.is_control();
    if text.is_empty() {
        Cow::Borrowed("_")
    } else if text.contains(breaks) {
        Cow::Owned(text.replace(breaks, "_"))
    } else {
        Cow::Borrowed(text)
    }
}
