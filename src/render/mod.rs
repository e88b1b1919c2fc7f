//! Context + templates → artifacts in memory.

pub(crate) mod context;
mod engine;
pub(crate) mod escape;
mod folder;
pub(crate) mod header;
mod outputs;
#[cfg(feature = "cli")]
pub(crate) mod parts;
pub(crate) mod record;
pub(crate) mod templates;

use std::collections::BTreeMap;

pub(crate) use context::{Context, errors_of};
pub(crate) use engine::Renderer;

/// A rendered file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Artifact {
    /// The path below the output folder, with `/` between its parts.
    pub path: String,
    /// Text in UTF-8, unless it is a copy of a file that is not text.
    pub content: Vec<u8>,
}

/// The options of a target that an output sets: texts, lists of texts, and booleans.
pub(crate) type Options = BTreeMap<String, serde_json::Value>;
