//! Writes semantic versions as Python's packaging tools read them.

/// A version as in "Version specifiers" (PEP 440). A pre-release that Python has no word for becomes a
/// development release: both come before the release.
pub(crate) fn python_version(version: &str) -> String {
    let (version, build) = version.split_once('+').unwrap_or((version, ""));
    let (release, pre) = version.split_once('-').unwrap_or((version, ""));
    let mut words = pre.split('.').filter(|word| !word.is_empty());
    let (word, numbered) = match words.next() {
        None => ("", None),
        Some(word) => {
            let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let (word, digits) = word.split_at(word.len() - digits.len());
            (word, Some(if digits.is_empty() { words.next().unwrap_or("0") } else { digits }))
        }
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let pre = match (word, numbered) {
        (_, None) => String::new(),
        ("alpha" | "a", Some(number)) if is_number(number) => format!("a{number}"),
        ("beta" | "b", Some(number)) if is_number(number) => format!("b{number}"),
        ("rc" | "c" | "pre" | "preview", Some(number)) if is_number(number) => {
            format!("rc{number}")
        }
        (_, Some(number)) if is_number(number) => format!(".dev{number}"),
        _ => ".dev0".to_owned(),
    };
    let local = build.replace('-', ".");
    let plus = if local.is_empty() { "" } else { "+" };
    format!("{release}{pre}{plus}{local}")
}

#[cfg(test)]
mod tests {
    use super::python_version;

    #[test]
    fn versions_become_what_python_reads() {
        for (version, python) in [
            ("1.0.0", "1.0.0"),
            ("2.1.0-rc.1", "2.1.0rc1"),
            ("2.1.0-rc1", "2.1.0rc1"),
            ("1.0.0-alpha", "1.0.0a0"),
            ("1.0.0-beta.2.3", "1.0.0b2"),
            ("1.0.0-next.7", "1.0.0.dev7"),
            ("1.0.0-x-y", "1.0.0.dev0"),
            ("1.0.0-7", "1.0.0.dev7"),
            ("1.0.0+build-5.a", "1.0.0+build.5.a"),
        ] {
            assert_eq!(python_version(version), python);
        }
    }
}
