//! A source of random choices that is the same on every machine.

use std::collections::BTreeSet;

use crate::fixture;

/// Knuth's linear congruential generator.
pub(super) struct Pick(u64);

impl Pick {
    pub(super) fn new(seed: u64) -> Self {
        let mut pick = Self(seed);
        // The first numbers of near seeds are near each other.
        for _ in 0..8 {
            pick.below(2);
        }
        pick
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// True once in `n` times.
    pub(super) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(super) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A number of things: few as a rule, once in a while many.
    pub(super) fn count(&mut self, least: usize, many: usize) -> usize {
        least + if self.one_in(16) { self.below(many) } else { self.below(4) }
    }

    /// A text of one line: words, an odd one, or a long one.
    pub(super) fn text(&mut self) -> String {
        if self.one_in(6) {
            let odd = fixture::accepted();
            return self.of(&odd).clone();
        }
        let words = if self.one_in(12) { 60 } else { 2 + self.below(7) };
        let words: Vec<&str> = (0..words).map(|_| *self.of(WORDS)).collect();
        words.join(" ").trim_matches(|c: char| c.is_whitespace() || ".:;,!?".contains(c)).to_owned()
    }

    /// A name that wasn't handed out before, not even in another case or with other punctuation.
    pub(super) fn name(&mut self, odd: &[&str], used: &mut BTreeSet<String>) -> String {
        loop {
            let name = match self.below(4) {
                0 | 1 => (*self.of(odd)).to_owned(),
                2 => (0..=self.below(4))
                    .map(|_| *self.of(&["a", "b", "A", "B", "_", "1", "x"]))
                    .collect(),
                _ => format!("{}_{}", self.of(NOUNS), self.of(NOUNS)),
            };
            let is_fine = name.starts_with(|c: char| c.is_ascii_alphabetic());
            if is_fine && used.insert(name.clone()) {
                return name;
            }
            // The odd ones run out.
            let name = format!("{}_{}", self.of(NOUNS), used.len());
            if used.insert(name.clone()) {
                return name;
            }
        }
    }
}

const WORDS: &[&str] = &[
    "the",
    "key",
    "`plan`",
    "limit",
    "is",
    "used",
    "up",
    "for",
    "this",
    "*month*",
    "naïve",
    "错误",
    "😀",
    "request.",
    "https://acme.dev/a_b?c=d",
    "<b>",
    "`<code>`",
    "A_very_long_identifier_of_the_server",
    "C#",
    "{x}",
    "[link](x)",
    "don't",
    "\"quoted\"",
    "\\",
    "$HOME",
    "%s",
    "100%",
    "a/b",
    "€",
    "//",
    "*/",
    "#1",
    "|",
    "~",
    "&amp;",
    "e.g.",
    "1.",
    "-",
    "+",
    "=",
];

const NOUNS: &[&str] = &[
    "key", "plan", "limit", "user", "order", "invoice", "region", "token", "quota", "line", "page",
];
