//! Several tags in one cell, such as `B-PER|B-SPK`: layers with one tag for each word.

use super::sequence::sign;

const SEPARATORS: [char; 3] = ['|', ',', ';'];

/// A tag with the line of its word.
pub(super) type Tag<'a> = (usize, &'a str);

/// Whether a cell is several tags.
pub(super) fn is_several(cell: &str, separator: char) -> bool {
    cell.contains(separator) && cell.split(separator).all(is_tag)
}

/// Whether a cell is a tag, or several.
pub(super) fn is_tags(cell: &str) -> bool {
    is_tag(cell) || SEPARATORS.iter().any(|sign| is_several(cell, *sign))
}

fn is_tag(cell: &str) -> bool {
    cell == "_" || sign(cell).is_some()
}

/// What is between the tags of a cell; `None` where no cell has several. `B-a,b` has one label.
pub(super) fn separator<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Option<char> {
    let labelled = |part: &&str| sign(part).is_some_and(|(_, label)| !label.is_empty());
    let has_several = |cell: &str, separator: char| {
        let labels = || cell.split(separator).filter(labelled).count();
        is_several(cell, separator) && (labels() > 1 || sign(cell).is_none())
    };
    let mut all = SEPARATORS.into_iter();
    all.find(|separator| cells.clone().any(|cell| has_several(cell, *separator)))
}

/// The tags of a sentence in layers. What continues a tag is in its layer.
pub(super) fn layers<'a>(tags: &[Tag<'a>], separator: Option<char>) -> Vec<Vec<Tag<'a>>> {
    let Some(separator) = separator else {
        return vec![tags.to_vec()];
    };
    let outside = || tags.iter().map(|(line, _)| (*line, "O")).collect();
    let mut layers: Vec<Vec<Tag<'a>>> = vec![outside()];
    let mut labels: Vec<Option<&str>> = Vec::new();
    for (n, (line, cell)) in tags.iter().enumerate() {
        let parts: Vec<&str> = if is_several(cell, separator) {
            cell.split(separator).collect()
        } else {
            vec![cell]
        };
        let mut now: Vec<Option<(&str, &str)>> = vec![None; layers.len()];
        let mut new = Vec::new();
        for (at, part) in parts.into_iter().enumerate() {
            let Some((sign, label)) = sign(part).filter(|(sign, _)| *sign != 'O') else {
                continue;
            };
            let continues = |layer: &usize| {
                let is_free = now.get(*layer).is_some_and(Option::is_none);
                is_free && labels.get(*layer) == Some(&Some(label))
            };
            let begins = matches!(sign, 'B' | 'U' | 'S' | 'W');
            let mut known = [at].into_iter().chain(0..now.len());
            let found = if begins { None } else { known.find(continues) };
            match found.and_then(|layer| now.get_mut(layer)) {
                Some(place) => *place = Some((part, label)),
                None => new.push((at, part, label)),
            }
        }
        for (at, part, label) in new {
            let is_free = |layer: &usize| now.get(*layer).is_some_and(Option::is_none);
            let free = [at].into_iter().chain(0..now.len()).find(is_free);
            match free.and_then(|layer| now.get_mut(layer)) {
                Some(place) => *place = Some((part, label)),
                None => {
                    now.push(Some((part, label)));
                    layers.push(outside());
                }
            }
        }
        for (layer, found) in layers.iter_mut().zip(&now) {
            if let (Some(tag), Some((part, _))) = (layer.get_mut(n), found) {
                *tag = (*line, *part);
            }
        }
        labels = now
            .into_iter()
            .map(|found| found.map(|(_, label)| label))
            .collect();
    }
    layers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &str) -> Vec<String> {
        let tags: Vec<Tag<'_>> = cells.split(' ').map(|cell| (1, cell)).collect();
        let separator = separator(cells.split(' '));
        let layers = layers(&tags, separator).into_iter();
        let layers = layers.map(|layer| layer.iter().map(|(_, tag)| *tag).collect::<Vec<_>>());
        layers.map(|layer| layer.join(" ")).collect()
    }

    #[test]
    fn tags_of_one_cell_are_in_layers() {
        for (cells, expected) in [
            ("B-x|B-y I-x|I-y O", &["B-x I-x O", "B-y I-y O"][..]),
            ("B-x;B-y I-y O", &["B-x O O", "B-y I-y O"]),
            ("O,B-y B-x,I-y I-x,O", &["B-y I-y O", "O B-x I-x"]),
            ("B-x|B-y B-z|I-x", &["B-x I-x", "B-y B-z"]),
            // Labels with such a sign in them.
            ("B-a,b I-a,b", &["B-a,b I-a,b"]),
            ("B-a|b O", &["B-a|b O"]),
        ] {
            assert_eq!(read(cells), expected, "{cells}");
        }
    }
}
