use std::fmt;
use std::ops::Deref;

use smol_str::SmolStr;

/// A free note. One pointer, as most records have none.
#[derive(Clone, PartialEq, Eq, Default)]
// Invariant: what is there is not empty.
pub struct Note(Option<Box<SmolStr>>);

impl Note {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_ref().map_or("", |words| words.as_str())
    }
}

impl Deref for Note {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl<T: AsRef<str>> From<T> for Note {
    fn from(words: T) -> Self {
        let words = words.as_ref();
        Self((!words.is_empty()).then(|| Box::new(words.into())))
    }
}

impl From<Note> for String {
    fn from(note: Note) -> Self {
        note.as_str().to_owned()
    }
}

impl PartialEq<&str> for Note {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Debug for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}
