//! What a person has set (`settings.ron` in the settings folder) and how the window was left
//! (`window.ron` in the state folder).

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::private_ron::write_private;
use super::{WriteError, disk, exists, read_text};

/// The variable that puts the settings folder elsewhere.
const VARIABLE: &str = "PULLQUOTE_CONFIG_DIR";

/// The user's folder for settings. `None` where the platform names no home.
#[must_use]
pub fn config_dir() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).filter(|path| !path.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let folders = directories::ProjectDirs::from("", "", "pullquote")?;
        Some(folders.config_dir().to_owned())
    })
}

/// What a person has set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whose tags; `None`: unnamed.
    pub annotator: Option<SmolStr>,
    /// Whether the person was asked for a name.
    pub asked_for_name: bool,
    /// Folders whose tags without a name are not this person's.
    pub not_mine: Vec<PathBuf>,
    /// Light or dark; `None`: as the system.
    pub theme: Option<ThemeName>,
    /// Size of the article's text; 1 is normal.
    pub zoom: f32,
    /// Which quotes are suggested.
    pub suggestions: SuggestionSettings,
    /// The program that was last asked to suggest.
    pub model: ModelSettings,
}

/// A program that suggests, as the user has typed it. No file of an article or folder says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelSettings {
    /// The program and its arguments, as in a shell; empty: none was named.
    pub command: String,
    /// How many seconds it may take for an article.
    pub seconds: u32,
}

impl ModelSettings {
    /// As long as a program may be waited for, in seconds.
    pub const MOST_SECONDS: u32 = 3600;
}

impl Default for ModelSettings {
    fn default() -> Self {
        Self {
            command: String::new(),
            seconds: 60,
        }
    }
}

/// What is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SuggestionSettings {
    /// Those within quotation marks.
    pub direct: bool,
    /// Reported clauses with quoted words in them.
    pub mixed: bool,
    /// Reported clauses without quoted words.
    pub indirect: bool,
    /// Claims, where the project has them suggested.
    pub claims: bool,
    /// Also what is less sure, and takes more work to go through than to tag by hand.
    pub less_sure: bool,
}

impl Default for SuggestionSettings {
    /// Of quotes direct ones alone: nearly all of them are right.
    fn default() -> Self {
        Self {
            direct: true,
            mixed: false,
            indirect: false,
            claims: true,
            less_sure: false,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            annotator: None,
            asked_for_name: false,
            not_mine: Vec::new(),
            theme: None,
            zoom: 1.0,
            suggestions: SuggestionSettings::default(),
            model: ModelSettings::default(),
        }
    }
}

/// A theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeName {
    /// Dark letters on a light ground.
    Light,
    /// Light letters on a dark ground.
    Dark,
}

/// How the window was left. Lengths in points.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowState {
    /// Width and height where it does not fill the screen; `None`: never noted.
    pub size: Option<(f32, f32)>,
    /// Left and top edge on the screen, likewise; `None`: not known.
    pub position: Option<(f32, f32)>,
    /// Whether it filled the screen.
    pub maximized: bool,
    /// Whether the files were shown; `None`: as it comes.
    pub files: Option<bool>,
    /// Width of the list of files.
    pub files_width: Option<f32>,
    /// Whether the side panel was hidden.
    pub details_hidden: bool,
    /// Width of the side panel.
    pub details_width: Option<f32>,
    /// Which tab the side panel showed; empty: the first.
    pub tab: String,
    /// The folder that was listed.
    pub folder: Option<PathBuf>,
    /// The article that was shown.
    pub article: Option<PathBuf>,
    /// Whose work the files told of: a name, `*` for everybody's; empty: one's own.
    pub files_whose: String,
    /// What the files were filtered by.
    pub files_filter: String,
    /// The state the files were filtered by, in a word; empty: none.
    pub files_state: String,
    /// Whether only files were shown that others have tagged.
    pub files_by_others: bool,
    /// The queue that was gone through; empty: all files.
    pub files_queue: String,
    /// What the files were sorted by; empty: their names.
    pub files_sorted_by: String,
    /// Whether the last came first.
    pub files_descending: bool,
    /// Whether the files of one folder stood together.
    pub files_grouped: bool,
    /// The columns of the table of articles that were hidden, by their words.
    pub files_hidden: Vec<String>,
    /// What the tags were filtered by.
    pub tags_filter: String,
    /// The label the tags were filtered by; empty: none.
    pub tags_label: String,
    /// The review state the tags were filtered by, in a word; empty: none.
    pub tags_review: String,
    /// Whether only tags were shown that have no confirmed speaker.
    pub tags_without_speaker: bool,
}

