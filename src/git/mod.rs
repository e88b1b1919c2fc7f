//! A catalog as it was at a revision of its repository. Nothing is checked out: `git` prints each file.

mod objects;
mod process;
mod repo;
mod revision;
mod snapshot;
mod unknown;

pub(crate) use revision::Revision;
