//! The order in which the parts of a page are read: columns from left to right, what spans them before. A page is
//! cut where white runs through it, and its parts again (recursive XY cut: Nagy and Seth, "Hierarchical
//! representation of optically scanned documents", 1984).

use std::collections::BTreeMap;

use super::words::{Word, is_from_right};

/// So often parts are cut again.
const DEEPEST: usize = 40;
/// A column is as wide as this, in sizes of type.
const NARROWEST: f32 = 4.0;
/// So many rows are looked at to see whether columns begin.
const LOOK_AHEAD: usize = 12;

/// Words that stand together, in the order of the page: nothing runs through them.
pub(super) type Block = Vec<Word>;

/// Divides a page into blocks, in the order of reading.
pub(super) fn blocks(words: Vec<Word>) -> Vec<Block> {
    let mut blocks = Vec::new();
    cut(words, 0, &mut blocks);
    blocks
}

fn cut(words: Vec<Word>, depth: usize, blocks: &mut Vec<Block>) {
    if words.is_empty() {
        return;
    }
    if depth > DEEPEST {
        return blocks.push(words);
    }
    let rows = rows(&words);
    let mut covered = Covered::default();
    let size = usual_size(&words);
    words.iter().for_each(|word| covered.add(word));
    let mut gutters = covered.gutters(least_gutter(&rows, size), size);
    gutters.retain(|gutter| gutter.has_edges(&words, size));
    if !gutters.is_empty() {
        let mut columns: Vec<Vec<Word>> = vec![Vec::new(); gutters.len() + 1];
        let is_from_right = is_right_to_left(&words);
        for word in words {
            let column = gutters.partition_point(|gutter| gutter.middle < word.left);
            if let Some(column) = columns.get_mut(column) {
                column.push(word);
            }
        }
        if is_from_right {
            columns.reverse();
        }
        columns
            .into_iter()
            .for_each(|column| cut(column, depth + 1, blocks));
        return;
    }
    let bands = bands(&rows, size);
    if bands.len() == 1 {
        return blocks.push(words);
    }
    let ends = bands
        .iter()
        .filter_map(|rows| rows.last())
        .map(|row| row.bottom);
    let ends: Vec<f32> = ends.collect();
    let mut parts: Vec<Vec<Word>> = vec![Vec::new(); ends.len()];
    for word in words {
        let part = ends.partition_point(|end| *end < word.bottom());
        if let Some(part) = parts.get_mut(part) {
            part.push(word);
        }
    }
    parts
        .into_iter()
        .for_each(|part| cut(part, depth + 1, blocks));
}

/// The size most of the letters have.
pub(super) fn usual_size<'a>(words: impl IntoIterator<Item = &'a Word>) -> f32 {
    let words = words.into_iter();
    usual(words.map(|word| (word.size, word.text.len())))
}

/// The size most of the letters have, of sizes with their number of bytes.
pub(super) fn usual(sizes: impl Iterator<Item = (f32, usize)>) -> f32 {
    let mut sizes: Vec<(f32, usize)> = sizes.collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = sizes.iter().map(|(_, length)| length).sum();
    let mut before = 0;
    let middle = sizes.iter().find(|(_, length)| {
        before += length;
        before * 2 >= all
    });
    middle.map_or(10.0, |(size, _)| *size)
}

/// Words between which no white runs across, from above.
struct Row<'a> {
    words: Vec<&'a Word>,
    bottom: f32,
}

fn rows(words: &[Word]) -> Vec<Row<'_>> {
    let mut sorted: Vec<&Word> = words.iter().collect();
    sorted.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let mut rows: Vec<Row<'_>> = Vec::new();
    for word in sorted {
        match rows.last_mut() {
            Some(row) if word.top() < row.bottom => {
                row.bottom = row.bottom.max(word.bottom());
                row.words.push(word);
            }
            Some(_) | None => rows.push(Row {
                words: vec![word],
                bottom: word.bottom(),
            }),
        }
    }
    rows
}

/// What is printed on, from left to right; each part with the sizes of type before which it ends.
#[derive(Default, Clone)]
struct Covered {
    /// Begin and end, sorted, apart from each other.
    parts: Vec<(f32, f32)>,
}

impl Covered {
    fn add(&mut self, word: &Word) {
        // The blank after a word belongs to it; that of a headline is as wide as a gutter.
        let (mut left, mut right) = (word.left, word.right + 0.4 * word.size);
        let from = self.parts.partition_point(|(_, end)| *end < left);
        let to = self.parts.partition_point(|(begin, _)| *begin <= right);
        let touched = self.parts.get(from..to).unwrap_or_default();
        if let (Some((begin, _)), Some((_, end))) = (touched.first(), touched.last()) {
            left = left.min(*begin);
            right = right.max(*end);
        }
        self.parts.splice(from..to.max(from), [(left, right)]);
    }

