use super::*;

#[test]
fn code_pages_and_unicode_are_read_as_they_are_meant() {
    let rtf = concat!(
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil Arial;}{\f1\fcharset204 Arial Cyr;}",
        r"{\f2\fcharset128 MS Mincho;}}{\colortbl;\red0;}{\*\generator X;}{\info{\title No}}",
        r"{\header Page head}\pard\qc\b Caf\'e9 \f1 \'ef\'f0\'e8\'e2\'e5\'f2\b0\par\pard\f0 ",
        "A\\uc1\\u8211?B\\uc0\\u8211 C\\uc2\\u8211 ??D\\uc1\\u-10179?\\u-8704?E\\~F\\_G\\-H\r\n",
        r"\par Cell\cell Two\cell\row \f2 \'93\'8c\f0  {\v hidden}{\deleted old}{\revised new}\tab x\line y",
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par{\pict\bin3 {}}}",
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt Boxed\par}}{\shprslt Boxed\par}}",
        r"Noted{\footnote The note.\par}\par\'80\lquote q\rquote\emdash}",
    );
    let imported = read("a.rtf", rtf.as_bytes());
    assert_eq!(
        texts(&imported),
        [
            "Café привет\nA–B–C–D😀E\u{a0}F\u{2011}GH\nCell\tTwo\n東 new\tx ylink\nBoxed\nNoted\n€‘q’—\nThe note.\n"
        ]
    );
    assert_eq!(facts(&imported, 0).headline, "Café привет");
    assert_eq!(
        notes(&imported),
        [
            "not taken over: deleted passages (1: “old”), document properties (2: “X; No”), field codes (1: “HYPERLINK x”), \
             hidden passages (1: “hidden”), page headers and footers (1: “Page head”), pictures (1), versions for old \
             programs (1: “Boxed”)"
        ]
    );
}

#[test]
fn a_hundred_articles_by_section_are_a_hundred() {
    let mut rtf = r"{\rtf1\ansi\ansicpg1252 ".to_owned();
    for n in 0..100 {
        rtf += &format!(
            "{{\\i \"Bote {n}\" gefunden am 28.12.2017 10:{:02} Uhr}}\\par {{\\b Titel {n}}}\\par \
             Sie sagte \"gefunden am Montag\".\\par Ende.\\sect ",
            n % 60
        );
    }
    rtf.push('}');
    let imported = read("a.rtf", rtf.as_bytes());
    assert_eq!(imported.documents.len(), 100);
    let expected = "Titel 99\nSie sagte \"gefunden am Montag\".\nEnde.\n";
    assert_eq!(texts(&imported)[99], expected);
    assert_eq!(facts(&imported, 99).outlet, "Bote 99");
    assert_eq!(field(&imported, 99, "time"), "10:39");
    assert_eq!(field(&imported, 99, "date_means"), "found, not published");
    let index = facts(&imported, 99).imported_from.as_ref().unwrap().index;
    assert_eq!(index, 99);
}

#[test]
fn nexis_in_rtf_is_parted_by_its_end_lines() {
    let one = |headline: &str| {
        format!(
            "\\pard\\qc {headline}\\par The Test Post\\par May 4, 2020 Monday\\par \\pard \
             Copyright 2020 Post\\par Length:\\~12 words\\par {{\\b Body}}\\par It rose.\\par \
             End of Document\\par It ended.\\par {{\\b Load-Date:}} May 5, 2020\\par \
             {{\\b End of Document}}\\par "
        )
    };
    let rtf = format!("{{\\rtf1\\ansi {}{}}}", one("Bread"), one("Rain"));
    let imported = read("a.rtf", rtf.as_bytes());
    let text = |headline: &str| format!("{headline}\nIt rose.\nEnd of Document\nIt ended.\n");
    assert_eq!(texts(&imported), [text("Bread"), text("Rain")]);
    assert_eq!(facts(&imported, 1).date, "2020-05-04");
    assert_eq!(field(&imported, 1, "load_date"), "2020-05-05");
}

#[test]
fn rtf_that_is_cut_off_is_read_and_told() {
    let imported = read("a.rtf", b"{\\rtf1\\ansi One.\\par Two");
    assert_eq!(texts(&imported), ["One.\nTwo\n"]);
    assert!(notes(&imported)[0].contains("cut off"));
}
