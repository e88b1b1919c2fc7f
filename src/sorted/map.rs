//! A map in the order of its keys.

use std::borrow::Borrow;
use std::fmt;

use super::{Order, Slot};

/// A map in the order of its keys. Its functions are those of `BTreeMap`.
#[derive(Clone)]
pub(crate) struct SortedMap<K, V> {
    /// In the order in which they were added.
    entries: Vec<(K, V)>,
    order: Order,
}

impl<K, V> SortedMap<K, V> {
    pub(crate) fn new() -> Self {
        Self { entries: Vec::new(), order: Order::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn iter(&self) -> Iter<'_, K, V> {
        Iter { map: self, slot: Slot { chunk: 0, at: 0 } }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    pub(crate) fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }

    pub(crate) fn into_keys(self) -> impl Iterator<Item = K> {
        self.into_iter().map(|(key, _)| key)
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> (Slot, Option<usize>)
    where
        K: Borrow<Q>,
    {
        self.order.find(&|position| match self.entries.get(position) {
            Some((own, _)) => own.borrow().cmp(key),
            None => std::cmp::Ordering::Greater,
        })
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.get_key_value(key).map(|(_, value)| value)
    }

    pub(crate) fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let (key, value) = self.entries.get(self.find(key).1?)?;
        Some((key, value))
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let position = self.find(key).1?;
        self.entries.get_mut(position).map(|(_, value)| value)
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).1.is_some()
    }

    /// What comes from a key on.
    pub(crate) fn iter_from<Q: Ord + ?Sized>(&self, key: &Q) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
    {
        Iter { map: self, slot: self.find(key).0 }
    }

    /// The value of the last key that is not greater than this one.
    pub(crate) fn last_to(&mut self, key: &K) -> Option<&mut V> {
        let (slot, equal) = self.find(key);
        let position = equal.or_else(|| self.order.before(slot))?;
        self.entries.get_mut(position).map(|(_, value)| value)
    }

    /// Sets the value of a key, and returns the one that it had.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (slot, equal) = self.find(&key);
        if let Some((_, old)) = equal.and_then(|position| self.entries.get_mut(position)) {
            return Some(std::mem::replace(old, value));
        }
        self.order.insert(slot, self.entries.len());
        self.entries.push((key, value));
        None
    }

    /// Keeps only some of the entries.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&K, &V) -> bool) {
        let entries = std::mem::take(self).into_iter();
        *self = entries.filter(|(key, value)| is_kept(key, value)).collect();
    }

    pub(crate) fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { map: self, key }
    }
}

/// The place of a key in a map.
pub(crate) struct Entry<'m, K, V> {
    map: &'m mut SortedMap<K, V>,
    key: K,
}

impl<'m, K: Ord, V> Entry<'m, K, V> {
    /// The value of the key, which gets this one if it has none.
    #[expect(clippy::indexing_slicing, reason = "every position is one of an entry")]
    pub(crate) fn or_insert(self, value: V) -> &'m mut V {
        let Self { map, key } = self;
        let (slot, equal) = map.find(&key);
        let position = equal.unwrap_or(map.entries.len());
        if equal.is_none() {
            map.order.insert(slot, position);
            map.entries.push((key, value));
        }
        &mut map.entries[position].1
    }

    pub(crate) fn or_default(self) -> &'m mut V
    where
        V: Default,
    {
        self.or_insert(V::default())
    }
}

/// The entries of a map, in the order of the keys.
pub(crate) struct Iter<'m, K, V> {
    map: &'m SortedMap<K, V>,
    slot: Slot,
}

impl<'m, K, V> Iterator for Iter<'m, K, V> {
    type Item = (&'m K, &'m V);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = self.map.entries.get(self.map.order.next(&mut self.slot)?)?;
        Some((key, value))
    }
}

/// The entries of a map that is used up, in the order of the keys.
pub(crate) struct IntoIter<K, V> {
    entries: Vec<Option<(K, V)>>,
    order: Order,
    slot: Slot,
}

impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        self.entries.get_mut(self.order.next(&mut self.slot)?)?.take()
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;

    fn into_iter(self) -> IntoIter<K, V> {
        let mut entries = Vec::with_capacity(self.entries.len());
        for entry in self.entries {
            entries.push(Some(entry));
        }
        IntoIter { entries, order: self.order, slot: Slot { chunk: 0, at: 0 } }
    }
}

impl<'m, K, V> IntoIterator for &'m SortedMap<K, V> {
    type Item = (&'m K, &'m V);
    type IntoIter = Iter<'m, K, V>;

    fn into_iter(self) -> Iter<'m, K, V> {
        self.iter()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        for (key, value) in pairs {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut map = Self::new();
        map.extend(pairs);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(pairs: [(K, V); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for SortedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
