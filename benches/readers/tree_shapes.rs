//! Inputs of the readers from spaCy to our own files.

use super::shape::{
    Shape, TEXT, cas, each, joined, junk_lines, shape, sidecar, tei, webanno, written, xmi,
};

pub(crate) const SHAPES: &[Shape] = &[
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
