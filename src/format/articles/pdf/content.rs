//! Goes through the description of a page (ISO 32000-2, 9) for its letters and pictures.

use hayro_font::hayro_syntax::content::{Instruction, UntypedIter};
use hayro_font::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_font::hayro_syntax::page::{Page, Resources};
use hayro_font::kurbo::{Affine, Point, Rect};
use smol_str::SmolStr;

use super::budget::Budget;
use super::face::Faces;
use super::left_out::{LeftOut, Reason};
use super::marks::Marks;
use super::text_state::TextState;
use super::text_string::text_string;
use super::words::{Glyph, Word, words};

/// So deep parts of a page are drawn within parts, and states kept within states.
const DEEPEST_PART: usize = 20;
const DEEPEST_STATE: usize = 500;
/// So many letters a page has.
const MOST_LETTERS: usize = 1 << 20;
/// So many notes and fields are looked at.
const MOST_NOTES: usize = 10_000;
/// Ends every description, so that it is seen whether all of it was gone through.
const END: &[u8] = b"\nET";
/// What neither prints letters nor says where they are: lines, areas, colours, and points of marked content.
const DRAWING: [&[u8]; 47] = [
    b"w", b"J", b"j", b"M", b"d", b"ri", b"i", b"gs", b"m", b"l", b"c", b"v", b"y", b"h", b"re",
    b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"W", b"W*", b"CS", b"cs",
    b"SC", b"SCN", b"sc", b"scn", b"G", b"g", b"RG", b"rg", b"K", b"k", b"sh", b"d0", b"d1", b"MP",
    b"DP", b"BX", b"EX", b"ET",
];

/// What was found on a page.
#[derive(Default)]
pub(super) struct PageContent {
    pub(super) words: Vec<Word>,
    pub(super) pictures: Vec<Rect>,
    pub(super) left_out: LeftOut,
    /// Whether some of it is not there, or not as it should be.
    pub(super) is_damaged: bool,
    /// Whether some of it could not be unpacked, or was too much.
    pub(super) is_too_large: bool,
}

/// Reads a page.
pub(super) fn read<'a>(page: &Page<'a>, faces: &mut Faces<'a>, budget: &mut Budget) -> PageContent {
    let to_page = Affine::new(page.initial_transform(true).as_coeffs());
    let (width, height) = page.render_dimensions();
    let mut reader = Reader {
        faces,
        budget,
        found: PageContent::default(),
        glyphs: Vec::new(),
        page: Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        states: Vec::new(),
        ignored_states: 0,
        state: TextState::new(to_page),
        marks: Marks::default(),
    };
    let mut whole = Vec::new();
    for stream in contents(page) {
        match stream.map(|stream| reader.unpacked(&stream)) {
            Some(Some(content)) => whole.extend(content),
            Some(None) => reader.found.is_too_large = true,
            None => reader.found.is_damaged = true,
        }
        whole.push(b' ');
    }
    reader.run(whole, page.resources(), 0);
    reader.close_marks(0);
    reader.state = TextState::new(to_page);
    reader.notes(page);
    reader.finish()
}

/// The parts of the description of a page; `None` for one that is not there.
fn contents<'a>(page: &Page<'a>) -> Vec<Option<Stream<'a>>> {
    match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => vec![Some(stream)],
        Some(Object::Array(streams)) => {
            let known: Vec<_> = streams.iter::<Stream<'_>>().map(Some).collect();
            let missing = streams.raw_iter().count().saturating_sub(known.len());
            known
                .into_iter()
                .chain((0..missing.min(1)).map(|_| None))
                .collect()
        }
        Some(_) => vec![None],
        None if page.raw().contains_key("Contents") => vec![None],
        None => Vec::new(),
    }
}

struct Reader<'a, 'b> {
    faces: &'b mut Faces<'a>,
    budget: &'b mut Budget,
    found: PageContent,
    glyphs: Vec<Glyph>,
    page: Rect,
    states: Vec<TextState<'a>>,
    ignored_states: usize,
    state: TextState<'a>,
    marks: Marks,
}

