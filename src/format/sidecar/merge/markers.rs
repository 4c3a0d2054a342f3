//! Files with conflict markers of a line merge: split into the sides, then merged by record and
//! field.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::{Merged, merge};
use crate::format::sidecar::take_apart::is_whole;
use crate::model::UnreadRecord;

/// Merges the sides of a file that cannot be read for the marks in it. `None` where there are none,
/// they do not fit, or a side is damaged on top of it.
pub(in crate::format::sidecar) fn merged(text: &str) -> Option<Merged> {
    let begins = |line: &str| line.starts_with('<') && mark(line) == Some('<');
    if !text.lines().any(begins) || is_whole(text) {
        return None;
    }
    let [ours, base, theirs] = sides(text)?;
    let whole = |side: &str| is_whole(side).then_some(());
    whole(&ours)?;
    whole(&theirs)?;
    let base = (!base.is_empty() && is_whole(&base)).then_some(base);
    let base = base.as_ref().map(String::as_bytes);
    merge(base, ours.as_bytes(), theirs.as_bytes()).ok()
}

/// Which mark a line is: seven of one character, then a blank or nothing.
fn mark(line: &str) -> Option<char> {
    ['<', '|', '=', '>'].into_iter().find(|&mark| {
        let rest = line.trim_start_matches(mark);
        line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with([' ', '\r']))
    })
}

/// Ours, base and theirs; base is empty where the marks do not hold it everywhere.
fn sides(text: &str) -> Option<[String; 3]> {
    const EACH: [usize; 3] = [0, 1, 2];
    let mut sides = [String::new(), String::new(), String::new()];
    let mut into: &[usize] = &EACH;
    let mut base_everywhere = true;
    for line in text.split_inclusive('\n') {
        into = match (mark(line.trim_end_matches('\n')), into) {
            (Some('<'), [_, _, _]) => &[0],
            (Some('|'), [0]) => &[1],
            (Some('='), [side]) if *side < 2 => {
                base_everywhere &= *side == 1;
                &[2]
            }
            (Some('>'), [2]) => &EACH,
            (Some(_), _) => return None,
            (None, into) => {
                for side in into {
                    sides.get_mut(*side)?.push_str(line);
                }
                into
            }
        };
    }
    if into.len() < EACH.len() {
        return None;
    }
    if let Some(base) = sides.get_mut(1).filter(|_| !base_everywhere) {
        base.clear();
    }
    Some(sides)
}

/// Puts records to the lines they have in the file as it is on disk.
pub(in crate::format::sidecar) fn place_in(text: &str, unread: &mut [UnreadRecord]) {
    if unread.is_empty() {
        return;
    }
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.trim();
        let line = line.strip_suffix(',').unwrap_or(line);
        lines.entry(line).or_insert(n + 1);
    }
    for record in unread {
        let line = lines.get(record.raw()).copied();
        // One put together of both sides is nowhere: the first of its id is shown.
        let of_id = || {
            let id = format!("(id: \"{}\"", record.clash()?.id);
            let from = (Bound::Included(&*id), Bound::Unbounded);
            let found = lines.range::<str, _>(from);
            let found = found.take_while(|(line, _)| line.starts_with(&id));
            found.map(|(_, n)| *n).min()
        };
        let line = line.or_else(of_id).unwrap_or(1);
        record.set_line(line);
    }
}
