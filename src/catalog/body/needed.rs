//! What an error can't be sent without: params that a server must give, and a fix.

use super::{Body, List, Member, Param, Part, Placeholder, Role, Shape};
use crate::sorted::SortedSet;
use crate::yaml::NodeId;

impl Body {
    /// The params that a server must give to send an error that names some of the optional ones: the
    /// required ones, the named ones, and what is sent only together with those, or with the code if the
    /// error has one.
    pub(crate) fn needed<'b>(
        &'b self,
        has_code: bool,
        named: &dyn Fn(&str) -> bool,
    ) -> Vec<Param<'b>> {
        needed(&self.root, self.params(), self.sent_code(has_code), named)
    }

    /// Whether an error that names some of the optional params can't be sent without a fix.
    pub(crate) fn needs_fix(&self, has_code: bool, named: &dyn Fn(&str) -> bool) -> bool {
        let needs = |shape, params: &[Param], code| given(shape, params, code, named).contains(FIX);
        needs(&self.root, &self.params(), self.sent_code(has_code))
            || self.lists().into_iter().any(|list| needs(&list.of, &list.params(), None))
    }

    /// The place of the code, if it is sent and may be absent.
    fn sent_code(&self, has_code: bool) -> Option<NodeId> {
        let code = self.code.as_ref().filter(|code| has_code && code.optional);
        code.map(|code| code.at)
    }
}

impl List {
    /// The params that an element can't be sent without, and those that are named.
    pub(crate) fn needed<'b>(&'b self, named: &dyn Fn(&str) -> bool) -> Vec<Param<'b>> {
        needed(&self.of, self.params(), None, named)
    }
}

fn needed<'b>(
    shape: &'b Shape,
    mut params: Vec<Param<'b>>,
    code: Option<NodeId>,
    named: &dyn Fn(&str) -> bool,
) -> Vec<Param<'b>> {
    // Most errors give nothing that may be absent. Then nothing else is needed either.
    if code.is_none() && !params.iter().any(|param| param.optional && named(param.name)) {
        params.retain(|param| !param.optional);
        return params;
    }
    let given = given(shape, &params, code, named);
    params.retain(|param| given.contains(param.name));
    params
}

/// Stands for the fix among the names of params. No param has this name.
const FIX: &str = "fix";

/// The names of what is given: the required params, the named ones, and what they need.
fn given<'b>(
    shape: &'b Shape,
    params: &[Param<'b>],
    code: Option<NodeId>,
    named: &dyn Fn(&str) -> bool,
) -> SortedSet<&'b str> {
    let is_given = |param: &&Param| !param.optional || named(param.name);
    let mut given: SortedSet<&str> =
        params.iter().filter(is_given).map(|param| param.name).collect();
    let optional: SortedSet<&str> =
        params.iter().filter(|param| param.optional).map(|param| param.name).collect();
    // Each param may need others, and those may need more.
    loop {
        let mut needed =
            Needed { code, given: &given, optional: &optional, more: SortedSet::new() };
        let root = needed.shape(shape);
        let more = needed.more.into_iter().chain(root.required);
        let count = given.len();
        given.extend(more);
        if given.len() == count {
            return given;
        }
    }
}

/// Finds what is sent only together with optional params that are given.
struct Needed<'n, 'b> {
    /// The place of the code, if it is sent and may be absent.
    code: Option<NodeId>,
    given: &'n SortedSet<&'b str>,
    /// The params that may be absent. Only these tell whether an optional object is meant.
    optional: &'n SortedSet<&'b str>,
    /// The requirements of the optional objects, lists and texts that contain a given param.
    more: SortedSet<&'b str>,
}

/// The params at one place of a body.
#[derive(Default)]
struct Holds<'b> {
    /// Those that must be given for anything to be sent here.
    required: Vec<&'b str>,
    /// Whether an optional one is given, or the code is here.
    is_meant: bool,
}

impl<'b> Needed<'_, 'b> {
    fn members(&mut self, members: &'b [Member]) -> Holds<'b> {
        let mut all = Holds::default();
        for member in members {
            let held = self.shape(&member.shape);
            all.is_meant |= held.is_meant;
            if !member.optional {
                all.required.extend(held.required);
            } else if held.is_meant {
                self.more.extend(held.required);
            }
        }
        all
    }

    fn shape(&mut self, shape: &'b Shape) -> Holds<'b> {
        match shape {
            Shape::Object(members) => self.members(members),
            Shape::List(list) if list.role == Role::Param => self.params([list.name.as_str()]),
            Shape::List(list) => self.shape(&list.of),
            Shape::Placeholder(placeholder, _) => self.placeholders([placeholder]),
            Shape::Text(parts) => self.placeholders(parts.iter().filter_map(Part::placeholder)),
            Shape::Literal(_) => Holds::default(),
        }
    }

    fn placeholders(&self, all: impl IntoIterator<Item = &'b Placeholder>) -> Holds<'b> {
        let all: Vec<&Placeholder> = all.into_iter().collect();
        let is_code =
            |one: &&Placeholder| matches!(one, Placeholder::Code(at) if self.code == Some(*at));
        let has_code = all.iter().any(is_code);
        let name = |one: &'b Placeholder| match one {
            Placeholder::Fix => Some(FIX),
            other => other.param(),
        };
        let held = self.params(all.into_iter().filter_map(name));
        Holds { is_meant: held.is_meant || has_code, ..held }
    }

    fn params(&self, names: impl IntoIterator<Item = &'b str>) -> Holds<'b> {
        let required: Vec<&str> = names.into_iter().collect();
        let is_meant = |name: &&str| self.optional.contains(name) && self.given.contains(name);
        Holds { is_meant: required.iter().any(is_meant), required }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Set;

    #[test]
    fn the_short_way_finds_what_the_long_way_finds() {
        for body in [
            "{error: <code>, a: <a>, b?: <b>}",
            "{error: <code>, 'a?': {b: <b>, 'c?': <c>, 'd?': {e: <e>, f: <b>}}}",
            "{'error?': {code: <code>, a: <a>}, 'b?': 'one <b> of <c>', c: <c>}",
            "{'code?': <code>, 'fix?': {text: <fix>, a: <a>}, 'list?': [{b: <b>, 'c?': <c>}]}",
            "{error: <code>, 'list?': [<a>], 'x?': {b: <b>, 'c': [<d>]}}",
        ] {
            let catalog = format!(
                "{{errcat: 1, product: A, version: 1.0.0, title: A, retry: none, surfaces: [\
                 {{id: a, title: A, shape: {{body: {body}}}, errors: [\
                 {{code: a, status: 400, meaning: A., retryable: false}}]}}]}}"
            );
            let mut set = Set::parse("a.yaml", catalog.as_bytes()).unwrap();
            let (catalog, _) = set.own().unwrap();
            let body = catalog.surfaces[0].shape.body.as_ref().unwrap();
            let params = body.params();
            for has_code in [false, true] {
                for some in 0..1 << params.len() {
                    let named = |name: &str| {
                        params
                            .iter()
                            .position(|one| one.name == name)
                            .is_some_and(|at| some >> at & 1 == 1)
                    };
                    let all = |params: Vec<Param>| {
                        params.iter().map(|one| one.name.to_owned()).collect::<Vec<_>>()
                    };
                    let code = body.sent_code(has_code);
                    let given = given(&body.root, &params, code, &named);
                    let mut long = body.params();
                    long.retain(|param| given.contains(param.name));
                    assert_eq!(all(body.needed(has_code, &named)), all(long));
                }
            }
        }
    }
}
