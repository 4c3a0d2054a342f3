//! Which quotation marks of a paragraph belong together.

/// Marks of one family close one another, however they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
    Angle,
    SingleAngle,
    Corner,
    WhiteCorner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    /// The shape does not show it: straight marks, and those that some languages reverse.
    Either,
}

pub(super) struct Mark {
    pub(super) family: Family,
    pub(super) side: Side,
    /// Bytes.
    pub(super) len: usize,
}

/// What is around a mark.
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

pub(super) fn mark_at(rest: &str) -> Option<Mark> {
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
/// marks that nothing closes, and of those that close nothing.
pub(super) struct Scan<'a> {
    text: &'a str,
    open: Vec<Opened<'a>>,
    pub(super) found: Vec<(usize, usize)>,
    pub(super) never_closed: Vec<usize>,
    pub(super) never_opened: Vec<usize>,
    /// End of the last mark that opened something: what follows it is at a start again.
    opened_to: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            open: Vec::new(),
            found: Vec::new(),
            never_closed: Vec::new(),
            never_opened: Vec::new(),
            opened_to: 0,
        }
    }

    pub(super) fn run(&mut self) {
        let mut at = 0;
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            let is_plain = |byte: &u8| byte.is_ascii() && !matches!(byte, b'"' | b'\'' | b'`');
            let plain = rest.bytes().take_while(is_plain).count();
            if plain > 0 {
                at += plain;
                continue;
            }
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
        let inner = |top: &Opened| {
            top.family == Family::Single && top.text == "'" && top.weak_end.is_none()
        };
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
            (Side::Close, None) => self.never_opened.push(at),
            (Side::Either, None) => {
                if around.before_words && (around.at_start || !around.after_digit) {
                    self.open(mark.family, at, mark.len);
                } else if !around.after_blank && !around.after_digit {
                    self.never_opened.push(at);
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
