//! Structs that templates and programs read. One declaration makes the struct, its serialization and its
//! documentation.

use std::borrow::Cow;
use std::sync::OnceLock;

use minijinja::Value;
use minijinja::value::Serde;

use crate::catalog::Code;
use crate::text::json::Json;

/// Declares structs that serialize under the names of their fields and describe themselves. serde's
/// derive is not used, because it adds five crates and half again to the build time of errcat as a
/// build dependency.
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

        impl$(<$life>)? serde::Serialize for $name$(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use crate::render::record::key;
                use serde::ser::SerializeStruct as _;
                let fields: &[&str] = &[$(stringify!($field)),*];
                let mut record = serializer.serialize_struct(stringify!($name), fields.len())?;
                $(record.serialize_field(key(stringify!($field), &[$($key)?]), &self.$field)?;)*
                record.end()
            }
        }

        impl$(<$life>)? crate::render::record::Seen for $name$(<$life>)? {
            fn seen(self) -> minijinja::Value {
                minijinja::Value::from(minijinja::value::Serde(&self))
            }
        }

        crate::render::record::describe_record! {
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
                        crate::render::record::Seen::seen(value)
                    })*
                    _ => return None,
                })
            }
        }

        crate::render::record::describe_record! {
            $(#[doc = $about])*
            $name$(<$life>)? {$(
                $(#[doc = $field_about])* $(#[holds = $holds])? $field: $type,
            )*}
        }
    };
}

