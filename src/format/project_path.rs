/// The endings of documents by which WebAnno and INCEpTION name folders.
const DOCUMENTS: [&str; 9] = [
    "txt", "text", "md", "html", "pdf", "xml", "xmi", "tsv", "docx",
];

/// The document and the annotator, where the path (with `/`) is that of an export of a project by WebAnno
/// or INCEpTION: `annotation/DOCUMENT/USER.tsv`.
pub(super) fn document_and_user(path: &str) -> Option<(&str, &str)> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut parts = stem.rsplit('/');
    let (user, folder) = (parts.next()?, parts.next()?);
    let (_, ending) = folder.rsplit_once('.')?;
    DOCUMENTS.contains(&ending).then_some((folder, user))
}

/// INCEpTION's user that stands for the text before anybody has tagged it.
pub(super) const NOBODY: &str = "INITIAL_CAS";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_documents_are_known_by_their_endings() {
        for (path, found) in [
            ("annotation/a.txt/ann.tsv", Some(("a.txt", "ann"))),
            ("a.b.xml/ann.lee.xmi", Some(("a.b.xml", "ann.lee"))),
            ("a.txt", None),
            ("texts/a.xmi", None),
            ("v1.2/a.xmi", None),
        ] {
            assert_eq!(document_and_user(path), found, "{path}");
        }
    }
}
