//! Who quotes or mentions whom, as people in a circle and curves between them.

use std::f64::consts::TAU;

use super::Plot;
use super::rows::condition;

/// A person of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Their name.
    pub name: String,
    /// What finds the tags they say; `None`: nothing finds just these.
    pub query: Option<String>,
    /// Where they are: a place on the circle around 0, 0 with the radius 1; y goes up.
    pub at: [f64; 2],
}

/// A link between two people.
#[derive(Debug, Clone, PartialEq)]
pub struct Chord {
    /// Places in the list of people: who quotes or mentions, and whom.
    pub ends: [usize; 2],
    /// The curve from the one to the other, near the middle of the circle.
    pub points: Vec<[f64; 2]>,
    /// How strong it is beside the strongest, from 0 to 1.
    pub strength: f64,
}

/// So many straight pieces make a curve.
const PIECES: u32 = 24;

/// The people and links of a plot that are drawn. Whoever has the strongest link stands at the top; the others
/// follow clockwise.
#[must_use]
pub fn node_link(plot: &Plot) -> (Vec<Node>, Vec<Chord>) {
    let mut names: Vec<&String> = Vec::new();
    let mut pairs = Vec::new();
    for row in plot.drawn() {
        let [from, to] = row.names.as_slice() else {
            continue;
        };
        let ends = [from, to].map(|name| {
            let known = names.iter().position(|known| *known == name);
            known.unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            })
        });
        pairs.push((ends, row.sum()));
    }
    let place = |n: usize| {
        let angle = TAU * (0.25 - n as f64 / names.len().max(1) as f64);
        [angle.cos(), angle.sin()]
    };
    let nodes = names.iter().enumerate();
    let nodes = nodes.map(|(n, name)| Node {
        name: (*name).clone(),
        query: condition("speaker", name),
        at: place(n),
    });
    let most = plot.most();
    let chords = pairs.into_iter().map(|(ends, weight)| Chord {
        points: curve(place(ends[0]), place(ends[1])),
        strength: if most > 0.0 { weight / most } else { 0.0 },
        ends,
    });
    (nodes.collect(), chords.collect())
}

/// A quadratic curve between two places, bent to the middle and to the right of its way, so that there and back are two
/// curves.
fn curve(from: [f64; 2], to: [f64; 2]) -> Vec<[f64; 2]> {
    let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    let bend = [
        0.15 * (from[0] + to[0]) + 0.12 * dy,
        0.15 * (from[1] + to[1]) - 0.12 * dx,
    ];
    let point = |n: u32| {
        let t = f64::from(n) / f64::from(PIECES);
        let at = |from: f64, bend: f64, to: f64| {
            (1.0 - t).powi(2) * from + 2.0 * t * (1.0 - t) * bend + t.powi(2) * to
        };
        [at(from[0], bend[0], to[0]), at(from[1], bend[1], to[1])]
    };
    (0..=PIECES).map(point).collect()
}
