//! Positions of surfaces and errors in a list of catalogs.

use std::sync::Arc;

use crate::catalog::{Catalog, Surface};

/// A surface, by its position in one of the catalogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub catalog: usize,
    pub surface: usize,
}

/// An error or a retired code of a surface, by its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    Error(usize),
    Retired(usize),
}

/// Every surface, with its place.
pub(crate) fn surfaces(catalogs: &[Arc<Catalog>]) -> impl Iterator<Item = (Place, &Surface)> {
    catalogs.iter().enumerate().flat_map(|(catalog, one)| {
        let surfaces = one.surfaces.iter().enumerate();
        surfaces.map(move |(surface, one)| (Place { catalog, surface }, one))
    })
}

/// The surface at a place.
pub(crate) fn surface(catalogs: &[Arc<Catalog>], place: Place) -> Option<&Surface> {
    catalogs.get(place.catalog)?.surfaces.get(place.surface)
}
