use super::*;
use crate::edit::apply;
use crate::format::schema_file::{default_schema, parse_schema};
use crate::model::{Convention, Origin, QuoteForm, Target, Verdict};
use crate::text::{SourceText, TextRange, TextSize};

const TEXT: &str = "“The bridge will open in May,” Mayor Ann Lee said on Monday.\n\n\
    She said that the old bridge was never safe.\n\n\
    The council “had no choice but to close it,” according to Tom Webb.\n\n\
    “We waited far too long,” Ann Lee said.\n";

fn document() -> Document {
    Document::new(SourceText::new(TEXT, "UTF-8").unwrap())
}

fn schema() -> Schema {
    default_schema().unwrap()
}

fn suggested(document: &Document) -> Vec<Suggestion> {
    suggestions(document, &schema(), &SuggestionOptions::default(), None)
}

fn words(document: &Document, tag: &Annotation) -> String {
    tag.fragments.text(document.source())
}

fn range(words: &str) -> TextRange {
    let start = TextSize::try_from(TEXT.find(words).unwrap()).unwrap();
    TextRange::at(start, TextSize::of(words))
}

fn with_tag(label: &str, words: &str, change: impl FnOnce(&mut Annotation)) -> Document {
    let mut document = document();
    let fragments = range(words).try_into().unwrap();
    let mut tag = Annotation::new("own", label, fragments, Origin::Annotator("maria".into()));
    change(&mut tag);
    let transaction = Transaction {
        label: String::new(),
        changes: vec![Change::Annotation(Delta::insert(tag))],
        selection_after: None,
    };
    apply(&mut document, &transaction).unwrap();
    document
}

const FIRST: &str = "“The bridge will open in May,”";

#[test]
fn a_suggestion_says_form_rule_confidence_and_speaker() {
    let document = document();
    let all = suggested(&document);
    let kinds: Vec<_> = all.iter().filter_map(|one| one.kind.form()).collect();
    use QuoteForm::{Direct, Indirect, Mixed};
    assert_eq!(kinds, [Direct, Indirect, Mixed, Direct]);
    let first = &all[0];
    assert_eq!(words(&document, &first.tag), FIRST);
    assert_eq!(first.tag.attribute("form").unwrap(), "direct");
    assert_eq!(first.tag.verdict, Verdict::Open);
    assert_eq!(
        first.tag.origin,
        Origin::Suggester("rules/speaker-after".into())
    );
    assert_eq!(first.tag.confidence, Some(first.confidence));
    let speaker = first.speaker.as_ref().unwrap();
    let mention = speaker.annotation.as_ref().unwrap();
    assert_eq!(words(&document, mention), "Mayor Ann Lee");
    assert_eq!(mention.label, "speaker");
    assert_eq!(mention.attribute("mention").unwrap(), "named");
    assert_eq!(
        (speaker.link.role.as_str(), speaker.link.confirmed),
        ("speaker", false)
    );
    assert_eq!(speaker.link.to, Target::Annotation(mention.id.clone()));
    assert_eq!(first.cue, None, "the schema has no label for it");
    assert_eq!(all[2].tag.attribute("form").unwrap(), "mixed");
}

#[test]
fn a_schema_with_cues_gets_them() {
    let schema = include_str!("../../../assets/schema-with-cues.ron");
    let schema = parse_schema(schema).unwrap();
    let document = document();
    let all = suggestions(&document, &schema, &SuggestionOptions::default(), None);
    let cue = all[0].cue.as_ref().unwrap();
    let tag = cue.annotation.as_ref().unwrap();
    assert_eq!(words(&document, tag), "said");
    assert_eq!((tag.label.as_str(), cue.link.role.as_str()), ("cue", "cue"));
}

#[test]
fn the_same_text_gives_the_same_ids_and_no_two_share_one() {
    let (once, again) = (suggested(&document()), suggested(&document()));
    assert_eq!(once, again);
    let ids: BTreeSet<_> = once.iter().map(|one| &one.tag.id).collect();
    assert_eq!(ids.len(), once.len());
}

#[test]
fn nothing_is_suggested_twice() {
    let mut document = document();
    let all = suggested(&document);
    let transaction = add_suggestions(&all);
    assert_eq!(transaction.label, "suggested 4 quotes");
    apply(&mut document, &transaction).unwrap();
    assert_eq!(suggested(&document), []);
    let open = document
        .set()
        .annotations()
        .all(Annotation::is_open_suggestion);
    assert!(open);
}

#[test]
fn what_is_tagged_in_half_of_its_words_or_rejected_stays_away() {
    let quotes = |document: &Document| {
        let all = suggested(document);
        all.iter()
            .map(|one| words(document, &one.tag))
            .collect::<Vec<_>>()
    };
    let is_first = |document: &Document| quotes(document).iter().any(|words| words == FIRST);
    assert!(is_first(&document()));
    assert!(!is_first(&with_tag("quote", "bridge will open", |_| {})));
    assert!(is_first(&with_tag("quote", "bridge will", |_| {})));
    assert!(is_first(&with_tag("claim", FIRST, |_| {})));
    assert!(!is_first(&with_tag("quote", FIRST, |tag| {
        tag.verdict = Verdict::Rejected;
    })));
}

#[test]
fn a_tagged_mention_is_used_and_a_rejected_one_stays_away() {
    let tagged = with_tag("speaker", "Ann Lee", |_| {});
    let speaker = suggested(&tagged)[0].speaker.clone().unwrap();
    assert_eq!(speaker.link.to, Target::Annotation("own".into()));
    assert_eq!(speaker.annotation, None);
    let rejected = with_tag("speaker", "Mayor Ann Lee", |tag| {
        tag.verdict = Verdict::Rejected;
    });
    let first = &suggested(&rejected)[0];
    assert_eq!(words(&rejected, &first.tag), FIRST);
    assert_eq!(first.speaker, None);
}

