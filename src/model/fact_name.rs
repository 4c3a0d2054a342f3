//! What facts about articles are called on screen.

/// Names that databases run together, and what they mean.
const JOINED: [(&str, &str); 15] = [
    ("businessindexingterm", "business indexing term"),
    ("columnname", "column name"),
    ("companyorganization", "company or organization"),
    ("countryofpublication", "country of publication"),
    ("documentid", "document id"),
    ("documenttype", "document type"),
    ("documenturl", "document address"),
    ("firstpage", "first page"),
    ("lastupdated", "last updated"),
    ("placeofpublication", "place of publication"),
    ("proquestdocumentid", "ProQuest document id"),
    ("publicationsubject", "publication subject"),
    ("publicationyear", "publication year"),
    ("sourcetype", "source type"),
    ("startpage", "start page"),
];

/// The name of a fact in words, in the middle of a sentence: `publication_type` is "publication type".
#[must_use]
pub fn fact_name(name: &str) -> String {
    let mut joined = JOINED.iter();
    match joined.find(|(joined, _)| *joined == name) {
        Some((_, words)) => (*words).to_owned(),
        None => name.replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_files_become_words() {
        assert_eq!(fact_name("publication_type"), "publication type");
        assert_eq!(fact_name("startpage"), "start page");
        assert_eq!(fact_name("édition du soir"), "édition du soir");
    }
}
