use std::fs;
use std::path::{Path, PathBuf};

/// A file of Rust, and what can be said of it without understanding it.
pub(super) struct SourceFile {
    /// Its path below the project's folder, with `/`.
    pub(super) name: String,
    pub(super) text: String,
    /// Whether all of it is compiled for tests only.
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

    /// Every module right below the crate that the file names, tests included: by `crate::x`, in
    /// braces, or by more `super`s than there are modules above. Each with its line.
    pub(super) fn crate_paths(&self) -> Vec<(usize, String)> {
        let code = without_comments_and_strings(&self.text);
        let tests = code.find("#[cfg(test)]\nmod tests {").unwrap_or(code.len());
        let depth = match self.name.rsplit('/').next() {
            Some("mod.rs" | "lib.rs" | "main.rs") => self.name.matches('/').count() - 1,
            _ => self.name.matches('/').count(),
        };
        let mut found = Vec::new();
        let roots = if self.name == "src/main.rs" {
            "pullquote::"
        } else {
            "crate::"
        };
        let mut paths: Vec<usize> = code
            .match_indices(roots)
            .filter(|&(at, _)| {
                !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$')
            })
            .map(|(at, _)| at + roots.len())
            .collect();
        for (at, _) in code.match_indices("super::") {
            if !code[..at].ends_with("super::") {
                let rest = &code[at..];
                let after = rest.trim_start_matches("super::");
                let supers = (rest.len() - after.len()) / "super::".len();
                let depth = depth + usize::from(at > tests);
                if supers >= depth {
                    paths.push(at + rest.len() - after.len());
                }
            }
        }
        for at in paths {
            let line = code[..at].matches('\n').count() + 1;
            let names = first_names(&code[at..]).into_iter();
            // `crate::Name` and `crate::name!` are items of the root, not modules.
            let modules = names.filter(|name| name.starts_with(|c: char| c.is_lowercase()));
            found.extend(modules.map(|name| (line, name)));
        }
        found
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

/// The first name of a path, or those of each path in braces: `a` in `a::b`, `a` and `c` in
/// `{a::{b}, c}`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        let text = text.trim_start();
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(inner) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let (mut names, mut depth, mut start) = (Vec::new(), 1, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            names.push(name(&inner[start..at]));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Blanks out comments and what stands in strings and characters; lines stay.
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

/// How many bytes of a comment, string or character stand at the start; 0 for code.
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
        [(1, "a".to_owned()), (4, "f".to_owned())]
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
