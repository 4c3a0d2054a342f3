//! Inputs, each for a number of items.

/// How the input of a reader is made.
#[derive(Clone, Copy)]
pub(crate) enum Make {
    /// One file.
    Text(fn(usize) -> String),
    /// Several, the one that is named first.
    Files(fn(usize) -> Vec<(String, Vec<u8>)>),
    /// As Pullquote writes an article with so many tags.
    Written,
}

/// One shape of the input of one reader.
pub(crate) struct Shape {
    pub(crate) reader: &'static str,
    pub(crate) name: &'static str,
    pub(crate) file: &'static str,
    pub(crate) make: Make,
}

const fn shape(
    reader: &'static str,
    name: &'static str,
    file: &'static str,
    make: fn(usize) -> String,
) -> Shape {
    let make = Make::Text(make);
    Shape {
        reader,
        name,
        file,
        make,
    }
}

const fn with_text(
    reader: &'static str,
    name: &'static str,
    make: fn(usize) -> Vec<(String, Vec<u8>)>,
) -> Shape {
    let make = Make::Files(make);
    Shape {
        reader,
        name,
        file: "",
        make,
    }
}

const fn written(reader: &'static str) -> Shape {
    Shape {
        reader,
        name: "own export",
        file: "",
        make: Make::Written,
    }
}

/// `n` items, each from its number.
fn each(n: usize, item: impl Fn(usize) -> String) -> String {
    (0..n).map(item).collect()
}

fn joined(n: usize, item: impl Fn(usize) -> String) -> String {
    (0..n).map(item).collect::<Vec<_>>().join(",")
}

fn beside(name: &str, file: String, text: &str) -> Vec<(String, Vec<u8>)> {
    vec![
        (name.to_owned(), file.into_bytes()),
        ("a.txt".to_owned(), text.as_bytes().to_vec()),
    ]
}

fn junk_lines(n: usize) -> String {
    each(n, |k| format!("x{k}\n"))
}

const TEXT: &str = "He said yes and no.";

fn json_span(more: &str) -> String {
    format!(
        r#"{{"id":"a.txt","text":"{TEXT}","spans":[{{"id":"t","label":"quote","start":0,"end":2{more}}}],"links":[]}}"#
    )
}

fn store(data: &str, annotations: &str) -> String {
    format!(
        r#"{{"@type":"AnnotationStore","@id":"s","resources":[{{"@type":"TextResource","@id":"a.txt","text":"{TEXT}"}}],"annotationsets":[{{"@type":"AnnotationDataSet","@id":"set","keys":[],"data":[{data}]}}],"annotations":[{annotations}]}}"#
    )
}

fn stam_annotation(k: usize, data: &str) -> String {
    format!(
        r#"{{"@type":"Annotation","@id":"A{k}","target":{{"@type":"TextSelector","resource":"a.txt","offset":{{"@type":"Offset","begin":{{"@type":"BeginAlignedCursor","value":0}},"end":{{"@type":"BeginAlignedCursor","value":2}}}}}},"data":[{data}]}}"#
    )
}

fn task(results: &str, more: &str) -> String {
    format!(
        r#"[{{"id":1,"data":{{"text":"{TEXT}"{more}}},"annotations":[{{"id":1,"result":[{results}]}}]}}]"#
    )
}

fn region(k: usize, more: &str) -> String {
    format!(
        r#"{{"id":"r{k}","from_name":"label","to_name":"text","type":"labels","value":{{"start":0,"end":2,"labels":["quote"]}}{more}}}"#
    )
}

fn choice(k: usize, id: &str) -> String {
    format!(
        r#"{{"id":"{id}","from_name":"c{k}","to_name":"text","type":"choices","value":{{"start":0,"end":2,"choices":["v{k}"]}}}}"#
    )
}

fn cas(structures: &str) -> String {
    format!(
        r#"{{"%TYPES":{{}},"%FEATURE_STRUCTURES":[{{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"{TEXT}"}},{structures}],"%VIEWS":{{"_InitialView":{{"%SOFA":1,"%MEMBERS":[]}}}}}}"#
    )
}

