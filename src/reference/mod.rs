//! What errcat says about itself, made from its own tables: the JSON Schemas, the rules, the
//! reference of templates.

mod catalog_json;
mod changes;
mod json_schema;
#[cfg(test)]
mod patterns;
mod rules;
mod templates;

pub use catalog_json::{catalog_json_schema, catalog_json_types};
pub use changes::change_reference;
pub use json_schema::{config_schema, schema};
pub use rules::rules;
pub use templates::template_reference;
