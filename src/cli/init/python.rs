//! The output that fits a Python project.

use super::proposal::Proposal;
use super::repo::Repo;
use crate::text::ident::{Case, in_case};
use crate::text::python_names;

/// The files that say that a repo has Python, the most telling one first.
const MANIFESTS: &[&str] = &["pyproject.toml", "setup.cfg", "setup.py", "requirements.txt"];

/// A module in the project's own package, or a package that it installs.
pub(super) fn python(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let manifest = MANIFESTS.iter().find(|manifest| repo.has(manifest))?;
    let because = |what: &str| Some(format!("Because of {manifest}: {what}"));
    if let Some(folder) = own_package(repo) {
        let file = name.map_or_else(String::new, |name| format!("{}/", folder_name(name)));
        let file = format!("{folder}/{file}errors.py");
        if !repo.has(&file) {
            let out = file.trim_end_matches("/errors.py");
            let module = out.trim_start_matches("src/").replace('/', ".");
            return Some(Proposal {
                because: because(&format!("a module of the package, {file}")),
                next: Some(format!("`from {module} import errors`; it needs Python 3.11 or newer")),
                ..Proposal::new("python-module", out, None)
            });
        }
    }
    let package = Proposal::new("python", "generated/python", name);
    let next = if *manifest == "requirements.txt" {
        format!("add `./{}` to requirements.txt", package.out)
    } else {
        format!("run `pip install ./{0}`, or `uv add ./{0}`", package.out)
    };
    Some(Proposal {
        because: because("a package"),
        next: Some(format!("{next}; it needs Python 3.11 or newer")),
        ..package
    })
}

/// The folder of the package that pyproject.toml is for.
fn own_package(repo: &Repo) -> Option<String> {
    let manifest = repo.toml("pyproject.toml")?;
    let poetry = || manifest.get("tool")?.get("poetry")?.get("name");
    let name = manifest.get("project").and_then(|project| project.get("name")).or_else(poetry)?;
    let name = folder_name(name.as_str()?);
    let folders = [format!("src/{name}"), name];
    folders.into_iter().find(|folder| repo.has(&format!("{folder}/__init__.py")))
}

/// A name as that of a folder that can be imported.
fn folder_name(name: &str) -> String {
    python_names::ident(&in_case(name, Case::Snake).unwrap_or_default())
}
