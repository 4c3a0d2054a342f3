use crate::gui::text_view::example::Article;

use super::*;

#[test]
fn only_what_is_in_view_is_laid_out() {
    let line = "He said that nothing of the kind had ever been planned, and left the room. ";
    for bytes in [100_000, 10_000_000] {
        let paragraph = format!("{}\n", line.repeat(5));
        let text = paragraph.repeat(bytes / paragraph.len());
        let end = TextSize::of(text.as_str());
        let mut window = window(Article::new(&text).open());
        window.run();
        let most = 24;
        assert!(window.state().galleys < most, "{}", window.state().galleys);
        for part in [2, 3, 1] {
            let place = TextSize::new(u32::from(end) / part);
            window.state_mut().view.reveal(TextRange::empty(place));
            window.run();
            assert!(window.state().galleys < most, "{}", window.state().galleys);
            let y = spot(&window, place).y;
            assert!(window.state().area.y_range().contains(y), "{y}");
        }
        let laid_out = window.state().view.heights.laid_out();
        assert!(laid_out < 90, "{laid_out} blocks of {bytes} bytes");
    }
}

#[test]
fn what_is_in_view_already_stays_where_it_is() {
    let mut window = window(sample());
    let seen = at(&window, "denuclear|ize");
    let before = window.state().view.position();
    window.state_mut().view.reveal(TextRange::empty(seen));
    window.run();
    assert_eq!(window.state().view.position(), before);
    let below = at(&window, "The question |today");
    window.state_mut().view.reveal(TextRange::empty(below));
    window.run();
    assert_ne!(window.state().view.position(), before);
    let y = spot(&window, below).y;
    assert!(window.state().area.y_range().contains(y), "{y}");
}

#[test]
fn the_words_at_the_top_stay_there_when_the_text_grows() {
    let mut window = window(sample());
    let top = at(&window, "|despite differences");
    let position = Position { top, offset: 3.0 };
    window.state_mut().view.set_position(position);
    window.run();
    let read = window.state().view.position();
    for zoom in [1.5, 0.8, 2.0] {
        window.state_mut().zoom = zoom;
        window.run();
        let y = spot(&window, read.top).y;
        assert!(
            (y - window.state().area.top()).abs() < 64.0,
            "{y} at {zoom}"
        );
    }
}

#[test]
fn the_caret_stays_in_view_when_the_text_grows() {
    let mut window = window(sample());
    window.run();
    let area = window.state().area;
    let seen = ["denuclear|ize", "confi|dence"].map(|words| at(&window, words));
    let low = seen
        .into_iter()
        .rfind(|&at| area.y_range().contains(spot(&window, at).y));
    let low = low.unwrap();
    let state = window.state_mut();
    state.open.run(select(low, low), &mut state.ids).unwrap();
    window.run();
    for zoom in [1.5, 2.0, 2.5] {
        window.state_mut().zoom = zoom;
        window.run();
        let y = spot(&window, low).y;
        assert!(window.state().area.y_range().contains(y), "{y} at {zoom}");
    }
}

/// Paragraphs of very unlike lengths, so that no estimate of a height is right.
fn uneven() -> Article {
    let line = "He said that nothing of the kind had ever been planned, and left the room. ";
    let paragraphs = (0..4000).map(|n: usize| line.repeat(1 + n * 7 % 23) + "\n");
    Article::new(&paragraphs.collect::<String>())
}

#[test]
fn the_text_under_the_eye_does_not_jump_when_heights_become_known() {
    let mut window = window(uneven().open());
    window.run();
    let view = &mut window.state_mut().view;
    view.anchor = view.heights.at(view.heights.total() / 2.0);
    window.run();
    for _ in 0..60 {
        let seen = window.state().view.position().top;
        let before = spot(&window, seen).y;
        let estimated = window.state().view.heights.laid_out();
        window.state_mut().view.anchor.offset -= 137.0;
        window.run();
        let moved = spot(&window, seen).y - before;
        assert!((moved - 137.0).abs() <= 1.0, "{moved}");
        assert!(window.state().view.heights.laid_out() >= estimated);
    }
    assert!(window.state().view.heights.laid_out() > 20);
}

#[test]
fn the_words_at_the_top_stay_there_however_often_the_window_is_resized() {
    let mut window = window(uneven().open());
    window.set_size(egui::vec2(700.0, 500.0));
    let place = TextSize::new(u32::from(window.state().open.document().source().len()) / 3);
    window.state_mut().view.set_position(Position {
        top: place,
        offset: 0.0,
    });
    window.run();
    let read = window.state().view.position().top;
    for width in (0..40).map(|n| [700.0, 480.0, 610.0, 390.0][n % 4]) {
        window.set_size(egui::vec2(width, 500.0));
        window.run();
    }
    window.set_size(egui::vec2(700.0, 500.0));
    window.run();
    assert_eq!(window.state().view.position().top, read);
}

#[test]
fn rows_up_and_down_keep_the_column() {
    let text = "a long enough first line\nx\nand a third one of the same length";
    let mut window = window(Article::new(text).open());
    window.run();
    let place = at(&window, "a long enough| first");
    let state = window.state_mut();
    state
        .open
        .run(select(place, place), &mut state.ids)
        .unwrap();
    let ctx = window.ctx.clone();
    let mut step = |way| {
        let state = window.state_mut();
        let to = state
            .view
            .vertical_target(&ctx, &state.open, way, false)
            .unwrap();
        state.open.run(select(to, to), &mut state.ids).unwrap();
        to
    };
    let short = step(VerticalDirection::Down);
    let third = step(VerticalDirection::Down);
    assert_eq!(short, 26.into());
    assert!(third > 34.into() && third < 48.into(), "{third:?}");
    step(VerticalDirection::Up);
    assert_eq!(step(VerticalDirection::Up), place);
    assert_eq!(step(VerticalDirection::Up), 0.into());
}

