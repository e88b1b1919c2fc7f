//! Text on a terminal: wrapped to its width; Markdown also colored, with control characters replaced.

use std::fmt::Write as _;
use std::io;

use anstyle::{AnsiColor, Style};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::harmless;

const HEADING: Style = Style::new().bold().underline();
const STRONG: Style = Style::new().bold();
const CODE: Style = AnsiColor::Cyan.on_default();

/// The width of standard output, if it is a terminal.
pub(super) fn out_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0).max(20))
}

/// The width of standard error, if it is a terminal.
pub(super) fn log_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0).max(20))
}

/// Diagnostics with their messages wrapped. Lines of source are cut already, and stay.
pub(super) fn diagnostics(text: &str, width: Option<usize>) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let plain = anstream::adapter::strip_str(line).to_string();
        let space = plain.len() - plain.trim_start().len();
        match plain.trim_start() {
            message if message.starts_with("= note: ") || message.starts_with("= help: ") => {
                wrap(line, width, space + "= note: ".len())
            }
            title if title.starts_with("error") && space == 0 => wrap(line, width, 2),
            help if help.starts_with("help: ") && space == 0 => wrap(line, width, "help: ".len()),
            _ => line.to_owned(),
        }
    });
    lines.collect()
}

/// A line with its text wrapped, and the lines after the first indented.
pub(super) fn wrap(line: &str, width: Option<usize>, indent: usize) -> String {
    let Some(width) = width else { return line.to_owned() };
    let indent = " ".repeat(indent.min(width / 2));
    textwrap::fill(line, options(width).subsequent_indent(&indent))
}

/// Words stay whole.
fn options<'o>(width: usize) -> textwrap::Options<'o> {
    textwrap::Options::new(width)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false)
}

/// A document in lines of at most `width` columns, unless a word is longer.
pub(super) fn show(markdown: &str, width: usize) -> String {
    let mut page = Page { width, ..Page::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.take(event);
    }
    page.out
}

/// A page under construction.
#[derive(Default)]
struct Page {
    width: usize,
    out: String,
    /// The text of the open block.
    line: String,
    /// What goes before the first line of the block, and before its other lines.
    indent: (String, String),
    /// The number of the next item of a numbered list.
    number: Option<u64>,
    is_code_block: bool,
    /// The style around the current text.
    outer: Style,
    /// The rows of the open table.
    rows: Vec<Vec<String>>,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.begin(HEADING),
            Event::Start(Tag::Strong) => self.begin(STRONG),
            Event::End(TagEnd::Strong) => self.end(),
            Event::End(TagEnd::Heading(_)) => {
                self.end();
                self.end_block();
            }
            Event::Start(Tag::List(first)) => self.number = first,
            Event::Start(Tag::Item) => self.begin_item(),
            Event::End(TagEnd::Item) => {
                self.end_line();
                self.indent = Default::default();
            }
            Event::Start(Tag::CodeBlock(_)) => self.is_code_block = true,
            Event::End(TagEnd::CodeBlock) => {
                self.is_code_block = false;
                self.out.push('\n');
            }
            Event::Start(Tag::TableRow | Tag::TableHead) => self.rows.push(Vec::new()),
            Event::End(TagEnd::TableCell) => {
                let cell = std::mem::take(&mut self.line);
                self.rows.last_mut().into_iter().for_each(|row| row.push(cell.clone()));
            }
            Event::End(TagEnd::Table) => self.end_table(),
            Event::End(TagEnd::Paragraph) => self.end_block(),
            Event::End(TagEnd::List(_)) => self.out.push('\n'),
            Event::Text(text) if self.is_code_block => {
                for line in text.lines() {
                    let _ = writeln!(self.out, "    {CODE}{}{CODE:#}", without_controls(line));
                }
            }
            Event::Text(text) => self.line += &without_controls(&text),
            Event::Code(code) => {
                self.begin_code();
                self.line += &without_controls(&code);
                self.end_code();
            }
            // Code that backticks cannot hold.
            Event::InlineHtml(tag) if &*tag == "<code>" => self.begin_code(),
            Event::InlineHtml(tag) if &*tag == "</code>" => self.end_code(),
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            _ => {}
        }
    }

    fn begin_item(&mut self) {
        let mark = self.number.map_or("- ".to_owned(), |number| format!("{number}. "));
        self.indent = (mark.clone(), " ".repeat(mark.len()));
        self.number = self.number.map(|number| number + 1);
    }

    fn begin(&mut self, style: Style) {
        self.outer = style;
        let _ = write!(self.line, "{style}");
    }

    fn end(&mut self) {
        let _ = write!(self.line, "{:#}", self.outer);
        self.outer = Style::new();
    }

    fn begin_code(&mut self) {
        let _ = write!(self.line, "{CODE}{}", self.mark());
    }

    /// The end of a style ends all styles, so the outer one is started again.
    fn end_code(&mut self) {
        let _ = write!(self.line, "{}{CODE:#}{}", self.mark(), self.outer);
    }

    /// The mark around code. In a column, the color is enough.
    fn mark(&self) -> &'static str {
        if self.rows.is_empty() { "`" } else { "" }
    }

    fn end_block(&mut self) {
        self.end_line();
        if self.indent.0.is_empty() {
            self.out.push('\n');
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        let options =
            options(self.width).initial_indent(&self.indent.0).subsequent_indent(&self.indent.1);
        self.out += &textwrap::fill(&line, options);
        self.out.push('\n');
    }

    /// Prints columns as wide as their widest cell. The last one is wrapped. If too little is left for it, the
    /// first one is narrower, and its long cells get lines of their own.
    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0).saturating_sub(1);
        let widest = |column: usize, limit: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let widths = cells.map(|cell| textwrap::core::display_width(cell));
            widths.filter(|width| *width <= limit).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> =
            (1..columns).map(|column| widest(column, usize::MAX)).collect();
        let others = widths.iter().map(|width| width + 2).sum::<usize>()
            + widest(columns, usize::MAX).min(MIN_CELL);
        widths.insert(0, widest(0, self.width.saturating_sub(others + 2).max(MIN_CODE)));
        let indent = " ".repeat(widths.iter().map(|width| width + 2).sum());
        for (index, row) in rows.iter().enumerate() {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let padding = (width + 2).saturating_sub(textwrap::core::display_width(cell));
                if padding == 0 {
                    let _ = writeln!(self.out, "{cell}");
                    line = " ".repeat(width + 2);
                } else {
                    let _ = write!(line, "{cell}{:padding$}", "");
                }
            }
            line += row.get(widths.len()).map(String::as_str).unwrap_or_default();
            let line = textwrap::fill(&line, options(self.width).subsequent_indent(&indent));
            let _ = match index {
                0 => writeln!(self.out, "{STRONG}{}{STRONG:#}", line.trim_end()),
                _ => writeln!(self.out, "{}", line.trim_end()),
            };
        }
        self.out.push('\n');
    }
}

