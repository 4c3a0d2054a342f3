use egui::{Modifiers, PointerButton, Rect, pos2, vec2};
use egui_kittest::kittest::Queryable;

use super::example::sample;
use super::*;
use crate::model::{CountedIds, Target};
use crate::ops::{Edge, Edit, Move};

mod chips;
mod scroll_position;

/// What a test drives: the view over an open article, with all it handed back.
struct Case {
    view: TextView,
    open: OpenDocument,
    theme: Theme,
    zoom: f32,
    ids: CountedIds,
    area: Rect,
    /// Commands in order; they are run too.
    commands: Vec<Command>,
    context: Option<ContextRequest>,
    refused: Option<&'static str>,
    galleys: usize,
}

type Window<'a> = egui_kittest::Harness<'a, Case>;

fn window<'a>(open: OpenDocument) -> Window<'a> {
    let case = Case {
        view: TextView::new(),
        open,
        theme: Theme::light().unwrap(),
        zoom: 1.0,
        ids: CountedIds::new(""),
        area: Rect::NOTHING,
        commands: Vec::new(),
        context: None,
        refused: None,
        galleys: 0,
    };
    egui_kittest::Harness::builder()
        .with_size(vec2(900.0, 600.0))
        .with_step_dt(1.0 / 60.0)
        .allow_missing_glyphs()
        .with_context_setup(|ctx| {
            ctx.set_fonts(crate::gui::fonts::definitions());
            if let Ok(themes) = crate::gui::theme::Themes::load() {
                themes.apply(ctx);
            }
        })
        .build_ui_state(
            |ui, case: &mut Case| {
                case.area = ui.available_rect_before_wrap();
                let keys = CandidateKeys {
                    confirm: "Enter".to_owned(),
                    next: "Tab".to_owned(),
                    not_given: "0".to_owned(),
                };
                let input = ViewInput {
                    pointed: None,
                    dragged_label: None,
                    colleagues: &[],
                    keys: &keys,
                    open: &case.open,
                    theme: &case.theme,
                    zoom: case.zoom,
                    find_bar: 0.0,
                    hits: &[],
                    hit_stretches: &[],
                    current_hit: None,
                };
                let output = case.view.text_view_ui(ui, &input);
                for command in output.commands {
                    // A refusal changes nothing.
                    let _ = case.open.run(command.clone(), &mut case.ids);
                    case.commands.push(command);
                }
                case.refused = output.refused.or(case.refused);
                case.context = output.context.or(case.context.take());
                case.galleys = ui.fonts_mut(|fonts| fonts.num_galleys_in_cache());
            },
            case,
        )
}

/// Where a caret at `at` is on the screen.
fn spot(window: &Window<'_>, at: TextSize) -> Pos2 {
    let case = window.state();
    let view = &case.view;
    let typesetter = view.typesetter(&window.ctx, &case.open).unwrap();
    let block = typesetter.blocks.at(at);
    let caret = typesetter.lay_out(block).caret(at).center();
    let scrolled = view.heights.top(view.anchor.block) + f64::from(view.anchor.offset);
    let top = (view.heights.top(block) - scrolled) as f32;
    let mut area = case.area;
    area.max.x -= scroll_bar::WIDTH + overview::WIDTH;
    pos2(
        scrolling::column_left(area, typesetter.typography.width),
        area.top() + top,
    ) + caret.to_vec2()
}

/// The screen place between the letters `before` and `after` the first `words|rest`.
fn at(window: &Window<'_>, words: &str) -> TextSize {
    let (before, after) = words.split_once('|').unwrap();
    let text = window.state().open.document().source().as_str();
    let start = text.find(&format!("{before}{after}")).unwrap();
    TextSize::try_from(start).unwrap() + TextSize::of(before)
}

fn button(at: Pos2, pressed: bool, modifiers: Modifiers) -> egui::Event {
    egui::Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    }
}

/// Press and release within one frame.
fn click(window: &mut Window<'_>, at: Pos2) {
    let none = Modifiers::NONE;
    window.input_mut().events.extend([
        egui::Event::PointerMoved(at),
        button(at, true, none),
        button(at, false, none),
    ]);
    window.step();
}

