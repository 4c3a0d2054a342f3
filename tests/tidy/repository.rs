//! What holds for every file that is committed.

use std::fs;
use std::path::PathBuf;

use super::source::source_files;
use super::{refuse, root};

/// The text files of the project, by their path below its folder.
fn text_files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            let name = path.to_string_lossy().replace('\\', "/");
            if matches!(name.as_str(), "target" | ".git" | "Cargo.lock") {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
            } else if let Ok(text) = fs::read_to_string(root().join(&path)) {
                files.push((name, text));
            }
        }
    }
    files.sort();
    files
}

/// Lines of text files that a rule picks, as `file:line: the line`.
fn lines(wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in text_files() {
        for (n, line) in text.lines().enumerate() {
            if wrong(line) {
                found.push(format!("{name}:{}: {}", n + 1, line.trim()));
            }
        }
    }
    found
}

/// The person who builds chooses where packages come from, not the project.
#[test]
fn no_file_names_the_host_of_a_package_registry() {
    // Put together, so that they are not here.
    let hosts = [
        ["crates", "io"],
        ["pypi", "org"],
        ["pythonhosted", "org"],
        ["npmjs", "com"],
        ["npmjs", "org"],
        ["deb.debian", "org"],
        ["proxy.golang", "org"],
    ]
    .map(|host| host.join("."));
    let named = |line: &str| hosts.iter().any(|host| line.contains(host));
    refuse("hosts of package registries", lines(named));
}

#[test]
fn the_minimum_rust_version_is_the_one_of_the_manifest() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut stated = manifest.lines().filter_map(|line| {
        let value = line.strip_prefix("rust-version = ")?;
        Some(value.trim_matches('"').to_owned())
    });
    let version = stated.next().unwrap();
    assert_eq!(stated.next(), None, "stated twice");
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, said) = readme.split_once("[Rust toolchain]").unwrap();
    assert!(
        said.lines()
            .next()
            .unwrap()
            .contains(&format!("({version} or newer)")),
        "README.md must ask for Rust {version}"
    );
    // A second place would be forgotten at the next bump.
    let others = text_files().into_iter().filter(|(name, text)| {
        let may = ["Cargo.toml", "README.md", "CHANGELOG.md"];
        let states = [
            "msrv",
            "rust-version",
            "RUST_VERSION",
            "toolchain@",
            "channel =",
        ];
        let own = name.starts_with("tests/tidy");
        !own && !may.contains(&name.as_str()) && states.iter().any(|word| text.contains(word))
    });
    let others = others.map(|(name, _)| name).collect();
    refuse("other places that state a Rust version", others);
}

/// A test that is renamed would otherwise be left out in silence.
#[test]
fn tests_that_scripts_run_by_name_are_there() {
    let sources = source_files("src");
    let missing = text_files().into_iter().flat_map(|(name, text)| {
        let words = text.lines().filter_map(|line| line.split_once("--exact "));
        let tests = words.flat_map(|(_, words)| words.split_whitespace());
        let missing = tests.filter(|word| {
            let Some((module, test)) = word.rsplit_once("::") else {
                return false;
            };
            let around = module.strip_suffix("::tests").unwrap_or(module);
            let there = sources.iter().any(|file| {
                [module, around].contains(&file.module_path().join("::").as_str())
                    && file.text.contains(&format!("fn {test}()"))
            });
            name.ends_with(".sh") && !there
        });
        let missing = missing.map(|word| format!("{name}: {word}"));
        missing.collect::<Vec<_>>()
    });
    refuse("tests that are not there", missing.collect());
}
