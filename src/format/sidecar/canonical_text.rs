//! Reads RON exactly as it is written here, and nothing else: what is spelt in another way is left
//! to the general parser.

use std::borrow::Cow;

/// How deep values may be within each other. What is deeper is left to the general parser, which has
/// a limit of its own.
const DEPTH: usize = 8;

/// The rest of a text. A method that returns `None` leaves it in any state.
#[derive(Clone, Copy)]
pub(super) struct CanonicalText<'a>(&'a str);

impl<'a> CanonicalText<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// `read` if it reads the whole text.
    pub(super) fn all<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut rest = Self::new(text);
        let value = read(&mut rest)?;
        rest.0.is_empty().then_some(value)
    }

    /// Skips `text` if it comes next.
    pub(super) fn has(&mut self, text: &str) -> bool {
        match self.0.strip_prefix(text) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// Skips `text`, which must come next.
    pub(super) fn skip(&mut self, text: &str) -> Option<()> {
        self.has(text).then_some(())
    }

    /// A value after `text`, if that comes next.
    pub(super) fn after<T>(
        &mut self,
        text: &str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.has(text) {
            read(self).map(Some)
        } else {
            Some(None)
        }
    }

    /// Values between two brackets, with commas and blanks between them.
    pub(super) fn list<T>(
        &mut self,
        brackets: [&str; 2],
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut values = Vec::new();
        self.items(brackets, |text| {
            values.push(read(text)?);
            Some(())
        })?;
        Some(values)
    }

    fn items(
        &mut self,
        [open, close]: [&str; 2],
        mut read: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.skip(open)?;
        if self.has(close) {
            return Some(());
        }
        loop {
            read(self)?;
            if self.has(close) {
                return Some(());
            }
            self.skip(", ")?;
        }
    }

    /// The characters that come next and fulfil `is`; at least one.
    fn run(&mut self, is: impl Fn(u8) -> bool) -> Option<&'a str> {
        let end = self.0.bytes().position(|byte| !is(byte));
        let (run, rest) = self.0.split_at_checked(end.unwrap_or(self.0.len()))?;
        self.0 = rest;
        (!run.is_empty()).then_some(run)
    }

    /// A name of a field: small letters, digits and underscores.
    pub(super) fn name(&mut self) -> Option<&'a str> {
        let name = self.run(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))?;
        name.starts_with(|c: char| c.is_ascii_lowercase())
            .then_some(name)
    }

    /// A word that stands for itself, such as `Accepted`.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        self.run(|byte| byte.is_ascii_alphabetic())
    }

    /// A whole number without zeros in front.
    pub(super) fn whole(&mut self) -> Option<u32> {
        let digits = self.run(|byte| byte.is_ascii_digit())?;
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        digits.parse().ok()
    }

    /// A number with a decimal point.
    pub(super) fn decimal(&mut self) -> Option<f64> {
        let number = self.run(|byte| byte.is_ascii_digit() || byte == b'.')?;
        let (whole, part) = number.split_once('.')?;
        let plain = !whole.is_empty()
            && !part.is_empty()
            && !part.contains('.')
            && (whole.len() == 1 || !whole.starts_with('0'));
        if plain { number.parse().ok() } else { None }
    }

    /// A string on one line with the escapes that are written here.
    pub(super) fn string(&mut self) -> Option<Cow<'a, str>> {
        self.skip("\"")?;
        let (plain, stop) = self.plain()?;
        if stop == b'"' {
            return Some(Cow::Borrowed(plain));
        }
        let mut string = plain.to_owned();
        loop {
            string.push(self.escaped()?);
            let (plain, stop) = self.plain()?;
            string.push_str(plain);
            if stop == b'"' {
                return Some(Cow::Owned(string));
            }
        }
    }

    /// What comes before the next quotation mark or backslash, and which of them it is. A control
    /// character is not written bare.
    fn plain(&mut self) -> Option<(&'a str, u8)> {
        let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=31);
        let bytes = self.0.as_bytes();
        let at = bytes.iter().position(ends)?;
        let stop = *bytes.get(at)?;
        let plain = self.0.get(..at)?;
        self.0 = self.0.get(at + 1..)?;
        matches!(stop, b'"' | b'\\').then_some((plain, stop))
    }

    /// The character that is escaped, behind the backslash.
    fn escaped(&mut self) -> Option<char> {
        let kind = self.0.chars().next()?;
        self.0 = self.0.get(kind.len_utf8()..)?;
        match kind {
            '"' | '\\' => Some(kind),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'u' => {
                self.skip("{")?;
                let digits = self.run(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))?;
                self.skip("}")?;
                let code = (digits.len() <= 6).then_some(digits)?;
                char::from_u32(u32::from_str_radix(code, 16).ok()?)
            }
            _ => None,
        }
    }

    /// Skips a value of any kind that is written plainly.
    pub(super) fn value(&mut self) -> Option<()> {
        self.value_within(DEPTH)
    }

    fn value_within(&mut self, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let mut next = self.0.bytes();
        match next.next()? {
            b'"' => self.skip_string(),
            b'[' => self.items(["[", "]"], |text| text.value_within(depth)),
            b'{' => self.items(["{", "}"], |text| {
                text.skip_string()?;
                text.skip(": ")?;
                text.skip_string()
            }),
            b'(' => match next.next()? {
                b')' => None,
                b'a'..=b'z' => self.items(["(", ")"], |text| {
                    text.name()?;
                    text.skip(": ")?;
                    text.value_within(depth)
                }),
                _ => self.items(["(", ")"], |text| text.value_within(depth)),
            },
            b'0'..=b'9' => {
                let mut decimal = *self;
                if decimal.decimal().is_some() {
                    *self = decimal;
                    return Some(());
                }
                self.whole().map(drop)
            }
            b'A'..=b'Z' => {
                self.word()?;
                if self.has("(") {
                    self.skip_string()?;
                    self.skip(")")?;
                }
                Some(())
            }
            _ if self.has("true") || self.has("false") => Some(()),
            _ => None,
        }
    }

    /// [`Self::string`] without its text.
    fn skip_string(&mut self) -> Option<()> {
        self.skip("\"")?;
        while self.plain()?.1 != b'"' {
            self.escaped()?;
        }
        Some(())
    }
}
