//! Names of files that every system can have.

/// The name of an error as the name of a file or folder. The characters that some systems can't have there become
/// `-`, and what Windows takes for a device gets a `_` in front.
pub(crate) fn from_name(name: &str) -> String {
    let name = name.trim_end_matches('.').replace([':', '/'], "-");
    if is_device(&name) { format!("_{name}") } else { name }
}

/// Why Windows can't have a file of this name, as a clause; `None` if it can. Source: Microsoft, "Naming
/// Files, Paths, and Namespaces".
pub(crate) fn windows_flaw(name: &str) -> Option<String> {
    if let Some(c) = name.chars().find(|c| r#"<>:"|?*\"#.contains(*c) || c.is_control()) {
        return Some(format!("names of files on Windows can't contain `{}`", c.escape_default()));
    }
    if name.ends_with(['.', ' ']) {
        return Some("names of files on Windows can't end with a dot or a space".to_owned());
    }
    is_device(name).then(|| "Windows takes this name for a device".to_owned())
}

/// Whether Windows takes a name for a device, whatever its extension.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_lowercase();
    let is_port = |rest: &str| {
        let mut chars = rest.chars();
        let digit =
            chars.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'));
        digit && chars.next().is_none()
    };
    let is_numbered =
        ["com", "lpt"].iter().any(|port| stem.strip_prefix(port).is_some_and(is_port));
    ["con", "prn", "aux", "nul", "conin$", "conout$"].contains(&stem.as_str()) || is_numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_an_error_becomes_a_name_that_all_systems_can_have() {
        for (name, file) in [
            ("rate_limited", "rate_limited"),
            ("auth.token:expired/x-y", "auth.token-expired-x-y"),
            ("trailing.", "trailing"),
            ("aux.invalid", "_aux.invalid"),
            ("con:", "con-"),
        ] {
            assert_eq!(from_name(name), file);
            assert_eq!(windows_flaw(file), None);
        }
    }

    #[test]
    fn names_that_windows_cannot_have_are_known() {
        for name in [
            "aux", "AUX", "con.rs", "nul.d.ts", "prn.md", "com1", "COM9.txt", "lpt0", "com¹.md",
            "aux .md", "a:b", "a?", "what*", "a.", "a ", "a\\b", "a\"b", "a|b", "<a>",
        ] {
            assert!(windows_flaw(name).is_some(), "{name}");
        }
        for name in
            ["auxiliary", "console.rs", "com", "com10", "null", "lpt", "api.rs", ".errcat", "a b"]
        {
            assert_eq!(windows_flaw(name), None, "{name}");
        }
    }
}
