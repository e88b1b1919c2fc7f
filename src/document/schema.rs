//! The tables of fields: what a mapping may hold. The check of a file, the access to its fields, "did
//! you mean", the JSON Schemas and the docs all read the same tables.

use crate::diagnostic::Rule;
use crate::yaml::Value;

/// A mapping with known fields.
#[derive(Debug)]
pub(crate) struct Mapping {
    /// Its name in the JSON Schema: `retry_override`.
    pub name: &'static str,
    /// What messages call it, with its article: "a retry override".
    pub what: &'static str,
    pub fields: &'static [Field],
}

#[cfg(test)]
impl Mapping {
    /// Calls a function with every field of this mapping and of those within it.
    pub(crate) fn each_field(&self, with: &mut dyn FnMut(&Self, &Field)) {
        for field in self.fields {
            with(self, field);
            field.kind.each_field(with);
        }
    }
}

#[cfg(test)]
impl Kind {
    fn each_field(&self, with: &mut dyn FnMut(&Mapping, &Field)) {
        match self {
            Self::Mapping(mapping) => mapping.each_field(with),
            Self::List(kind) | Self::Named(_, kind) => kind.each_field(with),
            Self::OneOf(kinds) => kinds.iter().for_each(|kind| kind.each_field(with)),
            Self::Text
            | Self::Paragraphs
            | Self::Form(_)
            | Self::Integer(_)
            | Self::Boolean
            | Self::Rule
            | Self::Structure(_)
            | Self::Object(_)
            | Self::Data => {}
        }
    }
}

/// One field of a mapping.
#[derive(Debug)]
pub(crate) struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub need: Need,
    /// Editors write it together with the required fields, though some mappings do without.
    pub suggested: bool,
    /// One sentence for docs and editors.
    pub about: &'static str,
}

/// When a mapping must have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Always,
    /// If one of these other fields is there.
    With(&'static [&'static str]),
    /// Unless this other field is there.
    Without(&'static str),
    Never,
}

impl Field {
    pub(crate) const fn required(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, need: Need::Always, suggested: true, about }
    }

    pub(crate) const fn suggested(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, need: Need::Never, suggested: true, about }
    }

    pub(crate) const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, need: Need::Never, suggested: false, about }
    }

    /// The same field, which is required depending on another one.
    pub(crate) const fn needed(self, need: Need) -> Self {
        Self { name: self.name, kind: self.kind, need, suggested: true, about: self.about }
    }

    /// Whether a mapping with these fields must have it.
    pub(crate) fn is_required(&self, has: impl Fn(&str) -> bool) -> bool {
        match self.need {
            Need::Always => true,
            Need::With(others) => others.iter().any(|other| has(other)),
            Need::Without(other) => !has(other),
            Need::Never => false,
        }
    }

    pub(crate) fn is_always_required(&self) -> bool {
        self.need == Need::Always
    }
}

