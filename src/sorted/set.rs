//! A set in order.

use std::borrow::Borrow;

use super::SortedMap;
use super::map::{IntoIter, Iter};

/// A set in order. Its functions are those of `BTreeSet`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SortedSet<T>(SortedMap<T, ()>);

impl<T> SortedSet<T> {
    pub(crate) fn new() -> Self {
        Self(SortedMap::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> Keys<'_, T> {
        Keys(self.0.iter())
    }
}

impl<T: Ord> SortedSet<T> {
    /// Adds an item. Returns whether the set did not have it.
    pub(crate) fn insert(&mut self, item: T) -> bool {
        let count = self.len();
        self.0.entry(item).or_default();
        self.len() > count
    }

    pub(crate) fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains_key(item)
    }

    /// The first item that is not less than this one.
    pub(crate) fn first_from(&self, item: &T) -> Option<&T> {
        self.0.iter_from(item).next().map(|(item, ())| item)
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        set.extend(items);
        set
    }
}

impl<T: Ord, const N: usize> From<[T; N]> for SortedSet<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = IntoKeys<T>;

    fn into_iter(self) -> IntoKeys<T> {
        IntoKeys(self.0.into_iter())
    }
}

impl<'s, T> IntoIterator for &'s SortedSet<T> {
    type Item = &'s T;
    type IntoIter = Keys<'s, T>;

    fn into_iter(self) -> Keys<'s, T> {
        self.iter()
    }
}

/// The items of a set, in order.
pub(crate) struct Keys<'s, T>(Iter<'s, T, ()>);

impl<'s, T> Iterator for Keys<'s, T> {
    type Item = &'s T;

    fn next(&mut self) -> Option<&'s T> {
        self.0.next().map(|(item, ())| item)
    }
}

/// The items of a set that is used up, in order.
pub(crate) struct IntoKeys<T>(IntoIter<T, ()>);

impl<T> Iterator for IntoKeys<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.next().map(|(item, ())| item)
    }
}
