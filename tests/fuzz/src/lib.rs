//! What the fuzz targets share: how inputs change, and what holds for every message of errcat.

pub mod check;
pub mod mutate;

use std::path::PathBuf;

/// The line between the parts of an input that has several.
const BETWEEN: &str = "\n%%\n";

/// The parts of an input. Those that it lacks are empty.
pub fn parts<const N: usize>(data: &[u8]) -> [&[u8]; N] {
    let mut rest = data;
    std::array::from_fn(|index| {
        let end = rest.windows(BETWEEN.len()).position(|part| part == BETWEEN.as_bytes());
        let end = end.filter(|_| index + 1 < N);
        let part = &rest[..end.unwrap_or(rest.len())];
        rest = end.map_or(&[], |end| &rest[end + BETWEEN.len()..]);
        part
    })
}

/// A number that depends on an input alone, below a bound.
pub fn choice(data: &[u8], below: usize) -> usize {
    data.iter().fold(data.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add((*byte).into()))
        % below
}

/// Writes a file into a folder of this process.
pub fn write(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("errcat-fuzz-{}", std::process::id()));
    let file = folder.join(name);
    if std::fs::write(&file, bytes).is_err() {
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        std::fs::write(&file, bytes).expect("the file can be written");
    }
    file
}