    /// Where white runs down that is as wide as this between two columns.
    fn gutters(&self, least: f32, size: f32) -> Vec<Gutter> {
        let mut gutters = Vec::new();
        let mut begin = self.parts.first().map_or(0.0, |(begin, _)| *begin);
        let end = self.parts.last().map_or(0.0, |(_, end)| *end);
        for pair in self.parts.windows(2) {
            let [(_, left), (right, _)] = pair else {
                continue;
            };
            let is_column = left - begin >= NARROWEST * size && end - right >= NARROWEST * size;
            if right - left >= least && is_column {
                gutters.push(Gutter {
                    middle: f32::midpoint(*left, *right),
                    width: right - left,
                });
                begin = *right;
            }
        }
        gutters
    }
}

/// How wide a gutter is at least: blanks lie above each other by chance in a few lines, in many they do not.
fn least_gutter(rows: &[Row<'_>], size: f32) -> f32 {
    let words = rows.iter().map(|row| &row.words);
    let lines = match rows.len() {
        // Columns whose lines are not level make one row.
        1 | 2 => words.map(|words| lines_of(words)).sum(),
        n => n,
    };
    size * match lines {
        0..=1 => 2.0,
        _ => 0.3,
    }
}

fn lines_of(words: &[&Word]) -> usize {
    let mut baselines: Vec<f32> = words.iter().map(|word| word.baseline).collect();
    baselines.sort_by(f32::total_cmp);
    let least = words.iter().map(|word| word.size).fold(f32::MAX, f32::min) * 0.5;
    let mut last = f32::MIN;
    let mut lines = 0;
    for baseline in baselines {
        if baseline - last > least {
            lines += 1;
            last = baseline;
        }
    }
    lines
}

/// Joins rows that gutters run through, and those that none runs through.
fn bands<'r, 'a>(rows: &'r [Row<'a>], size: f32) -> Vec<&'r [Row<'a>]> {
    let mut bands = Vec::new();
    let mut at = 0;
    let mut plain = 0;
    while at < rows.len() {
        let length = columns(rows.get(at..).unwrap_or_default(), size);
        if length == 0 {
            at += 1;
            continue;
        }
        if plain < at {
            bands.extend(rows.get(plain..at));
        }
        bands.extend(rows.get(at..at + length));
        at += length;
        plain = at;
    }
    if plain < rows.len() {
        bands.extend(rows.get(plain..));
    }
    bands
}

/// How many rows from the first on a gutter runs through; 0 where they are too few to tell.
fn columns(rows: &[Row<'_>], size: f32) -> usize {
    let mut covered = Covered::default();
    let mut found = 0;
    for (n, row) in rows.iter().enumerate() {
        row.words.iter().for_each(|word| covered.add(word));
        let least = least_gutter(rows.get(..=n).unwrap_or_default(), size);
        if !covered.gutters(least, size).is_empty() {
            found = n + 1;
        } else if n > found + LOOK_AHEAD || covered.gutters(0.1, size).is_empty() {
            break;
        }
    }
    let rows = rows.get(..found).unwrap_or_default();
    let words: Vec<&Word> = rows.iter().flat_map(|row| &row.words).copied().collect();
    let mut covered = Covered::default();
    words.iter().for_each(|word| covered.add(word));
    let gutters = covered.gutters(least_gutter(rows, size), size);
    let is_column = |gutter: &Gutter| gutter.has_edges(words.iter().copied(), size);
    if lines_of(&words) >= 2 && gutters.iter().any(is_column) {
        found
    } else {
        0
    }
}

/// White between two columns.
struct Gutter {
    middle: f32,
    width: f32,
}

/// A gutter that is as wide as this beside a blank needs one edge only in a few lines, in sizes of type.
const WIDE: f32 = 0.8;

impl Gutter {
    /// Whether lines begin right of it at the same place, and end so left of it; one of both is enough in many lines.
    /// Where blanks lie above each other by chance, they do neither.
    fn has_edges<'a>(&self, words: impl IntoIterator<Item = &'a Word>, size: f32) -> bool {
        let mut begins: BTreeMap<i64, f32> = BTreeMap::new();
        let mut ends: BTreeMap<i64, f32> = BTreeMap::new();
        for word in words {
            #[expect(clippy::cast_possible_truncation, reason = "places on pages are small")]
            let line = (word.baseline / (0.5 * size)).round() as i64;
            if word.left > self.middle {
                let begin = begins.entry(line).or_insert(f32::MAX);
                *begin = begin.min(word.left);
            } else {
                let end = ends.entry(line).or_insert(f32::MIN);
                *end = end.max(word.right);
            }
        }
        let is_few = begins.len().min(ends.len()) < 6;
        let is_wide = self.width >= WIDE * size && begins.len().min(ends.len()) > 2;
        match [begins, ends].map(|edges| are_level(edges.into_values().collect(), size)) {
            [true, true] => true,
            [true, false] | [false, true] => !is_few || is_wide,
            [false, false] => false,
        }
    }
}

