//! Quoted stretches: text between quotation marks within one paragraph, marks included. Curly,
//! straight, low and angle marks, `''` and ` `` `, CJK corners; nested and mixed. Marks that do not
//! pair are tolerated.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{
    SourceText, TextRange, TextSize, neighbourhood, paragraph_at, snap_to_graphemes,
};

/// Marks of one family close one another, however they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Angle,
    SingleAngle,
    Corner,
    WhiteCorner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// The drawing does not tell: straight marks, and those that some languages turn round.
    Either,
}

struct Mark {
    family: Family,
    side: Side,
    len: usize,
}

/// What stands around a mark.
struct Around {
    /// A blank, an opening mark or nothing before it.
    at_start: bool,
    after_blank: bool,
    after_digit: bool,
    /// No letter after it.
    at_end: bool,
    /// No blank after it.
    before_words: bool,
}

fn mark_at(rest: &str) -> Option<Mark> {
    use Family::{Angle, Corner, Double, Single, SingleAngle, WhiteCorner};
    use Side::{Close, Either, Open};
    let (family, side, len) = match rest.chars().next()? {
        '`' if rest.starts_with("``") => (Double, Open, 2),
        '\'' if rest.starts_with("''") => (Double, Either, 2),
        c => {
            let (family, side) = match c {
                '"' | '\u{FF02}' => (Double, Either),
                '“' | '„' | '‟' => (Double, Open),
                '”' => (Double, Close),
                '\'' => (Single, Either),
                '‘' | '‚' | '‛' | '`' => (Single, Open),
                '’' => (Single, Close),
                '«' => (Angle, Open),
                '»' => (Angle, Close),
                '‹' => (SingleAngle, Open),
                '›' => (SingleAngle, Close),
                '「' => (Corner, Open),
                '」' => (Corner, Close),
                '『' => (WhiteCorner, Open),
                '』' => (WhiteCorner, Close),
                _ => return None,
            };
            (family, side, c.len_utf8())
        }
    };
    Some(Mark { family, side, len })
}

/// A mark that waits for its partner.
struct Opened<'a> {
    family: Family,
    start: usize,
    text: &'a str,
    /// An end that may be an apostrophe: taken when no better one comes.
    weak_end: Option<usize>,
}

/// Words that begin with an apostrophe.
const CLIPPED: &[&str] = &[
    "tis", "twas", "em", "til", "till", "cause", "bout", "n", "cuz", "round",
];

fn begins_clipped_word(after: &str) -> bool {
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    CLIPPED.contains(&word.to_lowercase().as_str())
        || word.ends_with('s') && word.len() == 3 && word.starts_with(|c: char| c.is_ascii_digit())
        || word.len() == 2 && word.chars().all(|c| c.is_ascii_digit())
}

fn is_opening_punctuation(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '—' | '–' | '-' | '/' | '¿' | '¡' | '…' | ':'
    )
}

