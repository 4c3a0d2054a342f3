//! A new command, order or subcommand cannot be ignored silently: no match has a wildcard arm for
//! such an enum, and an edit is named only where it is declared and where its action is.

use pullquote::ops::EditKind;

use super::refuse;
use super::source::{SourceFile, source_files};

/// Enums of what can be done; each of their variants is named wherever they are matched.
const ENUMS: [&str; 16] = [
    "Command",
    "Move",
    "MoveKind",
    "Edit",
    "EditKind",
    "Gesture",
    "GestureKind",
    "UiCommand",
    "WindowCommand",
    "Meaning",
    "Needs",
    "LayoutMotion",
    "AppCommand",
    "Subcommand",
    "FollowUp",
    "Coalesce",
];

/// Whether a pattern is about one of these enums, such as `Some(Edit::Tag(_))`.
fn names_one(pattern: &str) -> bool {
    ENUMS.iter().any(|name| {
        pattern.match_indices(name).any(|(at, _)| {
            let in_name = |c: char| c.is_alphanumeric() || c == '_';
            !pattern[..at].ends_with(in_name) && pattern[at + name.len()..].starts_with("::")
        })
    })
}

/// Whether a pattern takes in all that is left.
fn takes_all(pattern: &str) -> bool {
    let pattern = pattern.split(" if ").next().unwrap_or_default().trim();
    let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
    !pattern.is_empty() && pattern.chars().all(is_name) && pattern != "true" && pattern != "false"
}

/// The text in the braces or brackets that open at the start; `None` where they do not close.
fn inside(text: &str) -> Option<&str> {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(1..at);
        }
    }
    None
}

/// The patterns of the arms in the braces of a `match`.
fn patterns(arms: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut in_body) = (0_i32, 0, false);
    for (at, c) in arms.char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth != 0 {
            continue;
        }
        if !in_body && arms[at..].starts_with("=>") {
            found.push(arms[start..at].trim());
            in_body = true;
        } else if in_body && (c == ',' || c == '}') {
            // A block may be followed by a comma or by the next arm.
            let after = arms[at + 1..].trim_start();
            if c == ',' || !after.starts_with([',', '.', '?', ')']) {
                start = at + 1;
                in_body = false;
            }
        }
    }
    found
}

/// Where a `match` of the text has an arm for what is left of one of the enums, or `matches!` asks
/// for a part of it: each with its line.
fn swallowing(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let line = |at: usize| code[..at].matches('\n').count() + 1;
    for (at, _) in code.match_indices("match ") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let Some(open) = code[at..].find('{').map(|open| at + open) else {
            continue;
        };
        let patterns = patterns(inside(&code[open..]).unwrap_or_default());
        if patterns.iter().any(|pattern| names_one(pattern)) {
            let all = patterns.iter().filter(|pattern| takes_all(pattern));
            found.extend(all.map(|pattern| (line(at), format!("an arm `{pattern}`"))));
        }
    }
    for (at, name) in code.match_indices("matches!(") {
        let asked = inside(&code[at + name.len() - 1..]).unwrap_or_default();
        // Whether a banner offers one particular order is no dispatch.
        if names_one(&asked.replace("AppCommand::", "")) {
            found.push((line(at), "`matches!`".to_owned()));
        }
    }
    found
}

#[test]
fn no_command_is_swallowed() {
    let files = source_files("src");
    let wrong = files.iter().filter(|file| !file.is_test).flat_map(|file| {
        let found = swallowing(&file.code()).into_iter();
        found.map(|(line, what)| format!("{}:{line}: {what}", file.name))
    });
    refuse(
        "every command is named where commands are told apart",
        wrong.collect(),
    );
}

