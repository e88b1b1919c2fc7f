//! The parser's error messages → [`SyntaxError`], with better words for the common ones.

/// Text that is not YAML, or more than the plain data of a catalog.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Line and column, from 1, in characters.
    pub place: (usize, usize),
    pub message: String,
    pub help: &'static str,
    /// It is YAML, but more than plain data.
    pub is_yaml: bool,
    /// Where the construct began that the error is in.
    pub began: Option<(usize, usize)>,
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

/// Takes apart a message such as "surfaces[0]: mapping values are not allowed in this context at line
/// 3 column 9, while scanning a simple key at line 2 column 1".
pub(super) fn error(text: &str, message: &str) -> SyntaxError {
    let (error, began) = message.split_once(", while ").unwrap_or((message, ""));
    let what = error.rfind(" at line ").and_then(|at| error.get(..at)).unwrap_or(error);
    let what = what.rsplit("]: ").next().unwrap_or(what);
    let is_second = what.contains("more than one document");
    let mut place = place_in(error);
    if is_second {
        place = second_document(text);
    }
    let known = HELP.iter().find(|(words, _)| what.contains(words));
    SyntaxError {
        place,
        message: if is_second {
            "a second document begins here".to_owned()
        } else {
            format!("invalid YAML: {what}")
        },
        help: known.map_or("see https://yaml.org/spec/1.2.2 for the syntax", |(_, help)| help),
        is_yaml: false,
        began: began.contains(" at line ").then(|| place_in(began)),
    }
}

/// The error about the tag, anchor or alias at the place of a message.
pub(super) fn plain_data(text: &str, message: &str) -> SyntaxError {
    let place = place_in(message);
    let line = text.lines().nth(place.0 - 1).unwrap_or_default();
    let (what, help) = match line.chars().nth(place.1 - 1) {
        Some('&') => ("anchor", "remove it, or put the value in quotes if it is meant as text"),
        Some('*') => ("alias", "write the value out, or put it in quotes if it is meant as text"),
        _ => ("tag", "remove it, or put the value in quotes if it is meant as text"),
    };
    SyntaxError {
        place,
        message: format!("this is a YAML {what}"),
        help,
        is_yaml: true,
        began: None,
    }
}

/// Where the second document starts, which the parser does not say.
fn second_document(text: &str) -> (usize, usize) {
    let mut content = false;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("---") && content {
            return (index + 1, 1);
        }
        content |=
            !line.trim().is_empty() && !line.starts_with(['#', '%', '-']) || line.starts_with("- ");
    }
    (1, 1)
}

/// What to do about the parser's most common messages.
const HELP: &[(&str, &str)] = &[
    (
        "mapping values are not allowed",
        "put a value that contains `: ` in quotes, or indent the line like its neighbours",
    ),
    ("tab character", "indent with spaces"),
    ("expected '-' indicator", "indent the line like its neighbours"),
    ("cannot start any token", "put a value that starts with this character in quotes"),
    ("unexpected end of stream", "close the quotes or brackets that are still open"),
    (
        "did not find expected key",
        "check the indentation, and put a value that begins or ends with a quote in quotes",
    ),
    (
        "more than one document",
        "keep one document per file: remove everything from the second `---` on",
    ),
    ("recursion limit", "nest less deeply: a catalog needs at most ten levels"),
    ("repetition limit", "write the data out instead of repeating it with aliases"),
    ("unknown anchor", "put a value that starts with `*` in quotes"),
];
