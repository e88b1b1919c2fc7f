//! A target: how code asks for one, and what it says of itself in its `_target.yaml`, which is a line
//! about it and the options that it has. Never renders one.

use serde_json::Value as Json;

use crate::diagnostic::{Findings, Report, Rule};
use crate::document::schema::{self, Field, Form, Kind, Mapping, Members};
use crate::error::Error;
use crate::render::Options;
use crate::render::templates::Templates;
use crate::text::suggest;
use crate::yaml::{self, Value};

/// What to make of a catalog: the name of a target, and values for its options. A name alone will do
/// where the options need none.
///
/// ```no_run
/// use errcat::{Generator, Target};
///
/// # fn main() -> Result<(), errcat::Error> {
/// let module = Target::new("rust-module").option("features", "json serde");
/// Generator::new("errors.yaml").target(module).target("json").generate()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Target {
    pub(crate) name: String,
    pub(crate) options: Options,
}

impl Target {
    /// A target, each of whose options has its default.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), options: Options::new() }
    }

    /// The same with a value for an option, as `options` in errcat.yaml gives it: a text, or true or
    /// false.
    #[must_use]
    pub fn option(mut self, name: impl Into<String>, value: impl Into<OptionValue>) -> Self {
        self.options.insert(name.into(), value.into().0);
        self
    }
}

/// The value of a target's option, made from a text or a boolean.
#[derive(Clone, Debug)]
pub struct OptionValue(serde_json::Value);

impl From<&str> for OptionValue {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for OptionValue {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<bool> for OptionValue {
    fn from(value: bool) -> Self {
        Self(value.into())
    }
}

impl From<&str> for Target {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

/// A target, as it describes itself.
#[derive(Debug, Default)]
pub(crate) struct Description {
    /// One line; empty for a target without a description.
    pub about: String,
    pub options: Vec<TargetOption>,
    has_file: bool,
}

/// An option of a target.
#[derive(Debug)]
pub(crate) struct TargetOption {
    pub name: String,
    pub about: String,
    /// The texts it takes; any text if there are none.
    pub choices: Vec<String>,
    /// It takes true or false, and no text.
    pub is_switch: bool,
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
    holds: |text| (crate::catalog::forms::ID.holds)(text),
    within: None,
};

pub(crate) const OPTION_VALUE: Kind = Kind::OneOf(&[Kind::Text, Kind::Boolean]);

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
            kind: Kind::List(&OPTION_VALUE),
            required: false,
            about: "the values it takes, texts or `[true, false]`; any text without",
        },
    ],
};

/// What a target says of itself; of one that says nothing, no options.
pub(crate) fn describe(target: &str, templates: &Templates) -> Result<Description, Error> {
    let Some((path, source)) = templates.about(target) else { return Ok(Description::default()) };
    let mut report = Report::default();
    let tree = match yaml::parse(source) {
        Ok(tree) => {
            let what = format_args!("the description of a target");
            schema::check(&tree, what, &Kind::Mapping(&TARGET), &mut report);
            Some(tree)
        }
        Err(error) => {
            report.push(schema::syntax(error));
            None
        }
    };
    let findings = Findings::new(path, source.to_owned(), report);
    let Some(tree) = tree.filter(|_| findings.is_empty()) else {
        return Err(Error::of_findings(vec![findings]));
    };
    let members = Members::of(&tree);
    let text = |members: Members, name| match members.get(name).map(|node| &node.value) {
        Some(Value::Text(text)) => text.as_ref().to_owned(),
        _ => String::new(),
    };
    let options = members.mapping("options").unwrap_or(Members::EMPTY);
    let options = options.iter().map(|(name, option)| {
        let option = Members::of(option);
        let choices = option.list("choices");
        let texts = choices.iter().filter_map(|choice| match &choice.value {
            Value::Text(text) => Some(text.as_ref().to_owned()),
            _ => None,
        });
        TargetOption {
            name: name.to_owned(),
            about: text(option, "about"),
            choices: texts.collect(),
            is_switch: choices.iter().any(|choice| matches!(choice.value, Value::Boolean(_))),
        }
    });
    let options = options.collect();
    Ok(Description { about: text(members, "about"), options, has_file: true })
}

impl Description {
    /// An option by its name, or what to do without it.
    pub(crate) fn option(&self, name: &str) -> Result<&TargetOption, String> {
        let names = || self.options.iter().map(|option| option.name.as_str());
        let option = self.options.iter().find(|option| option.name == name);
        option.ok_or_else(|| {
            if !self.has_file {
                "remove it, or describe it in the target's `_target.yaml`: see `errcat templates docs`"
                    .to_owned()
            } else if self.options.is_empty() {
                "remove it: the target has no options".to_owned()
            } else {
                suggest::help(name, names().collect::<Vec<_>>())
            }
        })
    }
}

impl TargetOption {
    /// Why a value does not do, if it does not, and what to do.
    pub(crate) fn refuses(&self, value: &Json) -> Option<(String, String)> {
        let name = &self.name;
        match value {
            Json::Bool(_) if self.is_switch => None,
            Json::String(text) if !self.is_switch => {
                if self.choices.is_empty() || self.choices.contains(text) {
                    return None;
                }
                let help = suggest::help(text, self.choices.iter().map(String::as_str));
                Some((format!("`{name}` cannot be `{text}`"), help))
            }
            _ if self.is_switch => Some((
                format!("`{name}` must be true or false"),
                "give it one of the two".to_owned(),
            )),
            _ => Some((format!("`{name}` must be a text"), "give it one".to_owned())),
        }
    }
}
