//! Electronic books (EPUB 2 and 3): one text, its chapters in the order in which they are read.

use std::collections::BTreeMap;

use super::article_format::{ArticleFormat, info};
use super::found::{FoundArticle, FoundInFile};
use super::paragraph_text::one_line;
use super::printed_date::printed_date;
use super::xml_walk::{Element, Node, walk};
use super::zip_parts::{Parts, damaged, holds};
use crate::format::zip_entries::is_zip;
use crate::format::{Input, Options};

pub(in crate::format) static EPUB: ArticleFormat = ArticleFormat {
    info: &info("epub", "Electronic book (EPUB)", &["epub"]),
    is_of: |bytes| is_zip(bytes) && holds(bytes, b"application/epub+zip"),
    find,
};

fn find(input: &Input<'_>, _: &Options) -> Result<FoundInFile, String> {
    if !is_zip(input.bytes) {
        return Err("this is no electronic book (.epub); name its format with --from".to_owned());
    }
    let mut parts = Parts::open(input.bytes)?;
    let encrypted = parts.text("META-INF/encryption.xml")?.unwrap_or_default();
    let package = package_path(&mut parts)?;
    let xml = parts.text(&package)?;
    let xml = xml.ok_or_else(|| format!("`{package}` is missing in this book; it is damaged"))?;
    let book = Book::read(&xml).map_err(|error| damaged(&package, &error))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut article = FoundArticle {
        line: 1,
        ..FoundArticle::default()
    };
    book.facts(&mut article);
    let mut found = FoundInFile::default();
    let mut body = Vec::new();
    for item in &book.spine {
        let Some(path) = book.items.get(&item.id).map(|href| joined(folder, href)) else {
            article
                .doubts
                .push(format!("its chapter `{}` is not there", item.id));
            continue;
        };
        if !item.linear || book.navigation.as_ref() == Some(&item.id) {
            found
                .left_out
                .push(format!("`{path}`, which is not among the chapters"));
            continue;
        }
        if encrypted.contains(&*path) {
            return Err("this book is encrypted (DRM), and its text cannot be read".to_owned());
        }
        match parts.text(&path)? {
            Some(xml) => body.extend(paragraphs(&xml).map_err(|error| damaged(&path, &error))?),
            None => article
                .doubts
                .push(format!("its chapter `{path}` is not there")),
        }
    }
    if body.is_empty() {
        return Err("there is no chapter with text in this book".to_owned());
    }
    let headline = article.facts.headline.clone();
    let has_headline = body.iter().take(5).any(|line| *line == headline);
    if !headline.is_empty() && !has_headline {
        article.paragraphs.push(headline);
    }
    article.paragraphs.extend(body);
    found.articles.push(article);
    Ok(found)
}

/// Where the list of the chapters is.
fn package_path(parts: &mut Parts<'_>) -> Result<String, String> {
    const CONTAINER: &str = "META-INF/container.xml";
    let xml = parts.text(CONTAINER)?;
    let xml = xml.ok_or("`META-INF/container.xml` is missing; this is no electronic book")?;
    let mut path = None;
    let read = walk(&xml, &mut |node| {
        if let Node::Open(element) = node
            && element.name == "rootfile"
            && path.is_none()
        {
            path = element.get("full-path");
        }
    });
    read.map_err(|error| damaged(CONTAINER, &error))?;
    path.ok_or_else(|| {
        "it is not said where the chapters of this book are; it is damaged".to_owned()
    })
}

/// A chapter in the order of reading.
struct Chapter {
    id: String,
    linear: bool,
}

#[derive(Default)]
struct Book {
    /// Paths by their ids.
    items: BTreeMap<String, String>,
    /// The id of the table of contents.
    navigation: Option<String>,
    spine: Vec<Chapter>,
    /// Names and values of what is known about the book, in their order.
    known: Vec<(String, String)>,
}

