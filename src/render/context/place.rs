//! Where the params of an error are in its body, for readers of the docs.

use crate::catalog::Entry;
use crate::catalog::body::{Body, Part, Placeholder, Role, Shape};
use crate::catalog::values::Content;

/// A place in a body.
#[derive(Default)]
pub(crate) struct Place {
    /// Keys with `.` between them, and `[]` for the elements of a list.
    pub path: String,
    /// Whether the param is one of several values in the text there.
    pub is_part: bool,
}

/// Where a placeholder or list is in the body of an error, if need be within one of the error's values.
pub(super) fn of(body: &Body, entry: &Entry, name: &str) -> Option<Place> {
    first(body, name).or_else(|| {
        let mut values = entry.values.iter();
        let value = values.find(|value| value.params().any(|(one, _)| one.value == name))?;
        let is_whole = matches!(&value.content, Content::Text(parts) if parts.len() == 1);
        let place = first(body, &value.name.value)?;
        Some(Place { is_part: place.is_part || !is_whole, ..place })
    })
}

/// The first place that a placeholder or list fills alone, else the first one.
pub(crate) fn first(body: &Body, name: &str) -> Option<Place> {
    let at = |is_part| Some(Place { path: find(&body.root, name, is_part, "")?, is_part });
    at(false).or_else(|| at(true))
}

fn find(shape: &Shape, name: &str, is_part: bool, path: &str) -> Option<String> {
    let is_name = |placeholder: &Placeholder| placeholder.param() == Some(name);
    let is_here = match shape {
        Shape::Object(members) => {
            return members.iter().find_map(|member| {
                let dot = if path.is_empty() { "" } else { "." };
                find(&member.shape, name, is_part, &format!("{path}{dot}{}", member.key))
            });
        }
        Shape::List(list) if list.role == Role::Param && list.name == name => !is_part,
        Shape::List(list) => return find(&list.of, name, is_part, &format!("{path}[]")),
        Shape::Placeholder(placeholder, _) => !is_part && is_name(placeholder),
        Shape::Text(parts) => {
            let placeholders = || parts.iter().filter_map(Part::placeholder);
            is_part == (placeholders().count() > 1) && placeholders().any(is_name)
        }
        Shape::Literal(_) => false,
    };
    is_here.then(|| path.to_owned())
}
