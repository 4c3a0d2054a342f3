//! The window as a person uses it: keys, clicks, names on the screen, files on the disk.

mod clock;
mod closing;
mod places;
mod pointer;
mod rows;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use pullquote::gui::app::App;
use pullquote::gui::file_dialogs::{FileDialogs, PickRequest, Picked};
use pullquote::gui::services::{Clock, Services};
use pullquote::gui::worker::Execution;

use crate::support::distinct_ids;
use clock::{FixedClock, RunningClock};

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Answers that wait for the questions of a file dialog; none left: there is no dialog.
#[derive(Clone, Default)]
pub(super) struct Answers {
    paths: Arc<Mutex<VecDeque<PathBuf>>>,
    asked: Arc<Mutex<Vec<PickRequest>>>,
    /// No dialog is answered while this is locked.
    pub(super) waits: Arc<Mutex<()>>,
}

impl Answers {
    pub(super) fn add(&self, path: PathBuf) {
        self.paths.lock().unwrap().push_back(path);
    }

    /// What was asked for last.
    pub(super) fn last_asked(&self) -> Option<PickRequest> {
        self.asked.lock().unwrap().last().cloned()
    }

    /// How often something was asked for.
    pub(super) fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

impl FileDialogs for Answers {
    fn pick(&self, request: &PickRequest) -> Picked {
        self.asked.lock().unwrap().push(request.clone());
        drop(self.waits.lock().unwrap());
        let next = self.paths.lock().unwrap().pop_front();
        next.map_or(Picked::Unavailable, |path| Picked::Paths(vec![path]))
    }
}

/// A key without anything held down.
pub(super) fn key_event(key: Key, pressed: bool) -> Event {
    Event::Key {
        key,
        physical_key: Some(key),
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    }
}

/// A window, without a screen.
pub(super) struct Window {
    harness: Harness<'static, Option<App>>,
    pub(super) answers: Answers,
    session_ends: Arc<AtomicBool>,
}

impl Window {
    /// A window on some files, with data and state below `home`.
    pub(super) fn open(home: &Path, paths: &[PathBuf]) -> Self {
        Self::start(home, paths, None, None, Execution::Inline)
    }

    /// The same with threads, as for people: things arrive when they are done.
    pub(super) fn open_threaded(home: &Path, paths: &[PathBuf]) -> Self {
        Self::start(home, paths, None, None, Execution::Threaded)
    }

    /// The same, with a person's own keys.
    pub(super) fn open_with_keys(home: &Path, paths: &[PathBuf], keys: Option<&str>) -> Self {
        Self::start(home, paths, keys, None, Execution::Inline)
    }

    /// The same, of an annotator with a name.
    pub(super) fn open_as(home: &Path, paths: &[PathBuf], annotator: &str) -> Self {
        Self::start(home, paths, None, Some(annotator), Execution::Inline)
    }

    /// The same, where time goes by.
    pub(super) fn open_as_time_goes_by(home: &Path, paths: &[PathBuf], annotator: &str) -> Self {
        let clock = Box::<RunningClock>::default();
        Self::start_with(
            home,
            paths,
            None,
            Some(annotator),
            (Execution::Inline, clock),
        )
    }

    fn start(
        home: &Path,
        paths: &[PathBuf],
        keys: Option<&str>,
        annotator: Option<&str>,
        execution: Execution,
    ) -> Self {
        let clock = Box::new(FixedClock);
        Self::start_with(home, paths, keys, annotator, (execution, clock))
    }

    fn start_with(
        home: &Path,
        paths: &[PathBuf],
        keys: Option<&str>,
        annotator: Option<&str>,
        (execution, clock): (Execution, Box<dyn Clock>),
    ) -> Self {
        let mut clock = Some(clock);
        let annotator: Option<smol_str::SmolStr> = annotator.map(Into::into);
        let config = home.join("config");
        if !config.exists() {
            // Whoever works without a name was asked once; what is suggested has tests of its own.
            std::fs::create_dir_all(&config).unwrap();
            let asked = annotator.is_none();
            let settings = format!("(asked_for_name: {asked}, suggestions: (direct: false))");
            std::fs::write(config.join("settings.ron"), settings).unwrap();
        }
        let answers = Answers::default();
        let (home, paths) = (home.to_owned(), paths.to_vec());
        let (dialogs, user_keymap) = (answers.clone(), keys.map(str::to_owned));
        let session_ends = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&session_ends);
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_max_steps(60)
            .build_ui_state(
                move |ui, app: &mut Option<App>| match app {
                    Some(app) => app.ui(ui),
                    None => {
                        let services = Services {
                            dialogs: Arc::new(dialogs.clone()),
                            clock: clock.take().unwrap(),
                            ids: Box::new(distinct_ids()),
                            execution,
                            data_dir: Some(home.join("data")),
                            state_dir: Some(home.join("state")),
                            left: pullquote::store::load_window(&home.join("state")),
                            config_dir: Some(home.join("config")),
                            user_keymap: user_keymap.clone(),
                            annotator: annotator.clone(),
                            encoding: None,
                            session_ends: Arc::clone(&ends),
                            mac: false,
                        };
                        *app = Some(App::new(ui.ctx(), services, &paths).unwrap());
                        ui.ctx().request_repaint();
                    }
                },
                None,
            );
        let mut window = Self {
            harness,
            answers,
            session_ends,
        };
        window.settle();
        window
    }

