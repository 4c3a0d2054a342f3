//! The rules of the house, as tests: what may import what, what may be used where, what must be there.

mod circles;
mod dispatch;
mod repository;
mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use source::{SourceFile, source_files};

/// Ranks of modules: an import may only point to a lower rank.
const RANKS: [(&str, u8); 11] = [
    ("docs", 0),
    ("text", 0),
    ("model", 1),
    ("format", 2),
    ("suggest", 2),
    ("compare", 2),
    ("edit", 3),
    ("store", 3),
    ("ops", 4),
    ("cli", 5),
    ("gui", 5),
];

/// The longest a file may be, in lines.
const LONGEST: usize = 500;

fn rank(module: &str) -> Option<u8> {
    let found = RANKS.iter().find(|(name, _)| *name == module);
    found.map(|&(_, rank)| rank)
}

fn refuse(rule: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// Lines of the files that a rule picks, as `file:line: what`.
fn lines<'a>(
    files: impl IntoIterator<Item = &'a SourceFile>,
    mut wrong: impl FnMut(&SourceFile, &str) -> Option<String>,
) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (n, line) in file.code().lines().enumerate() {
            if let Some(what) = wrong(file, line) {
                found.push(format!("{}:{}: {what}", file.name, n + 1));
            }
        }
    }
    found
}

/// Whether `word` is in `line` as a word of its own.
fn has_word(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(part_of_name) && !line[at + word.len()..].starts_with(part_of_name)
    })
}

#[test]
fn imports_point_to_lower_ranks_only() {
    let files = source_files("src");
    let wrong = files.iter().flat_map(|file| {
        let own = file.module();
        let own_rank = own.and_then(rank);
        file.crate_paths()
            .into_iter()
            .filter_map(move |(line, target)| {
                let allowed = match (own_rank, rank(&target)) {
                    _ if own == Some(target.as_str()) => true,
                    (Some(own), Some(target)) => target < own,
                    // main.rs and lib.rs may name every module there is.
                    (None, Some(_)) => own.is_none(),
                    (_, None) => false,
                };
                let from = own.unwrap_or("the root");
                (!allowed).then(|| format!("{}:{line}: {from} may not see `{target}`", file.name))
            })
    });
    refuse("an import may only point to a lower rank", wrong.collect());
}

#[test]
fn every_module_has_a_rank() {
    let unranked = source_files("src").into_iter().filter_map(|file| {
        let module = file.module()?.to_owned();
        rank(&module).is_none().then_some(module)
    });
    refuse("modules without a rank", unranked.collect());
}

#[test]
fn the_window_s_crates_are_used_by_the_window_alone() {
    let files = source_files("src");
    let outside = files.iter().filter(|file| file.module() != Some("gui"));
    let wrong = lines(outside, |_, line| {
        let found = ["egui", "eframe", "rfd", "epaint", "winit"];
        let found = found.into_iter().find(|word| has_word(line, word))?;
        Some(format!("`{found}` belongs to gui"))
    });
    refuse("the window's crates stay in gui", wrong);
}

#[test]
fn the_disk_is_touched_by_the_store_alone() {
    let files = source_files("src");
    let outside = files.iter().filter(|file| file.module() != Some("store"));
    let wrong = lines(outside.filter(|file| !file.is_test), |_, line| {
        let imported = line.contains("use std::{") && has_word(line, "fs");
        let calls = [
            "std::fs",
            ".exists()",
            ".is_dir()",
            ".is_file()",
            ".canonicalize()",
            ".read_dir()",
            ".metadata()",
            "walkdir::",
        ];
        let called = calls.into_iter().find(|call| line.contains(call));
        let found = called.or(imported.then_some("std::fs"))?;
        Some(format!("`{found}` belongs to store"))
    });
    refuse("only store touches the disk", wrong);
}

/// The compiler refuses unsafe code but for where it is allowed.
#[test]
fn unsafe_code_is_in_one_file() {
    let files = source_files("src");
    let uses = lines(files.iter(), |_, line| {
        has_word(line, "unsafe_code").then(|| line.trim().to_owned())
    });
    assert!(
        matches!(uses.as_slice(), [one] if one.starts_with("src/gui/allocator.rs:")),
        "{uses:#?}"
    );
}

#[test]
fn arguments_and_printing_belong_to_the_command_line_alone() {
    let files = source_files("src");
    let outside = files.iter().filter(|file| file.module() != Some("cli"));
    let wrong = lines(outside.filter(|file| !file.is_test), |_, line| {
        let words = [
            "clap", "println", "eprintln", "print", "eprint", "stdout", "stderr",
        ];
        let found = words.into_iter().find(|word| match *word {
            "clap" => has_word(line, word),
            "stdout" | "stderr" => line.contains(&format!("{word}()")),
            name => has_word(line, name) && line.contains(&format!("{name}!")),
        })?;
        Some(format!("`{found}` belongs to cli"))
    });
    refuse("only cli reads arguments and prints", wrong);
}

