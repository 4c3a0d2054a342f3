//! Goes through the description of a page (ISO 32000-2, 9) for its letters and pictures.

use std::rc::Rc;

use hayro_font::hayro_syntax::content::TypedIter;
use hayro_font::hayro_syntax::content::ops::TypedInstruction;
use hayro_font::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_font::hayro_syntax::page::{Page, Resources};
use hayro_font::kurbo::{Affine, Point, Rect};
use smol_str::SmolStr;

use super::budget::Budget;
use super::face::{Face, Faces};
use super::text_string::text_string;

/// So deep parts of a page are drawn within parts, and states kept within states.
const DEEPEST_PART: usize = 20;
const DEEPEST_STATE: usize = 500;
/// So many letters a page has.
const MOST_LETTERS: usize = 1 << 20;

/// A letter on a page, whose origin is above on the left. Lengths are in points.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: SmolStr,
    /// Where it begins and ends on its line.
    pub(super) left: f32,
    pub(super) right: f32,
    /// Where its line is.
    pub(super) baseline: f32,
    pub(super) size: f32,
    /// The number of its font.
    pub(super) font: u16,
}

/// What was found on a page.
#[derive(Default)]
pub(super) struct PageContent {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) pictures: Vec<Rect>,
    /// Letters of lines that are not level.
    pub(super) sideways: String,
    /// Letters that the file marks as running headers, footers and page numbers.
    pub(super) marginal: String,
    /// How many letters are beside the page.
    pub(super) outside: usize,
    /// Whether some of it could not be unpacked, or was too much.
    pub(super) incomplete: bool,
    /// Whether a font cannot be read.
    pub(super) without_font: bool,
}

/// Reads a page.
pub(super) fn read<'a>(page: &Page<'a>, faces: &mut Faces<'a>, budget: &mut Budget) -> PageContent {
    let to_page = Affine::new(page.initial_transform(true).as_coeffs());
    let (width, height) = page.render_dimensions();
    let mut reader = Reader {
        faces,
        budget,
        found: PageContent::default(),
        page: Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        states: Vec::new(),
        ignored_states: 0,
        state: State::new(to_page),
        marks: Vec::new(),
    };
    let mut whole = Vec::new();
    for stream in contents(page) {
        match reader.budget.content(&stream) {
            Some(content) => whole.extend(content),
            None => reader.found.incomplete = true,
        }
        whole.push(b' ');
    }
    reader.run(&whole, page.resources(), 0);
    reader.found
}

fn contents<'a>(page: &Page<'a>) -> Vec<Stream<'a>> {
    match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(streams)) => streams.iter::<Stream<'_>>().collect(),
        Some(_) | None => Vec::new(),
    }
}

#[derive(Clone)]
struct State<'a> {
    to_page: Affine,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    between_letters: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    /// Where the next letter is, and where the line begins.
    text: Affine,
    line: Affine,
}

impl State<'_> {
    fn new(to_page: Affine) -> Self {
        Self {
            to_page,
            face: None,
            size: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.text = self.line;
    }
}

/// A part of the content that something is said about.
enum Mark {
    /// A running header, a footer or the number of the page.
    Marginal,
    /// Other words stand for it; `None` once they were used.
    Instead(Option<SmolStr>),
    Other,
}

struct Reader<'a, 'b> {
    faces: &'b mut Faces<'a>,
    budget: &'b mut Budget,
    found: PageContent,
    page: Rect,
    states: Vec<State<'a>>,
    ignored_states: usize,
    state: State<'a>,
    marks: Vec<Mark>,
}

