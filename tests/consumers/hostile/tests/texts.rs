//! Every text and code of the hostile catalog comes back equal, character for character, through
//! the generated crate: a test for each surface, from a list that is written next to the crate.

use serde_json::{Value, json};

macro_rules! surface {
    ($module:ident, $id:literal, $Names:ident, $name:ident) => {
        #[test]
        fn $module() {
            use hostile_errors::$module::{$Names, ApiError};

            let surface = hostile_reader::surface($id);
            let errors = surface["errors"].as_array().unwrap();
            assert_eq!($Names::ALL.len(), errors.len());
            for (code, error) in $Names::ALL.iter().zip(errors) {
                let entry = code.entry();
                if let Some(name) = error.get("name") {
                    assert_eq!(entry.name, *name);
                }
                let text = |code: &Value| code.as_str().map_or_else(|| code.to_string(), str::to_owned);
                assert_eq!(entry.code.map(str::to_owned), error.get("code").map(text));
                assert_eq!(code.as_str(), entry.code.unwrap_or(entry.name));
                assert_eq!(code.to_string(), code.as_str());
                assert_eq!((entry.surface, entry.status), ($id, u16::try_from(error["status"].as_u64().unwrap()).unwrap()));
                assert_eq!(Some(entry.meaning), error["meaning"].as_str());
                assert_eq!(entry.fix, error["fix"].as_str());
                assert_eq!(entry.retryable, error["retryable"].as_bool());
                assert_eq!(json!(entry.tags), *error.get("tags").unwrap_or(&json!([])));
                let deprecated = entry.deprecated.map(|one| {
                    json!({"since": one.since, "use": one.instead, "note": one.note})
                });
                assert_eq!(json!(deprecated), *error.get("deprecated").unwrap_or(&Value::Null));

                // The body, keys and literals and all, read and written again.
                let body: Value = serde_json::from_str(entry.sample).unwrap();
                let read = ApiError::read(entry.status, entry.sample);
                assert_eq!((read.$name(), read.matches()), (Some(*code), true));
                assert_eq!(serde_json::from_str::<Value>(&read.body()).unwrap(), body);
                let sent = hostile_reader::keys(&body);
                let wanted = hostile_reader::keys(&surface["shape"]["body"]);
                assert!(sent.iter().all(|key| wanted.contains(key)), "{sent:?}");
                for (key, value) in surface["shape"]["body"].as_object().unwrap() {
                    let is_literal = value.as_str().is_some_and(|value| !value.contains('<'));
                    if is_literal && !key.ends_with('?') {
                        assert_eq!(body[key], *value);
                    }
                }
                for (param, key) in [("detail", "detail"), ("extra", "extra")] {
                    if let Some(example) = error["params"][param].get("example") {
                        assert_eq!(body[key], *example);
                    }
                }
                // It has one line, whatever the texts are.
                assert_eq!(read.to_string().lines().count(), 1);
            }
        }
    };
}

include!("../../../../target/tmp/hostile/catalog/surfaces.rs");
