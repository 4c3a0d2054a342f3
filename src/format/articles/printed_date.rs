//! Dates as newspapers and databases print them, in English, German, French, Dutch, Spanish and Italian.

use jiff::civil::Date;

/// A date that was printed, and what was printed after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct PrintedDate {
    /// ISO 8601: `2024-05-31`, or `2024-05` where no day is named.
    pub(crate) date: String,
    /// `14:05`; empty where there is none.
    pub(crate) time: String,
    /// `GMT`, `GMT+1`; empty where there is none.
    pub(crate) zone: String,
    /// What is left: "FINAL EDITION".
    pub(crate) rest: String,
}

/// The names of the months, those of each in a row. Three letters of a name, or more, are enough where they
/// are no other word.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "jänner", "janvier", "januari", "enero", "gennaio"],
    &["february", "februar", "février", "fevrier", "februari", "febrero", "febbraio"],
    &["march", "märz", "maerz", "mars", "maart", "marzo"],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "mei", "mayo", "maggio"],
    &["june", "juni", "juin", "junio", "giugno"],
    &["july", "juli", "juillet", "julio", "luglio"],
    &["august", "août", "aout", "augustus", "agosto"],
    &["september", "septembre", "septiembre", "settembre"],
    &["october", "oktober", "octobre", "octubre", "ottobre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre"],
];

const WEEKDAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "lundi",
    "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "maandag", "dinsdag",
    "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "lunes", "martes", "miércoles",
    "jueves", "viernes", "sábado", "domingo", "lunedì", "martedì", "mercoledì", "giovedì",
    "venerdì", "sabato", "domenica",
];

/// Reads a line that is a date, perhaps with a weekday, a time and more after it; `None` where it begins with
/// something else.
pub(crate) fn printed_date(line: &str) -> Option<PrintedDate> {
    let spaced = spaced_han(line);
    let words = spaced.split(|c: char| c.is_whitespace() || c == ',');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut rest = &words[..];
    while let [first, others @ ..] = rest
        && is_weekday(first)
    {
        rest = others;
    }
    let (date, mut rest) = date(rest)?;
    let mut found = PrintedDate {
        date,
        ..PrintedDate::default()
    };
    while let [first, others @ ..] = rest
        && (is_weekday(first) || matches!(*first, "um" | "at" | "à" | "om"))
    {
        rest = others;
    }
    if let [first, others @ ..] = rest
        && let Some((time, used)) = time(first, others)
    {
        found.time = time;
        rest = others.get(used..).unwrap_or_default();
        if let [word, others @ ..] = rest
            && is_zone(word)
        {
            (*word).clone_into(&mut found.zone);
            rest = others;
        }
        if let ["Uhr" | "h" | "uur", others @ ..] = rest {
            rest = others;
        }
    }
    found.rest = rest.join(" ");
    Some(found)
}

/// The number of a month by its name; `None` where it is another word.
pub(crate) fn month(name: &str) -> Option<i8> {
    let name = name.trim_end_matches('.').to_lowercase();
    let begins = |known: &&str| known.starts_with(&name) && name.chars().count() >= 3;
    let place = MONTHS.iter().position(|names| names.iter().any(|known| begins(&known)))?;
    i8::try_from(place + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    WEEKDAYS.contains(&&*word)
}

/// The date some words begin with, and the words after it.
fn date<'a, 'b>(words: &'b [&'a str]) -> Option<(String, &'b [&'a str])> {
    if let [first, rest @ ..] = words
        && let Some(date) = in_digits(first)
    {
        return Some((date, rest));
    }
    match words {
        [name, day, year, rest @ ..] if month(name).is_some() && number(day).is_some() => {
            let date = iso(number(year)?, month(name)?, number(day)?)?;
            Some((date, rest))
        }
        [day, name, year, rest @ ..] if month(name).is_some() => {
            let date = iso(number(year)?, month(name)?, number(day)?)?;
            Some((date, rest))
        }
        [name, year, rest @ ..] if month(name).is_some() => {
            let (year, month) = (number(year).filter(|year| is_year(*year))?, month(name)?);
            Some((format!("{year:04}-{month:02}"), rest))
        }
        _ => None,
    }
}

