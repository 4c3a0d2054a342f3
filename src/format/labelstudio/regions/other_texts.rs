//! Tasks with several texts.

use std::collections::BTreeMap;

use super::super::region::Region;
use super::Reader;
use crate::format::counting::by_words::same_words;

impl Reader<'_> {
    /// Of a task with several texts one is read: the one most regions have their words in.
    pub(super) fn mark_other_texts(&self, regions: &mut [Region]) {
        let mut fitting: BTreeMap<String, usize> = BTreeMap::new();
        let named = |region: &Region| region.position.is_some() && !region.to_name.is_empty();
        for region in regions.iter().filter(|region| named(region)) {
            let there = region
                .position
                .and_then(|position| self.place.text.locate(position, &self.places));
            let found = there.and_then(|[start, end]| self.index.slice(start, end));
            let words = region.words.as_deref();
            let fits = found
                .zip(words)
                .is_some_and(|(found, words)| same_words(found, words));
            *fitting.entry(region.to_name.clone()).or_default() += usize::from(fits);
        }
        let best = fitting.iter().max_by_key(|(_, fits)| **fits);
        let Some(best) = best
            .map(|(name, _)| name.clone())
            .filter(|_| fitting.len() > 1)
        else {
            return;
        };
        for region in regions {
            region.elsewhere = named(region) && region.to_name != best;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::format::labelstudio::LabelStudio;
    use crate::format::{Format, Input};

    /// Regions on a second text of a task are not looked for in the first.
    #[test]
    fn a_second_text_of_a_task_is_told() {
        let region = |id: &str, on: &str, start: u32, words: &str| {
            serde_json::json!({"id": id, "from_name": "label", "to_name": on, "type": "labels",
                "value": {"start": start, "end": start + 3, "text": words, "labels": ["x"]}})
        };
        let task = serde_json::json!([{"data": {"text": "Ann met Bob and Eve.", "title": "Eve"},
            "annotations": [{"result": [region("1", "text", 0, "Ann"), region("2", "text", 8, "Bob"),
                region("3", "title", 0, "Eve")]}]}]);
        let task = task.to_string();
        let input = Input {
            name: "a.json",
            bytes: task.as_bytes(),
            beside: &|_| None,
        };
        let imported = LabelStudio.read(&input).unwrap();
        assert_eq!(imported.documents[0].document.set().annotation_count(), 2);
        let told = &imported.skipped[0].message;
        assert!(
            told.contains("another text of the task") && told.contains("Eve"),
            "{told}"
        );
    }
}
