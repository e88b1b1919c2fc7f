//! Random catalogs.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::body::{self, Body, Key, ODD};
use super::pick::Pick;

/// Ids of surfaces that are words of a language or names in the generated code.
const IDS: &[&str] = &[
    "api",
    "str",
    "string",
    "core",
    "alloc",
    "serde",
    "http",
    "entry",
    "code",
    "retry_advice",
    "catalog_error",
    "next_delay",
    "error",
    "errors",
    "constructor",
    "prototype",
    "object",
    "promise",
    "response",
    "undefined",
    "nan",
    "window",
    "exports",
    "default",
    "delete",
    "new",
    "imports",
    "classes",
    "function",
    "null",
    "this",
    "print",
    "staticmethod",
    "none",
    "runtime_",
    "list",
    "json",
    "test",
    "vec",
    "option",
    "result",
    "a_b",
    "a1",
    "x_",
    "x",
    "is_",
    "read",
    "strategy",
    "backoff",
    "failure",
    "attempt",
    "deprecation",
    "unknown_code",
    "wait_limit",
    "headers",
];

/// Statuses that the strategy retries, and others.
const RETRIED: &[u16] = &[408, 429, 502, 503, 504];
const PERMANENT: &[u16] = &[400, 401, 402, 403, 404, 409, 410, 418, 422, 451, 499, 500, 501, 599];

/// A catalog without problems, unless names in it clash.
pub(super) fn random(pick: &mut Pick) -> Value {
    let mut catalog = json!({
        "errcat": 1,
        "product": pick.of(&["Acme", "GitHub", "Acme Pay 2", "支付", "O'Reilly & Co.", "3D"]),
        "version": pick.of(&["1.0.0", "0.1.0-rc.1+b.5", "12.30.4"]),
        "title": pick.text(),
    });
    let has_docs = !pick.one_in(3);
    if has_docs {
        catalog["docs"] =
            json!(pick.of(&["https://docs.acme.dev/errors", "http://localhost:8080/e?x=1&y=%20"]));
    }
    if pick.one_in(2) {
        catalog["intro"] = json!(pick.text());
        catalog["license"] = json!("MIT");
        catalog["contact"] =
            json!({"name": pick.text(), "url": "https://acme.dev", "email": "help@acme.dev"});
    }
    let has_retry = !pick.one_in(4);
    if has_retry {
        let (initial, max) = *pick.of(&[
            ("1s", "30s"),
            ("250ms", "1m"),
            ("1ms", "1ms"),
            ("1h", "1h"),
            ("90s", "1h"),
        ]);
        catalog["retry"] = json!({
            "statuses": RETRIED, "initial": initial, "max": max,
            "retries": pick.of(&[1, 2, 6, 1000]), "factor": pick.of(&[1, 2, 3, 1000]),
        });
    }
    let mut names = BTreeSet::new();
    let tags: Map<String, Value> = (0..pick.below(4))
        .map(|_| (pick.name(IDS, &mut names).to_lowercase(), json!(pick.text())))
        .collect();
    let groups: Vec<String> = tags.keys().cloned().collect();
    catalog["tags"] = Value::Object(tags);
    let mut ids = BTreeSet::new();
    let surfaces: Vec<Value> = (0..=pick.below(4))
        .filter_map(|i| {
            let id = *pick.of(IDS);
            // Two ids must not become the same identifier.
            ids.insert(id.replace('_', ""))
                .then(|| surface(pick, i, id, has_docs, has_retry, &groups))
        })
        .collect();
    catalog["surfaces"] = json!(surfaces);
    if pick.one_in(2) {
        share(pick, &mut catalog, has_retry);
    }
    if pick.one_in(6) {
        add_many(&mut catalog);
    }
    catalog
}

/// Adds so many errors to a surface that Rust finds their codes in a table.
fn add_many(catalog: &mut Value) {
    let surfaces = catalog["surfaces"].as_array_mut().unwrap();
    let mut errors = surfaces.iter_mut().map(|surface| surface["errors"].as_array_mut().unwrap());
    let Some(errors) = errors.find(|errors| errors.iter().any(|error| error["code"].is_string()))
    else {
        return;
    };
    errors.extend((0..200).map(|i| {
        json!({
            "code": format!("one_of_many_{i}"),
            "status": 400,
            "meaning": format!("One of many, {i}"),
            "fix": format!("Mend {i}"),
            "retryable": false,
        })
    }));
}

