//! Makes the modules of catalogs of 11, 64, 200 and 1,000 codes, and what one would write by hand
//! instead: a match, and a map of phf.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for count in [11, 64, 200, 1000] {
        let codes: Vec<String> = (0..count).map(|i| format!("{}_limit_{}", AREAS[i % 7], i * 7919 % 1009)).collect();
        let folder = out.join(count.to_string());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("errors.yaml"), catalog(&codes))?;
        fs::write(folder.join("errcat.yaml"), CONFIG)?;
        errcat::Generator::from_config(folder.join("errcat.yaml"))?.generate()?;
        fs::write(folder.join("by_hand.rs"), by_hand(&codes)?)?;
    }
    Ok(())
}

const AREAS: [&str; 7] = ["plan", "project", "key", "member", "budget", "token", "webhook"];

const CONFIG: &str =
    "{errcat: 1, outputs: [{catalog: errors.yaml, target: rust-module, out: ., options: {features: [json]}}]}";

fn catalog(codes: &[String]) -> String {
    let mut catalog = String::from(
        "errcat: 1\nproduct: Bench\nversion: 1.0.0\ntitle: Errors\nsurfaces:\n  - id: api\n    title: API\n    \
         shape: {body: {error: <code>, detail?: <detail>}}\n    errors:\n",
    );
    for (index, code) in codes.iter().enumerate() {
        catalog += &format!(
            "      - {{code: {code}, status: 403, meaning: Limit {index}, fix: Upgrade., retryable: false}}\n"
        );
    }
    catalog
}

/// The numbers of the codes, which is the least that a look-up can answer.
fn by_hand(codes: &[String]) -> Result<String, Box<dyn Error>> {
    let mut text = String::from("pub fn by_match(code: &str) -> Option<u16> {\n    Some(match code {\n");
    for (index, code) in codes.iter().enumerate() {
        writeln!(text, "        {code:?} => {index},")?;
    }
    text += "        _ => return None,\n    })\n}\n\npub static MAP: phf::Map<&str, u16> = phf::phf_map! {\n";
    for (index, code) in codes.iter().enumerate() {
        writeln!(text, "    {code:?} => {index},")?;
    }
    Ok(text + "};\n")
}
