use crate::format::interchange::CodePointRanges;

/// A line of standoff. Names are those of the file: `T1`, `E2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Record<'a> {
    Tag(TagLine<'a>),
    Relation {
        role: &'a str,
        from: &'a str,
        to: &'a str,
        /// Whether the ends have other names than `Arg1` and `Arg2`.
        named: bool,
    },
    Event {
        kind: &'a str,
        trigger: &'a str,
        /// Roles without the numbers after them, and their targets.
        parts: Vec<(&'a str, &'a str)>,
    },
    Attribute {
        key: &'a str,
        of: &'a str,
        value: &'a str,
    },
    /// A tag names something in a list elsewhere: `Wikidata:Q42`.
    Reference {
        /// What kind of list it is: `Reference`, or the name of one.
        kind: &'a str,
        of: &'a str,
        to: &'a str,
        name: &'a str,
    },
    Note {
        kind: &'a str,
        of: &'a str,
        words: &'a str,
    },
    /// Tags that mean the same, and what that is called.
    Equivalent(&'a str, Vec<&'a str>),
}

/// A tag with its places in the unit of the file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TagLine<'a> {
    pub(super) label: &'a str,
    pub(super) fragments: CodePointRanges,
    pub(super) words: Option<&'a str>,
}

/// The name and the record of a line, or what is wrong with it.
pub(super) fn record(line: &str) -> Result<(&str, Record<'_>), String> {
    let (name, body) = line.split_once('\t').unwrap_or((line, ""));
    let record = match name.chars().next() {
        Some('T') => tag(body),
        Some('R') => relation(body),
        Some('E') => event(body),
        Some('A' | 'M') => attribute(body),
        Some('N') => reference(body),
        Some('#') => note(body),
        Some('*') => equivalent(body),
        _ => return Err("unknown kind of line".to_owned()),
    };
    let record = record.ok_or_else(|| "not valid brat".to_owned())?;
    Ok((name, record))
}

fn tag(body: &str) -> Option<Record<'_>> {
    let (head, words) = match body.split_once('\t') {
        Some((head, words)) => (head, Some(words)),
        None => (body, None),
    };
    let (label, places) = head.trim().split_once(' ')?;
    let mut fragments = CodePointRanges::new();
    for place in places.split(';') {
        let (start, end) = place.trim().split_once(' ')?;
        let place = [start.trim().parse().ok()?, end.trim().parse().ok()?];
        fragments.push(place);
    }
    fragments.sort_unstable();
    Some(Record::Tag(TagLine {
        label,
        fragments: joined(fragments),
        words,
    }))
}

/// Overlapping fragments are one; what only touches stays apart.
fn joined(fragments: CodePointRanges) -> CodePointRanges {
    let mut joined = CodePointRanges::new();
    for [start, end] in fragments {
        match joined.last_mut() {
            Some(last) if start < last[1] => last[1] = last[1].max(end),
            _ => joined.push([start, end]),
        }
    }
    joined
}

fn relation(body: &str) -> Option<Record<'_>> {
    let mut parts = body.split_whitespace();
    let role = parts.next()?;
    let (first, mut from) = parts.next()?.split_once(':')?;
    let (second, mut to) = parts.next()?.split_once(':')?;
    // These names say which end is which; of others the order does.
    if (first, second) == ("Arg2", "Arg1") {
        std::mem::swap(&mut from, &mut to);
    }
    // More than two ends are no link.
    let two = parts.next().is_none();
    let named = !matches!((first, second), ("Arg1", "Arg2") | ("Arg2", "Arg1"));
    two.then_some(Record::Relation {
        role,
        from,
        to,
        named,
    })
}

fn event(body: &str) -> Option<Record<'_>> {
    let mut parts = body.split_whitespace();
    let (kind, trigger) = parts.next()?.split_once(':')?;
    let parts = parts.map(|part| {
        let (role, of) = part.split_once(':')?;
        let plain = role.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((if plain.is_empty() { role } else { plain }, of))
    });
    let mut parts: Vec<_> = parts.collect::<Option<_>>()?;
    parts.shrink_to_fit();
    Some(Record::Event {
        kind,
        trigger,
        parts,
    })
}

