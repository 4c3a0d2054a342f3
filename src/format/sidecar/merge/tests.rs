use super::*;

const HEAD: &str = "#![enable(implicit_some)]\nPullquote(\n    version: 1,\n    source: (file: \"a.txt\", sha256: \"aa\", chars: 9, encoding: \"UTF-8\"),\n";

fn file(annotations: &str) -> String {
    let body = format!(
        "    people: [\n    ],\n    annotations: [\n{annotations}    ],\n    links: [\n    ],\n)\n"
    );
    format!("{HEAD}{body}")
}

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(Some(base.as_bytes()), ours.as_bytes(), theirs.as_bytes()).unwrap()
}

#[test]
fn each_side_changes_another_field_of_a_record_nobody_knows() {
    let row = |review: &str, mood: &str| {
        file(&format!(
            "        (id: \"a1\", label: \"q\", at: [(0, 3)], text: [\"abc\"], review: {review}, mood: {mood}),\n"
        ))
    };
    let merged = merged(
        &row("Unsure", "Grim(1)"),
        &row("Contested(by: 2)", "Grim(1)"),
        &row("Unsure", "Gay([2, \"x\"])"),
    );
    assert_eq!(merged.text, row("Contested(by: 2)", "Gay([2, \"x\"])"));
    assert_eq!(merged.clashes, []);
}

#[test]
fn both_versions_of_a_clash_stand_in_the_file_with_all_else_merged() {
    let row = |note: &str, label: &str, form: &str| {
        format!(
            "        (id: \"a1\", label: \"{label}\", at: [(0, 3)], text: [\"abc\"], attributes: {{\"form\": \"{form}\"}}, note: \"{note}\"),\n"
        )
    };
    let result = merged(
        &file(&row("n", "q", "f")),
        &file(&row("mine", "q", "mixed")),
        &file(&row("hers", "claim", "f")),
    );
    let both = row("mine", "claim", "mixed") + &row("hers", "claim", "mixed");
    assert_eq!(result.text, file(&both));
    assert_eq!(result.clashes.len(), 1);
    assert_eq!(result.clashes[0].line, 9);
    assert!(
        result.clashes[0].to_string().contains("`note`"),
        "{}",
        result.clashes[0]
    );
}

#[test]
fn what_is_deleted_on_one_side_and_needed_on_the_other_stays() {
    let tag = "        (id: \"a1\", label: \"q\", at: [(0, 3)], text: [\"abc\"]),\n";
    let with_link = file(tag).replace(
        "    links: [\n",
        "    links: [\n        (id: \"l1\", role: \"speaker\", from: \"a1\", to: NotGiven),\n",
    );
    let result = merged(&file(tag), &file(""), &with_link);
    assert_eq!(result.text, with_link);
    assert_eq!(result.clashes[0].kind, ClashKind::Needed);
    // If nothing refers to it, it is removed.
    assert_eq!(merged(&file(tag), &file(""), &file(tag)).text, file(""));
}

#[test]
fn a_truncated_side_deletes_nothing() {
    let rows: String = (0..4)
        .map(|n| format!("        (id: \"a{n}\", label: \"q\", at: [({n}, 9)], text: [\"x\"]),\n"))
        .collect();
    let whole = file(&rows);
    let cut = &whole[..whole.find("(id: \"a2\"").unwrap() + 20];
    let ours = whole.replace("(id: \"a3\", label: \"q\"", "(id: \"a3\", label: \"claim\"");
    let result = merged(&whole, &ours, cut);
    for n in 0..4 {
        assert!(
            result.text.contains(&format!("(id: \"a{n}\", label")),
            "{}",
            result.text
        );
    }
    assert!(result.text.contains("label: \"claim\""));
    // The half of a line that is left is kept, too.
    assert!(result.text.contains("damaged: ["), "{}", result.text);
}

