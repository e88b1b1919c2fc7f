//! One error of a surface: its fields → [`Entry`].

use super::{allow, code, duration, empty_list, meta, milliseconds};
use crate::catalog::body::{self, Body};
use crate::catalog::data::to_json;
use crate::catalog::retry::Override;
use crate::catalog::values::{self, Value};
use crate::catalog::{
    Deprecation, Entry, Optional, Param, Spanned, Text, default_name, example, is_told_by_status,
};
use crate::diagnostic::Report;
use crate::document::{Fields, Typed};

/// What an error has from its surface.
#[derive(Clone)]
pub(super) struct Around<'s> {
    pub body: Option<&'s Body>,
    /// The params of the body, including those of its lists.
    pub params: Vec<body::Param<'s>>,
    /// The statuses of errors that have none of their own.
    pub statuses: &'s [Spanned<u16>],
}

/// The statuses of an error or a surface.
pub(super) fn statuses(list: Typed) -> Option<Spanned<Vec<Spanned<u16>>>> {
    let statuses = list.items().into_iter().map(|item| item?.integer()).collect::<Option<_>>()?;
    Some(Spanned { value: statuses, at: list.node.at })
}

pub(super) fn entry(item: Typed, around: &Around, report: &mut Report) -> Option<Entry> {
    let fields = item.fields()?;
    let code = fields.optional("code", code);
    let own = fields.optional("status", statuses);
    let own_statuses = own.given().map_or(&[][..], |statuses| &statuses.value);
    let is_told = around.body.is_some_and(|body| is_told_by_status(body, code.is_absent()));
    let inherited = if is_told { &[][..] } else { around.statuses };
    let statuses = if own.is_absent() { inherited } else { own_statuses };
    let own_name = fields.optional("name", Typed::text);
    let name = match &own_name {
        Optional::Given(name) => Some(name.clone()),
        Optional::Absent => default_name(&code, statuses),
        Optional::Broken => None,
    };
    let (values, has_all_values) = values(fields, around, report);
    let arguments = values::arguments(&values, &around.params);
    let known = arguments.iter().chain(&around.params);
    let params = named(fields, "params").map(|(name, value)| {
        let param = known.clone().find(|param| param.name == name.value);
        self::param(name, value, param, report)
    });
    Some(Entry {
        range: item.node.at..item.node.end,
        is_included: false,
        own_name,
        name,
        statuses: statuses.to_vec(),
        inherits_status: own.is_absent(),
        no_status: empty_list(fields, "status"),
        code,
        meaning: fields.text("meaning"),
        fix: fields.optional("fix", Typed::text),
        retryable: fields.optional("retryable", Typed::boolean),
        retry: fields.fields("retry").map(|fields| {
            Box::new(Override {
                after: duration(fields, "after"),
                initial: fields.optional("initial", milliseconds),
                max: fields.optional("max", milliseconds),
                retries: fields.integer("retries"),
            })
        }),
        params: params.collect(),
        values,
        has_all_values,
        tags: fields.texts("tags"),
        doc: fields.text("doc"),
        see: fields.texts("see"),
        since: fields.text("since"),
        deprecated: fields.fields("deprecated").map(|fields| {
            Box::new(Deprecation {
                since: fields.text("since"),
                instead: fields.text("use"),
                note: fields.text("note"),
            })
        }),
        meta: meta(fields, report),
        allow: allow(fields),
    })
}

/// The values of an error, and whether none of them is broken.
fn values(fields: Fields, around: &Around, report: &mut Report) -> (Vec<Value>, bool) {
    let given = fields.optional("values", |values| Some(values.named()));
    let mut has_all = !matches!(given, Optional::Broken);
    let mut values = Vec::new();
    for member in given.given().into_iter().flatten() {
        let value = member.as_ref().and_then(|(name, value)| {
            Value::load(name.clone(), value.as_ref()?.node, &around.params, report)
        });
        has_all &= value.is_some();
        values.extend(value);
    }
    values::check_types(&values, &around.params, report);
    (values, has_all)
}

/// The members of a mapping with the author's own names, except broken ones.
pub(super) fn named<'n, 't>(
    fields: Fields<'n, 't>,
    field: &str,
) -> impl Iterator<Item = (Text, Option<Typed<'n, 't>>)> {
    fields.get(field).map(Typed::named).into_iter().flatten().flatten()
}

/// A param: its meaning, or a mapping that holds it.
fn param(
    name: Text,
    value: Option<Typed>,
    param: Option<&body::Param>,
    report: &mut Report,
) -> Param {
    let Some(fields) = value.and_then(Typed::fields) else {
        return Param { name, meaning: value.and_then(Typed::text), example: None };
    };
    let example = fields.get("example").map(|example| {
        // The rule unknown-param reports one that neither the body nor a value has.
        if let Some(param) = param {
            example::check_param(param, example.node, report);
        }
        to_json(example.node, report)
    });
    Param { name, meaning: fields.text("meaning"), example }
}