#[test]
fn clock_and_chance_come_from_above() {
    let files = source_files("src");
    let below_ops = files.iter().filter(|file| {
        let rank = file.module().and_then(rank);
        rank.is_some_and(|rank| rank < 4) && !file.is_test
    });
    let wrong = lines(below_ops, |_, line| {
        let words = [
            "SystemTime::now",
            "Instant",
            "getrandom",
            "RandomState",
            "HashMap",
            "HashSet",
        ];
        let found = words.into_iter().find(|word| has_word(line, word))?;
        Some(format!("`{found}` does not give the same every time"))
    });
    refuse("below ops the same input gives the same output", wrong);
}

#[test]
fn documents_change_by_transactions_only() {
    let files = source_files("src");
    let allowed = ["src/model/document.rs", "src/edit/apply.rs"];
    let outside = files.iter().filter(|file| !file.is_test);
    let outside = outside.filter(|file| !allowed.contains(&file.name.as_str()));
    let wrong = lines(outside, |_, line| {
        has_word(line, "parts_mut").then(|| "`parts_mut` belongs to edit::apply".to_owned())
    });
    refuse("only edit::apply changes a document in place", wrong);
}

#[test]
fn nothing_panics_on_purpose_outside_tests() {
    let files = source_files("src");
    let code = files.iter().filter(|file| !file.is_test);
    let wrong = lines(code, |_, line| {
        let calls = [".unwrap()", ".expect(", "panic!", "unreachable!"];
        let found = calls.into_iter().find(|call| line.contains(call))?;
        Some(format!("`{found}`"))
    });
    refuse("errors are handled, not unwrapped", wrong);
}

#[test]
fn files_hold_one_notion_each() {
    let all = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(source_files);
    let long = all.filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > LONGEST).then(|| format!("{}: {lines} lines", file.name))
    });
    refuse("files longer than 500 lines", long.collect());
}

#[test]
fn nothing_is_left_for_later() {
    // Put together, so that they are not here.
    let words = [["TO", "DO"], ["FIX", "ME"], ["XX", "X"], ["HA", "CK"]].map(|word| word.concat());
    let macros = [["to", "do!"], ["unimple", "mented!"]].map(|word| word.concat());
    let all = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(source_files);
    let left = all.flat_map(|file| {
        let found = file.text.lines().enumerate().filter(|(_, line)| {
            words.iter().any(|word| has_word(line, word)) || macros.iter().any(|m| line.contains(m))
        });
        let found = found.map(|(n, line)| format!("{}:{}: {}", file.name, n + 1, line.trim()));
        found.collect::<Vec<_>>()
    });
    refuse("words for later", left.collect());
}

#[test]
fn every_public_module_says_what_it_is() {
    let silent = source_files("src").into_iter().flat_map(|file| {
        let modules = file.public_modules();
        let paths = modules
            .into_iter()
            .map(|path| path.to_string_lossy().into_owned());
        let named = ["src/lib.rs".to_owned(), "src/main.rs".to_owned()];
        paths.chain(named).collect::<Vec<_>>()
    });
    let silent: BTreeSet<String> = silent.collect();
    let silent = silent.into_iter().filter(|path| {
        let text = fs::read_to_string(root().join(path)).unwrap_or_default();
        !text.starts_with("//!")
    });
    refuse("public modules without a head", silent.collect());
}

#[test]
fn no_test_file_is_forgotten() {
    let mut reached = BTreeSet::new();
    let mut open = vec![PathBuf::from("tests/main.rs")];
    while let Some(path) = open.pop() {
        let file = SourceFile::read(&path);
        open.extend(file.modules());
        reached.insert(path);
    }
    let all: BTreeSet<PathBuf> = source_files("tests")
        .iter()
        .map(|f| f.name.clone().into())
        .collect();
    let forgotten = all
        .difference(&reached)
        .map(|path| path.display().to_string());
    refuse(
        "test files that tests/main.rs does not reach",
        forgotten.collect(),
    );
}

#[test]
fn the_papers_are_there() {
    let papers = [
        "README.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "deny.toml",
        ".ci/run",
    ];
    let missing = papers.into_iter().filter(|name| {
        let text = fs::read_to_string(root().join(name)).unwrap_or_default();
        text.trim().is_empty()
    });
    refuse("missing", missing.map(str::to_owned).collect());
}

/// The table of formats in the docs is what the program prints.
#[test]
fn the_docs_list_the_formats_there_are() {
    let docs = crate::support::docs_module("formats");
    let printed = crate::support::TestCorpus::new().run(["formats"]).stdout;
    // That one is there only where it was built in.
    let usual: Vec<&str> = printed
        .lines()
        .filter(|line| !line.starts_with("| parquet"))
        .collect();
    let usual = usual.join("\n");
    assert!(
        docs.ends_with(usual.trim()),
        "src/docs.rs: put the output of `pullquote formats` into `formats`:\n{usual}"
    );
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
