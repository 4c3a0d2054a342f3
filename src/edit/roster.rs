//! People of the roster that come and go with the mentions that name them.

use super::attributes::MENTION;
use super::draft::Draft;
use super::wording::words_of;
use crate::model::{Annotation, IdSource, Person, PersonId, PersonKind, Target, Verdict};
use crate::suggest::{known_person, mention_kind, same_name};

/// Words that stand before a name and are no part of it, in lower case without a full stop.
const TITLES: &[&str] = &[
    "admiral",
    "ambassador",
    "archbishop",
    "attorney",
    "bishop",
    "captain",
    "chair",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "col",
    "colonel",
    "commissioner",
    "congressman",
    "congresswoman",
    "counsel",
    "dame",
    "director",
    "dr",
    "envoy",
    "gen",
    "general",
    "gov",
    "governor",
    "judge",
    "justice",
    "leader",
    "lieutenant",
    "lord",
    "lt",
    "maj",
    "major",
    "mayor",
    "minister",
    "miss",
    "mr",
    "mrs",
    "ms",
    "officer",
    "pope",
    "premier",
    "president",
    "prince",
    "princess",
    "prof",
    "professor",
    "queen",
    "rep",
    "representative",
    "rev",
    "secretary",
    "sen",
    "senator",
    "sergeant",
    "sgt",
    "sheriff",
    "sir",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
];

/// What a title may be of: "Secretary of State".
const OFFICES: &[&str] = &[
    "commerce",
    "defence",
    "defense",
    "education",
    "energy",
    "health",
    "labor",
    "staff",
    "state",
    "treasury",
    "war",
];

/// The name within a mention: without titles before it and what follows a comma.
pub(super) fn name_in(words: &str) -> String {
    let words = words.split(',').next().unwrap_or(words);
    let tokens: Vec<&str> = words.split_whitespace().collect();
    let plain = |token: &str| token.trim_end_matches('.').to_lowercase();
    let mut start = usize::from(tokens.first().is_some_and(|first| plain(first) == "the"));
    for (n, token) in tokens.iter().enumerate() {
        let word = plain(token);
        let office = OFFICES.contains(&word.as_str())
            && n.checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_some_and(|before| *before == "of");
        let named = tokens
            .get(n + 1)
            .is_some_and(|next| next.starts_with(char::is_uppercase));
        if named && (office || TITLES.contains(&word.as_str())) {
            start = n + 1;
        }
    }
    tokens
        .get(start..)
        .unwrap_or_default()
        .join(" ")
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
        .to_owned()
}

/// Says whom a speaker mention names, unless it says so already: the one the roster knows by these
/// words; for a name nobody bears yet, somebody new. Pronouns and descriptions name nobody new.
pub(super) fn name_person(draft: &mut Draft<'_>, tag: &mut Annotation, ids: &mut dyn IdSource) {
    name_known_person(draft, tag);
    let words = words_of(draft.ctx.document.source(), tag);
    if tag.person.is_some() || !draft.ctx.schema.mentions(&tag.label) || !is_name(tag, &words) {
        return;
    }
    let name = name_in(&words);
    if name.is_empty() {
        return;
    }
    let added = draft
        .changed_people()
        .find(|person| same_name(&person.name, &name))
        .map(|person| person.id.clone());
    let id = added.unwrap_or_else(|| add_person(draft, name, PersonKind::Person, ids));
    tag.person = Some(id);
}

/// Says whom a speaker mention names where the roster knows these words.
pub(super) fn name_known_person(draft: &Draft<'_>, tag: &mut Annotation) {
    if tag.person.is_none() && draft.ctx.schema.mentions(&tag.label) {
        let words = words_of(draft.ctx.document.source(), tag);
        tag.person = known_person(draft.ctx.document, &words)
            .filter(|person| draft.person(person).is_some());
    }
}

/// Whether the mention is a name: what its attribute says, else its words.
pub(super) fn is_name(tag: &Annotation, words: &str) -> bool {
    const NAMED: &str = "named";
    match tag.attribute(MENTION) {
        Some(kind) => kind == NAMED,
        None => mention_kind(words).value() == NAMED,
    }
}

/// Puts somebody new on the roster.
pub(super) fn add_person(
    draft: &mut Draft<'_>,
    name: String,
    kind: PersonKind,
    ids: &mut dyn IdSource,
) -> PersonId {
    let id = PersonId::new(ids.next_id());
    draft.insert_person(Person {
        kind,
        ..Person::new(id.clone(), name)
    });
    id
}

/// Makes a suggested mention a tag, with whom it names.
pub(super) fn accept(draft: &mut Draft<'_>, tag: &mut Annotation, ids: &mut dyn IdSource) {
    if tag.is_open_suggestion() {
        tag.verdict = Verdict::Accepted;
    }
    name_person(draft, tag, ids);
}

/// Takes somebody off the roster who came with a mention of these words, when nothing names them
/// any more and nobody wrote anything about them.
pub(super) fn drop_unused_person(draft: &mut Draft<'_>, id: &PersonId, words: &str) {
    let untouched = draft.person(id).is_some_and(|person| {
        person.name == name_in(words)
            && person.kind == PersonKind::Person
            && person.aliases.is_empty()
            && person.role.is_empty()
            && person.external_id.is_empty()
            && person.unknown.is_empty()
    });
    if untouched
        && draft.mentions(id).is_empty()
        && draft.links_to(&Target::Person(id.clone())).is_empty()
    {
        draft.remove_person(id);
    }
}

#[cfg(test)]
mod tests {

    use super::name_in;

    #[test]
    fn a_name_is_what_stands_behind_the_titles() {
        for (words, name) in [
            ("Tillerson", "Tillerson"),
            ("Secretary of State Rex Tillerson", "Rex Tillerson"),
            ("President Trump", "Trump"),
            (
                "Former US Congressman Wayne Curtis Weldon",
                "Wayne Curtis Weldon",
            ),
            ("Mr. Smith", "Smith"),
            ("Sergey Lavrov, the minister", "Sergey Lavrov"),
            ("the White House", "White House"),
            ("US State Department", "US State Department"),
            ("the President", "President"),
            ("Martin Luther King Jr.", "Martin Luther King Jr."),
            ("—", ""),
            ("", ""),
        ] {
            assert_eq!(name_in(words), name, "{words}");
        }
    }
}
