/// Greek letters in the order of the font Symbol, from `A` to `Z` and from `a` to `z`.
const GREEK: [&str; 2] = ["ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"];

/// Other characters of the fonts Symbol and Wingdings that texts have.
const OTHERS: [(&str, u8, char); 12] = [
    ("symbol", 0xb7, '•'),
    ("symbol", 0xa3, '≤'),
    ("symbol", 0xb3, '≥'),
    ("symbol", 0xb1, '±'),
    ("symbol", 0xb4, '×'),
    ("symbol", 0xb0, '°'),
    ("symbol", 0xae, '→'),
    ("symbol", 0xb9, '≠'),
    ("wingdings", 0x6c, '●'),
    ("wingdings", 0x6e, '■'),
    ("wingdings", 0xa7, '▪'),
    ("wingdings", 0xfc, '✓'),
];

/// The character that a special font shows for a code (hexadecimal); `None` where that is not known.
pub(super) fn symbol(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    // Word shifts such fonts into an area of private use.
    let private = 0xf000..0xf100;
    if !private.contains(&code) && code > 0xff {
        return char::from_u32(code);
    }
    let byte = u8::try_from(code & 0xff).ok()?;
    let font = font.to_lowercase();
    let mut others = OTHERS.iter();
    if let Some((.., c)) = others.find(|(name, known, _)| *known == byte && font == *name) {
        return Some(*c);
    }
    let is_special = ["symbol", "wingdings", "webdings"]
        .iter()
        .any(|name| font.starts_with(name));
    let place = |first: u8, letters: &str| letters.chars().nth(usize::from(byte - first));
    match byte {
        b'A'..=b'Z' if font == "symbol" => place(b'A', GREEK[0]),
        b'a'..=b'z' if font == "symbol" => place(b'a', GREEK[1]),
        b' '..=b'@' if font == "symbol" => Some(char::from(byte)),
        _ if !is_special => Some(char::from(byte)),
        _ => None,
    }
}
