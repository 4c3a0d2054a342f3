use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A Rust file, and what can be known without parsing it.
pub(super) struct SourceFile {
    /// Its path below the project's folder, with `/`.
    pub(super) name: String,
    pub(super) text: String,
    /// Whether the whole file is compiled for tests only.
    pub(super) is_test: bool,
}

/// All Rust files of a folder of the project, by name; none where there is no such folder.
pub(super) fn source_files(folder: &str) -> Vec<SourceFile> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(path) = open.pop() {
        for entry in fs::read_dir(super::root().join(&path))
            .into_iter()
            .flatten()
        {
            let entry = entry.unwrap();
            let path = path.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(SourceFile::read(&path));
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    let tests: Vec<PathBuf> = found.iter().flat_map(SourceFile::test_modules).collect();
    for file in &mut found {
        let path = Path::new(&file.name);
        file.is_test = tests.iter().any(|test| {
            let below = match test.file_name().and_then(|name| name.to_str()) {
                Some("mod.rs") => test.parent().unwrap().to_owned(),
                _ => test.with_extension(""),
            };
            path == test || path.starts_with(below)
        });
    }
    found
}

impl SourceFile {
    pub(super) fn read(path: &Path) -> Self {
        let name: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        Self {
            name: name.join("/"),
            text: fs::read_to_string(super::root().join(path)).unwrap(),
            is_test: false,
        }
    }

    /// The module right below the crate it belongs to; `None` for `lib.rs` and `main.rs`.
    pub(super) fn module(&self) -> Option<&str> {
        let below = self.name.strip_prefix("src/")?;
        match below.split_once('/') {
            Some((module, _)) => Some(module),
            None if matches!(below, "lib.rs" | "main.rs") => None,
            None => below.strip_suffix(".rs"),
        }
    }

    /// The text with the same lines, but without comments, contents of strings, and the tests at
    /// its foot.
    pub(super) fn code(&self) -> String {
        let code = without_comments_and_strings(&self.text);
        match code.find("#[cfg(test)]\nmod tests {") {
            Some(tests) => code[..tests].to_owned(),
            None => code,
        }
    }

    /// Every module right below the crate, other than its own, that the file names, tests included:
    /// by `crate::x`, in braces, or by more `super`s than there are modules above. Each with its line.
    pub(super) fn crate_paths(&self) -> BTreeSet<(usize, String)> {
        let own = self.module();
        let first = |(line, path): (usize, ItemPath)| Some((line, path.segments.first()?.clone()));
        // `crate::Name` and `crate::name!` are items of the root, not modules.
        let module = |name: &str| name.starts_with(char::is_lowercase) && Some(name) != own;
        let paths = self.paths(&without_comments_and_strings(&self.text));
        paths
            .into_iter()
            .filter_map(first)
            .filter(|(_, name)| module(name))
            .collect()
    }

    /// The modules above and including the file's own, the outermost first: `a`, `b` for
    /// `src/a/b.rs` and `src/a/b/mod.rs`.
    pub(super) fn module_path(&self) -> Vec<String> {
        let below = self.name.strip_prefix("src/").unwrap_or(&self.name);
        let stem = below.strip_suffix(".rs").unwrap_or(below);
        let mut names: Vec<String> = stem.split('/').map(str::to_owned).collect();
        if matches!(
            names.last().map(String::as_str),
            Some("mod" | "lib" | "main")
        ) {
            names.pop();
        }
        names
    }

    /// What the file names in this crate outside tests, from the root on, each with its line.
    pub(super) fn paths_in_code(&self) -> Vec<(usize, ItemPath)> {
        self.paths(&self.code())
    }

    /// What the file takes from the modules it declares itself, such as `use x::y;`: paths relative
    /// to it.
    pub(super) fn taken_from_below(&self) -> Vec<ItemPath> {
        let code = self.code();
        let starts = code.match_indices("use ").filter(|&(at, _)| {
            let before = code[..at].trim_end_matches("pub ");
            before.is_empty() || before.ends_with(['\n', ')', ' '])
        });
        starts
            .flat_map(|(at, found)| {
                let path = &code[at + found.len()..];
                expanded(path.strip_prefix("self::").unwrap_or(path))
            })
            .filter(|path| !matches!(path.segments[0].as_str(), "crate" | "super"))
            .collect()
    }

    fn paths(&self, code: &str) -> Vec<(usize, ItemPath)> {
        let own = self.module_path();
        let tests = code.find("#[cfg(test)]\nmod tests {").unwrap_or(code.len());
        let root = if self.name == "src/main.rs" {
            "pullquote::"
        } else {
            "crate::"
        };
        let mut starts: Vec<(usize, &[String])> = Vec::new();
        for (at, _) in code.match_indices(root) {
            if !code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$')) {
                starts.push((at + root.len(), &[]));
            }
        }
        for (at, _) in code.match_indices("super::") {
            if !code[..at].ends_with("super::") {
                let after = code[at..].trim_start_matches("super::");
                let above = (code[at..].len() - after.len()) / "super::".len();
                let above = above - usize::from(at > tests).min(above);
                let base = own.len().saturating_sub(above);
                starts.push((code.len() - after.len(), &own[..base]));
            }
        }
        starts
            .into_iter()
            .flat_map(|(at, base)| {
                let line = code[..at].matches('\n').count() + 1;
                expanded(&code[at..]).into_iter().map(move |mut path| {
                    path.segments.splice(0..0, base.iter().cloned());
                    (line, path)
                })
            })
            .collect()
    }

    /// The files of the modules this file declares.
    pub(super) fn modules(&self) -> Vec<PathBuf> {
        self.declared(|line| {
            line.trim_start_matches("pub ")
                .trim_start_matches("pub(crate) ")
        })
    }

    /// The files of the public modules this file declares.
    pub(super) fn public_modules(&self) -> Vec<PathBuf> {
        self.declared(|line| line.strip_prefix("pub ").unwrap_or_default())
    }

    fn test_modules(&self) -> Vec<PathBuf> {
        let mut before = "";
        let code = without_comments_and_strings(&self.text);
        let lines: Vec<&str> = code
            .lines()
            .filter(|line| std::mem::replace(&mut before, line).trim() == "#[cfg(test)]")
            .collect();
        self.modules_in(lines.into_iter())
    }

    fn declared(&self, declaration: impl Fn(&str) -> &str) -> Vec<PathBuf> {
        let code = without_comments_and_strings(&self.text);
        self.modules_in(code.lines().map(declaration))
    }

    /// The files of the modules that lines such as `mod x;` declare.
    fn modules_in<'a>(&self, lines: impl Iterator<Item = &'a str>) -> Vec<PathBuf> {
        let path = Path::new(&self.name);
        let parent = path.parent().unwrap();
        let folder = match path.file_name().and_then(|name| name.to_str()) {
            Some("mod.rs" | "lib.rs" | "main.rs") => parent.to_owned(),
            _ => path.with_extension(""),
        };
        let names = lines.filter_map(|line| {
            let name = line.strip_prefix("mod ")?;
            name.strip_suffix(';').map(str::to_owned)
        });
        names
            .map(|name| {
                let flat = folder.join(format!("{name}.rs"));
                if super::root().join(&flat).exists() {
                    flat
                } else {
                    folder.join(name).join("mod.rs")
                }
            })
            .collect()
    }
}