    /// Draws as often as the window asks for it, until `until` holds or the time is over. Returns how
    /// many frames were drawn, and whether it held.
    pub(super) fn live(
        &mut self,
        time: Duration,
        mut until: impl FnMut(&Self) -> bool,
    ) -> (usize, bool) {
        let (asked, wake) = std::sync::mpsc::channel();
        let ask = move |info: egui::RequestRepaintInfo| {
            let _ = asked.send(Instant::now() + info.delay);
        };
        self.harness.ctx.set_request_repaint_callback(ask);
        // What was asked for before nobody has heard.
        self.harness.step();
        let end = Instant::now() + time;
        let (mut frames, mut due) = (0, None::<Instant>);
        loop {
            if until(self) {
                return (frames, true);
            }
            let next = due.map_or(end, |at| at.min(end));
            let wait = next.saturating_duration_since(Instant::now());
            if let Ok(at) = wake.recv_timeout(wait) {
                due = Some(due.map_or(at, |known| known.min(at)));
                continue;
            }
            if due.is_some_and(|at| at <= Instant::now()) {
                due = None;
                self.harness.step();
                frames += 1;
            } else if Instant::now() >= end {
                return (frames, false);
            }
        }
    }

    /// Runs until nothing moves any more; what is due by the clock is done then.
    pub(super) fn settle(&mut self) {
        self.harness.run();
    }

    /// Lets three seconds of the window's clock go by.
    pub(super) fn wait(&mut self) {
        self.harness.run_steps(12);
    }

    /// Presses keys one after the other: a character as a keyboard sends it, or `Ctrl+x`, `Enter`.
    pub(super) fn press(&mut self, keys: &str) {
        for name in keys.split_whitespace() {
            self.press_one(name);
            self.settle();
        }
    }

    fn press_one(&mut self, name: &str) {
        let mut modifiers = Modifiers::NONE;
        let mut rest = name;
        while let Some((modifier, behind)) = rest.split_once('+').filter(|(_, b)| !b.is_empty()) {
            modifiers |= match modifier {
                "Ctrl" => Modifiers::CTRL | Modifiers::COMMAND,
                "Shift" => Modifiers::SHIFT,
                "Alt" => Modifiers::ALT,
                other => panic!("{other} is no modifier"),
            };
            rest = behind;
        }
        let key = Key::from_name(rest)
            .or_else(|| Key::from_name(&rest.to_uppercase()))
            .unwrap_or_else(|| panic!("{rest} is no key"));
        if modifiers.ctrl && key == Key::C {
            self.harness.event(Event::Copy);
            return;
        }
        for pressed in [true, false] {
            self.harness.event_modifiers(
                Event::Key {
                    key,
                    physical_key: Some(key),
                    pressed,
                    repeat: false,
                    modifiers,
                },
                modifiers,
            );
            let writes = rest.chars().count() == 1 && !modifiers.ctrl && !modifiers.alt;
            if pressed && writes {
                let text = if modifiers.shift {
                    rest.to_uppercase()
                } else {
                    rest.to_owned()
                };
                self.harness.event(Event::Text(text));
            }
        }
    }

    /// Presses a key that writes and holds it down for some repetitions, as a keyboard sends it.
    pub(super) fn hold(&mut self, letter: char, times: usize) {
        let key = Key::from_name(&letter.to_uppercase().to_string()).unwrap();
        for _ in 0..=times {
            self.in_one_frame(vec![key_event(key, true), Event::Text(letter.to_string())]);
        }
        self.in_one_frame(vec![key_event(key, false)]);
    }

    /// Holds down a key that writes nothing.
    pub(super) fn hold_key(&mut self, name: &str, times: usize) {
        let key = Key::from_name(name).unwrap();
        for _ in 0..=times {
            self.in_one_frame(vec![key_event(key, true)]);
        }
        self.in_one_frame(vec![key_event(key, false)]);
    }

    /// The value of the field with this name.
    pub(super) fn value(&self, name: &str) -> String {
        let role = egui::accesskit::Role::TextInput;
        let field = self.harness.get_by_role_and_label(role, name);
        field.accesskit_node().value().unwrap_or_default()
    }

    /// What the status line says.
    pub(super) fn status(&self) -> String {
        let role = egui::accesskit::Role::Status;
        let line = self.harness.query_by_role(role);
        let label = line.and_then(|line| line.accesskit_node().label());
        label.unwrap_or_default()
    }

    /// Types into what has the keys' focus.
    pub(super) fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Puts the caret before the first letter of some words, by finding them.
    pub(super) fn caret_at(&mut self, words: &str) {
        self.press("Ctrl+f Ctrl+a");
        self.type_text(words);
        self.press("Escape Left");
    }

