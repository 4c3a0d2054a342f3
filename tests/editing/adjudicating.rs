//! Deciding between the tags of several annotators, key by key.

use pullquote::compare::{Comparison, DifferenceKind};
use pullquote::format::schema_file::default_schema;
use pullquote::format::sidecar::{self, record_hash};
use pullquote::model::{Annotation, Choice, Document, DocumentState, ReviewKey, TagPart};
use pullquote::ops::{DecisionStep, Edit, Gesture, Player, difference_words};
use pullquote::text::TextRange;

use crate::support::{show, tagged};

/// An empty curated document beside the work of these people, each in the notation.
pub(super) fn adjudicate(people: &[(&str, &str)]) -> Player {
    adjudicate_documents(documents(people))
}

pub(super) fn adjudicate_documents(documents: Vec<(smol_str::SmolStr, Document)>) -> Player {
    let source = documents[0].1.source().clone();
    let (mut player, notices) = Player::new(Document::new(source), default_schema().unwrap());
    assert_eq!(notices, Vec::<String>::new());
    player.open = player.open.curated_by("lead".into());
    player.open.set_now("2026-11-28T12:00:00Z".parse().unwrap());
    compare(&mut player, documents);
    player
}

pub(super) fn documents(people: &[(&str, &str)]) -> Vec<(smol_str::SmolStr, Document)> {
    let people = people.iter();
    people
        .map(|(name, notation)| ((*name).into(), tagged(notation)))
        .collect()
}

pub(super) fn compare(player: &mut Player, documents: Vec<(smol_str::SmolStr, Document)>) {
    let set = player.open.document().set().clone();
    let comparison = Comparison::new(documents, record_hash).with_deleted(&set);
    player.open.adjudicate(comparison);
}

pub(super) fn press(player: &mut Player, keys: &str) -> String {
    let mut said = String::new();
    for key in keys.split(' ') {
        said = player
            .press(key)
            .unwrap_or_else(|refusal| panic!("{key}: {refusal}"))
            .message;
    }
    said
}

/// The kinds of the open differences.
fn left(player: &Player) -> Vec<DifferenceKind> {
    let listed = player.open.adjudication().unwrap().listed().iter();
    listed.map(|(kind, _)| *kind).collect()
}

/// How many tags all agree on that are not taken.
fn agreed(player: &Player) -> usize {
    player.open.adjudication().unwrap().undecided().agreed
}

fn only_tag(player: &Player) -> Annotation {
    let mut tags = player.open.document().set().annotations();
    let tag = tags.next().unwrap().clone();
    assert!(tags.next().is_none());
    tag
}

pub(super) const ANN: &str =
    "<q1:quote>“We do not,”</q1> <s1:speaker>Tillerson</s1> said. <q2:quote>He said no.</q2>
---
p1 = Rex Tillerson
s1 is p1
q1 form=direct
q1 -speaker-> s1";

