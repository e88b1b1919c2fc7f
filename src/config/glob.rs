//! Globs of `sources`, as in .gitignore.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::text::paths;

/// A glob that chooses files, or leaves files out.
#[derive(Clone, Debug)]
pub(crate) struct Glob {
    /// As the config spells it.
    pub text: String,
    /// The folder that it looks into.
    pub base: PathBuf,
    /// Whether it leaves files out.
    pub excludes: bool,
    matcher: Gitignore,
}

impl Glob {
    /// A glob of a config in a folder, which is absolute.
    ///
    /// # Errors
    /// Why it can't be read.
    pub(super) fn new(text: &str, folder: &Path) -> Result<Self, String> {
        let (excludes, path) = text.strip_prefix('!').map_or((false, text), |path| (true, path));
        let path = path.strip_prefix("./").unwrap_or(path);
        let is_literal = |part: &&str| !part.contains(['*', '?', '[', '{', '\\']);
        let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        // The last part stays in the pattern, whether it is literal or not.
        let most = parts.len().saturating_sub(1);
        let literal = parts.iter().take(most).take_while(|part| is_literal(part)).count();
        let (base, pattern) = parts.split_at_checked(literal).unwrap_or_default();
        let root = if path.starts_with('/') { Path::new("/") } else { folder };
        let base = paths::without_dots(&root.join(base.iter().collect::<PathBuf>()));
        let pattern = pattern.join("/");
        let line = match pattern.as_str() {
            "" | "." | ".." => return Err("it names no files".to_owned()),
            // As in .gitignore, a pattern without a slash matches in every folder.
            _ if parts.len() == 1 && !is_literal(&path) => pattern,
            _ => format!("/{pattern}"),
        };
        let mut matcher = GitignoreBuilder::new(&base);
        let matcher = matcher.add_line(None, &line).and_then(|builder| builder.build());
        let matcher = matcher.map_err(|error| error.to_string())?;
        Ok(Self { text: text.to_owned(), base, excludes, matcher })
    }

    /// Whether it is about a file, or a folder above that file. The path is absolute.
    pub(crate) fn matches(&self, file: &Path) -> bool {
        let is_below = file.starts_with(&self.base) && file != self.base;
        is_below && self.matcher.matched_path_or_any_parents(file, false).is_ignore()
    }
}

/// Whether the last glob about a file chooses it.
pub(crate) fn choose(globs: &[Glob], file: &Path) -> bool {
    globs.iter().rfind(|glob| glob.matches(file)).is_some_and(|glob| !glob.excludes)
}

/// An absolute path without dots.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    paths::without_dots(&whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_choose_files_as_gitignore_does() {
        let cases: &[(&[&str], &str, bool)] = &[
            (&["src"], "src/a/b.go", true),
            (&["src/"], "src/b.go", true),
            (&["./src"], "src/b.go", true),
            (&["src"], "lib/src/b.go", false),
            (&["src/*.go"], "src/b.go", true),
            (&["src/*.go"], "src/a/b.go", false),
            (&["src/**/*.go"], "src/b.go", true),
            (&["src/**/*.go"], "src/a/c/b.go", true),
            (&["src/**/*.{ts,tsx}"], "src/a/b.tsx", true),
            (&["*.go"], "a/b.go", true),
            (&["**"], "a/b.go", true),
            (&["a/b.go"], "a/b.go", true),
            (&["../api/**/*.go"], "../api/v1/b.go", true),
            (&["src", "!*_test.go"], "src/a/b_test.go", false),
            (&["src", "!src/gen"], "src/gen/b.go", false),
            (&["src", "!src/gen", "src/gen/b.go"], "src/gen/b.go", true),
        ];
        for (globs, file, is_chosen) in cases {
            let folder = Path::new("/repo/x");
            let globs: Vec<Glob> =
                globs.iter().map(|glob| Glob::new(glob, folder).unwrap()).collect();
            let file = paths::without_dots(&folder.join(file));
            assert_eq!(choose(&globs, &file), *is_chosen, "{globs:?} {file:?}");
        }
        for broken in ["", ".", "!", "..", "src/{a"] {
            assert!(Glob::new(broken, Path::new("/repo")).is_err(), "{broken}");
        }
    }
}
