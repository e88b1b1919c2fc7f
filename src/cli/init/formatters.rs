//! What formatters can't be told by a comment in an output, and so must be told by their own config.

use super::proposal::Proposal;
use super::repo::Repo;

/// What is left to do by hand, so that formatters leave the outputs alone.
pub(super) fn steps(repo: &Repo, proposals: &[Proposal]) -> Vec<String> {
    let mut steps = Vec::new();
    if let Some(config) = ["biome.json", "biome.jsonc"].into_iter().find(|file| repo.has(file)) {
        let makes = |targets: &[&str]| proposals.iter().any(|one| targets.contains(&one.target));
        let files = [
            ("errors.md", makes(&["markdown"])),
            ("catalog.json", makes(&["json", "rust", "typescript"])),
        ];
        let files: Vec<String> = files
            .into_iter()
            .filter(|(_, is_made)| *is_made)
            .map(|(file, _)| format!("`\"!**/{file}\"`"))
            .collect();
        if !files.is_empty() {
            steps.push(format!("add {} to `files.includes` in {config}", files.join(" and ")));
        }
    }
    if prettier_drops_semicolons(repo) {
        let scripts = proposals.iter().filter(|one| one.target.starts_with("typescript"));
        steps.extend(scripts.map(|one| format!("add `{}` to .prettierignore", one.out)));
    }
    steps
}

/// Whether Prettier has `semi: false`, which changes even what it is told to ignore.
fn prettier_drops_semicolons(repo: &Repo) -> bool {
    // JSON is YAML.
    let files = [".prettierrc", ".prettierrc.json", ".prettierrc.yaml", ".prettierrc.yml"];
    let configs = files.into_iter().filter_map(|file| repo.yaml(file));
    let mut semi = configs.filter_map(|config| config.get("semi")?.as_bool());
    let manifest = || repo.npm()?.get("prettier")?.get("semi")?.as_bool();
    semi.next().or_else(manifest) == Some(false)
}
