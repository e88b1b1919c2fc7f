//! Paths as people write them in catalogs, errcat.yaml and flags.

use std::path::{Component, Path, PathBuf};

/// What is wrong with a path that a shell or another system would understand, but errcat takes as it is;
/// and what to write. `otherwise` says what to write where the path alone doesn't tell.
pub(crate) fn refusal(path: &str, otherwise: &str) -> Option<(String, String)> {
    let help = || otherwise.to_owned();
    let unexpanded = |what: &str| (format!("errcat doesn't expand `{what}` in a path"), help());
    let mut start = path.chars();
    if path.contains("://") {
        return Some((format!("`{path}` is a URL, not a path"), "name a file".to_owned()));
    }
    let is_drive =
        start.next().is_some_and(|c| c.is_ascii_alphabetic()) && start.next() == Some(':');
    if is_drive && start.next() != Some(' ') {
        return Some((format!("`{path}` has a drive, which only Windows knows"), help()));
    }
    if path.contains('\\') {
        return Some((
            "a backslash doesn't separate folders on every system".to_owned(),
            format!("write `{}`", path.replace('\\', "/")),
        ));
    }
    if path.starts_with('~') {
        return Some(unexpanded("~"));
    }
    if path.contains('*') {
        return Some(unexpanded("*"));
    }
    variable(path).map(unexpanded)
}

/// The first variable of a shell (`$HOME`, `${HOME}`, `$(pwd)`) or of Windows (`%HOME%`) in a path.
fn variable(path: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for (at, sign) in path.match_indices(['$', '%']) {
        let rest = path.get(at + 1..).unwrap_or_default();
        let length = match rest.chars().next() {
            Some('{') if sign == "$" => rest.find('}').map(|end| end + 1),
            Some('(') if sign == "$" => rest.find(')').map(|end| end + 1),
            Some(c) if is_name(c) => {
                let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                if sign == "$" {
                    Some(end)
                } else {
                    rest.get(end..)?.starts_with('%').then_some(end + 1)
                }
            }
            _ => None,
        };
        if let Some(length) = length {
            return path.get(at..=at + length);
        }
    }
    None
}

/// A path without `.`, and without each `..` that follows a name. The disk is not read.
pub(crate) fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match (component, plain.components().next_back()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                plain.pop();
            }
            _ => plain.push(component),
        }
    }
    plain
}

/// The way from a folder to a file. Both are absolute, and without links.
pub(crate) fn relative(folder: &Path, file: &Path) -> PathBuf {
    let pairs = folder.components().zip(file.components());
    let shared = pairs.take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(file.components().skip(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_file_goes_up_as_far_as_it_must() {
        for (folder, file, way) in [
            ("/a", "/a/x", "x"),
            ("/a/b", "/a/x", "../x"),
            ("/a/b/c", "/a/d/x", "../../d/x"),
            ("/", "/a/x", "a/x"),
        ] {
            assert_eq!(relative(Path::new(folder), Path::new(file)), Path::new(way));
        }
    }

    #[test]
    fn what_only_a_shell_or_another_system_understands_is_refused() {
        for (path, named) in [
            ("~/x", "`~`"),
            ("~", "`~`"),
            ("$HOME/x", "`$HOME`"),
            ("x/${HOME}/y", "`${HOME}`"),
            ("$(pwd)/x", "`$(pwd)`"),
            ("%APPDATA%/x", "`%APPDATA%`"),
            ("a%b/%HOME%", "`%HOME%`"),
            ("services/*/errors.yaml", "`*`"),
            ("generated\\json", "backslash"),
            ("C:\\x", "drive"),
            ("C:/x", "drive"),
            ("https://acme.dev/errors.yaml", "URL"),
            ("file:///x", "URL"),
        ] {
            let (message, _) = refusal(path, "").unwrap_or_else(|| panic!("{path} passed"));
            assert!(message.contains(named), "{path}: {message}");
        }
        let (_, help) = refusal("generated\\json", "").unwrap();
        assert_eq!(help, "write `generated/json`");
        for path in [
            "x", "../x", "/x", "./~x", "a~", "a$", "$", "100%", "50%_x", "日本/x", "a b", "a: b",
            "",
        ] {
            assert_eq!(refusal(path, ""), None, "{path}");
        }
    }
}
