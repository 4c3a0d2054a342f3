use jiff::civil::Time;

use super::month_names::is_weekday;
use super::reader::Reader;
use super::tokens::{Token, TokenKind};

/// A time of day that follows a date.
pub(super) struct TimeOfDay {
    pub(super) clock: String,
    /// From UTC, as ISO 8601 writes it; empty where it is not known.
    pub(super) offset: String,
    /// In bytes of the line.
    pub(super) zone: Option<(usize, usize)>,
    /// How many tokens it takes, with what is before it.
    pub(super) length: usize,
}

/// The time of day that tokens begin with.
pub(super) fn time_of_day(tokens: &[Token]) -> Option<TimeOfDay> {
    let mut reader = Reader::new(tokens);
    if reader.word(|word| word == "t").is_none() {
        while reader.mark(",(（)）-–—|·•").is_some()
            || reader
                .word(|word| is_weekday(word) || is_at(word))
                .is_some()
        {}
    }
    let hour = reader.number(1..=2)?;
    let colon = reader.mark(":.");
    if colon.is_none() {
        reader.word(|word| ["h", "時", "点", "시", "am", "pm"].contains(&word))?;
        let last = reader.tokens.get(reader.read - 1)?.word();
        // `9 PM`, `18 h`.
        if last.is_some_and(|word| ["am", "pm"].contains(&word)) {
            reader.read -= 1;
        }
    }
    let minute = reader.number(2..=2);
    if colon.is_some() && minute.is_none() {
        return None;
    }
    let before_second = reader;
    let mut second = None;
    if minute.is_some() && reader.mark(":").is_some() {
        second = reader.number(2..=2);
    }
    match second {
        None => reader = before_second,
        Some(_) => {
            let before = reader;
            let point = reader.mark(".,").is_some();
            match reader.peek().map(|token| &token.kind) {
                Some(TokenKind::Number { .. }) if point => reader.read += 1,
                _ => reader = before,
            }
        }
    }
    reader.word(|word| ["uhr", "h", "分", "분", "uur"].contains(&word));
    let half = half_of_day(&mut reader);
    let hour = match (half, hour) {
        (Some('a'), 12) => 0,
        (Some('p'), 1..=11) => hour + 12,
        _ => hour,
    };
    // `9.50` is a time only where it says so.
    let said = half.is_some() || reader.tokens.get(reader.read - 1)?.word().is_some();
    if colon == Some('.') && !said {
        return None;
    }
    let (hour, minute) = (
        i8::try_from(hour).ok()?,
        i8::try_from(minute.unwrap_or(0)).ok()?,
    );
    let of_minute = i8::try_from(second.unwrap_or(0)).ok()?;
    Time::new(hour, minute, of_minute, 0).ok()?;
    let mut clock = format!("{hour:02}:{minute:02}");
    if second.is_some() {
        clock.push_str(&format!(":{of_minute:02}"));
    }
    let (offset, zone) = zone(&mut reader);
    Some(TimeOfDay {
        clock,
        offset,
        zone,
        length: reader.read,
    })
}

fn is_at(word: &str) -> bool {
    ["at", "um", "à", "om", "alle", "ore", "às", "kl"].contains(&word)
}

/// `AM`, `p.m.`: the first letter.
fn half_of_day(reader: &mut Reader<'_>) -> Option<char> {
    if let Some(token) = reader.word(|word| ["am", "pm"].contains(&word)) {
        return token.word()?.chars().next();
    }
    let before = *reader;
    let half = reader.word(|word| ["a", "p"].contains(&word));
    let half = half.and_then(|token| token.word()?.chars().next());
    let whole =
        half.is_some() && reader.mark(".").is_some() && reader.word(|word| word == "m").is_some();
    if whole {
        reader.mark(".");
        return half;
    }
    *reader = before;
    None
}

/// The offset a zone means, where that is certain, and where it is printed.
fn zone(reader: &mut Reader<'_>) -> (String, Option<(usize, usize)>) {
    let before = *reader;
    let named = reader.word(|word| ["gmt", "utc", "z"].contains(&word));
    let place = |reader: &Reader<'_>| {
        let first = before.tokens.get(before.read)?;
        let last = reader.tokens.get(reader.read.checked_sub(1)?)?;
        Some((first.start, last.end))
    };
    let signed = *reader;
    if let Some(offset) = signed_offset(reader) {
        return (offset, place(reader));
    }
    *reader = signed;
    if named.is_some() {
        return ("Z".to_owned(), place(reader));
    }
    // What other letters mean differs from country to country.
    let letters = [
        "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "et", "pt", "bst", "ist", "cet",
        "cest", "mez", "mesz", "eet", "jst", "hkt", "aest", "aedt", "wib", "msk",
    ];
    if reader.word(|word| letters.contains(&word)).is_some() {
        return (String::new(), place(reader));
    }
    (String::new(), None)
}

/// `+1`, `+01:00`, `-0400`.
fn signed_offset(reader: &mut Reader<'_>) -> Option<String> {
    let sign = match reader.mark("+-−")? {
        '+' => '+',
        _ => '-',
    };
    let TokenKind::Number { length, .. } = reader.peek()?.kind else {
        return None;
    };
    let number = reader.number(1..=4)?;
    let (hours, minutes) = match length {
        1 | 2 => {
            let before = *reader;
            match (reader.mark(":"), reader.number(2..=2)) {
                (Some(_), Some(minutes)) => (number, minutes),
                _ => {
                    *reader = before;
                    (number, 0)
                }
            }
        }
        _ => (number / 100, number % 100),
    };
    (hours <= 14 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}
