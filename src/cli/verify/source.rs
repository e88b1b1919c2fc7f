//! `errcat verify --source`: the codes in the source, and those of the catalogs.

use std::io::Write;

use super::super::{Exit, Failure, Format};
use crate::config::Plan;
use crate::error::Error;
use crate::source::{self, Checked};
use crate::text::words::counted;

pub(super) fn run(
    plan: Result<Plan, Error>,
    format: Format,
    out: &mut dyn Write,
    log: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut checked = match plan.and_then(|plan| source::check(&plan)) {
        Ok(checked) => checked,
        Err(error) => {
            format.print(&error.into_diagnostics()?, out)?;
            out.flush()?;
            return Ok(Exit::Problems);
        }
    };
    for one in &mut checked.problems {
        // To add the missing codes, people need the whole list.
        one.limit(usize::MAX);
    }
    format.print(&checked.problems, out)?;
    out.flush()?;
    writeln!(log, "{}", summary(&checked))?;
    Ok(if checked.problems.is_empty() { Exit::Clean } else { Exit::Problems })
}

/// What was looked at, and what was found, in a line.
fn summary(checked: &Checked) -> String {
    let looked =
        format!("{} and {}", counted(checked.files, "source file"), counted(checked.codes, "code"));
    match (checked.undocumented, checked.unused) {
        (0, 0) if checked.problems.is_empty() => format!("{looked}: no problems"),
        (undocumented, unused) => format!(
            "{looked}: {} in the source, {} in the catalog",
            counted(undocumented, "undocumented code"),
            counted(unused, "unused code")
        ),
    }
}
