//! The rule about codes that are almost the same. Its time and its output grow with the number of codes,
//! not with that of their pairs.

use std::cell::LazyCell;
use std::str::Chars;

use super::Check;
use crate::catalog::{Code, Entry, Surface};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::{SortedMap, SortedSet, repeats_by, sort_by_key};
use crate::text::ident::{self, Case};
use crate::yaml::NodeId;

pub(super) const CHECKS: &[&Check] = &[&NEAR_CODE];

const NEAR_CODE: Check = Check {
    rule: Rule {
        name: "near-code",
        what: "two codes of one surface that differ in one character of a rare word, or only in `_` and case",
        why: "one of them may be a typo, and people confuse the two",
        fix: "correct the one that is a typo",
        bad: "- {code: expired_token, …}\n- {code: expired_tokn, …}",
        good: "- {code: expired_token, …}\n- {code: revoked_token, …}",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            for (later, earlier) in near(&long_codes(surface)) {
                let Some(difference) = later.difference(earlier) else { continue };
                let (one, other) = (later.text, earlier.text);
                let message = format!("`{one}` and `{other}` differ only in {difference}");
                let problem = Diagnostic::of(rule, later.at, message);
                report.push(problem.also(earlier.at, "the other one"));
            }
        }
    },
};

/// The shortest code that is compared, in characters. Shorter ones are near to many.
const MIN_LENGTH: usize = 5;

/// How many codes a word must be in to be common, which no typo is. Among the 201 codes of Slack's Web API, `typ` is
/// in two for `type`, and `users` in five for `user`.
const COMMON: usize = 10;

/// A code of text.
struct Coded<'c> {
    text: &'c str,
    /// The code without `_`, in lower case.
    plain: String,
    at: NodeId,
    entry: &'c Entry,
}

impl Coded<'_> {
    /// How two codes differ, if they are near. Codes that differ in a digit are not.
    fn difference(&self, other: &Self) -> Option<&'static str> {
        if self.plain == other.plain {
            return Some("`_` and case");
        }
        let (mut one, mut other) = (self.text.chars(), other.text.chars());
        skip_common(&mut one, &mut other);
        let (one, other): (Vec<char>, Vec<char>) = (one.take(3).collect(), other.take(3).collect());
        if one.iter().chain(&other).any(char::is_ascii_digit) {
            return None;
        }
        match (one.as_slice(), other.as_slice()) {
            ([_], [] | [_]) | ([], [_]) => Some("one character"),
            ([a, b], [c, d]) if a == d && b == c => Some("the order of two characters"),
            _ => None,
        }
    }

    /// The words of a code.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split(|c: char| !c.is_alphanumeric())
    }

    /// The only word in which two codes differ.
    fn other_word<'a>(&'a self, other: &'a Self) -> Option<(&'a str, &'a str)> {
        let mut words = self.words().zip(other.words()).filter(|(one, other)| one != other);
        words.next().filter(|_| words.next().is_none() && self.plain != other.plain)
    }

    /// Whether the rule colliding-name reports both, because they become the same name.
    fn collides_with(&self, other: &Self) -> bool {
        let ident = |entry: &Entry| ident::in_case(entry.name()?, Case::Pascal);
        ident(self.entry) == ident(other.entry)
    }
}

/// Skips what two texts have in common at their start, and then at their end.
fn skip_common(one: &mut Chars, other: &mut Chars) {
    while let (Some(a), Some(b)) = (one.clone().next(), other.clone().next())
        && a == b
    {
        one.next();
        other.next();
    }
    while let (Some(a), Some(b)) = (one.clone().next_back(), other.clone().next_back())
        && a == b
    {
        one.next_back();
        other.next_back();
    }
}

/// The codes of a surface that are text and not short, each once, in the order of the file. The author of a
/// deprecated one has seen both.
fn long_codes(surface: &Surface) -> Vec<Coded<'_>> {
    let mut codes = Vec::new();
    for entry in &surface.errors {
        if let Some(code) = entry.code.given()
            && let Code::Text(text) = &code.value
            && text.chars().count() >= MIN_LENGTH
            && entry.deprecated.is_none()
        {
            let plain = text.replace('_', "").to_lowercase();
            codes.push(Coded { text, plain, at: code.at, entry });
        }
    }
    let again = repeats_by(&codes, |code| Some(code.text)).into_iter();
    let again: SortedSet<NodeId> = again.map(|(again, _)| again.at).collect();
    codes.retain(|code| !again.contains(&code.at));
    sort_by_key(&mut codes, |code| code.at);
    codes
}

