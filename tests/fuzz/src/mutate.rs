//! Changes to inputs that libFuzzer would hardly find: of lines, values and pieces of syntax.

use libfuzzer_sys::fuzzer_mutate;

const VALUES: &[&str] = &[
    "",
    "~",
    "[]",
    "{}",
    "[1, a]",
    "{a: b}",
    "0",
    "1",
    "-1",
    "1.5",
    ".inf",
    "1e999",
    "true",
    "no",
    "''",
    "\"\\u202e\"",
    "\"\\ud800\"",
    "<",
    "<code>",
    "<status>",
    "<x:any>",
    "<x:integer>",
    "404",
    "4xx",
    "1h",
    "0s",
    "1.0.0",
    "18446744073709551615",
    "99999999999999999999",
    "[[[[]]]]",
    "|",
    ">-",
    "&a x",
    "*a",
];

const PIECES: &[&str] = &[
    "\"", "'", "[", "]", "{", "}", ": ", "\n", "- ", "<", ">", "?", "&a ", "*a ", "!x ", "\t",
    "|\n", ">-\n", "#", " #x", "\\", "%", "@", "`", "é", "😀", "\u{85}", "\u{2028}", "\u{202e}",
    "\u{feff}", "\0", "\r", "\r\n", "---\n", "...\n", "<<: ", ",", ";", "|", "| --- |", "\\ud800",
    "data: ", "\n%%\n",
];

/// A small generator of numbers (SplitMix64): libFuzzer gives the seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed >> 33) as usize % bound.max(1)
    }
}

/// Changes the first `size` bytes of `data`, which has room for `max`: half of the time by libFuzzer's own means.
pub fn mutate(data: &mut [u8], size: usize, max: usize, seed: u32) -> usize {
    let mut random = Random(seed.into());
    if random.below(2) == 0 {
        return fuzzer_mutate(data, size, max);
    }
    let mut text = data[..size].to_vec();
    for _ in 0..=random.below(4) {
        change(&mut text, &mut random);
    }
    let size = text.len().min(max);
    data[..size].copy_from_slice(&text[..size]);
    size
}

fn change(text: &mut Vec<u8>, random: &mut Random) {
    if random.below(3) == 0 {
        let at = random.below(text.len() + 1);
        let piece = PIECES[random.below(PIECES.len())];
        text.splice(at..at, piece.bytes());
        return;
    }
    let mut lines: Vec<Vec<u8>> = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let count = lines.len();
    let at = random.below(count);
    match random.below(7) {
        0 => {
            lines.remove(at);
        }
        1 => {
            let line = lines[at].clone();
            lines.insert(random.below(count), line);
        }
        2 => lines.swap(at, random.below(count)),
        3 => lines[at].insert(0, b' '),
        4 if !lines[at].is_empty() => {
            lines[at].remove(0);
        }
        5 => {
            // The rest of a line, after the key of another.
            let other = lines[random.below(count)].clone();
            let end = after_colon(&lines[at]);
            lines[at].truncate(end);
            lines[at].extend(&other[after_colon(&other)..]);
        }
        _ => {
            let end = after_colon(&lines[at]);
            lines[at].truncate(end);
            lines[at].extend(VALUES[random.below(VALUES.len())].bytes());
        }
    }
    *text = lines.join(&b'\n');
}

fn after_colon(line: &[u8]) -> usize {
    line.windows(2).position(|pair| pair == b": ").map_or(line.len(), |at| at + 2)
}
