use std::collections::BTreeMap;

use serde::Serialize;

use super::terminal::Terminal;
use super::{ExitStatus, Stop};
use crate::format::{
    ALL, COMMON_OPTIONS, Carries, Feature, FormatInfo, Layout, OptionInfo, articles_of_any_format,
};

/// List the formats and what each can carry
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct FormatJson {
    name: &'static str,
    title: &'static str,
    extensions: &'static [&'static str],
    offsets: &'static str,
    reads: bool,
    writes: bool,
    one_file: bool,
    options: Vec<OptionJson>,
    import_options: Vec<OptionJson>,
    carries: BTreeMap<&'static str, &'static str>,
}

#[derive(Serialize)]
struct OptionJson {
    name: &'static str,
    about: &'static str,
    values: Vec<&'static str>,
}

pub(super) fn run(args: Args, terminal: &mut Terminal) -> Result<ExitStatus, Stop> {
    let infos = ALL.iter().map(|format| format.info());
    if args.json {
        let list: Vec<FormatJson> = infos.map(json).collect();
        terminal.json(&list)?;
    } else {
        let (of_articles, of_tags): (Vec<_>, Vec<_>) =
            infos.partition(|info| info.holds_articles());
        let mut rows = vec![heads()];
        rows.extend(of_tags.into_iter().map(row));
        for line in table(&rows) {
            terminal.line(line)?;
        }
        terminal
            .lines("\n● carried, ◐ carried in a way only Pullquote reads back, ○ not carried")?;
        terminal.lines(
            "\nThis holds for exports and imports, but for two things: an import leaves out loose links, \
             whose ends are not there, and says so; and of CoNLL columns it takes the words and their \
             tags.",
        )?;
        terminal.lines("\nArticles without tags, which are imported only:\n\n")?;
        for info in of_articles {
            terminal.line(article_line(info))?;
        }
        for (of, options) in [
            (
                "exports",
                option_lines(|info| info.options, &COMMON_OPTIONS),
            ),
            ("imports", option_lines(read_options, &[])),
        ] {
            let head = format!("\nOptions for --set of {of} (the first value is the default):\n\n");
            terminal.lines(&head)?;
            for line in options {
                terminal.line(line)?;
            }
        }
    }
    Ok(ExitStatus::Success)
}

/// A line for a format of files of articles.
fn article_line(info: &FormatInfo) -> String {
    let endings: Vec<String> = info
        .extensions
        .iter()
        .map(|ending| format!(".{ending}"))
        .collect();
    let endings = match (info.name == articles_of_any_format().name, &endings[..]) {
        (true, _) | (false, []) => String::new(),
        (false, endings) => format!(" ({})", endings.join(", ")),
    };
    format!("- {}: {}{endings}", info.name, info.title)
}

fn json(info: &FormatInfo) -> FormatJson {
    let carries = |feature: Feature| (feature.word(), (info.carries)(feature).word());
    FormatJson {
        name: info.name,
        title: info.title,
        extensions: info.extensions,
        offsets: info.unit.word(),
        reads: info.reads,
        writes: info.writes,
        one_file: info.layout == Layout::OneFile,
        options: info.options.iter().map(option_json).collect(),
        import_options: read_options(info).iter().map(option_json).collect(),
        carries: Feature::ALL.into_iter().map(carries).collect(),
    }
}

fn option_json(option: &OptionInfo) -> OptionJson {
    OptionJson {
        name: option.name,
        about: option.about,
        values: option.values.iter().map(|(value, _)| *value).collect(),
    }
}

fn read_options(info: &FormatInfo) -> &'static [OptionInfo] {
    if info.reads { info.read_options } else { &[] }
}

/// A line for each option: how to choose it and what that means.
fn option_lines(
    of: impl Fn(&FormatInfo) -> &'static [OptionInfo],
    common: &'static [OptionInfo],
) -> Vec<String> {
    let common = common.iter().map(|option| ("every format", option));
    let infos = ALL.iter().map(|format| format.info());
    let (of_articles, infos): (Vec<_>, Vec<_>) = infos.partition(|info| info.holds_articles());
    let infos = infos.into_iter();
    let options = infos.flat_map(|info| of(info).iter().map(|option| (info.name, option)));
    // They all have the same.
    let of_articles = of_articles.into_iter().take(1);
    let of_articles = of_articles.flat_map(|info| of(info).iter());
    options
        .chain(of_articles.map(|option| ("formats of articles", option)))
        .chain(common)
        .map(|(name, option)| {
            let values: Vec<String> = option
                .values
                .iter()
                .map(|(value, means)| format!("`{}={value}` {means}", option.name))
                .collect();
            format!("- {name}, {}: {}", option.about, values.join("; "))
        })
        .collect()
}

fn heads() -> Vec<String> {
    let mut heads = ["format", "name", "offsets", "import", "export"]
        .map(str::to_owned)
        .to_vec();
    heads.extend(Feature::ALL.map(|feature| feature.word().to_owned()));
    heads
}

fn row(info: &'static FormatInfo) -> Vec<String> {
    let yes = |yes| if yes { "●" } else { "○" };
    let mut row = [
        info.name,
        info.title,
        info.unit.word(),
        yes(info.reads),
        yes(info.writes),
    ]
    .map(str::to_owned)
    .to_vec();
    row.extend(Feature::ALL.map(|feature| {
        let mark = match (info.carries)(feature) {
            Carries::Natively => "●",
            Carries::ByConvention => "◐",
            Carries::No => "○",
        };
        mark.to_owned()
    }));
    row
}

/// A Markdown table that is also easy on the eye as it is.
fn table(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| format!("{cell:width$}"))
            .collect();
        format!("| {} |", padded.join(" | "))
    };
    let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
    let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
    lines.insert(lines.len().min(1), line(&rule));
    lines
}
