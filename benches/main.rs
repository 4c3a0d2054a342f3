//! How long things take, at the sizes people have: `cargo bench`. The name of
//! a benchmark as argument runs it alone.

#![allow(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on may panic"
)]

use pullquote::format::schema_file::default_schema;
use pullquote::model::Schema;

mod editing;
mod exporting;
mod reading;
mod saving;
#[cfg(feature = "gui")]
mod showing;
#[path = "../tests/support/synthetic.rs"]
mod synthetic;
mod window_articles;

fn schema() -> Schema {
    default_schema().unwrap()
}

fn main() {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("write-articles") {
        let folder = args.next().unwrap();
        window_articles::write(folder.as_ref());
        return;
    }
    divan::main();
}
