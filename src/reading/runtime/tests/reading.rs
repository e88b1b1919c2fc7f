//! Tests of reading bodies, by shapes written by hand.

use serde_json::{Value as Json, json};

use super::super::parse;
use super::super::reader::{Found, Place, read_with};
use super::super::shape::{Holds, Kind, List, Member, Node, Part, Shape, Slot};
use super::super::value::Value;
use super::{member, optional, param, read};

const fn shape(body: Node<'static>) -> Shape<'static> {
    Shape { body, absent: &["None"] }
}

/// A value as JSON: a wait in milliseconds, a list as the values of each element.
fn shown(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Integer(integer) => json!(integer),
        Value::Number(number) => json!(number),
        Value::Boolean(boolean) => json!(boolean),
        Value::Json(json) => serde_json::from_str(json).unwrap(),
        Value::Wait(wait) => json!(wait.as_millis()),
        Value::List(elements) => elements.iter().map(|values| all(values)).collect(),
    }
}

fn all(values: &[Option<Value>]) -> Json {
    values.iter().map(|value| value.as_ref().map_or(Json::Null, shown)).collect()
}

/// The code, the status and the values that were found.
fn found(found: &Found) -> Json {
    let code = found.code.as_ref().map(shown);
    json!([code, found.status, all(&found.params)])
}