#[test]
fn what_all_agree_on_needs_no_key() {
    let ben = ANN
        .replace("p1", "x1")
        .replace("s1", "m1")
        .replace("q1", "r1");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben.replace("q2", "r2"))]);
    assert_eq!(left(&player), []);
    assert_eq!(agreed(&player), 3);
    assert_eq!(
        *player.open.document().set(),
        Default::default(),
        "nothing is decided yet"
    );
    assert!(player.open.is_saved());
    let done = player.run(Edit::SetState(DocumentState::Done)).unwrap();
    assert_eq!(
        done.message,
        "marked the article as done; took 3 tags that all agree on"
    );
    assert_eq!(agreed(&player), 0);
    let curated = show(player.open.document());
    insta::assert_snapshot!(curated, @"
    <dba25182d1358:quote>“We do not,”</dba25182d1358> <d045abca1d08f:speaker>Tillerson</d045abca1d08f> said. <d1f05223ebfc5:quote>He said no.</d1f05223ebfc5>
    ---
    p1 = Rex Tillerson
    dba25182d1358 form=direct
    d045abca1d08f is p1
    dba25182d1358 -speaker-> d045abca1d08f
    ");
    let decisions = player.open.document().set().decisions();
    assert!(decisions.into_iter().all(|it| it.choice == Choice::Agreed));
    // It can be taken back as one step.
    press(&mut player, "Ctrl+z");
    assert_eq!(player.open.document().set().annotation_count(), 0);
    assert_eq!(left(&player), []);
    assert_eq!(agreed(&player), 3);
    // Asked for, it needs no decision; then there is no more of it.
    let taken = player.run(Gesture::Decide(DecisionStep::Agreed)).unwrap();
    assert_eq!(taken.message, "took 3 tags that all agree on");
    let refused = player
        .run(Gesture::Decide(DecisionStep::Agreed))
        .unwrap_err();
    assert_eq!(refused, "nothing more that all agree on");
    press(&mut player, "Ctrl+z");
    // What is tagged by hand is a decision, too.
    player.select(TextRange::new(0.into(), 4.into()));
    press(&mut player, "c");
    assert_eq!(agreed(&player), 0);
    assert_eq!(player.open.document().set().annotation_count(), 4);
    press(&mut player, "Ctrl+z");
    assert_eq!(player.open.document().set().annotation_count(), 0);
}

#[test]
fn a_boundary_takes_one_key() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben)]);
    assert_eq!(left(&player), [DifferenceKind::Boundary]);
    press(&mut player, "F5");
    let said = press(&mut player, "2");
    let all = "took the quote of ben, and 2 tags that all agree on; no differences left";
    assert_eq!(said, all);
    let curated = show(player.open.document());
    assert!(curated.contains("He said no</"), "{curated}");
    // Undone, the next key decides once more.
    press(&mut player, "Ctrl+z");
    assert_eq!(left(&player), [DifferenceKind::Boundary]);
    press(&mut player, "1");
    let curated = show(player.open.document());
    assert!(curated.contains("He said no.</"), "{curated}");
}

#[test]
fn every_mixture_of_two_takes_three_keys_at_most() {
    const MOST: usize = 3;
    let text = |quote: &str| format!("{quote} Ada and Bob met.");
    let ann = text("<q:quote>One two three</q> four")
        .replace("Ada", "<s:speaker>Ada</s>")
        .replace("Bob", "<t:speaker>Bob</t>")
        + "\n---\nq form=direct\nq -speaker-> s";
    let ben = text("<r:claim>One two three four</r>")
        .replace("Ada", "<u:speaker>Ada</u>")
        .replace("Bob", "<v:speaker>Bob</v>")
        + "\n---\nr check=unimportant\nr -speaker-> v";
    let keys = [
        (TagPart::Boundary, "b"),
        (TagPart::Label, "l"),
        (TagPart::Attributes, "t"),
        (TagPart::Speaker, "f"),
    ];
    for mixture in 0_usize..16 {
        let whose = |n: usize| mixture >> n & 1;
        let mut player = adjudicate(&[("ann", &ann), ("ben", &ben)]);
        assert_eq!(left(&player), [DifferenceKind::Several]);
        press(&mut player, "F5");
        // The parts of whoever gives fewer are named.
        let fewer = usize::from((0..4).map(whose).sum::<usize>() <= 2);
        let named: Vec<&str> = (0..4)
            .filter(|n| whose(*n) == fewer)
            .map(|n| keys[n].1)
            .collect();
        let number = |whose: usize| ["1", "2"][whose];
        let mut pressed = named.clone();
        pressed.push(number(if named.is_empty() { 1 - fewer } else { fewer }));
        assert!(pressed.len() <= MOST, "{pressed:?}");
        press(&mut player, &pressed.join(" "));
        assert_eq!(left(&player), [], "{pressed:?}");
        let set = player.open.document().set();
        let mut tags = set.annotations();
        let tag = tags.find(|tag| tag.label != "speaker").unwrap();
        let source = player.open.document().source();
        let is = |what: &str, part: usize, values: [&str; 2], found: &str| {
            assert_eq!(found, values[whose(part)], "{what} {pressed:?}");
        };
        is(
            "words",
            0,
            ["One two three", "One two three four"],
            &tag.fragments.text(source),
        );
        is("label", 1, ["quote", "claim"], &tag.label);
        is("attributes", 2, ["form", "check"], &tag.attributes[0].name);
        let link = set.links_from(&tag.id).next().unwrap();
        let pullquote::model::Target::Annotation(to) = &link.to else {
            panic!("{link:?}");
        };
        let to = set.annotation(to).unwrap();
        is("speaker", 3, ["Ada", "Bob"], &to.fragments.text(source));
        let key = ReviewKey {
            of: "ann".into(),
            tag: "q".into(),
        };
        let decision = set.decision(&key).unwrap();
        let parts = TagPart::ALL.iter().enumerate();
        let parts = parts.map(|(n, part)| (*part, ["ann", "ben"][whose(n)].into()));
        assert_eq!(decision.choice, Choice::Taken(parts.collect()));
        assert_eq!(decision.made.as_ref().unwrap().by, "lead");
    }
}

