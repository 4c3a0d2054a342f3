use pullquote::edit::apply;
use pullquote::format::schema_file::default_schema;
use pullquote::model::{
    Annotation, Change, Delta, Document, Fragments, Link, Origin, Review, Schema, Target,
    Transaction, Verdict,
};
use pullquote::text::{SourceText, TextRange, TextSize};

/// A short article, a long one, a book, a shelf; in bytes.
pub(crate) const SIZES: [usize; 4] = [2_600, 100_000, 1_000_000, 10_000_000];

const PARAGRAPH: &str = "“We do not know,” the minister said on Tuesday, “what will come of it.” \
                         Nobody in the room – not even Zoë Müller – had asked.\n\n";

/// Text of about this many bytes.
pub(crate) fn text(bytes: usize) -> String {
    PARAGRAPH.repeat(bytes.div_ceil(PARAGRAPH.len()))
}

/// A document of about this many bytes: in each paragraph a split quote linked to its speaker.
pub(crate) fn document(bytes: usize) -> Document {
    let mut document = Document::new(SourceText::new(text(bytes), "UTF-8").unwrap());
    let mut transaction = Transaction::new("tagged");
    let place = |paragraph: usize, words: &str| {
        let at = paragraph * PARAGRAPH.len() + PARAGRAPH.find(words).unwrap();
        TextRange::at(TextSize::try_from(at).unwrap(), TextSize::of(words))
    };
    for n in 0..bytes.div_ceil(PARAGRAPH.len()) {
        let parts = vec![
            place(n, "“We do not know,”"),
            place(n, "“what will come of it.”"),
        ];
        let quote = tag(format!("q{n}"), "quote", Fragments::new(parts).unwrap());
        let said_by = place(n, "the minister").try_into().unwrap();
        let speaker = tag(format!("s{n}"), "speaker", said_by);
        let link = Link {
            id: format!("l{n}").as_str().into(),
            role: "speaker".into(),
            from: quote.id.clone(),
            to: Target::Annotation(speaker.id.clone()),
            origin: Origin::Annotator("maria".into()),
            confirmed: true,
            unknown: Vec::new(),
        };
        transaction.changes.extend([
            Change::Annotation(Delta::insert(quote)),
            Change::Annotation(Delta::insert(speaker)),
            Change::Link(Delta::insert(link)),
        ]);
    }
    apply(&mut document, &transaction).unwrap();
    document
}

fn tag(id: String, label: &str, fragments: Fragments) -> Annotation {
    Annotation {
        id: id.as_str().into(),
        label: label.into(),
        fragments,
        attributes: Vec::new(),
        person: None,
        origin: Origin::Annotator("maria".into()),
        verdict: Verdict::Accepted,
        review: Review::Unreviewed,
        note: String::new(),
        former_words: Vec::new(),
        unknown: Vec::new(),
    }
}

pub(crate) fn schema() -> Schema {
    default_schema().unwrap()
}
