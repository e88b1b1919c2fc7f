//! Context + templates → artifacts in memory. The one place that sets up the template engine and
//! writes the header. Never reads the disk (but for a folder of templates), never writes it.

pub(crate) mod context;
pub(crate) mod escape;
#[cfg(feature = "cli")]
pub(crate) mod parts;
pub(crate) mod record;
pub(crate) mod templates;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use crate::catalog::Catalog;
use crate::diagnostic::Excerpt;
use crate::error::Error;
use crate::text::suggest;
use escape::Lang;
use templates::{Template, Templates};

/// A macro that calls itself deeper than this is a mistake.
const RECURSION_LIMIT: usize = 100;

/// A rendered file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Artifact {
    /// The path below the output folder, with `/` between its parts.
    pub path: String,
    /// What the file holds.
    pub text: String,
}

/// The values of a target's options that errcat.yaml sets: texts and booleans.
pub(crate) type Options = BTreeMap<String, serde_json::Value>;

/// A template engine with every template compiled.
pub(crate) struct Renderer<'t> {
    templates: &'t Templates,
    env: Environment<'t>,
}

/// A catalog as templates see it, shared by all of them.
pub(crate) struct Context(Value);

impl Context {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        Self(Value::from(Serde(&context::build(catalog))))
    }

    /// Each surface, after its id.
    pub(crate) fn surfaces(&self) -> Result<Vec<(String, Value)>, minijinja::Error> {
        let surfaces = self.0.get_attr("surfaces")?.try_iter()?;
        surfaces
            .map(|surface| {
                let id = surface.get_attr("id")?;
                Ok((id.as_str().unwrap_or_default().to_owned(), surface))
            })
            .collect()
    }

    /// All that a template sees. `surface` is none in one that is rendered once.
    pub(crate) fn all(&self, surface: Value, options: Value) -> Value {
        minijinja::context! { catalog => self.0.clone(), surface => surface, options => options }
    }

    /// The catalog, for a part of a template.
    #[cfg(feature = "cli")]
    pub(crate) fn value(&self) -> Value {
        self.0.clone()
    }
}

impl<'t> Renderer<'t> {
    /// Compiles the templates of some targets, and the parts that all of them may use.
    pub(crate) fn new(templates: &'t Templates, targets: &BTreeSet<&str>) -> Result<Self, Error> {
        let mut env = Environment::empty();
        escape::install(&mut env);
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_recursion_limit(RECURSION_LIMIT);
        // With debug on, every error would print the whole catalog.
        env.set_debug(false);
        env.set_path_join_callback(|name, parent| {
            if Lang::of(name) == Lang::of(parent) {
                return name.into();
            }
            // A part of another language would be escaped for that one: no template has this name.
            format!("{name} (which is of another language than {parent})").into()
        });
        let mut syntax = SyntaxConfig::builder();
        let syntax = syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
        env.set_syntax(syntax.build().map_err(|error| Error::usage(error.to_string(), ""))?);
        for (name, source) in templates.of_targets(targets) {
            env.add_template(name, source).map_err(|error| located(&error, templates))?;
        }
        Ok(Self { templates, env })
    }

    /// Renders a target: every file of its folder, once, or once a surface.
    ///
    /// `source` is the catalog's path as errcat.yaml writes it, for the header.
    pub(crate) fn render(
        &self,
        target: &str,
        context: &Context,
        options: &Options,
        source: &str,
    ) -> Result<Vec<Artifact>, Error> {
        let mut artifacts = Vec::new();
        let options = Value::from(Serde(options));
        for template in self.templates.of_target(target)? {
            if !template.output.contains(SURFACE) {
                let text = self.file(&template, context, Value::from(()), &options, source)?;
                artifacts.push(Artifact { path: template.output.to_owned(), text });
                continue;
            }
            let located = |error: minijinja::Error| located(&error, self.templates);
            for (id, surface) in context.surfaces().map_err(located)? {
                let path = template.output.replace(SURFACE, &id);
                let text = self.file(&template, context, surface, &options, source)?;
                artifacts.push(Artifact { path, text });
            }
        }
        artifacts.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(artifacts)
    }