/// Adds errors that several surfaces include, and a surface with the shape of another one.
fn share(pick: &mut Pick, catalog: &mut Value, has_retry: bool) {
    let errors: Vec<Value> = (0..pick.count(1, 6))
        .map(|i| {
            let is_retryable = has_retry && pick.one_in(3);
            json!({
                "code": format!("shared_{i}"),
                "status": status(pick, is_retryable, None),
                "meaning": format!("{} (shared, {i})", pick.text()),
                "fix": pick.text(),
                "retryable": is_retryable,
            })
        })
        .collect();
    let surfaces = catalog["surfaces"].as_array_mut().unwrap();
    let has_text_codes = |surface: &&mut Value| {
        surface["errors"].as_array().unwrap().iter().any(|error| error["code"].is_string())
    };
    let mut like = None;
    for surface in surfaces.iter_mut().filter(has_text_codes) {
        if pick.one_in(2) {
            surface["include"] = json!(["pool"]);
        }
        like.get_or_insert_with(|| surface["id"].clone());
    }
    let Some(like) = like else { return };
    surfaces.push(json!({
        "id": "twin",
        "title": format!("{} (twin)", pick.text()),
        "shape": {"like": like},
        "include": ["pool"],
    }));
    surfaces.push(json!({"id": "pool", "errors": errors}));
}

fn surface(
    pick: &mut Pick,
    index: usize,
    id: &str,
    has_docs: bool,
    has_retry: bool,
    tags: &[String],
) -> Value {
    let key =
        *pick.of(&[Key::Text, Key::Text, Key::Text, Key::Integer, Key::Status, Key::TextOrStatus]);
    let body = body::random(pick, key, has_docs);
    let mut names = BTreeSet::new();
    let mut used = BTreeSet::new();
    let most = if key == Key::Status { 8 } else { 300 };
    // Most bodies that hold a fix can't do without it.
    let may_lack_fix = !body.json.to_string().contains("<fix>") || pick.one_in(6);
    // What a server sends where an error has no status. Below 400, it says nothing about retries.
    let own = (key != Key::Status && pick.one_in(3)).then(|| *pick.of(&[200, 202, 302]));
    let errors: Vec<Value> = (0..pick.count(1, most))
        .filter_map(|i| {
            let is_retryable = has_retry && pick.one_in(3);
            let name = pick.name(ODD, &mut names);
            let mut error = json!({
                "meaning": format!("{} ({index}, {i})", pick.text()),
                "fix": pick.text(),
                "retryable": is_retryable,
            });
            let has_code = match key {
                Key::Text | Key::Integer => true,
                Key::Status => false,
                Key::TextOrStatus => !pick.one_in(3),
            };
            if !has_code || own.is_none() || pick.one_in(2) {
                let used = (!has_code).then_some(&mut used);
                error["status"] = status(pick, is_retryable, used)?;
            }
            match key {
                Key::Integer => {
                    error["code"] = json!(i64::try_from(i).unwrap() * 1_000_000_007 - 2);
                    if pick.one_in(2) {
                        error["name"] = json!(name);
                    }
                }
                _ if !has_code => error["name"] = json!(name),
                _ if pick.one_in(6) => error["code"] = json!(odd_code(pick, i)),
                _ => error["code"] = json!(name),
            }
            add_options(pick, &mut error, &body, tags);
            leave_out(pick, &mut error, may_lack_fix);
            Some(error)
        })
        .collect();
    let mut surface = json!({
        "id": id,
        "title": format!("{} ({index})", pick.text()),
        "shape": {"body": body.json},
        "errors": errors,
    });
    if let Some(own) = own {
        surface["status"] = json!(own);
    }
    if pick.one_in(4) {
        surface["shape"]["absent"] = json!(["None", "n/a"]);
    }
    if pick.one_in(2) {
        surface["intro"] = json!(pick.text());
        surface["servers"] = json!([format!("https://{index}.acme.dev/v1")]);
        surface["shape"]["intro"] = json!("Each error looks like this");
        surface["shape"]["media_type"] = json!("application/problem+json");
    }
    let mut codes = surface["errors"].as_array().unwrap().iter().map(|error| &error["code"]);
    let is_name = |code: &&Value| code.as_str().is_some_and(|code| names.contains(code));
    let instead = codes.find(is_name).cloned();
    if let (Some(instead), true) = (instead, pick.one_in(3)) {
        surface["retired"] = json!([{"code": "long_gone", "note": pick.text(), "use": instead}]);
    }
    surface
}

