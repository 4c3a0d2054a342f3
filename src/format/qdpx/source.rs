//! A text of a project, and what is selected in it.

use smol_str::SmolStr;

use super::container::{Files, Project};
use crate::format::counting::by_words::{Given, Located, SpanPlaces};
use crate::format::counting::{CountedUnit, UnitHint};
use crate::format::left_out::{LeftOut, shown_words as shown};
use crate::format::own_names::OwnNames;
use crate::format::tally::{Content, Counts};
use crate::format::xml::forbidden_in_xml;
use crate::format::xml_tree::Element;
use crate::text::CodePointIndex;

/// A text with its selections.
pub(super) struct Source<'a> {
    pub(super) line: usize,
    pub(super) name: &'a str,
    pub(super) text: String,
    pub(super) user: &'a str,
    /// The names its tags had.
    pub(super) own: Option<OwnNames>,
    selections: Vec<Element<'a>>,
}

/// A coded selection: one for each code.
pub(super) struct Selected {
    pub(super) selection: String,
    pub(super) id: String,
    pub(super) label: SmolStr,
    pub(super) range: [u32; 2],
    pub(super) note: String,
    pub(super) user: String,
}

impl<'a> Source<'a> {
    /// The texts of a source: its own, or those that stand for a PDF or a recording.
    pub(super) fn read(
        element: Element<'a>,
        project: &mut Project<'a>,
        files: &mut Files<'_>,
        aside: &mut LeftOut,
    ) -> Vec<Self> {
        let name = element.get("name").filter(|name| !name.is_empty());
        // Its file, where that has a name of its own.
        let file = element
            .get("plainTextPath")
            .filter(|path| !path.starts_with("internal:"));
        let file = file.and_then(|path| path.rsplit(['/', '\\']).next());
        let name = name.or(file).or(element.get("guid")).unwrap_or("text");
        if element.local() == "TextSource" {
            return Self::text(element, name, project, files, aside)
                .into_iter()
                .collect();
        }
        let mut texts = Vec::new();
        for child in element.within() {
            match child.local() {
                "Representation" | "Transcript" => {
                    texts.extend(Self::text(child, name, project, files, aside));
                }
                other => left_out(child, other, name, project, aside),
            }
        }
        if texts.is_empty() {
            let what = format!("<{}> `{name}`", element.local());
            aside.skip(
                element.line(),
                "sources without a plain text are left out",
                what,
            );
        }
        texts
    }

    fn text(
        element: Element<'a>,
        name: &'a str,
        project: &mut Project<'a>,
        files: &mut Files<'_>,
        aside: &mut LeftOut,
    ) -> Option<Self> {
        let mut selections = Vec::new();
        let mut content = None;
        for child in element.within() {
            match child.local() {
                "PlainTextSelection" => selections.push(child),
                "PlainTextContent" => content = Some(child.text()),
                other => left_out(child, other, name, project, aside),
            }
        }
        let text = match (content, element.get("plainTextPath")) {
            (Some(text), _) => Ok(text),
            (None, Some(path)) => files.text(path),
            (None, None) => Err("texts without their words are left out".to_owned()),
        };
        match text {
            Ok(text) => Some(Self {
                line: element.line(),
                name,
                text,
                user: element.get("creatingUser").unwrap_or_default(),
                own: own_names(element, aside),
                selections,
            }),
            Err(why) => {
                let what = format!("the text `{name}` with {} selections", selections.len());
                aside.skip(element.line(), &why, what);
                None
            }
        }
    }
}

/// What we have noted about a source.
fn own_names(element: Element<'_>, aside: &mut LeftOut) -> Option<OwnNames> {
    let own = element.own_note()?;
    match serde_json::from_str(own) {
        Ok(own) => Some(own),
        Err(_) => {
            let why = "fields of Pullquote that were changed are left out";
            aside.skip(element.line(), why, shown(own));
            None
        }
    }
}

