//! The paragraphs of an article out of the blocks of its page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::html_tree::ends_sentence;
use super::blocks::{Block, Blocks, LeftOut, Role};
use super::boilerplate::Boilerplate;
use super::phrases::{begins_other_part, is_furniture};
use super::region::{block_scores, is_teaser, running_sums};
use super::words::{compared, compared_beginning, compared_text};

/// The text of an article and what is not in it.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) paragraphs: Vec<String>,
    pub(super) left_out: Vec<(Boilerplate, String)>,
}

/// What is known from elsewhere about what is in the article.
pub(super) struct Known<'a> {
    /// Its headline.
    pub(super) headline: &'a str,
    /// What may stand at its beginning.
    pub(super) descriptions: &'a [String],
    /// Its text as the page's data have it, or the beginning of that.
    pub(super) text: &'a str,
}

/// The paragraphs in `region`, with the standfirst before it. `from` is the first block behind the
/// headline.
pub(super) fn body(blocks: &Blocks, region: Range<usize>, from: usize, known: &Known<'_>) -> Body {
    let mut kept = vec![false; blocks.list.len()];
    let mut left: BTreeMap<usize, Boilerplate> = BTreeMap::new();
    let list = &blocks.list;
    let boxes = boxes(blocks, &region, from);
    // Where nothing but teasers follows; titles within an article may be linked as well.
    let own = |at: &usize| {
        let block = list.get(*at).filter(|block| block.words.all >= 12);
        block.is_some_and(|block| block.linked_share() < 0.5) && !is_teaser(list, *at)
    };
    let teasers_from = region.clone().rev().find(own).unwrap_or(region.end);
    let oracle = Oracle::new(known.text);
    let complete = oracle.is_complete(list, &region);
    let headline = compared(known.headline);
    let lead_end = region.start.max(from);
    let descriptions: Vec<_> = known
        .descriptions
        .iter()
        .map(|text| compared(text))
        .collect();
    for (at, block) in list.iter().enumerate().take(region.start).skip(from) {
        let words = compared(&block.text);
        let said = descriptions
            .iter()
            .any(|said| is_beginning_of(&words, said));
        let lead = block.lead && ends_sentence(&block.text) && words.len() >= 6;
        let lead = lead || block.lead && words.len() >= 10;
        let stays = (said || lead) && words.len() >= 4 && words != headline;
        if let Some(slot) = kept.get_mut(at) {
            *slot = stays && block.linked_share() < 0.5;
        }
    }
    for at in region.clone() {
        let Some(block) = list.get(at) else { continue };
        let words = compared_beginning(&block.text);
        let said = at < lead_end + 4
            && descriptions
                .iter()
                .any(|said| is_beginning_of(&words, said));
        let why = if words == headline {
            continue;
        } else if block.caption || said && block.linked_share() < 0.5 {
            None
        } else if boxes.contains(&at) || at >= teasers_from && is_teaser(list, at) {
            Some(Boilerplate::Related)
        } else {
            is_furniture(&block.text, block.linked_share())
                .or_else(|| unlike(block))
                .or_else(|| {
                    (complete
                        && !oracle.holds(&compared(&block.text))
                        && !matches!(block.role, Role::Heading(_)))
                    .then_some(Boilerplate::Aside)
                })
        };
        match why {
            Some(kind) => {
                left.insert(at, kind);
            }
            None => {
                if let Some(slot) = kept.get_mut(at) {
                    *slot = true;
                }
            }
        }
    }
    cut_end(list, &region, &mut kept, &mut left);
    drop_repeated(list, &mut kept, &mut left);
    drop_lonely_headings(list, &mut kept, &mut left);
    let last = kept.iter().rposition(|kept| *kept).unwrap_or_default();
    let paragraphs = list
        .iter()
        .zip(&kept)
        .filter(|(_, kept)| **kept)
        .map(|(block, _)| block.text.clone());
    let mut body = Body {
        paragraphs: paragraphs.collect(),
        left_out: Vec::new(),
    };
    let within = |at: usize| at >= from.min(region.start) && at <= last + 1;
    for LeftOut { before, kind, text } in &blocks.left_out {
        let caption = *kind == Boilerplate::Caption && within(*before);
        body.left_out
            .push((*kind, if caption { text.clone() } else { String::new() }));
    }
    for (at, kind) in left {
        let text = list
            .get(at)
            .map(|block| block.text.clone())
            .unwrap_or_default();
        body.left_out.push((kind, text));
    }
    body
}

