//! Lists within one cell: their items joined by signs that are spelled out where they are in an
//! item.

use crate::format::interchange::LinkRecord;

/// `0-10;20-30`.
pub(super) fn fragments(fragments: &[[u32; 2]]) -> String {
    let parts: Vec<String> = fragments.iter().map(|[a, b]| format!("{a}-{b}")).collect();
    parts.join(";")
}

/// The places in a cell like `0-10;20-30`; `None` where it is something else.
pub(super) fn parse_fragments(cell: &str) -> Option<Vec<[u32; 2]>> {
    let place = |part: &str| {
        let (start, end) = part.trim().split_once('-')?;
        Some([start.trim().parse().ok()?, end.trim().parse().ok()?])
    };
    cell.split(';').map(place).collect()
}

/// `role>target;role>target`.
pub(super) fn links<'a>(links: impl Iterator<Item = &'a LinkRecord>) -> String {
    let parts: Vec<String> = links
        .map(|link| format!("{}>{}", escaped(&link.role), escaped(&link.to)))
        .collect();
    parts.join(";")
}

/// `id;id`.
pub(super) fn ids<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let parts: Vec<String> = ids.map(escaped).collect();
    parts.join(";")
}

/// The ids in such a cell.
pub(super) fn parse_ids(cell: &str) -> Vec<String> {
    let parts = cell.split(';').filter(|part| !part.is_empty());
    parts.map(unescaped).collect()
}

/// Roles and targets in such a cell; `None` where it is something else.
pub(super) fn parse_links(cell: &str) -> Option<Vec<(String, String)>> {
    let parts = cell.split(';').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (role, to) = part.split_once('>')?;
            Some((unescaped(role), unescaped(to)))
        })
        .collect()
}

const ESCAPES: [(char, &str); 4] = [('%', "%25"), (';', "%3B"), ('>', "%3E"), ('=', "%3D")];

fn escaped(item: &str) -> String {
    ESCAPES
        .iter()
        .fold(item.to_owned(), |item, (sign, spelled)| {
            if item.contains(*sign) {
                item.replace(*sign, spelled)
            } else {
                item
            }
        })
}

fn unescaped(item: &str) -> String {
    let signs = ESCAPES.iter().rev();
    signs.fold(item.to_owned(), |item, (sign, spelled)| {
        if item.contains('%') {
            item.replace(spelled, &sign.to_string())
        } else {
            item
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn links_come_back(pairs in prop::collection::vec(("(?s).{0,4}|[%;>=3BE25]{0,5}", "[%;>=3BE25a]{0,5}"), 0..4)) {
            let rows: Vec<LinkRecord> = pairs
                .iter()
                .map(|(role, to)| LinkRecord { role: role.clone().into(), to: to.clone().into(), ..LinkRecord::default() })
                .collect();
            prop_assert_eq!(parse_links(&links(rows.iter())), Some(pairs));
        }
    }

    #[test]
    fn places_are_read_as_they_are_written() {
        assert_eq!(
            parse_fragments(&fragments(&[[0, 10], [20, 30]])),
            Some(vec![[0, 10], [20, 30]])
        );
        assert_eq!(
            parse_fragments("0-10; 20-30"),
            Some(vec![[0, 10], [20, 30]])
        );
        assert_eq!(parse_fragments("10"), None);
        assert_eq!(parse_fragments("-1-2"), None);
    }
}
