//! How much of one kind an article or a file may have. What is over a limit is refused in words: to hold it would
//! take memory out of all proportion to the file.

use crate::text::wording::grouped;

/// Tags of an article; links; people.
pub(super) const MOST_RECORDS: usize = 300_000;
/// Attributes of a tag or link.
pub(super) const MOST_ATTRIBUTES: usize = 10_000;
/// Elements of an XML file.
pub(super) const MOST_ELEMENTS: usize = 1_000_000;
/// Lines of a file of brat, which holds tags, links, attributes and notes.
pub(super) const MOST_LINES: usize = 600_000;
/// Ends of an event, members of an equivalence.
pub(super) const MOST_ENDS: usize = 10_000;
/// Annotators of one article; nobody is many people.
pub(super) const MOST_ANNOTATORS: usize = 1_000;
/// Columns of words; layers and features that a file declares.
pub(super) const MOST_COLUMNS: usize = 1_000;

/// # Errors
/// Why `number` is too many, where it is over the limit. `what` names them: "tags".
pub(super) fn within(number: usize, most: usize, what: &str) -> Result<(), String> {
    match number <= most {
        true => Ok(()),
        false => Err(too_many(number, most, what)),
    }
}

/// Why `number` of something is too many.
pub(super) fn too_many(number: usize, most: usize, what: &str) -> String {
    format!(
        "there are {} {what}, and at most {} are read; split the file into several articles",
        grouped(number),
        grouped(most)
    )
}

/// Why an article has too many annotators, where it has. `named` is the article with the verb: "`a.txt` has".
pub(super) fn too_many_annotators(named: &str, number: usize) -> Option<String> {
    (number > MOST_ANNOTATORS).then(|| {
        format!(
            "{named} {} annotators, and at most {} are read; check that it is the annotator who is \
             named there",
            grouped(number),
            grouped(MOST_ANNOTATORS)
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::format::testing::{Files, read_back};
    use crate::format::{Imported, by_name};

    fn read(format: &str, name: &str, file: String, beside: &[(&str, &str)]) -> Imported {
        let mut files = vec![(name.to_owned(), file.into_bytes())];
        files.extend(
            beside
                .iter()
                .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())),
        );
        read_back(by_name(format).unwrap(), &Files(files))
    }

    fn told(imported: &Imported) -> Vec<String> {
        let all = imported.problems.iter().chain(imported.skipped.iter());
        all.map(|problem| problem.message.clone()).collect()
    }

    #[test]
    fn a_tag_with_too_many_attributes_is_refused_by_its_name() {
        let attributes: Vec<String> = (0..10_001).map(|n| format!(r#""k{n}":"v""#)).collect();
        let line = format!(
            r#"{{"text":"He said so.","spans":[{{"id":"t1","label":"quote","start":0,"end":2,"attributes":{{{}}}}}]}}"#,
            attributes.join(",")
        );
        let read = read("jsonl", "a.jsonl", line, &[]);
        let told = told(&read).join("\n");
        assert!(
            told.contains("`t1`: there are 10,001 attributes, and at most 10,000 are read"),
            "{told}"
        );
    }

    #[test]
    fn an_event_with_too_many_ends_is_left_out() {
        let ends: String = (0..10_001).map(|n| format!(" a{n}:T1")).collect();
        let file = format!("T1\tquote 0 2\tHe\nE1\tquote:T1{ends}\n");
        let read = read("brat", "a.ann", file, &[("a.txt", "He said so.")]);
        assert_eq!(read.documents.len(), 1);
        let told = told(&read).join("\n");
        assert!(told.contains("10,001 ends of one event"), "{told}");
    }

    #[test]
    fn a_file_with_too_many_lines_is_refused() {
        let file = "T1\tquote 0 2\tHe\n".repeat(600_001);
        let read = read("brat", "a.ann", file, &[("a.txt", "He said so.")]);
        assert!(read.documents.is_empty());
        let told = told(&read).join("\n");
        assert!(
            told.contains("there are 600,001 lines, and at most 600,000 are read"),
            "{told}"
        );
    }

    #[test]
    fn a_file_with_too_many_elements_is_refused() {
        let file = format!("<TEI><text>{}</text></TEI>", "<p>a</p>".repeat(1_000_001));
        let read = read("tei", "a.xml", file, &[]);
        assert!(read.documents.is_empty());
        let told = told(&read).join("\n");
        assert!(
            told.contains("there are 1,000,003 elements, and at most 1,000,000 are read"),
            "{told}"
        );
    }

    #[test]
    fn an_article_with_too_many_annotators_is_refused_by_its_name() {
        let rows: String = (0..1_001)
            .map(|n| format!("a.txt,quote,0,2,He,n{n}\n"))
            .collect();
        let table = format!("doc,label,start,end,text,annotator\n{rows}");
        let csv = read("csv", "in.csv", table, &[("a.txt", "He said so.")]);
        let works: Vec<String> = (0..1_001)
            .map(|n| format!(r#"{{"id":{n},"completed_by":{n},"result":[]}}"#))
            .collect();
        let tasks = format!(
            r#"[{{"id":7,"data":{{"text":"He"}},"annotations":[{}]}}]"#,
            works.join(",")
        );
        let tasks = read("labelstudio", "a.json", tasks, &[]);
        for (read, named) in [(csv, "`a.txt`"), (tasks, "task 7")] {
            assert!(read.documents.is_empty());
            let told = told(&read).join("\n");
            let words = format!("{named} has 1,001 annotators, and at most 1,000 are read");
            assert!(told.contains(&words), "{told}");
        }
    }

    #[test]
    fn all_labels_of_a_region_with_too_many_are_counted() {
        let labels: Vec<String> = (0..300_002).map(|n| format!("\"l{n}\"")).collect();
        let tasks = format!(
            r#"[{{"id":7,"data":{{"text":"He"}},"annotations":[{{"id":1,"result":[{{"id":"r","type":"labels",
                "from_name":"l","to_name":"text","value":{{"start":0,"end":2,"labels":[{}]}}}}]}}]}}]"#,
            labels.join(",")
        );
        let read = read("labelstudio", "a.json", tasks, &[]);
        assert!(read.documents.is_empty());
        let told = told(&read).join("\n");
        assert!(told.contains("there are 300,002 tags"), "{told}");
    }

    #[test]
    fn a_file_that_declares_too_many_features_is_refused() {
        let features: String = (0..1_001).map(|n| format!("|f{n}")).collect();
        let file = format!(
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span{features}\n\n\n#Text=He\n1-1\t0-2\tHe\t_\n"
        );
        let read = read("webannotsv", "a.tsv", file, &[]);
        assert!(read.documents.is_empty());
        let told = told(&read).join("\n");
        assert!(told.contains("1,001 layers and features"), "{told}");
    }
}
