//! The dialogs of the desktop: of the portal where there is one, else of a program such as zenity.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::file_dialogs::{FileDialogs, Pick, PickRequest, Picked};

/// The platform's dialogs, above the window.
pub(super) struct PlatformDialogs {
    /// Knows the window; asked again and again.
    platform: rfd::FileDialog,
    #[cfg(all(unix, not(target_os = "macos")))]
    programs: native_dialog::FileDialogBuilder,
}

impl PlatformDialogs {
    pub(super) fn above(creation: &eframe::CreationContext<'_>) -> Self {
        Self {
            platform: rfd::FileDialog::new().set_parent(creation),
            #[cfg(all(unix, not(target_os = "macos")))]
            programs: native_dialog::FileDialogBuilder::default().set_owner(creation),
        }
    }
}

/// Endings of the names of articles.
const ARTICLES: &[&str] = &["txt", "text", "md"];
/// Ending of the files that hold what was learned.
const LEARNED: &[&str] = &["json"];

impl FileDialogs for PlatformDialogs {
    fn pick(&self, request: &PickRequest) -> Picked {
        // Without a portal the one crate tells zenity neither title nor window, and for a file to write
        // no folder; the other one does.
        #[cfg(all(unix, not(target_os = "macos")))]
        if !programs::portal_answers() {
            return programs::pick(self.programs.clone(), request);
        }
        pick(self.platform.clone(), request)
    }
}

/// A dialog that returns this fast was never shown.
const AT_ONCE: Duration = Duration::from_millis(150);

fn pick(dialog: rfd::FileDialog, request: &PickRequest) -> Picked {
    let asked = Instant::now();
    let mut dialog = dialog.set_title(request.pick.title());
    if let Some(folder) = &request.folder {
        dialog = dialog.set_directory(folder);
    }
    if !request.name.is_empty() {
        dialog = dialog.set_file_name(&request.name);
    }
    let one = |path: Option<PathBuf>| path.map(|path| vec![path]);
    let paths = match request.pick {
        Pick::File => one(dialog
            .add_filter("Articles", ARTICLES)
            .add_filter("All files", &["*"])
            .pick_file()),
        Pick::LoadLearned => one(dialog
            .add_filter("Learned", LEARNED)
            .add_filter("All files", &["*"])
            .pick_file()),
        Pick::ImportFile => dialog.pick_files(),
        Pick::Folder | Pick::ImportFolder | Pick::ImportInto | Pick::SavePlots => {
            one(dialog.pick_folder())
        }
        Pick::ExportTo => one(dialog.save_file()),
        Pick::SaveReport => one(dialog.add_filter("Web page", &["html"]).save_file()),
        Pick::ExportHits => one(dialog.add_filter("Table", &["csv"]).save_file()),
        Pick::SaveLearned => one(dialog.add_filter("Learned", LEARNED).save_file()),
    };
    match paths {
        Some(paths) => Picked::Paths(paths),
        None if asked.elapsed() < AT_ONCE => Picked::Unavailable,
        None => Picked::Cancelled,
    }
}

/// The programs that show a file dialog where the desktop has no portal.
#[cfg(all(unix, not(target_os = "macos")))]
mod programs {
    use native_dialog::FileDialogBuilder;
    use zbus::blocking::{Connection, Proxy};

    use super::{ARTICLES, LEARNED};
    use crate::gui::file_dialogs::{Pick, PickRequest, Picked};

    /// Whether the portal of the desktop has file dialogs.
    pub(super) fn portal_answers() -> bool {
        let version = || -> zbus::Result<u32> {
            let chooser = Proxy::new(
                &Connection::session()?,
                "org.freedesktop.portal.Desktop",
                "/org/freedesktop/portal/desktop",
                "org.freedesktop.portal.FileChooser",
            )?;
            chooser.get_property("version")
        };
        version().is_ok()
    }

    /// Asks the program that this desktop has.
    pub(super) fn pick(dialog: FileDialogBuilder, request: &PickRequest) -> Picked {
        let mut dialog = dialog.set_title(request.pick.title());
        if let Some(folder) = &request.folder {
            dialog = dialog.set_location(folder);
        }
        if !request.name.is_empty() {
            dialog = dialog.set_filename(&request.name);
        }
        let one = |path: Option<std::path::PathBuf>| path.into_iter().collect();
        let picked = match request.pick {
            Pick::File => dialog
                .add_filter("Articles", ARTICLES)
                .add_filter("All files", ["*"])
                .open_single_file()
                .show()
                .map(one),
            Pick::LoadLearned => dialog
                .add_filter("Learned", LEARNED)
                .add_filter("All files", ["*"])
                .open_single_file()
                .show()
                .map(one),
            Pick::ImportFile => dialog.open_multiple_file().show(),
            Pick::Folder | Pick::ImportFolder | Pick::ImportInto | Pick::SavePlots => {
                dialog.open_single_dir().show().map(one)
            }
            // A filter would refuse names with another ending.
            Pick::ExportTo | Pick::ExportHits | Pick::SaveLearned | Pick::SaveReport => {
                dialog.save_single_file().show().map(one)
            }
        };
        match picked {
            Ok(paths) if paths.is_empty() => Picked::Cancelled,
            Ok(paths) => Picked::Paths(paths),
            Err(error) => {
                log::warn!("no file dialog: {error}");
                Picked::Unavailable
            }
        }
    }
}
