use std::io;

use super::OtherFile;
use crate::text::TextTooLong;

/// Why a file cannot be read or written at all.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// The sink failed.
    #[error(transparent)]
    Write(#[from] io::Error),
    /// Text was expected.
    #[error("line {line} is not UTF-8; save the file as UTF-8 and try again")]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
    },
    /// XML in another encoding than it says.
    #[error(
        "it says that it is in the encoding `{encoding}`, but cannot be read so; save the file as UTF-8 \
         and try again"
    )]
    NotInEncoding {
        /// The name of the encoding.
        encoding: String,
    },
    /// A text too long to address.
    #[error(transparent)]
    TooLong(#[from] TextTooLong),
    /// A tag that is not on its document's text.
    #[error("`{document}`: the tag `{tag}` does not match the text; run `pullquote check` on it")]
    Misplaced {
        /// The document.
        document: String,
        /// The tag.
        tag: String,
    },
    /// What the format's own tool would refuse or drop.
    #[error("`{document}`: {reason}")]
    Unfit {
        /// The document.
        document: String,
        /// Why, and what to do.
        reason: String,
    },
    /// It is no file of the format at all.
    #[error("{0}")]
    OtherFile(OtherFile),
    /// The format is only read.
    #[error("`{0}` can only be read; `pullquote formats` shows which can be written")]
    CannotWrite(&'static str),
    /// The format is only written.
    #[error("`{0}` can only be written; `pullquote formats` shows which can be read")]
    CannotRead(&'static str),
}
