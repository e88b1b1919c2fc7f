//! The hostile catalogs: every text of `escape/hostile-strings.json` and of our own list next to it
//! in every field for text, and every code of `escape/odd-codes.json`. They are written as JSON,
//! which is also YAML, so that a tool in any language can read what the outputs must say.
//! [`crate::texts`] writes them below target/, where the Rust, Node and Python tests find them.
//!
//! No two fields that a person compares have the same text: rules may object to that.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// The texts of both lists that are `accepted` in a catalog, or `refused` by a rule.
fn texts(kind: &str) -> Vec<String> {
    let lists = [
        include_str!("escape/hostile-strings.json"),
        include_str!("escape/more-hostile-strings.json"),
    ];
    let mut texts: Vec<String> = Vec::new();
    for list in lists {
        let list: Value = serde_json::from_str(list).unwrap();
        texts.extend(
            list[kind].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().into()),
        );
    }
    texts
}

pub(crate) fn accepted() -> Vec<String> {
    texts("accepted")
}

pub(crate) fn refused() -> Vec<String> {
    texts("refused")
}

/// Hands out every text in turn, over and over.
struct Turn {
    texts: Vec<String>,
    next: usize,
}

impl Turn {
    /// The texts that are valid in a place.
    fn of(is_valid: impl Fn(&str) -> bool) -> Self {
        Self { texts: accepted().into_iter().filter(|text| is_valid(text)).collect(), next: 0 }
    }

    fn next(&mut self) -> String {
        self.next += 1;
        self.texts[(self.next - 1) % self.texts.len()].clone()
    }
}

/// Whether a text can be a literal in a body, where `<` starts a placeholder.
fn is_literal(text: &str) -> bool {
    !text.contains('<')
}

/// Whether a text can be the key of a member. A `?` at its end would make the member optional.
fn is_key(text: &str) -> bool {
    is_literal(text) && text != "__proto__" && !text.ends_with('?') && text.chars().count() <= 200
}

/// Whether a text can be a code: one line without outer space and characters that nobody sees.
fn is_code(text: &str) -> bool {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let is_outer =
        |c: char| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}');
    (1..=200).contains(&text.chars().count())
        && text.trim_matches(is_outer) == text
        && !text.contains(is_hidden)
}

/// A text without what can't be in the path of an operation.
fn path(text: &str) -> String {
    let cannot_be = |c: &char| {
        c.is_whitespace()
            || matches!(
                c,
                '?' | '#'
                    | '{'
                    | '}'
                    | '\u{ad}'
                    | '\u{180e}'
                    | '\u{200b}'
                    | '\u{2060}'
                    | '\u{feff}'
            )
    };
    text.chars().filter(|c| !cannot_be(c)).take(200).collect()
}

/// Whether a text can introduce a sample.
fn is_clause(text: &str) -> bool {
    !text.ends_with(['.', ':', '!', '?', ';', ','])
}

/// The catalog with every text in every field of an error, and with every odd code.
pub(crate) fn catalog() -> Value {
    let texts = accepted();
    let tags: Map<String, Value> =
        (0..).zip(&texts).map(|(i, text)| (format!("g{i}"), json!(text))).collect();
    let mut surfaces = vec![errors(&texts), keys(), nested(), statuses()];
    surfaces.extend(methods());
    surfaces.extend([codes_as_they_are(&texts), retired(&texts)]);
    surfaces.extend(codes());
    surfaces.extend((0..).zip(texts.chunks(8)).map(|(i, _)| head(i)));
    json!({
        "errcat": 1,
        "product": "Hostile",
        "version": "1.0.0",
        "allow": ["doc-markup", "near-code"],
        "title": texts[0],
        "intro": texts[1],
        "docs": "https://docs.example/errors?a='*/&b=`c`&d={{e}}",
        "contact": {"name": texts[2], "url": "https://example.com/?a=%22'*/${b}", "email": "a'*/`${b}@example.com"},
        "license": texts[3],
        "retry": {"statuses": [429, "5xx"], "initial": "1s", "max": "30s", "retries": 6},
        "tags": tags,
        "surfaces": surfaces,
    })
}

