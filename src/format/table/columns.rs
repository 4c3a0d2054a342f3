//! The columns of a table that is read, by their heads.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::article_facts::OTHER_FACTS;
use super::guard::unguarded;
use super::other_table::other_table;
use super::write::{ATTRIBUTE, ATTRIBUTES, FIXED};
use crate::format::interchange::FACT_TEXTS;
use crate::text::wording::short_list;

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

/// What each column is. Tables may have very many of which nothing is known.
pub(super) struct Columns {
    /// In the order of the table.
    heads: csv::StringRecord,
    /// Our names of those that are known, by their numbers (from 0).
    known: BTreeMap<usize, String>,
    /// Whether a cell may have several labels.
    has_several_labels: bool,
}

fn plain(head: &str) -> &str {
    unguarded(head.trim())
}

impl Columns {
    /// Knows columns by our own names, else by what others call them.
    pub(super) fn new(heads: csv::StringRecord) -> Self {
        // In other tables a date may be that of the row.
        let has = |name: &str| heads.iter().any(|head| plain(head) == name);
        let facts: &[&str] = match has("state") && has("link_ids") {
            true => &FACT_TEXTS,
            false => &[],
        };
        let ours = |head: &str| {
            if head.starts_with(ATTRIBUTE) && head != ATTRIBUTE {
                return Some(head.to_owned());
            }
            let mut fixed = FIXED.iter().chain([&ATTRIBUTES, &OTHER_FACTS]).chain(facts);
            let found = fixed.find(|name| name.eq_ignore_ascii_case(head))?;
            Some((*found).to_owned())
        };
        let mut known: BTreeMap<usize, String> = BTreeMap::new();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for (n, head) in heads.iter().map(plain).enumerate() {
            if let Some(name) = ours(head)
                && taken.insert(name.clone())
            {
                known.insert(n, name);
            }
        }
        let meanings = MEANINGS.iter().flat_map(|(_, others)| others.iter());
        let meant: BTreeSet<&str> = meanings.copied().collect();
        // The unknown columns that may be ours by their letters, the first one last.
        let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, head) in heads.iter().map(plain).enumerate() {
            let letters = head.chars().filter(|c| c.is_alphanumeric());
            let folded: String = letters.flat_map(char::to_lowercase).collect();
            if meant.contains(&*folded) && !known.contains_key(&n) {
                open.entry(folded).or_default().push(n);
            }
        }
        open.values_mut().for_each(|columns| columns.reverse());
        let mut has_several_labels = false;
        for (name, others) in MEANINGS {
            if taken.contains(name) {
                continue;
            }
            // The first in the list is the most likely.
            let found = others
                .iter()
                .find_map(|other| Some((other, open.get_mut::<str>(other).and_then(Vec::pop)?)));
            if let Some((other, column)) = found {
                has_several_labels |= name == "kind" && SEVERAL_LABELS.contains(other);
                known.insert(column, name.to_owned());
            }
        }
        Self {
            heads,
            known,
            has_several_labels,
        }
    }

    fn has(&self, wanted: &str) -> bool {
        self.known.values().any(|name| name == wanted)
    }

    /// Whether the table is one of Pullquote.
    pub(super) fn are_ours(&self) -> bool {
        self.has("state") && self.has("link_ids")
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
        self.known.len()
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.heads.len()
    }

    /// Messages about the columns every table needs.
    pub(super) fn missing(&self, delimiter: u8) -> Vec<String> {
        let needed = ["doc", "kind"].into_iter();
        let missing: Vec<&str> = needed.filter(|name| !self.has(name)).collect();
        if missing.is_empty() {
            return Vec::new();
        }
        if let Some(other) = other_table(&self.heads, |name| self.has(name)) {
            return vec![other.to_owned()];
        }
        let there = self.heads.iter().map(|head| format!("`{}`", head.trim()));
        let columns = short_list(there, 12);
        let sign = spelled(delimiter);
        let missing = missing.into_iter().map(|name| {
            format!(
                "there is no column `{name}`; add it (cells are separated by {sign}, the columns \
                 are {columns})"
            )
        });
        missing.collect()
    }

    /// The row, its last cells joined again where the words are in the last column and were cut; they
    /// are compared with the article.
    pub(super) fn joined<'a>(
        &self,
        record: &'a csv::StringRecord,
        delimiter: u8,
    ) -> Cow<'a, csv::StringRecord> {
        let last = self.len().saturating_sub(1);
        let is_text = self.known.get(&last).is_some_and(|name| name == "text");
        if !is_text || record.len() <= self.len() {
            return Cow::Borrowed(record);
        }
        let words: Vec<&str> = record.iter().skip(last).collect();
        let words = words.join(&char::from(delimiter).to_string());
        let mut joined: csv::StringRecord = record.iter().take(last).collect();
        joined.push_field(words.trim_end_matches(char::from(delimiter)));
        joined.set_position(record.position().cloned());
        Cow::Owned(joined)
    }

    /// Refuses rows that were cut in the wrong places.
    pub(super) fn check_width(
        &self,
        record: &csv::StringRecord,
        delimiter: u8,
    ) -> Result<(), String> {
        let sign = spelled(delimiter);
        let (cells, columns) = (record.len(), self.len());
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
            let mut known = self.known.iter();
            let filled = |column: &usize| record.get(*column).is_some_and(|cell| !cell.is_empty());
            known.any(|(column, name)| name == wanted && filled(column))
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
        let known = self.known.iter();
        let named = known
            .filter_map(|(column, name)| Some((name.as_str(), unguarded(record.get(*column)?))));
        named.filter(|(_, cell)| !cell.is_empty()).collect()
    }

    /// The cells of a row that are not empty and of which nothing is known, with their columns (from
    /// 0).
    pub(super) fn unknown<'a>(
        &'a self,
        record: &'a csv::StringRecord,
    ) -> impl Iterator<Item = (usize, &'a str)> {
        let cells = record.iter().map(unguarded).take(self.len()).enumerate();
        cells.filter(|(n, cell)| !cell.trim().is_empty() && !self.known.contains_key(n))
    }

    fn head(&self, column: usize) -> &str {
        let known = self.known.get(&column).map(String::as_str);
        known.unwrap_or_else(|| self.heads.get(column).map_or("", plain))
    }

    /// What a column (from 0) is called.
    pub(super) fn name(&self, column: usize) -> String {
        match self.head(column) {
            "" => format!("column {}", column + 1),
            name => name.to_owned(),
        }
    }

    /// Whether a column (from 0) may have the numbers of the rows, by its head.
    pub(super) fn may_number_rows(&self, column: usize) -> bool {
        let letters = self.head(column).chars().filter(|c| c.is_alphanumeric());
        let letters: String = letters.flat_map(char::to_lowercase).collect();
        // What pandas makes of an index without a name.
        let letters = letters.trim_start_matches("unnamed");
        let is_plain = letters.chars().all(|c| c.is_ascii_digit());
        is_plain || ["index", "row", "rownumber", "nr", "no"].contains(&letters)
    }

    /// The columns nothing is known about (from 0).
    pub(super) fn unknown_columns(&self) -> impl Iterator<Item = usize> {
        let heads = self.heads.iter().map(plain).enumerate();
        let named = heads.filter(|(n, head)| !head.is_empty() && !self.known.contains_key(n));
        named.map(|(n, _)| n)
    }
}

fn spelled(delimiter: u8) -> String {
    match delimiter {
        b'\t' => "tabs".to_owned(),
        sign => format!("`{}`", char::from(sign)),
    }
}
