//! The files of an O*NET download.
#![no_main]

use libfuzzer_sys::fuzz_target;
use skills::onet::{OnetFiles, read};

fuzz_target!(|files: [&[u8]; 4]| {
    let [occupations, technologies, alternate_titles, skills] = files;
    let given = |bytes| Some(bytes).filter(|bytes: &&[u8]| !bytes.is_empty());
    let _ = read(&OnetFiles {
        occupations,
        technologies: given(technologies),
        alternate_titles: given(alternate_titles),
        skills: given(skills),
    });
});
