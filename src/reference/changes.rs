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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::CATALOG_FIELDS;

    #[test]
    fn every_field_of_a_catalog_has_a_rule_and_every_rule_a_field() {
        let ruled = rules().flat_map(|rule| rule.fields).copied();
        let ignored: BTreeSet<&str> = IGNORED.iter().map(|(field, _)| *field).collect();
        let ruled: BTreeSet<&str> = ruled.collect();
        let mut fields = BTreeSet::new();
        CATALOG_FIELDS.each_field(&mut |mapping, field| {
            let name = format!("{}.{}", mapping.name, field.name);
            let count = [&ruled, &ignored].iter().filter(|set| set.contains(name.as_str())).count();
            assert_eq!(count, 1, "`{name}` must be either compared or ignored");
            fields.insert(name);
        });
        for name in ruled.union(&ignored) {
            assert!(fields.contains(*name), "there is no field `{name}`");
        }
        assert!(rules().all(|rule| !rule.fields.is_empty()));
    }
}
