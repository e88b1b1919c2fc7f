//! Tests of writing bodies, by shapes written by hand.

use std::time::Duration;

use serde_json::Value as Json;

use super::super::number::Plain;
use super::super::shape::{Holds, Kind, List, Node, Part, Shape, Slot};
use super::super::value::{Value, Values};
use super::super::writer::{Fill, write};
use super::{member, optional, param, read};

fn text(text: &str) -> Value<'_> {
    Value::Text(text.into())
}

fn fill(params: Values<'_>) -> Fill<'_> {
    Fill {
        code: Some(text("x")),
        status: Some(Value::Integer(404)),
        meaning: None,
        fix: None,
        docs_url: None,
        params,
    }
}

/// Writes a body with these values.
fn written(body: Node<'static>, params: Values) -> String {
    let shape = Shape { body, absent: &[] };
    write(&shape, &fill(params), &[])
}

#[test]
fn an_optional_object_is_written_only_with_all_that_it_requires() {
    const OBJECT: Node<'static> = Node::Object(&[
        member("kind", Node::Literal("\"limit\"")),
        member("name", param(0, Kind::Text)),
        member("in", Node::Object(&[optional("a", param(1, Kind::Any))])),
    ]);
    const NESTED: Node<'static> = Node::Object(&[
        optional("limits", Node::Fixed(&OBJECT)),
        optional("empty", Node::Object(&[])),
    ]);
    let written = |name: Option<&'static str>, a: Option<&'static str>| {
        written(NESTED, vec![name.map(text), a.map(Value::json)])
    };
    let all = r#"{"limits":[{"kind":"limit","name":"x","in":{"a":[]}}],"empty":{}}"#;
    assert_eq!(written(Some("x"), Some("[]")), all);
    for (name, a) in
        [(None, None), (Some("x"), None), (None, Some("[]")), (Some("x"), Some("null"))]
    {
        assert_eq!(written(name, a), r#"{"empty":{}}"#);
    }
}

/// A body with every type of value.
const VALUES: Node<'static> = Node::Object(&[
    member("code", Node::Slot(Slot::Code, Kind::Text)),
    member("again", Node::Slot(Slot::CodeCopy, Kind::Text)),
    member("status", Node::Slot(Slot::Status, Kind::Integer)),
    member("digits", Node::Slot(Slot::Status, Kind::Digits)),
    member("none", Node::AnyList),
    member("name", param(0, Kind::Text)),
    member("size", param(1, Kind::Integer)),
    member("ratio", param(2, Kind::Number)),
    member("fatal", param(3, Kind::Boolean)),
    member("more", param(4, Kind::Any)),
    member("seconds", param(5, Kind::Seconds)),
    member("ms", param(5, Kind::Milliseconds)),
    optional(
        "text",
        Node::Text(&[
            Part::Literal("at "),
            Part::Slot(Slot::Param(4), Kind::Any),
            Part::Slot(Slot::Param(2), Kind::Number),
        ]),
    ),
]);

#[test]
fn every_type_is_written_in_its_form_and_read_back() {
    let values = || {
        vec![
            Some(text("\"a\\\n\u{1}\u{7f}\u{2028}é")),
            Some(Value::Integer(-7)),
            Some(Value::Number(0.25)),
            Some(Value::Boolean(true)),
            Some(Value::json("\"m\"")),
            Some(Value::Wait(Duration::from_millis(64_570))),
        ]
    };
    let body = written(VALUES, values());
    let expected = r#"{"code":"x","again":"x","status":404,"digits":"404","none":[],"#.to_owned()
        + r#""name":"\"a\\\n\u0001\u007f\u2028é","size":-7,"ratio":0.25,"fatal":true,"more":"m","#
        + r#""seconds":64.57,"ms":64570,"text":"at m0.25"}"#;
    assert_eq!(body, expected);
    assert!(serde_json::from_str::<Json>(&body).is_ok());
    let shape = Shape { body: VALUES, absent: &[] };
    let (read, found) = read(&shape, 6, &body);
    assert!(read.matches);
    assert_eq!(found.params, values());
    let nothing = r#"{"code":"x","again":"x","status":404,"digits":"404","none":[],"name":null,"#
        .to_owned()
        + r#""size":null,"ratio":null,"fatal":null,"more":null,"seconds":null,"ms":null}"#;
    assert_eq!(written(VALUES, vec![]), nothing);
}

