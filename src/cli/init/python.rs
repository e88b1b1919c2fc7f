//! Python projects: how a repo says that it is one, its name, and where its packages are.

use std::fs;

use toml::{Table, Value};

use super::proposal::{Proposal, member, package};
use super::repo::Repo;
use crate::text::python_names;

/// Files that a Python project has. The first one that is there is named as the reason.
const SIGNS: &[&str] = &["pyproject.toml", "setup.cfg", "setup.py", "requirements.txt"];

/// Folders that have the packages of a project in them.
const SOURCES: &[&str] = &["src", "python", "."];

/// Folders with an `__init__.py` that are not part of what a project ships.
const OTHERS: &[&str] =
    &["tests", "test", "docs", "doc", "examples", "scripts", "tools", "benchmarks", "migrations"];

/// The oldest Python 3 that generated code runs on.
const OLDEST_MINOR: u32 = 11;

/// A module for a project, or a package for a workspace.
pub(super) fn python(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let sign = SIGNS.iter().find(|file| repo.has(file))?;
    if *sign == "requirements.txt" && is_for_docs_alone(repo) {
        return None;
    }
    let because = |what: &str| Some(format!("Because of {sign}: {what}"));
    if let Some(patterns) = workspace(repo) {
        let (folder, is_member) = member(&patterns, "packages/errors");
        let folder = package(&folder, name);
        let sync = "run `uv sync --all-packages` to install it";
        let add = format!("add `{folder}` to the members in pyproject.toml, and {sync}");
        return Some(Proposal {
            because: because("a package of the workspace"),
            next: Some(if is_member { sync.to_owned() } else { add } + &needed_version(repo)),
            ..Proposal::new("python", &folder, None)
        });
    }
    let (above, folder) = source(repo);
    let ident = name.map(|name| python_names::ident(&name.replace('-', "_")));
    let module = Proposal::new("python-module", &folder, ident.as_deref());
    let file = |end: &str| format!("{}/errors{end}", module.out).replacen("./", "", 1);
    // A package of the same name would hide the module.
    if repo.has(&file(".py")) || repo.has(&file("/__init__.py")) {
        let package = Proposal::new("python", "generated/python", name);
        return Some(Proposal {
            because: because("a package, as the name errors is taken"),
            next: Some(format!("run `{}`{}", add(repo, &package.out), needed_version(repo))),
            ..package
        });
    }
    Some(Proposal {
        because: because(&format!("a module, {}", file(".py"))),
        next: Some(import(above, &module.out) + &needed_version(repo)),
        ..module
    })
}

/// The name that the project is published under.
pub(super) fn name(repo: &Repo) -> Option<String> {
    setting(repo, &[&["project", "name"], &["tool", "poetry", "name"]], "metadata", "name")
}

/// The patterns of a workspace's packages, as uv has them; nothing if the repo is not a workspace.
fn workspace(repo: &Repo) -> Option<Vec<String>> {
    let manifest = repo.toml("pyproject.toml")?;
    let workspace = at(&manifest, &["tool", "uv", "workspace"])?;
    let members = workspace.get("members").and_then(Value::as_array);
    let members = members.into_iter().flatten().filter_map(Value::as_str);
    Some(members.map(str::to_owned).collect())
}

/// Whether the requirements are only those of a docs site.
fn is_for_docs_alone(repo: &Repo) -> bool {
    let text = repo.text("requirements.txt").unwrap_or_default();
    let mut names = text
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphanumeric()));
    names.clone().any(|name| name.starts_with("mkdocs") || name.starts_with("sphinx"))
        && names.all(|name| ["mkdocs", "sphinx", "pymdown"].iter().any(|one| name.starts_with(one)))
}

/// The folder that a new module belongs into, after the folder that Python imports from: the package
/// that has the project's name or is the only one, else where the code is.
fn source(repo: &Repo) -> (&'static str, String) {
    let below = |above: &str, folder: &str| match above {
        "." => folder.to_owned(),
        above => format!("{above}/{folder}"),
    };
    let import_name = name(repo).map(|name| name.to_lowercase().replace(['-', '.'], "_"));
    let named = import_name
        .iter()
        .flat_map(|name| SOURCES.iter().map(|above| (*above, below(above, name))));
    let only = SOURCES.iter().filter_map(|above| {
        let packages = packages(repo, above);
        match packages.as_slice() {
            [package] => Some((*above, below(above, package))),
            _ => None,
        }
    });
    named
        .filter(|(_, folder)| has_code(repo, folder))
        .chain(only)
        .next()
        .or_else(|| has_code(repo, "src").then(|| ("src", "src".to_owned())))
        .unwrap_or_else(|| (".", ".".to_owned()))
}

