//! Enums that can be counted.

/// Declares an enum and beside it one without data, so that tables and tests can go through every
/// variant and a new one cannot be left out.
macro_rules! enum_with_kinds {
    (
        $(#[$about:meta])*
        pub enum $name:ident, $(#[$about_kind:meta])* $kind:ident {
            $(
                $(#[$doc:meta])*
                $variant:ident $(($($unnamed:ty),+ $(,)?))? $({
                    $($(#[$field_doc:meta])* $field:ident: $field_type:ty,)+
                })?,
            )*
        }
    ) => {
        $(#[$about])*
        pub enum $name {
            $(
                $(#[$doc])*
                $variant $(($($unnamed),+))? $({
                    $($(#[$field_doc])* $field: $field_type,)+
                })?,
            )*
        }

        $(#[$about_kind])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind {
            $($(#[$doc])* $variant,)*
        }

        impl $kind {
            /// All of them, in the order they are declared.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
        }
    };
}

pub(super) use enum_with_kinds;
