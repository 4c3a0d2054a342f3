use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::{FormerLabels, LintLevels};

/// What a project can tag: labels, link roles, attributes, and where its guidelines are. Built from
/// `assets/schema.ron` or a folder's `pullquote.ron` by [`crate::format::schema_file`].
#[derive(Debug, Clone, PartialEq, Eq)]
// Invariant: keys are unique, letters too; roles and attributes name labels that are there.
pub struct Schema {
    labels: Vec<LabelKind>,
    roles: Vec<RoleKind>,
    attributes: Vec<AttributeKind>,
    /// Where the guidelines (Markdown) are, relative to the schema file; empty for none.
    pub guidelines: String,
    /// Whether records say when they were made and changed.
    pub times: bool,
    /// Conventions the project has decided on, as name and value.
    pub conventions: Vec<Convention>,
    /// Words that report in this project besides those that do anywhere: "floated". Each form is listed.
    pub cues: Vec<SmolStr>,
    /// Names of facts about an article that the project keeps besides the usual ones: "edition".
    pub fields: Vec<SmolStr>,
    /// Labels an article as a whole can have: "topic: economy".
    pub article_labels: Vec<SmolStr>,
    /// What the project keeps of people besides role and organisation: "gender".
    pub person_attributes: Vec<PersonAttribute>,
    /// Which rules report, and when.
    pub lint: LintLevels,
}

/// An attribute of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonAttribute {
    /// Its name in files and on screen.
    pub name: SmolStr,
    /// The values to choose from; none: any.
    pub values: Vec<SmolStr>,
}

/// A label tags can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelKind {
    /// Its key in files: `quote`.
    pub key: SmolStr,
    /// Its name on screen: "Quote".
    pub name: String,
    /// The plural: "Quotes".
    pub plural: String,
    /// The key that tags, and the letter drawn beside the colour; upper case.
    pub letter: char,
    /// Name of a colour of the theme: yellow, pink, blue, green, …
    pub color: SmolStr,
    /// Whether it has speakers: a new one gets a pre-filled speaker.
    pub speaks: bool,
    /// Whether it mentions a speaker, who may be a person of the roster.
    pub mentions: bool,
    /// Whether it marks the words that report: said, according to.
    pub reports: bool,
    /// Keys it had before: tags that have one of them are of this label.
    pub was: Vec<SmolStr>,
}

/// A role links can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleKind {
    /// Its key in files: `speaker`.
    pub key: SmolStr,
    /// Its name on screen.
    pub name: String,
    /// Labels it may start at.
    pub from: Vec<SmolStr>,
    /// Labels it may point to.
    pub to: Vec<SmolStr>,
    /// Whether it may point to a person of the roster, or to no speaker.
    pub people: bool,
}

/// An attribute of one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeKind {
    /// Its name in files and on screen.
    pub name: SmolStr,
    /// The label it is on.
    pub label: SmolStr,
    /// The values to choose from.
    pub values: Vec<SmolStr>,
    /// What a new tag gets; `None`: nothing.
    pub default: Option<SmolStr>,
}

/// A decision that corpora differ on, such as whether quotation marks belong to the span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convention {
    /// What is decided.
    pub name: SmolStr,
    /// How.
    pub value: SmolStr,
}

