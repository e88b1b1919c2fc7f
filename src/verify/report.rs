//! What was seen in all recordings together: findings that say the same are one group.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Kind};
use super::redact;
use crate::reading::{Item, Place};

/// The most groups. More than this would help nobody, and take memory.
const MAX_GROUPS: usize = 1000;

/// How many hosts that are in no `servers` are named.
const MAX_HOSTS: usize = 5;

/// What was seen.
#[derive(Default)]
pub(crate) struct Report {
    /// How many responses there were of each kind.
    counts: BTreeMap<Kind, u64>,
    groups: BTreeMap<Key, Group>,
    /// How many findings are in no group, because there are too many.
    pub others: u64,
    /// The errors that were seen as the catalog says.
    pub(super) seen: BTreeSet<(Place, usize)>,
    /// Hosts that are in no `servers`.
    pub hosts: BTreeSet<String>,
    pub has_more_hosts: bool,
}

/// What findings of one group have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    kind: Kind,
    places: Vec<Place>,
    status: Option<u16>,
    code: Option<String>,
    item: Option<Item>,
    /// How the body differs, with `*` for the positions in lists.
    differs: Vec<(String, String)>,
    is_in_stream: bool,
}

impl Key {
    fn of(finding: &Finding) -> Self {
        let differences =
            finding.differences.iter().map(|one| (general(&one.pointer), one.what.clone()));
        let mut differs: Vec<(String, String)> = differences.collect();
        // The place where JSON is broken is another each time.
        let broken =
            finding.mismatch.as_deref().and_then(|words| words.split(['(', ',', ':']).next());
        if let (true, Some(broken)) = (differs.is_empty(), broken) {
            differs.push((String::new(), broken.to_owned()));
        }
        differs.sort();
        differs.dedup();
        Self {
            kind: finding.kind,
            places: finding.places.clone(),
            status: finding.status,
            code: finding.code.as_deref().and_then(redact::code).map(str::to_owned),
            item: finding.item,
            differs,
            is_in_stream: finding.is_in_stream,
        }
    }
}

/// A JSON pointer with `*` for the positions in lists.
fn general(pointer: &str) -> String {
    let is_position =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = pointer.split('/').map(|part| if is_position(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Findings that say the same.
pub(crate) struct Group {
    pub count: u64,
    /// The first of them.
    pub finding: Finding,
    pub source: Source,
    /// The order in which groups were first seen.
    order: usize,
}

/// Where a response is.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub file: String,
    pub position: super::Position,
    /// The request, without what may be secret.
    pub method: Option<String>,
    pub url: Option<String>,
    /// The first members of the body, if it is an object.
    pub members: Vec<String>,
    /// The body, redacted. None unless it was asked for.
    pub body: Option<String>,
}

impl Report {
    /// Counts a response. `source` is asked for once a group.
    pub(super) fn add(&mut self, findings: &[Finding], source: &mut dyn FnMut() -> Source) {
        if let Some(first) = findings.first() {
            *self.counts.entry(first.kind).or_default() += 1;
        }
        for finding in findings {
            if let (Kind::Documented | Kind::Deprecated, Some(Item::Error(index))) =
                (finding.kind, finding.item)
            {
                let places = finding.places.iter().take(1);
                self.seen.extend(places.map(|&place| (place, index)));
            }
            if !finding.kind.is_problem() {
                continue;
            }
            let key = Key::of(finding);
            let order = self.groups.len();
            if let Some(group) = self.groups.get_mut(&key) {
                group.count += 1;
            } else if order < MAX_GROUPS {
                let (finding, source) = (finding.clone(), source());
                self.groups.insert(key, Group { count: 1, finding, source, order });
            } else {
                self.others += 1;
            }
        }
    }

    /// Remembers the host of an address that is in no `servers`.
    pub(super) fn add_host(&mut self, address: &str) {
        let host: String =
            address.split('/').next().unwrap_or_default().chars().take(100).collect();
        if self.hosts.len() < MAX_HOSTS || self.hosts.contains(&host) {
            self.hosts.insert(host);
        } else {
            self.has_more_hosts = true;
        }
    }

    /// The groups, most frequent first.
    pub(crate) fn groups(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.groups.values().collect();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.count), group.order));
        groups
    }

    pub(crate) fn count(&self, kind: Kind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// How many responses there were, with requests without one and what can't be read.
    pub(crate) fn all(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many responses there were.
    pub(crate) fn responses(&self) -> u64 {
        self.all() - self.count(Kind::Unreadable) - self.count(Kind::NoResponse)
    }

    /// How many responses were not as the catalogs say.
    pub(crate) fn problems(&self) -> u64 {
        let problems = self.counts.iter().filter(|(kind, _)| kind.is_problem());
        problems.map(|(_, count)| count).sum()
    }
}
