use super::*;

const ANN: &str = "Ann Lee and Bo Lee left early.\n";

pub(super) fn told(imported: &Imported) -> Vec<String> {
    assert_eq!(imported.problems, []);
    let skipped = imported.skipped.iter();
    skipped
        .map(|p| format!("{} {}", p.line, p.message))
        .collect()
}

#[test]
fn notes_and_attributes_stay_with_what_they_are_about() {
    let tags = "T1\tPerson 0 7\tAnn Lee\nT2\tPerson 12 18\tBo Lee\nT3\tLeave 19 23\tleft\n\
                R1\tFamily Arg1:T1 Arg2:T2\t\n#1\tAnnotatorNotes R1\tmarried?\nA1\tSure R1 low\n\
                #2\tAnnotatorNotes A1\tto be checked\nE1\tLeave:T3 Who:T1\nA2\tPast E1\n\
                #3\tAnnotatorNotes E1\tboth\n#4\tUnconfirmed T2\t\n#5\tAnnotatorNotes #3\tyes\n\
                #6\tAnnotatorNotes R9\tno such link\nA3\tSure T9 high\nR3\tin Arg1:T1 Arg2:T9\n\
                #7\tAnnotatorNotes R3\tlost with it\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    assert_eq!(
        told(&imported),
        [
            "13 left out, what it is about is not there: #6 about R9: no such link; \
             line 14: A3 about T9: Sure high",
            "15 left out, one of its ends is missing: in T1 T9, lost with it",
        ]
    );
    let set = imported.documents[0].document.set();
    let link = set.link(&"R1".into()).unwrap();
    assert_eq!(link.note, "married?\nSure low: to be checked");
    assert_eq!(&*link.attributes[0].value, "low");
    let note = |id: &str| &*set.annotation(&id.into()).unwrap().note;
    assert_eq!(note("T3"), "both\nyes");
    assert_eq!(note("T2"), "Unconfirmed");
    let past = set.annotation(&"T3".into()).unwrap().attribute("Past");
    assert_eq!(past.map(|value| &**value), Some("true"));
}

#[test]
fn what_is_said_about_links_comes_back() {
    let tags = "T1\tPerson 0 7\tAnn Lee\nT2\tPerson 12 18\tBo Lee\nR1\tFamily Arg1:T1 Arg2:T2\n\
                #1\tAnnotatorNotes R1\tmarried?\nA1\tSure R1 low\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    let (files, losses) = written(&Brat, again(imported.clone()));
    assert_eq!(losses, []);
    let tags = text_of(&files, ".ann");
    assert!(tags.contains("AnnotatorNotes R1\tmarried?"), "{tags}");
    // brat reports attributes of links as errors.
    assert!(!tags.contains("Sure R1"), "{tags}");
    let back = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    assert_eq!(
        back.documents[0].document.set(),
        imported.documents[0].document.set()
    );
}

#[test]
fn every_reference_is_kept() {
    let text = "The mayor of Springfield said no.";
    let tags = "T1\tPlace 13 24\tSpringfield\nN1\tReference T1 Wikidata:Q1\tIllinois\n\
                N2\tReference T1 Wikidata:Q2\tOhio\nN3\tReference T1 Wikidata:Q3\tUtah\n\
                #1\tAnnotatorNotes N2\tor this\nN4\tReference T7 Wikidata:Q4\tMaine\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", text)]);
    assert_eq!(
        told(&imported),
        ["6 left out, what it is about is not there: N4 about T7: Wikidata:Q4 Maine"]
    );
    let set = imported.documents[0].document.set();
    let tag = set.annotations().next().unwrap();
    assert_eq!(tag.person.as_ref().unwrap().as_str(), "Wikidata:Q1");
    let others = tag.attribute("Reference").map(|value| &**value);
    assert_eq!(others, Some("Wikidata:Q2 Ohio; Wikidata:Q3 Utah"));
    assert_eq!(tag.note, "Wikidata:Q2 Ohio: or this");
    let people: Vec<_> = set.people().map(|person| &*person.name).collect();
    assert_eq!(people, ["Illinois"]);
}

