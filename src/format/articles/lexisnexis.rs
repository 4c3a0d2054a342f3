//! Exports of LexisNexis as plain text: articles after lines such as `12 of 40 DOCUMENTS`, their outlet and
//! date in the middle, what is known about them after labels, lines wrapped.

use super::article_format::{ArticleFormat, info, with_captions};
use super::found::{FoundArticle, FoundInFile};
use super::labels::{self, Label, label};
use super::language_name::language_tag;
use super::nexis::fact;
use super::plain_text::{beginning_of_text, decoded};
use super::printed_date::printed_date;
use super::text_limit::check_size;
use super::unread_lines::tell_unread;
use crate::format::left_out::shortened;
use crate::format::{Input, Options};

pub(in crate::format) static LEXISNEXIS: ArticleFormat = ArticleFormat {
    info: &info("lexisnexis", "LexisNexis, plain text", &["txt"]),
    is_of,
    find,
};

fn is_of(beginning: &[u8]) -> bool {
    let text = beginning_of_text(beginning);
    let has = |wanted: Label| {
        let mut labels = text.lines().filter_map(label);
        labels.any(|(label, _)| label == wanted)
    };
    // An article by itself may have no line that counts.
    match text.lines().any(|line| separator(line).is_some()) {
        true => has(Label::Length) || has(Label::LoadDate),
        false => has(Label::Length) && has(Label::LoadDate),
    }
}

/// The number in a line that stands before an article.
fn separator(line: &str) -> Option<usize> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| word.parse::<usize>().ok();
    let is = |word: &str, all: &[&str]| all.contains(&&*word.to_lowercase());
    let of = ["of", "von", "de", "van", "di"];
    match words[..] {
        [n, between, all, what] if is(between, &of) && is(what, &["documents", "document"]) => {
            number(all).and(number(n))
        }
        [what, n, between, all] if is(between, &of) && is(what, &["dokument", "document"]) => {
            number(all).and(number(n))
        }
        _ => None,
    }
}

fn find(input: &Input<'_>, options: &Options) -> Result<FoundInFile, String> {
    check_size(input.bytes)?;
    let (text, doubt) = decoded(input.bytes);
    let mut found = FoundInFile::default();
    found.doubts.extend(doubt);
    let lines: Vec<&str> = text.lines().collect();
    let separators = lines.iter().enumerate();
    let separators = separators.filter_map(|(at, line)| Some((at, separator(line)?)));
    let separators: Vec<(usize, usize)> = separators.collect();
    let Some(&(first, first_number)) = separators.first() else {
        // An article by itself.
        let is_labelled = |line: &&str| {
            let label = label(line).map(|(label, _)| label);
            matches!(label, Some(Label::Length | Label::LoadDate | Label::Byline))
        };
        if !lines.iter().any(is_labelled) {
            return Err(
                "there is no line such as “1 of 20 DOCUMENTS” in it, nor labels such as \
                        “LENGTH:”; it is no export of LexisNexis"
                    .to_owned(),
            );
        }
        found.articles.push(article(&lines, 1, options));
        return Ok(found);
    };
    let cover = lines.get(..first).unwrap_or_default().join(" ");
    if !cover.trim().is_empty() {
        let words = shortened(cover.trim());
        found.left_out.push(format!("cover (“{words}”)"));
    }
    let ends = separators
        .iter()
        .skip(1)
        .map(|(at, _)| *at)
        .chain([lines.len()]);
    for ((start, _), end) in separators.iter().zip(ends) {
        let part = lines.get(start + 1..end).unwrap_or_default();
        found.articles.push(article(part, start + 1, options));
    }
    let last_number = separators
        .last()
        .map_or(first_number, |(_, number)| *number);
    let due = (last_number + 1).saturating_sub(first_number);
    let there = found.articles.len();
    if due != there {
        found.doubts.push(format!(
            "by its numbers ({first_number} to {last_number}) it should hold {due} documents, and {there} \
             were found; look for what is missing"
        ));
    }
    Ok(found)
}

/// Lines without an empty one between them.
struct Block<'a> {
    lines: Vec<&'a str>,
}

