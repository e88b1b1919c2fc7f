//! Reads the lines that most of a catalog is made of: a key and a value, or an item of a list, on one line.
//! Each other member or item goes to the YAML parser, together with the lines that are indented deeper.
//!
//! This takes a quarter of the parser's time, and much less memory: the parser holds the events of a whole document
//! at once, and they take eight times as much memory as the text.

use std::borrow::Cow;

#[cfg(feature = "cli")]
use super::bytes;
use super::{Node, NodeId, Value, tree};

/// The deepest nesting that is read here. The parser refuses 128 levels.
const MAX_DEPTH: usize = 100;

/// The tree of a text without anchors, aliases and tags. It is the same as that of [`tree::parse`]. `None` if only the
/// parser can read the text, or say what is wrong with it.
pub(super) fn parse(text: &str, first: NodeId) -> Option<Node<'_>> {
    let mut reader = Reader { text, after: 0, line: None, next: first.0 };
    reader.advance()?;
    let root = reader.block(0)?;
    reader.line.is_none().then_some(root)
}

/// The tree of a text that is read here, and what the parser makes of it, to compare them.
#[cfg(feature = "cli")]
pub(crate) fn both(text: &str) -> Option<(String, String)> {
    let text = bytes::text(text.as_bytes()).ok().filter(|text| bytes::tagged(text).is_none())?;
    // Another number than the first of all.
    let first = NodeId(7);
    let simple = parse(text, first)?;
    let whole = tree::parse(text, first);
    let whole = whole.map_or_else(|error| error.to_string(), |whole| format!("{whole:?}"));
    Some((format!("{simple:?}"), whole))
}

/// A line with more than spaces and a comment, or the part of it after the `-` of an item.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Where the line begins.
    begin: usize,
    /// How many bytes of the line are before `rest`.
    indent: usize,
    /// How many of those bytes are a `-`.
    dashes: usize,
    rest: &'t str,
}

impl<'t> Line<'t> {
    /// What comes after the `-` of an item.
    fn item(&self) -> Option<&'t str> {
        let item = self.rest.strip_prefix('-')?;
        (item.is_empty() || item.starts_with(' ')).then(|| item.trim_start_matches(' '))
    }

    /// The same line after the `-` of an item.
    fn after_dash(self, rest: &'t str) -> Self {
        let indent = self.indent + self.rest.len() - rest.len();
        Self { indent, dashes: self.dashes + 1, rest, ..self }
    }

    fn begins_block(&self) -> bool {
        self.item().is_some() || self.member().is_some()
    }

    /// The key that it begins with, and what comes after.
    fn member(&self) -> Option<(Value<'t>, &'t str)> {
        let (key, rest) = self.rest.split_once(':')?;
        let value = rest.trim_start_matches(' ');
        let is_key = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./?$".contains(&byte);
        let is_member = rest.is_empty() || rest.len() > value.len();
        (is_member && key.bytes().all(is_key)).then_some((scalar(key)?, value))
    }
}

struct Reader<'t> {
    text: &'t str,
    line: Option<Line<'t>>,
    /// Where the line after this one begins.
    after: usize,
    /// The number of the next scalar.
    next: u32,
}

impl<'t> Reader<'t> {
    /// Goes to the next line.
    fn advance(&mut self) -> Option<()> {
        loop {
            let begin = self.after;
            let rest = self.text.get(begin..).filter(|rest| !rest.is_empty());
            let Some(rest) = rest else {
                self.line = None;
                return Some(());
            };
            let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
            self.after += length;
            let line = rest.get(..length)?.trim_end_matches([' ', '\r', '\n']);
            let rest = line.trim_start_matches(' ');
            if rest.starts_with('\t') {
                return None;
            }
            if !rest.is_empty() && !rest.starts_with('#') {
                let indent = line.len() - rest.len();
                self.line = Some(Line { begin, indent, dashes: 0, rest });
                return Some(());
            }
        }
    }