/// The names of the packages in a folder.
fn packages(repo: &Repo, folder: &str) -> Vec<String> {
    let mut names = names(repo, folder);
    names.retain(|name| {
        !OTHERS.contains(&name.as_str()) && repo.has(&format!("{folder}/{name}/__init__.py"))
    });
    names
}

/// Whether a folder has Python files in it.
fn has_code(repo: &Repo, folder: &str) -> bool {
    names(repo, folder).iter().any(|name| name.rsplit_once('.').is_some_and(|(_, end)| end == "py"))
}

/// The names of the files and folders in a folder; none if it can't be read.
fn names(repo: &Repo, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repo.0.join(folder)).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// How a module in a folder is imported by code that Python finds from `above`.
fn import(above: &str, folder: &str) -> String {
    let path = folder.strip_prefix(above).unwrap_or(folder).trim_matches('/');
    match path {
        "" => "import it with `import errors`".to_owned(),
        path => format!("import it with `from {} import errors`", path.replace('/', ".")),
    }
}

/// The command that adds a folder of the repo as a dependency.
fn add(repo: &Repo, folder: &str) -> String {
    if repo.has("uv.lock") {
        format!("uv add --editable ./{folder}")
    } else if repo.has("poetry.lock") {
        format!("poetry add --editable ./{folder}")
    } else {
        format!("pip install --editable ./{folder}")
    }
}

/// What is left to do in a project that supports older versions of Python than generated code does.
fn needed_version(repo: &Repo) -> String {
    let paths: &[&[&str]] =
        &[&["project", "requires-python"], &["tool", "poetry", "dependencies", "python"]];
    let Some(accepted) = setting(repo, paths, "options", "python_requires") else {
        return String::new();
    };
    let minors = accepted.split([',', '|']).filter_map(|clause| {
        let clause = clause.trim();
        let version = clause.trim_start_matches(['>', '=', '~', '^']).trim();
        let is_lowest = clause.len() != version.len();
        let minor =
            if version == "3" { "0" } else { version.strip_prefix("3.")?.split('.').next()? };
        is_lowest.then(|| minor.parse::<u32>().ok()).flatten()
    });
    match minors.min() {
        Some(minor) if minor < OLDEST_MINOR => format!(
            "; it needs Python 3.{OLDEST_MINOR} or newer, but this project accepts \
             `{accepted}`: ask for `>=3.{OLDEST_MINOR}`"
        ),
        _ => String::new(),
    }
}

/// A setting of the project, from pyproject.toml, setup.cfg or the arguments in setup.py.
fn setting(repo: &Repo, paths: &[&[&str]], section: &str, key: &str) -> Option<String> {
    let manifest = repo.toml("pyproject.toml").unwrap_or_default();
    let in_manifest = paths.iter().find_map(|path| at(&manifest, path)?.as_str());
    in_manifest
        .map(str::to_owned)
        .or_else(|| in_config(&repo.text("setup.cfg")?, section, key))
        .or_else(|| argument(&repo.text("setup.py")?, key))
}

/// A value in a TOML file.
fn at<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Value> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(table.get(*first)?, |value, key| value.get(key))
}

/// A value in a section of an INI file.
fn in_config(text: &str, section: &str, key: &str) -> Option<String> {
    let header = format!("[{section}]");
    let lines = text.lines().skip_while(|line| line.trim() != header).skip(1);
    let mut pairs =
        lines.take_while(|line| !line.starts_with('[')).filter_map(|line| line.split_once('='));
    pairs.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().to_owned())
}

/// An argument of `setup()`, if it is a plain string.
fn argument(code: &str, key: &str) -> Option<String> {
    let code: String = code.split_whitespace().collect();
    let starts = ["(", ","].map(|before| format!("{before}{key}="));
    let (_, value) = starts.iter().find_map(|start| code.split_once(start.as_str()))?;
    let quote = value.chars().next().filter(|c| "\"'".contains(*c))?;
    value.get(1..)?.split_once(quote).map(|(value, _)| value.to_owned())
}
