//! What is compared: modules made by errcat, and what one would write by hand instead.

/// A module made by errcat, and the same by hand.
macro_rules! look_ups {
    ($module:ident, $codes:literal) => {
        #[doc = concat!($codes, " codes.")]
        pub mod $module {
            include!(concat!(env!("OUT_DIR"), "/", $codes, "/errors.rs"));
            /// The same by hand.
            pub mod by_hand {
                include!(concat!(env!("OUT_DIR"), "/", $codes, "/by_hand.rs"));
            }
        }
    };
}

look_ups!(codes_11, "11");
look_ups!(codes_64, "64");
look_ups!(codes_200, "200");
look_ups!(codes_1000, "1000");

/// A body as one would read it by hand: it fails where anything is not as it should be.
#[derive(serde::Deserialize)]
pub struct Body {
    /// The code.
    pub error: String,
    /// More about it.
    pub detail: Option<String>,
}
