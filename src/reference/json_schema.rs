//! The JSON Schemas of catalogs and of errcat.yaml, for editors, made from the tables of fields.
//!
//! They are Draft-07, the newest that yaml-language-server reads.

use std::collections::BTreeMap;

use crate::catalog::CATALOG_FIELDS;
use crate::config::target::{self, Description};
use crate::config::{CONFIG, Takes};
use crate::diagnostic::Rule;
use crate::document::schema::{Field, Kind, Mapping, Need};
use crate::error::Error;
use crate::lint;
use crate::render::templates::Templates;
use crate::text::json::{Json, Object, object};
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
fn suggest_targets(output: &mut Object, targets: &[(&str, Description)]) {
    let names = targets
        .iter()
        .map(|(name, target)| object! {"const": *name, "description": target.about.as_str()});
    let names: Vec<Object> = names.chain([object! {"type": "string", "minLength": 1}]).collect();
    for path in [&["properties", "target"][..], &["properties", "targets", "items"]] {
        if let Some(target) = at(output, path) {
            target.remove("type");
            target.remove("minLength");
            target.push("anyOf", names.clone());
        }
    }
    if let Some(list) = at(output, &["properties", "targets"]) {
        list.push("minItems", 1);
        list.push("uniqueItems", true);
    }
    let rules = targets.iter().map(|(name, target)| {
        let options = target.options.iter().map(|option| {
            let mut schema = match &option.takes {
                Takes::Text => object! {"type": "string"},
                Takes::Form(form) => object! {"type": "string", "pattern": form.pattern},
                Takes::Switch => object! {"type": "boolean"},
                Takes::Choice(choices) => object! {"enum": choices.clone()},
                Takes::Choices(choices) => object! {
                    "type": "array",
                    "items": object! {"enum": choices.clone()},
                    "uniqueItems": true,
                },
            };
            schema.push("description", sentence(&option.about));
            (option.name.clone(), schema)
        });
        let options: Object = options.collect();
        let has = |field: &str, schema: Object| {
            let properties = Object::from_iter([(field.to_owned(), schema)]);
            object! {"required": [field], "properties": properties}
        };
        object! {
            "if": object! {"anyOf": [
                has("target", object! {"const": *name}),
                has("targets", object! {"contains": object! {"const": *name}}),
            ]},
            "then": object! {"properties": object! {
                "options": object! {"properties": options, "additionalProperties": false},
            }},
        }
    });
    output.push("allOf", rules.collect::<Vec<_>>());
    output.push("not", object! {"required": ["target", "targets"]});
}

/// The object at a path in a schema.
fn at<'s>(schema: &'s mut Object, path: &[&str]) -> Option<&'s mut Object> {
    path.iter().try_fold(schema, |schema, key| schema.object_mut(key))
}

fn document(
    fields: &'static Mapping,
    about: &str,
    refine: impl FnOnce(&mut Definitions),
) -> String {
    let mut definitions = BTreeMap::new();
    let root = mapping(fields, &mut definitions);
    refine(&mut definitions);
    // No title: editors would repeat it above every hover text.
    let mut schema = object! {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "description": about,
    };
    schema.append(root);
    schema.push("definitions", named(definitions));
    format!("{:#}\n", Json::Object(schema))
}

/// The schema of each mapping, by its name; and that of rules.
type Definitions = BTreeMap<&'static str, Object>;

