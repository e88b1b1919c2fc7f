//! What a response body looks like, from schemas or examples, and how a catalog says it.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::scalar;
use crate::catalog::forms;
use crate::text::ident::{Case, in_case};
use crate::yaml::written::on_a_line;

/// The most members of an object that was merged from several bodies. Readers ignore others.
const MAX_MEMBERS: usize = 100;

/// A part of a body.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Object(Vec<Member>),
    List(Box<Shape>),
    Literal(Json),
    Text,
    Integer,
    Number,
    Boolean,
    Any,
    /// The code, with a text that is before it each time.
    Code {
        prefix: String,
    },
    Meaning,
    Status,
    StatusText,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    pub key: String,
    pub optional: bool,
    /// Whether the source says so. It may say nothing.
    pub is_said: bool,
    pub shape: Shape,
}

/// A step from a body to a value in it: into a member, or into each element.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Member(String),
    Element,
}

impl Shape {
    /// What one body looks like.
    pub(super) fn of(body: &Json) -> Self {
        match body {
            Json::Null => Self::Any,
            Json::Bool(_) => Self::Boolean,
            Json::Number(number) if number.is_f64() => Self::Number,
            Json::Number(_) => Self::Integer,
            Json::String(_) => Self::Text,
            Json::Array(items) => match items.iter().map(Self::of).reduce(Self::or) {
                Some(Self::List(_)) | None => Self::Any,
                Some(of) => Self::List(Box::new(of)),
            },
            Json::Object(members) => {
                let member = |(key, value): (&String, &Json)| Member {
                    key: key.clone(),
                    optional: value.is_null(),
                    is_said: true,
                    shape: Self::of(value),
                };
                Self::Object(members.iter().map(member).collect())
            }
        }
    }

    /// The shape of a body that is either of two.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Object(ones), Self::Object(others)) => Self::Object(merged(ones, others)),
            (Self::List(one), Self::List(other)) => Self::List(Box::new(one.or(*other))),
            (Self::Literal(one), other) | (other, Self::Literal(one)) => match other {
                Self::Literal(other) => Self::of(&one).or(Self::of(&other)),
                other => Self::of(&one).or(other),
            },
            (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => Self::Number,
            _ => Self::Any,
        }
    }

    /// The part at a path.
    pub(super) fn at_mut(&mut self, path: &[Step]) -> Option<&mut Self> {
        let Some((step, rest)) = path.split_first() else { return Some(self) };
        match (self, step) {
            (Self::Object(members), Step::Member(key)) => {
                members.iter_mut().find(|member| member.key == *key)?.shape.at_mut(rest)
            }
            (Self::List(of), Step::Element) => of.at_mut(rest),
            _ => None,
        }
    }

    /// Makes each member on a path required, unless the source says otherwise.
    pub(super) fn require(&mut self, path: &[Step]) {
        let Some((step, rest)) = path.split_first() else { return };
        match (self, step) {
            (Self::Object(members), Step::Member(key)) => {
                if let Some(member) = members.iter_mut().find(|member| member.key == *key) {
                    member.optional &= member.is_said;
                    member.shape.require(rest);
                }
            }
            (Self::List(of), Step::Element) => of.require(rest),
            _ => {}
        }
    }

    /// Makes a text or number the status.
    pub(super) fn make_status(&mut self) {
        match self {
            Self::Integer | Self::Number => *self = Self::Status,
            Self::Text => *self = Self::StatusText,
            Self::Literal(value) if value.is_u64() => *self = Self::Status,
            _ => {}
        }
    }

    /// The lines of a catalog's `body`, without indentation.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut names = Names::default();
        names.reserve(self, "");
        let mut lines = Vec::new();
        match self {
            Self::Object(members) => names.members(members, "", &mut lines),
            Self::List(of) => names.element(of, "", &mut lines),
            _ => {}
        }
        lines
    }
}

/// The members of both. What one of them lacks may be absent.
fn merged(mut ones: Vec<Member>, others: Vec<Member>) -> Vec<Member> {
    let keys: BTreeSet<String> = others.iter().map(|member| member.key.clone()).collect();
    for member in ones.iter_mut().filter(|member| !keys.contains(&member.key)) {
        (member.optional, member.is_said) = (true, true);
    }
    for other in others {
        let has_room = ones.len() < MAX_MEMBERS;
        match ones.iter_mut().find(|member| member.key == other.key) {
            Some(member) => {
                member.optional |= other.optional;
                member.is_said |= other.is_said;
                let shape = std::mem::replace(&mut member.shape, Shape::Any);
                // Null in an example says only that the member may be absent.
                member.shape = match (shape, other.shape) {
                    (Shape::Any, known) | (known, Shape::Any) if member.optional => known,
                    (one, other) => one.or(other),
                };
            }
            None if has_room => {
                ones.push(Member { optional: true, is_said: true, ..other });
            }
            None => {}
        }
    }
    ones
}