#[test]
fn a_wait_is_written_in_whole_milliseconds() {
    const WAITS: Node<'static> = Node::Object(&[
        member("s", param(0, Kind::Seconds)),
        member("ms", param(0, Kind::Milliseconds)),
    ]);
    for (micros, seconds, ms) in [
        (0, "0", "0"),
        (1, "0.001", "1"),
        (60_000_000, "60", "60000"),
        (1_500_000, "1.5", "1500"),
        (1_050_000, "1.05", "1050"),
        (1_000_001, "1.001", "1001"),
    ] {
        let body = written(WAITS, vec![Some(Value::Wait(Duration::from_micros(micros)))]);
        assert_eq!(body, format!(r#"{{"s":{seconds},"ms":{ms}}}"#));
    }
}

#[test]
fn a_list_is_written_if_it_is_given() {
    const ITEMS: &List = &List {
        param: 0,
        holds: Holds::Items(2),
        element: Node::Object(&[
            member("code", Node::Slot(Slot::CodeCopy, Kind::Text)),
            member("name", param(0, Kind::Text)),
            optional(
                "lines",
                Node::List(&List {
                    param: 1,
                    holds: Holds::Values,
                    element: param(0, Kind::Integer),
                }),
            ),
        ]),
    };
    const OPTIONAL: Node<'static> = Node::Object(&[optional("items", Node::List(ITEMS))]);
    const REQUIRED: Node<'static> = Node::Object(&[member("items", Node::List(ITEMS))]);
    assert_eq!(written(OPTIONAL, vec![None]), "{}");
    assert_eq!(written(REQUIRED, vec![None]), r#"{"items":[]}"#);
    assert_eq!(written(OPTIONAL, vec![Some(Value::List(vec![]))]), r#"{"items":[]}"#);
    let lines = Value::List(vec![vec![Some(Value::Integer(1))], vec![Some(Value::Integer(2))]]);
    let items = vec![vec![Some(text("a")), Some(lines)], vec![None, None]];
    let expected = r#"{"items":[{"code":"x","name":"a","lines":[1,2]},{"code":"x","name":null}]}"#;
    assert_eq!(written(OPTIONAL, vec![Some(Value::List(items))]), expected);
}

#[test]
fn errors_are_joined_in_one_list() {
    const ERROR: Node<'static> = Node::Object(&[
        member("code", Node::Slot(Slot::Code, Kind::Text)),
        member("status", Node::Slot(Slot::Status, Kind::Integer)),
        optional("detail", param(1, Kind::Text)),
    ]);
    const BODY: Node<'static> = Node::Object(&[
        member("trace", param(0, Kind::Text)),
        member("errors", Node::Errors(&ERROR)),
    ]);
    let shape = Shape { body: BODY, absent: &[] };
    let first = fill(vec![Some(text("t")), Some(text("d"))]);
    let second = Fill {
        code: Some(text("y")),
        status: Some(Value::Integer(409)),
        ..fill(vec![Some(text("unused")), None])
    };
    let body = write(&shape, &fill(vec![Some(text("t")), Some(text("d"))]), &[first, second]);
    let expected = r#"{"trace":"t","errors":[{"code":"x","status":404,"detail":"d"},"#.to_owned()
        + r#"{"code":"y","status":409}]}"#;
    assert_eq!(body, expected);
}

/// What `String(number)` gives in JavaScript.
#[test]
fn a_number_is_written_as_javascript_writes_it() {
    for (number, text) in [
        (0.0, "0"),
        (-0.0, "0"),
        (42.0, "42"),
        (-1.5, "-1.5"),
        (1e16, "10000000000000000"),
        (123_456_789_012_345_680_000.0, "123456789012345680000"),
        (1e21, "1e+21"),
        (-1.25e300, "-1.25e+300"),
        (1e-6, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
    ] {
        assert_eq!(Plain(number).to_string(), text);
    }
}
