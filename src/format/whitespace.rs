/// White space as the tools that read our files have it: Python also counts the four separators
/// U+001C to U+001F.
pub(super) fn is_whitespace(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}
