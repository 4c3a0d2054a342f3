use std::io::{self, Write};

use super::structures::{SOFA, Structure, Types, Value};
use crate::format::xml::Xml;

/// Writes a document as XMI. Its types are in a file of their own.
pub(super) fn write(out: &mut dyn Write, text: &str, structures: &[Structure]) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    let spaces = [
        ("xmlns:xmi", "http://www.omg.org/XMI"),
        ("xmlns:cas", "http:///uima/cas.ecore"),
        ("xmlns:custom", "http:///custom.ecore"),
        ("xmi:version", "2.0"),
    ];
    xml.open("xmi:XMI", &spaces)?;
    xml.empty("cas:NULL", &[("xmi:id", "0")])?;
    for structure in structures {
        structure_element(&mut xml, structure)?;
    }
    let sofa = SOFA.to_string();
    let attributes = [
        ("xmi:id", &*sofa),
        ("sofaNum", "1"),
        ("sofaID", "_InitialView"),
        ("mimeType", "text/plain"),
        ("sofaString", text),
    ];
    xml.empty("cas:Sofa", &attributes)?;
    let members: Vec<_> = structures.iter().map(|s| s.id.to_string()).collect();
    let members = members.join(" ");
    xml.empty("cas:View", &[("sofa", &*sofa), ("members", &members)])?;
    xml.close("xmi:XMI")?;
    xml.text("\n")
}

fn structure_element<W: Write>(xml: &mut Xml<W>, structure: &Structure) -> io::Result<()> {
    let Structure {
        id,
        kind,
        begin,
        end,
        features,
    } = structure;
    let numbers = [id, &SOFA, begin, end].map(u32::to_string);
    let names = ["xmi:id", "sofa", "begin", "end"];
    let values: Vec<(&str, String)> = features
        .iter()
        .map(|(name, value)| match value {
            Value::Text(text) => (name.as_str(), text.clone()),
            Value::Reference(id) => (name.as_str(), id.to_string()),
        })
        .collect();
    let attributes: Vec<(&str, &str)> = names
        .into_iter()
        .zip(numbers.iter().map(String::as_str))
        .chain(values.iter().map(|(name, value)| (*name, value.as_str())))
        .collect();
    xml.empty(&kind.replacen('.', ":", 1), &attributes)
}

/// Writes the types a reader of the documents needs.
pub(super) fn write_types(out: &mut dyn Write, types: &Types) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    let space = [("xmlns", "http://uima.apache.org/resourceSpecifier")];
    xml.open("typeSystemDescription", &space)?;
    xml.element("name", &[], "Pullquote")?;
    xml.open("types", &[])?;
    for (name, features) in types {
        xml.open("typeDescription", &[])?;
        xml.element("name", &[], name)?;
        xml.element("description", &[], "")?;
        xml.element("supertypeName", &[], "uima.tcas.Annotation")?;
        xml.open("features", &[])?;
        for (feature, range) in features {
            xml.open("featureDescription", &[])?;
            xml.element("name", &[], feature)?;
            xml.element("description", &[], "")?;
            xml.element("rangeTypeName", &[], range)?;
            xml.close("featureDescription")?;
        }
        xml.close("features")?;
        xml.close("typeDescription")?;
    }
    xml.close("types")?;
    xml.close("typeSystemDescription")?;
    xml.text("\n")
}
