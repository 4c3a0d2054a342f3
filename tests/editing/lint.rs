//! Each rule on tags that have and have not what it looks for, and what sets it right.

use pullquote::format::schema_file::{default_schema, parse_schema};
use pullquote::format::sidecar;
use pullquote::model::{Document, DocumentState, LintLevel, LintRule, Problem, Schema};
use pullquote::ops::{Edge, Edit, Gesture, Move, OpenDocument, fix_word};
use pullquote::text::TextSize;

use crate::support::{counted_ids, show, tagged};

fn with_cues() -> Schema {
    parse_schema(include_str!("../../assets/schema-with-cues.ron")).unwrap()
}

fn open_with(notation: &str, schema: Schema) -> OpenDocument {
    let mut open = OpenDocument::new(tagged(notation), schema);
    let done = Edit::SetState(DocumentState::Done);
    open.run(done, &mut counted_ids()).unwrap();
    open
}

fn open(notation: &str) -> OpenDocument {
    open_with(notation, default_schema().unwrap())
}

fn findings(open: &OpenDocument) -> Vec<Problem> {
    let all = open.problems().iter();
    all.filter(|p| p.kind.finding().is_some()).collect()
}

/// The rules that report, each with the words it is about.
fn found(open: &OpenDocument) -> Vec<String> {
    let source = open.document().source();
    let line = |problem: &Problem| {
        let rule = problem.kind.finding().unwrap().rule.name();
        format!("{rule}: {}", source.slice(problem.range.unwrap()))
    };
    findings(open).iter().map(line).collect()
}

fn rules(notation: &str) -> Vec<String> {
    found(&open(notation))
}

/// What an article says once the last finding is set right, and what is found then.
fn fixed(open: &mut OpenDocument) -> (String, Vec<String>) {
    let first = findings(open).pop().unwrap();
    assert!(fix_word(&first.kind).is_some());
    let before = open.document().clone();
    let fix = Gesture::FixProblem(Some(first.clone()));
    open.run(fix.clone(), &mut counted_ids()).unwrap();
    assert!(!findings(open).contains(&first), "{:?}", found(open));
    let after = (show(open.document()), found(open));
    open.run(Gesture::Undo, &mut counted_ids()).unwrap();
    assert_eq!(open.document().set(), before.set());
    open.run(Gesture::Redo, &mut counted_ids()).unwrap();
    after
}

fn text_of(notation: &str) -> &str {
    notation.split("\n---\n").next().unwrap()
}

#[test]
fn a_quote_and_a_claim_without_an_answer_are_found_when_the_article_is_done() {
    let notation = "<q1:quote>“It <c1:claim>rains</c1>,”</q1> <s1:speaker>Anna Lee</s1> said.";
    let mut open = OpenDocument::new(tagged(notation), default_schema().unwrap());
    assert_eq!(found(&open), [""; 0], "not while somebody works on it");
    assert_eq!(open.problems().more_when_done(), 2);
    let done = Edit::SetState(DocumentState::Done);
    open.run(done, &mut counted_ids()).unwrap();
    let both = ["no-speaker: “It rains,”", "claim-without-speaker: rains"];
    assert_eq!(found(&open), both);
    let (after, left) = fixed(&mut open);
    assert!(after.contains("c1 -speaker-> s1"), "{after}");
    assert_eq!(left, ["no-speaker: “It rains,”"]);
    let answered = format!("{notation}\n---\nq1 -speaker-> nobody\nc1 -speaker-> s1");
    assert_eq!(rules(&answered), [""; 0]);
    let rejected = format!("{notation}\n---\nq1 -speaker-> s1\nc1 review=rejected");
    assert_eq!(rules(&rejected), [""; 0]);
}

#[test]
fn a_pre_filled_speaker_is_confirmed() {
    let notation = "<q1:quote>“It rains,”</q1> <s1:speaker>Anna Lee</s1> said.\n---\n\
                    q1 -speaker-> s1 ?";
    let (after, left) = fixed(&mut open(notation));
    assert!(
        after.contains("q1 -speaker-> s1\n") || after.ends_with("q1 -speaker-> s1"),
        "{after}"
    );
    assert_eq!(left, [""; 0]);
}

