use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::store::is_article;

/// More than this many bytes a name is cut; file systems end at 255 and temporary names are longer.
const LONGEST: usize = 120;

/// The path below a folder for a document with this id: its parts without anything that leads
/// elsewhere or that a file system rejects, ending like an article. The same id gives the same
/// name.
pub(super) fn safe_name(id: &str) -> PathBuf {
    name_of_parts(id, LONGEST)
}

/// The same, but names that are long stay so.
pub(super) fn whole_safe_name(id: &str) -> PathBuf {
    name_of_parts(id, usize::MAX)
}

/// A file name that every file system takes, with whatever ending it has.
pub(super) fn safe_file_name(name: &str) -> String {
    match safe_part(name, LONGEST) {
        name if name.is_empty() => "file".to_owned(),
        name => name,
    }
}

fn name_of_parts(id: &str, longest: usize) -> PathBuf {
    let mut path: PathBuf = id
        .split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != ".")
        .map(|part| safe_part(part, longest))
        .collect();
    let name = path.file_name().unwrap_or_default().to_owned();
    if name.is_empty() {
        return PathBuf::from("article.txt");
    }
    if !is_article(Path::new(&name)) {
        let mut name = name;
        name.push(".txt");
        path.set_file_name(name);
    }
    path
}

fn safe_part(part: &str, longest: usize) -> String {
    let forbidden = |c: char| c.is_control() || "<>:\"|?*\u{fffd}".contains(c) || is_invisible(c);
    let mut name: String = part
        .chars()
        .map(|c| if forbidden(c) { '_' } else { c })
        .collect();
    if name.len() > longest {
        let (stem, end) = match name.rsplit_once('.') {
            Some((stem, end)) if end.len() < 10 => (stem, format!(".{end}")),
            _ => (name.as_str(), String::new()),
        };
        // Names that differ only in what is cut off must stay apart.
        let hash = Sha256::digest(part.as_bytes());
        let mark = hex::encode(hash.get(..4).unwrap_or_default());
        let cut = stem.floor_char_boundary(LONGEST - end.len() - mark.len() - 1);
        name = format!("{}-{mark}{end}", stem.get(..cut).unwrap_or_default());
    }
    // Hidden files are not found again; names that end in a dot or blank not kept everywhere.
    if name.starts_with('.') {
        name.replace_range(..1, "_");
    }
    if name.ends_with(['.', ' ']) {
        name.pop();
        name.push('_');
    }
    let stem = name.split('.').next().unwrap_or_default();
    if is_device(stem) {
        name.insert(0, '_');
    }
    name
}

/// Marks that change how the rest of a name looks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Names that mean devices on Windows, with any ending.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let numbered = |prefix| {
        let rest = stem.strip_prefix(prefix);
        rest.is_some_and(|rest| rest.len() == 1 && rest.as_bytes().iter().all(u8::is_ascii_digit))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use std::path::Component;

    use proptest::prelude::*;

    use super::*;

    fn name(id: &str) -> String {
        safe_name(id).to_string_lossy().into_owned()
    }

    #[test]
    fn ids_that_are_names_stay_as_they_are() {
        for id in [
            "article.txt",
            "2017/us-russia.md",
            "Grüße, Welt.TXT",
            "a b.text",
        ] {
            assert_eq!(name(id), id);
        }
    }

    #[test]
    fn what_leads_elsewhere_or_is_no_name_is_changed() {
        for (id, expected) in [
            ("polnear-000ae67eff", "polnear-000ae67eff.txt"),
            ("../../etc/passwd", "__/__/etc/passwd.txt"),
            ("/etc/passwd", "etc/passwd.txt"),
            (r"C:\x\y.txt", "C_/x/y.txt"),
            ("https://example.org/a?b=1", "https_/example.org/a_b=1.txt"),
            ("", "article.txt"),
            ("./", "article.txt"),
            (".hidden.txt", "_hidden.txt"),
            ("nul.txt", "_nul.txt"),
            ("a.txt.maria.ron", "a.txt.maria.ron.txt"),
            ("a\nb\u{202e}.txt", "a_b_.txt"),
        ] {
            assert_eq!(name(id), expected, "{id:?}");
        }
        let long = format!("{}.txt", "é".repeat(300));
        assert!(name(&long).len() <= LONGEST);
        assert!(name(&long).starts_with("éé") && is_article(Path::new(&name(&long))));
        assert_ne!(name(&long), name(&long.replace("é.", ".")));
    }

    proptest! {
        #[test]
        fn every_name_stays_below_its_folder(id in "(?s)[./\\\\a:éA\n .]{0,12}|(?s).{0,200}") {
            let path = safe_name(&id);
            prop_assert!(path.components().all(|part| matches!(part, Component::Normal(_))), "{path:?}");
            prop_assert!(is_article(&path), "{path:?}");
            prop_assert!(path.iter().all(|part| part.len() <= LONGEST + 5));
        }
    }
}
