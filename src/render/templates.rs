//! The templates that exist: the built-in ones, which are in the binary, and those of a folder of the
//! repo, which come first. The tree of a target's folder is the tree of its output.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::escape::Lang;
use super::folder::{self, ABOUT, Content, SUFFIX};
use crate::error::Error;

/// The built-in templates: names below `templates/`, and what is in them.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// All templates a run can use.
pub(crate) struct Templates {
    /// By name, such as `rust/src/lib.rs.j2`.
    sources: BTreeMap<String, Source>,
}

/// A template or a file to copy, and where a person finds it.
struct Source {
    content: Content,
    path: String,
    /// A part that is included as it is, as the engine needs it.
    verbatim: Option<String>,
}

impl Source {
    fn new(name: &str, content: Content, path: String) -> Self {
        let is_verbatim = !is_rendered(name) && name.split('/').any(is_part);
        let verbatim = match &content {
            Content::Text(text) if is_verbatim => Some(format!("{{% raw %}}{text}{{% endraw %}}")),
            _ => None,
        };
        Self { content, path, verbatim }
    }

    /// Its name and text for the engine, if that needs it.
    fn compiled<'s>(&'s self, name: &'s str) -> Option<(&'s str, &'s str)> {
        let text = self.verbatim.as_deref().or_else(|| is_rendered(name).then(|| self.text()))?;
        Some((name, text))
    }

    /// The text; empty for a file that is not text.
    fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Binary(_) => "",
        }
    }

    fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Binary(bytes) => bytes,
        }
    }

    fn is_built_in(&self) -> bool {
        matches!(self.content, Content::Text(Cow::Borrowed(_)))
    }
}

/// One file of a target.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Template<'t> {
    pub name: &'t str,
    pub content: &'t [u8],
    /// The path of its output, in which names such as `[surface]` are still to be replaced.
    pub output: &'t str,
    /// Rendered, rather than copied.
    pub is_rendered: bool,
}

impl Templates {
    /// Reads the built-in templates, and those of a folder before them.
    ///
    /// A target in the folder replaces the built-in one of its name as a whole. Parts (folders whose
    /// names start with `_`) are replaced file by file.
    pub(crate) fn read(folder: Option<&Path>) -> Result<Self, Error> {
        let own = folder.map(folder::read).transpose()?.unwrap_or_default();
        let is_replaced = |name: &str| {
            let target = target_of(name);
            !target.starts_with('_') && own.keys().any(|own| target_of(own) == target)
        };
        let mut sources: BTreeMap<String, Source> = BUILT_IN
            .iter()
            .filter(|(name, _)| !is_replaced(name))
            .map(|&(name, text)| {
                let path = format!("built-in templates/{name}");
                (name.to_owned(), Source::new(name, Content::Text(Cow::Borrowed(text)), path))
            })
            .collect();
        for (name, content) in own {
            let path = folder.unwrap_or(Path::new("")).join(&name).display().to_string();
            let source = Source::new(&name, content, path);
            sources.insert(name, source);
        }
        Ok(Self { sources })
    }

    /// Only these templates.
    #[cfg(test)]
    pub(super) fn of(templates: &[(&str, &str)]) -> Self {
        let source = |name: &str, text: &str| {
            Source::new(name, Content::Text(Cow::Owned(text.to_owned())), String::new())
        };
        let sources = templates.iter().map(|(name, text)| ((*name).to_owned(), source(name, text)));
        Self { sources: sources.collect() }
    }

