//! The templates that exist: the built-in ones, which are in the binary, and those of a folder of the
//! repo, which come first. The tree of a target's folder is the tree of its output.

use std::borrow::Cow;
use std::path::Path;
use std::sync::OnceLock;

use super::escape::Lang;
use super::folder::{self, ABOUT, Content, SUFFIX};
use super::includes;
use crate::error::Error;
use crate::sorted::{SortedMap, SortedSet};

/// The built-in templates: names below `templates/`, paths for a person, and texts.
const BUILT_IN: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// All templates a run can use.
pub(crate) struct Templates {
    /// By name, such as `rust/src/lib.rs.j2`.
    sources: SortedMap<Cow<'static, str>, Source>,
}

/// A template or a file to copy, and where a person finds it.
struct Source {
    content: Content,
    path: Cow<'static, str>,
    /// A part that is included as it is, as the engine needs it.
    verbatim: OnceLock<String>,
}

impl Source {
    fn new(content: Content, path: impl Into<Cow<'static, str>>) -> Self {
        Self { content, path: path.into(), verbatim: OnceLock::new() }
    }

    /// Its text for the engine, if that needs it.
    fn compiled(&self, name: &str) -> Option<&str> {
        if is_rendered(name) {
            return Some(self.text());
        }
        let is_verbatim = matches!(self.content, Content::Text(_)) && name.split('/').any(is_part);
        let wrap = || format!("{{% raw %}}{}{{% endraw %}}", self.text());
        is_verbatim.then(|| self.verbatim.get_or_init(wrap).as_str())
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
        let mut sources: SortedMap<Cow<str>, Source> = BUILT_IN
            .iter()
            .filter(|(name, ..)| !is_replaced(name))
            .map(|&(name, path, text)| {
                (name.into(), Source::new(Content::Text(Cow::Borrowed(text)), path))
            })
            .collect();
        for (name, content) in own {
            let path = folder.unwrap_or(Path::new("")).join(&name).display().to_string();
            sources.insert(name.into(), Source::new(content, path));
        }
        Ok(Self { sources })
    }

    /// Only these templates.
    #[cfg(test)]
    pub(super) fn of(templates: &[(&str, &str)]) -> Self {
        let source = |text: &str| Source::new(Content::Text(Cow::Owned(text.to_owned())), "");
        let sources =
            templates.iter().map(|(name, text)| ((*name).to_owned().into(), source(text)));
        Self { sources: sources.collect() }
    }

    /// The names of all targets, sorted.
    pub(crate) fn targets(&self) -> Vec<&str> {
        let mut targets: Vec<&str> = self.names().map(target_of).collect();
        targets.retain(|target| !target.starts_with('_'));
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// Every template of these targets, and every part that they include, for the engine: names and texts.
    pub(crate) fn of_targets(&self, targets: &SortedSet<&str>) -> Vec<(&str, &str)> {
        self.with_parts(self.names().filter(|name| targets.contains(target_of(name))).collect())
    }

    /// A part, and every part that it includes, for the engine.
    #[cfg(feature = "cli")]
    pub(crate) fn of_part(&self, part: &str) -> Vec<(&str, &str)> {
        self.with_parts(self.names().filter(|name| *name == part).collect())
    }

    fn with_parts<'t>(&'t self, mut waiting: Vec<&'t str>) -> Vec<(&'t str, &'t str)> {
        let mut found: SortedSet<&str> = waiting.iter().copied().collect();
        let mut texts = Vec::new();
        while let Some(name) = waiting.pop() {
            let source = self.sources.get(name);
            let Some(text) = source.and_then(|source| source.compiled(name)) else { continue };
            texts.push((name, text));
            if is_rendered(name) {
                let included = includes::of(text);
                let included = included
                    .unwrap_or_else(|| self.names().filter(|name| name.starts_with('_')).collect());
                waiting.extend(included.into_iter().filter(|part| found.insert(part)));
            }
        }
        texts
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(Cow::as_ref)
    }

    /// The paths of the templates that are not built in.
    pub(crate) fn own_paths(&self) -> impl Iterator<Item = &str> {
        let own = self.sources.values().filter(|source| !source.is_built_in());
        own.map(|source| source.path.as_ref())
    }

    /// The path and text of a template, for an error about it.
    pub(crate) fn find(&self, name: &str) -> Option<(&str, &str)> {
        self.sources.get(name).map(|source| (source.path.as_ref(), source.text()))
    }

    /// A template by its name: the name and text.
    #[cfg(feature = "cli")]
    pub(crate) fn get(&self, name: &str) -> Option<(&str, &str)> {
        self.sources.get_key_value(name).map(|(name, source)| (name.as_ref(), source.text()))
    }

    /// Everything in a target's folder, sorted: names and texts.
    #[cfg(feature = "cli")]
    pub(crate) fn below(&self, target: &str) -> impl Iterator<Item = (&str, &str)> {
        self.sources_below(target).map(|(name, source)| (name, source.text()))
    }

    fn sources_below(&self, target: &str) -> impl Iterator<Item = (&str, &Source)> {
        let prefix = format!("{target}/");
        let files = self.sources.iter_from(prefix.as_str());
        let files = files.take_while(move |(name, _)| name.starts_with(&prefix));
        files.map(|(name, source)| (name.as_ref(), source))
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
