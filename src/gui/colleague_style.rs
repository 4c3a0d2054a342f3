//! The line of each colleague: a colour and a pattern of their own, so that their tags differ from
//! one's own, whose lines are whole, and from one another.

use egui::{Color32, Pos2, Shape, Stroke, pos2, vec2};

use super::theme::Theme;

/// Colours, by the names of the theme; first those the usual labels do not have.
const COLORS: [&str; 5] = ["violet", "teal", "orange", "blue", "gray"];

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pattern {
    Dotted,
    Dashed,
    DashedAndDotted,
}

/// As many as share no divisor with the colours: the same pair comes after all others.
const PATTERNS: [Pattern; 3] = [Pattern::Dotted, Pattern::Dashed, Pattern::DashedAndDotted];

/// How the tags of a colleague are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ColleagueStyle {
    /// Legible on the article's ground.
    color: Color32,
    pattern: Pattern,
}

impl ColleagueStyle {
    /// Of colleague `n`, from 0.
    pub(crate) fn of(theme: &Theme, n: usize) -> Self {
        let pick = |count: usize| n % count;
        let name = COLORS.get(pick(COLORS.len())).copied().unwrap_or("gray");
        let pattern = PATTERNS.get(pick(PATTERNS.len())).copied();
        Self {
            color: theme.label_colors(name).text,
            pattern: pattern.unwrap_or(Pattern::Dotted),
        }
    }

    /// The colour of its letter.
    pub(crate) fn color(self) -> Color32 {
        self.color
    }

    /// The line from one point to another at its right. Lines over one another break at the same
    /// places.
    pub(crate) fn line(self, [from, to]: [Pos2; 2]) -> Vec<Shape> {
        let period = match self.pattern {
            Pattern::Dotted => 4.0,
            Pattern::Dashed => 9.0,
            Pattern::DashedAndDotted => 15.0,
        };
        let ends = [pos2((from.x / period).ceil() * period, from.y), to];
        if ends[0].x >= to.x {
            return Vec::new();
        }
        let stroke = Stroke::new(2.0, self.color);
        match self.pattern {
            Pattern::Dotted => Shape::dotted_line(&ends, self.color, period, 1.3),
            Pattern::Dashed => Shape::dashed_line(&ends, stroke, 6.0, 3.0),
            Pattern::DashedAndDotted => {
                Shape::dashed_line_with_offset(&ends, stroke, &[7.0, 2.0], &[3.0, 3.0], 0.0)
            }
        }
    }

    /// Where a tag starts or ends.
    pub(crate) fn edge(self, at: Pos2) -> Shape {
        let ends = [at - vec2(0.0, 2.0), at + vec2(0.0, 4.0)];
        Shape::line_segment(ends, Stroke::new(1.5, self.color))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colleagues_differ_from_one_another_and_from_ones_own_tags() {
        for theme in [Theme::light().unwrap(), Theme::dark().unwrap()] {
            let styles: Vec<_> = (0..15).map(|n| ColleagueStyle::of(&theme, n)).collect();
            for (n, style) in styles.iter().enumerate() {
                assert!(!styles[..n].contains(style), "{n}: {style:?}");
                assert!(style.line([Pos2::ZERO, Pos2::new(40.0, 0.0)]).len() > 3);
            }
            for pair in styles.windows(2) {
                assert_ne!(pair[0].color, pair[1].color);
                assert_ne!(pair[0].pattern, pair[1].pattern);
            }
            for label in ["yellow", "pink", "green"] {
                let colors = theme.label_colors(label);
                let own = [colors.line, colors.text];
                assert!(!own.contains(&styles[0].color) && !own.contains(&styles[1].color));
            }
        }
    }
}
