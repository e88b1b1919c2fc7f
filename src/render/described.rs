//! What errcat says about the records that templates see: for the docs of templates, and for the schema and the
//! types of `catalog.json`. Only the command prints those.

use std::borrow::Cow;
use std::sync::Arc;

use crate::catalog::{Code, Spanned};
use crate::text::json::Json;

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
        impl$(<$life>)? crate::render::described::Described for $name$(<$life>)? {
            fn describe(
                records: &mut Vec<crate::render::described::Record>,
            ) -> crate::render::described::Type {
                use crate::render::described::{Described, Field, Type, describe};
                use crate::render::record::key;
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

pub(crate) use describe_record;

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

/// Declares how simple types are described.
macro_rules! described {
    ($($rust:ty => $type:expr,)*) => {$(
        impl Described for $rust {
            fn describe(_: &mut Vec<Record>) -> Type {
                $type
            }
        }
    )*};
}

described! {
    str => Type::Text,
    Cow<'_, str> => Type::Text,
    String => Type::Text,
    Arc<str> => Type::Text,
    bool => Type::Boolean,
    u16 => Type::Number,
    u32 => Type::Number,
    u64 => Type::Number,
    Code => Type::Scalar,
    Json => Type::Value,
}

impl<T: Described + ?Sized> Described for &T {
    fn describe(records: &mut Vec<Record>) -> Type {
        T::describe(records)
    }
}

impl<T: Described> Described for Option<T> {
    fn describe(records: &mut Vec<Record>) -> Type {
        Type::Optional(Box::new(T::describe(records)))
    }
}

impl<T: Described> Described for Vec<T> {
    fn describe(records: &mut Vec<Record>) -> Type {
        <[T]>::describe(records)
    }
}

impl<T: Described> Described for [T] {
    fn describe(records: &mut Vec<Record>) -> Type {
        Type::List(Box::new(T::describe(records)))
    }
}

impl<T: Described> Described for Spanned<T> {
    fn describe(records: &mut Vec<Record>) -> Type {
        T::describe(records)
    }
}

impl<T: Described> Described for Box<T> {
    fn describe(records: &mut Vec<Record>) -> Type {
        T::describe(records)
    }
}
