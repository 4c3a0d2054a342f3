//! Articles made by rule, with tags and links: the same seed gives the same bytes. Short and long
//! ones as people have them, and odd shapes that must not be slower than the others.

use pullquote::edit::apply;
use pullquote::model::{
    Annotation, AnnotationId, Change, Delta, Document, Fragments, Link, Origin, Person, PersonId,
    Target, Transaction,
};
use pullquote::text::{SourceText, TextRange, TextSize};

/// How much an article holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) name: &'static str,
    pub(crate) bytes: usize,
    pub(crate) tags: usize,
    pub(crate) links: usize,
}

/// A short article, a long one, a book, a shelf.
pub(crate) const SIZES: [Size; 4] = [
    Size::new("2.6kB", 2_600, 40, 12),
    Size::new("100kB", 100_000, 1_500, 450),
    Size::new("1MB", 1_000_000, 15_000, 4_500),
    Size::new("10MB", 10_000_000, 100_000, 30_000),
];

impl Size {
    const fn new(name: &'static str, bytes: usize, tags: usize, links: usize) -> Self {
        Self {
            name,
            bytes,
            tags,
            links,
        }
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// An article that is unlike what people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Odd {
    /// 10 MB without a line break.
    OneLine,
    /// A paragraph of 1 MB between two short ones.
    OneParagraph,
    /// 100,000 paragraphs of 100 characters.
    ManyParagraphs,
    /// One tag over all of 1 MB, others within.
    TagOverAll,
    /// 1,000 tags over one word.
    ManyTagsOnAWord,
    /// Tags within tags, 50 deep.
    DeepNesting,
}

impl Odd {
    pub(crate) const ALL: [Self; 6] = [
        Self::OneLine,
        Self::OneParagraph,
        Self::ManyParagraphs,
        Self::TagOverAll,
        Self::ManyTagsOnAWord,
        Self::DeepNesting,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OneLine => "one-line",
            Self::OneParagraph => "one-paragraph",
            Self::ManyParagraphs => "many-paragraphs",
            Self::TagOverAll => "tag-over-all",
            Self::ManyTagsOnAWord => "many-tags-on-a-word",
            Self::DeepNesting => "deep-nesting",
        }
    }

    /// The article.
    pub(crate) fn document(self) -> Document {
        let size = |bytes, tags| Size::new("", bytes, tags, tags / 4);
        match self {
            Self::OneLine => Writer::new(11, " ").document(size(10_000_000, 100_000)),
            Self::OneParagraph => {
                let mut writer = Writer::new(12, " ");
                writer.text.push_str("A short one.\n");
                writer.write(1_000_000);
                writer.text.push_str("\nAnd a short one.\n");
                writer.finish(15_000, 4_000)
            }
            Self::ManyParagraphs => {
                let mut writer = Writer::new(13, "\n");
                for _ in 0..100_000 {
                    let start = writer.text.len();
                    writer.sentence();
                    while writer.text.len() < start + 90 {
                        writer.text.push(' ');
                        writer.words(1);
                    }
                    writer.text.push('\n');
                }
                writer.finish(100_000, 25_000)
            }
            Self::TagOverAll => {
                let mut writer = Writer::new(14, "\n\n");
                writer.write(1_000_000);
                let all = TextRange::up_to(TextSize::of(writer.text.as_str()));
                writer.always.push(("quote", vec![all]));
                writer.finish(15_000, 4_000)
            }
            Self::ManyTagsOnAWord => {
                let mut writer = Writer::new(15, "\n\n");
                writer.write(20_000);
                let word = place(&writer.text, 10_000, "minister");
                let labels = ["quote", "speaker", "claim"];
                let over = |n: usize| (labels[n % labels.len()], vec![word]);
                writer.always.extend((0..1_000).map(over));
                writer.finish(1_200, 60)
            }
            Self::DeepNesting => {
                let mut writer = Writer::new(16, "\n\n");
                writer.write(20_000);
                let middle = place(&writer.text, 10_000, "minister");
                for depth in 0..50_u32 {
                    let out = TextSize::new(depth * 12);
                    let range = TextRange::new(middle.start() - out, middle.end() + out);
                    let label = if depth % 2 == 0 { "claim" } else { "quote" };
                    writer
                        .always
                        .push((label, vec![whole_chars(&writer.text, range)]));
                }
                writer.finish(200, 50)
            }
        }
    }
}

