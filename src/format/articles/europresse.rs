//! What Europresse gives as HTML: articles as elements of a page (2015), tables in a page (before that),
//! and by a description the pages of 2019 and later.

use super::article_format::{ArticleFormat, info, with_captions};
use super::database_page::{articles_of, enough};
use super::found::{FoundArticle, FoundInFile, NO_DATE};
use super::html_tree::{FlowText, HtmlTree, NodeId, Step, is_block};
use super::language_name::language_tag;
use super::printed_date::find_date;
use super::unread_lines::tell_unread;
use crate::format::left_out::shortened;

/// Articles out of Europresse.
pub(in crate::format) static EUROPRESSE: ArticleFormat = ArticleFormat {
    info: &info("europresse", "Europresse: HTML", &[]),
    is_of: |beginning| {
        let text = String::from_utf8_lossy(beginning);
        text.contains("DocPublicationName") && text.contains('<')
    },
    find: |input, options| {
        articles_of(input, "Europresse", |tree| {
            articles(tree, with_captions(options))
        })
    },
};

/// What a piece of text is by the element it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Outlet,
    /// Section, date and page.
    Header,
    Kicker,
    Title,
    Authors,
    Aside,
    Copyright,
    Other,
}

struct Line {
    text: String,
    /// The line of the file it ends on, from 1.
    source: usize,
    mark: Mark,
    /// Whether it is in the head of its article.
    head: bool,
    /// Whether it ends with a line break.
    broken: bool,
}

impl Line {
    /// Without the label of `Numéro de document : news·20200708·CX·1`.
    fn value(&self) -> &str {
        match self.text.split_once(" : ") {
            Some((_, value)) if value.starts_with("news·") => value,
            Some(_) | None => &self.text,
        }
    }
}

fn articles(tree: &HtmlTree, captions: bool) -> FoundInFile {
    let mut found = FoundInFile::default();
    let lines = lines(tree);
    let starts = lines.iter().enumerate().filter(|(at, line)| {
        let before = at.checked_sub(1).and_then(|before| lines.get(before));
        line.mark == Mark::Outlet && before.is_none_or(|before| before.mark != Mark::Outlet)
    });
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    let above = lines
        .iter()
        .take(starts.first().copied().unwrap_or_default());
    let above: Vec<&str> = above.map(|line| &*line.text).collect();
    if !above.is_empty() {
        let words = shortened(&above.join(" "));
        found
            .left_out
            .push(format!("what is above the articles (“{words}”)"));
    }
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        if enough(found.articles.len()) {
            break;
        }
        let lines = lines.get(*start..end).unwrap_or_default();
        found.articles.push(article(lines, captions));
    }
    let newer = |node: NodeId| tree.attribute(node, "class").contains("rdp__");
    if tree.descendants(NodeId::ROOT).any(newer) {
        let words = "this layout of Europresse (2019 and later) is read by a description of it; compare an article \
                     with the original";
        found.doubts.push(words.to_owned());
    }
    found
}

fn article(lines: &[Line], captions: bool) -> FoundArticle {
    let mut article = FoundArticle {
        line: lines.first().map_or(1, |line| line.source),
        ..FoundArticle::default()
    };
    let of = |mark: Mark| {
        let texts = lines
            .iter()
            .filter(move |line| line.mark == mark)
            .map(|line| line.text.as_str());
        texts.collect::<Vec<_>>().join(" ")
    };
    let outlet = of(Mark::Outlet);
    let numbered = [", no. ", ", n° ", ", no ", ", nº "]
        .iter()
        .find_map(|mark| outlet.rsplit_once(mark));
    let (name, issue) = numbered.unwrap_or((&outlet, ""));
    name.trim().clone_into(&mut article.facts.outlet);
    article.field("issue", issue);
    read_header(&of(Mark::Header), &mut article);
    article.facts.headline = of(Mark::Title);
    article.facts.byline = of(Mark::Authors);
    article.field("kicker", &of(Mark::Kicker));
    article.field("copyright", &of(Mark::Copyright));
    let title = lines.iter().position(|line| line.mark == Mark::Title);
    let body_from = title.map_or(0, |title| title + 1);
    let mut body = Vec::new();
    let mut below = false;
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        match line.mark {
            Mark::Outlet | Mark::Header | Mark::Title | Mark::Authors | Mark::Kicker => continue,
            Mark::Copyright => {
                below = true;
                continue;
            }
            Mark::Aside => {
                let is_label = text.trim_end().ends_with(':');
                match captions {
                    _ if is_label => {}
                    true => body.push(line.text.clone()),
                    false => article.left_out.push(format!("caption: {text}")),
                }
                continue;
            }
            Mark::Other => {}
        }
        if let Some(id) = text
            .split_whitespace()
            .find(|word| word.starts_with("news·"))
        {
            article.field("id", id);
            below = true;
        } else if text.starts_with('©') {
            article.field("copyright", text);
            below = true;
        } else if below {
            article.left_out.push(format!("certificate: {text}"));
        } else if at < body_from {
            // Above the title: what the series or the part of the issue is called.
            let name = if line.head { "rubric" } else { "kicker" };
            article.field(name, text);
        } else if article.facts.byline.is_empty() && body.is_empty() && (line.head || line.broken) {
            text.clone_into(&mut article.facts.byline);
        } else if let Some(words) = length(text) {
            article.field("words", words);
        } else if language_tag(text).is_some() && line.head {
            language_tag(text)
                .unwrap_or_default()
                .clone_into(&mut article.facts.language);
        } else if line.head {
            article.left_out.push(text.to_owned());
        } else {
            body.push(line.text.clone());
        }
    }
    article.set_body(body);
    let is_label = |line: &&Line| line.mark == Mark::Aside && line.text.ends_with(':');
    let lines = lines.iter().filter(|line| !is_label(line));
    tell_unread(&mut article, lines.map(Line::value));
    article
}

