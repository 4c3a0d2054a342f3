//! Words that stand for someone without a name.

/// Personal pronouns of English, and the German ones that are no common words of English.
pub(crate) const PERSONAL: &str =
    "he she they we it i you him her them us me who himself herself themselves er sie es";

/// The other English ones: relative, demonstrative, reflexive, possessive, indefinite.
const OTHER_ENGLISH: &str = "which whom whose that this these those itself myself ourselves yourself yourselves \
     oneself one ones mine yours his hers ours theirs someone somebody anyone anybody everyone \
     everybody nobody another others";

/// The other German ones.
const OTHER_GERMAN: &str = "wir ich du ihr mir dir mich dich uns euch ihn ihm ihnen man jemand niemand jeder jede jedes der \
     die das dem den dessen deren denen welcher welche welches welchem welchen wer wen wem wessen \
     dieser diese dieses diesem diesen jener jene jenes jenem jenen derjenige diejenige dasjenige \
     diejenigen derselbe dieselbe dasselbe dieselben";

/// Whether words are nothing but one pronoun, which leaves open who is meant.
#[must_use]
pub fn is_pronoun(words: &str) -> bool {
    let lower = words.trim().to_lowercase();
    let lists = [PERSONAL, OTHER_ENGLISH, OTHER_GERMAN];
    let mut all = lists.iter().flat_map(|list| list.split_ascii_whitespace());
    all.any(|word| word == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pronoun_is_one_of_any_kind() {
        for word in [
            "she",
            " Which",
            "who",
            "whom",
            "that",
            "themselves",
            "die",
            "Welcher",
            "ihnen",
        ] {
            assert!(is_pronoun(word), "{word}");
        }
        for words in ["", "which one", "Ann", "the mayor", "sie alle"] {
            assert!(!is_pronoun(words), "{words}");
        }
    }
}
