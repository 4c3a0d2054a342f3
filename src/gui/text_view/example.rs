//! Articles for tests.

use crate::model::{
    Annotation, Document, Fragments, LabelKind, Link, LinkId, Origin, Person, Review, RoleKind,
    Schema, Target, Verdict,
};
use crate::ops::OpenDocument;
use crate::text::{SourceText, TextRange, TextSize};

pub(super) fn schema() -> Schema {
    let label = |key: &str, name: &str, color: &str, speaks, mentions| LabelKind {
        key: key.into(),
        name: name.into(),
        plural: format!("{name}s"),
        letter: name.chars().next().unwrap(),
        color: color.into(),
        speaks,
        mentions,
        reports: false,
        was: Vec::new(),
    };
    Schema::new(
        vec![
            label("quote", "Quote", "yellow", true, false),
            label("speaker", "Speaker", "pink", false, true),
            label("claim", "Claim", "green", true, false),
        ],
        vec![RoleKind {
            key: "speaker".into(),
            name: "Speaker".into(),
            from: vec!["quote".into(), "claim".into()],
            to: vec!["speaker".into()],
            people: true,
        }],
        Vec::new(),
    )
    .unwrap()
}

/// An article in the making.
pub(super) struct Article(pub(super) Document);

impl Article {
    pub(super) fn new(text: &str) -> Self {
        Self(Document::new(SourceText::new(text, "UTF-8").unwrap()))
    }

    /// Where words are, the `nth` time (from 0).
    pub(super) fn find(&self, words: &str, nth: usize) -> TextRange {
        let found = self.0.source().as_str().match_indices(words).nth(nth);
        let start = TextSize::try_from(found.unwrap().0).unwrap();
        TextRange::at(start, TextSize::of(words))
    }

    pub(super) fn tag(&mut self, id: &str, label: &str, parts: &[&str]) -> &mut Self {
        self.tag_with(id, label, parts, |_| {})
    }

    pub(super) fn tag_with(
        &mut self,
        id: &str,
        label: &str,
        parts: &[&str],
        more: impl FnOnce(&mut Annotation),
    ) -> &mut Self {
        let ranges = parts.iter().map(|part| self.find(part, 0)).collect();
        let mut tag = Annotation::new(
            id,
            label,
            Fragments::new(ranges).unwrap(),
            Origin::Annotator("".into()),
        );
        more(&mut tag);
        self.0.parts_mut().set.insert_annotation(tag);
        self
    }

    pub(super) fn link(&mut self, from: &str, to: Target, confirmed: bool) -> &mut Self {
        self.0.parts_mut().set.insert_link(Link {
            confirmed,
            ..Link::new(
                LinkId::new(format!("l-{from}")),
                "speaker",
                from,
                to,
                Origin::Annotator("".into()),
            )
        });
        self
    }

    pub(super) fn open(self) -> OpenDocument {
        OpenDocument::new(self.0, schema())
    }
}

fn to(tag: &str) -> Target {
    Target::Annotation(tag.into())
}

/// The sample, half annotated: split, nested, crossing, unconfirmed, undecided, suggested, rejected.
pub(super) fn sample() -> OpenDocument {
    let mut article = Article::new(include_str!("../../../seeds/us-russia-relations.txt"));
    article
        .0
        .parts_mut()
        .set
        .insert_person(Person::new("p1", "Rex Tillerson"));
    let tillerson = |tag: &mut Annotation| tag.person = Some("p1".into());
    article
        .tag_with("s0", "speaker", &["Secretary of State Rex Tillerson"], tillerson)
        .tag("q0", "quote", &["while the US and Russia do not have a working relationship at the moment, President Trump believes it is extremely important to establish one"])
        .tag("c0", "claim", &["the US and Russia do not have a working relationship"])
        .tag("s00", "speaker", &["President Trump"])
        .link("q0", to("s0"), true)
        .link("c0", to("s0"), true)
        .tag("q1", "quote", &["“I think the president has been quite clear that he views it as extremely important that the United States and Russia have a working relationship,”", "“Today we do not.”"])
        .tag_with("s1", "speaker", &["Tillerson said on Tuesday. “"], |tag| {
            tillerson(tag);
            let start = tag.fragments.start();
            tag.fragments = Fragments::try_from(TextRange::at(start, TextSize::of("Tillerson"))).unwrap();
        })
        .link("q1", to("s1"), true)
        .tag("q2", "quote", &["despite differences between the two sides, the United States is relying on Russia to help solve the crisis in Syria and denuclearize North Korea"])
        .tag("c2", "claim", &["the United States is relying on Russia to help solve the crisis in Syria"])
        .tag("q3", "quote", &["\"By and large, at the Security Council, again, they’ve [Russia] been very supportive of the sanctions,\"", "\"They’ve voiced their view of how effective they think those may be, but we do need Russia’s support.\""])
        .link("q3", to("s0"), false)
        .tag("q4", "quote", &["Russia aims to create \"crises of confidence\" and uses very sophisticated tools, including cybertattacks and disinformation"])
        .tag("q5", "quote", &["\"crises of confidence\""])
        .tag("s4", "speaker", &["McMaster claimed"])
        .link("q4", to("s4"), false)
        .link("q5", to("s4"), true)
        .tag_with("q6", "quote", &["\"General McMaster certainly is someone who understands and knows president's feelings"], |tag| tag.verdict = Verdict::Open)
        .tag_with("q7", "quote", &["Trump administration has from the very beginning been very tough on Russia"], |tag| tag.review = Review::Rejected)
        .tag_with("c7", "claim", &["taken steps to put pressure on Moscow"], |tag| tag.review = Review::Unsure)
        .link("c7", Target::NotGiven, true);
    article.open()
}