/// The names of placeholders. A body has each of them at most once.
#[derive(Default)]
struct Names(BTreeSet<String>);

/// What errcat fills in itself, and what every object of JavaScript has.
const RESERVED: &[&str] = &[
    "code",
    "status",
    "meaning",
    "fix",
    "docs_url",
    "wait",
    "constructor",
    "value_of",
    "to_string",
];

impl Names {
    /// Reserves the names of lists, which are their keys.
    fn reserve(&mut self, shape: &Shape, path: &str) {
        match shape {
            Shape::Object(members) => {
                for Member { key, shape, .. } in members {
                    let path = format!("{path}_{key}");
                    if matches!(shape, Shape::List(_)) {
                        self.0.extend(in_case(key, Case::Snake));
                        self.0.extend(in_case(&path, Case::Snake));
                    }
                    self.reserve(shape, &path);
                }
            }
            Shape::List(of) => self.reserve(of, path),
            _ => {}
        }
    }

    /// A placeholder for a value, named after its key, or after the path if the name is taken.
    fn placeholder(&mut self, path: &str, kind: &str) -> String {
        let key = path.rsplit('.').next().unwrap_or_default().to_owned();
        let long = path.replace('.', "_");
        // With a digit first, no number at the end would make it a name of a placeholder.
        let of_path = in_case(&long, Case::Snake).filter(|name| (forms::PLACEHOLDER.holds)(name));
        let of_path = of_path.unwrap_or_else(|| "value".to_owned());
        let value = format!("{of_path}_value");
        let numbered = (2..).map(|number: u32| format!("{value}_{number}"));
        let all = [key, of_path.clone(), value.clone()].into_iter().chain(numbered);
        for name in all.filter(|name| (forms::PLACEHOLDER.holds)(name)) {
            let snake = in_case(&name, Case::Snake).unwrap_or_default();
            if !RESERVED.contains(&snake.as_str()) && self.0.insert(snake) {
                return format!("<{name}{kind}>");
            }
        }
        String::new()
    }

    fn members(&mut self, members: &[Member], path: &str, lines: &mut Vec<String>) {
        for Member { key, optional, shape, .. } in members {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let key = format!("{key}{}", if *optional { "?" } else { "" });
            let key = scalar::key(&key);
            match shape {
                Shape::Object(inner) if !inner.is_empty() => {
                    lines.push(format!("{key}:"));
                    let mut within = Vec::new();
                    self.members(inner, &path, &mut within);
                    lines.extend(within.into_iter().map(|line| format!("  {line}")));
                }
                Shape::List(of) => {
                    lines.push(format!("{key}:"));
                    let mut within = Vec::new();
                    self.element(of, &path, &mut within);
                    lines.extend(within.into_iter().map(|line| format!("  {line}")));
                }
                leaf => lines.push(format!("{key}: {}", self.leaf(leaf, &path))),
            }
        }
    }

    fn element(&mut self, of: &Shape, path: &str, lines: &mut Vec<String>) {
        let mut within = Vec::new();
        match of {
            Shape::Object(members) if !members.is_empty() => {
                self.members(members, path, &mut within);
            }
            leaf => {
                let one = path.strip_suffix('s').unwrap_or(path);
                within.push(self.leaf(leaf, one));
            }
        }
        for (at, line) in within.into_iter().enumerate() {
            lines.push(format!("{} {line}", if at == 0 { "-" } else { " " }));
        }
    }

    fn leaf(&mut self, shape: &Shape, path: &str) -> String {
        let text = match shape {
            Shape::Code { prefix } => format!("{}<code>", prefix.replace('<', "<<")),
            Shape::Meaning => "<meaning>".to_owned(),
            Shape::Status => "<status>".to_owned(),
            Shape::StatusText => "<status:text>".to_owned(),
            Shape::Text => self.placeholder(path, ""),
            Shape::Integer => self.placeholder(path, ":integer"),
            Shape::Number => self.placeholder(path, ":number"),
            Shape::Boolean => self.placeholder(path, ":boolean"),
            Shape::Any | Shape::Object(_) | Shape::List(_) => self.placeholder(path, ":any"),
            Shape::Literal(Json::String(text)) => text.replace('<', "<<"),
            Shape::Literal(other) => return other.to_string(),
        };
        on_a_line(&text)
    }
}
