//! What a server gives to create an error: the arguments of functions in every package.

use std::collections::BTreeSet;

use super::found::{Change, Place};
use super::matched::{Matched, Pair, at, name};
use super::{ChangeRule, Class};
use crate::catalog::body::{Body, List, Param, ParamType};
use crate::catalog::values::{self, Content};
use crate::catalog::{Entry, retry};
use crate::render::context;
use crate::text::ident::{Case, in_case};
use crate::text::spans::code_span;
use crate::text::words::{counted, joined};

pub(super) const ARGUMENTS_CHANGED: ChangeRule = ChangeRule {
    name: "arguments-changed",
    class: Class::Breaking,
    what: "other arguments of the functions that create errors: more, fewer, of other types or in another order",
    why: "A server that calls such a function doesn't compile, or sends one value in place of another.",
    fields: &["shape.body", "error.params", "error.values", "error.retry"],
};

pub(super) const RULES: &[&ChangeRule] = &[&ARGUMENTS_CHANGED];

/// An argument: its name, and its type in words.
type Argument = (String, String);

/// The functions of an API that have other arguments now.
pub(super) struct Signatures<'c> {
    /// The change of the body is why.
    of_body: Vec<Signature>,
    /// The error itself is why.
    own: Vec<(&'c Entry, Signature)>,
}

/// A function, and its arguments in both catalogs.
struct Signature {
    function: String,
    /// The list that its results are elements of.
    list: Option<String>,
    before: Vec<Argument>,
    after: Vec<Argument>,
}

impl<'c> Signatures<'c> {
    pub(super) fn of(pair: Pair<'c>, matched: &Matched<'c>, old: &Body, new: &Body) -> Self {
        let mut found = Self { of_body: Vec::new(), own: Vec::new() };
        for (before, after) in &matched.pairs {
            // Another function is a change of its own.
            if name(before) != name(after) {
                continue;
            }
            let of = |surface, entry| arguments(&context::arguments(surface, entry));
            let signature = Signature {
                function: in_case(&name(after), Case::Snake).unwrap_or_default(),
                list: None,
                before: of(pair.old, before),
                after: of(pair.new, after),
            };
            if signature.before == signature.after {
                continue;
            }
            if says_the_same(before, after) {
                found.of_body.push(signature);
            } else {
                found.own.push((after, signature));
            }
        }
        for list in old.lists() {
            let Some(other) = new.lists().into_iter().find(|other| other.name == list.name) else {
                continue;
            };
            let of = |list: &List| arguments(&list.needed(&|_| false));
            let signature = Signature {
                function: format!("{}::new", item(list)),
                list: Some(list.name.clone()),
                before: of(list),
                after: of(other),
            };
            if list.single().is_none() && signature.before != signature.after {
                found.of_body.push(signature);
            }
        }
        found
    }

    /// The names of the errors that are themselves the reason.
    pub(super) fn own_names(&self) -> BTreeSet<String> {
        self.own.iter().map(|(entry, _)| name(entry)).collect()
    }

    /// The changes of errors for which they are themselves the reason.
    pub(super) fn own_changes(&self) -> impl Iterator<Item = Change> {
        self.own.iter().map(|(entry, signature)| {
            let message =
                format!("servers create {} with other arguments", code_span(&name(entry)));
            Change::new(&ARGUMENTS_CHANGED, Place::New(at(entry)), message)
                .note(signature.note())
                .of(entry)
        })
    }
}

/// A change of a body, and the params that it is about.
pub(super) struct OfBody {
    pub change: Change,
    pub params: BTreeSet<String>,
}

