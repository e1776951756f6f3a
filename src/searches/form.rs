//! The form of a search, with what it would find.

use super::{Criteria, Filled, LANGUAGES, Preview, PreviewSearch, Previewed, page::Forms};
use crate::{ids::SearchId, profile::suggest, ui::*};
use leptos::{either::EitherOf3, prelude::*, wasm_bindgen::JsCast, web_sys};
use posting::{Level, Period, Remote};
use std::time::Duration;

/// The form's id in the document.
const FORM: &str = "search-form";
/// How long nothing has to be typed before what it would find is looked up.
const CALM: Duration = Duration::from_millis(600);

#[component]
pub fn SearchForm(id: Option<SearchId>, version: i64, filled: Filled, forms: Forms) -> impl IntoView {
    let errors = action_errors(forms.save);
    let Filled { name, criteria, sources, chosen, from_profile } = filled;
    let action = forms.save;
    let typed = watch_form(forms.preview);
    view! {
        <div class="split">
            <div on:input=move |_| typed() on:change=move |_| typed() on:keyup=move |_| typed() on:click=move |_| typed()>
                <ActionForm action attr:class="form" attr:novalidate=true attr:id=FORM>
                    <FormError errors/>
                    {from_profile.then(|| view! {
                        <div class="callout info"><Icon name=Icon::Info/><div>"Filled in from your profile. Change what you like."</div></div>
                    })}
                    {id.map(|id| view! { <input type="hidden" name="id" value=id.to_string()/> })}
                    {id.map(|_| view! { <input type="hidden" name="version" value=version.to_string()/> })}
                    <Field name="name" label="Name" value=name maxlength=100 help="How you call it; without one, its first title." errors/>
                    <Fields criteria sources chosen errors/>
                    <div class="form-actions">
                        <Submit pending=forms.save.pending()>"Save"</Submit>
                        <a class="button quiet" href="/jobs/searches">"Cancel"</a>
                    </div>
                </ActionForm>
            </div>
            <Found preview=forms.preview/>
        </div>
    }
}

#[component]
fn Fields(criteria: Criteria, sources: Vec<String>, chosen: Vec<String>, errors: FieldErrors) -> impl IntoView {
    let least = if criteria.least_skills > 0 { criteria.least_skills.to_string() } else { String::new() };
    let pay = criteria.least_pay;
    let amount = pay.as_ref().map(|pay| pay.amount.to_string()).unwrap_or_default();
    let currency = pay.as_ref().map(|pay| pay.currency.clone()).unwrap_or_default();
    let period = pay.as_ref().map_or("year", |pay| pay.period.as_str());
    let periods: Vec<(&'static str, &'static str)> =
        Period::ALL.into_iter().map(|p| (p.as_str(), p.as_str())).collect();
    let languages: Vec<String> = LANGUAGES
        .into_iter()
        .filter(|(code, _)| criteria.languages.iter().any(|chosen| chosen == code))
        .map(|(_, name)| name.to_owned())
        .collect();
    let ways = criteria.ways;
    let way = move |way: Remote| ways.contains(&way);
    let levels = criteria.levels;
    let level = move |level: Level| levels.contains(&level);
    let names = LANGUAGES.map(|(_, name)| name).join(", ");
    view! {
        <fieldset class="fieldset">
            <legend>"What"</legend>
            <TagInput name="titles" label="Titles" values=criteria.titles suggest=suggest::roles() help="Any one of them: all its words stand in the posting’s title." errors/>
            <TagInput name="skills" label="Skills" values=criteria.skills suggest=suggest::skills() help="Without titles one at least is asked for. Beside titles they put what fits better first." errors/>
            <Field name="least_skills" label="At least so many of these skills" kind="number" min="0" max="50" value=least errors/>
        </fieldset>
        <fieldset class="fieldset">
            <legend>"Where"</legend>
            <TagInput name="places" label="Places" values=criteria.places commas=false placeholder="Berlin, Germany" help="A city, a region or a country each. None means anywhere." errors/>
            <div class="row">
                <Check name="way_remote" label="Remote" checked=way(Remote::Remote)/>
                <Check name="way_hybrid" label="Hybrid" checked=way(Remote::Hybrid)/>
                <Check name="way_onsite" label="On site" checked=way(Remote::Onsite)/>
            </div>
        </fieldset>
        <fieldset class="fieldset">
            <legend>"Level and pay"</legend>
            <div class="row">
                <Check name="level_entry" label="Entry level" checked=level(Level::Entry)/>
                <Check name="level_mid" label="Mid level" checked=level(Level::Mid)/>
                <Check name="level_senior" label="Senior" checked=level(Level::Senior)/>
                <Check name="level_lead" label="Lead" checked=level(Level::Lead)/>
                <Check name="level_executive" label="Executive" checked=level(Level::Executive)/>
            </div>
            <div class="fields">
                <Field name="pay_amount" label="At least" inputmode="numeric" value=amount help="Postings that name no pay pass." errors/>
                <Field name="pay_currency" label="Currency" value=currency placeholder="EUR" maxlength=3 errors/>
                <Select name="pay_period" label="Per" value=period options=periods errors/>
            </div>
        </fieldset>
        <fieldset class="fieldset">
            <legend>"Leave out"</legend>
            <TagInput name="without_words" label="Words" values=criteria.without_words help="Postings with one of them in title or text." errors/>
            <TagInput name="without_companies" label="Companies" values=criteria.without_companies errors/>
            <TagInput name="languages" label="Only texts in" values=languages help=["Known are ", &names, "."].concat() errors/>
        </fieldset>
        {(!sources.is_empty()).then(|| {
            let help = ["The dearest first; none means all. There are ", &sources.join(", "), "."].concat();
            view! { <TagInput name="sources" label="Sources" values=chosen commas=false help errors/> }
        })}
    }
}