#[test]
fn newer_files_and_other_texts_are_refused_in_words() {
    let (base, tag) = (
        file(""),
        "        (id: \"a1\", label: \"q\", at: [(0, 3)], text: [\"abc\"]),\n",
    );
    let newer = file(tag).replace("version: 1", "version: 2");
    let error = merge(
        Some(base.as_bytes()),
        file(tag).as_bytes(),
        newer.as_bytes(),
    )
    .unwrap_err();
    assert!(
        error.to_string().starts_with("theirs: file version 2"),
        "{error}"
    );
    // The other side has changed nothing, so there is nothing to merge.
    assert_eq!(merged(&base, &base, &newer).text, newer);

    let text = |sha: &str, rows: &str| file(rows).replace("\"aa\"", &format!("\"{sha}\""));
    let one_moved = merged(&base, &text("bb", ""), &file(tag));
    assert_eq!(one_moved.text, text("bb", tag));
    let both = merge(
        Some(base.as_bytes()),
        text("bb", "").as_bytes(),
        text("cc", tag).as_bytes(),
    );
    assert_eq!(both.unwrap_err(), MergeError::OtherText);
    let error = merge(None, base.as_bytes(), b"Recipe(1)").unwrap_err();
    assert!(error.to_string().starts_with("theirs: line 1"), "{error}");
}

#[test]
fn identical_records_fold_and_states_that_differ_are_both_told() {
    let state =
        |word: &str| file("").replace("    people", &format!("    state: {word},\n    people"));
    let result = merged(&state("InProgress"), &state("Done"), &file(""));
    assert!(result.text.contains("    state: Done,\n"));
    assert!(
        result.text.contains("damaged: [\n        \"state: New\","),
        "{}",
        result.text
    );
    let twice = "        (id: \"a1\", label: \"q\", at: [(0, 3)], text: [\"abc\"]),\n".repeat(2);
    let once = merge_by_record(None, file(&twice).as_bytes(), file("").as_bytes()).unwrap();
    assert_eq!(once.text.matches("\"a1\"").count(), 1);
}

#[test]
fn lost_tags_of_both_sides_stay() {
    let lost = |ids: &[&str]| {
        let record = |id: &&str| {
            format!(
                "        (id: \"{id}\", label: \"q\", at: [(0, 3)], text: [\"abc\"], before: \"\", after: \"\"),\n"
            )
        };
        let records: String = ids.iter().map(record).collect();
        file("").trim_end_matches(")\n").to_owned() + &format!("    lost: [\n{records}    ],\n)\n")
    };
    let result = merged(
        &lost(&["a", "b"]),
        &lost(&["a", "b", "c"]),
        &lost(&["b", "d"]),
    );
    assert_eq!(result.text, lost(&["b", "c", "d"]));
    assert_eq!(result.clashes, []);
}

#[test]
fn who_changed_a_record_last_is_never_a_conflict() {
    let row = |note: &str, made: &str, changed: &str| {
        file(&format!(
            "        (id: \"a1\", label: \"q\", at: [(0, 3)], text: [\"abc\"]{note}, made: (\"maria\", \"2026-11-28T{made}:00:00Z\"), changed: ({changed}:00:00Z\")),\n"
        ))
    };
    let (early, late) = ("\"anna\", \"2026-11-28T11", "\"ben\", \"2026-11-28T12");
    let base = file(
        "        (id: \"a1\", label: \"q\", at: [(0, 3)], text: [\"abc\"], made: (\"maria\", \"2026-11-28T10:00:00Z\")),\n",
    );
    for (ours, theirs) in [(early, late), (late, early)] {
        let merged = merged(&base, &row("", "10", ours), &row("", "10", theirs));
        assert_eq!(merged.text, row("", "10", late));
        assert_eq!(merged.clashes, []);
    }
    // Two versions that are kept side by side each say who made them.
    let (mine, hers) = (", note: \"mine\"", ", note: \"hers\"");
    let clash = merged(&base, &row(mine, "10", early), &row(hers, "10", late));
    for (note, who) in [("mine", "anna"), ("hers", "ben")] {
        let line = clash.text.lines().find(|line| line.contains(note)).unwrap();
        assert!(line.contains(&format!("changed: (\"{who}\"")), "{line}");
    }
    let [what] = clash.clashes.as_slice() else {
        panic!("{:?}", clash.clashes);
    };
    assert_eq!(what.kind, ClashKind::Differs(vec!["`note`".to_owned()]));
}

