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
    /// A text, or the status where there is none.
    TextOrStatus,
}

/// A body, and what errors may say about it.
pub(super) struct Body {
    pub json: Value,
    /// The placeholders with their types, those in lists included.
    pub placeholders: BTreeMap<String, &'static str>,
    /// The lists that errors may name in their params, and the placeholders that may have values.
    pub lists: Vec<String>,
    pub outer: BTreeSet<String>,
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
    "retry_advice",
    "retry_after",
    "caused_by",
    "source",
    "cause",
    "detect",
    "matches",
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
    /// Every name of a placeholder or list.
    names: BTreeSet<String>,
    placeholders: BTreeMap<String, &'static str>,
    /// The key of each list, and whether errors may name it.
    lists: Vec<(String, bool)>,
    /// The placeholders of the body, and those of each list around this place.
    scopes: Vec<BTreeSet<String>>,
    has_docs: bool,
    has_wait: bool,
}

/// A random body. The code is in it unless statuses tell errors apart.
pub(super) fn random(pick: &mut Pick, key: Key, has_docs: bool) -> Body {
    let mut tree = Tree {
        pick,
        names: BTreeSet::new(),
        placeholders: BTreeMap::new(),
        lists: Vec::new(),
        scopes: vec![BTreeSet::new()],
        has_docs,
        has_wait: false,
    };
    let is_list = tree.pick.one_in(6);
    let mut body = if is_list { Map::new() } else { tree.object(0) };
    if tree.pick.one_in(2) {
        // A text may also come before the value that has the type.
        body = body.into_iter().rev().collect();
    }
    if !is_list && tree.pick.one_in(10) {
        let mut deep = json!({"deepest?": "<deepest>"});
        let levels = tree.pick.below(18);
        for level in 0..levels {
            deep = if level % 3 == 0 && levels < 9 {
                json!({"list": [deep]})
            } else {
                json!({"deeper": deep})
            };
        }
        body.insert("deep?".to_owned(), deep);
        tree.placeholders.insert("deepest".to_owned(), "text");
    }
    let json = match key {
        Key::Status if is_list => tree.list_of("items", |tree| json!(tree.object(1))),
        Key::Status => json!(body),
        _ => tree.with_code(body, key, is_list),
    };
    // A list has another name than its key where two have the same.
    let all = &tree.lists;
    let is_name = |key: &str| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_unique = |key: &str| all.iter().filter(|(other, _)| other == key).count() == 1;
    let named = all.iter().filter(|(key, is_param)| *is_param && is_name(key) && is_unique(key));
    let lists = named.map(|(key, _)| key.clone()).collect();
    let outer = tree.scopes.swap_remove(0);
    Body { json, placeholders: tree.placeholders, lists, outer }
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
            let value = self.value(depth, key, optional == "?");
            object.insert(format!("{key}{optional}"), value);
        }
        object
    }

    fn value(&mut self, depth: usize, key: &str, optional: bool) -> Value {
        // The context lacks what an optional object of an item requires, so the calls couldn't give all
        // of it.
        let is_flat = self.scopes.len() > 1 && optional;
        match self.pick.below(if depth < 4 { 13 } else { 8 }) {
            0..=3 => self.whole(),
            4 => {
                let built_in = ["<status>", "<status:text>", "<meaning>", "<fix>", "<docs_url>"];
                json!(built_in[self.pick.below(4 + usize::from(self.has_docs))])
            }
            5 if !is_flat => self.text(),
            5..=7 => self.literal(),
            8 | 9 if !is_flat => Value::Object(self.object(depth + 1)),
            8 | 9 => self.whole(),
            _ => match self.pick.below(5) {
                0 => json!([self.literal_element()]),
                1 | 2 => self.list_of(key, Self::whole),
                _ => self.list_of(key, |tree| json!(tree.object(depth + 1))),
            },
        }
    }

    /// A placeholder that is a whole value.
    fn whole(&mut self) -> Value {
        let name =
            self.placeholder(&["text", "text", "integer", "number", "boolean", "any", "wait"]);
        match *self.placeholders.entry(name.clone()).or_insert("text") {
            "text" => json!(format!("<{name}>")),
            kind => json!(format!("<{name}:{kind}>")),
        }
    }

    /// A list that is a param, if its element has placeholders.
    fn list_of(&mut self, key: &str, element: impl FnOnce(&mut Self) -> Value) -> Value {
        self.scopes.push(BTreeSet::new());
        let element = element(self);
        let own = self.scopes.pop().unwrap();
        let is_param = !own.is_empty() && self.scopes.len() == 1;
        self.lists.push((key.to_owned(), is_param));
        if element.to_string().contains('<') || element.is_object() {
            json!([element])
        } else {
            json!([])
        }
    }

    /// A placeholder: a new one of one of these types, or one that is elsewhere in the body, or in the same
    /// list.
    fn placeholder(&mut self, kinds: &[&'static str]) -> String {
        let own: Vec<String> = self.scopes.last().unwrap().iter().cloned().collect();
        if self.pick.one_in(5) && !own.is_empty() {
            return self.pick.of(&own).clone();
        }
        let mut kind = *self.pick.of(kinds);
        let is_outer = self.scopes.len() == 1;
        if kind == "wait" {
            if is_outer && !self.has_wait {
                self.has_wait = true;
                self.names.insert("wait".to_owned());
                let unit = if self.pick.one_in(2) { "s" } else { "ms" };
                self.placeholders.insert("wait".to_owned(), unit);
                return "wait".to_owned();
            }
            kind = "text";
        }
        let name = self.pick.name(ODD, &mut self.names);
        self.placeholders.insert(name.clone(), kind);
        self.scopes.last_mut().unwrap().insert(name.clone());
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
                // The name alone: a text need not say the type that it has elsewhere.
                _ => format!("<{}>", self.placeholder(&["text"])),
            };
        }
        json!(text + *self.pick.of(&[".", "!", " in all", ")"]))
    }

    fn literal(&mut self) -> Value {
        if self.pick.one_in(8) {
            return self.pick.of(&[json!({}), json!([])]).clone();
        }
        self.literal_element()
    }

    /// A literal that may be the element of a list.
    fn literal_element(&mut self) -> Value {
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

    /// The body with a code in it, or with a list of errors, each with a code.
    fn with_code(&mut self, mut body: Map<String, Value>, key: Key, is_list: bool) -> Value {
        let (before, after) =
            *self.pick.of(&[("", ""), ("", ""), ("", ""), ("E", ""), ("https://x/#", "!")]);
        let code = json!(format!("{before}<code>{after}"));
        let is_whole = before.is_empty() && after.is_empty();
        let optional = if key == Key::TextOrStatus { "?" } else { "" };
        match if is_list { 0 } else { self.pick.below(6) } {
            0 | 1 => {
                // A wait belongs to the whole body, not to one error.
                self.has_wait = true;
                let more = self.list_of("more_of_it", Self::whole);
                let mut error = Map::new();
                error.insert(format!("code{optional}"), code);
                error.insert("status?".to_owned(), json!("<status>"));
                error.insert("more?".to_owned(), self.whole());
                error.insert("more_of_it?".to_owned(), more);
                if is_list {
                    return json!([error]);
                }
                body.insert("the_errors".to_owned(), json!([error]));
            }
            2 => {
                body.insert(format!("the_codes{optional}"), json!([code]));
            }
            3 => {
                let key = format!("id{optional}");
                body.insert("inner".to_owned(), json!({ key: code }));
            }
            _ => {
                body.insert(format!("the_code{optional}"), code);
            }
        }
        if is_whole && self.pick.one_in(3) {
            // Of several, the first whole one is read.
            let again = *self.pick.of(&["<code>", "see #<code>", "<status>: <code>"]);
            body.insert("again?".to_owned(), json!(again));
        }
        json!(body)
    }
}

/// An example of a type.
pub(super) fn example(pick: &mut Pick, kind: &str) -> Value {
    match kind {
        "integer" => json!(*pick.of(&[0, -1, 42, 9_007_199_254_740_991_i64])),
        "number" => json!(*pick.of(&[0.5, -1.25, 42.0, 1e21, 1e-7])),
        "s" | "ms" => json!(*pick.of(&[1, 90, 3600])),
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
