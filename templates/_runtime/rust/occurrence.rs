//! What one occurrence of an error may have, whatever its API.

use core::error::Error;
use core::time::Duration;

use super::alloc::boxed::Box;
use super::alloc::string::String;
use super::alloc::sync::Arc;

/// What one occurrence of an error may have, besides the values of its placeholders.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occurrence {
    /// The code as received, if this version of the crate doesn't know it.
    pub received: Option<String>,
    /// The start of a body that isn't JSON.
    pub text: Option<String>,
    /// The wait that a header asks for.
    pub retry_after: Option<Duration>,
    /// What led to the error.
    pub cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl Occurrence {
    pub(crate) fn caused_by(&mut self, cause: Box<dyn Error + Send + Sync>) {
        self.cause = Some(cause.into());
    }

    pub(crate) fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause
            .as_deref()
            .map(|cause| -> &(dyn Error + 'static) { cause })
    }
}

/// Only what the body says counts: not the header, and not the cause, which can't be compared.
impl PartialEq for Occurrence {
    fn eq(&self, other: &Self) -> bool {
        self.received == other.received && self.text == other.text
    }
}
