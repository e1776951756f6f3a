//! The data files hold together.

#[test]
fn phrases_and_senders_are_well_formed() {
    assert_eq!(inbox::problems(), Vec::<String>::new());
}