/// Adds to the changes of a body what they mean for functions. A change that breaks nothing else becomes one of
/// the arguments.
pub(super) fn explain(signatures: &Signatures, body: &Body, changes: &mut Vec<OfBody>) {
    let Some(first) = signatures.of_body.first() else { return };
    let mut note = first.note();
    let others = signatures.of_body.len() - 1;
    if others > 0 {
        note += &format!("; {} likewise", counted(others, "other function"));
    }
    if let Some(cause) = changes.iter_mut().find(|one| one.change.rule.class == Class::Breaking) {
        cause.change.notes.push(note);
        return;
    }
    let is_new = |name: &&String| first.before.iter().all(|(before, _)| before != *name);
    let new: Vec<&String> = first.after.iter().map(|(name, _)| name).filter(is_new).collect();
    // The new or required member is one that servers must give, or arguments changed places with members.
    let is_cause = |one: &OfBody| {
        new.iter().any(|name| one.params.contains(*name))
            || new.is_empty() && one.change.rule.class == Class::Editorial
    };
    let place = changes.iter().find(|one| is_cause(one)).map(|one| one.change.place);
    changes.retain(|one| !is_cause(one));
    let message = if new.is_empty() {
        "servers create errors with other arguments".to_owned()
    } else {
        let who = match &first.list {
            Some(list) => format!("each element of {}", code_span(list)),
            None => "every error".to_owned(),
        };
        let new: Vec<String> = new.iter().map(|name| code_span(name)).collect();
        format!("{who} needs {} now", joined(&new, " and "))
    };
    let change =
        Change::new(&ARGUMENTS_CHANGED, place.unwrap_or(Place::New(body.at)), message).note(note);
    changes.push(OfBody { change, params: BTreeSet::new() });
}

impl Signature {
    /// What servers must change.
    fn note(&self) -> String {
        let names = |arguments: &[Argument]| -> Vec<String> {
            arguments.iter().map(|(name, _)| name.clone()).collect()
        };
        let (before, after) = (names(&self.before), names(&self.after));
        let with_types = before == after;
        let call = |arguments: &[Argument]| {
            let arguments: Vec<String> = arguments
                .iter()
                .map(
                    |(name, kind)| {
                        if with_types { format!("{name}: {kind}") } else { name.clone() }
                    },
                )
                .collect();
            code_span(&format!("{}({})", self.function, arguments.join(", ")))
        };
        let types = |arguments: &[Argument]| -> Vec<String> {
            arguments.iter().map(|(_, kind)| kind.clone()).collect()
        };
        let is_silent = types(&self.before) == types(&self.after);
        let effect = if is_silent {
            "calls compile, and send the wrong values"
        } else {
            "servers do not compile"
        };
        format!("{} becomes {}: {effect}", call(&self.before), call(&self.after))
    }
}

fn arguments(params: &[Param]) -> Vec<Argument> {
    params.iter().map(|param| (param.name.to_owned(), kind(param))).collect()
}

/// The type of the elements of a list.
fn item(list: &List) -> String {
    in_case(&format!("{}_item", list.name), Case::Pascal).unwrap_or_default()
}

/// The type of an argument in words.
fn kind(param: &Param) -> String {
    match param.kind {
        // How the wait is sent doesn't matter to a function.
        ParamType::Value(kind) => kind.name().to_owned(),
        ParamType::List(list) => match list.single() {
            Some((_, kind)) => format!("list of {}", kind.name()),
            None => format!("list of {}", item(list)),
        },
    }
}

/// Whether two entries say the same about what a server gives.
fn says_the_same(old: &Entry, new: &Entry) -> bool {
    let params = |entry: &Entry| -> Vec<String> {
        entry.params.iter().map(|param| param.name.value.clone()).collect()
    };
    let waits = |entry| retry::after(entry).is_some();
    let has_code = |entry: &Entry| entry.code.given().is_some();
    params(old) == params(new)
        && values(old) == values(new)
        && waits(old) == waits(new)
        && has_code(old) == has_code(new)
}

/// What an error sends for placeholders: their names, and the placeholders within.
fn values(entry: &Entry) -> Vec<(String, Vec<String>)> {
    let within = |value: &values::Value| match value.content {
        Content::Data(_) => Vec::new(),
        Content::Text(_) => {
            value.params().map(|(name, kind)| format!("{}{kind:?}", name.value)).collect()
        }
    };
    entry.values.iter().map(|value| (value.name.value.clone(), within(value))).collect()
}
