//! The JSON Schemas of catalogs and of errcat.yaml, for editors, made from the tables of fields.
//!
//! They are Draft-07, the newest that yaml-language-server reads.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::catalog::CATALOG_FIELDS;
use crate::config::target::{self, Description};
use crate::config::{CONFIG, Takes};
use crate::diagnostic::Rule;
use crate::document::schema::{Field, Kind, Mapping, Need};
use crate::error::Error;
use crate::lint;
use crate::render::templates::Templates;
use crate::text::words;

/// The JSON Schema of catalogs, as indented JSON.
#[must_use]
pub fn schema() -> String {
    document(&CATALOG_FIELDS, "Every error of a product, format version 1.", |_| {})
}

/// The JSON Schema of errcat.yaml, with the built-in targets and their options, as indented JSON.
///
/// # Errors
/// If a built-in target is described wrongly, which is a bug.
pub fn config_schema() -> Result<String, Error> {
    let templates = Templates::read(None)?;
    let mut options = Vec::new();
    for target in templates.targets() {
        options.push((target, target::describe(target, &templates)?));
    }
    let about = "What errcat makes of which catalog, format version 1.";
    Ok(document(&CONFIG, about, |definitions| {
        if let Some(output) = definitions.get_mut("output") {
            suggest_targets(output, &options);
        }
    }))
}

/// Completes the names and options of built-in targets, and accepts the name of any other target.
fn suggest_targets(output: &mut Json, targets: &[(&str, Description)]) {
    let names =
        targets.iter().map(|(name, target)| json!({"const": name, "description": target.about}));
    let names: Vec<Json> = names.chain([json!({"type": "string", "minLength": 1})]).collect();
    for path in ["/properties/target", "/properties/targets/items"] {
        if let Some(target) = output.pointer_mut(path).and_then(Json::as_object_mut) {
            target.remove("type");
            target.remove("minLength");
            target.insert("anyOf".into(), names.clone().into());
        }
    }
    if let Some(list) = output.pointer_mut("/properties/targets").and_then(Json::as_object_mut) {
        list.insert("minItems".into(), 1.into());
        list.insert("uniqueItems".into(), true.into());
    }
    let rules = targets.iter().map(|(name, target)| {
        let options = target.options.iter().map(|option| {
            let mut schema = match &option.takes {
                Takes::Text => json!({"type": "string"}),
                Takes::Form(form) => json!({"type": "string", "pattern": form.pattern}),
                Takes::Switch => json!({"type": "boolean"}),
                Takes::Choice(choices) => json!({"enum": choices}),
                Takes::Choices(choices) => {
                    json!({"type": "array", "items": {"enum": choices}, "uniqueItems": true})
                }
            };
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".into(), sentence(&option.about).into());
            }
            (option.name.clone(), schema)
        });
        let options: Map<String, Json> = options.collect();
        json!({
            "if": {"anyOf": [
                {"required": ["target"], "properties": {"target": {"const": name}}},
                {"required": ["targets"], "properties": {"targets": {"contains": {"const": name}}}},
            ]},
            "then": {"properties": {"options": {"properties": options, "additionalProperties": false}}},
        })
    });
    let rules = rules.collect();
    if let Some(output) = output.as_object_mut() {
        output.insert("allOf".into(), rules);
        output.insert("not".into(), json!({"required": ["target", "targets"]}));
    }
}

fn document(
    fields: &'static Mapping,
    about: &str,
    refine: impl FnOnce(&mut Definitions),
) -> String {
    let mut definitions = BTreeMap::new();
    let root = mapping(fields, &mut definitions);
    refine(&mut definitions);
    let mut schema = Map::new();
    schema.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
    // No title: editors would repeat it above every hover text.
    schema.insert("description".into(), about.into());
    schema.extend(root);
    schema.insert("definitions".into(), json!(definitions));
    let text = serde_json::to_string_pretty(&Json::Object(schema));
    text.unwrap_or_default() + "\n"
}

/// The schema of each mapping, by its name; and that of rules.
type Definitions = BTreeMap<&'static str, Json>;

fn mapping(mapping: &'static Mapping, definitions: &mut Definitions) -> Map<String, Json> {
    let properties =
        mapping.fields.iter().map(|field| (field.name.to_owned(), self::field(field, definitions)));
    let properties: Map<String, Json> = properties.collect();
    let required =
        mapping.fields.iter().filter(|field| field.is_always_required()).map(|field| field.name);
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("additionalProperties".into(), false.into());
    schema.insert("required".into(), required.collect());
    schema.extend(conditions(mapping));
    schema.insert("properties".into(), properties.into());
    schema.extend(snippet(mapping).map(|snippet| ("defaultSnippets".into(), json!([snippet]))));
    schema
}