/// The narrowest column for sentences, and for codes.
const MIN_CELL: usize = 24;
const MIN_CODE: usize = 8;

/// Text with characters replaced that would steer the terminal.
fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { '\u{fffd}' } else { harmless(c) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_their_marks_and_links_their_text() {
        let url = "https://acme.dev/x";
        let page = format!("1. one two three\n2. [{url}]({url})\n\n- four\n");
        let wanted = format!("1. one two\n   three\n2. {url}\n\n- four\n\n");
        assert_eq!(show(&page, 12), wanted);
    }

    #[test]
    fn tables_fit_and_long_codes_get_lines_of_their_own() {
        let table = "| Code | HTTP | Meaning |\n| --- | --- | --- |\n| gone | 410 | It is gone and does not come back |\n| a_long_code_that_is_not_cut | 400 / 409 | Short |\n";
        let wanted = "Code  HTTP       Meaning\ngone  410        It is gone and does not\n                 come back\na_long_code_that_is_not_cut\n      400 / 409  Short\n\n";
        let shown = |width| anstream::adapter::strip_str(&show(table, width)).to_string();
        assert_eq!(shown(42), wanted);
        assert!(shown(80).contains("\na_long_code_that_is_not_cut  400 / 409  Short\n"));
        for width in 40..80 {
            assert!(shown(width).lines().all(|line| line.len() <= width), "{}", shown(width));
        }
    }

    #[test]
    fn messages_are_wrapped_and_source_is_not() {
        let text = "\u{1b}[91merror[x]\u{1b}[0m: one two three four five six\n --> a.yaml:1:1\n  |\n1 | a line of source that is long\n  |\n  \u{1b}[94m= \u{1b}[0mnote: one two three four\n  = help: https://acme.dev/one/two/three/four five\n";
        let wanted = "error[x]: one two three\n  four five six\n --> a.yaml:1:1\n  |\n1 | a line of source that is long\n  |\n  = note: one two three\n          four\n  = help:\n          https://acme.dev/one/two/three/four\n          five\n";
        let wrapped = diagnostics(text, Some(24));
        assert_eq!(anstream::adapter::strip_str(&wrapped).to_string(), wanted);
        assert_eq!(diagnostics(text, None), text);
    }
}
