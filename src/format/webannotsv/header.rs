use std::collections::BTreeMap;
use std::iter::Peekable;

use super::{Malformed, escapes};
use crate::format::layer_names::LayerNames;
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::limits::{MOST_COLUMNS, within};

/// The layers of a file, in the order of their columns.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) layers: Vec<Layer>,
    /// How many columns they have together.
    pub(super) columns: usize,
}

impl Header {
    /// Whether there are links to annotations.
    pub(super) fn has_links(&self) -> bool {
        let mut columns = self.layers.iter().flat_map(|layer| &layer.columns);
        columns.any(|column| matches!(column, Column::Roles(_) | Column::Source(_)))
    }
}

/// A layer and its columns.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) kind: LayerKind,
    /// The whole name.
    pub(super) name: String,
    /// What it is called here.
    pub(super) called: String,
    /// The number of its first column, from 0.
    pub(super) first: usize,
    pub(super) columns: Vec<Column>,
    /// For each column the first one of the same feature.
    firsts: Vec<usize>,
}

/// The values of the features of an annotation as they are written, by the first column of the feature.
#[derive(Debug, Default)]
pub(super) struct Values<'a>(Vec<(usize, &'a str)>);

impl<'a> Values<'a> {
    /// Sets the value of a feature that has none; else gives the one it has.
    pub(super) fn insert(&mut self, first: usize, raw: &'a str) -> Option<&mut &'a str> {
        let Self(values) = self;
        match values.binary_search_by_key(&first, |(known, _)| *known) {
            Ok(place) => values.get_mut(place).map(|(_, known)| known),
            Err(place) => {
                if values.is_empty() {
                    // Most layers have one feature.
                    values.reserve_exact(1);
                }
                values.insert(place, (first, raw));
                None
            }
        }
    }
}

impl Layer {
    /// The first column of the feature of a column.
    pub(super) fn first(&self, column: usize) -> usize {
        self.firsts.get(column).copied().unwrap_or(column)
    }

    /// Values by the names of their features, without escapes.
    pub(super) fn named(&self, values: &Values<'_>) -> BTreeMap<&str, String> {
        let values = values.0.iter();
        let named = values.filter_map(|(column, raw)| {
            let name = self.columns.get(*column)?.feature()?;
            Some((name, escapes::value(raw)))
        });
        named.collect()
    }
}

impl Column {
    /// The name of the feature whose values are in it.
    pub(super) fn feature(&self) -> Option<&str> {
        match self {
            Self::Feature(name) => Some(name),
            Self::ChainLink => Some(CHAIN_LINK),
            Self::Placeholder | Self::Roles(_) | Self::Targets(_) | Self::Source(_) => None,
        }
    }
}

/// The feature that says how the next element of a chain follows.
pub(super) const CHAIN_LINK: &str = "referenceRelation";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LayerKind {
    Span,
    Relation,
    Chain,
}

/// What is in a column.
#[derive(Debug)]
pub(super) enum Column {
    /// Only whether there is an annotation.
    Placeholder,
    Feature(String),
    /// The roles of the links of this feature.
    Roles(String),
    /// Where the links before it lead: to annotations of this layer.
    Targets(String),
    /// Where a relation begins: at an annotation of this layer.
    Source(String),
    /// The place in a chain, and how the next element follows.
    ChainLink,
}

/// Reads the lines up to the first sentence.
pub(super) fn read<'a>(
    lines: &mut Peekable<impl Iterator<Item = (usize, &'a str)>>,
    aside: &mut LeftOut,
) -> Result<Header, Malformed> {
    let first = lines.next().map_or("", |(_, line)| line);
    let version = first.strip_prefix("#FORMAT=").map(str::trim);
    match version {
        Some(version) if version.starts_with("WebAnno TSV 3") => {
            let rest = version.trim_start_matches("WebAnno TSV 3");
            let rest = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
            if !rest.is_empty() {
                let what = format!("“{}”", shown(rest.trim()));
                aside.skip(1, "words after the version are left out", what);
            }
        }
        Some(version) => {
            let what = format!("this is `{version}`; export it again as WebAnno TSV 3");
            return Err((1, what));
        }
        None => {
            let what = "this is not WebAnno TSV 3, which begins with `#FORMAT=WebAnno TSV 3`; import \
                        tables with --from tsv and columns of words with --from conll";
            return Err((1, what.to_owned()));
        }
    }
    let mut header = Header::default();
    while let Some((_, line)) =
        lines.next_if(|(_, line)| line.is_empty() || line.starts_with("#T_"))
    {
        let kinds = [
            ("#T_SP=", LayerKind::Span),
            ("#T_RL=", LayerKind::Relation),
            ("#T_CH=", LayerKind::Chain),
        ];
        let found = kinds
            .iter()
            .find_map(|(prefix, kind)| Some((*kind, line.strip_prefix(prefix)?)));
        if let Some((kind, declared)) = found {
            let layer = layer(kind, declared, header.columns);
            header.columns += layer.columns.len();
            header.layers.push(layer);
            within(header.columns, MOST_COLUMNS, "layers and features")
                .map_err(|message| (header.layers.len() + 1, message))?;
        } else if !line.is_empty() {
            let what = format!("`{line}` is not a kind of layer of WebAnno TSV 3");
            return Err((header.layers.len() + 2, what));
        }
    }
    let names = header.layers.iter().map(|layer| &*layer.name);
    let names = LayerNames::new(names);
    for layer in &mut header.layers {
        names.of(&layer.name).clone_into(&mut layer.called);
    }
    Ok(header)
}

fn layer(kind: LayerKind, declared: &str, first: usize) -> Layer {
    let mut parts = declared.split('|').map(str::trim);
    let name = parts.next().unwrap_or_default().to_owned();
    let mut columns: Vec<Column> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let after_roles = matches!(columns.last(), Some(Column::Roles(_)));
        columns.push(match kind {
            LayerKind::Span if after_roles => Column::Targets(part.to_owned()),
            LayerKind::Span => match part.strip_prefix("ROLE_") {
                // ROLE_the.Layer:feature_the.LinkType
                Some(role) => {
                    let feature = role.split_once(':').map_or(role, |(_, feature)| feature);
                    let feature = match feature.rsplit_once('_') {
                        Some((feature, kind)) if kind.contains('.') => feature,
                        _ => feature,
                    };
                    Column::Roles(feature.to_owned())
                }
                None => Column::Feature(part.to_owned()),
            },
            LayerKind::Relation => match part.strip_prefix("BT_") {
                Some(base) => Column::Source(base.to_owned()),
                None => Column::Feature(part.to_owned()),
            },
            LayerKind::Chain if part == CHAIN_LINK => Column::ChainLink,
            LayerKind::Chain => Column::Feature(part.to_owned()),
        });
    }
    if columns.is_empty() {
        columns.push(Column::Placeholder);
    }
    let mut known = BTreeMap::new();
    // Most layers have one column, which is the first itself.
    let several = columns.len() > 1;
    let firsts = columns.iter().filter(|_| several).enumerate();
    let firsts = firsts.map(|(n, column)| match column.feature() {
        Some(feature) => *known.entry(feature).or_insert(n),
        None => n,
    });
    let firsts = firsts.collect();
    Layer {
        kind,
        name,
        called: String::new(),
        first,
        columns,
        firsts,
    }
}
