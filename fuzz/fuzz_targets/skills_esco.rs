//! The files of an ESCO download.
#![no_main]

use libfuzzer_sys::fuzz_target;
use skills::esco::{EscoFiles, read};

fuzz_target!(|files: [&[u8]; 7]| {
    let [skills, occupations, occupation_skills, broader, skill_skills, skill_groups, isco_groups] = files;
    let given = |bytes| Some(bytes).filter(|bytes: &&[u8]| !bytes.is_empty());
    let _ = read(&EscoFiles {
        skills,
        occupations: given(occupations),
        occupation_skills: given(occupation_skills),
        broader: given(broader),
        skill_skills: given(skill_skills),
        skill_groups: given(skill_groups),
        isco_groups: given(isco_groups),
    });
});