#[test]
fn a_speaker_within_the_quote_is_unlinked() {
    let notation = "<q1:quote>“<s1:speaker>Lee</s1> lies, so I left,”</q1> Anna said.\n---\n\
                    q1 -speaker-> s1";
    let mut within = open(notation);
    assert_eq!(found(&within), ["speaker-in-quote: “Lee lies, so I left,”"]);
    let (_, left) = fixed(&mut within);
    assert_eq!(left, ["no-speaker: “Lee lies, so I left,”"]);
    // Between the parts of a split quote it is where it belongs.
    let split = "<q1:quote>“It rains,”</q1> <s1:speaker>Lee</s1> said. <q1>“A lot.”</q1>\n---\n\
                 q1 -speaker-> s1";
    assert_eq!(rules(split), [""; 0]);
}

#[test]
fn a_quote_grows_to_the_other_mark_and_a_claim_loses_the_one_it_has() {
    let answers = "\n---\nq1 -speaker-> nobody";
    for (notation, after) in [
        (
            "<q1:quote>“It rains and</q1> it pours,” she said.",
            "<q1:quote>“It rains and it pours,”</q1> she said.",
        ),
        (
            "“It <q1:quote>rains and it pours,”</q1> she said.",
            "<q1:quote>“It rains and it pours,”</q1> she said.",
        ),
        (
            "<q1:quote>\"It rains,\"</q1> she said. <q1>\"A lot</q1> of it.\"",
            "<q1:quote>\"It rains,\"</q1> she said. <q1>\"A lot of it.\"</q1>",
        ),
        (
            "<q1:quote>«\u{a0}Il pleut</q1> et il vente\u{a0}», dit-elle.",
            "<q1:quote>«\u{a0}Il pleut et il vente\u{a0}»</q1>, dit-elle.",
        ),
    ] {
        let mut open = open(&format!("{notation}{answers}"));
        assert_eq!(found(&open).len(), 1, "{notation}: {:?}", found(&open));
        let (shown, left) = fixed(&mut open);
        assert_eq!((text_of(&shown), left), (after, vec![]), "{notation}");
    }
    let claim = "<q1:quote>“<c1:claim>It rains</c1>, he says,”</q1> she said.\n---\n\
                 q1 -speaker-> nobody\nc1 -speaker-> nobody";
    assert_eq!(rules(claim), [""; 0]);
    let mut claim = open(&claim.replace("“<c1:claim>", "<c1:claim>“"));
    assert_eq!(found(&claim), ["unclosed-mark: “It rains"]);
    let (shown, _) = fixed(&mut claim);
    assert!(shown.contains("“<c1:claim>It rains</c1>,"), "{shown}");
}

#[test]
fn marks_within_a_tag_apostrophes_and_marks_without_a_partner_are_right() {
    for notation in [
        "The <s1:speaker>workers’ council</s1> met.",
        "<c1:claim>He called it “a deal” and left</c1>.\n---\nc1 -speaker-> nobody",
        "<q1:quote>that he called it “a deal” and left</q1>.\n---\nq1 -speaker-> nobody",
        "“<q1:quote>It rains</q1>,” she said.\n---\nq1 -speaker-> nobody",
    ] {
        assert_eq!(rules(notation), [""; 0], "{notation}");
    }
    // Where the text itself is wrong, the tag is not.
    let torn = "<q1:quote>“It rains and</q1> then nothing.\n---\nq1 -speaker-> nobody";
    assert_eq!(rules(torn), ["unbalanced-mark: “"]);
}

