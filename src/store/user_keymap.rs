use std::path::PathBuf;

use super::read_text;

/// The variable that puts the settings folder elsewhere.
const VARIABLE: &str = "PULLQUOTE_CONFIG_DIR";

/// The text of a person's own `keymap.ron` in the settings folder; `None` where there is none or it
/// cannot be read, which goes to the log.
#[must_use]
pub fn user_keymap() -> Option<String> {
    let folder = std::env::var_os(VARIABLE)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .or_else(|| {
            let folders = directories::ProjectDirs::from("", "", "pullquote")?;
            Some(folders.config_dir().to_owned())
        })?;
    let path = folder.join("keymap.ron");
    if !path.is_file() {
        return None;
    }
    read_text(&path)
        .inspect_err(|error| log::warn!("the user's keys are not used: {error}"))
        .ok()
}
