//! The bundled typefaces, under the SIL Open Font License (`assets/fonts/`): the window and exported pictures are
//! set in them.

/// Inter, the face of the interface and of plots.
pub static INTER_REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
/// Its semibold, for headings.
pub static INTER_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");