/// Every text in every field of an error. The texts of one error all differ.
fn errors(texts: &[String]) -> Value {
    let at = |i: usize| texts[i % texts.len()].as_str();
    let errors: Vec<Value> = (0..texts.len())
        .map(|i| {
            let retryable = i % 3 == 0;
            let mut error = json!({
                "code": format!("c{i}"),
                "status": if retryable { 503 } else { 400 },
                "meaning": at(i),
                "fix": at(i + 1),
                "retryable": retryable,
                "doc": format!("{}\n\n{}\n\n- {}\n- {}\n\nx\n1. {}\n2. {}", at(i + 2), at(i + 3), at(i + 16), at(i + 17), at(i + 18), at(i + 19)),
                "see": [format!("https://a{i}.example/_b_/~c~/@d(e)?f=g&h=--i"), "http://localhost:8080"],
                "params": {
                    "detail": {"meaning": at(i + 4), "example": at(i + 5)},
                    "extra": {"meaning": at(i + 6), "example": {"key": at(i + 7), "list": [at(i + 8), 1.5]}},
                    "plain": at(i + 9),
                },
                "values": {
                    "fixed": escaped(at(i + 11)),
                    "told": format!("{}<detail>{}", escaped(at(i + 12)), escaped(at(i + 13))),
                    "data": {"key": at(i + 14), "list": [at(i + 15), null]},
                },
                "tags": [format!("g{i}")],
                "meta": {"name": at(i), format!("k{}", path(at(i))): [at(i)]},
            });
            if i % 2 == 0 {
                error["deprecated"] = json!({"since": "1.0.0", "use": "c1", "note": at(i + 10)});
            }
            error
        })
        .collect();
    let retired: Vec<Value> =
        (0..texts.len()).map(|i| json!({"code": format!("r{i}"), "note": at(i)})).collect();
    let operation = |i: usize| (format!("GET /{i}/{}", path(at(i))), json!([format!("c{i}")]));
    let operations: Map<String, Value> = (0..texts.len()).map(operation).collect();
    json!({
        "id": "texts",
        "title": "Texts",
        "shape": {
            "body": {"error": "<code>", "about": "<meaning>", "detail?": "<detail>", "plain?": "<plain>", "extra?": "<extra:any>", "fixed?": "<fixed>", "told?": "<told>", "data?": "<data:any>"},
        },
        "errors": errors,
        "retired": retired,
        "operations": operations,
    })
}

/// A text as a value of an error, where `<` starts a placeholder.
fn escaped(text: &str) -> String {
    text.replace('<', "<<")
}

/// Every text that can be a code, as a code. Where the names of two would clash, one has another name.
fn codes_as_they_are(texts: &[String]) -> Value {
    let mut idents = BTreeSet::new();
    let codes = texts.iter().filter(|text| is_code(text));
    let errors: Vec<Value> = (0..)
        .zip(codes)
        .map(|(i, code)| {
            let mut error = plain(code, &format!("The code number {i}"));
            let letters = code.chars().filter(char::is_ascii_alphanumeric);
            let ident = letters.collect::<String>().to_lowercase();
            if ident.is_empty() || !idents.insert(ident) {
                error["name"] = json!(format!("name_of_code_{i}"));
            }
            error
        })
        .collect();
    json!({"id": "as_they_are", "title": "Codes as they are", "shape": {"body": {"error": "<code>", "in": "/*<code>*/"}}, "errors": errors})
}

/// Every text that can be a code, as a retired code.
fn retired(texts: &[String]) -> Value {
    let codes = texts.iter().filter(|text| is_code(text));
    let retired: Vec<Value> = codes.map(|code| json!({"code": code})).collect();
    json!({"id": "retired", "title": "Retired", "shape": {"body": {"error": "<code>"}}, "errors": [plain("broken", "Broken")], "retired": retired})
}

/// A body with every text that can be a key or a literal.
fn keys() -> Value {
    let mut keys = Turn::of(is_key);
    let mut literals = Turn::of(|text| is_literal(text) && text.chars().count() <= 200);
    let mut body = json!({"error": "<code>"});
    for i in 0..keys.texts.len() {
        let value = match i % 4 {
            0 => json!(literals.next()),
            1 => json!(format!("{}<p{i}>{}", literals.next(), literals.next())),
            2 => {
                json!({keys.texts[i].as_str(): [format!("<q{i}>")], literals.next().replace('?', ""): true})
            }
            _ => json!([format!("<r{i}>")]),
        };
        let optional = if i % 3 == 0 { "?" } else { "" };
        body[format!("{}{optional}", keys.next())] = value;
    }
    json!({"id": "keys", "title": "Keys", "shape": {"body": body}, "errors": [plain("broken", "Broken")]})
}

