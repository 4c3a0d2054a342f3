use std::collections::BTreeMap;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;
use crate::format::testing::{attributes_of, document, read_text, written};
use crate::model::ImportedFrom;
use crate::text::{SourceText, TextSize};

/// The text of the page, and by name of the tag the stretches that are marked (code points).
fn marked(page: &str) -> (String, BTreeMap<String, Vec<[usize; 2]>>) {
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = true;
    let (mut text, mut marks) = (String::new(), BTreeMap::<String, Vec<[usize; 2]>>::new());
    let (mut inside, mut line, mut open) = (false, false, None);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return (text, marks),
            Event::Start(e) if attributes_of(&e).contains_key("data-doc-text") => inside = true,
            // The lines are within it.
            Event::Start(e) if inside && e.name().as_ref() == "div" => line = true,
            Event::End(e) if inside && e.name().as_ref() == "div" => {
                inside = line;
                line = false;
            }
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
        prop_assert_eq!(&text, &document.source().as_str().replace(is_control, "\u{fffd}"));
        prop_assert!(!page.contains(is_control));
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
    assert!(page.contains("a &lt;b&gt;.txt"));
    assert!(page.contains("<title>&lt;/main&gt;"), "{page}");
}

fn example_with(change: impl Fn(&mut Document)) -> NamedDocument {
    let mut named = crate::format::testing::example().remove(0);
    change(&mut named.document);
    named
}

#[test]
fn quotes_are_listed_under_who_said_them() {
    let (files, _) = written(&Html, vec![example_with(|_| {})]);
    let page = String::from_utf8(files.0[0].1.clone()).unwrap();
    let person = "<h2><bdi>Ann Li</bdi><small>, mayor</small> (2)</h2>";
    assert!(page.contains(person), "{page}");
    let nobody = "<h2><bdi>No speaker given</bdi> (1)</h2>";
    assert!(page.find(nobody) > page.find(person), "{page}");
    assert!(
        page.contains("<b class=\"who\"><bdi>Ann Li</bdi></b>"),
        "{page}"
    );
    // A first line that is short enough is the title.
    assert!(page.contains("<title>“We will win,” said Ann Li, 😀 “because</title>"));
    assert!(
        page.contains("<div dir=\"auto\"><span id=\"at-Q2\">"),
        "{page}"
    );
}

#[test]
fn rejected_tags_look_rejected_and_parts_that_touch_stay_two() {
    let rejected = example_with(|document| {
        let set = &mut document.parts_mut().set;
        let mut quote = set.annotation(&"q2".into()).unwrap().clone();
        set.remove_annotation(&quote.id);
        quote.review = crate::model::Review::Rejected;
        set.insert_annotation(quote);
        let mut claim = set.annotation(&"c1".into()).unwrap().clone();
        set.remove_annotation(&claim.id);
        let parts = [(3, 5), (5, 8)]
            .map(|(a, b): (u32, u32)| crate::text::TextRange::new(a.into(), b.into()));
        claim.fragments = crate::model::Fragments::new(parts.to_vec()).unwrap();
        claim.origin = crate::model::Origin::Import("brat".into());
        set.insert_annotation(claim);
    });
    let (files, _) = written(&Html, vec![rejected]);
    let page = String::from_utf8(files.0[0].1.clone()).unwrap();
    assert!(page.contains("class=\"rejected\" data-n=\"✗Q2\""), "{page}");
    assert!(page.contains("data-n=\"…C1\""), "{page}");
    assert!(page.contains("data-fragments=\"1-3 3-6\""), "{page}");
    assert_eq!(page.matches("imported from").count(), 1, "{page}");
}

#[test]
fn several_reports_have_a_page_that_leads_to_them() {
    let other = NamedDocument {
        id: "sub/javascript:x.txt".to_owned(),
        ..example_with(|_| {})
    };
    let (files, _) = written(&Html, vec![example_with(|_| {}), other]);
    let names: Vec<&str> = files.0.iter().map(|(name, _)| &**name).collect();
    assert_eq!(
        names,
        ["maria/a.html", "maria/sub/javascript_x.html", "index.html"]
    );
    let index = String::from_utf8(files.0[2].1.clone()).unwrap();
    assert!(
        index.contains("href=\"./maria/sub/javascript_x.html\""),
        "{index}"
    );
    assert!(
        index.contains("<td>Ann Li</td><td>4</td><td>2</td>"),
        "{index}"
    );
    assert_eq!(written(&Html, vec![example_with(|_| {})]).0.0.len(), 1);
}

#[test]
fn what_two_people_say_is_under_both_and_other_links_are_no_speech() {
    let shared = || {
        example_with(|document| {
            let set = &mut document.parts_mut().set;
            let by = || crate::model::Origin::Annotator("".into());
            set.insert_person(crate::model::Person::new("p9", "Bo Xu"));
            let to = |id: &str| crate::model::Target::Person(id.into());
            set.insert_link(crate::model::Link::new(
                "x1",
                "speaker",
                "q1",
                to("p9"),
                by(),
            ));
            set.insert_person(crate::model::Person::new("p8", "Cy"));
            set.insert_link(crate::model::Link::new("x2", "about", "q1", to("p8"), by()));
        })
    };
    let (files, _) = written(&Html, vec![shared(), shared()]);
    let page = String::from_utf8(files.0[0].1.clone()).unwrap();
    assert!(
        page.contains("<bdi>Ann Li</bdi><small>, mayor</small> (2)"),
        "{page}"
    );
    assert!(page.contains("<h2><bdi>Bo Xu</bdi> (1)</h2>"), "{page}");
    assert_eq!(page.matches("data-tag=\"q1\"").count(), 1, "{page}");
    assert_eq!(page.matches("<li id=\"Q1\"").count(), 1, "{page}");
    assert_eq!(page.matches("href=\"#at-Q1\"").count(), 2, "{page}");
    let index = String::from_utf8(files.0.last().unwrap().1.clone()).unwrap();
    assert!(index.contains("<td>Bo Xu</td><td>2</td>"), "{index}");
    assert!(!index.contains("<td>Cy</td>"), "{index}");
}

#[test]
fn a_quote_within_a_quote_has_edges() {
    let mut document = Document::new(SourceText::new("He said she said no.", "UTF-8").unwrap());
    for (id, start, end) in [("q1", 3, 20), ("q2", 8, 16)] {
        let range = crate::text::TextRange::new(start.into(), end.into());
        let by = crate::model::Origin::Annotator("".into());
        let tag = Annotation::new(id, "quote", range.try_into().unwrap(), by);
        document.parts_mut().set.insert_annotation(tag);
    }
    let page = report(document);
    assert!(
        page.contains("data-ids=\"Q1 Q2\" class=\"g0 edge-start edge-end\""),
        "{page}"
    );
    assert_eq!(page.matches("class=\"g0\"").count(), 3, "{page}");
}

#[test]
fn all_that_is_known_about_an_article_is_shown() {
    let mut facts = ArticleFacts {
        section: "News; page 3".to_owned(),
        address: "https://post.example/a".to_owned(),
        labels: ["topic: ferries".to_owned()].into(),
        imported_from: Some(ImportedFrom {
            file: "ferries.html".to_owned(),
            ..ImportedFrom::default()
        }),
        ..ArticleFacts::default()
    };
    assert_eq!(
        other_facts(&facts),
        [
            "News; page 3",
            "https://post.example/a",
            "topic: ferries",
            "imported from ferries.html"
        ]
    );
    facts.fields = [("load_date".to_owned(), "2020".to_owned())].into();
    assert!(other_facts(&facts).contains(&"load date: 2020".to_owned()));
}