    /// The names of all targets, sorted.
    pub(crate) fn targets(&self) -> Vec<&str> {
        let mut targets: Vec<&str> = self.sources.keys().map(|name| target_of(name)).collect();
        targets.retain(|target| !target.starts_with('_'));
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// Every template of these targets, and every part that targets share, for the engine.
    pub(crate) fn of_targets(
        &self,
        targets: &BTreeSet<&str>,
    ) -> impl Iterator<Item = (&str, &str)> {
        self.sources.iter().filter_map(|(name, source)| {
            let target = target_of(name);
            let is_needed = target.starts_with('_') || targets.contains(target);
            source.compiled(name).filter(|_| is_needed)
        })
    }

    /// Every part that a part may include, for the engine: those of its language, and those that are included
    /// as they are.
    #[cfg(feature = "cli")]
    pub(crate) fn parts_for(&self, part: &str) -> impl Iterator<Item = (&str, &str)> {
        let lang = Lang::of(part);
        self.sources.iter().filter_map(move |(name, source)| {
            let is_needed = !is_rendered(name) || Lang::of(name) == lang;
            source.compiled(name).filter(|_| is_needed && name.starts_with('_'))
        })
    }

    /// The paths of the templates that are not built in.
    pub(crate) fn own_paths(&self) -> impl Iterator<Item = &str> {
        let own = self.sources.values().filter(|source| !source.is_built_in());
        own.map(|source| source.path.as_str())
    }

    /// The path and text of a template, for an error about it.
    pub(crate) fn find(&self, name: &str) -> Option<(&str, &str)> {
        self.sources.get(name).map(|source| (source.path.as_str(), source.text()))
    }

    /// A template by its name: the name and text.
    #[cfg(feature = "cli")]
    pub(crate) fn get(&self, name: &str) -> Option<(&str, &str)> {
        self.sources.get_key_value(name).map(|(name, source)| (name.as_str(), source.text()))
    }

    /// Everything in a target's folder, sorted: names and texts.
    #[cfg(feature = "cli")]
    pub(crate) fn below(&self, target: &str) -> impl Iterator<Item = (&str, &str)> {
        self.sources_below(target).map(|(name, source)| (name, source.text()))
    }

    fn sources_below(&self, target: &str) -> impl Iterator<Item = (&str, &Source)> {
        let prefix = format!("{target}/");
        let files = self.sources.range(prefix.clone()..);
        let files = files.take_while(move |(name, _)| name.starts_with(&prefix));
        files.map(|(name, source)| (name.as_str(), source))
    }

    /// Whether a target is one of errcat's own.
    #[cfg(feature = "cli")]
    pub(crate) fn is_built_in(&self, target: &str) -> bool {
        self.sources_below(target).any(|(_, source)| source.is_built_in())
    }

    /// The files of a target, sorted by name.
    pub(crate) fn of_target(&self, target: &str) -> Result<Vec<Template<'_>>, Error> {
        let mut templates = Vec::new();
        for (name, source) in self.sources_below(target) {
            let path = name.get(target.len() + 1..).unwrap_or_default();
            if path.split('/').any(is_part) {
                continue;
            }
            let is_rendered = is_rendered(path);
            let output = path.strip_suffix(SUFFIX).unwrap_or(path);
            if is_rendered && Lang::of(name).is_none() {
                return Err(unknown_language(name));
            }
            if templates.iter().any(|template: &Template| template.output == output) {
                let message = format!("two templates of `{target}` make the file `{output}`");
                return Err(Error::usage(message, "remove one of the two"));
            }
            templates.push(Template { name, content: source.bytes(), output, is_rendered });
        }
        Ok(templates)
    }

    /// The path and text of a target's `_target.yaml`.
    pub(crate) fn about(&self, target: &str) -> Option<(&str, &str)> {
        self.find(&format!("{target}/{ABOUT}"))
    }
}

/// Whether a name starts with one `_`. Python has files that start with two, such as `__init__.py`.
fn is_part(name: &str) -> bool {
    name.starts_with('_') && !name.starts_with("__")
}

/// Whether a template is rendered, rather than copied or included as it is.
pub(super) fn is_rendered(name: &str) -> bool {
    name.strip_suffix(SUFFIX).is_some()
}

fn target_of(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

/// A guess could escape for the wrong language.
fn unknown_language(name: &str) -> Error {
    let known: Vec<String> = Lang::ALL
        .iter()
        .flat_map(|lang| lang.extensions())
        .map(|extension| format!(".{extension}.j2"))
        .collect();
    Error::usage(
        format!("the template `{name}` is not of a language that errcat can write safely"),
        format!(
            "end its name with one of {}; a file without `.j2` is copied as it is",
            known.join(", ")
        ),
    )
}
