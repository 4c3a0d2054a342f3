use super::*;

#[test]
fn the_built_in_schema_has_quotes_speakers_and_claims() {
    let schema = default_schema().unwrap();
    let keys: Vec<_> = schema
        .labels()
        .iter()
        .map(|l| (&*l.key, l.letter, &*l.color))
        .collect();
    assert_eq!(
        keys,
        [
            ("quote", 'Q', "yellow"),
            ("speaker", 'S', "pink"),
            ("claim", 'C', "green")
        ]
    );
    assert!(schema.speaks("quote") && schema.speaks("claim") && schema.mentions("speaker"));
    assert!(schema.allows("speaker", "claim", "speaker"));
    assert!(schema.allows_people("speaker", "quote"));
    assert_eq!(schema.attributes_of("speaker").count(), 1);
}

#[test]
fn the_documented_schema_has_cues() {
    let contents = read_schema(include_str!("../../../assets/schema-with-cues.ron")).unwrap();
    assert_eq!(contents.unknown, []);
    let schema = contents.schema;
    assert!(schema.label("cue").unwrap().reports && !schema.times);
    assert!(schema.allows("cue", "quote", "cue"));
    assert_eq!(schema.attributes_of("cue").count(), 1);
    assert_eq!(schema.cues, ["float", "floats", "floated", "floating"]);
    assert_eq!(schema.conventions.len(), 1);
}

#[test]
fn cues_are_a_list_or_one_word() {
    let schema = |conventions: &str| {
        let labels = "labels: [(key: \"quote\", letter: 'Q')]";
        parse_schema(&format!("({labels}, conventions: {{{conventions}}})"))
    };
    assert_eq!(schema("\"cues\": \"tutted\"").unwrap().cues, ["tutted"]);
    assert_eq!(schema("\"cues\": []").unwrap().cues, [""; 0]);
    let other = schema("\"sections\": [\"news\", \"sports\"]").unwrap();
    assert_eq!(other.conventions[0].value, "news, sports");
    let error = schema("\"cues\": 3").unwrap_err().to_string();
    assert!(error.contains("a word or a list of words"), "{error}");
}

#[test]
fn a_project_s_own_schema_may_leave_out_what_can_be_guessed() {
    let text = "\u{feff}(\r\n  labels: [(key: \"cue\", letter: 'u', reports: true)],\r\n  \
                    attributes: [(name: \"kind\", label: \"cue\", values: [\"verb\"], default: \"verb\")],\r\n  \
                    guidelines: \"guide.md\",\r\n  conventions: {\"marks\": \"inside\"},\r\n)";
    let schema = parse_schema(text).unwrap();
    let label = schema.label("cue").unwrap();
    assert_eq!(
        (&*label.name, &*label.plural, label.letter),
        ("Cue", "Cues", 'U')
    );
    assert_eq!(
        schema
            .attributes_of("cue")
            .next()
            .unwrap()
            .default
            .as_deref(),
        Some("verb")
    );
    assert_eq!(schema.guidelines, "guide.md");
    assert_eq!(schema.conventions.len(), 1);
}

