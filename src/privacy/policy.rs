//! `/privacy`: what is kept, why and how long, and the rules of this place; and `/closed`, after an account was erased.

use crate::{privacy::Purpose, retention::*, ui::*};
use leptos::prelude::*;
use leptos_meta::Title;

/// What is kept, why, and how long.
fn kept() -> [(&'static str, &'static str, String); 17] {
    let days = |n: i64| if n == 1 { "1 day".to_owned() } else { [n.to_string().as_str(), " days"].concat() };
    let account = "Until you delete it, or your account is erased";
    [
        (
            "Your address, name, and a hash of your password",
            "To let you in, and nobody else. The password itself is never kept.",
            "As long as the account".into(),
        ),
        (
            "Your picture, as the service you signed in with first had it",
            "So that the page is yours. Nobody else is shown it.",
            "Until you remove it under Profile".into(),
        ),
        (
            "Profile, jobs, applications with interviews, people and documents, alerts, and what you did with them",
            "This is what the app is for: matching, tracking, reminding.",
            account.into(),
        ),
        (
            "What you said about jobs, what was shown of them then, and the companies you hid",
            "To put first what suits you, and to learn what that is. Notes are sealed. Nobody else’s lists are made from it.",
            "Until you take it back, or your account is erased".into(),
        ),
        (
            "What you look for, and which postings that found",
            "To bring you what fits, once. The least pay you ask for is sealed.",
            ["Searches until you delete them; what was found, ".into(), days(MATCH_DAYS)].concat(),
        ),
        ("Jobs you deleted, and what belongs to applications", "So that you can bring them back.", days(BIN_DAYS)),
        (
            "Postings and applications that were read and not taken in",
            "So that you can look before they are saved.",
            days(IMPORT_DAYS),
        ),
        (
            "Mail you had read that belongs to an application",
            "To move it along, and to know the rest of the conversation. Other mail is forgotten at once.",
            ["As long as the application; what you did not agree to, ".into(), days(BIN_DAYS)].concat(),
        ),
        (
            "The mailbox you connected: its address and app password",
            "To look for new mail about your applications. The password is sealed, and goes to that mail server only.",
            "Until you disconnect it".into(),
        ),
        (
            "The Google account whose calendar you connected, and what lets us in there",
            "To keep a calendar there. What lets us in is sealed, opens the calendars we made alone, and is given back at Google.",
            "Until you disconnect it; the calendar at Google stays yours".into(),
        ),
        (
            "Where you are signed in: device, network address, last use",
            "So that you can see it, and end it.",
            ["Until you sign out; ", &days(SESSION_IDLE_DAYS), " without use, ", &days(SESSION_DAYS), " at most"]
                .concat(),
        ),
        (
            "Which sources of jobs you chose, and their order",
            "To look for jobs there. What sources have is kept once for everybody; how a day went with one, without you.",
            ["Until you take them off; days of a source ".into(), days(SOURCE_DAYS)].concat(),
        ),
        (
            "Browsers that show you notifications: address at their push service, and keys",
            "To tell you what is due and what matches while no page is open. Address and keys are sealed.",
            "Until you turn it off, or sign out there; a message until it was sent".into(),
        ),
        (
            "Secrets of the second factor, access tokens, accounts connected",
            "To let you in. Secrets are sealed or hashed.",
            "Until you remove them".into(),
        ),
        (
            "Briefings: what you were told in the morning, in the evening, and about a week",
            "So that you can read them again. They are sealed. By mail they go to you only if you ask for it.",
            days(BRIEFING_DAYS),
        ),
        (
            "Messages sent to you, and links in them",
            "To try again when the mail server is away.",
            [days(MAIL_DAYS), "; links ".into(), days(LINK_DAYS), " after their end".into()].concat(),
        ),
        (
            "The account log: what happened to your account",
            "So that you and whoever runs this can see misuse. Every entry is chained to the one before.",
            [
                "Device and network address ",
                &days(AUDIT_DETAIL_DAYS),
                "; that something happened stays, without your name once the account is erased",
            ]
            .concat(),
        ),
        ("Copies you asked for", "So that you can fetch them.", days(EXPORT_DAYS)),
        (
            "What is done for you in the background: its kind, when, and why it failed",
            "So that nothing is forgotten when a server stops.",
            [days(WORK_DAYS), "; ".into(), days(DEAD_WORK_DAYS), " what was given up".into()].concat(),
        ),
        ("Keys of repeated requests of programs", "So that nothing is made twice.", days(IDEMPOTENCY_DAYS)),
        (
            "An account you closed",
            "So that you can change your mind.",
            [days(CLOSING_DAYS), ", or not at all".into()].concat(),
        ),
    ]
}