/// Reads `value` in a member of this node. Returns what was read, null if nothing was, and whether the body
/// matches.
fn one(node: Node<'static>, value: &str) -> (Json, bool) {
    let shape = Shape { body: Node::Object(&[member("v", node)]), absent: &[] };
    let body = format!(r#"{{"v":{value}}}"#);
    let (read, found) = read(&shape, 1, &body);
    (all(&found.params)[0].clone(), read.matches)
}

#[test]
fn each_type_is_read_as_the_table_says() {
    let is = |kind, value: &str, read: Json, matches: bool| {
        let node = Node::Object(Vec::leak(vec![member("v", param(0, kind))]));
        let shape = Shape { body: node, absent: &[] };
        let body = format!(r#"{{"v":{value}}}"#);
        let (actual, found) = super::read(&shape, 1, &body);
        assert_eq!((&all(&found.params)[0], actual.matches), (&read, matches), "{value}");
    };
    let (yes, no, nothing) = (true, false, Json::Null);
    is(Kind::Text, r#""""#, json!(""), yes);
    is(Kind::Text, r#""a\ud83d\ude00""#, json!("a😀"), yes);
    is(Kind::Text, "5.0", json!("5"), no);
    is(Kind::Text, "-0", json!("0"), no);
    is(Kind::Text, "1e2", json!("100"), no);
    is(Kind::Text, "9007199254740991", json!("9007199254740991"), no);
    is(Kind::Text, "9007199254740992", nothing.clone(), no);
    is(Kind::Text, "1.5", nothing.clone(), no);
    is(Kind::Text, "true", nothing.clone(), no);
    is(Kind::Integer, "-7", json!(-7), yes);
    is(Kind::Integer, "5.0", json!(5), yes);
    is(Kind::Integer, "-0.0", json!(0), yes);
    is(Kind::Integer, "9007199254740992", nothing.clone(), yes);
    is(Kind::Integer, "1e300", nothing.clone(), yes);
    is(Kind::Integer, "99999999999999999999", nothing.clone(), yes);
    is(Kind::Integer, "5.5", nothing.clone(), no);
    is(Kind::Integer, r#""-12""#, json!(-12), no);
    is(Kind::Integer, r#""-0""#, json!(0), no);
    for text in ["012", "+1", "", " 1", "1.0", "1e2", "9007199254740992", "٥", "-"] {
        is(Kind::Integer, &format!("\"{text}\""), nothing.clone(), no);
    }
    is(Kind::Number, "0.1", json!(0.1), yes);
    is(Kind::Number, "3", json!(3.0), yes);
    is(Kind::Number, "1e308", json!(1e308), yes);
    // Rounded to the nearest double, as every language does.
    is(Kind::Number, "8.0980105263157893e-120", json!(8.098_010_526_315_789e-120), yes);
    is(Kind::Number, r#""12""#, json!(12.0), no);
    is(Kind::Number, r#""1.5""#, nothing.clone(), no);
    is(Kind::Boolean, "false", json!(false), yes);
    is(Kind::Boolean, r#""false""#, nothing.clone(), no);
    is(Kind::Any, "null", json!(null), yes);
    is(Kind::Any, r#"{"a":[1.5,"x"]}"#, json!({"a": [1.5, "x"]}), yes);
    is(Kind::Seconds, "64.57", json!(64_570), yes);
    is(Kind::Seconds, "0", json!(0), yes);
    is(Kind::Seconds, "-0.0", json!(0), yes);
    is(Kind::Seconds, "0.0001", json!(1), yes);
    is(Kind::Seconds, "1e300", json!(2_147_483_647), yes);
    is(Kind::Seconds, "-1", nothing.clone(), no);
    is(Kind::Seconds, r#""3""#, json!(3000), no);
    is(Kind::Seconds, r#""-3""#, nothing.clone(), no);
    is(Kind::Milliseconds, "1500.2", json!(1501), yes);
    is(Kind::Milliseconds, "2147483648", json!(2_147_483_647), yes);
    is(Kind::Digits, r#""404""#, json!("404"), yes);
    is(Kind::Digits, r#""999""#, json!("999"), yes);
    is(Kind::Digits, r#""4o4""#, nothing.clone(), no);
    is(Kind::Digits, "404", json!("404"), no);
    is(Kind::Digits, "-40", nothing.clone(), no);
}

#[test]
fn constants_are_compared_by_value() {
    const NULL: [Member<'static>; 1] = [member("v", Node::Literal("null"))];
    let nothing = Json::Null;
    for (literal, value, matches) in [
        ("1.5", "15e-1", true),
        ("0", "-0.0", true),
        ("1", "\"1\"", false),
        ("\"a\"", "\"a\"", true),
        ("\"a\"", "\"b\"", false),
        ("false", "false", true),
        ("false", "null", false),
        ("null", "null", true),
        ("null", "0", false),
    ] {
        assert_eq!(one(Node::Literal(literal), value), (nothing.clone(), matches), "{value}");
    }
    assert!(one(Node::Object(&[]), r#"{"a":1}"#).1 && !one(Node::Object(&[]), "[]").1);
    assert!(one(Node::AnyList, r#"[1,"a"]"#).1 && !one(Node::AnyList, "{}").1);
    let null = shape(Node::Object(&NULL));
    assert!(!read(&null, 0, "{}").0.matches, "a required null must be there");
}

#[test]
fn a_text_with_one_placeholder_is_taken_apart() {
    const SEVERAL: &[Part] = &[
        Part::Slot(Slot::Param(0), Kind::Text),
        Part::Literal(" of "),
        Part::Slot(Slot::Meaning, Kind::Text),
    ];
    let limit = |kind, text: &str| {
        let parts =
            vec![Part::Literal("at "), Part::Slot(Slot::Param(0), kind), Part::Literal("!")];
        one(Node::Text(Vec::leak(parts)), &json!(text).to_string())
    };
    let nothing = Json::Null;
    assert_eq!(limit(Kind::Text, "at x!!"), (json!("x!"), true));
    assert_eq!(limit(Kind::Text, "at !"), (json!(""), true));
    assert_eq!(limit(Kind::Text, "at!"), (nothing.clone(), false));
    assert_eq!(limit(Kind::Text, "to x!"), (nothing.clone(), false));
    assert_eq!(limit(Kind::Any, "at 5!"), (json!("5"), true));
    assert_eq!(limit(Kind::Integer, "at -5!"), (json!(-5), true));
    assert_eq!(limit(Kind::Integer, "at 9007199254740992!"), (nothing.clone(), true));
    assert_eq!(limit(Kind::Integer, "at 05!"), (nothing.clone(), false));
    assert_eq!(limit(Kind::Number, "at 1.5e3!"), (json!(1500.0), true));
    assert_eq!(limit(Kind::Number, "at  1!"), (nothing.clone(), false));
    assert_eq!(limit(Kind::Number, "at 1e400!"), (nothing.clone(), false));
    assert_eq!(limit(Kind::Boolean, "at true!"), (json!(true), true));
    assert_eq!(limit(Kind::Boolean, "at True!"), (nothing.clone(), false));
    assert_eq!(one(Node::Text(SEVERAL), r#""whatever""#), (nothing.clone(), true));
    assert_eq!(one(Node::Text(SEVERAL), "5"), (nothing, false));
}

static ONE: Shape<'static> = shape(Node::Object(&[
    member("ok", Node::Literal("false")),
    member("error", Node::Slot(Slot::Code, Kind::Text)),
    optional("status", Node::Slot(Slot::Status, Kind::Integer)),
    optional("name", param(0, Kind::Text)),
    optional("again", Node::Slot(Slot::CodeCopy, Kind::Text)),
    optional("in", Node::Object(&[member("name", param(0, Kind::Text))])),
]));

#[test]
fn a_code_is_read_whether_or_not_the_body_matches() {
    for (body, expected, matches) in [
        (r#"{"ok":false,"error":"x","name":"n"}"#, json!(["x", null, ["n"]]), true),
        (" {\"ok\":false,\"error\":\"x\"}\n", json!(["x", null, [null]]), true),
        (r#"{"ok":false,"error":"x","other":[{}],"name":null}"#, json!(["x", null, [null]]), true),
        (r#"{"ok":false,"error":"a","error":"x"}"#, json!(["x", null, [null]]), true),
        (r#"{"ok":false,"error":"x","name":"None"}"#, json!(["x", null, [null]]), true),
        (r#"{"ok":false,"error":"None"}"#, json!(["None", null, [null]]), true),
        (r#"{"ok":false,"error":""}"#, json!([null, null, [null]]), true),
        (r#"{"ok":true,"error":"x"}"#, json!(["x", null, [null]]), false),
        (r#"{"error":"x"}"#, json!(["x", null, [null]]), false),
        (r#"{"ok":false,"error":404}"#, json!(["404", null, [null]]), false),
        (r#"{"ok":false,"error":["x"]}"#, json!([null, null, [null]]), false),
        (r#"{"ok":false,"error":null}"#, json!([null, null, [null]]), false),
        (r#"{"ok":false,"error":"x","again":5}"#, json!(["x", null, [null]]), false),
        (r#"{"ok":false,"error":"x","status":503.0}"#, json!(["x", 503, [null]]), true),
        (r#"{"ok":false,"error":"x","status":"503"}"#, json!(["x", 503, [null]]), false),
        (r#"{"ok":false,"error":"x","status":200}"#, json!(["x", null, [null]]), true),
        // The first place that has a value counts.
        (
            r#"{"ok":false,"error":"x","in":{"name":"b"},"name":"a"}"#,
            json!(["x", null, ["a"]]),
            true,
        ),
        (
            r#"{"ok":false,"error":"x","in":{"name":"b"},"name":[]}"#,
            json!(["x", null, ["b"]]),
            false,
        ),
        (r#"["x"]"#, json!([null, null, [null]]), false),
        ("null", json!([null, null, [null]]), false),
    ] {
        let (read, own) = read(&ONE, 1, body);
        assert_eq!((found(&own), read.matches), (expected, matches), "{body}");
        assert_eq!((read.errors.len(), read.text), (0, None));
    }
}

/// More members than most objects have, in an object of their own.
static MANY: Shape<'static> = shape(Node::Object(&[
    optional("last", param(9, Kind::Integer)),
    member(
        "in",
        Node::Object(&[
            member("a", param(0, Kind::Integer)),
            member("b", param(1, Kind::Integer)),
            member("c", param(2, Kind::Integer)),
            member("d", param(3, Kind::Integer)),
            member("e", param(4, Kind::Integer)),
            member("f", param(5, Kind::Integer)),
            member("g", param(6, Kind::Integer)),
            member("h", param(7, Kind::Integer)),
            optional("i", param(8, Kind::Integer)),
        ]),
    ),
]));

#[test]
fn the_last_of_equal_keys_counts_at_any_depth() {
    let all = r#""a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8"#;
    for (body, expected, matches) in [
        (
            format!(r#"{{"in":{{{all},"i":9}},"last":10}}"#),
            json!([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
            true,
        ),
        // Also if a key is spelled with an escape.
        (
            format!(r#"{{"in":{{"i":0,{all},"\u0069" : 9,"\u0061":0}}}}"#),
            json!([0, 2, 3, 4, 5, 6, 7, 8, 9, null]),
            true,
        ),
        // What an earlier one holds doesn't count at all.
        (
            format!(r#"{{"in":{{{all},"i":9}},"in":{{"h":0}}}}"#),
            json!([null, null, null, null, null, null, null, 0, null, null]),
            false,
        ),
        (
            format!(r#"{{"in":{{}},"in":{{{all}}}}}"#),
            json!([1, 2, 3, 4, 5, 6, 7, 8, null, null]),
            true,
        ),
    ] {
        let (read, own) = read(&MANY, 10, &body);
        assert_eq!((found(&own), read.matches), (json!([null, null, expected]), matches), "{body}");
    }
}

#[test]
fn what_is_not_json_is_kept_as_one_safe_line() {
    let (long, cut) = ("é".repeat(200), "é".repeat(100));
    for (body, text) in [
        ("upstream connect error or disconnect", Some("upstream connect error or disconnect")),
        ("<html>\n<h1>502</h1> <b>Bad\u{202e} Gateway</html>", Some("502 Bad Gateway")),
        (r#"{"error":"x""#, Some(r#"{"error":"x""#)),
        (r#"{"error":"x"}}"#, Some(r#"{"error":"x"}}"#)),
        ("{'error': 'x'}", Some("{'error': 'x'}")),
        ("[NaN]", Some("[NaN]")),
        ("[1e400]", Some("[1e400]")),
        ("a < b", Some("a")),
        (long.as_str(), Some(cut.as_str())),
        (" \u{200b}<br>", None),
        ("", None),
    ] {
        let (read, own) = read(&ONE, 1, body);
        assert_eq!((read.text.as_deref(), read.matches), (text, false), "{body}");
        assert_eq!(found(&own), json!([null, null, [null]]));
    }
    let in_a_member = r#"{"ok":false,"error":"x","in":{"name":"a","other":[1,{"a" 1}]}}"#;
    assert_eq!(found(&read(&ONE, 1, in_a_member).1), json!([null, null, [null]]));
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let read_nested = |depth| read(&shape(Node::AnyList), 0, &nested(depth)).0.matches;
    assert!(read_nested(127) && !read_nested(128));
}

#[test]
fn invalid_utf_8_and_lone_surrogates_are_replaced() {
    for (body, code) in [
        (&b"{\"ok\":false,\"error\":\"x\xff\"}"[..], "x\u{fffd}"),
        (br#"{"ok":false,"error":"\ud800"}"#, "\u{fffd}"),
        (br#"{"ok":false,"error":"\uD800\u0041\udc00"}"#, "\u{fffd}A\u{fffd}"),
        (br#"{"ok":false,"error":"\ud800\ud83d\ude00"}"#, "\u{fffd}\u{1f600}"),
        (br#"{"ok":false,"error":"\\ud800\udc00\\"}"#, "\\ud800\u{fffd}\\"),
    ] {
        let text = parse::text(body);
        let (read, own) = read(&ONE, 1, &text);
        assert_eq!(found(&own)[0], code, "{}", String::from_utf8_lossy(body));
        assert!(read.matches);
    }
    assert!(!read(&ONE, 1, r#"{"ok":false,"error":"\ud8"}"#).0.matches);
}

/// An item of a list, and a list within it.
static LISTS: Shape<'static> = shape(Node::Object(&[
    member("error", Node::Slot(Slot::Code, Kind::Text)),
    optional(
        "fields",
        Node::List(&List {
            param: 0,
            holds: Holds::Items(2),
            element: Node::Object(&[
                member("name", param(0, Kind::Text)),
                optional("code", Node::Slot(Slot::Code, Kind::Text)),
                optional(
                    "lines",
                    Node::List(&List {
                        param: 1,
                        holds: Holds::Values,
                        element: param(0, Kind::Integer),
                    }),
                ),
            ]),
        }),
    ),
    optional("fixed", Node::Fixed(&Node::Object(&[member("kind", Node::Literal("1"))]))),
]));

#[test]
fn every_element_of_a_list_is_read_and_checked() {
    for (fields, expected, matches) in [
        ("[]", json!([]), true),
        (
            r#"[{"name":"a"},{"name":"b","lines":[1,2]}]"#,
            json!([["a", null], ["b", [[1], [2]]]]),
            true,
        ),
        (r#"[{"name":"a"},{}]"#, json!([["a", null], [null, null]]), false),
        (r#"[{"name":"a","lines":[1,"2","x",null,3.0]}]"#, json!([["a", [[1], [2], [3]]]]), false),
        (r#"[{"name":"a","lines":[]}]"#, json!([["a", []]]), true),
        (r#"[{"name":"a","lines":5}]"#, json!([["a", null]]), false),
        (r#"[null,"x",[],{"name":"a"}]"#, json!([["a", null]]), false),
        (r#"{"name":"a"}"#, json!(null), false),
        ("null", json!(null), true),
    ] {
        let body = format!(r#"{{"error":"x","fields":{fields}}}"#);
        let (read, own) = read(&LISTS, 1, &body);
        // The code in an item is not the code of the error.
        assert_eq!(found(&own), json!(["x", null, [expected]]), "{body}");
        assert_eq!(read.matches, matches, "{body}");
    }
    assert!(read(&LISTS, 1, r#"{"error":"x","fixed":[{"kind":1},{"kind":1.0}]}"#).0.matches);
    assert!(!read(&LISTS, 1, r#"{"error":"x","fixed":[{"kind":1},{}]}"#).0.matches);
}

#[test]
fn each_element_of_the_list_of_errors_is_an_error() {
    const CODES: Shape<'static> = shape(Node::Errors(&Node::Slot(Slot::Code, Kind::Integer)));
    const ERRORS: Shape<'static> = shape(Node::Object(&[
        optional("trace", param(0, Kind::Text)),
        member(
            "errors",
            Node::Errors(&Node::Object(&[
                member("code", Node::Slot(Slot::Code, Kind::Text)),
                optional("status", Node::Slot(Slot::Status, Kind::Digits)),
                optional("detail", param(1, Kind::Text)),
            ])),
        ),
        optional("more", param(1, Kind::Text)),
    ]));
    let body = r#"{"trace":"t","errors":[{"code":"a","status":"404","detail":"d"},5,{"code":"b"}],
        "more":"m"}"#;
    let (read, after) = super::read(&ERRORS, 2, body);
    assert!(!read.matches, "an element is a number");
    assert_eq!(found(&read.before), json!([null, null, ["t", null]]));
    let errors: Vec<Json> = read.errors.iter().map(found).collect();
    assert_eq!(errors, [json!(["a", 404, [null, "d"]]), json!(["b", null, [null, null]])]);
    assert_eq!(found(&after), json!([null, null, [null, "m"]]));
    // A list at the top, and elements that are the code alone.
    let (read, _) = super::read(&CODES, 0, "[1,\"2\",true]");
    let errors: Vec<Json> = read.errors.iter().map(found).collect();
    assert_eq!(errors, [json!([1, null, []]), json!([2, null, []])]);
}

#[test]
fn each_mismatch_names_its_place() {
    let mut told = Vec::new();
    let body = r#"{"fields":[{"name":1,"lines":[2,"3"]},7],"fixed":[{"kind":2}]}"#;
    let tell = &mut |place: &Place<'_>, _: &Node<'_>, _| told.push(place.to_string());
    let _ = read_with(&LISTS, body, &mut [None], tell);
    let places = ["error", "fields[0].name", "fields[0].lines[1]", "fields[1]", "fixed[0].kind"];
    assert_eq!(told, places);
}