/// An article of a size.
pub(crate) fn document(size: Size) -> Document {
    Writer::new(1, "\n\n").document(size)
}

/// Text of about this many bytes.
pub(crate) fn text(bytes: usize) -> String {
    let mut writer = Writer::new(1, "\n\n");
    writer.write(bytes);
    writer.text
}

const WORDS: [&str; 40] = [
    "the", "a", "no", "any", "minister", "budget", "court", "report", "water", "school", "winter",
    "council", "would", "could", "never", "always", "again", "soon", "pay", "build", "close",
    "open", "change", "keep", "new", "old", "public", "last", "first", "naïve", "of", "for",
    "with", "without", "and", "before", "people", "money", "country", "question",
];
const FIRST: [&str; 40] = [
    "Ada", "Ben", "Cora", "Dan", "Eva", "Finn", "Greta", "Hugo", "Ida", "Jan", "Kim", "Lena",
    "Max", "Nina", "Otto", "Pia", "Quinn", "Rosa", "Sam", "Tess", "Uma", "Vera", "Walt", "Xenia",
    "Yara", "Zoë", "Anna", "Boris", "Clara", "David", "Emil", "Flora", "Georg", "Hanna", "Igor",
    "Julia", "Karl", "Lotte", "Maria", "Nora",
];
const LAST: [&str; 50] = [
    "Abel", "Brandt", "Cole", "Diaz", "Engel", "Frost", "Gray", "Hahn", "Iver", "Jung", "Klein",
    "Lang", "Müller", "Novak", "Olsen", "Price", "Quist", "Reed", "Stone", "Thorn", "Unger",
    "Voss", "Weber", "Xu", "York", "Zimmer", "Archer", "Baker", "Carter", "Drake", "Ellis",
    "Fisher", "Gomez", "Harris", "Irwin", "Jacobs", "Keller", "Lopez", "Mason", "Nash", "Owens",
    "Parker", "Ramos", "Santos", "Turner", "Ullman", "Vargas", "Walker", "Young", "Zeller",
];

/// What is said, and by whom, in the order of the text.
struct Claimed {
    quote: Vec<TextRange>,
    claim: TextRange,
    speaker: TextRange,
    /// Number of the person.
    person: usize,
}

struct Writer {
    random: u64,
    between: &'static str,
    text: String,
    said: Vec<Claimed>,
    /// Tags that are made in any case.
    always: Vec<(&'static str, Vec<TextRange>)>,
}

impl Writer {
    fn new(seed: u64, between: &'static str) -> Self {
        Self {
            random: seed,
            between,
            text: String::new(),
            said: Vec::new(),
            always: Vec::new(),
        }
    }

    /// A number below `limit` (SplitMix64).
    fn below(&mut self, limit: usize) -> usize {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        usize::try_from(z % u64::try_from(limit).unwrap()).unwrap()
    }

    fn here(&self) -> TextSize {
        TextSize::of(self.text.as_str())
    }

    fn words(&mut self, count: usize) -> TextRange {
        let start = self.here();
        for n in 0..count {
            if n > 0 {
                self.text.push(' ');
            }
            let word = WORDS[self.below(WORDS.len())];
            self.text.push_str(word);
        }
        TextRange::new(start, self.here())
    }

    /// “Words,” said Someone, “words.” – or a sentence without a speaker.
    fn sentence(&mut self) {
        if self.below(3) == 0 {
            self.text.push_str("The ");
            let count = 6 + self.below(9);
            self.words(count);
            self.text.push('.');
            return;
        }
        let start = self.here();
        self.text.push('“');
        let count = 4 + self.below(9);
        let inside = self.words(count);
        self.text.push_str(",”");
        let mut quote = vec![TextRange::new(start, self.here())];
        self.text.push_str(" said ");
        let person = self.below(FIRST.len() * LAST.len());
        let name = self.here();
        self.text.push_str(FIRST[person % FIRST.len()]);
        self.text.push(' ');
        self.text.push_str(LAST[person / FIRST.len()]);
        let speaker = TextRange::new(name, self.here());
        if self.below(4) == 0 {
            self.text.push_str(", “");
            let from = self.here() - TextSize::of('“');
            let count = 3 + self.below(8);
            self.words(count);
            self.text.push_str(".”");
            quote.push(TextRange::new(from, self.here()));
        } else {
            self.text.push('.');
        }
        // Most claims are within a quote, some cross its end.
        let claim = if self.below(7) == 0 {
            TextRange::new(inside.start(), speaker.end())
        } else {
            inside
        };
        self.said.push(Claimed {
            quote,
            claim,
            speaker,
            person,
        });
    }

