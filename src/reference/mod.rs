//! What errcat says about itself, made from its own tables: the JSON Schemas, the rules, the
//! reference of templates.

mod json_schema;
#[cfg(test)]
mod patterns;
mod rules;
mod templates;

pub use json_schema::{config_schema, schema};
pub use rules::rules;
pub use templates::template_reference;
