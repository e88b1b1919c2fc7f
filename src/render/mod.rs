//! Context + templates → files, printed piece by piece.

pub(crate) mod context;
#[cfg(feature = "cli")]
pub(crate) mod described;
mod engine;
pub(crate) mod escape;
mod folder;
pub(crate) mod header;
mod includes;
mod outputs;
#[cfg(feature = "cli")]
pub(crate) mod parts;
pub(crate) mod record;
pub(crate) mod templates;

pub(crate) use context::{Context, errors_of};
pub(crate) use engine::Renderer;

use crate::sorted::SortedMap;
use crate::text::json::Json;

/// The options of a target that an output sets: texts, lists of texts, and booleans.
pub(crate) type Options = SortedMap<String, Json>;
