//! The card of a dataset, for people and programs: Markdown with YAML front matter.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::model::{Document, Schema};

/// What is in a dataset, counted while it is written.
#[derive(Debug, Default)]
pub struct DatasetCard {
    documents: usize,
    labels: BTreeMap<String, usize>,
    roles: BTreeMap<String, usize>,
}

/// A part of a split dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitShare {
    /// `train`, `validation` or `test`: also the name of its file, without ending.
    pub name: &'static str,
    /// The share of the articles that was asked for, in relation to the others.
    pub share: u32,
    /// How many documents it has.
    pub documents: usize,
}

impl DatasetCard {
    /// Tells cards from what people write: a card may take the place of another.
    pub const MARK: &str = "# Made with Pullquote; the next export writes this file again.";

    /// Counts a document.
    pub fn add(&mut self, document: &Document) {
        self.documents += 1;
        for tag in document.set().annotations() {
            count(&mut self.labels, &tag.label);
        }
        for link in document.set().links() {
            count(&mut self.roles, &link.role);
        }
    }

    /// Writes the card of a dataset whose files have this ending.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn write(
        &self,
        out: &mut dyn Write,
        ending: &str,
        schema: &Schema,
        splits: &[SplitShare],
        seed: u64,
    ) -> io::Result<()> {
        writeln!(out, "---\n{}\nconfigs:\n- config_name: default", Self::MARK)?;
        if splits.is_empty() {
            writeln!(out, "  data_files: \"*.{ending}\"")?;
        } else {
            writeln!(out, "  data_files:")?;
        }
        let written = || splits.iter().filter(|split| split.documents > 0);
        for SplitShare { name, .. } in written() {
            writeln!(out, "  - split: {name}\n    path: {name}.{ending}")?;
        }
        writeln!(out, "{FEATURES}---\n\n# Who said what\n")?;
        let documents = self.documents;
        let tags: usize = self.labels.values().sum();
        let links: usize = self.roles.values().sum();
        writeln!(out, "{documents} documents, {tags} tags, {links} links.")?;
        if !splits.is_empty() {
            let shares: Vec<String> = splits.iter().map(|s| s.share.to_string()).collect();
            let shares = shares.join("/");
            writeln!(
                out,
                "\n## Splits\n\nSplit {shares} by article, with the seed {seed}.\n\n\
                 | split | documents |\n| --- | ---: |"
            )?;
            for split in splits {
                writeln!(out, "| {} | {} |", split.name, split.documents)?;
            }
        }
        writeln!(
            out,
            "\n## Labels\n\n| label | name | tags |\n| --- | --- | ---: |"
        )?;
        for (label, count) in &self.labels {
            let name = schema.label(label).map_or("", |label| &label.name);
            writeln!(out, "| {} | {} | {count} |", plain(label), plain(name))?;
        }
        writeln!(
            out,
            "\n## Roles of links\n\n| role | name | links |\n| --- | --- | ---: |"
        )?;
        for (role, count) in &self.roles {
            let mut known = schema.roles().iter();
            let name = known.find(|known| known.key == *role);
            let name = name.map_or("", |role| &role.name);
            writeln!(out, "| {} | {} | {count} |", plain(role), plain(name))?;
        }
        out.write_all(BODY.as_bytes())
    }
}

fn count(counts: &mut BTreeMap<String, usize>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => drop(counts.insert(name.to_owned(), 1)),
    }
}

/// A name on one line that Markdown shows as it is: no markup, no address to follow.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '&' => plain.push_str("&amp;"),
            // As an address it would be followed.
            ':' => plain.push_str("&#58;"),
            c if c.is_control() => plain.push(' '),
            c if c.is_ascii_punctuation() && !matches!(c, '-' | '_' | ',') => {
                plain.extend(['\\', c]);
            }
            c => plain.push(c),
        }
    }
    plain
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
    - name: confidence
      dtype: float64
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
    - name: attributes
      list:
      - name: key
        dtype: string
      - name: value
        dtype: string
    - name: note
      dtype: string
    - name: confidence
      dtype: float64
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_card_are_only_names() {
        assert_eq!(plain("not factual"), "not factual");
        let hostile = "[x](javascript:alert(1))|<script>\u{1}\n`";
        let shown = plain(hostile);
        assert!(
            !shown.contains("javascript:") && !shown.contains('<'),
            "{shown}"
        );
        assert!(!shown.contains(char::is_control), "{shown}");
        assert!(shown.starts_with("\\[x\\]\\("), "{shown}");
    }
}
