//! What a target says of itself in its `_target.yaml`: what it makes, and which options it has.
//! Never knows what a config sets.

use crate::diagnostic::{Findings, Report, Rule};
use crate::error::Error;
use crate::fields::{self, Field, Form, Kind, Mapping, Members};
use crate::render::templates::Templates;
use crate::yaml::{self, Node, Value};

/// A target's description.
#[derive(Debug)]
pub(crate) struct Description {
    /// One line.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "the command shows it"))]
    pub about: String,
    pub options: Vec<TargetOption>,
}

/// An option that errcat.yaml may set.
#[derive(Debug)]
pub(crate) struct TargetOption {
    pub name: String,
    /// One line.
    #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "the command shows it"))]
    pub about: String,
    /// The values it takes; any text if there are none.
    pub choices: Vec<String>,
}

pub(crate) const UNKNOWN_OPTION: Rule = Rule {
    name: "unknown-option",
    what: "an option that the target does not have, or a value that the option does not take",
    why: "a misspelt option would be ignored in silence",
    mend: "correct its spelling, or remove it",
    bad: "options: {nmae: acme-errors}",
    good: "options: {name: acme-errors}",
};

pub(crate) const OPTION_NAME: Form = Form {
    rule: &UNKNOWN_OPTION,
    what: "the name of an option",
    pattern: "^[a-z][a-z0-9_]*$",
    example: "name",
    holds: |text| (crate::catalog::format::ID.holds)(text),
    within: None,
};

const TARGET: Mapping = Mapping {
    what: "the description of a target",
    fields: &[
        Field { name: "about", kind: Kind::Text, required: true, about: "one line" },
        Field {
            name: "options",
            kind: Kind::Named(&OPTION_NAME, &Kind::Mapping(&OPTION)),
            required: false,
            about: "the options that errcat.yaml may set",
        },
    ],
};

const OPTION: Mapping = Mapping {
    what: "an option",
    fields: &[
        Field { name: "about", kind: Kind::Text, required: true, about: "one line" },
        Field {
            name: "choices",
            kind: Kind::List(&Kind::Text),
            required: false,
            about: "the values it takes; any text without",
        },
    ],
};

/// The description of a target; none if it has no `_target.yaml`.
pub(crate) fn describe(templates: &Templates, target: &str) -> Result<Option<Description>, Error> {
    let Some((path, source)) = templates.about(target) else { return Ok(None) };
    let tree = tree(path, source)?;
    let target = Members::of(&tree);
    let options = target.mapping("options").unwrap_or(Members::EMPTY);
    let options = options.iter().map(|(name, option)| {
        let option = Members::of(option);
        TargetOption {
            name: name.to_owned(),
            about: option.get("about").and_then(text).unwrap_or_default(),
            choices: option.list("choices").iter().filter_map(text).collect(),
        }
    });
    Ok(Some(Description {
        about: target.get("about").and_then(text).unwrap_or_default(),
        options: options.collect(),
    }))
}

fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone().into_owned()),
        _ => None,
    }
}

/// The tree of a description that has no mistake.
fn tree<'t>(path: &str, source: &'t str) -> Result<Node<'t>, Error> {
    let mut report = Report::default();
    let tree = match yaml::parse(source) {
        Ok(tree) => {
            let what = format_args!("the description of a target");
            fields::check(&tree, what, &Kind::Mapping(&TARGET), &mut report);
            Some(tree)
        }
        Err(error) => {
            report.push(fields::syntax(error));
            None
        }
    };
    let findings = Findings::new(path, source.to_owned(), report);
    match tree {
        Some(tree) if findings.is_empty() => Ok(tree),
        _ => Err(Error::of_findings(vec![findings])),
    }
}
