use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use smol_str::SmolStr;

use super::ron_text::options;
use crate::model::{Authorship, Reply};

/// Who and when, as `("maria", "2026-11-28T10:00:00Z")`; each empty where it is not recorded.
#[derive(Debug)]
pub(super) struct Stamp(Authorship);

impl Stamp {
    pub(super) fn into_model(stamp: Option<Self>) -> Option<Box<Authorship>> {
        let stamp = stamp.map(|stamp| stamp.0);
        stamp.filter(|stamp| !stamp.is_empty()).map(Box::new)
    }
}

impl From<Authorship> for Stamp {
    fn from(said: Authorship) -> Self {
        Self(said)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (by, at) = <(SmolStr, SmolStr)>::deserialize(deserializer)?;
        let at = (!at.is_empty()).then(|| at.parse());
        let at = at.transpose().map_err(D::Error::custom)?;
        Ok(Self(Authorship { at, by }))
    }
}

/// Who, when and what, as `("maria", "2026-11-28T10:00:00Z", "Not his words.")`.
#[derive(Debug)]
pub(super) struct WireReply(pub(super) Reply);

impl<'de> Deserialize<'de> for WireReply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (by, at, text) = <(SmolStr, SmolStr, String)>::deserialize(deserializer)?;
        let at = (!at.is_empty()).then(|| at.parse());
        let at = at.transpose().map_err(D::Error::custom)?;
        let said = Authorship { at, by };
        Ok(Self(Reply { said, text }))
    }
}

/// Who and when as a field says it; `None` where it cannot be read.
pub(super) fn authorship(raw: &str) -> Option<Authorship> {
    let stamp = options().from_str::<Option<Stamp>>(raw);
    stamp.ok().and_then(Stamp::into_model).map(|said| *said)
}
