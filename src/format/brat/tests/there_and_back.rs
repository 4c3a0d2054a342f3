use super::import::told;
use super::*;

/// A document whose ids look like brat's.
fn with_ids_like_brat() -> Vec<NamedDocument> {
    let mut documents = example();
    let document = std::mem::replace(
        &mut documents[0].document,
        Document::new(crate::text::SourceText::new("", "UTF-8").unwrap()),
    );
    let mut parts = document.into_parts();
    let ids = [
        ("q1", "T3"),
        ("c1", "T1"),
        ("s1", "T2"),
        ("u1", "T02"),
        ("q2", "E1"),
    ];
    let new = |id: &crate::model::AnnotationId| {
        let found = ids.iter().find(|(old, _)| *old == id.as_str());
        found.map_or_else(|| id.clone(), |(_, new)| (*new).into())
    };
    let mut set = crate::model::AnnotationSet::default();
    for tag in parts.set.annotations() {
        let id = new(&tag.id);
        set.insert_annotation(crate::model::Annotation { id, ..tag.clone() });
    }
    for (link, id) in parts.set.links().zip(["R2", "R1", "R3", "l4"]) {
        let mut link = link.clone();
        link.id = id.into();
        link.from = new(&link.from);
        if let crate::model::Target::Annotation(to) = &mut link.to {
            *to = new(to);
        }
        set.insert_link(link);
    }
    for person in parts.set.people() {
        set.insert_person(person.clone());
    }
    parts.set = set;
    documents[0].document = parts.into();
    documents
}

#[test]
fn ids_come_back_whatever_brat_calls_the_tags() {
    let documents = with_ids_like_brat();
    let (files, _) = written(&Brat, documents.clone());
    let tags = text_of(&files, ".ann");
    let read_again = |tags: &str| {
        read(
            "a.ann",
            &[("a.ann", tags), ("a.txt", text_of(&files, ".txt"))],
        )
    };
    let imported = read_again(tags);
    assert_eq!(told(&imported), Vec::<String>::new());
    assert_eq!(
        imported.documents[0].document.set(),
        documents[0].document.set()
    );
    assert_eq!(written(&Brat, again(imported)).0.0[1].1, tags.as_bytes());
    // Somebody adds a tag and a link in brat, which take the first unused names.
    let more = format!("{tags}T6\tcue 51 52\t,\nR4\tcue Arg1:T6 Arg2:T1\n");
    let imported = read_again(&more);
    assert_eq!(told(&imported), Vec::<String>::new());
    let set = imported.documents[0].document.set();
    assert_eq!(set.annotation_count(), 6);
    for link in documents[0].document.set().links() {
        assert_eq!(set.link(&link.id), Some(link));
    }
}

#[test]
fn a_name_that_brat_gave_to_another_tag_does_not_inherit() {
    let (files, _) = written(&Brat, example());
    let text = text_of(&files, ".txt");
    let tags =
        text_of(&files, ".ann").replace("T4\tspeaker 20 26\tAnn Li", "T4\tspeaker 52 54\the");
    let at = text.chars().collect::<Vec<_>>();
    let words: String = at[52..54].iter().collect();
    let tags = tags.replace("52 54\the", &format!("52 54\t{words}"));
    let imported = read("a.ann", &[("a.ann", &tags), ("a.txt", text)]);
    assert!(told(&imported)[0].contains("whose name now is that of another"));
    let set = imported.documents[0].document.set();
    let tag = set.annotation(&"T4".into()).unwrap();
    assert_eq!(tag.person, None);
}

#[test]
fn our_notes_are_about_themselves() {
    let (files, _) = written(&Brat, example());
    for line in text_of(&files, ".ann")
        .lines()
        .filter(|l| l.contains("Pullquote"))
    {
        let (name, rest) = line.split_once('\t').unwrap();
        assert!(rest.starts_with(&format!("Pullquote {name}\t{{")), "{line}");
    }
}

#[test]
fn exports_of_earlier_versions_are_read() {
    let tags = "T1\tquote 0 10\t“Yes, no,”\n#1\tPullquote T1\t{\"id\":\"q1\",\"by\":\"maria\"}\n\
                T2\tspeaker 11 13\tLi\n#2\tPullquote T2\t{\"id\":\"s1\",\"person\":\"p1\"}\n\
                R1\tspeaker Arg1:T1 Arg2:T2\n\
                #3\tPullquote R1\t{\"id\":\"l1\",\"from\":\"\",\"to\":\"\",\"by\":\"maria\"}\n\
                #4\tPullquote T0\t{\"id\":\"x.txt\",\"annotator\":\"maria\",\"people\":[{\"id\":\"p1\",\"name\":\"Li\"}]}\n";
    let imported = read("a.ann", &[("a.ann", tags), ("a.txt", TEXT)]);
    assert_eq!(told(&imported), Vec::<String>::new());
    let read = &imported.documents[0];
    assert_eq!(
        (&*read.id, read.document.set().person_count()),
        ("x.txt", 1)
    );
    let set = read.document.set();
    assert!(set.link(&"l1".into()).is_some() && set.annotation(&"q1".into()).is_some());
}
