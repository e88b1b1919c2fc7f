//! Maps, sets, sorting and the search for repeats, all compiled once. Rust compiles `BTreeMap` and `sort` again for
//! each type that they hold, which was a third of the code that people wait for when a build script uses errcat. Here
//! only a thin shell depends on the type, and what is inside sees positions.

mod map;
mod repeats;
mod set;

use std::cmp::Ordering;

pub(crate) use map::SortedMap;
pub(crate) use repeats::repeats_by;
pub(crate) use set::SortedSet;

/// The most positions in a chunk. Adding one moves those after it in its chunk.
const CHUNK: usize = 256;

/// The positions of values in a list, in the order of the values. No chunk is empty.
#[derive(Clone, Debug, Default)]
struct Order(Vec<Vec<usize>>);

/// A place among the positions.
#[derive(Clone, Copy)]
struct Slot {
    chunk: usize,
    at: usize,
}

impl Order {
    /// The place of the first value that is not less than the sought one, as `compare` says for the value at a
    /// position; and its position, if it is equal.
    fn find(&self, compare: &dyn Fn(usize) -> Ordering) -> (Slot, Option<usize>) {
        let begins_before =
            |chunk: &Vec<usize>| chunk.first().is_some_and(|first| compare(*first).is_le());
        let others = self.0.get(1..).unwrap_or_default();
        let chunk = others.partition_point(begins_before);
        let positions = self.0.get(chunk).map_or(&[][..], Vec::as_slice);
        // Unlike that of slices, this search stops at an equal value: comparing can be slow.
        let (mut at, mut end) = (0, positions.len());
        while at < end {
            let middle = usize::midpoint(at, end);
            let Some(position) = positions.get(middle) else { break };
            match compare(*position) {
                Ordering::Less => at = middle + 1,
                Ordering::Greater => end = middle,
                Ordering::Equal => return (Slot { chunk, at: middle }, Some(*position)),
            }
        }
        (Slot { chunk, at }, None)
    }

    /// Adds a position at a place that was just found.
    fn insert(&mut self, slot: Slot, position: usize) {
        let Some(positions) = self.0.get_mut(slot.chunk) else {
            return self.0.push(vec![position]);
        };
        positions.insert(slot.at, position);
        if positions.len() > CHUNK {
            let second = positions.split_off(CHUNK / 2);
            self.0.insert(slot.chunk + 1, second);
        }
    }

    /// The position after a place, and that place.
    fn next(&self, slot: &mut Slot) -> Option<usize> {
        let mut positions = self.0.get(slot.chunk)?;
        if slot.at == positions.len() {
            *slot = Slot { chunk: slot.chunk + 1, at: 0 };
            positions = self.0.get(slot.chunk)?;
        }
        let position = positions.get(slot.at)?;
        slot.at += 1;
        Some(*position)
    }

    /// The position before a place.
    fn before(&self, slot: Slot) -> Option<usize> {
        let positions = self.0.get(slot.chunk)?;
        // The first chunk alone can begin after a place.
        positions.get(slot.at.checked_sub(1)?).copied()
    }
}

/// Sorts a list. Equal items stay in their order.
pub(crate) fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let at = |position: usize| list.get(position);
    let compare = |one: usize, other: usize| match (at(one), at(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    };
    let positions = sorted(list.len(), &compare);
    let mut items: Vec<Option<T>> = Vec::with_capacity(list.len());
    for item in list.drain(..) {
        items.push(Some(item));
    }
    for position in positions {
        if let Some(item) = items.get_mut(position).and_then(Option::take) {
            list.push(item);
        }
    }
}

/// Sorts a list by a key of each item. Items with equal keys stay in their order.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

fn sorted(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..length).collect();
    positions.sort_by(|one, other| compare(*one, *other));
    positions
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn maps_and_sets_do_what_those_of_std_do() {
        // With many keys in few chunks of few positions, chunks split.
        proptest!(|(pairs in proptest::collection::vec((0_u16..2000, 0_u8..9), 0..1500), key in 0_u16..2000)| {
            let mut map = SortedMap::new();
            let mut std = BTreeMap::new();
            for (key, value) in &pairs {
                prop_assert_eq!(map.insert(*key, *value), std.insert(*key, *value));
            }
            prop_assert_eq!(map.len(), std.len());
            prop_assert_eq!(map.get(&key), std.get(&key));
            prop_assert_eq!(map.contains_key(&key), std.contains_key(&key));
            prop_assert_eq!(map.iter().collect::<Vec<_>>(), std.iter().collect::<Vec<_>>());
            let from = map.iter_from(&key).collect::<Vec<_>>();
            prop_assert_eq!(from, std.range(key..).collect::<Vec<_>>());
            prop_assert_eq!(map.last_to(&key).map(|value| *value), std.range(..=key).next_back().map(|(_, value)| *value));
            *map.entry(key).or_default() += 1;
            *std.entry(key).or_default() += 1;
            let pairs_in_order = map.into_iter().collect::<Vec<_>>();
            prop_assert_eq!(pairs_in_order, std.into_iter().collect::<Vec<_>>());

            let keys = || pairs.iter().map(|(key, _)| *key);
            let (mut set, std) = (keys().collect::<SortedSet<_>>(), keys().collect::<BTreeSet<_>>());
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), std.iter().collect::<Vec<_>>());
            prop_assert_eq!(set.insert(key), !std.contains(&key));
        });
    }

    #[test]
    fn sorting_keeps_the_order_of_equal_items() {
        proptest!(|(list in proptest::collection::vec((0_u8..9, 0_u8..9), 0..50))| {
            let (mut own, mut std) = (list.clone(), list);
            sort_by_key(&mut own, |(key, _)| *key);
            std.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(own, std);
        });
    }
}
