//! People of the roster that come and go with the mentions that name them.

use super::attributes::MENTION;
use super::draft::Draft;
use super::wording::words_of;
use crate::model::{Annotation, IdSource, Origin, Person, PersonId, PersonKind, Target, Verdict};
use crate::suggest::{
    MentionKind, ParagraphCache, after_posting, antecedent, full_name, home_at, is_first_name_of,
    is_role, is_title, known_person, mention_kind, same_name,
};
use crate::text::{TextRange, TextSize};

/// Who proposes the mentions that come with a pre-filled speaker.
pub(super) const PROPOSER: &str = "rules";

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
        if named && (office || is_title(&word) || is_role(token)) {
            start = n + 1;
        }
        // "Ambassador to Kenya Amina Odera"
        if is_title(&word)
            && let Some(after) = after_posting(&tokens, n + 1)
        {
            start = after;
        }
    }
    // "Senator Ann Lee of Ohio"
    let end = home_at(&tokens, start).unwrap_or(tokens.len());
    tokens
        .get(start..end)
        .unwrap_or_default()
        .join(" ")
        .trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
        .to_owned()
}

/// The name of the person whom a mention of these words at `near` (bytes) names, as the text around
/// has it in full: for "he" and "she", of whom they most likely mean. Empty where that is nobody.
#[must_use]
pub fn person_name(cache: &ParagraphCache<'_>, words: &str, near: TextSize) -> String {
    match mention_kind(words) {
        MentionKind::Named => {
            let name = name_in(words);
            full_name(cache, &name, near).unwrap_or(name)
        }
        MentionKind::Pronoun => {
            let pronoun = TextRange::at(near, TextSize::of(words));
            let named = cache
                .source()
                .get(pronoun)
                .filter(|there| *there == words)
                .and_then(|_| antecedent(cache, pronoun));
            named.map_or_else(String::new, |named| {
                let name = name_in(cache.source().slice(named));
                full_name(cache, &name, named.start()).unwrap_or(name)
            })
        }
        MentionKind::Description => String::new(),
    }
}

/// The person whom a proposed pronoun stands for, from the text: known already, or new.
fn name_antecedent(draft: &mut Draft<'_>, tag: &mut Annotation, ids: &mut dyn IdSource) {
    let proposed = tag.origin == Origin::Suggester(PROPOSER.into());
    if tag.person.is_some() || !proposed || !draft.ctx.schema.mentions(&tag.label) {
        return;
    }
    let document = draft.ctx.document;
    let words = words_of(document.source(), tag);
    if mention_kind(&words) != MentionKind::Pronoun {
        return;
    }
    let name = person_name(
        &ParagraphCache::new(document.source()),
        &words,
        tag.fragments.start(),
    );
    if name.is_empty() {
        return;
    }
    let known = known_person(document, &name, tag.fragments.start())
        .filter(|person| draft.person(person).is_some());
    let added = draft
        .changed_people()
        .find(|person| same_name(&person.name, &name))
        .map(|person| person.id.clone());
    let id = known
        .or(added)
        .unwrap_or_else(|| add_person(draft, name, PersonKind::Person, ids));
    tag.person = Some(id);
}

/// Sets the person of a speaker mention that has none: the person on the roster with these words,
/// or a new one for a new name. Pronouns and descriptions never make a new person.
pub(super) fn name_person(draft: &mut Draft<'_>, tag: &mut Annotation, ids: &mut dyn IdSource) {
    name_known_person(draft, tag);
    if draft.ctx.schema.mentions(&tag.label) {
        grow_name(draft, tag);
    }
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
    let id = added.unwrap_or_else(|| {
        let cache = ParagraphCache::new(draft.ctx.document.source());
        let full = full_name(&cache, &name, tag.fragments.start());
        add_person(draft, full.unwrap_or(name), PersonKind::Person, ids)
    });
    tag.person = Some(id);
}

