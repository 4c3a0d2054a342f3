//! Reports in German.

use super::*;

#[test]
fn the_speakers_of_german_quotations_come_first() {
    for (text, quote, speaker) in [
        (
            "BERLIN – „Wir haben lange gewartet“, sagte Bundeskanzlerin Angela Merkel.",
            "„Wir haben lange gewartet“",
            "Bundeskanzlerin Angela Merkel",
        ),
        (
            "BERLIN – „Wir haben lange gewartet“, sagte Angela Merkel am Montag in Paris.",
            "„Wir haben lange gewartet“",
            "Angela Merkel",
        ),
        (
            "„Das ist ein Fehler“, kritisierte Finanzminister Christian Lindner.",
            "„Das ist ein Fehler“",
            "Finanzminister Christian Lindner",
        ),
        (
            "„Niemand wurde verletzt“, teilte die Polizei am Abend mit.",
            "„Niemand wurde verletzt“",
            "die Polizei",
        ),
        (
            "„Das reicht nicht“, fügte er hinzu.",
            "„Das reicht nicht“",
            "er",
        ),
        (
            "„Die Lage bleibt ernst“, so Habeck.",
            "„Die Lage bleibt ernst“",
            "Habeck",
        ),
        (
            "Söder betonte: „Bayern bleibt dabei.“",
            "„Bayern bleibt dabei.“",
            "Söder",
        ),
    ] {
        let document = document(text);
        let range = range(&document, quote);
        let found = speakers(&document, &[range], "quote");
        assert_eq!(found.first().map(String::as_str), Some(speaker), "{text}");
        assert!(!found.iter().any(|words| words == "BERLIN"), "{found:?}");
    }
}

#[test]
fn german_indirect_speech_is_found_with_its_speaker() {
    for (text, marked, said, speaker) in [
        (
            "Merkel erklärte, dass die Lage ernst sei.",
            "die La|ge",
            "dass die Lage ernst sei",
            "Merkel",
        ),
        (
            "Laut Merkel ist die Lage sehr ernst.",
            "sehr er|nst",
            "ist die Lage sehr ernst",
            "Merkel",
        ),
        (
            "Nach Angaben der Polizei wurden zwei Menschen verletzt.",
            "Mensch|en",
            "wurden zwei Menschen verletzt",
            "der Polizei",
        ),
    ] {
        let document = document(text);
        let at = caret(&document, marked);
        assert_eq!(unit(&document, "quote", at), said, "{text}");
        let range = range(&document, said);
        let found = speakers(&document, &[range], "quote");
        assert_eq!(found.first().map(String::as_str), Some(speaker), "{text}");
    }
}