#[test]
fn arms_for_what_is_left_are_found() {
    let code = "match command {\n Command::Move(to) => { go(to) }\n Command::Edit(edit) => edit(),\n _ => {}\n}\n\
                match key { Key::A => 1, _ => 2 }\n\
                match order { Some(AppCommand::Document(_)) => match n { 1 => 2, _ => 3 }, other => f(other) }\n\
                if matches!(x, UiCommand::Undo | UiCommand::Redo) {}\n";
    let found = swallowing(code);
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 7, 8], "{found:?}");
}

/// How often a file names an edit: where it is declared (`Tag(…)`), and as `Edit::Tag`.
fn count(file: &SourceFile, name: &str) -> usize {
    let code = file.code();
    let path = format!("Edit::{name}");
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    let named = code
        .match_indices(&path)
        .filter(|(at, _)| {
            !code[..*at].ends_with(in_name) && !code[at + path.len()..].starts_with(in_name)
        })
        .count();
    let declared = file.name == "src/ops/command/edit.rs";
    let declaration = |line: &str| {
        let rest = line.trim().strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with(['(', ',', ' ']))
    };
    named + usize::from(declared) * code.lines().filter(|line| declaration(line)).count()
}

/// A new edit is a file, a variant and a line of the table. Gestures and fixes are made of edits,
/// and the window, the table of its orders and the ideal user give them: those only construct.
#[test]
fn an_edit_is_named_in_three_places_at_most() {
    let files = source_files("src");
    let giving = [
        "src/gui/",
        "src/ops/ui_command/",
        "src/ops/effort/",
        "src/ops/open_document/gestures.rs",
        "src/ops/lint/fix.rs",
    ];
    let told_apart = files
        .iter()
        .filter(|file| !file.is_test && !giving.iter().any(|giving| file.name.starts_with(giving)));
    let told_apart: Vec<&SourceFile> = told_apart.collect();
    let wrong = EditKind::ALL.iter().filter_map(|kind| {
        let name = format!("{kind:?}");
        let places: Vec<String> = told_apart
            .iter()
            .filter(|file| count(file, &name) > 0)
            .map(|file| format!("{} ({})", file.name, count(file, &name)))
            .collect();
        let all: usize = told_apart.iter().map(|file| count(file, &name)).sum();
        // The third place is its file in `edit::action`.
        (all != 2).then(|| format!("{name}: {places:?}"))
    });
    refuse(
        "an edit is a variant, a line in `resolve` and a file in `edit::action`",
        wrong.collect(),
    );
}

/// Of an open document's parts, each calls only those below it.
#[test]
fn calls_go_one_way_from_a_command_to_the_change() {
    const LEVELS: [&[&str]; 5] = [
        &["run"],
        &["gestures"],
        &["edits", "journal"],
        &["resolve", "commit", "navigate"],
        &["candidate_list", "listing", "mod"],
    ];
    let files = source_files("src/ops/open_document");
    let level = |file: &SourceFile| {
        let name = file.name.rsplit('/').next()?.strip_suffix(".rs")?;
        LEVELS.iter().position(|names| names.contains(&name))
    };
    let mut declared = Vec::new();
    for file in &files {
        let code = file.code();
        for (at, _) in code.match_indices("fn ") {
            let rest = &code[at + 3..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            let name = rest[..end.unwrap_or(rest.len())].to_owned();
            if rest[name.len()..]
                .trim_start_matches(|c| c != '(')
                .trim_start_matches('(')
                .trim_start()
                .starts_with(['&', 'm', 's'])
            {
                declared.push((name, level(file)));
            }
        }
    }
    let mut wrong = Vec::new();
    for file in &files {
        let Some(own) = level(file) else {
            continue;
        };
        let code = file.code();
        for (name, level) in &declared {
            let upward = level.is_some_and(|level| level < own);
            if upward && code.contains(&format!("self.{name}(")) {
                wrong.push(format!("{}: calls `{name}` above it", file.name));
            }
        }
    }
    refuse(
        "run, gestures, edits, resolve and commit call downwards",
        wrong,
    );
}
