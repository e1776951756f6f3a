//! What is read beside postings, chosen by the first byte: what a site asks of programs, the thread of a month, what a partner says of employers.
#![no_main]

use boards::robots::Robots;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((how, rest)) = data.split_first() else { return };
    match how % 4 {
        0 => {
            let robots = Robots::read(rest, "career-copilot");
            assert!(robots.allows("/robots.txt"), "this file itself may always be asked for");
            let text = String::from_utf8_lossy(rest);
            for path in text.lines().take(20).chain(["/", "/jobs/1?q=%c3%a4"]) {
                robots.allows(path);
            }
        }
        1 => drop(boards::newest_thread(rest)),
        2 => drop(boards::comments(rest)),
        _ => {
            for employer in boards::facts(rest).into_iter().flatten() {
                assert!(employer.rating.is_none_or(|rating| (0.0..=5.0).contains(&rating)), "{employer:?}");
                assert!(employer.recommended.is_none_or(|share| share <= 100), "{employer:?}");
            }
        }
    }
});
