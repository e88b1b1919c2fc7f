//! Sample bodies: a surface's body filled in for one of its errors, or with every member.

use super::OtherBody;
use crate::catalog::body::{Blank, Body, Param, Placeholder, Type, Unit, filled_text};
use crate::catalog::retry::after;
use crate::catalog::values::{self, Content, Value};
use crate::catalog::{self as model, required, text};
use crate::text::json::Json;

/// The sample of a text, and of a value that can be any JSON.
const ELLIPSIS: &str = "...";

/// The sample body of an error: what a server sends for it, with its first status.
pub(super) fn of_entry(
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    given: &[Param],
) -> Json {
    sent_with(entry.statuses.first().map(|status| status.value), catalog, surface, entry, given)
}

/// The sample bodies for an error's other statuses, if they differ from the one for the first.
pub(super) fn of_other_statuses(
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    given: &[Param],
) -> Vec<OtherBody> {
    let [first, others @ ..] = entry.statuses.as_slice() else { return Vec::new() };
    let body_of = |status| sent_with(Some(status), catalog, surface, entry, given);
    others
        .iter()
        .map(|status| OtherBody { status: status.value, body: body_of(status.value) })
        .filter(|other| other.body != body_of(first.value))
        .collect()
}

/// The seconds in the header `Retry-After` that a server sends with the sample.
pub(super) fn retry_after(entry: &model::Entry, given: &[Param]) -> Option<u64> {
    let wait = given.iter().find_map(|param| match param.value_type() {
        Some(Type::Wait(unit)) => Some((param.name, unit)),
        _ => None,
    });
    let Some((name, unit)) = wait else {
        return Some(after(entry)?.div_ceil(1000));
    };
    let mut params = entry.params.iter();
    let param = params.find(|param| param.name.value == name);
    let example = param.and_then(|param| Some(param.example.as_ref()?.as_number()?.as_f64()));
    let in_unit = if unit == Unit::Milliseconds { 1000.0 } else { 1.0 };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no wait is negative, and `as` saturates"
    )]
    Some((example.unwrap_or(in_unit) / in_unit).ceil() as u64)
}

/// The sample body of an error with one of its statuses.
fn sent_with(
    status: Option<u16>,
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    given: &[Param],
) -> Json {
    let sample = Sample { status, has_examples: true, catalog, surface, entry };
    filled(surface, &|blank| sample.fill(blank, given))
}

/// A sample body with every member: the shape's example, otherwise a body of the first error.
pub(super) fn of_shape(catalog: &model::Catalog, surface: &model::Surface) -> Json {
    if let Some(example) = &surface.shape.example {
        return example.value.clone();
    }
    let params = required(surface.shape.body.as_ref().map(Body::all_params));
    filled(surface, &|blank| of_first(catalog, surface, &params, blank))
}

/// What fills a sample with every member.
fn of_first(
    catalog: &model::Catalog,
    surface: &model::Surface,
    params: &[Param],
    blank: Blank,
) -> Option<Json> {
    let (placeholder, kind) = match blank {
        Blank::List(list) => {
            let element = list.element(&|blank| of_first(catalog, surface, params, blank));
            return Some(Json::Array(vec![element]));
        }
        Blank::Placeholder(placeholder, kind) => (placeholder, kind),
    };
    // Within a text, a placeholder need not say its type.
    let mut kinds = params.iter().filter(|param| placeholder.param() == Some(param.name));
    let kind = kinds.find_map(Param::value_type).unwrap_or(kind);
    let Some(entry) = surface.errors.first() else { return Some(stand_in(kind)) };
    let status = entry.statuses.first().map(|status| status.value);
    let sample = Sample { status, has_examples: false, catalog, surface, entry };
    match placeholder.param().map(|name| entry.value(name)) {
        Some(Some(value)) => sample.value(value),
        Some(None) => Some(stand_in(kind)),
        None => sample.built_in(placeholder, kind).or_else(|| {
            // Another error has one.
            let is_given = |entry: &model::Entry| entry.fix.given().is_some();
            let is_fix = *placeholder == Placeholder::Fix;
            (is_fix && surface.errors.iter().any(is_given)).then(|| stand_in(kind))
        }),
    }
}

/// The body that a server sends, with what fills its placeholders.
fn filled(surface: &model::Surface, fill: &dyn Fn(Blank) -> Option<Json>) -> Json {
    required(surface.shape.body.as_ref().map(|body| body.filled(fill)))
}

