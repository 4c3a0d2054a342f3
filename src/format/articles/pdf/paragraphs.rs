//! Lines become paragraphs: by indents, gaps, type and how full the lines are.

use super::hyphens::{Hyphens, joined};
use super::lines::Line;

/// A paragraph of a page. Lengths are in points.
#[derive(Debug, Clone)]
pub(super) struct PageParagraph {
    pub(super) text: String,
    /// Where its lines but the first begin in the text, in bytes.
    pub(super) lines: Vec<usize>,
    pub(super) size: f32,
    /// The number of its font, where it is one.
    pub(super) font: Option<u16>,
    /// The number of the page it begins on, from 0.
    pub(super) page: usize,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// Whether its last line is as long as the others.
    pub(super) is_full: bool,
    /// Whether its first line begins further in.
    pub(super) is_indented: bool,
}

impl PageParagraph {
    /// Its text, parted before each line that is one by itself.
    pub(super) fn parted(&self, is_apart: fn(&str) -> bool) -> Vec<&str> {
        let ends = self.lines.iter().skip(1).copied().chain([self.text.len()]);
        let lines = self.lines.iter().copied().zip(ends);
        let apart = lines.filter(|(begin, end)| {
            let line = self.text.get(*begin..*end).unwrap_or_default();
            is_apart(line.trim())
        });
        let begins: Vec<usize> = apart.map(|(begin, _)| begin).collect();
        let begins = [0].into_iter().chain(begins);
        let ends = begins.clone().skip(1).chain([self.text.len()]);
        let parts = begins.zip(ends);
        parts
            .filter_map(|(begin, end)| self.text.get(begin..end))
            .collect()
    }
}

/// Divides the lines of a block into paragraphs.
pub(super) fn paragraphs(lines: &[Line], page: usize, hyphens: &mut Hyphens) -> Vec<PageParagraph> {
    let measure = Measure::of(lines);
    let mut paragraphs: Vec<PageParagraph> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in lines {
        let is_full = measure.end - line.end < measure.width() * 0.15;
        match (paragraphs.last_mut(), previous) {
            (Some(paragraph), Some(previous)) if !measure.parts(previous, line) => {
                paragraph.text = joined(&paragraph.text, &line.text, hyphens);
                paragraph.lines.push(paragraph.text.len() - line.text.len());
                paragraph.left = paragraph.left.min(line.left);
                paragraph.right = paragraph.right.max(line.right);
                paragraph.bottom = line.baseline;
                paragraph.font = paragraph.font.filter(|font| Some(*font) == line.font);
                paragraph.is_full = is_full;
            }
            _ => paragraphs.push(PageParagraph {
                text: line.text.clone(),
                lines: Vec::new(),
                size: line.size,
                font: line.font,
                page,
                left: line.left,
                right: line.right,
                top: line.top,
                bottom: line.baseline,
                is_full,
                is_indented: line.begin - measure.begin > 0.7 * line.size,
            }),
        }
        previous = Some(line);
    }
    paragraphs
}

/// What is usual in a block.
struct Measure {
    begin: f32,
    end: f32,
    /// From line to line.
    leading: f32,
}

impl Measure {
    fn of(lines: &[Line]) -> Self {
        let steps = lines.windows(2).filter_map(|pair| match pair {
            [a, b] if is_same(a.size, b.size) => Some(b.baseline - a.baseline),
            _ => None,
        });
        let mut steps: Vec<f32> = steps.filter(|step| *step > 0.0).collect();
        steps.sort_by(f32::total_cmp);
        let size = lines.first().map_or(10.0, |line| line.size);
        let usual = match steps.len() {
            // Too few to know what is usual.
            0..=2 => steps.first().copied().unwrap_or(size * 1.2).min(size * 1.4),
            n => steps.get(n / 2).copied().unwrap_or(size),
        };
        Self {
            begin: lines.iter().map(|line| line.begin).fold(f32::MAX, f32::min),
            end: lines.iter().map(|line| line.end).fold(f32::MIN, f32::max),
            leading: usual,
        }
    }

    fn width(&self) -> f32 {
        self.end - self.begin
    }

    /// Whether a paragraph ends between two lines.
    fn parts(&self, previous: &Line, line: &Line) -> bool {
        let size = line.size;
        if !is_same(previous.size, size) || line.baseline - previous.baseline > self.leading * 1.3 {
            return true;
        }
        let changes_font = previous.font.zip(line.font).is_some_and(|(a, b)| a != b);
        if changes_font {
            return true;
        }
        let is_centred = |line: &Line| {
            let (before, after) = (line.begin - self.begin, self.end - line.end);
            before > size && (before - after).abs() < size
        };
        if is_centred(line) || is_centred(previous) {
            return false;
        }
        let indent = line.begin - previous.begin;
        let is_indented =
            line.begin - self.begin > 0.7 * size && (0.5 * size..6.0 * size).contains(&indent);
        // The first word of this line would have been on the one before.
        let rest = self.end - previous.end;
        let is_short = rest > line.first_word + 0.6 * size;
        let is_very_short = rest > line.first_word + 0.3 * self.width();
        is_indented || is_short && ends_sentence(&previous.text) || is_very_short
    }
}

