//! A YAML file that people write → a tree that was checked against a table of fields. Catalogs,
//! errcat.yaml and `_target.yaml` are all read here.

pub(crate) mod file;
pub(crate) mod schema;