/// So many blanks are before a line in the middle.
const MIDDLE: usize = 4;

impl Block<'_> {
    fn is_centred(&self) -> bool {
        let blanks = |line: &&str| line.len() - line.trim_start().len();
        self.lines.iter().all(|line| blanks(line) >= MIDDLE)
    }

    fn joined(&self) -> String {
        let lines = self.lines.iter().map(|line| line.trim());
        lines.collect::<Vec<_>>().join(" ")
    }

    /// The label of the first line, and what comes after it in all of them.
    fn label(&self) -> Option<(Label, String)> {
        let (label, value) = label(self.lines.first()?)?;
        let rest = self.lines.iter().skip(1).map(|line| line.trim());
        let value = std::iter::once(value)
            .chain(rest)
            .collect::<Vec<_>>()
            .join(" ");
        Some((label, value.trim().to_owned()))
    }

    fn is_copyright(&self) -> bool {
        self.is_centred()
            && self
                .lines
                .first()
                .is_some_and(|line| labels::is_copyright(line))
    }
}

fn blocks<'a>(lines: &[&'a str]) -> Vec<Block<'a>> {
    let parts = lines.split(|line| line.trim().is_empty());
    let parts = parts.filter(|part| !part.is_empty());
    parts
        .map(|part| Block {
            lines: part.to_vec(),
        })
        .collect()
}

fn article(lines: &[&str], line: usize, options: &Options) -> FoundArticle {
    let mut article = FoundArticle {
        line,
        ..FoundArticle::default()
    };
    let blocks = blocks(lines);
    let (body, first) = read_head(&blocks, &mut article);
    let rest = blocks.get(body..).unwrap_or_default();
    let tail = begin_of_tail(rest, article.facts.fields.contains_key("words"));
    let (body, tail) = rest.split_at_checked(tail).unwrap_or((rest, &[]));
    let captions = read_tail(tail, &mut article);
    if !article.facts.headline.is_empty() {
        article.paragraphs.push(article.facts.headline.clone());
    }
    article.paragraphs.extend(first.clone());
    article.paragraphs.extend(body.iter().map(Block::joined));
    if with_captions(options) {
        article.paragraphs.extend(captions);
    } else {
        let told = captions.iter().map(|line| format!("caption: {line}"));
        article.left_out.extend(told);
    }
    if body.is_empty() && first.is_none() {
        article.without_text = true;
    }
    article.doubt_no_date();
    let values = lines.iter().map(|line| value_of(line));
    tell_unread(&mut article, values);
    article
}

/// A line without its label.
fn value_of(line: &str) -> &str {
    label(line).map_or(line, |(_, value)| value)
}

