//! Structs that templates and programs read, serialised as they are declared. Never reads any back.

/// Structs that serialise under the names of their fields. serde's own derive takes five crates and a
/// third of the time that a build script waits for errcat.
macro_rules! records {
    ($(
        $(#[$attribute:meta])*
        $visibility:vis struct $name:ident$(<$life:lifetime>)? {
            $($(#[$about:meta])* $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$attribute])*
        $visibility struct $name$(<$life>)? {
            $($(#[$about])* $field: $type,)*
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
    )*};
}

pub(crate) use records;
