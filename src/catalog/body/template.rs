//! A text with placeholders → its parts. Bodies have such texts, and so have the values of errors.

use super::{MALFORMED_PLACEHOLDER, Part, Placeholder, Type, Unit, WAIT_PLACEHOLDER};
use crate::catalog::{forms, slips};
use crate::diagnostic::{Diagnostic, Report};
use crate::text::suggest;
use crate::yaml::{NodeId, Spanned};

/// The parts of a text: literal text and placeholders. `<<` is a `<`. `None` if a placeholder is broken,
/// which is reported.
pub(crate) fn template(text: &str, at: NodeId, report: &mut Report) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        literal += before;
        if let Some(after) = from.strip_prefix("<<") {
            literal.push('<');
            rest = after;
            continue;
        }
        let Some((inside, after)) = from.get(1..).and_then(|from| from.split_once('>')) else {
            let help = "write a `>` after the name of the placeholder, as in `<detail>`; \
                        or `<<` for a `<`";
            let message = "a `>` is missing after this `<`";
            let problem = Diagnostic::new(&MALFORMED_PLACEHOLDER, at, message, help);
            report.push(problem.about(from));
            return None;
        };
        let (placeholder, kind) = placeholder(inside, at, report)?;
        if !literal.is_empty() {
            parts.push(Part::Literal(std::mem::take(&mut literal)));
        }
        parts.push(Part::Placeholder(placeholder, kind));
        rest = after;
    }
    literal += rest;
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    let is_wait = |part: &Part| matches!(part, Part::Placeholder(_, Some(Type::Wait(_))));
    if parts.len() > 1 && parts.iter().any(is_wait) {
        let message = "a wait is a number, and can't be part of a text";
        report.push(Diagnostic::of(&WAIT_PLACEHOLDER, at, message).about("<wait:"));
        return None;
    }
    Some(parts)
}

/// The inside of `<…>`: a placeholder, and its type if it says one.
fn placeholder(
    inside: &str,
    at: NodeId,
    report: &mut Report,
) -> Option<(Placeholder, Option<Type>)> {
    let (name, kind) = match inside.split_once(':') {
        Some((name, kind)) => (name, Some(kind)),
        None => (inside, None),
    };
    let mut malformed = |message: String, help: String| {
        let problem = Diagnostic::new(&MALFORMED_PLACEHOLDER, at, message, help);
        report.push(problem.about(format!("<{inside}>")));
        None
    };
    if !(forms::PLACEHOLDER.holds)(name) {
        let reason = slips::placeholder_flaw(name).filter(|_| !name.is_empty());
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        let meant = slips::id_meant(name).map(|name| match kind {
            Some(kind) => format!("did you mean `<{name}:{}>`?", kind.trim()),
            None => format!("did you mean `<{name}>`?"),
        });
        let help = meant.unwrap_or_else(|| NAME.to_owned());
        return malformed(format!("`<{inside}>` is not a placeholder{reason}"), help);
    }
    let built_in = match name {
        "code" => Some(Placeholder::Code(at)),
        "status" => Some(Placeholder::Status),
        "meaning" => Some(Placeholder::Meaning),
        "fix" => Some(Placeholder::Fix),
        "docs_url" => Some(Placeholder::DocsUrl),
        _ => None,
    };
    let param = || Placeholder::Param(Spanned { value: name.to_owned(), at });
    let Some(kind) = kind else { return Some((built_in.unwrap_or_else(param), None)) };
    let unit = match kind {
        "s" => Some(Unit::Seconds),
        "ms" => Some(Unit::Milliseconds),
        _ => None,
    };
    match (built_in, unit) {
        (Some(Placeholder::Status), _) if kind == "text" => {
            return Some((Placeholder::Status, Some(Type::Text)));
        }
        (Some(Placeholder::Status), _) => {
            let help =
                "write `<status>` for a number, or `<status:text>` for a text such as \"404\"";
            return malformed("a status is a number or a text".to_owned(), help.to_owned());
        }
        (Some(_), _) => {
            return malformed(format!("`<{name}>` has a fixed type"), format!("write `<{name}>`"));
        }
        (None, Some(unit)) if name == "wait" => return Some((param(), Some(Type::Wait(unit)))),
        (None, Some(_)) => {
            let help = format!(
                "write `<wait:{kind}>` if clients shall wait so long before a retry, \
                 otherwise `<{name}:number>`"
            );
            return malformed(format!("only `<wait:{kind}>` has a unit"), help);
        }
        (None, None) => {}
    }
    let Some((_, kind)) = TYPES.iter().find(|(known, _)| *known == kind) else {
        let other = OTHER_TYPES.iter().find(|(names, _)| names.contains(&kind.trim()));
        let help = match other {
            _ if name == "wait" => {
                "write `<wait:s>` for seconds, or `<wait:ms>` for milliseconds".to_owned()
            }
            Some((_, meant)) => format!("did you mean `<{name}:{meant}>`?"),
            None => suggest::help(kind.trim(), TYPES.iter().map(|(known, _)| *known)),
        };
        return malformed(format!("`{kind}` is not a type"), help);
    };
    Some((param(), Some(*kind)))
}

const NAME: &str = "write a name between `<` and `>`, such as `<code>` or `<detail>`; \
                    a type can follow, as in `<limit:integer>`; write `<<` for a `<`";

/// What other languages call these types.
const OTHER_TYPES: &[(&[&str], &str)] = &[
    (&["string", "str", "String"], "text"),
    (&["int", "Integer", "i64", "u64", "long"], "integer"),
    (&["float", "double", "decimal", "f64"], "number"),
    (&["bool", "Boolean"], "boolean"),
    (&["json", "object", "array", "value", "unknown"], "any"),
];

const TYPES: &[(&str, Type)] = &[
    ("text", Type::Text),
    ("integer", Type::Integer),
    ("number", Type::Number),
    ("boolean", Type::Boolean),
    ("any", Type::Any),
];