/// Each code that is near to an earlier one, with that one.
fn near<'a, 'c>(codes: &'a [Coded<'c>]) -> Vec<(&'a Coded<'c>, &'a Coded<'c>)> {
    let mut earliest: SortedMap<usize, usize> = SortedMap::new();
    let counts = LazyCell::new(|| {
        let mut counts: SortedMap<&str, usize> = SortedMap::new();
        for word in codes.iter().flat_map(Coded::words) {
            *counts.entry(word).or_default() += 1;
        }
        counts
    });
    let is_common = |word: &str| counts.get(word).is_some_and(|count| *count >= COMMON);
    let are_both_common = |one: &Coded, other: &Coded| {
        one.other_word(other).is_some_and(|(one, other)| is_common(one) && is_common(other))
    };
    let mut compare = |one: usize, other: usize| {
        let (earlier, later) = (one.min(other), one.max(other));
        if earlier < later
            && let (Some(a), Some(b)) = (codes.get(earlier), codes.get(later))
            && b.difference(a).is_some()
            && !are_both_common(a, b)
            && !b.collides_with(a)
        {
            let known = earliest.entry(later).or_insert(earlier);
            *known = earlier.min(*known);
        }
    };
    let numbered = || codes.iter().enumerate();
    for ((later, _), (earlier, _)) in repeats_by(numbered(), |(_, code)| Some(&code.plain)) {
        compare(earlier, later);
    }
    // Near codes have a part in common, and what each lacks there is at places that are at most one apart.
    let mut parts = shared_parts(codes);
    parts.sort_unstable();
    for same in parts.chunk_by(|one, other| one.hash == other.hash).filter(|same| same.len() > 1) {
        let whole = same.iter().find(|part| part.deleted.is_none());
        let mut before = None;
        // Those that lack a character at one place are near to each other.
        for group in same.chunk_by(|one, other| one.deleted == other.deleted) {
            let first = group.first();
            for part in group {
                for other in whole.into_iter().chain(before).chain(first) {
                    compare(other.code, part.code);
                }
            }
            before = first;
        }
    }
    let pair = |(later, earlier)| Some((codes.get(later)?, codes.get(earlier)?));
    earliest.into_iter().filter_map(pair).collect()
}

/// A code, or what is left of it without one character.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    hash: u64,
    /// The place of the deleted character; `None` for the whole code.
    deleted: Option<u16>,
    /// The position of the code.
    code: usize,
}

/// The parts of all codes that two may have in common. Most parts belong to one code alone, and keeping and
/// sorting them would take more time and memory than anything else here.
fn shared_parts(codes: &[Coded]) -> Vec<Part> {
    let mut ends = Vec::new();
    let mut for_each = |take: &mut dyn FnMut(Part)| {
        for (code, Coded { text, .. }) in codes.iter().enumerate() {
            parts(code, text, &mut ends, take);
        }
    };
    let most: usize = codes.iter().map(|code| code.text.len() + 1).sum();
    // How often the first bits of each hash were met: not at all, once or more.
    let mut met = vec![0_u8; most.saturating_mul(4).next_power_of_two().max(2)];
    let unused = u64::BITS - met.len().trailing_zeros();
    let slot = |part: &Part| usize::try_from(part.hash >> unused).unwrap_or_default();
    for_each(&mut |part| {
        if let Some(met) = met.get_mut(slot(&part)) {
            *met = met.saturating_add(1);
        }
    });
    let mut shared = Vec::new();
    for_each(&mut |part| {
        if met.get(slot(&part)).is_some_and(|met| *met > 1) {
            shared.push(part);
        }
    });
    shared
}

/// The parts of a code. Digits are not deleted, because codes that differ in one are not near. The hash of
/// a text is a polynomial, so that the hash of each part follows from those of its two halves.
///
/// `ends` gets the hash of each end of the text, with the power of the base that comes before it; the longest last.
fn parts(code: usize, text: &str, ends: &mut Vec<(u64, u64)>, take: &mut dyn FnMut(Part)) {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    ends.clear();
    ends.push((0, 1));
    let (mut hash, mut power) = (0_u64, 1_u64);
    for c in text.chars().rev() {
        hash = hash.wrapping_add(u64::from(c).wrapping_mul(power));
        power = power.wrapping_mul(BASE);
        ends.push((hash, power));
    }
    take(Part { hash, deleted: None, code });
    let mut before = 0_u64;
    for ((place, c), (end, power)) in (0..).zip(text.chars()).zip(ends.iter().rev().skip(1)) {
        if !c.is_ascii_digit() {
            let hash = before.wrapping_mul(*power).wrapping_add(*end);
            take(Part { hash, deleted: Some(place), code });
        }
        before = before.wrapping_mul(BASE).wrapping_add(u64::from(c));
    }
}
