//! The dependency file, which tells make and ninja what the outputs were made from.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::time::SystemTime;

use super::files;
use crate::error::Error;
use crate::sorted::SortedSet;

/// The file that tells ninja what to build, in the folder that it runs commands in.
const NINJA: &str = "build.ninja";

/// Writes a dependency file.
///
/// make runs a rule again as long as an output is older than an input, so outputs that were up to date
/// get a new time. ninja keeps a log instead, and with `restat` it needs the old time. But it refuses a
/// file that names an output which its edge doesn't declare (`ImplicitDepLoader::LoadDepFile`). So if
/// build.ninja declares any of the outputs, the file names only those, in the same order.
pub(crate) fn write<'p>(
    file: &Path,
    outputs: &[PathBuf],
    inputs: impl Iterator<Item = &'p Path>,
) -> Result<(), Error> {
    let inputs: Vec<&Path> = inputs.collect();
    let declared = declared(&fs::read_to_string(NINJA).unwrap_or_default(), outputs);
    if declared.is_empty() {
        refresh(outputs, &inputs)?;
        return files::put(file, &text(outputs, &inputs));
    }
    files::put(file, &text(&declared, &inputs))
}

/// One rule: every output, a colon, every input. And an empty rule for each input, so that make doesn't
/// stop if one is deleted.
fn text(outputs: &[PathBuf], inputs: &[&Path]) -> String {
    let mut text = String::new();
    for output in outputs {
        text += &escaped(output);
        text += " \\\n";
    }
    let inputs: Vec<String> = inputs.iter().map(|input| escaped(input)).collect();
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

/// A path in a rule, escaped as GCC does with `-MD`. A line break can't be written.
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

/// The outputs that the edges of a build.ninja declare, in its order and spelling. In a path, `$`
/// escapes a space, a colon and itself: the Ninja manual, "Lexical syntax".
fn declared(ninja: &str, outputs: &[PathBuf]) -> Vec<PathBuf> {
    let ninja = ninja.replace("$\r\n", " ").replace("$\n", " ");
    let edges = ninja.lines().filter_map(|line| line.strip_prefix("build "));
    let absolutes: SortedSet<PathBuf> =
        outputs.iter().filter_map(|one| absolute(one).ok()).collect();
    let mut declared = Vec::new();
    for edge in edges {
        // Control characters hold the place of escaped ones, which no path of an output has.
        let edge = edge.replace("$$", "\u{1}").replace("$ ", "\u{2}").replace("$:", "\u{3}");
        let names = edge.split(':').next().unwrap_or_default().split_whitespace();
        let names = names
            .map(|name| name.replace('\u{1}', "$").replace('\u{2}', " ").replace('\u{3}', ":"));
        let is_output = |name: &PathBuf| absolute(name).is_ok_and(|name| absolutes.contains(&name));
        declared.extend(names.map(PathBuf::from).filter(is_output));
    }
    declared
}

/// Gives outputs that are older than an input a new time.
fn refresh(outputs: &[PathBuf], inputs: &[&Path]) -> Result<(), Error> {
    let time = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified());
    let Some(newest) = inputs.iter().filter_map(|input| time(input).ok()).max() else {
        return Ok(());
    };
    let now = newest.max(SystemTime::now());
    for output in outputs {
        let set = || -> io::Result<()> {
            if time(output)? < newest {
                // Only Windows needs the right to write.
                File::options().read(true).write(cfg!(windows)).open(output)?.set_modified(now)?;
            }
            Ok(())
        };
        set().map_err(|error| Error::io("set the time of", output, error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ninja_declares_outputs_in_its_own_spelling() {
        let ninja = "rule errcat\n  command = errcat\nbuild a/b.md ./c$ d.md $\n    e$$$:.md | g.md: errcat x.md\n\
                     build other: copy a/b.md\n  x = build y.md\n";
        let outputs = ["x.md", "y.md", "g.md", "e$:.md", "c d.md", "a/b.md"].map(PathBuf::from);
        let wanted = ["a/b.md", "./c d.md", "e$:.md", "g.md"].map(PathBuf::from);
        assert_eq!(declared(ninja, &outputs), wanted);
        assert_eq!(declared("", &outputs), [""; 0].map(PathBuf::from));
    }
}
