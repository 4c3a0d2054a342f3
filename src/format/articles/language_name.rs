//! Languages as press databases name them.

/// BCP 47 tag, and names in English, German, French, Spanish, Italian, Dutch and their own.
const NAMES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "english", "englisch", "anglais", "inglés", "inglese", "engels", "inglês", "英文",
            "英語", "英语",
        ],
    ),
    (
        "de",
        &[
            "german",
            "deutsch",
            "allemand",
            "alemán",
            "tedesco",
            "duits",
            "alemão",
            "德文",
            "ドイツ語",
            "德语",
        ],
    ),
    (
        "fr",
        &[
            "french",
            "französisch",
            "français",
            "francais",
            "francés",
            "francese",
            "frans",
            "francês",
            "法文",
            "フランス語",
            "法语",
        ],
    ),
    (
        "es",
        &[
            "spanish",
            "spanisch",
            "espagnol",
            "español",
            "castellano",
            "spagnolo",
            "spaans",
            "espanhol",
            "西班牙文",
        ],
    ),
    (
        "it",
        &[
            "italian",
            "italienisch",
            "italien",
            "italiano",
            "italiaans",
            "意大利文",
        ],
    ),
    (
        "nl",
        &[
            "dutch",
            "niederländisch",
            "néerlandais",
            "neerlandés",
            "olandese",
            "nederlands",
            "holandês",
        ],
    ),
    (
        "pt",
        &[
            "portuguese",
            "portugiesisch",
            "portugais",
            "portugués",
            "portoghese",
            "portugees",
            "português",
        ],
    ),
    (
        "da",
        &[
            "danish", "dänisch", "danois", "danés", "danese", "deens", "dansk",
        ],
    ),
    (
        "sv",
        &[
            "swedish",
            "schwedisch",
            "suédois",
            "sueco",
            "svedese",
            "zweeds",
            "svenska",
        ],
    ),
    (
        "no",
        &[
            "norwegian",
            "norwegisch",
            "norvégien",
            "noruego",
            "norvegese",
            "noors",
            "norsk",
        ],
    ),
    (
        "fi",
        &[
            "finnish",
            "finnisch",
            "finnois",
            "finlandés",
            "finlandese",
            "fins",
            "suomi",
        ],
    ),
    (
        "pl",
        &[
            "polish", "polnisch", "polonais", "polaco", "polacco", "pools", "polski",
        ],
    ),
    (
        "cs",
        &[
            "czech",
            "tschechisch",
            "tchèque",
            "checo",
            "ceco",
            "tsjechisch",
            "čeština",
        ],
    ),
    (
        "hu",
        &[
            "hungarian",
            "ungarisch",
            "hongrois",
            "húngaro",
            "ungherese",
            "hongaars",
            "magyar",
        ],
    ),
    (
        "ru",
        &[
            "russian",
            "russisch",
            "russe",
            "ruso",
            "russo",
            "русский",
            "俄文",
        ],
    ),
    (
        "uk",
        &[
            "ukrainian",
            "ukrainisch",
            "ukrainien",
            "ucraniano",
            "українська",
        ],
    ),
    (
        "tr",
        &["turkish", "türkisch", "turc", "turco", "turks", "türkçe"],
    ),
    (
        "el",
        &["greek", "griechisch", "grec", "griego", "greco", "grieks"],
    ),
    (
        "ar",
        &[
            "arabic",
            "arabisch",
            "arabe",
            "árabe",
            "arabo",
            "العربية",
            "阿拉伯文",
        ],
    ),
    (
        "he",
        &[
            "hebrew",
            "hebräisch",
            "hébreu",
            "hebreo",
            "ebraico",
            "עברית",
        ],
    ),
    (
        "zh",
        &[
            "chinese",
            "chinesisch",
            "chinois",
            "chino",
            "cinese",
            "chinees",
            "中文",
            "中国語",
        ],
    ),
    (
        "zh-Hans",
        &[
            "chinese - simplified",
            "chinesisch - vereinfacht",
            "simplified chinese",
            "简体中文",
            "簡體中文",
            "中文(简体)",
        ],
    ),
    (
        "zh-Hant",
        &[
            "chinese - traditional",
            "chinesisch - traditionell",
            "traditional chinese",
            "繁体中文",
            "繁體中文",
            "中文(繁體)",
        ],
    ),
    (
        "ja",
        &[
            "japanese",
            "japanisch",
            "japonais",
            "japonés",
            "giapponese",
            "japans",
            "日本語",
            "日文",
        ],
    ),
    (
        "ko",
        &[
            "korean",
            "koreanisch",
            "coréen",
            "coreano",
            "koreaans",
            "한국어",
            "韩文",
        ],
    ),
    (
        "id",
        &[
            "indonesian",
            "indonesisch",
            "indonésien",
            "bahasa indonesia",
        ],
    ),
    ("ms", &["malay", "malaiisch", "malais", "bahasa melayu"]),
    ("ca", &["catalan", "katalanisch", "catalán", "català"]),
];

/// The tag of the language that a name means, in any case. Where several are named (`GERMAN; DEUTSCH`,
/// `Dutch / Nederlands`), all must mean the same one. `None` where the name is not known.
#[must_use]
pub(crate) fn language_tag(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let known = |name: &str| {
        let fits = |(_, names): &&(&str, &[&str])| names.contains(&name);
        NAMES.iter().find(fits).map(|(tag, _)| *tag)
    };
    if let Some(tag) = known(&name) {
        return Some(tag);
    }
    let mut parts = name.split([';', '/', ',']).map(str::trim);
    let first = known(parts.next()?)?;
    parts
        .filter(|part| !part.is_empty())
        .all(|part| known(part) == Some(first))
        .then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::is_language_tag;

    #[test]
    fn names_become_tags() {
        for (name, tag) in [
            ("ENGLISH", Some("en")),
            ("GERMAN; DEUTSCH", Some("de")),
            ("Dutch / Nederlands", Some("nl")),
            ("Français", Some("fr")),
            ("Englisch", Some("en")),
            (" Anglais ", Some("en")),
            ("Chinese - Simplified", Some("zh-Hans")),
            ("English; French", None),
            ("Klingon", None),
            ("", None),
        ] {
            assert_eq!(language_tag(name), tag, "{name}");
        }
        assert!(NAMES.iter().all(|(tag, _)| is_language_tag(tag)));
    }
}
