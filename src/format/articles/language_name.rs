//! Languages as databases name them.

/// Names in the languages of the databases, and the tags of BCP 47.
const LANGUAGES: [(&str, &[&str]); 20] = [
    ("en", &["english", "englisch", "anglais", "engels", "inglés"]),
    ("de", &["german", "deutsch", "allemand", "duits", "alemán"]),
    ("fr", &["french", "französisch", "français", "francais", "frans", "francés"]),
    ("nl", &["dutch", "niederländisch", "néerlandais", "nederlands"]),
    ("es", &["spanish", "spanisch", "espagnol", "spaans", "español"]),
    ("it", &["italian", "italienisch", "italien", "italiaans", "italiano"]),
    ("pt", &["portuguese", "portugiesisch", "portugais", "portugees", "português"]),
    ("ru", &["russian", "russisch", "russe"]),
    ("zh", &["chinese", "chinesisch", "chinois", "chinees", "中文"]),
    ("ja", &["japanese", "japanisch", "japonais", "japans", "日本語"]),
    ("ko", &["korean", "koreanisch", "coréen"]),
    ("ar", &["arabic", "arabisch", "arabe"]),
    ("pl", &["polish", "polnisch", "polonais", "pools", "polski"]),
    ("da", &["danish", "dänisch", "danois", "deens"]),
    ("sv", &["swedish", "schwedisch", "suédois", "zweeds"]),
    ("no", &["norwegian", "norwegisch", "norvégien", "noors"]),
    ("fi", &["finnish", "finnisch", "finnois", "fins"]),
    ("tr", &["turkish", "türkisch", "turc", "turks"]),
    ("cs", &["czech", "tschechisch", "tchèque"]),
    ("id", &["indonesian", "indonesisch", "indonésien"]),
];

/// The tag of a language; `None` where the name is not known. Of "GERMAN; DEUTSCH" the first counts.
pub(crate) fn language_tag(name: &str) -> Option<&'static str> {
    let words = name.split(|c: char| !c.is_alphabetic());
    let mut words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.find_map(|word| {
        let mut languages = LANGUAGES.iter();
        let found = languages.find(|(tag, names)| names.contains(&&*word) || *tag == word);
        found.map(|(tag, _)| *tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_a_tag() {
        for (name, tag) in [
            ("ENGLISH", Some("en")),
            ("GERMAN; DEUTSCH", Some("de")),
            ("Dutch / Nederlands", Some("nl")),
            ("Chinese - Traditional", Some("zh")),
            ("Klingon", None),
            ("", None),
        ] {
            assert_eq!(language_tag(name), tag, "{name}");
        }
    }
}
