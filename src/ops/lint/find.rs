use super::names::NameCounts;
use super::{LintContext, level_of};
use crate::model::{Annotation, AnnotationId, AnnotationSet, DocumentState, LintRule, Problem};

/// So many tags with the same start and end are compared with each other.
const MOST_SAME: usize = 32;

/// Tags with the same start and end as a tag, itself perhaps among them: the first, by id.
pub(in crate::ops) fn same_place<'a>(
    set: &'a AnnotationSet,
    tag: &Annotation,
) -> impl Iterator<Item = &'a Annotation> + use<'a> {
    let hull = tag.fragments.hull();
    let (start, end) = (hull.start(), hull.end());
    let from = set.rank(&(start, end, AnnotationId::new("")));
    set.rows(from..from + MOST_SAME)
        .take_while(move |tag| (tag.fragments.start(), tag.fragments.end()) == (start, end))
}

/// Hands over everything the rules report of the tags in a document, given whether it is marked as done: what is
/// about tags, then what has no tag. What the text alone shows has [`for_each_mark`].
pub(in crate::ops) fn for_each_finding(cx: &LintContext<'_>, take: &mut dyn FnMut(Problem)) {
    let done = cx.document.meta().state == DocumentState::Done;
    let mut take = |problem: Problem| {
        if level_of(cx.schema, &problem).is_some_and(|level| level.reports(done)) {
            take(problem);
        }
    };
    let reports = |rule| cx.schema.lint.of(rule).reports(done);
    let looks_at_names = reports(LintRule::UntaggedName);
    let mut names = NameCounts::default();
    for tag in cx.document.set().annotations() {
        cx.tag(tag).into_iter().for_each(&mut take);
        if looks_at_names && let Some(name) = cx.name_of(tag) {
            names.count(name, true);
        }
    }
    if reports(LintRule::UntaggedQuote) {
        let speech = cx.text.speech(cx.document.source());
        speech
            .filter_map(|passage| cx.passage(passage))
            .for_each(&mut take);
    }
    names
        .names()
        .filter_map(|name| cx.name(name))
        .for_each(&mut take);
}

/// Hands over what the rules report of the text alone, whoever tags it: quotation marks without a partner.
pub(in crate::ops) fn for_each_mark(
    cx: &LintContext<'_>,
    done: bool,
    take: &mut dyn FnMut(Problem),
) {
    if cx.schema.lint.of(LintRule::UnbalancedMark).reports(done) {
        let marks = cx.marks().iter();
        marks.filter_map(|mark| cx.mark(*mark)).for_each(take);
    }
}