/// Why a schema cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// No label at all.
    #[error("the schema has no labels; add at least one")]
    NoLabel,
    /// Two labels with one key.
    #[error("the label `{0}` is in the schema twice; rename one")]
    RepeatedLabel(SmolStr),
    /// Two labels tag by one letter.
    #[error("the labels `{0}` and `{1}` have the same letter; change one")]
    RepeatedLetter(SmolStr, SmolStr),
    /// A label, role or attribute without a name.
    #[error("{} of the schema has an empty name; give it one", with_article(.0))]
    EmptyKey(&'static str),
    /// An attribute's value without a name.
    #[error("the attribute `{0}` has an empty value; leave it out, or give it a name")]
    EmptyValue(SmolStr),
    /// Two values of one attribute with one name.
    #[error("the attribute `{0}` has the value `{1}` twice; remove one")]
    RepeatedValue(SmolStr, SmolStr),
    /// Two roles with one key.
    #[error("the role `{0}` is in the schema twice; rename one, or join their labels")]
    RepeatedRole(SmolStr),
    /// Two attributes of one label with one name.
    #[error("the attribute `{0}` of the label `{1}` is in the schema twice; rename one")]
    RepeatedAttribute(SmolStr, SmolStr),
    /// A label was called as another one is now, or was before.
    #[error("`{0}` is an earlier name of one label and a name of another; remove one")]
    FormerLabel(SmolStr),
    /// The letter is none.
    #[error("the letter of the label `{0}` must be one of A to Z")]
    NotALetter(SmolStr),
    /// The letter is the key of another command.
    #[error("the letter {1} of the label `{0}` is the key of another command ({2}); change it")]
    LetterTaken(SmolStr, char, String),
    /// A role or attribute names a label that is not there.
    #[error("`{user}` uses the label `{label}`, which is not in the schema")]
    UnknownLabel {
        /// The role or attribute.
        user: SmolStr,
        /// The label.
        label: SmolStr,
    },
}