/// Tells what is about a source as a whole.
fn left_out(
    child: Element<'_>,
    kind: &str,
    name: &str,
    project: &mut Project<'_>,
    aside: &mut LeftOut,
) {
    let (what, why) = match kind {
        "Coding" => {
            let code = child.within().find_map(|e| e.get("targetGUID"));
            let label = code
                .and_then(|code| project.codes.get(code))
                .cloned()
                .unwrap_or_default();
            (
                format!("the code `{label}` of `{name}`"),
                "codes of whole texts are left out",
            )
        }
        "Description" => {
            let words = child.text();
            if words.trim().is_empty() {
                return;
            }
            (
                format!("“{}” on `{name}`", shown(&words)),
                "notes on whole texts are left out",
            )
        }
        "NoteRef" => {
            // The note itself is told where all that are on no selection are.
            return;
        }
        other => {
            let words = child.text();
            let label = child.get("name").unwrap_or_default();
            let codes: String = project
                .labels(child)
                .iter()
                .map(|code| format!(" as `{code}`"))
                .collect();
            (
                format!("<{other}> {label} “{}” of `{name}`{codes}", shown(&words)),
                "parts of a source that are not selections of plain text are left out",
            )
        }
    };
    aside.skip(child.line(), why, what);
}

/// The coded selections of a text.
pub(super) fn selections(
    source: &Source<'_>,
    project: &mut Project<'_>,
    aside: &mut LeftOut,
) -> Vec<Selected> {
    let number = |element: Element<'_>, key: &str| element.get(key)?.trim().parse::<u32>().ok();
    let ends: Vec<Option<[u32; 2]>> = source
        .selections
        .iter()
        .map(|s| Some([number(*s, "startPosition")?, number(*s, "endPosition")?]))
        .collect();
    // The name of a selection is often how its words begin.
    let names: Vec<&str> = source
        .selections
        .iter()
        .map(|s| {
            let name = s.get("name").unwrap_or_default();
            name.trim_end_matches('…').trim_end_matches("...")
        })
        .collect();
    let begins: Vec<Option<[[u32; 2]; 1]>> = ends
        .iter()
        .zip(&names)
        .map(|(ends, name)| {
            let [start, end] = (*ends)?;
            let long = u32::try_from(name.chars().count()).ok()?;
            let fits = long > 0 && long <= end.checked_sub(start)?.saturating_add(1);
            fits.then_some([[start, start.checked_add(long)?]])
        })
        .collect();
    let named = begins.iter().zip(&names).filter_map(|(fragments, name)| {
        Some(Given {
            fragments: fragments.as_ref()?,
            words: Some(*name),
        })
    });
    let wholes: Vec<[[u32; 2]; 1]> = ends.iter().flatten().map(|ends| [*ends]).collect();
    let unnamed = wholes.iter().map(|fragments| Given {
        fragments,
        words: None,
    });
    let evidence: Vec<Given<'_>> = named.chain(unnamed).collect();
    let unit = if project.ours {
        UnitHint::Said(CountedUnit::CodePoints)
    } else {
        project.unit
    };
    let places = SpanPlaces::new(&source.text, unit, &evidence);
    if let (Some(why), Some(first)) = (&places.remark, source.selections.first()) {
        aside.remark(first.line(), why, format!("`{}`", source.name));
    }
    let index = CodePointIndex::new(&source.text);
    let said = |range: [u32; 2], name: &str| {
        let words = index.slice(range[0], range[1]).unwrap_or_default();
        words
            .replace(forbidden_in_xml, "\u{fffd}")
            .starts_with(name)
    };
    let there: Vec<Option<[u32; 2]>> = ends
        .iter()
        .map(|ends| {
            let fragments = [(*ends)?];
            let given = Given {
                fragments: &fragments,
                words: None,
            };
            match places.locate(&given) {
                Located::There(list) | Located::Found(list) => list.first().copied(),
                Located::Outside | Located::Different(_) => None,
            }
        })
        .collect();
    let right = there.iter().zip(&names);
    let right = right.filter(|(range, name)| range.is_some_and(|range| said(range, name)));
    // Names of their own are no evidence.
    let proof = right.count() * 2 > names.len();
    let mut selected = Vec::new();
    for (n, &element) in source.selections.iter().enumerate() {
        let (name, line) = (names.get(n).copied().unwrap_or_default(), element.line());
        let mut range = there.get(n).copied().flatten();
        if proof && !name.is_empty() && !range.is_some_and(|range| said(range, name)) {
            let begin = begins.get(n).and_then(Option::as_ref);
            let found = begin.map(|fragments| {
                places.locate(&Given {
                    fragments,
                    words: Some(name),
                })
            });
            let long = range.map(|[start, end]| end - start);
            range = match found {
                Some(Located::Found(list)) => list.first().map(|[start, end]| {
                    let why = "selections are on their words, which are not at their places";
                    aside.remark(line, why, format!("“{}”", shown(name)));
                    let end = long.map_or(*end, |long| start.saturating_add(long));
                    [*start, end.min(index.chars())]
                }),
                // The same but for blanks: in an attribute line ends are blanks.
                Some(Located::There(_)) => range,
                Some(Located::Outside | Located::Different(_)) | None => None,
            };
        }
        let note = project.note(element);
        let codings: Vec<Element<'_>> =
            element.within().filter(|e| e.local() == "Coding").collect();
        let labels = project.labels(element).join("`, `");
        let [from, to] = ["startPosition", "endPosition"]
            .map(|name| shown(element.get(name).unwrap_or_default()));
        let what = || {
            let labels = match labels.as_str() {
                "" => String::new(),
                labels => format!(" as `{labels}`"),
            };
            let words = if note.is_empty() {
                String::new()
            } else {
                format!(", note “{}”", shown(&note))
            };
            let place = match name {
                "" => format!(" ({from} to {to})"),
                _ => String::new(),
            };
            let name = shown(name);
            format!("“{name}” in `{}`{place}{labels}{words}", source.name)
        };
        let Some([start, end]) = range.filter(|[start, end]| start < end) else {
            if ends.get(n).copied().flatten().is_none() {
                let why = "selections without a place in the text are left out";
                aside.skip(line, why, format!("{} (“{from}” to “{to}”)", what()));
                continue;
            }
            let is_outside = there.get(n).copied().flatten().is_none_or(|[a, b]| a >= b);
            let why = if is_outside && name.is_empty() {
                "selections that are empty or outside the text are left out"
            } else {
                "selections whose words are not at their place in the text are left out"
            };
            aside.skip(line, why, what());
            continue;
        };
        if codings.is_empty() {
            aside.skip(line, "selections without a code are left out", what());
        }
        let id = element.get("guid").unwrap_or_default();
        for (k, &coding) in codings.iter().enumerate() {
            let code = coding.within().find(|e| e.local() == "CodeRef");
            let code = code.and_then(|code| code.get("targetGUID"));
            let Some(label) = code.and_then(|code| project.codes.get(code)).cloned() else {
                let what = format!("{}, code `{}`", what(), shown(code.unwrap_or_default()));
                aside.skip(
                    coding.line(),
                    "selections with a code that is not in the project are left out",
                    what,
                );
                continue;
            };
            let own = project.note(coding);
            let notes: Vec<&str> = [note.as_str(), own.as_str()]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect();
            let user = coding.get("creatingUser").or(element.get("creatingUser"));
            let user = user.unwrap_or(source.user).to_owned();
            let tag = match k {
                0 => id.to_owned(),
                k => coding
                    .get("guid")
                    .map_or_else(|| format!("{id}-{}", k + 1), str::to_owned),
            };
            let mut counts = Counts::of(Content::Tag, 1);
            counts.add(Content::Note, usize::from(!notes.is_empty()));
            aside.tally.read.extend(counts);
            selected.push(Selected {
                selection: id.to_owned(),
                id: tag,
                label,
                range: [start, end],
                note: notes.join("\n"),
                user,
            });
        }
    }
    selected
}
