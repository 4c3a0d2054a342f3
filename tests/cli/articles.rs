//! Documents and databases become articles.

use std::fs;

use insta::assert_snapshot;
use pullquote::format::article_facts;
use pullquote::model::ArticleFacts;

use crate::support::TestCorpus;

/// An export of two articles; the text of the second one as given.
fn export(second: &str) -> String {
    let article = |n: usize, title: &str, text: &str| {
        format!(
            "{{\\i \"Bote\" gefunden am 28.12.2017 10:3{n} Uhr}}\\par {{\\b {title}}}\\par {text}\\par \\sect "
        )
    };
    let first = article(
        1,
        "Brot wird teurer",
        "\\ldblquote Endlich\\rdblquote , sagte Jon Muster.",
    );
    format!(
        "{{\\rtf1\\ansi {first}{}}}",
        article(2, "F\\'e4hren: Streit", second)
    )
}

const FIRST: &str = "x/2017-12-28-brot-wird-teurer.txt";
const SECOND: &str = "x/2017-12-28-fähren-streit.txt";

fn facts(corpus: &TestCorpus, article: &str) -> ArticleFacts {
    let text = corpus.read(&format!("{article}.meta.ron"));
    article_facts::read(text.as_bytes()).unwrap().facts
}

#[test]
fn articles_are_looked_at_then_written_with_what_is_known() {
    let corpus = TestCorpus::new().file("press.rtf", export("Das Boot soll fahren."));
    let look = ["import", "press.rtf", "--into", "x", "--dry-run"];
    assert_snapshot!(corpus.run(look), @r#"
status 0
--- stdout
x/2017-12-28-brot-wird-teurer.txt: new
    begins: “Endlich”, sagte Jon Muster.
    known: headline “Brot wird teurer”, outlet “Bote”, date “2017-12-28”, date means “found, not published”, time “10:31”
x/2017-12-28-fähren-streit.txt: new
    begins: Das Boot soll fahren.
    known: headline “Fähren: Streit”, outlet “Bote”, date “2017-12-28”, date means “found, not published”, time “10:32”
--- stderr
read as `rtf` (Rich Text Format)
2 articles found: 2 new
"#);
    assert_eq!(corpus.names(), ["press.rtf"]);
    let import = ["import", "press.rtf", "--into", "x"];
    assert_snapshot!(corpus.run(import), @r#"
status 0
--- stderr
read as `rtf` (Rich Text Format)
2 articles found: 2 new
2 documents read: wrote 2 articles and 0 sidecars, 0 already there
"#);
    assert_eq!(
        corpus.read(FIRST),
        "Brot wird teurer\n“Endlich”, sagte Jon Muster.\n"
    );
    let known = facts(&corpus, SECOND);
    assert_eq!((&*known.outlet, &*known.date), ("Bote", "2017-12-28"));
    let from = known.imported_from.unwrap();
    assert_eq!((&*from.file, from.index), ("press.rtf", 1));
    // Once more: nothing changes, also where somebody has named the article otherwise.
    fs::rename(corpus.path(FIRST), corpus.path("x/brot.txt")).unwrap();
    let meta = |name: &str| corpus.path(&format!("{name}.meta.ron"));
    fs::rename(meta(FIRST), meta("x/brot.txt")).unwrap();
    let before = corpus.files();
    assert_snapshot!(corpus.run(import), @r#"
status 0
--- stderr
read as `rtf` (Rich Text Format)
2 articles found: 2 there already
2 documents read: wrote 0 articles and 0 sidecars, 2 already there
"#);
    assert_eq!(corpus.files(), before);
}

#[test]
fn a_newer_version_takes_the_place_of_the_older_one_when_that_is_wanted() {
    let corpus = TestCorpus::new().file("press.rtf", export("Das Boot soll fahren, sagte sie."));
    let import = ["import", "press.rtf", "--into", "x"];
    assert_eq!(corpus.run(import).status, Some(0));
    // Somebody has tagged it.
    let old = corpus.read(SECOND);
    let corpus = corpus.tagged(
        SECOND,
        "",
        &old.replace(
            "Das Boot soll fahren",
            "<q1:quote>Das Boot soll fahren</q1>",
        ),
    );
    let corpus = corpus.file(
        "press.rtf",
        export("Neu. Das Boot soll fahren, sagte sie am Montag."),
    );
    assert_snapshot!(corpus.run(import), @r#"
status 1
--- stderr
read as `rtf` (Rich Text Format)
press.rtf:2:1: the document `2017-12-28-fähren-streit.txt`: another version of it is there as x/2017-12-28-fähren-streit.txt and stays; choose to update (--update) to put the new text in its place, where tags find their words again
2 articles found: 1 of which another version stays, 1 there already
2 documents read: wrote 0 articles and 0 sidecars, 1 already there
"#);
    assert_eq!(corpus.read(SECOND), old);
    let update = ["import", "press.rtf", "--into", "x", "--update"];
    assert_snapshot!(corpus.run(update), @r#"
status 0
--- stderr
read as `rtf` (Rich Text Format)
press.rtf:2:1: the document `2017-12-28-fähren-streit.txt`: its text takes the place of that in x/2017-12-28-fähren-streit.txt, which is kept
2 articles found: 1 in the place of another version, 1 there already
2 documents read: wrote 0 articles and 0 sidecars, 1 already there
"#);
    assert!(corpus.read(SECOND).contains("Neu. Das Boot"));
    let check = corpus.run(["check", "x"]).stdout;
    assert!(
        check.contains("has changed since it was annotated: 1 tag moved"),
        "{check}"
    );
    // Now it is known.
    assert!(corpus.run(update).stderr.contains("2 there already"));
}

#[test]
fn the_copy_of_an_export_as_plain_text_is_no_article() {
    let pad = " ".repeat(31);
    let text = format!(
        "{pad}1 of 1 DOCUMENTS\n\n{pad}Post\n\n{pad}May 4, 2010\n\nBread\n\nLENGTH: 3 words\n\nIt rose again.\n\n\
         LOAD-DATE: May 5, 2010\n"
    );
    let corpus = TestCorpus::new().file("in/press.txt", text);
    let import = ["import", "in", "--into", "x", "--set", "keep=yes"];
    for _ in 0..2 {
        assert_eq!(corpus.run(import).status, Some(0));
        assert!(corpus.path("x/press.txt.original").exists());
        let check = corpus.run(["check", "x"]);
        assert!(check.stderr.contains("1 article, 0 sidecars"), "{check}");
    }
}

#[test]
fn an_import_with_replaced_texts_is_taken_back() {
    let corpus = TestCorpus::new().file("press.rtf", export("Alt."));
    let import = |corpus: &TestCorpus, update: &[&str]| {
        let words = ["import", "press.rtf", "--into", "x", "--set", "keep=yes"];
        let ran = corpus.run(words.iter().chain(update).copied());
        assert_eq!(ran.status, Some(0), "{ran}");
    };
    import(&corpus, &[]);
    let seen = |corpus: &TestCorpus| {
        let mut files = corpus.files();
        files.retain(|(name, _)| name.starts_with("x/") && !name.contains(".pullquote"));
        files
    };
    let before = seen(&corpus);
    assert!(before.iter().any(|(name, _)| name == "x/press.rtf"));
    let corpus = corpus.file("press.rtf", export("Neu."));
    import(&corpus, &["--update"]);
    assert!(corpus.read(SECOND).contains("Neu."));
    assert!(corpus.path("x/press-2.rtf").exists());
    let look = corpus.run(["import", "--undo", "--into", "x", "--dry-run"]);
    let listed = format!("{SECOND}: would be as before");
    assert!(look.stdout.contains(&listed), "{look}");
    assert!(corpus.read(SECOND).contains("Neu."));
    let undone = corpus.run(["import", "--undo", "--into", "x"]);
    assert_eq!(undone.status, Some(0), "{undone}");
    let words = "undone: import of press.rtf (";
    assert!(undone.stderr.contains(words), "{undone}");
    assert!(
        undone.stderr.contains("1 file removed, 2 files as before"),
        "{undone}"
    );
    assert_eq!(seen(&corpus), before);
    // The import before it, and then there is none.
    let undone = corpus.run(["import", "--undo", "--into", "x", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&undone.stdout).unwrap();
    assert_eq!(
        told["removed"].as_array().map(Vec::len),
        Some(5),
        "{undone}"
    );
    assert!(seen(&corpus).is_empty());
    let none = corpus.run(["import", "--undo", "--into", "x"]);
    assert_eq!(none.status, Some(2), "{none}");
    assert!(
        none.stderr
            .contains("no import into this folder is left to undo"),
        "{none}"
    );
}

/// Tags and facts that people have added keep all of the import where it is, by name.
#[test]
fn an_import_that_was_worked_on_is_not_taken_back() {
    let corpus = TestCorpus::new().file("press.rtf", export("Das Boot soll fahren."));
    let import = ["import", "press.rtf", "--into", "x"];
    assert_eq!(corpus.run(import).status, Some(0));
    let old = corpus.read(SECOND);
    let tagged = old.replace("Das Boot", "<q1:quote>Das Boot</q1>");
    let corpus = corpus.tagged(SECOND, "ann", &tagged);
    let before = corpus.files();
    let undone = corpus.run(["import", "--undo", "--into", "x"]);
    assert_eq!(undone.status, Some(2), "{undone}");
    let words = format!(
        "nothing was removed, because x/{}.ann.ron was added",
        &SECOND[2..]
    );
    assert!(undone.stderr.contains(&words), "{undone}");
    assert_eq!(corpus.files(), before);
    // So do tags of a text that a newer version has replaced.
    let corpus = corpus.file("press.rtf", export("Neu. Das Boot soll fahren."));
    let update = corpus.run(["import", "press.rtf", "--into", "x", "--update"]);
    assert_eq!(update.status, Some(0), "{update}");
    let sidecar = format!("{SECOND}.ann.ron");
    let tags = corpus.read(&sidecar);
    let corpus = corpus.file(&sidecar, tags.replace("quote", "claim"));
    let undone = corpus.run(["import", "--undo", "--into", "x"]);
    let words = format!("{sidecar} was changed since");
    assert!(undone.stderr.contains(&words), "{undone}");
    let corpus = corpus.file(&sidecar, tags);
    assert_eq!(
        corpus.run(["import", "--undo", "--into", "x"]).status,
        Some(0)
    );
    assert_eq!(corpus.read(SECOND), old);
}

/// A sidecar from which all was taken back goes with its article, if one is its annotator.
#[test]
fn ones_own_empty_sidecar_bars_no_import_from_being_taken_back() {
    let corpus = TestCorpus::new().file("press.rtf", export("Das Boot soll fahren."));
    assert_eq!(
        corpus.run(["import", "press.rtf", "--into", "x"]).status,
        Some(0)
    );
    let text = corpus.read(SECOND);
    let corpus = corpus.tagged(SECOND, "ann", &text);
    let before = corpus.files();
    let undo = ["import", "--undo", "--into", "x"];
    for args in [&undo[..], &[&undo[..], &["--as", "ben"]].concat()] {
        let undone = corpus.run(args);
        assert_eq!(undone.status, Some(2), "{undone}");
        assert!(undone.stderr.contains("holds nothing any more"), "{undone}");
        assert_eq!(corpus.files(), before);
    }
    let undone = corpus.run([&undo[..], &["--as", "ann"]].concat());
    assert_eq!(undone.status, Some(0), "{undone}");
    assert!(!corpus.names().iter().any(|name| name.starts_with("x/")));
}

#[test]
fn a_folder_of_documents_is_imported_as_one() {
    let one = |words: &str| format!("{{\\rtf1\\ansi {words}}}");
    let corpus = TestCorpus::new()
        .file("in/a.rtf", one("{\\b Same}\\par One."))
        .file("in/deep/b.rtf", one("{\\b Same}\\par Two."))
        .file("in/c.rtf", one("{\\b Same}\\par Three."))
        .file("in/broken.docx", "PK\u{3}\u{4} word/document.xml")
        .file("in/d.pdf", "%PDF-1.7")
        .file("in/diary.txt", "Dear diary");
    assert_snapshot!(corpus.run(["import", "in", "--into", "x"]), @r#"
status 1
--- stderr
read as `articles` (Articles in any of the following formats)
in/broken.docx:1:1: this zip file is damaged or cut off; export or copy it again
in/d.pdf:1:1: this PDF is damaged; open it in its program, save it again and import that
in/c.rtf:1:1: the document `same.txt`: another document has its file name, so it is `same-2.txt` here
3 articles found: 3 new
3 documents read: wrote 3 articles and 0 sidecars, 0 already there
"#);
    assert_eq!(corpus.read("x/same-2.txt"), "Same\nThree.\n");
    assert_eq!(corpus.read("x/deep/same.txt"), "Same\nTwo.\n");
    // Other articles of the name are there.
    let corpus = corpus.file("e.rtf", one("{\\b Same}\\par Four."));
    let ran = corpus.run(["import", "e.rtf", "--into", "x"]);
    assert!(ran.stderr.contains("it is `same-3.txt` here"), "{ran}");
}

#[test]
fn a_check_names_documents_that_are_no_articles_yet() {
    let corpus = TestCorpus::new()
        .file("press.rtf", export("Das Boot."))
        .file("old.doc", "\u{fffd}")
        .file("my page.html", "<!doctype html><p>One.</p>");
    let imported = corpus.run(["import", "press.rtf", "--into", "."]);
    assert_eq!(imported.status, Some(0), "{imported}");
    assert_snapshot!(corpus.run(["check", "."]), @r#"
status 0
--- stderr
./my page.html:1:1: no article yet (Web page: HTML, as a browser saves it, and MHTML); run `pullquote import './my page.html' --into .`
./old.doc:1:1: no article yet; save it as .docx in its program and import that
2 articles, 0 sidecars, 0 tags: no problems
"#);
}

#[test]
fn tables_beside_documents_are_told() {
    let corpus = TestCorpus::new()
        .file("in/a.rtf", "{\\rtf1\\ansi {\\b Rain}\\par It rained.}")
        .file("in/t.csv", "headline,text\nFerry,It sails.\n");
    let ran = corpus.run(["import", "in", "--into", "x"]);
    let told = "1 table or JSON file may hold articles; name them to import those: in/t.csv";
    assert!(ran.status == Some(0) && ran.stderr.contains(told), "{ran}");
    let ran = corpus.run(["import", "in/t.csv", "--into", "x"]);
    assert!(ran.stderr.contains("1 article found: 1 new"), "{ran}");
}

/// What a person has entered is not lost when another version brings its own.
#[test]
fn an_update_notes_what_was_known_before() {
    let row = |words: &str| {
        let row = serde_json::json!({"headline": "Ferry", "outlet": "Echo", "text": words,
            "url": "https://echo.example/ferry"});
        format!("{row}\n")
    };
    let corpus = TestCorpus::new().file("in.jsonl", row("It sails in May."));
    let import = [
        "import",
        "in.jsonl",
        "--from",
        "article-lines",
        "--into",
        "x",
        "--update",
    ];
    let ran = corpus.run(import);
    let facts = "x/ferry.txt.meta.ron";
    let known = corpus.read(facts);
    assert!(known.contains("outlet: \"Echo\""), "{known} {ran}");
    let corpus = corpus
        .file(facts, known.replace("\"Echo\"", "\"My Own\""))
        .file("in.jsonl", row("It sails in June."));
    let ran = corpus.run(import);
    assert!(corpus.read("x/ferry.txt").contains("June"), "{ran}");
    let known = corpus.read(facts);
    assert!(
        known.contains("outlet: \"Echo\"") && known.contains("outlet “My Own”"),
        "{known}"
    );
}

/// What holds nothing to annotate does not become an article, and is named.
#[test]
fn rows_and_pages_without_a_text_are_left_out() {
    let row = |title: &str, text: &str| {
        serde_json::json!({"headline": title, "text": text}).to_string() + "\n"
    };
    let rows = row("Ferry", "It sails.") + &row("Rain", " ") + "{\"headline\":\"Snow\"}\nno json\n";
    let corpus = TestCorpus::new().file("in/rows.jsonl", rows).file(
        "in/empty.html",
        "<!doctype html><title>Nothing</title><nav><a href=x>Menu</a></nav>",
    );
    assert_snapshot!(corpus.run(["import", "in/rows.jsonl", "--into", "x"]), @r#"
status 1
--- stderr
read as `article-lines` (JSON with an article in each record)
in/rows.jsonl:3:1: left out: record 3 has no field `text` beside fields such as `headline`, `date` or `url`; records of tags are imported as `jsonl`
in/rows.jsonl:4:1: left out: line 4 is not JSON (expected ident at line 1 column 2); export it again
in/rows.jsonl:2:1: the document `rain.txt`: it has no text, so it is left out
2 articles found: 1 new, 1 left out, without a text
2 documents read: wrote 1 article and 0 sidecars, 0 already there
"#);
    // Once more: the article is there, and that is no failure.
    assert_eq!(
        corpus
            .run(["import", "in/rows.jsonl", "--into", "x"])
            .status,
        Some(1)
    );
    let page = corpus.run(["import", "in/empty.html", "--into", "x"]);
    assert_eq!(page.status, Some(2), "{page}");
    assert!(
        page.stdout.contains("it has no text, so it is left out"),
        "{page}"
    );
    assert!(!corpus.path("x/nothing.txt").exists());
}

/// An export of a database as plain text could be an article by its name.
#[test]
fn a_check_names_texts_that_are_exports() {
    let export = "\n      1 of 1 DOCUMENTS\n\n       Post\n\n      May 4, 2010\n\nFerry\n\nLENGTH: 2 words\n\nIt \
                  sails.\n\nLOAD-DATE: May 5, 2010\n";
    let corpus = TestCorpus::new()
        .file("press.txt", export)
        .file("one.txt", "LENGTH: a yard, he said.\n");
    assert_snapshot!(corpus.run(["check", "."]), @r#"
status 0
--- stderr
./press.txt:1:1: this looks like an export of a database (LexisNexis, plain text), not like an article; run `pullquote import ./press.txt --into .`
2 articles, 0 sidecars, 0 tags: no problems
"#);
    assert_eq!(
        corpus.run(["import", "press.txt", "--into", "."]).status,
        Some(0)
    );
    assert!(!corpus.run(["check", "."]).stderr.contains("looks like"));
}

/// Tables and JSON are known by what is in them.
#[test]
fn a_list_and_a_check_name_tables_with_articles() {
    let corpus = TestCorpus::new()
        .file("one.txt", "Yes.\n")
        .file("rows.csv", "headline,text\nFerry,It sails.\n")
        .file("figures.csv", "name,number\nFerry,3\n");
    let words = "./rows.csv:1:1: no article yet (Table with an article in each row (CSV, TSV)); run `pullquote import \
                 ./rows.csv --into .`";
    for command in ["check", "list"] {
        let ran = corpus.run([command, "."]);
        assert!(ran.status == Some(0) && ran.stderr.contains(words), "{ran}");
        assert!(!ran.stderr.contains("figures"), "{ran}");
    }
    assert_eq!(
        corpus.run(["import", "rows.csv", "--into", "."]).status,
        Some(0)
    );
    assert!(!corpus.run(["list", "."]).stderr.contains("rows.csv"));
}
