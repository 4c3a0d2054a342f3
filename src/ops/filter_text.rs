use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words a list is filtered by: found in any case, with or without accents and whatever the
/// quotation marks look like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterText(String);

impl FilterText {
    /// Of what was typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(folded(typed.trim()))
    }

    /// Whether nothing was typed: then it is in every text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text starts with the words.
    #[must_use]
    pub fn starts(&self, text: &str) -> bool {
        folded(text).starts_with(&self.0)
    }

    /// Whether a text contains the words.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.is_empty() || folded(text).contains(&self.0)
    }
}

fn folded(text: &str) -> String {
    if text.is_ascii() {
        let spaces = |c: char| if c.is_ascii_whitespace() { ' ' } else { c };
        return text
            .chars()
            .map(spaces)
            .collect::<String>()
            .to_ascii_lowercase();
    }
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    let letters = letters.flat_map(char::to_lowercase);
    letters
        .map(|c| match c {
            '‘' | '’' | '‚' | '‹' | '›' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_kind_of_marks_do_not_matter() {
        for (typed, text) in [
            ("muller", "Jörg Müller"),
            ("MÜLLER", "Mu\u{308}ller"),
            ("Élysée", "the elysee palace"),
            ("don't", "I DON’T"),
            ("\"we", "“We do not”"),
            ("two words", "Two\nWords"),
            ("  ", "anything"),
        ] {
            assert!(FilterText::new(typed).is_in(text), "{typed} in {text}");
        }
        assert!(!FilterText::new("mueller").is_in("Müller"));
    }
}
