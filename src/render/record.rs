//! Structs that templates and programs read. One declaration makes the struct, the object that templates see and
//! its documentation.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use minijinja::Value;
use minijinja::value::{DynObject, Enumerator, Object};

use super::Options;
use crate::catalog::{Code, Spanned};
use crate::text::json::{Json, Number};

/// Declares structs that templates see under the names of their fields, and that describe themselves. serde would
/// make them take much longer to compile, and people wait for errcat in their builds.
macro_rules! records {
    ($(
        $(#[doc = $about:literal])*
        #[derive($($derived:ident),*)]
        $visibility:vis struct $name:ident$(<$life:lifetime>)? {
            $(
                $(#[doc = $field_about:literal])*
                $(#[key = $key:literal])?
                $(#[holds = $holds:expr])?
                $field_visibility:vis $field:ident: $type:ty,
            )*
        }
    )*) => {$(
        $(#[doc = $about])*
        #[derive($($derived),*)]
        $visibility struct $name$(<$life>)? {
            $($(#[doc = $field_about])* $field_visibility $field: $type,)*
        }

        impl$(<$life>)? crate::render::record::Seen for $name$(<$life>)? {
            fn seen(&self) -> minijinja::Value {
                use crate::render::record::{key, record};
                record(vec![$((key(stringify!($field), &[$($key)?]).into(), self.$field.seen())),*])
            }
        }

        /// Programs read it as templates see it.
        #[cfg(feature = "cli")]
        impl$(<$life>)? serde::Serialize for $name$(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::render::record::Seen::seen(self).serialize(serializer)
            }
        }

        #[cfg(feature = "cli")]
        crate::render::described::describe_record! {
            $(#[doc = $about])*
            $name$(<$life>)? {$(
                $(#[doc = $field_about])* $(#[key = $key])? $(#[holds = $holds])? $field: $type,
            )*}
        }
    )*};
}

/// Declares a record that works a field out when it is looked at: for each, there is a method of its name.
macro_rules! lazy_record {
    (
        $(#[doc = $about:literal])*
        $name:ident$(<$life:lifetime>)? {
            $(
                $(#[doc = $field_about:literal])*
                $(#[holds = $holds:expr])?
                $field:ident: $type:ty,
            )*
        }
    ) => {
        impl$(<$life>)? $name$(<$life>)? {
            /// The names of the fields.
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            /// A field by its name, as templates see it.
            fn field(&self, name: &str) -> Option<minijinja::Value> {
                Some(match name {
                    $(stringify!($field) => {
                        let value: $type = self.$field();
                        crate::render::record::Seen::seen(&value)
                    })*
                    _ => return None,
                })
            }
        }

        #[cfg(feature = "cli")]
        crate::render::described::describe_record! {
            $(#[doc = $about])*
            $name$(<$life>)? {$(
                $(#[doc = $field_about])* $(#[holds = $holds])? $field: $type,
            )*}
        }
    };
}

pub(crate) use {lazy_record, records};

/// The name of a field in JSON.
pub(crate) fn key(field: &'static str, given: &[&'static str]) -> &'static str {
    let own = || field.strip_prefix("r#").unwrap_or(field);
    given.first().copied().unwrap_or_else(own)
}

/// What templates see of a value.
pub(crate) trait Seen {
    /// The value as templates see it.
    fn seen(&self) -> Value;
}

/// A record as templates see it: the names of its fields, and what they hold.
#[derive(Debug)]
struct Fields(Vec<(Cow<'static, str>, Value)>);

/// The most members of an object that becomes a record: looking one up takes a step for each.
const MAX_FIELDS: usize = 32;

/// Makes a record that templates see. A map would take longer to make and to print.
pub(crate) fn record(fields: Vec<(Cow<'static, str>, Value)>) -> Value {
    Value::from_object(Fields(fields))
}

/// The members of a record or of another map.
pub(crate) fn members(map: &Value) -> impl Iterator<Item = (Cow<'_, str>, Value)> {
    let record = map.downcast_object_ref::<Fields>();
    let other = if record.is_none() { map.as_object() } else { None };
    let fields = record.into_iter().flat_map(|record| &record.0);
    let fields = fields.map(|(name, value)| (Cow::Borrowed(name.as_ref()), value.clone()));
    let pairs = other.and_then(DynObject::try_iter_pairs).into_iter().flatten();
    fields.chain(pairs.map(|(key, value)| (key.to_string().into(), value)))
}

impl Object for Fields {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        // Records with another order of their fields may be equal too. The engine compares those.
        let other = other.downcast_ref::<Self>()?;
        (self.0 == other.0).then_some(Ordering::Equal)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.iter().map(|(name, _)| Value::from(name.as_ref())).collect())
    }
}

/// Declares how simple types are seen.
macro_rules! seen {
    ($($rust:ty: $value:ident => $seen:expr,)*) => {$(
        impl Seen for $rust {
            fn seen(&self) -> Value {
                let $value = self;
                $seen
            }
        }
    )*};
}

seen! {
    str: text => Value::from(text),
    Cow<'_, str>: text => Value::from(text.as_ref()),
    String: text => Value::from(text.as_str()),
    Arc<str>: text => Value::from(text),
    bool: value => Value::from(*value),
    u16: number => Value::from(*number),
    u32: number => Value::from(*number),
    u64: number => Value::from(*number),
    Options: options => {
        let members = options.iter().map(|(key, value)| (key.as_str(), value.seen()));
        Value::from_pairs(members.collect::<Vec<_>>())
    },
    Code: code => match code {
        Code::Text(code) => Value::from(code),
        Code::Integer(code) => Value::from(*code),
    },
    Json: json => match json {
        Json::Null => Value::from(()),
        Json::Bool(value) => Value::from(*value),
        Json::Number(Number::Unsigned(number)) => Value::from(*number),
        Json::Number(Number::Negative(number)) => Value::from(*number),
        Json::Number(Number::Float(number)) => Value::from(*number),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => items.iter().map(Self::seen).collect(),
        Json::Object(object) => {
            let members = object.iter().map(|(key, value)| (key, value.seen()));
            if object.iter().nth(MAX_FIELDS).is_some() {
                return Value::from_pairs(members.collect::<Vec<_>>());
            }
            record(members.map(|(key, value)| (key.to_owned().into(), value)).collect())
        }
    },
}

impl<T: Seen + ?Sized> Seen for &T {
    fn seen(&self) -> Value {
        T::seen(self)
    }
}

impl<T: Seen> Seen for Option<T> {
    fn seen(&self) -> Value {
        self.as_ref().map_or_else(|| Value::from(()), T::seen)
    }
}

impl<T: Seen> Seen for Vec<T> {
    fn seen(&self) -> Value {
        self.as_slice().seen()
    }
}

impl<T: Seen> Seen for [T] {
    fn seen(&self) -> Value {
        static EMPTY: OnceLock<Value> = OnceLock::new();
        // Most lists of errors are empty.
        if self.is_empty() {
            return EMPTY.get_or_init(|| Value::from(Vec::<Value>::new())).clone();
        }
        self.iter().map(T::seen).collect()
    }
}

impl<T: Seen> Seen for Spanned<T> {
    fn seen(&self) -> Value {
        self.value.seen()
    }
}

impl<T: Seen> Seen for Box<T> {
    fn seen(&self) -> Value {
        T::seen(self)
    }
}
