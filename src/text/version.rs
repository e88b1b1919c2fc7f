//! Versions as Semantic Versioning 2.0.0 writes and orders them.

#[cfg(feature = "cli")]
use std::cmp::Ordering;
use std::fmt;

/// Major, minor and patch.
pub(crate) type Core = [u64; 3];

/// A version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version {
    pub core: Core,
    /// The labels after `-`; empty for a release.
    pub pre: String,
    /// The labels after `+`.
    build: String,
}

impl Version {
    /// Reads a version; `None` if the text isn't one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (rest, build) = labels(text, '+')?;
        let (core, pre) = labels(rest, '-')?;
        let mut numbers = core.split('.').map(number);
        let core = [numbers.next()??, numbers.next()??, numbers.next()??];
        let is_plain = |label: &str| !is_number(label) || label == "0" || !label.starts_with('0');
        let is_version = numbers.next().is_none() && pre.split('.').all(is_plain);
        is_version.then(|| Self { core, pre: pre.to_owned(), build: build.to_owned() })
    }
}

#[cfg(feature = "cli")]
impl Version {
    pub(crate) fn of(core: Core) -> Self {
        Self { core, pre: String::new(), build: String::new() }
    }

    /// Which of two versions comes later. What follows `+` does not count.
    pub(crate) fn precedence(&self, other: &Self) -> Ordering {
        let labels = || match (self.pre.is_empty(), other.pre.is_empty()) {
            (true, _) | (_, true) => self.pre.is_empty().cmp(&other.pre.is_empty()),
            _ => self.pre.split('.').map(Label::of).cmp(other.pre.split('.').map(Label::of)),
        };
        self.core.cmp(&other.core).then_with(labels)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.core;
        write!(f, "{major}.{minor}.{patch}")?;
        for (sign, labels) in [('-', &self.pre), ('+', &self.build)] {
            if !labels.is_empty() {
                write!(f, "{sign}{labels}")?;
            }
        }
        Ok(())
    }
}

/// A label of a pre-release. Numbers come first; the longer of two is the larger one.
#[cfg(feature = "cli")]
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Label<'v> {
    Number(usize, &'v str),
    Word(&'v str),
}

#[cfg(feature = "cli")]
impl<'v> Label<'v> {
    fn of(text: &'v str) -> Self {
        if is_number(text) { Self::Number(text.len(), text) } else { Self::Word(text) }
    }
}

/// Cuts off the labels after a sign. `None` if they are malformed, or missing after it.
fn labels(text: &str, sign: char) -> Option<(&str, &str)> {
    let Some((before, labels)) = text.split_once(sign) else { return Some((text, "")) };
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    labels.split('.').all(is_label).then_some((before, labels))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of a version, which has no zeros before it.
pub(crate) fn number(text: &str) -> Option<u64> {
    let is_plain = is_number(text) && (text == "0" || !text.starts_with('0'));
    is_plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The order of section 11 of Semantic Versioning, and numbers that no integer holds.
    #[test]
    fn the_order_is_that_of_the_specification() {
        let rising = [
            "0.9.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.9",
            "1.0.0-alpha.10",
            "1.0.0-alpha.99999999999999999999",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "2.0.0",
            "2.1.0",
            "2.1.1",
        ];
        let versions = rising.map(|text| Version::parse(text).expect(text));
        for (one, other) in versions.iter().zip(versions.iter().skip(1)) {
            assert_eq!(one.precedence(other), Ordering::Less, "{one} {other}");
            assert_eq!(other.precedence(one), Ordering::Greater, "{other} {one}");
        }
        let [one, other] = ["1.0.0+a", "1.0.0+b"].map(|text| Version::parse(text).expect(text));
        assert_eq!(one.precedence(&other), Ordering::Equal);
    }

    /// Some of the examples that the specification links to.
    #[test]
    fn a_version_is_what_the_specification_says() {
        for text in [
            "0.0.4",
            "1.1.2-prerelease+meta",
            "1.1.2+meta-valid",
            "1.0.0-alpha0.valid",
            "1.0.0-alpha.0valid",
            "1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay",
            "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
            "1.0.0+0.build.1-rc.10000aaa-kk-0.1",
            "1.0.0-0A.is.legal",
        ] {
            assert_eq!(
                Version::parse(text).map(|version| version.to_string()).as_deref(),
                Some(text)
            );
        }
        for text in [
            "1",
            "1.2",
            "1.2.3-0123",
            "1.2.3-0123.0123",
            "1.1.2+.123",
            "+invalid",
            "-invalid",
            "alpha..1",
            "1.0.0-alpha_beta",
            "1.0.0-alpha..1",
            "01.1.1",
            "1.1.01",
            "1.2.3.DEV",
            "1.2-SNAPSHOT",
            "1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788",
            "1.2.3-",
            "1.2.3+",
            "9.8.7+meta+meta",
            "v1.2.3",
            "1.2.3 ",
            "",
        ] {
            assert!(Version::parse(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_crate_semver_says_the_same(
            one in "[0-2]{1,2}\\.[0-2]\\.[0-2](-[0a.-]{1,4})?(\\+[0a.-]{1,4})?",
            other in "[0-2]\\.[0-2]\\.[0-2](-[0-2a.-]{1,4})?",
        ) {
            let [own, crates] = [&one, &other].map(|text| (Version::parse(text), semver::Version::parse(text).ok())).map(
                |(own, of_crate)| { assert_eq!(own.is_some(), of_crate.is_some()); own.zip(of_crate) },
            );
            if let (Some((one, its_one)), Some((other, its_other))) = (own, crates) {
                prop_assert_eq!(one.precedence(&other), its_one.cmp_precedence(&its_other));
                prop_assert_eq!(one.to_string(), its_one.to_string());
            }
        }
    }
}
