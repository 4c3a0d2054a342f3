//! Facts that two people have changed differently, to be settled with a click.

use egui::Ui;

use crate::format::article_facts::text_value;
use crate::gui::tag_description::capitalize;
use crate::gui::ui_context::UiContext;
use crate::model::{ArticleFacts, fact_name};

/// The other value of each such fact, with the choice between both.
pub(super) fn fact_conflicts_ui(ui: &mut Ui, cx: UiContext<'_>, facts: &mut ArticleFacts) {
    let mut settled = None;
    for (place, conflict) in facts.conflicts.iter().enumerate() {
        let (name, theirs) = (&conflict.fact, text_value(&conflict.theirs));
        let shown = capitalize(&fact_name(name.rsplit('/').next().unwrap_or(name)));
        let value = theirs.as_deref().unwrap_or(&conflict.theirs);
        let words = format!("{shown} has a second value: {value}");
        ui.colored_label(cx.theme.warning, words);
        ui.horizontal_wrapped(|ui| {
            if ui.button("Keep the first").clicked() {
                settled = Some((place, None));
            }
            let is_one = text_of(&mut facts.clone(), name).is_some();
            if let Some(theirs) = theirs.filter(|_| is_one)
                && ui.button("Use the second").clicked()
            {
                settled = Some((place, Some((name.clone(), theirs))));
            }
        });
    }
    let Some((place, taken)) = settled else {
        return;
    };
    facts.conflicts.remove(place);
    if let Some((name, value)) = taken
        && let Some(fact) = text_of(facts, &name)
    {
        *fact = value;
    }
}

/// The fact of this name, if it is a text.
fn text_of<'a>(facts: &'a mut ArticleFacts, name: &str) -> Option<&'a mut String> {
    match name {
        "headline" => Some(&mut facts.headline),
        "byline" => Some(&mut facts.byline),
        "outlet" => Some(&mut facts.outlet),
        "date" => Some(&mut facts.date),
        "language" => Some(&mut facts.language),
        "section" => Some(&mut facts.section),
        "address" => Some(&mut facts.address),
        _ => {
            let field = name.strip_prefix("fields/")?;
            Some(facts.fields.entry(field.to_owned()).or_default())
        }
    }
}
