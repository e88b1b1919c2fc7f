//! Characters that have an effect instead of a shape. What is refused, what is escaped and what is shown
//! all depend on these definitions.

/// Whether a character reverses the order of those after it: the embeddings, overrides and
/// isolates of Unicode Standard Annex #9, section 2. The marks U+200E, U+200F and U+061C do not:
/// right-to-left writing needs them.
pub(crate) fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character does not print where it stands: a control, one that reorders, one that some
/// tool takes as a line break or byte order mark, or one that YAML does not count as printable.
pub(crate) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || reorders(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