    /// Renders a part of templates alone.
    #[cfg(feature = "cli")]
    pub(crate) fn part(&self, name: &str, context: Value) -> Result<String, Error> {
        let part = self.env.get_template(name).and_then(|part| part.render(context));
        part.map_err(|error| located(&error, self.templates))
    }

    fn file(
        &self,
        template: &Template,
        context: &Context,
        surface: Value,
        options: &Value,
        source: &str,
    ) -> Result<String, Error> {
        if !template.is_rendered {
            return Ok(template.source.to_owned());
        }
        let text = self
            .env
            .get_template(template.name)
            .and_then(|compiled| compiled.render(context.all(surface, options.clone())))
            .map_err(|error| located(&error, self.templates))?;
        Ok(match Lang::of(template.name) {
            Some(lang) => with_header(text, lang, source),
            None => text,
        })
    }
}

/// What stands in the name of a template that is rendered once a surface.
const SURFACE: &str = "[surface]";

/// What a page of Markdown with frontmatter begins with.
const FRONTMATTER: &str = "---\n";

/// Adds the line that tells people, and tools such as linguist, that a file is generated.
/// `go generate`'s documentation defines its form.
fn with_header(mut text: String, lang: Lang, source: &str) -> String {
    let keep = |c: char| c.is_alphanumeric() || " _./\\-+@,=~".contains(c);
    // A path is no catalog text, but must not end a comment either.
    let source: String = source.chars().map(|c| if keep(c) { c } else { '_' }).collect();
    let line = format!("Code generated by errcat from {source}. DO NOT EDIT.");
    let (at, header) = match lang {
        Lang::Rust | Lang::TypeScript => (0, format!("// {line}\n\n")),
        // In the first two lines of Python, `coding=` would say how the file is encoded (PEP 263).
        Lang::Python => (0, format!("# {}\n\n", line.replace('=', "_"))),
        Lang::Yaml | Lang::Toml => (0, format!("# {line}\n")),
        Lang::Html => (0, format!("<!-- {line} -->\n")),
        Lang::Text => (0, format!("{line}\n\n")),
        // In the frontmatter, which is YAML and begins a page, if there is one.
        Lang::Markdown if text.starts_with(FRONTMATTER) => {
            (FRONTMATTER.len(), format!("# {line}\n"))
        }
        // After the heading, because linters want that first; a link definition, because MDX has
        // no comments.
        Lang::Markdown => (text.find('\n').unwrap_or(text.len()), format!("\n\n[//]: # ({line})")),
        Lang::Json => return text,
    };
    text.insert_str(at, &header);
    text
}

/// A template's error, with the line of the template it is about: of an included one, the line there.
fn located(error: &minijinja::Error, templates: &Templates) -> Error {
    let inner = error.source().and_then(|inner| inner.downcast_ref::<minijinja::Error>());
    if let Some(inner) = inner {
        return located(inner, templates);
    }
    let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let help = "`errcat templates docs` lists every field, filter and test; \
                `errcat templates context` shows what templates see of a catalog";
    let name = error.name().unwrap_or_default();
    let excerpt = match (templates.find(name), error.range()) {
        (Some((path, source)), Some(range)) => {
            let written = source.get(range.clone()).unwrap_or_default();
            let help = match error.kind() {
                ErrorKind::UnknownFilter => suggest::help_or(written, escape::filter_names(), help),
                _ => help.to_owned(),
            };
            Excerpt::new(message, path.to_owned(), source.to_owned(), range, help)
        }
        _ => Excerpt::without_source(format!("{message} (template {name})"), help.to_owned()),
    };
    Error::template(excerpt)
}
