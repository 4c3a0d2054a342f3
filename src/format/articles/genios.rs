//! Exports of GENIOS (wiso) as text: each article ends with its source after "Quelle:", labels and a line of copyright of
//! the database. No sample was at hand; two programs that read such exports say what is in them.

use super::article_format::{ArticleFormat, info};
use super::found::{FoundArticle, FoundInFile};
use super::paragraph_text::one_line;
use super::plain_text::{beginning_of_text, decoded};
use super::printed_date::find_date;
use super::text_limit::check_size;
use super::unread_lines::tell_unread;
use super::unseen_export::by_description;
use crate::format::left_out::shortened;

pub(in crate::format) static GENIOS: ArticleFormat = ArticleFormat {
    info: &info("genios", "GENIOS (wiso), plain text", &["txt"]),
    is_of: |beginning| {
        let text = beginning_of_text(beginning);
        is_export(&text.lines().collect::<Vec<_>>())
    },
    find: |input, _| {
        check_size(input.bytes)?;
        let (text, doubt) = decoded(input.bytes);
        let lines: Vec<&str> = text.lines().collect();
        if !lines.iter().any(|line| is_end(line)) {
            return Err(
                "there is no line “© GBI-Genios …” in it, with which GENIOS ends an article; it is no export of it"
                    .to_owned(),
            );
        }
        let mut found = articles_of(&lines);
        found.doubts.extend(doubt);
        Ok(found)
    },
};

const SOURCE: &str = "Quelle:";

/// What is known of an article, below its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Section,
    Column,
    Edition,
    Number,
    Address,
    Rights,
}

const LABELS: [(&str, Label); 6] = [
    ("Ressort:", Label::Section),
    ("Rubrik:", Label::Column),
    ("Ausgabe:", Label::Edition),
    ("Dokumentnummer:", Label::Number),
    ("Dauerhafte Adresse des Dokuments:", Label::Address),
    ("Alle Rechte vorbehalten:", Label::Rights),
];

/// Whether lines are such an export.
pub(super) fn is_export(lines: &[&str]) -> bool {
    let has_source = || {
        lines
            .iter()
            .any(|line| line.trim_start().starts_with(SOURCE))
    };
    lines.iter().any(|line| is_end(line)) && has_source()
}

/// The line with which an article ends: `© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH`.
fn is_end(line: &str) -> bool {
    let line = line.trim();
    line.contains("GBI-Genios") && (line.starts_with('©') || line.to_lowercase().starts_with("(c)"))
}

/// Whether a line is the source, a label or the end.
pub(super) fn is_of_database(line: &str) -> bool {
    let mut labels = LABELS.iter().map(|(name, _)| *name).chain([SOURCE]);
    is_end(line) || labels.any(|label| line.starts_with(label))
}

/// What is printed on each page.
fn is_of_page(line: &str) -> bool {
    let number = |word: &str| word.parse::<usize>().is_ok();
    match line.split_whitespace().collect::<Vec<_>>()[..] {
        ["Dokumente"] => true,
        ["Seite", page] => number(page),
        ["Seite", page, "von", pages] => number(page) && number(pages),
        _ => false,
    }
}

/// Finds the articles.
pub(super) fn articles_of(lines: &[&str]) -> FoundInFile {
    let mut found = FoundInFile::default();
    found.doubts.push(by_description("GENIOS"));
    let mut from = 0;
    let mut pages = 0;
    for part in lines.split_inclusive(|line| is_end(line)) {
        let first = from + 1;
        from += part.len();
        let (of_pages, part): (Vec<&str>, Vec<&str>) =
            part.iter().partition(|line| is_of_page(line));
        pages += of_pages.len();
        let source = part
            .iter()
            .position(|line| line.trim_start().starts_with(SOURCE));
        if let Some(source) = source {
            found.articles.push(article(&part, source, first));
        } else if part.iter().any(|line| !line.trim().is_empty()) {
            let words = shortened(&one_line(&part.join(" ")));
            let told = format!("lines from {first} on, without a source (“{words}”)");
            found.left_out.push(told);
        }
    }
    if pages > 0 {
        found
            .left_out
            .push(format!("heads and numbers of pages: {pages}"));
    }
    found
}

