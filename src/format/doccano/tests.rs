use proptest::prelude::*;

use super::*;
use crate::format::Options;
use crate::format::schema_file::default_schema;
use crate::format::testing::{Files, content, document, read_back, with_links_only, written_with};

proptest! {
    /// Labels, ranges and links between tags come back for any text.
    #[test]
    fn tags_and_links_come_back(document in document()) {
        let named = NamedDocument { id: "a.txt".to_owned(), document: document.clone() };
        let mut sink = Files::default();
        let how = WriteContext { schema: &default_schema().unwrap(), options: &Options::default() };
        let fits = document.set().annotations().all(|tag| !tag.label.trim().is_empty())
            && with_links_only(&document).set().links().all(|link| !link.role.trim().is_empty());
        let result = Doccano.write(&how, &mut vec![named].into_iter(), &mut sink);
        prop_assert_eq!(result.is_ok(), fits);
        prop_assume!(fits);
        let files = sink;
        let imported = read_back(&Doccano, &files);
        prop_assert!(imported.problems.is_empty() && imported.ignored.is_empty(), "{imported:?}");
        let read = &imported.documents[0];
        prop_assert_eq!(&read.id, "a.txt");
        prop_assert_eq!(read.document.source(), document.source());
        prop_assert_eq!(content(&read.document), content(&with_links_only(&document)));
    }
}

#[test]
fn exports_of_both_kinds_of_projects_are_read() {
    let text = concat!(
        r#"{"id":3,"text":"“Hé 😀,” he said","label":[[0,7,"quote"],[8,10,"speaker"]],"Comments":[]}"#,
        "\n",
        r#"{"id":4,"text":"a b","entities":[{"id":70,"label":"quote","start_offset":0,"end_offset":1},{"id":71,"label":"speaker","start_offset":2,"end_offset":3}],"relations":[{"id":9,"from_id":70,"to_id":71,"type":"speaker"}],"Comments":[]}"#,
    );
    let input = Input {
        name: "all.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported = Doccano.read(&input).unwrap();
    assert_eq!(imported.problems, []);
    let ids: Vec<_> = imported.documents.iter().map(|d| &*d.id).collect();
    assert_eq!(ids, ["document-3", "document-4"]);
    let second = content(&imported.documents[1].document);
    assert_eq!(
        second.1,
        [(
            "quote a".to_owned(),
            "speaker".into(),
            "speaker b".to_owned()
        )]
    );
}

#[test]
fn offsets_can_count_as_its_window_does() {
    let text = r#"{"text":"\ud83d\ude00 hi","entities":[{"id":1,"label":"quote","start_offset":2,"end_offset":4}]}"#;
    let input = Input {
        name: "a.jsonl",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let documents = crate::format::testing::again(Doccano.read(&input).unwrap());
    let (files, _) = written_with(&Doccano, &[("unit", "utf16")], documents);
    let line = String::from_utf8(files.0[0].1.clone()).unwrap();
    assert!(
        line.contains(r#""start_offset":3,"end_offset":5"#),
        "{line}"
    );
}
