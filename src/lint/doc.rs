//! The rule about Markdown in the longer text of an error.

use super::Check;
use crate::catalog::doc::{self, Block};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::sort_by_key;
use crate::text::spans::{Piece, pieces};

pub(super) const CHECKS: &[&Check] = &[&DOC_MARKUP];

const DOC_MARKUP: Check = Check {
    rule: Rule {
        name: "doc-markup",
        what: "Markdown in a `doc`, other than code spans, URLs and lists of one level",
        why: "readers would see its marks, because not every output can format it",
        fix: "write plain text; code in backticks, URLs as they are, and lists with `- ` or `1. `",
        bad: "doc: See [the limits](https://acme.dev/limits).",
        good: "doc: See https://acme.dev/limits for the limits.",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        for text in catalog.entries().filter_map(|entry| entry.doc.as_ref()) {
            for slip in slips(&text.value) {
                let problem = Diagnostic::new(rule, text.at, slip.message, slip.help);
                report.push(problem.about(slip.part));
            }
        }
    },
};

/// Markdown in a `doc`.
struct Slip<'d> {
    message: &'static str,
    help: &'static str,
    /// Where it is.
    part: &'d str,
}

/// Each kind of Markdown in a `doc`, where it is first, in the order of the text.
fn slips(doc: &str) -> Vec<Slip<'_>> {
    let parsed = doc::parse(doc);
    let links = "](";
    let link = parsed.blocks.iter().any(|block| match block {
        Block::Text(text) => has_plain(text, links),
        Block::List { items, .. } => items.iter().any(|item| has_plain(item, links)),
    });
    let nested = parsed.nested.map(|part| Slip {
        message: "this list is within another list",
        help: "write lists of one level",
        part,
    });
    let mixed = parsed.mixed.map(|part| Slip {
        message: "this list follows another list",
        help: "use the same marks for all items, or write a sentence between the lists",
        part,
    });
    let link = link.then_some(Slip {
        message: "links with a text aren't formatted",
        help: "write the URL alone: it becomes a link",
        part: links,
    });
    let found = LINES.iter().filter_map(|kind| kind.first(doc));
    let mut slips: Vec<Slip> = found.chain(nested).chain(mixed).chain(link).collect();
    sort_by_key(&mut slips, |slip| doc.find(slip.part));
    slips
}

/// Whether a text has a mark outside of code.
fn has_plain(text: &str, mark: &str) -> bool {
    pieces(text).iter().any(|piece| matches!(piece, Piece::Plain(text) if text.contains(mark)))
}

/// A kind of Markdown that shows at the start of a line.
struct Kind {
    message: &'static str,
    help: &'static str,
    begins: fn(&str) -> bool,
}

const LINES: &[Kind] = &[
    Kind {
        message: "headings aren't formatted",
        help: "write a sentence that says what follows",
        begins: |line| line.starts_with('#') && line.trim_start_matches('#').starts_with(' '),
    },
    Kind {
        message: "quotes aren't formatted",
        help: "write the text without `>`",
        begins: |line| line.starts_with('>'),
    },
    Kind {
        message: "tables aren't formatted",
        help: "write a list with `- `",
        begins: |line| line.starts_with('|'),
    },
    Kind {
        message: "lists with `*` aren't formatted",
        help: "begin each item with `- `",
        begins: |line| line.starts_with("* "),
    },
    Kind {
        message: "emphasis isn't formatted",
        help: "write the text without `*`",
        begins: |line| line.starts_with('*') && !line.starts_with("* "),
    },
    Kind {
        message: "blocks of code aren't formatted",
        help: "write code on one line, in backticks",
        begins: |line| line.strip_prefix("```").is_some_and(|info| !info.contains('`')),
    },
];

impl Kind {
    /// The first line of this kind.
    fn first<'d>(&self, doc: &'d str) -> Option<Slip<'d>> {
        let part = doc.lines().map(str::trim).find(|line| (self.begins)(line))?;
        Some(Slip { message: self.message, help: self.help, part })
    }
}
