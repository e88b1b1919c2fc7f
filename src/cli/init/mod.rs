//! `errcat init`: a small catalog to start from, and a config that fits the repo.

mod proposal;
mod repo;
mod sites;

use std::io::Write;
use std::path::Path;

use super::{Exit, Failure};
use crate::config;
use crate::write;
use proposal::{Proposal, openapi, rust, typescript};
use repo::Repo;

/// The catalog to start from: small, commented, clean.
const CATALOG: &str = include_str!("errors.yaml");

/// The config of a folder that does not tell what is wanted.
const EVERYTHING: &str = include_str!("errcat.yaml");

/// Write a small catalog, and an errcat.yaml that fits this repo
///
/// Looks for Cargo.toml, package.json, openapi.yaml and the config of a docs site, and proposes the
/// targets that belong there.
#[derive(Debug, clap::Args)]
pub(super) struct Init;

impl Init {
    #[expect(clippy::unused_self, reason = "commands are run alike")]
    pub(super) fn run(&self, _: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        let repo = Repo(Path::new("."));
        let proposals = proposals(&repo);
        let catalog = match repo.product() {
            // In quotes, because `True` and `404` are names as well.
            Some(name) => CATALOG
                .replace("product: Acme", &format!("product: \"{name}\""))
                .replace("the Acme API", &format!("the {name} API")),
            None => CATALOG.to_owned(),
        };
        let config = if proposals.is_empty() { EVERYTHING.to_owned() } else { config(&proposals) };
        let config = config.replace("errcat: 1\n", &format!("errcat: 1\n{}\n", requires()));
        // The config comes last, because it makes the folder a repo of errcat.
        for name in write::create(&[("errors.yaml", &catalog), (config::FILE, &config)])? {
            writeln!(log, "wrote {name}")?;
        }
        writeln!(log, "next: errcat generate")?;
        for next in proposals.iter().filter_map(|one| one.next.as_ref()) {
            writeln!(log, "then: {next}")?;
        }
        Ok(Exit::Clean)
    }
}

/// Every output that fits the repo; none in a folder that tells nothing.
fn proposals(repo: &Repo) -> Vec<Proposal> {
    let seen = [rust(repo), typescript(repo), openapi(repo), sites::page(repo)];
    let mut proposals: Vec<Proposal> = seen.into_iter().flatten().collect();
    let has_page = proposals.iter().any(|one| one.target.starts_with("markdown"));
    if !proposals.is_empty() && !has_page {
        let out = if repo.has("docs/errors.md") { "generated/markdown" } else { "docs" };
        proposals.push(Proposal {
            target: "markdown",
            out: out.to_owned(),
            options: Vec::new(),
            because: "A page for people".to_owned(),
            next: None,
        });
    }
    proposals
}

/// The versions of errcat that make the same bytes as this one. A new minor version may change them.
fn requires() -> String {
    let (major, minor) = (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    format!("requires: \"~{major}.{minor}\" # the versions of errcat that may generate here")
}

/// A config that asks for these outputs.
fn config(proposals: &[Proposal]) -> String {
    let mut config = "# What `errcat generate` makes, and where. Paths are relative to this file.\nerrcat: 1\noutputs:\n".to_owned();
    for Proposal { target, out, options, because, .. } in proposals {
        let options: Vec<String> =
            options.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let options = if options.is_empty() {
            String::new()
        } else {
            format!(", options: {{{}}}", options.join(", "))
        };
        config += &format!(
            "  # {because}.\n  - {{catalog: errors.yaml, target: {target}, out: {out}{options}}}\n"
        );
    }
    config
}
