//! YAML → the tree of a response body: members, lists, placeholders.

use super::{
    ARRAY_SHAPE, Body, CODE_PLACEHOLDER, CodePlace, DEEP_BODY, List, MALFORMED_PLACEHOLDER, Member,
    PLACEHOLDER_TYPE, Part, Placeholder, Role, Shape, Step, Type, WAIT_PLACEHOLDER, lists,
    template,
};
use crate::catalog::Text;
use crate::catalog::data::to_json;
use crate::diagnostic::{Diagnostic, Report};
use crate::document::check;
use crate::text::json::Json;
use crate::yaml::{Node, NodeId, Value};

/// The most levels of a body. Templates reach the limit of the engine above 24.
const MAX_DEPTH: usize = 20;

impl Body {
    /// Reads the body of a shape. `None` if anything in it is broken, so that nobody looks for what it
    /// lacks.
    pub(crate) fn parse(node: &Node, report: &mut Report) -> Option<Self> {
        if !matches!(node.value, Value::Mapping(_) | Value::List(_))
            || report.rejects_within(&(node.at..node.end))
        {
            return None;
        }
        let mut own = Report::default();
        let mut parser = Parser {
            report: &mut own,
            codes: Vec::new(),
            typed: Vec::new(),
            path: Vec::new(),
            optional: false,
        };
        let mut root = parser.shape(node);
        if matches!(&node.value, Value::List(items) if items.is_empty()) {
            parser.report.push(Diagnostic::of(&ARRAY_SHAPE, node.at, "this array is empty"));
        }
        let code = parser.code();
        if own.is_empty() {
            lists::resolve(&mut root, code.as_ref(), &mut own);
        }
        let body = Self { at: node.at, root, code };
        if own.is_empty() {
            body.check_names(&mut own);
        }
        let is_fine = own.is_empty();
        report.take(own, Some);
        is_fine.then_some(body)
    }
}

struct Parser<'r> {
    report: &'r mut Report,
    /// The places of `<code>`; `None` for each that readers can't find.
    codes: Vec<(NodeId, Option<CodePlace>)>,
    /// The placeholders met so far that have a type.
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
        let item = match items {
            [] => return Shape::Literal(Json::Array(Vec::new())),
            [item] => item,
            items => {
                let message = format!("this array has {} elements", items.len());
                self.report.push(Diagnostic::of(&ARRAY_SHAPE, at, message));
                return Shape::Literal(Json::Null);
            }
        };
        if matches!(item.value, Value::List(_)) {
            let message = "this array is an element of another array";
            let help = "describe the outer array's elements as `<name:any>`";
            self.report.push(Diagnostic::new(&ARRAY_SHAPE, item.at, message, help));
            return Shape::Literal(Json::Null);
        }
        self.path.push(Step::Element);
        let of = Box::new(self.shape(item));
        self.path.pop();
        // The name and the role depend on the rest of the body.
        Shape::List(List { at, name: String::new(), role: Role::Fixed, of })
    }

    /// A text: one placeholder, or literal text around any number of them.
    fn text(&mut self, text: &str, at: NodeId) -> Shape {
        let Some(parts) = template(text, at, self.report) else {
            return Shape::Literal(Json::String(text.to_owned()));
        };
        for part in &parts {
            match part {
                Part::Placeholder(Placeholder::Code(_), _) => self.code_at(&parts, at),
                Part::Placeholder(Placeholder::Param(name), kind) => {
                    let is_whole = parts.len() == 1;
                    if let Some(kind) = kind.or(is_whole.then_some(Type::Text)) {
                        self.same_type(name, kind);
                    }
                }
                _ => {}
            }
        }
        match <[Part; 1]>::try_from(parts) {
            Ok([Part::Literal(text)]) => Shape::Literal(Json::String(text)),
            Ok([Part::Placeholder(placeholder, kind)]) => {
                let default = match placeholder {
                    Placeholder::Status => Type::Integer,
                    _ => Type::Text,
                };
                Shape::Placeholder(placeholder, kind.unwrap_or(default))
            }
            Err(parts) if parts.is_empty() => Shape::Literal(Json::from("")),
            Err(parts) => Shape::Text(parts),
        }
    }

    /// Reports a placeholder that has another type elsewhere, and a second wait.
    fn same_type(&mut self, Text { value: name, at }: &Text, kind: Type) {
        let is_wait = matches!(kind, Type::Wait(_));
        if is_wait && self.path.contains(&Step::Element) {
            let message = "a wait can't be in a list: a response asks for one wait";
            self.report.push(Diagnostic::of(&WAIT_PLACEHOLDER, *at, message));
        }
        let Some((_, other, first)) = self.typed.iter().find(|(known, ..)| known == name) else {
            self.typed.push((name.clone(), kind, *at));
            return;
        };
        if is_wait && matches!(other, Type::Wait(_)) {
            let problem =
                Diagnostic::of(&WAIT_PLACEHOLDER, *at, "the body has a second `<wait:…>` here");
            self.report.push(problem.also(*first, "the first one"));
        } else if *other != kind {
            let message = format!("`<{name}>` has another type elsewhere in the body");
            let problem = Diagnostic::of(&PLACEHOLDER_TYPE, *at, message).about(format!("<{name}"));
            self.report.push(problem.also(*first, "the other type"));
        }
    }

    fn code_at(&mut self, parts: &[Part], at: NodeId) {
        let around = match parts {
            [Part::Placeholder(..)] => Some(("", "")),
            [Part::Literal(prefix), Part::Placeholder(..)] => Some((prefix.as_str(), "")),
            [Part::Placeholder(..), Part::Literal(suffix)] => Some(("", suffix.as_str())),
            [Part::Literal(prefix), Part::Placeholder(..), Part::Literal(suffix)] => {
                Some((prefix.as_str(), suffix.as_str()))
            }
            _ => None,
        };
        let place = around.map(|(prefix, suffix)| CodePlace {
            at,
            path: self.path.clone(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            optional: self.optional,
        });
        self.codes.push((at, place));
    }

    /// The code that clients read: the first that is a whole value, else the first with only literal text
    /// around it.
    fn code(&mut self) -> Option<CodePlace> {
        let places = || self.codes.iter().filter_map(|(_, place)| place.as_ref());
        let is_whole = |place: &&CodePlace| place.prefix.is_empty() && place.suffix.is_empty();
        let code = places().find(is_whole).or_else(|| places().next()).cloned();
        match (&code, self.codes.first()) {
            (None, Some((at, _))) => {
                let message = "`<code>` shares a text with another placeholder";
                let help = "give the code a member of its own, such as `code: <code>`";
                let problem = Diagnostic::new(&CODE_PLACEHOLDER, *at, message, help);
                self.report.push(problem.about("<code>"));
            }
            (Some(code), _)
                if code.path.iter().filter(|step| **step == Step::Element).count() > 1 =>
            {
                let message = "`<code>` is in a list within a list";
                let help = "write `<code>` in one list, and another placeholder deeper within";
                let problem = Diagnostic::new(&CODE_PLACEHOLDER, code.at, message, help);
                self.report.push(problem.about("<code>"));
            }
            _ => {}
        }
        code
    }
}
