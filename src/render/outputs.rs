//! The outputs of one template: one, or one for each surface or error.

use minijinja::Value;

use super::{Context, errors_of};
use crate::text::ident::{Case, in_case};
use crate::text::{files, python_names};

/// Replaced by the id of each surface.
const SURFACE: &str = "[surface]";

/// Replaced by the name of each error.
const ERROR: &str = "[error]";

/// Replaced by the name of the package, in snake case.
const PACKAGE: &str = "[package]";

/// One output of a template.
pub(super) struct Output {
    pub path: String,
    /// None in a template for the whole catalog.
    pub surface: Value,
    /// None in a template for the whole catalog or a surface.
    pub error: Value,
}

/// The outputs of a template. `name` is its own path, without `.j2`.
pub(super) fn of(
    name: &str,
    package: &str,
    context: &Context,
) -> Result<Vec<Output>, minijinja::Error> {
    let folder = python_names::ident(&in_case(package, Case::Snake).unwrap_or_default());
    let name = name.replace(PACKAGE, &folder);
    let (is_for_surfaces, is_for_errors) = (name.contains(SURFACE), name.contains(ERROR));
    if !is_for_surfaces && !is_for_errors {
        return Ok(vec![Output { path: name, surface: Value::from(()), error: Value::from(()) }]);
    }
    let mut outputs = Vec::new();
    for (id, surface) in context.surfaces()? {
        let path = name.replace(SURFACE, &id);
        if !is_for_errors {
            outputs.push(Output { path, surface, error: Value::from(()) });
            continue;
        }
        for (name, error) in errors_of(&surface)? {
            let path = path.replace(ERROR, &files::from_name(&name));
            outputs.push(Output { path, surface: surface.clone(), error });
        }
    }
    Ok(outputs)
}