/// Makes the documentation of a record.
macro_rules! describe_record {
    (
        $(#[doc = $about:literal])*
        $name:ident$(<$life:lifetime>)? {$(
            $(#[doc = $field_about:literal])*
            $(#[key = $key:literal])?
            $(#[holds = $holds:expr])?
            $field:ident: $type:ty,
        )*}
    ) => {
        impl$(<$life>)? crate::render::record::Described for $name$(<$life>)? {
            fn describe(
                records: &mut Vec<crate::render::record::Record>,
            ) -> crate::render::record::Type {
                use crate::render::record::{Described, Field, Type, describe, key};
                describe(stringify!($name), concat!($($about),*), records, |records| vec![
                    $({
                        let holds: &[Type] = &[$($holds)?];
                        let r#type = <$type as Described>::describe(records);
                        Field {
                            name: key(stringify!($field), &[$($key)?]),
                            r#type: holds.iter().fold(r#type, |all, one| all.of(one)),
                            about: concat!($($field_about),*).trim(),
                        }
                    }),*
                ])
            }
        }
    };
}

pub(crate) use {describe_record, lazy_record, records};

/// The name of a field in JSON.
pub(crate) fn key(field: &'static str, given: &[&'static str]) -> &'static str {
    let own = || field.strip_prefix("r#").unwrap_or(field);
    given.first().copied().unwrap_or_else(own)
}

/// A struct, for the docs of templates and the schema of `catalog.json`.
pub(crate) struct Record {
    pub name: &'static str,
    pub about: &'static str,
    pub fields: Vec<Field>,
}

/// One of its fields.
pub(crate) struct Field {
    pub name: &'static str,
    pub r#type: Type,
    pub about: &'static str,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub(crate) enum Type {
    Text,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A text or a whole number.
    Scalar,
    Boolean,
    Number,
    /// The number of this version of `catalog.json`.
    Version(u32),
    /// An object with any members.
    Object,
    /// Any value.
    Value,
    Record(&'static str),
    List(Box<Type>),
    Optional(Box<Type>),
}

impl Type {
    /// The same type, but for what a list or optional value of it holds.
    pub(crate) fn of(self, holds: &Self) -> Self {
        match self {
            Self::List(of) => Self::List(Box::new(of.of(holds))),
            Self::Optional(of) => Self::Optional(Box::new(of.of(holds))),
            _ => holds.clone(),
        }
    }

    /// The type in words. Names of records are in backticks.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Text | Self::OneOf(_) => "text".to_owned(),
            Self::Scalar => "text or number".to_owned(),
            Self::Boolean => "true or false".to_owned(),
            Self::Number | Self::Version(_) => "number".to_owned(),
            Self::Object => "object".to_owned(),
            Self::Value => "value".to_owned(),
            Self::Record(name) => format!("`{name}`"),
            Self::List(of) => match of.as_ref() {
                Self::Record(name) => format!("list of `{name}`"),
                other => format!("list of {}s", other.words()),
            },
            Self::Optional(of) => format!("{}, or none", of.words()),
        }
    }
}

/// The type of a field, or of a part of it.
pub(crate) trait Described {
    /// What a value of this type is. Adds the records that it holds to those described so far.
    fn describe(records: &mut Vec<Record>) -> Type;
}

/// The type of a field that is worked out when a template looks at it.
pub(crate) trait Seen {
    /// The value as templates see it.
    fn seen(self) -> Value;
}

/// Describes a record, unless it is described already.
pub(crate) fn describe(
    name: &'static str,
    about: &'static str,
    records: &mut Vec<Record>,
    fields: impl FnOnce(&mut Vec<Record>) -> Vec<Field>,
) -> Type {
    if !records.iter().any(|record| record.name == name) {
        let index = records.len();
        // Listed before its fields are described, because one of them may hold such a record again.
        records.push(Record { name, about: about.trim(), fields: Vec::new() });
        let fields = fields(records);
        if let Some(record) = records.get_mut(index) {
            record.fields = fields;
        }
    }
    Type::Record(name)
}

/// Declares how simple types are described and seen. serde would take much longer.
macro_rules! described {
    ($($rust:ty => $type:expr,)*) => {$(
        impl Described for $rust {
            fn describe(_: &mut Vec<Record>) -> Type {
                $type
            }
        }

        impl Seen for $rust {
            fn seen(self) -> Value {
                Value::from(self)
            }
        }
    )*};
}

described! {
    &str => Type::Text,
    Cow<'_, str> => Type::Text,
    String => Type::Text,
    bool => Type::Boolean,
    u16 => Type::Number,
    u32 => Type::Number,
    u64 => Type::Number,
}

impl Described for &Code {
    fn describe(_: &mut Vec<Record>) -> Type {
        Type::Scalar
    }
}

impl Seen for &Code {
    fn seen(self) -> Value {
        match self {
            Code::Text(code) => Value::from(code.as_str()),
            Code::Integer(code) => Value::from(*code),
        }
    }
}

impl Described for Json {
    fn describe(_: &mut Vec<Record>) -> Type {
        Type::Value
    }
}

impl Seen for Json {
    fn seen(self) -> Value {
        (&self).seen()
    }
}

impl Described for &Json {
    fn describe(records: &mut Vec<Record>) -> Type {
        Json::describe(records)
    }
}

impl Seen for &Json {
    fn seen(self) -> Value {
        match self {
            Json::Null => Value::from(()),
            Json::Bool(value) => Value::from(*value),
            Json::Number(number) => Value::from(Serde(number)),
            Json::String(text) => Value::from(text.as_str()),
            Json::Array(items) => items.iter().map(Self::seen).collect(),
            Json::Object(object) => {
                Value::from_pairs(object.iter().map(|(key, value)| (key, value.seen())))
            }
        }
    }
}

impl<T: Described> Described for Option<T> {
    fn describe(records: &mut Vec<Record>) -> Type {
        Type::Optional(Box::new(T::describe(records)))
    }
}

impl<T: Seen> Seen for Option<T> {
    fn seen(self) -> Value {
        self.map_or_else(|| Value::from(()), T::seen)
    }
}

impl<T: Described> Described for Vec<T> {
    fn describe(records: &mut Vec<Record>) -> Type {
        Type::List(Box::new(T::describe(records)))
    }
}

impl<T: Seen> Seen for Vec<T> {
    fn seen(self) -> Value {
        static EMPTY: OnceLock<Value> = OnceLock::new();
        // Most lists of errors are empty.
        if self.is_empty() {
            return EMPTY.get_or_init(|| Value::from(Vec::<Value>::new())).clone();
        }
        self.into_iter().map(T::seen).collect()
    }
}

impl<T: Described> Described for Box<T> {
    fn describe(records: &mut Vec<Record>) -> Type {
        T::describe(records)
    }
}