/// A block that is not running text.
fn unlike(block: &Block) -> Option<Boilerplate> {
    let sentence = ends_sentence(&block.text);
    let linked = block.linked_share();
    match block.role {
        Role::Heading(_) => (linked > 0.8 && !sentence).then_some(Boilerplate::Related),
        Role::Row => None,
        // A linked sentence is one all the same.
        _ if linked > 0.8 && !(sentence && block.words.all >= 12) => Some(Boilerplate::Related),
        Role::Other if !sentence && block.words.all < 4 && !block.quoted => {
            Some(Boilerplate::Facts)
        }
        Role::ListItem | Role::Paragraph | Role::Other => None,
    }
}

/// The blocks in elements within the article that are more menu than text.
fn boxes(blocks: &Blocks, region: &Range<usize>, from: usize) -> BTreeSet<usize> {
    let scores = block_scores(blocks, from);
    let sums = running_sums(&scores);
    let sum = |at: usize| sums.get(at).copied().unwrap_or_default();
    let mut within = BTreeSet::new();
    for (_, range) in &blocks.elements {
        let inside =
            range.start >= region.start && range.end <= region.end && range.len() < region.len();
        let held = blocks.list.get(range.clone()).unwrap_or_default();
        let (all, linked) = held.iter().fold((0, 0), |(all, linked), block| {
            (all + block.words.all, linked + block.words.linked)
        });
        if inside
            && range.len() >= 2
            && linked * 2 > all
            && sum(range.end) - sum(range.start) < -4.0
        {
            within.extend(range.clone());
        }
    }
    within
}

/// Whether a text is the beginning of what describes the article, or the other way round.
fn is_beginning_of(words: &[String], said: &[String]) -> bool {
    let both = words.len().min(said.len());
    if both < 5 || words.len() > said.len() + 25 && both < 12 {
        return false;
    }
    let same = words.iter().zip(said).filter(|(a, b)| a == b).count();
    let lengths = words.len().max(said.len());
    // The description ends in the middle or has another end.
    same * 10 >= both * 8 && both * 4 >= lengths
}

/// Behind a heading such as "Read more" nothing belongs to the article.
fn cut_end(
    list: &[Block],
    region: &Range<usize>,
    kept: &mut [bool],
    left: &mut BTreeMap<usize, Boilerplate>,
) {
    let words = |range: Range<usize>| -> u32 {
        range
            .filter_map(|at| Some((list.get(at)?, kept.get(at)?)))
            .filter(|(_, kept)| **kept)
            .map(|(block, _)| block.words.all)
            .sum()
    };
    let all = words(region.clone());
    let cut = region.clone().find(|at| {
        let Some(block) = list.get(*at) else {
            return false;
        };
        let short = block.words.all <= 8 && !block.text.ends_with('.');
        let title = match block.role {
            Role::Heading(_) => true,
            // A line with a link leads elsewhere by itself.
            Role::Other | Role::Paragraph => {
                block.linked_share() < 0.5 && !block.text.contains(':')
            }
            Role::ListItem | Role::Row => false,
        };
        short && title && begins_other_part(&block.text) && words(*at..region.end) * 3 < all
    });
    let Some(cut) = cut else { return };
    for at in cut..region.end {
        if let Some(kept) = kept.get_mut(at).filter(|kept| **kept) {
            *kept = false;
            left.insert(at, Boilerplate::Related);
        }
    }
}

