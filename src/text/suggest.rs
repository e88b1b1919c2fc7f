//! "Did you mean": the nearest of the names that exist.

/// The longest name, in bytes, that is compared: the cost grows with its square.
const MAX_NAME: usize = 100;

/// The candidate nearest to `name`, if it is near enough to be a typo.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    nearest_of(name, &candidates.into_iter().collect::<Vec<_>>())
}

fn nearest_of<'c>(name: &str, candidates: &[&'c str]) -> Option<&'c str> {
    near(name, candidates).min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// The nearest candidates, at most three, nearest first.
#[cfg(feature = "cli")]
pub(crate) fn nearest_few<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Vec<&'c str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let mut near: Vec<(usize, &str)> = near(name, &candidates).collect();
    near.sort_by_key(|&(distance, _)| distance);
    let nearest = near.first().map_or(0, |&(distance, _)| distance);
    let near = near.into_iter().take_while(|&(distance, _)| distance <= nearest + 1);
    near.take(3).map(|(_, candidate)| candidate).collect()
}

fn near<'c>(name: &str, candidates: &[&'c str]) -> impl Iterator<Item = (usize, &'c str)> {
    let length = name.chars().count();
    let limit = 1 + length / 3;
    let distance = move |candidate: &str| {
        if name.len() > MAX_NAME {
            return None;
        }
        // An abbreviation, such as `int`.
        let is_start = name.len() >= 3 && candidate.starts_with(name);
        let is_near = candidate.chars().count().abs_diff(length) <= limit;
        match (is_start, is_near) {
            (true, _) => Some(0),
            (false, true) => Some(slips(name, candidate)),
            (false, false) => None,
        }
    };
    let distances = candidates.iter().filter_map(move |one| Some((distance(one)?, *one)));
    distances.filter(move |&(distance, _)| distance <= limit)
}

/// How many slips make one text of the other: a letter too many, too few or another, or two swapped.
pub(crate) fn slips(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let width = other.len() + 1;
    // For each beginning of `one` a row, with the number for each beginning of `other`.
    let mut table: Vec<usize> = (0..width).collect();
    let mut before = None;
    for (number, c) in (1..).zip(one.chars()) {
        table.push(number);
        let mut left = None;
        for d in &other {
            let ago = |cells: usize| table.get(table.len() - cells).copied().unwrap_or_default();
            let changed = ago(width + 1) + usize::from(c != *d);
            let mut least = changed.min(ago(1) + 1).min(ago(width) + 1);
            if left == Some(c) && before == Some(*d) {
                least = least.min(ago(2 * width + 2) + 1);
            }
            table.push(least);
            left = Some(*d);
        }
        before = Some(c);
    }
    table.last().copied().unwrap_or_default()
}

/// Whether one letter too many, too few or another, or two swapped, make one name of the other.
pub(crate) fn is_slip(name: &str, meant: &str) -> bool {
    name.len() <= MAX_NAME && slips(name, meant) == 1
}

/// A help line for an unknown name: suggests the nearest one, or else says `otherwise`.
pub(crate) fn help_or<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: impl Into<String>,
) -> String {
    match nearest(name, candidates) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.into(),
    }
}

/// A help line for an unknown name: suggests the nearest one, or else lists all.
pub(crate) fn help<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    help_of(name, &candidates.into_iter().collect::<Vec<_>>())
}

fn help_of(name: &str, candidates: &[&str]) -> String {
    let all: Vec<String> = candidates.iter().map(|name| format!("`{name}`")).collect();
    let one_of = if all.len() == 1 { "" } else { "one of " };
    help_or(name, candidates.iter().copied(), format!("use {one_of}{}", all.join(", ")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::slips;

    proptest! {
        #[test]
        fn slips_are_what_strsim_counts(one in "[abcé]{0,9}", other in "[abcé]{0,9}") {
            prop_assert_eq!(slips(&one, &other), strsim::osa_distance(&one, &other));
        }
    }
}
