//! What holds for any text.

use chrono::NaiveDate;
use openings::{Signals, closing_day, closing_words, doubts};
use proptest::prelude::*;

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in ".{0,400}", title in ".{0,80}", place in ".{0,40}") {
        let day = NaiveDate::default();
        closing_day(&text, day);
        if let Some(words) = closing_words(&text) {
            prop_assert!(text.contains(words) && !words.is_empty());
        }
        doubts(&Signals { title: &title, text: &text, place: &place, ..Signals::default() });
    }

    #[test]
    fn closing_words_are_found_in_the_middle_of_anything(before in "[a-f ,]{0,60}", after in "\\PC{0,60}") {
        let text = format!("{before}.\nThis job has expired.\n{after}");
        prop_assert_eq!(closing_words(&text), Some("job has expired"));
    }

    #[test]
    fn words_of_the_phrases_in_any_order_are_read(words in proptest::collection::vec("(the|job|position|is|has|been|no|longer|filled|until|closes|on|by|30|april|2027|\\.|\\[|\n)", 0..60)) {
        let text = words.join(" ");
        let _ = closing_words(&text);
        closing_day(&text, NaiveDate::MIN);
        closing_day(&text, NaiveDate::MAX);
    }
}
