//! errcat keeps one YAML catalog of every error an API can return, and generates from it a Rust
//! crate, a TypeScript package, Markdown docs, an OpenAPI fragment and plain JSON.
//!
//! ```text
//! catalog/x.yaml ─load──▶ Catalog ──lint──▶ findings, or go on ──render──▶ Artifacts ──write──▶ generated/**
//! ```
//!
//! [`Generator`] is that line. Data flows one way: no stage knows the one after it. The `errcat` command is
//! the same behind flags.
//!
//! # In a build script
//!
//! ```no_run
//! fn main() -> Result<(), errcat::Error> {
//!     errcat::Generator::new("errors.yaml").target("rust-module").generate()?;
//!     Ok(())
//! }
//! ```
//!
//! makes a module of the catalog in `OUT_DIR`; [`Generator`] says how the package includes it.
//!
//! # In a test
//!
//! Where the outputs are committed, a test can see to it that they are up to date:
//!
//! ```no_run
//! # fn main() -> Result<(), errcat::Error> {
//! for drift in errcat::Generator::from_config("errcat.yaml")?.check()? {
//!     panic!("{drift}; run `errcat generate`");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! - `cli`, on by default: the command. A build script does without it: `default-features = false`.
#![forbid(unsafe_code)]

mod chars;
mod records;
mod suggest;
mod yaml;

mod diagnostic;
mod error;
mod fields;
mod ident;
mod input;

mod catalog;

mod lint;

mod render;

mod write;

mod cargo;
mod target;

mod config;
mod depfile;
mod generator;
mod reference;
mod rules;
mod schema;
#[doc(hidden)]
pub mod stages;

#[cfg(feature = "cli")]
mod response;
#[cfg(feature = "cli")]
mod server_wait;

#[cfg(feature = "cli")]
mod recognize;

#[cfg(feature = "cli")]
mod explain;

#[cfg(feature = "cli")]
pub mod cli;

pub use diagnostic::{Diagnostic, Findings, Rule};
pub use error::Error;
pub use generator::Generator;
pub use reference::template_reference;
pub use rules::rules;
pub use schema::{config_schema, schema};
pub use target::{OptionValue, Target};
pub use write::{Change, Drift};
