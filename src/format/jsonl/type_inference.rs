use std::io::{self, Write};

use serde_json::Value;

use crate::format::interchange::DocumentRecord;

/// Readers that guess the type of a column look at this many bytes at most.
const GUESSED_FROM: usize = 8 << 20;
/// More is not held back for them.
const HELD: usize = 32 << 20;
/// spans, their attributes, their confidence, links, their attributes, people, aliases, facts, times
/// of work
const LISTS: usize = 9;

/// Writes records in the order they come, but makes sure that readers can infer the type of every
/// list and of what not every record has: if a list is empty in the first records, the first record that has one is moved to the
/// front.
pub(super) struct TypeInferenceWriter<'a> {
    out: &'a mut dyn Write,
    held: Vec<Vec<u8>>,
    size: usize,
    /// Rows to move to the front.
    late: Vec<usize>,
    seen: [bool; LISTS],
    flowing: bool,
}

impl<'a> TypeInferenceWriter<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            held: Vec::new(),
            size: 0,
            late: Vec::new(),
            seen: [false; LISTS],
            flowing: false,
        }
    }

    pub(super) fn push(&mut self, record: &DocumentRecord) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(record)?;
        bytes.push(b'\n');
        if self.flowing {
            return self.out.write_all(&bytes);
        }
        let mut new = false;
        for (seen, has) in self.seen.iter_mut().zip(filled(record)) {
            new |= has && !*seen;
            *seen |= has;
        }
        if new && self.size > GUESSED_FROM {
            self.late.push(self.held.len());
        }
        self.size += bytes.len();
        self.held.push(bytes);
        if self.seen == [true; LISTS] || self.size > HELD {
            self.release()?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.release()
    }

    fn release(&mut self) -> io::Result<()> {
        self.flowing = true;
        let held = std::mem::take(&mut self.held);
        for record in self.late.iter().filter_map(|&late| held.get(late)) {
            self.out.write_all(record)?;
        }
        for (index, record) in held.iter().enumerate() {
            if !self.late.contains(&index) {
                self.out.write_all(record)?;
            }
        }
        Ok(())
    }
}

fn filled(record: &DocumentRecord) -> [bool; LISTS] {
    [
        !record.spans.is_empty(),
        record.spans.iter().any(|span| !span.attributes.is_empty()),
        record.spans.iter().any(|span| span.confidence.is_some()),
        !record.links.is_empty(),
        record.links.iter().any(|link| !link.attributes.is_empty()),
        !record.people.is_empty(),
        record
            .people
            .iter()
            .any(|person| !person.aliases.is_empty()),
        record.facts.is_some(),
        record
            .sittings
            .as_ref()
            .and_then(Value::as_array)
            .is_some_and(|all| !all.is_empty()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::interchange::LinkRecord;

    fn record(id: &str, text_len: usize, linked: bool) -> DocumentRecord {
        DocumentRecord {
            id: id.to_owned(),
            text: "x".repeat(text_len),
            links: vec![LinkRecord::default(); usize::from(linked)].into(),
            ..DocumentRecord::default()
        }
    }

    fn order(records: &[DocumentRecord]) -> Vec<String> {
        let mut out = Vec::new();
        let mut order = TypeInferenceWriter::new(&mut out);
        for record in records {
            order.push(record).unwrap();
        }
        order.finish().unwrap();
        out.split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice::<DocumentRecord>(line).unwrap().id)
            .collect()
    }

    #[test]
    fn rows_keep_their_order_when_a_filled_one_comes_early() {
        let records = [
            record("a", 10, false),
            record("b", 10, true),
            record("c", 10, true),
        ];
        assert_eq!(order(&records), ["a", "b", "c"]);
    }

    #[test]
    fn the_first_filled_row_goes_first_when_it_would_come_too_late() {
        let records = [
            record("a", GUESSED_FROM, false),
            record("b", 10, true),
            record("c", 10, true),
        ];
        assert_eq!(order(&records), ["b", "a", "c"]);
    }

    #[test]
    fn no_more_is_held_back_than_memory_allows() {
        let records = [record("a", HELD, false), record("b", 10, true)];
        assert_eq!(order(&records), ["a", "b"]);
    }
}
