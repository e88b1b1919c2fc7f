//! Sample bodies: a surface's body filled in for one of its errors, or with every member.

use serde_json::Value as Json;

use super::OtherBody;
use crate::catalog::body::{Placeholder, Type};
use crate::catalog::{self as model, required, text};

/// The sample of a text or any value that the server gives.
const ELLIPSIS: &str = "...";

/// The sample body of an error: the shape's example if it has this error's code, otherwise the body
/// filled in.
pub(super) fn of_entry(
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
) -> Json {
    let own_code = entry.code.given().map(|code| code.value.to_json());
    if let (Some(example), Some(spot), Some(own)) =
        (&surface.shape.example, surface.shape.code(), &own_code)
        && spot.find(&example.value).as_ref() == Some(own)
    {
        return example.value.clone();
    }
    sent_with(entry.statuses.first().map(|status| status.value), catalog, surface, entry)
}

/// The sample bodies for an error's other statuses, if they differ from the one for the first.
pub(super) fn of_other_statuses(
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
) -> Vec<OtherBody> {
    let [first, others @ ..] = entry.statuses.as_slice() else { return Vec::new() };
    let body_of = |status| sent_with(Some(status), catalog, surface, entry);
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
) -> Json {
    sample(surface, &|placeholder, kind, optional| {
        let Placeholder::Param(name) = placeholder else {
            return built_in(status, catalog, surface, entry, placeholder);
        };
        match entry.params.iter().find(|param| param.name.value == name.value) {
            Some(param) => Some(param.example.clone().unwrap_or_else(|| stand_in(kind))),
            None => (!optional).then(|| stand_in(kind)),
        }
    })
}

/// A sample body with every member: the shape's example, otherwise a body of the first error.
pub(super) fn of_shape(catalog: &model::Catalog, surface: &model::Surface) -> Json {
    if let Some(example) = &surface.shape.example {
        return example.value.clone();
    }
    sample(surface, &|placeholder, kind, _| match (placeholder, surface.errors.first()) {
        (Placeholder::Param(_), _) | (_, None) => Some(stand_in(kind)),
        (_, Some(entry)) => {
            let status = entry.statuses.first().map(|status| status.value);
            built_in(status, catalog, surface, entry, placeholder)
        }
    })
}

fn sample(
    surface: &model::Surface,
    fill: &dyn Fn(&Placeholder, Type, bool) -> Option<Json>,
) -> Json {
    required(surface.shape.body.as_ref().map(|body| body.sample(fill)))
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

fn stand_in(kind: Type) -> Json {
    match kind {
        Type::Text | Type::Any => Json::from(ELLIPSIS),
        Type::Integer => Json::from(0),
        Type::Boolean => Json::from(false),
    }
}
