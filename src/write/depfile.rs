//! The dependency file: what the outputs were made of, for make and ninja.

use std::path::Path;

use crate::write::Folder;

/// One rule with every output before the colon and every input after it; and an empty rule for each
/// input, so that make goes on if one of them is deleted.
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

/// A path in a rule, escaped as GCC does with `-MD`. There is no way to write a line break.
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
