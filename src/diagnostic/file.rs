//! The diagnostics of one file, with their places in its text.

use std::rc::Rc;
use std::sync::Arc;

use super::{Diagnostic, Place, Report, Source, Sources};
use crate::sorted::{SortedMap, SortedSet, sort_by_key};
use crate::yaml::{NodeId, Span, locate};

/// Every problem that errcat found in one file, in the order of the file. `Display` prints them as
/// [`to_text`](Self::to_text) does, without colors.
pub struct Diagnostics {
    /// This file, and those that were read with it.
    sources: Arc<Sources>,
    file: usize,
    pub(super) list: Vec<Diagnostic>,
    /// How many more of each rule there are than the list holds.
    pub(super) unlisted: SortedMap<&'static str, usize>,
    /// The most problems of each rule to print, if somebody chose it.
    pub(super) max: Option<usize>,
}

impl Diagnostics {
    /// The diagnostics of a file of `sources`.
    pub(crate) fn new(sources: &Arc<Sources>, file: usize, report: Report) -> Self {
        let mut list = report.list;
        sort_by_key(&mut list, |diagnostic| diagnostic.place);
        Self { sources: Arc::clone(sources), file, list, unlisted: report.unkept, max: None }
    }

    /// The path of the file, as it was named.
    #[must_use]
    pub fn path(&self) -> &str {
        self.source().map_or("", |source| &source.path)
    }

    fn source(&self) -> Option<&Source> {
        self.sources.get(self.file)
    }

    /// Drops what another report about the same file says too. A file is reported once for each catalog
    /// that includes it.
    pub(crate) fn drop_known(&mut self, others: &[Self]) {
        let known: SortedSet<_> = others
            .iter()
            .filter(|other| other.path() == self.path())
            .flat_map(|other| other.list.iter().map(|one| other.identity(one)))
            .collect();
        if !known.is_empty() {
            let mut list = std::mem::take(&mut self.list);
            list.retain(|diagnostic| !known.contains(&self.identity(diagnostic)));
            self.list = list;
        }
    }

    /// What identifies a problem, whatever was read with the file: its rule, place and message.
    fn identity<'d>(&self, diagnostic: &'d Diagnostic) -> (&'static str, Place, &'d str) {
        let first = self.source().map_or(NodeId::FIRST, |source| source.first);
        let place = match diagnostic.place {
            Place::Scalar(at) => Place::Scalar(at.moved(first, NodeId::FIRST)),
            part @ Place::Text(_) => part,
        };
        (diagnostic.rule.name, place, &diagnostic.message)
    }

    /// Whether the file has no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number of problems.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.unlisted.values().sum::<usize>()
    }

    /// The problems, in the order of the file. Those of a rule beyond a hundred thousand are only counted.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Some of the problems, each with its places in the text, and with the value it is about in its help.
    pub(super) fn placed<'f>(&'f self, shown: &[&'f Diagnostic]) -> Vec<Placed<'f>> {
        let texts = Texts::new(&self.sources, self.file, shown);
        shown.iter().map(|diagnostic| placed(diagnostic, &texts)).collect()
    }
}

/// The files that some diagnostics point into, with the place of each scalar that they point to.
struct Texts<'f> {
    sources: &'f Sources,
    /// The file that the diagnostics are about.
    file: usize,
    lines: SortedMap<usize, Rc<[&'f str]>>,
    spans: SortedMap<NodeId, Span>,
}

impl<'f> Texts<'f> {
    fn new(sources: &'f Sources, file: usize, diagnostics: &[&Diagnostic]) -> Self {
        let mut wanted: SortedMap<usize, Vec<NodeId>> = SortedMap::from([(file, Vec::new())]);
        for diagnostic in diagnostics {
            let also = diagnostic.also.iter().map(|(place, _)| *place);
            for place in also.chain([diagnostic.place]) {
                if let Place::Scalar(at) = place {
                    wanted.entry(sources.file_of(at)).or_default().push(at);
                }
            }
        }
        let mut texts = Self { sources, file, lines: SortedMap::new(), spans: SortedMap::new() };
        for (file, mut wanted) in wanted {
            let Some(source) = sources.get(file) else { continue };
            texts.lines.insert(file, source.text.lines().collect());
            wanted.sort_unstable();
            wanted.dedup();
            let spans = locate(&source.text, source.first, &wanted);
            texts.spans.extend(wanted.into_iter().zip(spans));
        }
        texts
    }

    fn mark(&self, place: Place, label: Option<&'f str>) -> Mark<'f> {
        let (file, span) = match place {
            Place::Text(span) => (self.file, span),
            Place::Scalar(at) => {
                (self.sources.file_of(at), self.spans.get(&at).copied().unwrap_or(Span::START))
            }
        };
        let path = self.sources.get(file).map_or("", |source| &source.path);
        let lines = self.lines.get(&file).map(Rc::clone).unwrap_or_default();
        Mark { path, lines, span, label }
    }
}

fn placed<'f>(diagnostic: &'f Diagnostic, texts: &Texts<'f>) -> Placed<'f> {
    let mut own = texts.mark(diagnostic.place, None);
    if let Some(part) = &diagnostic.part {
        let lines = own.lines.get(own.span.line.saturating_sub(1)..).unwrap_or_default();
        own.span = within(own.span, lines, part);
    }
    let help = if diagnostic.help.contains(VALUE) {
        let line = own.lines.get(own.span.line.saturating_sub(1)).copied().unwrap_or_default();
        let value = line.chars().skip(own.span.column - 1);
        let value: String = value.take(own.span.length.min(MAX_VALUE)).collect();
        diagnostic.help.replace(VALUE, &value)
    } else {
        diagnostic.help.clone()
    };
    let also = diagnostic.also.iter().map(|(place, label)| texts.mark(*place, Some(label)));
    Placed { diagnostic, own, also: also.collect(), help }
}

/// The place of a part of a value, or of the whole value if no line of it has such a part. `lines` begin with
/// its first one.
fn within(value: Span, lines: &[&str], part: &str) -> Span {
    let Some((first, others)) = lines.split_first() else { return value };
    let length = part.chars().count().max(1);
    let own: String = first.chars().skip(value.column - 1).take(value.length).collect();
    if let Some((before, _)) = own.split_once(part) {
        return Span { column: value.column + before.chars().count(), length, ..value };
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_inside = |line: &&&str| line.trim().is_empty() || indent(line) > indent(first);
    let block = others.iter().take_while(is_inside).filter(|_| own.starts_with(['|', '>']));
    let mut found = (value.line + 1..).zip(block).filter_map(|(line, text)| {
        let (before, _) = text.split_once(part)?;
        Some(Span { line, column: before.chars().count() + 1, length })
    });
    found.next().unwrap_or(value)
}

/// A place in a help line for the value that the diagnostic is about, as the file spells it.
pub(crate) const VALUE: &str = "{value}";

/// The longest value in a help line, in characters. The rest is cut.
const MAX_VALUE: usize = 80;

/// A diagnostic with its places.
pub(super) struct Placed<'f> {
    pub diagnostic: &'f Diagnostic,
    /// The place of the problem.
    pub own: Mark<'f>,
    /// The other places.
    pub also: Vec<Mark<'f>>,
    pub help: String,
}

/// A place in a file, and what to write there. The place of the problem itself has no label.
#[derive(Clone)]
pub(super) struct Mark<'f> {
    pub path: &'f str,
    /// The lines of the file.
    pub lines: Rc<[&'f str]>,
    pub span: Span,
    pub label: Option<&'f str>,
}
