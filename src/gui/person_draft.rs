//! What is being typed about a person.

use crate::model::Person;

/// A person as typed so far.
#[derive(Debug)]
pub(super) struct PersonDraft {
    pub(super) person: Person,
    /// Separated by semicolons.
    pub(super) aliases: String,
}

impl PersonDraft {
    pub(super) fn of(person: &Person) -> Self {
        Self {
            person: person.clone(),
            aliases: person.aliases.join("; "),
        }
    }

    /// The person, with the aliases one by one.
    pub(super) fn result(&self) -> Person {
        let aliases = self.aliases.split(';').map(str::trim);
        Person {
            aliases: aliases
                .filter(|alias| !alias.is_empty())
                .map(str::to_owned)
                .collect(),
            ..self.person.clone()
        }
    }
}
