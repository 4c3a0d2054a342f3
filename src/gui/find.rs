//! Finding words in the article, in any case and whatever the quotation marks look like.

use crate::text::{SourceText, TextRange, TextSize};

/// The find bar: what is looked for and what was found.
#[derive(Debug, Default)]
pub(crate) struct Find {
    /// Whether the bar is shown.
    pub(crate) open: bool,
    /// What is looked for.
    pub(crate) query: String,
    /// Where it stands (bytes), in order.
    pub(crate) hits: Vec<TextRange>,
    /// The hit one is at.
    pub(crate) current: Option<usize>,
    /// What `hits` are of.
    searched: String,
    /// Whether the field shall get the focus.
    pub(crate) focus: bool,
}

impl Find {
    /// Shows the bar, with `words` to look for unless there are none.
    pub(crate) fn show(&mut self, words: &str) {
        self.open = true;
        self.focus = true;
        if !words.is_empty() && !words.contains('\n') {
            words.clone_into(&mut self.query);
        }
    }

    /// Hides the bar and forgets the hits.
    pub(crate) fn close(&mut self) {
        *self = Self {
            query: std::mem::take(&mut self.query),
            ..Self::default()
        };
    }

    /// Looks again where the query has changed; the current hit is the first at or behind `from`.
    /// Returns where to go then.
    pub(crate) fn refresh(&mut self, source: &SourceText, from: TextSize) -> Option<TextRange> {
        if self.searched == self.query {
            return None;
        }
        self.searched.clone_from(&self.query);
        self.hits = find_all(source, &self.query);
        let at = self.hits.partition_point(|hit| hit.start() < from);
        self.current = match self.hits.len() {
            0 => None,
            len => Some(if at < len { at } else { 0 }),
        };
        self.hit()
    }

    /// Goes to the next hit or the one before, around the ends.
    pub(crate) fn step(&mut self, forward: bool) -> Option<TextRange> {
        let last = self.hits.len().checked_sub(1)?;
        self.current = Some(match (self.current, forward) {
            (Some(at), true) if at < last => at + 1,
            (Some(at), false) if at > 0 => at - 1,
            (_, true) => 0,
            (_, false) => last,
        });
        self.hit()
    }

    /// The hit one is at.
    pub(crate) fn hit(&self) -> Option<TextRange> {
        self.hits.get(self.current?).copied()
    }
}

/// The id of the find bar's field.
pub(crate) fn find_field_id() -> egui::Id {
    egui::Id::unique("find")
}

fn folded(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        '‘' | '’' | '‚' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '\u{a0}' | '\n' | '\r' | '\t' => ' ',
        c => c,
    };
    plain.to_lowercase()
}

/// Where `query` stands in the text (bytes), in order, not overlapping. Empty for an empty query.
fn find_all(source: &SourceText, query: &str) -> Vec<TextRange> {
    let wanted: Vec<char> = query.chars().flat_map(folded).collect();
    let Some(&first) = wanted.first() else {
        return Vec::new();
    };
    let text = source.as_str();
    let mut hits = Vec::new();
    let mut behind = 0;
    for (start, c) in text.char_indices() {
        if start < behind || folded(c).next() != Some(first) {
            continue;
        }
        if let Some(len) = text.get(start..).and_then(|rest| prefix(rest, &wanted)) {
            behind = start + len;
            let bounds = (TextSize::try_from(start), TextSize::try_from(behind));
            if let (Ok(start), Ok(end)) = bounds {
                hits.push(TextRange::new(start, end));
            }
        }
    }
    hits
}

/// How many bytes of `text` make `wanted`, if it starts with it.
fn prefix(text: &str, wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    for (at, c) in text.char_indices() {
        if left.is_empty() {
            return Some(at);
        }
        for c in folded(c) {
            match left.split_first() {
                Some((&next, rest)) if next == c => left = rest,
                _ => return None,
            }
        }
    }
    left.is_empty().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, query: &str) -> Vec<String> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        find_all(&source, query)
            .into_iter()
            .map(|hit| source.slice(hit).to_owned())
            .collect()
    }

    #[test]
    fn case_and_kind_of_marks_do_not_matter() {
        assert_eq!(
            found("Say “I DON’T” or i don't", "i don't"),
            ["I DON’T", "i don't"]
        );
        assert_eq!(found("Straße ÄÖ", "äö"), ["ÄÖ"]);
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
        assert_eq!(found("two\nwords", "o w"), ["o\nw"]);
        assert!(found("anything", "").is_empty());
        assert!(found("shor", "short").is_empty());
    }

    #[test]
    fn steps_go_around_the_ends() {
        let source = SourceText::new("one two one two one", "UTF-8").unwrap();
        let mut find = Find {
            query: "one".to_owned(),
            ..Find::default()
        };
        let starts = |hit: Option<TextRange>| hit.map(|hit| u32::from(hit.start()));
        assert_eq!(starts(find.refresh(&source, 4.into())), Some(8));
        assert_eq!(starts(find.refresh(&source, 4.into())), None);
        assert_eq!(starts(find.step(true)), Some(16));
        assert_eq!(starts(find.step(true)), Some(0));
        assert_eq!(starts(find.step(false)), Some(16));
    }
}
