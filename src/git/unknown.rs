//! Why a revision is not known, and what to write or fetch.

use super::repo::Repo;
use crate::error::Error;
use crate::text::suggest;

/// What keeps a text from naming a revision, and what to write.
pub(super) fn refusal(name: &str) -> Option<(String, &'static str)> {
    const EXAMPLES: &str = "name a tag, a branch or a commit, such as `v1.4.0` or `origin/main`";
    if name.is_empty() {
        return Some(("the name of the revision is empty".to_owned(), EXAMPLES));
    }
    if name.starts_with('-') {
        return Some((format!("`{name}` is an option, not a revision"), EXAMPLES));
    }
    if name.contains("..") {
        let message = format!("`{name}` is a range of revisions");
        return Some((message, "name only the first: errcat compares it with the files on disk"));
    }
    None
}

/// The error that a repository has no revision of this name.
///
/// # Errors
/// If git can't be started.
pub(super) fn revision(name: &str, repo: &Repo) -> Result<Error, Error> {
    let remotes = repo.list(&["remote"])?;
    let names = ["refs/tags", "refs/heads", "refs/remotes"];
    let names =
        names.map(|kind| repo.list(&["for-each-ref", "--format=%(refname:lstrip=2)", kind]));
    let [tags, branches, remote] = names;
    let (tags, branches, remote) = (tags?, branches?, remote?);
    let known = || tags.iter().chain(&branches).chain(&remote).map(String::as_str);
    let remote_name = remotes.iter().map(|remote| format!("{remote}/{name}"));
    let help = if let Some(remote) = remote_name.clone().find(|one| remote.contains(one)) {
        format!("did you mean `{remote}`?")
    } else if let Some(remote) = remotes.first() {
        let fetch = fetch(name, &remotes, remote, repo.is_shallow);
        match suggest::nearest(name, known()).filter(|_| !repo.is_shallow) {
            Some(near) => format!("did you mean `{near}`? Else fetch it: {fetch}"),
            None => format!("fetch it: {fetch}"),
        }
    } else {
        suggest::help_or(name, known(), "`git tag` and `git branch -a` list the names")
    };
    let message = if repo.is_shallow {
        format!("this clone has only the last commits, and no revision `{name}`")
    } else {
        format!("there is no revision `{name}`")
    };
    Ok(Error::usage(message, help))
}

/// How to fetch a revision from the remote of a clone.
fn fetch(name: &str, remotes: &[String], remote: &str, is_shallow: bool) -> String {
    let depth = if is_shallow { " --depth=1" } else { "" };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    let is_digit = |c: char| c.is_ascii_digit();
    let is_id = name.len() >= 40 && name.chars().all(|c| c.is_ascii_hexdigit());
    let branch = remotes
        .iter()
        .find_map(|remote| Some((remote, name.strip_prefix(remote.as_str())?.strip_prefix('/')?)));
    match branch {
        // A name such as HEAD~2 counts commits.
        _ if !name.chars().all(is_plain) => {
            format!("`git fetch{} --tags`", if is_shallow { " --unshallow" } else { "" })
        }
        Some((remote, branch)) => {
            format!("`git fetch{depth} {remote} {branch}:refs/remotes/{name}`")
        }
        None if is_id => format!("`git fetch{depth} {remote} {name}`"),
        // A version is probably a tag.
        None if name.contains(is_digit) && !name.contains('/') => {
            format!("`git fetch{depth} {remote} tag {name}`")
        }
        None => format!("`git fetch{depth} {remote} {name}`, and compare with `FETCH_HEAD`"),
    }
}

/// The error that no tag comes before the commit that is checked out.
///
/// # Errors
/// If git can't be started.
pub(super) fn tag(repo: &Repo) -> Result<Error, Error> {
    if repo.list(&["rev-parse", "--verify", "--quiet", "HEAD"])?.is_empty() {
        return Ok(Error::usage(
            "the repository has no commit yet",
            "compare two files: `errcat diff OLD NEW`",
        ));
    }
    if repo.is_shallow {
        return Ok(Error::usage(
            "this clone has only the last commits, and no tag before them",
            "fetch the others: `git fetch --unshallow --tags`; or name a revision: `--against REV`",
        ));
    }
    let newest =
        ["for-each-ref", "--sort=-creatordate", "--count=1", "--format=%(refname:lstrip=2)"];
    let newest = repo.list(&[&newest[..], &["refs/tags"]].concat())?;
    Ok(match newest.first() {
        Some(tag) => Error::usage(
            "no tag comes before the commit that is checked out",
            format!("name the revision that clients use, such as `--against {tag}`"),
        ),
        None => Error::usage(
            "the repository has no tag",
            "name the revision that clients use: `--against REV`; if it is on the remote, run \
             `git fetch --tags`",
        ),
    })
}
