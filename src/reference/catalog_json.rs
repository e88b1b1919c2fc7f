//! What `catalog.json` contains, as a JSON Schema and as types of TypeScript. Both are made of the records that
//! templates see.

use minijinja::Value;
use minijinja::value::Serde;

use crate::render::context;
use crate::render::described::{Field, Record, Type};
use crate::render::escape;
use crate::text::json::{Json, Object, object};

/// The JSON Schema of `catalog.json`, as Prettier lays it out. Later versions of errcat may add members, so the
/// schema lets unknown ones pass.
#[must_use]
pub fn catalog_json_schema() -> String {
    let records = context::records();
    let definition = |record: &Record| (record.name.to_owned(), definition(record));
    let definitions: Object = records.iter().skip(1).map(definition).collect();
    let mut schema = object! {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A catalog of errors, resolved by errcat",
    };
    if let Some(catalog) = records.first() {
        schema.append(self::definition(catalog));
    }
    schema.push("definitions", definitions);
    escape::pretty(&Value::from(Serde(Json::Object(schema)))) + "\n"
}

fn definition(record: &Record) -> Object {
    let property = |field: &Field| {
        let mut schema = object! {"description": field.about};
        schema.append(schema_of(&field.r#type));
        (field.name.to_owned(), schema)
    };
    object! {
        "description": record.about,
        "type": "object",
        "required": record.fields.iter().map(|field| field.name).collect::<Vec<_>>(),
        "properties": record.fields.iter().map(property).collect::<Object>(),
    }
}

fn schema_of(r#type: &Type) -> Object {
    match r#type {
        Type::Text => object! {"type": "string"},
        Type::OneOf(texts) => object! {"enum": texts.to_vec()},
        Type::Scalar => object! {"type": ["string", "integer"]},
        Type::Boolean => object! {"type": "boolean"},
        Type::Number => object! {"type": "integer", "minimum": 0},
        Type::Version(version) => object! {"const": *version},
        Type::Object => object! {"type": "object"},
        Type::Value => object! {},
        // A definition next to a reference is ignored in this draft, and so is a description.
        Type::Record(name) => {
            object! {"allOf": [object! {"$ref": format!("#/definitions/{name}")}]}
        }
        Type::List(of) => object! {"type": "array", "items": schema_of(of)},
        Type::Optional(of) => match schema_of(of) {
            any if any.is_empty() => any,
            schema => object! {"anyOf": [schema, object! {"type": "null"}]},
        },
    }
}

/// The types of `catalog.json` for TypeScript.
#[must_use]
pub fn catalog_json_types() -> String {
    context::records().iter().map(interface).collect::<Vec<_>>().join("\n")
}

fn interface(record: &Record) -> String {
    let mut interface = format!(
        "/** {} */\n// prettier-ignore\nexport interface {} {{\n",
        record.about, record.name
    );
    for Field { name, r#type, about } in &record.fields {
        let written = written(r#type);
        let fits = |indent: usize| indent + written.len() + ";".len() <= WIDTH;
        // Only unions are longer than a line.
        let written = if fits(format!("  {name}: ").len()) {
            format!(" {written}")
        } else if fits(4) {
            format!("\n    {written}")
        } else {
            format!("\n    | {}", written.replace(" | ", "\n    | "))
        };
        interface += &format!("  /** {about} */\n  {name}:{written};\n");
    }
    interface + "}\n"
}

/// The columns of a line.
const WIDTH: usize = 80;

/// A type as TypeScript writes it.
fn written(r#type: &Type) -> String {
    match r#type {
        Type::Text => "string".to_owned(),
        Type::OneOf(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
            texts.join(" | ")
        }
        Type::Scalar => "string | number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Version(version) => version.to_string(),
        Type::Object => "{ [name: string]: unknown }".to_owned(),
        Type::Value => "unknown".to_owned(),
        Type::Record(name) => (*name).to_owned(),
        Type::List(of) => match written(of) {
            union if union.contains(" | ") => format!("({union})[]"),
            single => single + "[]",
        },
        Type::Optional(of) if matches!(**of, Type::Value) => "unknown".to_owned(),
        Type::Optional(of) => written(of) + " | null",
    }
}
