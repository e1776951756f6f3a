//! The style sheet: one file out of `style/`.

use std::path::Path;

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::error::Error;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Features, Targets};

use crate::sh::Done;
use crate::workspace::Build;

/// The first versions that have everything the style uses (nesting, layers, `light-dark()`, `oklch()`), so that nothing is
/// rewritten into longer forms for older ones.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    let browsers = Browsers {
        chrome: version(123, 0),
        edge: version(123, 0),
        android: version(123, 0),
        firefox: version(128, 0),
        safari: version(17, 5),
        ios_saf: version(17, 5),
        ..Browsers::default()
    };
    Targets { browsers: Some(browsers), exclude: Features::Nesting | Features::LightDark, ..Targets::default() }
}

/// The entry file with everything it imports, minified for a release. None if there is no such file.
pub fn bundle(entry: &Path, build: Build) -> Done<Option<Vec<u8>>> {
    if !entry.is_file() {
        println!("   no {}: the site has no style sheet", entry.display());
        return Ok(None);
    }
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(told)?;
    let targets = targets();
    sheet.minify(MinifyOptions { targets, ..Default::default() }).map_err(told)?;
    let minify = build == Build::Release;
    let printed = sheet.to_css(PrinterOptions { minify, targets, ..Default::default() });
    Ok(Some(printed.map_err(told)?.code.into_bytes()))
}

/// The mistake and its place; lightningcss counts lines from 0, editors from 1.
fn told<K: std::fmt::Display>(error: Error<K>) -> String {
    match &error.loc {
        Some(place) => format!("{}:{}:{}: {}", place.filename, place.line + 1, place.column, error.kind),
        None => format!("style: {}", error.kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled(main: &str, other: &str) -> Done<String> {
        let dir = crate::site::write::tests::folder("css");
        std::fs::write(dir.join("main.css"), main).expect("written");
        std::fs::write(dir.join("other.css"), other).expect("written");
        let css = bundle(&dir.join("main.css"), Build::Release);
        std::fs::remove_dir_all(&dir).expect("removed");
        let css = css?;
        Ok(String::from_utf8(css.expect("a style sheet")).expect("text"))
    }

    #[test]
    fn imports_are_inlined_in_their_layer() {
        let css =
            bundled("@layer base, ui;\n@import \"other.css\" layer(ui);", "a { color: #ff0000 }").expect("bundled");
        assert_eq!(css.trim(), "@layer base;@layer ui{a{color:red}}");
    }

    #[test]
    fn modern_features_stay_as_written() {
        let css = bundled(".a { color: light-dark(#fff, #000); &:hover { inset-inline: 0 } }", "").expect("bundled");
        assert_eq!(css.trim(), ".a{color:light-dark(#fff,#000);&:hover{inset-inline:0}}");
    }

    #[test]
    fn a_mistake_names_its_file_and_line() {
        let message = bundled("@import \"other.css\";", "a {\n  color: red;\n  } }").expect_err("a stray brace");
        assert!(message.contains("other.css:3"), "{message}");
    }
}
