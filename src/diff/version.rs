//! Which version is due (Semantic Versioning 2.0.0), and whether the catalog has it.

use std::cmp::Ordering;

use super::Class;
use crate::catalog::{Catalog, text};
use crate::text::version::Version;
use crate::yaml::NodeId;

/// The version that is due.
pub(super) struct Due {
    /// `major`, `minor`, `patch` or `none`: what has to rise.
    pub part: &'static str,
    pub next: String,
    /// The version of the new catalog.
    pub version: String,
    pub at: NodeId,
    /// The version of the old catalog.
    pub before: Option<String>,
    /// What is wrong with the version of the new catalog, as a sentence without a full stop.
    pub problem: Option<String>,
    /// Whether it is lower than that of the old catalog.
    pub is_lower: bool,
}

impl Due {
    pub(super) fn new(old: Option<&Catalog>, new: &Catalog, class: Option<Class>) -> Self {
        let (version, at) = version(new);
        let before = old.map(|old| self::version(old).0);
        let (part, next) =
            before.as_ref().map_or(("none", version.clone()), |before| next(before, class));
        let order = before.as_ref().map(|before| version.precedence(before));
        let is_lower = order == Some(Ordering::Less);
        let problem = before.as_ref().and_then(|before| {
            if is_lower {
                Some(format!("the version is {version}, which is lower than {before} was"))
            } else if class.is_some()
                && (version.core < next.core || order == Some(Ordering::Equal))
            {
                Some(format!("the version is {version}, but these changes need {next}"))
            } else {
                None
            }
        });
        Self {
            part,
            next: next.to_string(),
            version: version.to_string(),
            at,
            before: before.map(|before| before.to_string()),
            problem,
            is_lower,
        }
    }
}

/// The version of a catalog. One without problems has one.
fn version(catalog: &Catalog) -> (Version, NodeId) {
    let version = text(catalog.version.as_ref()).and_then(Version::parse);
    let at = catalog.version.as_ref().map_or(catalog.range.start, |version| version.at);
    (version.unwrap_or(Version::of([0; 3])), at)
}

/// What has to rise after a version, and the next one.
///
/// A pre-release of a version that has risen enough becomes that version, as with `semver inc` of npm. Below
/// 1.0.0, a breaking change raises the minor version (section 4 of Semantic Versioning promises nothing there,
/// but Cargo and npm take `^0.2.0` for "compatible with 0.2").
fn next(before: &Version, class: Option<Class>) -> (&'static str, Version) {
    let is_pre = !before.pre.is_empty();
    let [major, minor, patch] = before.core;
    match class {
        None => ("none", before.clone()),
        Some(Class::Breaking) if major > 0 => {
            let is_enough = is_pre && minor == 0 && patch == 0;
            ("major", Version::of([if is_enough { major } else { major + 1 }, 0, 0]))
        }
        Some(Class::Breaking | Class::Additive) => {
            let is_enough = is_pre && patch == 0;
            ("minor", Version::of([major, if is_enough { minor } else { minor + 1 }, 0]))
        }
        Some(Class::Editorial) => {
            ("patch", Version::of([major, minor, if is_pre { patch } else { patch + 1 }]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_is_the_lowest_that_says_it() {
        use Class::{Additive, Breaking, Editorial};
        for (before, class, after) in [
            ("1.4.0", Breaking, "2.0.0"),
            ("1.4.2", Additive, "1.5.0"),
            ("1.4.2", Editorial, "1.4.3"),
            ("0.3.1", Breaking, "0.4.0"),
            ("0.3.1", Additive, "0.4.0"),
            ("0.3.1", Editorial, "0.3.2"),
            ("2.0.0-rc.1", Breaking, "2.0.0"),
            ("2.0.0-rc.1", Editorial, "2.0.0"),
            ("1.5.0-rc.1", Breaking, "2.0.0"),
            ("1.5.0-rc.1", Additive, "1.5.0"),
            ("1.4.1-rc.1", Additive, "1.5.0"),
            ("1.4.1-rc.1", Editorial, "1.4.1"),
            ("1.4.0+build.5", Breaking, "2.0.0"),
        ] {
            let (_, next) = next(&Version::parse(before).expect("a version"), Some(class));
            assert_eq!(next.to_string(), after, "{before}, {}", class.name());
        }
    }
}
