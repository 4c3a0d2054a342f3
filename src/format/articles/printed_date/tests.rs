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
