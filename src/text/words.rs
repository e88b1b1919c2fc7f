//! Numbers and lists in words.

/// A number of things, such as `1 file` or `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A list in words, with commas and, before its end, another text such as ` and `.
pub(crate) fn joined(parts: &[String], last: &str) -> String {
    match parts.split_last() {
        Some((end, before)) if !before.is_empty() => format!("{}{last}{end}", before.join(", ")),
        _ => parts.concat(),
    }
}