/// A file of settings that cannot be used. It is kept under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedSettings {
    /// The file.
    pub path: PathBuf,
    /// Where it is kept; `None`: that failed.
    pub kept: Option<PathBuf>,
    /// What is wrong, after the number of the line where there is one.
    pub reason: String,
}

impl fmt::Display for DamagedSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, kept, reason } = self;
        let path = path.display();
        write!(f, "{path}:{reason}. The defaults are used")?;
        match kept {
            Some(kept) => write!(f, "; the file is kept as {}", kept.display()),
            None => f.write_str("; fix the file, or it is replaced when a setting changes"),
        }
    }
}

/// Reads what a person has set; the defaults where nothing is set.
///
/// # Errors
/// [`DamagedSettings`] where the file is there and cannot be used.
pub fn load_settings(config: &Path) -> Result<Settings, DamagedSettings> {
    let mut settings: Settings = load(&config.join("settings.ron"))?;
    // An empty name is none.
    settings.annotator = settings.annotator.filter(|name| !name.is_empty());
    Ok(settings)
}

/// Writes what a person has set.
///
/// # Errors
/// [`WriteError`] where the folder cannot be written.
pub fn save_settings(config: &Path, settings: &Settings) -> Result<(), WriteError> {
    write_private(&config.join("settings.ron"), settings)
}

/// Reads how the window was left; nothing where that was never noted.
///
/// # Errors
/// [`DamagedSettings`] where the file is there and cannot be used.
pub fn load_window(state: &Path) -> Result<WindowState, DamagedSettings> {
    load(&state.join("window.ron"))
}

/// Notes how the window is left.
///
/// # Errors
/// [`WriteError`] where the folder cannot be written.
pub fn save_window(state: &Path, window: &WindowState) -> Result<(), WriteError> {
    write_private(&state.join("window.ron"), window)
}

fn load<T: DeserializeOwned + Default>(path: &Path) -> Result<T, DamagedSettings> {
    if !exists(path) {
        return Ok(T::default());
    }
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let reason = match read_text(path) {
        Ok(text) => match options.from_str(&text) {
            Ok(read) => return Ok(read),
            Err(error) => {
                log::info!("{}: {error}", path.display());
                let line = error.span.start.line;
                if text.trim_start().starts_with('(') {
                    format!("{line}: the settings cannot be read from this line on")
                } else {
                    format!("{line}: this is not a settings file")
                }
            }
        },
        Err(error) => format!(" {}", error.message()),
    };
    let kept = path.with_extension("ron.damaged");
    let kept = disk::rename(path, &kept).is_ok().then_some(kept);
    Err(DamagedSettings {
        path: path.to_owned(),
        kept,
        reason,
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_set_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("new/config");
        assert_eq!(load_settings(&config), Ok(Settings::default()));
        let settings = Settings {
            annotator: Some("maria".into()),
            asked_for_name: true,
            not_mine: vec!["/corpus".into()],
            theme: Some(ThemeName::Dark),
            zoom: 1.25,
            suggestions: SuggestionSettings {
                mixed: true,
                ..SuggestionSettings::default()
            },
            model: ModelSettings {
                command: "python3 'my model.py' \"é\"".to_owned(),
                seconds: 90,
            },
        };
        save_settings(&config, &settings).unwrap();
        assert_eq!(load_settings(&config), Ok(settings));
        let window = WindowState {
            size: Some((900.0, 600.5)),
            folder: Some("/corpus/a \"b\"".into()),
            tags_filter: "é".into(),
            ..WindowState::default()
        };
        save_window(folder.path(), &window).unwrap();
        assert_eq!(load_window(folder.path()), Ok(window));
    }

    #[test]
    fn a_file_by_hand_may_leave_things_out_and_a_damaged_one_is_kept_and_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        fs::write(&path, "(annotator: \"ben\", of_a_later_version: 3)").unwrap();
        let settings = load_settings(folder.path()).unwrap();
        assert_eq!(settings.annotator.as_deref(), Some("ben"));
        fs::write(&path, "(annotator: \"\")").unwrap();
        assert_eq!(load_settings(folder.path()).unwrap().annotator, None);
        fs::write(&path, "garbage").unwrap();
        let damaged = load_settings(folder.path()).unwrap_err().to_string();
        assert!(
            damaged.contains("settings.ron:1: this is not a settings file"),
            "{damaged}"
        );
        fs::write(&path, "(\n  zoom: big)").unwrap();
        let damaged = load_settings(folder.path()).unwrap_err();
        assert!(damaged.to_string().contains("settings.ron:2:"), "{damaged}");
        let kept = fs::read_to_string(damaged.kept.unwrap()).unwrap();
        assert_eq!(kept, "(\n  zoom: big)");
        assert_eq!(load_settings(folder.path()), Ok(Settings::default()));
    }
}
