//! What errcat says about an import: what was taken, what is missing, what was not read.

use super::{Frame, Surface, settle};
use crate::text::words;

/// How many things of one kind are named.
const MAX_NAMED: usize = 12;

/// The lines of the report.
pub(super) fn lines(surfaces: &[Surface], frame: &Frame) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, surface) in surfaces.iter().enumerate() {
        let count = words::counted(surface.entries.len(), "error");
        lines.push(format!("{}: {count} from {}", frame.file, surface.source));
        let mut line = |what: &str, parts: &[String], between: &str| {
            if !parts.is_empty() {
                lines.push(format!("  {what}{}", named(parts, between)));
            }
        };
        line("", &surface.taken, ", ");
        line("made: ", &surface.made, ", ");
        line("missing: ", &settle::missing(&surface.entries), ", ");
        let mut guessed = Vec::new();
        if at == 0 && surface.product.is_none() && frame.product.is_none() {
            guessed.push("the name of the product".to_owned());
        }
        if surface.body.is_none() && frame.shape.is_none() {
            guessed.push("the body of a response (--shape has others)".to_owned());
        }
        line("guessed: ", &guessed, ", ");
        line("not read: ", &surface.left, ", ");
    }
    lines
}

/// The first parts, and how many more there are.
fn named(parts: &[String], between: &str) -> String {
    let shown: Vec<&str> = parts.iter().take(MAX_NAMED).map(String::as_str).collect();
    let more = parts.len() - shown.len();
    let more = if more > 0 { format!("{between}and {more} more") } else { String::new() };
    shown.join(between) + &more
}
