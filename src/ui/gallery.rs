//! `/ui`: every widget in every state. For those who build pages, and for the tests that look at all of them.

mod data;
mod forms;
mod over;

use super::*;
use leptos::prelude::*;

/// The whole gallery; the route exists in debug builds only.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <main id="main" class="page">
        <header class="page-head">
            <div>
                <h1>"Widgets"</h1>
                <p class="muted">"What every page is made of, in each of its states."</p>
            </div>
            <div class="actions">
                <ThemeToggle name="gallery-theme"/>
                <a class="button" href="/today">"Leave"</a>
            </div>
        </header>
        <nav class="tabs" aria-label="Kinds">
            <a href="#buttons" aria-current="page">"Buttons"</a>
            <a href="#forms">"Forms"</a>
            <a href="#data">"Data"</a>
            <a href="#over">"Over the page"</a>
            <a href="#states">"States"</a>
        </nav>
        {buttons()}
        {forms::forms()}
        {data::data()}
        {over::over()}
        {states()}
        {icons()}
        </main>
    }
}

fn buttons() -> AnyView {
    let chips = ["Rust", "SQL"].map(|name| view! { <li class="chip have">{name}</li> }).into_iter().collect_view();
    view! {
        <section class="card stack" id="buttons">
            <header class="card-head">
                <h2>"Buttons, badges, chips"</h2>
            </header>
            <div class="row">
                <button type="button" class="button primary">
                    <Icon name=Icon::Plus/>
                    "Add a job"
                </button>
                <button type="button" class="button">"Plain"</button>
                <button type="button" class="button quiet">"Quiet"</button>
                <button type="button" class="button danger">"Delete"</button>
                <button type="button" class="button danger solid">"Delete now"</button>
                <button type="button" class="button primary" aria-busy="true">"Saving"</button>
                <button type="button" class="button" disabled=true>"Disabled"</button>
                <button type="button" class="button icon-only" aria-label="Edit">
                    <Icon name=Icon::Edit/>
                </button>
                <button type="button" class="link-button">"Like a link"</button>
            </div>
            <div class="row">
                <button type="button" class="button small primary">"Small"</button>
                <button type="button" class="button small">"Small"</button>
                <span class="button-group">
                    <button type="button" class="button small">
                        <Icon name=Icon::ThumbUp/>
                        "More like this"
                    </button>
                    <button type="button" class="button small icon-only" aria-label="Fewer like this">
                        <Icon name=Icon::ThumbDown/>
                    </button>
                </span>
            </div>
            <div class="row">
                <span class="badge">"Saved"</span>
                <span class="badge info">"Applied"</span>
                <span class="badge warn">"Interview"</span>
                <span class="badge good">"Offer"</span>
                <span class="badge bad">"Rejected"</span>
                <span class="badge accent">"New"</span>
                <span class="badge muted">"Archived"</span>
                <span class="count">"3"</span>
                <span class="live-dot">"Live"</span>
                <span class="live-dot off">"Connecting"</span>
                <kbd class="kbd">"Ctrl K"</kbd>
            </div>
            <ul class="chips">
                {chips}
                <li class="chip lack">"Kubernetes"</li>
                <li class="chip">"Remote"</li>
                <li>
                    <button type="button" class="chip">
                        <Icon name=Icon::Plus/>
                        "I have this"
                    </button>
                </li>
            </ul>
        </section>
    }
    .into_any()
}

fn states() -> AnyView {
    view! {
        <div class="grid" id="states">
            <section class="card">
                <Empty title="No jobs yet" text="Bring in postings from a board, a file, or by hand." icon=Icon::Jobs>
                    <a class="button primary small" href="#states">"Import jobs"</a>
                    <a class="button small" href="#states">"Add one"</a>
                </Empty>
            </section>
            <section class="card">
                <ErrorState text="The list could not be loaded."/>
            </section>
            <Skeleton card=true lines=4/>
        </div>
        <div class="stack">
            <div class="callout"><Icon name=Icon::Info/><p>"Two jobs were duplicates and were left out."</p></div>
            <div class="callout good"><Icon name=Icon::Check/><p>"41 jobs came in."</p></div>
            <div class="callout warn"><Icon name=Icon::Clock/><p>"This posting is 60 days old."</p></div>
            <div class="callout bad"><Icon name=Icon::Warning/><p>"Row 7 has no title."</p></div>
        </div>
    }
    .into_any()
}

fn icons() -> AnyView {
    let all = Icon::ALL.map(|name| view! { <Icon name=name/> }).into_iter().collect_view();
    view! {
        <section class="card stack">
            <header class="card-head">
                <h2>"Icons"</h2>
            </header>
            <div class="row loose">{all}</div>
        </section>
    }
    .into_any()
}
