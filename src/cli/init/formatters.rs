//! Formatters that would rewrite an output, whatever comments it has: what to exclude from them.

use std::collections::BTreeSet;

use super::proposal::Proposal;
use super::repo::Repo;
use crate::text::words::joined;

const BIOME: &[&str] = &["biome.json", "biome.jsonc", ".biome.json", ".biome.jsonc"];

const PRETTIER: &[&str] = &[
    ".prettierrc",
    ".prettierrc.json",
    ".prettierrc.json5",
    ".prettierrc.yaml",
    ".prettierrc.yml",
    ".prettierrc.toml",
    ".prettierrc.js",
    ".prettierrc.mjs",
    ".prettierrc.cjs",
    ".prettierrc.ts",
    "prettier.config.js",
    "prettier.config.mjs",
    "prettier.config.cjs",
    "prettier.config.ts",
    "package.json",
];

/// What is left to do by hand, so that formatters leave the outputs alone.
pub(super) fn steps(repo: &Repo, proposals: &[Proposal]) -> Vec<String> {
    [biome(repo, proposals), prettier(repo, proposals)].into_iter().flatten().collect()
}

/// Biome reads no comments in JSON, and none below the heading of a Markdown page.
fn biome(repo: &Repo, proposals: &[Proposal]) -> Option<String> {
    let config = BIOME.iter().find(|file| repo.has(file))?;
    let list = list(proposals, |Proposal { target, out, .. }| match *target {
        "markdown" => vec!["`\"!**/errors.md\"`".to_owned()],
        "json" => {
            ["catalog.json", "catalog.schema.json"].map(|file| format!("`\"!**/{file}\"`")).to_vec()
        }
        "typescript" => vec![format!("`\"!{out}/package.json\"`")],
        _ => Vec::new(),
    })?;
    Some(format!("add {list} to `files.includes` in {config}, after `\"**\"`"))
}

/// Since Prettier 3.9, `semi: false` removes semicolons even after a `prettier-ignore`.
fn prettier(repo: &Repo, proposals: &[Proposal]) -> Option<String> {
    PRETTIER.iter().find(|file| repo.text(file).is_some_and(|text| has_no_semicolons(&text)))?;
    let list = list(proposals, |Proposal { target, out, .. }| match *target {
        "typescript" => vec![format!("`{out}`")],
        "typescript-module" => vec![format!("`{out}/errors.ts`")],
        _ => Vec::new(),
    })?;
    Some(format!("add {list} to .prettierignore, because of `semi: false`"))
}

/// What is excluded of each output, as part of a sentence.
fn list(proposals: &[Proposal], of: impl Fn(&Proposal) -> Vec<String>) -> Option<String> {
    let all: BTreeSet<String> = proposals.iter().flat_map(of).collect();
    let all: Vec<String> = all.into_iter().collect();
    (!all.is_empty()).then(|| joined(&all, " and "))
}

/// Whether a config of Prettier, in any of its languages, says `semi: false`.
fn has_no_semicolons(config: &str) -> bool {
    let is_plain = |c: &char| !c.is_whitespace() && !"\"'".contains(*c);
    let config: String = config.chars().filter(is_plain).collect();
    config.contains("semi:false") || config.contains("semi=false")
}