fn drag(window: &mut Window<'_>, from: Pos2, to: Pos2, modifiers: Modifiers) {
    window.event(egui::Event::ModifiersChanged(modifiers));
    window.hover_at(from);
    window.event(button(from, true, modifiers));
    window.run();
    window.hover_at(from.lerp(to, 0.5));
    window.hover_at(to);
    window.run();
    window.event(button(to, false, modifiers));
    window.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    window.run();
}

fn taken(window: &mut Window<'_>) -> Vec<Command> {
    window.run();
    std::mem::take(&mut window.state_mut().commands)
}

fn select(anchor: TextSize, head: TextSize) -> Command {
    Move::Select { anchor, head }.into()
}

#[test]
fn a_click_puts_the_caret_and_the_focus() {
    let mut window = window(sample());
    let place = at(&window, "Foun|dation Forum");
    let spot = spot(&window, place);
    click(&mut window, spot);
    assert_eq!(taken(&mut window), [select(place, place)]);
    assert!(window.state().view.is_focused(&window.ctx));
}

#[test]
fn clicking_the_same_place_again_goes_outward_where_tags_nest() {
    let mut window = window(sample());
    let place = at(&window, "not have a work|ing");
    let spot = spot(&window, place);
    click(&mut window, spot);
    // Longer than a double click takes.
    window.run_steps(60);
    click(&mut window, spot);
    assert_eq!(
        taken(&mut window),
        [select(place, place), Move::Outward.into()]
    );
}

#[test]
fn a_double_click_selects_the_word_and_a_triple_click_the_sentence() {
    let mut window = window(sample());
    let inside = at(&window, "pointed o|ut");
    let spot = spot(&window, inside);
    for _ in 0..3 {
        click(&mut window, spot);
    }
    let commands = taken(&mut window);
    let source = window.state().open.document().source().clone();
    let words: Vec<&str> = commands
        .iter()
        .map(|command| match command {
            Command::Move(Move::Select { anchor, head }) => {
                source.slice(TextRange::new(*anchor, *head))
            }
            _ => "not a selection",
        })
        .collect();
    assert_eq!(words.first(), Some(&""));
    assert_eq!(words.get(1), Some(&"out"));
    assert!(words[2].starts_with("Tillerson pointed out that despite"));
    assert!(words[2].ends_with("North Korea."));
}

#[test]
fn a_drag_selects_whole_words_and_with_shift_letters() {
    let mut window = window(sample());
    let (from, to) = (at(&window, "Foun|dation"), at(&window, "that wh|ile"));
    let (a, b) = (spot(&window, from), spot(&window, to));
    drag(&mut window, a, b, Modifiers::NONE);
    let (start, end) = (at(&window, "|Foundation"), at(&window, "that while|"));
    assert_eq!(taken(&mut window), [select(start, end)]);
    drag(&mut window, b, a, Modifiers::NONE);
    assert_eq!(taken(&mut window), [select(end, start)], "backwards");
    drag(&mut window, a, b, Modifiers::SHIFT);
    assert_eq!(taken(&mut window), [select(from, to)]);
}

#[test]
fn a_drag_shows_the_words_it_will_select_before_it_ends() {
    let mut window = window(sample());
    let (from, to) = (at(&window, "Foun|dation"), at(&window, "that wh|ile"));
    let (a, b) = (spot(&window, from), spot(&window, to));
    window.hover_at(a);
    window.event(button(a, true, Modifiers::NONE));
    window.hover_at(b);
    window.run();
    assert!(window.state().view.pointer.is_dragging());
    assert!(window.state().commands.is_empty());
}

#[test]
fn ctrl_dragging_adds_to_the_current_tag() {
    let mut window = window(sample());
    let caret = at(&window, "despite differ|ences");
    let spot_there = spot(&window, caret);
    click(&mut window, spot_there);
    taken(&mut window);
    let (a, b) = (
        at(&window, "Tiller|son pointed"),
        at(&window, "poin|ted out"),
    );
    let (a, b) = (spot(&window, a), spot(&window, b));
    drag(&mut window, a, b, Modifiers::COMMAND);
    let (start, end) = (
        at(&window, "|Tillerson pointed"),
        at(&window, "pointed| out"),
    );
    assert_eq!(
        taken(&mut window),
        [select(start, end), Edit::AddFragment.into()]
    );
}

