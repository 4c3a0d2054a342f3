//! Searching a folder: words and tags together, with hits as keyword in context. What a query may say:
//! [`query`].

mod folder;
mod hit;
mod matching;
pub mod query;
mod searched_article;

pub use folder::{SearchError, SearchFolder};
pub use hit::Hit;
pub use query::{Query, QueryError};