impl<'a> Reader<'a, '_> {
    fn run(&mut self, content: &[u8], resources: &Resources<'a>, depth: usize) {
        let mut operations = TypedIter::new(content);
        while let Some(operation) = operations.next() {
            match operation {
                TypedInstruction::SaveState(_) if self.states.len() < DEEPEST_STATE => {
                    self.states.push(self.state.clone());
                }
                TypedInstruction::SaveState(_) => self.ignored_states += 1,
                TypedInstruction::RestoreState(_) if self.ignored_states > 0 => {
                    self.ignored_states -= 1;
                }
                TypedInstruction::RestoreState(_) => {
                    self.state = self.states.pop().unwrap_or_else(|| self.state.clone());
                }
                TypedInstruction::Transform(m) => {
                    let m = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                    self.state.to_page *= Affine::new(m);
                }
                TypedInstruction::XObject(name) => self.draw(name.0, resources, depth),
                TypedInstruction::InlineImage(_) => self.picture(),
                TypedInstruction::BeginMarkedContent(mark) => self.mark(mark.0, None),
                TypedInstruction::BeginMarkedContentWithProperties(mark) => {
                    let named = mark.1.clone().into_name();
                    let properties = match named {
                        Some(name) => resources.properties.get::<Dict<'_>>(name),
                        None => mark.1.clone().into_dict(),
                    };
                    self.mark(mark.0, properties.as_ref());
                }
                TypedInstruction::EndMarkedContent(_) => drop(self.marks.pop()),
                TypedInstruction::TextFont(font) => {
                    let face = resources.get_font(font.0);
                    let face = face.and_then(|face| self.faces.get(&face, self.budget));
                    self.found.without_font |= face.is_none();
                    self.state.face = face;
                    self.state.size = font.1.as_f64();
                }
                TypedInstruction::BeginText(_) => {
                    self.state.text = Affine::IDENTITY;
                    self.state.line = Affine::IDENTITY;
                }
                TypedInstruction::SetTextMatrix(m) => {
                    let m = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                    self.state.line = Affine::new(m);
                    self.state.text = self.state.line;
                }
                TypedInstruction::NextLine(by) => {
                    self.state.next_line(by.0.as_f64(), by.1.as_f64());
                }
                TypedInstruction::NextLineAndSetLeading(by) => {
                    self.state.leading = -by.1.as_f64();
                    self.state.next_line(by.0.as_f64(), by.1.as_f64());
                }
                TypedInstruction::NextLineUsingLeading(_) => {
                    self.state.next_line(0.0, -self.state.leading);
                }
                TypedInstruction::TextLeading(by) => self.state.leading = by.0.as_f64(),
                TypedInstruction::CharacterSpacing(by) => {
                    self.state.between_letters = by.0.as_f64();
                }
                TypedInstruction::WordSpacing(by) => self.state.between_words = by.0.as_f64(),
                TypedInstruction::HorizontalScaling(by) => {
                    self.state.stretch = by.0.as_f64() / 100.0;
                }
                TypedInstruction::TextRise(by) => self.state.rise = by.0.as_f64(),
                TypedInstruction::ShowText(text) => self.show(text.0.as_bytes()),
                TypedInstruction::NextLineAndShowText(text) => {
                    self.state.next_line(0.0, -self.state.leading);
                    self.show(text.0.as_bytes());
                }
                TypedInstruction::ShowTextWithParameters(text) => {
                    self.state.between_words = text.0.as_f64();
                    self.state.between_letters = text.1.as_f64();
                    self.state.next_line(0.0, -self.state.leading);
                    self.show(text.2.as_bytes());
                }
                TypedInstruction::ShowTexts(texts) => self.show_all(texts.0),
                // What nobody knows may have been meant to print.
                TypedInstruction::Fallback(_) => self.found.incomplete = true,
                // The rest is about lines, areas and colours.
                _ => {}
            }
        }
    }

    fn show_all(&mut self, texts: &Array<'_>) {
        for item in texts.iter::<Object<'_>>() {
            match item {
                Object::String(text) => self.show(text.as_bytes()),
                Object::Number(by) => {
                    let by = -by.as_f64() / 1_000.0 * self.state.size * self.state.stretch;
                    self.state.text *= Affine::translate((by, 0.0));
                }
                Object::Null(_)
                | Object::Boolean(_)
                | Object::Name(_)
                | Object::Dict(_)
                | Object::Array(_)
                | Object::Stream(_) => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(face) = self.state.face.clone() else {
            return;
        };
        let is_horizontal = face.is_horizontal();
        face.letters(bytes, |letter, code, length| {
            let state = &self.state;
            let mut width = letter.width / 1_000.0 * state.size + state.between_letters;
            if code == 32 && length == 1 {
                width += state.between_words;
            }
            let width = width * state.stretch;
            let own = letter.width / 1_000.0 * state.size * state.stretch;
            let to_page = state.to_page * state.text;
            let from = to_page * Point::new(0.0, state.rise);
            let to = to_page * Point::new(own, state.rise);
            let up = to_page * Point::new(0.0, state.rise + state.size);
            let text = letter.text.clone();
            self.add(text, [from, to, up], is_horizontal);
            self.state.text *= Affine::translate((width, 0.0));
        });
    }

    /// Adds a letter from a point to another; the third is above the first by its size.
    fn add(&mut self, text: SmolStr, [from, to, up]: [Point; 3], is_horizontal: bool) {
        let mut text = text;
        for mark in &mut self.marks {
            if let Mark::Instead(words) = mark {
                text = words.take().unwrap_or_default();
            }
        }
        let size = (up - from).hypot();
        let is_real = [from.x, from.y, to.x, to.y, size]
            .iter()
            .all(|n| n.abs() < 1e5);
        if text.is_empty() || !is_real || size < 0.5 || self.found.glyphs.len() >= MOST_LETTERS {
            self.found.incomplete |= self.found.glyphs.len() >= MOST_LETTERS;
            return;
        }
        let lean = up.x - from.x;
        let is_level = is_horizontal
            && up.y < from.y
            && lean.abs() < size * 0.5
            && (to.y - from.y).abs() <= size * 0.1;
        let room = self.found.sideways.len() + self.found.marginal.len() < 64 << 10;
        if self.marks.iter().any(|mark| matches!(mark, Mark::Marginal)) {
            if room {
                self.found.marginal.push_str(&text);
            }
        } else if !is_level {
            if room {
                self.found.sideways.push_str(&text);
            }
        } else if !self.page.inflate(2.0, 2.0).contains(from) {
            self.found.outside += usize::from(!text.trim().is_empty());
        } else {
            #[expect(clippy::cast_possible_truncation, reason = "they are less than 1e5")]
            let [left, right, baseline, size] =
                [from.x.min(to.x), from.x.max(to.x), from.y, size].map(|n| n as f32);
            let font = self.state.face.as_ref().map_or(u16::MAX, |face| face.id);
            self.found.glyphs.push(Glyph {
                text,
                left,
                right,
                baseline,
                size,
                font,
            });
        }
    }

    fn mark(&mut self, tag: &Name<'_>, properties: Option<&Dict<'_>>) {
        if self.marks.len() >= DEEPEST_STATE {
            self.marks.push(Mark::Other);
            return;
        }
        let kind = |key: &str| properties.and_then(|properties| properties.get::<Name<'_>>(key));
        let is_artifact = tag.as_ref() == b"Artifact";
        let is_marginal = kind("Type").is_some_and(|kind| kind.as_ref() == b"Pagination");
        let words = properties.and_then(|properties| properties.get::<PdfString<'_>>("ActualText"));
        self.marks.push(match words {
            _ if is_artifact && is_marginal => Mark::Marginal,
            Some(words) => Mark::Instead(Some(SmolStr::from(text_string(words.as_bytes())))),
            None => Mark::Other,
        });
    }

    fn draw(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) {
        let Some(part) = resources.get_x_object(name) else {
            return;
        };
        let dictionary = part.dict();
        match dictionary.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.picture(),
            Some(b"Form") if depth < DEEPEST_PART => {
                let Some(content) = self.budget.content(&part) else {
                    self.found.incomplete = true;
                    return;
                };
                let own = dictionary.get::<Dict<'a>>("Resources").map(Resources::new);
                let kept = (self.state.clone(), std::mem::take(&mut self.states));
                let marks = self.marks.len();
                if let Some(matrix) = dictionary.get::<[f64; 6]>("Matrix") {
                    self.state.to_page *= Affine::new(matrix);
                }
                self.run(&content, own.as_ref().unwrap_or(resources), depth + 1);
                self.marks.truncate(marks);
                (self.state, self.states) = kept;
            }
            Some(_) | None => {}
        }
    }

    /// A picture fills the unit square.
    fn picture(&mut self) {
        if self.found.pictures.len() < 10_000 {
            let unit = Rect::new(0.0, 0.0, 1.0, 1.0);
            self.found
                .pictures
                .push(self.state.to_page.transform_rect_bbox(unit));
        }
    }
}
