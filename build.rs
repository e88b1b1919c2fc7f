//! Lists the built-in templates for the binary, sorted, so that adding one is adding a file. Makes one
//! module of the Python runtime, which templates include.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=build.rs");
    let root = Path::new("templates");
    let mut files = Vec::new();
    walk(root, &mut files)?;
    // No template includes these: `templates/_typescript`, `_python/runtime.py` and `_html` hold what is made
    // of them.
    let is_source = |file: &PathBuf| {
        ["_runtime/typescript", "_runtime/python", "_runtime/html"]
            .iter()
            .any(|folder| file.starts_with(root.join(folder)))
    };
    files.retain(|file| !is_source(file));
    files.sort();
    let mut list = String::from("&[\n");
    for path in &files {
        let name = path.strip_prefix(root).map_err(io::Error::other)?;
        let name =
            name.to_str().ok_or_else(|| io::Error::other("a template's name is not UTF-8"))?;
        let name = name.replace('\\', "/");
        // Not by the whole path: checkouts that share a target folder share this list.
        let path = format!("/templates/{name}");
        list += &entry(&name, "CARGO_MANIFEST_DIR", &path);
    }
    list += &entry("_python/runtime.py", "OUT_DIR", "/runtime.py");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let runtime = python_runtime(&root.join("_runtime/python"))?;
    write(&Path::new(&out).join("runtime.py"), &runtime)?;
    write(&Path::new(&out).join("templates.rs"), &(list + "]\n"))
}

/// One template of the list: its name, where a person finds it, and its text.
fn entry(name: &str, variable: &str, path: &str) -> String {
    let shown = format!("built-in templates/{name}");
    format!("    ({name:?}, {shown:?}, include_str!(concat!(env!({variable:?}), {path:?}))),\n")
}

#[expect(clippy::disallowed_methods, reason = "a build script writes to OUT_DIR alone")]
fn write(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)
}

/// The Python runtime as one module: the imports of all its files, sorted as ruff sorts them, and then
/// each file after those that it imports.
fn python_runtime(folder: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    files.sort();
    let mut module = PythonModule::default();
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        module.add(folder, &name)?;
    }
    module.names.remove("__future__");
    let mut text = "from __future__ import annotations\n\n".to_owned();
    text.extend(module.plain.iter().map(|line| format!("{line}\n")));
    for (from, names) in &module.names {
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        // Constants, then classes, then the rest.
        names.sort_by_key(|name| {
            let is_constant = name.len() > 1 && !name.contains(|c: char| c.is_ascii_lowercase());
            (!is_constant, !name.starts_with(|c: char| c.is_ascii_uppercase()), name.to_lowercase())
        });
        let line = format!("from {from} import {}\n", names.join(", "));
        let is_long = line.len() > 89;
        text += &if is_long {
            format!("from {from} import (\n    {},\n)\n", names.join(",\n    "))
        } else {
            line
        };
    }
    Ok(text + &module.code)
}

/// Files of Python that become one.
#[derive(Default)]
struct PythonModule {
    added: BTreeSet<String>,
    /// Whole statements: `import re`.
    plain: BTreeSet<String>,
    /// What is imported from other modules, by their names.
    names: BTreeMap<String, BTreeSet<String>>,
    code: String,
}

impl PythonModule {
    fn add(&mut self, folder: &Path, name: &str) -> io::Result<()> {
        if !self.added.insert(name.to_owned()) {
            return Ok(());
        }
        let text = fs::read_to_string(folder.join(name).with_extension("py"))?;
        let text = text.replace("\r\n", "\n");
        // The docstring of a file becomes a comment.
        let (about, text) = text.split_once("\n\n").unwrap_or_default();
        let mut code = format!("\n# {}\n\n", about.trim_matches('"'));
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if line.starts_with("import ") {
                self.plain.insert(line.to_owned());
            } else if let Some((from, names)) =
                line.strip_prefix("from ").and_then(|line| line.split_once(" import "))
            {
                let mut names = names.to_owned();
                while names.starts_with('(') && !names.ends_with(')') {
                    names += lines.next().unwrap_or(")").trim();
                }
                let names =
                    names.trim_matches(['(', ')']).split(',').map(|name| name.trim().to_owned());
                match from.strip_prefix('.') {
                    Some(file) => self.add(folder, file)?,
                    None => self
                        .names
                        .entry(from.to_owned())
                        .or_default()
                        .extend(names.filter(|name| !name.is_empty())),
                }
            } else if !(line.is_empty() && code.ends_with("\n\n\n")) {
                code += line;
                code.push('\n');
            }
        }
        if !self.code.is_empty() {
            self.code.push('\n');
        }
        self.code += &code;
        Ok(())
    }
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
