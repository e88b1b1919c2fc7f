//! What one error in a response is to the catalogs.

use crate::reading::runtime::Difference;
use crate::reading::{Item, Place};

/// What a response is. If it is of several kinds, the first one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Unreadable,
    /// A 2xx or an event stream with an error in it.
    ErrorIn200,
    UndocumentedCode,
    UndocumentedStatus,
    Retired,
    /// A known code, with a status that the catalog doesn't list.
    WrongStatus,
    /// A known error, with a body of another shape.
    WrongShape,
    Documented,
    Deprecated,
    /// An error with a body that the recording doesn't hold.
    WithoutBody,
    /// An error of an address that isn't in `servers`.
    OtherAddress,
    /// An error of a surface that nobody asked about.
    OtherSurface,
    NoResponse,
    NotAnError,
}

impl Kind {
    pub(crate) const ALL: [Self; 14] = [
        Self::Unreadable,
        Self::ErrorIn200,
        Self::UndocumentedCode,
        Self::UndocumentedStatus,
        Self::Retired,
        Self::WrongStatus,
        Self::WrongShape,
        Self::Documented,
        Self::Deprecated,
        Self::WithoutBody,
        Self::OtherAddress,
        Self::OtherSurface,
        Self::NoResponse,
        Self::NotAnError,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::ErrorIn200 => "error-in-200",
            Self::UndocumentedCode => "undocumented-code",
            Self::UndocumentedStatus => "undocumented-status",
            Self::Retired => "retired",
            Self::WrongStatus => "wrong-status",
            Self::WrongShape => "wrong-shape",
            Self::Documented => "documented",
            Self::Deprecated => "deprecated",
            Self::WithoutBody => "without-body",
            Self::OtherAddress => "other-address",
            Self::OtherSurface => "other-surface",
            Self::NoResponse => "no-response",
            Self::NotAnError => "not-an-error",
        }
    }

    /// Whether the response is not as the catalogs say.
    pub(crate) fn is_problem(self) -> bool {
        self < Self::Documented
    }
}

/// What one error in a response is.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub kind: Kind,
    /// The surfaces that it may be of: one, or several that fit equally well.
    pub places: Vec<Place>,
    /// The status of the response; of an event, the one that it names.
    pub status: Option<u16>,
    /// The code in the body.
    pub code: Option<String>,
    /// The error, if the surface has it.
    pub item: Option<Item>,
    /// How the body differs from the shape, in words.
    pub mismatch: Option<String>,
    pub differences: Vec<Difference>,
    pub is_in_stream: bool,
}

impl Finding {
    pub(super) fn of(kind: Kind, status: Option<u16>) -> Self {
        Self {
            kind,
            places: Vec::new(),
            status,
            code: None,
            item: None,
            mismatch: None,
            differences: Vec::new(),
            is_in_stream: false,
        }
    }
}
