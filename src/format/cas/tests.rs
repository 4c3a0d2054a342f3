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
