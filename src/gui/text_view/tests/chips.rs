use crate::gui::text_view::{chips, margin};
use crate::suggest::CandidateTarget;
use crate::text::sentence_at;

use super::*;

/// A window this large, with the chips of a quote at `words` open.
fn tagged<'a>(size: (f32, f32), words: &str) -> Window<'a> {
    let article = example::Article::new(include_str!("../../../../seeds/us-russia-relations.txt"));
    let mut window = window(article.open());
    window.set_size(vec2(size.0, size.1));
    window.run();
    let place = at(&window, words);
    let state = window.state_mut();
    state
        .open
        .run(select(place, place), &mut state.ids)
        .unwrap();
    state.view.reveal_caret(place);
    let label = Edit::Tag("quote".into());
    state.open.run(label, &mut state.ids).unwrap();
    window.run();
    window
}

const SIZES: [(f32, f32); 5] = [
    (940.0, 680.0),
    (720.0, 680.0),
    (606.0, 480.0),
    (482.0, 380.0),
    (406.0, 380.0),
];

const QUOTES: [&str; 4] = [
    "relationship at| the moment",
    "the president has| been quite",
    "despite differ|ences",
    "By and lar|ge, at",
];

#[test]
fn chips_cover_neither_the_quote_nor_what_it_is_judged_by() {
    for size in SIZES {
        for words in QUOTES {
            let window = tagged(size, words);
            let shown = chips::shown_at(&window.ctx).unwrap();
            let open = &window.state().open;
            let source = open.document().source();
            let list = open.chips().unwrap();
            let tag = open.document().set().annotation(&list.tag).unwrap();
            let mut judged: Vec<TextRange> = tag.fragments.iter().collect();
            // Where a sentence fills the view, something of it is covered.
            let fits = size.0 > 600.0;
            for part in tag.fragments.iter().filter(|_| fits) {
                let ends = [part.start(), part.end()];
                judged.extend(ends.into_iter().filter_map(|end| sentence_at(source, end)));
            }
            for candidate in &list.candidates {
                if let CandidateTarget::Untagged(range) = candidate.target {
                    judged.push(range);
                }
            }
            for range in judged {
                for place in u32::from(range.start())..u32::from(range.end()) {
                    if !source.as_str().is_char_boundary(place as usize) {
                        continue;
                    }
                    let letter = spot(&window, place.into());
                    let letter = Rect::from_center_size(letter, vec2(2.0, 16.0));
                    assert!(
                        !shown.intersects(letter),
                        "{words} in {size:?}: chips at {shown:?} cover {}",
                        source.slice(range)
                    );
                }
            }
        }
    }
}

#[test]
fn chips_show_their_keys_and_the_names_of_the_margin() {
    let mut window = window(sample());
    let place = at(&window, "very supp|ortive");
    let state = window.state_mut();
    let tag = state
        .open
        .document()
        .set()
        .annotation(&"q3".into())
        .unwrap();
    let tag = tag.id.clone();
    state.view.reveal(TextRange::empty(place));
    state.open.run(Move::GoTo(tag), &mut state.ids).unwrap();
    window.run();
    let shows = |words| window.query_all_by_label_contains(words).next().is_some();
    assert!(shows("speaker candidate: Rex Tillerson"));
    assert!(!shows("speaker candidate: Tillerson"));
}

/// Each quote and claim keeps its name, also the second of one speaker, down to narrow views.
#[test]
fn every_quote_keeps_its_name_in_the_margin() {
    for (width, height) in SIZES.into_iter().take(4) {
        let mut window = window(sample());
        window.set_size(vec2(width, height));
        window.run();
        let names = |window: &Window<'_>| {
            let names = &window.state().view.names;
            names
                .iter()
                .map(|name| name.tag.to_string())
                .collect::<Vec<_>>()
        };
        let shown = names(&window);
        for tag in ["q0", "c0"] {
            assert!(
                shown.iter().any(|name| name == tag),
                "{tag} at {width}: {shown:?}"
            );
        }
        for name in &window.state().view.names {
            let right = window.state().area.right();
            assert!(name.rect.right() < right, "{:?}", name.rect);
            assert!(name.rect.width() > margin::NAME_GAP, "{:?}", name.rect);
        }
    }
}
