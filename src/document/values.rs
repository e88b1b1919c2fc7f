//! What to say about a value that doesn't fit its field.

use std::fmt::Arguments;

use super::meant::{field_meant, meant, plain_key, respelled};
use super::rules::{MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE};
use super::schema::{Field, Form, Kind, Mapping, Range};
use crate::diagnostic::{Diagnostic, VALUE};
use crate::text::{chars, suggest, words};
use crate::yaml::{Node, NodeId, Value};

/// The diagnostic about a value of the wrong type.
pub(super) fn wrong_type(node: &Node, name: Arguments, kind: &Kind) -> Diagnostic {
    let wanted = kind.what();
    let (given, help) = match &node.value {
        Value::Text(text) => {
            let (given, plain) = match slip(text) {
                Some((slip, plain)) => (slip, plain),
                None => (format!("YAML reads {} as text", shown(text)), text.clone().into_owned()),
            };
            let is_whole = |open, close| text.starts_with(open) && text.ends_with(close);
            let is_quoted = is_whole('{', '}') && kind.accepts(&Value::Mapping(Box::default()));
            let help = meant(&plain, kind).map(|meant| instead(text, &meant));
            (given, help.or_else(|| is_quoted.then(|| "write it without the quotes".to_owned())))
        }
        value @ (Value::List(_) | Value::Mapping(_)) => {
            (format!("this is {}", value.kind()), unlike(value, kind))
        }
        value => (format!("YAML reads this as {}", value.kind()), unlike(value, kind)),
    };
    let message = format!("{name} must be {wanted}, but {given}");
    let help = help.unwrap_or_else(|| format!("write {wanted}"));
    Diagnostic::new(&WRONG_TYPE, node.at, message, help)
}

/// The diagnostic about a value that a field with a longer name takes.
pub(super) fn other_name(node: &Node, field: &Field, other: &Field) -> Diagnostic {
    let message = format!("`{}` must be {}", field.name, field.kind.what());
    let help = match &node.value {
        Value::List(_) | Value::Mapping(_) => format!("did you mean `{}`?", other.name),
        _ => format!("did you mean `{}: {VALUE}`?", other.name),
    };
    Diagnostic::new(&WRONG_TYPE, node.at, message, help)
}

/// A text inside of a message.
pub(super) fn shown(text: &str) -> String {
    if text.contains(['`', '\n']) { "this".to_owned() } else { format!("`{text}`") }
}

/// What to write instead of a text. Only a text in quotes can look like another value.
fn instead(text: &str, meant: &str) -> String {
    let or = if text == meant { ", without quotes" } else { "" };
    format!("write `{meant}`{or}")
}

/// What to write instead of a value that is not text.
fn unlike(value: &Value, kind: &Kind) -> Option<String> {
    let takes_text =
        kind.choices().iter().any(|kind| matches!(kind, Kind::Text | Kind::Paragraphs));
    let number = match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => {
            let number = format!("{value:?}");
            if let Some(whole) = whole(*value).filter(|whole| kind.holds(&Value::Integer(*whole))) {
                let is_text = kind.holds(&Value::Text(number.into()));
                let or = format!("; if it is text, put it in quotes: `\"{VALUE}\"`");
                return Some(format!("write `{whole}`{}", if is_text { &or } else { "" }));
            }
            number
        }
        Value::List(_) if takes_text => {
            return Some("write text; in quotes, if it begins with a `[`".to_owned());
        }
        Value::Mapping(members) if let Kind::List(Kind::Mapping(item)) = kind => {
            return Some(as_items(members, item));
        }
        Value::Mapping(_) if takes_text => {
            return Some("write text; in quotes, if it begins with a `{`".to_owned());
        }
        _ => return None,
    };
    kind.choices().iter().find_map(|kind| match kind {
        Kind::Text | Kind::Paragraphs => Some(format!("put it in quotes: `\"{VALUE}\"`")),
        Kind::Form(form) if (form.holds)(&number) => {
            Some(format!("put it in quotes: `\"{VALUE}\"`"))
        }
        Kind::Form(form) => {
            let endings: Vec<String> = [".0", ".0.0", "s", "ms"]
                .into_iter()
                .filter(|end| (form.holds)(&format!("{number}{end}")))
                .map(|end| format!("`{VALUE}{end}`"))
                .collect();
            let is_none = endings.is_empty();
            Some(if is_none {
                example(form.within.unwrap_or(form))
            } else {
                format!("write {}", endings.join(" or "))
            })
        }
        Kind::List(item) if item.holds(value) => Some(format!("write `[{VALUE}]`")),
        _ => None,
    })
}

