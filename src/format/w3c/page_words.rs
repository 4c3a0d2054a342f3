//! Words of a page as people read them: there a line break is white space, which browsers do not count.

use std::collections::BTreeMap;

use super::page::Page;
use super::word_index::WordIndex;

impl Page {
    /// Where words are in the plain words (bytes) that are only there with line breaks between them.
    pub(super) fn over_breaks<'w>(
        &self,
        sought: &[&'w str],
    ) -> BTreeMap<&'w str, Vec<(usize, usize)>> {
        let index = WordIndex::new(self.article(), sought.to_vec());
        let places = sought.iter().map(|words| {
            let places = index.places(words).iter();
            let places = places.filter_map(|&(from, to)| self.in_plain(from, to));
            (*words, places.collect())
        });
        places.collect()
    }

    /// Whether a range of the plain words (bytes) has these words in the article.
    pub(super) fn reads(&self, start: usize, end: usize, words: &str) -> bool {
        let place = self.in_article(start, end);
        let found = place.and_then(|(from, to)| self.article().get(from..to));
        found.is_some_and(|found| found.split_whitespace().eq(words.split_whitespace()))
    }

    /// A range of the article in the plain words (bytes).
    fn in_plain(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let places = self.places();
        let first = places.partition_point(|at| *at <= from).checked_sub(1)?;
        let start = self.plain().floor_char_boundary(first);
        let end = places
            .partition_point(|at| *at < to)
            .min(self.plain().len());
        (start < end).then_some((start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_line_breaks() {
        let page = Page::new("<p>He <b>né</b><br>twice, <script>x</script>no</p><p>so</p>");
        assert_eq!(page.plain(), "He nétwice, xnoso");
        let found = page.over_breaks(&["né twice", "no so", "x no"]);
        let words = |sought: &str| {
            let places = found[sought].iter();
            places
                .map(|&(start, end)| &page.plain()[start..end])
                .collect::<Vec<_>>()
        };
        assert_eq!(words("né twice"), ["nétwice"]);
        assert_eq!(words("no so"), ["noso"]);
        assert_eq!(words("x no"), [""; 0]);
        let (start, end) = found["né twice"][0];
        assert!(page.reads(start, end, "né twice") && !page.reads(start, end, "né"));
    }
}
