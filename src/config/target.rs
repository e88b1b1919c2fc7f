//! How a target describes itself in its `_target.yaml`: one line about it, and its options.

use super::option::{FORMS, OPTION_VALUE, Takes, TargetOption};
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::document::schema::{Field, Form, Kind, Mapping};
use crate::document::{self, Document, Members};
use crate::error::Error;
use crate::render::templates::Templates;
use crate::text::json::Json;
use crate::text::suggest;
use crate::yaml::{Node, Value};

/// A target, as it describes itself.
#[derive(Debug, Default)]
pub(crate) struct Description {
    pub name: String,
    /// One line; empty for a target without a `_target.yaml`.
    pub about: String,
    /// The target that this one is another form of, as `rust-module` is of `rust`.
    #[cfg_attr(
        not(feature = "cli"),
        expect(dead_code, reason = "read where all targets are made")
    )]
    pub variant_of: Option<String>,
    pub options: Vec<TargetOption>,
    has_file: bool,
}

pub(crate) const UNKNOWN_TARGET: Rule = Rule {
    name: "unknown-target",
    what: "a target that doesn't exist",
    why: "the output would silently be missing",
    fix: "name a target that exists: `errcat templates list` shows all",
    bad: "target: rsut",
    good: "target: rust",
};
pub(crate) const UNKNOWN_OPTION: Rule = Rule {
    name: "unknown-option",
    what: "an option that the target doesn't have",
    why: "a misspelled option would have no effect, and nobody would notice",
    fix: "correct its spelling, or remove it",
    bad: "options: {nmae: acme-errors}",
    good: "options: {name: acme-errors}",
};

pub(crate) const OPTION_NAME: Form = Form {
    rule: &UNKNOWN_OPTION,
    what: "the name of an option",
    pattern: "^[a-z][a-z0-9_]{0,99}$",
    example: "name",
    holds: |text| (crate::catalog::forms::ID.holds)(text),
    within: None,
    flaw: None,
    meant: None,
};

const TARGET: Mapping = Mapping {
    name: "target",
    what: "the description of a target",
    fields: &[
        Field::required("about", Kind::Text, "one line"),
        Field::optional(
            "variant_of",
            Kind::Text,
            "the target that this one is another form of; it is generated only when named",
        ),
        Field::optional(
            "options",
            Kind::Named(&OPTION_NAME, &Kind::Mapping(&OPTION)),
            "the options that errcat.yaml may set",
        ),
    ],
};

const OPTION: Mapping = Mapping {
    name: "option",
    what: "an option",
    fields: &[
        Field::required("about", Kind::Text, "one line"),
        Field::optional(
            "choices",
            Kind::List(&Kind::OneOf(&[Kind::Text, Kind::Boolean])),
            "the values it takes: texts, or `[true, false]`",
        ),
        Field::optional(
            "many",
            Kind::Boolean,
            "whether it takes a list of its choices instead of one",
        ),
        Field::optional(
            "form",
            Kind::Text,
            "the form that its text must have: `crate_name` or `npm_name`",
        ),
    ],
};

/// Reads how a target describes itself. A target without a `_target.yaml` has no options.
pub(crate) fn describe(target: &str, templates: &Templates) -> Result<Description, Error> {
    let name = target.to_owned();
    let Some((path, source)) = templates.about(target) else {
        return Ok(Description { name, ..Description::default() });
    };
    document::parse(path, source.as_bytes(), |document, report| {
        document.check(&TARGET, report);
        Ok(Description { name, ..description(document, templates, report) })
    })
}

fn description(document: &Document, templates: &Templates, report: &mut Report) -> Description {
    let fields = document.fields();
    let variant_of = fields.get("variant_of").and_then(|node| Some((node, text(node)?)));
    if let Some((node, name)) = &variant_of
        && !templates.targets().contains(&name.as_str())
    {
        report.push(Diagnostic::new(
            &UNKNOWN_TARGET,
            node.at,
            format!("there is no target `{name}`"),
            suggest::help(name, templates.targets()),
        ));
    }
    let options = fields.mapping("options").unwrap_or(Members::EMPTY);
    let options = options.iter().map(|(name, node)| {
        let fields = Members::of(node);
        TargetOption {
            name: name.to_owned(),
            about: fields.get("about").and_then(text).unwrap_or_default(),
            takes: takes(fields, report),
        }
    });
    Description {
        about: fields.get("about").and_then(text).unwrap_or_default(),
        options: options.collect(),
        variant_of: variant_of.map(|(_, name)| name),
        has_file: true,
        ..Description::default()
    }
}

/// What an option takes.
fn takes(fields: Members, report: &mut Report) -> Takes {
    let choices = fields.list("choices");
    if choices.iter().any(|choice| matches!(choice.value, Value::Boolean(_))) {
        return Takes::Switch;
    }
    let choices: Vec<String> = choices.iter().filter_map(text).collect();
    let is_many = matches!(fields.get("many"), Some(Node { value: Value::Boolean(true), .. }));
    let Some(node) = fields.get("form") else {
        return match (choices.is_empty(), is_many) {
            (true, _) => Takes::Text,
            (false, true) => Takes::Choices(choices),
            (false, false) => Takes::Choice(choices),
        };
    };
    let name = text(node).unwrap_or_default();
    if let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == name) {
        return Takes::Form(form);
    }
    let message = format!("there is no form `{name}`");
    let help = suggest::help(&name, FORMS.iter().map(|(known, _)| *known));
    report.push(Diagnostic::new(&OPTION_VALUE, node.at, message, help));
    Takes::Text
}

fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.as_ref().to_owned()),
        _ => None,
    }
}

impl Description {
    /// An option by its name.
    ///
    /// # Errors
    /// What is wrong if it doesn't exist, and what to do.
    pub(crate) fn option(&self, name: &str) -> Result<&TargetOption, (String, String)> {
        let option = self.options.iter().find(|option| option.name == name);
        option.ok_or_else(|| {
            let help = if !self.has_file {
                "remove it, or describe it in the target's `_target.yaml`: see `errcat templates docs`"
                    .to_owned()
            } else if self.options.is_empty() {
                "remove it: the target has no options".to_owned()
            } else {
                suggest::help(name, self.options.iter().map(|option| option.name.as_str()))
            };
            (format!("the target `{}` has no option `{name}`", self.name), help)
        })
    }

    /// What is wrong with the value of an option, and what to do.
    pub(crate) fn refuses(&self, name: &str, value: &Json) -> Option<(String, String)> {
        match self.option(name) {
            Ok(option) => option.refuses(value).map(|refusal| (refusal.message, refusal.help)),
            Err(problem) => Some(problem),
        }
    }
}
