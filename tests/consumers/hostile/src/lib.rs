//! The catalog that the crate was made from, as the file says it: JSON, read by serde_json and not
//! by errcat.

use serde_json::Value;

/// A surface of the catalog.
pub fn surface(id: &str) -> Value {
    let catalog: Value =
        serde_json::from_str(include_str!("../../../../target/tmp/hostile/catalog/all.yaml"))
            .unwrap();
    let surfaces = catalog["surfaces"].as_array().unwrap();
    surfaces.iter().find(|surface| surface["id"] == id).unwrap().clone()
}

/// The keys of a body as they are sent, without the `?` of those that may be absent.
pub fn keys(body: &Value) -> Vec<String> {
    let keys = body.as_object().unwrap().keys();
    keys.map(|key| key.strip_suffix('?').unwrap_or(key).to_owned()).collect()
}
