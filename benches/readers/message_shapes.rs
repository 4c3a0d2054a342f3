//! Inputs each record of which gives a message: tags outside the text, links to nothing, records that are
//! broken each in another way.

use super::shape::{
    Shape, TEXT, beside, cas, each, joined, region, shape, sidecar, stam_annotation, store, task,
    tei, w3c_item, webanno, with_text, xmi,
};

pub(crate) const SHAPES: &[Shape] = &[
    shape("jsonl", "messages", "a.jsonl", |n| {
        let spans = joined(n, |k| {
            format!(r#"{{"id":"t{k}","label":"quote","start":{k}00,"end":{k}90}}"#)
        });
        format!(r#"{{"id":"a.txt","text":"{TEXT}","spans":[{spans}],"links":[]}}"#)
    }),
    shape("jsonl", "messages of documents", "a.jsonl", |n| {
        each(n, |k| {
            format!(
                "{{\"id\":\"a{k}\",\"text\":\"x\",\"spans\":[{{\"label\":\"q{k}\",\"start\":7,\"end\":{k}9}}]}}\n"
            )
        })
    }),
    with_text("csv", "messages", |n| {
        beside(
            "in.csv",
            format!(
                "doc,label,start,end,text\n{}",
                each(n, |k| format!("a.txt,l{k},{k}00,{k}90,w{k}\n"))
            ),
            TEXT,
        )
    }),
    with_text("csv", "messages of numbers", |n| {
        beside(
            "in.csv",
            format!(
                "doc,label,start,end,text\n{}",
                each(n, |k| format!("a.txt,q,x{k},y{k},w{k}\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "messages", |n| {
        beside(
            "a.ann",
            each(n, |k| format!("T{k}\tl{k} {k}00 {k}90\tw{k}\n")),
            TEXT,
        )
    }),
    with_text("brat", "links to nothing", |n| {
        beside(
            "a.ann",
            each(n, |k| format!("R{k}\tr{k} Arg1:T{k} Arg2:T{k}\n")),
            TEXT,
        )
    }),
    with_text("brat", "same id", |n| {
        beside("a.ann", "T1\tquote 0 2\tHe\n".repeat(n), TEXT)
    }),
    with_text("w3c", "messages", |n| {
        let items = joined(n, |k| {
            w3c_item(k, "").replace("\"end\":2", &format!("\"end\":{k}99"))
        });
        beside("a.jsonld", format!("[{items}]"), TEXT)
    }),
    with_text("w3c", "words that are not there", |n| {
        let items = joined(n, |k| {
            w3c_item(k, "").replace(
                "\"type\":\"TextPositionSelector\",\"start\":0,\"end\":2",
                &format!("\"type\":\"TextQuoteSelector\",\"exact\":\"word {k}\""),
            )
        });
        beside("a.jsonld", format!("[{items}]"), TEXT)
    }),
    with_text("w3c", "items without an id", |n| {
        let items = joined(n, |k| w3c_item(0, &format!(r#","x{k}":{k}"#)));
        beside("a.jsonld", format!("[{items}]"), TEXT)
    }),
    shape("stam", "messages", "a.stam.json", |n| {
        store(
            "",
            &joined(n, |k| {
                stam_annotation(k, "").replace("\"value\":2", &format!("\"value\":{k}99"))
            }),
        )
    }),
    shape("stam", "missing data", "a.stam.json", |n| {
        let data = joined(n, |k| {
            format!(r#"{{"@type":"AnnotationData","@id":"D{k}","set":"s{k}"}}"#)
        });
        store("", &stam_annotation(0, &data))
    }),
    shape("stam", "missing texts", "a.stam.json", |n| {
        store(
            "",
            &joined(n, |k| {
                stam_annotation(k, "").replace("a.txt", &format!("b{k}.txt"))
            }),
        )
    }),
    shape("labelstudio", "messages", "a.json", |n| {
        task(
            &joined(n, |k| {
                region(k, "").replace("\"end\":2", &format!("\"end\":{k}99"))
            }),
            "",
        )
    }),
    shape("labelstudio", "choices of nothing", "a.json", |n| {
        task(
            &joined(n, |k| super::shape::choice(k, &format!("x{k}"))),
            "",
        )
    }),
    shape("labelstudio", "kinds of regions", "a.json", |n| {
        task(
            &joined(n, |k| {
                region(k, "").replace("\"type\":\"labels\"", &format!("\"type\":\"t{k}\""))
            }),
            "",
        )
    }),
    shape("doccano", "messages", "a.jsonl", |n| {
        format!(
            r#"{{"id":1,"text":"{TEXT}","label":[{}]}}"#,
            joined(n, |k| format!(r#"[{k}00,{k}90,"l{k}"]"#))
        )
    }),
    shape("doccano", "links to nothing", "a.jsonl", |n| {
        format!(
            r#"{{"id":1,"text":"{TEXT}","entities":[],"relations":[{}]}}"#,
            joined(n, |k| format!(
                r#"{{"id":{k},"from_id":{k},"to_id":{k}0,"type":"r{k}"}}"#
            ))
        )
    }),
    shape("doccano", "documents", "a.jsonl", |n| {
        each(n, |k| {
            format!(
                "{{\"id\":{k},\"text\":\"x{k}\",\"label\":[[0,1,\"l{k}\"]],\"Comments\":[\"c{k}\"]}}\n"
            )
        })
    }),
    shape("spacy", "messages", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{TEXT}","spans":[{}]}}"#,
            joined(n, |k| format!(
                r#"{{"start":{k}00,"end":{k}90,"label":"l{k}"}}"#
            ))
        )
    }),
    shape("spacy", "links to nothing", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{TEXT}","tokens":[],"spans":[],"relations":[{}]}}"#,
            joined(n, |k| format!(
                r#"{{"head":{k},"child":{k},"label":"r{k}"}}"#
            ))
        )
    }),
    shape("spacy", "ends of one place", "a.jsonl", |n| {
        format!(
            r#"{{"text":"{TEXT}","tokens":[],"spans":[],"relations":[{}]}}"#,
            joined(n, |k| format!(
                r#"{{"head_span":{{"start":0,"end":2,"label":"l{k}"}},"child_span":{{"start":3,"end":7,"label":"l{k}"}},"label":"r"}}"#
            ))
        )
    }),
    shape("cas-json", "messages", "a.json", |n| {
        cas(&joined(n, |k| {
            format!(
                r#"{{"%ID":{},"%TYPE":"webanno.custom.Cue","@sofa":1,"begin":0,"end":{k}99}}"#,
                k + 2
            )
        }))
    }),
    shape("cas-json", "missing texts", "a.json", |n| {
        cas(&joined(n, |k| {
            format!(
                r#"{{"%ID":{},"%TYPE":"webanno.custom.Cue","@sofa":{}9,"begin":0,"end":2}}"#,
                k + 2,
                k + 1
            )
        }))
    }),
    shape("cas-json", "links to nothing", "a.json", |n| {
        cas(&joined(n, |k| {
            format!(
                r#"{{"%ID":{},"%TYPE":"webanno.custom.Says{k}","@sofa":1,"@Governor":{k}77,"@Dependent":{k}78,"begin":0,"end":2}}"#,
                k + 2
            )
        }))
    }),
    shape("cas-json", "structures on no words", "a.json", |n| {
        cas(&joined(n, |k| {
            format!(r#"{{"%ID":{},"%TYPE":"x.Y{k}","f":"v{k}"}}"#, k + 2)
        }))
    }),
    shape("xmi", "messages", "a.xmi", |n| {
        xmi(&each(n, |k| {
            format!(
                r#"<custom:Cue xmi:id="{}" sofa="1" begin="0" end="{k}99"/>"#,
                k + 2
            )
        }))
    }),
    shape("xmi", "structures on no words", "a.xmi", |n| {
        xmi(&each(n, |k| {
            format!(r#"<custom:X{k} xmi:id="{}" f{k}="v"/>"#, k + 2)
        }))
    }),
    shape("webannotsv", "junk lines", "a.tsv", |n| {
        webanno("#T_SP=custom.L|f", &each(n, |k| format!("x{k}\n")))
    }),
    shape("webannotsv", "messages", "a.tsv", |n| {
        webanno(
            "#T_SP=custom.L|f",
            &each(n, |k| format!("1-{}\t{k}00-{k}90\tw{k}\tv{k}\t\n", k + 1)),
        )
    }),
    shape("tei", "messages", "a.xml", |n| {
        tei(
            "",
            "<p>x</p>",
            &format!(
                "<standOff><spanGrp type=\"quote\">{}</spanGrp></standOff>",
                each(n, |k| format!(
                    "<span xml:id=\"s{k}\" from=\"#a{k}\" to=\"#b{k}\"/>"
                ))
            ),
        )
    }),
    shape("tei", "empty tags", "a.xml", |n| {
        tei(
            "",
            &format!("<p>x{}</p>", each(n, |k| format!("<q who=\"#w{k}\"/>"))),
            "",
        )
    }),
    shape("tei", "links to nothing", "a.xml", |n| {
        tei(
            "",
            "<p>x</p>",
            &format!(
                "<standOff><linkGrp type=\"speaker\">{}</linkGrp></standOff>",
                each(n, |k| format!("<link target=\"#a{k} #b{k}\"/>"))
            ),
        )
    }),
    shape("tei", "notes", "a.xml", |n| {
        tei(
            "",
            &format!(
                "<p>x</p>{}",
                each(n, |k| format!("<note target=\"#t{k}\">n{k}</note>"))
            ),
            "",
        )
    }),
    shape("conll", "messages", "a.conll", |n| {
        each(n, |k| format!("w{k} I-l{k}\nv X-{k}\n"))
    }),
    shape("conll", "rows of other lengths", "a.conll", |n| {
        each(n, |k| format!("w{k}{}\n", " O".repeat(k % 7)))
    }),
    shape("sidecar", "messages", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n{}    ],\n",
            each(n, |k| format!(
                "        (id: \"a{k}\", label: \"quote\", at: [({k}00, {k}90)], text: [\"w{k}\"]),\n"
            ))
        ))
    }),
    shape("sidecar", "links to nothing", "a.txt.ron", |n| {
        sidecar(&format!(
            "    links: [\n{}    ],\n",
            each(n, |k| format!(
                "        (id: \"l{k}\", from: \"f{k}\", to: \"t{k}\", role: \"r{k}\"),\n"
            ))
        ))
    }),
    shape("sidecar", "conflict marks", "a.txt.ron", |n| {
        let record = |k: usize, note: &str| {
            format!(
                "        (id: \"t{k}\", label: \"quote\", at: [(0, 2)], text: [\"He\"], note: \"{note}\"),\n"
            )
        };
        sidecar(&format!(
            "    annotations: [\n{}    ],\n",
            each(n, |k| format!(
                "<<<<<<< HEAD\n{}=======\n{}>>>>>>> hers\n",
                record(k, "ours"),
                record(k, "theirs")
            ))
        ))
    }),
    shape("sidecar", "clashes of one id", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n{}    ],\n",
            each(n, |k| format!(
                "        (id: \"a\", label: \"l{k}\", at: [(0, 2)], text: [\"He\"]),\n"
            ))
        ))
    }),
    shape("schema", "mistakes", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q')], roles: [{}])",
            each(n, |k| format!(
                "(key: \"r{k}\", from: [\"x{k}\"], to: [\"y{k}\"]),\n"
            ))
        )
    }),
    shape("schema", "same label", "pullquote.ron", |n| {
        format!("(labels: [{}])", "(key: \"q\", letter: 'Q'),\n".repeat(n))
    }),
    shape("schema", "same role", "pullquote.ron", |n| {
        format!(
            "(labels: [(key: \"q\", letter: 'Q')], roles: [{}])",
            "(key: \"r\", from: [\"q\"], to: [\"q\"]),\n".repeat(n)
        )
    }),
];
