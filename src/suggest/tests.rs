use super::*;
use crate::model::Document;
use crate::text::{SourceText, TextSize};

#[test]
fn show() {
    let text = include_str!("../../seeds/us-russia-relations.txt");
    let source = SourceText::new(text, "UTF-8").unwrap();
    let document = Document::new(source.clone());
    let schema = schema();
    for line in 0..source.lines().count() {
        let range = source.lines().range(line);
        for c in crate::text::sentences(&source, range) {
            println!("S {}", source.slice(c));
            for r in reporting_clauses(&source, c) {
                println!(
                    "    R {:?} <- {:?} : {:?}",
                    source.slice(r.verb),
                    r.subject.map(|x| source.slice(x)),
                    r.content.map(|x| source.slice(x))
                );
            }
            let mut at = c.start();
            let mut last = (None, None);
            while at < c.end() {
                let q = natural_unit(&document, &schema, "quote", at);
                let cl = natural_unit(&document, &schema, "claim", at);
                if (q, cl) != last {
                    println!(
                        "    @{:?}\n      Q {:?}\n      C {:?}",
                        crate::text::word_at(&source, at).map(|x| source.slice(x)),
                        q.map(|x| source.slice(x)),
                        cl.map(|x| source.slice(x))
                    );
                    if q != last.0 {
                        println!(
                            "      -> {:?}",
                            candidates(&document, &schema, &[q.unwrap()], "quote")
                                .into_iter()
                                .map(|c| c.words)
                                .collect::<Vec<_>>()
                        );
                    }
                }
                last = (q, cl);
                at = crate::text::next_word(&source, at);
            }
        }
    }
}

fn schema() -> crate::model::Schema {
    use crate::model::*;
    let label = |key: &str, letter, speaks, mentions, reports| LabelKind {
        key: key.into(),
        name: key.into(),
        plural: key.into(),
        letter,
        color: "x".into(),
        speaks,
        mentions,
        reports,
    };
    Schema::new(
        vec![
            label("quote", 'Q', true, false, false),
            label("speaker", 'S', false, true, false),
            label("claim", 'C', true, false, false),
            label("cue", 'U', false, false, true),
        ],
        vec![RoleKind {
            key: "speaker".into(),
            name: "Speaker".into(),
            from: vec!["quote".into(), "claim".into()],
            to: vec!["speaker".into()],
            people: true,
        }],
        vec![],
    )
    .unwrap()
}

#[test]
fn measure() {
    use crate::text::TextRange;
    let data = std::fs::read_to_string("/work/shared/data/polnear.dev.jsonl").unwrap();
    let schema = schema();
    let show: usize = std::env::var("SHOW")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(0);
    let what = std::env::var("WHAT").unwrap_or_default();
    let limit: usize = std::env::var("DOCS")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(usize::MAX);
    let mut counts: std::collections::BTreeMap<String, (usize, usize)> = Default::default();
    let mut shown = 0;
    for line in data.lines().take(limit) {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let source = SourceText::new(v["text"].as_str().unwrap(), "UTF-8").unwrap();
        let document = Document::new(source.clone());
        let range = |f: &serde_json::Value| {
            TextRange::new(
                source.byte_of_char(f[0].as_u64().unwrap() as u32).unwrap(),
                source.byte_of_char(f[1].as_u64().unwrap() as u32).unwrap(),
            )
        };
        let spans: std::collections::BTreeMap<&str, Vec<TextRange>> = v["spans"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| {
                (
                    s["id"].as_str().unwrap(),
                    s["fragments"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(range)
                        .collect(),
                )
            })
            .collect();
        for s in v["spans"].as_array().unwrap() {
            if s["kind"] != "quote" {
                continue;
            }
            let form = s["attrs"]["form"].as_str().unwrap_or("none");
            let frags = &spans[s["id"].as_str().unwrap()];
            let speakers: Vec<TextRange> = v["links"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|l| l["from"] == s["id"] && l["role"] == "speaker")
                .flat_map(|l| spans[l["to"].as_str().unwrap()].clone())
                .collect();
            let cue = v["links"].as_array().unwrap().iter().filter(|l| l["from"] == s["id"] && l["role"] == "cue").flat_map(|l| spans[l["to"].as_str().unwrap()].clone()).map(|r| source.slice(r).to_owned()).collect::<Vec<_>>().join(" ");
            let form = if form == "indirect" && ["said", "says", "say", "told", "added", "noted", "argued", "announced", "suggested", "claimed", "according to", "saying", "insisted"].iter().any(|w| cue.ends_with(w)) { "saidind" } else { form };
            let mut add = |name: String, ok: bool| {
                let e = counts.entry(name).or_default();
                e.0 += usize::from(ok);
                e.1 += 1;
            };
            let ctx = || {
                let p = TextRange::new(
                    crate::text::paragraph_at(&source, frags[0].start()).start(),
                    crate::text::paragraph_at(&source, frags.last().unwrap().end()).end(),
                );
                source.slice(p).to_owned()
            };
            if !speakers.is_empty() {
                let c = candidates(&document, &schema, frags, "quote");
                let hit = |c: &Candidate| matches!(&c.target, CandidateTarget::Untagged(r) if speakers.iter().any(|s| s.start() < r.end() && r.start() < s.end()));
                let ok = c.first().is_some_and(hit);
                add(format!("speaker1 {form}"), ok);
                add(format!("speaker any {form}"), c.iter().any(hit));
                if !ok && what == format!("speaker {form}") && shown < show {
                    shown += 1;
                    println!(
                        "--- {:?}\n  GOLD {:?}\n  GOT {:?}\n  CTX {}",
                        frags.iter().map(|f| source.slice(*f)).collect::<Vec<_>>(),
                        speakers
                            .iter()
                            .map(|f| source.slice(*f))
                            .collect::<Vec<_>>(),
                        c.iter().map(|c| &c.words).collect::<Vec<_>>(),
                        ctx()
                    );
                }
            }
            let long = frags.iter().max_by_key(|f| f.len()).unwrap();
            let mid = crate::text::snap_to_graphemes(
                &source,
                TextRange::empty(long.start() + TextSize::from(u32::from(long.len()) / 2)),
            )
            .start();
            let unit = natural_unit(&document, &schema, "quote", mid);
            let trimmed = |r: TextRange| {
                source
                    .slice(r)
                    .trim_matches(|c: char| !c.is_alphanumeric())
                    .to_owned()
            };
            let equal = unit.is_some_and(|u| trimmed(u) == trimmed(*long));
            let half = unit
                .and_then(|u| Some((u.intersect(*long)?, u.cover(*long))))
                .is_some_and(|(i, u)| u32::from(i.len()) * 2 >= u32::from(u.len()));
            add(format!("unit equal {form}"), equal);
            add(format!("unit half {form}"), half);
            if !half && what == format!("unit {form}") && shown < show {
                shown += 1;
                println!(
                    "--- GOLD {:?}\n  GOT {:?}\n  CTX {}",
                    frags.iter().map(|f| source.slice(*f)).collect::<Vec<_>>(),
                    unit.map(|u| source.slice(u)),
                    ctx()
                );
            }
        }
    }
    for (k, (a, b)) in counts {
        println!("== {k}: {a}/{b} = {:.1}", 100.0 * a as f64 / b as f64);
    }
}
