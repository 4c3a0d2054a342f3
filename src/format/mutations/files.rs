//! Files to change.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::format::testing::{Files, written};
use crate::format::{Format, NamedDocument};
use crate::model::{
    Annotation, Attribute, Document, DocumentState, Fragments, Link, Origin, Person, Target,
};
use crate::text::{SourceText, TextRange, TextSize};

/// Numbers that look random and are the same each time.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// Words that are nowhere twice: letters, a number, `q`.
#[derive(Default)]
pub(super) struct Words(usize);

impl Words {
    pub(super) fn fresh(&mut self, kind: &str) -> String {
        self.0 += 1;
        format!("{kind}{}q", self.0)
    }
}

/// The words of that kind in a text.
pub(super) fn words_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let ours = |word: &&str| {
        let number = word
            .strip_suffix('q')
            .map(|w| w.trim_start_matches(char::is_alphabetic));
        number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    words.filter(ours).map(str::to_owned).collect()
}

pub(super) fn document(random: &mut Random, words: &mut Words) -> Document {
    let mut text = String::new();
    let mut places = Vec::new();
    for n in 0..random.below(12) + 6 {
        if n > 0 {
            text.push_str(["\n", " ", " ", " — ", " 😀 "][random.below(5)]);
        }
        let start = TextSize::of(&*text);
        text.push_str(["é", "", "", "“", "日"][random.below(5)]);
        text.push_str(&words.fresh("w"));
        places.push(TextRange::new(start, TextSize::of(&*text)));
    }
    let mut document = Document::new(SourceText::new(text.as_str(), "UTF-8").unwrap());
    let set = &mut document.parts_mut().set;
    let mut ids = Vec::new();
    let origin = || Origin::Annotator("maria".into());
    set.insert_person(Person {
        aliases: vec![words.fresh("alias")],
        role: words.fresh("office"),
        ..Person::new(words.fresh("p").as_str(), words.fresh("person"))
    });
    for n in 0..random.below(4) + 2 {
        let first = random.below(places.len());
        let last = (first + random.below(2)).min(places.len() - 1);
        let mut ranges = vec![TextRange::new(places[first].start(), places[last].end())];
        if random.below(4) == 0 && last + 2 < places.len() {
            ranges.push(places[last + 2]);
        }
        let fragments = Fragments::normalized(ranges).unwrap();
        let id = words.fresh("t");
        let mut tag = Annotation::new(id.as_str(), words.fresh("label"), fragments, origin());
        if n % 2 == 0 {
            tag.note = words.fresh("note").into();
        }
        for _ in 0..random.below(3) {
            tag.set_attribute(&words.fresh("key"), Some(words.fresh("value").into()));
        }
        set.insert_annotation(tag);
        ids.push(id);
    }
    for _ in 0..random.below(4) {
        let (from, to) = (random.below(ids.len()), random.below(ids.len()));
        if from != to {
            let to = Target::Annotation(ids[to].as_str().into());
            set.insert_link(Link::new(
                words.fresh("l").as_str(),
                words.fresh("role"),
                ids[from].as_str(),
                to,
                origin(),
            ));
        }
    }
    document.parts_mut().meta.state = DocumentState::Done;
    document.parts_mut().meta.annotator = Some("maria".into());
    document
}

/// Without what Pullquote wrote for itself, and with what other tools write.
pub(super) fn foreign(value: &mut Value, random: &mut Random, words: &mut Words) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !name.starts_with("pullquote"));
            for value in fields.values_mut() {
                foreign(value, random, words);
            }
            let is_span = fields.contains_key("start") && fields.contains_key("label");
            if is_span && random.below(2) == 0 {
                fields.insert(words.fresh("field"), json!(words.fresh("value")));
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| foreign(item, random, words)),
        _ => {}
    }
}

