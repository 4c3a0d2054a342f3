//! Names where they do not fit, shortened in one way everywhere.

use egui::{Color32, FontId, Painter};
use unicode_segmentation::UnicodeSegmentation;

/// What stands in the place of a name where none is given, and the same shorter.
const NO_SPEAKER_GIVEN: &str = "no speaker given";
const NOT_GIVEN: &str = "not given";

/// Letters of a first word that are worth their room before the last word.
const START: usize = 3;

/// As much of a name as fits: the middle goes first, then letters of the first word, then that word, last
/// the end, so that "Secretary … Tillerson" and "U.S. Department … Agriculture" keep what tells them
/// apart. Nothing is ever cut at the front: of a person at least the surname is whole.
pub(crate) fn short_name(name: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(name) {
        return name.to_owned();
    }
    // These words are no name.
    if let Some(rest) = name.strip_prefix(NO_SPEAKER_GIVEN) {
        let shorter = format!("{NOT_GIVEN}{rest}");
        if fits(&shorter) {
            return shorter;
        }
        return cut_at_end(&shorter, "", fits);
    }
    let Some((start, last)) = name.rsplit_once(' ') else {
        return cut_at_end(name, "", fits);
    };
    let mut starts = start
        .rmatch_indices(' ')
        .filter_map(|(at, _)| name.get(..at));
    let words = starts.find_map(|start| {
        let shorter = format!("{start} … {last}");
        fits(&shorter).then_some(shorter)
    });
    let first = start.split(' ').next().unwrap_or(start);
    words.unwrap_or_else(|| {
        let with_letters = cut_at_end(first, &format!(" {last}"), &fits);
        let is_told = with_letters
            .split('…')
            .next()
            .is_some_and(|start| start.len() >= START);
        let shorter = [
            Some(with_letters).filter(|_| is_told),
            Some(last.to_owned()),
        ];
        let found = shorter.into_iter().flatten().find(|name| fits(name));
        found.unwrap_or_else(|| cut_at_end(last, "", fits))
    })
}

/// The words without some of their last letters, with `behind`; of a single letter nothing goes.
fn cut_at_end(word: &str, behind: &str, fits: impl Fn(&str) -> bool) -> String {
    let ends = word.grapheme_indices(true).skip(1).map(|(at, _)| at);
    let cuts: Vec<String> = ends
        .filter_map(|at| Some(format!("{}…{behind}", word.get(..at)?)))
        .collect();
    let longest = cuts.iter().rev().find(|cut| fits(cut));
    let found = longest.or(cuts.first()).cloned();
    found.unwrap_or_else(|| format!("{word}{behind}"))
}

/// [`short_name`] for one line of this width, in points.
pub(crate) fn short_name_to(painter: &Painter, name: &str, font: &FontId, width: f32) -> String {
    short_name(name, |name| {
        let ink = Color32::PLACEHOLDER;
        let galley = painter.layout_no_wrap(name.to_owned(), font.clone(), ink);
        galley.size().x <= width
    })
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn a_name_loses_its_middle_before_its_ends() {
        for (name, most, short) in [
            (
                "Secretary of State Rex Tillerson",
                40,
                "Secretary of State Rex Tillerson",
            ),
            (
                "Secretary of State Rex Tillerson",
                31,
                "Secretary of State … Tillerson",
            ),
            (
                "Secretary of State Rex Tillerson",
                23,
                "Secretary … Tillerson",
            ),
            ("Secretary of State Rex Tillerson", 16, "Secre… Tillerson"),
            ("Donald Trump", 12, "Donald Trump"),
            ("Donald Trump", 10, "Don… Trump"),
            ("Donald Trump", 9, "Trump"),
            ("Donald Trump", 6, "Trump"),
            ("Donald Trump", 5, "Trump"),
            ("Donald Trump", 4, "Tru…"),
            ("no speaker given?", 12, "not given?"),
            ("no speaker given", 5, "not …"),
            ("Tillerson", 4, "Til…"),
            (
                "Environmental Protection Agency",
                25,
                "Environmental … Agency",
            ),
            (
                "U.S. Department of Agriculture",
                29,
                "U.S. Department … Agriculture",
            ),
            ("members of the US Congress", 21, "members of … Congress"),
            ("", 0, ""),
        ] {
            let shown = short_name(name, |name| name.chars().count() <= most);
            assert_eq!(shown, short, "{name} in {most}");
        }
    }

    #[test]
    fn where_nothing_fits_a_letter_stays() {
        assert_eq!(short_name("Rex Tillerson", |_| false), "T…");
        assert_eq!(short_name("X", |_| false), "X");
    }
}