/// Pull quotes, standfirsts in two places and texts that are there for small screens once more.
fn drop_repeated(list: &[Block], kept: &mut [bool], left: &mut BTreeMap<usize, Boilerplate>) {
    const SHORT: usize = 4;
    let texts: Vec<String> = list
        .iter()
        .zip(&*kept)
        .map(|(block, kept)| {
            if *kept {
                compared_text(&block.text)
            } else {
                String::new()
            }
        })
        .collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut drop = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        if text.is_empty() || text.split(' ').count() < SHORT + 2 {
            continue;
        }
        match seen.get(&**text) {
            Some(_) => drop.push(at),
            None => {
                seen.insert(text, at);
            }
        }
    }
    // Only a few are looked for in all the others.
    const MOST: usize = 40;
    let apart = |block: &Block| {
        block.quoted
            || matches!(block.role, Role::Other | Role::Heading(_))
            || !ends_sentence(&block.text)
    };
    let few = list
        .iter()
        .enumerate()
        .filter(|(_, block)| block.words.all <= 80 && apart(block));
    for (at, _) in few.take(MOST) {
        let Some(text) = texts
            .get(at)
            .filter(|text| text.split(' ').count() >= SHORT + 4)
        else {
            continue;
        };
        let elsewhere = texts
            .iter()
            .enumerate()
            .any(|(other, long)| other != at && long.len() > text.len() && long.contains(&**text));
        if elsewhere && !drop.contains(&at) {
            drop.push(at);
        }
    }
    for at in drop {
        if let Some(kept) = kept.get_mut(at) {
            *kept = false;
            left.insert(at, Boilerplate::PullQuote);
        }
    }
}

/// Headings that nothing of the article follows.
fn drop_lonely_headings(
    list: &[Block],
    kept: &mut [bool],
    left: &mut BTreeMap<usize, Boilerplate>,
) {
    let mut below: Option<u8> = Some(0);
    for at in (0..list.len()).rev() {
        let Some((block, kept)) = list
            .get(at)
            .zip(kept.get_mut(at))
            .filter(|(_, kept)| **kept)
        else {
            continue;
        };
        match block.role {
            Role::Heading(level) => {
                let lonely = below.is_some_and(|next| level >= next);
                if lonely {
                    *kept = false;
                    left.insert(at, Boilerplate::Related);
                } else {
                    below = Some(level);
                }
            }
            Role::Paragraph | Role::ListItem | Role::Row | Role::Other => below = None,
        }
    }
}

/// The text of the article as the page's data have it.
struct Oracle {
    runs: BTreeSet<String>,
    words: usize,
}

/// Words that follow each other and are looked for together.
const RUN: usize = 4;

impl Oracle {
    fn new(text: &str) -> Self {
        let words = compared(text);
        Self {
            runs: words.windows(RUN).map(|run| run.join(" ")).collect(),
            words: words.len(),
        }
    }

    /// Whether most of a block is in it. Short ones always are.
    fn holds(&self, words: &[String]) -> bool {
        if words.len() < RUN + 2 {
            return true;
        }
        let runs = words.windows(RUN);
        let all = runs.len();
        let found = runs
            .filter(|run| self.runs.contains(&run.join(" ")))
            .count();
        found * 2 >= all
    }

    /// Whether it is the whole article: most of what is shown is in it.
    fn is_complete(&self, list: &[Block], region: &Range<usize>) -> bool {
        if self.words < 120 {
            return false;
        }
        let (mut all, mut held) = (0, 0);
        for block in list.get(region.clone()).unwrap_or_default() {
            if !ends_sentence(&block.text) || block.linked_share() > 0.5 {
                continue;
            }
            let words = compared(&block.text);
            if words.len() < RUN + 2 {
                continue;
            }
            all += words.len();
            held += if self.holds(&words) { words.len() } else { 0 };
        }
        held * 10 >= all * 8 && held * 10 >= self.words * 7
    }
}
