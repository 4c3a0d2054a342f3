//! What Factiva gives as HTML: with a code before each fact, or as a page to read.

use super::article_format::{ArticleFormat, info, with_captions};
use super::database_page::{articles_of, enough};
use super::found::{FoundArticle, FoundInFile};
use super::html_tree::{HtmlTree, NodeId};
use super::language_name::language_tag;
use super::printed_date::printed_date;
use super::unread_lines::tell_unread;

/// Articles out of Factiva.
pub(in crate::format) static FACTIVA: ArticleFormat = ArticleFormat {
    info: &info("factiva", "Factiva: HTML", &[]),
    is_of: |beginning| {
        let text = String::from_utf8_lossy(beginning);
        let article = text.contains("article enArticle") || article_classes(&text);
        article && (text.contains("Headline") || text.contains("articleParagraph"))
    },
    find: |input, options| {
        articles_of(input, "Factiva", |tree| {
            articles(tree, with_captions(options))
        })
    },
};

/// Whether a page has articles as Factiva marks them: `class="article frArticle"`.
fn article_classes(text: &str) -> bool {
    text.match_indices("class=\"article ").any(|(at, found)| {
        let class = text.get(at + found.len()..).unwrap_or_default();
        let class = class.split(['"', ' ']).next().unwrap_or_default();
        language_of_class(class).is_some()
    })
}

/// The language in the class of an article: `frArticle`, `zhtwArticle`.
fn language_of_class(class: &str) -> Option<&str> {
    let language = class.strip_suffix("Article")?;
    let usual =
        (2..=4).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    usual.then_some(language)
}

fn articles(tree: &HtmlTree, captions: bool) -> FoundInFile {
    let mut found = FoundInFile::default();
    for node in tree.descendants(NodeId::ROOT) {
        let Some(element) = tree.element(node) else {
            continue;
        };
        let language = element.classes().find_map(language_of_class);
        if enough(found.articles.len()) {
            break;
        }
        if let Some(language) = language.filter(|_| element.has_class("article")) {
            found.articles.push(article(tree, node, language, captions));
        } else if element.has_class("sbSummaryTitle") {
            found.left_out.push("search summary".to_owned());
        } else if ["pageFooter", "navcontainer"]
            .contains(&element.attribute("id").unwrap_or_default())
        {
            let words = "page head and foot".to_owned();
            if !found.left_out.contains(&words) {
                found.left_out.push(words);
            }
        }
    }
    found
}

fn article(tree: &HtmlTree, node: NodeId, language: &str, captions: bool) -> FoundArticle {
    let mut article = FoundArticle {
        line: tree.line_of(node),
        ..FoundArticle::default()
    };
    let headline = tree.descendants(node).find(|inner| {
        tree.element(*inner)
            .is_some_and(|element| element.classes().any(|class| class.ends_with("Headline")))
    });
    if let Some(headline) = headline {
        article.facts.headline = tree.line(headline);
    }
    let codes: Vec<NodeId> = tree
        .elements(node, "td")
        .filter(|cell| {
            tree.element(*cell)
                .is_some_and(|cell| cell.has_class("index"))
        })
        .collect();
    let mut body = Vec::new();
    if codes.is_empty() {
        plain(tree, node, headline, &mut article, &mut body);
    } else {
        for code in codes {
            let mut behind = std::iter::successors(tree.next(code), |node| tree.next(*node));
            if let Some(value) = behind.find(|node| tree.name(*node) == "td") {
                fact(
                    &tree.line(code),
                    tree,
                    value,
                    captions,
                    &mut article,
                    &mut body,
                );
            }
        }
    }
    if article.facts.language.is_empty() {
        // It may be that of the letters: `zhtw`.
        article.facts.language = language.get(..2).unwrap_or(language).to_owned();
    }
    article.doubt_no_date();
    let mut links = Vec::new();
    let body = body.iter().map(|line| without_addresses(line, &mut links));
    article.set_body(body.collect());
    article.field("links", &links.join(" "));
    let lines = tree.paragraphs(node);
    // A fact and its code are cells beside each other.
    let cells = lines
        .iter()
        .flat_map(|line| line.split('\t'))
        .map(str::trim);
    let is_code =
        |cell: &str| cell.len() <= 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase());
    // `Document ABC123`
    let id = article.facts.fields.get("id").cloned().unwrap_or_default();
    let is_id = |cell: &str| {
        let name = cell.strip_suffix(&*id).filter(|_| !id.is_empty());
        let is_name = |name: &str| name.chars().all(char::is_alphabetic);
        name.is_some_and(|name| is_name(name.trim()))
    };
    let cells = cells.filter(|cell| !is_code(cell) && !is_length(cell) && !is_id(cell));
    tell_unread(&mut article, cells);
    article
}

