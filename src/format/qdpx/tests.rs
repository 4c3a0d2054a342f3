mod import;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::*;
use crate::format::testing::{attributes_of, document, written};

proptest! {
    /// Texts are byte for byte, selections start where fragments do, and no two ids are the same.
    #[test]
    fn selections_stand_where_fragments_do(documents in prop::collection::vec(document(), 1..3)) {
        let named = documents.iter().map(|document| NamedDocument {
            id: "a.txt".to_owned(),
            document: document.clone(),
        });
        let (files, _) = written(&Qdpx, named.collect());
        let mut zip = ZipArchive::new(Cursor::new(files.0[0].1.clone())).unwrap();
        let mut entry = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let project = entry("project.qde");
        let mut reader = Reader::from_str(&project);
        let mut guids = BTreeSet::new();
        let mut selections: Vec<BTreeMap<String, Vec<[u32; 2]>>> = Vec::new();
        let mut codes = BTreeMap::new();
        let mut at = [0; 2];
        loop {
            let event = reader.read_event().unwrap();
            let (Event::Start(e) | Event::Empty(e)) = &event else {
                if matches!(event, Event::Eof) { break }
                continue;
            };
            let attributes = attributes_of(e);
            if let Some(guid) = attributes.get("guid") {
                prop_assert!(guids.insert(guid.clone()), "{guid}");
            }
            match e.name().as_ref() {
                "Code" => drop(codes.insert(attributes["guid"].clone(), attributes["name"].clone())),
                "TextSource" => {
                    let path = attributes["plainTextPath"].replace("internal://", "sources/");
                    prop_assert_eq!(entry(&path), documents[selections.len()].source().as_str());
                    selections.push(BTreeMap::new());
                }
                "PlainTextSelection" => {
                    at = ["startPosition", "endPosition"].map(|key| attributes[key].parse().unwrap());
                }
                "CodeRef" => {
                    let label = codes[&attributes["targetGUID"]].clone();
                    selections.last_mut().unwrap().entry(label).or_default().push(at);
                }
                _ => {}
            }
        }
        for (document, mut selections) in documents.iter().zip(selections) {
            let mut expected: BTreeMap<String, Vec<[u32; 2]>> = BTreeMap::new();
            for tag in document.set().annotations() {
                let label = crate::format::testing::in_xml(&tag.label);
                for range in tag.fragments.iter() {
                    let place = |byte| document.source().char_of_byte(byte).unwrap();
                    expected.entry(label.clone()).or_default().push([place(range.start()), place(range.end())]);
                }
            }
            expected.values_mut().chain(selections.values_mut()).for_each(|list| list.sort());
            prop_assert_eq!(selections, expected);
        }
    }
}
