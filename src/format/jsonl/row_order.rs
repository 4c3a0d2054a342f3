use std::io::{self, Write};

use super::row::Row;

/// Readers that guess the type of a column look at this many bytes at most.
const GUESSED_FROM: usize = 8 << 20;
/// More is not held back for them.
const HELD: usize = 32 << 20;
/// spans, attributes, links, people, aliases
const LISTS: usize = 5;

/// Writes rows in the order they come, but sees to it that a list that is empty in the first rows
/// is not taken for a list of nothing: the first row that has something in it is moved to the front
/// when it would come too late.
pub(super) struct RowOrder<'a> {
    out: &'a mut dyn Write,
    held: Vec<Vec<u8>>,
    size: usize,
    /// Rows to move to the front.
    late: Vec<usize>,
    seen: [bool; LISTS],
    flowing: bool,
}

impl<'a> RowOrder<'a> {
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

    pub(super) fn push(&mut self, row: &Row) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(row)?;
        bytes.push(b'\n');
        if self.flowing {
            return self.out.write_all(&bytes);
        }
        let mut new = false;
        for (seen, has) in self.seen.iter_mut().zip(filled(row)) {
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
        for row in self.late.iter().filter_map(|&late| held.get(late)) {
            self.out.write_all(row)?;
        }
        for (index, row) in held.iter().enumerate() {
            if !self.late.contains(&index) {
                self.out.write_all(row)?;
            }
        }
        Ok(())
    }
}

fn filled(row: &Row) -> [bool; LISTS] {
    [
        !row.spans.is_empty(),
        row.spans.iter().any(|span| !span.attributes.is_empty()),
        !row.links.is_empty(),
        !row.people.is_empty(),
        row.people.iter().any(|person| !person.aliases.is_empty()),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::row::LinkRow;
    use super::*;

    fn row(id: &str, text_len: usize, linked: bool) -> Row {
        let link = || LinkRow {
            id: String::new(),
            from: String::new(),
            to: String::new(),
            to_kind: String::new(),
            role: String::new(),
            confirmed: None,
            by: None,
        };
        Row {
            id: id.to_owned(),
            text: "x".repeat(text_len),
            spans: Vec::new(),
            links: linked.then(link).into_iter().collect(),
            people: Vec::new(),
            annotator: String::new(),
            state: String::new(),
        }
    }

    fn order(rows: &[Row]) -> Vec<String> {
        let mut out = Vec::new();
        let mut order = RowOrder::new(&mut out);
        for row in rows {
            order.push(row).unwrap();
        }
        order.finish().unwrap();
        out.split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice::<Row>(line).unwrap().id)
            .collect()
    }

    #[test]
    fn rows_keep_their_order_when_a_filled_one_comes_early() {
        let rows = [row("a", 10, false), row("b", 10, true), row("c", 10, true)];
        assert_eq!(order(&rows), ["a", "b", "c"]);
    }

    #[test]
    fn the_first_filled_row_goes_first_when_it_would_come_too_late() {
        let rows = [
            row("a", GUESSED_FROM, false),
            row("b", 10, true),
            row("c", 10, true),
        ];
        assert_eq!(order(&rows), ["b", "a", "c"]);
    }

    #[test]
    fn no_more_is_held_back_than_memory_allows() {
        let rows = [row("a", HELD, false), row("b", 10, true)];
        assert_eq!(order(&rows), ["a", "b"]);
    }
}
