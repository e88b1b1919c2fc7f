//! "Did you mean": the nearest of the names that exist.

/// The longest name, in bytes, that is compared: the cost grows with its square.
const MAX_NAME: usize = 100;

/// The candidate nearest to `name`, if it is near enough to be a typo.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    near(name, candidates).min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// The nearest candidates, at most three, nearest first.
#[cfg(feature = "cli")]
pub(crate) fn nearest_few<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Vec<&'c str> {
    let mut near: Vec<(usize, &str)> = near(name, candidates).collect();
    near.sort_by_key(|&(distance, _)| distance);
    let nearest = near.first().map_or(0, |&(distance, _)| distance);
    let near = near.into_iter().take_while(|&(distance, _)| distance <= nearest + 1);
    near.take(3).map(|(_, candidate)| candidate).collect()
}

fn near<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> impl Iterator<Item = (usize, &'c str)> {
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
            (false, true) => Some(strsim::damerau_levenshtein(name, candidate)),
            (false, false) => None,
        }
    };
    let candidates = candidates.into_iter();
    let distances = candidates.filter_map(move |candidate| Some((distance(candidate)?, candidate)));
    distances.filter(move |&(distance, _)| distance <= limit)
}

/// Whether one letter too many, too few or another, or two swapped, make one name of the other.
pub(crate) fn is_slip(name: &str, meant: &str) -> bool {
    name.len() <= MAX_NAME && strsim::damerau_levenshtein(name, meant) == 1
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
pub(crate) fn help<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str> + Clone,
) -> String {
    let all: Vec<_> = candidates.clone().into_iter().map(|name| format!("`{name}`")).collect();
    let one_of = if all.len() == 1 { "" } else { "one of " };
    help_or(name, candidates, format!("use {one_of}{}", all.join(", ")))
}