#[test]
fn an_edge_in_a_word_goes_to_the_nearer_end_of_it() {
    for (notation, after) in [
        (
            "The <c1:claim>rain fel</c1>l a lot.",
            "The <c1:claim>rain fell</c1> a lot.",
        ),
        (
            "The <c1:claim>rain f</c1>ell a lot.",
            "The <c1:claim>rain</c1> fell a lot.",
        ),
        (
            "Th<c1:claim>e rain</c1> fell.",
            "The <c1:claim>rain</c1> fell.",
        ),
        (
            "The r<c1:claim>ain fell</c1>.",
            "The <c1:claim>rain fell</c1>.",
        ),
        ("T<c1:claim>h</c1>e rain.", "<c1:claim>The</c1> rain."),
    ] {
        let mut open = open(&format!("{notation}\n---\nc1 -speaker-> nobody"));
        assert_eq!(found(&open).len(), 1, "{notation}");
        let mut shown = String::new();
        while !findings(&open).is_empty() {
            (shown, _) = fixed(&mut open);
        }
        assert_eq!(text_of(&shown), after, "{notation}");
    }
    for notation in [
        "<s1:speaker>Anna</s1>’s rain, <s2:speaker>Lee</s2>'ll come.",
        "他<s1:speaker>说好</s1>的。",
        "<s1:speaker>트럼프</s1>는 말했다.",
        "The anti-<s1:speaker>Trump</s1> vote.",
    ] {
        assert_eq!(rules(notation), [""; 0], "{notation}");
    }
}

#[test]
fn speech_without_a_tag_is_found_and_words_held_at_a_distance_are_not() {
    let mut open = open("“It rains a lot here,” she said of the “deal” and “Les Misérables”.");
    assert_eq!(found(&open), ["untagged-quote: “It rains a lot here,”"]);
    let (shown, left) = fixed(&mut open);
    assert!(
        shown.starts_with("<n1:quote>“It rains a lot here,”</n1>")
            || shown.contains(":quote>“It rains a lot here,”</"),
        "{shown}"
    );
    assert_eq!(
        left.len(),
        1,
        "now its speaker is to be confirmed: {left:?}"
    );
    // Somebody has decided that it is no quote.
    let rejected = "<q1:quote>“It rains a lot here,”</q1> she said.\n---\nq1 review=rejected";
    assert_eq!(rules(rejected), [""; 0]);
    // One that is tagged holds those within it.
    let nested = "<q1:quote>“He says: ‘It rains a lot here.’”</q1>\n---\nq1 -speaker-> nobody";
    assert_eq!(rules(nested), [""; 0]);
}

#[test]
fn a_name_that_is_tagged_nearly_everywhere_is_found_where_it_is_not() {
    let notation = |n: usize| {
        let names: Vec<String> = (1..=n)
            .map(|n| format!("<s{n}:speaker>Lee</s{n}> came."))
            .collect();
        format!("{} Ann Lee left. Then Lee slept.", names.join(" "))
    };
    assert_eq!(rules(&notation(2)), [""; 0], "tagged too seldom");
    let mut open = open(&notation(3));
    assert_eq!(found(&open), ["untagged-name: Lee"]);
    let place = findings(&open)[0].range.unwrap();
    let at = open.document().source().as_str().rfind("Lee").unwrap();
    assert_eq!(usize::from(place.start()), at, "Ann Lee is somebody else");
    let (shown, left) = fixed(&mut open);
    assert_eq!((shown.matches(">Lee</").count(), left), (4, vec![]));
}

#[test]
fn an_edge_that_moves_over_a_name_is_looked_at_again() {
    let set_edge = |open: &mut OpenDocument, tag: &str, edge, to: &str| {
        let at = open.document().source().as_str().find(to).unwrap();
        let (tag, to) = (tag.into(), TextSize::try_from(at).unwrap());
        let edit = Edit::SetEdge {
            tag,
            index: 0,
            edge,
            to,
        };
        open.run(edit, &mut counted_ids()).unwrap();
    };
    let anew = |open: &OpenDocument| {
        let (document, schema) = (open.document().clone(), open.schema().clone());
        found(&OpenDocument::new(document, schema))
    };
    let names = (1..=3).map(|n| format!("<s{n}:speaker>Lee Ray</s{n}> came. "));
    let names: String = names.collect();
    // It passes over the second word of a name only.
    let mut inside = open(&format!(
        "{names}Then Lee <s4:speaker>Ray of Rome</s4> slept."
    ));
    assert_eq!(found(&inside), anew(&inside));
    set_edge(&mut inside, "s4", Edge::Start, "of Rome");
    assert_eq!(found(&inside), ["untagged-name: Lee Ray"]);
    assert_eq!(found(&inside), anew(&inside));
    // The last mention that consists of the name takes in another word.
    let friends = "<s2:speaker>friends of Lee, of Lee and of Lee</s2>";
    let mut last = open(&format!(
        "<s1:speaker>Lee</s1> came. {friends} left. Lee slept."
    ));
    assert_eq!(found(&last), ["untagged-name: Lee"]);
    set_edge(&mut last, "s1", Edge::End, ". friends");
    assert_eq!(found(&last), [""; 0]);
    assert_eq!(found(&last), anew(&last));
}

