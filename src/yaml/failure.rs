//! What the parser says about a text that it refuses, taken apart; and what errcat says instead.

/// Text that is not YAML, or more than the plain data of a catalog.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Line and column, from 1, in characters.
    pub place: (usize, usize),
    pub message: String,
    pub help: String,
    /// It is YAML, but more than plain data.
    pub is_yaml: bool,
    /// A second place, and what is there.
    pub also: Option<((usize, usize), String)>,
}

impl SyntaxError {
    pub(super) fn new(
        place: (usize, usize),
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { place, message: message.into(), help: help.into(), is_yaml: false, also: None }
    }

    /// The same, at the end of the text if it is behind that: the parser counts a last line break that is not there.
    pub(super) fn within(mut self, text: &str) -> Self {
        let last = text.split('\n').count();
        if self.place.0 > last {
            let line = text.rsplit('\n').next().unwrap_or_default();
            self.place = (last, line.chars().count() + 1);
        }
        self
    }

    pub(super) fn also(mut self, place: (usize, usize), label: &str) -> Self {
        self.also = Some((place, label.to_owned()));
        self
    }
}

/// The line and column at the end of the parser's message. It adds none at 1:1.
pub(super) fn place_in(message: &str) -> (usize, usize) {
    message.rfind(" at line ").and_then(|at| numbers(message.get(at..)?)).unwrap_or((1, 1))
}

/// The first two numbers of a text.
fn numbers(text: &str) -> Option<(usize, usize)> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    // For the end of an empty file the parser says line 0.
    let mut next = || numbers.next().map(|n: usize| n.max(1));
    Some((next()?, next()?))
}

/// What the parser said about a text.
pub(super) struct Failure<'m> {
    pub what: &'m str,
    pub place: (usize, usize),
    /// The start of the construct that it failed in.
    pub began: Option<(usize, usize)>,
}

impl<'m> Failure<'m> {
    /// Takes apart a message such as "surfaces[0]: mapping values are not allowed in this context at
    /// line 3 column 9, while scanning a simple key at line 2 column 1".
    pub(super) fn of(message: &'m str) -> Self {
        let (error, began) = message.split_once(", while ").unwrap_or((message, ""));
        let what = error.rfind(" at line ").and_then(|at| error.get(..at)).unwrap_or(error);
        let what = what.rsplit("]: ").next().unwrap_or(what);
        let began = began.contains(" at line ").then(|| place_in(began));
        Self { what, place: place_in(error), began }
    }
}
