//! YAML that others wrote, as data of another type: anchors and aliases are followed.

use serde::de::DeserializeSeed;

use super::failure::place_in;
use super::{NodeId, SyntaxError};

/// Reads one document.
///
/// # Errors
/// If it is not YAML, or what the seed refuses.
pub(crate) fn data<'t, S: DeserializeSeed<'t>>(
    text: &'t str,
    seed: S,
) -> Result<S::Value, SyntaxError> {
    super::text(text.as_bytes())?;
    seed.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        // errcat's own reader says more about a mistake, unless it stops at an anchor first.
        if let Some(own) = super::parse(text, NodeId::FIRST).err().filter(|own| !own.is_yaml) {
            return own;
        }
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or(&message);
        let help = "correct it, or import another file";
        SyntaxError::new(place_in(&message), format!("this is not YAML: {what}"), help)
    })
}
