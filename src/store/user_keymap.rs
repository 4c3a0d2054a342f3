use super::{config_dir, read_text};

/// The text of a person's own `keymap.ron` in the settings folder; `None` where there is none or it
/// cannot be read, which goes to the log.
#[must_use]
pub fn user_keymap() -> Option<String> {
    let folder = config_dir()?;
    let path = folder.join("keymap.ron");
    if !path.is_file() {
        return None;
    }
    read_text(&path)
        .inspect_err(|error| log::warn!("the user's keys are not used: {error}"))
        .ok()
}
