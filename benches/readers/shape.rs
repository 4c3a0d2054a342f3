//! How an input is made for a number of items.

/// How the input of a reader is made.
#[derive(Clone, Copy)]
pub(crate) enum Make {
    /// One file.
    Text(fn(usize) -> String),
    /// One file: what comes before the items, they, and what comes after.
    Within(&'static str, fn(usize) -> String, &'static str),
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

pub(crate) const fn shape(
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

pub(crate) const fn with_text(
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

pub(crate) const fn written(reader: &'static str) -> Shape {
    Shape {
        reader,
        name: "own export",
        file: "",
        make: Make::Written,
    }
}

/// `n` items, each from its number.
pub(crate) fn each(n: usize, item: impl Fn(usize) -> String) -> String {
    (0..n).map(item).collect()
}

pub(crate) fn joined(n: usize, item: impl Fn(usize) -> String) -> String {
    (0..n).map(item).collect::<Vec<_>>().join(",")
}

pub(crate) fn beside(name: &str, file: String, text: &str) -> Vec<(String, Vec<u8>)> {
    vec![
        (name.to_owned(), file.into_bytes()),
        ("a.txt".to_owned(), text.as_bytes().to_vec()),
    ]
}

pub(crate) fn junk_lines(n: usize) -> String {
    each(n, |k| format!("x{k}\n"))
}

pub(crate) const TEXT: &str = "He said yes and no.";

pub(crate) fn json_span(more: &str) -> String {
    format!(
        r#"{{"id":"a.txt","text":"{TEXT}","spans":[{{"id":"t","label":"quote","start":0,"end":2{more}}}],"links":[]}}"#
    )
}

pub(crate) fn store(data: &str, annotations: &str) -> String {
    format!(
        r#"{{"@type":"AnnotationStore","@id":"s","resources":[{{"@type":"TextResource","@id":"a.txt","text":"{TEXT}"}}],"annotationsets":[{{"@type":"AnnotationDataSet","@id":"set","keys":[],"data":[{data}]}}],"annotations":[{annotations}]}}"#
    )
}

pub(crate) fn stam_annotation(k: usize, data: &str) -> String {
    format!(
        r#"{{"@type":"Annotation","@id":"A{k}","target":{{"@type":"TextSelector","resource":"a.txt","offset":{{"@type":"Offset","begin":{{"@type":"BeginAlignedCursor","value":0}},"end":{{"@type":"BeginAlignedCursor","value":2}}}}}},"data":[{data}]}}"#
    )
}

pub(crate) fn task(results: &str, more: &str) -> String {
    format!(
        r#"[{{"id":1,"data":{{"text":"{TEXT}"{more}}},"annotations":[{{"id":1,"result":[{results}]}}]}}]"#
    )
}

pub(crate) fn region(k: usize, more: &str) -> String {
    format!(
        r#"{{"id":"r{k}","from_name":"label","to_name":"text","type":"labels","value":{{"start":0,"end":2,"labels":["quote"]}}{more}}}"#
    )
}

pub(crate) fn choice(k: usize, id: &str) -> String {
    format!(
        r#"{{"id":"{id}","from_name":"c{k}","to_name":"text","type":"choices","value":{{"start":0,"end":2,"choices":["v{k}"]}}}}"#
    )
}

pub(crate) fn cas(structures: &str) -> String {
    format!(
        r#"{{"%TYPES":{{}},"%FEATURE_STRUCTURES":[{{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"{TEXT}"}},{structures}],"%VIEWS":{{"_InitialView":{{"%SOFA":1,"%MEMBERS":[]}}}}}}"#
    )
}

pub(crate) fn xmi(structures: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>{structures}<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{TEXT}"/><cas:View sofa="1" members=""/></xmi:XMI>"#
    )
}

pub(crate) fn tei(header: &str, body: &str, after: &str) -> String {
    format!(
        r#"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader>{after}<text><body>{body}</body></text></TEI>"#
    )
}

pub(crate) fn w3c_item(k: usize, more: &str) -> String {
    format!(
        r#"{{"id":"urn:a{k}","type":"Annotation","body":{{"type":"TextualBody","value":"quote","purpose":"tagging"}},"target":{{"source":"a.txt","selector":{{"type":"TextPositionSelector","start":0,"end":2}}}}{more}}}"#
    )
}

pub(crate) fn sidecar(more: &str) -> String {
    format!(
        "#![enable(implicit_some)]\nPullquote(\n    version: 1,\n    source: (file: \"a.txt\", chars: 19),\n{more})\n"
    )
}

pub(crate) fn webanno(header: &str, rows: &str) -> String {
    format!("#FORMAT=WebAnno TSV 3.3\n{header}\n\n\n#Text={TEXT}\n{rows}")
}
