//! A plot as SVG.

use std::fmt::Write as _;

use super::{Figure, Plot, Rgb, Shape, node_link, series_color, shortened};

/// Width of the picture, in units of the picture as all lengths here.
const WIDTH: f64 = 720.0;
/// Where bars begin: left of it stand the names of rows.
const LEFT: f64 = 230.0;
/// What is kept to the right of the longest bar, for its number.
const RIGHT: f64 = 64.0;
/// Height of what is above the bars: title and legend.
const TOP: f64 = 76.0;
/// Height of a row and of its bar.
const ROW: f64 = 22.0;
const BAR: f64 = 15.0;
/// So many characters of the name of a row are shown.
const NAME: usize = 32;
/// Width of a character of the legend, about.
const LETTER: f64 = 6.6;
/// Radius of a network, and its height with the names around it.
const RADIUS: f64 = 190.0;
const NETWORK: f64 = 470.0;

const INK: &str = "#222222";
const MUTED: &str = "#555555";

/// A plot as SVG: bars in parts with name and sum, or a network. It has a title for those who cannot see it, and asks for
/// no font but `Inter`, or else any sans serif.
#[must_use]
pub fn svg(plot: &Plot) -> String {
    let legend = Legend::of(plot);
    let top = TOP + legend.lines.saturating_sub(1) as f64 * 18.0;
    let height = top
        + match plot.shape {
            Shape::Bars | Shape::Ordered => plot.drawn().len() as f64 * ROW + 12.0,
            Shape::Network => NETWORK,
        };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" font-family=\"Inter, sans-serif\" font-size=\"12\" fill=\"{INK}\">\n\
         <title>{}: {}</title>\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escaped(&plot.title),
        escaped(&plot.subtitle())
    );
    let mut text = |x: f64, y: f64, how: &str, words: &str| {
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\"{how}>{}</text>",
            escaped(words)
        );
    };
    text(
        16.0,
        24.0,
        " font-size=\"15\" font-weight=\"600\"",
        &plot.title,
    );
    text(16.0, 43.0, &format!(" fill=\"{MUTED}\""), &plot.subtitle());
    out.push_str(&legend.text);
    match plot.shape {
        Shape::Bars | Shape::Ordered => bars(&mut out, plot, top),
        Shape::Network => network(&mut out, plot, top + NETWORK / 2.0 - 6.0),
    }
    out.push_str("</svg>\n");
    out
}

fn bars(out: &mut String, plot: &Plot, top: f64) {
    let most = plot.most();
    let scale = match most > 0.0 {
        true => (WIDTH - LEFT - RIGHT) / most,
        false => 0.0,
    };
    for (n, row) in plot.drawn().iter().enumerate() {
        let y = top + n as f64 * ROW;
        let middle = y + BAR / 2.0 + 4.0;
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{middle:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 8.0,
            escaped(&shortened(&row.name(), NAME))
        );
        let mut x = LEFT;
        for (place, value) in row.values.iter().enumerate() {
            let width = value * scale;
            if width > 0.0 {
                let color = hex(plot.color(Some(row), place));
                let _ = writeln!(
                    out,
                    "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{BAR}\" fill=\"{color}\"/>"
                );
            }
            x += width;
        }
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{middle:.1}\" fill=\"{MUTED}\">{}</text>",
            x + 6.0,
            Figure(row.sum())
        );
    }
}

/// People around `middle` of the picture, and curves between them that grow thinner towards whom they lead to.
fn network(out: &mut String, plot: &Plot, middle: f64) {
    let place = |[x, y]: [f64; 2]| (WIDTH / 2.0 + x * RADIUS, middle - y * RADIUS);
    let (nodes, chords) = node_link(plot);
    for chord in chords.iter().rev() {
        let color = hex(series_color(chord.ends[0]));
        let whole = 1.0 + 5.0 * chord.strength;
        for (n, pair) in chord.points.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            let ((x1, y1), (x2, y2)) = (place(*from), place(*to));
            let left = 1.0 - n as f64 / chord.points.len() as f64;
            let _ = writeln!(
                out,
                "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"{color}\" \
                 stroke-width=\"{:.1}\" stroke-opacity=\"0.75\"/>",
                (whole * left).max(0.6)
            );
        }
    }
    for (n, node) in nodes.iter().enumerate() {
        let (x, y) = place(node.at);
        let _ = writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{}\"/>",
            hex(series_color(n))
        );
        let (x, y) = place(node.at.map(|part| part * 1.05));
        let anchor = match node.at[0] {
            side if side > 0.2 => "start",
            side if side < -0.2 => "end",
            _ => "middle",
        };
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
            y + 4.0 - 6.0 * node.at[1],
            escaped(&shortened(&node.name, NAME - 8))
        );
    }
}

/// What the colours mean, where bars have parts.
struct Legend {
    text: String,
    lines: usize,
}

impl Legend {
    fn of(plot: &Plot) -> Self {
        let mut legend = Self {
            text: String::new(),
            lines: 1,
        };
        match plot.shape {
            Shape::Bars | Shape::Ordered if plot.series.len() > 1 => {}
            Shape::Network => {
                legend.text = format!(
                    "<text x=\"16\" y=\"61\" fill=\"{MUTED}\">Each curve is thick at the one who quotes or mentions, thin at the other.</text>\n"
                );
                return legend;
            }
            Shape::Bars | Shape::Ordered => return legend,
        }
        let mut x = 16.0;
        for (place, series) in plot.series.iter().enumerate() {
            let name = shortened(series, NAME);
            let width = 30.0 + name.chars().count() as f64 * LETTER;
            if x + width > WIDTH && x > 16.0 {
                x = 16.0;
                legend.lines += 1;
            }
            let y = 52.0 + (legend.lines - 1) as f64 * 18.0;
            let _ = writeln!(
                legend.text,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"10\" height=\"10\" fill=\"{}\"/>\n\
                 <text x=\"{:.1}\" y=\"{:.1}\" fill=\"{MUTED}\">{}</text>",
                hex(plot.color(None, place)),
                x + 14.0,
                y + 9.0,
                escaped(&name)
            );
            x += width;
        }
        legend
    }
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Text as XML holds it. What acts on a terminal or turns the direction of writing is replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
