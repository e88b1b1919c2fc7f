//! Free data in a catalog (samples, literals of a body) as JSON. Never knows what it is for.

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Report};
use crate::document::schema;
use crate::yaml::{Node, NodeId, Value};

/// Any data of the catalog as JSON.
pub(super) fn to_json(node: &Node, report: &mut Report) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Boolean(value) => Json::Bool(*value),
        Value::Integer(value) => Json::from(*value),
        Value::Float(value) => serde_json::Number::from_f64(*value).map_or_else(
            || {
                report.push(Diagnostic::new(
                    &schema::WRONG_TYPE,
                    node.at,
                    "JSON has no such number",
                    "write a finite number, or put it in quotes",
                ));
                Json::Null
            },
            Json::Number,
        ),
        Value::Text(text) => Json::String(text.clone().into_owned()),
        Value::List(items) => items.iter().map(|item| to_json(item, report)).collect(),
        Value::Mapping(members) => {
            let mut object = serde_json::Map::new();
            let mut places: Vec<(&str, NodeId)> = Vec::new();
            for (key, value) in members {
                let Some(name) = schema::key_text(key, report) else { continue };
                if let Some((_, first)) = places.iter().find(|(known, _)| *known == name) {
                    schema::duplicate(name, key.at, *first, report);
                }
                places.push((name, key.at));
                object.insert(name.to_owned(), to_json(value, report));
            }
            Json::Object(object)
        }
    }
}