#[test]
fn the_words_that_report_are_cut_out() {
    let whole = "<q1:quote>“It rains,” Lee said. “A lot of it.”</q1>\n---\nq1 -speaker-> nobody";
    let mut open = open(whole);
    assert_eq!(
        found(&open),
        ["cue-in-quote: “It rains,” Lee said. “A lot of it.”"]
    );
    let (shown, left) = fixed(&mut open);
    let after = "<q1:quote>“It rains,”</q1> Lee said. <q1>“A lot of it.”</q1>";
    assert_eq!((text_of(&shown), left), (after, vec![]));

    let cue = "Lee <q1:quote><u1:cue>said</u1> that it rains</q1>.\n---\n\
               q1 -speaker-> nobody\nq1 -cue-> u1";
    let mut open = open_with(cue, with_cues());
    assert_eq!(found(&open), ["cue-in-quote: said that it rains"]);
    let (shown, left) = fixed(&mut open);
    let after = "Lee <u1:cue>said</u1> <q1:quote>that it rains</q1>.";
    assert_eq!((text_of(&shown), left), (after, vec![]));

    // Two quotations in one indirect quote are its words.
    let mixed = "Lee said <q1:quote>it was “bad” and, as Kim said, “worse”</q1>.\n---\n\
                 q1 -speaker-> nobody";
    assert_eq!(rules(mixed), [""; 0]);
}

#[test]
fn empty_parts_and_second_tags_go() {
    let empty = "<q1:quote>“It rains,”</q1> she said<q1>. </q1>\n---\nq1 -speaker-> nobody";
    let mut open_empty = open(empty);
    assert_eq!(found(&open_empty), ["empty-tag: “It rains,” she said. "]);
    let (shown, left) = fixed(&mut open_empty);
    let after = "<q1:quote>“It rains,”</q1> she said. ";
    assert_eq!((text_of(&shown), left), (after, vec![]));
    assert_eq!(
        rules("She said <c1:claim>👍</c1>.\n---\nc1 -speaker-> nobody"),
        [""; 0]
    );

    let twice = "<c1:claim><c2:claim>It rains</c2></c1>.\n---\nc1 -speaker-> nobody\n\
                 c2 -speaker-> nobody";
    let mut twice = open(twice);
    assert_eq!(found(&twice), ["duplicate-tag: It rains"]);
    let (shown, left) = fixed(&mut twice);
    assert_eq!(
        (text_of(&shown), left),
        ("<c1:claim>It rains</c1>.", vec![])
    );
    // Of the two, the one that is linked less goes.
    let linked = "<c1:claim><c2:claim>It rains</c2></c1>.\n---\nc2 -speaker-> nobody";
    let mut linked = open(linked);
    let second = findings(&linked).pop().unwrap();
    assert_eq!(
        fixed(&mut linked),
        (
            "<c2:claim>It rains</c2>.\n---\nc2 -speaker-> nobody".to_owned(),
            vec![]
        )
    );
    let again = Gesture::FixProblem(Some(second));
    assert!(
        linked.run(again, &mut counted_ids()).is_err(),
        "there is one only"
    );
    let other = "<c1:claim><q1:quote>It rains</q1></c1>.\n---\nc1 -speaker-> nobody\n\
                 q1 -speaker-> nobody";
    assert_eq!(rules(other), [""; 0], "another label");
}

