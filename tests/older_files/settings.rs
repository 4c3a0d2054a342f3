use insta::assert_snapshot;
use pullquote::format::schema_file::parse_schema;
use pullquote::model::Schema;

use super::fixture::{kept_text, unpacked};
use super::report::of_corpus;

fn schema() -> Schema {
    parse_schema(&kept_text("project", "corpus/pullquote.ron")).unwrap()
}

#[test]
fn a_project_s_schema() {
    let schema = schema();
    let mut text = String::from("# labels\n");
    for label in schema.labels() {
        text += &format!(
            "{}: {} / {}, {}, {}, speaks {}, mentions {}, reports {}\n",
            label.key,
            label.name,
            label.plural,
            label.letter,
            label.color,
            label.speaks,
            label.mentions,
            label.reports
        );
        for attribute in schema.attributes_of(&label.key) {
            let (values, default) = (attribute.values.join(", "), &attribute.default);
            text += &format!("    {}: [{values}], {default:?}\n", attribute.name);
        }
    }
    text += "\n# roles\n";
    for role in schema.roles() {
        let (from, to) = (role.from.join(", "), role.to.join(", "));
        text += &format!(
            "{}: {}, from {from} to {to}, people {}\n",
            role.key, role.name, role.people
        );
    }
    text += &format!("\n# guidelines\n{}\n\n# conventions\n", schema.guidelines);
    for convention in &schema.conventions {
        text += &format!("{}: {}\n", convention.name, convention.value);
    }
    text.push('\n');
    // That it is not there would be noted.
    let corpus = unpacked("project").file(&schema.guidelines, "# Rules\n");
    text.push_str(&of_corpus(&corpus));
    assert_snapshot!("project", text);
}

#[cfg(feature = "gui")]
#[test]
fn a_person_s_own_keys() {
    use pullquote::ops::keymap::{Context, Keymap};
    use pullquote::ops::ui_command::{TABLE, UiCommand};

    let own = kept_text("project", "config/keymap.ron");
    let schema = schema();
    let (keymap, notices) = Keymap::new(&schema, Some(&own));
    assert_eq!(notices, Vec::<String>::new());
    let labels = (0_u8..).zip(schema.labels());
    let labels = labels.map(|(n, label)| (format!("tag {}", label.key), UiCommand::TagAs(n)));
    // Commands that came later have keys of their own.
    let named = TABLE
        .iter()
        .filter(|info| own.contains(&format!("\"{}\"", info.id)));
    let named = named.map(|info| (info.id.to_owned(), info.command));
    let contexts = [
        ("article", Context::Article),
        ("candidates", Context::Candidates),
        ("field", Context::Field),
        ("find", Context::Find),
    ];
    let mut text = String::new();
    for (id, command) in labels.chain(named) {
        for (name, context) in contexts {
            let keys = keymap.keys(command, context).iter();
            let keys: Vec<String> = keys.map(|key| key.words(false)).collect();
            if !keys.is_empty() {
                text += &format!("{id} ({name}): {}\n", keys.join("  "));
            }
        }
    }
    assert_snapshot!("keymap", text);
}
