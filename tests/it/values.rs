//! What the catalog says that placeholders hold, what a server still gives, and what is sent.

use serde_json::{Value, json};

use crate::Repo;

/// The only error of a catalog as templates see it.
fn error(body: &Value, fields: &Value) -> Value {
    let mut error =
        json!({"code": "taken", "meaning": "Taken", "fix": "Wait.", "retryable": false});
    error.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let catalog = json!({
        "errcat": 1, "product": "Small", "version": "1.0.0", "title": "Errors",
        "surfaces": [{
            "id": "api", "title": "API", "status": 409, "shape": {"body": body}, "errors": [error],
        }],
    });
    let repo = Repo::new().file("errors.yaml", catalog.to_string());
    repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "json", "--out-root", "."]);
    let made: Value = serde_json::from_str(&repo.read("json/catalog.json")).unwrap();
    made["surfaces"][0]["errors"][0].clone()
}

/// The names and types of what a server gives, and the sample of what it sends.
fn given_and_sent(body: &Value, fields: &Value) -> (Vec<String>, Value) {
    let error = error(body, fields);
    let arguments = error["arguments"].as_array().unwrap().iter();
    let argument = |one: &Value| {
        format!("{}:{}", one["name"].as_str().unwrap(), one["type"].as_str().unwrap())
    };
    (arguments.map(argument).collect(), error["body"].clone())
}

#[test]
fn a_value_is_sent_and_nobody_gives_it() {
    let body = json!({
        "error": "<code>", "type": "<type>", "limit?": "<limit:integer>", "ratio?": "<ratio:number>",
        "fatal?": "<fatal:boolean>", "more?": "<more:any>", "message": "<message>",
    });
    let values =
        json!({"type": "a <<b>", "limit": 5, "ratio": 0.5, "fatal": false, "more": ["<x>", null]});
    let (given, sent) = given_and_sent(&body, &json!({"values": values}));
    assert_eq!(given, ["message:text"]);
    assert_eq!(
        sent,
        json!({
            "error": "taken", "type": "a <b>", "limit": 5, "ratio": 0.5, "fatal": false,
            "more": ["<x>", null], "message": "...",
        })
    );
}

#[test]
fn placeholders_in_a_value_are_given_at_its_place() {
    let body = json!({
        "error": "<code>", "first": "<first>", "message": "<message>", "alias?": "<alias>",
        "limit?": "<limit:integer>", "last": "<last>",
    });
    let fields = json!({
        "values": {"message": "<<<alias>> (<limit> of <most:integer>, <alias>) <code>/<status>: <meaning> <fix>"},
        "params": {"alias": {"meaning": "Which.", "example": "a7"}, "most": "How many."},
    });
    let (given, sent) = given_and_sent(&body, &fields);
    assert_eq!(given, ["first:text", "alias:text", "limit:integer", "most:integer", "last:text"]);
    assert_eq!(
        sent,
        json!({
            "error": "taken", "first": "...", "message": "<a7> (0 of 0, a7) taken/409: Taken Wait.",
            "alias": "a7", "limit": 0, "last": "...",
        })
    );
}

/// An optional object needs its other members too when it has a value.
#[test]
fn a_value_in_an_optional_object_is_sent_with_all_of_it() {
    let body = json!({"error": "<code>", "source?": {"kind": "<kind>", "line": "<line:integer>", "note?": "<note>"}});
    let (given, sent) = given_and_sent(&body, &json!({"values": {"kind": "file"}}));
    assert_eq!(given, ["line:integer"]);
    assert_eq!(sent, json!({"error": "taken", "source": {"kind": "file", "line": 0}}));
    let (given, sent) = given_and_sent(&body, &json!({}));
    assert_eq!((given.len(), sent), (0, json!({"error": "taken"})));
}

#[test]
fn templates_see_data_or_the_parts_of_a_text() {
    let body = json!({"error": "<code>", "type": "<type>", "message": "<message>", "limit?": "<limit:integer>"});
    let values = json!({"message": "At <limit> of <most:integer>", "type": "conflict"});
    let error = error(&body, &json!({"values": values}));
    let part = |text: Value, param: Value, kind: Value, number: Value| {
        let filled_by = if param.is_null() { Value::Null } else { "param".into() };
        json!({"text": text, "filled_by": filled_by, "type": kind, "param": param, "param_number": number})
    };
    let null = Value::Null;
    assert_eq!(
        error["values"],
        json!([
            {"name": "type", "param_number": 0, "type": "text", "literal": "conflict", "parts": null},
            {"name": "message", "param_number": 1, "type": "text", "literal": null, "parts": [
                part("At ".into(), null.clone(), null.clone(), null.clone()),
                part(null.clone(), "limit".into(), "integer".into(), 2.into()),
                part(" of ".into(), null.clone(), null.clone(), null.clone()),
                part(null.clone(), "most".into(), "integer".into(), null),
            ]},
        ])
    );
}
