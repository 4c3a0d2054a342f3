use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;

use thin_vec::ThinVec;

use super::flat::{FlatFacts, is_known};
use super::*;
use crate::model::{ArticleNote, FactConflict, ImportedFrom, UnknownField};

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{0,3}",
        1 => any::<String>(),
        1 => Just("a\nb\r\t\"\\ \u{202e}\0é👩\u{200d}🔬".to_owned()),
    ]
}

/// Values of unknown facts.
fn raw() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("5".to_owned()),
        Just("Some(\"x\")".to_owned()),
        Just("(a: 1, b: [\"(\", ')'])".to_owned()),
        Just("{\"k\": r#\"raw \" \"#}".to_owned()),
        Just("[1,\n      2]".to_owned()),
    ]
}

fn unknown(name: &'static str) -> impl Strategy<Value = ThinVec<UnknownField>> {
    let field = (name, raw()).prop_map(|(name, raw)| UnknownField {
        name: name.into(),
        raw: raw.into(),
    });
    let others = ["version", "people", "links"];
    let new = move |field: &UnknownField| {
        !is_known(&field.name) && !others.contains(&field.name.as_str())
    };
    vec(field.prop_filter("a name that is taken", new), 0..3).prop_map(ThinVec::from)
}

fn facts() -> impl Strategy<Value = ArticleFacts> {
    let single = prop::array::uniform7(prop_oneof![Just(String::new()), words()]);
    let from = (words(), words(), 0_usize..3, unknown("p[a-z]{2}"));
    let note = (words(), words(), words(), unknown("p[a-z]{2}"));
    let conflict = ("[a-z/]{1,4}", raw(), unknown("p[a-z]{2}"));
    (
        single,
        option::of(from),
        btree_map(words(), words(), 0..4),
        btree_set(words(), 0..4),
        vec(note, 0..3),
        vec(conflict, 0..3),
        unknown("[a-z][a-z0-9_]{2,6}"),
    )
        .prop_map(
            |(single, from, fields, labels, notes, conflicts, unknown)| {
                let [headline, byline, outlet, date, language, section, address] = single;
                ArticleFacts {
                    headline,
                    byline,
                    outlet,
                    date,
                    language,
                    section,
                    address,
                    imported_from: from.map(|(file, sha256, index, unknown)| ImportedFrom {
                        file,
                        sha256,
                        index,
                        unknown,
                    }),
                    fields,
                    labels,
                    notes: notes
                        .into_iter()
                        .map(|(text, by, when, unknown)| ArticleNote {
                            text,
                            by,
                            when,
                            unknown,
                        })
                        .collect(),
                    conflicts: conflicts
                        .into_iter()
                        .map(|(fact, theirs, unknown)| FactConflict {
                            fact,
                            theirs,
                            unknown,
                        })
                        .collect(),
                    unknown,
                }
            },
        )
}

/// What someone makes of facts: some are as before.
fn changed() -> impl Strategy<Value = [ArticleFacts; 3]> {
    let keep = prop::array::uniform10(any::<[bool; 2]>());
    (facts(), facts(), facts(), keep).prop_map(|(base, mut ours, mut theirs, keep)| {
        for (n, which) in keep.into_iter().enumerate() {
            for (side, keep) in [&mut ours, &mut theirs].into_iter().zip(which) {
                if keep {
                    keep_as_was(side, &base, n);
                }
            }
        }
        [base, ours, theirs]
    })
}

fn keep_as_was(side: &mut ArticleFacts, base: &ArticleFacts, n: usize) {
    match n {
        0 => side.headline.clone_from(&base.headline),
        1 => side.byline.clone_from(&base.byline),
        2 => side.date.clone_from(&base.date),
        3 => side.address.clone_from(&base.address),
        4 => side.imported_from.clone_from(&base.imported_from),
        5 => side.fields.clone_from(&base.fields),
        6 => side.labels.clone_from(&base.labels),
        7 => side.notes.clone_from(&base.notes),
        8 => side.conflicts.clone_from(&base.conflicts),
        _ => side.unknown.clone_from(&base.unknown),
    }
}

/// Every value with the name it is under.
fn values(facts: &ArticleFacts) -> Vec<(String, String)> {
    let flat = FlatFacts::new(facts);
    let lists = flat.lists.into_iter().enumerate().flat_map(|(n, list)| {
        let named = move |raw| (format!("list {n}"), raw);
        list.into_iter().map(named)
    });
    flat.single.into_iter().chain(lists).collect()
}

proptest! {
    /// Any facts come back from the file, unknown ones byte by byte, and give the same bytes again.
    #[test]
    fn facts_come_back(facts in facts()) {
        let text = write(&facts);
        let contents = read(text.as_bytes()).unwrap();
        prop_assert_eq!(&contents.facts, &facts);
        prop_assert_eq!(write(&contents.facts), text);
    }

    /// Reading any bytes never panics, and what is read is written and read the same.
    #[test]
    fn damage_is_an_error_or_kept(facts in facts(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = write(&facts).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(contents) = read(&bytes) {
            let text = write(&contents.facts);
            let again = read(text.as_bytes()).unwrap();
            prop_assert_eq!(write(&again.facts), text);
        }
    }

    /// Everything one side has and the version before had not is in the result.
    #[test]
    fn a_merge_loses_nothing([base, ours, theirs] in changed()) {
        let [b, o, t] = [&base, &ours, &theirs].map(write);
        let merged = merge(Some(b.as_bytes()), o.as_bytes(), t.as_bytes()).unwrap();
        let result = read(merged.text.as_bytes()).unwrap().facts;
        prop_assert_eq!(write(&result), &*merged.text);
        let in_base = values(&base);
        let in_result = values(&result);
        for side in [&ours, &theirs] {
            for value in values(side) {
                let beside = format!("theirs: {}", value.1);
                let kept = in_base.contains(&value)
                    || in_result.contains(&value)
                    || in_result.iter().any(|(_, raw)| raw.contains(&beside));
                prop_assert!(kept, "{:?} in\n{}", value, merged.text);
            }
        }
        // What neither touched stays.
        let untouched = |value: &&(String, String)| {
            values(&ours).contains(value) && values(&theirs).contains(value)
        };
        for value in in_base.iter().filter(untouched) {
            prop_assert!(in_result.contains(value), "{:?} in\n{}", value, merged.text);
        }
    }

    /// A side that did nothing changes nothing, and twice the same is as once.
    #[test]
    fn what_one_side_did_holds([base, ours, _] in changed()) {
        let [b, o] = [&base, &ours].map(write);
        let (b, o) = (b.as_bytes(), o.as_bytes());
        for (ours, theirs) in [(o, b), (b, o), (o, o)] {
            let merged = merge(Some(b), ours, theirs).unwrap();
            let expected = read(o).unwrap().facts;
            prop_assert_eq!(read(merged.text.as_bytes()).unwrap().facts.labels, expected.labels);
            prop_assert_eq!(merged.clashes, []);
        }
    }
}
