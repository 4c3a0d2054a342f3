use smol_str::SmolStr;

use crate::model::{AttributeKind, Convention, LabelKind, RoleKind, Schema, SchemaError};

/// A schema as somebody wants it to be: labels, attributes and conventions, each with the one it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaDraft {
    /// What it comes from.
    before: Schema,
    /// The labels, new ones last.
    pub labels: Vec<Drafted<LabelKind>>,
    /// The roles of links, new ones last.
    pub roles: Vec<Drafted<RoleKind>>,
    /// The attributes, new ones last.
    pub attributes: Vec<Drafted<AttributeKind>>,
    /// The conventions.
    pub conventions: Vec<Convention>,
}

/// A part of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted<T> {
    /// Its place in the schema it comes from, from 0; `None`: it is new.
    pub original: Option<usize>,
    /// What it is to be.
    pub kind: T,
}

impl SchemaDraft {
    /// A draft that changes nothing.
    #[must_use]
    pub fn of(schema: &Schema) -> Self {
        Self {
            before: schema.clone(),
            labels: drafted(schema.labels()),
            roles: drafted(schema.roles()),
            attributes: drafted(schema.attributes()),
            conventions: schema.conventions.clone(),
        }
    }

    /// The schema it comes from.
    #[must_use]
    pub fn before(&self) -> &Schema {
        &self.before
    }

    /// Whether nothing is different.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        *self == Self::of(&self.before)
    }

    /// Gives a label another key. Files that have the old one are read as the new one from then on.
    pub fn rename_label(&mut self, at: usize, key: &str) {
        let before = self.before.labels();
        let Some(label) = self.labels.get_mut(at) else {
            return;
        };
        let old = std::mem::replace(&mut label.kind.key, key.into());
        let original = label.original.and_then(|n| before.get(n));
        if let Some(original) = original {
            label.kind.was.clone_from(&original.was);
            label.kind.was.retain(|was| was != key);
            if original.key != key {
                label.kind.was.push(original.key.clone());
            }
        }
        for attribute in &mut self.attributes {
            if attribute.kind.label == old {
                attribute.kind.label = key.into();
            }
        }
        let ends = self
            .roles
            .iter_mut()
            .flat_map(|role| role.kind.from.iter_mut().chain(&mut role.kind.to));
        ends.filter(|end| **end == old)
            .for_each(|end| *end = key.into());
    }

    /// Which labels have another key now: the old and the new ones.
    #[must_use]
    pub fn renamed(&self) -> Vec<(SmolStr, SmolStr)> {
        let pairs = self.labels.iter().filter_map(|label| {
            let original = self.before.labels().get(label.original?)?;
            Some((original.key.clone(), label.kind.key.clone()))
        });
        pairs.filter(|(old, new)| old != new).collect()
    }

    /// Removes a label with its attributes.
    pub fn remove_label(&mut self, at: usize) {
        if at < self.labels.len() {
            let gone = self.labels.remove(at);
            self.attributes
                .retain(|attribute| attribute.kind.label != gone.kind.key);
            for role in &mut self.roles {
                role.kind.from.retain(|key| *key != gone.kind.key);
                role.kind.to.retain(|key| *key != gone.kind.key);
            }
        }
    }

    /// The value of a convention; `None`: nothing is decided.
    #[must_use]
    pub fn convention(&self, name: &str) -> Option<&SmolStr> {
        let mut all = self.conventions.iter();
        all.find(|one| one.name == name).map(|one| &one.value)
    }

    /// Decides a convention.
    pub fn set_convention(&mut self, name: &str, value: &str) {
        match self.conventions.iter_mut().find(|one| one.name == name) {
            Some(one) => one.value = value.into(),
            None => self.conventions.push(Convention {
                name: name.into(),
                value: value.into(),
            }),
        }
    }

    /// Says what a label is for; a role that leads to speakers takes it in, or leaves it out.
    pub fn set_part(&mut self, at: usize, part: LabelPart) {
        let leads_to_speakers = |role: &Drafted<RoleKind>| {
            let mut to = self
                .labels
                .iter()
                .filter(|label| role.kind.to.contains(&label.kind.key));
            to.any(|label| label.kind.mentions)
        };
        let role = self.roles.iter().position(leads_to_speakers);
        let Some(label) = self.labels.get_mut(at) else {
            return;
        };
        let kind = &mut label.kind;
        kind.speaks = part == LabelPart::HasSpeakers;
        kind.mentions = part == LabelPart::NamesSpeakers;
        kind.reports = part == LabelPart::Reports;
        if let Some(role) = role.and_then(|role| self.roles.get_mut(role)) {
            take_in(&mut role.kind.from, &kind.key, kind.speaks);
            take_in(&mut role.kind.to, &kind.key, kind.mentions);
        }
    }

    /// The schema it is to become.
    ///
    /// # Errors
    /// [`SchemaError`] where the parts do not fit together.
    pub fn schema(&self) -> Result<Schema, SchemaError> {
        let labels: Vec<LabelKind> = self.labels.iter().map(|one| one.kind.clone()).collect();
        let attributes = self.attributes.iter().map(|one| one.kind.clone());
        let roles = self.roles.iter().map(|one| one.kind.clone());
        let schema = Schema::new(labels, roles.collect(), attributes.collect())?;
        let mut schema = self.before.with_parts_of(schema);
        schema.conventions.clone_from(&self.conventions);
        Ok(schema)
    }
}

fn drafted<T: Clone>(kinds: &[T]) -> Vec<Drafted<T>> {
    let all = kinds.iter().enumerate();
    all.map(|(n, kind)| Drafted {
        original: Some(n),
        kind: kind.clone(),
    })
    .collect()
}

/// What a label is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelPart {
    /// Nothing of these.
    Plain,
    /// Someone says it.
    HasSpeakers,
    /// It mentions a speaker.
    NamesSpeakers,
    /// It has the words that report.
    Reports,
}

impl LabelPart {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::HasSpeakers,
        Self::NamesSpeakers,
        Self::Reports,
        Self::Plain,
    ];

    /// What a label is for.
    #[must_use]
    pub fn of(label: &LabelKind) -> Self {
        match label {
            label if label.speaks => Self::HasSpeakers,
            label if label.mentions => Self::NamesSpeakers,
            label if label.reports => Self::Reports,
            _ => Self::Plain,
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::HasSpeakers => "has speakers",
            Self::NamesSpeakers => "names speakers",
            Self::Reports => "words that report",
        }
    }
}

/// Puts a label into a list of keys, or takes it out.
pub fn take_in(keys: &mut Vec<SmolStr>, key: &SmolStr, there: bool) {
    if !there {
        keys.retain(|known| known != key);
    } else if !keys.contains(key) {
        keys.push(key.clone());
    }
}
