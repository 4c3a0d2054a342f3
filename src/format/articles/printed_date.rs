//! Dates as newspapers, press databases and web pages print them, in many languages.

use std::ops::Range;

use jiff::civil::{Date, Time};

use super::date_tokens::{Token, TokenKind, tokens};
use super::month_names::{is_weekday, month};

/// A date that stands in a line, and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrintedDate<'a> {
    /// ISO 8601: `2024-05-31`, or `2024-05` where no day is named.
    pub(crate) date: String,
    /// `14:05`, `14:05:30`; empty where there is none.
    pub(crate) time: String,
    /// The offset of the time from UTC, where it is certain: `+02:00`, `Z`; else empty.
    pub(crate) offset: String,
    /// The time zone as printed: `GMT+1`, `EST`; empty where there is none.
    pub(crate) zone: &'a str,
    /// The line before it, without the day of the week and what separates them.
    pub(crate) before: &'a str,
    /// The line behind it, without the day of the week and what separates them: "FINAL EDITION".
    pub(crate) rest: &'a str,
}

impl PrintedDate<'_> {
    /// Date, time and offset by ISO 8601, as far as they are known: `2024-05-31T14:02+02:00`.
    pub(crate) fn iso(&self) -> String {
        match &*self.time {
            "" => self.date.clone(),
            time => format!("{}T{time}{}", self.date, self.offset),
        }
    }
}

/// Reads a line that is a date, perhaps with a weekday, a time and more after it; `None` where it
/// begins with something else.
pub(crate) fn printed_date(line: &str) -> Option<PrintedDate<'_>> {
    find_date(line).filter(|found| found.before.is_empty())
}

/// The first date in a line. One in figures that may be the third of April as well as the fourth of
/// March is none.
#[must_use]
pub(crate) fn find_date(line: &str) -> Option<PrintedDate<'_>> {
    let tokens = tokens(line);
    let starts = || 0..tokens.len();
    let day = starts().find_map(|start| {
        let (date, end) = whole_date(tokens.get(start..)?)?;
        Some((start, start + end, date))
    });
    if let Some((start, end, date)) = day {
        let time = time_of_day(tokens.get(end..).unwrap_or_default());
        let end = time.as_ref().map_or(end, |time| end + time.length);
        let zone = time.as_ref().and_then(|time| time.zone);
        let zone = zone.and_then(|(from, to)| line.get(from..to));
        let (clock, offset) = time
            .map(|time| (time.clock, time.offset))
            .unwrap_or_default();
        return Some(PrintedDate {
            time: clock,
            offset,
            zone: zone.unwrap_or_default(),
            ..around(line, &tokens, start..end, date.to_string())
        });
    }
    starts().find_map(|start| {
        let before = start.checked_sub(1).and_then(|before| tokens.get(before));
        // `31 February 2019` is not February.
        if before.is_some_and(|before| matches!(before.kind, TokenKind::Number { .. })) {
            return None;
        }
        let (date, length) = month_and_year(tokens.get(start..)?)?;
        Some(around(line, &tokens, start..start + length, date))
    })
}

/// A date, with what stands around the tokens it is made of.
fn around<'a>(
    line: &'a str,
    tokens: &[Token],
    place: Range<usize>,
    date: String,
) -> PrintedDate<'a> {
    let (mut start, mut end) = (place.start, place.end);
    let day_of_week = |token: &Token| token.word().is_some_and(is_weekday);
    let separator = |token: &Token| matches!(token.kind, TokenKind::Mark(',' | '.' | '(' | '（'));
    let before = tokens.get(..start).unwrap_or_default();
    let skipped = before.iter().rev().take_while(|token| separator(token));
    let skipped = skipped.count();
    if before.iter().rev().nth(skipped).is_some_and(day_of_week) {
        start -= skipped + 1;
    }
    let after = tokens.get(end..).unwrap_or_default();
    let skipped = after.iter().take_while(|token| separator(token)).count();
    if after.get(skipped).is_some_and(day_of_week) {
        end += skipped + 1;
    }
    let start = tokens.get(start).map_or(line.len(), |token| token.start);
    let end = end.checked_sub(1).and_then(|last| tokens.get(last));
    let end = end.map_or(0, |token| token.end);
    let trimmed =
        |text: &'a str| text.trim_matches(|c: char| c.is_whitespace() || ",;|·•)）".contains(c));
    PrintedDate {
        date,
        time: String::new(),
        offset: String::new(),
        zone: "",
        before: trimmed(line.get(..start).unwrap_or_default()),
        rest: trimmed(line.get(end..).unwrap_or_default()),
    }
}

/// Reads tokens one after the other; each reads nothing where the next is another one.
#[derive(Clone, Copy)]
struct Reader<'t> {
    tokens: &'t [Token],
    read: usize,
}

