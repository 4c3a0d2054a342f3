//! How much text a document may have. More than that no article has, and it would fill the memory.

/// In bytes.
const MOST: usize = 64 << 20;
/// What a paragraph takes beside its words.
const PARAGRAPH: usize = 128;

/// What is left of the limit.
#[derive(Debug)]
pub(super) struct TextLimit {
    left: usize,
    exceeded: bool,
}

impl Default for TextLimit {
    fn default() -> Self {
        Self {
            left: 4 * MOST,
            exceeded: false,
        }
    }
}

impl TextLimit {
    /// Whether there is room for a paragraph of so many bytes.
    pub(super) fn has_room(&mut self, length: usize) -> bool {
        let size = PARAGRAPH + length.saturating_mul(2);
        match self.left.checked_sub(size) {
            Some(left) => self.left = left,
            None => self.exceeded = true,
        }
        !self.exceeded
    }

    /// Says that there was none, if so.
    pub(super) fn check(&self) -> Result<(), String> {
        match self.exceeded {
            true => Err(too_long()),
            false => Ok(()),
        }
    }
}

/// Refuses a file of plain text that is too large.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), String> {
    match bytes.len() > MOST {
        true => Err(too_long()),
        false => Ok(()),
    }
}

fn too_long() -> String {
    format!("its text is longer than {} MB; divide the file", MOST >> 20)
}
