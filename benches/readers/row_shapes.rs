//! Inputs of the readers from JSON Lines to doccano.

use super::shape::{
    Shape, TEXT, beside, choice, each, joined, json_span, junk_lines, region, shape,
    stam_annotation, store, task, w3c_item, with_text, written,
};

pub(crate) const SHAPES: &[Shape] = &[
    written("jsonl"),
    shape("jsonl", "junk lines", "a.jsonl", junk_lines),
    shape("jsonl", "attributes", "a.jsonl", |n| {
        json_span(&format!(
            r#","attributes":[{}]"#,
            joined(n, |k| format!(r#"{{"key":"k{k}","value":"v"}}"#))
        ))
    }),
    shape("jsonl", "attributes in a map", "a.jsonl", |n| {
        json_span(&format!(
            r#","attributes":{{{}}}"#,
            joined(n, |k| format!(r#""k{k}":"v""#))
        ))
    }),
    shape("jsonl", "unknown fields", "a.jsonl", |n| {
        json_span(&each(n, |k| format!(r#","u{k}":1"#)))
    }),
    shape("jsonl", "unknown fields in lines", "a.jsonl", |n| {
        each(n, |k| {
            format!("{{\"id\":\"{k}\",\"text\":\"x\",\"u{k}\":1}}\n")
        })
    }),
    shape("jsonl", "fragments", "a.jsonl", |n| {
        format!(
            r#"{{"id":"a.txt","text":"{}","spans":[{{"label":"quote","fragments":[{}]}}]}}"#,
            "x ".repeat(n),
            joined(n, |k| format!("[{},{}]", 2 * k, 2 * k + 1))
        )
    }),
    shape("jsonl", "links to nothing", "a.jsonl", |n| {
        format!(
            r#"{{"id":"a.txt","text":"x","spans":[],"links":[{}]}}"#,
            joined(n, |k| format!(
                r#"{{"id":"l{k}","from":"f{k}","to":"t{k}","role":"r"}}"#
            ))
        )
    }),
    written("csv"),
    shape("csv", "columns", "a.csv", |n| {
        format!(
            "doc,label,start,end,text{}\na,quote,0,2,He{}\n",
            each(n, |k| format!(",c{k}")),
            ",v".repeat(n)
        )
    }),
    shape("csv", "columns of the same name", "a.csv", |n| {
        format!(
            "doc,label,start,end,text{}\na,quote,0,2,He{}\n",
            ",c".repeat(n),
            ",v".repeat(n)
        )
    }),
    shape("csv", "junk lines", "a.csv", |n| {
        format!("doc,label,start,end,text\n{}", junk_lines(n))
    }),
    shape("csv", "rows", "a.csv", |n| {
        format!(
            "doc,label,start,end,text,speaker\n{}",
            each(n, |k| format!("d{k},l{k},0,2,He,s{k}\n"))
        )
    }),
    with_text("csv", "rows of one text", |n| {
        beside(
            "in.csv",
            format!(
                "doc,id,label,start,end,text,speaker,k{{}}\n{}",
                each(n, |k| format!("a.txt,t{k},l{k},0,2,He,s{k},v{k}\n"))
            ),
            TEXT,
        )
    }),
    written("tsv"),
    shape("tsv", "columns", "a.tsv", |n| {
        format!(
            "doc\tlabel\tstart\tend\ttext{}\na\tquote\t0\t2\tHe{}\n",
            each(n, |k| format!("\tc{k}")),
            "\tv".repeat(n)
        )
    }),
    shape("tsv", "junk lines", "a.tsv", |n| {
        format!("doc\tlabel\tstart\tend\ttext\n{}", junk_lines(n))
    }),
    written("brat"),
    with_text("brat", "junk lines", |n| {
        beside("a.ann", junk_lines(n), TEXT)
    }),
    with_text("brat", "attributes", |n| {
        beside(
            "a.ann",
            format!(
                "T1\tquote 0 2\tHe\n{}",
                each(n, |k| format!("A{k}\tk{k} T1 v\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "values of one attribute", |n| {
        beside(
            "a.ann",
            format!(
                "T1\tquote 0 2\tHe\n{}",
                each(n, |k| format!("A{k}\tk T1 v{k}\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "equivalence", |n| {
        let names = each(n, |k| format!(" T{k}"));
        beside(
            "a.ann",
            format!(
                "{}*\tEquiv{names}\n",
                each(n, |k| format!("T{k}\tquote 0 2\tHe\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "equivalences of two", |n| {
        beside(
            "a.ann",
            format!(
                "{}{}",
                each(n, |k| format!("T{k}\tquote 0 2\tHe\n")),
                each(n, |k| format!("*\tEquiv T{k} T{}\n", (k + 1) % n))
            ),
            TEXT,
        )
    }),
    with_text("brat", "notes", |n| {
        beside(
            "a.ann",
            format!(
                "{}{}",
                each(n, |k| format!("T{k}\tquote 0 2\tHe\n")),
                each(n, |k| format!("#{k}\tAnnotatorNotes T{k}\tn{k}\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "notes of one tag", |n| {
        beside(
            "a.ann",
            format!(
                "T1\tquote 0 2\tHe\n{}",
                each(n, |k| format!("#{k}\tAnnotatorNotes T1\tn{k}\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "events", |n| {
        beside(
            "a.ann",
            format!(
                "T1\tquote 0 2\tHe\n{}",
                each(n, |k| format!("E{k}\tquote:T1 a{k}:T1\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "roles of one event", |n| {
        beside(
            "a.ann",
            format!(
                "T1\tquote 0 2\tHe\nE1\tquote:T1{}\n",
                each(n, |k| format!(" a{k}:T1"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "links", |n| {
        beside(
            "a.ann",
            format!(
                "T1\tquote 0 2\tHe\nT2\tquote 3 7\tsaid\n{}",
                each(n, |k| format!("R{k}\tr{k} Arg1:T1 Arg2:T2\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "fragments", |n| {
        let text = "x ".repeat(n);
        let places: Vec<String> = (0..n).map(|k| format!("{} {}", 2 * k, 2 * k + 1)).collect();
        beside(
            "a.ann",
            format!("T1\tquote {}\t{}\n", places.join(";"), text.trim_end()),
            &text,
        )
    }),
    written("w3c"),
    shape("w3c", "items", "a.jsonld", |n| {
        format!("[{}]", joined(n, |k| w3c_item(k, "")))
    }),
    with_text("w3c", "items with text", |n| {
        beside(
            "a.jsonld",
            format!("[{}]", joined(n, |k| w3c_item(k, ""))),
            TEXT,
        )
    }),
    with_text("w3c", "unknown fields", |n| {
        beside(
            "a.jsonld",
            format!("[{}]", w3c_item(0, &each(n, |k| format!(r#","u{k}":1"#)))),
            TEXT,
        )
    }),
    with_text("w3c", "bodies", |n| {
        let bodies = joined(n, |k| {
            format!(r#"{{"type":"TextualBody","value":"v{k}","purpose":"classifying"}}"#)
        });
        beside(
            "a.jsonld",
            format!(
                r#"[{{"id":"urn:a","type":"Annotation","body":[{bodies}],"target":{{"source":"a.txt","selector":{{"type":"TextPositionSelector","start":0,"end":2}}}}}}]"#
            ),
            TEXT,
        )
    }),
    with_text("w3c", "purposes", |n| {
        let bodies = joined(n, |k| {
            format!(r#"{{"type":"TextualBody","value":"v{k}","purpose":"p{k}"}}"#)
        });
        beside(
            "a.jsonld",
            format!(
                r#"[{{"id":"urn:a","type":"Annotation","body":[{bodies}],"target":{{"source":"a.txt","selector":{{"type":"TextPositionSelector","start":0,"end":2}}}}}}]"#
            ),
            TEXT,
        )
    }),
    with_text("w3c", "targets", |n| {
        let targets = joined(n, |k| {
            format!(
                r#"{{"source":"s{k}","selector":{{"type":"TextPositionSelector","start":0,"end":2}}}}"#
            )
        });
        beside(
            "a.jsonld",
            format!(
                r#"[{{"id":"urn:a","type":"Annotation","body":[{{"type":"TextualBody","value":"v"}}],"target":[{targets}]}}]"#
            ),
            TEXT,
        )
    }),
    with_text("w3c", "quoted words", |n| {
        let items = joined(n, |k| {
            format!(
                r#"{{"id":"urn:a{k}","type":"Annotation","body":{{"type":"TextualBody","value":"quote","purpose":"tagging"}},"target":{{"source":"a.txt","selector":{{"type":"TextQuoteSelector","exact":"word{k} "}}}}}}"#
            )
        });
        beside(
            "a.jsonld",
            format!("[{items}]"),
            &each(n, |k| format!("word{k} ")),
        )
    }),
    with_text("w3c", "linking", |n| {
        let items = joined(n, |k| {
            format!(
                r#"{{"id":"urn:l{k}","type":"Annotation","motivation":"linking","body":"urn:a{k}","target":"urn:a{}"}}"#,
                k + 1
            )
        });
        beside(
            "a.jsonld",
            format!("[{},{items}]", joined(n, |k| w3c_item(k, ""))),
            TEXT,
        )
    }),
    written("stam"),
    shape("stam", "data", "a.stam.json", |n| {
        let data = joined(n, |k| {
            format!(
                r#"{{"@type":"AnnotationData","@id":"D{k}","key":"k{k}","value":{{"@type":"String","value":"v"}}}}"#
            )
        });
        let of_tag = joined(n, |k| {
            format!(r#"{{"@type":"AnnotationData","@id":"D{k}","set":"set"}}"#)
        });
        store(&data, &stam_annotation(0, &of_tag))
    }),
    shape("stam", "data of one key", "a.stam.json", |n| {
        let of_tag = joined(n, |k| {
            format!(
                r#"{{"@type":"AnnotationData","set":"set","key":"k","value":{{"@type":"String","value":"v{k}"}}}}"#
            )
        });
        store("", &stam_annotation(0, &of_tag))
    }),
    shape("stam", "annotations", "a.stam.json", |n| {
        store(
            "",
            &joined(n, |k| {
                stam_annotation(
                    k,
                    &format!(
                        r#"{{"@type":"AnnotationData","set":"set","key":"k{k}","value":{{"@type":"String","value":"v"}}}}"#
                    ),
                )
            }),
        )
    }),
    shape("stam", "fields", "a.stam.json", |n| {
        let more = each(n, |k| format!(r#","u{k}":1"#));
        store("", &stam_annotation(0, "")).replacen(
            r#""@id":"s""#,
            &format!(r#""@id":"s"{more}"#),
            1,
        )
    }),
    written("labelstudio"),
    shape("labelstudio", "regions", "a.json", |n| {
        task(&joined(n, |k| region(k, "")), "")
    }),
    shape("labelstudio", "choices", "a.json", |n| {
        task(
            &format!("{},{}", region(0, ""), joined(n, |k| choice(k, "r0"))),
            "",
        )
    }),
    shape("labelstudio", "choices of one name", "a.json", |n| {
        task(
            &format!(
                "{},{}",
                region(0, ""),
                joined(n, |k| choice(0, "r0").replace("v0", &format!("v{k}")))
            ),
            "",
        )
    }),
    shape("labelstudio", "choices in one list", "a.json", |n| {
        task(
            &format!(
                "{},{}",
                region(0, ""),
                choice(0, "r0").replace("\"v0\"", &joined(n, |k| format!("\"v{k}\"")))
            ),
            "",
        )
    }),
    shape("labelstudio", "choices of each region", "a.json", |n| {
        task(
            &joined(n, |k| {
                format!("{},{}", region(k, ""), choice(0, &format!("r{k}")))
            }),
            "",
        )
    }),
    shape("labelstudio", "data", "a.json", |n| {
        task(&region(0, ""), &each(n, |k| format!(r#","d{k}":"x{k}""#)))
    }),
    shape("labelstudio", "fields of a region", "a.json", |n| {
        task(&region(0, &each(n, |k| format!(r#","d{k}":"x""#))), "")
    }),
    shape("labelstudio", "relations", "a.json", |n| {
        task(
            &format!(
                "{},{}",
                joined(n, |k| region(k, "")),
                joined(n, |k| format!(
                    r#"{{"from_id":"r{k}","to_id":"r0","type":"relation","direction":"right"}}"#
                ))
            ),
            "",
        )
    }),
    shape("labelstudio", "tasks", "a.json", |n| {
        format!(
            "[{}]",
            joined(n, |k| {
                let task = task(&region(0, ""), "");
                task.trim_matches(['[', ']'])
                    .replace("\"id\":1,\"data\"", &format!("\"id\":{k},\"data\""))
            })
        )
    }),
    written("doccano"),
    shape("doccano", "junk lines", "a.jsonl", junk_lines),
    shape("doccano", "labels", "a.jsonl", |n| {
        format!(
            r#"{{"id":1,"text":"{TEXT}","label":[{}]}}"#,
            joined(n, |k| format!(r#"[0,2,"l{k}"]"#))
        )
    }),
    shape("doccano", "entities and relations", "a.jsonl", |n| {
        format!(
            r#"{{"id":1,"text":"{TEXT}","entities":[{}],"relations":[{}]}}"#,
            joined(n, |k| format!(
                r#"{{"id":{k},"label":"q","start_offset":0,"end_offset":2}}"#
            )),
            joined(n, |k| format!(
                r#"{{"id":{k},"from_id":{k},"to_id":0,"type":"r"}}"#
            ))
        )
    }),
    shape("doccano", "unknown fields", "a.jsonl", |n| {
        format!(
            r#"{{"id":1,"text":"{TEXT}","label":[]{}}}"#,
            each(n, |k| format!(r#","u{k}":1"#))
        )
    }),
    shape("doccano", "comments", "a.jsonl", |n| {
        format!(
            r#"{{"id":1,"text":"{TEXT}","label":[[0,2,"q"]],"Comments":[{}]}}"#,
            joined(n, |k| format!("\"c{k}\""))
        )
    }),
    shape("doccano", "categories", "a.jsonl", |n| {
        format!(
            r#"{{"id":1,"text":"{TEXT}","label":[{}]}}"#,
            joined(n, |k| format!("\"c{k}\""))
        )
    }),
];
