//! YAML → the tree of a response body: members, lists, placeholders.

use serde_json::Value as Json;

use super::{Body, CodePlace, Member, Part, Placeholder, Shape, Step, Type};
use crate::catalog::data::to_json;
use crate::catalog::{Text, forms, slips};
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::document::check;
use crate::text::suggest;
use crate::yaml::{Node, NodeId, Spanned, Value};

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
    what: "a `<code>` that is in the body twice, may be absent, or shares a text with another placeholder",
    why: "clients recognize an error by one code, which every response must have",
    fix: "keep one `<code>`, in a member that is always there",
    bad: "{error?: <code>, id: <code>}",
    good: "{error: <code>}",
};
pub(crate) const ARRAY_SHAPE: Rule = Rule {
    name: "array-shape",
    what: "an array in a body that doesn't have exactly one element",
    why: "that element describes every element of the array",
    fix: "write one element, which describes them all",
    bad: "errors: [<a>, <b>]",
    good: "errors: [<message>]",
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
    what: "a body with objects or arrays more than 30 levels deep",
    why: "every output nests as deep as the body, and tools that read them have limits",
    fix: "make it shallower, or describe the inner part as `<name:any>`",
    bad: "body: {a: {b: {c: …}}}   # and so on, 31 levels deep",
    good: "body: {error: <code>, a: <a:any>}",
};

/// The most levels of a body. Templates reach the engine's limit below 40.
const MAX_DEPTH: usize = 30;

impl Body {
    /// Reads the body of a shape. `None` if anything in it is broken, so that nobody looks for what it
    /// lacks.
    pub(crate) fn parse(node: &Node, report: &mut Report) -> Option<Self> {
        let Value::Mapping(members) = &node.value else { return None };
        if report.rejects_within(&(node.at..node.end)) {
            return None;
        }
        let mut own = Report::default();
        let mut parser = Parser {
            report: &mut own,
            code: None,
            typed: Vec::new(),
            path: Vec::new(),
            optional: false,
        };
        let members = parser.members(members);
        let body = Self { at: node.at, members, code: parser.code };
        let is_fine = own.is_empty();
        report.take(own, |_| true);
        is_fine.then_some(body)
    }
}

struct Parser<'r> {
    report: &'r mut Report,
    code: Option<CodePlace>,
    /// The placeholders met so far that are whole values.
    typed: Vec<(String, Type, NodeId)>,
    path: Vec<Step>,
    /// Whether something on the path may be absent.
    optional: bool,
}

