//! What the offsets of selectors count: shown by their words, or by where words begin and end.

use super::selector::Selector;
use crate::format::counting::by_edges::{Fit, WordEdges, judge_text};
use crate::format::counting::normal_form::is_same;
use crate::format::counting::{CountedUnit, Counting, Places, UnitHint};
use crate::text::CodePointIndex;

/// What is counted, and how that is known.
pub(super) struct FoundUnit {
    pub(super) counting: Counting,
    /// Whether something shows it.
    pub(super) proven: bool,
    /// What is to be said about it.
    pub(super) remark: Option<String>,
}

/// Decides by all selectors of a text.
pub(super) fn find_unit(
    text: &CodePointIndex<'_>,
    hint: UnitHint,
    selectors: &[&Selector],
) -> FoundUnit {
    let given = || {
        let given = selectors.iter().filter(|s| s.at.is_some() && !s.in_bytes);
        given.filter(|s| s.refined.is_none())
    };
    if let UnitHint::Said(_) = hint {
        return FoundUnit {
            counting: hint.counting(),
            proven: true,
            remark: None,
        };
    }
    let evidence = given().filter(|s| s.exact.is_some()).count();
    if evidence == 0 {
        let at: Vec<(u32, u32)> = given().filter_map(|s| s.at).collect();
        return by_edges(text.text(), hint, &at);
    }
    let fits = |counting| {
        let places = Places::new(text.text(), counting);
        let fits = given().map(|s| fitting(text, &places, s));
        fits.sum::<usize>()
    };
    let counting = Counting::best(text.text(), hint, 2 * evidence, fits);
    FoundUnit {
        counting,
        proven: fits(counting) > 0,
        remark: None,
    }
}

fn by_edges(text: &str, hint: UnitHint, at: &[(u32, u32)]) -> FoundUnit {
    let places = |counting| {
        let places = Places::new(text, counting);
        let place = |&(start, end): &(u32, u32)| Some([places.start(start)?, places.end(end)?]);
        at.iter().map(place).collect::<Vec<_>>()
    };
    let judgement = judge_text(text, hint, places);
    let remark = judgement.remark();
    let whole = |unit| {
        let edges = WordEdges::new(text);
        let fits = places(Counting::of(unit)).into_iter();
        fits.filter(|place| edges.fit(*place) == Fit::Words).count()
    };
    let differ = text.chars().any(|c| c > '\u{ffff}');
    let proven =
        remark.is_some() || differ && whole(CountedUnit::CodePoints) > whole(CountedUnit::Utf16);
    FoundUnit {
        counting: judgement.counting,
        proven,
        remark,
    }
}

/// How well offsets and words fit: 2 with the text around.
fn fitting(text: &CodePointIndex<'_>, places: &Places, selector: &Selector) -> usize {
    let at = selector.at.and_then(|(start, end)| {
        let (start, end) = (places.start(start)?, places.end(end)?);
        Some((start, end))
    });
    let (Some((start, end)), Some(exact)) = (at, &selector.exact) else {
        return 0;
    };
    let words = text.slice(start, end);
    if !words.is_some_and(|words| is_same(words, exact)) {
        return 0;
    }
    let around = text.slice_before(start, count(&selector.prefix)) == selector.prefix
        && text.slice_after(end, count(&selector.suffix)) == selector.suffix;
    1 + usize::from(around)
}

fn count(words: &str) -> u32 {
    u32::try_from(words.chars().count()).unwrap_or(u32::MAX)
}
