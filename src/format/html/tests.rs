use std::collections::BTreeMap;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;
use crate::format::testing::{attributes_of, document, read_text, written};
use crate::text::{SourceText, TextSize};

/// The text of the page, and by name of the tag the stretches that are marked (code points).
fn marked(page: &str) -> (String, BTreeMap<String, Vec<[usize; 2]>>) {
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = true;
    let (mut text, mut marks) = (String::new(), BTreeMap::<String, Vec<[usize; 2]>>::new());
    let (mut inside, mut open) = (false, None);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return (text, marks),
            Event::Start(e) if e.name().as_ref() == "main" => inside = true,
            Event::End(e) if e.name().as_ref() == "main" => inside = false,
            Event::Start(e) if inside && e.name().as_ref() == "mark" => {
                open = Some((attributes_of(&e)["data-ids"].clone(), text.chars().count()));
            }
            Event::End(e) if inside && e.name().as_ref() == "mark" => {
                let (ids, start) = open.take().unwrap();
                let end = text.chars().count();
                for id in ids.split(' ') {
                    let stretches = marks.entry(id.to_owned()).or_default();
                    match stretches.last_mut() {
                        Some(last) if last[1] == start => last[1] = end,
                        _ => stretches.push([start, end]),
                    }
                }
            }
            event if inside => read_text(&event, &mut text),
            _ => {}
        }
    }
}

fn report(document: Document) -> String {
    let named = NamedDocument {
        id: "a <b>.txt".to_owned(),
        document,
    };
    let (files, _) = written(&Html, vec![named]);
    String::from_utf8(files.0[0].1.clone()).unwrap()
}

proptest! {
    /// The page shows the whole text, marks exactly what is tagged, and nothing in it can act.
    #[test]
    fn a_report_shows_the_text_and_marks_what_is_tagged(document in document()) {
        let page = report(document.clone());
        let (text, marks) = marked(&page);
        prop_assert_eq!(text.replace('\u{fffd}', "\0"), document.source().as_str().replace('\u{fffd}', "\0"));
        let names = names(&document, &crate::format::schema_file::default_schema().unwrap());
        for tag in document.set().annotations() {
            let place = |byte: TextSize| document.source().char_of_byte(byte).unwrap() as usize;
            let mut expected: Vec<[usize; 2]> = Vec::new();
            for range in tag.fragments.iter() {
                let [start, end] = [place(range.start()), place(range.end())];
                match expected.last_mut() {
                    Some(last) if last[1] == start => last[1] = end,
                    _ => expected.push([start, end]),
                }
            }
            prop_assert_eq!(&marks[&names[&tag.id]], &expected);
        }
    }
}

#[test]
fn a_text_cannot_reach_out_of_its_place() {
    let hostile =
        "</main></style><script>x()</script><img src=x onerror=x()>\u{202e}evil\u{202c}&amp;";
    let mut document = Document::new(SourceText::new(hostile, "UTF-8").unwrap());
    document.parts_mut().meta.annotator = Some(hostile.into());
    let page = report(document);
    assert_eq!(marked(&page).0, hostile);
    assert!(
        !page.contains("<script") && !page.contains("<img"),
        "{page}"
    );
    assert!(page.contains(r#"<span class="ctl" data-u="U+202E">"#));
    assert!(page.contains("<title>a &lt;b&gt;.txt</title>"));
}
