use quick_xml::Reader;
use quick_xml::events::Event;
use resvg::tiny_skia::Pixmap;

use super::csv_text::csv_text;
use super::png::Painter;
use super::*;
use crate::ops::{
    AnnotatorStats, ArticleStats, GroupStats, LabelStats, Labels, Network, PersonStats,
    StatsReport, Time,
};

fn labels(quotes: usize, claims: usize) -> Labels {
    [("quote".into(), quotes), ("claim".into(), claims)].into()
}

fn report() -> StatsReport {
    let label = |tags| LabelStats {
        tags,
        attributes: [(
            "form".into(),
            [("direct".into(), tags), ("".into(), 1)].into(),
        )]
        .into(),
        ..LabelStats::default()
    };
    let person = |name: &str, quotes| PersonStats {
        name: name.to_owned(),
        said: labels(quotes, 0),
        ..PersonStats::default()
    };
    let edge = |from, to, quotes| Network {
        from,
        to,
        quotes,
        mentions: 1,
    };
    StatsReport {
        articles: vec![
            ArticleStats {
                name: "a.txt".to_owned(),
                documents: 1,
                labels: labels(3, 1),
                ..ArticleStats::default()
            },
            ArticleStats {
                name: "new.txt".to_owned(),
                ..ArticleStats::default()
            },
        ],
        documents: 1,
        labels: [("quote".into(), label(3)), ("claim".into(), label(1))].into(),
        outlets: [
            (String::new(), GroupStats::default()),
            (
                "=Daily".to_owned(),
                GroupStats {
                    articles: 1,
                    labels: labels(3, 1),
                },
            ),
        ]
        .into(),
        people: vec![person("Ann Lee", 2), person("Tom Webb", 1), person("Bo", 0)],
        network: vec![edge(0, 1, 2), edge(1, 0, 1)],
        annotators: [(
            "ann".into(),
            AnnotatorStats {
                documents: 2,
                done: 1,
                labels: labels(3, 1),
                time: Some(Time {
                    sittings: 1,
                    seconds: 1800,
                    tags: 4,
                }),
            },
        )]
        .into(),
        ..StatsReport::default()
    }
}

fn named(name: &str) -> Plot {
    let all = plots(&report()).into_iter();
    all.clone()
        .find(|plot| plot.name == name)
        .unwrap_or_else(|| panic!("{:?}", all.map(|plot| plot.name).collect::<Vec<_>>()))
}

/// The names of the elements of a picture, which is well-formed.
fn elements(svg: &str) -> Vec<String> {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return names,
            Event::Start(part) | Event::Empty(part) => {
                names.push(part.name().as_ref().to_owned());
            }
            _ => {}
        }
    }
}

#[test]
fn every_figure_has_its_plot_and_empty_ones_are_left_out() {
    let names: Vec<String> = plots(&report()).into_iter().map(|plot| plot.name).collect();
    assert_eq!(
        names,
        [
            "tags-by-label",
            "tags-by-article",
            "tags-per-article",
            "tags-by-outlet",
            "claim-form",
            "quote-form",
            "said-by-person",
            "network",
            "tags-by-annotator",
            "articles-by-annotator",
            "hours-by-annotator",
            "pace-by-annotator",
        ]
    );
    assert!(plots(&StatsReport::default()).is_empty());
    let pace = named("pace-by-annotator");
    assert_eq!((&*pace.rows[0].name(), pace.rows[0].sum()), ("ann", 8.0));
    // Whoever says nothing is not among those who say most.
    assert_eq!(named("said-by-person").rows.len(), 2);
}

#[test]
fn a_row_leads_to_its_tags() {
    let query = |plot: &str, row: usize| named(plot).rows[row].query.clone();
    assert_eq!(query("tags-by-label", 1).unwrap(), "label:\"quote\"");
    assert_eq!(
        query("quote-form", 0).unwrap(),
        "label:\"quote\" attribute:\"form=direct\""
    );
    assert_eq!(query("quote-form", 1), None);
    assert_eq!(query("said-by-person", 0).unwrap(), "speaker:\"Ann Lee\"");
}

#[test]
fn the_numbers_are_whole_and_no_spreadsheet_runs_them() {
    let text = |plot: &str| String::from_utf8(csv_text(&named(plot)).unwrap()).unwrap();
    assert_eq!(
        text("tags-by-outlet"),
        "outlet,claim,quote\n'=Daily,1,3\n(not known),0,0\n"
    );
    assert_eq!(
        text("network"),
        "from,to,quotes,mentions\nAnn Lee,Tom Webb,2,1\nTom Webb,Ann Lee,1,1\n"
    );
}

