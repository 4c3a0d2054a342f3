use smol_str::SmolStr;

use super::with_tag;
use crate::edit::draft::Draft;
use crate::edit::{Context, Refusal, attributes};
use crate::model::{AnnotationId, Transaction, Verdict};

/// Sets an attribute of a tag, or removes it with `None`. This accepts an open suggestion.
///
/// # Errors
/// [`Refusal`] where the schema lacks the attribute or value, or nothing would change.
pub fn set_attribute(
    ctx: &Context<'_>,
    tag: &AnnotationId,
    name: &str,
    value: Option<SmolStr>,
) -> Result<Transaction, Refusal> {
    let mut draft = Draft::new(ctx);
    let mut changed = draft.require(tag)?;
    let words = attributes::set(ctx.schema, &mut changed, name, value)?;
    if changed.is_open_suggestion() {
        changed.take(Verdict::Corrected);
    }
    draft.insert_annotation(changed);
    Ok(draft.finish(words, with_tag(ctx, tag)))
}

#[cfg(test)]
mod tests {
    use crate::edit::action;
    use crate::edit::testing::{TEXT, TestEditor};

    #[test]
    fn the_schema_says_which_values_there_are() {
        let mut editor = TestEditor::new(TEXT);
        let quote = editor.tag("quote", "“I think so,”").id;
        let mut set = |name: &str, value: Option<&str>| {
            editor.run(|ctx, _| action::set_attribute(ctx, &quote, name, value.map(Into::into)))?;
            Ok::<_, crate::edit::Refusal>(editor.current().attribute(name).cloned())
        };
        assert_eq!(set("form", Some("mixed")).unwrap().unwrap(), "mixed");
        assert!(set("form", Some("mixed")).is_err());
        let refused = set("form", Some("loud")).unwrap_err().to_string();
        assert!(refused.contains("direct, indirect, mixed"), "{refused}");
        assert!(set("check", Some("unimportant")).is_err());
        assert_eq!(set("form", None).unwrap(), None);
        assert!(set("form", None).is_err());
    }
}
