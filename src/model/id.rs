use std::fmt;

use ecow::EcoString;
use smol_str::SmolStr;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(EcoString);

        impl $name {
            /// Wraps an id as it is in a file.
            #[must_use]
            pub fn new(id: impl AsRef<str>) -> Self {
                Self(id.as_ref().into())
            }

            /// The id as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }
    };
}

id_type! {
    /// Names an annotation within its document. New ones are random and never reused.
    AnnotationId
}
id_type! {
    /// Names a link within its document.
    LinkId
}
id_type! {
    /// Names a person of the roster.
    PersonId
}

/// Where new ids come from: random in the product, counted in tests.
pub trait IdSource {
    /// An unused id: 64 random bits in 11 to 13 characters of `[a-z0-9]`.
    fn next_id(&mut self) -> SmolStr;
}

/// Ids that count up after a prefix: `a1`, `a2`, … For tests and examples.
#[derive(Debug, Clone)]
pub struct CountedIds {
    prefix: &'static str,
    width: usize,
    last: u32,
}

impl CountedIds {
    /// The first id ends in 1.
    #[must_use]
    pub fn new(prefix: &'static str) -> Self {
        Self {
            prefix,
            width: 0,
            last: 0,
        }
    }

    /// Zeros in front of the number, up to `width` digits.
    #[must_use]
    pub fn padded(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// The first id ends in `last` + 1.
    #[must_use]
    pub fn after(self, last: u32) -> Self {
        Self { last, ..self }
    }
}

impl IdSource for CountedIds {
    fn next_id(&mut self) -> SmolStr {
        self.last += 1;
        smol_str::format_smolstr!("{}{:0width$}", self.prefix, self.last, width = self.width)
    }
}

/// A number in base 36, with zeros in front up to `width` characters.
#[must_use]
pub(crate) fn base36(mut number: u64, width: usize) -> SmolStr {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::with_capacity(13);
    while number > 0 || digits.len() < width {
        let digit = usize::try_from(number % 36).unwrap_or_default();
        digits.extend(DIGITS.get(digit).map(|&digit| char::from(digit)));
        number /= 36;
    }
    digits.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_base_36() {
        assert_eq!(base36(u64::MAX, 11), "3w5e11264sgsf");
        assert_eq!(base36(35, 11), "0000000000z");
    }
}