#[component]
pub fn PrivacyPage() -> impl IntoView {
    let rows = kept().into_iter().map(|(what, why, long)| {
        view! { <tr><th scope="row">{what}</th><td data-label="Why">{why}</td><td data-label="How long">{long}</td></tr> }
    });
    let optional = Purpose::ALL.into_iter().filter(|purpose| *purpose != Purpose::Terms).map(|purpose| {
        let (title, words) = purpose.words();
        view! { <li><strong>{title}". "</strong>{words}</li> }
    });
    view! {
        <Title text="Privacy and terms"/>
        <main id="main" class="page narrow" tabindex="-1"><div class="prose">
            <p class="brand"><a class="brand" href="/"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></a></p>
            <h1>"Privacy and terms"</h1>
            <p class="muted">"Text of "{Purpose::Terms.version()}</p>
            <h2>"What is kept, why, and how long"</h2>
            <p>"Everything is kept by whoever runs this site, on their machines, and passed on to nobody. There is no advertising and no counting of visitors. Texts are read, matched and scored by the app itself."</p>
            <table class="table"><thead><tr><th scope="col">"What"</th><th scope="col">"Why"</th><th scope="col">"How long"</th></tr></thead><tbody>{rows.collect_view()}</tbody></table>
            <h2>"What is sent elsewhere"</h2>
            <p>"When you give the address of a public job board or of a posting, it is asked, and sees this site’s address, not yours. When you sign in with Google, GitHub or LinkedIn, that service knows that you did; the first time it is asked for your picture, by this site. When you connect Google Calendar, your interviews, decisions and tasks with a time are kept there too, with their places, links and notes as the calendar here shows them. Mail to you goes through the mail server of whoever runs this site. Where you turned notifications on, they go through the push service of that browser’s maker, such as Google, Mozilla, Apple or Microsoft: encrypted, so that only your browser can read them. It learns when there was one, and that this site sent it."</p>
            <h2>"What is yours to allow"</h2>
            <p>"Each is off until you agree, and you can take it back at any time under Account, Your data."</p>
            <ul>{optional.collect_view()}</ul>
            <h2>"Your rights"</h2>
            <p>"You can see and correct what is kept on its own pages, take all of it with you as one file, have all of it erased, and take back what you agreed to. These are your rights under the GDPR and the CCPA, and here they are buttons. Nothing is sold, so there is nothing to opt out of."</p>
            <h2>"Cookies"</h2>
            <p>"One keeps you signed in. One makes this a known device, so that strangers who try your address cannot keep you out. While you sign in, one remembers the step you are at. There are no others."</p>
            <h2>"On your device"</h2>
            <p>"What you change without a network waits in your browser until it is sent. Where you install the app, or ask for it, the pages you looked at last are kept there as well, for two weeks at most and until you sign out. Nobody else gets either."</p>
            <h2>"The terms"</h2>
            <ul>
                <li>"Your account is yours alone. Keep its password to yourself."</li>
                <li>"Bring in postings for your own search. Respect the terms of where they come from."</li>
                <li>"Do not try to see what is not yours, and do not make the service worse for others."</li>
                <li>"Scores and advice are worked out from what you and the postings say. They are help, not a promise; decide for yourself."</li>
                <li>"Whoever runs this site can keep an account out that breaks these rules. They cannot read what you keep in it through the app."</li>
            </ul>
            <p><a href="/account/data">"Your data"</a></p>
        </div></main>
    }
}

/// After an account was erased.
#[component]
pub fn ClosedPage() -> impl IntoView {
    view! {
        <Title text="Account erased"/>
        <main id="main" class="auth">
            <div class="auth-card">
                <p class="brand"><Icon name=Icon::Brand/><span>"Career Co-Pilot"</span></p>
                <h1>"Your account is erased"</h1>
                <p>"Everything you kept here is gone. We wish you well."</p>
                <p><a href="/">"To the first page"</a></p>
            </div>
        </main>
    }
}