/// Reads what is before the text; gives the block it goes on with, and what stands beside its label.
fn read_head(blocks: &[Block<'_>], article: &mut FoundArticle) -> (usize, Option<String>) {
    let mut labelled = false;
    for (n, block) in blocks.iter().enumerate() {
        let head_label = block.label().filter(|(label, _)| is_of_head(*label));
        if let Some((Label::Body, rest)) = head_label {
            return (n + 1, Some(rest).filter(|rest| !rest.is_empty()));
        }
        if let Some((label, value)) = head_label {
            read_facts(block, label, &value, article);
            labelled = true;
        } else if labelled {
            return (n, None);
        } else if block.is_centred() {
            block
                .lines
                .iter()
                .for_each(|line| read_centred(line.trim(), article));
        } else {
            let known = article.facts.headline.clone();
            let joined = [known, block.joined()].join(" ");
            joined.trim().clone_into(&mut article.facts.headline);
        }
    }
    (blocks.len(), None)
}

fn is_of_head(label: Label) -> bool {
    match label {
        Label::Byline
        | Label::Section
        | Label::Length
        | Label::Headline
        | Label::Highlight
        | Label::Dateline
        | Label::Body
        | Label::Edition
        | Label::Series => true,
        Label::LoadDate
        | Label::Language
        | Label::Graphic
        | Label::Correction
        | Label::CorrectionDate
        | Label::PublicationType
        | Label::Address
        | Label::Index
        | Label::Tail => false,
    }
}

/// Facts may follow each other without an empty line.
fn read_facts(block: &Block<'_>, first: Label, value: &str, article: &mut FoundArticle) {
    let starts = |line: &&&str| label(line).is_some_and(|(label, _)| is_of_head(label));
    if block.lines.iter().filter(starts).count() < 2 {
        return fact(first, value, value, article);
    }
    let mut facts: Vec<(Label, String)> = Vec::new();
    for line in &block.lines {
        match (
            label(line).filter(|(label, _)| is_of_head(*label)),
            facts.last_mut(),
        ) {
            (Some((label, value)), _) => facts.push((label, value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    for (label, value) in facts {
        fact(label, &value, &value, article);
    }
}

fn read_centred(line: &str, article: &mut FoundArticle) {
    let known = article.facts.fields.get("copyright").cloned();
    if labels::is_copyright(line) || labels::is_rights(line) {
        let joined: Vec<String> = known.into_iter().chain([line.to_owned()]).collect();
        return article.field("copyright", &joined.join(" "));
    }
    let date = printed_date(line);
    match date {
        Some(date) if article.facts.date.is_empty() => {
            article.field("edition", date.rest);
            article.field("time", &date.time);
            article.field("zone", date.zone);
            article.facts.date = date.date;
        }
        Some(date) if date.date == article.facts.date => {}
        _ if article.facts.date.is_empty() => {
            let joined = [article.facts.outlet.clone(), line.to_owned()].join(" ");
            joined.trim().clone_into(&mut article.facts.outlet);
        }
        _ => {
            let known = article.facts.fields.get("edition").cloned();
            let joined: Vec<String> = known.into_iter().chain([line.to_owned()]).collect();
            article.field("edition", &joined.join("; "));
        }
    }
}

/// Whether the text must have ended before a block.
fn is_sure_end(block: &Block<'_>) -> bool {
    match block.label() {
        Some((Label::LoadDate, value)) => printed_date(&value).is_some(),
        Some((Label::Language, value)) => language_tag(&value).is_some(),
        Some((Label::Graphic | Label::PublicationType | Label::CorrectionDate, _)) => true,
        Some(_) | None => block.is_copyright(),
    }
}

/// The block below the text, of those after the head: from it on there are facts only.
fn begin_of_tail(blocks: &[Block<'_>], has_length: bool) -> usize {
    let may_be = |block: &Block<'_>| match block.label() {
        Some((Label::Length, _)) => !has_length,
        Some(_) => true,
        None => block.is_copyright() || is_sure_end(block),
    };
    let all_facts = |from: usize| {
        let mut after_picture = false;
        blocks.iter().skip(from).all(|block| {
            let fits = may_be(block);
            if fits {
                after_picture = matches!(block.label(), Some((Label::Graphic, _)));
            }
            fits || after_picture
        })
    };
    let mut sure = (0..blocks.len()).filter(|&n| blocks.get(n).is_some_and(is_sure_end));
    let mut begin = sure.find(|&n| all_facts(n)).unwrap_or(blocks.len());
    // A length may stand above them.
    let above = |n: usize| n.checked_sub(1).and_then(|n| blocks.get(n));
    while !has_length
        && above(begin).is_some_and(|block| matches!(block.label(), Some((Label::Length, _))))
    {
        begin -= 1;
    }
    begin
}

/// Reads what is below the text; gives the captions.
fn read_tail(tail: &[Block<'_>], article: &mut FoundArticle) -> Vec<String> {
    let mut captions = Vec::new();
    for block in tail {
        if block.is_centred() {
            block
                .lines
                .iter()
                .for_each(|line| read_centred(line.trim(), article));
            continue;
        }
        match block.label() {
            Some((Label::Graphic, value)) if value.is_empty() => {}
            Some((Label::Graphic, value)) => captions.push(value),
            Some((label, value)) => fact(label, &value, &block.joined(), article),
            None => captions.push(block.joined()),
        }
    }
    captions
}