/// Whether most of some edges are at the same place.
fn are_level(mut edges: Vec<f32>, size: f32) -> bool {
    edges.sort_by(f32::total_cmp);
    let mut first = 0;
    let mut most = 0;
    for (n, edge) in edges.iter().enumerate() {
        while edges
            .get(first)
            .is_some_and(|begin| edge - begin > 0.2 * size)
        {
            first += 1;
        }
        most = most.max(n + 1 - first);
    }
    // In a few lines blanks lie above each other by chance.
    let least = if edges.len() < 6 { 0.8 } else { 0.5 };
    #[expect(clippy::cast_precision_loss, reason = "there are few lines on a page")]
    let is_enough = most as f32 >= least * edges.len() as f32;
    most >= 2 && is_enough
}

/// Whether most of the letters are of a script that is read from right to left.
pub(super) fn is_right_to_left(words: &[Word]) -> bool {
    let mut letters = 0_usize;
    let mut from_right = 0_usize;
    for c in words.iter().flat_map(|word| word.text.chars()) {
        if c.is_alphabetic() {
            letters += 1;
            from_right += usize::from(is_from_right(c));
        }
    }
    from_right * 2 > letters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(text: &str, left: f32, baseline: f32, size: f32) -> Word {
        let width = f32::from(u8::try_from(text.len()).unwrap());
        Word {
            text: text.into(),
            left,
            right: left + width * size * 0.5,
            baseline,
            size,
            font: 0,
        }
    }

    /// A column of lines of two words each.
    fn column(name: &str, left: f32, top: f32, lines: u8) -> Vec<Word> {
        let line = |n: u8| {
            let baseline = top + 12.0 * f32::from(n);
            let first = word(&format!("{name}{n}aaaaaaaa"), left, baseline, 10.0);
            let second = word(&format!("{name}{n}bbb"), first.right + 2.5, baseline, 10.0);
            [first, second]
        };
        (0..lines).flat_map(line).collect()
    }

    fn order(mut words: Vec<Word>) -> Vec<String> {
        // By rows, as most files have them not.
        words.sort_by(|a, b| {
            a.baseline
                .total_cmp(&b.baseline)
                .then(a.left.total_cmp(&b.left))
        });
        let texts = blocks(words).into_iter().flatten();
        let texts = texts.filter(|word| word.text.ends_with('a') || word.size > 10.0);
        texts
            .map(|word| word.text.trim_end_matches('a').to_string())
            .collect()
    }

    #[test]
    fn columns_are_read_after_the_headline_over_them() {
        let mut page = vec![
            word("Headline", 50.0, 80.0, 24.0),
            word("over", 153.0, 80.0, 24.0),
            word("both", 208.0, 80.0, 24.0),
        ];
        page.extend(column("l", 50.0, 110.0, 4));
        page.extend(column("r", 180.0, 110.0, 4));
        let expected = [
            "Headline", "over", "both", "l0", "l1", "l2", "l3", "r0", "r1", "r2", "r3",
        ];
        assert_eq!(order(page), expected);
    }

    #[test]
    fn two_lines_are_in_columns_whose_edges_are_level() {
        let mut page = column("l", 50.0, 110.0, 2);
        page.extend(column("r", 157.0, 110.0, 2));
        assert_eq!(order(page), ["l0", "l1", "r0", "r1"]);
    }

    #[test]
    fn lines_need_not_be_level_and_columns_not_of_one_length() {
        let mut page = column("l", 50.0, 110.0, 6);
        page.extend(column("m", 180.0, 115.5, 3));
        page.extend(column("r", 310.0, 112.0, 4));
        let expected = [
            "l0", "l1", "l2", "l3", "l4", "l5", "m0", "m1", "m2", "r0", "r1", "r2", "r3",
        ];
        assert_eq!(order(page), expected);
    }

    proptest! {
        #[test]
        fn no_word_is_lost(at in prop::collection::vec((0_u16..600, 0_u16..800, 4_u8..40), 0..60)) {
            let words: Vec<Word> = at.iter().enumerate()
                .map(|(n, (x, y, size))| word(&n.to_string(), f32::from(*x), f32::from(*y), f32::from(*size)))
                .collect();
            let mut found: Vec<usize> = blocks(words).into_iter().flatten()
                .map(|word| word.text.parse().unwrap()).collect();
            found.sort_unstable();
            prop_assert_eq!(found, (0..at.len()).collect::<Vec<_>>());
        }
    }
}