/// What a value may be.
#[derive(Debug)]
pub(crate) enum Kind {
    /// One line of text.
    Text,
    /// Text of any number of lines.
    Paragraphs,
    /// Text of a form.
    Form(&'static Form),
    Integer(&'static Range),
    Boolean,
    /// The name of a rule that can be allowed. A lint rule checks that it exists.
    Rule,
    List(&'static Kind),
    /// The first of these that has the value's YAML type.
    OneOf(&'static [Kind]),
    /// A mapping of the author's own names.
    Named(&'static Form, &'static Kind),
    Mapping(&'static Mapping),
    /// A mapping or list of any names and plain data, with an example.
    Structure(&'static str),
    /// A mapping of any names and plain data, with an example.
    Object(&'static str),
    /// Any plain data.
    Data,
}

/// A form that a text must have.
#[derive(Debug)]
pub(crate) struct Form {
    pub rule: &'static Rule,
    /// What it is, with its article: "a duration".
    pub what: &'static str,
    /// The form as a regular expression (ECMA-262), for the JSON Schema. It accepts the same texts as
    /// `holds`, or more where the form is too complex.
    pub pattern: &'static str,
    pub example: &'static str,
    pub holds: fn(&str) -> bool,
    /// A wider form. Its rule is reported for a text that doesn't even have that.
    pub within: Option<&'static Form>,
    /// Why a text doesn't have the form, as a clause: "it contains a space".
    pub flaw: Option<fn(&str) -> Option<String>>,
    /// What the author of another text probably meant. It need not have the form.
    pub meant: Option<fn(&str) -> Option<String>>,
}

impl Form {
    /// Whether it takes spaces and punctuation, so that a slip in YAML can leave a text that has the form.
    pub(crate) fn is_free(&self) -> bool {
        (self.holds)("a b, #c")
    }
}

/// Bounds of an integer, both included.
#[derive(Debug)]
pub(crate) struct Range {
    pub rule: &'static Rule,
    /// What it is, with its article: "a number of retries".
    pub what: &'static str,
    pub min: i64,
    pub max: i64,
}

impl Range {
    pub(crate) fn contains(&self, value: i64) -> bool {
        (self.min..=self.max).contains(&value)
    }
}

impl Kind {
    /// Whether a value has the YAML type of this kind.
    pub(crate) fn accepts(&self, value: &Value) -> bool {
        match self {
            Self::Text | Self::Paragraphs | Self::Form(_) | Self::Rule => {
                matches!(value, Value::Text(_))
            }
            Self::Integer(_) => matches!(value, Value::Integer(_)),
            Self::Boolean => matches!(value, Value::Boolean(_)),
            Self::List(_) => matches!(value, Value::List(_)),
            Self::Named(..) | Self::Mapping(_) | Self::Object(_) => {
                matches!(value, Value::Mapping(_))
            }
            Self::Structure(_) => matches!(value, Value::Mapping(_) | Value::List(_)),
            Self::OneOf(kinds) => kinds.iter().any(|kind| kind.accepts(value)),
            Self::Data => true,
        }
    }

    /// The kinds to choose from. A kind that is not a choice has only itself.
    pub(crate) fn choices(&self) -> &[Self] {
        match self {
            Self::OneOf(kinds) => kinds,
            kind => std::slice::from_ref(kind),
        }
    }

    /// Whether a value of this kind is a mapping with these fields, or a list of such mappings.
    pub(crate) fn is_of(&self, mapping: &Mapping) -> bool {
        match self {
            Self::Mapping(one) => std::ptr::eq(*one, mapping),
            Self::List(kind) => kind.is_of(mapping),
            Self::OneOf(kinds) => kinds.iter().any(|kind| kind.is_of(mapping)),
            _ => false,
        }
    }

    /// Whether a value is of this kind, whatever is within it.
    pub(crate) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Form(form), Value::Text(text)) => (form.holds)(text),
            (Self::Integer(range), Value::Integer(value)) => range.contains(*value),
            (Self::OneOf(kinds), value) => kinds.iter().any(|kind| kind.holds(value)),
            (kind, value) => kind.accepts(value),
        }
    }

    /// What a person calls a value of this kind.
    pub(crate) fn what(&self) -> String {
        match self {
            Self::Text | Self::Paragraphs => "text".to_owned(),
            Self::Form(form) => form.what.to_owned(),
            Self::Integer(range) if range.min == range.max => format!("the number {}", range.min),
            Self::Integer(range) => range.what.to_owned(),
            Self::Boolean => "`true` or `false`".to_owned(),
            Self::Rule => "the name of a rule".to_owned(),
            Self::List(item) => match item {
                Self::Text | Self::Paragraphs => "a list of texts".to_owned(),
                Self::Rule => "a list of names of rules".to_owned(),
                Self::Mapping(_) => "a list".to_owned(),
                item => format!("a list, where each item is {}", item.what()),
            },
            Self::Named(_, value) => format!("a mapping, where each name has {}", value.what()),
            Self::Mapping(mapping) => {
                let names: Vec<_> =
                    mapping.fields.iter().map(|field| format!("`{}`", field.name)).collect();
                format!("a mapping of {}", names.join(", "))
            }
            Self::OneOf([one, Self::List(item)]) if item.what() == one.what() => {
                format!("{}, or a list of them", one.what())
            }
            Self::OneOf(kinds) => kinds.iter().map(Self::what).collect::<Vec<_>>().join(" or "),
            Self::Structure(example) => format!("a mapping or list such as `{example}`"),
            Self::Object(example) => format!("a mapping such as `{example}`"),
            Self::Data => "any data".to_owned(),
        }
    }
}
