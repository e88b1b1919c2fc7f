//! Findings and the summary for programs. docs/verify.md lists the fields.

use super::finding::{Finding, Kind};
use super::report::Source;
use super::{Coverage, Position, Verifier};
use crate::catalog::Entry;
use crate::reading::runtime::Difference;
use crate::render::record::records;
use crate::text::json::Json;

records! {
    /// A group of findings that say the same; with `--each`, a response.
    #[derive(Clone, Debug)]
    pub(crate) struct Facts {
        /// What it is. If a response is several things, what comes first in the table above.
        pub kind: &'static str,
        /// The other kinds of the response. Always empty for a group.
        pub also: Vec<String>,
        /// The id of the surface; null if it is of none, or may be of several.
        pub surface: Option<String>,
        /// The ids of all surfaces that it may be of.
        pub surfaces: Vec<String>,
        /// The status of the response; in an event stream, the one that the event names.
        pub status: Option<u16>,
        /// The code in the body, if it looks like a code.
        pub code: Option<String>,
        /// The name of the error; null if the catalog doesn't have it.
        pub error: Option<String>,
        /// The statuses that the catalog lists for it.
        pub documented: Vec<u16>,
        /// Whether it is in an event stream.
        pub is_in_stream: bool,
        /// Where the body differs from the shape; at most 20 places.
        pub differences: Vec<Differs>,
        /// The finding in words.
        pub message: String,
        /// What to do.
        pub help: Option<String>,
        /// YAML to paste into the catalog.
        pub paste: Option<String>,
        /// How many responses are like this.
        pub count: u64,
        /// The file of the first of them; `-` for standard input.
        pub file: String,
        /// Its line, in lines of JSON.
        pub line: Option<u64>,
        /// Its entry, in a HAR or in a file of several saved responses.
        pub entry: Option<u64>,
        /// The method of the request.
        pub method: Option<String>,
        /// The address, without the user, the query and what looks like a key.
        pub url: Option<String>,
        /// The body, without what looks like a key. Only with `--show-bodies`.
        pub body: Option<String>,
    }

    /// A place where a body differs from the shape.
    #[derive(Clone, Debug)]
    pub(crate) struct Differs {
        /// A JSON pointer. For a missing member, the place where it should be.
        pub pointer: String,
        /// How it differs.
        pub what: String,
    }

    /// The last line.
    #[derive(Debug)]
    pub(crate) struct Summary {
        /// How many files were read.
        pub files: u64,
        /// How many responses they hold.
        pub responses: u64,
        /// How many of each kind, by its name.
        pub kinds: Json,
        /// How many differ from the catalog, including those that can't be read.
        pub problems: u64,
        /// How many groups there are.
        pub groups: u64,
        /// How many findings are in no group, because there are more than 1,000 groups.
        pub ungrouped: u64,
        /// Hosts of addresses that are in no `servers`; at most five.
        pub other_hosts: Vec<String>,
        /// What was seen of each surface.
        pub coverage: Vec<Covered>,
        /// Whether enough errors were seen for `--coverage`.
        pub is_enough: bool,
    }

    /// What was seen of a surface.
    #[derive(Clone, Debug)]
    pub(crate) struct Covered {
        /// Its id.
        pub surface: String,
        /// How many errors it has, without deprecated ones.
        pub errors: u64,
        /// How many of them were seen as the catalog says.
        pub seen: u64,
        /// The names of the others.
        pub never: Vec<String>,
    }
}

impl Verifier {
    /// A finding, with the others in the same response.
    pub(crate) fn facts(
        &self,
        finding: &Finding,
        others: &[Finding],
        source: &Source,
        count: u64,
    ) -> Facts {
        let ids = finding.places.iter().map(|&place| self.id(place).to_owned());
        let surfaces: Vec<String> = ids.collect();
        let entry = self.entry(finding);
        let (help, paste) = match self.help(finding, source) {
            Some(help) => (Some(help.text), help.paste),
            None => (None, None),
        };
        let differences = others.iter().fold(&finding.differences, |all, other| {
            if all.is_empty() { &other.differences } else { all }
        });
        let differs =
            |one: &Difference| Differs { pointer: one.pointer.clone(), what: one.what.clone() };
        let (line, entry_number) = match source.position {
            Position::File => (None, None),
            Position::Line(line) => (Some(line), None),
            Position::Entry(entry) => (None, Some(entry)),
        };
        let mut also: Vec<String> =
            others.iter().map(|other| other.kind.name().to_owned()).collect();
        also.dedup();
        Facts {
            kind: finding.kind.name(),
            also,
            surface: match surfaces.as_slice() {
                [one] => Some(one.clone()),
                _ => None,
            },
            surfaces,
            status: finding.status,
            code: self.code(finding),
            error: entry.and_then(Entry::name).map(str::to_owned),
            documented: entry.iter().flat_map(|one| &one.statuses).map(|it| it.value).collect(),
            is_in_stream: finding.is_in_stream,
            differences: differences.iter().map(differs).collect(),
            message: self.headline(finding, source),
            help,
            paste,
            count,
            file: source.file.clone(),
            line,
            entry: entry_number,
            method: source.method.clone(),
            url: source.url.clone(),
            body: source.body.clone(),
        }
    }

    /// What was seen, in numbers.
    pub(crate) fn summary(&self, files: u64, coverage: &[Coverage], is_enough: bool) -> Summary {
        let report = self.report();
        let count = |kind: Kind| (kind.name().to_owned(), Json::from(report.count(kind)));
        let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let covered = coverage.iter().map(|one| Covered {
            surface: self.id(one.place).to_owned(),
            errors: number(one.errors),
            seen: number(one.errors - one.never.len()),
            never: one.never.clone(),
        });
        Summary {
            files,
            responses: report.responses(),
            kinds: Json::Object(Kind::ALL.into_iter().map(count).collect()),
            problems: report.problems(),
            groups: number(report.groups().len()),
            ungrouped: report.others,
            other_hosts: report.hosts.iter().cloned().collect(),
            coverage: covered.collect(),
            is_enough,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Facts, Summary};
    use crate::render::described::Described as _;

    #[test]
    fn the_page_about_verify_has_every_field() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/verify.md");
        let page = fs::read_to_string(page).unwrap();
        let mut records = Vec::new();
        Facts::describe(&mut records);
        Summary::describe(&mut records);
        assert_eq!(records.len(), 4);
        for field in records.iter().flat_map(|record| &record.fields) {
            let row = format!("| `{}` | {} |", field.name, field.about);
            assert!(page.contains(&row), "docs/verify.md lacks {row}");
        }
    }
}
