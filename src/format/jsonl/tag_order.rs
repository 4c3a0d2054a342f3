use serde::Deserialize;
use smol_str::SmolStr;

/// The ids of the tags of a record, in the order of its line. A document keeps its tags by place; the
/// order in the file decides ties where another program reads the same file. Empty where the line is no
/// record.
#[must_use]
pub fn tag_order(line: &[u8]) -> Vec<SmolStr> {
    #[derive(Deserialize)]
    struct Record {
        spans: Vec<Span>,
    }
    #[derive(Deserialize)]
    struct Span {
        #[serde(default)]
        id: Option<SmolStr>,
    }
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let record = serde_json::from_slice::<Record>(line);
    let spans = record.map_or(Vec::new(), |record| record.spans);
    spans
        .into_iter()
        .map(|span| span.id.unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_listed_as_in_the_file() {
        let line = br#"{"text":"a","spans":[{"id":"b","start":1},{"label":"x"},{"id":"a"}]}"#;
        assert_eq!(tag_order(line), ["b", "", "a"]);
        assert_eq!(tag_order(b"[]"), [""; 0]);
    }
}
