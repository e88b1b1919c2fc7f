//! URLs in Markdown.

/// The scheme and the rest of an http or https URL around a colon, if every viewer reads the rest as
/// nothing but a URL. Punctuation at its end is not part of it.
pub(super) fn url<'t>(earlier: &'t str, later: &'t str) -> Option<(&'t str, &'t str)> {
    let scheme = ["https", "http"].into_iter().find(|scheme| earlier.ends_with(scheme))?;
    let before = earlier.strip_suffix(scheme)?.chars().next_back();
    let is_url = |c: char| c.is_ascii_alphanumeric() || "-._/?#%=&+,:;!~".contains(c);
    let rest = later.get(..later.find(|c| !is_url(c)).unwrap_or(later.len()))?;
    let after = later.strip_prefix(rest)?.chars().next();
    let rest = rest.trim_end_matches(['.', ',', ':', ';', '!', '?']);
    let host = rest.strip_prefix("//")?;
    let is_end = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "()\"'”’。，".contains(c));
    // These are markup in pairs, or beside a space.
    let is_markup = ["//", "__", "~~", "==", "++", "--", "/_", "_/", ";", "~"];
    let is_plain = !is_markup.iter().any(|mark| host.contains(mark))
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    (is_end(before) && is_end(after) && is_plain).then_some((scheme, rest))
}

#[cfg(test)]
mod tests {
    use super::super::{RUSTDOC, TSDOC, text_at};

    #[test]
    fn a_url_is_written_as_it_is_where_it_may_be_a_link() {
        for (text, rust) in [
            ("See https://acme.dev/a_b?c=d&e#f.", "See <https://acme.dev/a_b?c=d&amp;e#f>."),
            ("(http://localhost:8080/)", "(<http://localhost:8080/>)"),
            ("https://acme.dev", "<https://acme.dev>"),
        ] {
            assert_eq!(text_at(text, &RUSTDOC), rust);
            assert_eq!(text_at(text, &TSDOC), rust.replace(['<', '>'], ""));
        }
    }

    #[test]
    fn what_would_be_more_than_a_url_is_spelt_out() {
        for text in [
            "xhttps://a.b",
            "https://a/_b_",
            "https://a/~~b~~",
            "https://a*b*",
            "https://[a](b)",
            "https://a<b>",
            "https://a@b",
            "https://a/*/",
            "https:///",
            "https://",
        ] {
            for place in [RUSTDOC, TSDOC] {
                let written = text_at(text, &place);
                assert!(written.contains("&#58;<wbr/>"), "{written}");
            }
        }
    }
}
