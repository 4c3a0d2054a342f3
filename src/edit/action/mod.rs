//! What can be done to a document, a file each. Pure: an action looks and returns a transaction.

mod assign_person;

pub use assign_person::PersonChoice;
