//! How a block is laid out.

use std::sync::Arc;

use egui::{Context, Galley, pos2};
use unicode_segmentation::UnicodeSegmentation;

use super::block_layout::{BlockLayout, Chars};
use super::blocks::{Block, Blocks};
use super::typography::Typography;
use crate::text::{SourceText, TextRange};

/// White space above the article, in points.
const LEAD: f32 = 36.0;

/// Lays blocks out. egui keeps what was laid out in the last frame, so asking again is cheap.
pub(super) struct Typesetter<'a> {
    /// For its fonts.
    pub(super) ctx: &'a Context,
    /// The article.
    pub(super) source: &'a SourceText,
    /// Its blocks.
    pub(super) blocks: &'a Blocks,
    /// How text is set.
    pub(super) typography: &'a Typography,
}

impl Typesetter<'_> {
    /// A block, its upper left corner at (0, 0). The first one has white space above.
    pub(super) fn lay_out(&self, index: usize) -> BlockLayout {
        let block = self.blocks.get(index).unwrap_or(Block {
            range: TextRange::empty(self.source.len()),
            ends_line: true,
        });
        let text = self.source.slice(block.range);
        let (galley, guarded) = self.galley(text);
        let galley = hung(galley);
        let rows = galley.rect.height().max(self.typography.row);
        let lead = if index == 0 { LEAD } else { 0.0 };
        BlockLayout {
            block: index,
            range: block.range,
            ends_line: block.ends_line,
            chars: Chars::of(text),
            guarded,
            height: lead + rows + self.blocks.gap(block.ends_line, self.typography),
            row: self.typography.row,
            galley,
            origin: pos2(0.0, lead),
        }
    }

    /// From the top of a block's first row to the end of its last, in points.
    pub(super) fn rows_below(&self, layout: &BlockLayout) -> f32 {
        layout.galley.rect.height().max(self.typography.row)
    }

    /// The galley, and whether its letters had to be set one by one. egui's shaping of
    /// right-to-left runs and of letters made of several glyphs breaks the rule "one glyph a
    /// character" that all offsets rest on; set one by one they keep it.
    fn galley(&self, text: &str) -> (Arc<Galley>, bool) {
        let shown: String = text.chars().map(visible).collect();
        if text.is_ascii() {
            let len = shown.len();
            return (self.layout_job(shown, std::iter::once(len)), false);
        }
        let count = shown.chars().count();
        let fits = |galley: &Galley| {
            let glyphs: usize = galley.rows.iter().map(|row| row.glyphs.len()).sum();
            glyphs == count
        };
        if !text.chars().any(is_right_to_left) {
            let galley = self.layout_job(shown.clone(), std::iter::once(shown.len()));
            if fits(&galley) {
                return (galley, false);
            }
        }
        let clusters: Vec<usize> = shown.graphemes(true).map(str::len).collect();
        let galley = self.layout_job(shown.clone(), clusters.into_iter());
        if fits(&galley) {
            return (galley, true);
        }
        let plain: String = shown
            .chars()
            .map(|c| if self.is_one_glyph(c) { c } else { BOX })
            .collect();
        let letters: Vec<usize> = plain.chars().map(char::len_utf8).collect();
        (self.layout_job(plain, letters.into_iter()), true)
    }

    fn is_one_glyph(&self, c: char) -> bool {
        let galley = self.layout_job(c.to_string(), std::iter::once(c.len_utf8()));
        galley
            .rows
            .iter()
            .map(|row| row.glyphs.len())
            .sum::<usize>()
            == 1
    }

    fn layout_job(&self, text: String, pieces: impl Iterator<Item = usize>) -> Arc<Galley> {
        let job = self.typography.job(text, pieces);
        self.ctx.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// A row that begins with a blank, because the row before broke at the first of several, is moved
/// out so that its letters begin at the column's edge.
fn hung(mut galley: Arc<Galley>) -> Arc<Galley> {
    let blanks: Vec<(usize, f32)> = galley
        .rows
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, row)| {
            row.glyphs
                .first()
                .is_some_and(|glyph| is_whitespace(glyph.chr))
        })
        .filter_map(|(n, row)| {
            let first = row.glyphs.iter().find(|glyph| !is_whitespace(glyph.chr))?;
            Some((n, first.pos.x))
        })
        .collect();
    if !blanks.is_empty() {
        let galley = Arc::make_mut(&mut galley);
        for (n, width) in blanks {
            if let Some(row) = galley.rows.get_mut(n) {
                row.pos.x -= width;
            }
        }
    }
    galley
}

fn is_whitespace(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}'
}

const BOX: char = '□';

