//! errcat keeps one YAML catalog of every error an API can return, and generates from it a Rust
//! crate, TypeScript and Python packages, a docs page in Markdown or HTML, an OpenAPI fragment and
//! plain JSON.
//!
//! ```text
//! catalog/x.yaml ─load─▶ Catalog ─lint─▶ problems, or go on ─render─▶ files ─write─▶ generated/**
//! ```
//!
//! [`Generator`] runs this pipeline for programs, and the `errcat` command for people. No stage knows
//! the one after it.
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
//! This makes a module in `OUT_DIR`. [`Generator`] says how the package includes it.
//!
//! # In a test
//!
//! If you commit the outputs, a test can check that they are up to date:
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
//! - `cli`, on by default: the `errcat` command, `diff`, the JSON Schemas and other references, and
//!   problems in more forms than plain text: as rustc prints them, as JSON and as GitHub annotations. A
//!   build script does not need it: use `default-features = false`.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(feature = "cli"),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        reason = "the tables of fields, rules and filters say more about themselves than a build script reads"
    )
)]

mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
mod config;
mod diagnostic;
#[cfg(feature = "cli")]
mod diff;
mod document;
mod error;
#[cfg(feature = "cli")]
mod explain;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod fuzz;
mod generator;
#[cfg(feature = "cli")]
mod git;
#[cfg(feature = "cli")]
mod import;
mod lint;
mod pipeline;
#[cfg(feature = "cli")]
mod reading;
#[cfg(feature = "cli")]
mod reference;
mod render;
mod sorted;
#[cfg(feature = "cli")]
mod source;
mod text;
#[cfg(feature = "cli")]
mod verify;
mod write;
mod yaml;

pub use diagnostic::{Diagnostic, Diagnostics, Rule};
#[cfg(feature = "cli")]
pub use diff::{ChangeRule, Class, Diff, diff};
pub use error::Error;
pub use generator::{FromCode, FromConfig, Generator, OptionValue, Target, stages};
#[cfg(feature = "cli")]
pub use reference::{
    catalog_json_schema, catalog_json_types, change_reference, config_schema, rules, schema,
    template_reference,
};
pub use write::{Change, Drift};
