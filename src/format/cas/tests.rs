mod xmi;

use proptest::prelude::*;

use super::*;
use crate::format::testing::{comes_back, document};
use crate::model::{Annotation, Document, Fragments, Link, Origin, Target};
use crate::text::{SourceText, TextRange};

proptest! {
    #[test]
    fn documents_come_back_as_they_were(document in document()) {
        comes_back(&CasJson, vec![document])?;
    }
}

#[test]
fn layers_of_other_projects_are_read_and_their_tokens_are_not() {
    let text = r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[
        {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"😀 Ann said"},
        {"%ID":2,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token","@sofa":1,"begin":3,"end":6},
        {"%ID":3,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","@sofa":1,"begin":3,"end":6,"value":"PER"},
        {"%ID":4,"%TYPE":"webanno.custom.Cue","@sofa":1,"begin":7,"end":11},
        {"%ID":5,"%TYPE":"webanno.custom.Says","@sofa":1,"@Governor":4,"@Dependent":3,"begin":3,"end":6}],
        "%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2,3,4,5]}}}"#;
    let input = Input {
        name: "a.json",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = CasJson.read(&input).unwrap();
    assert_eq!(
        (&imported.problems[..], &imported.ignored[..]),
        (&[][..], &[][..])
    );
    let document = &imported.documents[0].document;
    let tags: Vec<_> = document
        .set()
        .annotations()
        .map(|tag| (document.source().slice(tag.fragments.hull()), &*tag.label))
        .collect();
    assert_eq!(tags, [("Ann", "PER"), ("said", "cue")]);
    assert_eq!(document.set().links().next().unwrap().role, "says");
}

#[test]
fn annotators_of_projects_have_their_own_files() {
    let text = r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[
        {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"Ann said"},
        {"%ID":4,"%TYPE":"webanno.custom.Cue","@sofa":1,"begin":0,"end":3}]}"#;
    let input = Input {
        name: "annotation/a.txt/Ann L.json",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = CasJson.read(&input).unwrap();
    let read = &imported.documents[0];
    let annotator = read.document.meta().annotator.as_deref();
    assert_eq!((&*read.id, annotator), ("a.txt", Some("ann-l")));
}

fn read_structures(structures: &str) -> Imported {
    let sofa = r#"{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaString":"Ann said no."}"#;
    let text = format!("{{\"%TYPES\":{{}},\"%FEATURE_STRUCTURES\":[{sofa},{structures}]}}");
    let input = Input {
        name: "in.json",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = CasJson.read(&input).unwrap();
    assert_eq!(imported.problems, []);
    imported
}

#[test]
fn chained_lists_are_followed() {
    let imported = read_structures(
        r#"{"%ID":2,"%TYPE":"c.Q","@sofa":1,"begin":9,"end":11,"@who":3,"@none":4},
        {"%ID":3,"%TYPE":"uima.cas.NonEmptyFSList","@head":5,"@tail":4},
        {"%ID":4,"%TYPE":"uima.cas.EmptyFSList"},
        {"%ID":5,"%TYPE":"c.P","@sofa":1,"begin":0,"end":3,"@words":6,"@numbers":9,"@more":11},
        {"%ID":11,"%TYPE":"uima.cas.IntegerArray","%ELEMENTS":[1,2]},
        {"%ID":6,"%TYPE":"uima.cas.NonEmptyStringList","head":"a","@tail":7},
        {"%ID":7,"%TYPE":"uima.cas.NonEmptyStringList","head":"b","@tail":8},
        {"%ID":8,"%TYPE":"uima.cas.EmptyStringList"},
        {"%ID":9,"%TYPE":"uima.cas.NonEmptyIntegerList","head":2,"@tail":10},
        {"%ID":10,"%TYPE":"uima.cas.EmptyIntegerList"}"#,
    );
    let found = summary(&imported).remove(0);
    for words in [
        " q:no",
        " p(more=1; 2)(numbers=2)(words=a; b):Ann",
        " no-who->Ann",
    ] {
        assert!(found.contains(words), "{words}: {found}");
    }
    assert_eq!(imported.skipped, []);
}

#[test]
fn a_slot_keeps_its_feature_and_a_list_alone_is_told() {
    let imported = read_structures(
        r#"{"%ID":2,"%TYPE":"c.Q","@sofa":1,"begin":9,"end":11,"@said":[4]},
        {"%ID":3,"%TYPE":"c.P","@sofa":1,"begin":0,"end":3},
        {"%ID":4,"%TYPE":"c.Slot","role":"hearer","@target":3},
        {"%ID":6,"%TYPE":"uima.cas.FSArray","%ELEMENTS":[2,3]}"#,
    );
    let set = imported.documents[0].document.set();
    let link = set.links().next().unwrap();
    assert_eq!(&*link.role, "hearer");
    assert_eq!(
        (&*link.attributes[0].name, &*link.attributes[0].value),
        ("feature", "said")
    );
    let told: Vec<&str> = imported.skipped.iter().map(|told| &*told.message).collect();
    assert_eq!(
        told,
        ["lists that nothing leads to are left out: uima.cas.FSArray 6 (2, 3)"]
    );
}

#[test]
fn links_between_words_are_put_on_tags() {
    const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
    let token = |id: u32, begin: u32, end: u32, more: &str| {
        format!(r#"{{"%ID":{id},"%TYPE":"{TOKEN}","@sofa":1,"begin":{begin},"end":{end}{more}}}"#)
    };
    let structures = [
        token(2, 0, 3, r#","@pos":5"#),
        token(3, 4, 8, ""),
        token(4, 9, 11, ""),
        r#"{"%ID":5,"%TYPE":"x.POS","@sofa":1,"begin":0,"end":3}"#.to_owned(),
        r#"{"%ID":6,"%TYPE":"x.Name","@sofa":1,"begin":0,"end":3}"#.to_owned(),
        r#"{"%ID":7,"%TYPE":"x.Cue","@sofa":1,"begin":4,"end":8}"#.to_owned(),
        r#"{"%ID":8,"%TYPE":"x.Dep","@sofa":1,"begin":0,"end":3,"@Governor":3,"@Dependent":2}"#
            .to_owned(),
        r#"{"%ID":9,"%TYPE":"x.Dep","@sofa":1,"begin":9,"end":11,"@Governor":3,"@Dependent":4}"#
            .to_owned(),
        r#"{"%ID":10,"%TYPE":"x.Dep","@sofa":1,"begin":0,"end":1,"@Governor":4,"@Dependent":1}"#
            .to_owned(),
    ];
    let imported = read_structures(&structures.join(","));
    let found = summary(&imported).remove(0);
    for words in [
        ":Ann",
        " cue:said",
        " token:no",
        " said-dep->Ann",
        " said-dep->no",
    ] {
        assert!(found.contains(words), "{words}: {found}");
    }
    let set = imported.documents[0].document.set();
    let to_word = set.links().find(|link| match &link.to {
        Target::Annotation(id) => set.annotation(id).is_some_and(|tag| tag.label == "pos"),
        Target::Person(_) | Target::NotGiven => false,
    });
    assert!(to_word.is_some());
    let told = messages(&imported.skipped).join("\n");
    assert!(told.contains("`dep` to or from uima.cas.Sofa 1"), "{told}");
}

#[test]
fn a_link_to_nowhere_is_no_link_to_the_structure_of_that_number() {
    let mut document = Document::new(SourceText::new("a b c", "UTF-8").unwrap());
    let range = |start: u32, end: u32| TextRange::new(start.into(), end.into());
    let tag = |id: &str, ranges: Vec<TextRange>| {
        Annotation::new(
            id,
            "quote",
            Fragments::new(ranges).unwrap(),
            Origin::Annotator("".into()),
        )
    };
    let set = &mut document.parts_mut().set;
    set.insert_annotation(tag("one", vec![range(0, 1)]));
    set.insert_annotation(tag("split", vec![range(0, 1), range(4, 5)]));
    for to in ["1", "2", "3", "4", "5"] {
        set.insert_link(Link::new(
            format!("l{to}").as_str(),
            "speaker",
            "nobody",
            Target::Annotation(to.into()),
            Origin::Annotator("".into()),
        ));
    }
    comes_back(&CasJson, vec![document]).unwrap();
}

fn read(structures: &str) -> Imported {
    let text = format!("{{\"%TYPES\":{{}},\"%FEATURE_STRUCTURES\":[{structures}]}}");
    let input = Input {
        name: "in.json",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    CasJson.read(&input).unwrap()
}

/// Tags and links of each document in one line, after its name.
fn summary(imported: &Imported) -> Vec<String> {
    let documents = imported.documents.iter().map(|read| {
        let (source, set) = (read.document.source(), read.document.set());
        let words = |id: &crate::model::AnnotationId| {
            source.slice(set.annotation(id).unwrap().fragments.hull())
        };
        let tags = set.annotations().map(|tag| {
            let attributes = tag
                .attributes
                .iter()
                .map(|a| format!("({}={})", a.name, a.value));
            let attributes: String = attributes.collect();
            format!(" {}{attributes}:{}", tag.label, words(&tag.id))
        });
        let links = set.links().map(|link| match &link.to {
            Target::Annotation(to) => {
                format!(" {}-{}->{}", words(&link.from), link.role, words(to))
            }
            _ => panic!("{link:?}"),
        });
        let list: String = tags.chain(links).collect();
        format!("{}{list}", read.id)
    });
    documents.collect()
}

fn messages(problems: &[RecordProblem]) -> Vec<&str> {
    problems.iter().map(|problem| &*problem.message).collect()
}

const SOFA_STRUCTURE: &str =
    r#"{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"No, said Ann."}"#;

#[test]
fn slots_and_references_are_links() {
    let imported = read(&format!(
        r#"{SOFA_STRUCTURE},
        {{"%ID":2,"%TYPE":"webanno.custom.Quote","@sofa":1,"begin":0,"end":3,"kind":"direct",
          "@speakers":6,"@cue":4,"@codes":9,"@gone":77}},
        {{"%ID":3,"%TYPE":"webanno.custom.Speaker","@sofa":1,"begin":9,"end":12,"value":"Ann"}},
        {{"%ID":4,"%TYPE":"webanno.custom.Cue","@sofa":1,"begin":4,"end":8}},
        {{"%ID":5,"%TYPE":"webanno.custom.Cue","@sofa":1,"begin":4,"end":4}},
        {{"%ID":6,"%TYPE":"uima.cas.FSArray","%ELEMENTS":[7,8]}},
        {{"%ID":7,"%TYPE":"webanno.custom.QuoteSpeakersLink","role":"by","@target":3,"sure":"no"}},
        {{"%ID":8,"%TYPE":"webanno.custom.QuoteSpeakersLink","@target":5}},
        {{"%ID":9,"%TYPE":"uima.cas.StringArray","%ELEMENTS":["a","b"]}},
        {{"%ID":10,"%TYPE":"webanno.custom.Says","@sofa":1,"@Governor":2,"begin":0,"end":3}},
        {{"%ID":11,"%TYPE":"webanno.custom.Mood","mood":"glum"}}"#
    ));
    assert_eq!(imported.problems, []);
    let expected = "in-1 quote(codes=a; b)(kind=direct):No, cue:said Ann(layer=Speaker):Ann \
                    No,-by->Ann No,-cue->said";
    let found = summary(&imported).remove(0);
    let sorted = |line: &str| {
        let mut parts: Vec<String> = line
            .replace("; b", ";b")
            .split(' ')
            .map(str::to_owned)
            .collect();
        parts.sort();
        parts
    };
    assert_eq!(sorted(&found), sorted(expected), "{found}");
    let mut links = imported.documents[0].document.set().links();
    let by = links.find(|link| link.role == "by").unwrap();
    let facts = by.attributes.iter().map(|a| (&*a.name, &*a.value));
    assert_eq!(
        facts.collect::<Vec<_>>(),
        [("feature", "speakers"), ("sure", "no")]
    );
    let told = messages(&imported.skipped).join("\n");
    for words in [
        "cover no character are left out: `cue` at 4",
        "`gone` to the missing structure 77",
        "`says` to or from nothing",
        "`speakers` to or from webanno.custom.Cue 5",
        "webanno.custom.Mood (mood “glum”)",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn views_with_text_and_tags_are_read() {
    let uri = r#"{"%ID":7,"%TYPE":"uima.cas.Sofa","sofaID":"pdf","sofaURI":"file:a.pdf"}"#;
    let other = r#"{"%ID":8,"%TYPE":"uima.cas.Sofa","sofaID":"de","sofaString":"Nein."}"#;
    let tag = |id: u32, sofa: u32| {
        format!(r#"{{"%ID":{id},"%TYPE":"custom.Quote","@sofa":{sofa},"begin":0,"end":2}}"#)
    };
    let imported = read(&format!("{uri},{SOFA_STRUCTURE},{}", tag(2, 1)));
    assert_eq!(
        (imported.problems.to_vec(), imported.skipped.to_vec()),
        (vec![], vec![])
    );
    assert_eq!(messages(&imported.ignored), ["view pdf (file:a.pdf)"]);
    assert_eq!(summary(&imported), ["in-1 quote:No"]);
    let both = format!("{other},{SOFA_STRUCTURE},{},{}", tag(2, 1), tag(3, 8));
    assert_eq!(
        summary(&read(&both)),
        ["in-1 quote:Ne", "in-_InitialView quote:No"]
    );
    let imported = read(&format!(
        "{other},{SOFA_STRUCTURE},{},{uri},{}",
        tag(2, 1),
        tag(3, 7)
    ));
    assert_eq!(summary(&imported), ["in-1 quote:No"]);
    let told = messages(&imported.skipped).join("\n");
    assert!(told.contains("1 annotation of pdf"), "{told}");
    assert!(told.contains("`de` (“Nein.”)"), "{told}");
    let imported = read(uri);
    assert!(
        imported.problems[0]
            .message
            .contains("in another file: pdf (file:a.pdf)")
    );
}

#[test]
fn other_files_are_refused_by_their_shape() {
    for (text, words) in [
        ("{\"_views\":{}}", "older JSON of UIMA"),
        ("{\"a\":1}", "no %FEATURE_STRUCTURES"),
        (
            "{\"%FEATURE_STRUCTURES\":{\"1\":2}}",
            "not a list of objects",
        ),
        ("<xmi>", "not JSON from column 1"),
    ] {
        let input = Input {
            name: "in.json",
            bytes: text.as_bytes(),
            beside: &|_| None,
        };
        let imported = CasJson.read(&input).unwrap();
        let message = &imported.problems[0].message;
        assert!(message.contains(words), "{text}: {message}");
    }
}

#[test]
fn layers_of_one_name_in_two_packages_are_kept_apart() {
    let structures = r#"{"%ID":2,"%TYPE":"news.Quote","@sofa":1,"begin":0,"end":1,"value":"direct"},
        {"%ID":3,"%TYPE":"law.Quote","@sofa":1,"begin":2,"end":3,"value":"direct"},
        {"%ID":4,"%TYPE":"law.Cue","@sofa":1,"begin":0,"end":1},
        {"%ID":5,"%TYPE":"news.Cue","@sofa":1,"begin":2,"end":3},
        {"%ID":6,"%TYPE":"law.Says","@sofa":1,"@Governor":2,"@Dependent":3,"begin":0,"end":1},
        {"%ID":7,"%TYPE":"news.Says","@sofa":1,"@Governor":3,"@Dependent":2,"begin":0,"end":1},
        {"%ID":8,"%TYPE":"news.Claim","@sofa":1,"begin":0,"end":1,"value":"open"}"#;
    let imported = read(&format!("{SOFA_STRUCTURE},{structures}"));
    let set = imported.documents[0].document.set();
    let mut found: Vec<String> = set
        .annotations()
        .map(|tag| {
            let layer = tag
                .attributes
                .iter()
                .map(|a| format!(" {}={}", a.name, a.value));
            format!("{}{}", tag.label, layer.collect::<String>())
        })
        .chain(set.links().map(|link| link.role.to_string()))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "direct layer=law.Quote",
            "direct layer=news.Quote",
            "law.cue",
            "law.says",
            "news.cue",
            "news.says",
            "open layer=Claim"
        ]
    );
}

#[test]
fn plain_annotations_are_tags_and_lemmas_are_told() {
    let text = r#"{"%FEATURE_STRUCTURES":[
        {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"Ann said"},
        {"%ID":2,"%TYPE":"uima.tcas.Annotation","@sofa":1,"begin":0,"end":3},
        {"%ID":3,"%TYPE":"uima.tcas.DocumentAnnotation","@sofa":1,"begin":0,"end":8,"language":"en"},
        {"%ID":4,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma","@sofa":1,"begin":4,"end":8,"value":"say"},
        {"%ID":5,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token","@sofa":1,"begin":4,"end":8,"order":"1"},
        {"%ID":6,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData","@sofa":1,"begin":0,"end":8,"documentTitle":"T"}]}"#;
    let input = Input {
        name: "a.json",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = CasJson.read(&input).unwrap();
    assert_eq!(imported.problems, []);
    let document = &imported.documents[0].document;
    let tags = document.set().annotations();
    let tags: Vec<_> = tags
        .map(|tag| (document.source().slice(tag.fragments.hull()), &*tag.label))
        .collect();
    assert_eq!(tags, [("Ann", "annotation")]);
    let skipped: Vec<_> = imported.skipped.iter().map(|p| &*p.message).collect();
    assert!(
        skipped[0].ends_with("is left out: Lemma.value “say”"),
        "{skipped:?}"
    );
    let ignored: Vec<_> = imported.ignored.iter().map(|p| &*p.message).collect();
    let expected = "DocumentAnnotation.language`, `DocumentMetaData.documentTitle`, `Token.order";
    assert_eq!(ignored, [expected]);
}