/// A body with its code deep inside, behind keys that every JavaScript object has.
fn nested() -> Value {
    let body = json!({
        "constructor": "<x>",
        "*/ \"a`": "<any:any>",
        "toJSON": "<t>",
        "e": [{"toString": "<code>", "valueOf": {"a b": ["<n:integer>"], "a-b?": "<y>", "a b 2?": "<z>"}}],
        "a b?": {"c?": "<u>"},
        "a-b?": {"c?": "<v>"},
        "a b2?": {"c?": "<w>"},
    });
    json!({"id": "nested", "title": "Nested", "shape": {"body": body}, "errors": [plain("broken", "Broken")]})
}

/// Errors identified by their status, with odd names.
fn statuses() -> Value {
    let names = ["constructor", "type", "self", "null", "a.b-c:d/e"];
    let errors: Vec<Value> = (400..)
        .zip(names)
        .map(|(status, name)| {
            let mut error = plain(name, &format!("Named {name}"));
            error.as_object_mut().unwrap().remove("code");
            error["name"] = json!(name);
            error["status"] = json!(status);
            error
        })
        .collect();
    json!({"id": "statuses", "title": "Statuses", "shape": {"body": {"message": "<message>"}}, "errors": errors})
}

/// Bodies whose placeholders have the names of methods that errors have in Rust: with a code, without one,
/// and with a list of errors.
fn methods() -> Vec<Value> {
    let mut values = json!({});
    let taken = crate::methods::taken();
    for name in taken.iter().filter(|name| !name.starts_with("with_")) {
        // `<status>` is filled in, but `<status_>` becomes the same identifier.
        values[name] = json!(format!("<{name}_>"));
        values[format!("set_{name}?")] = json!(format!("<with_{name}:integer>"));
    }
    let mut without_code = plain("broken", "Broken");
    without_code.as_object_mut().unwrap().remove("code");
    let of_code = ("methods", json!({"fault": "<code>"}), plain("broken", "Broken"));
    let of_status = ("methods_by_status", json!({}), without_code);
    let of_several =
        ("methods_of_several", json!({"faults": [{"fault": "<code>"}]}), plain("broken", "Broken"));
    [of_code, of_status, of_several]
        .into_iter()
        .map(|(id, mut body, error)| {
            body.as_object_mut().unwrap().extend(values.as_object().unwrap().clone());
            json!({"id": id, "title": id, "shape": {"body": body}, "errors": [error]})
        })
        .collect()
}

/// The odd codes, spread over surfaces so that no two on one surface become the same identifier.
/// On the last surface they are names of numeric codes.
fn codes() -> Vec<Value> {
    let lists: Map<String, Value> =
        serde_json::from_str(include_str!("escape/odd-codes.json")).unwrap();
    let codes = lists.values().filter_map(Value::as_array).flatten();
    let mut surfaces: Vec<(BTreeSet<String>, Vec<&str>)> = Vec::new();
    for code in codes.map(|code| code.as_str().unwrap()) {
        let letters = code.chars().filter(char::is_ascii_alphanumeric);
        let ident: String = letters.collect::<String>().to_lowercase();
        match surfaces.iter_mut().find(|(idents, _)| !idents.contains(&ident)) {
            Some((idents, codes)) => {
                idents.insert(ident);
                codes.push(code);
            }
            None => surfaces.push((BTreeSet::from([ident]), vec![code])),
        }
    }
    let body = json!({"id": "https://x/*<code>*/", "title": "<meaning>", "fix": "<fix>", "more": "<docs_url>"});
    let mut made: Vec<Value> = (0..)
        .zip(&surfaces)
        .map(|(i, (_, codes))| {
            let errors: Vec<Value> =
                codes.iter().map(|code| plain(code, &format!("The code {code}"))).collect();
            json!({"id": format!("codes_{i}"), "title": format!("Codes {i}"), "shape": {"body": body}, "errors": errors})
        })
        .collect();
    let named: Vec<Value> = (-2_i64..)
        .zip(&surfaces[0].1)
        .map(|(number, name)| {
            let mut error = plain(name, &format!("The name {name}"));
            error["name"] = json!(name);
            error["code"] = json!(number);
            error
        })
        .collect();
    made.push(json!({"id": "numbers", "title": "Numbers", "shape": {"body": {"n": ["<code>"]}}, "errors": named}));
    made
}

