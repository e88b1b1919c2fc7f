//! What outputs are made of, as a rule that make and ninja read. Never writes it.

use std::path::Path;

use crate::write::Folder;

/// The rule: each output, then a colon, then each file it is made of; and a rule without anything for
/// each of these, so that make goes on when one of them is gone.
pub(crate) fn text<'p>(folders: &[Folder], inputs: impl Iterator<Item = &'p Path>) -> String {
    let mut text = String::new();
    for folder in folders {
        for artifact in folder.targets.iter().flat_map(|(_, artifacts)| artifacts) {
            text += &escaped(&folder.path.join(&artifact.path));
            text += " \\\n";
        }
    }
    let inputs: Vec<String> = inputs.map(escaped).collect();
    text += ":";
    for input in &inputs {
        text += &format!(" \\\n  {input}");
    }
    text += "\n";
    for input in &inputs {
        text += &format!("\n{input}:\n");
    }
    text
}

/// A path in a rule, as GCC writes one with `-MD`. A line break in it can't be written.
fn escaped(path: &Path) -> String {
    let mut escaped = String::new();
    for c in path.to_string_lossy().replace('\\', "/").chars() {
        match c {
            ' ' | '#' => escaped.push('\\'),
            '$' => escaped.push('$'),
            _ => {}
        }
        escaped.push(c);
    }
    escaped
}
