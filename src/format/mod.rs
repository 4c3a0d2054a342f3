//! Rank 2: what a document looks like in a file, one file a format. Nothing here touches the disk.

pub mod schema_file;
pub mod sidecar;
