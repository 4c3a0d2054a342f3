use std::collections::BTreeMap;

use super::{FormatInfo, OptionInfo};
use crate::text::wording::nearest;

/// Options every format has; they are about the export as a whole.
pub static COMMON_OPTIONS: [OptionInfo; 2] = [
    OptionInfo {
        name: "split",
        about: "Split",
        values: &[
            ("no", "all articles together"),
            (
                "80/10/10",
                "training, validation and test data by article, in a folder; any two or three \
                 shares, such as 70/30",
            ),
        ],
    },
    OptionInfo {
        name: "seed",
        about: "Seed of the split",
        values: &[
            (
                "0",
                "which articles go where; the same for the same articles",
            ),
            ("1", "any other number gives another split"),
        ],
    },
];

/// The chosen values. The default of the others is the first of [`OptionInfo::values`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options(BTreeMap<&'static str, &'static str>);

/// Why a choice cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionError {
    /// The format has no such option.
    #[error(
        "`{format}` has no option `{option}`; {}{known}",
        .nearest.map_or_else(String::new, did_you_mean)
    )]
    Unknown {
        /// The format.
        format: &'static str,
        /// What was requested.
        option: String,
        /// The option that is spelt most like it.
        nearest: Option<&'static str>,
        /// The options there are, in words.
        known: String,
    },
    /// The option has no such value.
    #[error("the option `{option}` of `{format}` cannot be `{value}`; use {known}")]
    Value {
        /// The format.
        format: &'static str,
        /// The option.
        option: &'static str,
        /// What was requested.
        value: String,
        /// The values there are.
        known: String,
    },
}

impl Options {
    /// Checks names and values against what a format offers. [`COMMON_OPTIONS`] are taken out before,
    /// and named where there is no such option. Of two values for one name the last holds.
    ///
    /// # Errors
    /// [`OptionError`] for the first name or value the format does not know.
    pub fn new(info: &FormatInfo, chosen: &[(String, String)]) -> Result<Self, OptionError> {
        Self::of(info.name, info.options, &COMMON_OPTIONS, chosen)
    }

    /// Checks names and values against what a format offers for imports.
    ///
    /// # Errors
    /// [`OptionError`] as for [`Self::new`].
    pub fn for_reading(
        info: &FormatInfo,
        chosen: &[(String, String)],
    ) -> Result<Self, OptionError> {
        Self::of(info.name, info.read_options, &[], chosen)
    }

    fn of(
        format: &'static str,
        known: &'static [OptionInfo],
        common: &'static [OptionInfo],
        chosen: &[(String, String)],
    ) -> Result<Self, OptionError> {
        let mut options = BTreeMap::new();
        for (name, value) in chosen {
            let option = known.iter().find(|option| option.name == name);
            let option = option.ok_or_else(|| OptionError::Unknown {
                format,
                option: name.clone(),
                nearest: nearest(name, known.iter().chain(common).map(|option| option.name)),
                known: known_options(known, common),
            })?;
            // `codepoints` is `code-points`.
            let plain = |value: &str| value.replace('-', "");
            let known = option
                .values
                .iter()
                .find(|(known, _)| plain(known) == plain(value));
            let (known, _) = known.ok_or_else(|| OptionError::Value {
                format,
                option: option.name,
                value: value.clone(),
                known: option.words(),
            })?;
            options.insert(option.name, *known);
        }
        Ok(Self(options))
    }

    /// Whether an option was given this value by name.
    #[must_use]
    pub fn chose(&self, option: &str, value: &str) -> bool {
        self.0.get(option).is_some_and(|chosen| *chosen == value)
    }
}

impl OptionInfo {
    /// The values, in words.
    fn words(&self) -> String {
        let values: Vec<_> = self.values.iter().map(|(value, _)| *value).collect();
        values.join(", ")
    }
}

fn did_you_mean(nearest: &str) -> String {
    format!("did you mean `{nearest}`? ")
}

fn known_options(known: &[OptionInfo], common: &[OptionInfo]) -> String {
    let options = known.iter().chain(common);
    let names: Vec<_> = options.map(|option| option.name).collect();
    match names[..] {
        [] => "it has no options".to_owned(),
        _ => format!("its options are: {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::ALL;

    #[test]
    fn every_option_has_values_to_choose_from_and_words() {
        for info in ALL.iter().map(|format| format.info()) {
            for option in info.options {
                assert!(option.values.len() > 1, "{}: {}", info.name, option.name);
                assert!(!option.about.is_empty());
                for (value, _) in option.values {
                    let chosen = [(option.name.to_owned(), (*value).to_owned())];
                    assert!(
                        Options::new(info, &chosen)
                            .unwrap()
                            .chose(option.name, value)
                    );
                }
            }
        }
    }

    #[test]
    fn an_unknown_choice_is_told_with_those_there_are() {
        let info = FormatInfo {
            options: &[OptionInfo {
                name: "unit",
                about: "Unit of offsets",
                values: &[("code-points", "characters"), ("utf16", "JavaScript")],
            }],
            ..*ALL.first().unwrap().info()
        };
        let chosen = |name: &str, value: &str| {
            Options::new(&info, &[(name.to_owned(), value.to_owned())])
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            chosen("bom", "yes"),
            "`jsonl` has no option `bom`; its options are: unit, split, seed"
        );
        assert_eq!(
            chosen("spilt", "80/10/10"),
            "`jsonl` has no option `spilt`; did you mean `split`? its options are: unit, split, \
             seed"
        );
        assert_eq!(
            chosen("unit", "feet"),
            "the option `unit` of `jsonl` cannot be `feet`; use code-points, utf16"
        );
    }
}