fn with_article(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

impl Schema {
    /// Checks the parts and puts them together.
    ///
    /// # Errors
    /// [`SchemaError`] where the invariant does not hold.
    pub fn new(
        labels: Vec<LabelKind>,
        roles: Vec<RoleKind>,
        attributes: Vec<AttributeKind>,
    ) -> Result<Self, SchemaError> {
        if labels.is_empty() {
            return Err(SchemaError::NoLabel);
        }
        for (n, label) in labels.iter().enumerate() {
            if !label.letter.is_ascii_uppercase() {
                return Err(SchemaError::NotALetter(label.key.clone()));
            }
            for other in labels.iter().take(n) {
                if other.key == label.key {
                    return Err(SchemaError::RepeatedLabel(label.key.clone()));
                }
                if other.letter == label.letter {
                    return Err(SchemaError::RepeatedLetter(
                        other.key.clone(),
                        label.key.clone(),
                    ));
                }
            }
        }
        let mut known: BTreeSet<&SmolStr> = labels.iter().map(|label| &label.key).collect();
        let mut former = labels.iter().flat_map(|label| &label.was);
        if let Some(twice) = former.find(|key| !known.insert(key)) {
            return Err(SchemaError::FormerLabel(twice.clone()));
        }
        let keys = |kind, mut keys: Box<dyn Iterator<Item = &SmolStr> + '_>| {
            let empty = keys.any(|key| key.trim().is_empty());
            if empty {
                Err(SchemaError::EmptyKey(kind))
            } else {
                Ok(())
            }
        };
        keys("label", Box::new(labels.iter().map(|label| &label.key)))?;
        keys("role", Box::new(roles.iter().map(|role| &role.key)))?;
        keys("attribute", Box::new(attributes.iter().map(|a| &a.name)))?;
        let mut known = BTreeSet::new();
        if let Some(twice) = roles.iter().find(|role| !known.insert(&role.key)) {
            return Err(SchemaError::RepeatedRole(twice.key.clone()));
        }
        let mut known = BTreeSet::new();
        let mut of_labels = attributes.iter();
        if let Some(twice) = of_labels.find(|a| !known.insert((&a.label, &a.name))) {
            let (name, label) = (twice.name.clone(), twice.label.clone());
            return Err(SchemaError::RepeatedAttribute(name, label));
        }
        for attribute in &attributes {
            let name = || attribute.name.clone();
            let mut known = BTreeSet::new();
            for value in &attribute.values {
                if value.trim().is_empty() {
                    return Err(SchemaError::EmptyValue(name()));
                }
                if !known.insert(value) {
                    return Err(SchemaError::RepeatedValue(name(), value.clone()));
                }
            }
        }
        let named = roles
            .iter()
            .flat_map(|role| {
                role.from
                    .iter()
                    .chain(&role.to)
                    .map(|label| (&role.key, label))
            })
            .chain(attributes.iter().map(|a| (&a.name, &a.label)));
        for (user, label) in named {
            if !labels.iter().any(|known| known.key == *label) {
                return Err(SchemaError::UnknownLabel {
                    user: user.clone(),
                    label: label.clone(),
                });
            }
        }
        Ok(Self {
            labels,
            roles,
            attributes,
            guidelines: String::new(),
            times: true,
            conventions: Vec::new(),
            cues: Vec::new(),
            fields: Vec::new(),
            article_labels: Vec::new(),
            person_attributes: Vec::new(),
            lint: LintLevels::default(),
        })
    }

    /// The labels in schema order.
    #[must_use]
    pub fn labels(&self) -> &[LabelKind] {
        &self.labels
    }

    /// The link roles in schema order.
    #[must_use]
    pub fn roles(&self) -> &[RoleKind] {
        &self.roles
    }

    /// All attributes in schema order.
    #[must_use]
    pub fn attributes(&self) -> &[AttributeKind] {
        &self.attributes
    }

    /// The same with the labels, roles and attributes of another schema.
    #[must_use]
    pub fn with_parts_of(&self, other: Self) -> Self {
        Self {
            labels: other.labels,
            roles: other.roles,
            attributes: other.attributes,
            ..self.clone()
        }
    }

    /// The keys that labels had before.
    #[must_use]
    pub fn former_labels(&self) -> FormerLabels {
        let labels = self.labels.iter();
        let pairs = labels.flat_map(|label| label.was.iter().map(|was| (was, &label.key)));
        pairs.map(|(was, key)| (was.clone(), key.clone())).collect()
    }

    /// The attributes of a label in schema order.
    pub fn attributes_of<'a>(&'a self, label: &'a str) -> impl Iterator<Item = &'a AttributeKind> {
        self.attributes.iter().filter(move |a| a.label == label)
    }

    /// The label with this key.
    #[must_use]
    pub fn label(&self, key: &str) -> Option<&LabelKind> {
        self.labels.iter().find(|label| label.key == key)
    }

    /// Whether tags of this label have speakers.
    #[must_use]
    pub fn speaks(&self, label: &str) -> bool {
        self.label(label).is_some_and(|label| label.speaks)
    }

    /// Whether tags of this label mention a speaker.
    #[must_use]
    pub fn mentions(&self, label: &str) -> bool {
        self.label(label).is_some_and(|label| label.mentions)
    }

    /// The role that leads from a label to its speaker.
    #[must_use]
    pub fn speaker_role(&self, from: &str) -> Option<&RoleKind> {
        self.roles.iter().find(|role| {
            role.from.iter().any(|label| label == from)
                && role.to.iter().any(|label| self.mentions(label))
        })
    }

    /// The label a mention of a speaker gets when `from` is linked to it.
    #[must_use]
    pub fn mention_label(&self, from: &str) -> Option<&LabelKind> {
        let role = self.speaker_role(from)?;
        role.to
            .iter()
            .filter_map(|key| self.label(key))
            .find(|label| label.mentions)
    }

    /// Whether a link of `role` may lead from one label to another.
    #[must_use]
    pub fn allows(&self, role: &str, from: &str, to: &str) -> bool {
        self.roles.iter().any(|known| {
            known.key == role
                && known.from.iter().any(|label| label == from)
                && known.to.iter().any(|label| label == to)
        })
    }

    /// Whether a link of `role` may lead from a label to a person or to no speaker.
    #[must_use]
    pub fn allows_people(&self, role: &str, from: &str) -> bool {
        self.roles.iter().any(|known| {
            known.key == role && known.people && known.from.iter().any(|label| label == from)
        })
    }
}
