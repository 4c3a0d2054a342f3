use proptest::prelude::*;

use super::super::Tei;
use crate::format::testing::{
    again, content, document, document_in_xml, example, read_back, with_links_only, written,
};
use crate::format::{Format, Imported, Input, NamedDocument, RecordProblem};
use crate::model::{Origin, Target};

fn read(text: &str) -> Imported {
    let input = Input {
        name: "in.xml",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    Tei.read(&input).unwrap()
}

fn told(list: &[RecordProblem]) -> String {
    let messages: Vec<&str> = list.iter().map(|problem| &*problem.message).collect();
    messages.join("\n")
}

#[test]
fn our_example_comes_back() {
    let (files, _) = written(&Tei, example());
    let imported = read_back(&Tei, &files);
    assert_eq!(told(&imported.problems) + &told(&imported.skipped), "");
    let (new, old) = (&imported.documents[0], &example()[0]);
    assert_eq!(new.id, old.id);
    assert_eq!(new.document.source(), old.document.source());
    assert_eq!(new.document.meta().annotator, old.document.meta().annotator);
    let sets = (new.document.set(), old.document.set());
    assert!(sets.0.annotations().eq(sets.1.annotations()));
    assert!(sets.0.people().eq(sets.1.people()));
    let links = |set: &crate::model::AnnotationSet| {
        let mut links: Vec<String> = set
            .links()
            .map(|link| {
                format!(
                    "{} {} {:?} {}",
                    link.from, link.role, link.to, link.confirmed
                )
            })
            .collect();
        links.sort();
        links
    };
    assert_eq!(links(sets.0), links(sets.1));
    // What is not promised but here all the same: the file is the same again.
    assert_eq!(written(&Tei, again(imported)).0.0, files.0);
}

const DOCUMENT: &str = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>News</title></titleStmt></fileDesc><profileDesc><particDesc><listPerson>
<person xml:id="ann"><persName>Ann  Li</persName><birth>1970</birth></person></listPerson></particDesc>
</profileDesc></teiHeader>
<text><body><head>The  <hi>day</hi></head>
  <p><said xml:id="q1" who="#ann #s" next="#q2">No</said>, <persName xml:id="s" ref="#ann">Ann</persName>
  said, <said xml:id="q2" who="#bo">we
  won&#8217;t</said>.<lb/>So <anchor xml:id="a"/>be it<anchor xml:id="b"/>. <foo ana="x">Hm.</foo>
  <choice><sic>teh</sic><corr>the</corr></choice> <q/></p></body></text>
<standOff><spanGrp type="claim"><span from="#a" to="#b" xml:id="c" ana="#f #g">sure?</span>
<span from="#a" to="#zz"/></spanGrp><fs xml:id="f"><f name="mood"><symbol value="glum"/></f></fs>
<fs xml:id="h"><f name="x"><string>y</string></f></fs>
<linkGrp type="by"><link target="#c #s"/><link target="#c #zz"/></linkGrp>
<listAnnotation><annotation target="#a">odd</annotation></listAnnotation></standOff></TEI>"##;

#[test]
fn elements_in_the_text_and_spans_beside_it_are_tags() {
    let imported = read(DOCUMENT);
    assert_eq!(imported.problems, []);
    let read = &imported.documents[0];
    let (source, set) = (read.document.source(), read.document.set());
    assert_eq!(
        (&*read.id, source.as_str()),
        ("in", "The day\nNo, Ann said, we won’t.\nSo be it. Hm. teh")
    );
    let mut tags: Vec<String> = set
        .annotations()
        .map(|tag| {
            let words: Vec<&str> = tag
                .fragments
                .iter()
                .map(|range| source.slice(range))
                .collect();
            let attributes = tag
                .attributes
                .iter()
                .map(|a| format!(" {}={}", a.name, a.value));
            let attributes: String = attributes.collect();
            let person = tag
                .person
                .as_ref()
                .map_or(String::new(), |p| format!(" @{p}"));
            format!(
                "{} {}{attributes}{person} {}",
                tag.label,
                words.join("…"),
                tag.note
            )
        })
        .collect();
    tags.sort();
    assert_eq!(
        tags,
        [
            "claim be it ana=#g mood=glum sure?",
            "persName Ann @ann ",
            "quote No…we won’t element=said who=#bo ",
        ]
    );
    let mut links: Vec<String> = set
        .links()
        .map(|link| match &link.to {
            Target::Annotation(id) => {
                format!("{} {}", link.role, set.annotation(id).unwrap().label)
            }
            Target::Person(id) => format!("{} @{id}", link.role),
            Target::NotGiven => link.role.to_string(),
        })
        .collect();
    links.sort();
    assert_eq!(links, ["by persName", "speaker @ann", "speaker persName"]);
    assert_eq!(set.people().next().unwrap().name, "Ann Li");
    let told = told(&imported.skipped);
    for words in [
        "<birth> “1970” of `ann`",
        "<foo ana=\"x\"> (“Hm.”)",
        "<corr> “the”",
        "elements that cover no character are left out: <q>",
        "spans whose places are not in the text are left out: “",
        "features that no span leads to are left out: <fs> (x “y”)",
        "lead to no person and no tag are left out: `by` to `#zz`",
        "<annotation target=\"#a\"> “odd”",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn every_text_of_a_corpus_is_a_document() {
    let text = "<TEI><text><p>A <name>B</name></p></text></TEI>";
    let imported = read(&format!("<teiCorpus>{text}{text}</teiCorpus>"));
    let ids: Vec<&str> = imported.documents.iter().map(|read| &*read.id).collect();
    assert_eq!(ids, ["in-1", "in-2"]);
}

#[test]
fn other_files_are_refused_by_their_shape() {
    for (text, words) in [
        ("<xmi:XMI/>", "--from xmi"),
        ("<html/>", "not TEI, but <html>"),
        ("<TEI/>", "no <text>"),
        ("<teiCorpus/>", "no <TEI>"),
        ("<TEI><text>&mdash;</text></TEI>", "`&mdash;`"),
        ("", "not XML"),
    ] {
        let message = read(text).problems[0].message.clone();
        assert!(message.contains(words), "{text}: {message}");
    }
}

proptest! {
    /// Text, tags, people and who did it come back, and links between tags with their roles.
    #[test]
    fn documents_come_back(document in document_in_xml()) {
        let id = "a.txt".to_owned();
        let named = NamedDocument { id, document: document.clone() };
        let (files, _) = written(&Tei, vec![named]);
        let imported = read_back(&Tei, &files);
        prop_assert_eq!(told(&imported.problems) + &told(&imported.skipped), "");
        let read = &imported.documents[0].document;
        prop_assert_eq!(read.source(), document.source());
        let (mut new, mut old) = (content(read), content(&with_links_only(&document)));
        let places = |set: &mut Vec<(smol_str::SmolStr, crate::model::Fragments)>| {
            set.sort_by_key(|tag| format!("{tag:?}"));
        };
        places(&mut new.0);
        places(&mut old.0);
        prop_assert_eq!(new.0, old.0);
        for tag in document.set().annotations() {
            let same = read.set().annotation(&tag.id).unwrap();
            prop_assert_eq!(&same.note, &tag.note);
            if tag.origin != Origin::Annotator("".into()) {
                prop_assert_eq!(&same.origin, &tag.origin);
            }
            prop_assert_eq!(same.review, tag.review);
        }
        prop_assert_eq!(read.set().people().count(), document.set().people().count());
    }

    #[test]
    fn damage_is_no_panic(document in document(), cut in any::<prop::sample::Index>()) {
        let (files, _) = written(&Tei, vec![NamedDocument { id: "a.txt".to_owned(), document }]);
        let file = String::from_utf8(files.0[0].1.clone()).unwrap();
        let mut damaged: Vec<char> = file.chars().collect();
        let at = cut.index(file.trim_end().chars().count());
        damaged[at] = 'x';
        let _ = read(&damaged.iter().collect::<String>());
        damaged.truncate(at);
        prop_assert!(!read(&damaged.iter().collect::<String>()).problems.is_empty());
    }
}

/// Corpora may be in corpora; a header is named, deleted words are told, and ends of links may be on
/// lines of their own.
#[test]
fn corpora_headers_and_deletions() {
    let text = "<TEI><teiHeader><title>News</title></teiHeader><text><p>No <del>not</del> \
                <name xml:id=\"a\">Ann</name> <name xml:id=\"b\">Bo</name></p></text>\
                <standOff><linkGrp type=\"by\"><link target=\"#a\n  #b\"/></linkGrp></standOff></TEI>";
    let corpus = format!("<teiCorpus><teiCorpus>{text}</teiCorpus></teiCorpus>");
    let imported = read(&corpus);
    assert_eq!(imported.problems, []);
    let document = &imported.documents[0].document;
    assert_eq!(document.source().as_str(), "No Ann Bo");
    assert_eq!(document.set().link_count(), 1);
    let skipped: Vec<&str> = imported.skipped.iter().map(|p| &*p.message).collect();
    assert_eq!(
        skipped,
        ["deleted words (<del>) are left out of the text: “not”"]
    );
    let ignored: Vec<&str> = imported.ignored.iter().map(|p| &*p.message).collect();
    assert_eq!(ignored[0], "<teiHeader>: title “News”");
}

/// The text of a document, what is tagged, and where links lead.
fn found(body: &str) -> (Imported, String, Vec<String>) {
    let imported = read(&format!(
        "<TEI><teiHeader><person xml:id=\"eve\"><persName>Eve</persName></person></teiHeader>\
         <text><body>{body}</body></text></TEI>"
    ));
    assert_eq!(imported.problems, []);
    let document = &imported.documents[0].document;
    let (source, set) = (document.source(), document.set());
    let words = |id: &crate::model::AnnotationId| {
        let tag = set.annotation(id).unwrap();
        let parts = tag.fragments.iter().map(|range| source.slice(range));
        format!("{} {}", tag.label, parts.collect::<Vec<_>>().join("…"))
    };
    let tags = set.annotations().map(|tag| words(&tag.id));
    let links = set.links().map(|link| match &link.to {
        Target::Annotation(id) => format!("{} -{}-> {}", words(&link.from), link.role, words(id)),
        other => format!("{} -{}-> {other:?}", words(&link.from), link.role),
    });
    let all = tags.chain(links).collect();
    let text = source.as_str().to_owned();
    (imported, text, all)
}

#[test]
fn words_about_the_text_are_not_of_it() {
    let (imported, text, tags) = found(
        "<p>Dan<note place=\"foot\">See <name>Ian</name>.</note> ran <anchor xml:id=\"a\"/>to \
         sea<anchor xml:id=\"b\"/>.</p><span from=\"#a\" to=\"#b\" type=\"goal\">where</span>\
         <spanGrp type=\"x\"><span target=\"#zz\"/></spanGrp>\
         <interpGrp><interp>irony</interp></interpGrp><incident><desc>door</desc></incident>",
    );
    assert_eq!(
        (text.as_str(), tags),
        ("Dan ran to sea.", vec!["goal to sea".to_owned()])
    );
    let told = told(&imported.skipped);
    for words in [
        "<note place=\"foot\"> “See Ian.”, <name> “Ian”",
        "<incident> “door”",
        "“irony”",
        "#zz",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn speeches_say_who_speaks() {
    let (_, text, tags) = found(
        "<sp who=\"#eve\"><speaker>EVE</speaker><p>Go.</p></sp><u who=\"#eve\">no</u><u>so</u>",
    );
    assert_eq!(text, "EVE\nGo.\nno\nso");
    let person = "-speaker-> Person(PersonId(\"eve\"))";
    assert_eq!(
        tags,
        [
            "sp EVE\nGo.".to_owned(),
            "u no".to_owned(),
            format!("sp EVE\nGo. {person}"),
            format!("u no {person}"),
        ]
    );
}

#[test]
fn elements_that_are_the_same_are_linked_and_parts_have_one_speaker() {
    let (_, _, tags) = found(
        "<p><said xml:id=\"a\" who=\"#eve\" next=\"#b\">No</said>, <rs xml:id=\"r\">she</rs> said, \
         <said xml:id=\"b\" who=\"#eve\">go</said>. <name sameAs=\"#r\" corresp=\"#zz\">Eve</name></p>",
    );
    let person = "Person(PersonId(\"eve\"))";
    assert_eq!(
        tags,
        [
            "quote No…go".to_owned(),
            "rs she".to_owned(),
            "name Eve".to_owned(),
            format!("quote No…go -speaker-> {person}"),
            "name Eve -sameAs-> rs she".to_owned(),
        ]
    );
}

#[test]
fn what_has_no_counterpart_is_told_in_one_line_with_its_values() {
    let (imported, _, _) = found(
        "<div type=\"news\"><p rend=\"a\">One <hi>x</hi></p><p rend=\"b\">two <ptr target=\"#zz\"/></p>\
         <relation name=\"boss\" active=\"#eve\" passive=\"#zz\"/></div>",
    );
    assert_eq!(
        told(&imported.ignored),
        "<div type=\"news\">`, `<hi>`, `<p rend=\"a\"> and 1 more`, `<ptr target=\"#zz\">`, `<ptr>"
    );
    assert_eq!(
        told(&imported.skipped),
        "relations with no tag at an end are left out: `boss` (#eve #zz)"
    );
}

#[test]
fn tags_keep_the_ids_of_their_elements() {
    let imported = read(
        "<TEI><text><p><name xml:id=\"e2\">Ann</name> <name>Bo</name> <name xml:id=\"e2\">Cy</name> \
         <anchor xml:id=\"a\"/>ran<anchor xml:id=\"b\"/></p></text><standOff><spanGrp>\
         <span from=\"#a\" to=\"#b\"/><span from=\"#a\" to=\"#b\" xml:id=\"s4\"/></spanGrp></standOff></TEI>",
    );
    let document = &imported.documents[0].document;
    let ids: Vec<&str> = document
        .set()
        .annotations()
        .map(|tag| tag.id.as_str())
        .collect();
    assert_eq!(ids, ["e2", "e2+", "e2++", "s4", "s4+"]);
}

#[test]
fn offsets_within_an_element_are_places() {
    let (imported, _, tags) = found(
        "<head>T</head><p xml:id=\"p\">\n   Ann  said: \u{201c}We go.\u{201d} Bo left.</p><spanGrp type=\"x\">\
         <span target=\"#string-range(p,4,3)\"/>\
         <span target=\"#string-range(//p[@xml:id='p'], 15, 8)\"/>\
         <span from=\"#string-index(p,24)\" to=\"#string-index(p,26)\"/>\
         <span from=\"#string-range(p,90,3)\"/></spanGrp>",
    );
    assert_eq!(tags, ["x Ann", "x \u{201c}We go.\u{201d}", "x Bo"]);
    assert!(told(&imported.skipped).contains("#string-range(p,90,3)"));
}

#[test]
fn a_span_may_have_several_targets() {
    let (imported, _, tags) = found(
        "<p><w xml:id=\"w1\">Ann</w> <w xml:id=\"w2\">Lee</w> <w xml:id=\"w3\">spoke</w>.</p>\
         <spanGrp type=\"x\"><span target=\"#w1 #w3\"/><span target=\"#w2 #w1\"/>\
         <span target=\"#w1 #w9\"/></spanGrp>",
    );
    assert_eq!(tags, ["x Ann Lee", "x Ann…spoke"]);
    assert!(told(&imported.skipped).contains("#w1 #w9"));
}

#[test]
fn the_link_that_is_not_confirmed_is_told_from_others_of_its_role() {
    for (first, second) in [(true, false), (false, true)] {
        let row = format!(
            r#"{{"id":"a.txt","text":"No, said Ann.","spans":[{{"id":"q","label":"quote","start":0,"end":2}},{{"id":"s","label":"speaker","start":9,"end":12}}],"links":[{{"id":"l1","from":"q","to_kind":"not_given","role":"speaker","confirmed":{first}}},{{"id":"l2","from":"q","to":"s","role":"speaker","confirmed":{second}}}]}}"#
        );
        let input = Input {
            name: "in.jsonl",
            bytes: row.as_bytes(),
            beside: &|_| None,
        };
        let lines = crate::format::by_name("jsonl").unwrap();
        let imported = lines.read(&input).unwrap();
        let (files, _) = written(&Tei, again(imported.clone()));
        let back = read_back(&Tei, &files);
        let set = |imported: &Imported| imported.documents[0].document.set().clone();
        assert!(set(&back).links().eq(set(&imported).links()));
    }
}