#[test]
fn a_quote_of_one_alone_is_taken_or_not_with_its_speaker() {
    let ben = "“We do not,” Tillerson said. <q2:quote>He said no.</q2>";
    let people = [("ann", ANN), ("ben", ben)];
    let mut player = adjudicate(&people);
    // The speaker waits for its quote.
    assert_eq!(left(&player), [DifferenceKind::Missing]);
    press(&mut player, "F5 1");
    assert_eq!(left(&player), []);
    let taken = show(player.open.document());
    assert!(taken.contains("Tillerson</"), "{taken}");
    assert!(taken.contains("-speaker->"), "{taken}");
    for no in ["0", "2"] {
        let mut player = adjudicate(&people);
        press(&mut player, &format!("F5 {no}"));
        assert_eq!(left(&player), []);
        assert_eq!(only_tag(&player).label, "quote");
        let decisions = player.open.document().set().decisions();
        let against = decisions.filter(|it| it.choice == Choice::Nothing);
        assert_eq!(against.count(), 2);
    }
}

/// The speaker of a tag that is not taken is ruled out with it, but not where it is taken or agreed on.
#[test]
fn a_mention_that_is_accepted_is_kept_without_its_quote() {
    let ann = "<q1:quote>“We do not,”</q1> <s1:speaker>Tillerson</s1> said.\n---\nq1 -speaker-> s1";
    let both = "“We do not,” <s1:speaker>Tillerson</s1> said.";
    let mut player = adjudicate(&[("ann", ann), ("ben", both)]);
    assert!(player.open.is_curated());
    let said = press(&mut player, "F5 0");
    assert!(!said.contains("ruled out"), "{said}");
    assert_eq!(only_tag(&player).label, "speaker");

    let wide = both.replace("</s1> said", " said</s1>");
    let mut player = adjudicate(&[("ann", ann), ("ben", &wide)]);
    assert_eq!(left(&player).len(), 2);
    // The second of them first.
    press(&mut player, "F5 F5 1");
    assert_eq!(only_tag(&player).label, "speaker");
    let said = press(&mut player, "F5 0");
    assert!(!said.contains("ruled out"), "{said}");
    assert_eq!(left(&player), []);
    assert_eq!(only_tag(&player).label, "speaker");
}

#[test]
fn where_all_are_wrong_the_words_are_tagged_by_hand() {
    let ann = "<c:claim>He said</c> no.";
    let mut player = adjudicate(&[("ann", ann), ("ben", "<c:claim>He said no</c>.")]);
    let said = press(&mut player, "F5 x");
    assert!(said.contains("tag what is right"), "{said}");
    press(&mut player, "q");
    let set = player.open.document().set();
    let tag = set.annotation(player.open.selection().tag.as_ref().unwrap());
    assert_eq!(tag.unwrap().label, "quote");
    assert_eq!(left(&player), []);
}

