//! Repos in languages that errcat has no target for.

use super::proposal::Proposal;
use super::repo::Repo;

/// What such a repo has, and its language.
const LANGUAGES: &[(&str, &str)] = &[
    ("go.mod", "Go"),
    ("pom.xml", "Java"),
    ("build.gradle", "Java"),
    ("build.gradle.kts", "Kotlin"),
    ("Gemfile", "Ruby"),
    ("composer.json", "PHP"),
    ("mix.exs", "Elixir"),
    ("Package.swift", "Swift"),
    ("pubspec.yaml", "Dart"),
];

/// The catalog as data, for templates or tools of the repo's own.
pub(super) fn data(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let (file, language) = LANGUAGES.iter().find(|(file, _)| repo.has(file))?;
    Some(Proposal {
        because: Some(format!("Because of {file}: all fields as data, for code in {language}")),
        next: Some(format!(
            "errcat has no target for {language}: read catalog.json, or write templates of your own \
             (`errcat templates docs` says how)"
        )),
        ..Proposal::new("json", "generated/json", name)
    })
}