/// Files of a format: its own exports, or what is left of them where Pullquote's own fields are gone.
pub(super) fn files(
    format: &dyn Format,
    random: &mut Random,
    words: &mut Words,
    own: bool,
) -> Files {
    let documents: Vec<NamedDocument> = (0..random.below(2) + 1)
        .map(|n| NamedDocument {
            id: format!("{n}.txt"),
            document: document(random, words),
        })
        .collect();
    let mut documents = documents;
    let of_links = [
        "jsonl",
        "brat",
        "w3c",
        "spacy",
        "labelstudio",
        "cas-json",
        "xmi",
        "stam",
    ];
    if of_links.contains(&format.info().name) {
        for named in &mut documents {
            let set = &mut named.document.parts_mut().set;
            let links: Vec<Link> = set.links().cloned().collect();
            for mut link in links {
                link.note = words.fresh("note").into();
                link.attributes.push(Attribute {
                    name: words.fresh("key").into(),
                    value: words.fresh("value").into(),
                });
                set.insert_link(link);
            }
        }
    }
    let articles: Vec<(String, Vec<u8>)> = documents
        .iter()
        .map(|named| {
            let text = named.document.source().as_str();
            (named.id.clone(), text.as_bytes().to_vec())
        })
        .collect();
    if format.info().name == "webannotsv" {
        let file = webannotsv(&documents[0].document);
        return Files(vec![("0.tsv".to_owned(), file.into_bytes())]);
    }
    let (mut files, _) = written(format, documents);
    match format.info().name {
        "csv" | "tsv" => files.0.extend(articles),
        "brat" => {
            let at = files.0.iter().position(|(name, _)| name.ends_with(".ann"));
            files.0.swap(0, at.unwrap());
            if !own {
                let text = String::from_utf8(files.0[0].1.clone()).unwrap();
                let lines = text.split_inclusive('\n');
                let kept: String = lines
                    .filter(|line| !line.contains("\tPullquote "))
                    .collect();
                files.0[0].1 = kept.into_bytes();
            }
        }
        _ => {}
    }
    files
}

pub(super) fn values(bytes: &[u8], lines: bool) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).unwrap();
    if lines {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        return lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
    }
    vec![serde_json::from_str(text).unwrap()]
}

pub(super) fn bytes(values: &[Value]) -> Vec<u8> {
    let lines: Vec<String> = values.iter().map(Value::to_string).collect();
    lines.join("\n").into_bytes()
}

/// A document as WebAnno writes it: words, and the tags on whole words.
fn webannotsv(document: &Document) -> String {
    let text = document.source().as_str();
    let mut file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Q|form|value\n\n\n".to_owned();
    let mut at = 0;
    for (n, line) in text.split('\n').enumerate() {
        file.push_str(&format!("\n#Text={line}\n"));
        let mut from = 0;
        for (k, word) in line.split(' ').enumerate() {
            let start = at + from;
            from += word.len() + 1;
            if word.is_empty() {
                continue;
            }
            let place = |byte: usize| text[..byte].encode_utf16().count();
            let on = |tag: &&Annotation| {
                let hull = tag.fragments.hull();
                usize::from(hull.start()) < start + word.len() && start < usize::from(hull.end())
            };
            let all: Vec<&Annotation> = document.set().annotations().collect();
            let tags = all.iter().enumerate().filter(|(_, tag)| on(tag));
            let (mut forms, mut labels) = (Vec::new(), Vec::new());
            for (id, tag) in tags {
                let form = match &*tag.note {
                    "" => "*",
                    note => note,
                };
                forms.push(format!("{form}[{}]", id + 1));
                labels.push(format!("{}[{}]", tag.label, id + 1));
            }
            let column = |values: &[String]| match values {
                [] => "_".to_owned(),
                values => values.join("|"),
            };
            file.push_str(&format!(
                "{}-{}\t{}-{}\t{word}\t{}\t{}\t\n",
                n + 1,
                k + 1,
                place(start),
                place(start + word.len()),
                column(&forms),
                column(&labels)
            ));
        }
        at += line.len() + 1;
    }
    file
}
