use std::fmt;

use smol_str::SmolStr;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(SmolStr);

        impl $name {
            /// Takes over an id as it stands in a file.
            #[must_use]
            pub fn new(id: impl Into<SmolStr>) -> Self {
                Self(id.into())
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
    /// An id nobody has used: 64 random bits in 11 to 13 characters of `[a-z0-9]`.
    fn next_id(&mut self) -> SmolStr;
}
