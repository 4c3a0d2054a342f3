use super::super::html_tree::{HtmlTree, NodeId};
use super::json_ld::ArticleData;
use super::words::compared;

/// The headings of the first level that have text, in the order of the page.
pub(super) fn headings(tree: &HtmlTree) -> Vec<(NodeId, String)> {
    let found = tree
        .elements(NodeId::ROOT, "h1")
        .map(|node| (node, tree.line(node)));
    found
        .filter(|(_, text)| !text.is_empty())
        .take(20)
        .collect()
}

/// The headline, and the heading that is it. Where what the page says of itself is no heading, one that
/// is a heading and the title for sharing it, too, is believed more.
pub(super) fn headline(
    data: &ArticleData,
    headings: &[(NodeId, String)],
    shared: &str,
    whole: &str,
    doubts: &mut Vec<String>,
) -> (String, Option<NodeId>) {
    let same = |a: &str, b: &str| {
        let (a, b) = (compared(a), compared(b));
        !a.is_empty() && a == b
    };
    let like = |a: &str, b: &str| {
        let (a, b) = (compared(a).join(" "), compared(b).join(" "));
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        !short.is_empty() && long.contains(&*short) && short.len() * 2 > long.len()
    };
    let said = [&*data.headline, shared, whole];
    // Of several headings the one that is also said; a page may begin with the outlet's name.
    let heading = said
        .iter()
        .find_map(|said| headings.iter().find(|(_, text)| same(text, said)));
    let heading = heading.or_else(|| {
        said.iter()
            .find_map(|said| headings.iter().find(|(_, text)| like(text, said)))
    });
    if let Some((node, text)) = heading {
        let ours = &data.headline;
        if !ours.is_empty() && !like(ours, text) {
            doubts.push(format!(
                "the headline shown is taken; the page's data have “{ours}”"
            ));
        }
        // The data are spelt as printed, a heading may hold a kicker.
        let shorter = like(ours, text)
            && ours.chars().count() < text.chars().count()
            && !ours.ends_with(['…', '.']);
        let chosen = if shorter { ours } else { text };
        return (chosen.clone(), Some(*node));
    }
    let first = headings.first();
    let shown = first.map(|(_, text)| text.as_str()).unwrap_or_default();
    let chosen = said
        .iter()
        .find(|said| !said.is_empty())
        .copied()
        .unwrap_or(shown);
    if !chosen.is_empty() && !shown.is_empty() && compared(chosen) != compared(shown) {
        doubts.push(format!(
            "the first heading of the page is another headline: “{shown}”"
        ));
    }
    // Where there is only one, the article begins there whatever it says.
    let title = first.filter(|_| headings.len() == 1).map(|(node, _)| *node);
    (chosen.to_owned(), title)
}

/// A title without the outlet's name at its end or beginning.
pub(super) fn without_outlet(title: &str, outlet: &str) -> String {
    const MARKS: [&str; 8] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "];
    let mut title = title;
    let outlet = compared(outlet).concat();
    let is_outlet = |part: &str| {
        let part = compared(part).concat();
        !part.is_empty() && !outlet.is_empty() && (part.contains(&outlet) || outlet.contains(&part))
    };
    loop {
        let last = MARKS
            .iter()
            .filter_map(|mark| title.rsplit_once(mark))
            .min_by_key(|(_, end)| end.len());
        match last {
            Some((before, end)) if is_outlet(end) => title = before,
            _ => break,
        }
    }
    let first = MARKS
        .iter()
        .filter_map(|mark| title.split_once(mark))
        .min_by_key(|(begin, _)| begin.len());
    if let Some((_, after)) = first.filter(|(begin, _)| is_outlet(begin)) {
        title = after;
    }
    title.trim().to_owned()
}
