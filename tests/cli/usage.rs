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

Without a subcommand a window opens.

Usage: pullquote [OPTIONS] [PATH]...
       pullquote <COMMAND>

Commands:
  check        Check that tags and texts agree
  export       Write tags in a format other programs read
  import       Make articles and sidecars of another program's files
  merge        Make one sidecar of two versions
  recover      Show or take up work that was not saved when a window ended
  formats      List the formats and what each can carry
  completions  Print a shell's completion script
  man          Print the manual page

Arguments:
  [PATH]...
          Articles, or a folder of articles, to open in the window

Options:
      --as <NAME>
          Whose work it is: tags go to ARTICLE.NAME.ron

      --encoding <NAME>
          The encoding of articles that do not say it themselves, such as windows-1252

      --renderer <RENDERER>
          How the window is drawn

          Possible values:
          - auto:     By the graphics card where there is one
          - hardware: By the graphics card, or not at all
          - software: Without a graphics card

  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

A file or folder named like a subcommand can be opened as ./check.
Exit codes: 0 fine, 1 problems found, 2 could not run.
"#);
    assert_snapshot!(corpus.run(["export", "-h"]), @r#"
status 0
--- stdout
Write tags in a format other programs read

Usage: pullquote export [OPTIONS] --to <FORMAT> <PATH>...

Arguments:
  <PATH>...  Articles and folders of articles

Options:
      --to <FORMAT>      The format; `pullquote formats` lists them
  -o, --output <OUT>     Where to write; `-` or nothing: standard output
      --by <NAME>        Only the work of NAME; may be given several times
      --encoding <NAME>  The encoding of articles that do not say it themselves, such as
                         windows-1252; otherwise their sidecars are asked, then it is guessed
      --all              Leave nothing out
      --strict           Exit with 1 where the format could not carry something
      --json             Print the report as JSON (on standard error where the export goes to
                         standard output)
  -h, --help             Print help (see more with '--help')
"#);
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
error: invalid value 'Maria K.' for '--by <NAME>': `Maria K.` cannot be an annotator's name: use a to z, 0 to 9, _ and -, and none of txt, text, md

For more information, try '--help'.
"#);
    assert_snapshot!(corpus.run(["--no-such-flag"]), @r#"
status 2
--- stderr
error: unexpected argument '--no-such-flag' found

  tip: to pass '--no-such-flag' as a value, use '-- --no-such-flag'

Usage: pullquote [OPTIONS] [PATH]...
       pullquote <COMMAND>

For more information, try '--help'.
"#);
}

#[test]
fn formats_are_listed_with_what_they_carry() {
    let corpus = TestCorpus::new();
    assert_snapshot!(corpus.run(["formats"]), @r#"
status 0
--- stdout
| format | name              | offsets     | import | export | overlap | nesting | split | links | attributes | people | review | notes | author | unknown fields |
| ------ | ----------------- | ----------- | ------ | ------ | ------- | ------- | ----- | ----- | ---------- | ------ | ------ | ----- | ------ | -------------- |
| jsonl  | Native JSON Lines | code points | ●      | ●      | ●       | ●       | ●     | ●     | ●          | ●      | ●      | ●     | ●      | ○              |

● carried, ◐ carried in a way only Pullquote reads back, ○ not carried
"#);
    assert_snapshot!(corpus.run(["formats", "--json"]), @r#"
status 0
--- stdout
[{"name":"jsonl","title":"Native JSON Lines","extensions":["jsonl","ndjson"],"offsets":"code points","reads":true,"writes":true,"one_file":true,"carries":{"attributes":"yes","author":"yes","links":"yes","nesting":"yes","notes":"yes","overlap":"yes","people":"yes","review":"yes","split":"yes","unknown fields":"no"}}]
"#);
}

#[test]
fn unknown_formats_are_named_with_those_there_are() {
    let corpus = TestCorpus::new().file("a.txt", "text");
    assert_snapshot!(corpus.run(["export", "a.txt", "--to", "csvv"]), @r#"
status 2
--- stderr
pullquote: there is no format `csvv`; there are: jsonl
"#);
    assert_snapshot!(corpus.run(["import", "a.txt", "--from", "csvv", "--into", "x"]), @r#"
status 2
--- stderr
pullquote: there is no format `csvv`; there are: jsonl
"#);
    assert_eq!(corpus.names(), ["a.txt"]);
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
pullquote: this build has no window; build it with `cargo build --features gui`, or see what the command line does: pullquote --help
"#);
}