/// `2024-05-31`, `31.12.2024`, `31/12/2024` (day first), `2024年5月31日`.
fn in_digits(word: &str) -> Option<String> {
    if word.contains('年') {
        let parts = word.split(['年', '月', '日']);
        let parts: Vec<i16> = parts.filter_map(number).collect();
        return match parts[..] {
            [year, month, day] => iso(year, i8::try_from(month).ok()?, day),
            _ => None,
        };
    }
    let parts = word.split(['.', '/', '-']);
    let parts: Vec<i16> = parts.map(number).collect::<Option<_>>()?;
    match parts[..] {
        [year, month, day] if is_year(year) => iso(year, i8::try_from(month).ok()?, day),
        [day, month, year] if is_year(year) => iso(year, i8::try_from(month).ok()?, day),
        _ => None,
    }
}

fn number(word: &str) -> Option<i16> {
    let word = word.trim_end_matches('.');
    let word = ["er", "st", "nd", "rd", "th"]
        .into_iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

fn is_year(number: i16) -> bool {
    (1500..2200).contains(&number)
}

fn iso(year: i16, month: i8, day: i16) -> Option<String> {
    let date = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
    is_year(year).then(|| date.to_string())
}

/// A time of day, and how many more words belong to it.
fn time(word: &str, next: &[&str]) -> Option<(String, usize)> {
    let mut parts = word.splitn(3, ':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let (minute, half_of_word) = match minute.get(2..) {
        Some("") | None => (minute, ""),
        Some(half) => (minute.get(..2)?, half),
    };
    let (mut hour, minute) = (number(hour)?, number(minute)?);
    let half_of = |word: &str| {
        let word = word.trim_end_matches('.').to_ascii_lowercase().replace('.', "");
        match &*word {
            "am" => Some(false),
            "pm" => Some(true),
            _ => None,
        }
    };
    let (half, used) = match (half_of(half_of_word), next.first().copied().and_then(half_of)) {
        (Some(half), _) => (Some(half), 0),
        (None, Some(half)) => (Some(half), 1),
        (None, None) => (None, 0),
    };
    match half {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        Some(_) | None => {}
    }
    let good = (0..24).contains(&hour) && (0..60).contains(&minute);
    good.then(|| (format!("{hour:02}:{minute:02}"), used))
}

/// `GMT`, `CET`, `GMT+1`.
fn is_zone(word: &str) -> bool {
    let (name, offset) = match word.find(['+', '-']) {
        Some(at) => word.split_at(at),
        None => (word, ""),
    };
    let offset = offset.trim_start_matches(['+', '-']);
    (2..=5).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_uppercase())
        && offset.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// Joins the parts of a date in Chinese or Japanese, and parts them from a time.
fn spaced_han(line: &str) -> String {
    match line.split_once('日') {
        Some((date, rest)) if date.contains('年') => {
            let date: String = date.split_whitespace().collect();
            format!("{date}日 {rest}")
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> [String; 4] {
        let found = printed_date(line).unwrap_or_default();
        [found.date, found.time, found.zone, found.rest]
    }

    #[test]
    fn dates_are_read_as_they_are_printed() {
        for (line, expected) in [
            ("July 1, 2019 Monday 9:20 AM GMT", ["2019-07-01", "09:20", "GMT", ""]),
            ("May 4, 1993, Tuesday,, FINAL EDITION", ["1993-05-04", "", "", "FINAL EDITION"]),
            ("Dienstag 7. Juli 2020", ["2020-07-07", "", "", ""]),
            ("4 oktober 2017 woensdag", ["2017-10-04", "", "", ""]),
            ("27. Februar 2012 Montag 9:50 PM GMT+1", ["2012-02-27", "21:50", "GMT+1", ""]),
            ("24. September 2002", ["2002-09-24", "", "", ""]),
            ("mardi 1er mars 2006, p. 16", ["2006-03-01", "", "", "p. 16"]),
            ("Mar 9, 2022", ["2022-03-09", "", "", ""]),
            ("Thursday, December 22, 2022", ["2022-12-22", "", "", ""]),
            ("28.12.2017 10:36 Uhr", ["2017-12-28", "10:36", "", ""]),
            ("2022-03-10", ["2022-03-10", "", "", ""]),
            ("2018 年 10 月 7 日 17:04", ["2018-10-07", "17:04", "", ""]),
            ("May 2019", ["2019-05", "", "", ""]),
            ("June 17, 1995, 12:05 a.m.", ["1995-06-17", "00:05", "", ""]),
            ("24 août 2015 samedi 18:15h", ["2015-08-24", "", "", "18:15h"]),
            ("In May 2019 the ferry", ["", "", "", ""]),
            ("February 30, 2019", ["", "", "", ""]),
            ("Marching on 3 2019", ["", "", "", ""]),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