impl Parser<'_> {
    fn members(&mut self, members: &[(Node, Node)]) -> Vec<Member> {
        let mut parsed: Vec<Member> = Vec::new();
        for (text, at, node) in check::keys(members, self.report) {
            let (name, optional) = match text.strip_suffix('?') {
                Some(name) => (name, true),
                None => (text, false),
            };
            if name.contains('<') {
                let message = format!("the key `{name}` contains a `<`");
                let help = "write the key as it is sent: only values can be placeholders";
                self.report.push(Diagnostic::new(&MALFORMED_PLACEHOLDER, at, message, help));
            }
            if let Some(first) = parsed.iter().find(|member| member.key == name) {
                self.report.push(check::duplicate(name, at, first.at));
                continue;
            }
            let outer = self.optional;
            self.optional |= optional;
            self.path.push(Step::Member(name.to_owned()));
            let shape = self.shape(node);
            self.path.pop();
            self.optional = outer;
            parsed.push(Member { key: name.to_owned(), at, optional, shape });
        }
        parsed
    }

    fn shape(&mut self, node: &Node) -> Shape {
        match &node.value {
            Value::Mapping(_) | Value::List(_) if self.path.len() >= MAX_DEPTH => {
                let message = format!("this is more than {MAX_DEPTH} levels deep in the body");
                self.report.push(Diagnostic::of(&DEEP_BODY, node.at, message));
                Shape::Literal(Json::Null)
            }
            Value::Mapping(members) => Shape::Object(self.members(members)),
            Value::List(items) => self.list(node.at, items),
            Value::Text(text) => self.text(text, node.at),
            _ => Shape::Literal(to_json(node, self.report)),
        }
    }

    fn list(&mut self, at: NodeId, items: &[Node]) -> Shape {
        let [item] = items else {
            let message = format!("this array has {} elements", items.len());
            self.report.push(Diagnostic::of(&ARRAY_SHAPE, at, message));
            return Shape::Literal(Json::Null);
        };
        self.path.push(Step::First);
        let shape = self.shape(item);
        self.path.pop();
        Shape::List(Box::new(shape))
    }

    /// A text: one placeholder, or literal text around any number of them.
    fn text(&mut self, text: &str, at: NodeId) -> Shape {
        let mut parts = Vec::new();
        let mut kind = Type::Text;
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            let (before, from) = rest.split_at(start);
            let Some((inside, after)) = from.get(1..).and_then(|from| from.split_once('>')) else {
                let help = "write a `>` after the name of the placeholder, as in `<detail>`";
                self.malformed(at, from, "a `>` is missing after this `<`", help);
                return Shape::Literal(Json::String(text.to_owned()));
            };
            let Some((placeholder, placeholder_kind)) = self.placeholder(inside, at) else {
                return Shape::Literal(Json::String(text.to_owned()));
            };
            if !before.is_empty() {
                parts.push(Part::Literal(before.to_owned()));
            }
            if placeholder == Placeholder::Code {
                let prefix = text.get(..text.len() - rest.len() + start).unwrap_or_default();
                self.code_at(at, prefix, after);
            }
            parts.push(Part::Placeholder(placeholder));
            kind = placeholder_kind;
            rest = after;
        }
        if parts.is_empty() {
            return Shape::Literal(Json::String(text.to_owned()));
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        let placeholders = parts.iter().filter(|part| matches!(part, Part::Placeholder(_))).count();
        if placeholders > 1
            && parts.iter().any(|part| matches!(part, Part::Placeholder(Placeholder::Code)))
        {
            let message = "`<code>` shares a text with another placeholder";
            let help = "keep only literal text around `<code>`: readers strip it to find the code";
            self.report.push(Diagnostic::new(&CODE_PLACEHOLDER, at, message, help).about("<code>"));
        }
        match parts.as_slice() {
            [Part::Placeholder(placeholder)] => {
                self.same_type(placeholder, kind);
                Shape::Placeholder(placeholder.clone(), kind)
            }
            _ => Shape::Text(parts),
        }
    }

    /// The inside of `<…>`.
    fn placeholder(&mut self, inside: &str, at: NodeId) -> Option<(Placeholder, Type)> {
        let (name, kind) = match inside.split_once(':') {
            Some((name, kind)) => (name, Some(kind)),
            None => (inside, None),
        };
        let whole = format!("<{inside}>");
        if !(forms::PLACEHOLDER.holds)(name) {
            let reason = slips::placeholder_flaw(name).filter(|_| !name.is_empty());
            let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
            let meant = slips::id_meant(name).map(|name| match kind {
                Some(kind) => format!("did you mean `<{name}:{}>`?", kind.trim()),
                None => format!("did you mean `<{name}>`?"),
            });
            let help = meant.unwrap_or_else(|| NAME.to_owned());
            self.malformed(at, &whole, format!("`{whole}` is not a placeholder{reason}"), help);
            return None;
        }
        let built_in = BUILT_IN.iter().find(|(known, ..)| *known == name);
        let Some(kind) = kind else {
            return Some(built_in.map_or_else(
                || (param(name, at), Type::Text),
                |(_, placeholder, kind)| (placeholder.clone(), *kind),
            ));
        };
        if built_in.is_some() {
            let message = format!("`<{name}>` has a fixed type");
            self.malformed(at, &whole, message, format!("write `<{name}>`"));
            return None;
        }
        let Some((_, kind)) = TYPES.iter().find(|(known, _)| *known == kind) else {
            let other = OTHER_TYPES.iter().find(|(names, _)| names.contains(&kind.trim()));
            let help = match other {
                Some((_, meant)) => format!("did you mean `<{name}:{meant}>`?"),
                None => suggest::help(kind.trim(), TYPES.iter().map(|(known, _)| *known)),
            };
            self.malformed(at, &whole, format!("`{kind}` is not a type"), help);
            return None;
        };
        Some((param(name, at), *kind))
    }

    /// Reports a placeholder that has another type elsewhere.
    fn same_type(&mut self, placeholder: &Placeholder, kind: Type) {
        let Placeholder::Param(Text { value: name, at }) = placeholder else { return };
        let Some((_, _, first)) =
            self.typed.iter().find(|(known, other, _)| known == name && *other != kind)
        else {
            self.typed.push((name.clone(), kind, *at));
            return;
        };
        let message = format!("`<{name}>` has another type elsewhere in the body");
        let problem = Diagnostic::of(&PLACEHOLDER_TYPE, *at, message).about(format!("<{name}"));
        self.report.push(problem.also(*first, "the other type"));
    }

    fn code_at(&mut self, at: NodeId, prefix: &str, suffix: &str) {
        if let Some(first) = &self.code {
            let help = "keep the one that clients read, and give the other another name";
            let problem =
                Diagnostic::new(&CODE_PLACEHOLDER, at, "`<code>` is in the body twice", help)
                    .about("<code>");
            self.report.push(problem.also(first.at, "first here"));
            return;
        }
        if self.optional {
            let message = "`<code>` is in a member that may be absent";
            let help = "remove the `?` from the keys above it";
            self.report.push(Diagnostic::new(&CODE_PLACEHOLDER, at, message, help).about("<code>"));
        }
        self.code = Some(CodePlace {
            at,
            path: self.path.clone(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
        });
    }

    fn malformed(
        &mut self,
        at: NodeId,
        part: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::new(&MALFORMED_PLACEHOLDER, at, message, help);
        self.report.push(problem.about(part));
    }
}

const NAME: &str = "write a name between `<` and `>`, such as `<code>` or `<detail>`; \
                    a type can follow, as in `<limit:integer>`";

fn param(name: &str, at: NodeId) -> Placeholder {
    Placeholder::Param(Spanned { value: name.to_owned(), at })
}

/// The placeholders that are filled from the catalog and the response.
const BUILT_IN: &[(&str, Placeholder, Type)] = &[
    ("code", Placeholder::Code, Type::Text),
    ("status", Placeholder::Status, Type::Integer),
    ("meaning", Placeholder::Meaning, Type::Text),
    ("fix", Placeholder::Fix, Type::Text),
    ("docs_url", Placeholder::DocsUrl, Type::Text),
];

/// What other languages call these types.
const OTHER_TYPES: &[(&[&str], &str)] = &[
    (&["string", "str", "String"], "text"),
    (&["int", "number", "Integer", "i64", "u64", "long"], "integer"),
    (&["bool", "Boolean"], "boolean"),
    (&["json", "object", "array", "value", "unknown", "float", "double"], "any"),
];

const TYPES: &[(&str, Type)] = &[
    ("text", Type::Text),
    ("integer", Type::Integer),
    ("boolean", Type::Boolean),
    ("any", Type::Any),
];