impl<'t> Reader<'t> {
    fn new(tokens: &'t [Token]) -> Self {
        Self { tokens, read: 0 }
    }

    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.read)
    }

    fn number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let TokenKind::Number { value, length } = self.peek()?.kind else {
            return None;
        };
        if !digits.contains(&length) {
            return None;
        }
        self.read += 1;
        i16::try_from(value).ok()
    }

    fn mark(&mut self, marks: &str) -> Option<char> {
        match self.peek()?.kind {
            TokenKind::Mark(mark) if marks.contains(mark) => {
                self.read += 1;
                Some(mark)
            }
            TokenKind::Mark(_) | TokenKind::Word(_) | TokenKind::Number { .. } => None,
        }
    }

    fn word(&mut self, fits: impl Fn(&str) -> bool) -> Option<&'t Token> {
        let token = self.peek()?;
        token.word().filter(|word| fits(word))?;
        self.read += 1;
        Some(token)
    }

    fn month(&mut self) -> Option<i16> {
        let found = month(self.peek()?.word()?)?;
        self.read += 1;
        self.mark(".");
        Some(found)
    }
}

/// A date and how many tokens it takes.
fn whole_date(tokens: &[Token]) -> Option<(Date, usize)> {
    let forms = [year_first, day_month_year, month_day_year, in_figures];
    forms.iter().find_map(|form| {
        let mut reader = Reader::new(tokens);
        let (year, month, day) = form(&mut reader)?;
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        // Not the beginning of a longer number.
        (1500..2200).contains(&year).then_some((date, reader.read))
    })
}

/// `2024-05-31`, `2024/05/31`, `2024. 5. 31.`, `2018 年 10 月 7 日`.
fn year_first(reader: &mut Reader<'_>) -> Option<(i16, i16, i16)> {
    let year = reader.number(4..=4)?;
    if reader.word(|word| ["年", "년"].contains(&word)).is_some() {
        let month = reader.number(1..=2)?;
        reader.word(|word| ["月", "월"].contains(&word))?;
        let day = reader.number(1..=2)?;
        reader.word(|word| ["日", "일"].contains(&word))?;
        return Some((year, month, day));
    }
    let mark = reader.mark("-/.")?;
    let month = reader.number(1..=2)?;
    reader.mark(&mark.to_string())?;
    let day = reader.number(1..=2)?;
    if mark == '.' {
        reader.mark(".");
    }
    Some((year, month, day))
}

/// `31 May 2024`, `31. Mai 2024`, `1er mai 2024`, `31 de mayo de 2024`, `Le 31 mai, 2024`.
fn day_month_year(reader: &mut Reader<'_>) -> Option<(i16, i16, i16)> {
    let day = reader.number(1..=2)?;
    reader.word(is_ordinal);
    reader.mark(".ºª°");
    reader.mark("-");
    reader.word(is_of);
    let month = reader.month()?;
    reader.word(is_of);
    reader.mark(",-");
    let year = reader.number(4..=4)?;
    Some((year, month, day))
}

/// `May 31, 2024`, `May 31st 2024`.
fn month_day_year(reader: &mut Reader<'_>) -> Option<(i16, i16, i16)> {
    let month = reader.month()?;
    let day = reader.number(1..=2)?;
    reader.word(is_ordinal);
    reader.mark(",");
    let year = reader.number(4..=4)?;
    Some((year, month, day))
}

/// `31.05.2024`, `31/5/2024`, `5/31/2024`.
fn in_figures(reader: &mut Reader<'_>) -> Option<(i16, i16, i16)> {
    let first = reader.number(1..=2)?;
    let mark = reader.mark("./-")?;
    let second = reader.number(1..=2)?;
    reader.mark(&mark.to_string())?;
    let year = reader.number(4..=4)?;
    match mark {
        '.' => Some((year, second, first)),
        _ if first > 12 || first == second => Some((year, second, first)),
        _ if second > 12 => Some((year, first, second)),
        _ => None,
    }
}

/// `May 2024`.
fn month_and_year(tokens: &[Token]) -> Option<(String, usize)> {
    let mut reader = Reader::new(tokens);
    let month = reader.month()?;
    reader.word(is_of);
    reader.mark(",");
    let year = reader.number(4..=4)?;
    let printed = (1500..2200).contains(&year);
    printed.then(|| (format!("{year:04}-{month:02}"), reader.read))
}

fn is_ordinal(word: &str) -> bool {
    ["st", "nd", "rd", "th", "er", "re", "e"].contains(&word)
}

fn is_of(word: &str) -> bool {
    ["de", "del", "of", "di"].contains(&word)
}

/// A time of day that follows a date.
struct TimeOfDay {
    clock: String,
    /// From UTC, as ISO 8601 writes it; empty where it is not known.
    offset: String,
    /// In bytes of the line.
    zone: Option<(usize, usize)>,
    /// How many tokens it takes, with what is before it.
    length: usize,
}

