//! What a server gives to send an error, and what the catalog gives it.

use super::shape::Tree;
use super::{TextPart, Value};
use crate::catalog::body::{Body, Param, Part};
use crate::catalog::values::{self, Content};
use crate::catalog::{self as model, required, retry};

/// The params that a server must give to send an error.
pub(crate) fn params<'c>(surface: &'c model::Surface, entry: &'c model::Entry) -> Vec<Param<'c>> {
    let Some(body) = &surface.shape.body else { return Vec::new() };
    let is_described = |name: &str| entry.params.iter().any(|param| param.name.value == name);
    let named = values::named(entry);
    // The catalog gives the wait of such an error.
    let waits = retry::after(entry).is_some();
    let is_given = |param: &Param| waits && !is_described(param.name) && param.is_wait();
    let mut needed = body.needed(entry.code.given().is_some(), &|name| named.contains(name));
    needed.retain(|param| !is_given(param));
    if entry.values.is_empty() {
        return needed;
    }
    let within = values::arguments(&entry.values, &body.params());
    let mut found: Vec<Param> = Vec::new();
    let mut add = |param: Param<'c>| {
        if !found.iter().any(|known| known.name == param.name) {
            found.push(param);
        }
    };
    for param in needed {
        match entry.value(param.name) {
            Some(value) => value.params().for_each(|(name, _)| {
                within.iter().filter(|one| one.name == name.value).for_each(|one| add(*one));
            }),
            None => add(param),
        }
    }
    found
}

/// What the catalog says that placeholders hold for an error.
pub(super) fn values<'c>(surface: &'c model::Surface, entry: &'c model::Entry) -> Vec<Value<'c>> {
    if entry.values.is_empty() {
        return Vec::new();
    }
    let arguments = params(surface, entry);
    let Some(tree) = Tree::of(surface) else { return Vec::new() };
    let of_body = required(surface.shape.body.as_ref().map(Body::params));
    let part = |part: &'c Part| {
        let part = tree.part(part);
        let mut arguments = arguments.iter();
        match arguments.find(|argument| part.param == Some(argument.name)) {
            // One that only the value has is not among the params of the body.
            Some(argument) => TextPart { r#type: Some(argument.type_name()), ..part },
            None => part,
        }
    };
    let value = |param: &Param<'c>| {
        let value = entry.value(param.name)?;
        let (literal, parts) = match &value.content {
            Content::Data(json) => (Some(json), None),
            Content::Text(parts) => (None, Some(parts.iter().map(part).collect())),
        };
        Some(Value {
            name: param.name,
            param_number: required(tree.param_number(param.name)),
            r#type: param.type_name(),
            literal,
            parts,
        })
    };
    of_body.iter().filter_map(value).collect()
}