/// A sample body of an error.
struct Sample<'s> {
    status: Option<u16>,
    /// Whether values are the examples of the error.
    has_examples: bool,
    catalog: &'s model::Catalog,
    surface: &'s model::Surface,
    entry: &'s model::Entry,
}

impl Sample<'_> {
    /// What fills a blank, where a server gives these params.
    fn fill(&self, blank: Blank, given: &[Param]) -> Option<Json> {
        let find = |name: &str| given.iter().find(|param| param.name == name);
        match blank {
            Blank::List(list) if find(&list.name).is_some() => {
                let params = &self.entry.params;
                let is_named = |name: &str| params.iter().any(|param| param.name.value == name);
                let needed = list.needed(&is_named);
                Some(Json::Array(vec![list.element(&|blank| self.fill(blank, &needed))]))
            }
            Blank::List(_) => None,
            Blank::Placeholder(Placeholder::Param(name), kind) => {
                if let Some(value) = self.entry.value(&name.value) {
                    return self.value(value);
                }
                match find(&name.value) {
                    Some(param) => Some(self.example(param)),
                    None => self.catalog_wait(kind),
                }
            }
            Blank::Placeholder(placeholder, kind) => self.built_in(placeholder, kind),
        }
    }

    /// What the catalog says that a placeholder holds.
    fn value(&self, value: &Value) -> Option<Json> {
        let parts = match &value.content {
            Content::Data(json) => return Some(json.clone()),
            Content::Text(parts) => parts,
        };
        let body = self.surface.shape.body.as_ref()?;
        let arguments = values::arguments(&self.entry.values, &body.params());
        let text = filled_text(parts, &|blank| match blank {
            Blank::Placeholder(Placeholder::Param(name), _) => {
                let argument = arguments.iter().find(|argument| argument.name == name.value);
                argument.map(|argument| self.example(argument))
            }
            blank => self.fill(blank, &[]),
        });
        Some(Json::from(text))
    }

    /// The sample of a value that a server gives.
    fn example(&self, given: &Param) -> Json {
        let kind = given.value_type().unwrap_or(Type::Any);
        if !self.has_examples {
            return stand_in(kind);
        }
        let param = self.entry.params.iter().find(|param| param.name.value == given.name);
        let example = param.and_then(|param| param.example.clone());
        let example = example.filter(|example| !example.is_null());
        example.or_else(|| self.catalog_wait(kind)).unwrap_or_else(|| stand_in(kind))
    }

    /// The wait that the catalog gives the error, in the unit of the body.
    fn catalog_wait(&self, kind: Type) -> Option<Json> {
        let after = after(self.entry)?;
        match kind {
            Type::Wait(Unit::Milliseconds) => Some(Json::from(after)),
            Type::Wait(Unit::Seconds) if after % 1000 == 0 => Some(Json::from(after / 1000)),
            #[allow(clippy::cast_precision_loss, reason = "a wait is at most 365 days")]
            Type::Wait(Unit::Seconds) => Some(Json::from(after as f64 / 1000.0)),
            _ => None,
        }
    }

    fn built_in(&self, placeholder: &Placeholder, kind: Type) -> Option<Json> {
        match placeholder {
            Placeholder::Code(_) => self.entry.code.given().map(|code| code.value.to_json()),
            Placeholder::Status if kind == Type::Text => {
                self.status.map(|status| Json::from(status.to_string()))
            }
            Placeholder::Status => self.status.map(Json::from),
            Placeholder::Meaning => text(self.entry.meaning.as_ref()).map(Json::from),
            Placeholder::Fix => text(self.entry.fix.given()).map(Json::from),
            Placeholder::DocsUrl => {
                let anchor = self.surface.anchor(&self.entry.name.as_ref()?.value);
                self.catalog.docs_url(&anchor).map(Json::from)
            }
            Placeholder::Param(_) => None,
        }
    }
}

/// The sample of a value without an example.
fn stand_in(kind: Type) -> Json {
    match kind {
        Type::Integer | Type::Number => Json::from(0),
        Type::Boolean => Json::from(false),
        Type::Wait(Unit::Seconds) => Json::from(1),
        Type::Wait(Unit::Milliseconds) => Json::from(1000),
        Type::Text | Type::Any => Json::from(ELLIPSIS),
    }
}
