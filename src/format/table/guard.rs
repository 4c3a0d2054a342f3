//! Cells that a spreadsheet would run as formulas get an apostrophe in front, which is removed on
//! reading.

use std::borrow::Cow;

/// What makes a spreadsheet see a formula: the signs, their full-width forms, tab and carriage return.
const FORMULA: [char; 10] = [
    '=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// The cell as it is written. Plain numbers stay numbers.
pub(crate) fn guarded(cell: &str) -> Cow<'_, str> {
    let is_risky = cell.trim_start_matches('\'').starts_with(FORMULA) && !is_number(cell);
    if is_risky {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell as it was meant.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

fn is_number(cell: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = cell.strip_prefix('-').unwrap_or(cell);
    match number.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(number),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_cell_comes_back_and_none_is_run(cell in "(?s)['=+@\t\r＝-]{0,3}.{0,4}|-?[0-9.]{1,4}") {
            let written = guarded(&cell);
            prop_assert_eq!(unguarded(&written), cell.as_str());
            prop_assert!(is_number(&written) || !written.starts_with(FORMULA));
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        for number in ["-2", "10", "-3.25"] {
            assert_eq!(guarded(number), number);
        }
        for formula in ["-2-3", "=1", "-", "-.5", "'=1"] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
    }
}
