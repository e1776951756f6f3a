//! What is said about a job on its page, and what lists leave out for it.

use super::{
    HideCompany, LeftOut, Place, SaidOfJob, ShowCompany,
    thumbs::{self, Reasons, Thumbs, sentence},
};
use crate::{ids::JobId, ui::*};
use leptos::prelude::*;

/// What else can be done in the section.
#[derive(Clone, Copy)]
struct Acts {
    hide: ServerAction<HideCompany>,
    show: ServerAction<ShowCompany>,
}

/// Gives the section below what it can do, and says what came of it.
pub fn provide() {
    thumbs::provide(false);
    let acts = Acts { hide: ServerAction::new(), show: ServerAction::new() };
    provide_context(acts);
    let toasts = use_toasts();
    Effect::new(move |_| match acts.hide.value().get() {
        Some(Ok(_)) => toasts.push(Toast::good("Jobs of this company are left out from now on.")),
        Some(Err(error)) => toasts.push(Toast::bad(sentence(&error))),
        None => {}
    });
    Effect::new(move |_| match acts.show.value().get() {
        Some(Ok(_)) => toasts.push(Toast::good("Jobs of this company are listed again.")),
        Some(Err(error)) => toasts.push(Toast::bad(sentence(&error))),
        None => {}
    });
}

/// Whether it is a good match, why, and what that does.
#[component]
pub fn Opinion(job: JobId, title: String, company: String, said: SaidOfJob) -> impl IntoView {
    let acts = expect_context::<Acts>();
    let SaidOfJob { verdict, reason, note, moved, hidden } = said;
    let list = Place::Job;
    let why = verdict.map(|which| view! { <Reasons job which list position=None chosen=reason note/> });
    let company = match hidden {
        Some(id) => view! {
            <p class="small">"Jobs of this company are left out of lists."</p>
            <ActionForm action=acts.show>
                <input type="hidden" name="id" value=id.to_string()/>
                <button class="button small" type="submit">"Show them again"</button>
            </ActionForm>
        }
        .into_any(),
        None => view! {
            <ActionForm action=acts.hide>
                <input type="hidden" name="company" value=company/>
                <button class="button quiet small" type="submit">"Hide this company"</button>
            </ActionForm>
        }
        .into_any(),
    };
    view! {
        <section class="card stack tight" id="feedback">
            <h2>"Is it a good match?"</h2>
            <Thumbs job title verdict list named=true/>
            {moved.map(|moved| view! { <p class="small">{moved.words}</p> })}
            {why}
            {company}
            <p class="small"><a href="/jobs/hidden">"What this changes"</a></p>
        </section>
    }
}

/// What a list leaves out, and the way to it; nothing where it leaves out nothing.
#[component]
pub fn LeftOutNote(
    left_out: LeftOut,
    /// The list with jobs of hidden companies.
    show: String,
) -> impl IntoView {
    let LeftOut { hidden, turned_down } = left_out;
    let hidden = (hidden > 0).then(|| {
        let words = if hidden == 1 {
            "1 job of hidden companies is not shown. ".to_owned()
        } else {
            [grouped(u64::from(hidden)).as_str(), " jobs of hidden companies are not shown. "].concat()
        };
        view! { <p class="muted small">{words}<a href=show>"Show"</a>" · "<a href="/jobs/hidden">"Hidden companies"</a></p> }
    });
    let turned_down = (turned_down > 0).then(|| {
        let words = if turned_down == 1 {
            "1 job you turned down is not recommended. ".to_owned()
        } else {
            [grouped(u64::from(turned_down)).as_str(), " jobs you turned down are not recommended. "].concat()
        };
        view! { <p class="muted small">{words}<a href="/jobs/hidden#said">"What you said"</a></p> }
    });
    view! { {hidden}{turned_down} }
}
