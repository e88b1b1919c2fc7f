//! Parses a long text in pieces: the items of its long lists, some at a time. The parser holds the events of a
//! whole document at once, and they take eight times as much memory as the text.
//!
//! A piece begins with an item of a block list, on a line of its own, and ends before another item of that list
//! or before a line that is indented less. So nothing in it depends on what is around it, unless the parser is
//! within a text there. Then the text is not parsed in pieces: if the text is in quotes, a piece lacks one; if not,
//! a mark that stands for the pieces is not read as an item.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::vec::IntoIter;

use super::{Node, NodeId, Value, tree};

/// The length of a piece, in bytes. Shorter texts are parsed as a whole.
pub(super) const PIECE: usize = 128 << 10;

/// What stands for the pieces of a list in the text around them.
const MARK: &str = "errcat:pieces";

/// The tree of a text without anchors, aliases and tags, which is the same as that of [`tree::parse`]. `None` if the
/// text has no long list, or is not YAML.
pub(super) fn parse(text: &str, first: NodeId, piece: usize) -> Option<Node<'_>> {
    if text.len() < piece || text.contains(MARK) {
        return None;
    }
    let (around, lists) = split(text, indent(text, piece)?, piece);
    let mut joint = Joint { lists: lists.into_iter(), shift: 0 };
    let root = joint.node(tree::parse(&around, first).ok()?)?;
    joint.lists.next().is_none().then_some(root)
}

/// How many spaces are before the items of the outermost lists with items that are shorter than a piece.
fn indent(text: &str, piece: usize) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for indent in text.lines().filter_map(indent_of_item) {
        *counts.entry(indent).or_default() += 1;
    }
    let is_short = |&(indent, count): &(usize, usize)| indent > 0 && count * piece >= text.len();
    counts.into_iter().find(is_short).map(|(indent, _)| indent)
}

/// How many spaces are before the item of a list.
fn indent_of_item(line: &str) -> Option<usize> {
    let item = line.trim_start_matches(' ');
    (item.starts_with("- ") || item.trim_end() == "-").then(|| line.len() - item.len())
}

/// The pieces of each long list, and the text around the lists. The items have this many spaces before them.
fn split(text: &str, indent: usize, piece: usize) -> (String, Vec<Vec<&str>>) {
    let part = |from, to| text.get(from..to).unwrap_or_default();
    let (mut around, mut lists) = (String::new(), Vec::new());
    // Where the pieces of the open list begin.
    let mut begins: Vec<usize> = Vec::new();
    let mut kept = 0;
    let mut close = |begins: &mut Vec<usize>, end: usize| {
        if let Some(&begin) = begins.first().filter(|begin| end - **begin >= piece) {
            around += part(kept, begin);
            around += &format!("{:indent$}- {MARK}\n", "");
            kept = end;
            let ends = begins.iter().skip(1).copied().chain([end]);
            lists.push(begins.iter().zip(ends).map(|(&begin, end)| part(begin, end)).collect());
        }
        begins.clear();
        kept
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_item = indent_of_item(line) == Some(indent);
        let is_within = || line.len() - line.trim_start_matches(' ').len() > indent;
        if is_item {
            if begins.last().is_none_or(|begin| at - begin >= piece) {
                begins.push(at);
            }
        } else if !is_within() && !line.trim().is_empty() {
            close(&mut begins, at);
        }
        at += line.len();
    }
    let kept = close(&mut begins, at);
    around += part(kept, at);
    (around, lists)
}

/// Puts pieces in the place of their marks.
struct Joint<'t> {
    lists: IntoIter<Vec<&'t str>>,
    /// How many more scalars the pieces have than there were marks so far.
    shift: u32,
}

