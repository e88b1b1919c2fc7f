//! Structs that templates and programs read. One declaration makes the struct, its serialization and its
//! documentation.

use serde_json::Value as Json;

/// Declares structs that serialize under the names of their fields and describe themselves. serde's
/// derive is not used, because it adds five crates and half again to the build time of errcat as a
/// build dependency.
macro_rules! records {
    ($(
        $(#[doc = $about:literal])*
        #[derive($($derived:ident),*)]
        $visibility:vis struct $name:ident$(<$life:lifetime>)? {
            $($(#[doc = $field_about:literal])* $field_visibility:vis $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[doc = $about])*
        #[derive($($derived),*)]
        $visibility struct $name$(<$life>)? {
            $($(#[doc = $field_about])* $field_visibility $field: $type,)*
        }

        impl$(<$life>)? serde::Serialize for $name$(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct as _;
                let fields: &[&str] = &[$(stringify!($field)),*];
                let mut record = serializer.serialize_struct(stringify!($name), fields.len())?;
                $(
                    let name = stringify!($field);
                    record.serialize_field(name.strip_prefix("r#").unwrap_or(name), &self.$field)?;
                )*
                record.end()
            }
        }

        impl$(<$life>)? crate::render::record::Described for $name$(<$life>)? {
            fn describe(records: &mut Vec<crate::render::record::Record>) -> String {
                let about = concat!($($about),*);
                crate::render::record::describe(stringify!($name), about, records, |records| vec![
                    $(crate::render::record::Field::new(
                        stringify!($field),
                        <$type as crate::render::record::Described>::describe(records),
                        concat!($($field_about),*),
                    )),*
                ])
            }
        }
    )*};
}

pub(crate) use records;

/// A struct, for the docs of templates.
pub(crate) struct Record {
    pub name: &'static str,
    pub about: &'static str,
    pub fields: Vec<Field>,
}

/// One of its fields.
pub(crate) struct Field {
    pub name: &'static str,
    /// What the field holds, in words. Names of records are in backticks.
    pub holds: String,
    pub about: &'static str,
}

impl Field {
    pub(crate) fn new(name: &'static str, holds: String, about: &'static str) -> Self {
        Self { name: name.strip_prefix("r#").unwrap_or(name), holds, about: about.trim() }
    }
}

/// The type of a field.
pub(crate) trait Described {
    /// What a value of this type is, in words. Adds the records that it holds to those described so far.
    fn describe(records: &mut Vec<Record>) -> String;
}

/// Describes a record, unless it is described already.
pub(crate) fn describe(
    name: &'static str,
    about: &'static str,
    records: &mut Vec<Record>,
    fields: impl FnOnce(&mut Vec<Record>) -> Vec<Field>,
) -> String {
    if !records.iter().any(|record| record.name == name) {
        let index = records.len();
        // Listed before its fields are described, because one of them may hold such a record again.
        records.push(Record { name, about: about.trim(), fields: Vec::new() });
        let fields = fields(records);
        if let Some(record) = records.get_mut(index) {
            record.fields = fields;
        }
    }
    format!("`{name}`")
}

/// Declares how simple types are described.
macro_rules! described {
    ($($type:ty => $words:literal,)*) => {$(
        impl Described for $type {
            fn describe(_: &mut Vec<Record>) -> String {
                $words.to_owned()
            }
        }
    )*};
}

described! {
    &str => "text",
    String => "text",
    bool => "true or false",
    u16 => "number",
    u32 => "number",
    u64 => "number",
    Json => "value",
}

impl<T: Described> Described for Option<T> {
    fn describe(records: &mut Vec<Record>) -> String {
        format!("{}, or none", T::describe(records))
    }
}

impl<T: Described> Described for Vec<T> {
    fn describe(records: &mut Vec<Record>) -> String {
        let words = T::describe(records);
        let plural = if words.ends_with('`') { "" } else { "s" };
        format!("list of {words}{plural}")
    }
}

impl<T: Described> Described for Box<T> {
    fn describe(records: &mut Vec<Record>) -> String {
        T::describe(records)
    }
}

impl<T: Described> Described for &T {
    fn describe(records: &mut Vec<Record>) -> String {
        T::describe(records)
    }
}
