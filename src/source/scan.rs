//! One pass over the source: which codes it uses, and which codes in it the catalogs don't have.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use regex::bytes::Regex;

use super::codes::{Codes, Scope};
use super::files;
use super::spellings::{Spellings, is_quoted};
use crate::config::{CodeSource, Plan, absolute, choose};
use crate::error::Error;
use crate::text::paths;
use crate::yaml::Span;

/// What a pass over the source found.
pub(super) struct Scan {
    /// The number of source files.
    pub files: usize,
    /// What was found for each item of `sources`.
    pub seen: Vec<Seen>,
    /// The files with an undocumented code that no file before has: their paths and texts.
    pub sources: Vec<(String, String)>,
    pub undocumented: Vec<Undocumented>,
}

/// What was found for an item of `sources`.
#[derive(Default)]
pub(super) struct Seen {
    pub files: usize,
    /// How many files each glob matches.
    pub by_glob: Vec<usize>,
    /// How many codes the regular expression finds.
    pub codes: usize,
}

/// A code in the source that the catalog doesn't have.
pub(super) struct Undocumented {
    pub code: String,
    /// The index of the item of `sources`.
    pub source: usize,
    /// Where it is first: the index of the file, and the place.
    pub file: usize,
    pub span: Span,
    /// At how many places it is.
    pub places: usize,
}

impl Scan {
    /// Reads all files that a plan names. Marks the codes that they use.
    ///
    /// # Errors
    /// If a file can't be read.
    pub(super) fn of(plan: &Plan, codes: &mut Codes) -> Result<Self, Error> {
        let Codes { list, scopes } = codes;
        let spellings = Spellings::of(list)?;
        let seen =
            |source: &CodeSource| Seen { by_glob: vec![0; source.globs.len()], ..Seen::default() };
        let seen = plan.sources.iter().map(seen).collect();
        let mut scan = Self { files: 0, seen, sources: Vec::new(), undocumented: Vec::new() };
        let mut known = BTreeMap::new();
        let working = absolute("".as_ref());
        let sources = || plan.sources.iter().zip(scopes.iter()).enumerate();
        for file in files::below(plan)? {
            let chosen = sources().filter(|(_, (source, _))| choose(&source.globs, &file));
            let chosen: Vec<(usize, (&CodeSource, &Scope))> = chosen.collect();
            if chosen.is_empty() {
                continue;
            }
            let path = paths::relative(&working, &file);
            let content = fs::read(&file).map_err(|error| Error::io("read", &path, error))?;
            if !files::is_source(&content) {
                continue;
            }
            scan.files += 1;
            let before = scan.undocumented.len();
            for (index, (source, scope)) in &chosen {
                scan.count(*index, source, &file);
                let Some(code) = &source.code else { continue };
                for used in scan.read((*index, scope), code, &content, &mut known) {
                    if let Some(code) = list.get_mut(used) {
                        code.is_used = true;
                    }
                }
            }
            if scan.undocumented.len() > before {
                let text = String::from_utf8_lossy(&content).into_owned();
                scan.sources.push((path.to_string_lossy().replace('\\', "/"), text));
            }
            spellings.find(&content, |index| {
                if let Some(code) = list.get_mut(index) {
                    code.is_used |= chosen.iter().any(|(_, (_, scope))| scope.has(code));
                }
            });
        }
        Ok(scan)
    }

    fn count(&mut self, index: usize, source: &CodeSource, file: &std::path::Path) {
        let Some(seen) = self.seen.get_mut(index) else { return };
        seen.files += 1;
        for (glob, files) in source.globs.iter().zip(&mut seen.by_glob) {
            *files += usize::from(glob.matches(file));
        }
    }

    /// Reads the codes that a regular expression finds in a file. Returns the indexes of those that are known.
    fn read(
        &mut self,
        (source, scope): (usize, &Scope),
        code: &Regex,
        content: &[u8],
        known: &mut BTreeMap<(usize, String, String), usize>,
    ) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        let mut cursor = Cursor { at: 0, line: 1, column: 1 };
        for found in code.captures_iter(content).filter_map(|all| all.name("code")) {
            if found.is_empty() {
                continue;
            }
            if let Some(seen) = self.seen.get_mut(source) {
                seen.codes += 1;
            }
            let code = String::from_utf8_lossy(found.as_bytes()).into_owned();
            let before = content.get(..found.start()).unwrap_or_default();
            let after = content.get(found.end()..).unwrap_or_default();
            let meant = scope.meant(&code, !is_quoted(before, after));
            if !meant.is_empty() {
                used.extend(meant);
                continue;
            }
            let key = (scope.catalog, scope.name.clone(), code.clone());
            if let Some(one) = known.get(&key).and_then(|at| self.undocumented.get_mut(*at)) {
                one.places += 1;
                continue;
            }
            known.insert(key, self.undocumented.len());
            let (line, column) = cursor.go_to(content, found.start());
            let span = Span { line, column, length: code.chars().count() };
            let file = self.sources.len();
            self.undocumented.push(Undocumented { code, source, file, span, places: 1 });
        }
        used
    }
}

/// A place in a file that only moves on, so that a file is counted once.
struct Cursor {
    at: usize,
    line: usize,
    column: usize,
}

impl Cursor {
    /// The line and the column of a byte, which lies after those before.
    fn go_to(&mut self, content: &[u8], at: usize) -> (usize, usize) {
        for byte in content.get(self.at..at).unwrap_or_default() {
            if *byte == b'\n' {
                self.line += 1;
                self.column = 1;
            } else if byte & 0xc0 != 0x80 {
                self.column += 1;
            }
        }
        self.at = at;
        (self.line, self.column)
    }
}