/// How to write a mapping of items as a list of them. A key is probably the first field of its item.
fn as_items(members: &[(Node, Node)], item: &Mapping) -> String {
    match (members.first(), item.fields.first()) {
        (Some((Node { value: Value::Text(key), .. }, node)), Some(field))
            if matches!(node.value, Value::Mapping(_)) && !key.contains(['`', '\n']) =>
        {
            let first = field.name;
            format!("write a list of items such as `- {first}: {key}`, with the other fields below")
        }
        _ => "write a list: each item on lines of its own, after a `- `".to_owned(),
    }
}

/// A number as an integer, if it is one.
fn whole(value: f64) -> Option<i64> {
    format!("{value:.0}").parse().ok().filter(|_| value.fract() == 0.0)
}

/// The diagnostic about an integer that is out of range.
pub(super) fn out_of_range(
    value: i64,
    at: NodeId,
    name: Arguments,
    range: &Range,
) -> Option<Diagnostic> {
    if range.contains(value) {
        return None;
    }
    let (what, min, max) = (range.what, range.min, range.max);
    if min == max {
        let message = format!("unsupported {what} {value}; this errcat reads version {min}");
        return Some(Diagnostic::of(range.rule, at, message));
    }
    let message = format!("{name} must be {what}, not {value}");
    Some(Diagnostic::new(range.rule, at, message, format!("use a number from {min} to {max}")))
}

/// The diagnostic about a text that doesn't have a form. `kind` is the form, or a choice of it and others.
pub(super) fn wrong_form(text: &str, at: NodeId, form: &Form, kind: &Kind) -> Option<Diagnostic> {
    if (form.holds)(text) {
        return None;
    }
    let narrow = form;
    let form = form.within.filter(|wider| !(wider.holds)(text)).unwrap_or(form);
    if text.is_empty() {
        let message = format!("an empty text is not {}", form.what);
        return Some(Diagnostic::new(form.rule, at, message, example(form)));
    }
    let (reason, plain) = match slip(text) {
        Some((slip, plain)) => (Some(slip), plain),
        None => (form.flaw.and_then(|flaw| flaw(text)), text.to_owned()),
    };
    let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
    let message = format!("{} is not {}{reason}", shown(text), form.what);
    let help = match (respelled(&plain, narrow), meant(&plain, kind)) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, Some(meant)) => instead(text, &meant),
        (None, None) => example(form),
    };
    Some(Diagnostic::new(form.rule, at, message, help))
}

/// What a person can't see, or takes for a quote, in a text that should be something else; and the text
/// without it.
fn slip(text: &str) -> Option<(String, String)> {
    let plain = chars::without_odd_spaces(text);
    if plain != text {
        let c = text.chars().find(|&c| chars::is_odd_space(c))?;
        return Some((format!("it contains {}", chars::named(c)), plain));
    }
    if let Some(inside) = chars::in_typographic_quotes(text) {
        return Some(("it is in typographic quotes".to_owned(), inside.to_owned()));
    }
    let plain = text.strip_suffix([',', ';'])?;
    let sign = if text.ends_with(',') { "comma" } else { "semicolon" };
    Some((format!("it ends with a {sign}"), plain.to_owned()))
}

fn example(form: &Form) -> String {
    format!("{}, for example `{}`", form.rule.fix, form.example)
}

