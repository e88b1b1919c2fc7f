//! The files that a target needs: those of its folder, and the shared parts that they include.

use super::templates::Templates;

/// The statements that name other templates.
const NAMING: &[&str] = &["include", "import", "from", "extends"];

/// The names and texts of every file that a target needs, sorted.
pub(crate) fn of_target<'t>(templates: &'t Templates, target: &str) -> Vec<(&'t str, &'t str)> {
    let mut found: Vec<(&str, &str)> = templates.below(target).collect();
    let mut looked_at = 0;
    while let Some(&(_, text)) = found.get(looked_at) {
        for name in names_in(text) {
            match templates.get(name) {
                Some(part) if !found.contains(&part) => found.push(part),
                _ => {}
            }
        }
        looked_at += 1;
    }
    found.sort_unstable();
    found
}

/// The names of other templates in the statements of a template. (The engine's own parser is not a
/// stable API.)
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let statements = text.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
    let naming = statements.filter(|statement| {
        let words = statement.trim_start_matches(['-', '+']);
        words.split_whitespace().next().is_some_and(|word| NAMING.contains(&word))
    });
    naming.flat_map(|statement| statement.split(['"', '\'']).skip(1).step_by(2))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::catalog::Set;
    use crate::render::{Context, Options, Renderer};
    use crate::sorted::SortedSet;

    /// With nothing but what was found, a target makes the same; and nothing else was found.
    #[test]
    fn a_target_is_what_was_found() {
        let features = include_bytes!("../../tests/it/catalogs/features.yaml");
        let catalog = Set::parse("features.yaml", features).and_then(Set::into_catalog);
        let catalog = Context::new(&catalog.unwrap().into());
        let render = |templates: &Templates, target| {
            let renderer = Renderer::new(templates, &SortedSet::from([target])).unwrap();
            let files = renderer.files(target, &catalog, &Options::new(), "features.yaml");
            let printed = files.unwrap().into_iter().map(|file| {
                let mut content = Vec::new();
                file.print(&mut content).unwrap();
                (file.path().to_owned(), content)
            });
            printed.collect::<Vec<_>>()
        };
        let all = Templates::read(None).unwrap();
        for target in all.targets() {
            let found = of_target(&all, target);
            assert_eq!(render(&Templates::of(&found), target), render(&all, target));
            for (name, _) in &found {
                let is_own = name.starts_with(&format!("{target}/"));
                let is_named =
                    || found.iter().any(|(_, text)| names_in(text).any(|one| one == *name));
                assert!(is_own || is_named(), "nothing of {target} names {name}");
            }
        }
    }

    #[test]
    fn every_way_to_name_a_template_is_found() {
        let text = "{% include \"a\" %}{%- import 'b' as b -%}{%+ from \"c\" import d %}\
                    {% extends 'e' %}{% include ['f', \"g\"] ignore missing %}\
                    {{ \"x\" }}{% set y = \"y\" %}{% if 'z' %}";
        assert_eq!(names_in(text).collect::<Vec<_>>(), ["a", "b", "c", "e", "f", "g"]);
    }
}
