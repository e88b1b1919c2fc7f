//! The options of targets: what each takes, and what is wrong with a value that it does not take.

use crate::diagnostic::Rule;
use crate::document::schema::Form;
use crate::text::json::Json;
use crate::text::suggest;

/// An option of a target.
#[derive(Debug)]
pub(crate) struct TargetOption {
    pub name: String,
    pub about: String,
    pub takes: Takes,
}

/// What an option takes.
#[derive(Debug)]
pub(crate) enum Takes {
    Text,
    /// A text of a form.
    Form(&'static Form),
    /// True or false.
    Switch,
    /// One of these.
    Choice(Vec<String>),
    /// A list of any of these.
    Choices(Vec<String>),
}

/// Why an option does not take a value.
pub(crate) struct Refusal {
    /// The number of the item that is wrong, if one of a list is.
    pub item: Option<usize>,
    pub message: String,
    pub help: String,
}

pub(crate) const OPTION_VALUE: Rule = Rule {
    name: "option-value",
    what: "a value that an option doesn't take",
    why: "the option would have no effect, or break the output",
    fix: "write a value that the option takes",
    bad: "options: {codes: opne}",
    good: "options: {codes: open}",
};

/// The forms that a `_target.yaml` can ask for.
pub(crate) const FORMS: &[(&str, &Form)] =
    &[("crate_name", &CRATE_NAME), ("npm_name", &NPM_NAME), ("python_name", &PYTHON_NAME)];

/// What crates.io accepts: The Cargo Book, "The Manifest Format", `name`.
const CRATE_NAME: Form = Form {
    rule: &OPTION_VALUE,
    what: "the name of a crate: letters, digits, `-` and `_`, 64 at most, starting with a letter",
    pattern: "^[A-Za-z][A-Za-z0-9_-]{0,63}$",
    example: "acme-errors",
    holds: |text| {
        text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    },
    within: None,
    flaw: None,
    meant: None,
};

/// What the npm registry accepts: npm's documentation, "package.json", `name`.
const NPM_NAME: Form = Form {
    rule: &OPTION_VALUE,
    what: "the name of an npm package: lower-case letters, digits, `-`, `.` and `_`, \
           after a scope such as `@acme/` if there is one",
    pattern: "^(?=.{1,214}$)(@[a-z0-9-][a-z0-9._-]*/)?[a-z0-9-][a-z0-9._-]*$",
    example: "@acme/errors",
    holds: |text| {
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                && name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c))
        };
        let (scope, name) = match text.strip_prefix('@').and_then(|text| text.split_once('/')) {
            Some((scope, name)) => (Some(scope), name),
            None => (None, text),
        };
        text.len() <= 214 && is_name(name) && scope.is_none_or(is_name)
    },
    within: None,
    flaw: None,
    meant: None,
};

/// What the Python Package Index accepts: "Names and normalization", in the Python Packaging User Guide.
const PYTHON_NAME: Form = Form {
    rule: &OPTION_VALUE,
    what: "the name of a Python package: letters, digits, `-`, `_` and `.`, \
           starting and ending with a letter or digit",
    pattern: "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$",
    example: "acme-errors",
    holds: |text| {
        let is_outer = |c: char| c.is_ascii_alphanumeric();
        text.starts_with(is_outer)
            && text.ends_with(is_outer)
            && text.chars().all(|c| is_outer(c) || "._-".contains(c))
    },
    within: None,
    flaw: None,
    meant: None,
};

impl TargetOption {
    /// What is wrong with a value, if the option does not take it.
    pub(crate) fn refuses(&self, value: &Json) -> Option<Refusal> {
        let name = &self.name;
        let refusal = |message, help| Some(Refusal { item: None, message, help });
        match (&self.takes, value) {
            (Takes::Text, Json::String(_)) | (Takes::Switch, Json::Bool(_)) => None,
            (Takes::Form(form), Json::String(text)) => {
                if (form.holds)(text) {
                    return None;
                }
                let message = format!("`{text}` is not {}", form.what);
                refusal(message, format!("write it as in `{}`", form.example))
            }
            (Takes::Choice(choices), Json::String(text)) => self.not_among(choices, text, None),
            (Takes::Choices(choices), Json::Array(items)) => {
                items.iter().enumerate().find_map(|(index, item)| {
                    let Json::String(text) = item else {
                        let message = format!("an item of `{name}` must be a text");
                        let help = format!("use one of {}", listed(choices));
                        return Some(Refusal { item: Some(index), message, help });
                    };
                    let earlier = items.iter().take(index);
                    if earlier.into_iter().any(|other| other == item) {
                        let message = format!("`{text}` is listed twice");
                        let help = "remove one of the two".to_owned();
                        return Some(Refusal { item: Some(index), message, help });
                    }
                    self.not_among(choices, text, Some(index))
                })
            }
            (Takes::Choices(choices), Json::String(text)) => {
                let help = match list_meant(text, &choices.iter().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("write a list of {}", listed(choices)),
                };
                refusal(format!("`{name}` must be a list"), help)
            }
            (Takes::Switch, _) => refusal(
                format!("`{name}` must be true or false"),
                "write `true` or `false`, without quotes".to_owned(),
            ),
            (Takes::Choices(choices), _) => {
                let help = format!("write a list of {}", listed(choices));
                refusal(format!("`{name}` must be a list"), help)
            }
            (Takes::Text | Takes::Form(_) | Takes::Choice(_), _) => {
                refusal(format!("`{name}` must be a text"), "write it in quotes".to_owned())
            }
        }
    }

    fn not_among(&self, choices: &[String], text: &str, item: Option<usize>) -> Option<Refusal> {
        if choices.iter().any(|choice| choice == text) {
            return None;
        }
        let message = format!("`{}` has no choice `{text}`", self.name);
        let help = suggest::help(text, choices.iter().map(String::as_str));
        Some(Refusal { item, message, help })
    }
}

fn listed(choices: &[String]) -> String {
    choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ")
}

/// The list that a text such as `json std` was meant as.
pub(super) fn list_meant<'c>(
    text: &str,
    choices: &(impl Iterator<Item = &'c str> + Clone),
) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let meant = words.map(|word| suggest::nearest(word, choices.clone()));
    let meant = meant.collect::<Option<Vec<_>>>().filter(|meant| !meant.is_empty())?;
    Some(format!("[{}]", meant.join(", ")))
}
