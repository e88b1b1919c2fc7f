//! Which templates a template includes. Only those are compiled, because compiling all of them takes longer
//! than rendering a small catalog.

/// The tags that name another template.
const TAGS: &[&str] = &["include", "import", "from", "extends"];

/// What may come after the name of a template.
const AFTER: &[&str] = &["%}", "-%}", "+%}", "import", "as", "ignore"];

/// The names of the templates that a template includes; `None` if an expression makes one of the names.
pub(super) fn of(template: &str) -> Option<Vec<&str>> {
    let tags = template.split("{%").skip(1).filter_map(|tag| {
        let tag = tag.trim_start_matches(['-', '+']).trim_start();
        let (word, rest) = tag.split_once(char::is_whitespace)?;
        TAGS.contains(&word).then(|| rest.trim_start())
    });
    tags.map(name).collect()
}

/// The name that the rest of a tag begins with.
fn name(rest: &str) -> Option<&str> {
    let quote = rest.chars().next().filter(|first| ['"', '\''].contains(first))?;
    let (name, after) = rest.get(1..)?.split_once(quote)?;
    let is_alone = AFTER.iter().any(|after_name| after.trim_start().starts_with(after_name));
    (is_alone && !name.contains('\\')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_in_every_tag_are_found() {
        let template = "{% include \"a\" %}{%- import 'b' as b -%}\n{%+ from \"c\" import d, e %}\
                        {% extends 'f'+%}{% include \"g\" ignore missing %}{% if include %}{% endif %}";
        assert_eq!(of(template), Some(vec!["a", "b", "c", "f", "g"]));
        assert_eq!(of("no tag, and {{ \"h\" }}"), Some(vec![]));
    }

    #[test]
    fn a_name_that_an_expression_makes_is_unknown() {
        for rest in
            ["\"a/\" ~ x", "x", "[\"a\", \"b\"]", "\"a\" if x else \"b\"", "\"\\u0061\"", "\"a"]
        {
            assert_eq!(of(&format!("{{% include {rest} %}}")), None, "{rest}");
        }
    }
}
