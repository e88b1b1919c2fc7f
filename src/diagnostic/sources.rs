//! The files that are read together, such as a catalog and those that it includes.

use crate::yaml::NodeId;

/// Files that are read together. Every scalar of every file has a number of its own.
#[derive(Debug, Default)]
pub(crate) struct Sources(Vec<Source>);

/// One file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path, as messages name it.
    pub path: String,
    /// The whole file, without a byte order mark.
    pub text: String,
    /// The number of its first scalar.
    pub first: NodeId,
}

impl Sources {
    /// Adds a file, and returns its index.
    pub(crate) fn add(&mut self, path: String, text: String) -> usize {
        let first = self.end();
        self.0.push(Source { path, text, first });
        self.0.len() - 1
    }

    /// The first number that no file has.
    pub(crate) fn end(&self) -> NodeId {
        self.0.last().map_or(NodeId::FIRST, |last| last.first.after(&last.text))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, file: usize) -> Option<&Source> {
        self.0.get(file)
    }

    /// The index of the file that a scalar is in.
    pub(crate) fn file_of(&self, at: NodeId) -> usize {
        self.0.partition_point(|source| source.first <= at).saturating_sub(1)
    }
}
