//! A machine that says no: a full disk, a folder that may not be written, limits, a lock that
//! another run holds, streams that nobody reads. Each fault is real. Where the system allows no
//! namespaces, the two tests that mount a disk say so and prove nothing.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Ran, Repo, SMALL, files_below};

const ERRCAT: &str = env!("CARGO_BIN_EXE_errcat");
const NOBODY: u32 = 65534;

/// A repo with an output folder for each of three targets.
fn repo() -> Repo {
    Repo::new().file("errors.yaml", SMALL).file(
        "errcat.yaml",
        "errcat: 1
outputs:
  - {catalog: errors.yaml, target: json, out: disk/a}
  - {catalog: errors.yaml, target: markdown, out: disk/b}
  - {catalog: errors.yaml, target: typescript, out: disk/c}
",
    )
}

/// Runs a script of `sh`, with errcat as `$0`.
fn shell(repo: &Repo, script: &str) -> Ran {
    let mut command = Command::new("sh");
    Ran::from(command.args(["-euc", script, ERRCAT]).current_dir(repo.0.path()).output().unwrap())
}

/// Runs a script where it may mount anything, or says that the system does not allow it.
#[expect(clippy::print_stderr, reason = "nobody should think that it proved something")]
fn shell_that_mounts(repo: &Repo, script: &str) -> Option<Ran> {
    let unshare = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-euc", script, ERRCAT]).current_dir(repo.0.path()).output()
    };
    if !unshare("mount -t tmpfs none .").is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: this system allows no mount namespaces (`unshare -rm`)");
        return None;
    }
    Some(Ran::from(unshare(script).unwrap()))
}

/// errcat as a user who is not root, because root may do everything.
fn unprivileged(repo: &Repo, arguments: &[&str]) -> Ran {
    let mut command = repo.command(arguments);
    if Repo::new().0.path().metadata().unwrap().uid() == 0 {
        let copy = repo.path("errcat");
        if !copy.exists() {
            fs::copy(ERRCAT, &copy).unwrap();
        }
        let mode = fs::Permissions::from_mode(repo.0.path().metadata().unwrap().mode() | 0o055);
        fs::set_permissions(repo.0.path(), mode).unwrap();
        command = Command::new(copy);
        command.args(arguments).current_dir(repo.0.path()).uid(NOBODY).gid(NOBODY);
    }
    // Another test may have started a program while the copy was still open here.
    let busy = |ran: &std::io::Result<_>| {
        ran.as_ref()
            .is_err_and(|error: &std::io::Error| error.kind() == ErrorKind::ExecutableFileBusy)
    };
    let ran = std::iter::repeat_with(|| command.output()).find(|ran| !busy(ran));
    Ran::from(ran.unwrap().unwrap())
}

/// Gives a path to the user of [`unprivileged`]. If we are not root, it is theirs already.
fn give(repo: &Repo, path: &str, mode: u32) {
    let path = repo.path(path);
    let _ = chown(&path, Some(NOBODY), Some(NOBODY));
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
}

/// What every output holds when all is well.
fn wanted(repo: &Repo) -> Vec<(String, String)> {
    let other = self::repo();
    other.put("errors.yaml", repo.read("errors.yaml"));
    other.ok(&["generate"]);
    outputs(&other)
}

fn outputs(repo: &Repo) -> Vec<(String, String)> {
    let files = files_below(&repo.path("disk")).into_iter();
    files.map(|file| (file.clone(), repo.read(&format!("disk/{file}")))).collect()
}

