//! The template engine: compiles templates, and renders a context with them.

use std::error::Error as _;
use std::io::{BufWriter, Write};
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use super::escape::{self, Lang};
use super::header::Headed;
use super::outputs::{self, Output};
use super::record::Seen as _;
use super::templates::{Template, Templates, is_rendered};
use super::{Context, Options};
use crate::diagnostic::Excerpt;
use crate::error::Error;
use crate::sorted::{SortedSet, sort_by};
use crate::text::suggest;

/// The deepest that macros and parts may call each other: the most that the engine allows. Macros call
/// each other for each level of a body.
const RECURSION_LIMIT: usize = 500;

/// How much of a file is handed on at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// A template engine with every template compiled.
pub(crate) struct Renderer<'t> {
    templates: &'t Templates,
    env: Environment<'t>,
}

impl<'t> Renderer<'t> {
    /// Compiles the templates of some targets, and the parts that those include.
    pub(crate) fn new(templates: &'t Templates, targets: &SortedSet<&str>) -> Result<Self, Error> {
        Self::with(templates, templates.of_targets(targets))
    }

    /// Compiles some of the templates.
    fn with(templates: &'t Templates, some: Vec<(&'t str, &'t str)>) -> Result<Self, Error> {
        let mut env = Environment::empty();
        escape::install(&mut env);
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_recursion_limit(RECURSION_LIMIT);
        // With debug on, every error would print the whole catalog.
        env.set_debug(false);
        env.set_path_join_callback(|name, parent| {
            // What is included as it is needs no escapes.
            if !is_rendered(name) || Lang::of(name) == Lang::of(parent) {
                return name.into();
            }
            // A part of another language would be escaped for the wrong one. No template has this name.
            format!("{name} (which is of another language than {parent})").into()
        });
        let mut syntax = SyntaxConfig::builder();
        let syntax = syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
        env.set_syntax(syntax.build().map_err(|error| Error::usage(error.to_string(), ""))?);
        for (name, source) in some {
            env.add_template(name, source).map_err(|error| located(&error, templates))?;
        }
        Ok(Self { templates, env })
    }

    /// Every file that a target may have, sorted by path: one for a template, or one for each surface or error.
    ///
    /// `source` is the catalog's path as errcat.yaml writes it, for the header.
    pub(crate) fn files<'r>(
        &'r self,
        target: &str,
        context: &'r Context,
        options: &Options,
        source: &'r str,
    ) -> Result<Vec<File<'r>>, Error> {
        let located = |error: minijinja::Error| located(&error, self.templates);
        let package = context.package().map_err(located)?;
        let package = options.get("name").and_then(|name| name.as_str()).unwrap_or(&package);
        let options = options.seen();
        let mut files = Vec::new();
        for template in self.templates.of_target(target)? {
            for output in outputs::of(template.output, package, context).map_err(located)? {
                let options = options.clone();
                files.push(File { renderer: self, template, context, output, options, source });
            }
        }
        sort_by(&mut files, |one, other| one.output.path.cmp(&other.output.path));
        Ok(files)
    }

    /// Renders a part of templates alone.
    #[cfg(feature = "cli")]
    pub(crate) fn part(
        templates: &'t Templates,
        name: &str,
        context: Value,
    ) -> Result<String, Error> {
        let renderer = Self::with(templates, templates.of_part(name))?;
        let part = renderer.env.get_template(name).and_then(|part| part.render(context));
        part.map_err(|error| located(&error, templates))
    }
}

/// A file to render or copy.
pub(crate) struct File<'r> {
    renderer: &'r Renderer<'r>,
    template: Template<'r>,
    context: &'r Context,
    output: Output,
    options: Value,
    source: &'r str,
}

impl File<'_> {
    /// The path below the output folder, with `/` between its parts.
    pub(crate) fn path(&self) -> &str {
        &self.output.path
    }

    /// Prints the file. Returns whether there is one: if its template prints nothing, there is none.
    pub(crate) fn print(&self, out: &mut impl Write) -> Result<bool, Error> {
        let Self { renderer, template, .. } = self;
        let failed = |error| Error::io("write", Path::new(self.path()), error);
        if !template.is_rendered {
            return out.write_all(template.content).map(|()| true).map_err(failed);
        }
        let Output { surface, error, .. } = &self.output;
        let seen = self.context.all(surface.clone(), error.clone(), self.options.clone());
        let out = BufWriter::with_capacity(CHUNK, out);
        let mut out = Headed::new(out, template.output, self.source);
        let compiled = renderer.env.get_template(template.name);
        compiled
            .and_then(|compiled| compiled.render_captured_to(seen, &mut out).map(drop))
            .map_err(|error| located(&error, renderer.templates))?;
        out.finish().map_err(failed)
    }
}

/// A template's error, with the line of the template that it is about. If a part failed, that is a line
/// of the part.
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
    Error::excerpt(excerpt)
}
