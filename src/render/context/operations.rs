//! The operations as templates see them, each with a name for components and types.

use super::Operation;
use crate::catalog as model;
use crate::sorted::SortedMap;
use crate::text::ident::{Case, in_case};

/// The names of the operations so far. No two are the same after the ids of their surfaces, however their
/// words are joined. None is another surface's id either.
pub(crate) struct OperationNames {
    /// The ids and names in use, without `_`, and the last number that a name got.
    numbers: SortedMap<String, u32>,
}

impl OperationNames {
    pub(crate) fn new(catalog: &model::Catalog) -> Self {
        let ids = catalog.surfaces.iter().filter_map(|surface| surface.id.as_ref());
        Self { numbers: ids.map(|id| (joined(&id.value, ""), 1)).collect() }
    }

    pub(super) fn resolve<'c>(
        &mut self,
        surface: &str,
        operation: &'c model::Operation,
    ) -> Operation<'c> {
        Operation {
            name: self.name(surface, operation),
            method: operation.method(),
            path: operation.path(),
            errors: operation.errors.iter().map(|error| error.value.as_str()).collect(),
        }
    }

    /// The name of the next operation of the catalog.
    pub(crate) fn name(&mut self, surface: &str, operation: &model::Operation) -> String {
        self.unique(surface, &name(&operation.name.value))
    }

    /// The name, with a number if it is in use.
    fn unique(&mut self, surface: &str, name: &str) -> String {
        let key = joined(surface, name);
        let mut number = self.numbers.get(&key).map_or(1, |number| number + 1);
        let mut unique = name.to_owned();
        while number > 1 {
            unique = format!("{name}_{number}");
            if !self.numbers.contains_key(&joined(surface, &unique)) {
                break;
            }
            number += 1;
        }
        self.numbers.insert(joined(surface, &unique), 1);
        self.numbers.insert(key, number);
        unique
    }
}

fn joined(surface: &str, name: &str) -> String {
    [surface, name].concat().replace('_', "")
}

/// What an operation is called: `delete_keys_by_id` for `DELETE /keys/{id}`.
fn name(operation: &str) -> String {
    let mut name = in_case(&operation.replace('{', " by "), Case::Snake).unwrap_or_default();
    name.truncate(MAX_NAME);
    name.trim_end_matches('_').to_owned()
}

/// The longest name of an operation. Generators name files after it.
const MAX_NAME: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_the_words_of_an_operation() {
        for (operation, named) in [
            ("GET /", "get"),
            ("POST /keys", "post_keys"),
            ("DELETE /v1/apiKeys/{key-id}", "delete_v1_api_keys_by_key_id"),
            ("POST /v1/{name=projects/*}:cancel", "post_v1_by_name_projects_cancel"),
            ("TRACE /ü/%20/'*/", "trace_20"),
        ] {
            assert_eq!(name(operation), named);
        }
        assert_eq!(name(&format!("GET /{}/a", "x".repeat(95))), format!("get_{}", "x".repeat(95)));
    }

    #[test]
    fn a_name_in_use_gets_a_number() {
        let mut names = OperationNames { numbers: SortedMap::from([("apipost".to_owned(), 1)]) };
        for (surface, name, unique) in [
            ("api", "get_keys", "get_keys"),
            ("api", "get_keys", "get_keys_2"),
            ("api", "get_keys_3", "get_keys_3"),
            ("api", "get_keys", "get_keys_4"),
            ("other", "get_keys", "get_keys"),
            ("api", "get_key_s", "get_key_s_5"),
            ("api_get", "keys", "keys_6"),
            ("api", "post", "post_2"),
        ] {
            assert_eq!(names.unique(surface, name), unique);
        }
    }
}
