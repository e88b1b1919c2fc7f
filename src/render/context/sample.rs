//! Sample bodies: a surface's shape filled in for one of its errors, or with all it can hold.
//! Never decides what a body looks like.

use serde_json::Value as Json;

use super::OtherBody;
use crate::catalog as model;
use crate::catalog::body::{Filler, Type};

/// What stands for text that is given per occurrence.
const ELLIPSIS: &str = "...";

/// A sample body of an error: the shape's example if it is of this error, else made from the body.
pub(super) fn of_entry(
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
) -> Json {
    let own_code = entry.code.as_ref().map(|code| code.value.to_json());
    if let (Some(example), Some(spot), Some(own)) =
        (&surface.shape.example, surface.shape.body.code(), &own_code)
        && spot.find(&example.value).as_ref() == Some(own)
    {
        return example.value.clone();
    }
    sent_with(entry.statuses.first().map(|status| status.value), catalog, surface, entry)
}

/// The sample bodies of an error's statuses but the first, where they differ from that one's.
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

/// A body made for an error and one of its statuses.
fn sent_with(
    status: Option<u16>,
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
) -> Json {
    surface.shape.body.sample(&|filler, kind, optional| {
        let Filler::Occurrence(name) = filler else {
            return built_in(status, catalog, surface, entry, filler);
        };
        match entry.params.iter().find(|param| param.name.value == *name) {
            Some(param) => Some(param.example.clone().unwrap_or_else(|| stand_in(kind))),
            None => (!optional).then(|| stand_in(kind)),
        }
    })
}

/// A body with every member: the shape's example, else one of its first error.
pub(super) fn of_shape(catalog: &model::Catalog, surface: &model::Surface) -> Json {
    if let Some(example) = &surface.shape.example {
        return example.value.clone();
    }
    surface.shape.body.sample(&|filler, kind, _| match (filler, surface.errors.first()) {
        (Filler::Occurrence(..), _) | (_, None) => Some(stand_in(kind)),
        (_, Some(entry)) => {
            let status = entry.statuses.first().map(|status| status.value);
            built_in(status, catalog, surface, entry, filler)
        }
    })
}

fn built_in(
    status: Option<u16>,
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    filler: &Filler,
) -> Option<Json> {
    match filler {
        Filler::Code => entry.code.as_ref().map(|code| code.value.to_json()),
        Filler::Status => status.map(Json::from),
        Filler::Meaning => Some(Json::from(entry.meaning.value.as_str())),
        Filler::Fix => Some(Json::from(entry.fix.value.as_str())),
        Filler::DocsUrl => catalog.docs_url(&surface.anchor(&entry.name()?)).map(Json::from),
        Filler::Occurrence(..) => None,
    }
}

fn stand_in(kind: Type) -> Json {
    match kind {
        Type::Text | Type::Any => Json::from(ELLIPSIS),
        Type::Integer => Json::from(0),
        Type::Boolean => Json::from(false),
    }
}
