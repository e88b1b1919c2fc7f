//! docs/diff.md, from the rules of `errcat diff`.

use std::collections::BTreeMap;

use crate::diff::{ChangeRule, Class, IGNORED, rules};

impl ChangeRule {
    /// The rule as Markdown: what it finds, the class of such a change, and why.
    #[must_use]
    pub fn explain(&self) -> String {
        let Self { name, class, what, why, .. } = self;
        format!("## {name}\n\nFinds {what}. Such a change is **{}**. {why}\n", class.name())
    }
}

/// The tables of docs/diff.md: the rules of each class, and the fields of a catalog with the rules that compare them.
#[must_use]
pub fn change_reference() -> String {
    let mut out = String::new();
    for class in Class::ALL {
        let name = class.name();
        let (first, rest) = name.split_at(1);
        out += &format!(
            "## {}{rest}\n\n| rule | finds | why |\n| --- | --- | --- |\n",
            first.to_uppercase()
        );
        for rule in rules().filter(|rule| rule.class == class) {
            out += &format!("| `{}` | {} | {} |\n", rule.name, rule.what, rule.why);
        }
        out.push('\n');
    }
    let mut fields: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for rule in rules() {
        for field in rule.fields {
            fields.entry(field).or_default().push(format!("`{}`", rule.name));
        }
    }
    for (field, why) in IGNORED {
        fields.entry(field).or_default().push(format!("none: {why}"));
    }
    out += "## Each field\n\n| field | rules |\n| --- | --- |\n";
    for (field, rules) in fields {
        out += &format!("| `{field}` | {} |\n", rules.join(", "));
    }
    out
}
