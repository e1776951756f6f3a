//! What waiting changes and their fields are called.

/// What a change does, by its server function.
pub fn deed(name: &str) -> &'static str {
    match name {
        "add_contact" => "A new contact",
        "add_document" => "A document that was sent",
        "add_interview" => "A new interview",
        "add_talk" => "Something said about pay",
        "change_contact" => "A contact",
        "change_interview" => "An interview",
        "change_step" => "A step of a history",
        "finish_task" => "A task that is done",
        "give_feedback" => "What you said about a job",
        "hide_company" => "A company to be hidden",
        "link_contact" => "A contact of an application",
        "move_application" | "move_chosen" => "Moved to another stage",
        "put_off_task" => "A task that is put off",
        "remove_application" | "remove_chosen" => "An application put into the bin",
        "remove_contact" => "A contact put into the bin",
        "remove_document" => "A document taken off",
        "remove_feedback" => "What you said about a job, taken back",
        "remove_interview" => "An interview put into the bin",
        "remove_offer" => "An offer put into the bin",
        "remove_talk" => "Something about pay taken off",
        "remove_task" => "A task put into the bin",
        "reopen_task" => "A task that is open again",
        "save_notes" => "Notes of an application",
        "save_offer" => "An offer",
        "save_task" => "A task",
        "show_company" => "A company to be shown again",
        "unlink_contact" => "A contact taken off an application",
        _ => "A change",
    }
}

/// A field's name as a label: `starts_at` is "Starts at".
pub fn label(field: &str) -> String {
    let mut words = field.trim_end_matches("[]").replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_labels() {
        assert_eq!(
            (label("starts_at"), label("notes"), label("")),
            ("Starts at".into(), "Notes".into(), String::new())
        );
    }
}
