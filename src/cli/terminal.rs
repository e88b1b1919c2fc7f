//! Shows Markdown on a terminal: wrapped and coloured, with control characters replaced.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

const HEADING: Style = Style::new().bold().underline();
const STRONG: Style = Style::new().bold();
const CODE: Style = AnsiColor::Cyan.on_default();

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
    indent: (&'static str, &'static str),
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
            Event::Start(Tag::Item) => self.indent = ("- ", "  "),
            Event::End(TagEnd::Item) => {
                self.end_line();
                self.indent = ("", "");
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

    /// The mark around code. In a column, the colour is enough.
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
        let options = textwrap::Options::new(self.width)
            .initial_indent(self.indent.0)
            .subsequent_indent(self.indent.1)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        self.out += &textwrap::fill(&line, options);
        self.out.push('\n');
    }

    /// Prints each row on one line, in columns as wide as their widest cell.
    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| textwrap::core::display_width(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for (index, row) in rows.iter().enumerate() {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let padding = width.saturating_sub(textwrap::core::display_width(cell)) + 2;
                let _ = write!(line, "{cell}{:padding$}", "");
            }
            let line = line.trim_end();
            let _ = match index {
                0 => writeln!(self.out, "{STRONG}{line}{STRONG:#}"),
                _ => writeln!(self.out, "{line}"),
            };
        }
    }
}

/// Text with control characters replaced.
fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