/// Gives a person who is called by a short name of theirs the full one of this mention.
fn grow_name(draft: &mut Draft<'_>, tag: &Annotation) {
    let words = words_of(draft.ctx.document.source(), tag);
    let Some(person) = tag.person.as_ref().and_then(|id| draft.person(id)).cloned() else {
        return;
    };
    let count = |name: &str| name.split_whitespace().count();
    if !is_name(tag, &words)
        || person.kind != PersonKind::Person
        || count(&name_in(&words)) <= count(&person.name)
    {
        return;
    }
    let source = draft.ctx.document.source();
    let name = if is_first_name_of(&person.name, &words) {
        Some(name_in(&words))
    } else {
        full_name(
            &ParagraphCache::new(source),
            &person.name,
            tag.fragments.start(),
        )
    };
    let Some(name) = name else {
        return;
    };
    // A name someone has typed stays.
    let from_text = draft
        .mentions(&person.id)
        .iter()
        .any(|mention| name_in(&words_of(source, mention)) == person.name);
    if from_text {
        draft.insert_person(Person { name, ..person });
    }
}

/// Sets the person of a speaker mention if the roster has these words.
pub(super) fn name_known_person(draft: &Draft<'_>, tag: &mut Annotation) {
    if tag.person.is_none() && draft.ctx.schema.mentions(&tag.label) {
        let words = words_of(draft.ctx.document.source(), tag);
        tag.person = known_person(draft.ctx.document, &words, tag.fragments.start())
            .filter(|person| draft.person(person).is_some());
    }
}

/// Whether the mention is a name, by its attribute, else its words.
pub(super) fn is_name(tag: &Annotation, words: &str) -> bool {
    const NAMED: &str = "named";
    match tag.attribute(MENTION) {
        Some(kind) => kind == NAMED,
        None => mention_kind(words).value() == NAMED,
    }
}

/// Whether words are a name or an alias of a person, in full or in part.
pub(super) fn goes_by(person: &Person, words: &str) -> bool {
    let mut names = std::iter::once(&person.name).chain(&person.aliases);
    names.any(|name| same_name(name, words))
}

/// Puts someone new on the roster.
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

/// Accepts a suggested tag or mention, with its person. Among many at once it stays to be reviewed, and so does a
/// mention that comes with what it is linked to.
pub(super) fn accept(draft: &mut Draft<'_>, tag: &mut Annotation, ids: &mut dyn IdSource) {
    if tag.is_open_suggestion() {
        match draft.takes_many || draft.ctx.schema.mentions(&tag.label) {
            true => tag.verdict = Verdict::Accepted,
            false => tag.take(Verdict::Accepted),
        }
    }
    name_person(draft, tag, ids);
    name_antecedent(draft, tag, ids);
}

/// Removes a person who came with a mention of these words, if nothing refers to them any more and
/// no one has edited them.
pub(super) fn drop_unused_person(draft: &mut Draft<'_>, id: &PersonId, words: &str) {
    let untouched = draft.person(id).is_some_and(|person| {
        same_name(&person.name, &name_in(words))
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
            ("Board member Carol Stein", "Carol Stein"),
            ("Hillcrest teacher Ada Long", "Ada Long"),
            ("campaign group Clean Sea", "campaign group Clean Sea"),
            (
                "Kenyan Ambassador to the United States Amina Odera",
                "Amina Odera",
            ),
            ("General Karim al-Noor", "Karim al-Noor"),
            ("Senator Ann Lee of New York", "Ann Lee"),
            ("University of California", "University of California"),
            ("Der Sprecher Karl Meyer", "Karl Meyer"),
            ("Bundesaußenministerin Anna Weiß", "Anna Weiß"),
            ("der Vorsitzende Jan Groß", "Jan Groß"),
            ("Die Zeit", "Die Zeit"),
            ("Martin Präsident", "Martin Präsident"),
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
