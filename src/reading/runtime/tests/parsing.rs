//! Tests that JSON is what `serde_json` says, by random texts.

use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::{Index, select};
use proptest::{collection::vec, proptest};
use serde_json::Value as Json;

use super::super::number::Plain;
use super::super::parse::{parse, text};

/// Pieces of JSON, and of what is nearly JSON.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    " ",
    "\n",
    "\t",
    "\r",
    "\u{b}",
    "\u{0}",
    "\u{feff}",
    "\"a\"",
    "\"b\":1",
    "\"\"",
    "\"é\\n\\u00e9\\ud83d\\ude00\\/\"",
    "\"\\u+123\"",
    "\"\\x\"",
    "0",
    "-",
    "-0",
    "7",
    "01",
    "1.5",
    "1.",
    ".5",
    "1e2",
    "1E-3",
    "1e400",
    "-1e400",
    "1e-400",
    "1e+",
    "+",
    "e",
    "9007199254740993",
    "123456789012345678901234567890",
    "true",
    "false",
    "null",
    "nul",
    "NaN",
    "'a'",
    "//",
    "é",
    "\u{7f}",
    "\u{2028}",
];

fn json() -> impl Strategy<Value = String> {
    select(PIECES).prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            Just("[]".to_owned()),
            vec(inner.clone(), 1..4).prop_map(|all| format!("[{}]", all.join(" ,"))),
            vec((select(&["a", "b", "\\u0061"][..]), inner), 1..4).prop_map(|all| {
                let members = all.iter().map(|(key, value)| format!("\"{key}\" :{value}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(",\n"))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn json_is_what_serde_json_says(
        json in json(),
        piece in select(PIECES),
        index in proptest::prelude::any::<Index>(),
        is_changed in proptest::prelude::any::<bool>(),
    ) {
        let mut text = json;
        let at = index.index(text.len() + 1);
        if is_changed && text.is_char_boundary(at) {
            text.insert_str(at, piece);
        }
        // serde_json refuses what is left of a surrogate pair that a piece split.
        let text = if text.matches("\\ud").count() == 2 * text.matches("\\ud83d\\ude00").count() {
            text
        } else {
            String::new()
        };
        let expected = serde_json::from_str::<Json>(&text).ok();
        let parsed = parse(&text);
        let actual = parsed.map(|json| serde_json::from_str(&json.to_string()).unwrap());
        assert_eq!(actual, expected, "{text:?}");
    }

    #[test]
    fn a_number_has_the_fewest_digits_that_are_closest_to_it(bits in proptest::prelude::any::<u64>()) {
        has_the_fewest_digits(f64::from_bits(bits));
    }
}

/// Core writes as few digits, but rounds a tie up. At a given length it rounds a tie to the even digit,
/// as JavaScript does.
fn has_the_fewest_digits(number: f64) {
    if number.is_finite() {
        let text = Plain(number).to_string();
        let digits = |text: &str| {
            let mantissa = text.split('e').next().unwrap();
            let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
            digits.trim_matches('0').to_owned()
        };
        let fewest = digits(&format!("{number:e}")).len().saturating_sub(1);
        assert_eq!(digits(&text), digits(&format!("{number:.fewest$e}")), "{text}");
        assert_eq!(text.parse(), Ok(number));
    }
}

#[test]
#[allow(clippy::excessive_precision, reason = "the last digit shows that it is a tie")]
fn a_tie_is_rounded_to_the_even_digit() {
    // Node.js prints the same.
    assert_eq!(Plain(96_507_452_513_536.125).to_string(), "96507452513536.12");
    has_the_fewest_digits(96_507_452_513_536.125);
}

#[test]
fn the_bytes_of_a_text_may_be_any() {
    let text = |json: &[u8]| parse(&text(json)).map(|json| json.to_string());
    assert_eq!(text(b"\"a\xff\xe2\x82\""), Some("\"a\u{fffd}\u{fffd}\"".to_owned()));
    assert_eq!(text(b"\"\xed\xa0\x80\""), Some("\"\u{fffd}\u{fffd}\u{fffd}\"".to_owned()));
    assert_eq!(text(b"\xff"), None);
    assert_eq!(text(b"[1]\xff"), None);
    assert_eq!(
        text(b"{\"a\xff\":1,\"\\ud800\":2}"),
        Some("{\"a\u{fffd}\":1,\"\u{fffd}\":2}".to_owned())
    );
}
