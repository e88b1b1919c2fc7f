//! A saved response → which error of which surface it is, as the generated packages see it.

mod outcome;
mod place;
mod recognize;
mod reported;
mod response;
pub(crate) mod runtime;

pub(crate) use outcome::{Outcome, Reading, batch, best, readings};
pub(crate) use place::{Item, Place, surface, surfaces};
pub(crate) use recognize::Occurrence;
#[cfg(test)]
pub(crate) use recognize::{Recognized, recognize};
pub(crate) use reported::{Reported, reported};
pub(crate) use response::{Content, Response};
