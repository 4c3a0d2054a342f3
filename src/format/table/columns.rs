//! The columns of a table that is read, by their heads.

use std::collections::{BTreeMap, BTreeSet};

use super::article_facts::OTHER_FACTS;
use super::guard::unguarded;
use super::other_table::other_table;
use super::write::{ATTRIBUTE, ATTRIBUTES, FIXED};
use crate::format::interchange::FACT_TEXTS;

/// Names other tables use, in small letters and without what is between words, for each of ours.
const MEANINGS: [(&str, &[&str]); 10] = [
    (
        "doc",
        &[
            "docid",
            "docname",
            "document",
            "documentid",
            "documentname",
            "file",
            "filename",
            "filepath",
            "article",
            "articleid",
            "articlename",
            "source",
            "textid",
            "dokument",
            "datei",
            "sourcefile",
            "sourcedocument",
            "title",
            "titel",
            "fichier",
            "nomdufichier",
            "archivo",
            "fichero",
            "documento",
            "artículo",
            "articolo",
            "bestand",
            "bestandsnaam",
            "dateiname",
            "artikel",
            "documenttitle",
        ],
    ),
    (
        "kind",
        &[
            "label",
            "type",
            "tag",
            "code",
            "category",
            "class",
            "entity",
            "entitytype",
            "layer",
            "kategorie",
            "typ",
            "etikett",
            "étiquette",
            "catégorie",
            "etiqueta",
            "categoría",
            "etichetta",
            "categoria",
            "categorie",
            "tipo",
            "art",
            "codes",
            "labels",
            "tags",
            "categories",
            "annotationtype",
            "annotationlabel",
            "entitylabel",
            "spanlabel",
            "spantype",
            "labelname",
            "tagname",
        ],
    ),
    (
        "start",
        &[
            "begin",
            "startoffset",
            "beginoffset",
            "startchar",
            "startpos",
            "startposition",
            "from",
            "offset",
            "startindex",
            "charstart",
            "anfang",
            "beginn",
            "beginning",
            "début",
            "debut",
            "inicio",
            "comienzo",
            "inizio",
            "desde",
            "van",
            "von",
            "spanstart",
            "annotationstart",
            "startcharacter",
            "begincharacter",
            "anchor",
        ],
    ),
    (
        "end",
        &[
            "stop",
            "endoffset",
            "endchar",
            "endpos",
            "endposition",
            "to",
            "endindex",
            "charend",
            "ende",
            "ending",
            "fin",
            "fine",
            "hasta",
            "einde",
            "eind",
            "tot",
            "bis",
            "spanend",
            "annotationend",
            "endcharacter",
        ],
    ),
    (
        "text",
        &[
            "words",
            "exact",
            "coveredtext",
            "span",
            "spantext",
            "content",
            "segment",
            "mention",
            "selectedtext",
            "textspan",
            "wortlaut",
            "texte",
            "texto",
            "testo",
            "tekst",
            "citation",
            "cita",
            "citazione",
            "citaat",
            "quotationcontent",
            "quotation",
            "quote",
            "annotatedtext",
            "annotationtext",
            "entitytext",
            "mentiontext",
            "highlight",
            "highlightedtext",
            "selection",
            "quotetranscription",
            "surfaceform",
        ],
    ),
    (
        "note",
        &[
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "memo",
            "notiz",
            "commentaire",
            "remarque",
            "nota",
            "comentario",
            "commento",
            "opmerking",
            "anmerkung",
            "kommentar",
            "bemerkung",
        ],
    ),
    (
        "annotator",
        &[
            "annotatedby",
            "annotatorid",
            "annotatorname",
            "coder",
            "annotateur",
            "anotador",
            "annotatore",
            "kodierer",
            "user",
            "username",
            "createdby",
            "modifiedby",
        ],
    ),
    (
        "length",
        &["length", "len", "spanlength", "charlength", "länge"],
    ),
    (
        "id",
        &["spanid", "tagid", "annotationid", "identifier", "uuid"],
    ),
    ("review", &["status", "reviewstate"]),
];

/// What is in cells without a label.
const NO_LABEL: [&str; 5] = ["", "NaN", "nan", "None", "null"];

/// Names for several labels in one cell.
const SEVERAL_LABELS: [&str; 4] = ["codes", "labels", "tags", "categories"];

/// What each column is.
pub(super) struct Columns {
    /// In the order of the table; `false`: nothing is known about it.
    names: Vec<(String, bool)>,
    /// Whether a cell may have several labels.
    has_several_labels: bool,
}

