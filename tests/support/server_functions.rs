//! Every server function, with a call that says everything it needs. A test compares the list with the app's own.

/// Where an id of the caller's row goes in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    Job,
    Application,
    /// One step of an application's history.
    Step,
    /// What was done as one.
    Bundle,
    /// Filters of the tracker under a name.
    View,
    Interview,
    Contact,
    Document,
    Alert,
    Import,
    Transfer,
    Session,
    /// An account, whoever's: for administrators.
    Account,
    Token,
    Export,
    Passkey,
    Task,
    Search,
    Talk,
    Letter,
    Device,
    HiddenCompany,
    Briefing,
    /// One of a person's own sources.
    Source,
}

pub struct Function {
    pub name: &'static str,
    /// Whose id its field `id` is (`job_id` of `apply`).
    pub takes: Takes,
    /// The other fields of a call that is in order.
    pub fields: &'static [(&'static str, &'static str)],
}

const fn plain(name: &'static str, fields: &'static [(&'static str, &'static str)]) -> Function {
    Function { name, takes: Takes::Nothing, fields }
}

const fn about(takes: Takes, name: &'static str, fields: &'static [(&'static str, &'static str)]) -> Function {
    Function { name, takes, fields }
}

pub const ALL: &[Function] = &[
    // Accounts.
    plain("who_am_i", &[]),
    plain("demo_offered", &[]),
    plain("sign_up", &[("name", "Eve"), ("email", "eve@example.org"), ("password", "eve likes long walks")]),
    plain("sign_in", &[("email", "eve@example.org"), ("password", "eve likes long walks")]),
    plain("enter_demo", &[]),
    plain("sign_out", &[]),
    plain("password_strength", &[("password", "eve likes long walks")]),
    plain("load_account", &[]),
    plain(
        "change_password",
        &[("current_password", "ann.change_password likes long walks"), ("new_password", "eve likes longer walks")],
    ),
    about(Takes::Session, "end_session", &[]),
    // Showing again who one is.
    plain("load_means", &[]),
    plain("confirm_person", &[("current_password", "ann.confirm_person likes long walks")]),
    plain("begin_confirming", &[]),
    plain("confirm_by_passkey", &[("credential", "{}")]),
    plain("end_other_sessions", &[]),
    // The address. A token is no id: one that nobody has is refused.
    plain("confirm_address", &[("token", "nobody has this")]),
    plain("send_verification", &[]),
    plain("change_address", &[("email", "new@example.org"), ("password", "ann.change_address likes long walks")]),
    plain("keep_address", &[]),
    plain("forgot_password", &[("email", "nobody@example.org")]),
    plain("reset_password", &[("token", "nobody has this"), ("new_password", "eve likes longer walks")]),
    plain("load_second_factor", &[]),
    plain("start_second_factor", &[("current_password", "ann.start_second_factor likes long walks")]),
    plain("confirm_second_factor", &[("code", "123456")]),
    plain("stop_second_factor", &[]),
    plain("new_recovery_codes", &[("current_password", "ann.new_recovery_codes likes long walks")]),
    plain("keep_recovery_codes", &[]),
    plain("second_step", &[("code", "123456")]),
    plain("start_passkey", &[("name", "Phone"), ("current_password", "ann.start_passkey likes long walks")]),
    plain("finish_passkey", &[("credential", "{}")]),
    about(Takes::Passkey, "remove_passkey", &[("current_password", "ann.remove_passkey likes long walks")]),
    plain("begin_passkey_use", &[]),
    plain("use_passkey", &[("credential", "{}")]),
    plain("load_ways", &[]),
    plain("connect_provider", &[("provider", "google"), ("current_password", "ann.connect_provider likes long walks")]),
    plain(
        "disconnect_provider",
        &[("provider", "google"), ("current_password", "ann.disconnect_provider likes long walks")],
    ),
    plain("link_with_password", &[("password", "eve likes long walks")]),
    plain("load_log", &[("page", "1")]),
    // Administration.
    plain("list_accounts", &[("q", "")]),
    plain("load_standing", &[]),
    plain("load_work", &[]),
    plain("retry_all_work", &[]),
    plain("begin_schedule", &[("schedule", "morning")]),
    // Work of the queue, which is nobody's: for administrators, too.
    about(Takes::Account, "retry_work", &[]),
    about(Takes::Account, "cancel_work", &[]),
    about(Takes::Account, "resend_verification", &[]),
    about(Takes::Account, "set_disabled", &[("disabled", "true")]),
    about(Takes::Account, "end_all_sessions", &[]),
    about(Takes::Account, "set_role", &[("role", "mentor"), ("given", "true")]),
    plain("load_tokens", &[]),
    plain("create_token", &[("name", "Backup"), ("scopes", "read"), ("expires_in_days", "30")]),
    about(Takes::Token, "revoke_token", &[]),
    // The person's data.
    plain("load_own_data", &[]),
    plain("start_export", &[]),
    about(Takes::Export, "delete_export", &[]),
    plain("set_consent", &[("purpose", "ai"), ("given", "true")]),
    plain(
        "close_account",
        &[("typed", "ann.close_account@example.org"), ("current_password", "ann.close_account likes long walks")],
    ),
    plain("keep_account", &[]),
    // Jobs.
    plain("list_jobs", &[("query[q]", "")]),
    about(Takes::Job, "load_job", &[]),
    about(Takes::Job, "save_job", &[("company", "Acme Mills"), ("title", "Baker")]),
    about(Takes::Job, "delete_job", &[]),
    about(Takes::Job, "restore_job", &[]),
    about(Takes::Job, "set_job_status", &[("status", "archived")]),
    about(Takes::Job, "keep_apart", &[("posting", "01900000-0000-7000-8000-000000000000")]),
    about(Takes::Job, "put_together", &[("posting", "01900000-0000-7000-8000-000000000000")]),
    plain("parse_job", &[("what", "Night Baker at Acme Mills, Dublin")]),
    plain("bookmarklet", &[]),
    about(Takes::Import, "load_import", &[]),
    about(Takes::Import, "run_import", &[]),
    // What is said about jobs.
    about(
        Takes::Job,
        "give_feedback",
        &[("verdict", "down"), ("reason", "other"), ("note", "mine"), ("list", "today")],
    ),
    about(Takes::Job, "remove_feedback", &[]),
    plain("hide_company", &[("company", "Acme Mills")]),
    about(Takes::HiddenCompany, "show_company", &[]),
    plain("load_feedback", &[]),
    // Sources.
    plain("load_sources", &[]),
    plain("search_directory", &[("q", "mozilla")]),
    plain("add_source", &[("what", "https://jobs.example.invalid/feed")]),
    plain("ask_source", &[("kind", "adzuna"), ("words", "baker")]),
    about(Takes::Source, "want_source", &[("wanted", "false")]),
    about(Takes::Source, "move_source", &[("up", "true")]),
    about(Takes::Source, "forget_source", &[]),
    plain("list_sources", &[]),
    // Whose it is does not matter: they are for administrators.
    about(Takes::Account, "retry_source", &[]),
    about(Takes::Account, "hold_source", &[("held", "true")]),
    // Applications.
    plain("load_tracker", &[("query[view]", "table")]),
    about(Takes::Application, "load_application", &[]),
    about(Takes::Job, "apply", &[]),
    about(Takes::Application, "move_application", &[("stage", "offer")]),
    about(Takes::Application, "move_chosen", &[("stage", "offer")]),
    about(Takes::Application, "remove_chosen", &[]),
    about(Takes::Application, "save_notes", &[("notes", "mine")]),
    about(Takes::Application, "remove_application", &[]),
    about(Takes::Application, "application_steps", &[]),
    about(Takes::Application, "load_letters_of", &[]),
    about(Takes::Step, "change_step", &[("note", "mine")]),
    about(Takes::Bundle, "take_back", &[]),
    plain("load_stages", &[]),
    plain("save_stage", &[("name", "Take-home test"), ("status", "interview"), ("colour", "teal")]),
    plain("shift_stage", &[("key", "offer"), ("later", "true")]),
    plain("remove_stage", &[("key", "screening"), ("into", "interview")]),
    plain("save_view", &[("name", "Quiet ones"), ("query", "quiet=14")]),
    about(Takes::View, "remove_view", &[]),
    // The calendar for other programs.
    plain("load_feed", &[]),
    plain("open_feed", &[]),
    plain("close_feed", &[]),
    // What to do next.
    plain("load_next", &[]),
    about(Takes::Application, "mark_action", &[("doing", "follow_up"), ("mark", "done")]),
    about(Takes::Application, "unmark_action", &[("doing", "follow_up")]),
    plain("save_preferences", &[("quiet_days", "7"), ("suggest_apply", "true")]),
    // Interviews, contacts, what was sent.
    plain("load_interviews", &[]),
    about(Takes::Interview, "load_interview", &[]),
    about(Takes::Application, "add_interview", &[("kind", "phone"), ("starts_at", "2027-03-10T13:00")]),
    about(Takes::Interview, "change_interview", &[("kind", "phone"), ("starts_at", "2027-03-10T13:00")]),
    about(Takes::Interview, "remove_interview", &[]),
    plain("load_people", &[("q", "")]),
    about(Takes::Contact, "load_contact", &[]),
    plain("suggest_contacts", &[("typed", "a")]),
    about(Takes::Application, "add_contact", &[("name", "Bert")]),
    about(Takes::Contact, "change_contact", &[("name", "Bert")]),
    about(Takes::Contact, "remove_contact", &[]),
    about(Takes::Application, "link_contact", &[("contact", "Ada Berg")]),
    about(Takes::Contact, "unlink_contact", &[]),
    about(Takes::Application, "add_document", &[("kind", "resume"), ("name", "Resume")]),
    about(Takes::Document, "remove_document", &[]),
    // Applications in and out.
    about(Takes::Transfer, "load_transfer", &[]),
    plain("load_transfers", &[]),
    about(Takes::Transfer, "map_transfer", &[("columns[]", "company"), ("columns[]", "title")]),
    about(Takes::Transfer, "run_transfer", &[]),
    // Tasks and reminders.
    plain("load_tasks", &[]),
    about(Takes::Application, "load_tasks_of", &[]),
    plain("quick_task", &[("line", "Call Ms Weber tomorrow 14:00")]),
    about(Takes::Task, "save_task", &[("title", "Mine")]),
    about(Takes::Task, "finish_task", &[]),
    about(Takes::Task, "reopen_task", &[]),
    about(Takes::Task, "put_off_task", &[("to", "tomorrow")]),
    about(Takes::Task, "remove_task", &[]),
    plain("save_reminding", &[("live", "true")]),
    // Devices that show messages. Nothing is sent to this one.
    plain("load_pushing", &[]),
    plain("send_test_push", &[]),
    plain(
        "keep_push_device",
        &[(
            "subscription",
            r#"{"endpoint":"https://1.1.1.1/x","keys":{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}"#,
        )],
    ),
    plain("leave_push", &[]),
    about(Takes::Device, "remove_push_device", &[]),
    // Offers and talk about pay.
    about(Takes::Application, "load_dealing", &[]),
    about(Takes::Application, "save_offer", &[("base", "60000"), ("currency", "EUR")]),
    about(Takes::Application, "remove_offer", &[]),
    plain("load_offers", &[]),
    about(Takes::Application, "add_talk", &[("note", "mine")]),
    about(Takes::Talk, "remove_talk", &[]),
    // Searches.
    plain("load_searches", &[]),
    about(Takes::Search, "load_search", &[]),
    plain("load_new_search", &[]),
    about(Takes::Search, "save_search", &[("titles", "Mine")]),
    plain("preview_search", &[("titles", "Baker")]),
    about(Takes::Search, "set_search_active", &[("active", "true")]),
    about(Takes::Search, "remove_search", &[]),
    about(Takes::Search, "look_at_search", &[]),
    // Mail that was read.
    plain("load_letters", &[]),
    about(Takes::Letter, "dismiss_letter", &[]),
    about(Takes::Letter, "ask_again", &[]),
    about(Takes::Letter, "agree_to_letter", &[]),
    // Profile.
    plain("load_profile", &[]),
    plain("save_profile", &[("remote", "any"), ("match_threshold", "70")]),
    plain("guide_skills", &[("skills", "Python")]),
    plain("remove_picture", &[]),
    plain("guide_places", &[("remote", "any")]),
    plain("end_guide", &[]),
    plain("add_skill", &[("name", "Python")]),
    plain("remove_skill", &[("name", "Python")]),
    plain("suggest_skills", &[("typed", "py")]),
    plain("suggest_roles", &[("typed", "nur")]),
    // Alerts. The number of an event is the caller's own count, not an id.
    plain("alerts", &[]),
    plain("alert_notice", &[("seq", "1")]),
    about(Takes::Alert, "mark_alert", &[("read", "true")]),
    plain("mark_all_alerts", &[]),
    // Briefings.
    plain("load_briefings", &[("kind", "morning"), ("page", "1")]),
    about(Takes::Briefing, "load_briefing", &[]),
    about(Takes::Briefing, "mark_briefing", &[("read", "true")]),
    plain("make_briefing", &[("kind", "morning")]),
    plain("save_briefing_settings", &[("weekly", "true"), ("only_news", "true")]),
    // The mailbox.
    plain("load_mailbox", &[]),
    plain("connect_mailbox", &[("user", "ann@mail.example"), ("host", "127.0.0.1"), ("password", "word")]),
    plain("read_mailbox", &[]),
    plain("disconnect_mailbox", &[]),
    // The calendar at Google.
    plain("load_google_calendar", &[]),
    plain("sync_google_calendar", &[]),
    plain("disconnect_google_calendar", &[("remove", "true")]),
    // The palette.
    plain("find_anything", &[("typed", "ba")]),
    plain("recall_places", &[("places[0]", "/jobs/00000000-0000-7000-8000-000000000000")]),
    // What is worked out.
    plain("load_skill_gap", &[]),
    plain("load_dashboard", &[]),
];

impl Function {
    /// The name of the field that takes the id.
    pub fn id_field(&self) -> &'static str {
        match self.name {
            "apply" => "job_id",
            "move_chosen" | "remove_chosen" => "chosen",
            _ => "id",
        }
    }

    /// The fields of a call with this id.
    pub fn with<'a>(&'a self, id: &'a str) -> Vec<(&'a str, &'a str)> {
        let id = (self.takes != Takes::Nothing).then_some((self.id_field(), id));
        id.into_iter().chain(self.fields.iter().copied()).collect()
    }
}
