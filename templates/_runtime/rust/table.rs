//! Finds an error by a text, in a hash table that errcat laid out.

use core::convert::TryFrom;

/// Finds what has this text. Other texts may be before it, but no empty slot.
pub(crate) fn find<T: Copy>(
    table: &[Option<T>],
    text: &str,
    text_of: impl Fn(T) -> Option<&'static str>,
) -> Option<T> {
    let (start, end) = table.split_at_checked(first(text, table.len())?)?;
    let mut filled = end.iter().chain(start).map_while(|slot| *slot);
    filled.find(|one| text_of(*one) == Some(text))
}

/// The first slot that a text may be in. `slots` is how many the table has, which is a power of two.
pub(crate) fn first(text: &str, slots: usize) -> Option<usize> {
    // The highest bits depend on all bytes.
    let others = u64::try_from(slots).ok()?.leading_zeros() + 1;
    usize::try_from(hash(text).checked_shr(others)?).ok()
}

/// Multiplies eight bytes at a time, because byte by byte takes most of a look-up.
fn hash(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash = u64::try_from(bytes.len()).unwrap_or_default();
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        hash = mixed(hash, word);
        rest = after;
    }
    match bytes.last_chunk::<8>() {
        // Some of its bytes are in the hash already, but this is faster than a part of a word.
        Some(last) => mixed(hash, last),
        None => mixed(hash, rest),
    }
}

fn mixed(hash: u64, bytes: &[u8]) -> u64 {
    // The first byte is the lowest.
    let add = |word: u64, byte: &u8| (word << 8) | u64::from(*byte);
    let word = bytes.iter().rev().fold(0, add);
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
