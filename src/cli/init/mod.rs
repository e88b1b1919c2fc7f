//! `errcat init`: a small catalog to start from, and a config that fits the repo.

mod formatters;
mod npm;
mod openapi;
mod other;
mod place;
mod product;
mod proposal;
mod python;
mod repo;
mod rust;
mod shape;
mod sites;
mod tsconfig;
mod typescript;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Exit, Failure};
use crate::catalog::find;
use crate::config;
use crate::diagnostic::escaped;
use crate::error::Error;
use crate::import::{self, Field, Given};
use crate::text::ident::{Case, in_case};
use crate::text::words;
use crate::write;
use crate::yaml::written::in_flow;
use openapi::openapi;
use product::product;
use proposal::Proposal;
use python::python;
use repo::Repo;
use rust::rust;
use shape::Shape;
use typescript::typescript;

/// The name of the catalog to start from.
const CATALOG_FILE: &str = "errors.yaml";

const EXAMPLES: &str = "\
Examples:
  errcat init                     start with bodies like {\"error\": \"not_found\", \"message\": \"…\"}
  errcat init --shape problem     start with problem details, as in RFC 9457
  errcat init --from errors.csv   start with the errors of a table, or of openapi.yaml
  errcat init --from fehler.csv --column code=Nummer --column fix=\"Was tun\"";

/// The last line after the plain catalog was written.
const OTHER_SHAPES: &str =
    "other shapes: delete both files, then errcat init --shape problem|openai|google|jsonapi";

/// Write a small catalog, and an errcat.yaml that fits your repo
///
/// Looks for Cargo.toml, package.json, pyproject.toml, openapi.yaml and a docs site, and lists the targets
/// that fit. Uses the catalogs that your repo already has.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// What an error response of the new catalog looks like
    #[arg(long, value_enum)]
    shape: Option<Shape>,
    /// Start with the errors of these documents: tables in CSV or Markdown, lists in JSON or YAML, OpenAPI 3
    #[arg(long, value_name = "FILE", num_args = 1.., value_parser = super::path())]
    from: Vec<PathBuf>,
    /// A column of the documents that errcat doesn't know: a field, and the column's heading
    #[arg(long, value_name = "FIELD=HEADING", requires = "from", value_parser = column)]
    column: Vec<Given>,
}

impl Init {
    /// Whether a flag asks for a certain new catalog.
    fn is_new(&self) -> bool {
        self.shape.is_some() || !self.from.is_empty()
    }

    pub(super) fn run(&self, _: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        let repo = Repo(Path::new("."));
        let found = find::below(repo.0);
        if let Some(error) = place::refusal(&repo, &found) {
            return Err(error.into());
        }
        let flag = if self.from.is_empty() { "--shape" } else { "--from" };
        if let (true, Some(catalog)) = (self.is_new(), found.first()) {
            return Err(Failure::Error(has_catalog(flag, catalog)));
        }
        let (catalog, report, problems) = if self.from.is_empty() {
            (first_catalog(&repo, self.shape), Vec::new(), 0)
        } else {
            let product = product(&repo);
            let shape = self.shape.map(shape::block);
            let frame = import::Frame { product, shape, file: CATALOG_FILE };
            let imported = import::import(&self.from, &self.column, &frame)?;
            (imported.text, imported.report, imported.problems)
        };
        let mut files = Vec::new();
        let catalogs = if found.is_empty() {
            files.push((CATALOG_FILE, catalog.as_str()));
            vec![CATALOG_FILE.to_owned()]
        } else {
            found.clone()
        };
        let proposals = proposals(&repo, &catalogs);
        let config = config(&proposals);
        // The config comes last, because it makes the folder a repo of errcat.
        files.push((config::FILE, &config));
        let written = write::create(&files)?;
        for line in &report {
            writeln!(log, "{}", escaped(line))?;
        }
        for catalog in &found {
            writeln!(log, "found {catalog}")?;
        }
        for name in written {
            writeln!(log, "wrote {name}")?;
        }
        match problems {
            0 => writeln!(log, "next: errcat generate")?,
            count => {
                let count = words::counted(count, "problem");
                writeln!(
                    log,
                    "next: errcat lint, which shows {count} to correct; then errcat generate"
                )?;
            }
        }
        let steps = proposals.iter().filter_map(|one| one.next.clone());
        for step in steps.chain(formatters::steps(&repo, &proposals)) {
            writeln!(log, "then: {step}")?;
        }
        if !self.is_new() && found.is_empty() {
            writeln!(log, "{OTHER_SHAPES}")?;
        }
        if let Some(note) = place::note(&found) {
            writeln!(log, "{note}")?;
        }
        Ok(Exit::Clean)
    }
}

/// The error that a new catalog was asked for, where there already is one.
fn has_catalog(flag: &str, catalog: &str) -> Error {
    Error::usage(
        format!("`{flag}` is for a new catalog, but this repo already has `{catalog}`"),
        format!("nothing was written; leave out `{flag}` to use that catalog, or move it away"),
    )
}

/// Reads `fix="Was tun"`: a field of an error, and the heading of a column.
fn column(text: &str) -> Result<Given, String> {
    let names = Field::ALL.map(Field::name).join(", ");
    let (name, heading) = text.split_once('=').ok_or("write a field, `=` and a heading")?;
    let field = Field::ALL.into_iter().find(|field| field.name() == name.trim());
    let field = field.ok_or_else(|| format!("`{}` is none of {names}", name.trim()))?;
    Ok(Given { field, heading: heading.trim().to_owned() })
}