impl Book {
    fn read(xml: &str) -> Result<Self, String> {
        let mut book = Self::default();
        let mut open: Vec<bool> = Vec::new();
        walk(xml, &mut |node| match node {
            Node::Open(element) => {
                let is_fact = element.space == "http://purl.org/dc/elements/1.1/";
                open.push(is_fact);
                if is_fact {
                    book.known.push((element.name.to_owned(), String::new()));
                } else {
                    book.entry(&element);
                }
            }
            Node::Close => drop(open.pop()),
            Node::Text(text) => {
                if let (Some(true), Some((_, value))) = (open.last(), book.known.last_mut()) {
                    value.push_str(text);
                }
            }
        })?;
        Ok(book)
    }

    fn entry(&mut self, element: &Element<'_>) {
        match element.name {
            "item" => {
                let Some((id, path)) = element.get("id").zip(element.get("href")) else {
                    return;
                };
                let properties = element.get("properties").unwrap_or_default();
                if properties
                    .split_whitespace()
                    .any(|property| property == "nav")
                {
                    self.navigation = Some(id.clone());
                }
                self.items.insert(id, path);
            }
            "itemref" => self.spine.push(Chapter {
                id: element.get("idref").unwrap_or_default(),
                linear: element.get("linear").is_none_or(|linear| linear != "no"),
            }),
            _ => {}
        }
    }

    fn facts(&self, article: &mut FoundArticle) {
        for (name, value) in &self.known {
            let value = one_line(value);
            if value.is_empty() {
                continue;
            }
            let facts = &mut article.facts;
            match &**name {
                "title" if facts.headline.is_empty() => facts.headline = value,
                "creator" if facts.byline.is_empty() => facts.byline = value,
                "creator" => facts.byline = format!("{}, {value}", facts.byline),
                "publisher" if facts.outlet.is_empty() => facts.outlet = value,
                "language" if facts.language.is_empty() => facts.language = value,
                "date" if facts.date.is_empty() => {
                    let is_year = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
                    match printed_date(&value) {
                        Some(found) => facts.date = found.date,
                        None if is_year => facts.date = value,
                        None => article.field("date_as_printed", &value),
                    }
                }
                "identifier" => article.field("identifier", &value),
                "rights" => article.field("copyright", &value),
                name => article.left_out.push(format!("{name}: {value}")),
            }
        }
    }
}

/// A path relative to a folder, without `..` and with the characters that are written as numbers.
fn joined(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut parts: Vec<String> = Vec::new();
    for part in folder.split('/').chain(href.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(percent_decoded(part)),
        }
    }
    parts.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, others)) = rest.split_first() {
        let digits = others
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte.filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = others.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// The paragraphs of a chapter (XHTML).
fn paragraphs(xml: &str) -> Result<Vec<String>, String> {
    let mut paragraphs = Vec::new();
    let mut open: Vec<String> = Vec::new();
    // How many of those that are open hold no text for readers.
    let mut skipped = 0_usize;
    let mut line = String::new();
    let is_skipped = |name: &str| {
        matches!(
            name,
            "head" | "script" | "style" | "nav" | "rt" | "rp" | "svg"
        )
    };
    let mut end = |line: &mut String| {
        let words = one_line(line);
        line.clear();
        if !words.is_empty() {
            paragraphs.push(words);
        }
    };
    walk(xml, &mut |node| match node {
        Node::Open(element) => {
            let name = element.name.to_lowercase();
            if BLOCKS.contains(&&*name) {
                end(&mut line);
            }
            match &*name {
                "br" => line.push('\n'),
                "td" | "th" if !line.trim().is_empty() => line.push('\t'),
                _ => {}
            }
            skipped += usize::from(is_skipped(&name));
            open.push(name);
        }
        Node::Close => {
            let name = open.pop().unwrap_or_default();
            skipped -= usize::from(is_skipped(&name)).min(skipped);
            if BLOCKS.contains(&&*name) {
                end(&mut line);
            }
        }
        Node::Text(text) if skipped == 0 => {
            // Blanks of the file are one blank of the text.
            for c in text.chars() {
                let is_blank = matches!(c, ' ' | '\n' | '\r' | '\t');
                if !is_blank {
                    line.push(c);
                } else if !line.ends_with([' ', '\n', '\t']) {
                    line.push(' ');
                }
            }
        }
        Node::Text(_) => {}
    })?;
    end(&mut line);
    Ok(paragraphs)
}
