//! Changes as text for people, in the form of rustc's messages.

use annotate_snippets::{Group, Level, Renderer};

use crate::diagnostic::{escaped, snippet};
use crate::diff::found::Change;
use crate::diff::places::Places;
use crate::diff::{Class, Diff};

impl Diff {
    /// The changes as text for people, with ANSI colors if `colors`. Editorial changes are only counted, unless
    /// `all`, or if they alone need a higher version.
    #[must_use]
    pub fn to_text(&self, all: bool, colors: bool) -> String {
        let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
        let places = Places::of(self);
        let mut out = String::new();
        for change in self.shown(all) {
            out += &renderer.render(&[group(change, &places)]);
            out += "\n\n";
        }
        out += &escaped(&self.summary());
        if self.hidden(all) > 0 {
            out += " (shown with --all)";
        }
        out + "\n"
    }
}

fn group<'d>(change: &'d Change, places: &Places<'d>) -> Group<'d> {
    let level = match change.rule.class {
        Class::Breaking => Level::ERROR,
        Class::Additive => Level::INFO,
        Class::Editorial => Level::NOTE,
    };
    let level = level.with_name(change.rule.class.name());
    let mut group =
        Group::with_title(level.primary_title(escaped(&change.title())).id(change.rule.name));
    if let Some(spot) = places.get(change.place) {
        group = snippet(group, &[(spot.span, None)], &spot.lines, spot.path);
    }
    if change.rule.class == Class::Breaking {
        group = group.element(Level::NOTE.message(change.rule.why));
    }
    for note in &change.notes {
        group = group.element(Level::NOTE.message(escaped(note)));
    }
    match &change.help {
        Some(help) => group.element(Level::HELP.message(escaped(help))),
        None => group,
    }
}

impl Change {
    /// What changed, after the API that it is about.
    pub(super) fn title(&self) -> String {
        match &self.surface {
            Some(surface) => format!("{surface}: {}", self.message),
            None => self.message.clone(),
        }
    }
}