#[test]
fn a_folder_that_may_not_be_written_is_named_and_kept() {
    let repo = repo();
    for folder in ["disk", "disk/a", "disk/b"] {
        fs::create_dir(repo.path(folder)).unwrap();
        give(&repo, folder, 0o755);
    }
    // The second of three folders; then the parent of the third.
    for (folder, named) in [("disk/b", "disk/b/errors.md"), ("disk", "disk/c")] {
        give(&repo, folder, 0o555);
        let ran = unprivileged(&repo, &["generate"]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.starts_with("error: cannot "), "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("`{named}`: Permission denied")), "{}", ran.stderr);
        assert!(ran.stderr.contains("help: check the permissions"), "{}", ran.stderr);
        give(&repo, folder, 0o755);
    }
    let ran = unprivileged(&repo, &["generate"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(outputs(&repo), wanted(&repo));
    // Nothing to write, so a read-only folder is no obstacle.
    for folder in ["disk", "disk/a", "disk/b", "disk/c"] {
        give(&repo, folder, 0o555);
    }
    for arguments in [&["generate"][..], &["generate", "--check"]] {
        let ran = unprivileged(&repo, arguments);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, "8 files are up to date\n"));
    }
}

#[test]
fn files_and_folders_that_may_not_be_read_are_named() {
    for path in ["errors.yaml", "errcat.yaml", "disk/a", "disk/a/catalog.json"] {
        let repo = repo();
        repo.ok(&["generate"]);
        give(&repo, path, 0o000);
        for arguments in [&["generate"][..], &["generate", "--check"], &["lint"]] {
            if arguments == ["lint"] && path.contains("disk") {
                continue;
            }
            let ran = unprivileged(&repo, arguments);
            assert_eq!(ran.status, 2, "{path}: {}", ran.stderr);
            let is_named = ran.stderr.contains(path) && ran.stderr.contains("Permission denied");
            assert!(is_named, "{path}: {}", ran.stderr);
            assert!(ran.stderr.contains("help: check the permissions"), "{}", ran.stderr);
        }
        give(&repo, path, 0o755);
    }
    let repo = Repo::new();
    give(&repo, ".", 0o555);
    let ran = unprivileged(&repo, &["init"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("`errors.yaml`: Permission denied"), "{}", ran.stderr);
}

#[test]
fn a_disk_that_cannot_be_written_is_named_even_to_root() {
    let repo = repo();
    repo.ok(&["generate"]);
    let old = outputs(&repo);
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    let script = "mount --bind disk disk; mount -o remount,ro,bind disk; exec \"$0\" generate";
    let Some(ran) = shell_that_mounts(&repo, script) else { return };
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("`disk/a/catalog.json`: Read-only file system"), "{}", ran.stderr);
    assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
    assert_eq!(outputs(&repo), old);
}

/// The disk is filled to each of many levels: it gives out in the first folder, in the last, and
/// between a manifest and its files.
#[test]
fn a_full_disk_leaves_every_file_whole() {
    let repo = repo();
    let new = wanted(&repo);
    repo.put("old.yaml", SMALL.replace("MEANING", "Long ".repeat(4000).trim_end()));
    let script = r#"
        mount -t tmpfs -o size=1M none disk
        for free in 0 8 16 24 32 48 64 96 128 160 192 224 256 320 384; do
            cp new.yaml errors.yaml
            "$0" generate -q
            [ $free = 0 ] || head -c ${free}k /dev/zero > disk/room
            cat /dev/zero > disk/ballast 2>&- || true
            rm -f disk/room
            cp old.yaml errors.yaml
            status=0
            "$0" generate -q 2> said || status=$?
            mkdir -p after/$free
            cp -r disk/a disk/b disk/c after/$free
            cat said
            echo "status $free $status"
            rm disk/ballast
            "$0" generate -q
            "$0" generate --check
            mkdir -p end/$free
            cp -r disk/a disk/b disk/c end/$free
        done"#;
    fs::create_dir(repo.path("disk")).unwrap();
    fs::copy(repo.path("errors.yaml"), repo.path("new.yaml")).unwrap();
    let Some(ran) = shell_that_mounts(&repo, script) else { return };
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    fs::copy(repo.path("old.yaml"), repo.path("errors.yaml")).unwrap();
    let old = wanted(&repo);
    let failed = ran.stdout.matches(" 2\n").count();
    for level in fs::read_dir(repo.path("after")).unwrap() {
        let level = level.unwrap().file_name().into_string().unwrap();
        let read = |stage: &str| -> Vec<(String, String)> {
            let folder = format!("{stage}/{level}");
            let files = files_below(&repo.path(&folder)).into_iter();
            files.map(|file| (file.clone(), repo.read(&format!("{folder}/{file}")))).collect()
        };
        let after = read("after");
        for (file, text) in &after {
            let one = (file.clone(), text.clone());
            assert!(old.contains(&one) || new.contains(&one), "{level} KiB free: {file}");
        }
        // Nothing takes its place before everything is there.
        assert!(after == old || after == new, "{level} KiB free");
        assert_eq!(read("end"), old, "{level} KiB free");
    }
    assert!((3..13).contains(&failed), "{failed} failed:\n{}", ran.stdout);
    assert_eq!(ran.stdout.matches("help: free some space").count(), failed, "{}", ran.stdout);
}

#[test]
fn init_on_a_full_disk_leaves_nothing() {
    let repo = Repo::new().file("disk/x", "");
    let script = "mount -t tmpfs -o size=8k none disk; cd disk; cat /dev/zero > ballast || true
        status=0; \"$0\" init || status=$?; ls -A; exit $status";
    let Some(ran) = shell_that_mounts(&repo, script) else { return };
    assert_eq!((ran.status, ran.stdout.as_str()), (2, "ballast\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("help: free some space"), "{}", ran.stderr);
}

#[test]
fn limits_are_reported_or_kill_and_the_next_run_finishes() {
    for (limit, said) in [
        ("trap '' XFSZ; ulimit -f 1", "File too large"),
        ("ulimit -f 1", ""), // the system kills it
        ("ulimit -n 6", "Too many open files"),
        ("ulimit -n 4", "Too many open files"),
    ] {
        let repo = repo();
        repo.put("errors.yaml", SMALL.replace("MEANING", "Long ".repeat(400).trim_end()));
        fs::create_dir_all(repo.path("disk")).unwrap();
        let script = format!("{limit}; \"$0\" generate || status=$?; exit ${{status:-0}}");
        let ran = shell(&repo, &script);
        assert_ne!(ran.status, 0, "{limit}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{limit}: {}", ran.stderr);
        let wanted = wanted(&repo);
        for one in outputs(&repo) {
            let is_left = one.0.contains(".errcat-");
            assert!(is_left || wanted.contains(&one), "{limit}: half of {}", one.0);
        }
        repo.ok(&["generate"]);
        assert_eq!(outputs(&repo), wanted, "{limit}");
    }
}

#[test]
fn a_run_waits_for_another_but_not_for_ever() {
    let repo = repo();
    repo.ok(&["generate"]);
    let old = outputs(&repo);
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    let lock = File::open(repo.path("disk/b")).unwrap();
    lock.lock().unwrap();
    let start = Instant::now();
    let ran = repo.run(&["generate"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    let message = "error: another run of errcat has `disk/b` locked\n";
    assert!(ran.stderr.starts_with(message) && ran.stderr.contains("help: "), "{}", ran.stderr);
    assert!((8..20).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    assert_eq!(outputs(&repo), old);
    // One that only looks need not wait.
    assert_eq!(repo.run(&["generate", "--check"]).status, 1);
    let mut waiting = repo.command(&["generate", "-q"]).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(waiting.try_wait().unwrap().is_none(), "it did not wait");
    assert_eq!(outputs(&repo), old);
    lock.unlock().unwrap();
    assert!(waiting.wait().unwrap().success());
    assert_eq!(outputs(&repo), wanted(&repo));
}

#[test]
fn first_runs_at_once_end_as_one() {
    let repo = repo();
    for _ in 0..3 {
        let run = || repo.command(&["generate"]).stderr(Stdio::piped()).spawn().unwrap();
        let runs: Vec<_> = (0..6).map(|_| run()).collect();
        let mut wrote = String::new();
        for run in runs {
            let ran = Ran::from(run.wait_with_output().unwrap());
            assert_eq!(ran.status, 0, "{}", ran.stderr);
            wrote += &ran.stderr;
        }
        assert_eq!(wrote.matches("errors.md").count(), 1, "who came second wrote again:\n{wrote}");
        assert_eq!(outputs(&repo), wanted(&repo));
        fs::remove_dir_all(repo.path("disk")).unwrap();
    }
}

/// The exit code must not depend on whether anyone reads the output: `errcat generate --check | head` is in CI.
#[test]
fn a_stream_that_nobody_reads_changes_no_exit_code() {
    let repo = repo();
    for (arguments, closed, status) in [
        ("generate", "2>&-", 0),
        ("generate --check", ">&-", 0),
        ("schema", ">&-", 0),
        ("lint bad.yaml", ">&-", 1),
        ("lint bad.yaml", ">&- 2>&-", 1),
    ] {
        repo.put("bad.yaml", SMALL.replace("status: 400", "status: 40"));
        let ran = shell(&repo, &format!("exec \"$0\" {arguments} {closed}"));
        assert_eq!(ran.status, status, "{arguments} {closed}: {}", ran.stderr);
    }
    assert_eq!(outputs(&repo), wanted(&repo));
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    for (arguments, status) in [
        (&["lint", "bad.yaml"][..], 1),
        (&["lint", "--explain"], 0),
        (&["schema"], 0),
        (&["generate", "--check"], 1),
        (&["generate"], 0),
        (&["generate", "--check"], 0),
    ] {
        // A pipe whose other end is gone before errcat starts.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = repo.command(arguments);
        let both = command.stdout(writer.try_clone().unwrap()).stderr(writer);
        assert_eq!(both.status().unwrap().code(), Some(status), "{arguments:?}");
    }
    assert_eq!(outputs(&repo), wanted(&repo));
}

#[test]
fn a_stream_that_takes_nothing_is_an_error_where_it_holds_the_answer() {
    let repo = repo();
    repo.put("bad.yaml", SMALL.replace("status: 400", "status: 40"));
    for arguments in ["schema", "lint bad.yaml", "lint --explain", "generate --check", "--help"] {
        let ran = shell(&repo, &format!("exec \"$0\" {arguments} > /dev/full"));
        assert_eq!(ran.status, 2, "{arguments}: {}", ran.stderr);
        assert!(ran.stderr.starts_with("error: cannot write the output: "), "{}", ran.stderr);
        assert!(ran.stderr.contains("\nhelp: "), "{}", ran.stderr);
    }
    // The files are the answer of `generate`, not the lines about them.
    assert_eq!(shell(&repo, "exec \"$0\" generate 2> /dev/full").status, 0);
    assert_eq!(outputs(&repo), wanted(&repo));
}

#[test]
fn paths_too_long_and_folders_that_are_gone_are_reported() {
    let repo = repo();
    let generate = |out: &str| {
        repo.run(&["generate", "--catalog", "errors.yaml", "--target", "json", "--out-root", out])
    };
    for out in ["x".repeat(300), "y/".repeat(3000)] {
        let ran = generate(&out);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("File name too long"), "{}", ran.stderr);
        assert!(ran.stderr.contains("help: choose a shorter path"), "{}", ran.stderr);
    }
    assert_eq!(files_below(repo.0.path()), ["errcat.yaml", "errors.yaml"]);
    let deep = vec!["z".repeat(250); 12].join("/");
    assert_eq!(generate(&deep).status, 0);
    let ran = shell(&repo, "mkdir gone; cd gone; rmdir ../gone; exec \"$0\" generate");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.starts_with("error: cannot find the working folder: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
}