fn article(lines: &[&str], source: usize, line: usize) -> FoundArticle {
    let mut article = FoundArticle {
        line,
        ..FoundArticle::default()
    };
    let (above, below) = lines.split_at_checked(source).unwrap_or((lines, &[]));
    let below = read_facts(below, &mut article);
    let above: Vec<String> = above.iter().map(|line| one_line(line)).collect();
    let mut above: &[String] = &above;
    // The outlet and date are above the headline, too; a table of contents before the first.
    let is_head = |line: &String| {
        let date = find_date(line).filter(|date| date.date == article.facts.date);
        let outlet = &article.facts.outlet;
        date.is_some() && !outlet.is_empty() && line.starts_with(&**outlet)
    };
    if let Some(head) = above.iter().rposition(is_head) {
        let (before, after) = above.split_at_checked(head).unwrap_or((&[], above));
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let before = before.join(" ");
        if !before.trim().is_empty() {
            let words = shortened(before.trim());
            article
                .left_out
                .push(format!("what is above it (“{words}”)"));
        }
        if let Some((head, after)) = after.split_first() {
            article
                .left_out
                .push(format!("line above the headline: {head}"));
            above = after;
        }
    }
    let mut body: Vec<String> = above
        .iter()
        .filter(|line| !line.is_empty())
        .cloned()
        .collect();
    if !body.is_empty() {
        article.facts.headline = body.remove(0);
    }
    if let Some(last) = body.pop_if(|line| is_name(line)) {
        article
            .doubts
            .push("the line above its source is taken as its author, a guess".to_owned());
        article.facts.byline = last;
    }
    article.set_body(body);
    article.doubt_no_date();
    tell_unread(&mut article, below.iter().map(String::as_str));
    article
}

/// Reads the source and the labels; gives what they say, for what is not understood to be told.
fn read_facts(lines: &[&str], article: &mut FoundArticle) -> Vec<String> {
    let mut values: Vec<(Option<Label>, String)> = Vec::new();
    for line in lines
        .iter()
        .map(|line| one_line(line))
        .filter(|line| !line.is_empty())
    {
        if is_end(&line) {
            article.left_out.push(line);
            continue;
        }
        let known = LABELS.iter().find_map(|(name, label)| {
            let value = line.strip_prefix(name)?;
            Some((Some(*label), value.trim().to_owned()))
        });
        let source = line.strip_prefix(SOURCE);
        let source = source.map(|value| (None, value.trim().to_owned()));
        match (known.or(source), values.last_mut()) {
            (Some(begun), _) => values.push(begun),
            (None, Some((_, value))) => {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(&line);
            }
            (None, None) => {}
        }
    }
    for (label, value) in &values {
        match label {
            None => read_source(value, article),
            Some(Label::Section) => value.clone_into(&mut article.facts.section),
            Some(Label::Column) => article.field("column", value),
            Some(Label::Edition) => article.field("edition", value),
            Some(Label::Number) => article.field("id", value),
            Some(Label::Address) => value.clone_into(&mut article.facts.address),
            Some(Label::Rights) => article.field("copyright", value),
        }
    }
    values.into_iter().map(|(_, value)| value).collect()
}

/// `Der Bote vom 04.05.2020, S. 12`
fn read_source(value: &str, article: &mut FoundArticle) {
    let Some(date) = find_date(value) else {
        value.clone_into(&mut article.facts.outlet);
        return;
    };
    let outlet = date
        .before
        .trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let outlet = [" vom", " VOM", " v.", " den"]
        .iter()
        .find_map(|word| outlet.strip_suffix(word))
        .unwrap_or(outlet);
    outlet
        .trim_end_matches(|c: char| c.is_whitespace() || c == ',')
        .clone_into(&mut article.facts.outlet);
    let rest = date
        .rest
        .trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    article.field("page", rest);
    article.facts.date = date.date;
}

/// Whether a line may be who wrote an article: a few names, no sentence.
fn is_name(line: &str) -> bool {
    let small = ["und", "von", "van", "de", "zu", "der"];
    let mut words = line
        .split([' ', ',', ';', '-'])
        .filter(|word| !word.is_empty());
    let is_word = |word: &str| {
        let is_upper = word.starts_with(char::is_uppercase);
        (is_upper || small.contains(&word)) && word.chars().all(char::is_alphabetic)
    };
    (2..=8).contains(&words.clone().count()) && words.all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_names_is_no_sentence() {
        assert!(is_name("Anna Berg und Bo von Ahlen"));
        for line in ["Sie fährt wieder.", "Ende", "Er sagte Ja"] {
            assert!(!is_name(line), "{line}");
        }
    }
}
