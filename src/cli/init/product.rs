//! What to call the product of a repo.

use super::python;
use super::repo::Repo;
use crate::text::ident::{Case, in_case};

/// The name of the product: that of the package, in words.
pub(super) fn product(repo: &Repo) -> Option<String> {
    let cargo = || Some(repo.toml("Cargo.toml")?.get("package")?.get("name")?.as_str()?.to_owned());
    let npm = || Some(repo.npm()?.get("name")?.as_str()?.to_owned());
    let name = cargo().or_else(npm).or_else(|| python::name(repo))?;
    // The scope of an npm package names the company, the rest the product.
    let words = in_case(name.rsplit('/').next()?, Case::Snake)?;
    let words = words.split('_').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    Some(words.collect::<Vec<_>>().join(" "))
}
