use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::Xmi;
use super::{messages, summary};
use crate::format::testing::{comes_back, document, document_in_xml, written};
use crate::format::{Format, Imported, Input, NamedDocument};

proptest! {
    #[test]
    fn documents_come_back_as_they_were(document in document_in_xml()) {
        comes_back(&Xmi, vec![document])?;
    }

    #[test]
    fn damaged_files_are_told(document in document(), cut in any::<prop::sample::Index>()) {
        let (files, _) = written(&Xmi, vec![NamedDocument { id: "a.txt".to_owned(), document }]);
        let mut bytes = files.0[0].1.clone();
        let at = cut.index(bytes.trim_ascii_end().len());
        bytes[at] = b'9';
        let _ = Xmi.read(&Input { name: "a.xmi", bytes: &bytes, beside: &|_| None });
        bytes.truncate(at);
        let read = Xmi.read(&Input { name: "a.xmi", bytes: &bytes, beside: &|_| None });
        prop_assert!(read.is_err() || !read.unwrap().problems.is_empty());
    }
}

const HEAD: &str = r#"<?xml version="1.1" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:custom="http:///webanno/custom.ecore" xmlns:ner="http:///x/ner.ecore"
 xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
"#;

const TYPES: &str = r#"<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>webanno.custom.Base</name><supertypeName>uima.tcas.Annotation</supertypeName>
<features><featureDescription><name>sure</name><rangeTypeName>uima.cas.Integer</rangeTypeName>
</featureDescription><featureDescription><name>speakers</name>
<rangeTypeName>uima.cas.FSArray</rangeTypeName></featureDescription></features></typeDescription>
<typeDescription><name>webanno.custom.Quote</name><supertypeName>webanno.custom.Base</supertypeName>
</typeDescription></types></typeSystemDescription>"#;

fn read_with(name: &str, body: &str, types: Option<&str>) -> Imported {
    let xml = format!("{HEAD}{body}</xmi:XMI>");
    let beside = |name: &str| {
        let types = types.filter(|_| name == "TypeSystem.xml")?;
        Some(types.as_bytes().to_vec())
    };
    let input = Input {
        name,
        bytes: xml.as_bytes(),
        beside: &beside,
    };
    Xmi.read(&input).unwrap()
}

const SOFA: &str = r#"<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text"
 sofaString="😀 No,&#10;said Ann."/><cas:View sofa="1" members="2 3 4"/>"#;
const QUOTE: &str =
    r#"<custom:Quote xmi:id="2" sofa="1" begin="3" end="6" sure="3" speakers="7 8"/>"#;
const REST: &str = r#"<ner:NamedEntity xmi:id="3" sofa="1" begin="12" end="15" value="PER"/>
<custom:QuoteSpeakersLink xmi:id="7" role="by" target="3"/>
<custom:QuoteSpeakersLink xmi:id="8" role="" target="99"/>
<custom:Cue xmi:id="4" sofa="1" begin="7" end="11"><words>a</words><words>b</words></custom:Cue>
<custom:Says xmi:id="5" sofa="1" begin="3" end="6" Governor="2" Dependent="4" note="hm"/>
<custom:Lost xmi:id="6" sofa="9" begin="0" end="2"/>
<custom:Odd xmi:id="9" sofa="1" begin="1" end="2"/>
<custom:Twice xmi:id="4" sofa="1" begin="0" end="2"/>"#;

#[test]
fn layers_slots_and_relations_are_read() {
    for types in [None, Some(TYPES)] {
        let imported = read_with("in.xmi", &format!("{QUOTE}{REST}{SOFA}"), types);
        assert_eq!(imported.problems, []);
        let found = summary(&imported).remove(0);
        // Without the types, 3 could be a number or a structure.
        let expected = match types {
            Some(_) => {
                "in twice:😀 quote(sure=3):No, cue(words=a; b):said PER(layer=NamedEntity):Ann \
                 No,-by->Ann No,-says->said"
            }
            None => {
                "in twice:😀 quote:No, cue(words=a; b):said PER(layer=NamedEntity):Ann No,-by->Ann \
                 No,-says->said No,-sure->Ann"
            }
        };
        let sorted = |line: &str| {
            let line = line.replace("; b", ";b");
            let mut parts: Vec<String> = line.split(' ').map(str::to_owned).collect();
            parts.sort();
            parts
        };
        assert_eq!(sorted(&found), sorted(expected), "{found}");
        let told = messages(&imported.skipped).join("\n");
        for words in [
            "`speakers` to or from the missing structure 99",
            "sofa 9: webanno.custom.Lost 6 from 0 to 2",
            "the annotation Odd 9 with the begin 1: ",
        ] {
            assert!(told.contains(words), "{words}: {told}");
        }
        let notes = messages(&imported.notes).join("\n");
        assert!(
            notes.contains("webanno.custom.Twice 4 from 0 to 2, `4-2`"),
            "{notes}"
        );
        assert_eq!(
            notes.contains("`sure` of webanno.custom.Quote"),
            types.is_none()
        );
        let mut links = imported.documents[0].document.set().links();
        assert!(links.any(|link| link.role == "says" && link.note == "hm"));
        let odd = imported.skipped.iter().find(|p| p.message.contains("Odd"));
        assert!(odd.unwrap().line > 5);
    }
}

