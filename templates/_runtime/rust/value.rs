//! Values that bodies hold.

use core::time::Duration;

use super::alloc::borrow::Cow;
use super::alloc::string::{String, ToString};
use super::alloc::vec::Vec;
use super::parse::parse;

/// A value that was read from a body, or that is written to one.
#[derive(Clone, Debug, PartialEq)]
#[repr(u64)] // Copies of whole words are much faster.
pub(crate) enum Value<'v> {
    Text(Cow<'v, str>),
    Integer(i64),
    Number(f64),
    Boolean(bool),
    /// JSON, as text.
    Json(Cow<'v, str>),
    Wait(Duration),
    /// The elements of a list, each with the values in it.
    List(Vec<Values<'v>>),
}

/// The values in a body or in an element of a list. `None` for those that are missing.
pub(crate) type Values<'v> = Vec<Option<Value<'v>>>;

impl<'v> Value<'v> {
    pub(crate) fn borrowed(text: &'v str) -> Self {
        Self::Text(text.into())
    }

    /// A JSON document, given as text. Text that isn't JSON becomes a JSON string.
    pub(crate) fn json(text: &'v str) -> Self {
        match parse(text) {
            Some(_) => Self::Json(text.into()),
            None => Self::Text(text.into()),
        }
    }

    pub(crate) fn of_items<T>(list: &'v [T], values: fn(&'v T) -> Values<'v>) -> Self {
        Self::List(list.iter().map(values).collect())
    }

    pub(crate) fn of_singles<T>(list: &'v [T], value: fn(&'v T) -> Self) -> Self {
        let values = list.iter().map(|one| Vec::from([Some(value(one))]));
        Self::List(values.collect())
    }

    /// A code as text. It is a text or an integer.
    pub(crate) fn code(self) -> Cow<'v, str> {
        match self {
            Self::Text(text) => text,
            Self::Integer(integer) => integer.to_string().into(),
            _ => Cow::default(),
        }
    }

    pub(crate) fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    pub(crate) fn integer(self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    pub(crate) fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn boolean(self) -> Option<bool> {
        match self {
            Self::Boolean(boolean) => Some(boolean),
            _ => None,
        }
    }

    pub(crate) fn any(self) -> Option<String> {
        match self {
            Self::Json(json) => Some(json.into_owned()),
            _ => None,
        }
    }

    pub(crate) fn wait(self) -> Option<Duration> {
        match self {
            Self::Wait(wait) => Some(wait),
            _ => None,
        }
    }

    /// The elements of a list of items.
    pub(crate) fn items<T>(self, read: fn(&mut [Option<Self>]) -> T) -> Option<Vec<T>> {
        match self {
            Self::List(mut elements) => {
                let items = elements.iter_mut().map(|values| read(values));
                Some(items.collect())
            }
            _ => None,
        }
    }

    /// The elements of a list of single values.
    pub(crate) fn singles<T>(self, read: fn(Self) -> Option<T>) -> Option<Vec<T>> {
        match self {
            Self::List(elements) => {
                let values = elements.into_iter().flatten().flatten();
                Some(values.filter_map(read).collect())
            }
            _ => None,
        }
    }
}

/// A JSON document as text.
pub(crate) fn document(value: impl Into<serde_json::Value>) -> String {
    value.into().to_string()
}

/// A JSON document as a part of a text. A JSON string is written without quotes.
pub(crate) fn plain(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), String::from)
}