/// The last operands as numbers.
fn numbers<const N: usize>(operands: &[&Object<'_>]) -> Option<[f64; N]> {
    let first = operands.len().checked_sub(N)?;
    let mut numbers = [0.0; N];
    for (number, operand) in numbers.iter_mut().zip(operands.iter().skip(first)) {
        let Object::Number(value) = operand else {
            return None;
        };
        *number = value.as_f64();
    }
    Some(numbers)
}

impl<'a> Reader<'a, '_> {
    /// Goes through a description. Where it breaks off, it is taken up again after what is broken.
    fn run(&mut self, mut content: Vec<u8>, resources: &Resources<'a>, depth: usize) {
        content.extend(END);
        let mut rest = content.as_slice();
        loop {
            let (_, broken) = rest.split_at(self.run_whole(rest, resources, depth));
            if broken.is_empty() {
                return;
            }
            self.found.is_damaged = true;
            let begin = broken.iter().position(|byte| !byte.is_ascii_whitespace());
            let begin = begin.unwrap_or_default();
            let is_end = |byte: &u8| b"\n)]>{}".contains(byte);
            let after = broken.iter().skip(begin).position(is_end);
            let after = after.map_or(broken.len(), |after| begin + after + 1);
            let room = self.budget.again(broken);
            let (skipped, after) = broken.split_at(if room { after } else { broken.len() });
            let skipped = skipped.strip_suffix(END).unwrap_or(skipped);
            self.found.left_out.bytes(Reason::Damaged, skipped);
            rest = after;
        }
    }

    /// Goes through a description as far as it is whole; how many bytes of it that is.
    fn run_whole(&mut self, content: &[u8], resources: &Resources<'a>, depth: usize) -> usize {
        let mut end = 0;
        let mut operations = UntypedIter::new(content);
        while let Some(operation) = operations.next() {
            let name: &[u8] = operation.operator;
            let begin = end;
            let place = name.as_ptr().addr().wrapping_sub(content.as_ptr().addr());
            // A name with `#` in it is not where it was read.
            end = Some(place + name.len())
                .filter(|_| place < content.len())
                .unwrap_or(end);
            let operands: Vec<&Object<'_>> = operation.operands().collect();
            let shown = self.operation(&operation, &operands, resources, depth);
            if operands
                .iter()
                .all(|operand| matches!(operand, Object::Number(_) | Object::Name(_)))
            {
                self.dropped(content.get(begin..place).unwrap_or_default());
            }
            let others = operands.len() - shown.unwrap_or(0);
            for operand in operands.into_iter().take(others) {
                self.not_shown(operand, 0);
            }
            if shown.is_none() {
                self.found.is_damaged = true;
                // A longer name than any may have been words.
                let name = Some(name).filter(|name| name.len() > 3);
                name.inspect(|name| self.found.left_out.bytes(Reason::Damaged, name));
            }
        }
        end.min(content.len())
    }

    /// Does what an operation says; gives how many of its last operands are text that was shown. `None` where nobody
    /// knows it, or it lacks what it needs.
    fn operation(
        &mut self,
        operation: &Instruction<'_, '_>,
        operands: &[&Object<'_>],
        resources: &Resources<'a>,
        depth: usize,
    ) -> Option<usize> {
        match (&**operation.operator, operands) {
            (b"q", _) => self.save(),
            (b"Q", _) => self.restore(),
            (b"cm", _) => self.state.to_page *= Affine::new(numbers(operands)?),
            (b"Do", [.., Object::Name(name)]) => self.draw(name, resources, depth),
            (b"BI", _) => self.picture(),
            (b"BMC", [.., Object::Name(tag)]) => self.marks.open(tag, None),
            (b"BDC", [.., Object::Name(tag), Object::Name(name)]) => {
                let properties = resources.properties.get::<Dict<'_>>(name);
                self.marks.open(tag, properties.as_ref());
            }
            (b"BDC", [.., Object::Name(tag), Object::Dict(properties)]) => {
                self.marks.open(tag, Some(properties));
            }
            (b"BMC" | b"BDC", _) => self.marks.open_other(),
            (b"EMC", _) => self.close_marks(self.marks.len().saturating_sub(1)),
            (b"Tf", [.., Object::Name(name), Object::Number(size)]) => {
                let face = resources.get_font(name);
                self.state.face = face.and_then(|face| self.faces.get(&face, self.budget));
                self.state.size = size.as_f64();
            }
            (b"BT", _) => {
                self.state.text = Affine::IDENTITY;
                self.state.line = Affine::IDENTITY;
            }
            (b"Tm", _) => {
                self.state.line = Affine::new(numbers(operands)?);
                self.state.text = self.state.line;
            }
            (b"Td", _) => self.state.next_line(numbers(operands)?),
            (b"TD", _) => {
                let by: [f64; 2] = numbers(operands)?;
                self.state.leading = -by[1];
                self.state.next_line(by);
            }
            (b"T*", _) => self.state.next_line([0.0, -self.state.leading]),
            (b"TL", _) => [self.state.leading] = numbers(operands)?,
            (b"Tc", _) => [self.state.between_letters] = numbers(operands)?,
            (b"Tw", _) => [self.state.between_words] = numbers(operands)?,
            (b"Tz", _) => self.state.stretch = numbers::<1>(operands)?[0] / 100.0,
            (b"Ts", _) => [self.state.rise] = numbers(operands)?,
            // Text that is not seen is that of a picture of text.
            (b"Tr", _) => {}
            (b"Tj", [.., Object::String(text)]) => return Some(self.show(text.as_bytes())),
            (b"'", [.., Object::String(text)]) => {
                self.state.next_line([0.0, -self.state.leading]);
                return Some(self.show(text.as_bytes()));
            }
            (b"\"", [before @ .., Object::String(text)]) => {
                [self.state.between_words, self.state.between_letters] = numbers(before)?;
                self.state.next_line([0.0, -self.state.leading]);
                return Some(self.show(text.as_bytes()));
            }
            (b"TJ", [.., Object::Array(texts)]) => return Some(self.show_all(texts)),
            (name, _) if DRAWING.contains(&name) => {}
            _ => return None,
        }
        Some(0)
    }

    /// The words are on the page, or beside it.
    fn finish(mut self) -> PageContent {
        let page = self.page.inflate(2.0, 2.0);
        for word in words(&self.glyphs) {
            let [left, right, baseline] = [word.left, word.right, word.baseline].map(f64::from);
            let is_on_page =
                left < page.x1 && right > page.x0 && (page.y0..page.y1).contains(&baseline);
            match is_on_page {
                true => self.found.words.push(word),
                false => self.found.left_out.words(Reason::Outside, &word.text),
            }
        }
        self.found
    }

    fn save(&mut self) {
        match self.states.len() < DEEPEST_STATE {
            true => self.states.push(self.state.clone()),
            false => self.ignored_states += 1,
        }
    }

    fn restore(&mut self) {
        match self.ignored_states.checked_sub(1) {
            Some(ignored) => self.ignored_states = ignored,
            None => self.state = self.states.pop().unwrap_or_else(|| self.state.clone()),
        }
    }

    /// Tells the text before an operation that has no text, where it was dropped.
    fn dropped(&mut self, before: &[u8]) {
        if before.contains(&b'(') {
            self.found.is_damaged = true;
            self.found.left_out.bytes(Reason::Damaged, before);
        }
    }

    /// Tells the text in an operand that does not show it.
    fn not_shown(&mut self, operand: &Object<'_>, depth: usize) {
        match operand {
            Object::String(text) => self.found.left_out.bytes(Reason::Damaged, text.as_bytes()),
            Object::Array(items) if depth < DEEPEST_PART => {
                let items = items.iter::<Object<'_>>();
                items.for_each(|item| self.not_shown(&item, depth + 1));
            }
            Object::Null(_)
            | Object::Boolean(_)
            | Object::Number(_)
            | Object::Name(_)
            | Object::Dict(_)
            | Object::Array(_)
            | Object::Stream(_) => {}
        }
    }

    fn show_all(&mut self, texts: &Array<'_>) -> usize {
        for item in texts.iter::<Object<'_>>() {
            match item {
                Object::String(text) => {
                    self.show(text.as_bytes());
                }
                Object::Number(by) => {
                    let by = -by.as_f64() / 1_000.0 * self.state.size * self.state.stretch;
                    self.state.text *= Affine::translate((by, 0.0));
                }
                other @ (Object::Null(_)
                | Object::Boolean(_)
                | Object::Name(_)
                | Object::Dict(_)
                | Object::Array(_)
                | Object::Stream(_)) => self.not_shown(&other, 0),
            }
        }
        1
    }

    /// Shows a text, which is one operand.
    fn show(&mut self, bytes: &[u8]) -> usize {
        let Some(face) = self.state.face.clone() else {
            self.found.left_out.bytes(Reason::NoFont, bytes);
            return 1;
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
            self.add(&letter.text, [from, to, up], is_horizontal);
            self.state.text *= Affine::translate((width, 0.0));
        });
        1
    }

    /// Adds a letter from a point to another; the third is above the first by its size.
    fn add(&mut self, letter: &SmolStr, [from, to, up]: [Point; 3], is_horizontal: bool) {
        let text = match self.marks.instead_of(letter) {
            Some(words) if words.is_empty() => return,
            Some(words) => words,
            None if letter.is_empty() => {
                return self.found.left_out.count(Reason::NoCharacter);
            }
            None => letter.clone(),
        };
        let size = (up - from).hypot();
        if let Some(reason) = self.why_not([from, to, up], size, is_horizontal) {
            let points = [from, to];
            return self.found.left_out.letter(reason, &text, points, size);
        }
        #[expect(clippy::cast_possible_truncation, reason = "they are less than 1e5")]
        let [left, right, baseline, size] =
            [from.x.min(to.x), from.x.max(to.x), from.y, size].map(|n| n as f32);
        let font = self.state.face.as_ref().map_or(u16::MAX, |face| face.id);
        self.glyphs.push(Glyph {
            text,
            left,
            right,
            baseline,
            size,
            font,
        });
    }

    /// Why a letter at these points is not in the article, if so.
    fn why_not(&mut self, points: [Point; 3], size: f64, is_horizontal: bool) -> Option<Reason> {
        let [from, to, up] = points;
        let aside = self.marks.aside();
        let mut numbers = [from.x, from.y, to.x, to.y, size].into_iter();
        let is_level = is_horizontal
            && up.y < from.y
            && (up.x - from.x).abs() < size * 0.5
            && (to.y - from.y).abs() <= size * 0.1;
        if aside.is_some() {
            aside
        } else if !numbers.all(|n| n.abs() < 1e5) {
            Some(Reason::Outside)
        } else if size < 0.5 {
            Some(Reason::Tiny)
        } else if !is_level {
            Some(Reason::NotLevel)
        } else if self.glyphs.len() >= MOST_LETTERS {
            self.found.is_too_large = true;
            Some(Reason::TooMuch)
        } else {
            None
        }
    }

    /// Closes marked content until so many parts are open.
    fn close_marks(&mut self, open: usize) {
        self.marks.close(open, &mut self.found.left_out);
    }

    fn draw(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) {
        let Some(part) = resources.get_x_object(name) else {
            self.found.is_damaged = true;
            return;
        };
        match part.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.picture(),
            Some(b"Form") if depth < DEEPEST_PART => self.part(&part, resources, depth),
            Some(b"Form") => self.found.is_too_large = true,
            Some(_) | None => self.found.is_damaged = true,
        }
    }

    /// A description; `None` where it cannot be unpacked, or there is no room.
    fn unpacked(&mut self, description: &Stream<'_>) -> Option<Vec<u8>> {
        let said = description.dict().get::<usize>("Length").unwrap_or(0);
        // Many programs count a line break that is not of it.
        self.found.is_damaged |= description.raw_data().len() + 2 < said;
        self.budget.content(description)
    }

    /// Draws a part of a page that has a description of its own.
    fn part(&mut self, part: &Stream<'a>, resources: &Resources<'a>, depth: usize) {
        let Some(content) = self.unpacked(part) else {
            self.found.is_too_large = true;
            return;
        };
        let own = part.dict().get::<Dict<'a>>("Resources");
        let own = own.map(Resources::new);
        let kept = (self.state.clone(), std::mem::take(&mut self.states));
        let marks = self.marks.len();
        if let Some(matrix) = part.dict().get::<[f64; 6]>("Matrix") {
            self.state.to_page *= Affine::new(matrix);
        }
        self.run(content, own.as_ref().unwrap_or(resources), depth + 1);
        self.close_marks(marks);
        (self.state, self.states) = kept;
    }

    /// Tells what lies over the page (ISO 32000-2, 12.5): the words of notes, and what stamps and fields show.
    fn notes(&mut self, page: &Page<'a>) {
        let Some(notes) = page.raw().get::<Array<'a>>("Annots") else {
            return;
        };
        for note in notes.iter::<Dict<'a>>().take(MOST_NOTES) {
            let kind = note.get::<Name<'_>>("Subtype");
            if matches!(kind.as_deref(), Some(b"Link" | b"Popup")) {
                continue;
            }
            let words = note.get::<PdfString<'_>>("Contents");
            let words = words.map(|words| text_string(words.as_bytes()));
            let shown = note.get::<Dict<'a>>("AP");
            let shown = shown.and_then(|shown| shown.get::<Stream<'a>>("N"));
            match (words.filter(|words| !words.trim().is_empty()), shown) {
                (Some(words), _) => self.found.left_out.words(Reason::Note, &words),
                (None, Some(shown)) => {
                    self.marks.open_aside(Reason::Note);
                    self.part(&shown, page.resources(), 0);
                    self.close_marks(0);
                }
                (None, None) => {}
            }
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
