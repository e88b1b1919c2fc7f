//! The codes of errors, and the names that are made of them.

use std::sync::Arc;

use super::forms;
use crate::text::json::Json;

/// A code in a response body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Code {
    Text(Arc<str>),
    Integer(i64),
}

impl Code {
    pub(crate) fn is_integer(&self) -> bool {
        matches!(self, Self::Integer(_))
    }

    /// The code in a response body.
    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::Text(code) => code.as_ref().into(),
            Self::Integer(code) => (*code).into(),
        }
    }

    fn as_text(&self) -> Arc<str> {
        match self {
            Self::Text(code) => Arc::clone(code),
            Self::Integer(code) => code.to_string().into(),
        }
    }

    /// The name of an error that has only this code; `None` if no letter or digit is in it. Generated
    /// packages and published links contain these names, so they must never change.
    pub(crate) fn name(&self) -> Option<Arc<str>> {
        let code = self.as_text();
        if (forms::NAME.holds)(&code) {
            return Some(code);
        }
        let lower = code.to_ascii_lowercase();
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
        let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Some(name.into());
        }
        let is_negative = code
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let minus = if is_negative { "minus_" } else { "" };
        (!name.is_empty()).then(|| format!("code_{minus}{name}").into())
    }

    /// Whether this is the code that a body holds, as text.
    pub(crate) fn is_text(&self, text: &str) -> bool {
        match self {
            Self::Text(own) => **own == *text,
            // `+1` and `01` are also numbers, but no codes.
            Self::Integer(own) => text.parse() == Ok(*own) && own.to_string() == text,
        }
    }

    /// The code as an anchor of the docs page, if it can be one in every tool.
    pub(crate) fn as_anchor(&self) -> Option<Arc<str>> {
        let code = self.as_text();
        let is_safe = |c: char| c.is_ascii_alphanumeric() || "_.:/-".contains(c);
        (self.is_integer() || code.starts_with(|c: char| c.is_ascii_alphanumeric()))
            .then_some(code)
            .filter(|code| code.chars().all(is_safe))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(code) => f.write_str(code),
            Self::Integer(code) => write!(f, "{code}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// These names are in other people's code and links.
    #[test]
    fn names_of_codes_never_change() {
        for (code, name) in [
            ("not_found", "not_found"),
            ("BLOB_UNKNOWN", "BLOB_UNKNOWN"),
            ("auth.token:expired/x-y", "auth.token:expired/x-y"),
            ("trailing.", "trailing."),
            ("Not Found", "not_found"),
            ("HTTP 404: gone!", "http_404_gone"),
            ("it's broken", "it_s_broken"),
            ("$invalid", "invalid"),
            ("_private_", "private"),
            ("<script>", "script"),
            ("-x", "x"),
            ("-x1", "x1"),
            ("br\u{f6}ken", "br_ken"),
            ("\u{c4}rger", "rger"),
            ("\u{212a}elvin", "elvin"),
            ("23505", "code_23505"),
            ("42P01", "code_42p01"),
            ("2FA_REQUIRED", "code_2fa_required"),
            ("0404", "code_0404"),
            ("+5", "code_5"),
            ("-5", "code_minus_5"),
            ("-5 to -7", "code_minus_5_to_7"),
            ("--5", "code_5"),
            ("1.5", "code_1_5"),
            ("(42)", "code_42"),
            ("\u{9519}\u{8bef}42", "code_42"),
        ] {
            assert_eq!(Code::Text(code.into()).name().as_deref(), Some(name), "{code}");
        }
        for code in ["?", "-", "_", "\u{9519}\u{8bef}", "\u{f6}", "***"] {
            assert_eq!(Code::Text(code.into()).name(), None, "{code}");
        }
        for (code, name) in [
            (0, "code_0"),
            (20404, "code_20404"),
            (-32601, "code_minus_32601"),
            (i64::MIN, "code_minus_9223372036854775808"),
        ] {
            assert_eq!(Code::Integer(code).name().as_deref(), Some(name));
        }
    }

    #[test]
    fn an_anchor_holds_what_every_tool_takes() {
        for (code, anchor) in [
            ("not_found", true),
            ("2FA", true),
            ("a.b:c/d-e", true),
            ("-x", false),
            ("a b", false),
            ("<script>", false),
            ("br\u{f6}ken", false),
        ] {
            let found = Code::Text(code.into()).as_anchor();
            assert_eq!(found.as_deref(), anchor.then_some(code));
        }
        assert_eq!(Code::Integer(-32601).as_anchor().as_deref(), Some("-32601"));
    }
}
