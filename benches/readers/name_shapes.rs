//! Inputs with many names: labels, annotators, people, roles, files, texts; and with many links.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::shape::{
    Shape, TEXT, beside, each, joined, shape, sidecar, stam_annotation, store, task, tei, w3c_item,
    webanno, with_text, xmi,
};

type Files = Vec<(String, Vec<u8>)>;

/// A REFI-QDA project.
fn project(parts: [&str; 4]) -> Files {
    let [users, codes, sources, rest] = parts;
    let xml = format!(
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"n\" origin=\"Other\"><Users>{users}</Users>\
         <CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources>{rest}</Project>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [("project.qde", &*xml), ("Sources/s1.txt", TEXT)] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    vec![("a.qdpx".to_owned(), bytes)]
}

fn qda_source(selections: &str) -> String {
    format!(
        "<TextSource guid=\"s1\" name=\"a.txt\" plainTextPath=\"internal://s1.txt\">{selections}</TextSource>"
    )
}

fn selection(k: usize, codings: &str) -> String {
    format!(
        "<PlainTextSelection guid=\"x{k}\" name=\"He\" startPosition=\"0\" endPosition=\"2\">{codings}</PlainTextSelection>"
    )
}

fn coding(k: usize, code: usize, user: usize) -> String {
    format!(
        "<Coding guid=\"d{k}\" creatingUser=\"u{user}\"><CodeRef targetGUID=\"c{code}\"/></Coding>"
    )
}

fn users(n: usize) -> String {
    each(n, |k| format!("<User guid=\"u{k}\" name=\"U {k}\"/>"))
}

fn codes(n: usize) -> String {
    each(n, |k| format!("<Code guid=\"c{k}\" name=\"l{k}\"/>"))
}

fn span(k: usize, more: &str) -> String {
    format!(r#"{{"id":"t{k}","label":"quote","start":0,"end":2{more}}}"#)
}

pub(crate) const SHAPES: &[Shape] = &[
    shape("jsonl", "labels and annotators", "a.jsonl", |n| {
        format!(
            r#"{{"id":"a.txt","text":"{TEXT}","spans":[{}]}}"#,
            joined(n, |k| span(k, &format!(r#","by":"annotator:n{k}""#))
                .replace("quote", &format!("l{k}")))
        )
    }),
    shape("jsonl", "people", "a.jsonl", |n| {
        format!(
            r#"{{"id":"a.txt","text":"{TEXT}","spans":[{}],"people":[{}]}}"#,
            joined(n, |k| span(k, &format!(r#","person":"p{k}""#))),
            joined(n, |k| format!(
                r#"{{"id":"p{k}","name":"P {k}","aliases":["A {k}"]}}"#
            ))
        )
    }),
    shape("jsonl", "links", "a.jsonl", |n| {
        format!(
            r#"{{"id":"a.txt","text":"{TEXT}","spans":[{}],"links":[{}]}}"#,
            joined(n, |k| span(k, "")),
            joined(n, |k| format!(
                r#"{{"id":"l{k}","from":"t{k}","to":"t0","role":"r{k}"}}"#
            ))
        )
    }),
    shape("jsonl", "same name of documents", "a.jsonl", |n| {
        "{\"id\":\"a\",\"text\":\"x\"}\n".repeat(n)
    }),
    shape("jsonl", "annotators of one text", "a.jsonl", |n| {
        each(n, |k| {
            format!("{{\"id\":\"a\",\"text\":\"x\",\"annotator\":\"n{k}\"}}\n")
        })
    }),
    with_text("csv", "annotators", |n| {
        beside(
            "in.csv",
            format!(
                "doc,label,start,end,text,annotator\n{}",
                each(n, |k| format!("a.txt,quote,0,2,He,n{k}\n"))
            ),
            "He",
        )
    }),
    with_text("csv", "attributes of one tag", |n| {
        beside(
            "in.csv",
            format!(
                "doc,id,label,start,end,text,note\n{}",
                each(n, |k| format!("a.txt,t,quote,0,2,He,n{k}\n"))
            ),
            TEXT,
        )
    }),
    with_text("brat", "labels", |n| {
        beside("a.ann", each(n, |k| format!("T{k}\tl{k} 0 2\tHe\n")), TEXT)
    }),
    with_text("w3c", "creators", |n| {
        let items = joined(n, |k| {
            w3c_item(
                k,
                &format!(r#","creator":{{"id":"urn:c{k}","name":"C {k}"}}"#),
            )
        });
        beside("a.jsonld", format!("[{items}]"), "He")
    }),
    with_text("w3c", "labels", |n| {
        let items = joined(n, |k| {
            w3c_item(k, "").replace("\"quote\"", &format!("\"l{k}\""))
        });
        beside("a.jsonld", format!("[{items}]"), TEXT)
    }),
    shape("w3c", "texts", "a.jsonld", |n| {
        let items = joined(n, |k| {
            w3c_item(k, "").replace("a.txt", &format!("a{k}.txt"))
        });
        format!("[{items}]")
    }),
    shape("stam", "keys", "a.stam.json", |n| {
        let keys = joined(n, |k| format!(r#"{{"@type":"DataKey","@id":"k{k}"}}"#));
        store("", &stam_annotation(0, "")).replacen("\"keys\":[]", &format!("\"keys\":[{keys}]"), 1)
    }),
    shape("stam", "texts", "a.stam.json", |n| {
        let texts = joined(n, |k| {
            format!(r#"{{"@type":"TextResource","@id":"b{k}.txt","text":"{TEXT}"}}"#)
        });
        let annotations = joined(n, |k| {
            stam_annotation(k, "").replace("a.txt", &format!("b{k}.txt"))
        });
        store("", &annotations).replacen("\"resources\":[", &format!("\"resources\":[{texts},"), 1)
    }),
    shape("stam", "sets", "a.stam.json", |n| {
        let sets = joined(n, |k| {
            format!(
                r#"{{"@type":"AnnotationDataSet","@id":"set{k}","keys":[],"data":[{{"@type":"AnnotationData","@id":"D","key":"k","value":{{"@type":"String","value":"v"}}}}]}}"#
            )
        });
        let of_tag = joined(n, |k| {
            format!(r#"{{"@type":"AnnotationData","@id":"D","set":"set{k}"}}"#)
        });
        store("", &stam_annotation(0, &of_tag)).replacen(
            "\"annotationsets\":[",
            &format!("\"annotationsets\":[{sets},"),
            1,
        )
    }),
    shape("stam", "annotations on annotations", "a.stam.json", |n| {
        let chained = joined(n, |k| {
            format!(
                r#"{{"@type":"Annotation","@id":"A{}","target":{{"@type":"AnnotationSelector","annotation":"A{k}"}},"data":[]}}"#,
                k + 1
            )
        });
        store("", &format!("{},{chained}", stam_annotation(0, "")))
    }),
    shape("labelstudio", "annotators of one text", "a.json", |n| {
        let annotations = joined(n, |k| {
            format!(r#"{{"id":{k},"completed_by":{k},"result":[]}}"#)
        });
        format!(r#"[{{"id":1,"data":{{"text":"x"}},"annotations":[{annotations}]}}]"#)
    }),
    shape("labelstudio", "labels of one region", "a.json", |n| {
        let labels = joined(n, |k| format!("\"l{k}\""));
        task(
            &format!(
                r#"{{"id":"r","from_name":"label","to_name":"text","type":"labels","value":{{"start":0,"end":2,"labels":[{labels}]}}}}"#
            ),
            "",
        )
    }),
    shape("labelstudio", "roles of one relation", "a.json", |n| {
        let labels = joined(n, |k| format!("\"l{k}\""));
        task(
            &format!(
                r#"{},{},{{"from_id":"r0","to_id":"r1","type":"relation","direction":"right","labels":[{labels}]}}"#,
                super::shape::region(0, ""),
                super::shape::region(1, "")
            ),
            "",
        )
    }),
    shape("spacy", "annotators", "a.jsonl", |n| {
        each(n, |k| {
            format!("{{\"text\":\"{TEXT}\",\"_annotator_id\":\"n{k}\",\"spans\":[]}}\n")
        })
    }),
    shape("spacy", "fields of the article", "a.jsonl", |n| {
        let meta = joined(n, |k| format!(r#""m{k}":"v""#));
        format!(r#"{{"text":"{TEXT}","spans":[],"meta":{{{meta}}}}}"#)
    }),
    shape("xmi", "views", "a.xmi", |n| {
        xmi(&each(n, |k| {
            format!(
                r#"<cas:Sofa xmi:id="{0}" sofaNum="{0}" sofaID="v{k}" sofaString="x"/><custom:Cue xmi:id="{1}" sofa="{0}" begin="0" end="1"/>"#,
                2 * k + 2,
                2 * k + 3
            )
        }))
    }),
    shape("webannotsv", "relations", "a.tsv", |n| {
        let stack: Vec<String> = (1..=n).map(|k| format!("v{k}[{k}]")).collect();
        let ends: Vec<String> = (1..=n).map(|k| format!("1-1[{k}_1]")).collect();
        webanno(
            "#T_SP=custom.L|f\n#T_RL=custom.R|r|BT_custom.L",
            &format!(
                "1-1\t0-2\tHe\t{0}\t{0}\t{1}\t\n",
                stack.join("|"),
                ends.join("|")
            ),
        )
    }),
    shape("tei", "values of features", "a.xml", |n| {
        let features = each(n, |k| format!("<f name=\"f{k}\"><string>v</string></f>"));
        tei(
            "",
            "<p><seg xml:id=\"t\" ana=\"#x\">He</seg></p>",
            &format!("<standOff><fs xml:id=\"x\">{features}</fs></standOff>"),
        )
    }),
    shape("tei", "structures of one tag", "a.xml", |n| {
        let structures = each(n, |k| {
            format!("<fs xml:id=\"x{k}\"><f name=\"f{k}\"><string>v</string></f></fs>")
        });
        let named: Vec<String> = (0..n).map(|k| format!("#x{k}")).collect();
        tei(
            "",
            "<p><anchor xml:id=\"a\"/>He<anchor xml:id=\"b\"/></p>",
            &format!(
                "<standOff>{structures}<spanGrp type=\"quote\"><span from=\"#a\" to=\"#b\" ana=\"{}\"/></spanGrp></standOff>",
                named.join(" ")
            ),
        )
    }),
    shape("tei", "links", "a.xml", |n| {
        tei(
            "",
            &format!(
                "<p>{}</p>",
                each(n, |k| format!("<q xml:id=\"q{k}\">x</q> "))
            ),
            &format!(
                "<standOff><linkGrp type=\"speaker\">{}</linkGrp></standOff>",
                each(n, |k| format!("<link target=\"#q{k} #q0\"/>"))
            ),
        )
    }),
    shape("tei", "speakers of one tag", "a.xml", |n| {
        let named: Vec<String> = (0..n).map(|k| format!("#p{k}")).collect();
        tei(
            "",
            &format!("<p><q who=\"{}\">x</q></p>", named.join(" ")),
            "",
        )
    }),
    shape("tei", "texts", "a.xml", |n| {
        format!(
            "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">{}</teiCorpus>",
            each(n, |k| format!(
                "<TEI><teiHeader/><text><body><p>He <q>x{k}</q></p></body></text></TEI>"
            ))
        )
    }),
    with_text("qdpx", "codes", |n| {
        let all = each(n, |k| selection(k, &coding(k, k, 0)));
        project([&users(1), &codes(n), &qda_source(&all), ""])
    }),
    with_text("qdpx", "codings of one place", |n| {
        let all = selection(0, &each(n, |k| coding(k, k, 0)));
        project([&users(1), &codes(n), &qda_source(&all), ""])
    }),
    with_text("qdpx", "users", |n| {
        let all = each(n.min(20), |k| selection(k, &coding(k, 0, k)));
        project([&users(n), &codes(1), &qda_source(&all), ""])
    }),
    with_text("qdpx", "nested codes", |n| {
        let open = each(n.min(500), |k| {
            format!("<Code guid=\"c{k}\" name=\"l{k}\">")
        });
        let nested = open + &"</Code>".repeat(n.min(500)) + &codes(n);
        project([&users(1), &nested, &qda_source(&selection(0, "")), ""])
    }),
    with_text("qdpx", "links", |n| {
        let all = each(n, |k| selection(k, &coding(k, 0, 0)));
        let links = each(n, |k| {
            format!("<Link guid=\"l{k}\" name=\"r{k}\" originGUID=\"x{k}\" targetGUID=\"x0\"/>")
        });
        let links = format!("<Links>{links}</Links>");
        project([&users(1), &codes(1), &qda_source(&all), &links])
    }),
    with_text("qdpx", "notes", |n| {
        let all = each(n, |k| {
            selection(
                k,
                &coding(k, 0, 0).replace(
                    "</Coding>",
                    &format!("<NoteRef targetGUID=\"n{k}\"/></Coding>"),
                ),
            )
        });
        let notes = each(n, |k| {
            format!("<Note guid=\"n{k}\"><PlainTextContent>n {k}</PlainTextContent></Note>")
        });
        let notes = format!("<Notes>{notes}</Notes>");
        project([&users(1), &codes(1), &qda_source(&all), &notes])
    }),
    with_text("qdpx", "notes of one tag", |n| {
        let named = each(n, |k| format!("<NoteRef targetGUID=\"n{k}\"/></Coding>"));
        let named = named.replace("</Coding>", "") + "</Coding>";
        let all = selection(0, &coding(0, 0, 0).replace("</Coding>", &named));
        let notes = each(n, |k| {
            format!("<Note guid=\"n{k}\"><PlainTextContent>n {k}</PlainTextContent></Note>")
        });
        let notes = format!("<Notes>{notes}</Notes>");
        project([&users(1), &codes(1), &qda_source(&all), &notes])
    }),
    with_text("qdpx", "messages", |n| {
        let all = each(n, |k| {
            selection(k, &coding(k, k + 9, 0)).replace("\"2\"", &format!("\"{k}99\""))
        });
        project([&users(1), &codes(1), &qda_source(&all), ""])
    }),
    with_text("qdpx", "sources", |n| {
        let sources = each(n, |k| {
            format!(
                "<TextSource guid=\"y{k}\" name=\"b{k}.txt\" plainTextPath=\"internal://s1.txt\"/>"
            )
        });
        project([&users(1), &codes(1), &sources, ""])
    }),
    with_text("qdpx", "attributes on one element", |n| {
        let more = each(n, |k| format!(" a{k}=\"v\""));
        let source = qda_source("").replacen(" name", &format!("{more} name"), 1);
        project([&users(1), &codes(1), &source, ""])
    }),
    shape("sidecar", "links", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n{}    ],\n    links: [\n{}    ],\n",
            each(n, |k| format!(
                "        (id: \"a{k}\", label: \"l{k}\", at: [(0, 2)], text: [\"He\"], by: annotator(\"n{k}\")),\n"
            )),
            each(n, |k| format!(
                "        (id: \"l{k}\", from: \"a{k}\", to: \"a0\", role: \"r{k}\"),\n"
            ))
        ))
    }),
    shape("sidecar", "people", "a.txt.ron", |n| {
        sidecar(&format!(
            "    people: [\n{}    ],\n",
            each(n, |k| format!(
                "        (id: \"p{k}\", name: \"P {k}\", aliases: [\"A {k}\"]),\n"
            ))
        ))
    }),
    shape("sidecar", "values of one attribute", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n        (id: \"a\", label: \"quote\", at: [(0, 2)], text: [\"He\"], attributes: [{}]),\n    ],\n",
            joined(n, |k| format!("(\"k\", \"v{k}\")"))
        ))
    }),
    shape("sidecar", "fragments", "a.txt.ron", |n| {
        sidecar(&format!(
            "    annotations: [\n        (id: \"a\", label: \"quote\", at: [{}], text: [{}]),\n    ],\n",
            joined(n, |k| format!("({}, {})", 2 * k, 2 * k + 1)),
            joined(n, |_| "\"x\"".to_owned())
        ))
    }),
];
