//! The card of a dataset, for people and programs: Markdown with YAML front matter.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::interchange::DocumentRecord;

/// What is in a dataset, counted while it is written.
#[derive(Default)]
pub(super) struct Counts {
    documents: usize,
    links: usize,
    labels: BTreeMap<String, usize>,
}

impl Counts {
    pub(super) fn add(&mut self, record: &DocumentRecord) {
        self.documents += 1;
        self.links += record.links.len();
        for span in &record.spans {
            match self.labels.get_mut(&span.label) {
                Some(count) => *count += 1,
                None => drop(self.labels.insert(span.label.clone(), 1)),
            }
        }
    }
}

/// The columns as the hub's loader wants them described.
const FEATURES: &str = "\
dataset_info:
  features:
  - name: id
    dtype: string
  - name: text
    dtype: string
  - name: spans
    list:
    - name: id
      dtype: string
    - name: label
      dtype: string
    - name: start
      dtype: int64
    - name: end
      dtype: int64
    - name: fragments
      list:
        list: int64
    - name: attributes
      list:
      - name: key
        dtype: string
      - name: value
        dtype: string
    - name: person
      dtype: string
    - name: by
      dtype: string
    - name: verdict
      dtype: string
    - name: review
      dtype: string
    - name: note
      dtype: string
  - name: links
    list:
    - name: id
      dtype: string
    - name: from
      dtype: string
    - name: to
      dtype: string
    - name: to_kind
      dtype: string
    - name: role
      dtype: string
    - name: confirmed
      dtype: bool
    - name: by
      dtype: string
  - name: people
    list:
    - name: id
      dtype: string
    - name: name
      dtype: string
    - name: kind
      dtype: string
    - name: aliases
      list: string
    - name: role
      dtype: string
    - name: external_id
      dtype: string
  - name: annotator
    dtype: string
  - name: state
    dtype: string
";

const BODY: &str = "
Offsets count Unicode code points, end-exclusive: in Python `text[start:end]`. A tag covers its
`fragments`; `start` and `end` enclose all of them. A link leads from a tag to another tag, to a
person in `people` (`to_kind` is `person`), or to no speaker (`not_given`: the text names none).
`confirmed` is false until a person confirms the link.
";

/// Writes the card of a dataset whose files have this ending.
pub(super) fn write(out: &mut dyn Write, ending: &str, counts: &Counts) -> io::Result<()> {
    writeln!(
        out,
        "---\nconfigs:\n- config_name: default\n  data_files: \"*.{ending}\"\n{FEATURES}---\n\n# Who said what\n"
    )?;
    writeln!(
        out,
        "{} documents, {} links, and tags:\n",
        counts.documents, counts.links
    )?;
    writeln!(out, "| label | tags |\n| --- | ---: |")?;
    for (label, count) in &counts.labels {
        let label = label.replace('|', "\\|").replace(['\n', '\r'], " ");
        writeln!(out, "| {label} | {count} |")?;
    }
    out.write_all(BODY.as_bytes())
}
