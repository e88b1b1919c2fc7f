//! Changes as annotations in GitHub Actions.

use std::path::Path;

use crate::diagnostic::Annotation;
use crate::diff::found::{Change, Place};
use crate::diff::places::Places;
use crate::diff::{Class, Diff};
use crate::yaml::Span;

impl Diff {
    /// The changes as workflow commands of GitHub Actions, one a line: breaking ones as warnings, additive
    /// ones as notices, editorial ones only if `all`. A version that is too low for changes of the class
    /// `least`, or more serious ones, is an error.
    #[must_use]
    pub fn to_github(&self, all: bool, least: Class) -> String {
        let places = Places::of(self);
        let mut out = String::new();
        if let Some(problem) = self.problem(least) {
            out += &places.annotation(Place::New(self.due.at), "error", "version", problem);
        }
        for change in self.shown(all) {
            let level = if change.rule.class == Class::Breaking { "warning" } else { "notice" };
            // The file of the old catalog may be gone, so the API is annotated that could have it.
            let place = match change.place {
                Place::Old(_) => Place::New(change.near),
                new @ Place::New(_) => new,
            };
            let title = format!("{}: {}", change.rule.class.name(), change.rule.name);
            out += &places.annotation(place, level, &title, &message(change));
        }
        out
    }
}

impl Places<'_> {
    fn annotation(&self, place: Place, level: &str, title: &str, message: &str) -> String {
        let Some(spot) = self.get(place) else { return String::new() };
        let Span { line, column, length } = spot.span;
        let (path, columns) = (Path::new(spot.path), Some((column, column + length)));
        Annotation { level, path, line: Some(line), columns, title, message }.to_string()
    }
}

fn message(change: &Change) -> String {
    let title = change.title();
    let lines = [title.as_str(), change.rule.why].into_iter();
    let notes = change.notes.iter().map(String::as_str);
    let help = change.help.as_ref().map(|help| format!("help: {help}"));
    lines.chain(notes).chain(help.as_deref()).collect::<Vec<_>>().join("\n")
}
