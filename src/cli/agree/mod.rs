mod json;
mod table;

use std::path::PathBuf;

use smol_str::SmolStr;

use super::progress::Bar;
use super::terminal::Terminal;
use super::{ExitStatus, Stop, annotator};
use crate::ops::{AgreeReport, AgreeRequest, Disagreement, agree};
use crate::text::Encoding;
use crate::text::wording::{count, count_as, quoted};

/// Measure how far annotators agree
///
/// Compares the tags of everybody who annotated the same articles, label by label. Found: F1 of tags with
/// the same text (exact), without quotation marks and punctuation at the edges (edge), by overlap of at least
/// half of the words, one to one (overlap), and of the words covered (token), each person taken for right
/// once. Of the tags that match by overlap: how many have the same edges, values of attributes and speakers.
/// Corrected for chance: Cohen's kappa and Krippendorff's alpha on words and marks, his alpha for unitizing
/// (u-alpha), and gamma of Mathet, Widlöcher and Métivier. Intervals hold 95 of 100 figures of samples of the
/// articles. A figure that is not defined has its reason instead.
///
/// A person annotated an article if it is in progress or done; who has no tags there says that there are
/// none. Left out: curated files, suggestions to review, rejected tags, articles of one person only, and
/// work on another text than the article. Exit code 1 if something could not be read or compared.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles and folders of articles
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Only these people; name at least two. By default everybody, tags without a name included
    #[arg(long, visible_alias = "annotator", value_name = "NAME,NAME", value_delimiter = ',', value_parser = annotator)]
    between: Vec<SmolStr>,
    /// Only tags with this label; can be repeated
    #[arg(long = "label", value_name = "LABEL")]
    labels: Vec<SmolStr>,
    /// Also compare tags by the values of an attribute, such as form, or those with one value, such as
    /// form=direct; can be repeated
    #[arg(long, value_name = "NAME[=VALUE]", value_parser = by)]
    by: Vec<(SmolStr, Option<SmolStr>)>,
    /// Leave out gamma, which takes longest
    #[arg(long)]
    without_gamma: bool,
    /// Also list the tags that differ: who has which, and in what they differ
    #[arg(long)]
    differences: bool,
    /// The encoding of articles that do not declare one, such as windows-1252. By default it is
    /// taken from the sidecar or guessed
    #[arg(long, value_name = "NAME", value_parser = Encoding::named)]
    encoding: Option<Encoding>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// An attribute, and a value if one is given.
fn by(words: &str) -> Result<(SmolStr, Option<SmolStr>), String> {
    let (name, value) = match words.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (words, None),
    };
    if name.is_empty() || value == Some("") {
        return Err("write the name of an attribute, such as form, or form=direct".to_owned());
    }
    Ok((name.into(), value.map(SmolStr::from)))
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    if let [one] = &args.between[..] {
        return Err(Stop::Words(format!(
            "`{one}` alone has nobody to agree with; name two people: --between {one},NAME"
        )));
    }
    let request = AgreeRequest {
        paths: args.paths,
        annotators: args.between.into_iter().collect(),
        labels: args.labels.into_iter().collect(),
        by: args.by,
        gamma: !args.without_gamma,
        differences: args.differences,
        encoding: args.encoding,
    };
    let bar = Bar::new();
    let report = agree(&request, &mut |progress| bar.show(progress)).map_err(Stop::new)?;
    drop(bar);
    if args.json {
        terminal.json(&json::agreement(&report))?;
    } else {
        for line in table::lines(&report.agreement) {
            terminal.line(line)?;
        }
        for difference in &report.differences {
            terminal.line(difference_line(difference))?;
        }
        terminal.flush()?;
        say(&report, terminal);
    }
    let nothing = report.agreement.texts == 0;
    Ok(match &report.problems[..] {
        [] if !nothing => ExitStatus::Success,
        _ => ExitStatus::ProblemsFound,
    })
}

/// "a.txt:1:24: boundary: ann: quote “that it rains”; ben: quote “that it rains.”".
fn difference_line(difference: &Disagreement) -> String {
    let tags = difference.tags.iter();
    let mut said: Vec<String> = tags
        .map(|tag| {
            let words = quoted(&tag.text, '“', '”');
            format!("{}: {} {words}", tag.annotator, tag.label)
        })
        .collect();
    said.extend(
        difference
            .missing
            .iter()
            .map(|name| format!("{name}: no tag")),
    );
    let what = match difference.parts.as_slice() {
        [] => difference.kind.name().to_owned(),
        parts => {
            let parts: Vec<&str> = parts.iter().map(|part| part.word()).collect();
            parts.join(", ")
        }
    };
    let Disagreement {
        article,
        line,
        column,
        ..
    } = difference;
    let said = said.join("; ").replace(['\n', '\r'], " ");
    let article = article.display();
    format!("{article}:{line}:{column}: {what}: {said}")
}

/// What entered and what did not, in words.
fn say(report: &AgreeReport, terminal: &mut Terminal) {
    for problem in &report.problems {
        terminal.say(problem);
    }
    for label in &report.unused {
        terminal.say(format_args!("nobody used the label `{label}`"));
    }
    let others = |number: usize, one: &str, many: &str| match number {
        0 => String::new(),
        _ => format!("; {}", count_as(number, one, many)),
    };
    let left_out = [
        others(
            report.one_person,
            "article of one person left out",
            "articles of one person left out",
        ),
        others(
            report.not_started,
            "article is not begun",
            "articles are not begun",
        ),
        others(
            report.suggestions,
            "suggestion waits for a decision and does not count",
            "suggestions wait for a decision and do not count",
        ),
    ];
    if report.agreement.texts == 0 {
        let left_out = left_out.concat();
        terminal.say(format_args!(
            "no article was annotated by two people, so there is nothing to compare{left_out}"
        ));
        return;
    }
    terminal.say(format_args!(
        "{} by {}: {}, {}{}",
        count(report.agreement.texts, "article"),
        count_as(report.agreement.people.len(), "person", "people"),
        count(report.sidecars, "sidecar"),
        match report.not_done {
            0 => "all marked done".to_owned(),
            open => format!("{open} not marked done"),
        },
        left_out.concat()
    ));
}
