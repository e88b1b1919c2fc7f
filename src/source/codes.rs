//! The codes of catalogs, and which of them each item of `sources` is about.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Empty, Known};
use crate::catalog::{Catalog, Set, text};
use crate::config::{CodeSource, Part, Plan};
use crate::text::suggest;
use crate::text::words::joined;

/// The codes of the catalogs that `sources` names.
pub(super) struct Codes {
    pub list: Vec<Known>,
    /// What each item of `sources` is about.
    pub scopes: Vec<Scope>,
}

/// The codes that a source may have.
pub(super) struct Scope {
    /// The index of the catalog.
    pub catalog: usize,
    /// The index of its surface, if it is about one.
    pub surface: Option<usize>,
    /// The surface's id, or else its file, for messages.
    pub name: String,
    /// The indexes of its codes, by their text.
    exact: BTreeMap<String, Vec<usize>>,
    /// By the letters and digits of the code and the name, for identifiers.
    folded: BTreeMap<String, Vec<usize>>,
    pub retired: BTreeSet<String>,
}

impl Codes {
    /// # Errors
    /// The first source without codes.
    pub(super) fn of(plan: &Plan, sets: &mut [(&Path, Set)]) -> Result<Self, Empty> {
        let mut list = Vec::new();
        for (number, (file, set)) in sets.iter_mut().enumerate() {
            let Some((catalog, _)) = set.own() else { continue };
            add(plan, file, number, catalog, &mut list);
        }
        let mut scopes = Vec::new();
        for (index, source) in plan.sources.iter().enumerate() {
            let mut sets = sets.iter_mut().enumerate();
            let Some((number, (_, set))) = sets.find(|(_, (file, _))| *file == source.catalog)
            else {
                continue;
            };
            let Some((catalog, _)) = set.own() else { continue };
            let scope = Scope::of(source, number, catalog, &list);
            scopes.push(scope.map_err(|(message, help)| (index, Part::Surface, message, help))?);
        }
        Ok(Self { list, scopes })
    }
}

/// Adds the codes of a catalog. The source should use the codes that this catalog lists itself, but not those of
/// deprecated errors, which may be unused.
fn add(plan: &Plan, file: &Path, number: usize, catalog: &Catalog, list: &mut Vec<Known>) {
    for (surface, one) in catalog.surfaces.iter().enumerate() {
        let id = text(one.id.as_ref());
        let is_covered = plan.sources.iter().any(|source| {
            source.catalog == file && (source.surface.is_none() || source.surface.as_deref() == id)
        });
        for entry in &one.errors {
            let Some(code) = entry.code.given() else { continue };
            let name = entry.name().unwrap_or_default().to_owned();
            list.push(Known {
                catalog: number,
                surface,
                code: code.value.clone(),
                name,
                at: code.at,
                is_sought: is_covered && !entry.is_included && entry.deprecated.is_none(),
                is_used: false,
            });
        }
    }
}

impl Scope {
    /// # Errors
    /// Why there are no codes, and what to do.
    fn of(
        source: &CodeSource,
        number: usize,
        catalog: &Catalog,
        list: &[Known],
    ) -> Result<Self, (String, String)> {
        let file = source.catalog.display().to_string();
        let ids = || catalog.surfaces.iter().filter_map(|surface| text(surface.id.as_ref()));
        let surface = match &source.surface {
            None => None,
            Some(id) => Some(ids().position(|known| known == id).ok_or_else(|| {
                let all: Vec<String> = ids().map(|id| format!("`{id}`")).collect();
                let all = format!("the surfaces are {}", joined(&all, " and "));
                let message = format!("`{file}` has no surface `{id}`");
                (message, suggest::help_or(id, ids(), all))
            })?),
        };
        let name = source.surface.clone().unwrap_or_else(|| file.clone());
        let (mut exact, mut folded) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for (index, known) in list.iter().enumerate() {
            if known.catalog == number && surface.is_none_or(|wanted| known.surface == wanted) {
                let code = known.code.to_string();
                let identifiers = BTreeSet::from([fold(&code), fold(&known.name)]);
                exact.entry(code).or_default().push(index);
                for identifier in identifiers {
                    folded.entry(identifier).or_default().push(index);
                }
            }
        }
        if exact.is_empty() {
            let message = format!("the errors of `{name}` have no codes");
            return Err((message, "name a surface with codes, or remove this item".to_owned()));
        }
        let surfaces = catalog.surfaces.iter().enumerate();
        let own = surfaces.filter(|(index, _)| surface.is_none_or(|wanted| *index == wanted));
        let retired = own.flat_map(|(_, surface)| &surface.retired);
        let retired = retired.map(|retired| retired.code.value.to_string()).collect();
        Ok(Self { catalog: number, surface, name, exact, folded, retired })
    }

    /// Whether a code is one of these.
    pub(super) fn has(&self, known: &Known) -> bool {
        known.catalog == self.catalog && self.surface.is_none_or(|own| own == known.surface)
    }

    /// The indexes of the codes that a piece of source means; empty if it means none. An identifier may have
    /// another case and other separators than the code.
    pub(super) fn meant(&self, piece: &str, is_identifier: bool) -> &[usize] {
        let exact = self.exact.get(piece);
        let found = exact.or_else(|| self.folded.get(&fold(piece)).filter(|_| is_identifier));
        found.map_or(&[], Vec::as_slice)
    }
}

/// The letters and digits of an identifier, in lower case.
fn fold(text: &str) -> String {
    let plain = text.chars().filter(|c| !matches!(c, '_' | '-' | '.'));
    plain.flat_map(char::to_lowercase).collect()
}
