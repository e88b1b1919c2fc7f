//! Rules about the codes of errors, and the `<code>` of the body.

use super::{Check, repeats};
use crate::catalog::body::{Body, Shape};
use crate::catalog::{Code, Key, Optional, Surface};
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::json::Number;
use crate::text::suggest;
use crate::yaml::NodeId;

pub(super) const CHECKS: &[&Check] =
    &[&DUPLICATE_CODE, &MISSING_CODE, &MIXED_CODES, &UNEXPECTED_CODE];

const DUPLICATE_CODE: Check = Check {
    rule: Rule {
        name: "duplicate-code",
        what: "two errors of one surface with the same code",
        why: "clients recognize an error by its code alone",
        fix: "rename one of the two, or merge them",
        bad: "- {code: not_found, …}\n- {code: not_found, …}",
        good: "- {code: not_found, …}\n- {code: key_not_found, …}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            for (code, first) in repeats(surface.codes()) {
                let message = format!("the code `{}` is listed twice", code.value);
                let problem = Diagnostic::of(rule, code.at, message);
                report.push(problem.also(first.at, "first listed here"));
            }
        }
    },
};

const MISSING_CODE: Check = Check {
    rule: Rule {
        name: "missing-code",
        what: "an error without a code on a surface with `<code>` in its body",
        why: "servers could not fill in the body, and clients could not recognize the error",
        fix: "add a line `code: …`; or write `key?: <code>` in the body, if some errors have no code",
        bad: "body: {error: <code>}\nerrors: [{status: 404, …}]",
        good: "body: {error: <code>}\nerrors: [{code: not_found, status: 404, …}]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let (Some(place), Some(Key::Code)) = (surface.shape.code(), surface.key()) else {
                continue;
            };
            let without: Vec<_> =
                surface.errors.iter().filter(|entry| entry.code.is_absent()).collect();
            if without.len() > 1 && without.len() == surface.errors.len() {
                let message = "the body has `<code>`, but no error of the surface has a code";
                let help = "give each error its `code`, or write another placeholder here";
                report.push(Diagnostic::new(rule, place.at, message, help));
                continue;
            }
            // An entry without a meaning lacks everything, and was reported.
            for entry in without.into_iter().filter(|entry| entry.meaning.is_some()) {
                let message = "this error has no code, but the body of its surface has `<code>`";
                let problem = Diagnostic::of(rule, entry.range.start, message);
                report.push(problem.also(place.at, "the code goes here"));
            }
        }
    },
};

const MIXED_CODES: Check = Check {
    rule: Rule {
        name: "mixed-codes",
        what: "text and integers as codes of one surface",
        why: "the code is one member of the body, and a member has one type",
        fix: "make all codes of the surface text, or all integers",
        bad: "- {code: not_found, …}\n- {code: 1002, …}",
        good: "- {code: not_found, …}\n- {code: closed, …}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let (integers, texts): (Vec<_>, Vec<_>) =
                surface.codes().partition(|code| code.value.is_integer());
            // The minority is wrong. If both are equally many, those that come later are.
            let starts_with_text =
                texts.first().map(|code| code.at) < integers.first().map(|code| code.at);
            let are_fewer =
                texts.len() < integers.len() || texts.len() == integers.len() && !starts_with_text;
            // `007` can't be written as an integer, however many others are.
            let texts_are_few =
                are_fewer && !texts.iter().any(|code| is_digits_of_text(&code.value));
            let (few, many) = if texts_are_few { (texts, integers) } else { (integers, texts) };
            let (Some(wrong), Some(first)) = (few.first(), many.first()) else { continue };
            let (message, help) = match wrong.value {
                Code::Integer(_) => (
                    "this code is an integer, but others of the surface are text",
                    if few.len() == 1 { "put it in quotes" } else { "put each code in quotes" },
                ),
                Code::Text(_) => (
                    "this code is text, but others of the surface are integers",
                    "write an integer, without quotes",
                ),
            };
            let problem = Diagnostic::new(rule, wrong.at, message, help);
            report.push(problem.also(first.at, "one of the others"));
        }
    },
};

/// Whether a code begins like a number but isn't one, such as `007`.
fn is_digits_of_text(code: &Code) -> bool {
    let Code::Text(text) = code else { return false };
    let is_integer = text.parse().is_ok_and(|number: i64| number.to_string() == **text);
    text.starts_with(|c: char| c.is_ascii_digit()) && !is_integer
}

const UNEXPECTED_CODE: Check = Check {
    rule: Rule {
        name: "unexpected-code",
        what: "a code on a surface without `<code>` in its body",
        why: "no response would contain it",
        fix: "remove the code, or add `<code>` to the body",
        bad: "body: {message: <message>}\nerrors: [{code: not_found, …}]",
        good: "body: {error: <code>, message: <message>}\nerrors: [{code: not_found, …}]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in catalog.surfaces.iter().filter(|surface| surface.key() == Some(Key::Status))
        {
            let Some(body) = &surface.shape.body else { continue };
            if body_lacks_one(surface) {
                // Then the body is the only mistake.
                let message = format!(
                    "the body has no `<code>`, but {} of {} errors have a code",
                    with_code(surface),
                    surface.errors.len()
                );
                let name = |name: &str| name.to_lowercase();
                let meant = body.params().into_iter().find(|param| {
                    suggest::nearest(&name(param.name), ["code", "error_code"]).is_some()
                });
                report.push(if let Some((key, at, code)) = pasted_code(surface, body) {
                    let help = format!("write `{key}: <code>`; `{code}` is the code of one error");
                    Diagnostic::new(rule, at, message, help)
                } else if let Some(param) = meant {
                    let help = format!("did you mean `<code>` instead of `<{}>`?", param.name);
                    let problem = Diagnostic::new(rule, param.at, message, help);
                    problem.about(format!("<{}", param.name))
                } else {
                    let help = "write `<code>` where the body has the code, as in `error: <code>`";
                    Diagnostic::new(rule, body.at, message, help)
                });
                continue;
            }
            for code in surface.codes() {
                let message = "this error has a code, but the body of its surface has no `<code>`";
                let help = "remove the code (a `name` can stay), or add `<code>` to the body";
                report
                    .push(Diagnostic::new(rule, code.at, message, help).also(body.at, "the body"));
            }
        }
    },
};

/// A member that always holds the code of one error, as in a response that was pasted: its key, its place
/// and the code.
fn pasted_code(surface: &Surface, body: &Body) -> Option<(String, NodeId, String)> {
    let mut found = None;
    body.each_member(&mut |member| {
        let Shape::Literal(literal) = &member.shape else { return };
        let is_it = |code: &Code| match code {
            Code::Text(text) => literal.as_str() == Some(&**text),
            Code::Integer(number) => literal.as_number().and_then(Number::as_i64) == Some(*number),
        };
        if let Some(code) = surface.codes().find(|code| is_it(&code.value)) {
            found = Some((member.key.clone(), member.at, code.value.to_string()));
        }
    });
    found
}

fn with_code(surface: &Surface) -> usize {
    surface.errors.iter().filter(|entry| !matches!(entry.code, Optional::Absent)).count()
}

/// Whether the body lacks a `<code>`, because most errors have a code. The rule unexpected-code says so.
pub(super) fn body_lacks_one(surface: &Surface) -> bool {
    surface.key() == Some(Key::Status) && with_code(surface) * 2 > surface.errors.len()
}