    fn write(&mut self, bytes: usize) {
        let end = self.text.len() + bytes;
        while self.text.len() < end {
            let sentences = 2 + self.below(4);
            for n in 0..sentences {
                if n > 0 {
                    self.text.push(' ');
                }
                self.sentence();
            }
            self.text.push_str(self.between);
        }
    }

    fn document(mut self, size: Size) -> Document {
        self.write(size.bytes);
        self.finish(size.tags, size.links)
    }

    /// The document with `tags` tags, spread evenly, and `links` links from quotes to speakers.
    fn finish(self, tags: usize, links: usize) -> Document {
        let source = SourceText::new(self.text, "UTF-8").unwrap();
        let mut document = Document::new(source);
        let mut made = Transaction::new("tagged");
        let changes = &mut made.changes;
        for (n, (label, ranges)) in self.always.into_iter().enumerate() {
            changes.push(tag(format!("o{n}"), label, ranges, None));
        }
        let wanted = tags.saturating_sub(changes.len()).div_ceil(3);
        let said = even(self.said, wanted);
        let mut roster = vec![false; FIRST.len() * LAST.len()];
        let mut left = tags.saturating_sub(changes.len());
        let mut linked = 0;
        for (n, said) in said.into_iter().enumerate() {
            let person = (n % 2 == 0).then(|| PersonId::new(format!("p{}", said.person)));
            if let Some(id) = &person
                && !std::mem::replace(&mut roster[said.person], true)
            {
                changes.push(Change::Person(Delta::insert(somebody(id, said.person))));
            }
            let tags = [
                ("q", "quote", said.quote, None),
                ("s", "speaker", vec![said.speaker], person),
                ("c", "claim", vec![said.claim], None),
            ];
            for (letter, label, ranges, person) in tags.into_iter().take(left) {
                changes.push(tag(format!("{letter}{n:07}"), label, ranges, person));
            }
            if left > 1 && linked < links {
                linked += 1;
                changes.push(link(n));
            }
            left = left.saturating_sub(3);
        }
        apply(&mut document, &made).unwrap();
        document
    }
}

/// `wanted` of all, evenly spread; all where there are fewer.
fn even<T>(all: Vec<T>, wanted: usize) -> Vec<T> {
    let count = all.len();
    all.into_iter()
        .enumerate()
        .filter(|(n, _)| count <= wanted || n * wanted / count != (n + 1) * wanted / count)
        .map(|(_, one)| one)
        .collect()
}

fn tag(id: String, label: &str, ranges: Vec<TextRange>, person: Option<PersonId>) -> Change {
    Change::Annotation(Delta::insert(Annotation {
        person,
        ..Annotation::new(
            id.as_str(),
            label,
            Fragments::new(ranges).unwrap(),
            Origin::Annotator("maria".into()),
        )
    }))
}

fn link(n: usize) -> Change {
    Change::Link(Delta::insert(Link {
        confirmed: !n.is_multiple_of(3),
        ..Link::new(
            format!("l{n:07}").as_str(),
            "speaker",
            AnnotationId::new(format!("q{n:07}")),
            Target::Annotation(AnnotationId::new(format!("s{n:07}"))),
            Origin::Annotator("maria".into()),
        )
    }))
}

fn somebody(id: &PersonId, number: usize) -> Person {
    Person::new(
        id.clone(),
        format!(
            "{} {}",
            FIRST[number % FIRST.len()],
            LAST[number / FIRST.len()]
        ),
    )
}

/// Where `word` is first after a byte.
fn place(text: &str, from: usize, word: &str) -> TextRange {
    let from = text.ceil_char_boundary(from);
    let start = from + text[from..].find(word).unwrap();
    TextRange::at(TextSize::try_from(start).unwrap(), TextSize::of(word))
}

fn whole_chars(text: &str, range: TextRange) -> TextRange {
    let start = text.floor_char_boundary(usize::from(range.start()));
    let end = text.ceil_char_boundary(usize::from(range.end()));
    TextRange::new(
        TextSize::try_from(start).unwrap(),
        TextSize::try_from(end).unwrap(),
    )
}
