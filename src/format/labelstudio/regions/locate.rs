//! Where regions are on the text.

use crate::format::json::Value;

use super::super::region::Region;
use super::{IN_MEDIA, Reader};
use crate::format::counting::Counting;
use crate::format::counting::by_edges::judge_text;
use crate::format::counting::by_words::{BEST, WordSearch, fit, same_words};
use crate::format::left_out::shown_words;

impl Reader<'_> {
    /// Decides what the offsets count, by the words of all regions.
    pub(super) fn counting(&mut self, regions: &[Region]) {
        let known: Vec<_> = regions
            .iter()
            .filter(|region| !region.elsewhere)
            .filter_map(|region| region.position.zip(region.words.as_deref()))
            .collect();
        if known.is_empty() {
            return self.counting_by_edges(regions);
        }
        let whole: String = self
            .place
            .text
            .pieces
            .iter()
            .map(|p| p.text.as_str())
            .collect();
        let text = self.place.text;
        let unit = self.place.unit;
        let counting = Counting::best(&whole, unit, known.len() * BEST, |counting| {
            let places = text.places(counting);
            let fits = known.iter().map(|(position, words)| {
                let place = text.locate(*position, &places);
                let found = place.and_then(|[start, end]| self.index.slice(start, end));
                found.map_or(0, |found| fit(found, words))
            });
            fits.sum()
        });
        self.places = text.places(counting);
    }

    /// The same where no region has words.
    fn counting_by_edges(&mut self, regions: &[Region]) {
        let text = self.place.text;
        // A blank is no word, but shows as well that the file gives them.
        let gives = |region: &Region| region.value.get("text").is_some_and(Value::is_string);
        if regions.iter().any(gives) {
            self.places = text.places(self.place.unit.counting());
            return;
        }
        let here = regions.iter().filter(|region| !region.elsewhere);
        let positions: Vec<_> = here.filter_map(|region| region.position).collect();
        let judgement = judge_text(&text.article, self.place.unit, |counting| {
            let places = text.places(counting);
            let positions = positions.iter();
            positions.map(|at| text.locate(*at, &places)).collect()
        });
        self.places = text.places(judgement.counting);
        if let (Some(why), Some(first)) = (judgement.remark(), regions.first()) {
            let example = format!("`{}` ({})", first.id, self.place.task);
            self.left_out.remark(self.place.line, &why, example);
        }
    }

    fn is_over_turns(&self, region: &Region) -> bool {
        let pieces = region.position.map(|at| (at.start.0, at.end.0));
        self.place.text.in_paragraphs && pieces.is_some_and(|(first, last)| first != last)
    }

    /// Whether these are the words of several turns, with or without the names of who speaks, which
    /// are lines with a colon in the article.
    fn has_turns(&self, at: [u32; 2], found: &str, words: &str) -> bool {
        let plain = |text: &str| text.replace(':', "");
        same_words(&self.place.text.words_of_turns(at), words)
            || same_words(&plain(found), &plain(words))
    }

    /// Where a region is: at its offsets if the words there are its own, else where these are.
    pub(super) fn locate(&mut self, region: &Region) -> Result<[u32; 2], &'static str> {
        if region.elsewhere {
            return Err(
                "regions on another text of the task are left out, as a task becomes one article; \
                 export the tasks with that text alone to import it, too",
            );
        }
        let there = region
            .position
            .and_then(|position| self.place.text.locate(position, &self.places));
        let Some(words) = &region.words else {
            return match (there, region.position) {
                (Some(there), _) => Ok(there),
                (None, Some(_)) => Err(
                    "regions that end outside the text, or within a character, are left out; \
                     correct their offsets in the file and import again",
                ),
                (None, None) if IN_MEDIA.iter().any(|key| region.value.contains_key(key)) => Err(
                    "regions in images, audio or video are left out; only those of texts can be \
                     imported",
                ),
                (None, None) => Err(
                    "regions without offsets into the text are left out; export as JSON from a \
                     version that writes `globalOffsets`",
                ),
            };
        };
        if let Some([start, end]) = there
            && let Some(found) = self.index.slice(start, end)
        {
            if found == words {
                return Ok([start, end]);
            }
            if same_words(found, words) {
                return Ok(without_edges(found, words, start, end));
            }
            if self.is_over_turns(region) && self.has_turns([start, end], found, words) {
                return Ok([start, end]);
            }
        }
        let near = there
            .map(|[start, _]| start)
            .or_else(|| self.place.text.near(region.position?, &self.places));
        let search = self
            .search
            .get_or_insert_with(|| WordSearch::new(&self.place.text.article));
        let Some(found) = search.find(words, near) else {
            return Err(
                "regions are left out because their words are not at their offsets, and are \
                 elsewhere several times, far away or not at all",
            );
        };
        if let Some(position) = region.position {
            let why = "tags are on their words, which are not at their offsets";
            let (from, to) = (position.start.1, found[0]);
            let words = shown_words(words);
            let example = format!("“{words}” from {from} to {to} ({})", self.place.task);
            self.left_out.remark(self.place.line, why, example);
        }
        Ok(found)
    }
}

/// A place without the blanks at its edges that its words do not have.
fn without_edges(found: &str, words: &str, start: u32, end: u32) -> [u32; 2] {
    let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(0);
    let (mut start, mut end) = (start, end);
    if !words.starts_with(char::is_whitespace) {
        start += count(found) - count(found.trim_start());
    }
    if !words.ends_with(char::is_whitespace) {
        end -= count(found) - count(found.trim_end());
    }
    [start, end]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::format::labelstudio::LabelStudio;
    use crate::format::{Format, Input};

    #[test]
    fn regions_over_turns_have_no_names_in_their_words() {
        let region = |id: &str, start: u32, end: u32, words: &str| {
            json!({"id": id, "from_name": "l", "to_name": "d", "type": "paragraphlabels",
                "value": {"start": "0", "end": "1", "startOffset": start, "endOffset": end,
                    "text": words, "paragraphlabels": ["x"]}})
        };
        let list = [
            region("a", 4, 2, "now.\n\nNo"),
            region("b", 4, 2, "now.Ian\nNo"),
            region("c", 4, 2, "other words"),
        ];
        let tasks = json!([{"data": {"d": [{"author": "Eve", "text": "Now now."},
            {"author": "Ian", "text": "No, no."}]}, "annotations": [{"result": list}]}]);
        let tasks = tasks.to_string();
        let input = Input {
            name: "a.json",
            bytes: tasks.as_bytes(),
            beside: &|_| None,
        };
        let imported = LabelStudio.read(&input).unwrap();
        let document = &imported.documents[0].document;
        let tags = document.set().annotations();
        let words = tags.map(|tag| {
            let words = document.source().slice(tag.fragments.hull());
            format!("{} {words}", tag.id)
        });
        let words: Vec<String> = words.collect();
        assert_eq!(words, ["a now.\nIan: No", "b now.\nIan: No"]);
        assert!(imported.skipped[0].message.contains("other words"));
    }
}
