//! How many columns a text takes where letters have one and Chinese characters two, as Prettier counts them.

use super::chars::{is_odd_space, is_unprintable};

/// The columns of a text of one line.
pub(crate) fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut last = (' ', 0);
    let width = |c: char| {
        let width = match (last, c) {
            // Several characters become one emoji, as a person and a trade do.
            (('\u{200d}', _), '\u{2190}'..) | (('\u{2190}'.., _), '\u{200d}') => 0,
            // A narrow sign becomes an emoji, or a hand gets its color.
            ((_, width), '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}') => usize::from(width == 1),
            _ if is_wide(c) => 2,
            _ => usize::from(!is_mark(c)),
        };
        last = (c, width);
        width
    };
    text.chars().map(width).sum()
}

/// Whether a character goes over or below the one before it. In the standard library, only the escapes know
/// that, and they also escape invisible characters.
fn is_mark(c: char) -> bool {
    let is_seen = c.is_ascii() || matches!(c, '\u{ff9e}' | '\u{ff9f}');
    let is_unseen = is_unprintable(c) || is_odd_space(c) || matches!(c, '\u{200c}'..='\u{200f}');
    !is_seen && !is_unseen && c.escape_debug().len() > 1
}

/// Whether a character has two columns: "wide" or "fullwidth" in Unicode Standard Annex #11.
fn is_wide(c: char) -> bool {
    WIDE.partition_point(|bound| *bound <= u32::from(c)) % 2 == 1
}

/// Where characters begin to be wide, and where they end, in turn (Unicode 17, as Prettier 3.10
/// has it).
const WIDE: &[u32] = &[
    0x1100, 0x1160, 0x231a, 0x231c, 0x2329, 0x232b, 0x23e9, 0x23ed, 0x23f0, 0x23f1, 0x23f3, 0x23f4,
    0x25fd, 0x25ff, 0x2614, 0x2616, 0x2630, 0x2638, 0x2648, 0x2654, 0x267f, 0x2680, 0x268a, 0x2690,
    0x2693, 0x2694, 0x26a1, 0x26a2, 0x26aa, 0x26ac, 0x26bd, 0x26bf, 0x26c4, 0x26c6, 0x26ce, 0x26cf,
    0x26d4, 0x26d5, 0x26ea, 0x26eb, 0x26f2, 0x26f4, 0x26f5, 0x26f6, 0x26fa, 0x26fb, 0x26fd, 0x26fe,
    0x2705, 0x2706, 0x270a, 0x270c, 0x2728, 0x2729, 0x274c, 0x274d, 0x274e, 0x274f, 0x2753, 0x2756,
    0x2757, 0x2758, 0x2795, 0x2798, 0x27b0, 0x27b1, 0x27bf, 0x27c0, 0x2b1b, 0x2b1d, 0x2b50, 0x2b51,
    0x2b55, 0x2b56, 0x2e80, 0x303f, 0x3041, 0x3248, 0x3250, 0xa4c7, 0xa960, 0xa97d, 0xac00, 0xd7a4,
    0xf900, 0xfb00, 0xfe10, 0xfe1a, 0xfe30, 0xfe6c, 0xff01, 0xff61, 0xffe0, 0xffe7, 0x16fe0,
    0x1b2fc, 0x1d300, 0x1d377, 0x1f004, 0x1f005, 0x1f0cf, 0x1f0d0, 0x1f18e, 0x1f18f, 0x1f191,
    0x1f19b, 0x1f1ae, 0x1f1af, 0x1f200, 0x1f321, 0x1f32d, 0x1f336, 0x1f337, 0x1f37d, 0x1f37e,
    0x1f394, 0x1f3a0, 0x1f3cb, 0x1f3cf, 0x1f3d4, 0x1f3e0, 0x1f3f1, 0x1f3f4, 0x1f3f5, 0x1f3f8,
    0x1f43f, 0x1f440, 0x1f441, 0x1f442, 0x1f4fd, 0x1f4ff, 0x1f53e, 0x1f54b, 0x1f54f, 0x1f550,
    0x1f568, 0x1f57a, 0x1f57b, 0x1f595, 0x1f597, 0x1f5a4, 0x1f5a5, 0x1f5fb, 0x1f650, 0x1f680,
    0x1f6c6, 0x1f6cc, 0x1f6cd, 0x1f6d0, 0x1f6d3, 0x1f6d5, 0x1f6e0, 0x1f6eb, 0x1f6ed, 0x1f6f4,
    0x1f6fd, 0x1f7da, 0x1f7f1, 0x1f90c, 0x1f93b, 0x1f93c, 0x1f946, 0x1f947, 0x1fa00, 0x1fa70,
    0x1fafb, 0x20000, 0x3fffe,
];

#[cfg(test)]
mod tests {
    use super::columns;

    /// `prettier.util.getStringWidth` of Prettier 3.10 says the same.
    #[test]
    fn columns_are_those_of_prettier() {
        for (text, width) in [
            ("naïve", 5),
            ("e\u{301}", 1),
            ("字字", 4),
            ("한국어", 6),
            ("Ａｱﾞ", 4),
            ("ลืมรหัส", 5),
            ("नमस्ते", 4),
            ("שָׁלוֹם", 4),
            ("لا", 2),
            ("می\u{200c}خواهم", 8),
            ("a\u{200b}\u{a0}\u{ad}", 4),
            ("© ☀ ☀\u{fe0f}", 6),
            ("1\u{fe0f}\u{20e3}", 2),
            ("👍🏽✌🏽", 4),
            ("🇩🇪", 2),
            ("🏃\u{200d}♂\u{fe0f}", 2),
            ("🕵\u{fe0f}\u{200d}♀\u{fe0f}", 2),
            ("👩\u{200d}❤\u{fe0f}\u{200d}👨", 2),
        ] {
            assert_eq!(columns(text), width, "{text}");
        }
    }
}
