//! The rules that reading a body reports.

use crate::diagnostic::Rule;

pub(crate) const MALFORMED_PLACEHOLDER: Rule = Rule {
    name: "malformed-placeholder",
    what: "a `<` in a body that doesn't start a valid placeholder",
    why: "servers would send it as it is",
    fix: "write a name between `<` and `>`; add a type after `:` if the value is not text",
    bad: "limit: <limit:number>",
    good: "limit: <limit:integer>",
};
pub(crate) const CODE_PLACEHOLDER: Rule = Rule {
    name: "code-placeholder",
    what: "a `<code>` that shares a text with another placeholder, or is in a list within a list",
    why: "clients recognize an error by its code, and could not find it",
    fix: "make one `<code>` a value of its own, in at most one list",
    bad: "{error: \"<code> in <place>\"}",
    good: "{error: <code>, message: \"<code> in <place>\"}",
};
pub(crate) const ARRAY_SHAPE: Rule = Rule {
    name: "array-shape",
    what: "an array in a body with several elements, or with one that is an array or a longer text",
    why: "one element describes every element of the array",
    fix: "write one element that describes them all, either an object or a placeholder",
    bad: "errors: [<a>, <b>]",
    good: "errors: [<message>]",
};
pub(crate) const BODY_NAME: Rule = Rule {
    name: "body-name",
    what: "a name that a body uses twice, for a placeholder and a list, or in two lists",
    why: "errors refer to each value by its name",
    fix: "rename the placeholder: it doesn't need the name of its key",
    bad: "body: {error: <code>, errors?: [{text: <errors>}]}",
    good: "body: {error: <code>, errors?: [{text: <problem>}]}",
};
pub(crate) const WAIT_PLACEHOLDER: Rule = Rule {
    name: "wait-placeholder",
    what: "a second `<wait:…>` in a body, or one in a list or a text",
    why: "a response asks for one wait",
    fix: "keep one `<wait:s>` or `<wait:ms>`, as a value of its own outside lists",
    bad: "body: {error: <code>, retry: {s: <wait:s>, ms: <wait:ms>}}",
    good: "body: {error: <code>, retry: {ms: <wait:ms>}}",
};
pub(crate) const PLACEHOLDER_TYPE: Rule = Rule {
    name: "placeholder-type",
    what: "a placeholder that is in a body twice, with different types",
    why: "it is one value, which a server gives once",
    fix: "use the same type in both places, or rename one placeholder",
    bad: "body: {error: <code>, limit: <limit>, max: <limit:integer>}",
    good: "body: {error: <code>, limit: <limit:integer>, max: <limit:integer>}",
};

pub(crate) const DEEP_BODY: Rule = Rule {
    name: "deep-body",
    what: "a body with objects or arrays more than 20 levels deep",
    why: "every output nests as deeply as the body, and the tools that read it have limits",
    fix: "make it shallower, or describe the inner part as `<name:any>`",
    bad: "body: {a: {b: {c: …}}}   # and so on, 21 levels deep",
    good: "body: {error: <code>, a: <a:any>}",
};
