//! Diagnostics as text for people. Characters that could control a terminal or reverse a line are escaped.

use std::fmt;

use super::Diagnostics;
use super::file::{Mark, Placed};
use super::selection::{OfRule, Selection};
use crate::text::chars;
use crate::text::words::counted;

#[cfg(feature = "cli")]
pub(super) use super::framed::print;
#[cfg(not(feature = "cli"))]
pub(super) use super::plain::print;

/// An error as it is printed.
pub(super) struct Message<'m> {
    pub rule: Option<&'m str>,
    /// What is wrong.
    pub text: &'m str,
    /// The place of the problem, if it has one, and then the other places.
    pub marks: Vec<Mark<'m>>,
    pub why: Option<&'m str>,
    pub help: &'m str,
}

impl Diagnostics {
    /// The problems as text for people. If there are many, it has the first of each rule, and a table with
    /// the number of each. With the feature `cli`, it shows them as rustc does, and with ANSI colors if
    /// `colors`.
    #[must_use]
    pub fn to_text(&self, colors: bool) -> String {
        let selection = self.for_people();
        let mut out = String::new();
        for Placed { diagnostic, own, also, help } in self.placed(&selection.shown) {
            let message = Message {
                rule: Some(diagnostic.rule.name),
                text: &diagnostic.message,
                marks: std::iter::once(own).chain(also).collect(),
                why: Some(diagnostic.rule.why),
                help: &help,
            };
            out += &print(&message, colors);
            out += "\n\n";
        }
        out += &table(&selection);
        out + &format!("{} in {}\n", counted(self.count(), "problem"), escaped(self.path()))
    }
}

/// The number of problems of each rule, and how to see or silence the rest; empty if all are shown.
fn table(selection: &Selection) -> String {
    let rest = || selection.rules.iter().filter(|one| one.shown < one.found);
    let (Some(most), Some(first)) = (selection.rules.first(), rest().next()) else {
        return String::new();
    };
    let digits = most.found.to_string().len();
    let width = selection.rules.iter().map(|one| one.rule.len()).max().unwrap_or(0);
    let mut out = String::new();
    for OfRule { rule, found, shown, .. } in &selection.rules {
        out += &if shown < found {
            format!("  {found:digits$}  {rule:width$}  ({shown} shown)\n")
        } else {
            format!("  {found:digits$}  {rule}\n")
        };
    }
    out += &format!(
        "\nhelp: `errcat lint --rule {}` shows all of one rule, and `errcat lint --max 100` up to 100 of each\n",
        first.rule
    );
    let allowed = rest().filter(|one| one.can_be_allowed).map(|one| one.rule);
    let allowed: Vec<&str> = allowed.collect();
    if !allowed.is_empty() {
        let allow = format!("`allow: [{}]`", allowed.join(", "));
        out += &format!("help: to fix these later, write {allow} at the top of the catalog\n");
    }
    out + "\n"
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(false))
    }
}

/// The same as `Display`: Cargo prints `Debug` if the `main` of a build script fails.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A line with more bytes is cut around the first mark in it.
pub(super) const LONG: usize = 1000;

/// How many characters are left of a long line.
pub(super) const WINDOW: usize = 400;

/// What is shown of a line with a mark in a column, and how many characters are left out before that.
pub(super) fn shown(line: &str, column: usize) -> (String, usize) {
    let (skipped, most) = if line.len() <= LONG {
        (0, usize::MAX)
    } else {
        ((column - 1).saturating_sub(WINDOW / 2), WINDOW)
    };
    (line.chars().skip(skipped).take(most).map(harmless).collect(), skipped)
}

/// Catalog text inside a message, with characters that are not printable escaped.
pub(crate) fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let escaped = if is_steering(c) { Some(c.escape_unicode()) } else { None };
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// One character for each character of a line, so that columns stay right.
pub(crate) fn harmless(c: char) -> char {
    if is_steering(c) && c != '\t' { '\u{fffd}' } else { c }
}

/// Whether a character could mislead on a terminal. Marks that only set a direction could, too.
pub(super) fn is_steering(c: char) -> bool {
    chars::is_unprintable(c) || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}