impl<'t> Joint<'t> {
    fn node(&mut self, node: Node) -> Option<Node<'t>> {
        let at = self.moved(node.at);
        let value = match node.value {
            Value::Null => Value::Null,
            Value::Boolean(value) => Value::Boolean(value),
            Value::Integer(value) => Value::Integer(value),
            Value::Float(value) => Value::Float(value),
            Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Value::List(items) => {
                let mut joined = Vec::new();
                for item in items {
                    if matches!(&item.value, Value::Text(text) if text == MARK) {
                        self.pieces(item.at, &mut joined)?;
                    } else {
                        joined.push(self.node(item)?);
                    }
                }
                Value::List(joined.into_boxed_slice())
            }
            Value::Mapping(members) => {
                let members = members.into_iter();
                let members =
                    members.map(|(key, value)| Some((self.node(key)?, self.node(value)?)));
                Value::Mapping(members.collect::<Option<_>>()?)
            }
        };
        Some(Node { at, end: self.moved(node.end), value })
    }

    /// Adds the items that a mark stands for.
    fn pieces(&mut self, mark: NodeId, items: &mut Vec<Node<'t>>) -> Option<()> {
        let first = self.moved(mark);
        let mut next = first;
        for piece in self.lists.next()? {
            let Node { end, value: Value::List(more), .. } = tree::parse(piece, next).ok()? else {
                return None;
            };
            items.extend(more);
            next = end;
        }
        // A list without scalars would have the number of the scalar before it.
        self.shift += next.0.checked_sub(first.0 + 1)?;
        Some(())
    }

    fn moved(&self, at: NodeId) -> NodeId {
        NodeId(at.0 + self.shift)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::yaml::bytes;

    /// Compares the two trees of a text, if it can be parsed in pieces.
    fn is_same(text: &str, piece: usize) -> bool {
        if bytes::tagged(text).is_some() {
            return false;
        }
        let Some(pieces) = parse(text, NodeId(7), piece) else { return false };
        let whole = tree::parse(text, NodeId(7)).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(format!("{pieces:?}"), format!("{whole:?}"), "{text}");
        true
    }

    fn catalogs() -> Vec<PathBuf> {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
        let folders = ["catalogs", "lint", "mistakes", "real", "load"].map(|name| tests.join(name));
        let files = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
        let files = files.map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|one| one == "yaml")).collect()
    }

    #[test]
    fn the_tree_of_pieces_is_that_of_the_whole_text() {
        let mut same = 0;
        for file in catalogs() {
            let Ok(text) = fs::read_to_string(&file) else { continue };
            for piece in [40, 150, 600, 2000] {
                same += usize::from(is_same(&text, piece));
            }
        }
        assert!(same > 40, "{same}");
    }

    #[test]
    fn pieces_that_begin_within_a_text_are_not_parsed_alone() {
        let list = "  - a\n  - [b, c]\n  - {d: e}\n  -\n  - []\n\n  - f: |\n      g\n      - h\n";
        assert!(is_same(&format!("x:\n{list}y: 1\n"), 16));
        assert!(is_same(&format!("x: []\nz:\n{list}# y\n{list}y: []\nw: {{}}\n"), 16));
        assert!(is_same(&format!("v:\n  x:\n{list}  y: [1]\n"), 16));
        assert!(is_same("x:\n  - []\n  - {}\n  - [a]\n  - []\ny: []\n", 12));
        assert!(!is_same("x:\n  - []\n  - {}\n  - [[]]\n  - []\ny: []\n", 12));
        for around in
            ["x: |\n", "x: >-\n", "x: a\n", "x: \"a\n", "x: 'a\n", "x: [\n", "x: {\n", "x: !a\n"]
        {
            assert!(!is_same(&format!("{around}{list}y: 1\n"), 16), "{around}");
            assert!(!is_same(&format!("{around}{list}y: 1\" ]\n"), 16), "{around}");
        }
        assert!(!is_same("x:\n  - a\n  - \"b\n  - c\"\n  - d\n", 8));
        assert!(!is_same("x:\n  - a\n  - [b,\n  - c]\n  - d\n", 8));
        assert!(is_same("x:\n  - a\n  - b\n    c\n\n  - |+\n   d\n\n\n  - 'e\n    f'\n", 16));
    }

    /// Any line may be missing, or have a mark of YAML at its end.
    #[test]
    fn pieces_of_a_broken_text_give_no_other_tree() {
        let mut same = 0;
        for file in catalogs() {
            let Ok(text) = fs::read_to_string(&file) else { continue };
            let lines: Vec<&str> = text.lines().take(120).collect();
            for at in (0..lines.len()).step_by(7) {
                for end in
                    [None, Some(" \""), Some(" '"), Some(" |"), Some(" ["), Some("]"), Some(":")]
                {
                    let mut broken: Vec<String> =
                        lines.iter().map(|&line| line.to_owned()).collect();
                    match (broken.get_mut(at), end) {
                        (Some(line), Some(end)) => line.push_str(end),
                        (Some(line), None) => line.clear(),
                        (None, _) => {}
                    }
                    same += usize::from(is_same(&broken.join("\n"), 300));
                }
            }
        }
        assert!(same > 20, "{same}");
    }
}