#[test]
fn every_view_is_a_document_and_lists_are_followed() {
    let body = r#"<cas:Sofa xmi:id="1" sofaID="a" sofaString="No."/>
<cas:Sofa xmi:id="2" sofaID="b" sofaString="Nein, Ann."/>
<custom:Quote xmi:id="3" sofa="1" begin="0" end="2"/>
<custom:Quote xmi:id="4" sofa="2" begin="0" end="4" speakers="5"/>
<cas:NonEmptyFSList xmi:id="5" head="6" tail="5"/><custom:Who xmi:id="6" sofa="2" begin="6" end="9"/>"#;
    let imported = read_with("in.xmi", body, Some(TYPES));
    assert_eq!(imported.problems, []);
    // A list that leads into itself has no first element.
    assert_eq!(
        summary(&imported),
        ["in quote:No", "in-b quote:Nein who:Ann"]
    );
    assert!(messages(&imported.skipped).join("\n").contains("5 (6)"));
    let body = body.replace("tail=\"5\"", "tail=\"9\"");
    let imported = read_with("in.xmi", &body, Some(TYPES));
    assert_eq!(
        summary(&imported),
        ["in quote:No", "in-b quote:Nein who:Ann Nein-speakers->Ann"]
    );
}

#[test]
fn annotators_and_documents_of_projects_are_named() {
    let meta =
        r#"<meta:DocumentMetaData xmi:id="20" sofa="1" begin="0" end="3" documentTitle="a.txt"/>"#;
    let body = format!("{QUOTE}{meta}{SOFA}");
    let read = |name: &str| {
        let imported = read_with(name, &body, Some(TYPES));
        let read = &imported.documents[0];
        let annotator = read.document.meta().annotator.clone();
        (read.id.clone(), annotator.map(String::from))
    };
    assert_eq!(
        read("annotation/a.txt/Bo Ng.xmi"),
        ("a.txt".to_owned(), Some("bo-ng".to_owned()))
    );
    assert_eq!(
        read("annotation/a.txt/INITIAL_CAS.xmi"),
        ("a.txt".to_owned(), None)
    );
    assert_eq!(read("x/maria.xmi"), ("x/maria".to_owned(), None));
    // Another title.
    assert_eq!(
        read("b.txt/maria.xmi"),
        ("b.txt".to_owned(), Some("maria".to_owned()))
    );
}

#[test]
fn a_type_system_in_a_folder_above_is_found() {
    let xml = format!("{HEAD}{QUOTE}{SOFA}</xmi:XMI>");
    let asked = std::cell::RefCell::new(Vec::new());
    let beside = |name: &str| {
        asked.borrow_mut().push(name.to_owned());
        (name == "../TypeSystem.xml").then(|| TYPES.as_bytes().to_vec())
    };
    let read = |name: &str| {
        let input = Input {
            name,
            bytes: xml.as_bytes(),
            beside: &beside,
        };
        summary(&Xmi.read(&input).unwrap())
    };
    assert_eq!(read("a.txt/bo.xmi"), ["a.txt quote(sure=3):No,"]);
    assert_eq!(asked.take(), ["TypeSystem.xml", "../TypeSystem.xml"]);
    // Not above the folder that is imported.
    read("bo.xmi");
    assert_eq!(asked.take(), ["TypeSystem.xml"]);
}

#[test]
fn zip_files_are_read() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("bo.xmi", format!("{HEAD}{QUOTE}{SOFA}</xmi:XMI>")),
        ("TypeSystem.xml", TYPES.to_owned()),
        ("notes.txt", "hello".to_owned()),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let read = |bytes: &[u8]| {
        Xmi.read(&Input {
            name: "in.zip",
            bytes,
            beside: &|_| None,
        })
        .unwrap()
    };
    let imported = read(&bytes);
    assert_eq!(imported.problems, []);
    assert_eq!(summary(&imported), ["bo quote(sure=3):No,"]);
    assert!(
        messages(&imported.skipped)
            .join("\n")
            .contains("not .xmi are not read; unpack it to import them: notes.txt")
    );
    for end in [4, 40, bytes.len() - 5] {
        assert!(!read(&bytes[..end]).problems.is_empty());
    }
}

#[test]
fn other_xml_is_refused_by_its_shape() {
    for (xml, words) in [
        (TYPES, "type system without a text"),
        ("<TEI/>", "--from tei"),
        ("<a>", "not closed"),
        ("{}", "not XML"),
    ] {
        let input = Input {
            name: "in.xmi",
            bytes: xml.as_bytes(),
            beside: &|_| None,
        };
        let imported = Xmi.read(&input).unwrap();
        let message = &imported.problems[0].message;
        assert!(message.contains(words), "{xml}: {message}");
    }
}