#[test]
fn an_edge_is_dragged_by_its_knob() {
    let mut window = window(sample());
    let caret = at(&window, "denuclear|ize");
    let spot_there = spot(&window, caret);
    click(&mut window, spot_there);
    taken(&mut window);
    let end = at(&window, "denuclearize North Korea|");
    // The knob hangs below the edge.
    let knob = spot(&window, end) + vec2(0.0, 12.0);
    let target = at(&window, "denucl|earize");
    let to = spot(&window, target);
    drag(&mut window, knob, to, Modifiers::NONE);
    let expected = Edit::SetEdge {
        tag: "q2".into(),
        index: 0,
        edge: Edge::End,
        to: at(&window, "denuclearize| North"),
    };
    assert_eq!(taken(&mut window), [expected.into()]);
}

#[test]
fn a_bracket_is_dragged_to_a_speaker_and_clicked_to_go_to_its_tag() {
    let mut window = window(sample());
    let start = at(&window, "|despite differences");
    let mut bracket = spot(&window, start);
    let speaker = at(&window, "Presi|dent Trump bel");
    let to = spot(&window, speaker);
    let left = spot(&window, at(&window, "|Tillerson pointed")).x;
    bracket.x = left - 14.0;
    drag(&mut window, bracket, to, Modifiers::NONE);
    let expected = Edit::Link {
        from: "q2".into(),
        to: Target::Annotation("s00".into()),
        add: false,
    };
    assert_eq!(taken(&mut window), [expected.into()]);
    let nowhere = at(&window, "during| a press");
    let nowhere = spot(&window, nowhere);
    drag(&mut window, bracket, nowhere, Modifiers::NONE);
    assert_eq!(taken(&mut window), []);
    assert!(window.state().refused.is_some(), "and it says why");
    let name = at(&window, "|Tillerson pointed");
    let to = spot(&window, name) + vec2(10.0, 0.0);
    drag(&mut window, bracket, to, Modifiers::NONE);
    let expected = Edit::LinkToMentionAt {
        from: "q2".into(),
        at: name,
    };
    assert_eq!(taken(&mut window), [expected.into()]);
    click(&mut window, bracket);
    assert_eq!(taken(&mut window), [Move::GoTo("q2".into()).into()]);
}

#[test]
fn a_secondary_click_asks_for_a_menu_with_the_tag_there() {
    let mut window = window(sample());
    let place = at(&window, "not have a work|ing");
    let spot = spot(&window, place);
    window.hover_at(spot);
    for pressed in [true, false] {
        window.event(egui::Event::PointerButton {
            pos: spot,
            button: PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    window.run();
    let asked = window.state_mut().context.take().unwrap();
    assert_eq!(asked.tag, Some("c0".into()));
    assert_eq!(asked.place, place);
}

#[test]
fn tags_text_and_scroll_bar_have_names() {
    let mut window = window(sample());
    window.run();
    window.get_by_role_and_label(egui::Role::Document, "Article");
    window.get_by_role_and_label(egui::Role::ScrollBar, "Scroll the article");
    window.get_by_label_contains("said by Rex Tillerson, not confirmed");
    window.get_by_label_contains("claim: the United States is relying on Russia");
    let shown: Vec<String> = window
        .query_all_by_role(egui::Role::TextRun)
        .filter_map(|run| run.value())
        .collect();
    assert!(
        shown
            .concat()
            .contains("Secretary of State Rex Tillerson said during a press")
    );
    window
        .get_by_label_contains("quote: “I think the president")
        .click_accesskit();
    assert_eq!(taken(&mut window), [Move::GoTo("q1".into()).into()]);
}

#[test]
fn chips_are_pressed_by_name_and_leave_the_caret_alone() {
    let mut window = window(sample());
    let place = at(&window, "American| and Russian");
    let state = window.state_mut();
    state
        .open
        .run(select(place, place), &mut state.ids)
        .unwrap();
    let label = Edit::Tag("quote".into());
    state.open.run(label, &mut state.ids).unwrap();
    let open_questions = state.open.tally().without_speaker;
    state.view.reveal(TextRange::empty(place));
    window.run();
    window.get_by_label("speaker candidate: no speaker given");
    // The name as the article has it in full.
    let chip = window.get_by_label("speaker candidate: Wayne Curtis Weldon");
    let there = chip.rect().center();
    click(&mut window, there);
    assert_eq!(taken(&mut window), [Edit::ChooseCandidate(0).into()]);
    let open = &window.state().open;
    assert!(open.chips().is_none(), "all is said");
    assert_eq!(open.tally().without_speaker, open_questions - 1);
}
