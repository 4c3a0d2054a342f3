use smol_str::SmolStr;

use crate::model::{AttributeKind, Convention, LabelKind, RoleKind, Schema, SchemaError};

/// A schema as somebody wants it to be: labels, attributes and conventions, each with the one it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaDraft {
    /// What it comes from.
    before: Schema,
    /// The labels, new ones last.
    pub labels: Vec<Drafted<LabelKind>>,
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

    /// The schema it is to become. New labels that have speakers, or mention them, take part in the role of
    /// speakers; labels that are gone in none.
    ///
    /// # Errors
    /// [`SchemaError`] where the parts do not fit together.
    pub fn schema(&self) -> Result<Schema, SchemaError> {
        let labels: Vec<LabelKind> = self.labels.iter().map(|one| one.kind.clone()).collect();
        let attributes = self.attributes.iter().map(|one| one.kind.clone());
        let schema = Schema::new(labels, self.roles(), attributes.collect())?;
        let mut schema = self.before.with_parts_of(schema);
        schema.conventions.clone_from(&self.conventions);
        Ok(schema)
    }

    /// The roles as the labels leave them.
    pub(super) fn roles(&self) -> Vec<RoleKind> {
        let now = |key: &SmolStr| {
            let place = self.before.labels().iter().position(|old| old.key == *key);
            let mut labels = self.labels.iter();
            let label = labels.find(|label| label.original.is_some() && label.original == place);
            label.map(|label| label.kind.key.clone())
        };
        let is_new = |one: &&Drafted<LabelKind>| one.original.is_none();
        let mut found = Vec::new();
        let mut takes_new = true;
        for role in self.before.roles() {
            let mut role = role.clone();
            let leads_to_speakers = role.to.iter().any(|key| self.before.mentions(key));
            role.from = role.from.iter().filter_map(now).collect();
            role.to = role.to.iter().filter_map(now).collect();
            if leads_to_speakers && std::mem::take(&mut takes_new) {
                for label in self.labels.iter().filter(is_new) {
                    let key = || label.kind.key.clone();
                    role.from.extend(label.kind.speaks.then(key));
                    role.to.extend(label.kind.mentions.then(key));
                }
            }
            found.push(role);
        }
        found
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
