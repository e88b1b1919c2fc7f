//! Sample bodies: a surface's body filled in for one of its errors, or with every member.

use serde_json::Value as Json;

use super::{OtherBody, Placeholder as Argument};
use crate::catalog::body::{Placeholder, Type};
use crate::catalog::{self as model, required, text};

/// The sample of a text, and of a value that can be any JSON.
const ELLIPSIS: &str = "...";

/// The sample body of an error: what a server sends for it, with its first status.
pub(super) fn of_entry(
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    arguments: &[Argument],
) -> Json {
    sent_with(entry.statuses.first().map(|status| status.value), catalog, surface, entry, arguments)
}

/// The sample bodies for an error's other statuses, if they differ from the one for the first.
pub(super) fn of_other_statuses(
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    arguments: &[Argument],
) -> Vec<OtherBody> {
    let [first, others @ ..] = entry.statuses.as_slice() else { return Vec::new() };
    let body_of = |status| sent_with(Some(status), catalog, surface, entry, arguments);
    others
        .iter()
        .map(|status| OtherBody { status: status.value, body: body_of(status.value) })
        .filter(|other| other.body != body_of(first.value))
        .collect()
}

/// The sample body of an error with one of its statuses.
fn sent_with(
    status: Option<u16>,
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    arguments: &[Argument],
) -> Json {
    filled(surface, &|placeholder, _| {
        let Some(name) = placeholder.param() else {
            return built_in(status, catalog, surface, entry, placeholder);
        };
        let argument = arguments.iter().find(|argument| argument.name == name)?;
        let param = entry.params.iter().find(|param| param.name.value == name);
        let example = param.and_then(|param| param.example.clone()).filter(|one| !one.is_null());
        Some(example.unwrap_or_else(|| stand_in(argument.r#type)))
    })
}

/// A sample body with every member: the shape's example, otherwise a body of the first error.
pub(super) fn of_shape(catalog: &model::Catalog, surface: &model::Surface) -> Json {
    if let Some(example) = &surface.shape.example {
        return example.value.clone();
    }
    filled(surface, &|placeholder, kind| match (placeholder, surface.errors.first()) {
        (Placeholder::Param(_), _) | (_, None) => Some(stand_in(kind.name())),
        (_, Some(entry)) => {
            let status = entry.statuses.first().map(|status| status.value);
            built_in(status, catalog, surface, entry, placeholder)
        }
    })
}

/// The body that a server sends, with what fills its placeholders.
fn filled(surface: &model::Surface, fill: &dyn Fn(&Placeholder, Type) -> Option<Json>) -> Json {
    required(surface.shape.body.as_ref().map(|body| body.filled(fill)))
}

fn built_in(
    status: Option<u16>,
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    placeholder: &Placeholder,
) -> Option<Json> {
    match placeholder {
        Placeholder::Code => entry.code.given().map(|code| code.value.to_json()),
        Placeholder::Status => status.map(Json::from),
        Placeholder::Meaning => text(entry.meaning.as_ref()).map(Json::from),
        Placeholder::Fix => text(entry.fix.as_ref()).map(Json::from),
        Placeholder::DocsUrl => {
            catalog.docs_url(&surface.anchor(&entry.name()?.value)).map(Json::from)
        }
        Placeholder::Param(_) => None,
    }
}

/// The sample of a value without an example, by the name of its type.
fn stand_in(kind: &str) -> Json {
    match kind {
        "integer" => Json::from(0),
        "boolean" => Json::from(false),
        _ => Json::from(ELLIPSIS),
    }
}