/// A fact by its code.
fn fact(
    code: &str,
    tree: &HtmlTree,
    value: NodeId,
    captions: bool,
    article: &mut FoundArticle,
    body: &mut Vec<String>,
) {
    let line = tree.line(value);
    let code = code.trim();
    match code {
        "HD" => article.facts.headline = line,
        "LP" | "TD" => body.extend(tree.paragraphs(value)),
        "BY" => article.facts.byline = line,
        "SE" | "CLM" => {
            if article.facts.section.is_empty() {
                article.facts.section = line;
            } else {
                article.field("column", &line);
            }
        }
        "SN" => article.facts.outlet = line,
        "PD" => date(&line, article),
        "ET" => article.field("time", &line),
        "WC" => article.field("words", &digits(&line)),
        "LA" => language(&line, article),
        "AN" => article.field("id", line.rsplit(' ').next().unwrap_or_default()),
        "ART" if captions => body.extend(tree.paragraphs(value)),
        "ART" => article.left_out.push(format!("caption: {line}")),
        _ => {
            let name = match code {
                "CY" => "copyright",
                "ED" => "edition",
                "PG" => "page",
                "VOL" => "volume",
                "SC" => "source_code",
                "PUB" => "publisher",
                "CR" => "credit",
                "RF" => "reference",
                "CX" => "correction",
                "CT" => "contact",
                "NS" | "RE" | "IPC" | "IPD" | "CO" | "IN" | "DS" | "NB" => {
                    article.left_out.push(format!("index terms: {line}"));
                    return;
                }
                _ => {
                    article.left_out.push(format!("{code}: {line}"));
                    return;
                }
            };
            article.field(name, &line);
        }
    }
}

/// The facts of an article without codes: lines before its text, the number of words among them.
fn plain(
    tree: &HtmlTree,
    node: NodeId,
    headline: Option<NodeId>,
    article: &mut FoundArticle,
    body: &mut Vec<String>,
) {
    let mut above = Vec::new();
    let mut head: Vec<String> = Vec::new();
    let mut below = Vec::new();
    let mut behind_headline = false;
    for inner in tree.descendants(node) {
        behind_headline |= Some(inner) == headline;
        let Some(element) = tree.element(inner) else {
            continue;
        };
        let is_paragraph = element.has_class("articleParagraph");
        match element.name() {
            "p" if is_paragraph => body.extend(tree.paragraphs(inner)),
            "p" if body.is_empty() => {}
            "p" => below.extend(Some(tree.line(inner)).filter(|line| !line.is_empty())),
            "div" if body.is_empty() && element.has_class("author") => {
                article.facts.byline = tree.line(inner)
            }
            "div" if body.is_empty() && !tree.elements(inner, "div").any(|_| true) => {
                let line = tree.line(inner);
                if line.is_empty() || line == article.facts.headline {
                    continue;
                }
                if behind_headline {
                    head.push(line)
                } else {
                    above.push(line)
                }
            }
            _ => {}
        }
    }
    article.facts.section = above.join(" ");
    match head.iter().position(|line| is_length(line)) {
        Some(at) => {
            for line in head.drain(..at) {
                article.left_out.push(line);
            }
            read_head(&head, article);
        }
        None => article.doubts.push(format!(
            "what stands above its text is not understood: {}",
            head.join(" | ")
        )),
    }
    let mut below = below.into_iter().rev();
    if let Some(last) = below.next() {
        article.field("id", last.rsplit(' ').next().unwrap_or_default());
    }
    for line in below {
        // Who can be reached where.
        let contact = line.starts_with('(')
            || line.contains('@')
            || line.contains(|c: char| c.is_ascii_digit());
        if contact || article.facts.fields.contains_key("publisher") {
            article.left_out.push(line);
        } else {
            article.field("publisher", &line);
        }
    }
}

