//! What is compared: modules made by errcat, and what one would write by hand instead.

/// 11 codes.
pub mod few {
    include!(concat!(env!("OUT_DIR"), "/11/errors.rs"));
    /// The same by hand.
    pub mod by_hand {
        include!(concat!(env!("OUT_DIR"), "/11/by_hand.rs"));
    }
}

/// 1,000 codes.
pub mod many {
    include!(concat!(env!("OUT_DIR"), "/1000/errors.rs"));
    /// The same by hand.
    pub mod by_hand {
        include!(concat!(env!("OUT_DIR"), "/1000/by_hand.rs"));
    }
}

/// A body as one would read it by hand: it fails where anything is not as it should be.
#[derive(serde::Deserialize)]
pub struct Body {
    /// The code.
    pub error: String,
    /// More about it.
    pub detail: Option<String>,
}