/// The fields that are required depending on others.
fn conditions(mapping: &Mapping) -> Map<String, Json> {
    let mut conditions = Map::new();
    let mut dependencies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for field in mapping.fields {
        match field.need {
            Need::With(others) => {
                for other in others {
                    dependencies.entry(other).or_default().push(field.name);
                }
            }
            Need::Without(other) => {
                let either = json!([{"required": [field.name]}, {"required": [other]}]);
                conditions.insert("anyOf".into(), either);
            }
            Need::Always | Need::Never => {}
        }
    }
    if !dependencies.is_empty() {
        conditions.insert("dependencies".into(), json!(dependencies));
    }
    conditions
}

/// The snippet that yaml-language-server offers for a whole mapping, if it has more than the required
/// fields.
fn snippet(mapping: &Mapping) -> Option<Json> {
    let suggested = || mapping.fields.iter().filter(|field| field.suggested);
    let optional = suggested().filter(|field| field.need == Need::Never);
    let optional: Vec<String> = optional.map(|field| format!("`{}`", field.name)).collect();
    let optional = (!optional.is_empty()).then(|| words::joined(&optional, " and "))?;
    let body = suggested().zip(1..).map(|(field, stop)| {
        let value = match field.kind {
            Kind::Boolean => format!("${{{stop}|false,true|}}"),
            _ => format!("${stop}"),
        };
        (field.name.to_owned(), value.into())
    });
    Some(json!({
        "label": format!("{} with {optional}", mapping.what),
        "description": format!("Every required field, and {optional}."),
        "body": body.collect::<Map<_, _>>(),
    }))
}

fn field(field: &'static Field, definitions: &mut Definitions) -> Json {
    let mut schema = kind(&field.kind, definitions);
    if schema.contains_key("$ref") {
        // Draft-07 ignores everything next to a reference. And yaml-language-server only sees that a
        // mapping begins here if there are `properties`.
        let properties = ("properties".to_owned(), json!({}));
        schema = Map::from_iter([("allOf".to_owned(), json!([schema])), properties]);
    }
    let sentence = sentence(field.about);
    if sentence.contains('`') {
        // Editors read code spans only here.
        schema.insert("markdownDescription".into(), sentence.clone().into());
    }
    schema.insert("description".into(), sentence.into());
    Json::Object(schema)
}

/// The names of the rules that can be allowed, with what each one finds.
fn rule() -> Json {
    let mut rules: Vec<_> = lint::allowable().collect();
    rules.sort_unstable_by_key(|rule| rule.name);
    let about = |rule: &Rule| format!("Finds {}: {}.", rule.what, rule.why);
    json!({
        "type": "string",
        "enum": rules.iter().map(|rule| rule.name).collect::<Vec<_>>(),
        "markdownEnumDescriptions": rules.iter().map(|rule| about(rule)).collect::<Vec<_>>(),
    })
}

fn kind(kind: &'static Kind, definitions: &mut Definitions) -> Map<String, Json> {
    let schema = match kind {
        Kind::Text | Kind::Paragraphs => json!({"type": "string", "minLength": 1}),
        Kind::Form(form) => {
            json!({"type": "string", "pattern": form.pattern, "examples": [form.example]})
        }
        Kind::Integer(range) if range.min == range.max => {
            json!({"type": "integer", "enum": [range.min]})
        }
        Kind::Integer(range) => {
            json!({"type": "integer", "minimum": range.min, "maximum": range.max})
        }
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Rule => {
            definitions.entry("rule").or_insert_with(rule);
            json!({"$ref": "#/definitions/rule"})
        }
        Kind::List(item) => json!({"type": "array", "items": self::kind(item, definitions)}),
        Kind::OneOf(kinds) => {
            let kinds: Vec<Json> =
                kinds.iter().map(|one| Json::Object(self::kind(one, definitions))).collect();
            json!({"anyOf": kinds})
        }
        Kind::Named(form, value) => json!({
            "type": "object",
            "propertyNames": {"pattern": form.pattern},
            "additionalProperties": self::kind(value, definitions),
        }),
        Kind::Mapping(one) => {
            if !definitions.contains_key(one.name) {
                let schema = mapping(one, definitions);
                definitions.insert(one.name, schema.into());
            }
            json!({"$ref": format!("#/definitions/{}", one.name)})
        }
        Kind::Structure(_) => json!({"type": ["object", "array"]}),
        Kind::Object(_) => json!({"type": "object"}),
        // Editors start with the first of these types.
        Kind::Data => {
            json!({"type": ["string", "number", "boolean", "null", "object", "array"]})
        }
    };
    match schema {
        Json::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// Makes a sentence of a clause from the tables.
fn sentence(clause: &str) -> String {
    let mut chars = clause.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", chars.as_str())
}
