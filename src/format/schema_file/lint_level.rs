use serde::Deserialize;
use serde::de::Deserializer;
use smol_str::SmolStr;

use crate::model::LintLevel;

/// When and how a rule reports, by its name.
pub(super) struct WireLevel(pub(super) LintLevel);

impl<'de> Deserialize<'de> for WireLevel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = SmolStr::deserialize(deserializer)?;
        LintLevel::named(&name).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{name}` is not how a rule reports; use {}",
                LintLevel::ALL.map(LintLevel::name).join(", ")
            ))
        })
    }
}
