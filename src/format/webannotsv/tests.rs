use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::format::FormatError;
use crate::format::testing::content;

fn read_as(name: &str, text: &str) -> Imported {
    let input = Input {
        name,
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    WebAnnoTsv.read(&input).unwrap()
}

/// Tags with their attributes, and links, each as a line.
fn lines(imported: &Imported) -> Vec<String> {
    assert_eq!(imported.problems, []);
    let document = &imported.documents[0].document;
    let (source, set) = (document.source(), document.set());
    let words = |id: &crate::model::AnnotationId| {
        source.slice(set.annotation(id).unwrap().fragments.hull())
    };
    let mut lines: Vec<String> = set
        .annotations()
        .map(|tag| {
            let attributes = tag
                .attributes
                .iter()
                .map(|a| format!(" {}={}", a.name, a.value));
            let attributes: String = attributes.collect();
            format!("{} “{}”{attributes}", tag.label, words(&tag.id))
        })
        .collect();
    lines.extend(set.links().map(|link| {
        let crate::model::Target::Annotation(to) = &link.to else {
            panic!("{link:?}")
        };
        format!("{} -{}-> {}", words(&link.from), link.role, words(to))
    }));
    lines.sort();
    lines
}

fn told(list: &[RecordProblem]) -> String {
    let messages: Vec<&str> = list.iter().map(|problem| &*problem.message).collect();
    messages.join("\n")
}

const FILE: &str = "#FORMAT=WebAnno TSV 3.3
#T_SP=de.x.type.pos.POS|PosValue
#T_SP=de.x.NamedEntity|identifier|value
#T_SP=webanno.custom.Cue|
#T_SP=webanno.custom.Quote|form|ROLE_webanno.custom.Quote:speakers_webanno.custom.QuoteSpeakersLink|de.x.NamedEntity
#T_CH=de.x.CoreferenceLink|referenceRelation|referenceType
#T_RL=webanno.custom.Says|value|sure|BT_webanno.custom.Cue


#Text=😀 “No, never\\\\,” said Ann Li.
1-1\t0-2\t😀\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
1-2\t3-4\t“\t_\t_\t_\t_\tdirect[3]\tby;*\t1-7[1];2-2\t_\t_\t_\t_\t_\t
1-3\t4-6\tNo\t_\t_\t_\t_\tdirect[3]\tby;*\t1-7[1];2-2\t_\t_\t_\t_\t_\t
1-4\t6-7\t,\t_\t_\t_\t_\tdirect[3]\tby;*\t1-7[1];2-2\t_\t_\t_\t_\t_\t
1-5\t8-16\tnever\\,”\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
1-5.1\t8-11\tnev\t_\t_\t_\t*\t_\t_\t_\t_\t_\t_\t_\t_\t
1-6\t17-21\tsaid\t_\t_\t_\t*\t_\t_\t_\t_\t_\tyes\thm\t1-5.1\t
1-7\t22-25\tAnn\t_\t*[1]|http://x/a\\_b[2]\tPER[1]|ORG\\|X[2]\t_\t_\t_\t_\tsame->1-1\tname[1]\t_\t_\t_\t
1-8\t26-28\tLi\t_\t*[1]\tPER[1]\t_\t_\t_\t_\tsame->1-1\tname[1]\t_\t_\t_\t
1-9\t28-29\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t

#Sentence.id=7
#Text=Yes
#Text=she
2-1\t30-33\tYes\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
2-2\t34-37\tshe\t_\t_\tPER\t_\t_\t_\t_\t*->1-2\t*[1]\t_\t_\t_\t
";

/// The file with the right number of columns in each line.
fn file() -> String {
    FILE.lines()
        .map(|line| {
            let mut fields: Vec<&str> = line.split('\t').collect();
            if fields.len() > 3 {
                fields.resize(3 + 12, "_");
                fields.push("");
            }
            fields.join("\t") + "\n"
        })
        .collect()
}

#[test]
fn stacks_parts_slots_chains_and_relations_are_read() {
    let imported = read_as("in.tsv", &file());
    let document = &imported.documents[0].document;
    assert_eq!(
        document.source().as_str(),
        "😀 “No, never\\,” said Ann Li.\nYes\nshe"
    );
    assert_eq!(lines(&imported), expected());
    assert_eq!(told(&imported.skipped), "");
    assert_eq!(told(&imported.ignored), "#Sentence.id");
    assert!(told(&imported.notes).contains("between the sentences"));
    let mut links = document.set().links();
    let says = links.find(|link| link.role == "yes").unwrap();
    assert_eq!(&*says.attributes[0].value, "hm");
}

fn expected() -> Vec<String> {
    let mut lines: Vec<String> = [
        "quote ““No,” form=direct",
        "cue “nev”",
        "cue “said”",
        "PER “Ann Li” layer=NamedEntity",
        "ORG|X “Ann” identifier=http://x/a_b layer=NamedEntity",
        "name “Ann Li” layer=CoreferenceLink",
        "coreferencelink “she”",
        "PER “she” layer=NamedEntity",
        "nev -yes-> said",
        "“No, -by-> Ann Li",
        "“No, -speakers-> she",
        "Ann Li -same-> she",
    ]
    .map(str::to_owned)
    .to_vec();
    lines.sort();
    lines
}

#[test]
fn offsets_in_code_points_are_noticed_and_words_decide() {
    let head = "#FORMAT=WebAnno TSV 3.1\n#T_SP=x.Q|value\n\n";
    let text = format!(
        "{head}#Text=😀 a\n1-1\t0-1\t😀\t_\n1-2\t2-3\ta\tX\n\n#Text=b c\n2-1\t5-6\tb\tY\n2-2\t9-9\tc\tZ\n2-3\t9-12\tzzz\tW\n"
    );
    let imported = read_as("in.tsv", &text);
    assert_eq!(
        imported.documents[0].document.source().as_str(),
        "😀 a\n b c"
    );
    assert_eq!(
        lines(&imported),
        ["X “a” layer=Q", "Y “b” layer=Q", "Z “c” layer=Q"]
    );
    let told = told(&imported.skipped);
    assert!(told.contains("the word “zzz” (`2-3`)"), "{told}");
    assert!(told.contains("Q at `2-3`"), "{told}");
}

#[test]
fn what_leads_nowhere_is_told() {
    let text = "#FORMAT=WebAnno TSV 3.2\n#T_SP=x.Q|value\n#T_RL=x.R|value|BT_x.Q\n\n#Topic=news\n\
                #Text=a b\n1-1\t0-1\ta\tX|Y\t*\t1-2\n1-2\t2-3\tb\t_\tz\t_\n1-2.1\t2-2\t\tV\t_\t_\n";
    let imported = read_as("in.tsv", text);
    assert_eq!(lines(&imported), ["X “a” layer=Q", "Y “a” layer=Q"]);
    let told = told(&imported.skipped);
    for words in [
        "links with no annotation at an end are left out: `r` to or from the word 1-2",
        "do not say where they begin are left out: at `1-2` (z)",
        "cover no character are left out: Q at `1-2.1`",
        "#Topic “news”",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn other_files_are_refused_by_their_shape() {
    for (text, words) in [
        ("", "--from conll"),
        (
            "#FORMAT=WebAnno TSV 2\n",
            "export it again as WebAnno TSV 3",
        ),
        ("#FORMAT=WebAnno TSV 3.2\n", "no text"),
        ("#FORMAT=WebAnno TSV 3.2\n#T_XX=a\n", "not a kind of layer"),
        ("#FORMAT=WebAnno TSV 3.2\n\n1-1\t0-1\ta\n", "no #Text="),
        (
            "#FORMAT=WebAnno TSV 3.2\n\n#Text=a\na\n",
            "“a” is not a word",
        ),
        ("PK\u{3}\u{4}", "copy it again"),
    ] {
        let imported = read_as("in.tsv", text);
        let message = &imported.problems[0].message;
        assert!(message.contains(words), "{text}: {message}");
    }
    let written = WebAnnoTsv.info().writes;
    assert!(!written, "{}", FormatError::CannotWrite("webannotsv"));
}

#[test]
fn annotators_of_projects_are_named() {
    let text = "#FORMAT=WebAnno TSV 3.2\n\n#Text=a\n1-1\t0-1\ta\n";
    let read = |name: &str| {
        let imported = read_as(name, text);
        let read = &imported.documents[0];
        let annotator = read.document.meta().annotator.clone();
        (read.id.clone(), annotator.map(String::from))
    };
    assert_eq!(
        read("annotation/a.txt/Bo.tsv"),
        ("a.txt".to_owned(), Some("Bo".to_lowercase()))
    );
    assert_eq!(read("x/a.tsv"), ("x/a".to_owned(), None));
}

#[test]
fn zip_files_of_projects_are_read() {
    let file = |word: &str, label: &str| {
        format!(
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Q|form\n\n\n#Text={word} no\n1-1\t0-3\t{word}\t{label}\t\n\
             1-2\t4-6\tno\t_\t\n"
        )
    };
    let zipped = |files: &[(&str, String)]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let read = |bytes: &[u8]| {
        let beside = |_: &str| None;
        let input = Input {
            name: "in.zip",
            bytes,
            beside: &beside,
        };
        WebAnnoTsv.read(&input).unwrap()
    };
    let imported = read(&zipped(&[
        ("annotation/a.txt/ann.tsv", file("Bob", "a")),
        ("annotation/a.txt/zoe.tsv", file("Bob", "b")),
        ("annotation/b.txt/ann.tsv", file("Eva", "_")),
        ("exportedproject.json", "{}".to_owned()),
    ]));
    assert_eq!(imported.problems, []);
    let found: Vec<String> = imported
        .documents
        .iter()
        .map(|read| {
            let labels: Vec<_> = read.document.set().annotations().collect();
            let annotator = read.document.meta().annotator.clone();
            format!("{} {annotator:?} {}", read.id, labels.len())
        })
        .collect();
    assert_eq!(
        found,
        [
            "a.txt Some(\"ann\") 1",
            "a.txt Some(\"zoe\") 1",
            "b.txt Some(\"ann\") 0"
        ]
    );
    assert!(told(&imported.skipped).contains("exportedproject.json"));
    let none = read(&zipped(&[("a.xmi", "x".to_owned())]));
    assert!(told(&none.problems).contains("--from xmi"));
    assert!(told(&read(b"PK\x03\x04cut").problems).contains("damaged"));
}

proptest! {
    /// Words and one layer, in a file made here, come back; damage is no panic.
    #[test]
    fn words_come_back(
        words in prop::collection::vec("[a-zé😀\\[\\]_|*\\\\]{1,4}", 1..8),
        tags in prop::collection::vec((0_usize..8, 0_usize..8), 0..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let text = words.join(" ");
        let mut file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Q|value\n\n".to_owned();
        file += &format!("#Text={}\n", text.replace('\\', "\\\\"));
        let tags: Vec<(usize, usize)> = tags
            .into_iter()
            .map(|(a, b)| (a.min(b), a.max(b)))
            .filter(|(_, b)| *b < words.len())
            .collect();
        let mut at = 0;
        let mut expected = Vec::new();
        for (n, word) in words.iter().enumerate() {
            let values: Vec<String> = tags
                .iter()
                .enumerate()
                .filter(|(_, (a, b))| *a <= n && n <= *b)
                .map(|(t, _)| format!("T\\_{t}[{}]", t + 1))
                .collect();
            let long = word.encode_utf16().count();
            let values = if values.is_empty() { "_".to_owned() } else { values.join("|") };
            file += &format!("1-{}\t{at}-{}\t{word}\t{values}\n", n + 1, at + long);
            at += long + 1;
        }
        for (t, (a, b)) in tags.iter().enumerate() {
            expected.push((format!("T_{t}"), words[*a..=*b].join(" ")));
        }
        let imported = read_as("in.tsv", &file);
        prop_assert_eq!(told(&imported.problems) + &told(&imported.skipped), "");
        let document = &imported.documents[0].document;
        prop_assert_eq!(document.source().as_str(), text);
        let mut found: Vec<(String, String)> = content(document).0
            .into_iter()
            .map(|(label, at)| (label.to_string(), document.source().slice(at.hull()).to_owned()))
            .collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
        let mut damaged: Vec<char> = file.chars().collect();
        let at = cut.index(damaged.len());
        damaged[at] = '\t';
        let _ = read_as("in.tsv", &damaged.iter().collect::<String>());
        damaged.truncate(at);
        let _ = read_as("in.tsv", &damaged.iter().collect::<String>());
    }
}

#[test]
fn values_without_a_feature_are_told() {
    let text = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Q|\n#T_RL=x.R|v|v|BT_x.Q\n#T_RL=x.S|\n\n#Text=a b\n\
                1-1\t0-1\ta\tfirst[1]\tone\ttwo\t1-2\tloud\n1-2\t2-3\tb\t*\t_\t_\t_\t*\n";
    let imported = read_as("in.tsv", text);
    assert_eq!(lines(&imported), ["b -r-> a", "q “a”", "q “b”"]);
    let told = told(&imported.skipped);
    for words in [
        "values of layers that have no features are left out: “first” of Q; “loud” of S",
        "all values of a feature that is there twice but the last are left out: “one” of `v`",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn layers_of_one_name_in_two_packages_are_kept_apart() {
    let text = "#FORMAT=WebAnno TSV 3.3\n#T_SP=law.Quote|value\n#T_SP=news.Quote|value\n#T_SP=law.Cue|\n\
                #T_SP=news.Cue|\n\n#Text=a\n1-1\t0-1\ta\tX\tX\t*\t*\n";
    assert_eq!(
        lines(&read_as("in.tsv", text)),
        [
            "X “a” layer=law.Quote",
            "X “a” layer=news.Quote",
            "law.cue “a”",
            "news.cue “a”"
        ]
    );
}

#[test]
fn the_unit_of_offsets_can_be_said() {
    let text = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text=😀aa\n\
                1-1\t0-4\t😀aa\t_\t\n1-1.1\t2-3\ta\tquote\t\n";
    for (unit, start) in [("auto", 4), ("code-points", 5), ("utf16", 4)] {
        let chosen = [("unit".to_owned(), unit.to_owned())];
        let options = Options::for_reading(WebAnnoTsv.info(), &chosen).unwrap();
        let input = Input {
            name: "a.tsv",
            bytes: text.as_bytes(),
            beside: &|_| None,
        };
        let imported = WebAnnoTsv.read_with(&input, &options).unwrap();
        let tag = imported.documents[0].document.set().annotations().next();
        let at = tag.map(|tag| u32::from(tag.fragments.hull().start()));
        assert_eq!(at, Some(start), "{unit}");
    }
}

#[test]
fn lemmas_are_told_with_their_words() {
    let text = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Lemma|value\n#T_SP=x.Q|label\n\n#Text=mice ran\n\
                1-1\t0-4\tmice\tmouse\ta\n1-2\t5-8\tran\trun\\|go\t_\n";
    let imported = read_as("in.tsv", text);
    assert_eq!(lines(&imported), ["a “mice” layer=Q"]);
    assert_eq!(
        told(&imported.skipped),
        "what is said about single words, such as lemmas, is left out: Lemma.value “mouse” of \
         “mice”; Lemma.value “run|go” of “ran”"
    );
}

#[test]
fn words_at_the_ends_of_relations_become_tags() {
    let text = "#FORMAT=WebAnno TSV 3.3\n#T_RL=webanno.custom.R|value|BT_de.x.segmentation.type.Token\n\n\n\
                #Text=Ann is .\n1-1\t0-3\tAnn\t_\t_\t\n1-2\t4-6\tis\tsubj\t1-1\t\n1-3\t7-8\t.\tpunct\t1-1\t\n";
    let input = Input {
        name: "a.tsv",
        bytes: text.as_bytes(),
        beside: &|_| None,
    };
    let imported =
        crate::format::read(&WebAnnoTsv, &input, &crate::format::Options::default()).unwrap();
    assert_eq!(imported.skipped, []);
    let document = &imported.documents[0].document;
    let words = |id: &crate::model::AnnotationId| {
        let tag = document.set().annotation(id).unwrap();
        document.source().slice(tag.fragments.hull())
    };
    let links = document.set().links().map(|link| match &link.to {
        crate::model::Target::Annotation(to) => {
            format!("{} {} {}", words(&link.from), link.role, words(to))
        }
        crate::model::Target::Person(_) | crate::model::Target::NotGiven => String::new(),
    });
    let links: std::collections::BTreeSet<String> = links.collect();
    let links: Vec<String> = links.into_iter().collect();
    assert_eq!(links, ["Ann punct .", "Ann subj is"]);
    assert_eq!(document.set().annotation_count(), 3);
}

#[test]
fn a_second_place_where_a_relation_begins_is_told() {
    let file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Cue|value\n#T_RL=custom.Says|role|BT_custom.Cue|BT_custom.Cue\n\n\n\
                #Text=He said it\n1-1\t0-2\tHe\tspeaker\tsays\t1-3\t1-2\n1-2\t3-7\tsaid\t_\t_\t_\t_\n\
                1-3\t8-10\tit\tquote\t_\t_\t_\n";
    let imported = read_as("a.tsv", file);
    let told = format!("{:?}", imported.skipped);
    assert!(
        told.contains("relations begin at one word") && told.contains("“1-2”"),
        "{told}"
    );
    assert_eq!(imported.documents[0].document.set().link_count(), 1);
}
