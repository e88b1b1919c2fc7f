//! The tree of a response body from YAML: members, lists, placeholders. Never fills anything in.

use serde_json::Value as Json;

use super::{Body, CodeSpot, Filler, Member, Part, Shape, Step, Type};
use crate::catalog::data::to_json;
use crate::catalog::forms;
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::document::schema::{self, key_text};
use crate::text::suggest;
use crate::yaml::{Node, NodeId, Value};

pub(crate) const MALFORMED_PLACEHOLDER: Rule = Rule {
    name: "malformed-placeholder",
    what: "a `<` in a body that begins no placeholder",
    why: "servers would send it as it stands, and no reader would know what belongs there",
    fix: "write a name between `<` and `>`, with a type after `:` if it is no text",
    bad: "limit: <limit:number>",
    good: "limit: <limit:integer>",
};
pub(crate) const CODE_PLACEHOLDER: Rule = Rule {
    name: "code-placeholder",
    what: "a body whose `<code>` stands twice, may be absent, or shares a text with another placeholder",
    why: "a client recognises an error by the one code that every response has",
    fix: "keep one `<code>`, in a member that is always there",
    bad: "{error?: <code>, id: <code>}",
    good: "{error: <code>}",
};
pub(crate) const ARRAY_SHAPE: Rule = Rule {
    name: "array-shape",
    what: "an array in a body that does not hold exactly one element",
    why: "the element is the shape of each, and readers take the first",
    fix: "write one element, the shape of each",
    bad: "errors: [<a>, <b>]",
    good: "errors: [<message>]",
};

pub(crate) const PLACEHOLDER_TYPE: Rule = Rule {
    name: "placeholder-type",
    what: "a placeholder that stands in a body twice, with two types",
    why: "it is one value, given once by whoever sends the error",
    fix: "give it the same type, or another name",
    bad: "body: {error: <code>, limit: <limit>, max: <limit:integer>}",
    good: "body: {error: <code>, limit: <limit:integer>, max: <limit:integer>}",
};

impl Body {
    /// Reads the body of a shape.
    pub(crate) fn parse(node: &Node, report: &mut Report) -> Self {
        let Value::Mapping(members) = &node.value else { return Self::nowhere() };
        let mut own = Report::default();
        let mut parser = Parser {
            report: &mut own,
            code: None,
            typed: Vec::new(),
            path: Vec::new(),
            optional: false,
        };
        let members = parser.members(members);
        let code = parser.code;
        // What a broken body has or lacks is no mistake of its own.
        let at = if own.is_empty() { node.at } else { NodeId::NOWHERE };
        report.take(own, |_| true);
        Self { at, members, code }
    }
}

struct Parser<'r> {
    report: &'r mut Report,
    code: Option<CodeSpot>,
    /// The placeholders with a type met so far.
    typed: Vec<(String, Type, NodeId)>,
    path: Vec<Step>,
    /// Whether something on the path may be absent.
    optional: bool,
}

