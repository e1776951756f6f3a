//! The browser half: compiled, split into parts, bound to JavaScript, made small.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use wasm_bindgen_cli_support::Bindgen;

use super::{Files, hash, names, public, split, write};
use crate::sh::{self, Done};
use crate::tools::{self, WASM, Wasm};
use crate::workspace::{Build, Workspace};

/// Raise it when what `bind` does to the same module changes.
const RECIPE: u32 = 3;

/// What rustc lets a browser module use today, or wasm-bindgen adds. wasm-opt refuses a module that uses more than it is told.
const FEATURES: [&str; 6] =
    ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

/// Compiles the browser half and gives the module's path.
pub fn compile(workspace: &Workspace, build: Build, target: &Wasm) -> Done<PathBuf> {
    let mut command = workspace.cargo(&["build", "--package", "career-copilot", "--lib", "--no-default-features"]);
    command.args(["--features", "hydrate", "--target", WASM, "--profile", build.browser_profile()]);
    target.apply(&mut command);
    sh::run(&mut command)?;
    Ok(workspace.target.join(WASM).join(build.browser_profile()).join("career_copilot.wasm"))
}

/// `app.js`, `app.wasm`, the parts split from it with `parts.json`, and the snippets the glue imports; remembered for as
/// long as the module stays the same.
pub fn bind(workspace: &Workspace, build: Build, module: &Path) -> Done<Files> {
    let work = workspace.site_work(build).join("browser");
    let key = format!("{RECIPE} {}", hash::of(&public::read(module)?));
    let key_file = work.with_extension("key");
    if !std::fs::read_to_string(&key_file).is_ok_and(|old| old == key) {
        let _ = std::fs::remove_file(&key_file);
        let _ = std::fs::remove_dir_all(&work);
        let (main, mut parts) = sh::step("split", || split::split(module, &work))?;
        sh::step("wasm-bindgen", || bindgen(build, &main, &work))?;
        if build == Build::Release {
            shorten_names(&work)?;
            // The largest is taken first.
            parts.push(work.join("app.wasm"));
            sh::step("wasm-opt", || shrink_all(workspace, parts))?;
        }
        write::file(&key_file, key.as_bytes())?;
    }
    public::tree(&work)
}

/// The glue does not name the module: the page passes its address, which carries a hash.
fn bindgen(build: Build, module: &Path, out: &Path) -> Done {
    let mut bindgen = Bindgen::new();
    let failed = |e| format!("wasm-bindgen: {e:#}");
    bindgen.web(true).map_err(failed)?;
    bindgen
        .input_path(module)
        .out_name("app")
        .typescript(false)
        .omit_default_module_path(true)
        .debug(false)
        .keep_debug(false)
        // The parts find what they share with the main module by these.
        .keep_lld_exports(true)
        .demangle(false)
        // A panic's stack in the console is worth the bytes only while developing.
        .remove_name_section(build == Build::Release)
        .remove_producers_section(true)
        .generate(out)
        .map_err(failed)?;
    std::fs::rename(out.join("app_bg.wasm"), out.join("app.wasm")).map_err(|e| format!("app_bg.wasm: {e}"))
}

fn shorten_names(work: &Path) -> Done {
    let (glue, module) = (work.join("app.js"), work.join("app.wasm"));
    let text = String::from_utf8(public::read(&glue)?).map_err(|_| "app.js is not UTF-8")?;
    let (text, bytes) = names::shorten(&text, &public::read(&module)?)?;
    write::file(&glue, text.as_bytes())?;
    write::file(&module, &bytes)
}

/// Takes modules from the list's end with as many programs at once as there are processors.
fn shrink_all(workspace: &Workspace, modules: Vec<PathBuf>) -> Done {
    let Some(wasm_opt) = tools::wasm_opt(workspace) else {
        return Ok(());
    };
    let left = Mutex::new(modules);
    let next = || left.lock().ok().and_then(|mut left| left.pop());
    let work = || std::iter::from_fn(next).try_for_each(|module| shrink(&wasm_opt, &module));
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or(Err("a thread panicked".to_string())))
    })
}

fn shrink(wasm_opt: &Path, module: &Path) -> Done {
    let small = module.with_extension("small");
    let mut command = Command::new(wasm_opt);
    command.arg(module).arg("-Oz").args(FEATURES.map(|name| format!("--enable-{name}"))).arg("-o").arg(&small);
    sh::quiet(&mut command)?;
    std::fs::rename(&small, module).map_err(|e| format!("{}: {e}", small.display()))
}