#[test]
fn references_of_the_shared_tasks_are_read() {
    let files = [
        (
            "a.a1",
            "T2\tBacteria 0 6\tVibrio\nT3\tHabitat 16 26\tsalt water\n",
        ),
        (
            "a.a2",
            "N1\tNCBI_Taxonomy Annotation:T2 Referent:662\n\
             N2\tOntoBiotope Referent:OBT:000417 Annotation:T3\n\
             N3\tOntoBiotope Annotation:T8 Referent:OBT:1\n",
        ),
        ("a.txt", "Vibrio lives in salt water."),
    ];
    let imported = read("a.a1", &files);
    assert_eq!(
        told(&imported),
        ["1 left out, what it is about is not there: a.a2:3: N3 about T8: OntoBiotope:OBT:1"]
    );
    let people = imported.documents[0].document.set().people();
    let people: Vec<_> = people
        .map(|p| format!("{} {}", p.external_id, p.name))
        .collect();
    assert_eq!(
        people,
        [
            "NCBI_Taxonomy:662 Vibrio",
            "OntoBiotope:OBT:000417 salt water"
        ]
    );
}

#[test]
fn events_on_one_trigger_stay_apart() {
    let tags = "T1\tPerson 0 7\tAnn Lee\nT2\tPerson 12 18\tBo Lee\nT3\tLeave 19 23\tleft\n\
                E1\tLeave:T3 Who:T1\nE2\tLeave:T3 Who:T2 With:T9\nA1\tNegated E2\nA2\tSure E1\n\
                E3\tLeave:T8 Who:T1\nR1\tAfter Arg1:E1 Arg2:E2\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    assert_eq!(
        told(&imported),
        [
            "5 left out, this part of the event is missing: E2 With:T9",
            "8 left out, the trigger of the event is missing: E3 Leave:T8 Who:T1",
        ]
    );
    let set = imported.documents[0].document.set();
    let links: Vec<_> = set
        .links()
        .map(|link| format!("{} {:?}", link.from, link.to))
        .collect();
    let has = |from: &str, to: &str| {
        let to = crate::model::Target::Annotation(to.into());
        links.contains(&format!("{from} {to:?}"))
    };
    assert_eq!(links.len(), 3);
    assert!(
        has("T3", "T1") && has("E2", "T2") && has("T3", "E2"),
        "{links:?}"
    );
    let names = |id: &str| {
        let tag = set.annotation(&id.into()).unwrap();
        tag.attributes
            .iter()
            .map(|a| a.name.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (names("T3"), names("E2")),
        (vec!["Sure".into()], vec!["Negated".into()])
    );
}

/// What is said of an event that is a part of another one stays with its own trigger.
#[test]
fn an_event_in_an_event_keeps_what_is_said_of_it() {
    let text = "Eve claims Dan denies it.";
    let tags = "T1\tPerson 0 3\tEve\nT2\tClaim 4 10\tclaims\nT3\tPerson 11 14\tDan\n\
                T4\tDeny 15 21\tdenies\nE1\tClaim:T2 By:T1 Content:E2\n\
                E2\tDeny:T4 By:T3 Content:T9\nA1\tSure E1\nA2\tLoud E2\n\
                #1\tAnnotatorNotes E1\tof Eve\n#2\tAnnotatorNotes E2\tof Dan\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", text)]);
    assert_eq!(
        told(&imported),
        ["6 left out, this part of the event is missing: E2 Content:T9"]
    );
    let document = &imported.documents[0].document;
    let links = shown(document).split_off(4);
    assert_eq!(
        links,
        [
            "claims -By-> Eve",
            "claims -Content-> denies",
            "denies -By-> Dan"
        ]
    );
    for (id, attribute, note) in [("T2", "Sure", "of Eve"), ("T4", "Loud", "of Dan")] {
        let tag = document.set().annotation(&id.into()).unwrap();
        assert_eq!(tag.note, note);
        let names: Vec<_> = tag.attributes.iter().map(|a| a.name.as_str()).collect();
        assert_eq!(names, [attribute]);
    }
}

#[test]
fn names_that_are_there_twice_are_told() {
    let tags = "T1\tPerson 0 7\tAnn Lee\nT1\tPerson 12 18\tBo Lee\nT3\tLeave 19 23\tleft\n\
                R1\tin Arg1:T1 Arg2:T3\nR1\tof Arg1:T3 Arg2:T1\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    assert_eq!(told(&imported), Vec::<String>::new());
    let notes: Vec<&str> = imported.notes.iter().map(|p| &*p.message).collect();
    assert!(
        notes.len() == 2 && notes[0].contains("T1\tPerson 12 18") && notes[1].contains("`R1+`"),
        "{notes:?}"
    );
    let document = &imported.documents[0].document;
    assert_eq!(
        shown(document).split_off(3),
        ["Ann Lee -in-> left", "left -of-> Ann Lee"]
    );
}

