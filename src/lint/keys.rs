//! Rules about the keys of bodies and samples.

use super::Check;
use crate::catalog::Catalog;
use crate::catalog::values::Content;
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::json::Json;
use crate::yaml::NodeId;

pub(super) const CHECKS: &[&Check] = &[&KEY_LENGTH, &RESERVED_KEY];

/// YAML limits a key to 1024 characters, and each escape takes several.
const MAX_KEY: usize = 200;

const KEY_LENGTH: Check = Check {
    rule: Rule {
        name: "key-length",
        what: "a key of a body, value or sample that is empty or longer than 200 characters",
        why: "an empty key can't become an identifier, and YAML limits the length of keys",
        fix: "leave it out: readers ignore members that the body doesn't have",
        bad: "body: {error: <code>, \"\": <detail>}",
        good: "body: {error: <code>}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        each_key(catalog, &mut |key, at| {
            let message = match key.chars().count() {
                0 => "a key is empty".to_owned(),
                1..=MAX_KEY => return,
                _ => format!("a key is longer than {MAX_KEY} characters"),
            };
            report.push(Diagnostic::of(rule, at, message));
        });
    },
};

const RESERVED_KEY: Check = Check {
    rule: Rule {
        name: "reserved-key",
        what: "a key `__proto__` or `$ref` in a body, value or sample",
        why: "in JavaScript, `__proto__` sets an object's prototype, and OpenAPI tools follow `$ref`",
        fix: "leave it out: readers ignore members that the body doesn't have",
        bad: "body: {error: <code>, $ref: <link>}",
        good: "body: {error: <code>}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        each_key(catalog, &mut |key, at| {
            if ["__proto__", "$ref"].contains(&key) {
                let message = format!("the key `{key}` has a special meaning to tools");
                report.push(Diagnostic::of(rule, at, message));
            }
        });
    },
};

/// Calls a function with every key of every body, value and sample. A key within one of the latter has
/// the place of its name.
fn each_key(catalog: &Catalog, with: &mut dyn FnMut(&str, NodeId)) {
    for surface in &catalog.surfaces {
        if let Some(body) = &surface.shape.body {
            body.each_member(&mut |member| with(&member.key, member.at));
        }
        if let Some(example) = &surface.shape.example {
            each_key_of(&example.value, example.at, with);
        }
        for value in surface.errors.iter().flat_map(|entry| &entry.values) {
            if let Content::Data(json) = &value.content {
                each_key_of(json, value.name.at, with);
            }
        }
        for param in surface.errors.iter().flat_map(|entry| &entry.params) {
            if let Some(example) = &param.example {
                each_key_of(example, param.name.at, with);
            }
        }
    }
}

fn each_key_of(sample: &Json, at: NodeId, with: &mut dyn FnMut(&str, NodeId)) {
    match sample {
        Json::Object(members) => {
            for (key, value) in members.iter() {
                with(key, at);
                each_key_of(value, at, with);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| each_key_of(item, at, with)),
        _ => {}
    }
}