    /// Clicks the first of those that have this name.
    pub(super) fn click_first(&mut self, name: &str) {
        let mut all = self.harness.query_all_by_label(name);
        all.next().unwrap_or_else(|| panic!("no {name:?}")).click();
        drop(all);
        self.settle();
    }

    /// Clicks what has this name.
    pub(super) fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.settle();
    }

    /// What a click on this copies.
    pub(super) fn copied_by(&mut self, name: &str) -> Option<String> {
        self.harness.get_by_label(name).click();
        let copied = (0..4).find_map(|_| {
            self.harness.step();
            let commands = &self.harness.output().platform_output.commands;
            commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(words) => Some(words.clone()),
                _ => None,
            })
        });
        self.settle();
        copied
    }

    /// Whether something on the screen has this name.
    pub(super) fn shows(&self, name: &str) -> bool {
        self.harness.query_all_by_label(name).next().is_some()
    }

    /// Whether the name of something on the screen contains these words.
    pub(super) fn mentions(&self, words: &str) -> bool {
        self.harness
            .query_all_by_label_contains(words)
            .next()
            .is_some()
    }

    /// How many things on the screen have a name that contains these words.
    pub(super) fn count(&self, words: &str) -> usize {
        self.harness.query_all_by_label_contains(words).count()
    }

    /// Gives the keys' focus to what has this name.
    pub(super) fn focus(&mut self, name: &str) {
        self.harness.get_by_label(name).focus();
        self.settle();
    }

    /// Gives the keys' focus to the field with this label beside it.
    pub(super) fn focus_field(&mut self, name: &str) {
        let role = egui::accesskit::Role::TextInput;
        self.harness.get_by_role_and_label(role, name).focus();
        self.settle();
    }

    /// Whether the one of this name is chosen.
    pub(super) fn is_chosen(&self, name: &str) -> bool {
        let mut found = self.harness.query_all_by_label(name);
        found.any(|node| is_chosen(&node))
    }

    /// The name of what has the keys' focus.
    pub(super) fn focused(&self) -> String {
        let nodes = self.harness.root().children_recursive();
        let mut focused = nodes.filter(egui_kittest::Node::is_focused);
        let label = |node: egui_kittest::Node<'_>| node.accesskit_node().label();
        focused.next().and_then(label).unwrap_or_default()
    }

    /// What the whole window is called by those who cannot see its title.
    pub(super) fn accessible_name(&self) -> String {
        let root = self.harness.root();
        root.accesskit_node().label().unwrap_or_default()
    }

    /// Whether what has this name lies in the window, as a whole.
    pub(super) fn fits(&self, name: &str) -> bool {
        let screen = self.harness.ctx.content_rect();
        screen.contains_rect(self.harness.get_by_label(name).rect())
    }

    /// Makes the window this wide, in points.
    pub(super) fn set_width(&mut self, width: f32) {
        self.harness.set_size(egui::vec2(width, 800.0));
        self.settle();
    }

    /// Carries out the command of this name.
    pub(super) fn command(&mut self, name: &str) {
        self.press("Ctrl+k");
        self.type_text(name);
        self.press("Enter");
    }

    /// Drops a file on the window.
    pub(super) fn drop_file(&mut self, path: &Path) {
        self.drop_files(&[path.to_owned()]);
    }

    /// Drops files on the window together.
    pub(super) fn drop_files(&mut self, paths: &[PathBuf]) {
        for path in paths {
            let file = Arc::new(Dropped(path.clone()));
            self.harness.input_mut().dropped_files.push(file);
        }
        self.settle();
    }

    /// Leaves the window for another program and comes back.
    pub(super) fn come_back(&mut self) {
        for focused in [false, true] {
            self.harness.input_mut().focused = focused;
            self.harness.event(Event::WindowFocused(focused));
            self.settle();
        }
    }

    fn commands(&self) -> Vec<egui::ViewportCommand> {
        self.harness
            .output()
            .viewport_output
            .values()
            .flat_map(|output| output.commands.clone())
            .collect()
    }

    /// How long the window would sleep when idle.
    pub(super) fn sleeps(&self) -> bool {
        let outputs = &self.harness.output().viewport_output;
        outputs
            .values()
            .all(|output| output.repaint_delay == std::time::Duration::MAX)
    }

    /// Makes the window this large, in points.
    pub(super) fn set_size(&mut self, width: f32, height: f32) {
        self.harness.set_size(egui::vec2(width, height));
        self.settle();
    }

    /// Lets the system say how large the window is, and whether it fills the screen.
    pub(super) fn place(&mut self, size: egui::Vec2, maximized: bool) {
        let windows = &mut self.harness.input_mut().viewports;
        let window = windows.entry(egui::ViewportId::ROOT).or_default();
        window.inner_rect = Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size));
        window.maximized = Some(maximized);
        self.settle();
    }
}

fn is_chosen(node: &egui_kittest::Node<'_>) -> bool {
    let node = node.accesskit_node();
    node.is_selected() == Some(true) || node.toggled() == Some(egui::accesskit::Toggled::True)
}
