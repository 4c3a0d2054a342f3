//! Names of months and days in the languages of the databases' interfaces and of many pages.

/// English, German, French, Dutch, Spanish, Italian, Portuguese, Danish, Norwegian, Swedish; whole and
/// short.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "januar", "jänner", "janvier", "januari", "enero", "gennaio", "janeiro", "jan",
        "jän", "janv", "ene", "gen",
    ],
    &[
        "february",
        "februar",
        "feber",
        "février",
        "fevrier",
        "februari",
        "febrero",
        "febbraio",
        "fevereiro",
        "feb",
        "févr",
        "fevr",
        "fév",
        "fev",
    ],
    &[
        "march", "märz", "maerz", "mars", "maart", "marzo", "março", "marts", "mar", "mär", "mrz",
        "mrt",
    ],
    &["april", "avril", "abril", "aprile", "apr", "avr", "abr"],
    &["may", "mai", "mei", "mayo", "maggio", "maio", "maj", "mag"],
    &[
        "june", "juni", "juin", "junio", "giugno", "junho", "jun", "giu",
    ],
    &[
        "july", "juli", "juillet", "julio", "luglio", "julho", "jul", "juil", "lug",
    ],
    &[
        "august", "août", "aout", "augustus", "agosto", "augusti", "aug", "ago",
    ],
    &[
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "settembre",
        "setembro",
        "sept",
        "sep",
        "set",
    ],
    &[
        "october", "oktober", "octobre", "octubre", "ottobre", "outubro", "oct", "okt", "ott",
        "out",
    ],
    &["november", "novembre", "noviembre", "novembro", "nov"],
    &[
        "december",
        "dezember",
        "décembre",
        "decembre",
        "diciembre",
        "dicembre",
        "dezembro",
        "desember",
        "dec",
        "dez",
        "déc",
        "dic",
        "des",
    ],
];

const WEEKDAYS: &[&str] = &[
    // English
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    // German
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    // French
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    // Dutch
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    // Spanish
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    // Italian
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    // Portuguese; the others with a dash and "feira"
    "segunda",
    "terça",
    "quarta",
    "quinta",
    "sexta",
    // Danish, Norwegian, Swedish
    "mandag",
    "måndag",
    "tirsdag",
    "tisdag",
    "onsdag",
    "torsdag",
    "fredag",
    "lørdag",
    "lördag",
    "søndag",
    "söndag",
];

/// The month of a name in lower case, from 1.
pub(super) fn month(name: &str) -> Option<i16> {
    let at = MONTHS.iter().position(|names| names.contains(&name))?;
    i16::try_from(at + 1).ok()
}

/// Whether it names a day of the week, in lower case.
pub(super) fn is_weekday(name: &str) -> bool {
    WEEKDAYS.contains(&name) || ["日", "月", "一"].contains(&name)
}