#[test]
fn a_field_of_another_version_does_not_spoil_the_rest() {
    let text = "Schema(
  labels: [
    Label(key: \"quote\", letter: 'Q', speaks: true, shape: Round(3, [\"a\"])),
    (key: \"speaker\", letter: 'S', mentions: true),
  ],
  roles: [(key: \"speaker\", from: [\"quote\"], to: [\"speaker\"], é: 1, arrow: Arrow(head: 2))],
  attributes: [
    (name: \"form\", label: \"quote\", values: [\"direct\"],
     help: \"how\"),
  ],
  shortcuts: {\"labels\": 1},
  guidelines: \"guide.md\",
)";
    let contents = read_schema(text).unwrap();
    let unknown: Vec<_> = contents
        .unknown
        .iter()
        .map(|field| (&*field.name, field.line, field.column))
        .collect();
    assert_eq!(
        unknown,
        [
            ("shape", 3, 52),
            ("é", 6, 62),
            ("arrow", 6, 68),
            ("help", 9, 6),
            ("shortcuts", 11, 3),
        ]
    );
    let schema = contents.schema;
    assert!(schema.speaks("quote") && schema.allows("speaker", "quote", "speaker"));
    assert_eq!(schema.attributes_of("quote").count(), 1);
    assert_eq!(schema.guidelines, "guide.md");
    assert_eq!(
        read_schema(include_str!("../../../assets/schema.ron"))
            .unwrap()
            .unknown,
        []
    );
}

#[test]
fn a_file_without_labels_has_the_built_in_ones() {
    let own = parse_schema("(attributes: [(name: \"tone\", label: \"quote\")])").unwrap();
    let built_in = default_schema().unwrap();
    assert_eq!(own.labels(), built_in.labels());
    assert_eq!(own.roles(), built_in.roles());
    let of_quotes = |schema: &Schema| schema.attributes_of("quote").count();
    assert_eq!(of_quotes(&own), of_quotes(&built_in) + 1);
}

#[test]
fn a_mistake_is_named_with_its_place() {
    let typo = parse_schema("(\n  labels: [\n    (key: \"q\", leter: 'Q'),\n  ],\n)").unwrap_err();
    assert!(typo.to_string().starts_with("line 3, column "), "{typo}");
    assert!(typo.to_string().contains("leter"), "{typo}");
    let twice = "(\n labels: [\n  (key: \"q\", letter: 'Q'),\n  (key: \"r\", letter: 'Q'),\n ],\n)";
    assert_eq!(
        parse_schema(twice),
        Err(SchemaFileError::Meaning {
            line: 4,
            column: 4,
            error: SchemaError::RepeatedLetter("q".into(), "r".into())
        })
    );
    for (text, place, reason) in [
        (
            "(\n labels: [\n  (key: \"\", letter: 'Q'),\n ],\n)",
            (3, 4),
            "a label of the schema has an empty name; give it one",
        ),
        (
            "(\n labels: [(key: \"q\", letter: 'Q')],\n roles: [\n  (key: \"r\", from: [\"q\"], to: [\"q\"]),\n  (key: \"r\", from: [\"q\"], to: [\"q\"]),\n ],\n)",
            (5, 4),
            "the role `r` is in the schema twice; rename one, or join their labels",
        ),
        (
            "(\n labels: [(key: \"q\", letter: 'Q')],\n attributes: [\n  (name: \"a\", label: \"q\"),\n  (name: \"a\", label: \"q\"),\n ],\n)",
            (5, 4),
            "the attribute `a` of the label `q` is in the schema twice; rename one",
        ),
        (
            "(\n labels: [(key: \"q\", letter: 'Q')],\n attributes: [\n  (name: \"\", label: \"q\"),\n ],\n)",
            (4, 4),
            "an attribute of the schema has an empty name; give it one",
        ),
        (
            "(\n labels: [(key: \"q\", letter: 'Q')],\n attributes: [\n  (name: \"a\", label: \"q\", values: [\"b\", \" \"]),\n ],\n)",
            (4, 4),
            "the attribute `a` has an empty value; leave it out, or give it a name",
        ),
        (
            "(\n labels: [(key: \"q\", letter: 'Q')],\n attributes: [\n  (name: \"a\", label: \"q\", values: [\"x\",\n \"x\"]),\n ],\n)",
            (5, 2),
            "the attribute `a` has the value `x` twice; remove one",
        ),
        (
            "(\n labels: [(letter: 'Q')],\n)",
            (2, 23),
            "the field `key` is missing; fix the line or remove it",
        ),
    ] {
        let error = parse_schema(text).unwrap_err();
        assert_eq!((error.place(), &*error.message()), (place, reason));
    }
    let colour = "(\n labels: [\n  (key: \"q\", letter: 'Q', color: Mauve),\n ],\n)";
    let error = parse_schema(colour).unwrap_err();
    assert_eq!(error.place().0, 3);
    assert!(
        error
            .message()
            .starts_with("`Mauve` is not a colour; use Yellow, Pink"),
        "{error}"
    );
    let lost =
        "(labels: [(key: \"q\", letter: 'Q')],\nroles: [(key: \"r\", from: [\"q\"], to: [\"x\"])])";
    let error = parse_schema(lost).unwrap_err().to_string();
    assert!(
        error.starts_with("line 2: `r` uses the label `x`"),
        "{error}"
    );
}

#[test]
fn a_project_names_facts_and_labels_of_articles() {
    let text = r#"(fields: ["edition", "edition", " "], article_labels: ["topic: sport"],
        person_attributes: [(name: "gender", values: ["woman", "man", "woman"]), (name: "party")])"#;
    let contents = read_schema(text).unwrap();
    assert_eq!(contents.schema.fields, ["edition"], "each once");
    assert_eq!(contents.schema.article_labels, ["topic: sport"]);
    let people = &contents.schema.person_attributes;
    assert_eq!(people[0].values, ["woman", "man"]);
    assert_eq!(people[1].name, "party");
    assert!(contents.unknown.is_empty());
}

/// A project's file with comments everywhere.
const COMMENTED: &str = r#"// Our labels.
(
    labels: [
        // What people say.
        (key: "quote", letter: 'Q', color: Yellow, speaks: true), // the main thing
        (key: "speaker", letter: 'S', /* pink? */ color: Pink, mentions: true),
        (key: "claim", name: "Claim", letter: 'C', speaks: true),
    ],
    // Who says what.
    roles: [(key: "speaker", from: ["quote", "claim"], to: ["speaker"], people: true)],
    attributes: [
        (name: "form", label: "quote", values: ["direct", "indirect"]), // two are enough
        (name: "check", label: "claim"),
    ],
    lint: {"untagged-name": "off"}, // we tag speakers only
)
"#;

fn edited(text: Option<&str>, change: impl FnOnce(&mut SchemaDraft)) -> String {
    let schema = text.map_or_else(default_schema, parse_schema).unwrap();
    let mut draft = SchemaDraft::of(&schema);
    change(&mut draft);
    let new = edited_schema_text(text, &draft).unwrap();
    assert_eq!(parse_schema(&new).unwrap(), draft.schema().unwrap());
    new
}

#[test]
fn a_schema_that_is_not_changed_stays_as_it_is() {
    assert_eq!(edited(Some(COMMENTED), |_| {}), COMMENTED);
}

#[test]
fn a_renamed_label_keeps_its_former_name_and_the_file_its_comments() {
    let new = edited(Some(COMMENTED), |draft| draft.rename_label(2, "statement"));
    let expected = COMMENTED
        .replace(
            "(key: \"claim\", name: \"Claim\", letter: 'C', speaks: true)",
            "(key: \"statement\", name: \"Claim\", letter: 'C', speaks: true, was: [\"claim\"])",
        )
        .replace(
            "from: [\"quote\", \"claim\"]",
            "from: [\"quote\", \"statement\"]",
        )
        .replace("label: \"claim\"", "label: \"statement\"");
    assert_eq!(new, expected);
    // Again, and back.
    let again = edited(Some(&new), |draft| draft.rename_label(2, "fact"));
    assert!(again.contains("key: \"fact\"") && again.contains("was: [\"claim\", \"statement\"]"));
    let back = edited(Some(&again), |draft| draft.rename_label(2, "claim"));
    assert!(back.contains("was: [\"statement\", \"fact\"]"), "{back}");
    let schema = parse_schema(&back).unwrap();
    assert_eq!(schema.former_labels().present("fact").unwrap(), "claim");
}

#[test]
fn values_are_replaced_where_they_stand_and_parts_come_and_go() {
    let new = edited(Some(COMMENTED), |draft| {
        draft.labels[0].kind.name = "Quotation".to_owned();
        draft.labels[0].kind.plural = "Quotations".to_owned();
        draft.labels[1].kind.color = "blue".into();
        draft.remove_label(2);
        draft.labels.push(Drafted {
            original: None,
            kind: LabelKind {
                key: "cue".into(),
                name: "Cue".to_owned(),
                plural: "Cues".to_owned(),
                letter: 'U',
                color: "teal".into(),
                speaks: false,
                mentions: false,
                reports: true,
                was: Vec::new(),
            },
        });
        draft.attributes[0].kind.values.push("mixed".into());
        draft.set_convention("claims", "suggested");
    });
    let expected = COMMENTED
        .replace(
            "speaks: true), // the",
            "speaks: true, name: \"Quotation\"), // the",
        )
        .replace("color: Pink", "color: Blue")
        .replace(
            "        (key: \"claim\", name: \"Claim\", letter: 'C', speaks: true),\n",
            "        (key: \"cue\", letter: 'U', color: Teal, reports: true),\n",
        )
        .replace("from: [\"quote\", \"claim\"]", "from: [\"quote\"]")
        .replace("\"indirect\"]", "\"indirect\", \"mixed\"]")
        .replace("        (name: \"check\", label: \"claim\"),\n", "")
        .replace(
            "{\"untagged-name\": \"off\"}, //",
            "{\"untagged-name\": \"off\"},\n    conventions: {\"claims\": \"suggested\"}, //",
        );
    assert_eq!(new, expected);
}

#[test]
fn a_file_without_labels_and_no_file_at_all_get_the_built_in_ones() {
    let add = |draft: &mut SchemaDraft| draft.labels[0].kind.letter = 'Z';
    let new = edited(None, add);
    assert!(
        new.starts_with("// The labels, links and attributes of this project.\n(\n"),
        "{new}"
    );
    let small = "(\n    // ours\n    attributes: [(name: \"tone\", label: \"quote\")],\n)\n";
    let new = edited(Some(small), add);
    assert!(
        new.contains("// ours") && new.contains("(name: \"tone\", label: \"quote\")"),
        "{new}"
    );
    assert!(new.contains("letter: 'Z'"), "{new}");
    let empty = edited(Some("()"), add);
    assert!(empty.contains("letter: 'Z'"), "{empty}");
}

#[test]
fn what_does_not_fit_together_is_refused_in_words() {
    let schema = parse_schema(COMMENTED).unwrap();
    let refused = |change: &dyn Fn(&mut SchemaDraft)| {
        let mut draft = SchemaDraft::of(&schema);
        change(&mut draft);
        edited_schema_text(Some(COMMENTED), &draft)
            .unwrap_err()
            .to_string()
    };
    let twice = refused(&|draft| draft.rename_label(2, "quote"));
    assert!(
        twice.contains("the label `quote` is in the schema twice"),
        "{twice}"
    );
    let letter = refused(&|draft| draft.labels[2].kind.letter = 'Q');
    assert!(letter.contains("have the same letter"), "{letter}");
    let draft = SchemaDraft::of(&default_schema().unwrap());
    let changed = edited_schema_text(Some(COMMENTED), &draft).unwrap_err();
    assert_eq!(changed, SchemaEditError::Changed);
    let former = "(labels: [(key: \"a\", letter: 'A', was: [\"b\"]), (key: \"b\", letter: 'B')])";
    let words = parse_schema(former).unwrap_err().to_string();
    assert!(
        words.contains("`b` is an earlier name of one label and a name of another"),
        "{words}"
    );
}
