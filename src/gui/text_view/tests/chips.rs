use egui_kittest::kittest::NodeT;

use crate::gui::text_view::margin_names::NAME_GAP;
use crate::suggest::CandidateTarget;
use crate::text::sentence_at;

use super::*;
use crate::ops::Gesture;

/// A window this large, with the chips of a quote at `words` open.
fn tagged<'a>(size: (f32, f32), words: &str, zoom: f32) -> Window<'a> {
    let article = example::Article::new(include_str!("../../../../seeds/us-russia-relations.txt"));
    let mut window = window(article.open());
    window.set_size(vec2(size.0, size.1));
    window.state_mut().zoom = zoom;
    window.run();
    let place = at(&window, words);
    let state = window.state_mut();
    state
        .open
        .run(select(place, place), &mut state.ids)
        .unwrap();
    state.view.reveal_ahead(TextRange::empty(place));
    let label = Edit::Tag("quote".into());
    state.open.run(label, &mut state.ids).unwrap();
    let hull = state.open.current_tag().unwrap().fragments.hull();
    state.view.reveal(TextRange::new(place, hull.end()));
    window.run();
    window
}

/// Views of windows at 1280×800, 900×600, 700×500 and 640×420, with the files beside the article and
/// without, above a message, too.
const SIZES: [(f32, f32); 9] = [
    (1280.0, 690.0),
    (940.0, 680.0),
    (720.0, 680.0),
    (620.0, 480.0),
    (460.0, 390.0),
    (406.0, 310.0),
    (400.0, 300.0),
    (360.0, 300.0),
    (320.0, 220.0),
];

const QUOTES: [&str; 6] = [
    "relationship at| the moment",
    "the president has| been quite",
    "despite differ|ences",
    "By and lar|ge, at",
    "very supp|ortive",
    "Russia ai|ms",
];

/// Where the chips are; nowhere, if there are none.
fn chips_rect(window: &Window<'_>) -> Rect {
    let chips = window.query_all_by_label_contains("speaker candidate: ");
    chips.fold(Rect::NOTHING, |all, chip| all.union(chip.rect()))
}

#[test]
fn chips_cover_neither_the_quote_nor_what_it_is_judged_by() {
    for zoom in [1.0, 2.0] {
        for size in SIZES {
            for words in QUOTES {
                let mut window = tagged(size, words, zoom);
                assert_nothing_is_covered(&window, &format!("{words} in {size:?} × {zoom}"));
                let state = window.state_mut();
                let _ = state.open.run(Gesture::NextCandidate, &mut state.ids);
                window.run();
                assert_nothing_is_covered(&window, &format!("after {words} in {size:?} × {zoom}"));
            }
        }
    }
}

/// Neither the tag nor the sentences it starts and ends in, with their reporting words, nor the line
/// after, nor a candidate.
fn assert_nothing_is_covered(window: &Window<'_>, what: &str) {
    let open = &window.state().open;
    let Some(list) = open.chips() else {
        return;
    };
    let shown = chips_rect(window);
    assert!(shown.is_positive(), "{what}: no chips");
    let area = window.state().area;
    assert!(area.contains_rect(shown), "{what}: {shown:?} in {area:?}");
    let source = open.document().source();
    let tag = open.document().set().annotation(&list.tag).unwrap();
    let mut judged: Vec<TextRange> = tag.fragments.iter().collect();
    for part in tag.fragments.iter() {
        let ends = [part.start(), part.end()];
        judged.extend(ends.into_iter().filter_map(|end| sentence_at(source, end)));
    }
    for candidate in &list.candidates {
        match &candidate.target {
            CandidateTarget::Untagged(range) => judged.push(*range),
            CandidateTarget::Tagged(id) => {
                let mention = open.document().set().annotation(id).unwrap();
                judged.extend(mention.fragments.iter());
            }
            CandidateTarget::Person(_) => {}
        }
    }
    let view = &window.state().view;
    let typesetter = view.typesetter(&window.ctx, open).unwrap();
    let end = judged.iter().map(|range| range.end()).max().unwrap();
    let row = |at: TextSize| {
        let layout = typesetter.lay_out(typesetter.blocks.at(at));
        layout.row_range(layout.row_of(at))
    };
    let after = row(end).end() + TextSize::new(1);
    if after < source.len() {
        judged.push(row(after));
    }
    let article = shown_article(window, shown);
    let rows = |place: TextSize| spot(window, place);
    let (start, end) = (tag.fragments.start(), tag.fragments.hull().end());
    let fits = rows(end).y - rows(start).y < article.height() - 120.0;
    let lowest = rows(end - TextSize::new(1)).y;
    assert!(
        !fits || lowest < article.bottom(),
        "{what}: the end is out of view"
    );
    for range in judged {
        let places = u32::from(range.start())..u32::from(range.end());
        let starts = places.filter(|&place| source.as_str().is_char_boundary(place as usize));
        for place in starts {
            let letter = Rect::from_center_size(spot(window, place.into()), vec2(2.0, 16.0));
            // Letters out of view are below the strip as they are below the window.
            assert!(
                !shown.intersects(letter.intersect(article)),
                "{what}: chips at {shown:?} cover {}",
                source.slice(range)
            );
        }
    }
}