/// Finds the stretches of one paragraph: byte ranges into `text`, by start; and the places of
/// opening marks that nothing closes.
struct Scan<'a> {
    text: &'a str,
    open: Vec<Opened<'a>>,
    found: Vec<(usize, usize)>,
    never_closed: Vec<usize>,
    /// End of the last mark that opened something: what follows it stands at a start again.
    opened_to: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            open: Vec::new(),
            found: Vec::new(),
            never_closed: Vec::new(),
            opened_to: 0,
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            match mark_at(rest) {
                Some(mark) => at += self.meet(at, &mark),
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        while !self.open.is_empty() {
            self.drop_innermost();
        }
        self.found.sort_unstable();
    }

    /// Takes one mark; returns how many bytes it used.
    fn meet(&mut self, at: usize, mark: &Mark) -> usize {
        // 'no.'' ends a single stretch inside a '' one.
        let inner = |top: &Opened| top.family == Family::Single && top.text == "'";
        if self.words(at, mark.len) == "''" && self.open.last().is_some_and(inner) {
            self.close(Family::Single, at + 1);
            return 1;
        }
        let before = self
            .text
            .get(..at)
            .and_then(|text| text.chars().next_back());
        let after = self.text.get(at + mark.len..).unwrap_or_default();
        let around = Around {
            at_start: at == self.opened_to
                || before.is_none_or(|c| c.is_whitespace() || is_opening_punctuation(c)),
            after_blank: before.is_none_or(char::is_whitespace),
            // 5' 10": a sign of measure, not of speech.
            after_digit: before.is_some_and(|c| c.is_ascii_digit()),
            at_end: after.chars().next().is_none_or(|c| !c.is_alphanumeric()),
            before_words: after.chars().next().is_some_and(|c| !c.is_whitespace()),
        };
        if mark.family == Family::Single {
            self.meet_single(at, mark, &around, after);
        } else {
            self.meet_pair(at, mark, &around);
        }
        mark.len
    }

    fn meet_pair(&mut self, at: usize, mark: &Mark, around: &Around) {
        let end = at + mark.len;
        let drawn = self.words(at, mark.len);
        let open = self
            .open
            .iter()
            .rev()
            .find(|open| open.family == mark.family)
            .map(|open| open.text);
        let looks_open = around.at_start && around.before_words;
        match (mark.side, open) {
            // „…“ ends with the mark that opens in English; »…« is German.
            (Side::Open, Some("„")) if !around.at_start => self.close(mark.family, end),
            (Side::Open, Some("»")) if !around.at_start => self.close(mark.family, end),
            (Side::Open, _) => self.open(mark.family, at, mark.len),
            (Side::Close, Some(_)) => self.close(mark.family, end),
            // ”…” and »…«: turned round.
            (Side::Close, None) if looks_open => self.open(mark.family, at, mark.len),
            (Side::Close, None) => {}
            (Side::Either, None) => {
                if around.before_words && (around.at_start || !around.after_digit) {
                    self.open(mark.family, at, mark.len);
                }
            }
            (Side::Either, Some(open)) if looks_open && around.after_blank => {
                if open == drawn {
                    // The straight mark before was never closed.
                    self.drop_to(mark.family);
                }
                self.open(mark.family, at, mark.len);
            }
            (Side::Either, Some(_)) => self.close(mark.family, end),
        }
    }

    /// A single mark may be an apostrophe.
    fn meet_single(&mut self, at: usize, mark: &Mark, around: &Around, after: &str) {
        let end = at + mark.len;
        let open = self
            .open
            .last()
            .filter(|top| top.family == Family::Single)
            .map(|top| top.text);
        let starts_words = around.at_start
            && (after.starts_with(char::is_alphanumeric) || mark_at(after).is_some())
            && !begins_clipped_word(after);
        match mark.side {
            // ‚…‘ ends with the mark that opens in English.
            Side::Open if open == Some("‚") && !around.at_start => self.close(mark.family, end),
            Side::Open | Side::Either if starts_words => self.open(mark.family, at, mark.len),
            Side::Open => {}
            Side::Close | Side::Either => {
                if open.is_none() || !around.at_end || around.at_start {
                    return;
                }
                let words = self.text.get(..at).unwrap_or_default();
                let may_be_apostrophe = words.ends_with(['s', 'S']) || words.ends_with("in");
                if !may_be_apostrophe || !after.starts_with(char::is_whitespace) {
                    self.close(Family::Single, end);
                } else if let Some(top) = self.open.last_mut() {
                    top.weak_end.get_or_insert(end);
                }
            }
        }
    }

    fn words(&self, at: usize, len: usize) -> &'a str {
        self.text.get(at..at + len).unwrap_or_default()
    }

    fn open(&mut self, family: Family, start: usize, len: usize) {
        self.open.push(Opened {
            family,
            start,
            text: self.words(start, len),
            weak_end: None,
        });
        self.opened_to = start + len;
    }

    /// Closes the innermost mark of a family at `end`, and drops what was opened inside it.
    fn close(&mut self, family: Family, end: usize) {
        while self.open.last().is_some_and(|top| top.family != family) {
            self.drop_innermost();
        }
        if let Some(open) = self.open.pop() {
            self.found.push((open.start, end));
        }
    }

    /// Drops the innermost mark of a family, and what was opened inside it.
    fn drop_to(&mut self, family: Family) {
        while self.open.last().is_some_and(|top| top.family != family) {
            self.drop_innermost();
        }
        self.drop_innermost();
    }

    fn drop_innermost(&mut self) {
        if let Some(open) = self.open.pop() {
            match open.weak_end {
                Some(end) => self.found.push((open.start, end)),
                None if open.family != Family::Single => self.never_closed.push(open.start),
                None => {}
            }
        }
    }
}

fn starts_with_mark(words: &str) -> bool {
    let words = words.trim_start();
    mark_at(words).is_some_and(|mark| mark.family != Family::Single && mark.side != Side::Close)
}

