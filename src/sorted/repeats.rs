//! Finds what is there twice. It sorts hashes: comparing the texts of a large catalog with each other takes longer.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Finds the items that repeat the key of an earlier item. Returns each with the first item that has this key. Items
/// without a key don't count.
pub(crate) fn repeats_by<T: Copy, K: Hash + Eq>(
    items: impl IntoIterator<Item = T>,
    key: impl Fn(T) -> Option<K>,
) -> Vec<(T, T)> {
    let items = items.into_iter().filter_map(|item| Some((item, key(item)?)));
    let items: Vec<(T, K)> = items.collect();
    let hashes = items.iter().map(|(_, key)| {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        hasher.finish()
    });
    let key = |position: usize| items.get(position).map(|(_, key)| key);
    let pairs = pairs(hashes.collect(), &|one, other| key(one) == key(other));
    let item = |position: usize| items.get(position).map(|(item, _)| *item);
    pairs.into_iter().filter_map(|(later, first)| Some((item(later)?, item(first)?))).collect()
}

/// The position of each item that is the same as an earlier one, with that of the first. Only items with the same
/// hash are compared.
fn pairs(hashes: Vec<u64>, is_same: &dyn Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut sorted: Vec<(u64, usize)> =
        hashes.into_iter().enumerate().map(|(position, hash)| (hash, position)).collect();
    sorted.sort_unstable();
    let mut pairs = Vec::new();
    for group in sorted.chunk_by(|(one, _), (other, _)| one == other) {
        for (index, (_, later)) in group.iter().enumerate() {
            let mut earlier = group.iter().take(index).map(|(_, position)| *position);
            pairs
                .extend(earlier.find(|first| is_same(*first, *later)).map(|first| (*later, first)));
        }
    }
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_compared_and_not_only_their_hashes() {
        let items = [7, 8, 7, 9, 8, 7];
        let is_same = |one: usize, other: usize| items.get(one) == items.get(other);
        // Each has the same hash.
        assert_eq!(pairs(vec![0; items.len()], &is_same), [(2, 0), (4, 1), (5, 0)]);
        assert_eq!(repeats_by(items, Some), [(7, 7), (8, 8), (7, 7)]);
        assert_eq!(repeats_by(items, |item| (item == 9).then_some(item)), []);
    }
}
