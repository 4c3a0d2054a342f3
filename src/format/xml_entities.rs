//! The entities that an XML file declares itself. What they stand for is text; all of it together is no
//! longer than [`MOST`], so that a small file cannot become a large one.

use std::cell::Cell;
use std::collections::BTreeMap;

use quick_xml::escape::resolve_predefined_entity;

/// So many bytes may stand for the entities of a file.
const MOST: usize = 4_000_000;
/// Entities within entities, at most.
const DEEPEST: usize = 16;

/// What a file says its entities stand for.
#[derive(Debug, Default)]
pub(super) struct Entities {
    /// As declared, numeric references resolved.
    declared: BTreeMap<String, String>,
    used: Cell<usize>,
}

impl Entities {
    /// Reads the declarations within a `<!DOCTYPE …>`. Of two of one name the first counts.
    pub(super) fn declare(&mut self, doctype: &str) {
        let Some((_, mut rest)) = doctype.split_once('[') else {
            return;
        };
        while let Some((_, after)) = rest.split_once('<') {
            if let Some(comment) = after.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            } else if let Some(instruction) = after.strip_prefix('?') {
                rest = instruction.split_once("?>").map_or("", |(_, rest)| rest);
            } else {
                let end = end_of_declaration(after);
                let declaration = after.get(..end).unwrap_or_default();
                if let Some((name, value)) = entity(declaration) {
                    let value = numeric_resolved(value);
                    self.declared.entry(name.to_owned()).or_insert(value);
                }
                rest = after.get(end..).unwrap_or_default();
            }
        }
    }

    /// The text that `&name;` stands for.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    pub(super) fn text(&self, name: &str) -> Result<String, String> {
        let mut text = String::new();
        self.append(name, 0, &mut text)?;
        Ok(text)
    }

    /// The value of an attribute with what its references stand for.
    ///
    /// # Errors
    /// As [`Self::text`].
    pub(super) fn resolve(&self, raw: &str) -> Result<String, String> {
        let mut text = String::with_capacity(raw.len());
        self.append_resolved(raw, 0, &mut text)?;
        Ok(text)
    }

    fn append(&self, name: &str, depth: usize, text: &mut String) -> Result<(), String> {
        if let Some(number) = name.strip_prefix('#') {
            let c = numeric(number).ok_or_else(|| unknown(name))?;
            text.push(c);
            return Ok(());
        }
        if let Some(known) = resolve_predefined_entity(name) {
            text.push_str(known);
            return Ok(());
        }
        let value = self.declared.get(name).ok_or_else(|| unknown(name))?;
        let used = self.used.get().saturating_add(value.len().max(1));
        self.used.set(used);
        if depth >= DEEPEST || used > MOST {
            return Err(format!(
                "`&{name};` stands for too much text; put the text itself there"
            ));
        }
        if value.contains('<') {
            return Err(format!(
                "`&{name};` stands for elements; put the elements themselves there"
            ));
        }
        self.append_resolved(value, depth + 1, text)
    }

    fn append_resolved(&self, raw: &str, depth: usize, text: &mut String) -> Result<(), String> {
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once('&') {
            text.push_str(before);
            let Some((name, after)) = after.split_once(';') else {
                return Err("an `&` stands for nothing; write `&amp;`".to_owned());
            };
            self.append(name, depth, text)?;
            rest = after;
        }
        text.push_str(rest);
        Ok(())
    }
}

/// Where a declaration ends, whose quoted values may hold a `>`.
fn end_of_declaration(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Name and value of `!ENTITY name "value"`; none of those that are in another file.
fn entity(declaration: &str) -> Option<(&str, &str)> {
    let rest = declaration.strip_prefix("!ENTITY")?.trim_start();
    let (name, rest) = rest.split_once(char::is_whitespace)?;
    let rest = rest.trim();
    let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let value = rest.get(1..)?.strip_suffix(quote)?;
    (name != "%").then_some((name, value))
}

fn numeric_resolved(value: &str) -> String {
    let mut resolved = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("&#") {
        resolved.push_str(before);
        let found = after.split_once(';');
        let found = found.and_then(|(number, after)| Some((numeric(number)?, after)));
        match found {
            Some((c, after)) => {
                resolved.push(c);
                rest = after;
            }
            None => {
                resolved.push_str("&#");
                rest = after;
            }
        }
    }
    resolved.push_str(rest);
    resolved
}

/// The character of `8212` or `x2014`.
fn numeric(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| *c != '\0')
}

fn unknown(name: &str) -> String {
    format!(
        "`&{name};` is not one of XML's own entities, and the file does not declare it; put the \
         character itself there"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(list: &str) -> Entities {
        let mut entities = Entities::default();
        entities.declare(&format!("TEI SYSTEM \"a.dtd\" [{list}]"));
        entities
    }

    #[test]
    fn entities_stand_for_what_the_file_says() {
        let entities = declared(
            "<!-- <!ENTITY no 'n'> --><!ENTITY dash \"&#8212;\"><!ELEMENT a (b)> %more;\n\
             <!ENTITY ann 'Ann &dash; \"Lee\">'><!ENTITY lt2 \"&#38;#60;\"><!ENTITY ann 'other'>\
             <!ENTITY % p 'q'><!ENTITY far SYSTEM 'far.xml'><!ENTITY b '<b/>'>",
        );
        assert_eq!(entities.text("ann").unwrap(), "Ann — \"Lee\">");
        assert_eq!(entities.text("lt2").unwrap(), "<");
        assert_eq!(entities.resolve("a&amp;&dash;&#x41;").unwrap(), "a&—A");
        for (name, words) in [
            ("no", "does not declare"),
            ("far", "does not declare"),
            ("p", "does not declare"),
            ("b", "elements"),
            ("#xd800", "`&#xd800;`"),
        ] {
            let message = entities.text(name).unwrap_err();
            assert!(message.contains(words), "{name}: {message}");
        }
    }

    #[test]
    fn nothing_grows_without_end() {
        let mut list = "<!ENTITY a0 'ha'>".to_owned();
        for n in 1..10 {
            let before = format!("&a{};", n - 1).repeat(20);
            list.push_str(&format!("<!ENTITY a{n} '{before}'>"));
        }
        let message = declared(&list).text("a9").unwrap_err();
        assert!(message.contains("too much text"), "{message}");
        let around = declared("<!ENTITY a '&b;'><!ENTITY b '&a;'>");
        assert!(around.text("a").unwrap_err().contains("too much text"));
    }
}
