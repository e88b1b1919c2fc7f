//! Free data in a catalog (samples, literals of a body) as JSON.

use crate::diagnostic::{Diagnostic, Report};
use crate::document::{check, rules};
use crate::text::json::{Json, Number};
use crate::yaml::{Node, Value};

/// Any data of the catalog as JSON.
pub(super) fn to_json(node: &Node, report: &mut Report) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Boolean(value) => Json::Bool(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Float(value) => Number::from_f64(*value).map_or_else(
            || {
                report.push(Diagnostic::new(
                    &rules::WRONG_TYPE,
                    node.at,
                    "JSON can't hold this number",
                    "write a finite number, or put it in quotes",
                ));
                Json::Null
            },
            Json::Number,
        ),
        Value::Text(text) => Json::String(text.clone().into_owned()),
        Value::List(items) => items.iter().map(|item| to_json(item, report)).collect(),
        Value::Mapping(members) => {
            let members = check::keys(members, report).into_iter();
            let members = members.map(|(key, _, value)| (key.to_owned(), to_json(value, report)));
            Json::Object(members.collect())
        }
    }
}
