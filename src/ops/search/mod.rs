//! Searching a folder: words and tags together, with hits as keyword in context. What a query may say:
//! [`query`].

mod act;
mod change_person;
mod csv_table;
mod curated_hits;
mod folder;
mod found;
mod hit;
mod known_values;
mod matching;
mod numbers;
mod order;
mod people;
pub mod query;
mod query_error;
mod query_line;
mod searched_article;
mod written_term;

pub use act::{HitAction, HitStep, HitStepReport, act_on_hits};
pub use change_person::{PersonChange, change_person};
pub use csv_table::write_csv;
pub use curated_hits::CuratedHits;
pub use folder::{ArticleReading, SearchError, SearchFolder, SearchResult, read_for_search};
pub use found::Found;
pub use hit::Hit;
pub use numbers::Numbers;
pub use order::SearchOrder;
pub use people::{FolderPerson, PersonRecord, PersonSummary};
pub use query::Query;
pub use query_error::QueryError;
pub use query_line::{has_term, with_term};