impl Columns {
    /// Knows columns by our own names, else by what others call them.
    pub(super) fn new(heads: &csv::StringRecord) -> Self {
        let plain = |head: &str| unguarded(head.trim()).to_owned();
        // In other tables a date may be that of the row.
        let has = |name: &str| heads.iter().any(|head| unguarded(head.trim()) == name);
        let facts: &[&str] = match has("state") && has("link_ids") {
            true => &FACT_TEXTS,
            false => &[],
        };
        let ours = |head: &str| {
            let lower = head.to_ascii_lowercase();
            let fixed = FIXED.iter().chain([&ATTRIBUTES, &OTHER_FACTS]).chain(facts);
            let found = fixed.copied().find(|name| *name == lower);
            found.map(str::to_owned)
        };
        let mut names: Vec<(String, bool)> = Vec::new();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for head in heads {
            let head = plain(head);
            let known = head.starts_with(ATTRIBUTE) && head != ATTRIBUTE;
            let name = if known {
                Some(head.clone())
            } else {
                ours(&head)
            };
            match name.filter(|name| taken.insert(name.clone())) {
                Some(name) => names.push((name, true)),
                None => names.push((head, false)),
            }
        }
        let meanings = MEANINGS.iter().flat_map(|(_, others)| others.iter());
        let meant: BTreeSet<&str> = meanings.copied().collect();
        // The unknown columns that may be ours by their letters, the last one first.
        let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, (head, _)) in names
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, (_, known))| !known)
        {
            let letters = head.chars().filter(|c| c.is_alphanumeric());
            let folded: String = letters.flat_map(char::to_lowercase).collect();
            if meant.contains(&*folded) {
                open.entry(folded).or_default().push(n);
            }
        }
        let mut has_several_labels = false;
        for (name, others) in MEANINGS {
            if taken.contains(name) {
                continue;
            }
            // The first in the list is the most likely.
            let found = others
                .iter()
                .find_map(|other| Some((other, open.get_mut::<str>(other).and_then(Vec::pop)?)));
            if let Some((other, column)) = found
                && let Some(column) = names.get_mut(column)
            {
                has_several_labels |= name == "kind" && SEVERAL_LABELS.contains(other);
                *column = (name.to_owned(), true);
            }
        }
        Self {
            names,
            has_several_labels,
        }
    }

    /// Whether the table is one of Pullquote.
    pub(super) fn are_ours(&self) -> bool {
        let has = |wanted: &str| {
            let mut known = self.names.iter().filter(|(_, known)| *known);
            known.any(|(name, _)| name == wanted)
        };
        has("state") && has("link_ids")
    }

    /// The labels of a cell; none where others write that there is none.
    pub(super) fn labels<'a>(&self, cell: &'a str) -> Vec<&'a str> {
        if self.are_ours() {
            return vec![cell];
        }
        let signs: &[char] = if self.has_several_labels {
            &['\n', ';', '|', ',']
        } else {
            &['\n', ';', '|']
        };
        let sign = signs.iter().find(|sign| cell.contains(**sign));
        let parts = cell.split(|c| Some(&c) == sign).map(str::trim);
        parts.filter(|label| !NO_LABEL.contains(label)).collect()
    }

    /// How many columns are known.
    pub(super) fn known(&self) -> usize {
        self.names.iter().filter(|(_, known)| *known).count()
    }

    /// Messages about the columns every table needs.
    pub(super) fn missing(
        &self,
        heads: &csv::StringRecord,
        delimiter: u8,
    ) -> impl Iterator<Item = String> {
        let there: Vec<String> = heads
            .iter()
            .map(|head| format!("`{}`", head.trim()))
            .collect();
        let sign = spelled(delimiter);
        let needed = ["doc", "kind"].into_iter();
        let missing: Vec<&str> = needed
            .filter(|name| !self.names.iter().any(|(n, known)| *known && n == name))
            .collect();
        let known = |name: &str| self.names.iter().any(|(n, known)| *known && n == name);
        let other = (!missing.is_empty()).then(|| other_table(heads, known));
        let other = other.flatten().map(str::to_owned);
        let missing = match other {
            Some(_) => Vec::new(),
            None => missing,
        };
        let columns = missing.into_iter().map(move |name| {
            let shown = there.len().min(12);
            let more = there.len() - shown;
            let list = there.get(..shown).unwrap_or_default().join(", ");
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!(
                "there is no column `{name}`; add it (cells are separated by {sign}, the columns \
                 are {list}{more})"
            )
        });
        other.into_iter().chain(columns)
    }

    /// The row, its last cells joined again where the words are in the last column and were cut; they
    /// are compared with the article.
    pub(super) fn joined(&self, record: csv::StringRecord, delimiter: u8) -> csv::StringRecord {
        let last = self.names.len().saturating_sub(1);
        let is_text = self
            .names
            .last()
            .is_some_and(|(name, known)| *known && name == "text");
        if !is_text || record.len() <= self.names.len() {
            return record;
        }
        let words: Vec<&str> = record.iter().skip(last).collect();
        let words = words.join(&char::from(delimiter).to_string());
        let mut joined: csv::StringRecord = record.iter().take(last).collect();
        joined.push_field(words.trim_end_matches(char::from(delimiter)));
        joined.set_position(record.position().cloned());
        joined
    }

    /// Refuses rows that were cut in the wrong places.
    pub(super) fn check_width(
        &self,
        record: &csv::StringRecord,
        delimiter: u8,
    ) -> Result<(), String> {
        let sign = spelled(delimiter);
        let (cells, columns) = (record.len(), self.names.len());
        if record
            .iter()
            .skip(columns)
            .any(|cell| !cell.trim().is_empty())
        {
            return Err(format!(
                "this row has {cells} cells, but the table has {columns} columns; put quotes \
                 around cells with {sign}"
            ));
        }
        let has = |wanted: &str| {
            let mut named = self.names.iter().zip(record);
            named.any(|((name, known), cell)| *known && name == wanted && !cell.is_empty())
        };
        if cells < columns && !has("start") && !has("fragments") {
            return Err(format!(
                "this row has {cells} of {columns} cells and no position; if it belongs to the \
                 row before, put quotes around the cell with the line break"
            ));
        }
        Ok(())
    }

    /// The cells of a row that are not empty, by the names of their columns.
    pub(super) fn cells<'a>(&'a self, record: &'a csv::StringRecord) -> BTreeMap<&'a str, &'a str> {
        let named = self.names.iter().zip(record.iter().map(unguarded));
        named
            .filter(|((_, known), cell)| *known && !cell.is_empty())
            .map(|((name, _), cell)| (name.as_str(), cell))
            .collect()
    }

    /// The cells of a row that are not empty and of which nothing is known, with their columns (from
    /// 0).
    pub(super) fn unknown<'a>(
        &'a self,
        record: &'a csv::StringRecord,
    ) -> impl Iterator<Item = (usize, &'a str)> {
        let named = self.names.iter().zip(record.iter().map(unguarded));
        let named = named.enumerate();
        named
            .filter(|(_, ((_, known), cell))| !known && !cell.trim().is_empty())
            .map(|(n, (_, cell))| (n, cell))
    }

    /// What a column (from 0) is called.
    pub(super) fn name(&self, column: usize) -> String {
        match self.names.get(column) {
            Some((name, _)) if !name.is_empty() => name.clone(),
            _ => format!("column {}", column + 1),
        }
    }

    /// Whether a column (from 0) may have the numbers of the rows, by its head.
    pub(super) fn may_number_rows(&self, column: usize) -> bool {
        let name = self.names.get(column).map_or("", |(name, _)| name);
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        let letters: String = letters.flat_map(char::to_lowercase).collect();
        // What pandas makes of an index without a name.
        let letters = letters.trim_start_matches("unnamed");
        let is_plain = letters.chars().all(|c| c.is_ascii_digit());
        is_plain || ["index", "row", "rownumber", "nr", "no"].contains(&letters)
    }

    /// The columns nothing is known about (from 0).
    pub(super) fn unknown_columns(&self) -> impl Iterator<Item = usize> {
        let unknown = self.names.iter().enumerate();
        let unknown = unknown.filter(|(_, (name, known))| !known && !name.is_empty());
        unknown.map(|(n, _)| n)
    }
}

/// Whether the cells of a column count the rows.
pub(super) fn number_rows<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut last: Option<u64> = None;
    for cell in cells {
        let number = cell.trim().trim_end_matches(".0").parse::<u64>().ok();
        let follows = match (last, number) {
            (None, Some(number)) => number <= 1,
            (Some(last), Some(number)) => number == last + 1,
            (_, None) => false,
        };
        if !follows {
            return false;
        }
        last = number;
    }
    last.is_some()
}

fn spelled(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "tabs".to_owned(),
        sign => format!("`{}`", char::from(sign)),
    }
}
