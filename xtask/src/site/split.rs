//! The browser half in parts, as `src/app/parts.rs` marks them: what every page needs, and what one feature's pages need.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use wasm_split_cli_support::{Options, transform};

use super::write;
use crate::sh::Done;

/// Stands in `parts.json` for the address of the folder the parts are served from.
pub const HERE: &str = "{here}";

/// Splits the module. Gives the common module, still to be bound, and the modules of the parts, which are final but for their
/// size. Beside these it leaves `split.js`, which loads them, and `parts.json`: the files each part takes.
pub fn split(module: &Path, out: &Path) -> Done<(PathBuf, Vec<PathBuf>)> {
    let bytes = super::public::read(module)?;
    std::fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    // Not a file of the site.
    let main = out.with_extension("main.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    options.link_name = "./split.js";
    let done = transform(options).map_err(|e| format!("splitting {}: {e:#}", module.display()))?;
    let parts: BTreeMap<&String, Vec<String>> = done
        .prefetch_map
        .iter()
        .map(|(part, files)| (part, files.iter().map(|file| format!("{HERE}{file}.wasm")).collect()))
        .collect();
    // Names of our own, quoted as Rust and JSON alike quote them.
    let lines: Vec<String> = parts.iter().map(|(part, files)| format!("  {part:?}: {files:?}")).collect();
    write::file(&out.join("parts.json"), format!("{{\n{}\n}}\n", lines.join(",\n")).as_bytes())?;
    Ok((main, done.split_modules))
}
