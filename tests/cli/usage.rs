use std::process::Stdio;

use insta::assert_snapshot;

use crate::support::TestCorpus;

#[test]
fn help_tells_what_there_is() {
    let corpus = TestCorpus::new();
    assert_snapshot!(corpus.run(["--help"]), @r#"
status 0
--- stdout
Mark up who said what in articles: quotes, speakers, claims and the links between them.

Opens a window unless a subcommand is given.

Usage: pullquote [OPTIONS] [PATH]...
       pullquote <COMMAND>

Commands:
  check        Check that tags and texts agree
  export       Write tags in a format other programs read
  import       Turn documents into articles, and another program's files into articles with tags
  suggest      Suggest quotes with their speakers
  carry        Carry the tags of an article into its copies
  agree        Measure how far annotators agree
  score        Compare tags with gold tags: precision, recall, F1
  stats        Count what a folder holds: tags, people, outlets, dates, pace
  list         List the articles of a folder with how far each is
  assign       Say who is to tag which article
  exam         Test newcomers on the examples of the guidelines
  search       Search texts and tags of a folder
  change       Change tags, people and labels over many articles in one step
  merge        Merge two versions of a sidecar
  recover      Show or restore unsaved work
  formats      List the formats and what each can carry
  completions  Print a shell's completion script
  man          Print the manual page

Arguments:
  [PATH]...
          Articles, or a folder of articles, to open in the window

Options:
      --as <NAME>
          The annotator: tags go to ARTICLE.NAME.ron

      --encoding <NAME>
          The encoding of articles that do not declare one, such as windows-1252

      --renderer <RENDERER>
          How to draw the window

          Possible values:
          - auto:     With the graphics card if there is one
          - hardware: With the graphics card only
          - software: Without a graphics card

  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

A file or folder named like a subcommand can be opened as ./check.
Exit codes: 0 fine, 1 problems found, 2 could not run.
"#);
    assert_snapshot!(corpus.run(["export", "-h"]), @"
    status 0
    --- stdout
    Write tags in a format other programs read

    Usage: pullquote export [OPTIONS] --to <FORMAT> <PATH>...

    Arguments:
      <PATH>...  Articles and folders of articles

    Options:
          --to <FORMAT>       The format; `pullquote formats` lists them
      -o, --output <OUT>      Where to write; standard output by default or with `-`
          --set <NAME=VALUE>  Choose an option of the format, such as unit=utf16; `pullquote formats`
                              lists them. Every format has split=80/10/10 and seed=NUMBER: training,
                              validation and test data by article
          --times             Also export who worked on each article when, and how long; as --set
                              times=yes
          --encoding <NAME>   The encoding of articles that do not declare one, such as windows-1252. By
                              default it is taken from the sidecar or guessed
          --dry-run           Write nothing; show the beginning of the export and what it would leave
                              out
          --strict            Exit with 1 if the format leaves something out, or differences in curated
                              articles are undecided
          --json              Print the report as JSON (on standard error if the export goes to standard
                              output)
      -h, --help              Print help (see more with '--help')

    What to export:
          --all                     Include everything
          --annotator <NAME>        Only tags by NAME [alias: --by]
          --label <LABEL>           Only tags with this label
          --attribute <NAME=VALUE>  Only tags whose attribute has this value
          --review <STATE>          Only tags in this review state: unreviewed, accepted, rejected,
                                    unsure
          --person <NAME>           Only mentions of a person and what links to them, by name, alias or
                                    id
          --state <STATE>           Only articles in this state: new, in-progress, done
    ");
}

#[test]
fn the_version_is_the_package_s() {
    let ran = TestCorpus::new().run(["--version"]);
    assert_eq!(
        ran.stdout,
        format!("pullquote {}\n", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    let corpus = TestCorpus::new();
    assert_snapshot!(corpus.run(["check"]), @r#"
status 2
--- stderr
error: the following required arguments were not provided:
  <PATH>...

Usage: pullquote check <PATH>...

For more information, try '--help'.
"#);
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "jsonl", "--by", "Maria K."]), @r#"
status 2
--- stderr
error: invalid value 'Maria K.' for '--annotator <NAME>': `Maria K.` is not a valid annotator name; use a to z, 0 to 9, _ and -, but not txt, text or md

For more information, try '--help'.
"#);
    assert_snapshot!(corpus.run(["--no-such-flag"]), @r#"
status 2
--- stderr
error: unexpected argument '--no-such-flag' found

Usage: pullquote [OPTIONS] [PATH]...
       pullquote <COMMAND>

For more information, try '--help'.
"#);
}

#[test]
fn formats_are_listed_with_what_they_carry() {
    let corpus = TestCorpus::new();
    let listed = corpus.run(["formats"]).stdout;
    let row = listed.lines().find(|line| line.starts_with("| jsonl "));
    let cells: Vec<&str> = row.unwrap().split('|').map(str::trim).collect();
    assert_eq!(cells[2..6], ["Native JSON Lines", "code points", "●", "●"]);
    assert!(
        listed.contains("- w3c, Unit of offsets: `unit=code-points` as"),
        "{listed}"
    );
    let listed = corpus.run(["formats", "--json"]).stdout;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed[0]["name"], "jsonl");
    assert_eq!(listed[0]["carries"]["unknown fields"], "no");
}

#[test]
fn unknown_formats_are_named_with_those_there_are() {
    let corpus = TestCorpus::new().file("a.txt", "text");
    for args in [
        &["export", "a.txt", "--to", "csvv"][..],
        &["import", "a.txt", "--from", "csvv", "--into", "x"],
    ] {
        let ran = corpus.run(args);
        assert_eq!(ran.status, Some(2));
        let words = "there is no format `csvv`; did you mean `csv`? choose one of: jsonl, csv, ";
        assert!(ran.stderr.contains(words), "{ran}");
    }
    for (typed, meant) in [("qoutes", "quotes"), ("exel", "xlsx"), ("Excel", "xlsx")] {
        let ran = corpus.run(["export", "a.txt", "--to", typed]);
        let words = format!("there is no format `{typed}`; did you mean `{meant}`? ");
        assert!(ran.stderr.contains(&words), "{ran}");
    }
    let ran = corpus.run(["export", "a.txt", "--to", "zzzzz"]);
    assert!(ran.stderr.contains("no format `zzzzz`; choose"), "{ran}");
    assert_eq!(corpus.names(), ["a.txt"]);
}

#[test]
fn unknown_subcommands_and_options_are_named() {
    let corpus = TestCorpus::new().file("a.txt", "text");
    assert_snapshot!(corpus.run(["expor", "a.txt", "--to", "csv"]), @"
    status 2
    --- stderr
    pullquote: there is no subcommand or file `expor`; did you mean `export`?
    ");
    assert_snapshot!(corpus.run(["convert", "a.txt", "--to", "csv"]), @"
    status 2
    --- stderr
    pullquote: there is no subcommand or file `convert`; `pullquote --help` lists the subcommands
    ");
    assert_snapshot!(corpus.run(["check", "a.txt", "--as", "maria"]), @"
    status 2
    --- stderr
    error: unexpected argument '--as' found

    Usage: pullquote check <PATH>...

    For more information, try '--help'.
    ");
    let ran = corpus.run(["import", "a.txt", "--form", "csv", "--into", "x"]);
    assert!(
        ran.stderr.contains("a similar argument exists: '--from'"),
        "{ran}"
    );
    let ran = corpus.run([
        "export",
        "a.txt",
        "--to",
        "jsonl",
        "--set",
        "spilt=80/10/10",
    ]);
    assert!(ran.stderr.contains("did you mean `split`?"), "{ran}");
}

#[test]
fn completions_and_manual_pages_are_made() {
    let corpus = TestCorpus::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = corpus.run(["completions", shell]);
        assert!(
            ran.status == Some(0) && ran.stdout.contains("pullquote"),
            "{ran}"
        );
    }
    let ran = corpus.run(["man"]);
    assert!(
        ran.status == Some(0) && ran.stdout.contains(".TH pullquote 1"),
        "{ran}"
    );
    let ran = corpus.run(["man", "export"]);
    assert!(ran.stdout.contains(r"\-\-strict"), "{ran}");
    assert_snapshot!(corpus.run(["man", "exprot"]), @r#"
status 2
--- stderr
pullquote: there is no subcommand `exprot`; `pullquote --help` lists them
"#);
}

#[test]
fn an_argument_forges_no_line_of_an_error() {
    let corpus = TestCorpus::new().file("a.txt", "Yes.");
    let odd = "x\u{1b}]0;t\u{7}\n/etc/shadow:1:1: x";
    for args in [
        &["check", "--", odd][..],
        &["check", &format!("--{odd}"), "a.txt"],
        &["assign", "--to", odd, "a.txt"],
        &["list", "a.txt", "--only", odd],
        &["agree", "a.txt", "--between", odd],
        &["export", "a.txt", "--to", odd],
        &["import", "a.txt", "--into", "c", "--map", odd],
        &["search", "a.txt", &format!("label:{odd}")],
        &["check", "a.txt", "--encoding", odd],
        &["merge", odd],
        &["--renderer", odd],
    ] {
        let run = corpus.run(args);
        assert_ne!(run.status, Some(0), "{args:?}: {run}");
        let forged = run.stderr.lines().any(|line| line.starts_with("/etc"));
        assert!(!forged && !run.stderr.contains('\u{1b}'), "{args:?}: {run}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let corpus = TestCorpus::new();
    let mut child = corpus
        .command()
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
#[cfg(not(feature = "gui"))]
fn a_build_without_window_says_so() {
    let corpus = TestCorpus::new().file("check/a.txt", "text");
    assert_snapshot!(corpus.run(["./check"]), @r#"
status 2
--- stderr
pullquote: this build has no window; build with `cargo build --features gui`, or run `pullquote --help` for the command line
"#);
}