/// The catalog to start from, for the product that the repo is named after.
fn first_catalog(repo: &Repo, shape: Option<Shape>) -> String {
    let catalog = shape::catalog(shape);
    match product(repo) {
        // In quotes, because `True` and `404` are names as well.
        Some(name) => catalog
            .replace("product: Acme", &format!("product: \"{name}\""))
            .replace("the Acme API", &format!("the {name} API")),
        None => catalog.to_owned(),
    }
}

/// Every output that fits the repo, for each catalog; every target if nothing in the repo says what fits.
fn proposals(repo: &Repo, catalogs: &[String]) -> Vec<Proposal> {
    let names = names(catalogs);
    let mut proposals = Vec::new();
    for (index, catalog) in catalogs.iter().enumerate() {
        let name = names.get(index).map(String::as_str);
        let fitting = fitting(repo, name);
        let fitting = if fitting.is_empty() { everything(name) } else { fitting };
        let catalog = || catalog.clone();
        proposals.extend(fitting.into_iter().map(|one| Proposal { catalog: catalog(), ..one }));
    }
    proposals
}

/// The outputs that fit the repo, in folders of their own if the catalog needs a `name`.
fn fitting(repo: &Repo, name: Option<&str>) -> Vec<Proposal> {
    let packages = [rust(repo, name), typescript(repo, name), python(repo, name)];
    let mut proposals: Vec<Proposal> = packages.into_iter().flatten().collect();
    if proposals.is_empty() {
        proposals.extend(other::data(repo, name));
    }
    proposals.extend([openapi(repo, name), sites::page(repo, name)].into_iter().flatten());
    let has_page = proposals.iter().any(|one| one.target.starts_with("markdown"));
    if !proposals.is_empty() && !has_page {
        let (target, folder, what) = if repo.has("docs/errors.md") {
            ("markdown", "generated/markdown", "A page for people")
        } else {
            ("html", "docs", "A page for people, with a search, because there is no docs site")
        };
        let because = Some(what.to_owned());
        proposals.push(Proposal { because, ..Proposal::new(target, folder, name) });
    }
    proposals
}

/// An output of each target, in folders of their names.
fn everything(name: Option<&str>) -> Vec<Proposal> {
    let folder = Proposal::new("", "generated", name).out;
    let targets = ["rust", "typescript", "python", "markdown", "html", "openapi", "json"];
    targets.map(|target| Proposal::new(target, &format!("{folder}/{target}"), None)).to_vec()
}

/// A name for each of several catalogs, for its folders; no names for one catalog. Catalogs are named
/// after their files or, if those have the same name, after the folders of the files.
fn names(catalogs: &[String]) -> Vec<String> {
    if catalogs.len() == 1 {
        return Vec::new();
    }
    let distinct = |of: fn(&str) -> Option<&str>| {
        let names = catalogs.iter().filter_map(|path| in_case(of(path)?, Case::Kebab));
        let names: Vec<String> = names.collect();
        (names.iter().collect::<BTreeSet<_>>().len() == catalogs.len()).then_some(names)
    };
    let by_file = distinct(|path| path.rsplit('/').next()?.split('.').next());
    let by_folder = || distinct(|path| path.rsplit('/').nth(1));
    let by_path = || distinct(|path| Some(path.rsplit_once('.')?.0));
    by_file.or_else(by_folder).or_else(by_path).unwrap_or_default()
}

/// The versions of errcat that make the same bytes as this one. A new minor version may change them.
fn requires() -> String {
    let (major, minor) = (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    format!("requires: \"~{major}.{minor}\" # the versions of errcat that may generate here")
}

/// A config that asks for these outputs.
fn config(proposals: &[Proposal]) -> String {
    let is_guess = proposals.iter().all(|one| one.because.is_none());
    let remove = if is_guess { "; remove what you don't need" } else { "" };
    let mut config = format!(
        "# What `errcat generate` makes, and where. Paths are relative to this file{remove}.\n\
         errcat: 1\n{}\noutputs:\n",
        requires()
    );
    if is_guess {
        for all in proposals.chunk_by(|one, other| one.catalog == other.catalog) {
            config += &one_line(all);
        }
        return config;
    }
    for Proposal { catalog, target, out, options, because, .. } in proposals {
        let options: Vec<String> =
            options.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let options = if options.is_empty() {
            String::new()
        } else {
            format!(", options: {{{}}}", options.join(", "))
        };
        if let Some(because) = because {
            config += &format!("  # {because}.\n");
        }
        let (catalog, out) = (quoted(catalog), quoted(out));
        config += &format!("  - {{catalog: {catalog}, target: {target}, out: {out}{options}}}\n");
    }
    config
}

/// One output for all targets of a catalog, which are in folders of their names.
fn one_line(proposals: &[Proposal]) -> String {
    let targets: Vec<&str> = proposals.iter().map(|one| one.target).collect();
    let first = proposals.first().map(|one| (one.catalog.as_str(), one.out.rsplit_once('/')));
    let Some((catalog, Some((folder, _)))) = first else { return String::new() };
    let (catalog, folder, targets) = (quoted(catalog), quoted(folder), targets.join(", "));
    format!("  - {{catalog: {catalog}, targets: [{targets}], out: {folder}}}\n")
}

/// A path in YAML: in quotes, unless it is plain.
fn quoted(path: &str) -> String {
    match path.strip_prefix('.') {
        Some(rest) if rest.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c)) => {
            path.to_owned()
        }
        _ => in_flow(path),
    }
}
