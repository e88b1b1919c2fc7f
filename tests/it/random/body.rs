//! Random bodies, and values for their placeholders.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::pick::Pick;
use crate::fixture;

/// What a body tells errors apart by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Text,
    Integer,
    Status,
}

/// A body, and its placeholders with their types.
pub(super) struct Body {
    pub json: Value,
    pub placeholders: BTreeMap<String, &'static str>,
}

/// Names that mean something in a language, in its standard library or in the generated code.
pub(super) const ODD: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "match",
    "async",
    "gen",
    "try",
    "dyn",
    "fn",
    "let",
    "impl",
    "abstract",
    "union",
    "str",
    "String",
    "Some",
    "Ok",
    "Err",
    "Option",
    "Result",
    "Vec",
    "Box",
    "i64",
    "bool",
    "u16",
    "core",
    "alloc",
    "std",
    "serde",
    "new",
    "clone",
    "read",
    "body",
    "entry",
    "init",
    "params",
    "rest",
    "Name",
    "status_",
    "code_",
    "with_status",
    "to_string",
    "verdict",
    "fits",
    "error",
    "class",
    "delete",
    "then",
    "arguments",
    "eval",
    "await",
    "yield",
    "enum",
    "interface",
    "undefined",
    "NaN",
    "Infinity",
    "null",
    "true",
    "void",
    "this",
    "present",
    "whole",
    "listOf",
    "joined",
    "asText",
    "at",
    "def",
    "lambda",
    "pass",
    "from",
    "import",
    "global",
    "nonlocal",
    "elif",
    "except",
    "raise",
    "with",
    "print",
    "list",
    "dict",
    "int",
    "is",
    "not",
    "and",
    "or",
    "in",
    "value",
    "text",
    "number",
    "slot",
    "write",
    "f",
    "fmt",
    "Code",
    "ApiError",
    "Entry",
    "Params",
    "SHAPE",
    "name",
    "length",
    "prototype",
    "errors",
    "response",
];

/// Keys that mean something somewhere, or need quotes.
const KEYS: &[&str] = &[
    "error",
    "detail",
    "title",
    "status",
    "code",
    "message",
    "errors",
    "meta",
    "type",
    "constructor",
    "toString",
    "then",
    "toJSON",
    "length",
    "a b",
    "a-b",
    "1",
    "é",
    "错误",
    "$id",
    "@context",
    "x\"y",
    "x'y",
    "x\\y",
    "x`y",
    "${x}",
    "{{x}}",
    "#",
    "true",
    "null",
    "~",
    "/",
    "Param",
    "self",
    "~1",
    "%",
    "é\u{a0}",
];

struct Tree<'p> {
    pick: &'p mut Pick,
    names: BTreeSet<String>,
    placeholders: BTreeMap<String, &'static str>,
    has_docs: bool,
}

/// A random body. The code is in it unless statuses tell errors apart.
pub(super) fn random(pick: &mut Pick, key: Key, has_docs: bool) -> Body {
    let mut tree = Tree { pick, names: BTreeSet::new(), placeholders: BTreeMap::new(), has_docs };
    let mut body = tree.object(0);
    if tree.pick.one_in(2) {
        // A text may also come before the value that has the type.
        body = body.into_iter().rev().collect();
    }
    if key != Key::Status {
        tree.add_code(&mut body);
    }
    if tree.pick.one_in(10) {
        let mut deep = json!({"deepest?": "<deepest>"});
        for level in 0..tree.pick.below(28) {
            deep = if level % 3 == 0 { json!([deep]) } else { json!({"deeper": deep}) };
        }
        body.insert("deep?".to_owned(), deep);
        tree.placeholders.insert("deepest".to_owned(), "text");
    }
    Body { placeholders: tree.placeholders, json: Value::Object(body) }
}