/// The statuses of an error: of one without a code, those that none before it has.
fn status(
    pick: &mut Pick,
    is_retryable: bool,
    mut used: Option<&mut BTreeSet<u16>>,
) -> Option<Value> {
    let pool = if is_retryable { RETRIED } else { PERMANENT };
    let low = [200, 303];
    let pool = if used.is_none() && pick.one_in(8) { &low } else { pool };
    let is_free = |status: &u16| used.as_ref().is_none_or(|used| !used.contains(status));
    let free: Vec<u16> = pool.iter().copied().filter(is_free).collect();
    let count = 1 + if pick.one_in(4) { pick.below(3) } else { 0 };
    let mut statuses: Vec<u16> = Vec::new();
    for _ in 0..count {
        let status = *free.get(pick.below(free.len().max(1)))?;
        if !statuses.contains(&status) {
            statuses.push(status);
        }
    }
    if let Some(used) = &mut used {
        used.extend(&statuses);
    }
    Some(if let [one] = statuses.as_slice() { json!(one) } else { json!(statuses) })
}

/// Leaves out the fix of an error, or whether it is retryable, and allows that.
fn leave_out(pick: &mut Pick, error: &mut Value, may_lack_fix: bool) {
    let mut allowed = Vec::new();
    let error = error.as_object_mut().unwrap();
    if may_lack_fix && pick.one_in(4) {
        error.remove("fix");
        allowed.push("missing-fix");
    }
    if !error.contains_key("retry") && pick.one_in(4) {
        error.remove("retryable");
        allowed.push("missing-retryable");
    }
    if !allowed.is_empty() {
        error.insert("allow".to_owned(), json!(allowed));
    }
}

/// What a placeholder holds for an error.
fn value(pick: &mut Pick, kind: &str, has_code: bool) -> Value {
    match kind {
        "text" if has_code && pick.one_in(4) => json!("<code>, <status>: <meaning>"),
        "text" => json!(*pick.of(&[
            "gone",
            "The <item_of_it> has <count_of_it:integer> of <share_of_it:number>",
            "<item_of_it>",
            "<status>: <meaning>",
            "a << b",
            "",
        ])),
        kind => {
            let value = body::example(pick, kind);
            if value.is_null() { json!([]) } else { value }
        }
    }
}

/// A code that is no name.
fn odd_code(pick: &mut Pick, index: usize) -> String {
    let code = *pick.of(&[
        "{} was not found",
        "-{}",
        "{}",
        "{}D_REQUIRED",
        "a/b/{}",
        "urn:x:{}",
        "Nicht möglich {}",
        "错误 e{}",
        "\"{}\" \\",
        "${{x}} {}",
        "#{}",
        "{}%",
        "*/{}",
        "'{}'",
    ]);
    code.replace("{}", &index.to_string())
}

/// Adds what an error may have.
fn add_options(pick: &mut Pick, error: &mut Value, body: &Body, tags: &[String]) {
    let mut params = Map::new();
    for (name, kind) in &body.placeholders {
        match pick.below(4) {
            0 => {
                let example = body::example(pick, kind);
                params.insert(name.clone(), json!({"meaning": pick.text(), "example": example}));
            }
            1 => {
                params.insert(name.clone(), json!(pick.text()));
            }
            _ => {}
        }
    }
    let mut values = Map::new();
    for name in &body.outer {
        if !params.contains_key(name) && pick.one_in(4) {
            let has_code = error.get("code").is_some();
            values.insert(name.clone(), value(pick, body.placeholders[name], has_code));
        }
    }
    if !values.is_empty() {
        error["values"] = Value::Object(values);
    }
    for list in &body.lists {
        if pick.one_in(2) {
            params.insert(list.clone(), json!(pick.text()));
        }
    }
    if pick.one_in(2) && !params.is_empty() {
        error["params"] = Value::Object(params);
    }
    if pick.one_in(3) && !tags.is_empty() {
        error["tags"] = json!([pick.of(tags)]);
    }
    if pick.one_in(4) {
        let mark = *pick.of(&["\n", "- ", "1. "]);
        error["doc"] =
            json!(format!("{}\n{mark}{}\n{mark}{}", pick.text(), pick.text(), pick.text()));
    }
    if pick.one_in(4) {
        error["see"] = json!([format!("https://acme.dev/{}", pick.below(100))]);
    }
    if pick.one_in(4) {
        error["since"] = json!("1.0.0");
    }
    if pick.one_in(5) {
        error["deprecated"] = json!({"since": "0.9.0", "note": pick.text()});
    }
    if error["retryable"] == true && pick.one_in(2) {
        error["retry"] = json!({"after": pick.of(&["1s", "1500ms", "90s", "1h", "365d"])});
    }
}
