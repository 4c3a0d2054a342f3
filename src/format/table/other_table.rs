//! Tables that hold something else than tags with their places, by their heads.

/// Columns that only the sheet of quotes has together.
const SHEET_OF_QUOTES: [&str; 4] = ["article", "line", "quote", "speaker"];
/// Columns of Label Studio's own tables.
const LABEL_STUDIO: [&str; 2] = ["annotation_id", "lead_time"];
/// Columns of words, and of their tags.
const WORDS: [&str; 4] = ["word", "words", "token", "tokens"];
const TAGS: [&str; 6] = ["tag", "tags", "ner", "ner_tag", "ner_tags", "label"];
/// The columns that say where a tag is.
const PLACES: [&str; 4] = ["start", "end", "fragments", "length"];

/// What a table is that lacks a column, and what to do; `None` where it may only lack that. `known` says
/// whether it has one of our columns.
pub(super) fn other_table(
    heads: &csv::StringRecord,
    known: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    let has = |name: &&str| {
        heads
            .iter()
            .any(|head| head.trim().eq_ignore_ascii_case(name))
    };
    let has_places = PLACES.into_iter().any(&known);
    if SHEET_OF_QUOTES.iter().all(has) {
        Some(
            "this is a sheet of quotes, made for reading: it does not say where in the article the \
             quotes are, so they cannot be imported; export the tags as CSV table or JSON Lines \
             instead",
        )
    } else if LABEL_STUDIO.iter().all(has) {
        Some("this is a table of Label Studio; export the project as JSON there")
    } else if has_places {
        None
    } else if WORDS.iter().any(has) && TAGS.iter().any(has) {
        Some(
            "this is a table of words and their tags; leave out its heads, put tabs between the cells \
             and an empty line between sentences, and import it with --from conll",
        )
    } else if known("kind") && known("text") {
        Some(
            "this table labels whole texts, not spans of them: it does not say from where to where in \
             which article a label is; add the columns `doc`, `start` and `end`, or import the texts \
             as articles with --from article-table",
        )
    } else {
        None
    }
}
