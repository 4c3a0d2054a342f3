//! How fast a folder is searched while somebody types: `cargo bench --bench search [-- FOLDER]`. Without a
//! folder, 10,000 articles are made from scratch.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints what it measures, and may panic where it cannot go on"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use pullquote::ops::search::{SearchFolder, SearchOrder};
use pullquote::ops::{ImportInput, ImportRequest, import};

const ARTICLES: usize = 10_000;

/// So many hits the window keeps.
const MOST: usize = 200_000;

fn main() {
    let made = tempfile::tempdir().unwrap();
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.find(|argument| !argument.starts_with("--"));
    let folder = folder.map_or_else(|| make(made.path()), PathBuf::from);
    let begun = Instant::now();
    let folder = SearchFolder::read(&[folder], None, &mut |_| ()).unwrap();
    println!("{folder:?} read in {:.2} s", begun.elapsed().as_secs_f64());
    let typed = [
        "s",
        "sa",
        "sanctions",
        "sanctions tariff",
        "quote speaker:Tillerson sanctions",
        "label:speaker mention:named",
        "person:\"ada cole\"",
    ];
    for line in typed {
        let query = folder.query(line).unwrap();
        for order in [SearchOrder::Article, SearchOrder::Left] {
            let begun = Instant::now();
            let mut result = folder.search(&query, MOST, || true);
            order.sort(&mut result.found);
            let (time, hits) = (begun.elapsed().as_secs_f64(), result.found.len());
            println!("{time:.3} s  {hits:>7} hits by {}: {line}", order.word());
        }
    }
}

/// Articles of about 600 words with 20 quotes and their speakers each.
fn make(home: &Path) -> PathBuf {
    const WORDS: [&str; 16] = [
        "the",
        "trade",
        "deal",
        "of",
        "sanctions",
        "tariff",
        "council",
        "harbour",
        "a",
        "river",
        "vote",
        "budget",
        "in",
        "strike",
        "treaty",
        "bridge",
    ];
    const FIRST: [&str; 7] = ["Ada", "Rex", "Sarah", "Karl", "Ann", "Ben", "Lena"];
    const LAST: [&str; 5] = ["Cole", "Tillerson", "Holm", "Odera", "Silva"];
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut lines = String::new();
    for n in 0..ARTICLES {
        let (mut text, mut spans, mut links) = (String::new(), String::new(), String::new());
        for k in 0..20 {
            let words: Vec<&str> = (0..26).map(|_| WORDS[next(WORDS.len())]).collect();
            let (before, said) = words.split_at(16);
            write!(text, "{}. ", before.join(" ")).unwrap();
            let start = text.chars().count();
            write!(text, "“{},”", said.join(" ")).unwrap();
            let end = text.chars().count();
            let (first, last) = (FIRST[next(FIRST.len())], LAST[next(LAST.len())]);
            write!(text, " {first} {last}").unwrap();
            let name_end = text.chars().count();
            text += " said. ";
            write!(
                spans,
                "{{\"id\":\"q{k}\",\"label\":\"quote\",\"start\":{start},\"end\":{end}}},\
                 {{\"id\":\"s{k}\",\"label\":\"speaker\",\"start\":{},\"end\":{name_end},\
                 \"attributes\":[{{\"key\":\"mention\",\"value\":\"named\"}}]}},",
                end + 1,
            )
            .unwrap();
            write!(
                links,
                "{{\"from\":\"q{k}\",\"to\":\"s{k}\",\"to_kind\":\"annotation\",\"role\":\"speaker\",\
                 \"confirmed\":true}},"
            )
            .unwrap();
        }
        let (spans, links) = (spans.trim_end_matches(','), links.trim_end_matches(','));
        writeln!(
            lines,
            "{{\"id\":\"{:03}/a{n}.txt\",\"text\":\"{text}\",\"spans\":[{spans}],\"links\":[{links}]}}",
            n / 100
        )
        .unwrap();
    }
    let into = home.join("corpus");
    let request = ImportRequest {
        inputs: vec![ImportInput::Bytes(
            "in.jsonl".to_owned(),
            lines.into_bytes(),
        )],
        format: "jsonl".to_owned(),
        into: into.clone(),
        ..ImportRequest::default()
    };
    import(&request, &mut |_| ()).unwrap();
    into
}