#[test]
fn an_id_that_is_taken_is_not_given_again() {
    let id = suggested(&document())[0].tag.id.clone();
    let moved = with_tag("claim", "the old bridge", |tag| tag.id = id.clone());
    let first = &suggested(&moved)[0];
    assert_eq!(words(&moved, &first.tag), FIRST);
    assert_ne!(first.tag.id, id);
}

#[test]
fn kinds_and_confidence_choose() {
    let options = |kinds: &[QuoteForm], threshold| SuggestionOptions {
        kinds: Some(kinds.iter().copied().map(Into::into).collect()),
        threshold: ConfidenceThreshold::At(threshold),
    };
    let count = |options| suggestions(&document(), &schema(), &options, None).len();
    assert_eq!(count(options(&[QuoteForm::Direct], 0.0)), 2);
    assert_eq!(count(options(&[], 0.0)), 0);
    assert_eq!(count(options(&QuoteForm::ALL, 0.95)), 2);
}

#[test]
fn a_project_that_tags_pieces_gets_pieces() {
    let text = "“We went,” Ann Lee said, “and we stayed.”";
    let document = Document::new(SourceText::new(text, "UTF-8").unwrap());
    let mut schema = schema();
    let options = SuggestionOptions::default();
    let joined = suggestions(&document, &schema, &options, None);
    assert_eq!(
        words(&document, &joined[0].tag),
        "“We went,” … “and we stayed.”"
    );
    schema.conventions.push(Convention {
        name: "split".into(),
        value: "pieces".into(),
    });
    let pieces = suggestions(&document, &schema, &options, None);
    let found: Vec<_> = pieces
        .iter()
        .map(|one| words(&document, &one.tag))
        .collect();
    assert_eq!(found, ["“We went,”", "“and we stayed.”"]);
    let mentions: Vec<_> = pieces
        .iter()
        .map(|one| one.mention(&document).unwrap())
        .collect();
    assert_eq!(mentions[0], mentions[1], "they share it");
    assert_eq!(add_suggestions(&pieces).changes.len(), 5);
}

/// Claims are suggested where the project says so, with the speaker that their quote has by then.
#[test]
fn a_project_may_have_claims_suggested() {
    let text =
        "“We cut taxes by 12 percent,” Ann Lee said.\n\nThe mill closed in May with 40 jobs.\n";
    let document = Document::new(SourceText::new(text, "UTF-8").unwrap());
    let mut schema = schema();
    let options = SuggestionOptions::default();
    let claims = |document: &Document, schema: &Schema| {
        let mut all = suggestions(document, schema, &options, None);
        all.retain(|one| one.kind == ProposalKind::Claim);
        all
    };
    assert_eq!(claims(&document, &schema), []);
    schema.conventions.push(Convention {
        name: "claims".into(),
        value: "suggested".into(),
    });
    let found = claims(&document, &schema);
    let said: Vec<_> = found
        .iter()
        .map(|one| {
            let speaker = one.mention(&document).map(|tag| words(&document, tag));
            (words(&document, &one.tag), speaker)
        })
        .collect();
    let expected = [
        (
            "We cut taxes by 12 percent".to_owned(),
            Some("Ann Lee".to_owned()),
        ),
        ("The mill closed in May with 40 jobs".to_owned(), None),
    ];
    assert_eq!(said, expected);
    assert_eq!(found[0].tag.label, "claim");
    assert_eq!(
        found[0].tag.origin,
        Origin::Suggester("rules/claim/number+money+comparison".into())
    );
    // The quote is tagged, with no speaker given: its claim has none either.
    let mut tagged = document.clone();
    let quote = suggestions(&document, &schema, &options, None).remove(0);
    let mut step = add_suggestions(&[Suggestion {
        speaker: None,
        ..quote
    }]);
    for change in &mut step.changes {
        if let Change::Annotation(delta) = change
            && let Some(tag) = &mut delta.after
        {
            tag.verdict = Verdict::Accepted;
        }
    }
    apply(&mut tagged, &step).unwrap();
    let id = step
        .changes
        .iter()
        .find_map(|change| change.annotation()?.after.as_ref());
    let link = Link::new(
        crate::model::LinkId::new("l"),
        smol_str::SmolStr::new("speaker"),
        id.unwrap().id.clone(),
        Target::NotGiven,
        Origin::Suggester("rules".into()),
    );
    let link = Transaction {
        changes: vec![Change::Link(Delta::insert(link))],
        ..Transaction::new("")
    };
    apply(&mut tagged, &link).unwrap();
    let again = claims(&tagged, &schema);
    assert_eq!(again[0].speaker.as_ref().unwrap().link.to, Target::NotGiven);
    // A claim that is tagged is not suggested again.
    apply(&mut tagged, &add_suggestions(&again)).unwrap();
    assert_eq!(claims(&tagged, &schema), []);
}

#[test]
fn reported_clauses_that_cost_more_than_they_spare_are_left_out() {
    let text =
        "Ann Lee warned that the bridge was never safe.\n\nTom Webb said that it was closed.";
    let document = Document::new(SourceText::new(text, "UTF-8").unwrap());
    let count = |threshold| {
        let options = SuggestionOptions {
            threshold,
            ..SuggestionOptions::default()
        };
        suggestions(&document, &schema(), &options, None).len()
    };
    assert_eq!(count(ConfidenceThreshold::BestF1), 2);
    assert_eq!(count(ConfidenceThreshold::LeastWork), 1);
}
