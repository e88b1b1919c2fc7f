//! Changes as Markdown: an entry of a changelog (Keep a Changelog 1.1.0) and a comment of a pull request.

use crate::diff::found::Change;
use crate::diff::version::Due;
use crate::diff::{Class, Diff};
use crate::render::escape::markdown_text;
use crate::text::words::counted;

/// The headings of a changelog, the most serious first.
const SECTIONS: [&str; 4] = ["Removed", "Changed", "Deprecated", "Added"];

impl Diff {
    /// The changes as Markdown. Editorial changes are only counted, unless `all`.
    #[must_use]
    pub fn to_markdown(&self, all: bool) -> String {
        let mut out = format!("{}\n", self.headline());
        for heading in SECTIONS {
            let mut changes =
                self.shown(all).filter(|change| section(change) == heading).peekable();
            if changes.peek().is_some() {
                out += &format!("\n### {heading}\n\n");
                out.extend(changes.map(item));
            }
        }
        let hidden = self.hidden(all);
        if hidden > 0 {
            out += &format!("\n{} of texts and data.\n", counted(hidden, "change"));
        }
        out
    }

    /// A heading for the changes of one of several catalogs.
    pub(crate) fn heading(&self) -> String {
        format!("## {}\n\n", markdown_text(self.new.product().unwrap_or_default()))
    }

    /// What a reviewer must know first.
    fn headline(&self) -> String {
        if self.old.is_none() {
            return markdown_text(&self.summary()) + ".";
        }
        let since = markdown_text(&self.since);
        let breaking = self.count(Class::Breaking);
        let what = match (breaking, self.changes.len()) {
            (0, 0) => format!("No changes since {since}."),
            (0, _) => format!("No breaking changes since {since}."),
            (count, _) => format!("{} since {since}.", counted(count, "breaking change")),
        };
        let Due { version, next, .. } = &self.due;
        if self.due.problem.is_some() {
            format!("**{what} The version is {version}, and must be at least {next}.**")
        } else if breaking > 0 {
            format!("**{what}** Version {version} says so.")
        } else {
            what
        }
    }
}

/// The heading that a change belongs to, as the name of its rule says.
fn section(change: &Change) -> &'static str {
    match change.rule.name.rsplit('-').next() {
        Some("removed") => "Removed",
        Some("added") => "Added",
        Some("deprecated") => "Deprecated",
        _ => "Changed",
    }
}

fn item(change: &Change) -> String {
    let mark = (change.rule.class == Class::Breaking).then(|| "Breaking".to_owned());
    let surface = change.surface.as_ref().map(|surface| markdown_text(surface));
    let label: Vec<String> = mark.into_iter().chain(surface).collect();
    let label = match label.join(" · ") {
        none if none.is_empty() => none,
        label => format!("**{label}:** "),
    };
    let mut item = format!("- {label}{}\n", sentence(&change.message));
    for note in &change.notes {
        item += &format!("  {}\n", sentence(note));
    }
    item
}

/// A text of a change as a sentence of Markdown.
fn sentence(text: &str) -> String {
    let mut text = markdown_text(text);
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}
