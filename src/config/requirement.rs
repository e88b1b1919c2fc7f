//! `requires`: which versions of errcat may write the outputs.

use std::cmp::Ordering;

use crate::text::version::{Core, number};

/// The versions from one up to another, which is not one of them.
#[derive(Clone, Copy)]
pub(super) struct Requirement {
    from: Core,
    to: Core,
}

/// Before every version, and after.
const ANY: Requirement = Requirement { from: [0; 3], to: [u64::MAX; 3] };

impl Requirement {
    /// Reads what Cargo takes, without labels: `0.1`, `~0.1.2`, `0.1.*`, `>=0.1, <0.3`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        text.split(',').try_fold(ANY, |all, bound| {
            let bound = Self::of_bound(bound.trim())?;
            Some(Self { from: all.from.max(bound.from), to: all.to.min(bound.to) })
        })
    }

    fn of_bound(text: &str) -> Option<Self> {
        let numbers = text.trim_start_matches(['=', '<', '>', '^', '~']);
        let operator = text.strip_suffix(numbers)?;
        let parts: Vec<&str> = numbers.trim_start().split('.').collect();
        let given = parts.iter().take_while(|part| **part != "*").map(|part| number(part));
        let given: Vec<u64> = given.collect::<Option<_>>()?;
        let mut stars = parts.iter().skip(given.len());
        let is_open = given.len() < parts.len();
        if parts.len() > 3 || !stars.all(|part| *part == "*") || is_open && !operator.is_empty() {
            return None;
        }
        let Some(last) = given.len().checked_sub(1) else { return Some(ANY) };
        let mut numbers = given.into_iter();
        let from = [(); 3].map(|()| numbers.next().unwrap_or(0));
        let first = from.iter().position(|number| *number > 0).unwrap_or(last).min(last);
        let below = |part| Self { from, to: after(from, part) };
        Some(match operator {
            "" if is_open => below(last),
            "=" => below(last),
            "" | "^" => below(first),
            "~" => below(last.min(1)),
            ">" => Self { from: after(from, last), ..ANY },
            ">=" => Self { from, ..ANY },
            "<" => Self { to: from, ..ANY },
            "<=" => Self { to: after(from, last), ..ANY },
            _ => return None,
        })
    }

    /// Whether it names a version. A pre-release counts as the version that it precedes.
    pub(super) fn accepts(&self, version: Core) -> bool {
        (self.from..self.to).contains(&version)
    }
}

/// The first version after all that begin with the same numbers, up to the one at `last`.
fn after(version: Core, last: usize) -> Core {
    let mut places = 0..;
    version.map(|number| match places.next().cmp(&Some(last)) {
        Ordering::Less => number,
        Ordering::Equal => number.saturating_add(1),
        Ordering::Greater => 0,
    })
}

/// Why a text is not a requirement.
pub(super) fn flaw(text: &str) -> Option<String> {
    let is_known = |c: char| c.is_alphanumeric() || " .,*=<>^~".contains(c);
    text.chars().find(|c| !is_known(*c)).map(|c| format!("it contains `{c}`"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use semver::VersionReq;

    use super::*;

    #[test]
    fn a_requirement_is_what_cargo_takes() {
        for text in
            ["0.1", "=1.2.3", ">= 0.1, <0.3", "~0.1", "^2", "*", "1.*", "1.2.*", "1.*.*", "<=1.4"]
        {
            assert!(Requirement::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            ",",
            "newest",
            ">=1,",
            "1.2.3.4",
            "01",
            "1.",
            "1.*.2",
            ">*",
            ">=0.2.0-rc.1",
            "==1",
            "1 || 2",
            "1 2",
        ] {
            assert!(Requirement::parse(text).is_none(), "{text}");
        }
        assert_eq!(flaw(">=0.2.0-rc.1").as_deref(), Some("it contains `-`"));
        assert_eq!(flaw("newest"), None);
    }

    proptest! {
        #[test]
        fn the_crate_semver_accepts_the_same(
            bounds in prop::collection::vec("((|=|<|<=|>|>=|~|\\^) ?[0-2](\\.[0-2](\\.[0-2])?)?|[01]\\.\\*|[01]\\.[01]\\.\\*)", 1..3),
            versions in prop::collection::vec(prop::array::uniform3(0_u64..4), 20),
        ) {
            let text = bounds.join(", ");
            let (own, its) = (Requirement::parse(&text), VersionReq::parse(&text));
            let (own, its) = (own.expect(&text), its.expect(&text));
            for version in versions {
                let [major, minor, patch] = version;
                let its = its.matches(&semver::Version::new(major, minor, patch));
                prop_assert_eq!(own.accepts(version), its, "{} {:?}", text, version);
            }
        }
    }
}
