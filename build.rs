//! Lists the built-in templates for the binary, sorted, so that adding one is adding a file; and the
//! names of files that stand beside a surface's own, which no surface may have.

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
    fs::write(Path::new(&out).join("templates.rs"), list + "]\n")?;
    #[expect(clippy::disallowed_methods, reason = "a build script writes to OUT_DIR alone")]
    fs::write(Path::new(&out).join("reserved.rs"), format!("&{:?}\n", reserved(&files)))
}

/// The names of the files in a folder that has one for each surface: `lib` in Rust's `src`.
fn reserved(files: &[PathBuf]) -> Vec<String> {
    let is_surface =
        |file: &&PathBuf| name(file).is_some_and(|name| name.starts_with("[surface]."));
    let folders: Vec<_> = files.iter().filter(is_surface).map(|file| file.parent()).collect();
    let siblings =
        files.iter().filter(|file| !is_surface(file) && folders.contains(&file.parent()));
    siblings.filter_map(|file| Some(name(file)?.split('.').next()?.to_owned())).collect()
}

fn name(file: &Path) -> Option<&str> {
    file.file_name()?.to_str()
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
