//! The glue and the module call what passes between them by long names with hashes in them, which pack badly. Nobody else reads
//! these names, so a release has short ones.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{ImportSection, Module};
use wasmparser::{ImportSectionReader, Parser, Payload};

use crate::sh::Done;

/// What the module imports from the glue carries this module name.
const GLUE: &str = "./app_bg.js";

/// Gives glue and module with short names for what the module imports from the glue.
pub fn shorten(glue: &str, module: &[u8]) -> Done<(String, Vec<u8>)> {
    let failed = |e: &dyn std::fmt::Display| format!("the browser half cannot be read: {e}");
    let mut short = Short::default();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload.map_err(|e| failed(&e))? {
            for import in section.into_imports() {
                let import = import.map_err(|e| failed(&e))?;
                if import.module == GLUE {
                    let name = format!("i{}", short.names.len());
                    short.names.entry(import.name.to_string()).or_insert(name);
                }
            }
        }
    }
    let mut shortened = Module::new();
    short.parse_core_module(&mut shortened, Parser::new(0), module).map_err(|e| failed(&e))?;
    Ok((short.words(glue), shortened.finish()))
}

#[derive(Default)]
struct Short {
    names: BTreeMap<String, String>,
}

impl Short {
    /// The text with every identifier that has a short name replaced by it.
    fn words(&self, text: &str) -> String {
        let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(part) {
            out.push_str(&rest[..start]);
            let word = &rest[start..];
            let end = word.find(|c| !part(c)).unwrap_or(word.len());
            out.push_str(self.names.get(&word[..end]).map_or(&word[..end], String::as_str));
            rest = &word[end..];
        }
        out + rest
    }
}

impl Reencode for Short {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for import in section.into_imports() {
            let import = import?;
            let name = match self.names.get(import.name) {
                Some(name) if import.module == GLUE => name.clone(),
                _ => import.name.to_string(),
            };
            let ty = self.entity_type(import.ty)?;
            imports.import(import.module, &name, ty);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, TypeSection};

    #[test]
    fn glue_and_module_agree_on_short_names() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./split.js", "__wbg_now_1", EntityType::Function(0));
        imports.import(GLUE, "__wbg_now_1", EntityType::Function(0));
        imports.import(GLUE, "__wbg_now_12", EntityType::Function(0));
        let mut module = Module::new();
        module.section(&types).section(&imports);

        let glue = "const a = {\n  __wbg_now_1: f,\n  __wbg_now_12: g, x__wbg_now_1: h }";
        let (glue, module) = shorten(glue, &module.finish()).expect("a module");
        assert_eq!(glue, "const a = {\n  i0: f,\n  i1: g, x__wbg_now_1: h }");
        let mut seen = Vec::new();
        for payload in Parser::new(0).parse_all(&module) {
            if let Payload::ImportSection(section) = payload.expect("a valid module") {
                for import in section.into_imports() {
                    let import = import.expect("an import");
                    seen.push((import.module.to_string(), import.name.to_string()));
                }
            }
        }
        let expected = [("./split.js", "__wbg_now_1"), (GLUE, "i0"), (GLUE, "i1")];
        assert_eq!(seen, expected.map(|(module, name)| (module.to_string(), name.to_string())));
    }
}
