use super::*;

/// The tags and links of annotations on `a.txt`, and all that is told.
fn found(annotations: &str, text: &str, unit: &str) -> (Vec<String>, String) {
    let input = Input {
        name: "in.jsonld",
        bytes: annotations.as_bytes(),
        beside: &|name| (name == "a.txt").then(|| text.into()),
    };
    let chosen = [("unit".to_owned(), unit.to_owned())];
    let options = Options::for_reading(&INFO, &chosen).unwrap();
    let imported = WebAnnotations.read_with(&input, &options).unwrap();
    assert_eq!(imported.problems, []);
    let mut lines = tags(&imported);
    for read in &imported.documents {
        let links = read.document.set().links();
        lines.extend(links.map(|link| format!("{} {} {:?}", link.from, link.role, link.to)));
    }
    let told = imported.skipped.iter().chain(&imported.notes);
    let told: Vec<&str> = told.map(|problem| &*problem.message).collect();
    (lines, told.join("\n"))
}

fn on(id: &str, body: &str, selectors: &[&str]) -> String {
    let target = |selector: &&str| format!(r#"{{"source":"a.txt","selector":{selector}}}"#);
    let targets: Vec<String> = selectors.iter().map(target).collect();
    format!(
        r#"{{"type":"Annotation","id":"{id}","body":{body},"target":[{}]}}"#,
        targets.join(",")
    )
}

#[test]
fn what_is_moved_is_named() {
    let place = r#"[{"type":"TextQuoteSelector","exact":"Bo"},{"type":"TextPositionSelector","start":0,"end":2}]"#;
    let (lines, told) = found(&on("1", "[]", &[place]), "Ann met Bo.", "auto");
    assert_eq!(lines, ["highlight Bo "]);
    assert!(
        told.contains("found by their words: “Bo” (annotation 1)"),
        "{told}"
    );
}

#[test]
fn words_of_a_page_are_found_over_line_breaks() {
    let quote =
        r#"{"type":"TextQuoteSelector","exact":"nodded twice","prefix":"Bo ","suffix":"."}"#;
    let page = "<!DOCTYPE html><p>Bo nodded<br>twice.</p>";
    let (lines, told) = found(&on("1", "[]", &[quote]), page, "auto");
    assert_eq!(
        (lines, told),
        (vec!["highlight nodded\ntwice ".to_owned()], String::new())
    );
}

#[test]
fn several_targets_are_told() {
    let quote = |words: &str| format!(r#"{{"type":"TextQuoteSelector","exact":"{words}"}}"#);
    let (ann, bo) = (quote("Ann"), quote("Bo"));
    let two = on("1", "[]", &[&ann, &bo]);
    let (lines, told) = found(&two, "Ann met Bo.", "auto");
    assert_eq!(lines, ["highlight Ann ", "highlight Bo "]);
    assert!(
        told.contains("annotation 1 is about several passages; it is a tag at each of them"),
        "{told}"
    );
    let within = |kind: &str| {
        let items = format!(r#""target":{{"type":"{kind}","items":["#);
        let each = two.replace(r#""target":["#, &items);
        found(
            &format!("{}}}}}", each.trim_end_matches('}')),
            "Ann met Bo.",
            "auto",
        )
    };
    assert_eq!(within("Independents"), (lines, told));
    for kind in ["Composite", "oa:Composite", "List", "oa:List"] {
        let (lines, told) = within(kind);
        assert_eq!(lines, ["highlight Ann…Bo "], "{kind}: {told}");
        assert!(!told.contains("several passages"), "{kind}: {told}");
    }
    // Our own are the parts of one tag, also where what we noted with them is gone.
    let ours = two.replace("a.txt", "urn:pullquote:article:a.txt");
    let (lines, told) = found(&ours, "Ann met Bo.", "auto");
    assert_eq!(
        (lines, told),
        (vec!["highlight Ann…Bo ".to_owned()], String::new())
    );
}

#[test]
fn bodies_link_and_tag() {
    let quote = |words: &str| format!(r#"{{"type":"TextQuoteSelector","exact":"{words}"}}"#);
    let body = r#"[{"type":"SpecificResource","source":"1","purpose":"linking"},
                   {"type":"SpecificResource","source":"http://x","purpose":"linking"},
                   {"type":"SpecificResource","source":"speaker","purpose":"tagging"}]"#;
    let list = format!(
        "[{},{}]",
        on("1", "[]", &[&quote("Ann")]),
        on("2", body, &[&quote("Bo")])
    );
    let (lines, told) = found(&list, "Ann met Bo.", "auto");
    assert_eq!(
        lines,
        [
            "highlight Ann ",
            "speaker Bo ",
            "2 linking Annotation(AnnotationId(\"1\"))"
        ]
    );
    assert_eq!(told, "");
}

#[test]
fn positions_without_words_are_judged_by_the_edges_of_words() {
    let at = |n: usize, start: usize, end: usize| {
        on(
            &n.to_string(),
            "[]",
            &[&format!(
                r#"{{"type":"TextPositionSelector","start":{start},"end":{end}}}"#
            )],
        )
    };
    let text = "😀 Ann met Bo.\r\nCy ran.";
    let list = format!("[{},{},{}]", at(1, 3, 6), at(2, 11, 13), at(3, 16, 18));
    let (lines, told) = found(&list, text, "auto");
    assert_eq!(lines, ["highlight Ann ", "highlight Bo ", "highlight Cy "]);
    assert!(told.contains("if the offsets count UTF-16"), "{told}");
    let (lines, told) = found(&list, text, "code-points");
    assert_eq!((lines[0].as_str(), told.as_str()), ("highlight nn  ", ""));
    // Either way it is as good.
    let (_, told) = found(&at(1, 2, 3), "😀--.", "auto");
    assert!(
        told.contains("nothing shows whether these offsets count"),
        "{told}"
    );
}

#[test]
fn a_range_goes_from_words_to_words() {
    let range = r#"{"type":"RangeSelector","startSelector":{"type":"TextQuoteSelector","exact":"she"},
        "endSelector":{"type":"TextQuoteSelector","exact":"no","prefix":"said "}}"#;
    let back = r#"{"type":"RangeSelector","startSelector":{"type":"TextQuoteSelector","exact":"said"},
        "endSelector":{"type":"TextQuoteSelector","exact":"she"}}"#;
    let file = format!("[{},{}]", on("1", "[]", &[range]), on("2", "[]", &[back]));
    let (lines, told) = found(&file, "no: she said no", "auto");
    assert_eq!(lines, ["highlight she said  "]);
    assert!(told.contains("no place in the text are left out"), "{told}");
}

#[test]
fn a_tag_in_words_is_the_label_beside_resources() {
    let body = r#"["http://x.org/Ann",{"type":"TextualBody","purpose":"tagging","value":"Quote"}]"#;
    let annotation = on("1", body, &[r#"{"exact":"no"}"#]);
    let annotation = annotation.replacen('{', r#"{"motivation":"tagging","#, 1);
    let (lines, told) = found(&annotation, "no", "auto");
    assert_eq!((lines, &*told), (vec!["Quote no ".to_owned()], ""));
}

#[test]
fn a_collection_whose_pages_are_elsewhere_is_no_empty_file() {
    let input = Input {
        name: "in.json",
        bytes: br#"{"type":"AnnotationCollection","total":3,"first":"http://x.org/page1"}"#,
        beside: &|_| None,
    };
    let imported = WebAnnotations.read(&input).unwrap();
    assert!(imported.documents.is_empty());
    let told: Vec<_> = imported.skipped.iter().map(|p| &*p.message).collect();
    assert_eq!(
        told,
        [
            "further pages that are not in the file are left out: `http://x.org/page1` (page)",
            "the file says that there are more; export all of them: 0 of 3 annotations are here (page)",
        ]
    );
}

#[test]
fn what_hypothesis_says_about_its_export_is_no_content() {
    let text = r#"{"export_date":"2024","export_userid":"ann","client_version":"1.2","annotations":[
        {"uri":"x:a.txt","text":"so","tags":["quote"],"target":[{"source":"x:a.txt","selector":[
        {"type":"TextQuoteSelector","exact":"no"}]}]}]}"#;
    let input = Input {
        name: "in.json",
        bytes: text.as_bytes(),
        beside: &|name| (name == "a.txt").then(|| "no".into()),
    };
    let imported = WebAnnotations.read(&input).unwrap();
    assert_eq!(tags(&imported), ["quote no so"]);
    assert_eq!(imported.left_out(), 0);
}

#[test]
fn two_addresses_of_one_text_are_told() {
    let first = on("1", "[]", &[r#"{"exact":"no"}"#]);
    let second = first.replace("\"a.txt\"", "\"http://x.org/a.txt\"");
    let (lines, told) = found(&format!("[{first},{second}]"), "no", "auto");
    assert_eq!(lines, ["highlight no ", "highlight no "]);
    let expected = "addresses whose text is that of another become articles of their own: \
                    `http://x.org/a.txt` is `a-2.txt` here";
    assert_eq!(told, expected);
}