/// Looks up what the form would find: when the page is alive, and when nothing was typed for a moment.
fn watch_form(preview: ServerAction<PreviewSearch>) -> impl Fn() + Copy + Send + Sync + 'static {
    let turn = StoredValue::new(0_u32);
    let last = StoredValue::new(String::new());
    let look = move || {
        let Some(input) = read_form() else { return };
        if !asks_for_something(&input) {
            last.set_value(String::new());
            preview.clear();
            return;
        }
        let said = format!("{input:?}");
        if last.with_value(|last| *last != said) {
            last.set_value(said);
            preview.dispatch(input);
        }
    };
    Effect::new(move |_| look());
    move || {
        let mine = turn.get_value().wrapping_add(1);
        turn.set_value(mine);
        set_timeout(
            move || {
                // The page may be gone by then.
                if turn.try_get_value() == Some(mine) {
                    look();
                }
            },
            CALM,
        );
    }
}

/// Whether there is a title or a skill to look for.
fn asks_for_something(input: &PreviewSearch) -> bool {
    [&input.titles, &input.skills].into_iter().any(|words| !words.trim().is_empty())
}

/// The form as it is filled in now.
fn read_form() -> Option<PreviewSearch> {
    let form = document().get_element_by_id(FORM)?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    PreviewSearch::from_form_data(&data).ok()
}

/// What it would find.
#[component]
fn Found(preview: ServerAction<PreviewSearch>) -> impl IntoView {
    let answer = preview.value();
    view! {
        <aside class="card stack tight js-only side-sticky" aria-live="polite" class:busy=preview.pending()>
            <h2>"What this finds"</h2>
            {move || match answer.get() {
                None => EitherOf3::A(view! { <p class="muted">"Name a title or a skill to see it."</p> }),
                Some(Ok(preview)) => EitherOf3::B(view! { <Previews preview/> }),
                Some(Err(error)) => {
                    let words = error.fields().into_values().next().unwrap_or_else(|| error.to_string());
                    EitherOf3::C(view! { <p class="muted">{words}</p> })
                }
            }}
        </aside>
    }
}

#[component]
fn Previews(preview: Preview) -> impl IntoView {
    let Preview { found, of, first } = preview;
    let words = match (found, of) {
        (_, 0) => {
            "There are no postings of the last thirty days yet. This search waits for those that arrive.".to_owned()
        }
        (0, of) => ["None of ", &grouped(of), " postings of the last thirty days."].concat(),
        (found, of) => [&grouped(found), " of ", &grouped(of), " postings of the last thirty days."].concat(),
    };
    view! {
        <p>{words}</p>
        <ul class="list plain">{first.into_iter().map(|one| view! { <Row one/> }).collect_view()}</ul>
    }
}

#[component]
fn Row(one: Previewed) -> impl IntoView {
    let way = one.remote.and_then(|way| way.beside(&one.location));
    let place = (!one.location.is_empty()).then_some(one.location);
    view! {
        <li class="item">
            <div class="item-main">
                <p><strong>{one.title}</strong></p>
                <p class="meta small">
                    <span>{one.company}</span>
                    {place.map(|place| view! { <span>{place}</span> })}
                    {way.map(|way| view! { <span>{way}</span> })}
                </p>
                <p class="small muted">{one.why}</p>
            </div>
            <div class="item-side"><ScoreBadge score=one.score/></div>
        </li>
    }
}
