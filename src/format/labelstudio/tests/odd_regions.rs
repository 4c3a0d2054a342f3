use super::*;

fn region(rest: &str) -> String {
    format!(
        r#"{{"id":"r","from_name":"l","to_name":"t","type":"labels","value":{{"start":0,"end":3,{rest}}}}}"#
    )
}

fn task(annotations: &str) -> Imported {
    read(&format!(
        r#"[{{"id":1,"data":{{"text":"Ann said no."}},"annotations":[{annotations}]}}]"#
    ))
}

#[test]
fn an_empty_label_is_none() {
    let imported = task(&format!(r#"{{"result":[{}]}}"#, region(r#""labels":[""]"#)));
    assert_eq!(tags(&imported.documents[0]), ["unlabelled \"Ann\""]);
}

#[test]
fn annotations_that_are_only_numbered_are_told() {
    let told = |imported: &Imported| {
        let skipped = imported.skipped.iter();
        skipped.map(|p| p.message.clone()).collect::<Vec<_>>()
    };
    let imported = task("12,13");
    assert_eq!(
        told(&imported),
        [
            "annotations that are there as numbers only are not imported; export the tasks with their \
             annotations: 12 (task 1); 13 (task 1)"
        ]
    );
}

#[test]
fn what_a_link_of_ours_says_stays_without_its_id() {
    let link = |from: &str, more: &str| {
        format!(
            r#"{{"type":"relation","from_id":"r","to_id":"r","direction":"right","labels":["x"],"meta":{{"text":["so"],"pullquote_link":{{"from":"{from}","to":"r","attributes":[{{"key":"k","value":"v"}}]{more}}}}}}}"#
        )
    };
    let links = [
        link("r", ""),
        link("r", r#","id":"l""#),
        link("r", r#","id":"l""#),
    ];
    let region = region(r#""labels":["quote"]"#);
    let imported = task(&format!(r#"{{"result":[{region},{}]}}"#, links.join(",")));
    assert_eq!(imported.skipped.iter().count(), 0, "{:?}", imported.skipped);
    let links = imported.documents[0].document.set().links();
    let said: Vec<_> = links
        .map(|link| (&*link.note, &*link.attributes[0].value))
        .collect();
    assert_eq!(said, [("so", "v"); 3]);
}