/// A path to an item, as an import or an expression has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemPath {
    pub(super) segments: Vec<String>,
    /// What it is called where it is imported.
    pub(super) name: String,
}

/// The path at the start of the text, or one for each in its braces: `a::b` and `c` in
/// `{a::{b}, c}`.
fn expanded(text: &str) -> Vec<ItemPath> {
    let (mut found, mut rest) = (Vec::new(), text);
    expand(&mut rest, &mut Vec::new(), &mut found);
    found
}

fn expand(rest: &mut &str, above: &mut Vec<String>, found: &mut Vec<ItemPath>) {
    *rest = rest.trim_start();
    if let Some(inner) = rest.strip_prefix('{') {
        *rest = inner.trim_start();
        while !rest.is_empty() && !rest.starts_with('}') {
            expand(rest, above, found);
            *rest = rest.trim_start_matches(|c| !matches!(c, ',' | '}'));
            *rest = rest.trim_start_matches(',').trim_start();
        }
        *rest = rest.strip_prefix('}').unwrap_or(rest);
        return;
    }
    let name = first_name(rest);
    if name.is_empty() {
        return;
    }
    *rest = &rest[name.len()..];
    above.push(name.to_owned());
    match rest.strip_prefix("::") {
        Some(below) if below.starts_with(|c: char| c == '{' || c == '_' || c.is_alphabetic()) => {
            *rest = below;
            expand(rest, above, found);
        }
        _ => {
            let alias = rest.trim_start().strip_prefix("as ").map(first_name);
            found.push(ItemPath {
                segments: above.clone(),
                name: alias.unwrap_or(name).to_owned(),
            });
        }
    }
    above.pop();
}

