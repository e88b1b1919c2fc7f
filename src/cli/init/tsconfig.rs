//! The settings of a repo's tsconfig.json that errcat needs to know.

use serde_json::Value as Json;

use super::repo::Repo;

/// How many configs may extend one another.
const MAX_DEPTH: usize = 8;

/// An option of the compiler, from tsconfig.json or what it extends, in lower case. A project that only
/// refers to others (as those of Vite do) has the options of the first that sets it.
pub(super) fn option(repo: &Repo, name: &str) -> Option<Json> {
    find(repo, "tsconfig.json", name, 0)
}

fn find(repo: &Repo, path: &str, name: &str, depth: usize) -> Option<Json> {
    if depth == MAX_DEPTH {
        return None;
    }
    let config = repo.json_with_comments(path)?;
    if let Some(value) = config.get("compilerOptions").and_then(|options| options.get(name)) {
        return Some(value.clone());
    }
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let bases = match config.get("extends") {
        Some(Json::Array(bases)) => bases.clone(),
        Some(base) => vec![base.clone()],
        None => Vec::new(),
    };
    // Later bases win.
    let bases =
        bases.iter().rev().filter_map(Json::as_str).flat_map(|base| base_paths(&folder, base));
    let references = config.get("references").and_then(Json::as_array).into_iter().flatten();
    let references = references.filter_map(|one| one.get("path")?.as_str());
    // A reference names a config, or the folder of one.
    let references = references
        .flat_map(|path| [format!("{folder}{path}"), format!("{folder}{path}/tsconfig.json")]);
    bases.chain(references).find_map(|path| find(repo, &path, name, depth + 1))
}

/// Where the base of a config may be.
fn base_paths(folder: &str, base: &str) -> Vec<String> {
    if base.starts_with('.') {
        return vec![format!("{folder}{base}"), format!("{folder}{base}.json")];
    }
    let package = format!("node_modules/{base}");
    vec![package.clone(), format!("{package}.json"), format!("{package}/tsconfig.json")]
}

/// Whether imports of files need their extension, as in Node: the TypeScript handbook, "Modules -
/// Theory", "Module resolution".
pub(super) fn needs_extensions(repo: &Repo) -> bool {
    let is_node = |name| {
        let value = option(repo, name);
        let value = value.as_ref().and_then(Json::as_str).unwrap_or_default().to_lowercase();
        value == "nodenext"
            || value
                .strip_prefix("node")
                .is_some_and(|year| year.parse::<u32>().is_ok_and(|year| year >= 16))
    };
    if option(repo, "moduleResolution").is_some() {
        return is_node("moduleResolution");
    }
    is_node("module") || option(repo, "module").is_none() && extends_node(repo)
}

/// Whether tsconfig.json extends a config of the package `@tsconfig/node…`, installed or not.
fn extends_node(repo: &Repo) -> bool {
    let config = repo.json_with_comments("tsconfig.json").unwrap_or_default();
    let bases = config.get("extends").map(Json::to_string).unwrap_or_default();
    bases.contains("\"@tsconfig/node")
}

/// The library that the compiler is set to use, if it is older than ES2020.
pub(super) fn old_library(repo: &Repo) -> Option<String> {
    let year = |name: &str| {
        let name = name.to_lowercase();
        let version = name.strip_prefix("es")?.split('.').next()?;
        match version {
            "next" => Some(u32::MAX),
            version => {
                version.parse().ok().map(|year: u32| if year < 2000 { year + 2009 } else { year })
            }
        }
    };
    let names = match option(repo, "lib") {
        Some(Json::Array(names)) => names,
        _ => vec![option(repo, "target")?],
    };
    let names: Vec<&str> = names.iter().filter_map(Json::as_str).collect();
    let newest = names.iter().filter_map(|name| Some((year(name)?, *name))).max()?;
    (newest.0 < 2020).then(|| newest.1.to_owned())
}