fn attribute(body: &str) -> Option<Record<'_>> {
    let (key, rest) = body.trim().split_once(char::is_whitespace)?;
    let (of, value) = rest
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((rest.trim(), "true"));
    let value = value.trim();
    Some(Record::Attribute { key, of, value })
}

fn reference(body: &str) -> Option<Record<'_>> {
    let (head, name) = body.split_once('\t').unwrap_or((body, ""));
    let mut parts = head.split_whitespace();
    let kind = parts.next()?;
    // The BioNLP shared tasks name the two, in either order.
    let (mut of, mut to) = (parts.next()?, parts.next()?);
    if of.starts_with("Referent:") {
        (of, to) = (to, of);
    }
    if let (Some(tag), Some(entry)) = (of.strip_prefix("Annotation:"), to.strip_prefix("Referent:"))
    {
        (of, to) = (tag, entry);
    }
    parts
        .next()
        .is_none()
        .then_some(Record::Reference { kind, of, to, name })
}

fn note(body: &str) -> Option<Record<'_>> {
    let (head, words) = body.split_once('\t').unwrap_or((body, ""));
    let (kind, of) = head.trim().split_once(' ')?;
    Some(Record::Note { kind, of, words })
}

fn equivalent(body: &str) -> Option<Record<'_>> {
    let mut parts = body.split_whitespace();
    let kind = parts.next()?;
    let names: Vec<&str> = parts.collect();
    (names.len() > 1).then_some(Record::Equivalent(kind, names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_brat_writes_them() {
        let tag = |fragments: &[[u32; 2]], words| {
            Record::Tag(TagLine {
                label: "Quote",
                fragments: fragments.into(),
                words,
            })
        };
        for (line, expected) in [
            (
                "T1\tQuote 12 40;52 90\ta b",
                tag(&[[12, 40], [52, 90]], Some("a b")),
            ),
            ("T1\tQuote 5 9;1 3", tag(&[[1, 3], [5, 9]], None)),
            ("T1\tQuote 1 6;5 9", tag(&[[1, 9]], None)),
            (
                "R1\tspeaker Arg1:T1 Arg2:T2",
                Record::Relation {
                    role: "speaker",
                    from: "T1",
                    to: "T2",
                    named: false,
                },
            ),
            (
                "R2\tspeaker Arg2:T2 Arg1:T1",
                Record::Relation {
                    role: "speaker",
                    from: "T1",
                    to: "T2",
                    named: false,
                },
            ),
            (
                "R3\tspeaker To:T2 From:T1",
                Record::Relation {
                    role: "speaker",
                    from: "T2",
                    to: "T1",
                    named: true,
                },
            ),
            (
                "E1\tSaid:T3 Content:T1 Content2:T2",
                Record::Event {
                    kind: "Said",
                    trigger: "T3",
                    parts: vec![("Content", "T1"), ("Content", "T2")],
                },
            ),
            (
                "A1\tNegated T1",
                Record::Attribute {
                    key: "Negated",
                    of: "T1",
                    value: "true",
                },
            ),
            (
                "N1\tReference T1 Wikidata:Q42\tD. A.",
                Record::Reference {
                    kind: "Reference",
                    of: "T1",
                    to: "Wikidata:Q42",
                    name: "D. A.",
                },
            ),
            (
                "N2\tNCBI_Taxonomy Annotation:T1 Referent:662",
                Record::Reference {
                    kind: "NCBI_Taxonomy",
                    of: "T1",
                    to: "662",
                    name: "",
                },
            ),
            (
                "#1\tAnnotatorNotes T1\tfree\ttext",
                Record::Note {
                    kind: "AnnotatorNotes",
                    of: "T1",
                    words: "free\ttext",
                },
            ),
            (
                "*\tEquiv T1 T4",
                Record::Equivalent("Equiv", vec!["T1", "T4"]),
            ),
        ] {
            assert_eq!(record(line).unwrap().1, expected, "{line}");
        }
        for wrong in [
            "T1\tQuote",
            "T1\tQuote 5",
            "R1\tspeaker T1 T2",
            "R1\tspeaker Arg1:T1 Arg2:T2 Arg3:T3",
            "X1\tx",
            "A1\tx",
            "*\tE",
        ] {
            assert!(record(wrong).is_err(), "{wrong}");
        }
    }
}