/// `Section, mardi 14 mars 2006, p. 16`.
fn read_header(header: &str, article: &mut FoundArticle) {
    match find_date(header) {
        Some(found) => {
            found.before.clone_into(&mut article.facts.section);
            let pages = ["p. ", "pp. ", "page ", "S. "];
            let page = pages.iter().find_map(|mark| found.rest.split_once(mark));
            let page = page.map(|(_, page)| page.trim());
            match page {
                Some(page) => article.field("page", page),
                None => article.field("edition", found.rest),
            }
            article.field("time", &found.time);
            article.facts.date = found.date;
        }
        None if header.is_empty() => article.doubts.push(NO_DATE.to_owned()),
        None => article
            .doubts
            .push(format!("the date in “{header}” cannot be read")),
    }
}

/// The number in `134 mots`.
fn length(line: &str) -> Option<&str> {
    let (number, unit) = line.split_once(char::is_whitespace)?;
    let words =
        ["mots", "words", "wörter", "palabras"].contains(&unit.trim().to_lowercase().as_str());
    (words && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// The page as lines. Texts that stand one behind the other and mean the same are one.
fn lines(tree: &HtmlTree) -> Vec<Line> {
    let mut reader = Reader {
        lines: Vec::new(),
        flow: FlowText::default(),
        source: 1,
        marks: Vec::new(),
        heads: 0,
    };
    let mut walk = tree.walk(NodeId::ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => {
                reader.source = tree.line_of(node);
                if let Some(text) = tree.text(node) {
                    reader.flow.push(text);
                    continue;
                }
                let name = tree.name(node);
                if ["script", "style", "head"].contains(&name) {
                    walk.pass_over();
                    continue;
                }
                if name == "br" {
                    reader.end(true);
                } else if is_block(name) {
                    reader.end(false);
                }
                reader.heads += usize::from(name == "header");
                if let Some(mark) = mark(tree, node) {
                    if reader.marks.last().is_none_or(|(_, last)| *last != mark) {
                        reader.end(false);
                    }
                    reader.marks.push((node, mark));
                }
            }
            Step::Leave(node) => {
                let name = tree.name(node);
                if is_block(name) {
                    reader.end(false);
                }
                if reader
                    .marks
                    .last()
                    .is_some_and(|(marked, _)| *marked == node)
                {
                    reader.end(false);
                    reader.marks.pop();
                }
                reader.heads -= usize::from(name == "header");
            }
        }
    }
    reader.end(false);
    reader.lines
}

fn mark(tree: &HtmlTree, node: NodeId) -> Option<Mark> {
    let element = tree.element(node)?;
    let has = |class: &str| {
        element.classes().any(|own| {
            let own = own.strip_prefix("rdp__").unwrap_or(own);
            own.eq_ignore_ascii_case(class)
        })
    };
    Some(if has("DocPublicationName") {
        Mark::Outlet
    } else if has("DocHeader") {
        Mark::Header
    } else if has("titreArticleVisu") || has("articletitle") {
        Mark::Title
    } else if has("docAuthors") {
        Mark::Authors
    } else if has("sm-margin-bottom") || has("subtitle") {
        Mark::Kicker
    } else if element.name() == "aside" {
        Mark::Aside
    } else if element.name() == "small" {
        Mark::Copyright
    } else {
        return None;
    })
}

struct Reader {
    lines: Vec<Line>,
    flow: FlowText,
    source: usize,
    marks: Vec<(NodeId, Mark)>,
    heads: usize,
}

impl Reader {
    fn end(&mut self, broken: bool) {
        let text = self.flow.take();
        if text.is_empty() {
            return;
        }
        let mark = self.marks.last().map_or(Mark::Other, |(_, mark)| *mark);
        self.lines.push(Line {
            text,
            source: self.source,
            mark,
            head: self.heads > 0,
            broken,
        });
    }
}
