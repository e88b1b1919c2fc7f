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

mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
mod config;
mod diagnostic;
mod document;
mod error;
#[cfg(feature = "cli")]
mod explain;
mod generator;
mod lint;
mod reference;
mod render;
mod text;
mod write;
mod yaml;

pub use config::target::{OptionValue, Target};
pub use diagnostic::{Diagnostic, Findings, Rule};
pub use error::Error;
pub use generator::{Generator, stages};
pub use reference::{config_schema, rules, schema, template_reference};
pub use write::{Change, Drift};
