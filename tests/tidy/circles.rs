//! No two modules of one folder need each other.

use std::collections::{BTreeMap, BTreeSet};

use super::refuse;
use super::source::{SourceFile, source_files};

/// What one module of a folder names of another, and where.
type Edges = BTreeMap<(String, String), String>;

#[test]
fn modules_of_a_folder_do_not_import_each_other_in_a_circle() {
    let files = source_files("src");
    let heads: Vec<&SourceFile> = files
        .iter()
        .filter(|file| !file.is_test && !file.modules().is_empty())
        .filter(|file| !file.module_path().is_empty())
        .collect();
    let mut wrong = Vec::new();
    for head in heads {
        let module = head.module_path().join("::");
        let circles = circles(&edges(head, &files)).into_iter();
        wrong.extend(circles.map(|circle| format!("{module}:\n  {}", circle.join("\n  "))));
    }
    refuse("modules that import each other in a circle", wrong);
}

/// Which of the modules that `head` declares import which others, directly or by a name that
/// `head` passes on.
fn edges(head: &SourceFile, files: &[SourceFile]) -> Edges {
    let above = head.module_path();
    let depth = above.len();
    let below = |file: &SourceFile| {
        let path = file.module_path();
        let within = path.starts_with(&above);
        path.get(depth).cloned().filter(|_| within)
    };
    let modules: BTreeSet<String> = files.iter().filter_map(below).collect();
    let passed_on: BTreeMap<String, String> = head
        .taken_from_below()
        .into_iter()
        .filter(|path| modules.contains(&path.segments[0]))
        .map(|path| (path.name, path.segments[0].clone()))
        .collect();
    let mut edges = Edges::new();
    for file in files.iter().filter(|file| !file.is_test) {
        let Some(from) = below(file) else { continue };
        for (line, path) in file.paths_in_code() {
            let Some(name) = path.segments.get(depth) else {
                continue;
            };
            let to = if modules.contains(name) {
                Some(name)
            } else {
                passed_on.get(name)
            };
            if let Some(to) = to.filter(|to| path.segments.starts_with(&above) && **to != from) {
                let place = format!("{}:{line}: {from} imports {name} of {to}", file.name);
                edges.entry((from.clone(), to.clone())).or_insert(place);
            }
        }
    }
    edges
}

/// The imports of each circle.
fn circles(edges: &Edges) -> Vec<Vec<String>> {
    let reached = |start: &str| {
        let mut reached = BTreeSet::new();
        let mut open = vec![start.to_owned()];
        while let Some(module) = open.pop() {
            let next = edges.keys().filter(|(from, _)| *from == module);
            for (_, to) in next {
                if reached.insert(to.clone()) {
                    open.push(to.clone());
                }
            }
        }
        reached
    };
    let reached: BTreeMap<String, BTreeSet<String>> = edges
        .keys()
        .map(|(from, _)| (from.clone(), reached(from)))
        .collect();
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
    let mut circles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((from, to), place) in edges {
        if reaches(to, from) {
            // The first module by name represents the circle.
            let first = reached
                .keys()
                .find(|m| reaches(m, from) && reaches(from, m));
            let circle = circles.entry(first.map_or("", String::as_str)).or_default();
            circle.push(place.clone());
        }
    }
    circles.into_values().collect()
}

#[test]
fn a_circle_is_found_by_the_names_that_are_passed_on() {
    let file = |name: &str, text: &str| SourceFile {
        name: name.to_owned(),
        text: text.to_owned(),
        is_test: false,
    };
    let head = file(
        "src/x/mod.rs",
        "mod a;\nmod b;\nmod c;\npub use c::Thing;\n",
    );
    let files = [
        file("src/x/a.rs", "use super::b::f;\n"),
        file("src/x/b/deep.rs", "use crate::x::Thing;\n"),
        file(
            "src/x/c.rs",
            "use crate::y::a;\n#[cfg(test)]\nmod tests {\n use super::super::b;\n}\n",
        ),
    ];
    assert!(circles(&edges(&head, &files)).is_empty());
    let mut files = Vec::from(files);
    files.push(file("src/x/c/more.rs", "use super::super::a;\n"));
    assert_eq!(
        circles(&edges(&head, &files)),
        [[
            "src/x/a.rs:1: a imports b of b",
            "src/x/b/deep.rs:1: b imports Thing of c",
            "src/x/c/more.rs:1: c imports a of a",
        ]]
    );
}