fn is_same(a: f32, b: f32) -> bool {
    (a - b).abs() <= 0.12 * a.max(b)
}

/// Whether a line may end a paragraph by its last character.
pub(super) fn ends_sentence(line: &str) -> bool {
    let marks = [
        '.', '!', '?', ':', '…', '"', '”', '“', '»', '«', '’', '\'', ')', ']', '。', '！', '？',
        '」', '』', '؟', '۔',
    ];
    line.ends_with(marks)
}

/// Joins paragraphs that go on in the next column or on the next page; gives how many.
pub(super) fn join_over_columns(
    into: &mut Vec<PageParagraph>,
    mut column: Vec<PageParagraph>,
    is_caption: impl Fn(&PageParagraph) -> bool,
    hyphens: &mut Hyphens,
) -> usize {
    let open = into
        .iter_mut()
        .rev()
        .find(|paragraph| !is_caption(paragraph));
    let first = column.iter().position(|paragraph| !is_caption(paragraph));
    let mut count = 0;
    if let (Some(open), Some(first)) = (open, first)
        && column.get(first).is_some_and(|next| goes_on(open, next))
    {
        let next = column.remove(first);
        open.text = joined(&open.text, &next.text, hyphens);
        let begin = open.text.len() - next.text.len();
        open.lines.push(begin);
        open.lines
            .extend(next.lines.iter().map(|line| begin + line));
        open.is_full = next.is_full;
        count = 1;
    }
    into.extend(column);
    count
}

fn goes_on(open: &PageParagraph, next: &PageParagraph) -> bool {
    let same_type = is_same(open.size, next.size)
        && (open.font == next.font || open.font.is_none() || next.font.is_none());
    let begins_small = next.text.chars().next().is_some_and(char::is_lowercase);
    let is_divided = open.text.ends_with(['-', '\u{ad}', '\u{2010}']) && begins_small;
    same_type
        && !next.is_indented
        && (is_divided || (open.is_full || begins_small) && !ends_sentence(&open.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines with where they begin and their baselines, of type of 10 points.
    fn block(lines: &[(&str, f32, f32)]) -> Vec<String> {
        let line = |(text, left, baseline): &(&str, f32, f32)| {
            let length = |text: &str| f32::from(u8::try_from(text.chars().count()).unwrap()) * 5.0;
            Line {
                text: (*text).to_owned(),
                left: *left,
                right: left + length(text),
                begin: *left,
                end: left + length(text),
                top: baseline - 7.0,
                baseline: *baseline,
                size: 10.0,
                font: Some(0),
                first_word: length(text.split(' ').next().unwrap()),
            }
        };
        let lines: Vec<Line> = lines.iter().map(line).collect();
        let paragraphs = paragraphs(&lines, 0, &mut Hyphens::default());
        paragraphs
            .into_iter()
            .map(|paragraph| paragraph.text)
            .collect()
    }

    #[test]
    fn paragraphs_begin_with_an_indent() {
        let lines = [
            ("the ferry will sail again soon", 0.0, 10.0),
            ("from the old pier, as before.", 0.0, 22.0),
            ("The mayor said so yesterday.", 10.0, 34.0),
            ("and nobody had asked him for", 0.0, 46.0),
        ];
        assert_eq!(
            block(&lines),
            [
                "the ferry will sail again soon from the old pier, as before.",
                "The mayor said so yesterday. and nobody had asked him for"
            ]
        );
    }

    #[test]
    fn paragraphs_end_with_a_gap_or_a_short_line() {
        let gap = [
            ("one line of the text here", 0.0, 10.0),
            ("two lines of the text he", 0.0, 22.0),
            ("three lines of the text.", 0.0, 34.0),
            ("four lines of the text h", 0.0, 52.0),
        ];
        assert_eq!(block(&gap).len(), 2);
        let short = [
            ("one line of the text here is long", 0.0, 10.0),
            ("and this ends.", 0.0, 22.0),
            ("The next begins, and is as long a", 0.0, 34.0),
        ];
        assert_eq!(block(&short).len(), 2);
        let ragged = [
            ("one line of the text here is long", 0.0, 10.0),
            ("and this is ragged, it is", 0.0, 22.0),
            ("extraordinarily ragged, all of it", 0.0, 34.0),
        ];
        assert_eq!(block(&ragged).len(), 1);
    }
}
