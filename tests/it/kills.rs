//! `kill -9` at random moments of `generate`: every file is wholly old or wholly new, and the next
//! run finishes. `ERRCAT_KILLS=200` kills as often; `ERRCAT_SEED` repeats the moments of a run that
//! failed, as far as a machine does things twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::{Repo, files_below};

const OUTPUTS: [&str; 4] = ["own", "rust", "json", "markdown"];
const MANIFEST: &str = ".errcat-files";

/// The files of every output folder.
type Files = BTreeMap<String, String>;

/// A repo that makes a few hundred files: two targets of its own, and three that everybody has.
fn repo() -> Repo {
    let mut config = "errcat: 1\ntemplates: t\noutputs:\n".to_owned();
    for target in OUTPUTS {
        config += &format!("  - {{catalog: errors.yaml, target: {target}, out: made/{target}}}\n");
    }
    let page = "# {{ surface.title | md_text }}\n{% for e in surface.errors %}\n\
                - {{ e.meaning | md_text }}\n{% endfor %}\n";
    Repo::new()
        .file("errcat.yaml", config)
        .file("t/own/pages/[surface].md.j2", page)
        .file("t/own/by/[surface]/index.md.j2", page)
}

/// A version of the catalog. All versions share most surfaces, but no text.
fn catalog(version: u64) -> String {
    let mut text =
        "errcat: 1\nproduct: Large\nversion: 1.0.0\ntitle: Errors\nsurfaces:\n".to_owned();
    for surface in (0..60).filter(|surface| !(surface + version).is_multiple_of(10)) {
        text += &format!(
            "  - id: s{surface}\n    title: Surface {surface} of {version}\n    \
             shape: {{body: {{error: <code>}}}}\n    errors:\n"
        );
        for error in 0..3 {
            text += &format!(
                "      - {{code: e{error}, status: 400, meaning: Error {error} of {version}, \
                 fix: Mend it., retryable: false}}\n"
            );
        }
    }
    text
}

fn files(repo: &Repo) -> Files {
    let files = files_below(&repo.path("made")).into_iter();
    files.map(|file| (file.clone(), repo.read(&format!("made/{file}")))).collect()
}

/// Numbers that look random, by Marsaglia's xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

fn start(repo: &Repo) -> Child {
    repo.command(&["generate", "-q"]).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until the first file of a run takes its place, or the run ends.
fn wait_for_the_first_write(repo: &Repo, run: &mut Child) {
    let first = repo.path("made/json/catalog.json");
    let of_first = || fs::metadata(&first).and_then(|made| made.modified()).ok();
    let before = of_first();
    while of_first() == before && run.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

/// Each file must be one of the two versions, and be there if both have it.
fn assert_whole(after: &Files, old: &Files, new: &Files, moment: &str) {
    for (file, text) in after {
        if file.contains("/.errcat-tmp-") || file.ends_with(MANIFEST) {
            continue;
        }
        let is_whole = [old, new].iter().any(|version| version.get(file) == Some(text));
        assert!(is_whole, "{moment}: {file} is neither old nor new:\n{text}");
    }
    for file in old.keys().filter(|file| new.contains_key(*file)) {
        assert!(after.contains_key(file), "{moment}: {file} is gone");
    }
    // Each line of a manifest is of one of the two, and lists every file that is there.
    for output in OUTPUTS {
        let lines = |files: &Files| -> BTreeSet<String> {
            let manifest = files.get(&format!("{output}/{MANIFEST}"));
            manifest.into_iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
        };
        let (listed, both) = (lines(after), &lines(old) | &lines(new));
        assert!(listed.is_subset(&both), "{moment}: the manifest of {output} is torn");
        for file in after.keys().filter_map(|file| file.strip_prefix(&format!("{output}/"))) {
            let is_listed = listed.contains(&format!("{output} {file}"));
            assert!(is_listed || file.contains(".errcat-"), "{moment}: {file} is not listed");
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "the seed, for who runs it by hand")]
fn a_kill_at_any_moment_leaves_whole_files_and_the_next_run_finishes() {
    let variable = |name: &str| std::env::var(name).ok().map(|value| value.parse().unwrap());
    let kills = variable("ERRCAT_KILLS").unwrap_or(20);
    let clock = || SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    let seed =
        variable("ERRCAT_SEED").unwrap_or_else(|| u64::try_from(clock() % (1 << 60)).unwrap());
    let mut random = Random(seed | 1);
    let repo = repo();
    let mut versions = Vec::new();
    let mut whole = Duration::ZERO;
    let mut writing = Duration::ZERO;
    for version in 0..2 {
        repo.put("errors.yaml", catalog(version));
        let started = Instant::now();
        let mut run = start(&repo);
        wait_for_the_first_write(&repo, &mut run);
        let first = Instant::now();
        assert!(run.wait().unwrap().success());
        (whole, writing) = (started.elapsed(), first.elapsed());
        versions.push(files(&repo));
    }
    let version = |number: u64| &versions[usize::from(number % 2 == 1)];
    let (mut early, mut between, mut left) = (0, 0, 0);
    for kill in 0..kills {
        // The last finished version is `old`; from nothing at all, now and then.
        let (mut old, new) = (version(kill + 1).clone(), version(kill));
        if kill % 5 == 4 {
            fs::remove_dir_all(repo.path("made")).unwrap();
            old = Files::new();
        }
        repo.put("errors.yaml", catalog(kill % 2));
        let mut run = start(&repo);
        // Reading and rendering take longer: one kill of four is anywhere, the rest are aimed.
        let span = if kill % 4 == 0 { whole } else { writing * 2 / 3 };
        let delay = Duration::from_nanos(random.below(u64::try_from(span.as_nanos()).unwrap()));
        if kill % 4 != 0 {
            wait_for_the_first_write(&repo, &mut run);
        }
        std::thread::sleep(delay);
        run.kill().unwrap();
        run.wait().unwrap();
        let moment = format!("ERRCAT_SEED={seed}, kill {kill} after {delay:?} of {span:?}");
        let after = if repo.path("made").exists() { files(&repo) } else { Files::new() };
        assert_whole(&after, &old, new, &moment);
        let is_temporary = |file: &str| file.contains("/.errcat-tmp-");
        left += after.keys().filter(|file| is_temporary(file)).count();
        let after: Files = after.into_iter().filter(|(file, _)| !is_temporary(file)).collect();
        early += usize::from(after == old);
        between += usize::from(after != old && after != *new);
        repo.ok(&["generate", "-q"]);
        assert!(files(&repo) == *new, "{moment}: the next run did not finish");
        if kill % 4 == 1 {
            repo.ok(&["generate", "--check"]);
        }
    }
    eprintln!(
        "ERRCAT_SEED={seed}: {kills} kills, {early} before anything was written, {between} between \
         two files, which left {left} temporary files; a run takes {whole:?}, and writes for {writing:?}"
    );
    assert!(between > 0, "no kill met a run that was writing");
}
