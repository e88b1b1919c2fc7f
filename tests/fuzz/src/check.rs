//! What holds for every message of errcat, whatever it is about.

use errcat::Error;
use serde_json::Value as Json;

/// An error can be printed in each format, and each problem points into the text that it is about.
pub fn error(error: &Error, text: &[u8]) {
    plain(&error.to_text(false));
    let _ = error.to_text(true);
    let text = String::from_utf8_lossy(text);
    let lines = lengths(&text);
    for file in error.diagnostics().into_iter().flatten() {
        assert!(!file.is_empty());
        plain(&file.to_github());
        for problem in json_lines(&file.to_json()).iter().filter(|line| line["rule"].is_string()) {
            place(problem, &lines);
            problem["also"].as_array().expect("a list").iter().for_each(|also| place(also, &lines));
        }
    }
}

/// How many characters each line of a text has. The end of a text may be a line of its own.
pub fn lengths(text: &str) -> Vec<usize> {
    text.split('\n').map(|line| line.chars().count()).collect()
}

/// A place lies within a text with lines of these lengths, or right behind one of them.
pub fn place(place: &Json, lines: &[usize]) {
    let number = |name: &str| {
        let number = place[name].as_u64().unwrap_or_else(|| panic!("no {name}: {place}"));
        usize::try_from(number).expect("a small number")
    };
    let (line, column, end) = (number("line"), number("column"), number("end_column"));
    let length = lines.get(line.wrapping_sub(1)).copied();
    let length = length.unwrap_or_else(|| panic!("no such line: {place}"));
    assert!((1..=length + 1).contains(&column), "no such column: {place}");
    assert!(column < end && end <= length.max(column) + 1, "no such end: {place}");
}

/// A text is JSON that no terminal or editor takes for more.
pub fn json(text: &str) -> Json {
    plain(text);
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Each line is JSON that no terminal or editor takes for more.
pub fn json_lines(text: &str) -> Vec<Json> {
    text.lines().map(json).collect()
}

/// A text has no character that steers a terminal or turns the direction of text.
pub fn plain(text: &str) {
    let steers = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!text.contains(steers), "{text:?}");
}
