use std::io;

use serde_json::{Map, json};

use super::structures::{SOFA, Structure, Types, Value};

/// Writes a document as UIMA CAS JSON 0.4.
pub(super) fn write(
    out: &mut dyn io::Write,
    text: &str,
    structures: &[Structure],
    types: &Types,
) -> io::Result<()> {
    let types: Map<_, _> = types
        .iter()
        .map(|(name, features)| {
            let mut fields = Map::new();
            fields.insert("%NAME".to_owned(), json!(name));
            fields.insert("%SUPER_TYPE".to_owned(), json!("uima.tcas.Annotation"));
            for (feature, range) in features {
                let described = json!({ "%NAME": feature, "%RANGE": range });
                fields.insert(feature.clone(), described);
            }
            ((*name).to_owned(), serde_json::Value::Object(fields))
        })
        .collect();
    let sofa = json!({
        "%ID": SOFA, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
        "mimeType": "text/plain", "sofaString": text,
    });
    let members: Vec<u32> = structures.iter().map(|structure| structure.id).collect();
    let view = json!({ "_InitialView": { "%SOFA": SOFA, "%MEMBERS": members } });

    write!(
        out,
        "{{\"%TYPES\":{},\n\"%FEATURE_STRUCTURES\":[\n{sofa}",
        json!(types)
    )?;
    for structure in structures {
        out.write_all(b",\n")?;
        serde_json::to_writer(&mut *out, &fields(structure))?;
    }
    writeln!(out, "\n],\n\"%VIEWS\":{view}}}")
}

fn fields(structure: &Structure) -> Map<String, serde_json::Value> {
    let mut fields = Map::new();
    fields.insert("%ID".to_owned(), json!(structure.id));
    fields.insert("%TYPE".to_owned(), json!(structure.kind));
    fields.insert("@sofa".to_owned(), json!(SOFA));
    fields.insert("begin".to_owned(), json!(structure.begin));
    fields.insert("end".to_owned(), json!(structure.end));
    for (name, value) in &structure.features {
        match value {
            Value::Text(text) => fields.insert(name.clone(), json!(text)),
            Value::Reference(id) => fields.insert(format!("@{name}"), json!(id)),
        };
    }
    fields
}