#[test]
fn what_is_ignored_is_gone_with_its_reason_kept_and_can_be_shown_again() {
    let mut open = open("“It rains a lot here,” she said. The <s1:speaker>Lee</s1>s.");
    assert_eq!(found(&open).len(), 2);
    for finding in findings(&open) {
        let ignore = Edit::IgnoreFinding {
            key: finding.kind.finding().unwrap().key(),
            reason: "a title".to_owned(),
        };
        open.run(ignore, &mut counted_ids()).unwrap();
    }
    assert_eq!(found(&open), [""; 0]);
    let saved = sidecar::write(open.document(), "a.txt");
    assert!(
        saved.contains("(rule: \"edge-in-word\", tag: \"s1\", reason: \"a title\"),"),
        "{saved}"
    );
    let words =
        "(rule: \"untagged-quote\", words: \"“It rains a lot here,”\", reason: \"a title\"),";
    assert!(saved.contains(words), "{saved}");
    let source = open.document().source().clone();
    let read = sidecar::read(&saved, &source).unwrap();
    let read: Document = read.into_document(source, None);
    assert_eq!(sidecar::write(&read, "a.txt"), saved);
    let again = OpenDocument::new(read, default_schema().unwrap());
    assert_eq!(found(&again), [""; 0]);

    open.run(Gesture::Undo, &mut counted_ids()).unwrap();
    assert_eq!(found(&open).len(), 1);
    open.run(Gesture::Redo, &mut counted_ids()).unwrap();
    let first = open
        .document()
        .set()
        .suppressions()
        .next()
        .unwrap()
        .key
        .clone();
    open.run(Edit::StopIgnoring(first), &mut counted_ids())
        .unwrap();
    assert_eq!(found(&open).len(), 1);
}

#[test]
fn a_project_turns_rules_off_and_on() {
    let notation = "“It rains a lot here,” she said. The <s1:speaker>Lee</s1>s.";
    let read = |lint: &str| parse_schema(&format!("(lint: {{{lint}}})")).unwrap();
    let off = read("\"edge-in-word\": \"off\", \"untagged-quote\": \"hint\"");
    let mut open = OpenDocument::new(tagged(notation), off);
    assert_eq!(
        found(&open),
        ["untagged-quote: “It rains a lot here,”"],
        "before it is done"
    );
    let done = Edit::SetState(DocumentState::Done);
    open.run(done, &mut counted_ids()).unwrap();
    assert_eq!(found(&open).len(), 1);

    let all: Vec<String> = LintRule::ALL
        .iter()
        .map(|rule| format!("\"{}\": \"problem when done\"", rule.name()))
        .collect();
    let schema = read(&all.join(", "));
    for rule in LintRule::ALL {
        assert_eq!(schema.lint.of(*rule), LintLevel::ProblemWhenDone);
    }
    let wrong = parse_schema("(lint: {\"edge-in-word\": \"maybe\"})").unwrap_err();
    assert!(
        wrong
            .to_string()
            .contains("`maybe` is not how a rule reports; use off, hint"),
        "{wrong}"
    );
}

#[test]
fn the_problem_where_the_caret_is_is_set_right_by_one_key() {
    let mut open = open("“It rains a lot here,” she said. The <s1:speaker>Lee</s1>s.");
    let ids = &mut counted_ids();
    let fix = Gesture::FixProblem(None);
    let refusal = open.run(fix.clone(), ids).unwrap_err().to_string();
    assert!(refusal.contains("no problem here"), "{refusal}");
    let next = Move::Problem { forward: true };
    open.run(next.clone(), ids).unwrap();
    assert_eq!(open.finding_here().unwrap().rule, LintRule::UntaggedQuote);
    open.run(next, ids).unwrap();
    assert_eq!(open.finding_here().unwrap().rule, LintRule::EdgeInWord);
    open.run(fix.clone(), ids).unwrap();
    assert!(show(open.document()).contains("<s1:speaker>Lees</s1>"));
    open.run(Move::Problem { forward: false }, ids).unwrap();
    assert_eq!(open.finding_here().unwrap().rule, LintRule::UntaggedQuote);
    open.run(fix, ids).unwrap();
    assert_eq!(
        open.document().set().annotation_count(),
        3,
        "the quote and its likely speaker"
    );
}
