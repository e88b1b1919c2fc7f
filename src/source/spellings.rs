//! How source spells a code: as a text in quotes, or as an identifier of a generated package.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::Known;
use crate::catalog::Code;
use crate::error::Error;
use crate::text::ident::{self, Case, in_case};
use crate::text::python_names;

/// What is around a word that spells a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// `"not_found"`, or `:not_found` as in Ruby.
    Text,
    /// `1002`
    Number,
    /// `not_found(…)`, `keys::not_found`
    Function,
    /// `Code::NotFound`
    Variant,
    /// `keysErrors.not_found`, `Code.NOT_FOUND`
    Member,
}

/// All spellings of some codes.
pub(super) struct Spellings {
    words: AhoCorasick,
    /// The codes that each word spells, by their index, and in which form.
    meant: Vec<Vec<(Form, usize)>>,
}

impl Spellings {
    pub(super) fn of(codes: &[Known]) -> Result<Self, Error> {
        let mut meant: BTreeMap<String, Vec<(Form, usize)>> = BTreeMap::new();
        for (index, known) in codes.iter().enumerate().filter(|(_, known)| known.is_sought) {
            for (form, word) in words(known) {
                let all = meant.entry(word).or_default();
                if !all.contains(&(form, index)) {
                    all.push((form, index));
                }
            }
        }
        let words = AhoCorasick::new(meant.keys()).map_err(|error| {
            let help = "split `sources` into several configs, and name each with `--config`";
            Error::usage(format!("there are too many codes to look for: {error}"), help)
        })?;
        Ok(Self { words, meant: meant.into_values().collect() })
    }

    /// Calls a function with the index of each code that a text spells.
    pub(super) fn find(&self, text: &[u8], mut used: impl FnMut(usize)) {
        for found in self.words.find_overlapping_iter(text) {
            let Some((before, rest)) = text.split_at_checked(found.start()) else { continue };
            let after = rest.get(found.len()..).unwrap_or_default();
            for (form, index) in self.meant.get(found.pattern().as_usize()).into_iter().flatten() {
                if form.holds(before, after) {
                    used(*index);
                }
            }
        }
    }
}

/// The words that spell a code. The packages' own names are made in the same way: see `templates/`.
fn words(known: &Known) -> Vec<(Form, String)> {
    let mut words = match &known.code {
        Code::Text(code) => {
            let json = serde_json::Value::from(&**code).to_string();
            let escaped = json.trim_start_matches('"').strip_suffix('"').unwrap_or(code);
            vec![(Form::Text, code.to_string()), (Form::Text, escaped.to_owned())]
        }
        Code::Integer(code) => {
            let digits = code.unsigned_abs().to_string();
            vec![(Form::Number, grouped(&digits)), (Form::Number, digits)]
        }
    };
    let key = match &known.code {
        Code::Text(code) => &**code,
        Code::Integer(_) => &known.name,
    };
    words.push((Form::Member, key.to_owned()));
    let in_case = |case| in_case(&known.name, case);
    if let Some(name) = in_case(Case::Snake) {
        words.push((Form::Function, ident::rust(&name).trim_start_matches("r#").to_owned()));
        words.push((Form::Function, python_names::function(&name)));
    }
    words.extend(in_case(Case::Pascal).map(|name| (Form::Variant, ident::rust(&name))));
    let constant = in_case(Case::ScreamingSnake);
    words.extend(constant.map(|name| (Form::Member, python_names::ident(&name))));
    words
}

