//! A font of a PDF: which letters its codes stand for, and how wide they are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_cmap::{BfString, load_embedded};
use hayro_font::hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use smol_str::SmolStr;

use super::budget::Budget;

/// What a code of a font stands for.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// Its characters; [`UNKNOWN`] where the font does not say.
    pub(super) text: SmolStr,
    /// In thousandths of the font's size.
    pub(super) width: f64,
}

/// So many characters one code may stand for.
const MOST_CHARACTERS: usize = 16;
/// Stands for a letter that the font does not name.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// A font, with what was found out about its codes.
pub(super) struct Face<'a> {
    font: Font<'a>,
    /// The same for the same font.
    pub(super) id: u16,
    letters: RefCell<BTreeMap<u32, Letter>>,
}

impl Face<'_> {
    /// Hands over the letters of a string with the number of bytes of their codes.
    pub(super) fn letters(&self, bytes: &[u8], mut each: impl FnMut(&Letter, u32, usize)) {
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = self.font.read_code(bytes, at);
            let length = length.max(1);
            at += length;
            let mut letters = self.letters.borrow_mut();
            let letter = letters.entry(code).or_insert_with(|| self.letter(code));
            each(letter, code, length);
        }
    }

    fn letter(&self, code: u32) -> Letter {
        let found = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let text = match found {
            Some(BfString::Char(c)) => readable(&c.to_string()),
            Some(BfString::String(text)) => readable(&text),
            None => SmolStr::from_iter([UNKNOWN]),
        };
        Letter {
            text,
            width: self.font.code_advance(code).x,
        }
    }

    /// Whether it is written from left to right, or right to left, and not downwards.
    pub(super) fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }
}

/// Letters that were made one for printing, as the letters they are; what is of no alphabet is not known, and neither
/// is what no letter has: many characters.
fn readable(text: &str) -> SmolStr {
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        return SmolStr::from_iter([UNKNOWN]);
    }
    let mut letters = String::new();
    for c in text.chars() {
        match c {
            '\u{fb00}' => letters.push_str("ff"),
            '\u{fb01}' => letters.push_str("fi"),
            '\u{fb02}' => letters.push_str("fl"),
            '\u{fb03}' => letters.push_str("ffi"),
            '\u{fb04}' => letters.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => letters.push_str("st"),
            '\u{e000}'..='\u{f8ff}' => letters.push(UNKNOWN),
            c if c.is_control() && !c.is_whitespace() => {}
            c => letters.push(c),
        }
    }
    SmolStr::from(letters)
}

/// The fonts of a document.
pub(super) struct Faces<'a> {
    cache: FontCache<'a>,
    /// By where their descriptions are.
    known: BTreeMap<(usize, usize), Option<Rc<Face<'a>>>>,
    fonts: FontResolverFn,
    tables: CMapResolverFn,
}

impl Default for Faces<'_> {
    fn default() -> Self {
        Self {
            cache: FontCache::new(),
            known: BTreeMap::new(),
            // Of a font that is not in the file only the widths are needed.
            fonts: std::sync::Arc::new(|query| {
                let standard = match query {
                    FontQuery::Standard(font) => *font,
                    FontQuery::Fallback(query) => query.pick_standard_font(),
                };
                Some(standard.get_font_data())
            }),
            tables: std::sync::Arc::new(load_embedded),
        }
    }
}

impl<'a> Faces<'a> {
    /// A font by its description; `None` where it cannot be used.
    pub(super) fn get(&mut self, font: &Dict<'a>, budget: &mut Budget) -> Option<Rc<Face<'a>>> {
        let data = font.data();
        let key = (data.as_ptr().addr(), data.len());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let id = u16::try_from(self.known.len()).unwrap_or(u16::MAX);
        let face = self.open(font, id, budget).map(Rc::new);
        self.known.insert(key, face.clone());
        face
    }

    fn open(&self, font: &Dict<'a>, id: u16, budget: &mut Budget) -> Option<Face<'a>> {
        if !has_room(font, budget) {
            return None;
        }
        let font = self.cache.font(font, &self.fonts, &self.tables)?;
        Some(Face {
            font,
            id,
            letters: RefCell::default(),
        })
    }
}

/// Whether the parts of a font are as large as fonts are.
fn has_room(font: &Dict<'_>, budget: &mut Budget) -> bool {
    let descendants = font.get::<Array<'_>>("DescendantFonts");
    let descendant = descendants.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let fonts = [Some(font.clone()), descendant];
    fonts.iter().flatten().all(|font| {
        let descriptor = font.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let streams = [
            font.get::<Stream<'_>>("ToUnicode"),
            font.get::<Stream<'_>>("Encoding"),
            font.get::<Stream<'_>>("CIDToGIDMap"),
            descriptor.get::<Stream<'_>>("FontFile"),
            descriptor.get::<Stream<'_>>("FontFile2"),
            descriptor.get::<Stream<'_>>("FontFile3"),
        ];
        let mut streams = streams.iter().flatten();
        let first = font.get::<i64>("FirstChar").unwrap_or(0);
        streams.all(|stream| budget.has_room_for_font(stream))
            && (0..=65_535).contains(&first)
            && has_short_ranges(font.get("W"), 1)
            && has_short_ranges(font.get("W2"), 3)
    })
}

/// Whether the ranges of a list of widths (ISO 32000-2, 9.7.4.3) are those of a font.
fn has_short_ranges(widths: Option<Array<'_>>, values: usize) -> bool {
    let Some(widths) = widths else {
        return true;
    };
    let mut items = widths.iter::<Object<'_>>();
    let mut codes = 0_i64;
    while let Some(first) = items.next() {
        let Object::Number(first) = first else {
            return true;
        };
        match items.next() {
            Some(Object::Number(last)) => {
                codes += last
                    .as_i64()
                    .saturating_sub(first.as_i64())
                    .clamp(0, i64::from(u32::MAX));
                items.by_ref().take(values).for_each(drop);
            }
            Some(_) => codes += 1,
            None => break,
        }
        if codes > 1 << 20 {
            return false;
        }
    }
    true
}
