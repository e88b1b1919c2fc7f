//! Files and folders as a repository stores them, by their ids. One process prints all of them:
//! `git cat-file --batch`.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::process;
use crate::error::Error;

/// The objects of a repository.
pub(super) struct Objects {
    git: Child,
    /// `None` after the last request.
    requests: Option<ChildStdin>,
    answers: Option<BufReader<ChildStdout>>,
}

impl Objects {
    /// The objects of the repository that a folder is in.
    ///
    /// # Errors
    /// If git can't be started.
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        let mut git = process::command(folder, &["cat-file", "--batch"]);
        git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = git.spawn().map_err(|error| process::not_started(&error))?;
        let (requests, answers) = (git.stdin.take(), git.stdout.take().map(BufReader::new));
        Ok(Self { git, requests, answers })
    }

    /// The content of an object; `None` if the repository lacks it.
    ///
    /// # Errors
    /// If git fails.
    pub(super) fn read(&mut self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        self.answer(id).map_err(|()| self.failure())
    }

    /// Asks for an object. Each answer is a line with the id, kind and size, then the content and a line end;
    /// or the request and "missing".
    fn answer(&mut self, id: &str) -> Result<Option<Vec<u8>>, ()> {
        let (Some(requests), Some(answers)) = (&mut self.requests, &mut self.answers) else {
            return Err(());
        };
        requests.write_all(format!("{id}\n").as_bytes()).map_err(drop)?;
        requests.flush().map_err(drop)?;
        let mut head = String::new();
        answers.read_line(&mut head).map_err(drop)?;
        if head.ends_with(" missing\n") {
            return Ok(None);
        }
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or(())?;
        let mut content = Vec::new();
        answers.take(size).read_to_end(&mut content).map_err(drop)?;
        let mut line_end = [0];
        answers.read_exact(&mut line_end).map_err(drop)?;
        Ok(Some(content))
    }

    /// Why git answered nothing.
    fn failure(&mut self) -> Error {
        self.close();
        let mut said = Vec::new();
        if let Some(mut stderr) = self.git.stderr.take() {
            // What was read before a failure is all there is to say.
            let _ = stderr.read_to_end(&mut said);
        }
        process::failed(&said)
    }

    /// Without its pipes, git ends.
    fn close(&mut self) {
        self.requests = None;
        self.answers = None;
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.close();
        let _ = self.git.wait();
    }
}