/// The diagnostic about a field that doesn't exist here.
pub(super) fn unknown_field(
    name: &str,
    at: NodeId,
    value: &Node,
    mapping: &Mapping,
    free: &[&'static str],
    elsewhere: Option<&Mapping>,
) -> Diagnostic {
    let meant = field_meant(name, value, free);
    if let (Some(meant), Value::Null) = (meant, &value.value)
        && let Some(rest) = name.strip_prefix(meant)
        && rest.starts_with([' ', ':', '='])
    {
        let what = if rest.starts_with(':') { "a space" } else { "a colon" };
        let fixed = format!("{meant}: {}", rest.trim_start_matches([' ', ':', '=']));
        let message = format!("{what} is missing after `{meant}`");
        return Diagnostic::new(&UNKNOWN_FIELD, at, message, format!("write `{fixed}`"));
    }
    let message = match slip(name) {
        Some((slip, _)) => format!("{} has no field {}: {slip}", mapping.what, shown(name)),
        None => format!("{} has no field {}", mapping.what, shown(name)),
    };
    let plain = plain_key(name);
    let given =
        || mapping.fields.iter().map(|field| field.name).filter(|name| !free.contains(name));
    let help = match (meant, elsewhere, suggest::nearest(&plain, given())) {
        (Some(meant), ..) => format!("did you mean `{meant}`?"),
        (None, Some(other), _) => {
            let holder = mapping.fields.iter().find(|field| field.kind.is_of(other));
            let place = match holder {
                Some(field) => format!("write it below `{}:`", field.name),
                None => "check the indentation".to_owned(),
            };
            format!("`{name}` is a field of {}: {place}", other.what)
        }
        (None, None, Some(given)) => {
            format!("did you mean `{given}`? It is given already: remove one of the two")
        }
        (None, None, None) if free.is_empty() => "remove it: all fields are given".to_owned(),
        (None, None, None) => suggest::help(&plain, free.iter().copied()),
    };
    Diagnostic::new(&UNKNOWN_FIELD, at, message, help)
}

/// The diagnostic about the required fields that a mapping lacks.
pub(super) fn missing_fields(at: NodeId, mapping: &Mapping, missing: &[&Field]) -> Diagnostic {
    let message = match missing {
        [one] => format!("{} needs the field `{}`", mapping.what, one.name),
        _ => format!("{} needs the fields {}", mapping.what, names(missing)),
    };
    Diagnostic::new(&MISSING_FIELD, at, message, required(missing))
}

/// The diagnostic about an unknown field where a required one is missing.
pub(super) fn other_field(
    name: &str,
    at: NodeId,
    mapping: &Mapping,
    missing: &[&Field],
) -> Diagnostic {
    let what = mapping.what;
    let message = format!("{what} has no field {}, but needs {}", shown(name), names(missing));
    let help = match missing {
        [one] => format!("did you mean `{}`? It says {}", one.name, one.about),
        _ => required(missing),
    };
    Diagnostic::new(&UNKNOWN_FIELD, at, message, help)
}

fn names(fields: &[&Field]) -> String {
    let names: Vec<String> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
    words::joined(&names, " and ")
}

/// How to write fields that are missing.
fn required(missing: &[&Field]) -> String {
    let lines = missing.iter().map(|Field { name, kind, about, .. }| {
        let line = match kind {
            Kind::Integer(range) if range.min == range.max => format!("`{name}: {}`", range.min),
            Kind::Form(form) => format!("`{name}: {}`", form.example),
            Kind::Boolean => format!("`{name}: true` or `{name}: false`"),
            Kind::Structure(example) => format!("`{name}: {example}`"),
            _ => format!("`{name}: …`"),
        };
        if missing.len() == 1 { format!("add a line such as {line}: {about}") } else { line }
    });
    let lines: Vec<String> = lines.collect();
    if lines.len() == 1 {
        lines.concat()
    } else {
        format!("add lines such as {}", lines.join(", "))
    }
}

/// The diagnostic about a file that is probably another one: it lacks most of what it must have, and has
/// other things.
pub(super) fn another_file(
    at: NodeId,
    table: &Mapping,
    missing: &[&Field],
    unknown: &[(&str, NodeId, &Node)],
) -> Diagnostic {
    let names =
        |names: &mut dyn Iterator<Item = &str>| names.map(shown).collect::<Vec<_>>().join(", ");
    let missing = names(&mut missing.iter().map(|field| field.name));
    let others = names(&mut unknown.iter().map(|(name, ..)| *name).take(3));
    let message = format!("this is not {}: it has {others}, but not {missing}", table.what);
    let help = format!("name another file, or give this one the fields {missing}");
    Diagnostic::new(&MISSING_FIELD, at, message, help)
}
