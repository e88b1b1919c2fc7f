//! The rule near-code: on random codes it finds what a comparison of all pairs finds, and it takes as long
//! for codes that are all near as for others.

use std::collections::BTreeSet;
use std::time::Instant;

use crate::Repo;
use crate::fixture::Random;

/// The codes that the rule reports in a catalog of these, each with the other one.
fn reported(codes: &[String]) -> Vec<(String, String)> {
    let mut catalog =
        "{errcat: 1, product: A, version: 1.0.0, title: A, surfaces: [{id: a, title: A, \
                       allow: [missing-fix, missing-retryable], \
                       shape: {body: {error: <code>}}, errors: [\n"
            .to_owned();
    for (number, code) in codes.iter().enumerate() {
        catalog +=
            &format!("{{code: {code:?}, name: n{number}, status: 400, meaning: M{number}}},\n");
    }
    let repo = Repo::new().file("errors.yaml", catalog + "]}]}");
    let Err(error) = repo.lint("errors.yaml") else { return Vec::new() };
    let mut found = Vec::new();
    for problem in error.diagnostics().unwrap().iter().flat_map(errcat::Diagnostics::iter) {
        assert_eq!(problem.rule().name, "near-code", "{}", problem.message());
        let quoted: Vec<&str> = problem.message().split('`').collect();
        found.push((quoted[1].to_owned(), quoted[3].to_owned()));
    }
    found
}

fn plain(code: &str) -> String {
    code.replace('_', "").to_lowercase()
}

fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn finds_what_a_comparison_of_all_pairs_finds() {
    let mut random = Random(7);
    let mut total = 0;
    for alphabet in ["ab1", "abcdefgh_12", "aA_é"] {
        let letters: Vec<char> = alphabet.chars().collect();
        let mut codes: Vec<String> = Vec::new();
        while codes.len() < 150 {
            let length = 4 + random.below(5);
            let code: String = (0..length).map(|_| letters[random.below(letters.len())]).collect();
            if !codes.contains(&code) && !code.starts_with('_') {
                codes.push(code);
            }
        }
        let is_long = |code: &str| code.chars().count() >= 5;
        let long = || codes.iter().filter(|code| is_long(code));
        let is_common = |word: &str| {
            long().flat_map(|code| code.split('_')).filter(|one| *one == word).count() >= 10
        };
        let have_common_words = |one: &str, other: &str| {
            let words = one.split('_').zip(other.split('_'));
            let different: Vec<_> = words.filter(|(one, other)| one != other).collect();
            matches!(*different, [(one, other)] if is_common(one) && is_common(other))
        };
        let near = |one: &str, other: &str, distance: usize| {
            let is_one_letter =
                distance == 1 && digits(one) == digits(other) && !have_common_words(one, other);
            is_long(one) && is_long(other) && (is_one_letter || plain(one) == plain(other))
        };
        let found = reported(&codes);
        for (one, other) in &found {
            assert!(near(one, other, strsim::osa_distance(one, other)), "{one} {other}");
        }
        let found: BTreeSet<&str> = found.iter().map(|(one, _)| one.as_str()).collect();
        for (number, code) in codes.iter().enumerate() {
            let mut earlier = codes[..number].iter();
            let has_near = earlier.any(|other| near(code, other, strsim::levenshtein(code, other)));
            assert!(!has_near || found.contains(code.as_str()), "{code} is missing");
            total += usize::from(has_near);
        }
    }
    assert!(total > 50, "{total}");
}

#[test]
fn words_of_many_codes_are_no_typos() {
    let parts = "tenant project member webhook billing invoice session upload region budget";
    let parts: Vec<&str> = parts.split(' ').collect();
    let codes = |parts: &[&str]| -> Vec<String> {
        let of_part = |part| ["locked", "blocked"].map(|word| format!("{part}_{word}"));
        parts.iter().flat_map(of_part).collect()
    };
    assert_eq!(reported(&codes(&parts[..9])).len(), 9);
    let mut codes = codes(&parts);
    assert_eq!(reported(&codes), []);
    codes.extend(["region_blokced", "billing_lockd", "sessionlocked"].map(str::to_owned));
    let found = reported(&codes);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(one, two)| (one.as_str(), two.as_str())).collect();
    assert_eq!(
        found,
        [
            ("region_blokced", "region_blocked"),
            ("billing_lockd", "billing_locked"),
            ("sessionlocked", "session_locked"),
        ]
    );
}

#[test]
fn many_near_codes_take_no_longer_than_others() {
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let time = |code: &dyn Fn(usize) -> String| {
        let codes: Vec<String> = (0..5000).map(code).collect();
        let start = Instant::now();
        (reported(&codes).len(), start.elapsed())
    };
    let pair = |i: usize| (letters[i / 52 % 52], letters[i % 52], i / 2704);
    let (near, slow) = time(&|i| {
        let (a, b, n) = pair(i);
        format!("common_{a}{b}_prefix_{n}")
    });
    let (numbers, fast) = time(&|i| format!("error_{i}"));
    assert!(near > 4000, "{near}");
    assert_eq!(numbers, 0);
    assert!(slow < fast * 20, "{slow:?}, but {fast:?} without findings");
}