impl Tree<'_> {
    fn object(&mut self, depth: usize) -> Map<String, Value> {
        let mut object = Map::new();
        let least = usize::from(!self.pick.one_in(12));
        for _ in 0..self.pick.count(least, 40) {
            let key = *self.pick.of(KEYS);
            if object.contains_key(key) || object.contains_key(&format!("{key}?")) {
                continue;
            }
            let optional = if self.pick.one_in(2) { "?" } else { "" };
            let value = self.value(depth);
            object.insert(format!("{key}{optional}"), value);
        }
        object
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.pick.below(if depth < 4 { 12 } else { 8 }) {
            0..=3 => {
                let name = self.placeholder(&["text", "text", "integer", "boolean", "any"]);
                match *self.placeholders.entry(name.clone()).or_insert("text") {
                    "text" => json!(format!("<{name}>")),
                    kind => json!(format!("<{name}:{kind}>")),
                }
            }
            4 => {
                let built_in = ["<status>", "<meaning>", "<fix>", "<docs_url>"];
                json!(built_in[self.pick.below(3 + usize::from(self.has_docs))])
            }
            5 => self.text(),
            6 | 7 => self.literal(),
            8 | 9 => Value::Object(self.object(depth + 1)),
            _ => json!([self.value(depth + 1)]),
        }
    }

    /// A placeholder: a new one of one of these types, or one that is elsewhere in the body too.
    fn placeholder(&mut self, kinds: &[&'static str]) -> String {
        if self.pick.one_in(5) && !self.placeholders.is_empty() {
            let names: Vec<String> = self.placeholders.keys().cloned().collect();
            return self.pick.of(&names).clone();
        }
        let name = self.pick.name(ODD, &mut self.names);
        let kind = *self.pick.of(kinds);
        self.placeholders.insert(name.clone(), kind);
        name
    }

    /// A text with placeholders in it.
    fn text(&mut self) -> Value {
        let mut text = String::new();
        for _ in 0..=self.pick.below(3) {
            text += *self.pick.of(&["at ", "\"", "é ", "{", "https://acme.dev/#", "", "`", "\\ "]);
            text += &match self.pick.below(3) {
                0 => "<meaning>".to_owned(),
                1 => "<status>".to_owned(),
                // The name alone: a text says nothing about the type that it has elsewhere.
                _ => format!("<{}>", self.placeholder(&["text"])),
            };
        }
        json!(text + *self.pick.of(&[".", "!", " in all", ")"]))
    }

    fn literal(&mut self) -> Value {
        let numbers = [
            json!(0),
            json!(-1),
            json!(7),
            json!(1.5),
            json!(-0.25),
            json!(1e21),
            json!(1e-7),
            json!(100_000),
            json!(9_007_199_254_740_991_i64),
            json!(true),
            json!(false),
            Value::Null,
        ];
        if self.pick.one_in(2) {
            return self.pick.of(&numbers).clone();
        }
        let texts: Vec<String> =
            fixture::accepted().into_iter().filter(|text| !text.contains('<')).collect();
        json!(self.pick.of(&texts))
    }

    fn add_code(&mut self, body: &mut Map<String, Value>) {
        let (before, after) =
            *self.pick.of(&[("", ""), ("", ""), ("", ""), ("E", ""), ("https://x/#", "!")]);
        let code = json!(format!("{before}<code>{after}"));
        match self.pick.below(4) {
            0 => {
                body.insert(
                    "the_errors".to_owned(),
                    json!([{"code": code, "more?": "<more_of_it>"}]),
                );
                self.placeholders.insert("more_of_it".to_owned(), "text");
            }
            1 => {
                body.insert("inner".to_owned(), json!({"id": code}));
            }
            _ => {
                body.insert("the_code".to_owned(), code);
            }
        }
    }
}

/// An example of a type.
pub(super) fn example(pick: &mut Pick, kind: &str) -> Value {
    match kind {
        "integer" => json!(*pick.of(&[0, -1, 42, 9_007_199_254_740_991_i64])),
        "boolean" => json!(pick.one_in(2)),
        "any" => {
            let text = pick.text();
            pick.of(&[
                json!(null),
                json!(0),
                json!([]),
                json!({}),
                json!(false),
                json!({"a b": [1.5, null], "é": text}),
                json!([[text]]),
                json!(text),
                json!("null"),
                json!(1e21),
                json!(""),
            ])
            .clone()
        }
        _ => json!(pick.text()),
    }
}
