//! What ProQuest sends as a mail: articles in an HTML part, each a list of labelled facts.

use super::article_format::{ArticleFormat, info};
use super::database_page::{articles_of, enough};
use super::found::{FoundArticle, FoundInFile};
use super::html_tree::{FlowText, HtmlTree, NodeId, Step, is_block};
use super::language_name::language_tag;
use super::page_source::looks_like_mail;
use super::printed_date::find_date;
use super::unread_lines::tell_unread;
use crate::format::left_out::shortened;

/// Articles out of a mail of ProQuest.
pub(in crate::format) static PROQUEST_MAIL: ArticleFormat = ArticleFormat {
    info: &info(
        "proquest-eml",
        "ProQuest: articles sent as a mail",
        &["eml"],
    ),
    is_of: |beginning| {
        let text = String::from_utf8_lossy(beginning);
        // A line of the mail may end anywhere in it.
        let anchor = text
            .replace("=\r\n", "")
            .replace("=\n", "")
            .contains("DocID_");
        anchor && (looks_like_mail(beginning) || text.contains("<a name=\"DocID_"))
    },
    find: |input, _| articles_of(input, "ProQuest", articles),
};

/// A fact: its label, empty for the title, and the lines behind it.
struct Labelled {
    label: String,
    lines: Vec<String>,
}

fn articles(tree: &HtmlTree) -> FoundInFile {
    let mut found = FoundInFile::default();
    found.left_out.push("mail head".to_owned());
    let Reader {
        articles,
        said,
        above,
        ..
    } = read(tree);
    if !above.is_empty() {
        let words = shortened(&above.join(" "));
        found
            .left_out
            .push(format!("what is above the articles (“{words}”)"));
    }
    for facts in articles {
        let index = found.articles.len();
        if enough(index) {
            break;
        }
        found.articles.push(article(facts, index));
    }
    let number = found.articles.len();
    if said.is_some_and(|said| said != number) {
        let said = said.unwrap_or_default();
        found.doubts.push(format!(
            "the mail speaks of {said} articles, {number} were found"
        ));
    }
    found.left_out.push("database copyright".to_owned());
    found
}

/// The facts of each article, how many there are by the mail, and what is above them.
fn read(tree: &HtmlTree) -> Reader {
    let mut reader = Reader::default();
    for step in tree.walk(NodeId::ROOT) {
        match step {
            Step::Enter(node) => {
                if let Some(text) = tree.text(node) {
                    reader.flow.push(text);
                    continue;
                }
                match tree.name(node) {
                    "a" if tree.attribute(node, "name").starts_with("DocID_") => {
                        reader.end_line();
                        reader.articles.push(vec![Labelled {
                            label: String::new(),
                            lines: Vec::new(),
                        }]);
                        // What follows the element around it is not of the article.
                        reader.around = tree.parent(node);
                    }
                    "a" if tree.attribute(node, "href").contains("/docview/") => {
                        reader.end_line();
                        reader.begin("address", tree.attribute(node, "href"));
                    }
                    "strong" | "b" => {
                        let label = tree.line(node);
                        if let Some(label) = label.strip_suffix(':') {
                            reader.end_line();
                            reader
                                .begin(&label.to_lowercase().replace(char::is_whitespace, ""), "");
                            reader.in_label = true;
                        }
                    }
                    "br" => reader.end_line(),
                    name if is_block(name) => reader.end_line(),
                    _ => {}
                }
            }
            Step::Leave(node) => {
                let name = tree.name(node);
                if reader.in_label && ["strong", "b"].contains(&name) {
                    reader.flow.take();
                    reader.in_label = false;
                } else if name == "a" && reader.label_is("address") {
                    let words = reader.flow.take();
                    if !words.is_empty() && !words.contains("ProQuest") {
                        reader.begin("links", &words);
                    }
                } else if is_block(name) {
                    reader.end_line();
                }
                if reader.around == Some(node) {
                    reader.around = None;
                    reader.begin("outside", "");
                }
            }
        }
    }
    reader.end_line();
    reader
}

#[derive(Default)]
struct Reader {
    articles: Vec<Vec<Labelled>>,
    flow: FlowText,
    in_label: bool,
    around: Option<NodeId>,
    said: Option<usize>,
    /// Lines before the first article.
    above: Vec<String>,
}

