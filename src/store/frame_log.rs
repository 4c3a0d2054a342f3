use std::fs::File;
use std::io::LineWriter;
use std::path::PathBuf;

/// The variable that names the file.
const VARIABLE: &str = "PULLQUOTE_FRAME_LOG";

/// The log file of frame times, truncated, if `PULLQUOTE_FRAME_LOG` names one; `None` where it
/// names none or the file cannot be created, which is logged.
#[must_use]
pub fn frame_log() -> Option<LineWriter<File>> {
    let path = std::env::var_os(VARIABLE).filter(|path| !path.is_empty())?;
    let path = PathBuf::from(path);
    File::create(&path)
        .map(LineWriter::new)
        .inspect_err(|error| log::error!("{}: frames are not logged: {error}", path.display()))
        .ok()
}