/// The name at the start of the text; empty where there is none.
fn first_name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Blanks out comments and what is in strings and characters; lines stay.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = skip(rest, code.chars().next_back());
        if skipped > 0 {
            let kept = rest[..skipped].chars().filter(|&c| c == '\n');
            code.push(' ');
            code.extend(kept);
            rest = &rest[skipped..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    code
}

/// How many bytes of a comment, string or character are at the start; 0 for code.
fn skip(text: &str, before: Option<char>) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return text.find("*/").map_or(text.len(), |end| end + 2);
    }
    let in_name = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if text.starts_with('r') && !in_name {
        let hashes = text[1..].chars().take_while(|&c| c == '#').count();
        if text[1 + hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let from = hashes + 2;
            return text[from..]
                .find(&end)
                .map_or(text.len(), |at| from + at + end.len());
        }
    }
    if text.starts_with('"') {
        return quoted(text, '"').unwrap_or(text.len());
    }
    // A lifetime has no second mark.
    let mut chars = text.chars();
    if chars.next() == Some('\'') {
        let escaped = chars.next() == Some('\\');
        if escaped || chars.next() == Some('\'') {
            return quoted(text, '\'').unwrap_or(0);
        }
    }
    0
}

/// Where the string or character at the start ends.
fn quoted(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

#[test]
fn code_is_told_from_what_is_said_in_it() {
    let text = "use crate::a; // crate::b\nlet s = \"crate::c \\\" //\"; let c = '\"'; let d = '\\'';\n\
                /* crate::d\n*/ let r = r#\"crate::e \" \"#; fn f<'a>(x: &'a str) { crate::f::g() }\n";
    let file = SourceFile {
        name: "src/x/y.rs".to_owned(),
        text: text.to_owned(),
        is_test: false,
    };
    assert_eq!(
        file.crate_paths(),
        BTreeSet::from([(1, "a".to_owned()), (4, "f".to_owned())])
    );
}

#[test]
fn paths_to_the_root_are_found_however_they_are_written() {
    let text = "use crate::{a::{b, c}, d};\nuse super::super::e::f;\nuse super::g;\n\
                #[cfg(test)]\nmod tests {\n use super::super::h;\n use super::super::super::i;\n}\n";
    let file = SourceFile {
        name: "src/x/y.rs".to_owned(),
        text: text.to_owned(),
        is_test: false,
    };
    let mut names: Vec<_> = file
        .crate_paths()
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    names.sort();
    assert_eq!(names, ["a", "d", "e", "i"]);
}

#[test]
fn paths_are_whole_and_start_at_the_root() {
    let text = "use super::{a::{B, c::{D as E, self}}, f};\nfn g() { super::super::h::<u8>() }\n";
    let file = SourceFile {
        name: "src/x/y/mod.rs".to_owned(),
        text: text.to_owned(),
        is_test: false,
    };
    let paths = file.paths_in_code().into_iter();
    let paths: Vec<String> = paths
        .map(|(line, path)| format!("{line} {} as {}", path.segments.join("::"), path.name))
        .collect();
    let expected = [
        "1 x::a::B as B",
        "1 x::a::c::D as E",
        "1 x::a::c::self as self",
        "1 x::f as f",
        "2 h as h",
    ];
    assert_eq!(paths, expected);
}