#[test]
fn line_ends_marks_and_ends_are_judged_by_the_words() {
    let unix = "One line.\nTwo lines.\n“Stop,” said Ann.\n";
    let dos = unix.replace('\n', "\r\n");
    let marked = format!("\u{feff}{unix}");
    for (text, places) in [
        (unix, [[21, 28], [34, 37]]),
        (&*dos, [[21, 28], [34, 37]]),
        (&*dos, [[23, 30], [36, 39]]),
        (unix, [[23, 30], [36, 39]]),
        (&*marked, [[22, 29], [35, 38]]),
        (&*marked, [[21, 28], [34, 37]]),
        (&*dos, [[21, 32], [38, 41]]),
    ] {
        let [[a, b], [c, d]] = places;
        let tags = format!("T1\tQuote {a} {b}\t“Stop,”\nT2\tSpeaker {c} {d}\tAnn\n");
        let imported = read("a.ann", &[("a.ann", &tags), ("a.txt", text)]);
        assert_eq!(told(&imported), Vec::<String>::new(), "{places:?}");
        let document = &imported.documents[0].document;
        assert_eq!(shown(document), ["Quote “Stop,”", "Speaker Ann"]);
    }
    let inclusive = "T1\tName 0 6\tAnn Lee\nT2\tName 12 17\tBo Lee\nT3\tVerb 19 22\tleft\n";
    let imported = read("a.ann", &[("a.ann", inclusive), ("a.txt", ANN)]);
    assert_eq!(
        shown(&imported.documents[0].document),
        ["Name Ann Lee", "Name Bo Lee", "Verb left"]
    );
    assert!(told(&imported)[0].contains("the ends in this file are one too small"));
}

