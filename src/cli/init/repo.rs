//! What a repo is made of: the files that its tools look for.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;
use toml::Table;

use crate::text::ident::{Case, in_case};

/// A repo, by its folder.
pub(super) struct Repo<'f>(pub &'f Path);

impl Repo<'_> {
    /// The name of the package, in words: whose errors these are.
    pub(super) fn product(&self) -> Option<String> {
        let cargo =
            || Some(self.toml("Cargo.toml")?.get("package")?.get("name")?.as_str()?.to_owned());
        let npm = || Some(self.npm()?.get("name")?.as_str()?.to_owned());
        let name = cargo().or_else(npm)?;
        // The scope of an npm package names the company, the rest the product.
        let words = in_case(name.rsplit('/').next()?, Case::Snake)?;
        let words = words.split('_').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        Some(words.collect::<Vec<_>>().join(" "))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.0.join(path).exists()
    }

    /// A TOML file, if it exists and can be read.
    pub(super) fn toml(&self, path: &str) -> Option<Table> {
        fs::read_to_string(self.0.join(path)).ok()?.parse().ok()
    }

    /// A YAML file, if it exists and can be read.
    pub(super) fn yaml(&self, path: &str) -> Option<Yaml> {
        serde_yaml::from_slice(&fs::read(self.0.join(path)).ok()?).ok()
    }

    /// The manifest of an npm package, if there is one.
    pub(super) fn npm(&self) -> Option<Json> {
        serde_json::from_slice(&fs::read(self.0.join("package.json")).ok()?).ok()
    }
}
