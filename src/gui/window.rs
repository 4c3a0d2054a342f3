//! The real window: eframe, the platform's dialogs and clock.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::rc::Rc;
use std::sync::Arc;

use eframe::egui_glow::HardwareAcceleration;

use super::allocator;
use super::app::{App, AppError};
use super::frame_log::FrameLog;
use super::platform_dialogs::PlatformDialogs;
use super::services::{Clock, Services};
use super::worker::Execution;
use crate::ops::{RandomIds, Renderer, WindowRequest};
use crate::store::{self, DamagedSettings, WindowState};

/// Why there is no window. Says what to do; the exit code is 2.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// There is no display.
    #[error(
        "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n\
         With a virtual one: xvfb-run -a pullquote …   (Debian, Ubuntu: apt-get install xvfb)\n\
         Without a display: pullquote --help lists the subcommands"
    )]
    NoDisplay,
    /// The window system or OpenGL refused.
    #[error(
        "the window cannot be opened. Is there a display at {1}?\n\
         A library may also be missing. Debian, Ubuntu: apt-get install libgl1-mesa-dri libegl1 \
         libxkbcommon-x11-0 libx11-xcb1 libxcursor1 libxi6 libxrandr2\n\
         Without a display: xvfb-run -a pullquote …   (apt-get install xvfb)\n\
         The window system reported: {0}"
    )]
    Refused(String, String),
    /// Something went wrong inside, while opening or later.
    #[error(
        "the window failed: {0}\n\
         Your work up to the last second is kept. If no window opened, a library may be missing. \
         Debian, Ubuntu: apt-get install libgl1-mesa-dri libegl1 libxkbcommon-x11-0 libx11-xcb1 \
         libxcursor1 libxi6 libxrandr2"
    )]
    Failed(String),
    /// A built-in asset is broken.
    #[error(transparent)]
    App(#[from] AppError),
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// [`WindowError`] where there is no display or no renderer.
pub fn run(request: WindowRequest) -> Result<(), WindowError> {
    if cfg!(target_os = "linux") && !has_display() {
        return Err(WindowError::NoDisplay);
    }
    allocator::set_up();
    // Read once: a damaged file is set aside by that, and told in the window.
    let left = store::state_dir().map_or_else(
        || Ok(WindowState::default()),
        |state| store::load_window(&state),
    );
    let maximize = left.as_ref().is_ok_and(|left| left.maximized);
    let mut options = eframe::NativeOptions {
        viewport: viewport(left.as_ref().ok()),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    options.glow_options.hardware_acceleration = match request.renderer {
        Renderer::Auto => HardwareAcceleration::Preferred,
        Renderer::Hardware => HardwareAcceleration::Required,
        Renderer::Software => HardwareAcceleration::Off,
    };
    #[cfg(target_os = "linux")]
    if wayland_is_stale() {
        use winit::platform::x11::EventLoopBuilderExtX11;
        log::warn!("no one answers at WAYLAND_DISPLAY; the window opens at DISPLAY");
        options.event_loop_builder = Some(Box::new(|builder| {
            builder.with_x11();
        }));
    }
    // The window system's libraries are looked for at run time, and some of what is missing makes
    // the crates that load them panic. What they print then would only hide our words.
    let usual_hook = take_hook();
    set_hook(Box::new(|panic| log::error!("{panic}")));
    let has_opened = Rc::new(Cell::new(false));
    let opens = Rc::clone(&has_opened);
    let opened = catch_unwind(AssertUnwindSafe(|| {
        eframe::run_native(
            "pullquote",
            options,
            Box::new(move |creation| {
                if let Some(file) = store::frame_log() {
                    creation.egui_ctx.add_plugin(FrameLog::new(file));
                }
                let dialogs = PlatformDialogs::above(creation);
                let services = services(&request, dialogs, left);
                super::signals::close_on_signals(&creation.egui_ctx, &services.session_ends);
                let app = App::new(&creation.egui_ctx, services, &request.paths)?;
                opens.set(true);
                Ok(Box::new(Shell {
                    app,
                    fits_screen: false,
                    maximize,
                }))
            }),
        )
    }));
    set_hook(usual_hook);
    match opened {
        Ok(Ok(())) => Ok(()),
        // The display has gone, for example.
        Ok(Err(error)) if has_opened.get() => Err(WindowError::Failed(plain(&error.to_string()))),
        Ok(Err(error)) => Err(WindowError::Refused(plain(&error.to_string()), display())),
        Err(panic) => {
            let words = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied());
            let words = words.unwrap_or("the window system failed").to_owned();
            Err(WindowError::Failed(words))
        }
    }
}

/// The window as it was left.
fn viewport(left: Option<&WindowState>) -> egui::ViewportBuilder {
    let left = left.cloned().unwrap_or_default();
    let (width, height) = left.size.unwrap_or((1280.0, 800.0));
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Pullquote")
        .with_app_id("pullquote")
        // None: the one of the toolkit would be unpacked at each start, and kept in memory.
        .with_icon(egui::IconData::default())
        .with_inner_size([width.max(640.0), height.max(420.0)])
        .with_min_inner_size([640.0, 420.0])
        .with_maximized(left.maximized)
        .with_drag_and_drop(true);
    // A negative edge may be on a screen that is no longer there.
    if let Some((x, y)) = left.position.filter(|(x, y)| *x >= 0.0 && *y >= 0.0) {
        viewport = viewport.with_position([x, y]);
    }
    viewport
}

/// The displays that are named.
fn display() -> String {
    let named = ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .filter_map(|name| Some(format!("{name}={}", std::env::var(name).ok()?)))
        .collect::<Vec<_>>();
    named.join(", ")
}

/// Without the places in someone's source that some messages begin with.
fn plain(words: &str) -> String {
    let parts = words.split_whitespace();
    let kept: Vec<&str> = parts.filter(|part| !part.contains(".rs:")).collect();
    kept.join(" ")
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Whether `WAYLAND_DISPLAY` names a display that is gone while there is an X11 display: what a
/// session leaves behind in a terminal multiplexer or over SSH.
#[cfg(target_os = "linux")]
fn wayland_is_stale() -> bool {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let (Some(wayland), Some(_), None) = (
        named("WAYLAND_DISPLAY"),
        named("DISPLAY"),
        named("WAYLAND_SOCKET"),
    ) else {
        return false;
    };
    // An absolute path stays as it is.
    let folder = named("XDG_RUNTIME_DIR").unwrap_or_default();
    let socket = std::path::Path::new(&folder).join(wayland);
    std::os::unix::net::UnixStream::connect(socket).is_err()
}

fn services(
    request: &WindowRequest,
    dialogs: PlatformDialogs,
    left: Result<WindowState, DamagedSettings>,
) -> Services {
    Services {
        dialogs: Arc::new(dialogs),
        clock: Box::new(WallClock),
        ids: Box::new(RandomIds),
        execution: Execution::Threaded,
        data_dir: store::data_dir(),
        state_dir: store::state_dir(),
        left,
        config_dir: store::config_dir(),
        user_keymap: store::user_keymap(),
        annotator: request.annotator.clone(),
        encoding: request.encoding,
        session_ends: Arc::default(),
        mac: cfg!(target_os = "macos"),
    }
}

struct Shell {
    app: App,
    /// Whether the window was made to fit the screen.
    fits_screen: bool,
    /// Whether the window filled the screen when it was closed. Some window managers take that only
    /// from a window that is shown.
    maximize: bool,
}

/// Height for the title of the window and the panel of the desktop, in points.
const DESKTOP: f32 = 64.0;

impl Shell {
    /// A window as large as a small screen loses its last line: it is made lower, once.
    fn fit_screen(&mut self, context: &egui::Context) {
        if self.fits_screen {
            return;
        }
        let (screen, inner, fills) = context.input(|input| {
            let window = input.viewport();
            let fills = window.maximized == Some(true) || window.fullscreen == Some(true);
            (window.monitor_size, window.inner_rect, fills)
        });
        let (Some(screen), Some(inner)) = (screen, inner) else {
            return;
        };
        self.fits_screen = true;
        if self.maximize && !fills {
            context.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
            return;
        }
        let most = screen - egui::vec2(0.0, DESKTOP);
        let size = inner.size().min(most);
        if !fills && size != inner.size() && most.y > 0.0 {
            context.send_viewport_cmd(egui::ViewportCommand::InnerSize(size));
        }
    }
}

impl eframe::App for Shell {
    fn logic(&mut self, context: &egui::Context, _frame: &mut eframe::Frame) {
        self.fit_screen(context);
        self.app.logic(context);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.ui(ui);
    }
}

struct WallClock;

impl Clock for WallClock {
    fn time_of_day(&self) -> String {
        jiff::ZonedDateTime::now().strftime("%H:%M:%S").to_string()
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}
