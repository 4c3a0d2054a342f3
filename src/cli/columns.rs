//! Tables as people read them in a terminal.

/// A heading and rows below it, each cell as wide as the widest of its column; an empty line after it. Nothing
/// without rows. All columns but the first are set to the right, where `is_number` says so.
pub(super) fn columns(
    head: &[&str],
    rows: Vec<Vec<String>>,
    is_number: impl Fn(usize) -> bool,
) -> Vec<String> {
    if rows.is_empty() {
        return Vec::new();
    }
    let head = head.iter().map(|cell| (*cell).to_owned()).collect();
    let all: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| {
        let cells = all.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..all.first().map_or(0, Vec::len)).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(n, (cell, &width))| match is_number(n) {
            false => format!("{cell:width$}"),
            true => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines: Vec<String> = all.iter().map(line).collect();
    lines.push(String::new());
    lines
}
