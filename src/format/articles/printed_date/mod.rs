//! Dates as newspapers, press databases and web pages print them, in many languages.

mod month_names;
mod reader;
mod time_of_day;
mod tokens;

use std::ops::Range;

use jiff::civil::Date;

use month_names::is_weekday;
use reader::Reader;
use time_of_day::time_of_day;
use tokens::{Token, TokenKind, tokens};

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

#[cfg(test)]
mod tests;
