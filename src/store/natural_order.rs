use std::path::{Path, PathBuf};

/// Sorts by path: folder by folder, numbers by their value, letters in any case. A number that
/// begins with a zero is compared digit by digit, so that hexadecimal names keep their order. The
/// path itself decides between equals.
pub(super) fn in_natural_order<T>(items: Vec<T>, path_of: impl Fn(&T) -> &PathBuf) -> Vec<T> {
    let mut keyed: Vec<(String, T)> = items
        .into_iter()
        .map(|item| (natural_key(path_of(&item)), item))
        .collect();
    keyed.sort_by(|(a_key, a), (b_key, b)| {
        natord::compare_iter(
            a_key.chars(),
            b_key.chars(),
            |_| false,
            char::cmp,
            |c| c.to_digit(10).and_then(|digit| isize::try_from(digit).ok()),
        )
        .then_with(|| path_of(a).cmp(path_of(b)))
    });
    keyed.into_iter().map(|(_, item)| item).collect()
}

/// The names of a path in small letters, with NUL between them: a folder's name that ends comes
/// before one that goes on.
fn natural_key(path: &Path) -> String {
    let names: Vec<String> = path
        .iter()
        .map(|name| name.to_string_lossy().to_lowercase())
        .collect();
    names.join("\0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_natural_folder_by_folder_and_total() {
        let ordered = [
            "0007d.txt",
            "006fd.txt",
            "1.txt",
            "3a007d.txt",
            "3A06FD.txt",
            "3a06fd.txt",
            "3a06fe.txt",
            "10.txt",
            "a",
            "a/2.txt",
            "a/10.txt",
            "a b.txt",
            "a1/1.txt",
            "B.txt",
            "b.txt",
            "é.txt",
        ]
        .map(PathBuf::from);
        for (n, a) in ordered.iter().enumerate() {
            for b in &ordered[n..] {
                let pair = vec![a.clone(), b.clone()];
                let turned = vec![b.clone(), a.clone()];
                assert_eq!(in_natural_order(turned, |path| path), pair);
                assert_eq!(in_natural_order(pair.clone(), |path| path), pair);
            }
        }
    }
}
