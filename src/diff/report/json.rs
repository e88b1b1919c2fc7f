//! Changes as JSON for programs.

use serde_json::{Value as Json, json};

use crate::diagnostic::json_line;
use crate::diff::found::{Change, Place};
use crate::diff::places::Places;
use crate::diff::{Class, Diff};
use crate::yaml::Span;

impl Diff {
    /// The changes as JSON, one object a line, and a last line that sums them up.
    ///
    /// A change has `class`, `rule`, `message`, `surface`, `error`, `side` (`old` for what is gone, otherwise `new`),
    /// `path`, `line`, `column`, `end_column`, `why`, `notes` and `help`. The last line has the names `old` and
    /// `new`, the numbers `breaking`, `additive` and `editorial`, `class`, the part of the version that is `due`
    /// (`major`, `minor`, `patch` or `none`), `old_version`, `version`, `next_version`, `is_enough` and `problem`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let places = Places::of(self);
        let changes = self.changes.iter().map(|one| {
            let spot = places.get(one.place);
            json_line(&one.to_json(spot.map(|spot| spot.path), spot.map(|spot| spot.span)))
        });
        changes.chain([json_line(&self.summary_json())]).collect()
    }

    fn summary_json(&self) -> Json {
        json!({
            "old": self.old.is_some().then_some(&self.since),
            "new": self.name,
            "breaking": self.count(Class::Breaking),
            "additive": self.count(Class::Additive),
            "editorial": self.count(Class::Editorial),
            "class": self.class().map_or("none", Class::name),
            "due": self.due.part,
            "old_version": self.due.before,
            "version": self.due.version,
            "next_version": self.due.next,
            "is_enough": self.is_enough(),
            "problem": self.due.problem,
        })
    }
}

impl Change {
    /// The change, with the path of its file and its place there.
    pub(in crate::diff) fn to_json(&self, path: Option<&str>, span: Option<Span>) -> Json {
        let side = if matches!(self.place, Place::Old(_)) { "old" } else { "new" };
        json!({
            "class": self.rule.class.name(),
            "rule": self.rule.name,
            "message": self.message,
            "surface": self.surface,
            "error": self.error,
            "side": side,
            "path": path,
            "line": span.map(|span| span.line),
            "column": span.map(|span| span.column),
            "end_column": span.map(|span| span.column + span.length),
            "why": self.rule.why,
            "notes": self.notes,
            "help": self.help,
        })
    }
}
