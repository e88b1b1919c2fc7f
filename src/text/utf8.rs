//! Bytes as text.

use std::borrow::Cow;

/// The text, with U+FFFD for what isn't UTF-8. Faster than the standard library's for bytes that are.
pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}
