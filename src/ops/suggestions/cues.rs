use crate::model::{LabelKind, RoleKind, Schema, SchemaError};

/// The key of the label and of the role.
const CUE: &str = "cue";

/// The schema with a label for cues, the words that report, and a role that leads to them from quotes
/// and claims. One that has such a label stays as it is.
///
/// # Errors
/// [`SchemaError`] where a label `cue` or the letter U means something else there.
pub fn with_cues(schema: &Schema) -> Result<Schema, SchemaError> {
    if schema.labels().iter().any(|label| label.reports) {
        return Ok(schema.clone());
    }
    let mut labels = schema.labels().to_vec();
    let mut roles = schema.roles().to_vec();
    let attributes = labels
        .iter()
        .flat_map(|label| schema.attributes_of(&label.key));
    let attributes = attributes.cloned().collect();
    let speaks = labels.iter().filter(|label| label.speaks);
    roles.push(RoleKind {
        key: CUE.into(),
        name: "Cue".to_owned(),
        from: speaks.map(|label| label.key.clone()).collect(),
        to: vec![CUE.into()],
        people: false,
    });
    labels.push(LabelKind {
        key: CUE.into(),
        name: "Cue".to_owned(),
        plural: "Cues".to_owned(),
        letter: 'U',
        color: "blue".into(),
        speaks: false,
        mentions: false,
        reports: true,
        was: Vec::new(),
    });
    Schema::new(labels, roles, attributes)
}