fn time_of_day(tokens: &[Token]) -> Option<TimeOfDay> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::is_date;

    #[test]
    fn printed_dates_become_iso() {
        for (printed, iso, zone, before, after) in [
            (
                "July 1, 2019 Monday 9:20 AM GMT",
                "2019-07-01T09:20Z",
                "GMT",
                "",
                "",
            ),
            (
                "May 4, 1993, Tuesday,, FINAL EDITION",
                "1993-05-04",
                "",
                "",
                "FINAL EDITION",
            ),
            ("Dienstag 7. Juli 2020", "2020-07-07", "", "", ""),
            ("4 oktober 2017 woensdag", "2017-10-04", "", "", ""),
            (
                "27. Februar 2012 Montag 9:50 PM GMT+1",
                "2012-02-27T21:50+01:00",
                "GMT+1",
                "",
                "",
            ),
            (
                "June 17, 1995, CITY EDITION",
                "1995-06-17",
                "",
                "",
                "CITY EDITION",
            ),
            (
                "January 28, 1993, Tuesday, Late Edition - Final",
                "1993-01-28",
                "",
                "",
                "Late Edition - Final",
            ),
            ("2 June 2006", "2006-06-02", "", "", ""),
            ("9 Mai 1998", "1998-05-09", "", "", ""),
            ("2018 年 10 月 7 日 17:04", "2018-10-07T17:04", "", "", ""),
            (
                "2018年10月7日（日） 17時04分",
                "2018-10-07T17:04",
                "",
                "",
                "",
            ),
            ("2021년 3월 4일", "2021-03-04", "", "", ""),
            (
                "Communication, mardi 14 mars 2006, p. 16",
                "2006-03-14",
                "",
                "Communication",
                "p. 16",
            ),
            ("Thursday, December 22, 2022", "2022-12-22", "", "", ""),
            ("Mar 9, 2022", "2022-03-09", "", "", ""),
            (
                "Northtown [Northtown]08 May 2010: A.3.",
                "2010-05-08",
                "",
                "Northtown [Northtown]",
                ": A.3.",
            ),
            (
                "\"Bote\" gefunden am 28.12.2017 10:36 Uhr",
                "2017-12-28T10:36",
                "",
                "\"Bote\" gefunden am",
                "",
            ),
            ("1er janvier 2012 à 17h04", "2012-01-01T17:04", "", "", ""),
            (
                "Le 31 de mayo de 2024, 18:19 h",
                "2024-05-31T18:19",
                "",
                "Le",
                "",
            ),
            ("1º maggio 2010", "2010-05-01", "", "", ""),
            (
                "Sun, 5 Jul 2020 01:02:03 -0400",
                "2020-07-05T01:02:03-04:00",
                "-0400",
                "",
                "",
            ),
            (
                "Fri May 03 2024 18:19:08 GMT+0200 (CEST)",
                "2024-05-03T18:19:08+02:00",
                "GMT+0200",
                "",
                "(CEST",
            ),
            (
                "2024-05-03T18:19:08.721+02:00",
                "2024-05-03T18:19:08+02:00",
                "+02:00",
                "",
                "",
            ),
            (
                "2024-05-03 18:19:08.721370Z",
                "2024-05-03T18:19:08Z",
                "Z",
                "",
                "",
            ),
            (
                "June 3, 2020 6:05 p.m. EST",
                "2020-06-03T18:05",
                "EST",
                "",
                "",
            ),
            (
                "12:00 a.m., 3 June 2020 12:00 AM",
                "2020-06-03T00:00",
                "",
                "12:00 a.m.",
                "",
            ),
            ("mercredi 3 octobre 2012", "2012-10-03", "", "", ""),
            (
                "Winter issue, February 2020",
                "2020-02",
                "",
                "Winter issue",
                "",
            ),
            ("13/04/2019", "2019-04-13", "", "", ""),
            ("4/13/2019", "2019-04-13", "", "", ""),
            ("2024. 5. 31.", "2024-05-31", "", "", ""),
            ("30 de setembro de 2020", "2020-09-30", "", "", ""),
        ] {
            let found = find_date(printed);
            let found = found.unwrap_or_else(|| panic!("{printed}"));
            let found_iso = found.iso();
            let parts = (&*found_iso, found.zone, found.before, found.rest);
            assert_eq!(parts, (iso, zone, before, after), "{printed}");
            assert!(is_date(&found_iso), "{iso}");
        }
    }

    #[test]
    fn what_is_unclear_or_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "3/4/2019",
            "31 February 2019",
            "May",
            "1,771 of 2019",
            "12 of 40 DOCUMENTS",
            "99.99.2019",
            "12345-10-10",
            "LENGTH: 19.43 metres",
        ] {
            assert_eq!(find_date(text), None, "{text}");
        }
    }

    proptest! {
        /// Whatever is read fits the facts, and nothing is read twice.
        #[test]
        fn any_line_is_read(text in "(\\PC{0,12}|May |Mai|[0-9]{1,4}|[ .,:/-]|GMT|PM|年|Monday ){0,12}") {
            if let Some(found) = find_date(&text) {
                prop_assert!(is_date(&found.iso()), "{}", found.iso());
                prop_assert!(found.before.len() + found.rest.len() < text.len());
            }
        }
    }
}
