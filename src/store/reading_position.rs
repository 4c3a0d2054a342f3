use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::WriteError;
use super::private_ron::write_private;
use super::state_dir::folder_for;
use crate::text::TextSize;

/// Where someone was in an article. Kept in the state folder: reading writes nothing beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadingPosition {
    /// Where the caret was, in bytes; may be past the end of a text that has changed.
    pub caret: TextSize,
    /// The text at the top of the view, in bytes.
    pub top: TextSize,
    /// How far above the view that row starts, in whole points; negative: below.
    pub offset: i32,
}

/// The contents of the file.
#[derive(Serialize, Deserialize)]
#[serde(default, rename = "Position")]
#[derive(Default)]
struct Wire {
    /// For people who look.
    article: String,
    caret: u32,
    top: u32,
    offset: i32,
}

fn file(state: &Path, article: &Path) -> PathBuf {
    let mut path = folder_for(state, "positions", article).into_os_string();
    path.push(".ron");
    path.into()
}

/// Where the person was; `None` where nothing (readable) is kept.
#[must_use]
pub fn load_position(state: &Path, article: &Path) -> Option<ReadingPosition> {
    let text = fs::read_to_string(file(state, article)).ok()?;
    let wire: Wire = ron::from_str(&text).ok()?;
    Some(ReadingPosition {
        caret: wire.caret.into(),
        top: wire.top.into(),
        offset: wire.offset,
    })
}

/// Keeps where the person is.
///
/// # Errors
/// [`WriteError`] where the state folder cannot be written.
pub fn save_position(
    state: &Path,
    article: &Path,
    position: ReadingPosition,
) -> Result<(), WriteError> {
    let wire = Wire {
        article: article.to_string_lossy().into_owned(),
        caret: position.caret.into(),
        top: position.top.into(),
        offset: position.offset,
    };
    write_private(&file(state, article), &wire)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_an_article_is_found_again() {
        let state = tempfile::tempdir().unwrap();
        let article = Path::new("/corpus/a \"b\".txt");
        assert_eq!(load_position(state.path(), article), None);
        for (caret, top, offset) in [(17, 4, 12), (u32::MAX, 0, -24)] {
            let position = ReadingPosition {
                caret: caret.into(),
                top: top.into(),
                offset,
            };
            save_position(state.path(), article, position).unwrap();
            assert_eq!(load_position(state.path(), article), Some(position));
        }
        assert_eq!(
            load_position(state.path(), Path::new("/other/a \"b\".txt")),
            None
        );
        fs::write(file(state.path(), article), b"(caret: ").unwrap();
        assert_eq!(load_position(state.path(), article), None);
    }
}
