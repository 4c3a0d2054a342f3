//! Letters of a page become words by the gaps between them.

use smol_str::SmolStr;

/// A wider gap than this parts two words, in parts of the size of the type.
const GAP: f32 = 0.15;

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

/// A word on a page, whose origin is above on the left. Lengths are in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) text: SmolStr,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// The size of its type.
    pub(super) size: f32,
    /// The number of its font.
    pub(super) font: u16,
}

impl Word {
    /// Where its letters begin.
    pub(super) fn top(&self) -> f32 {
        self.baseline - 0.7 * self.size
    }

    /// Where its letters end, about.
    pub(super) fn bottom(&self) -> f32 {
        self.baseline + 0.2 * self.size
    }
}

/// The words of a page, in the order of the file.
pub(super) fn words(glyphs: &[Glyph]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    // The letters of the last word.
    let mut text: Vec<&SmolStr> = Vec::new();
    // A blank parts words, and so does the beginning.
    let mut is_new = true;
    let mut is_leftwards = false;
    for glyph in glyphs {
        if glyph.text.chars().all(char::is_whitespace) {
            is_new = true;
            continue;
        }
        match words
            .last_mut()
            .filter(|word| !is_new && continues(word, glyph))
        {
            Some(word) => {
                if glyph.left < word.left {
                    word.left = glyph.left;
                    is_leftwards = true;
                }
                word.right = word.right.max(glyph.right);
                text.push(&glyph.text);
            }
            None => {
                finish(&mut words, &mut text, is_leftwards);
                is_leftwards = false;
                text.push(&glyph.text);
                words.push(Word {
                    text: SmolStr::default(),
                    left: glyph.left,
                    right: glyph.right,
                    baseline: glyph.baseline,
                    size: glyph.size,
                    font: glyph.font,
                });
            }
        }
        is_new = false;
    }
    finish(&mut words, &mut text, is_leftwards);
    words
}

fn finish(words: &mut [Word], letters: &mut Vec<&SmolStr>, is_leftwards: bool) {
    // Many programs write what is read from right to left as it is seen.
    let mut characters = letters.iter().flat_map(|letter| letter.chars());
    if !is_leftwards && characters.any(is_from_right) {
        letters.reverse();
    }
    let text: String = letters.drain(..).map(SmolStr::as_str).collect();
    if let Some(word) = words.last_mut() {
        word.text = SmolStr::from(text.trim());
    }
}

/// Whether a letter is of a script that is read from right to left.
pub(super) fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

fn continues(word: &Word, glyph: &Glyph) -> bool {
    let size = word.size.min(glyph.size);
    let same_line = (word.baseline - glyph.baseline).abs() < 0.4 * size;
    let same_size = word.size.max(glyph.size) < 1.6 * size;
    let gap = glyph.left - word.right;
    let before = word.left - glyph.right;
    same_line
        && same_size
        && ((-0.6 * size..=GAP * size).contains(&gap) || before.abs() <= GAP * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, gap: f32) -> Vec<Glyph> {
        let mut left = 0.0;
        let letter = |c: char| {
            left += 5.0 + gap;
            Glyph {
                text: SmolStr::from_iter([c]),
                left: left - 5.0,
                right: left,
                baseline: 100.0,
                size: 10.0,
                font: 0,
            }
        };
        text.chars().map(letter).collect()
    }

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        words(glyphs)
            .iter()
            .map(|word| word.text.to_string())
            .collect()
    }

    #[test]
    fn blanks_and_gaps_part_words() {
        assert_eq!(texts(&glyphs("the ferry", 0.0)), ["the", "ferry"]);
        assert_eq!(texts(&glyphs("ab", 2.0)), ["a", "b"]);
        assert_eq!(texts(&glyphs("ab", 1.0)), ["ab"]);
    }
}
