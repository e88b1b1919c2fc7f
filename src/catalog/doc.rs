//! The longer text of an error: paragraphs and lists of one level.

/// A part of a `doc`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph, on one line.
    Text(String),
    /// A list, each item on one line.
    List { ordered: bool, items: Vec<String> },
}

/// A `doc`, taken apart.
#[derive(Debug)]
pub(crate) struct Doc<'d> {
    pub blocks: Vec<Block>,
    /// The first line that begins a list within a list. It became an item of the outer one.
    pub nested: Option<&'d str>,
    /// The first line that begins a list of the other kind right after a list. It became an item of that one:
    /// some viewers can't tell two such lists apart.
    pub mixed: Option<&'d str>,
}

/// Takes a `doc` apart. Blank lines separate paragraphs; a line that begins with `- ` or `1. ` is the first
/// item of a list; further-indented lines continue an item. A single line break is a space.
pub(crate) fn parse(doc: &str) -> Doc<'_> {
    let (mut blocks, mut nested, mut mixed) = (Vec::new(), None, None);
    // The indentation of the open list.
    let mut list = None;
    let mut is_after_blank = true;
    for line in doc.lines() {
        let text = line.trim();
        if text.is_empty() {
            is_after_blank = true;
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let item = Item::of(text);
        match (list, item, blocks.last_mut()) {
            (Some(outer), None, Some(Block::List { items, .. })) if indent > outer => {
                join(items.last_mut(), text);
            }
            (Some(outer), Some(item), Some(Block::List { ordered, items })) => {
                if indent > outer + 1 {
                    nested.get_or_insert(text);
                } else {
                    list = Some(indent);
                    if item.is_ordered() != *ordered {
                        mixed.get_or_insert(text);
                    }
                }
                items.push(item.text.to_owned());
            }
            (_, Some(item), _) if item.begins_list() => {
                list = Some(indent);
                let items = vec![item.text.to_owned()];
                blocks.push(Block::List { ordered: item.is_ordered(), items });
            }
            (None, _, Some(Block::Text(paragraph))) if !is_after_blank => {
                join(Some(paragraph), text);
            }
            _ => {
                list = None;
                blocks.push(Block::Text(text.to_owned()));
            }
        }
        is_after_blank = false;
    }
    Doc { blocks, nested, mixed }
}

fn join(text: Option<&mut String>, line: &str) {
    if let Some(text) = text {
        text.push(' ');
        text.push_str(line);
    }
}

/// A line that may be an item of a list.
#[derive(Clone, Copy)]
struct Item<'d> {
    /// What is before the first space: `-`, or a number and a full stop.
    mark: &'d str,
    text: &'d str,
}

impl<'d> Item<'d> {
    fn of(line: &'d str) -> Option<Self> {
        let (mark, text) = line.split_once(' ')?;
        let number = mark.strip_suffix('.').unwrap_or_default();
        let is_number =
            (1..=9).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        (mark == "-" || is_number).then(|| Self { mark, text: text.trim_start() })
    }

    fn is_ordered(self) -> bool {
        self.mark != "-"
    }

    /// Whether it can be the first item. A line of a paragraph may begin with another number.
    fn begins_list(self) -> bool {
        matches!(self.mark, "-" | "1.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Block {
        Block::Text(text.to_owned())
    }

    fn list<const N: usize>(ordered: bool, items: [&str; N]) -> Block {
        Block::List { ordered, items: items.map(str::to_owned).to_vec() }
    }

    #[test]
    fn paragraphs_and_lists() {
        for (doc, blocks) in [
            ("a\nb\n\n\nc", vec![text("a b"), text("c")]),
            ("a:\n- b\n-   c\nd", vec![text("a:"), list(false, ["b", "c"]), text("d")]),
            ("1. a\n   b\n2. c\n2. d", vec![list(true, ["a b", "c", "d"])]),
            ("  - a\n\n  - b\n\n    c", vec![list(false, ["a", "b c"])]),
            ("- a\n\nb\n1. c", vec![list(false, ["a"]), text("b"), list(true, ["c"])]),
            ("- a\nb\nc", vec![list(false, ["a"]), text("b c")]),
            ("gives\n404. Then\n2. b", vec![text("gives 404. Then 2. b")]),
            ("-a\n-\n1.b\n1) c", vec![text("-a - 1.b 1) c")]),
            (" \n ", vec![]),
        ] {
            let parsed = parse(doc);
            assert_eq!((parsed.blocks, parsed.nested, parsed.mixed), (blocks, None, None));
        }
    }

    #[test]
    fn a_list_within_or_after_a_list_is_noted() {
        let parsed = parse("- a\n  - b\n  1. c\n- d");
        assert_eq!(parsed.blocks, [list(false, ["a", "b", "c", "d"])]);
        assert_eq!((parsed.nested, parsed.mixed), (Some("- b"), None));
        let parsed = parse("- a\n\n1. b\n2. c");
        assert_eq!(parsed.blocks, [list(false, ["a", "b", "c"])]);
        assert_eq!((parsed.nested, parsed.mixed), (None, Some("1. b")));
        let parsed = parse("1. a\n- b\n2. c");
        assert_eq!(parsed.blocks, [list(true, ["a", "b", "c"])]);
        assert_eq!(parsed.mixed, Some("- b"));
    }
}