/// Digits in groups of three, as in `10_001`.
fn grouped(digits: &str) -> String {
    let first = digits.len() % 3;
    let mut grouped = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && index % 3 == first {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

/// The ends of the names that hold generated errors: `Code`, `ManagementCode`, `managementErrors`, `ErrorName`.
const OWNERS: [&[u8]; 3] = [b"Code", b"Errors", b"ErrorName"];

impl Form {
    /// Whether a word between two texts has this form.
    fn holds(self, before: &[u8], after: &[u8]) -> bool {
        let is_whole = !before.last().copied().is_some_and(is_word)
            && !after.first().copied().is_some_and(is_word);
        match self {
            Self::Text => is_quoted(before, after) || is_whole && is_symbol(before),
            Self::Number => {
                let is_fraction =
                    after.first() == Some(&b'.') && after.get(1).is_some_and(u8::is_ascii_digit);
                is_whole && before.last() != Some(&b'.') && !is_fraction
            }
            Self::Function => {
                let before = before.strip_suffix(b"r#").unwrap_or(before);
                let is_passed = before.ends_with(b"(") && after.starts_with(b")");
                is_whole && (after.starts_with(b"(") || before.ends_with(b"::") || is_passed)
            }
            Self::Variant => is_whole && before.strip_suffix(b"::").is_some_and(is_owner),
            Self::Member => is_whole && before.strip_suffix(b".").is_some_and(is_owner),
        }
    }
}

/// Whether a text between two others is in quotes, which may be escaped.
pub(super) fn is_quoted(before: &[u8], after: &[u8]) -> bool {
    let Some(quote @ (b'"' | b'\'' | b'`')) = before.last() else { return false };
    after.strip_prefix(b"\\").unwrap_or(after).first() == Some(quote)
}

/// Whether a symbol of Ruby or Elixir begins after a text.
fn is_symbol(before: &[u8]) -> bool {
    let Some(before) = before.strip_suffix(b":") else { return false };
    !before.last().is_some_and(|byte| is_word(*byte) || b":\"'".contains(byte))
}

/// Whether a text ends with the name of something that holds errors.
fn is_owner(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"?").unwrap_or(text);
    OWNERS.iter().any(|owner| text.ends_with(owner))
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::NodeId;

    fn known(code: Code, name: &str) -> Known {
        let name = name.to_owned();
        let at = NodeId::FIRST;
        Known { catalog: 0, surface: 0, code, name, at, is_sought: true, is_used: false }
    }

    #[test]
    fn codes_are_found_in_every_spelling_and_nowhere_else() {
        let text = |code: &str| known(Code::Text(code.into()), &code.replace('-', "_"));
        let codes = [
            text("key_taken"),
            text("type"),
            text("not-found"),
            known(Code::Integer(10_001), "too_slow"),
            text("say \"hi\""),
        ];
        let cases = [
            (r#"x = "key_taken""#, vec![0]),
            (r"x = 'key_taken'", vec![0]),
            (r"x = `key_taken`", vec![0]),
            (r#"x = "{\"code\":\"key_taken\"}""#, vec![0]),
            ("render :key_taken, 1", vec![0]),
            ("key_taken()", vec![0]),
            ("errors::key_taken", vec![0]),
            ("map_err(key_taken)", vec![0]),
            ("KeysCode::KeyTaken", vec![0]),
            ("keysErrors.key_taken.status", vec![0]),
            ("keysErrors?.key_taken", vec![0]),
            ("Code.KEY_TAKEN", vec![0]),
            ("r#type()", vec![1]),
            ("keys::r#type", vec![1]),
            ("type_()", vec![1]),
            ("fail('not-found')", vec![2]),
            ("not_found()", vec![2]),
            ("code: 10001,", vec![3]),
            ("code: 10_001,", vec![3]),
            (r#""10001""#, vec![3]),
            ("Code.TOO_SLOW too_slow()", vec![3]),
            (r#"'say "hi"' + "#, vec![4]),
            (r#""say \"hi\"""#, vec![4]),
            // These are other words.
            (r#""key_taken_by""#, vec![]),
            (r#""the key_taken""#, vec![]),
            ("my_key_taken()", vec![]),
            ("let key_taken = 1;", vec![]),
            ("ErrorKind::KeyTaken", vec![]),
            ("row.key_taken", vec![]),
            ("a::b:key_taken", vec![]),
            ("let r#type = 1; type T = 2;", vec![]),
            ("1.10001 10001.5 100010 a10001", vec![]),
            ("not_found not-found", vec![]),
        ];
        let spellings = Spellings::of(&codes).unwrap();
        for (source, expected) in cases {
            let mut used = Vec::new();
            spellings.find(source.as_bytes(), |index| used.push(index));
            used.sort_unstable();
            used.dedup();
            assert_eq!(used, expected, "{source}");
        }
    }
}