#[test]
fn attributes_of_a_link_that_are_of_another_kind_are_carried_along() {
    let row = |attributes: &str, confirmed: &str| {
        let tag = "        (id: \"a1\", label: \"q\", at: [(0, 3)], text: [\"abc\"]),\n";
        let link = format!(
            "        (id: \"l1\", role: \"r\", from: \"a1\", to: NotGiven{confirmed}, attributes: {attributes}),\n"
        );
        file(tag).replace("    links: [\n", &format!("    links: [\n{link}"))
    };
    let result = merged(
        &row("[1, 2]", ""),
        &row("[1, 2, 3]", ""),
        &row("[1, 2]", ", confirmed: true"),
    );
    assert_eq!(result.text, row("[1, 2, 3]", ", confirmed: true"));
    assert_eq!(result.clashes, []);
}

#[test]
fn a_record_in_the_list_of_another_kind_is_merged_where_it_belongs() {
    let person = "        (id: \"p\", name: \"Ann\", kind: Person),\n";
    let tag = |note: &str| {
        format!(
            "        (id: \"a1\", label: \"q\", at: [(0, 3)], text: [\"abc\"], note: \"{note}\"),\n"
        )
    };
    let right =
        |note: &str| file(&tag(note)).replace("people: [\n", &format!("people: [\n{person}"));
    let result = merged(
        &file(&tag("n")),
        &file(&(tag("n") + person)),
        &right("mine"),
    );
    assert_eq!((result.text, result.clashes), (right("mine"), vec![]));
}

#[test]
fn what_both_sides_ignore_stays_ignored_and_different_reasons_are_both_told() {
    let with =
        |ignored: &str| file("").replace(")\n", &format!("    ignored: [\n{ignored}    ],\n)\n"));
    let one = |reason: &str| {
        format!("        (rule: \"edge-in-word\", tag: \"a1\", reason: \"{reason}\"),\n")
    };
    let words = "        (rule: \"untagged-quote\", words: \"“so”\", reason: \"a title\"),\n";
    let both = merged(&file(""), &with(&one("mine")), &with(words));
    assert!(both.clashes.is_empty(), "{:?}", both.clashes);
    assert!(
        both.text.contains(&format!("{}{words}", one("mine"))),
        "{}",
        both.text
    );

    let differ = merged(&file(""), &with(&one("mine")), &with(&one("hers")));
    assert_eq!(differ.clashes.len(), 1);
    assert_eq!(differ.clashes[0].id, "edge-in-word/a1");
    assert!(
        differ
            .text
            .contains(&format!("{}{}", one("mine"), one("hers"))),
        "{}",
        differ.text
    );
}

proptest::proptest! {
    /// Records named by several parts are told apart and sorted as the program saves them.
    #[test]
    fn parts_of_ids_sort_as_they_are_saved(
        one in proptest::collection::vec("[\\x00\\x01 /a]{0,3}", 2),
        other in proptest::collection::vec("[\\x00\\x01 /a]{0,3}", 2),
    ) {
        let order = super::entry::id_of_parts(&one).cmp(&super::entry::id_of_parts(&other));
        proptest::prop_assert_eq!(order, one.cmp(&other));
    }
}

#[test]
fn reviews_and_ignored_hints_keep_the_order_of_the_program() {
    let text = file("").replace(
        "    links: [\n    ],\n",
        "    links: [\n    ],\n    reviews: [\n        (of: \"a\", tag: \"x\", record: \"1\", verdict: Accepted),\n        \
         (of: \"a b\", tag: \"x\", record: \"1\", verdict: Accepted),\n    ],\n    ignored: [\n        (rule: \"hw\", tag: \"t\"),\n        \
         (rule: \"hw\", words: \"\"),\n        (rule: \"hw a\", tag: \"b\"),\n    ],\n",
    );
    let merged = merged(&text, &text, &text);
    assert_eq!(merged.text, text);
    assert_eq!(merged.clashes, []);
}