#[test]
fn a_picture_is_well_formed_whatever_is_in_it_and_says_what_it_leaves_out() {
    let mut plot = named("tags-by-label");
    plot.title = "A <b> & \u{1b}[31m \u{202e}".to_owned();
    plot.series = vec!["q".to_owned(), "\"c\"".to_owned()];
    plot.rows = (0..30)
        .map(|n| PlotRow {
            names: vec![format!(
                "Anna\nBerg with a very long name that does not fit, {n}"
            )],
            values: vec![3.0, 1.5],
            ..PlotRow::default()
        })
        .collect();
    let picture = svg(&plot);
    let bars = elements(&picture)
        .iter()
        .filter(|name| *name == "rect")
        .count();
    // The ground, two of the legend, two parts of each.
    assert_eq!(bars, 3 + 2 * 25);
    assert!(!picture.contains('\u{1b}') && !picture.contains('\u{202e}'));
    assert!(picture.contains("the 25 largest of 30") && picture.contains(">4.5</text>"));
    let curves = elements(&svg(&named("network")));
    assert_eq!(curves.iter().filter(|name| *name == "circle").count(), 2);
    assert!(curves.iter().filter(|name| *name == "line").count() >= 40);
}

#[test]
fn a_png_is_drawn_with_the_bundled_typefaces() {
    let bytes = Painter::new().png(&svg(&named("tags-by-label"))).unwrap();
    let pixels = Pixmap::decode_png(&bytes).unwrap();
    assert_eq!(pixels.width(), 1440);
    let is_dark = |x: u32, y: u32| {
        let pixel = pixels.pixel(x, y).unwrap();
        u32::from(pixel.red()) + u32::from(pixel.green()) + u32::from(pixel.blue()) < 200
    };
    // The letters of the title.
    let dark = (20..400).flat_map(|x| (20..60).map(move |y| (x, y)));
    assert!(dark.filter(|(x, y)| is_dark(*x, *y)).count() > 200);
    // The bar of the quotes, the longest, in the first colour.
    let bar = pixels.pixel(1000, 2 * (76 + 22 + 7)).unwrap();
    assert_eq!((bar.red(), bar.green(), bar.blue()), (0x00, 0x72, 0xb2));
}

#[test]
fn plots_and_a_report_are_written_whole() {
    let folder = tempfile::tempdir().unwrap();
    let report = report();
    let all = plots(&report);
    let into = folder.path().join("plots");
    assert_eq!(write_plots(&into, &report, &all).unwrap(), 3 * all.len());
    for ending in ["svg", "png", "csv"] {
        assert!(into.join(format!("network.{ending}")).exists());
    }
    let title = ReportTitle {
        project: "News & <more>".to_owned(),
        made: "2026-11-30".to_owned(),
    };
    let page = folder.path().join("report.html");
    write_report(&page, &title, &report, &all).unwrap();
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("<h1>News &amp; &lt;more&gt;</h1>"));
    assert!(
        page.contains("2 articles, 4 tags, 1 annotator; everybody’s tags. Made on 2026-11-30.")
    );
    assert_eq!(page.matches("<svg").count(), all.len());
    assert!(!page.contains("<script") && !page.contains("href=\"http"));
    assert!(page.contains("<th scope=\"row\" class=\"name\">Tom Webb</th>"));
}

#[test]
#[cfg(unix)]
fn a_pipe_takes_a_report_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    let title = ReportTitle {
        project: "News".to_owned(),
        made: "2026-11-30".to_owned(),
    };
    let report = report();
    write_report(&pipe, &title, &report, &plots(&report)).unwrap();
    assert!(reader.join().unwrap().ends_with("</html>\n"));
    let still = std::fs::symlink_metadata(pipe).unwrap();
    assert!(!still.is_file());
}

#[test]
fn a_good_report_is_not_replaced_by_one_that_lacks_something() {
    let folder = tempfile::tempdir().unwrap();
    let (page, into) = (
        folder.path().join("report.html"),
        folder.path().join("plots"),
    );
    let title = ReportTitle {
        project: "News".to_owned(),
        made: "2026-11-30".to_owned(),
    };
    let good = report();
    let all = plots(&good);
    write_report(&page, &title, &good, &all).unwrap();
    write_plots(&into, &good, &all).unwrap();
    let before = std::fs::read(&page).unwrap();
    let mut poor = report();
    poor.articles.truncate(1);
    poor.problems = vec![crate::ops::FileProblem::new(
        folder.path(),
        "cannot be read".to_owned(),
    )];
    for poor in [poor, StatsReport::default()] {
        let all = plots(&poor);
        assert!(write_report(&page, &title, &poor, &all).is_err());
        assert!(write_plots(&into, &poor, &all).is_err());
    }
    assert_eq!(std::fs::read(&page).unwrap(), before);
    assert_eq!(std::fs::read_dir(&into).unwrap().count(), 3 * all.len());
}