#[test]
fn home_and_end_go_to_the_ends_of_the_row() {
    let mut window = window(sample());
    let place = at(&window, "press conf|erence");
    let state = window.state_mut();
    state
        .open
        .run(select(place, place), &mut state.ids)
        .unwrap();
    let ctx = window.ctx.clone();
    let state = window.state();
    let edge = |way| state.view.row_edge(&ctx, &state.open, way).unwrap();
    let row = TextRange::new(edge(VerticalDirection::Up), edge(VerticalDirection::Down));
    let words = state.open.document().source().slice(row);
    assert!(
        row.contains(place) && !words.contains("WASHINGTON"),
        "{words}"
    );
    assert_eq!(words.trim(), words);
    let (left, right) = (spot(&window, row.start()), spot(&window, row.end()));
    assert_eq!(left.y, right.y);
}

#[test]
fn the_wheel_and_the_bar_scroll_from_end_to_end() {
    let mut window = window(sample());
    window.run();
    let middle = window.state().area.center();
    window.hover_at(middle);
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -200.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    // The wheel's motion is smoothed.
    window.run_steps(40);
    let read = window.state().view.position();
    assert!(read.top > 100.into(), "{read:?}");
    let bar = window.get_by_role(egui::Role::ScrollBar).rect();
    let thumb = bar.center_top() + vec2(0.0, bar.height() * 0.4);
    drag(&mut window, thumb, bar.center_bottom(), Modifiers::NONE);
    let end = window.state().open.document().source().len();
    let last = spot(&window, end).y;
    assert!(window.state().area.y_range().contains(last), "{last}");
    let low = bar.center_bottom() - vec2(0.0, 20.0);
    drag(&mut window, low, bar.center_top(), Modifiers::NONE);
    assert_eq!(window.state().view.position().top, 0.into());
    assert_eq!(taken(&mut window), []);
}

#[test]
fn a_drag_at_the_lower_edge_pulls_the_text_up() {
    let mut window = window(sample());
    window.run();
    let from = at(&window, "WASHING|TON");
    let start = spot(&window, from);
    window.hover_at(start);
    window.event(button(start, true, Modifiers::NONE));
    let edge = window.state().area.center_bottom() + vec2(0.0, 30.0);
    window.hover_at(edge);
    window.run_steps(90);
    assert!(window.state().view.position().top > 100.into());
    window.event(button(edge, false, Modifiers::NONE));
    let commands = taken(&mut window);
    let end = at(&window, "|General McMaster");
    let far = |command: &Command| matches!(command, Command::Move(Move::Select { head, .. }) if *head > end);
    assert!(
        commands.len() == 1 && commands.iter().all(far),
        "{commands:?}"
    );
}

#[test]
fn a_drag_to_the_last_row_in_view_does_not_scroll() {
    let mut window = window(sample());
    window.run();
    let from = at(&window, "WASHING|TON");
    let start = spot(&window, from);
    let before = window.state().view.position();
    window.hover_at(start);
    window.event(button(start, true, Modifiers::NONE));
    let edge = window.state().area.center_bottom() - vec2(0.0, 2.0);
    window.hover_at(edge);
    window.run_steps(60);
    assert_eq!(window.state().view.position(), before);
    // Outside the further the faster.
    let mut scrolled = Vec::new();
    for outside in [5.0, 60.0] {
        let edge = window.state().area.center_bottom() + vec2(0.0, outside);
        let before = spot(&window, from).y;
        window.hover_at(edge);
        window.run_steps(10);
        scrolled.push(before - spot(&window, from).y);
    }
    assert!(
        scrolled[0] > 0.0 && scrolled[1] > 4.0 * scrolled[0],
        "{scrolled:?}"
    );
}

#[test]
fn a_third_of_the_view_stays_below_a_caret_that_moves() {
    let mut window = window(sample());
    window.run();
    let area = window.state().area;
    let mut place = TextSize::new(0);
    for _ in 0..25 {
        let ctx = window.ctx.clone();
        let state = window.state_mut();
        let way = VerticalDirection::Down;
        let Some(next) = state.view.vertical_target(&ctx, &state.open, way, false) else {
            break;
        };
        state.open.run(select(next, next), &mut state.ids).unwrap();
        state.view.reveal_ahead(TextRange::empty(next));
        place = next;
        window.run();
        let lowest = area.bottom() - area.height() * 0.3;
        assert!(
            spot(&window, place).y < lowest,
            "{}",
            spot(&window, place).y
        );
    }
    assert!(place > 500.into(), "{place:?}");
    assert!(window.state().view.position().top > 0.into());
}

#[test]
fn tagging_does_not_move_what_is_in_view() {
    let mut window = window(
        example::Article::new(include_str!("../../../../seeds/us-russia-relations.txt")).open(),
    );
    window.run();
    let place = at(&window, "the president has| been");
    let before = spot(&window, place);
    let state = window.state_mut();
    state
        .open
        .run(select(place, place), &mut state.ids)
        .unwrap();
    let label = Edit::Tag("quote".into());
    state.open.run(label, &mut state.ids).unwrap();
    let end = state.open.current_tag().unwrap().fragments.hull().end();
    state.view.reveal(TextRange::new(place, end));
    window.run();
    assert_eq!(spot(&window, place), before);
}
