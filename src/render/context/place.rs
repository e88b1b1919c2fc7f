//! Where the params of an error are in its body, for readers of the docs.

use crate::catalog::Entry;
use crate::catalog::body::{Body, Part, Placeholder, Role, Shape};
use crate::catalog::values::Content;

/// A place in a body.
#[derive(Default)]
pub(super) struct Place {
    /// Keys with `.` between them, and `[]` for the elements of a list.
    pub path: String,
    /// Whether the param is one of several values in the text there.
    pub is_part: bool,
}

/// The first place of a placeholder or list, in the body of an error. One that it fills alone counts more;
/// one within a value of the error counts less.
pub(super) fn of(body: &Body, entry: &Entry, name: &str) -> Option<Place> {
    let find = |name, is_part| find(&body.root, name, is_part, "");
    let at = |path, is_part| Place { path, is_part };
    let own = |is_part| find(name, is_part).map(|path| at(path, is_part));
    own(false).or_else(|| own(true)).or_else(|| {
        let mut values = entry.values.iter();
        let value = values.find(|value| value.params().any(|(one, _)| one.value == name))?;
        let is_whole = matches!(&value.content, Content::Text(parts) if parts.len() == 1);
        let place = |is_part| find(&value.name.value, is_part).map(|path| at(path, !is_whole));
        place(false).or_else(|| place(true))
    })
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