/// Whether the paragraph after `paragraph`, over blank lines, starts with a quotation mark: then a
/// quote left open goes on there.
fn goes_on_after(source: &SourceText, paragraph: TextRange) -> bool {
    following_paragraph(source, paragraph).is_some_and(|next| starts_with_mark(source.slice(next)))
}

/// The paragraph after the one at `range`, over at most a few blank lines.
pub(super) fn following_paragraph(source: &SourceText, range: TextRange) -> Option<TextRange> {
    let lines = source.lines();
    let line = lines.line_at(range.end());
    (line + 1..lines.count().min(line + 5))
        .map(|next| lines.range(next))
        .find(|next| !source.slice(*next).trim().is_empty())
}

/// The paragraph before the one at `range`, over at most a few blank lines.
pub(super) fn preceding_paragraph(source: &SourceText, range: TextRange) -> Option<TextRange> {
    let lines = source.lines();
    let line = lines.line_at(range.start());
    (line.saturating_sub(4)..line)
        .rev()
        .map(|before| lines.range(before))
        .find(|before| !source.slice(*before).trim().is_empty())
}

/// The stretches of the piece `near` of one paragraph, by start.
fn stretches_of(source: &SourceText, near: TextRange) -> Vec<TextRange> {
    let text = source.slice(near);
    let mut scan = Scan::new(text);
    scan.run();
    let paragraph = paragraph_at(source, near.start());
    let trimmed = text.trim_end().len();
    let blank = text.len() - text.trim_start().len();
    if paragraph == near {
        // Left open: continued in the next paragraph, by the custom of repeating the opening mark.
        for &start in &scan.never_closed {
            let from_start = start == blank;
            let last = !scan.found.iter().any(|&(_, end)| end > start);
            if from_start || last && goes_on_after(source, paragraph) {
                scan.found.push((start, trimmed));
            }
        }
        scan.found.sort_unstable();
    }
    let place = |offset: usize| near.start() + TextSize::try_from(offset).unwrap_or_default();
    scan.found
        .iter()
        .filter(|(start, end)| {
            text.get(*start..*end)
                .is_some_and(|words| words.chars().any(char::is_alphanumeric))
        })
        .map(|&(start, end)| snap_to_graphemes(source, TextRange::new(place(start), place(end))))
        .collect()
}

/// The quoted stretches that share text with `within`, marks included, by start; nested ones too.
/// An empty `within` finds those around that place. Costs the length of `within` and of the
/// paragraphs at its ends, capped.
#[must_use]
pub fn quoted_stretches(source: &SourceText, within: TextRange) -> Vec<TextRange> {
    let near = neighbourhood(source, within);
    let lines = source.lines();
    let mut found = Vec::new();
    for line in lines.line_at(near.start())..=lines.line_at(near.end()) {
        let Some(part) = lines.range(line).intersect(near) else {
            continue;
        };
        found.extend(stretches_of(source, part).into_iter().filter(|stretch| {
            if within.is_empty() {
                stretch.contains_inclusive(within.start())
            } else {
                stretch.start() < within.end() && within.start() < stretch.end()
            }
        }));
    }
    found
}

/// The innermost quoted stretch that holds a caret, its edges included.
#[must_use]
pub fn quoted_stretch_at(source: &SourceText, at: TextSize) -> Option<TextRange> {
    quoted_stretches(source, TextRange::empty(at))
        .into_iter()
        .min_by_key(|stretch| stretch.len())
}