impl Reader {
    fn begin(&mut self, label: &str, value: &str) {
        if let Some(facts) = self.articles.last_mut() {
            let lines = Some(value.to_owned()).filter(|value| !value.is_empty());
            facts.push(Labelled {
                label: label.to_owned(),
                lines: lines.into_iter().collect(),
            });
        } else {
            self.above.push(label.to_owned());
        }
    }

    fn label_is(&self, label: &str) -> bool {
        let last = self.articles.last().and_then(|facts| facts.last());
        last.is_some_and(|last| last.label == label)
    }

    fn end_line(&mut self) {
        let line = self.flow.take();
        if line.is_empty() {
            return;
        }
        if let Some(said) = number_of_mails(&line) {
            self.said = Some(said);
        } else if let Some(last) = self.articles.last_mut().and_then(|facts| facts.last_mut()) {
            last.lines.push(line);
        } else {
            self.above.push(line);
        }
    }
}

/// The second number in `Email 1 of 2`.
fn number_of_mails(line: &str) -> Option<usize> {
    let (_, number) = line.strip_prefix("Email ")?.split_once(" of ")?;
    number.parse().ok()
}

fn article(facts: Vec<Labelled>, index: usize) -> FoundArticle {
    let mut article = FoundArticle {
        line: index + 1,
        ..FoundArticle::default()
    };
    let mut body = Vec::new();
    let mut all: Vec<String> = Vec::new();
    for Labelled { label, lines } in facts {
        all.extend(lines.iter().cloned());
        let line = lines.join(" ");
        match &*label {
            "" => article.facts.headline = line,
            "author" => article.facts.byline = line,
            "publicationinfo" => publication(&line, &mut article),
            "publicationtitle" => article.facts.outlet = line,
            "publicationdate" => match find_date(&line) {
                Some(found) => article.facts.date = found.date,
                None => article
                    .doubts
                    .push(format!("the date “{line}” cannot be read")),
            },
            "fulltext" | "text" => body = lines,
            "abstract"
                if line
                    .trim_end_matches('.')
                    .eq_ignore_ascii_case("none available") => {}
            "abstract" => article.field("abstract", &line),
            "languageofpublication" | "language" => match language_tag(&line) {
                Some(tag) => tag.clone_into(&mut article.facts.language),
                None => article
                    .doubts
                    .push(format!("the language “{line}” is not known")),
            },
            "address" if article.facts.address.is_empty() => article.facts.address = line,
            "address" | "links" => {}
            "outside" => {
                let lines = lines.iter();
                let told = lines.map(|line| format!("outside of the article: {line}"));
                article.left_out.extend(told);
            }
            "section" => article.facts.section = line,
            "pages" | "firstpage" | "startpage" => article.field("page", &line),
            "proquestdocumentid" | "documentid" => article.field("id", &line),
            "copyright" => article.field("copyright", &line),
            "publisher" => article.field("publisher", &line),
            "placeofpublication" => article.field("place", &line),
            "lastupdated" => article.field("load_date", &line),
            "subject"
            | "location"
            | "people"
            | "company"
            | "companyorganization"
            | "identifierkeyword"
            | "title"
            | "sourcetype"
            | "documenttype"
            | "publicationyear"
            | "countryofpublication"
            | "issn"
            | "publicationsubject"
            | "database"
            | "documenturl"
            | "volume"
            | "issue" => {
                let terms = lines.iter().map(|line| format!("index terms: {line}"));
                article.left_out.extend(terms);
            }
            _ => article.left_out.push(format!("{label}: {line}")),
        }
    }
    article.doubt_no_date();
    article.set_body(body);
    tell_unread(&mut article, all.iter().map(String::as_str));
    article
}

/// `Example Courier ; Northtown [Northtown]08 May 2010: A.3.`
fn publication(line: &str, article: &mut FoundArticle) {
    let outlet = line.split([';', '[']).next().unwrap_or_default();
    outlet.trim().clone_into(&mut article.facts.outlet);
    if let Some((_, place)) = line.split_once(';') {
        let place = find_date(place).map_or(place, |found| found.before);
        article.field("place", place.split('[').next().unwrap_or_default());
    }
    if let Some(found) = find_date(line) {
        let page = found
            .rest
            .trim_start_matches([':', ' '])
            .trim_end_matches('.');
        article.field("page", page);
        article.facts.date = found.date;
    }
}
