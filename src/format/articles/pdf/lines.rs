//! The lines of a block, from above.

use super::blocks::{Block, is_right_to_left, usual_size};
use super::words::{Word, is_from_right};

/// A line of type. Lengths are in points.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Where it begins and ends in the direction of reading, negative where that is from right to left.
    pub(super) begin: f32,
    pub(super) end: f32,
    pub(super) top: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    /// The number of its font, where it is one.
    pub(super) font: Option<u16>,
    /// How wide its first word is.
    pub(super) first_word: f32,
}

/// The lines of a block.
pub(super) fn lines(mut block: Block) -> Vec<Line> {
    set_drop_caps(&mut block);
    let is_from_right = is_right_to_left(&block);
    block.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut lines: Vec<Vec<Word>> = Vec::new();
    let (mut top, mut bottom) = (f32::MAX, f32::MIN);
    for word in block {
        let is_on_line = (top..=bottom).contains(&middle(&word));
        match lines.last_mut() {
            Some(line) if is_on_line => {
                let is_main = line.first().is_some_and(|first| first.size < word.size);
                if is_main {
                    (top, bottom) = (word.top(), word.bottom());
                }
                line.push(word);
            }
            Some(_) | None => {
                (top, bottom) = (word.top(), word.bottom());
                lines.push(vec![word]);
            }
        }
    }
    let lines = lines.into_iter();
    lines
        .filter_map(|words| line(words, is_from_right))
        .collect()
}

fn middle(word: &Word) -> f32 {
    f32::midpoint(word.top(), word.bottom())
}

/// A large first letter stands beside several lines, and is of the first of them.
fn set_drop_caps(block: &mut Block) {
    let usual = usual_size(block.iter());
    let caps: Vec<usize> = (0..block.len())
        .filter(|n| block.get(*n).is_some_and(|word| is_drop_cap(word, usual)))
        .take(20)
        .collect();
    for cap in caps {
        let Some(large) = block.get(cap).cloned() else {
            continue;
        };
        let beside = |word: &&mut Word| {
            let gap = word.left - large.right;
            word.size < usual * 1.4
                && (large.top() - usual * 0.3..large.bottom()).contains(&middle(word))
                && (-0.5 * usual..1.5 * usual).contains(&gap)
        };
        let first = block.iter_mut().filter(beside);
        let first = first.min_by(|a, b| middle(a).total_cmp(&middle(b)));
        if let Some(first) = first {
            first.text = format!("{}{}", large.text, first.text).into();
            first.left = large.left;
            if let Some(cap) = block.get_mut(cap) {
                cap.text = "".into();
            }
        }
    }
    block.retain(|word| !word.text.is_empty());
}

fn is_drop_cap(word: &Word, usual: f32) -> bool {
    word.size > usual * 1.8
        && word.text.chars().count() <= 2
        && word.text.chars().all(char::is_alphabetic)
}

fn line(mut words: Vec<Word>, is_from_right: bool) -> Option<Line> {
    words.sort_by(|a, b| a.left.total_cmp(&b.left));
    // Some programs print a word twice to make it bold.
    words.dedup_by(|next, word| {
        next.text == word.text && (next.left - word.left).abs() < (word.right - word.left) * 0.4
    });
    let largest = words.iter().max_by(|a, b| a.size.total_cmp(&b.size))?;
    let (baseline, size) = (largest.baseline, largest.size);
    let left = words.first()?.left;
    let right = words.iter().map(|word| word.right).fold(left, f32::max);
    let top = words.iter().map(Word::top).fold(f32::MAX, f32::min);
    let fonts = words.first().map(|word| word.font);
    let font = fonts.filter(|font| words.iter().all(|word| word.font == *font));
    if is_from_right {
        order_from_right(&mut words);
    }
    let mut text = String::new();
    for word in &words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.text);
    }
    let first_word = words.first().map_or(0.0, |word| word.right - word.left);
    Some(Line {
        text,
        left,
        right,
        begin: if is_from_right { -right } else { left },
        end: if is_from_right { -left } else { right },
        top,
        baseline,
        size,
        font,
        first_word,
    })
}

/// Puts words in the order of reading from right to left, numbers and words of other scripts among them in theirs.
fn order_from_right(words: &mut [Word]) {
    words.reverse();
    let runs = words.chunk_by_mut(|a, b| {
        [a, b]
            .iter()
            .all(|word| !word.text.chars().any(is_from_right))
    });
    runs.for_each(<[Word]>::reverse);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, baseline: f32, size: f32) -> Word {
        let width = f32::from(u8::try_from(text.chars().count()).unwrap()) * size * 0.5;
        Word {
            text: text.into(),
            left,
            right: left + width,
            baseline,
            size,
            font: 0,
        }
    }

    fn texts(block: Block) -> Vec<String> {
        lines(block).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn small_raised_figures_are_of_their_line() {
        let block = vec![
            word("CO", 0.0, 100.0, 10.0),
            word("2", 12.0, 102.0, 6.0),
            word("next", 0.0, 112.0, 10.0),
        ];
        assert_eq!(texts(block), ["CO 2", "next"]);
    }

    #[test]
    fn a_large_first_letter_is_of_the_first_line() {
        let block = vec![
            word("T", 0.0, 122.0, 41.0),
            word("he", 24.0, 100.0, 10.0),
            word("ferry", 24.0, 111.0, 10.0),
            word("sails", 24.0, 122.0, 10.0),
            word("in the morning and at night", 0.0, 133.0, 10.0),
        ];
        assert_eq!(
            texts(block),
            ["The", "ferry", "sails", "in the morning and at night"]
        );
    }

    #[test]
    fn words_printed_twice_are_one() {
        let block = vec![
            word("bold", 0.0, 100.0, 10.0),
            word("bold", 0.3, 100.0, 10.0),
        ];
        assert_eq!(texts(block), ["bold"]);
    }

    #[test]
    fn lines_are_read_from_the_right_where_the_script_is() {
        let block = vec![
            word("2024", 0.0, 100.0, 10.0),
            word("في", 30.0, 100.0, 10.0),
            word("قال", 60.0, 100.0, 10.0),
        ];
        assert_eq!(texts(block), ["قال في 2024"]);
    }
}