/// Where the article is drawn: all of the view, or what is above the strip of chips.
fn shown_article(window: &Window<'_>, chips: Rect) -> Rect {
    let state = window.state();
    let area = state.area.with_max_y(state.area.top() + state.view.height);
    let beside = state.view.height == state.area.height();
    assert!(beside || chips.top() >= area.bottom(), "{chips:?} {area:?}");
    area
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
    for (width, height) in [
        (940.0, 680.0),
        (720.0, 680.0),
        (606.0, 480.0),
        (482.0, 380.0),
    ] {
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
            assert!(name.rect.width() > NAME_GAP, "{:?}", name.rect);
        }
    }
}

/// Names that chips would cover move, and each keeps its row's line to it; none is lost or covers another.
#[test]
fn names_make_room_for_chips() {
    let mut moved = 0;
    for size in SIZES {
        let article =
            example::Article::new(include_str!("../../../../seeds/us-russia-relations.txt"));
        let mut window = window(article.open());
        window.set_size(vec2(size.0, size.1));
        window.run();
        let state = window.state_mut();
        for _ in 0..40 {
            let forward = Gesture::Untagged { forward: true };
            if state.open.run(forward, &mut state.ids).is_err() {
                break;
            }
            let label = Edit::Tag("quote".into());
            state.open.run(label, &mut state.ids).unwrap();
            let _ = state.open.run(Gesture::Confirm, &mut state.ids);
        }
        let _ = state.open.run(Gesture::Escape, &mut state.ids);
        let set = state.open.document().set();
        let quotes: Vec<AnnotationId> = set
            .annotations()
            .filter(|tag| tag.label == "quote")
            .map(|tag| tag.id.clone())
            .collect();
        assert!(quotes.len() > 8, "{}", quotes.len());
        for quote in quotes {
            let state = window.state_mut();
            state
                .open
                .run(Move::GoTo(quote.clone()), &mut state.ids)
                .unwrap();
            let hull = state.open.current_tag().unwrap().fragments.hull();
            state.view.reveal(hull);
            window.run();
            let before = names_in_view(&window);
            let state = window.state_mut();
            let next = state.open.run(Gesture::NextCandidate, &mut state.ids);
            window.run();
            let chips = chips_rect(&window);
            let beside = window.state().view.height == window.state().area.height();
            if next.is_err() || !chips.is_positive() || !beside {
                continue;
            }
            let what = format!("{quote} in {size:?}");
            let after = names_in_view(&window);
            for (tag, _) in before.iter().filter(|(tag, _)| *tag != quote) {
                assert!(
                    after.iter().any(|(name, _)| name == tag),
                    "{what}: {tag} is gone: {chips:?} {before:#?} {after:#?}"
                );
            }
            for (n, (tag, rect)) in after.iter().enumerate() {
                assert!(
                    !rect.intersects(chips),
                    "{what}: chips at {chips:?} cover the name of {tag} at {rect:?}"
                );
                let below = after.iter().skip(n + 1);
                let covers = |other: &Rect| other.shrink(0.1).intersects(*rect);
                assert!(!below.into_iter().any(|(_, other)| covers(other)), "{what}");
                moved += usize::from(
                    before
                        .iter()
                        .any(|(name, old)| name == tag && (old.top() - rect.top()).abs() > 5.0),
                );
            }
        }
    }
    assert!(moved > 5, "{moved}");
}

/// Names that are whole in the view, and where their letters are.
fn names_in_view(window: &Window<'_>) -> Vec<(AnnotationId, Rect)> {
    let state = window.state();
    let area = state.area;
    let names = state.view.names.iter();
    names
        .map(|name| (name.tag.clone(), name.rect.expand2(vec2(-12.0, -1.0))))
        .filter(|(_, rect)| area.y_range().contains(rect.top()) && rect.bottom() < area.bottom())
        .collect()
}

/// Names in the strip are cut only where their row is full.
#[test]
fn a_name_in_the_strip_is_whole_where_its_row_has_room() {
    let mut strips = 0;
    for size in SIZES {
        for words in QUOTES {
            let window = tagged(size, words, 1.0);
            let chips = window.query_all_by_label_contains("speaker candidate: ");
            let chips = chips.map(|chip| {
                let label = chip.accesskit_node().label().unwrap_or_default();
                (label, chip.rect())
            });
            let chips: Vec<(String, Rect)> = chips.collect();
            let area = window.state().area;
            let is_strip = chips.windows(2).any(|two| two[0].1.top() == two[1].1.top());
            if !is_strip {
                continue;
            }
            strips += 1;
            for (label, rect) in &chips {
                let name = label.trim_start_matches("speaker candidate: ").to_owned();
                let font = egui::FontId::proportional(13.0);
                let whole = window.ctx.fonts_mut(|fonts| {
                    let galley = fonts.layout_no_wrap(name.clone(), font, egui::Color32::WHITE);
                    galley.size().x
                });
                let row = chips.iter().filter(|(_, other)| other.top() == rect.top());
                let end = row.map(|(_, other)| other.right()).fold(0.0, f32::max);
                let room = area.right() - 8.0 - end;
                assert!(
                    rect.width() >= whole + 16.0 || rect.width() + room < whole + 66.0,
                    "{name} in {size:?}: {rect:?}, {room} left"
                );
            }
        }
    }
    assert!(strips > 3, "{strips}");
}
