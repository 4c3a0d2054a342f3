mod import;

use std::collections::BTreeMap;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;
use crate::format::testing::{attributes_of, document, read_text, written};

/// Text and places of all anchors, and of each span label, from, to and next.
type Page = (String, BTreeMap<String, usize>, Vec<[String; 5]>);

fn parse(xml: &str) -> Page {
    let mut reader = Reader::from_str(xml);
    let (mut text, mut anchors, mut spans) = (String::new(), BTreeMap::new(), Vec::new());
    let (mut inside, mut label) = (false, String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return (text, anchors, spans),
            Event::Start(e) if e.name().as_ref() == "ab" => inside = true,
            Event::End(e) if e.name().as_ref() == "ab" => inside = false,
            Event::Start(e) if e.name().as_ref() == "spanGrp" => {
                label.clone_from(&attributes_of(&e)["type"]);
            }
            Event::Empty(e) if e.name().as_ref() == "anchor" => {
                anchors.insert(attributes_of(&e)["xml:id"].clone(), text.chars().count());
            }
            Event::Empty(e) if e.name().as_ref() == "span" => {
                let mut at = attributes_of(&e);
                let mut take = |key: &str| at.remove(key).unwrap_or_default();
                let [id, from, to, next] = ["xml:id", "from", "to", "next"].map(&mut take);
                spans.push([label.clone(), id, from, to, next]);
            }
            event if inside => read_text(&event, &mut text),
            _ => {}
        }
    }
}

proptest! {
    /// The text is there character for character, and every anchor where its tag begins or ends.
    #[test]
    fn anchors_stand_where_tags_begin_and_end(document in document()) {
        let named = NamedDocument { id: "a.txt".to_owned(), document: document.clone() };
        let (files, losses) = written(&Tei, vec![named]);
        let xml = String::from_utf8(files.0[0].1.clone()).unwrap();
        let (text, anchors, spans) = parse(&xml);
        let expected = document.source().as_str();
        let lost = lost_characters(expected);
        prop_assert_eq!(lost > 0, losses.iter().any(|loss| loss.feature == Feature::Characters));
        prop_assert_eq!(text.chars().count(), expected.chars().count());
        let same = text.chars().zip(expected.chars()).filter(|(a, b)| a == b).count();
        prop_assert!(same >= expected.chars().count() - lost);

        let by_id: BTreeMap<&str, &[String; 5]> = spans.iter().map(|span| (&*span[1], span)).collect();
        let place = |anchor: &str| anchors[&anchor[1..]];
        for tag in document.set().annotations() {
            let mut span = by_id[&*format!("t.{}", tag.id)];
            let count = tag.fragments.len();
            for (n, range) in tag.fragments.iter().enumerate() {
                let at = |byte| document.source().char_of_byte(byte).unwrap() as usize;
                prop_assert_eq!([place(&span[2]), place(&span[3])], [at(range.start()), at(range.end())]);
                if n + 1 < count {
                    span = by_id[&span[4][1..]];
                } else {
                    prop_assert_eq!(&span[4], "");
                }
            }
        }
    }
}
