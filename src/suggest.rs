//! "Did you mean": the nearest of the names that exist, with one threshold for all of errcat.
//! Never decides that a name is unknown.

/// Nobody mistypes a name longer than this, and the distance costs its square.
const MAX_NAME: usize = 100;

/// The candidate nearest to `name`, if it is near enough to be a slip of the keyboard.
pub(crate) fn nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let limit = 1 + name.chars().count() / 3;
    if name.len() > MAX_NAME {
        return None;
    }
    let distance = |candidate: &str| {
        // An abbreviation, such as `int`.
        let is_start = name.len() >= 3 && candidate.starts_with(name);
        let is_near = candidate.len().abs_diff(name.len()) <= limit;
        match (is_start, is_near) {
            (true, _) => Some(0),
            (false, true) => Some(strsim::damerau_levenshtein(name, candidate)),
            (false, false) => None,
        }
    };
    let candidates = candidates.into_iter();
    let distances = candidates.filter_map(|candidate| Some((distance(candidate)?, candidate)));
    let nearest = distances.filter(|&(distance, _)| distance <= limit);
    nearest.min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// A help line for an unknown name: the nearest one, or else what is said otherwise.
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

/// A help line for an unknown name: the nearest one, or else all there are.
pub(crate) fn help<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str> + Clone,
) -> String {
    let all: Vec<_> = candidates.clone().into_iter().map(|name| format!("`{name}`")).collect();
    help_or(name, candidates, format!("use one of {}", all.join(", ")))
}
