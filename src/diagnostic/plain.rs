//! Errors in plain text, for build scripts: they do without the crates that `framed` needs.

use super::file::Mark;
use super::text::{Message, escaped, shown};
use crate::text::width::columns;

/// `file:line:column: error[rule]: what is wrong`, the line, the other places, why, and what to do.
/// It has no colors: Cargo catches what a build script prints.
pub(super) fn print(message: &Message, _colors: bool) -> String {
    let rule = message.rule.map(|rule| format!("[{rule}]")).unwrap_or_default();
    let title = format!("error{rule}: {}", escaped(message.text));
    let mut lines = Vec::new();
    match message.marks.split_first() {
        None => lines.push(title),
        Some((own, also)) => {
            lines.extend(place(own, &title));
            for mark in also {
                lines.extend(place(mark, &escaped(mark.label.unwrap_or_default())));
            }
        }
    }
    lines.extend(message.why.map(|why| format!("note: {why}")));
    lines.push(format!("help: {}", escaped(message.help)));
    lines.join("\n")
}

/// A place and what to say there, its line, and a row of `^` below what is meant.
fn place(mark: &Mark, what: &str) -> [String; 3] {
    let span = mark.span;
    let line = mark.lines.get(span.line.saturating_sub(1)).copied().unwrap_or_default();
    let (line, skipped) = shown(line, span.column);
    let start = (span.column - 1).saturating_sub(skipped);
    let before = line.chars().take(start).collect::<String>();
    let meant: String = line.chars().skip(start).take(span.length).collect();
    // A tab stays one, so that both lines have the same tab stops.
    let before = before.split('\t').map(|part| " ".repeat(columns(part))).collect::<Vec<_>>();
    let row = before.join("\t") + &"^".repeat(columns(&meant).max(1));
    let path = escaped(mark.path);
    [
        format!("{path}:{}:{}: {what}", span.line, span.column),
        format!("  | {line}"),
        format!("  | {row}"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Span;

    fn mark<'m>(
        lines: &[&'m str],
        span: (usize, usize, usize),
        label: Option<&'m str>,
    ) -> Mark<'m> {
        let (line, column, length) = span;
        let span = Span { line, column, length };
        Mark { path: "errors.yaml", lines: lines.into(), span, label }
    }

    #[test]
    fn a_problem_has_its_places_their_lines_why_and_what_to_do() {
        let lines = ["- {code: gone}", "\t\"字字\": gone"];
        let message = Message {
            rule: Some("duplicate-code"),
            text: "the code `gone` is listed\u{202e} twice",
            marks: vec![mark(&lines, (2, 8, 4), None), mark(&lines, (1, 10, 4), Some("the first"))],
            why: Some("clients recognize an error by its code alone"),
            help: "rename one",
        };
        let expected = "\
errors.yaml:2:8: error[duplicate-code]: the code `gone` is listed\\u{202e} twice
  | \t\"字字\": gone
  | \t        ^^^^
errors.yaml:1:10: the first
  | - {code: gone}
  |          ^^^^
note: clients recognize an error by its code alone
help: rename one";
        assert_eq!(print(&message, false), expected);
    }

    #[test]
    fn a_long_line_is_cut_around_what_is_meant() {
        let line = "a".repeat(2000) + "字" + &"b".repeat(2000);
        let marks = vec![mark(&[&line], (1, 2001, 1), None)];
        let message = Message { rule: None, text: "no", marks, why: None, help: "h" };
        let text = print(&message, false);
        let lines: Vec<&str> = text.lines().collect();
        let [title, line, row, help] = lines[..] else { panic!("{text}") };
        assert_eq!(title, "errors.yaml:1:2001: error: no");
        assert_eq!(line.chars().count(), "  | ".len() + 400);
        assert_eq!(line.find('字'), row.find('^'));
        assert!(row.ends_with("^^"), "{row}");
        assert_eq!(help, "help: h");
    }

    #[test]
    fn an_error_without_a_place_is_its_message_and_what_to_do() {
        let message = Message { rule: None, text: "no", marks: Vec::new(), why: None, help: "h" };
        assert_eq!(print(&message, false), "error: no\nhelp: h");
    }
}
