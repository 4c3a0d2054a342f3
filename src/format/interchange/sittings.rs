//! Who worked on a document when, and how long, as the field `sittings` of its record.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use thin_vec::ThinVec;

use super::DocumentRecord;
use crate::format::json;
use crate::format::json_lines::wording;
use crate::format::left_out::{LeftOut, shown};
use crate::model::{Document, Sitting};

/// A time somebody worked on a document without leaving it.
#[derive(Serialize, Deserialize)]
struct SittingRecord {
    /// The annotator's name; empty where none was set.
    #[serde(default)]
    by: String,
    /// When it began (RFC 3339).
    start: String,
    /// How long they were active, pauses left out.
    seconds: u32,
}

impl DocumentRecord {
    /// With the times of work on the document.
    pub(in crate::format) fn with_sittings(self, document: &Document) -> Self {
        let sittings = document.sittings().iter().map(|sitting| SittingRecord {
            by: sitting.by.to_string(),
            start: sitting.start.to_string(),
            seconds: sitting.seconds,
        });
        let sittings = serde_json::to_value(sittings.collect::<Vec<_>>());
        Self {
            sittings: sittings.ok(),
            ..self
        }
    }

    /// Reads the times of work. What is none is told.
    pub(in crate::format) fn read_sittings(&mut self, line: usize, left_out: &mut LeftOut) {
        let items = match self.sittings.take() {
            None | Some(Value::Null) => return,
            Some(Value::Array(items)) => items,
            Some(other) => vec![other],
        };
        for item in items {
            match sitting(&item) {
                Ok(sitting) => self.worked.add(sitting),
                Err(reason) => {
                    let what = format!("{reason} in {}", shown(&json::Value::from(item)));
                    left_out.skip(line, "`sittings` that cannot be read are left out", what);
                }
            }
        }
    }
}

fn sitting(value: &Value) -> Result<Sitting, String> {
    let record = SittingRecord::deserialize(value).map_err(|error| wording(&error))?;
    let start = record.start.parse();
    Ok(Sitting {
        by: record.by.into(),
        start: start.map_err(|_| format!("`{}` is no date and time", record.start))?,
        seconds: record.seconds,
        unknown: ThinVec::new(),
    })
}