/// Ids that are names of types, crates or modules elsewhere, but valid for a surface.
const IDS: &[&str] = &[
    "str",
    "u16",
    "bool",
    "char",
    "serde",
    "http",
    "axum_core",
    "serde_json",
    "string",
    "vec",
    "write",
    "duration",
    "entry",
    "code",
    "advice",
    "next_delay",
    "strategy",
    "constructor",
    "prototype",
    "object",
    "promise",
    "undefined",
    "nan",
    "window",
    "process",
    "exports",
    "eval",
    "range",
    "json",
    "test",
    "doc",
    "clippy",
    "derive",
    "alloc",
    "body",
    "core",
    "fmt",
    "http1",
    "retry_after",
    "rustfmt",
    "unknown",
    "x1",
    "a_b_c",
    "z9_",
];

/// A surface with a text in each of its own fields.
fn head(i: usize) -> Value {
    let mut any = Turn::of(|text| text.chars().count() <= 200);
    let mut clause = Turn::of(|text| is_clause(text) && text.chars().count() <= 200);
    let mut literals = Turn::of(|text| is_literal(text) && text.chars().count() <= 200);
    for turn in [&mut any, &mut clause, &mut literals] {
        turn.next = i * 8 + 1;
    }
    json!({
        "id": IDS.get(i).map_or_else(|| format!("head_{i}"), |id| (*id).to_owned()),
        // No two surfaces may have the same title.
        "title": any.texts[i],
        "intro": any.next(),
        "servers": [format!("https://example.com/{i}?a='*/&b=`c`")],
        "shape": {
            "intro": clause.next(),
            "body": {
                "error": format!("{}<code>{}", literals.next(), literals.next()),
                "literal": literals.next(),
                "about": format!("{}<meaning>{}<fix>", literals.next(), literals.next()),
            },
        },
        "errors": [plain("broken", &any.next())],
    })
}

fn plain(code: &str, meaning: &str) -> Value {
    json!({"code": code, "status": 400, "meaning": meaning, "fix": "Mend it.", "retryable": false})
}

/// A small catalog with a text in every field, one after the other from the list. The catalogs of
/// all starting points have every text in every field.
pub(crate) fn page(texts: &[String], start: usize) -> Value {
    let at = |field: usize| texts[(start + field) % texts.len()].as_str();
    let mut surface = json!({
        "id": "api",
        "title": at(5),
        "intro": at(6),
        "shape": {"body": {"error": "<code>"}},
        "errors": [{"code": "broken", "status": 400, "meaning": at(7), "fix": at(8), "retryable": false}],
    });
    if is_clause(at(9)) {
        surface["shape"]["intro"] = json!(at(9));
    }
    json!({
        "errcat": 1,
        "product": at(0),
        "version": "1.0.0",
        "title": at(1),
        "intro": at(2),
        "contact": {"name": at(3)},
        "license": at(4),
        "surfaces": [surface],
    })
}

/// Pieces of markup and other characters that some tool reacts to.
pub(crate) fn pieces() -> Vec<String> {
    let list: Value =
        serde_json::from_str(include_str!("escape/more-hostile-strings.json")).unwrap();
    list["pieces"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Knuth's linear congruential generator: it gives the same numbers on every machine.
pub(crate) struct Random(pub u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// A catalog of texts put together at random from pieces of markup.
pub(crate) fn mixed() -> Value {
    let pieces = pieces();
    let mut random = Random(1);
    let mut texts = BTreeSet::new();
    while texts.len() < 400 {
        let text: String =
            (0..=random.below(14)).map(|_| pieces[random.below(pieces.len())].as_str()).collect();
        if !text.trim().is_empty() {
            texts.insert(text.trim().to_owned());
        }
    }
    let texts: Vec<String> = texts.into_iter().collect();
    let mut surface = errors(&texts);
    surface.as_object_mut().unwrap().remove("retired");
    let tags: Map<String, Value> =
        (0..).zip(&texts).map(|(i, text)| (format!("g{i}"), json!(text))).collect();
    json!({
        "errcat": 1,
        "product": "Mixed",
        "version": "1.0.0",
        "allow": ["doc-markup"],
        "title": "Mixed",
        "retry": {"statuses": [429, "5xx"], "initial": "1s", "max": "30s", "retries": 6},
        "tags": tags,
        "surfaces": [surface],
    })
}

/// A catalog as JSON that YAML reads the same. YAML needs some Unicode white space escaped.
pub(crate) fn written(catalog: &Value) -> String {
    let escaped = |c: char| match c {
        '\u{85}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{feff}'
        | '\u{7f}'..='\u{9f}'
        | '\u{fffe}'
        | '\u{ffff}' => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    };
    serde_json::to_string_pretty(catalog).unwrap().chars().map(escaped).collect()
}
