//! The lines of a text that the parser refused, as a person sees them: indentation, `- `, key.

/// A line of a file.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// From 1.
    pub number: usize,
    pub text: &'t str,
}

impl<'t> Line<'t> {
    /// How many spaces it begins with.
    pub(super) fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// How many characters are before its content: the indentation and each `- `.
    pub(super) fn start(self) -> usize {
        let mut rest = self.text.trim_start_matches(' ');
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start_matches(' ');
        }
        self.text.len() - rest.len()
    }

    /// What follows the indentation and each `- `.
    pub(super) fn content(self) -> &'t str {
        self.text.get(self.start()..).unwrap_or_default()
    }

    /// Whether an item of a list begins here.
    pub(super) fn is_item(self) -> bool {
        let content = self.text.trim_start_matches(' ');
        content.starts_with("- ") || content == "-"
    }

    pub(super) fn is_blank(self) -> bool {
        let content = self.text.trim_start();
        content.is_empty() || content.starts_with('#')
    }

    /// The key and the value of a line such as `key: value`.
    pub(super) fn member(self) -> Option<(&'t str, &'t str)> {
        let content = self.content();
        let member = content.split_once(": ").filter(|(key, _)| !key.contains(" #"));
        let (key, value) = match member {
            Some((key, comment)) if comment.trim_start().starts_with('#') => (key, ""),
            Some(member) => member,
            None => (content.split(" #").next()?.trim_end().strip_suffix(':')?, ""),
        };
        (!key.starts_with(['"', '\'', '{', '[', '#'])).then(|| (key.trim_end(), value.trim()))
    }
}

/// The lines of a file.
pub(super) struct Lines<'t>(Vec<&'t str>);

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self(text.lines().collect())
    }

    /// A line by its number, from 1. Beyond the end, all are empty.
    pub(super) fn at(&self, number: usize) -> Line<'t> {
        let text = self.0.get(number.wrapping_sub(1)).copied().unwrap_or_default();
        Line { number, text }
    }

    /// The nearest line above that is not blank.
    pub(super) fn above(&self, line: Line) -> Option<Line<'t>> {
        (1..line.number).rev().map(|number| self.at(number)).find(|line| !line.is_blank())
    }

    /// The nearest line below that is not blank.
    pub(super) fn below(&self, line: Line) -> Option<Line<'t>> {
        (line.number + 1..=self.0.len()).map(|number| self.at(number)).find(|line| !line.is_blank())
    }
}

/// The rest of a line from a column on.
pub(super) fn chars_from(line: Line<'_>, column: usize) -> impl Iterator<Item = char> {
    line.text.chars().skip(column - 1)
}