fn xmi(structures: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>{structures}<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{TEXT}"/><cas:View sofa="1" members=""/></xmi:XMI>"#
    )
}

fn tei(header: &str, body: &str, after: &str) -> String {
    format!(
        r#"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader>{after}<text><body>{body}</body></text></TEI>"#
    )
}

fn w3c_item(k: usize, more: &str) -> String {
    format!(
        r#"{{"id":"urn:a{k}","type":"Annotation","body":{{"type":"TextualBody","value":"quote","purpose":"tagging"}},"target":{{"source":"a.txt","selector":{{"type":"TextPositionSelector","start":0,"end":2}}}}{more}}}"#
    )
}

fn sidecar(more: &str) -> String {
    format!(
        "#![enable(implicit_some)]\nSidecar(\n    version: 1,\n    source: (file: \"a.txt\", chars: 19),\n{more})\n"
    )
}

fn webanno(header: &str, rows: &str) -> String {
    format!("#FORMAT=WebAnno TSV 3.3\n{header}\n\n\n#Text={TEXT}\n{rows}")
}

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
    written("spacy"),
    shape("spacy", "junk lines", "a.jsonl", junk_lines),
    shape("spacy", "spans", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{TEXT}","spans":[{}]}}"#,
            joined(n, |k| format!(r#"{{"start":0,"end":2,"label":"l{k}"}}"#))
        )
    }),
    shape("spacy", "fields of a span", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{TEXT}","spans":[{{"start":0,"end":2,"label":"q"{}}}]}}"#,
            each(n, |k| format!(r#","u{k}":"x""#))
        )
    }),
    shape("spacy", "tokens and relations", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{}","tokens":[{}],"spans":[{}],"relations":[{}]}}"#,
            "x ".repeat(n),
            joined(n, |k| format!(
                r#"{{"text":"x","start":{},"end":{},"id":{k},"ws":true}}"#,
                2 * k,
                2 * k + 1
            )),
            joined(n, |k| format!(
                r#"{{"start":{},"end":{},"token_start":{k},"token_end":{k},"label":"q"}}"#,
                2 * k,
                2 * k + 1
            )),
            joined(n, |k| format!(
                r#"{{"head":{k},"child":{},"label":"r","head_span":{{"start":{},"end":{},"token_start":{k},"token_end":{k},"label":"q"}},"child_span":{{"start":{},"end":{},"token_start":{},"token_end":{},"label":"q"}}}}"#,
                (k + 1) % n,
                2 * k,
                2 * k + 1,
                2 * ((k + 1) % n),
                2 * ((k + 1) % n) + 1,
                (k + 1) % n,
                (k + 1) % n
            ))
        )
    }),
    shape("spacy", "relations of tokens", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{}","tokens":[{}],"spans":[],"relations":[{}]}}"#,
            "x ".repeat(n),
            joined(n, |k| format!(
                r#"{{"text":"x","start":{},"end":{},"id":{k},"ws":true}}"#,
                2 * k,
                2 * k + 1
            )),
            joined(n, |k| format!(
                r#"{{"head":{k},"child":{},"label":"r"}}"#,
                (k + 1) % n
            ))
        )
    }),
    shape("spacy", "unknown fields", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{TEXT}","spans":[]{}}}"#,
            each(n, |k| format!(r#","u{k}":1"#))
        )
    }),
    shape("spacy", "span groups", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{TEXT}","spans":{{{}}}}}"#,
            joined(n, |k| format!(
                r#""g{k}":[{{"start":0,"end":2,"label":"q"}}]"#
            ))
        )
    }),
    written("cas-json"),
    shape("cas-json", "features", "a.json", |n| {
        cas(&format!(
            r#"{{"%ID":2,"%TYPE":"webanno.custom.Cue","@sofa":1,"begin":0,"end":2{}}}"#,
            each(n, |k| format!(r#","f{k}":"v""#))
        ))
    }),
    shape("cas-json", "structures", "a.json", |n| {
        cas(&joined(n, |k| {
            format!(
                r#"{{"%ID":{},"%TYPE":"webanno.custom.Cue{k}","@sofa":1,"begin":0,"end":2,"f":"v"}}"#,
                k + 2
            )
        }))
    }),
    shape("cas-json", "links", "a.json", |n| {
        cas(&format!(
            "{},{}",
            joined(n, |k| format!(
                r#"{{"%ID":{},"%TYPE":"webanno.custom.Cue","@sofa":1,"begin":0,"end":2}}"#,
                k + 2
            )),
            joined(n, |k| format!(
                r#"{{"%ID":{},"%TYPE":"webanno.custom.Says","@sofa":1,"@Governor":{},"@Dependent":2,"begin":0,"end":2}}"#,
                n + k + 2,
                k + 2
            ))
        ))
    }),
    shape("cas-json", "views", "a.json", |n| {
        format!(
            r#"{{"%TYPES":{{}},"%FEATURE_STRUCTURES":[{}],"%VIEWS":{{{}}}}}"#,
            joined(n, |k| format!(
                r#"{{"%ID":{},"%TYPE":"uima.cas.Sofa","sofaNum":{k},"sofaID":"v{k}","sofaString":"x"}}"#,
                k + 1
            )),
            joined(n, |k| format!(
                r#""v{k}":{{"%SOFA":{},"%MEMBERS":[]}}"#,
                k + 1
            ))
        )
    }),
    shape("cas-json", "types", "a.json", |n| {
        cas("{\"%ID\":2,\"%TYPE\":\"webanno.custom.Cue\",\"@sofa\":1,\"begin\":0,\"end\":2}")
            .replacen(
                "\"%TYPES\":{}",
                &format!(
                    "\"%TYPES\":{{{}}}",
                    joined(n, |k| format!(
                        r#""t.T{k}":{{"%NAME":"t.T{k}","%SUPER_TYPE":"t.T{}"}}"#,
                        k + 1
                    ))
                ),
                1,
            )
    }),
    written("xmi"),
    shape("xmi", "features", "a.xmi", |n| {
        xmi(&format!(
            r#"<custom:Cue xmi:id="2" sofa="1" begin="0" end="2"{}/>"#,
            each(n, |k| format!(r#" f{k}="v""#))
        ))
    }),
    shape("xmi", "structures", "a.xmi", |n| {
        xmi(&each(n, |k| {
            format!(
                r#"<custom:Cue{k} xmi:id="{}" sofa="1" begin="0" end="2" f="v"/>"#,
                k + 2
            )
        }))
    }),
    shape("xmi", "links", "a.xmi", |n| {
        xmi(&format!(
            "{}{}",
            each(n, |k| format!(
                r#"<custom:Cue xmi:id="{}" sofa="1" begin="0" end="2"/>"#,
                k + 2
            )),
            each(n, |k| format!(
                r#"<custom:Says xmi:id="{}" sofa="1" Governor="{}" Dependent="2" begin="0" end="2"/>"#,
                n + k + 2,
                k + 2
            ))
        ))
    }),
    written("webannotsv"),
    shape("webannotsv", "layers", "a.tsv", |n| {
        webanno(
            &each(n, |k| format!("#T_SP=custom.L{k}|f\n")),
            &format!("1-1\t0-2\tHe\t{}\n", "_\t".repeat(n)),
        )
    }),
    shape("webannotsv", "features", "a.tsv", |n| {
        webanno(
            &format!("#T_SP=custom.L{}", each(n, |k| format!("|f{k}"))),
            &format!("1-1\t0-2\tHe\t{}\n", "v\t".repeat(n)),
        )
    }),
    shape("webannotsv", "stacked tags", "a.tsv", |n| {
        let stack: Vec<String> = (1..=n).map(|k| format!("v{k}[{k}]")).collect();
        webanno(
            "#T_SP=custom.L|f",
            &format!("1-1\t0-2\tHe\t{}\t\n", stack.join("|")),
        )
    }),
    shape("webannotsv", "tokens", "a.tsv", |n| {
        format!(
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.L|f\n\n\n{}",
            each(n, |k| format!(
                "#Text=x\n{}-1\t{}-{}\tx\tv{k}\t\n\n",
                k + 1,
                2 * k,
                2 * k + 1
            ))
        )
    }),
    shape("webannotsv", "long sentence", "a.tsv", |n| {
        format!(
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.L|f\n\n\n#Text={}\n{}",
            "x ".repeat(n),
            each(n, |k| format!(
                "1-{}\t{}-{}\tx\tv{k}[{}]\t\n",
                k + 1,
                2 * k,
                2 * k + 1,
                k + 1
            ))
        )
    }),
    written("tei"),
    shape("tei", "attributes", "a.xml", |n| {
        tei(
            "",
            &format!(
                "<p><q{}>He said</q></p>",
                each(n, |k| format!(r#" a{k}="v""#))
            ),
            "",
        )
    }),
    shape("tei", "tags", "a.xml", |n| {
        tei(
            "",
            &format!(
                "<p>{}</p>",
                each(n, |k| format!("<q who=\"#w{k}\">He {k}</q> "))
            ),
            "",
        )
    }),
    shape("tei", "unknown elements", "a.xml", |n| {
        tei(
            "",
            &format!("<p>{}</p>", each(n, |k| format!("<x{k}>He</x{k}> "))),
            "",
        )
    }),
    shape("tei", "nested elements", "a.xml", |n| {
        tei(
            "",
            &format!("<p>{}x{}</p>", "<q>".repeat(n), "</q>".repeat(n)),
            "",
        )
    }),
    shape("tei", "people", "a.xml", |n| {
        tei(
            &format!(
                "<profileDesc><particDesc><listPerson>{}</listPerson></particDesc></profileDesc>",
                each(n, |k| format!(
                    r#"<person xml:id="p{k}"><persName>P {k}</persName></person>"#
                ))
            ),
            &format!(
                "<p>{}</p>",
                each(n, |k| format!("<said who=\"#p{k}\">x</said> "))
            ),
            "",
        )
    }),
    shape("tei", "spans", "a.xml", |n| {
        tei(
            "",
            &format!(
                "<p>{}</p>",
                each(n, |k| format!("<anchor xml:id=\"a{k}\"/>x "))
            ),
            &format!(
                "<standOff><spanGrp type=\"quote\">{}</spanGrp></standOff>",
                each(n, |k| format!(
                    "<span xml:id=\"s{k}\" from=\"#a{k}\" to=\"#a{}\"/>",
                    (k + 1).min(n - 1)
                ))
            ),
        )
    }),
    written("qdpx"),
    written("conll"),
    shape("conll", "labels", "a.conll", |n| {
        each(n, |k| format!("w B-l{k}\n"))
    }),
    shape("conll", "columns", "a.conll", |n| {
        format!("w{}\nv{}\n", " B-q".repeat(n), " O".repeat(n))
    }),
    shape("conll", "documents", "a.conll", |n| {
        each(n, |k| format!("-DOCSTART- -X- O O\n\nw{k} _ _ B-q\n\n"))
    }),
    shape("conll", "comments", "a.conll", |n| {
        each(n, |k| format!("# c{k} = v\nw\tB-q\n\n"))
    }),
    written("sidecar"),
    shape("sidecar", "junk lines", "a.txt.ron", junk_lines),
    shape("sidecar", "junk records", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n{}    ],\n",
            each(n, |k| format!("        x{k},\n"))
        ))
    }),
    shape("sidecar", "unknown keys", "a.txt.ron", |n| {
        sidecar(&each(n, |k| format!("    u{k}: 1,\n")))
    }),
    shape("sidecar", "unknown keys in a record", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n        (id: \"a\", label: \"quote\", at: [(0, 2)], text: [\"He\"]{}),\n    ],\n",
            each(n, |k| format!(", u{k}: 1"))
        ))
    }),
    shape("sidecar", "attributes", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n        (id: \"a\", label: \"quote\", at: [(0, 2)], text: [\"He\"], attributes: {{{}}}),\n    ],\n",
            joined(n, |k| format!("\"k{k}\": \"v\""))
        ))
    }),
    shape("sidecar", "unknown lists", "a.txt.ron", |n| {
        sidecar(&each(n, |k| {
            format!("    l{k}: [\n        (id: \"a\"),\n    ],\n")
        }))
    }),
    shape("sidecar", "same key", "a.txt.ron", |n| {
        sidecar(&"    u: 1,\n".repeat(n))
    }),
    shape("sidecar", "same id", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n{}    ],\n",
            "        (id: \"a\", label: \"quote\", at: [(0, 2)], text: [\"He\"]),\n".repeat(n)
        ))
    }),
    shape("sidecar", "merge marks", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n{}    ],\n",
            each(n, |k| format!(
                "<<<<<<< a\n        (id: \"a{k}\", label: \"quote\", at: [(0, 2)], text: [\"He\"]),\n=======\n>>>>>>> b\n"
            ))
        ))
    }),
    shape("sidecar", "open brackets", "a.txt.ron", |n| {
        sidecar(&format!("    u: {},\n", "[".repeat(n)))
    }),
    shape("sidecar", "lines of open brackets", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n{}    ],\n",
            "        (id: \"\n".repeat(n)
        ))
    }),
    shape("schema", "labels", "pullquote.ron", |n| {
        format!(
            "(labels: [{}])",
            each(n, |k| format!("(key: \"l{k}\", letter: 'Q'),\n"))
        )
    }),
    shape("schema", "roles", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q')], roles: [{}])",
            each(n, |k| format!(
                "(key: \"r{k}\", from: [\"q\"], to: [\"q\"]),\n"
            ))
        )
    }),
    shape("schema", "attributes", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q')], attributes: [{}])",
            each(n, |k| format!("(name: \"a{k}\", label: \"q\"),\n"))
        )
    }),
    shape("schema", "values", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q')], attributes: [(name: \"a\", label: \"q\", values: [{}])])",
            joined(n, |k| format!("\"v{k}\"\n"))
        )
    }),
    shape("schema", "unknown keys", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q')],\n{})",
            each(n, |k| format!("u{k}: 1,\n"))
        )
    }),
    shape("schema", "unknown keys of labels", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q'{})])",
            each(n, |k| format!(", u{k}: 1"))
        )
    }),
    shape("schema", "unknown keys in one line", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q')],{})",
            each(n, |k| format!("u{k}: 1,"))
        )
    }),
    shape("schema", "conventions", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q')], conventions: {{{}}})",
            joined(n, |k| format!("\"c{k}\": \"v\""))
        )
    }),
    shape("facts", "unknown fields", "a.txt.meta.ron", |n| {
        format!(
            "Article(version: 1,\n{})\n",
            each(n, |k| format!("    u{k}: 1,\n"))
        )
    }),
    shape("facts", "same field", "a.txt.meta.ron", |n| {
        format!(
            "Article(version: 1,\n{})\n",
            "    headline: \"x\",\n".repeat(n)
        )
    }),
    shape("facts", "fields", "a.txt.meta.ron", |n| {
        format!(
            "Article(version: 1,\n    fields: {{{}}},\n)\n",
            joined(n, |k| format!("\"f{k}\": \"v\""))
        )
    }),
    shape("facts", "authors", "a.txt.meta.ron", |n| {
        format!(
            "Article(version: 1,\n    notes: [{}],\n)\n",
            joined(n, |k| format!("\"a{k}\""))
        )
    }),
    shape("facts", "tags", "a.txt.meta.ron", |n| {
        format!(
            "Article(version: 1,\n    labels: [{}],\n)\n",
            joined(n, |k| format!("\"a{k}\""))
        )
    }),
    shape("facts", "junk lines", "a.txt.meta.ron", junk_lines),
];