#[test]
fn an_odd_tag_is_looked_for_by_its_words() {
    let tags = "T1\tName 0 7\tAnn Lee\nT2\tName 14 20\tBo Lee\nT3\tVerb 19 23\tleft\n\
                T4\tName 6 9\tLee\nT5\tName 1 4;14 16\tAnn Bo\n\
                T6\tName 27 32\tearly\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    let notes: Vec<&str> = imported.notes.iter().map(|p| &*p.message).collect();
    assert_snapshot!(notes.join("\n"), @"the words of the tag are elsewhere, and were found: T2	Name 14 20	Bo Lee (the text has “ Lee l” there), moved to 12; line 5: T5	Name 1 4;14 16	Ann Bo (the text has “nn   L” there), moved to 0; line 6: T6	Name 27 32	early, moved to 24");
    assert_snapshot!(told(&imported).join("\n"), @"
    4 left out, the text there is different: T4	Name 6 9	Lee (the text has “e a” there)
    ");
    let document = &imported.documents[0].document;
    assert_eq!(
        shown(document),
        [
            "Name Ann Lee",
            "Name Ann…Bo",
            "Name Bo Lee",
            "Verb left",
            "Name early"
        ]
    );
}

#[test]
fn a_file_of_which_no_tag_is_left_is_a_failure() {
    let tags = "T1\tName 1 4\tOtto\nT2\tName five 7\tAnn\n";
    let files = [("a.ann", tags), ("a.txt", ANN)];
    let mut imported = read("a.ann", &files);
    crate::format::given::Given::of(&imported.documents).check(&mut imported);
    let message = &imported.problems[0].message;
    assert!(
        message.contains("none of the file's tags can be used (2 tags)"),
        "{message}"
    );
    assert_eq!(imported.skipped.len(), 2);
}

#[test]
fn an_event_of_another_type_than_its_trigger_keeps_it() {
    let tags = "T1\tPerson 0 7\tAnn Lee\nT2\tPerson 12 18\tBo Lee\nT3\tTrig 19 23\tleft\n\
                E1\tDeparture:T3 Who:T1\n*\tSame T1 T2\nR1\tKin Elder:T1 Younger:T2\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    assert_eq!(told(&imported), [""; 0]);
    let set = imported.documents[0].document.set();
    let trigger = set.annotation(&"T3".into()).unwrap();
    assert_eq!(
        trigger.attribute("event").map(|value| &**value),
        Some("Departure")
    );
    let mut roles: Vec<&str> = set.links().map(|link| &*link.role).collect();
    roles.sort_unstable();
    assert_eq!(roles, ["Kin", "Same", "Who"]);
    let notes = imported.notes.iter().map(|note| &*note.message);
    let notes = notes.collect::<Vec<_>>().join("; ");
    assert!(notes.contains("R1\tKin Elder:T1 Younger:T2"), "{notes}");
}

#[test]
fn an_event_whose_trigger_is_there_twice_is_told_with_its_type() {
    let tags = "T1\tPerson 0 7\tAnn Lee\nT2\tCue 19 23\tleft\nT3\tTrig 19 23\tleft\n\
                E1\tDeparture:T3 Content:T1 Cue:T2\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    let notes = imported.notes.iter().map(|note| &*note.message);
    let notes = notes.collect::<Vec<_>>().join("; ");
    assert!(notes.contains("E1 Departure:T3 `Trig`"), "{notes}");
}

#[test]
fn words_are_looked_for_where_an_end_cuts_a_character() {
    let text = "Fé said “Yes,” and Bo “Why?” and Cy “No.”\n";
    let byte = |words: &str| {
        let start = text.find(words).unwrap();
        (start, start + words.len())
    };
    let line = |n: usize, words: &str, by: usize| {
        let (start, end) = byte(words);
        format!("T{n}\tq {} {}\t{words}\n", start + by, end + by)
    };
    let tags = [
        line(1, "“Yes,”", 0),
        line(2, "Bo", 0),
        line(3, "Cy", 0),
        line(4, "“Why?”", 1),
    ];
    let imported = read("a.ann", &[("a.ann", &tags.concat()), ("a.txt", text)]);
    assert_eq!(told(&imported), [""; 0]);
    let document = &imported.documents[0].document;
    let moved = document.set().annotation(&"T4".into()).unwrap();
    assert_eq!(document.source().slice(moved.fragments.hull()), "“Why?”");
}

#[test]
fn a_line_behind_a_tag_that_is_left_out_is_told() {
    let tags = "T1\tPerson 0 7\tAnn Lee\nT2\tPerson 12 99\tBo\nA1 form T2 sure\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", ANN)]);
    let told = imported
        .skipped
        .iter()
        .map(|p| format!("{} {}", p.line, p.message));
    let told: Vec<String> = told.collect();
    assert!(
        told.contains(&"3 left out, it does not belong to a tag: A1 form T2 sure".to_owned()),
        "{told:?}"
    );
}

#[test]
fn tags_are_on_their_words_however_their_offsets_are_written() {
    let text = "Both the red IRES and the red/blue IRES virus; “we can’t”\n";
    let tags = "T1\tOrganism 26 45;40 45\tred/blue IRES virus virus\nT2\tColour 9 12\tred\n\
                T3\tQuote 47 57\t\"we can't\"\nT4\tWord -1 4\tBoth\nT2\tColour 9 12\tred\n\
                R1\tof Arg1:T2 Arg2:T1\nR1\tof Arg1:T2 Arg2:T1\nT5\tWord -3 -1\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", text)]);
    assert_eq!(
        told(&imported),
        ["8 left out, it is outside the text: T5\tWord -3 -1"]
    );
    assert_eq!(
        shown(&imported.documents[0].document),
        [
            "Word Both",
            "Colour red",
            "Organism red/blue IRES virus",
            "Quote “we can’t”",
            "red -of-> red/blue IRES virus",
        ]
    );
    let notes = imported
        .notes
        .iter()
        .map(|note| (note.line, &*note.message));
    let expected = [
        (
            1,
            "the parts of the tag overlap or are not in order; here they are joined and in order: \
             T1\tOrganism 26 45;40 45\tred/blue IRES virus virus",
        ),
        (
            4,
            "the words of the tag are elsewhere, and were found: T4\tWord -1 4\tBoth, moved to 0",
        ),
        (
            5,
            "lines that are there twice are read once: T2\tColour 9 12\tred; line 7: R1 of T2 T1",
        ),
    ];
    assert_eq!(notes.collect::<Vec<_>>(), expected);
}
