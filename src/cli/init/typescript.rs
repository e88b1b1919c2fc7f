//! JavaScript and TypeScript projects: a module, or an npm package.

use super::npm::{self, Manager};
use super::proposal::{Proposal, member, package};
use super::repo::Repo;
use super::tsconfig;

/// A module for a TypeScript project, or an npm package.
pub(super) fn typescript(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let manifest = repo.npm()?;
    let uses = |list| manifest.get(list).and_then(|list| list.get("typescript")).is_some();
    let is_typescript =
        repo.has("tsconfig.json") || uses("devDependencies") || uses("dependencies");
    let because = |what: &str| Some(format!("Because of package.json: {what}"));
    let manager = Manager::of(repo);
    if let Some(patterns) = npm::workspace(repo) {
        let (folder, is_member) = member(&patterns, "packages/errors");
        let folder = package(&folder, name);
        let install = format!("run `{}` to link it", manager.install());
        let add = format!("add `{folder}` to the packages of the workspace, and {install}");
        return Some(Proposal {
            because: because("a package of the workspace"),
            next: Some(if is_member { install } else { add }),
            ..Proposal::new("typescript", &folder, None)
        });
    }
    if is_typescript {
        let folder = if repo.has("src") { "src/generated" } else { "generated" };
        let module = Proposal::new("typescript-module", folder, name);
        let extension = if tsconfig::needs_extensions(repo) { ".js" } else { "" };
        let path = module.out.trim_start_matches("src/");
        let import = format!("import from \"./{path}/errors{extension}\"");
        let next = match tsconfig::old_library(repo) {
            Some(old) => format!(
                "{import}; it needs the library ES2020, but tsconfig.json has {old}: \
                 set `target` or `lib` to ES2020 or newer"
            ),
            None => import,
        };
        return Some(Proposal {
            because: because("one file of TypeScript"),
            next: Some(next),
            ..module
        });
    }
    let package = Proposal::new("typescript", "generated/typescript", name);
    Some(Proposal {
        because: because("a package of JavaScript with types"),
        next: Some(format!("run `{}`", manager.add(&package.out))),
        ..package
    })
}