/// Whether the stretch reads as speech rather than as a word held at a distance: it has several
/// words, or ends like a clause.
pub(super) fn reads_as_speech(source: &SourceText, stretch: TextRange) -> bool {
    let words = source.slice(stretch);
    let inner =
        words.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | '.' | '?' | '!'));
    inner.ends_with([',', '.', '?', '!', '—', '…']) || inner.unicode_words().take(5).count() > 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stretches(text: &str) -> Vec<String> {
        let source = SourceText::new(text, "UTF-8").unwrap();
        quoted_stretches(&source, source.full_range())
            .into_iter()
            .map(|range| source.slice(range).to_owned())
            .collect()
    }

    #[test]
    fn marks_of_every_kind_pair() {
        for (text, expected) in [
            (
                "“We do,” he said. “Today not.”",
                &["“We do,”", "“Today not.”"][..],
            ),
            (
                "\"We do,\" he said. \"Not today.\"",
                &["\"We do,\"", "\"Not today.\""],
            ),
            ("“Mixed,\" he said, \"marks.”", &["“Mixed,\"", "\"marks.”"]),
            (
                "``We do,'' he said, ''we do.''",
                &["``We do,''", "''we do.''"],
            ),
            (
                "Er sagte: „Wir gehen.“ Dann »ja« und «non».",
                &["„Wir gehen.“", "»ja«", "«non»"],
            ),
            ("Il a dit : « Bonjour à tous. »", &["« Bonjour à tous. »"]),
            ("Han sa: ”Vi går.”", &["”Vi går.”"]),
            ("他说：「好」", &["「好」"]),
            ("He called it a 'deal' and left.", &["'deal'"]),
            ("(\"Yes\")—\"no\"", &["\"Yes\"", "\"no\""]),
            ("\"Spaced out, \" he said.", &["\"Spaced out, \""]),
            ("He said,\"We do\"and left.", &["\"We do\""]),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }

    #[test]
    fn quotes_nest() {
        for (text, expected) in [
            (
                "“He says, ‘The minute you go.’”",
                &["“He says, ‘The minute you go.’”", "‘The minute you go.’"][..],
            ),
            ("\"He says, 'Go.'\"", &["\"He says, 'Go.'\"", "'Go.'"]),
            (
                "x ''He says 'no.''' he said",
                &["''He says 'no.'''", "'no.'"],
            ),
            (
                "“They were more ‘cultured.' But”",
                &["“They were more ‘cultured.' But”", "‘cultured.'"],
            ),
            ("“a ‘b “c” d’ e”", &["“a ‘b “c” d’ e”", "‘b “c” d’", "“c”"]),
            (
                "“It is \"crises\" again”",
                &["“It is \"crises\" again”", "\"crises\""],
            ),
        ] {
            assert_eq!(stretches(text), expected, "{text}");
        }
    }

    #[test]
    fn apostrophes_are_no_quotes() {
        for text in [
            "The workers' rights and the boys' club don't.",
            "’Tis the '90s, rock 'n' roll, ’em and y’all goin' home.",
            "It’s the states’ money, they’ve said.",
            "He is 5' 10\" tall and 6' 2\" wide.",
            "a stray ” mark and an odd \" one",
        ] {
            assert_eq!(stretches(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            stretches("‘I like workers’ rights,’ he said. ‘Goin’ home.’"),
            ["‘I like workers’ rights,’", "‘Goin’ home.’"]
        );
    }

    #[test]
    fn a_quote_left_open_goes_on_in_the_next_paragraph() {
        assert_eq!(
            stretches("“One.\n“Two,” he said, “and\nno mark."),
            ["“One.", "“Two,”"]
        );
        assert_eq!(
            stretches("He said: \"One.\n\n\"Two.\n\nThree."),
            ["\"One.", "\"Two."]
        );
        assert_eq!(stretches("He \"lost a mark, \"he said\"."), ["\"he said\""]);
    }

    #[test]
    fn the_innermost_stretch_holds_the_caret_at_its_edges_too() {
        let text = "x “a ‘b’ c” y";
        let source = SourceText::new(text, "UTF-8").unwrap();
        let at = |needle: &str| TextSize::try_from(text.find(needle).unwrap()).unwrap();
        let found = |at| quoted_stretch_at(&source, at).map(|range| source.slice(range));
        assert_eq!(found(at("x")), None);
        assert_eq!(found(at("“")), Some("“a ‘b’ c”"));
        assert_eq!(found(at("‘")), Some("‘b’"));
        assert_eq!(found(at(" c”")), Some("‘b’"));
        assert_eq!(found(at(" y")), Some("“a ‘b’ c”"));
    }

    proptest! {
        #[test]
        fn stretches_lie_in_a_paragraph_on_grapheme_boundaries(
            text in "(?s).{0,60}|[ab '\"“”‘’«»„`.,\n\u{301}]{0,60}",
        ) {
            let source = SourceText::new(text.as_str(), "UTF-8").unwrap();
            let mut last = TextSize::new(0);
            for stretch in quoted_stretches(&source, source.full_range()) {
                prop_assert_eq!(snap_to_graphemes(&source, stretch), stretch);
                prop_assert!(!stretch.is_empty() && stretch.start() >= last);
                prop_assert!(paragraph_at(&source, stretch.start()).contains_range(stretch));
                prop_assert!(quoted_stretch_at(&source, stretch.start()).is_some());
                last = stretch.start();
            }
        }
    }
}