/// What is on the page for a character: control characters and those that turn the direction of
/// text are shown as boxes, so that nothing hides in an article.
fn visible(c: char) -> char {
    let turns = matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    if turns || (c.is_control() && c != '\t') {
        BOX
    } else {
        c
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::gui::text_view::blocks::Blocks;
    use crate::text::{TextSize, next_grapheme};

    fn with_fonts(test: impl FnOnce(&Context)) {
        let ctx = Context::default();
        ctx.set_fonts(crate::gui::fonts::definitions());
        ctx.begin_pass(egui::RawInput::default());
        test(&ctx);
        ctx.end_pass().drop_without_applying_deltas();
    }

    /// Characters without a width: before and after them is one place to the pointer, also where the
    /// row ends between them.
    fn is_unseen(c: char) -> bool {
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    }

    /// Letters that are drawn as one sign. Where a row too narrow for it ends within, the places around
    /// the end are one to the pointer.
    fn is_of_ligature(c: char) -> bool {
        matches!(c, 'f' | 'i')
    }

    /// Every caret place is found again at its spot on the screen; places that are at one spot, as
    /// around a soft hyphen, are one to the pointer.
    fn check_carets(ctx: &Context, text: &str, width: f32) {
        let source = SourceText::new(text, "UTF-8").unwrap();
        let blocks = Blocks::new(&source);
        let typography = Typography::new(ctx, 1.0, width, 0);
        let typesetter = Typesetter {
            ctx,
            source: &source,
            blocks: &blocks,
            typography: &typography,
        };
        for block in 0..blocks.len() {
            let layout = typesetter.lay_out(block);
            let glyphs: usize = layout.galley.rows.iter().map(|row| row.glyphs.len()).sum();
            let chars = source.slice(layout.range).chars().count();
            assert_eq!(glyphs, chars, "{:?}", source.slice(layout.range));
            let mut at = layout.range.start();
            while at <= layout.range.end() {
                let caret = layout.caret(at);
                let found = layout.place(&source, caret.center());
                let same = layout.caret(found);
                let between = TextRange::new(at.min(found), at.max(found));
                assert!(
                    source.slice(between).chars().all(is_unseen)
                        || (same.top() != caret.top()
                            && source
                                .slice(between)
                                .chars()
                                .all(|c| is_of_ligature(c) || is_unseen(c)))
                        || (same.left() - caret.left()).abs() < 1.5 && same.top() == caret.top(),
                    "{at:?} at {caret:?} became {found:?} at {same:?} in {text:?}"
                );
                if at == source.len() {
                    break;
                }
                at = next_grapheme(&source, at);
            }
        }
    }

    #[test]
    fn no_row_but_the_first_begins_with_white() {
        with_fonts(|ctx| {
            let text = "  A word.  Another one,  and one more.   ".repeat(12);
            let source = SourceText::new(text, "UTF-8").unwrap();
            let blocks = Blocks::new(&source);
            for width in (90_u8..250).step_by(7) {
                let typography = Typography::new(ctx, 1.0, width.into(), 0);
                let typesetter = Typesetter {
                    ctx,
                    source: &source,
                    blocks: &blocks,
                    typography: &typography,
                };
                let layout = typesetter.lay_out(0);
                for row in layout.galley.rows.iter().skip(1) {
                    let ink = row.glyphs.iter().find(|glyph| glyph.chr != ' ');
                    let left = ink.map_or(0.0, |glyph| row.pos.x + glyph.pos.x);
                    assert!(left.abs() < 0.01, "{left} at width {width}");
                }
            }
            check_carets(ctx, source.as_str(), 150.0);
        });
    }

    #[test]
    fn carets_are_found_again_in_any_script() {
        with_fonts(|ctx| {
            for text in [
                "plain words and “curly” ones\r\nin two lines\n",
                "\u{1}bells\u{7} and form feeds\u{c} in plain words",
                "tabs\tand\u{7}bells, e\u{301}te\u{301}, naïve ﬁ ligature, office",
                "👩‍👧 family, 🇩🇪 flag, 👍🏽 hand, 中文字符和日本語のテキスト",
                "abc שלום עולם def",
                "שָׁלוֹם עולם",
                "مرحبا بالعالم",
                "a\u{202e}turned\u{202c}b ǻ",
                "",
            ] {
                for width in [90.0, 240.0, 600.0] {
                    check_carets(ctx, text, width);
                }
            }
        });
    }

    #[test]
    fn a_ligature_a_row_ends_within_holds_no_caret_fast() {
        with_fonts(|ctx| {
            check_carets(ctx, "\t中文 \t\t中文——ffi中文", 137.757_39);
            check_carets(ctx, "e\u{301}“ffiworde\u{301}ffi\u{200d}\t", 110.179_17);
            check_carets(ctx, "क\u{94d}षिffiשלום\u{200d}\t", 80.0);
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn carets_are_found_again_in_any_mixture(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "word", " ", "\t", "e\u{301}", "👩‍👧", "🇩🇪", "中文", "שלום", "مرحبا", "\n", "\r\n",
                    "“", "—", "\u{200d}", "\u{202e}", "\u{ad}", "ffi", "ǻ", "क्षि", "한국", "\u{200b}",
                ]),
                0..24,
            ),
            width in 80.0_f32..500.0,
        ) {
            with_fonts(|ctx| check_carets(ctx, &pieces.concat(), width));
        }
    }

    #[test]
    fn lines_and_parts_of_long_ones_cover_the_text_without_cutting_a_character() {
        let long = "Wort über Wort, 👩‍👧 ".repeat(900);
        let solid = "ä".repeat(9000);
        let source = SourceText::new(format!("{long}\n{solid}\r\n\nend"), "UTF-8").unwrap();
        let blocks = Blocks::new(&source);
        let mut reached = TextSize::new(0);
        for n in 0..blocks.len() {
            let block = blocks.get(n).unwrap();
            assert!(source.get(block.range).is_some());
            assert!(block.range.len() <= 4096.into());
            let between = TextRange::new(reached, block.range.start());
            assert!(matches!(source.slice(between), "" | "\n" | "\r\n"));
            assert_eq!(blocks.at(block.range.start()), n);
            reached = block.range.end();
        }
        assert_eq!(reached, source.len());
        assert!(blocks.len() > 8);
    }
}
