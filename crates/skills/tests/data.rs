//! The data files agree with themselves and are as broad as promised.

use skills::{Taxonomy, builtin_entries, problems};
use std::collections::BTreeSet;

#[test]
fn the_data_is_consistent_and_broad() {
    let (skills, roles) = builtin_entries();
    let mut found = problems(&skills, &roles);
    let fields: BTreeSet<&str> = roles.iter().map(|role| role.field).collect();
    for (what, there, needed) in
        [("skills", skills.len(), 1200), ("roles", roles.len(), 120), ("fields with roles", fields.len(), 12)]
    {
        if there < needed {
            found.push(format!("only {there} {what}, {needed} are promised"));
        }
    }
    assert!(found.is_empty(), "\n{} problems:\n{}\n", found.len(), found.join("\n"));
}

#[test]
fn every_data_file_is_compiled_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let listed = include_str!("../src/data.rs");
    for kind in ["skills", "roles"] {
        for file in std::fs::read_dir(format!("{folder}/{kind}")).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(listed.contains(&format!("/{kind}/{name}")), "data/{kind}/{name} is not listed in data.rs");
        }
    }
}

#[test]
fn every_name_finds_its_own_entry() {
    let taxonomy = Taxonomy::builtin();
    for (id, skill) in taxonomy.skills() {
        for name in skill.aliases.iter().chain([&skill.name]) {
            assert_eq!(taxonomy.find(name), Some(id), "{name}");
        }
    }
}