    /// The list or mapping that begins with this line.
    fn block(&mut self, depth: usize) -> Option<Node<'t>> {
        let line = self.line.filter(|_| depth < MAX_DEPTH)?;
        if line.item().is_some() {
            self.list(line.indent, depth)
        } else {
            self.mapping(line.indent, depth)
        }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Option<Node<'t>> {
        let first = self.next;
        let mut items = Vec::new();
        while let Some(line) = self.line.filter(|line| line.indent == indent)
            && let Some(rest) = line.item()
        {
            let part = line.after_dash(rest);
            if part.begins_block() {
                self.line = Some(part);
                items.push(self.block(depth + 1)?);
                continue;
            }
            self.advance()?;
            items.push(match self.value(line, rest) {
                Some(value) => self.node(value, depth)?,
                None => self.foreign_item(line, depth)?,
            });
        }
        self.collection(indent, first, Value::List(items.into_boxed_slice()))
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Option<Node<'t>> {
        let first = self.next;
        let mut members = Vec::new();
        while let Some(line) =
            self.line.filter(|line| line.indent == indent && line.item().is_none())
        {
            self.advance()?;
            let member = line.member();
            let member = member.and_then(|(key, rest)| Some((key, self.value(line, rest)?)));
            members.push(match member {
                Some((key, value)) => (self.scalar(key), self.node(value, depth)?),
                None => self.foreign_member(line, depth)?,
            });
        }
        self.collection(indent, first, Value::Mapping(members.into_boxed_slice()))
    }

    /// A list or mapping, unless the line after it is indented deeper.
    fn collection(&self, indent: usize, first: u32, value: Value<'t>) -> Option<Node<'t>> {
        let at = if first == self.next { first.saturating_sub(1) } else { first };
        let node = Node { at: NodeId(at), end: NodeId(self.next), value };
        self.line.is_none_or(|next| next.indent <= indent).then_some(node)
    }

    /// What follows a key or `-`: the rest of its line, or the lines after it. `None` if that is for the parser.
    fn value(&self, line: Line<'t>, rest: &'t str) -> Option<Found<'t>> {
        let is_deeper = self.line.is_some_and(|next| next.indent > line.indent);
        if !rest.is_empty() {
            return if is_deeper { None } else { scalar(rest).map(Found::Scalar) };
        }
        // The items of a member may be indented as its key is.
        let is_item = |next: Line| next.indent == line.indent && next.item().is_some();
        let is_list = line.item().is_none() && self.line.is_some_and(is_item);
        if !is_deeper && !is_list {
            return Some(Found::Scalar(Value::Null));
        }
        self.line.filter(Line::begins_block).map(|_| Found::Block)
    }

    fn node(&mut self, found: Found<'t>, depth: usize) -> Option<Node<'t>> {
        match found {
            Found::Scalar(value) => Some(self.scalar(value)),
            Found::Block => self.block(depth + 1),
        }
    }

    fn scalar(&mut self, value: Value<'t>) -> Node<'t> {
        let at = NodeId(self.next);
        self.next += 1;
        Node { at, end: NodeId(self.next), value }
    }

    fn foreign_item(&mut self, line: Line<'t>, depth: usize) -> Option<Node<'t>> {
        self.foreign(line, depth).and_then(item)
    }

    fn foreign_member(&mut self, line: Line<'t>, depth: usize) -> Option<(Node<'t>, Node<'t>)> {
        // What begins otherwise may mean something else at the start of a text.
        let may_begin = |first: char| first.is_alphanumeric() || "\"'_$/(<+=~".contains(first);
        match line.rest.starts_with(may_begin).then(|| self.foreign(line, depth))?? {
            Value::Mapping(members) => only(members),
            _ => None,
        }
    }

    /// What the parser makes of a line and the lines after it that are indented deeper.
    fn foreign(&mut self, line: Line<'t>, depth: usize) -> Option<Value<'t>> {
        while self.line.is_some_and(|next| next.indent > line.indent) {
            self.advance()?;
        }
        let end = self.line.map_or(self.text.len(), |next| next.begin);
        let node = tree::parse(self.text.get(line.begin..end)?, NodeId(self.next)).ok()?;
        self.next = node.end.0;
        if depth + nesting(&node) > MAX_DEPTH {
            return None;
        }
        (0..line.dashes).try_fold(node.value, |list, _| Some(item(list)?.value))
    }
}

/// A value.
enum Found<'t> {
    Scalar(Value<'t>),
    /// The list or mapping that begins with the current line.
    Block,
}

/// How deep the lists and mappings of a node are nested.
fn nesting(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(nesting).max().unwrap_or(0),
        Value::Mapping(members) => {
            let both = members.iter().flat_map(|(key, value)| [key, value]);
            1 + both.map(nesting).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// The only item of a list.
fn item(list: Value) -> Option<Node> {
    match list {
        Value::List(items) => only(items),
        _ => None,
    }
}

/// The only element.
fn only<T>(all: Box<[T]>) -> Option<T> {
    let mut all = all.into_iter();
    all.next().filter(|_| all.len() == 0)
}

/// A scalar that ends on its line, and that all parsers read in the same way.
fn scalar(text: &str) -> Option<Value<'_>> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if first == b'"' || first == b'\'' {
        let inner = text.get(1..)?.strip_suffix(char::from(first))?;
        let is_plain = !inner.bytes().any(|byte| byte == first || byte == b'\\' || byte == b'\t');
        return is_plain.then_some(Value::Text(Cow::Borrowed(inner)));
    }
    if first.is_ascii_digit() {
        // A text with two points, such as `0.9.0`, is not a number.
        let points = text.matches('.').count();
        if points > 1 && bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') {
            return Some(Value::Text(Cow::Borrowed(text)));
        }
        let is_integer = bytes.len() < 16 && (first != b'0' || bytes.len() == 1);
        let is_integer = is_integer && bytes.iter().all(u8::is_ascii_digit);
        return if is_integer { text.parse().ok().map(Value::Integer) } else { None };
    }
    match text {
        "true" => return Some(Value::Boolean(true)),
        "false" => return Some(Value::Boolean(false)),
        "null" | "Null" | "NULL" | "True" | "TRUE" | "False" | "FALSE" => return None,
        _ => {}
    }
    let is_text = first.is_ascii_alphabetic() || !first.is_ascii() || b"_/(<$".contains(&first);
    (is_text && !has_marks(bytes)).then_some(Value::Text(Cow::Borrowed(text)))
}

/// Whether a text without quotes has a tab, or what begins a value or comment.
fn has_marks(text: &[u8]) -> bool {
    let ends = text.ends_with(b":");
    ends || text.contains(&b'\t') || text.windows(2).any(|two| two == b": " || two == b" #")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::test_runner::Config;

    use super::*;

    /// Compares the two trees of a text, if it can be read here.
    fn is_same(text: &str) -> bool {
        both(text).is_some_and(|(simple, whole)| {
            assert_eq!(simple, whole, "{text:?}");
            true
        })
    }

    fn catalogs() -> Vec<PathBuf> {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
        let folders = ["catalogs", "lint", "mistakes", "real", "load"].map(|name| tests.join(name));
        let files = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
        let files = files.map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|one| one == "yaml")).collect()
    }

    #[test]
    fn the_tree_of_a_catalog_is_that_of_the_parser() {
        let (mut same, mut all) = (0, 0);
        for file in catalogs() {
            let Ok(text) = fs::read_to_string(&file) else { continue };
            all += 1;
            same += usize::from(is_same(&text));
        }
        assert!(same * 10 > all * 8, "{same} of {all}");
    }

    #[test]
    fn lines_that_depend_on_others_are_read_with_them() {
        for text in [
            "a:\n- b\n- c: d\n  e: f\n\n# g\nh:\ni:",
            "a: |\n  b\n  # c\n\n  d\ne: >+\n  f\n\n\ng: 'h\n  i: j'\n",
            "- - a\n  - b: c\n-\n  d: [e,\n    f]\n- |\n g\n- {h: i}\n- []\n",
            "a: b\n  c\nd:\n  e f\n  g\nh: # i\n  j: k\n\"l: m\": n\no p: 'q''r'\n",
            "- a: |1\n   b\n- c\n",
            "1: 007\n2: 0\n3: -1\n4: 1.5\n5: ~\n6: null\n7: 5s\n8: true\n9: yes\n",
            "a: \"b\\n\"\r\nc: d\r\n\r\ne:\r\n  - f\r\n",
        ] {
            assert!(is_same(text), "{text}");
        }
        for text in [
            "",
            "# a",
            "a",
            "a\n",
            "a:\n  b: c\n d: e\n",
            "a: [\nb]\n",
            "---\na: b\n",
            "a: b: c\n",
            "? a\n: b\n",
        ] {
            assert!(!is_same(text), "{text}");
        }
    }

    #[test]
    fn nesting_that_the_parser_refuses_is_not_read() {
        let nested = |dashes: usize, brackets: usize| {
            format!("{}{}{}", "- ".repeat(dashes), "[".repeat(brackets), "]".repeat(brackets))
        };
        assert!(is_same(&nested(20, 20)));
        for (dashes, brackets) in [(120, 1), (200, 0), (90, 60), (3, 126), (60, 60)] {
            assert!(!is_same(&nested(dashes, brackets)), "{dashes}, {brackets}");
        }
    }

    /// Any line may be missing, or have a mark of YAML at its end.
    #[test]
    fn a_broken_catalog_gets_no_other_tree() {
        let ends = [None, Some(" \""), Some(" '"), Some(" |"), Some(" ["), Some("]"), Some(":")];
        let mut same = 0;
        for file in catalogs() {
            let Ok(text) = fs::read_to_string(&file) else { continue };
            let lines: Vec<&str> = text.lines().take(120).collect();
            for (at, end) in (0..lines.len()).step_by(7).flat_map(|at| ends.map(|end| (at, end))) {
                let broken = lines.iter().enumerate().map(|(number, line)| match end {
                    _ if number != at => format!("{line}\n"),
                    Some(end) => format!("{line}{end}\n"),
                    None => String::new(),
                });
                same += usize::from(is_same(&broken.collect::<String>()));
            }
        }
        assert!(same > 20, "{same}");
    }

    /// What YAML gives a meaning to.
    const MARKS: &[&str] = &[
        "a", "b: ", "c:", "- ", "-", " ", "  ", "    ", "\n", "\n", "\n  ", "\n    ", "\n- ", "\"",
        "'", "#", " # d", ":", "|", ">", "|2", "[", "]", "{", "}", ", ", "?", "0", "12", "true",
        "null", "---", "...", "\t", "é", "%", "\r\n", "\\n", "e: |\n", "f: >-\n", "\u{a0}", "~",
        "1e3", "<<: ", "\"g\": ", "@", "`", "h i: ",
    ];

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(20_000) })]

        #[test]
        fn any_text_that_is_read_here_has_the_tree_of_the_parser(marks in vec(select(MARKS), 1..20)) {
            is_same(&marks.concat());
        }
    }
}