#[test]
fn a_tag_that_changes_after_the_decision_is_open_again() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben)]);
    press(&mut player, "F5 1");
    let decided = show(player.open.document());

    // As before: nothing is open, nothing is taken.
    compare(&mut player, documents(&[("ann", ANN), ("ben", &ben)]));
    assert_eq!(left(&player), []);
    let changed = ANN.replace("<q2:quote>He said", "He <q2:quote>said");
    compare(&mut player, documents(&[("ann", &changed), ("ben", &ben)]));
    assert_eq!(left(&player), [DifferenceKind::Boundary]);
    assert_eq!(show(player.open.document()), decided);
    press(&mut player, "F5 1");
    let again = show(player.open.document());
    assert!(again.contains(">said no.</"), "{again}");
    assert_eq!(
        player.open.document().set().annotation_count(),
        3,
        "it is the same curated tag: {again}"
    );

    // Deleted by both, it is asked about.
    let gone = |text: &str| text.replace("<q2:quote>", "").replace("</q2>", "");
    let people = documents(&[("ann", &gone(ANN)), ("ben", &gone(ANN))]);
    compare(&mut player, people.clone());
    assert_eq!(left(&player), [DifferenceKind::Deleted]);
    press(&mut player, "F5 0");
    assert_eq!(left(&player), []);
    assert_eq!(player.open.document().set().annotation_count(), 2);
}

#[test]
fn a_mention_with_two_edges_is_decided_by_itself() {
    let ben = ANN.replace(
        "<s1:speaker>Tillerson</s1> said",
        "Tillerson <s1:speaker>said</s1>",
    );
    let wide = ANN.replace("Tillerson</s1> said", "Tillerson said</s1>");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &wide)]);
    // The quote is agreed on, and leads to a mention that is still open.
    assert_eq!(left(&player), [DifferenceKind::Boundary]);
    player.run(Gesture::Decide(DecisionStep::Agreed)).unwrap();
    assert_eq!(left(&player), [DifferenceKind::Boundary]);
    let set = player.open.document().set().clone();
    assert_eq!(set.links().count(), 1);
    press(&mut player, "F5 2");
    assert_eq!(left(&player), []);
    let shown = show(player.open.document());
    assert!(shown.contains("Tillerson said</"), "{shown}");
    assert_eq!(player.open.document().set().links().count(), 1);
    // Of two speakers the one nobody leads to goes.
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben)]);
    assert_eq!(left(&player), [DifferenceKind::Speaker]);
    press(&mut player, "F5 2");
    assert_eq!(left(&player), []);
    let shown = show(player.open.document());
    assert!(
        shown.contains(">said</") && !shown.contains(">Tillerson</"),
        "{shown}"
    );
}

#[test]
fn three_people_are_mixed_by_naming_each() {
    let text = |tag: &str| format!("{tag} five");
    let people = [
        ("ann", text("<a:quote>One two three</a> four")),
        (
            "ben",
            text("<b:quote>One two three four</b>") + "\n---\nb form=mixed",
        ),
        (
            "cleo",
            text("One <c:quote>two three four</c>") + "\n---\nc form=direct",
        ),
    ];
    let people: Vec<(&str, &str)> = people
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let mut player = adjudicate(&people);
    assert_eq!(left(&player), [DifferenceKind::Several]);
    press(&mut player, "F5 b");
    let said = press(&mut player, "1");
    assert_eq!(said, "ann gives that; who gives the rest? Press a number");
    press(&mut player, "3");
    let tag = only_tag(&player);
    let source = player.open.document().source();
    assert_eq!(tag.fragments.text(source), "One two three");
    assert_eq!(tag.attributes[0].value, "direct");
    let refused = adjudicate(&people).press("2").unwrap_err();
    assert!(
        refused.contains("no speaker"),
        "no difference is chosen: {refused}"
    );
}

