//! Lists the built-in templates for the binary, sorted, so that adding one is adding a file.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=build.rs");
    let root = Path::new("templates");
    let mut files = Vec::new();
    walk(root, &mut files)?;
    // No template includes these: `templates/_typescript` holds what is made of them.
    files.retain(|file| !file.starts_with(root.join("_runtime/typescript")));
    files.sort();
    let mut list = String::from("&[\n");
    for path in &files {
        let name = path.strip_prefix(root).map_err(io::Error::other)?;
        let name =
            name.to_str().ok_or_else(|| io::Error::other("a template's name is not UTF-8"))?;
        let name = name.replace('\\', "/");
        // Not by the whole path: checkouts that share a target folder share this list.
        let path = format!("/templates/{name}");
        list += &format!(
            "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),\n"
        );
    }
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    #[expect(clippy::disallowed_methods, reason = "a build script writes to OUT_DIR alone")]
    fs::write(Path::new(&out).join("templates.rs"), list + "]\n")
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
