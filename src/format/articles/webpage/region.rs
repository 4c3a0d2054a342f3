//! Where on a page the article is: the element whose blocks together look most like running text.
//! After the idea of a maximum subsequence of scored tokens (Pasternack and Roth, "Extracting article
//! text from the web with maximum subsequence segmentation", 2009), taken over elements.

use std::ops::Range;

use super::super::html_tree::{HtmlTree, NodeId, ends_sentence};
use super::blocks::{Block, Blocks, Role};

/// The blocks of the article. `from` is the first block behind the headline.
pub(super) fn article_region(
    tree: &HtmlTree,
    blocks: &Blocks,
    from: usize,
    ticker: bool,
) -> Range<usize> {
    let scores = block_scores(blocks, from);
    let sums = running_sums(&scores);
    let score = |range: &Range<usize>| {
        let sum = |at: usize| sums.get(at).copied().unwrap_or_default();
        sum(range.end) - sum(range.start)
    };
    let bonus = |node: NodeId| {
        let marked = tree.attribute(node, "itemprop") == "articleBody";
        if marked { 1.2 } else { 1.0 }
    };
    let mut best: Option<(f64, &Range<usize>, NodeId)> = None;
    // The smaller ones come first.
    for (node, range) in &blocks.elements {
        let score = score(range) * bonus(*node);
        if score > 0.0 && best.as_ref().is_none_or(|(most, ..)| score > *most) {
            best = Some((score, range, *node));
        }
    }
    let Some((most, range, node)) = best else {
        return 0..0;
    };
    if ticker {
        return range.clone();
    }
    // Several articles one below the other: the first is the one that was asked for.
    let inner = blocks.elements.iter().filter(|(inner, within)| {
        tree.name(*inner) == "article"
            && *inner != node
            && within.start >= range.start
            && within.end <= range.end
    });
    let mut large: Vec<&Range<usize>> = inner
        .map(|(_, range)| range)
        .filter(|range| score(range) >= most * 0.3)
        .collect();
    large.sort_by_key(|range| (range.start, range.end));
    let first = large.first().copied();
    let apart = first.is_some_and(|first| large.iter().any(|range| range.start >= first.end));
    match first {
        Some(first) if apart => first.clone(),
        _ => range.clone(),
    }
}

/// How much each block is like a part of an article; negative where it is like a menu.
pub(super) fn block_scores(blocks: &Blocks, from: usize) -> Vec<f64> {
    let list = &blocks.list;
    let mut scores: Vec<f64> = list.iter().map(block_score).collect();
    for (at, block) in list.iter().enumerate() {
        if let Some(score) = scores.get_mut(at).filter(|_| is_teaser(list, at)) {
            *score = score.min(-1.0) - f64::from(block.words.all) * 0.2;
        }
    }
    let good = |scores: &[f64]| scores.iter().filter(|score| **score > 0.0).sum::<f64>();
    let behind = good(scores.get(from..).unwrap_or_default());
    // A heading that has little behind it is not where the article begins.
    if behind * 3.0 < good(&scores) {
        return scores;
    }
    let earlier = |(at, score): (usize, f64)| if at < from { score.min(-0.5) } else { score };
    scores.into_iter().enumerate().map(earlier).collect()
}

/// Whether a block is below a linked title: the first words of another article.
pub(super) fn is_teaser(list: &[Block], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| list.get(before));
    let linked =
        |title: &Block| matches!(title.role, Role::Heading(_)) && title.linked_share() > 0.5;
    let short = |block: &Block| block.words.all <= 60 && !matches!(block.role, Role::Heading(_));
    before.is_some_and(linked) && list.get(at).is_some_and(short)
}

/// The sum of all before each, and of all at the end.
pub(super) fn running_sums(scores: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    let mut sum = 0.0;
    for score in scores {
        sum += score;
        sums.push(sum);
    }
    sums
}

fn block_score(block: &Block) -> f64 {
    let words = f64::from(block.words.all);
    let linked = block.linked_share();
    let sentence = ends_sentence(&block.text);
    match block.role {
        Role::Heading(_) if linked > 0.5 => -3.0,
        Role::Heading(_) => -0.5,
        _ if linked > 0.5 && !(sentence && words >= 20.0) => -3.0 - words * 0.3,
        Role::ListItem if words >= 8.0 && linked < 0.3 => words * 0.6,
        Role::ListItem => -1.5,
        Role::Row => -0.5,
        Role::Paragraph | Role::Other if sentence && words >= 4.0 || words >= 20.0 => {
            words.min(150.0) * (1.0 - linked)
        }
        Role::Paragraph if block.words.linked == 0 => -0.2,
        Role::Paragraph => -1.0,
        Role::Other => -2.0,
    }
}
