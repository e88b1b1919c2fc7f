//! Modules below every lint that there is.

/// The errors of `bare-all`.
pub mod bare {
    include!(concat!(env!("OUT_DIR"), "/bare-all/errors.rs"));
}

/// The errors of `bare-none`.
pub mod bare_alone {
    include!(concat!(env!("OUT_DIR"), "/bare-none/errors.rs"));
}

/// The errors of `corners-all`.
pub mod corners {
    include!(concat!(env!("OUT_DIR"), "/corners-all/errors.rs"));
}

/// The errors of `corners-none`.
pub mod corners_alone {
    include!(concat!(env!("OUT_DIR"), "/corners-none/errors.rs"));
}

/// The errors of `features-all`.
pub mod features {
    include!(concat!(env!("OUT_DIR"), "/features-all/errors.rs"));
}

/// The errors of `features-none`.
pub mod features_alone {
    include!(concat!(env!("OUT_DIR"), "/features-none/errors.rs"));
}

/// The errors of `many-codes-all`.
pub mod many {
    include!(concat!(env!("OUT_DIR"), "/many-codes-all/errors.rs"));
}

/// The errors of `many-codes-none`.
pub mod many_alone {
    include!(concat!(env!("OUT_DIR"), "/many-codes-none/errors.rs"));
}

/// The errors of `odd-but-legal-all`.
pub mod odd {
    include!(concat!(env!("OUT_DIR"), "/odd-but-legal-all/errors.rs"));
}

/// The errors of `odd-but-legal-none`.
pub mod odd_alone {
    include!(concat!(env!("OUT_DIR"), "/odd-but-legal-none/errors.rs"));
}
