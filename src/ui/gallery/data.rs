//! Lists, tables, figures and charts.

use crate::ui::*;
use chrono::{TimeDelta, Utc};
use leptos::prelude::*;

pub(super) fn data() -> AnyView {
    view! {
        <div class="stack loose" id="data">{stats()} {lists()} {table()} {charts()} {prose()}</div>
    }
    .into_any()
}

fn stats() -> AnyView {
    let one = |label: &'static str, figure: &'static str, note: &'static str| {
        view! {
            <a class="stat card" href="#data">
                <span class="stat-label">{label}</span>
                <span class="big">{figure}</span>
                <span class="stat-note">{note}</span>
            </a>
        }
    };
    view! {
        <div class="grid small">
            {one("Jobs", "128", "12 new this week")} {one("Applications", "41", "6 waiting for you")}
            {one("Interviews", "5", "next on Tuesday")} {one("Offers", "1", "answer by 28 Nov")}
        </div>
    }
    .into_any()
}

/// The parts of a match, as they stand in the popover and on a job's page.
fn parts() -> AnyView {
    view! {
        <dl class="parts">
            <div>
                <dt>"Skills"</dt>
                <dd>"40 of 50"</dd>
                <dd class="why">"8 of 10 asked for; Kafka and Terraform are missing"</dd>
            </div>
            <div>
                <dt>"Location"</dt>
                <dd>"30 of 30"</dd>
                <dd class="why">"Berlin is on your list"</dd>
            </div>
            <div>
                <dt>"Experience"</dt>
                <dd>"12 of 20"</dd>
                <dd class="why">"Senior asked, mid level given"</dd>
            </div>
        </dl>
    }
    .into_any()
}

fn lists() -> AnyView {
    let row = |score: Option<u8>, title: &'static str, company: &'static str, class: &'static str, hours: i64| {
        view! {
            <li class=["item ", class].concat()>
                <ScoreBadge score>{parts()}</ScoreBadge>
                <div class="item-main">
                    <a class="item-title" href="#data">{title}</a>
                    <p class="meta">
                        <span>{company}</span>
                        <span><Icon name=Icon::Place/>"Berlin"</span>
                        <span><Icon name=Icon::Money/>"€65–80k"</span>
                        <Time at=Utc::now() - TimeDelta::hours(hours)/>
                    </p>
                </div>
                <div class="item-side">
                    <span class="badge info">"Applied"</span>
                    <button type="button" class="button small">"Apply"</button>
                </div>
            </li>
        }
    };
    view! {
        <div class="split">
            <section class="card flush">
                <header class="card-head">
                    <h2>"Recommended"</h2>
                    <a href="#data">"All jobs"</a>
                </header>
                <ul class="list">
                    {row(Some(86), "Backend engineer", "Nordlicht Labs", "unread", 3)}
                    {row(Some(64), "Data engineer, platform and streaming systems", "Example Logistics GmbH", "", 30)}
                    {row(Some(38), "Ward nurse", "Clinic am Park", "dim", 400)}
                    {row(None, "Product designer", "Studio Meridian", "", 5_000)}
                </ul>
                <div class="card-foot">
                    <Pager page=2 per_page=25 total=7_150 href=|page: u32| ["#page-", &page.to_string()].concat()/>
                </div>
            </section>
            <section class="card">
                <header class="card-head">
                    <h2>"Activity"</h2>
                </header>
                <ol class="timeline">
                    <li>
                        <Icon name=Icon::Check/>
                        <div>
                            <p>"Applied to " <a href="#data">"Backend engineer"</a></p>
                            <Time at=Utc::now() - TimeDelta::minutes(4)/>
                        </div>
                    </li>
                    <li>
                        <Icon name=Icon::Upload/>
                        <div>
                            <p>"41 jobs came in from a board"</p>
                            <Time at=Utc::now() - TimeDelta::hours(26)/>
                        </div>
                    </li>
                    <li>
                        <Icon name=Icon::Skills/>
                        <div>
                            <p>"Added the skill Terraform"</p>
                            <Time at=Utc::now() - TimeDelta::days(20)/>
                        </div>
                    </li>
                </ol>
            </section>
        </div>
    }
    .into_any()
}

fn table() -> AnyView {
    let row =
        |title: &'static str, company: &'static str, salary: &'static str, state: &'static str, tone: &'static str| {
            view! {
                <tr>
                    <th scope="row"><a href="#data">{title}</a></th>
                    <td data-label="Company">{company}</td>
                    <td data-label="Salary" class="number">{salary}</td>
                    <td data-label="Status"><span class=["badge ", tone].concat()>{state}</span></td>
                    <td class="actions">
                        <button type="button" class="button quiet small icon-only" aria-label="Edit">
                            <Icon name=Icon::Edit/>
                        </button>
                    </td>
                </tr>
            }
        };
    view! {
        <section class="card flush">
            <table class="table">
                <caption class="visually-hidden">"Applications"</caption>
                <thead>
                    <tr>
                        <th scope="col" aria-sort="ascending"><a href="#data">"Title"</a></th>
                        <th scope="col"><a href="#data">"Company"</a></th>
                        <th scope="col" class="number">"Salary"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>
                    {row("Backend engineer", "Nordlicht Labs", "72,000", "Interview", "warn")}
                    {row("Payroll specialist", "Hafen & Söhne", "48,500", "Applied", "info")}
                    {row("Physics teacher", "Gymnasium am See", "61,000", "Offer", "good")}
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

fn charts() -> AnyView {
    let bars = vec![
        Bar::new("Saved", 61).href("#data").tone("muted"),
        Bar::new("Applied", 41).href("#data").tone("info").note("6 this week"),
        Bar::new("Interview", 5).href("#data").tone("warn"),
        Bar::new("Offer", 1).href("#data").tone("good"),
        Bar::new("Rejected", 0).href("#data").tone("bad"),
    ];
    view! {
        <div class="grid">
            <section class="card">
                <Gauge value=62 label="Coverage" note="31 of 50 skills asked for"/>
            </section>
            <section class="card stack">
                <h2>"By status"</h2>
                <BarChart label="Applications by status" bars/>
            </section>
            <section class="card stack">
                <h2>"Why this match"</h2>
                <ScoreBadge score=Some(82) big=true/>
                {parts()}
                <Meter value=80 label="Skills"/>
                <Meter value=30 label="Profile" tone="warn"/>
            </section>
            <section class="card">
                <dl class="facts">
                    <dt>"Company"</dt>
                    <dd>"Nordlicht Labs"</dd>
                    <dt>"Posted"</dt>
                    <dd><Time at=Utc::now() - TimeDelta::days(3) style=TimeStyle::Full/></dd>
                    <dt>"Source"</dt>
                    <dd><a href="#data">"Greenhouse"</a></dd>
                </dl>
            </section>
        </div>
    }
    .into_any()
}

fn prose() -> AnyView {
    view! {
        <section class="card prose">
            <h2>"About the work"</h2>
            <p>
                "You will look after the services that move parcels across four countries. We write "
                <mark>"Rust"</mark> " and " <mark>"SQL"</mark> ", and talk to the people in the warehouse every week."
            </p>
            <h3>"What we hope for"</h3>
            <ul>
                <li>"Three years with systems that must not lose data"</li>
                <li>"A liking for plain words"</li>
            </ul>
            <p>"Write to us " <a href="#data">"through this page"</a> "."</p>
        </section>
    }
    .into_any()
}
