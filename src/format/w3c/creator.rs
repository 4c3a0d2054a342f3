//! Who made an annotation or a part of it.

use super::iri::file_name;
use super::told::{Told, one_or_many, take, take_text};
use crate::format::json::{Map, Value};

/// A person or program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Creator {
    /// What tells them from others.
    pub(super) identity: String,
    pub(super) called: String,
}

impl Creator {
    /// Takes the fields that say who made a record; all that are named.
    pub(super) fn take(fields: &mut Map, told: &mut Told<'_>) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        let user = fields
            .get("user_info")
            .and_then(|info| info.get("display_name"));
        let user = user.and_then(Value::as_str).map(str::to_owned);
        for key in ["creator", "dcterms:creator", "annotatedBy", "user"] {
            for value in one_or_many(take(fields, key)) {
                let one = Self::read(value, user.as_deref(), told);
                found.extend(one.filter(|one| !found.contains(one)));
            }
        }
        found
    }

    fn read(value: Value, display_name: Option<&str>, told: &mut Told<'_>) -> Option<Self> {
        match value {
            Value::String(account) if !account.is_empty() => Some(Self {
                called: called(&account, display_name),
                identity: account.into(),
            }),
            Value::Number(number) => Some(Self {
                identity: number.to_string(),
                called: format!("user-{number}"),
            }),
            Value::Object(mut fields) => {
                let id = take_text(&mut fields, "id");
                let name = [
                    "name",
                    "nickname",
                    "nick",
                    "displayName",
                    "username",
                    "email",
                    "mbox",
                ]
                .iter()
                .find_map(|key| take_text(&mut fields, key));
                let called = name
                    .clone()
                    .or_else(|| id.as_deref().map(|id| called(id, None)));
                let found = id.or(name).zip(called);
                told.rest(fields, "creator");
                found.map(|(identity, called)| Self { identity, called })
            }
            other => {
                told.rest(Map::from_iter([("creator".to_owned(), other)]), "");
                None
            }
        }
    }
}

/// `acct:maria@example.org`, an address, or a name.
fn called(account: &str, display_name: Option<&str>) -> String {
    if let Some(user) = account.strip_prefix("acct:") {
        return user.split('@').next().unwrap_or(user).to_owned();
    }
    match display_name {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ if account.contains("://")
            || account.starts_with("mailto:")
            || account.starts_with("urn:") =>
        {
            let name = file_name(account);
            name.split('@').next().unwrap_or(&name).to_owned()
        }
        _ => account.to_owned(),
    }
}