impl Parser<'_> {
    fn members(&mut self, members: &[(Node, Node)]) -> Vec<Member> {
        let mut parsed: Vec<Member> = Vec::new();
        for (key, node) in members {
            let Some(text) = key_text(key, self.report) else { continue };
            let (name, optional) = match text.strip_suffix('?') {
                Some(name) => (name, true),
                None => (text, false),
            };
            if name.contains('<') {
                self.report.push(Diagnostic::new(
                    &MALFORMED_PLACEHOLDER,
                    key.at,
                    format!("the key `{name}` holds a `<`"),
                    "write the key as it is sent: placeholders stand in values alone",
                ));
            }
            if let Some(first) = parsed.iter().find(|member| member.key == name) {
                schema::duplicate(name, key.at, first.at, self.report);
                continue;
            }
            let outer = self.optional;
            self.optional |= optional;
            self.path.push(Step::Member(name.to_owned()));
            let shape = self.shape(node);
            self.path.pop();
            self.optional = outer;
            parsed.push(Member { key: name.to_owned(), at: key.at, optional, shape });
        }
        parsed
    }

    fn shape(&mut self, node: &Node) -> Shape {
        match &node.value {
            Value::Mapping(members) => Shape::Object(self.members(members)),
            Value::List(items) => self.list(node.at, items),
            Value::Text(text) => self.text(text, node.at),
            _ => Shape::Literal(to_json(node, self.report)),
        }
    }

    fn list(&mut self, at: NodeId, items: &[Node]) -> Shape {
        let [item] = items else {
            self.report.push(Diagnostic::new(
                &ARRAY_SHAPE,
                at,
                format!("this array holds {} elements", items.len()),
                "write one element, the shape of each",
            ));
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
                self.malformed(at, format!("`{from}` begins no placeholder"));
                return Shape::Literal(Json::String(text.to_owned()));
            };
            let Some((filler, filler_kind)) = self.placeholder(inside, at) else {
                return Shape::Literal(Json::String(text.to_owned()));
            };
            if !before.is_empty() {
                parts.push(Part::Literal(before.to_owned()));
            }
            if filler == Filler::Code {
                let prefix = text.get(..text.len() - rest.len() + start).unwrap_or_default();
                self.code_at(at, prefix, after);
            }
            parts.push(Part::Slot(filler));
            kind = filler_kind;
            rest = after;
        }
        if parts.is_empty() {
            return Shape::Literal(Json::String(text.to_owned()));
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        let slots = parts.iter().filter(|part| matches!(part, Part::Slot(_))).count();
        if slots > 1 && parts.iter().any(|part| matches!(part, Part::Slot(Filler::Code))) {
            self.report.push(Diagnostic::new(
                &CODE_PLACEHOLDER,
                at,
                "`<code>` shares a text with another placeholder",
                "keep only literal text around `<code>`: readers take it off to find the code",
            ));
        }
        match parts.as_slice() {
            [Part::Slot(filler)] => {
                self.same_type(filler, kind, at);
                Shape::Slot(filler.clone(), kind)
            }
            _ => Shape::Text(parts),
        }
    }

    /// The inside of `<…>`.
    fn placeholder(&mut self, inside: &str, at: NodeId) -> Option<(Filler, Type)> {
        let (name, kind) = match inside.split_once(':') {
            Some((name, kind)) => (name, Some(kind)),
            None => (inside, None),
        };
        if !(forms::PLACEHOLDER.holds)(name) {
            self.malformed(at, format!("`<{inside}>` is no placeholder"));
            return None;
        }
        let built_in = BUILT_IN.iter().find(|(known, ..)| *known == name);
        let Some(kind) = kind else {
            let occurrence = || (Filler::Occurrence(name.to_owned()), Type::Text);
            return Some(
                built_in.map_or_else(occurrence, |(_, filler, kind)| (filler.clone(), *kind)),
            );
        };
        if built_in.is_some() {
            self.report.push(Diagnostic::new(
                &MALFORMED_PLACEHOLDER,
                at,
                format!("`<{name}>` is filled from the entry, so its type is known"),
                format!("write `<{name}>`"),
            ));
            return None;
        }
        let Some((_, kind)) = TYPES.iter().find(|(known, _)| *known == kind) else {
            self.report.push(Diagnostic::new(
                &MALFORMED_PLACEHOLDER,
                at,
                format!("`{kind}` is no type of a placeholder"),
                suggest::help(kind, TYPES.iter().map(|(known, _)| *known)),
            ));
            return None;
        };
        Some((Filler::Occurrence(name.to_owned()), *kind))
    }

    /// Reports a placeholder that stood elsewhere with another type.
    fn same_type(&mut self, filler: &Filler, kind: Type, at: NodeId) {
        let Filler::Occurrence(name) = filler else { return };
        let Some((_, _, first)) =
            self.typed.iter().find(|(known, other, _)| known == name && *other != kind)
        else {
            self.typed.push((name.clone(), kind, at));
            return;
        };
        let message = format!("`<{name}>` stands in the body with two types");
        let help = "give it the same type in both places, or another name in one";
        self.report.push(
            Diagnostic::new(&PLACEHOLDER_TYPE, at, message, help).also(*first, "the other one"),
        );
    }

    fn code_at(&mut self, at: NodeId, prefix: &str, suffix: &str) {
        if let Some(first) = &self.code {
            let finding = Diagnostic::new(
                &CODE_PLACEHOLDER,
                at,
                "`<code>` stands in the body twice",
                "keep the one that clients read, and write the other as text of its own",
            );
            self.report.push(finding.also(first.at, "first here"));
            return;
        }
        if self.optional {
            self.report.push(Diagnostic::new(
                &CODE_PLACEHOLDER,
                at,
                "`<code>` stands in a member that may be absent",
                "remove the `?` from the keys above it",
            ));
        }
        self.code = Some(CodeSpot {
            at,
            path: self.path.clone(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
        });
    }

    fn malformed(&mut self, at: NodeId, message: String) {
        let help = "write a name between `<` and `>`, such as `<code>` or `<detail>`; \
                    a type may follow, as in `<limit:integer>`";
        self.report.push(Diagnostic::new(&MALFORMED_PLACEHOLDER, at, message, help));
    }
}

const BUILT_IN: &[(&str, Filler, Type)] = &[
    ("code", Filler::Code, Type::Text),
    ("status", Filler::Status, Type::Integer),
    ("meaning", Filler::Meaning, Type::Text),
    ("fix", Filler::Fix, Type::Text),
    ("docs_url", Filler::DocsUrl, Type::Text),
];

const TYPES: &[(&str, Type)] = &[
    ("text", Type::Text),
    ("integer", Type::Integer),
    ("boolean", Type::Boolean),
    ("any", Type::Any),
];