/// Lines from the number of words on: date, time, outlet, its code, edition, page and volume, language,
/// copyright.
pub(super) fn read_head(head: &[String], article: &mut FoundArticle) {
    let mut lines = head.iter().map(String::as_str).peekable();
    article.field("words", &digits(lines.next().unwrap_or_default()));
    if let Some(line) = lines.next_if(|line| printed_date(line).is_some()) {
        date(line, article);
    }
    let is_time = |line: &&str| {
        line.len() <= 8 && line.contains(':') && line.starts_with(|c: char| c.is_ascii_digit())
    };
    if let Some(time) = lines.next_if(is_time) {
        article.field("time", time);
    }
    if let Some(outlet) = lines.next() {
        outlet.clone_into(&mut article.facts.outlet);
    }
    let mut rest: Vec<&str> = lines.collect();
    if let Some(copyright) = rest.pop() {
        article.field("copyright", copyright);
    }
    let at = rest.iter().rposition(|line| language_tag(line).is_some());
    match at.map(|at| rest.remove(at)) {
        Some(name) => language(name, article),
        None => article
            .doubts
            .push("its language is not named as expected".to_owned()),
    }
    let is_code = |line: &&&str| {
        line.bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    if let Some(code) = rest.first().filter(is_code) {
        article.field("source_code", code);
        rest.remove(0);
    }
    match rest[..] {
        [] => {}
        [edition, page, volume] => {
            article.field("edition", edition);
            article.field("page", page);
            article.field("volume", volume);
        }
        // Any of the three may be missing.
        _ => article.field("edition_page_volume", &rest.join("; ")),
    }
}

fn date(line: &str, article: &mut FoundArticle) {
    match printed_date(line) {
        Some(found) => {
            article.field("time", &found.time);
            article.field("zone", found.zone);
            article.facts.date = found.date;
        }
        None => article
            .doubts
            .push(format!("the date “{line}” cannot be read")),
    }
}

fn language(name: &str, article: &mut FoundArticle) {
    match language_tag(name) {
        Some(tag) => tag.clone_into(&mut article.facts.language),
        None => article
            .doubts
            .push(format!("the language “{name}” is not known")),
    }
}

/// A line that says how long an article is: `1,771 words`, `31 Wörter`, `812 字`.
pub(super) fn is_length(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "words", "word", "wörter", "wort", "mots", "mot", "palabras", "parole", "woorden",
        "palavras", "ord", "слов", "słów", "字", "語", "文字", "단어",
    ];
    let unit = line.trim_start_matches(|c: char| c.is_ascii_digit() || ".,’'\u{a0} ".contains(c));
    unit.len() < line.len()
        && line.starts_with(|c: char| c.is_ascii_digit())
        && WORDS.contains(&unit.to_lowercase().trim())
}

fn digits(line: &str) -> String {
    line.chars().filter(char::is_ascii_digit).collect()
}

/// A line without the addresses of its links, which stand in brackets behind their words: `here[http://…]`.
pub(super) fn without_addresses(line: &str, links: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[http") {
        let Some((address, behind)) = after
            .split_once(']')
            .filter(|(address, _)| !address.contains(' '))
        else {
            break;
        };
        out.push_str(before);
        links.push(format!("http{address}"));
        rest = behind;
    }
    out.push_str(rest);
    out
}