#[test]
fn decisions_come_back_from_the_file() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let mut player = adjudicate(&[("ann", ANN), ("ben", &ben)]);
    press(&mut player, "F5 2");
    let document = player.open.document();
    let text = sidecar::write(document, "a.txt");
    let read = sidecar::read(&text, document.source()).unwrap();
    assert_eq!(read.set, *document.set());
    assert_eq!(read.unread, Vec::new());
    let lines: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.contains("decisions"))
        .collect();
    assert!(
        lines
            .iter()
            .any(|line| line.contains("choice: Taken, parts: {\"boundary\": \"ben\"")),
        "{text}"
    );
}

#[test]
fn where_a_tag_made_by_hand_leads_stays() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let people = documents(&[("ann", ANN), ("ben", &ben)]);
    let by_hand = "<h:quote>“We do not,”</h> Tillerson <x:speaker>said</x>. He said no.
---
h form=direct
h -speaker-> x";
    let (mut player, _) = Player::new(tagged(by_hand), default_schema().unwrap());
    player.open = player.open.curated_by("lead".into());
    compare(&mut player, people);
    press(&mut player, "F5 1");
    let curated = show(player.open.document());
    assert!(curated.contains("\nh -speaker-> x"), "{curated}");
    assert_eq!(curated.matches("-speaker->").count(), 1, "{curated}");
}

#[test]
fn other_attributes_of_a_tag_made_by_hand_stay() {
    let ben = ANN.replace("He said no.</q2>", "He said no</q2>.");
    let people = documents(&[("ann", ANN), ("ben", &ben)]);
    let by_hand = "<h:quote>“We do not,”</h> Tillerson said. He said no.\n---\nh form=mixed";
    let (mut player, _) = Player::new(tagged(by_hand), default_schema().unwrap());
    player.open = player.open.curated_by("lead".into());
    compare(&mut player, people);
    press(&mut player, "F5 1");
    let curated = show(player.open.document());
    assert!(curated.contains("h form=mixed"), "{curated}");
    assert!(!curated.contains("form=direct"), "{curated}");
}

#[test]
fn differences_are_said_with_what_each_gives() {
    let words = |people: &[(&str, &str)]| {
        let player = adjudicate(people);
        let adjudication = player.open.adjudication().unwrap();
        let comparison = adjudication.comparison();
        let listed = adjudication.listed().iter();
        let words = listed.map(|(_, group)| {
            let group = &comparison.groups()[*group];
            difference_words(player.open.schema(), comparison, group)
        });
        words.collect::<Vec<_>>().join(" | ")
    };
    let quote = |attributes: &str| format!("<a:quote>One two</a> three.\n---\n{attributes}");
    let (direct, mixed) = (quote("a form=direct"), quote("a form=mixed"));
    assert_eq!(
        words(&[("ann", &direct), ("ben", &mixed), ("cleo", &direct)]),
        "form differs: direct (ann and cleo), mixed (ben)"
    );
    assert_eq!(
        words(&[("ann", &direct), ("ben", "<b:quote>One two</b> three.")]),
        "form differs: direct (ann), none (ben)"
    );
    let claim = "<b:claim>One two three</b>.";
    let all = "boundary, label and form differ; label: Quote (ann), Claim (ben); form: direct (ann), none (ben)";
    assert_eq!(words(&[("ann", &direct), ("ben", claim)]), all);
    let two = "<a:quote>One two</a> three.";
    let three = "<a:quote>One two three</a>.";
    assert_eq!(words(&[("ann", two), ("ben", three)]), "boundary differs");
    assert_eq!(
        words(&[
            ("ann", two),
            ("ben", three),
            ("cleo", "One two <c:claim>three</c>.")
        ]),
        "only ann and ben; boundary differs | only cleo"
    );
}
