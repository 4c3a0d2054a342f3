//! Texts that do not travel along and are looked for beside the file.

use super::iri::file_name;
use super::page::{Page, is_page};
use crate::format::Input;

/// What was found for the address of a text.
pub(super) struct Beside {
    /// What the document is called.
    pub(super) id: String,
    /// The words, where there is a plain text.
    pub(super) text: Option<String>,
    pub(super) page: Option<Page>,
}

/// Where a text is, or why there is none.
pub(super) type Found = Result<Beside, String>;

/// Looks for a text, and for its web page, under the last part of its address; a text without an
/// address under the name of the file.
pub(super) fn beside(address: &str, input: &Input<'_>) -> Found {
    let own = input.name.rsplit(['/', '\\']).next().unwrap_or(input.name);
    let name = match address {
        "" => stem(own).to_owned(),
        _ => file_name(address),
    };
    if name.is_empty() {
        return Err(format!(
            "the text `{address}` is missing, and its address ends with no name of a file; give it \
             one that does"
        ));
    }
    let stem = stem(&name);
    let plain = [name.clone(), format!("{name}.txt"), format!("{stem}.txt")];
    let pages = [
        name.clone(),
        format!("{name}.html"),
        format!("{stem}.html"),
        format!("{name}.htm"),
        format!("{stem}.htm"),
    ];
    let named_page = |name: &str| {
        let name = name.to_ascii_lowercase();
        [".html", ".htm", ".xhtml"]
            .iter()
            .any(|ending| name.ends_with(ending))
    };
    let read = |name: &String| -> Option<Result<(String, String), String>> {
        if name == own || name.is_empty() {
            return None;
        }
        let text = input.text_beside(name)?;
        let wrong = |_| format!("the text `{name}` is not UTF-8; save it as UTF-8 and try again");
        Some(text.map(|text| (name.clone(), text)).map_err(wrong))
    };
    let mut text = None;
    for name in plain.iter().filter(|name| !named_page(name)) {
        if let Some(found) = read(name) {
            text = Some(found?);
            break;
        }
    }
    if let Some((name, html)) = text.take_if(|(_, text)| is_page(text)) {
        return Ok(Beside {
            id: format!("{}.txt", self::stem(&name)),
            text: None,
            page: Some(Page::new(&html)),
        });
    }
    let mut page = None;
    for name in pages.iter().filter(|name| named_page(name)) {
        if let Some(found) = read(name) {
            page = Some(found?);
            break;
        }
    }
    let page = page.map(|(name, html)| (name, Page::new(&html)));
    match (text, page) {
        (Some((id, text)), page) => Ok(Beside {
            id,
            text: Some(text),
            page: page.map(|(_, page)| page),
        }),
        (None, Some((name, page))) => Ok(Beside {
            id: format!("{}.txt", self::stem(&name)),
            text: None,
            page: Some(page),
        }),
        (None, None) => {
            let wanted = if named_page(&name) {
                format!("{stem}.txt` or `{name}")
            } else if name.contains('.') && address.is_empty() || named_text(&name) {
                name.clone()
            } else {
                format!("{name}.txt` or `{name}.html")
            };
            Err(match address {
                "" => format!(
                    "the file does not say which text it is about; put the text beside it as `{wanted}`"
                ),
                _ => {
                    format!("the text `{address}` is missing; put it beside the file as `{wanted}`")
                }
            })
        }
    }
}

fn named_text(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".txt", ".text", ".md"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