fn named<T: Into<Json>>(members: BTreeMap<&str, T>) -> Object {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn mapping(mapping: &'static Mapping, definitions: &mut Definitions) -> Object {
    let properties =
        mapping.fields.iter().map(|field| (field.name.to_owned(), self::field(field, definitions)));
    let properties: Object = properties.collect();
    let required =
        mapping.fields.iter().filter(|field| field.is_always_required()).map(|field| field.name);
    let mut schema = object! {
        "type": "object",
        "additionalProperties": false,
        "required": required.collect::<Vec<_>>(),
    };
    schema.append(conditions(mapping));
    schema.push("properties", properties);
    if let Some(snippet) = snippet(mapping) {
        schema.push("defaultSnippets", [snippet]);
    }
    schema
}

/// The fields that are required depending on others.
fn conditions(mapping: &Mapping) -> Object {
    let mut conditions = Object::default();
    let mut dependencies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for field in mapping.fields {
        match field.need {
            Need::With(others) => {
                for other in others {
                    dependencies.entry(other).or_default().push(field.name);
                }
            }
            Need::Without(other) => {
                let either = [field.name, other].map(|name| object! {"required": [name]});
                conditions.push("anyOf", either);
            }
            Need::Always | Need::Never => {}
        }
    }
    if !dependencies.is_empty() {
        conditions.push("dependencies", named(dependencies));
    }
    conditions
}

/// The snippet that yaml-language-server offers for a whole mapping, if it has more than the required
/// fields.
fn snippet(mapping: &Mapping) -> Option<Object> {
    let suggested = || mapping.fields.iter().filter(|field| field.suggested);
    let optional = suggested().filter(|field| field.need == Need::Never);
    let optional: Vec<String> = optional.map(|field| format!("`{}`", field.name)).collect();
    let optional = (!optional.is_empty()).then(|| words::joined(&optional, " and "))?;
    let body = suggested().zip(1..).map(|(field, stop)| {
        let value = match field.kind {
            Kind::Boolean => format!("${{{stop}|false,true|}}"),
            _ => format!("${stop}"),
        };
        (field.name.to_owned(), value)
    });
    Some(object! {
        "label": format!("{} with {optional}", mapping.what),
        "description": format!("Every required field, and {optional}."),
        "body": body.collect::<Object>(),
    })
}

fn field(field: &'static Field, definitions: &mut Definitions) -> Object {
    let mut schema = kind(&field.kind, definitions);
    if matches!(field.kind, Kind::Mapping(_) | Kind::Rule) {
        // Draft-07 ignores everything next to a reference. And yaml-language-server only sees that a
        // mapping begins here if there are `properties`.
        schema = object! {"allOf": [schema], "properties": object! {}};
    }
    let sentence = sentence(field.about);
    if sentence.contains('`') {
        // Editors read code spans only here.
        schema.push("markdownDescription", sentence.as_str());
    }
    schema.push("description", sentence);
    schema
}

/// The names of the rules that can be allowed, with what each one finds.
fn rule() -> Object {
    let mut rules: Vec<_> = lint::allowable().collect();
    rules.sort_unstable_by_key(|rule| rule.name);
    let about = |rule: &Rule| format!("Finds {}: {}.", rule.what, rule.why);
    object! {
        "type": "string",
        "enum": rules.iter().map(|rule| rule.name).collect::<Vec<_>>(),
        "markdownEnumDescriptions": rules.iter().map(|rule| about(rule)).collect::<Vec<_>>(),
    }
}

fn kind(kind: &'static Kind, definitions: &mut Definitions) -> Object {
    match kind {
        Kind::Text | Kind::Paragraphs => object! {"type": "string", "minLength": 1},
        Kind::Form(form) => {
            object! {"type": "string", "pattern": form.pattern, "examples": [form.example]}
        }
        Kind::Integer(range) if range.min == range.max => {
            object! {"type": "integer", "enum": [range.min]}
        }
        Kind::Integer(range) => {
            object! {"type": "integer", "minimum": range.min, "maximum": range.max}
        }
        Kind::Boolean => object! {"type": "boolean"},
        Kind::Rule => {
            definitions.entry("rule").or_insert_with(rule);
            object! {"$ref": "#/definitions/rule"}
        }
        Kind::List(item) => object! {"type": "array", "items": self::kind(item, definitions)},
        Kind::OneOf(kinds) => {
            let kinds: Vec<Object> = kinds.iter().map(|one| self::kind(one, definitions)).collect();
            object! {"anyOf": kinds}
        }
        Kind::Named(form, value) => object! {
            "type": "object",
            "propertyNames": object! {"pattern": form.pattern},
            "additionalProperties": self::kind(value, definitions),
        },
        Kind::Mapping(one) => {
            if !definitions.contains_key(one.name) {
                let schema = mapping(one, definitions);
                definitions.insert(one.name, schema);
            }
            object! {"$ref": format!("#/definitions/{}", one.name)}
        }
        Kind::Structure(_) => object! {"type": ["object", "array"]},
        Kind::Object(_) => object! {"type": "object"},
        // Editors start with the first of these types.
        Kind::Data => {
            object! {"type": ["string", "number", "boolean", "null", "object", "array"]}
        }
    }
}

/// Makes a sentence of a clause from the tables.
fn sentence(clause: &str) -> String {
    let mut chars = clause.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", chars.as_str())
}
