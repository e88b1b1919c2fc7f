//! Package managers of JavaScript: which one a repo uses, and how its commands are spelled.

use super::repo::Repo;

/// A package manager of npm packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manager {
    Npm,
    Pnpm,
    Yarn,
    Bun,
}

/// Files that tell which manager a repo uses.
const SIGNS: &[(&str, Manager)] = &[
    ("pnpm-lock.yaml", Manager::Pnpm),
    ("pnpm-workspace.yaml", Manager::Pnpm),
    ("yarn.lock", Manager::Yarn),
    (".yarnrc.yml", Manager::Yarn),
    ("bun.lock", Manager::Bun),
    ("bun.lockb", Manager::Bun),
    ("bunfig.toml", Manager::Bun),
    ("package-lock.json", Manager::Npm),
    ("npm-shrinkwrap.json", Manager::Npm),
];

impl Manager {
    /// The manager of a repo, or of the workspace that it is a package of.
    pub(super) fn of(repo: &Repo) -> Self {
        let here = std::path::absolute(repo.0).unwrap_or_default();
        for folder in here.ancestors() {
            let repo = Repo(folder);
            if let Some(manager) = Self::named(&repo).or_else(|| Self::signed(&repo)) {
                return manager;
            }
            if repo.has(".git") {
                break;
            }
        }
        Self::Npm
    }

    /// What package.json names: `packageManager` as Corepack reads it, or `devEngines` as npm does.
    fn named(repo: &Repo) -> Option<Self> {
        let manifest = repo.npm()?;
        let corepack = manifest.get("packageManager").and_then(|name| name.as_str());
        let engine = || manifest.get("devEngines")?.get("packageManager")?.get("name")?.as_str();
        match corepack.or_else(engine)?.split('@').next()? {
            "npm" => Some(Self::Npm),
            "pnpm" => Some(Self::Pnpm),
            "yarn" => Some(Self::Yarn),
            "bun" => Some(Self::Bun),
            _ => None,
        }
    }

    fn signed(repo: &Repo) -> Option<Self> {
        SIGNS.iter().find(|(file, _)| repo.has(file)).map(|&(_, manager)| manager)
    }

    /// The command that links the packages of a workspace.
    pub(super) fn install(self) -> &'static str {
        match self {
            Self::Npm => "npm install",
            Self::Pnpm => "pnpm install",
            Self::Yarn => "yarn install",
            Self::Bun => "bun install",
        }
    }

    /// The command that adds a folder of the repo as a dependency.
    pub(super) fn add(self, folder: &str) -> String {
        match self {
            Self::Npm => format!("npm install ./{folder}"),
            Self::Pnpm => format!("pnpm add ./{folder}"),
            Self::Yarn => format!("yarn add link:./{folder}"),
            Self::Bun => format!("bun add file:./{folder}"),
        }
    }
}

/// The patterns of a workspace's packages, such as `packages/*`; nothing if the repo is not a workspace.
pub(super) fn workspace(repo: &Repo) -> Option<Vec<String>> {
    if let Some(pnpm) = repo.yaml("pnpm-workspace.yaml") {
        let packages = pnpm.get("packages").and_then(|packages| packages.as_sequence());
        let packages = packages.into_iter().flatten().filter_map(|one| one.as_str());
        return Some(packages.map(str::to_owned).collect());
    }
    let manifest = repo.npm()?;
    let workspaces = manifest.get("workspaces")?;
    let packages = workspaces.get("packages").unwrap_or(workspaces).as_array()?;
    Some(packages.iter().filter_map(|one| one.as_str()).map(str::to_owned).collect())
}
