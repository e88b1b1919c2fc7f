//! One surface: its fields, and the errors that it includes → [`Surface`].

use super::entry::{Around, entry, named, statuses};
use super::{allow, empty_list, meta, operation, retired};
use crate::catalog::body::Body;
use crate::catalog::data::to_json;
use crate::catalog::include::{Documents, Place, UNKNOWN_SHAPE};
use crate::catalog::{
    Entry, Optional, Retired, Shape, Spanned, Surface, example, required, schema as tables,
};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{Fields, Typed};
use crate::yaml::Node;

/// What one surface lists.
struct Listed<'n, 't> {
    /// `None` for each broken one.
    errors: Vec<Option<Typed<'n, 't>>>,
    /// Whether its `errors` or its `include` is broken as a whole.
    lacks_errors: bool,
    statuses: Optional<Spanned<Vec<Spanned<u16>>>>,
    /// `None` for each broken one.
    retired: Optional<Vec<Option<Retired>>>,
}

impl<'n, 't> Listed<'n, 't> {
    fn of(fields: Fields<'n, 't>) -> Self {
        let errors = fields.optional("errors", |list| Some(list.items()));
        let include = fields.optional("include", Some);
        Self {
            lacks_errors: errors.is_broken() || include.is_broken(),
            errors: errors.into_given().unwrap_or_default(),
            statuses: fields.optional("status", statuses),
            retired: fields.optional("retired", |list| {
                Some(list.items().into_iter().map(|item| retired(item?)).collect())
            }),
        }
    }
}

pub(super) fn surface(
    item: Typed,
    documents: &Documents,
    place: Place,
    report: &mut Report,
) -> Option<Surface> {
    let fields = item.fields()?;
    documents.check(place, report);
    let included = documents.included(place);
    let own = Listed::of(fields);
    let others = included
        .surfaces
        .iter()
        .filter_map(|node| Typed::new(node, &tables::SURFACE_KIND)?.fields());
    let others: Vec<Listed> = others.map(Listed::of).collect();
    let all = || std::iter::once(&own).chain(&others);
    let items = || all().flat_map(|one| &one.errors);
    let given = fields.optional("shape", Typed::fields);
    let like = given.given().and_then(|shape| like(*shape, documents, place, report));
    let like = like.as_ref().and_then(|shape| Typed::new(shape, &tables::SHAPE_KIND)?.fields());
    let shape = shape(given.given().copied(), like, most_have_codes(items), report);
    let around = Around {
        body: shape.body.as_ref(),
        params: required(shape.body.as_ref().map(Body::all_params)),
        statuses: own.statuses.given().map_or(&[], |statuses| &statuses.value),
    };
    let mut errors = Vec::new();
    for (index, one) in all().enumerate() {
        let is_included = index > 0;
        // The surface that lists an error decides its status, and the one that includes it only if that has none.
        let around = match one.statuses.given() {
            Some(statuses) => &Around { statuses: &statuses.value, ..around.clone() },
            None => &around,
        };
        let is_empty = one.statuses.given().is_some_and(|statuses| statuses.value.is_empty());
        let is_lost = is_included && (is_empty || one.statuses.is_broken());
        for entry in one.errors.iter().filter_map(|item| entry((*item)?, around, report)) {
            let inherits_status = entry.inherits_status && !is_lost;
            errors.push(Entry { is_included, inherits_status, ..entry });
        }
    }
    let has_all_retired = all().all(|one| {
        let has_all = |all: &Vec<Option<Retired>>| all.iter().all(Option::is_some);
        one.retired.is_absent() || one.retired.given().is_some_and(has_all)
    });
    Some(Surface {
        range: item.node.at..item.node.end,
        id: fields.text("id"),
        title: fields.text("title"),
        intro: fields.text("intro"),
        servers: fields.texts("servers"),
        errors,
        has_all_errors: included.is_whole
            && !all().any(|one| one.lacks_errors)
            && items().next().is_some()
            && items().all(Option::is_some),
        no_errors: empty_list(fields, "errors").filter(|_| others.is_empty()),
        has_all_retired,
        operations: named(fields, "operations").map(operation).collect(),
        meta: meta(fields, report),
        allow: allow(fields),
        is_pool: given.is_absent(),
        retired: {
            let (own, others) = (own.retired, others.into_iter().map(|one| one.retired));
            let all = std::iter::once(own).chain(others).filter_map(Optional::into_given);
            all.flatten().flatten().collect()
        },
        statuses: own.statuses,
        shape,
    })
}

/// Whether most errors have a code. If the body then has no `<code>`, the body is the mistake, and not the
/// code in the sample.
fn most_have_codes<'i, 'n: 'i, 't: 'n, I: Iterator<Item = &'i Option<Typed<'n, 't>>>>(
    errors: impl Fn() -> I,
) -> bool {
    let has_code =
        |error: &&Typed| error.fields().is_some_and(|fields| fields.get("code").is_some());
    errors().flatten().filter(has_code).count() * 2 > errors().count()
}

/// The shape of the other surface that `like` names. It is a copy, so that its diagnostics are about this
/// surface.
fn like<'t>(
    shape: Fields,
    documents: &Documents<'t>,
    (file, _): Place,
    report: &mut Report,
) -> Option<Node<'t>> {
    let like = shape.text("like")?;
    let doubled = ["body", "media_type", "absent"].map(|name| Some((name, shape.get(name)?)));
    if let Some((name, other)) = doubled.into_iter().flatten().next() {
        let message = format!("`like` gives this shape a `{name}` already");
        let problem =
            Diagnostic::new(&UNKNOWN_SHAPE, other.node.at, message, "remove one of the two");
        report.push(problem.also(like.at, "this says which surface"));
    }
    let named = documents.like(file, &like, report)?;
    let other = Typed::new(named, &tables::SURFACE_KIND)?.fields()?.optional("shape", Some);
    let fields = other.given().and_then(|shape| shape.fields());
    let body = fields.map(|fields| fields.optional("body", Some));
    // A shape that has neither is reported there.
    let is_like = fields.is_some_and(|fields| fields.get("like").is_some());
    if other.is_absent() || is_like && body.as_ref().is_some_and(Optional::is_absent) {
        let message = format!("the surface `{}` has no `body` of its own", like.value);
        let problem = Diagnostic::of(&UNKNOWN_SHAPE, like.at, message);
        report.push(problem.also(named.at, "this surface"));
    }
    body?.given()?;
    Some(documents.copy(other.given()?.node, like.at))
}

fn shape(
    fields: Option<Fields>,
    like: Option<Fields>,
    has_codes: bool,
    report: &mut Report,
) -> Shape {
    let Some(fields) = fields else { return Shape::default() };
    let of = like.unwrap_or(fields);
    let body = of.get("body").and_then(|body| Body::parse(body.node, report));
    let example = fields.get("example").map(|example| {
        if let Some(body) = &body
            && (body.code.is_some() || !has_codes)
            && !report.rejects_within(&(example.node.at..example.node.end))
        {
            example::check(example.node, body, report);
        }
        Spanned { value: to_json(example.node, report), at: example.node.at }
    });
    Shape {
        intro: fields.text("intro"),
        body,
        example,
        media_type: of.text("media_type"),
        absent: of.texts("absent"),
    }
}
