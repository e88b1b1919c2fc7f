//! Changes as JSON for programs.

use serde_json::{Value as Json, json};

use crate::diagnostic::json_line;
use crate::diff::found::{Change, Place};
use crate::diff::places::{Places, Spot};
use crate::diff::{Class, Diff};

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
        let changes = self.changes.iter().map(|one| json_line(&change(one, places.get(one.place))));
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

fn change(change: &Change, spot: Option<&Spot>) -> Json {
    let side = if matches!(change.place, Place::Old(_)) { "old" } else { "new" };
    json!({
        "class": change.rule.class.name(),
        "rule": change.rule.name,
        "message": change.message,
        "surface": change.surface,
        "error": change.error,
        "side": side,
        "path": spot.map(|spot| spot.path),
        "line": spot.map(|spot| spot.span.line),
        "column": spot.map(|spot| spot.span.column),
        "end_column": spot.map(|spot| spot.span.column + spot.span.length),
        "why": change.rule.why,
        "notes": change.notes,
        "help": change.help,
    })
}
