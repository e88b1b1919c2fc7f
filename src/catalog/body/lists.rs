//! What the lists of a body are: errors, params or constants; and their names.

use super::{ARRAY_SHAPE, BODY_NAME, Body, CodePlace, List, Param, ParamType, Role, Shape, Step};
use crate::catalog::required;
use crate::diagnostic::{Diagnostic, Report};
use crate::sorted::{SortedMap, SortedSet};
use crate::text::ident::{self, Case};
use crate::yaml::NodeId;

/// Gives each list its role and its name, and reports names that are not unique.
pub(super) fn resolve(root: &mut Shape, code: Option<&CodePlace>, report: &mut Report) {
    roles(root, code.map(|code| code.path.as_slice()), report);
    let mut keys = Vec::new();
    each_list(root, &mut Vec::new(), &mut |path, _| keys.push(path.to_vec()));
    let mut counts: SortedMap<String, usize> = SortedMap::new();
    for path in &keys {
        *counts.entry(name(path.last().into_iter())).or_default() += 1;
    }
    let mut used = SortedSet::new();
    each_list(root, &mut Vec::new(), &mut |path, list| {
        let own = name(path.last().into_iter());
        let name = if counts.get(&own) == Some(&1) { own } else { name(path.iter()) };
        // Keys of other scripts give no name, and some give the same one.
        let numbered = (2..).map(|number: u32| format!("{name}_{number}"));
        let mut free = [name.clone()].into_iter().chain(numbered);
        list.name = required(free.find(|name| used.insert(name.clone())));
    });
}

/// The name that some keys give a list.
fn name<'k>(keys: impl Iterator<Item = &'k String>) -> String {
    let keys: Vec<&str> = keys.map(String::as_str).collect();
    let name = ident::in_case(&keys.join("_"), Case::Snake);
    name.unwrap_or_else(|| "items".to_owned())
}

/// Sets the roles of lists. `code` is the path from here to the code that clients read. Returns whether
/// there are params.
fn roles(shape: &mut Shape, code: Option<&[Step]>, report: &mut Report) -> bool {
    match shape {
        Shape::Object(members) => {
            let mut has_params = false;
            for member in members {
                let code = code.and_then(|path| match path {
                    [Step::Member(key), rest @ ..] if *key == member.key => Some(rest),
                    _ => None,
                });
                has_params |= roles(&mut member.shape, code, report);
            }
            has_params
        }
        Shape::List(list) => {
            let code = code.and_then(|path| path.split_first()).map(|(_, rest)| rest);
            let has_params = roles(&mut list.of, code, report);
            list.role = match code {
                Some(_) => Role::Errors,
                None if has_params => Role::Param,
                None => Role::Fixed,
            };
            if has_params && matches!(*list.of, Shape::Text(_)) {
                let message = "each element of this array is a text with something filled in";
                let help = "write one placeholder for the whole text, as in `[<message>]`";
                report.push(Diagnostic::new(&ARRAY_SHAPE, list.at, message, help));
            }
            has_params
        }
        Shape::Placeholder(placeholder, _) => placeholder.param().is_some(),
        Shape::Text(parts) => {
            parts.iter().filter_map(super::Part::placeholder).any(|one| one.param().is_some())
        }
        Shape::Literal(_) => false,
    }
}

/// Calls a function with every list that is a param, and the keys on its path.
fn each_list(
    shape: &mut Shape,
    keys: &mut Vec<String>,
    with: &mut dyn FnMut(&[String], &mut List),
) {
    match shape {
        Shape::Object(members) => {
            for member in members {
                keys.push(member.key.clone());
                each_list(&mut member.shape, keys, with);
                keys.pop();
            }
        }
        Shape::List(list) => {
            if list.role == Role::Param {
                with(keys, list);
            }
            each_list(&mut list.of, keys, with);
        }
        Shape::Placeholder(..) | Shape::Text(_) | Shape::Literal(_) => {}
    }
}

impl Body {
    /// Reports names of params that stand for two values.
    pub(super) fn check_names(&self, report: &mut Report) {
        let mut known: SortedMap<&str, NodeId> = SortedMap::new();
        let own = self.params();
        let own = own.iter().map(|param| (param, None));
        let of_lists: Vec<(Option<&str>, Vec<Param>)> = self
            .lists()
            .into_iter()
            .map(|list| (list.single().map(|_| list.name.as_str()), list.params()))
            .collect();
        let of_lists = of_lists.iter();
        let of_lists =
            of_lists.flat_map(|(list, params)| params.iter().map(|param| (param, *list)));
        for (param, own_list) in own.chain(of_lists) {
            let first = *known.entry(param.name).or_insert(param.at);
            if first == param.at || own_list == Some(param.name) {
                continue;
            }
            let (message, help) = match param.kind {
                ParamType::List(_) => (
                    format!("this list is called `{}`, like another value of the body", param.name),
                    "rename the placeholder, which doesn't need the name of its key".to_owned(),
                ),
                ParamType::Value(_) => (
                    format!("`<{}>` is the name of another value of the body", param.name),
                    format!("rename it, as in `<{}_2>`", param.name),
                ),
            };
            let problem = Diagnostic::new(&BODY_NAME, param.at, message, help);
            report.push(problem.also(first, "the other value"));
        }
    }
}
