//! An error in a body that no surface describes: as GraphQL and JSON-RPC report one, often with status
//! 200.

use serde_json::Value as Json;

/// An error that a body reports.
pub(crate) struct Reported {
    /// The path of the code, or else of the error.
    pub at: String,
    pub code: Option<String>,
}

/// Where codes are: in JSON-RPC 2.0 (section 5.1), in GraphQL (section 7.1.2, where servers put them in
/// `extensions`), and in bodies of the same kind.
const CODES: &[&str] = &["/extensions/code", "/data/code", "/code", "/type", "/status"];

/// The error that a body reports, or the first one.
pub(crate) fn reported(body: &[u8]) -> Option<Reported> {
    let body: Json = serde_json::from_slice(body).ok()?;
    let Some(batch) = body.as_array() else { return of_object("", &body) };
    let mut each = batch.iter().enumerate();
    each.find_map(|(index, one)| of_object(&format!("[{index}]."), one))
}

/// The elements of a body that is a list, such as the answer to a batch of JSON-RPC.
pub(crate) fn elements(body: &[u8]) -> Vec<String> {
    let list = serde_json::from_slice::<Vec<Json>>(body).unwrap_or_default();
    list.iter().take(MAX_ELEMENTS).map(Json::to_string).collect()
}

/// The most answers to one batch that are read.
const MAX_ELEMENTS: usize = 100;

/// The error that an object reports, or a field of its `data`: there GraphQL mutations have their own
/// errors.
fn of_object(before: &str, object: &Json) -> Option<Reported> {
    of_fields(before, object).or_else(|| {
        let fields = object.get("data")?.as_object()?.iter();
        let mut fields = fields.filter(|(_, field)| field.get("errors").is_some());
        fields.find_map(|(name, field)| of_fields(&format!("{before}data.{name}."), field))
    })
}

fn of_fields(before: &str, object: &Json) -> Option<Reported> {
    let (at, error) = match (object.get("error"), object.get("errors").and_then(|all| all.get(0))) {
        (Some(error), _) if is_error(error) => ("error", error),
        (_, Some(error)) => ("errors[0]", error),
        _ => return None,
    };
    let at = format!("{before}{at}");
    let text = |value: &Json| match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    };
    if let Some(code) = text(error) {
        return Some(Reported { at, code: Some(code) });
    }
    let found = CODES.iter().find_map(|path| Some((path, text(error.pointer(path)?)?)));
    Some(match found {
        Some((path, code)) => Reported { at: at + &path.replace('/', "."), code: Some(code) },
        None => Reported { at, code: None },
    })
}

/// Whether a member called `error` says that there is one.
fn is_error(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => false,
        Json::Bool(true) => true,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(elements) => !elements.is_empty(),
        Json::Object(members) => !members.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::reported;

    #[test]
    fn the_usual_forms_are_known() {
        for (body, at, code) in [
            (
                r#"{"errors":[{"message":"m","extensions":{"code":"X"}}],"data":null}"#,
                "errors[0].extensions.code",
                Some("X"),
            ),
            (r#"{"errors":[{"message":"m"}]}"#, "errors[0]", None),
            (
                r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"m"}}"#,
                "error.code",
                Some("-32601"),
            ),
            (r#"[{"id":1,"result":1},{"id":2,"error":{"code":5}}]"#, "[1].error.code", Some("5")),
            (r#"{"error":"gone"}"#, "error", Some("gone")),
            (
                r#"{"data":{"register":{"user":null,"errors":[{"code":"UNIQUE"}]}}}"#,
                "data.register.errors[0].code",
                Some("UNIQUE"),
            ),
        ] {
            let reported = reported(body.as_bytes()).unwrap();
            assert_eq!((reported.at.as_str(), reported.code.as_deref()), (at, code));
        }
        for body in [
            "",
            "x",
            "{}",
            "[]",
            "null",
            r#"{"error":null}"#,
            r#"{"errors":[]}"#,
            r#"{"error":false}"#,
            r#"{"error":"","ok":true}"#,
            r#"{"error":0}"#,
            r#"{"error":{}}"#,
            r#"{"data":{"register":{"user":{},"errors":[]}}}"#,
            "[1]",
        ] {
            assert!(reported(body.as_bytes()).is_none(), "{body}");
        }
    }
}
