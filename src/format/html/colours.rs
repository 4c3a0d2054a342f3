//! The colours of the window as style rules, so that a report looks like what it reports on.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use serde::Deserialize;

const THEMES: &str = include_str!("../../../assets/theme.ron");

#[derive(Deserialize)]
struct Themes {
    light: Theme,
    dark: Theme,
}

#[derive(Deserialize)]
struct Theme {
    surface: String,
    text: String,
    muted: String,
    rule: String,
    accent: String,
    labels: BTreeMap<String, LabelColours>,
}

#[derive(Deserialize)]
struct LabelColours {
    tint: String,
    line: String,
}

/// Variables for both themes; on paper it is always the light one.
pub(super) fn rules() -> io::Result<String> {
    let themes: Themes = ron::from_str(THEMES).map_err(io::Error::other)?;
    let (light, dark) = (variables(&themes.light), variables(&themes.dark));
    Ok(format!(
        ":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    ))
}

fn variables(theme: &Theme) -> String {
    let plain = [
        ("surface", &theme.surface),
        ("text", &theme.text),
        ("muted", &theme.muted),
        ("rule", &theme.rule),
        ("accent", &theme.accent),
    ];
    let labels = theme.labels.iter().flat_map(|(name, colours)| {
        let LabelColours { tint, line } = colours;
        [
            (format!("{name}-tint"), tint),
            (format!("{name}-line"), line),
        ]
    });
    let all = plain.map(|(name, value)| (name.to_owned(), value));
    all.into_iter()
        .chain(labels)
        .fold(String::new(), |mut rules, (name, value)| {
            // Writing to a string does not fail.
            let _ = write!(rules, "--{name}:{value};");
            rules
        })
}
