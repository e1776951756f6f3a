//! Numbers drawn: a dial, a thin meter, bars. Sizes are SVG attributes, which the content policy allows.

use super::{pager::grouped, wiring::given};
use leptos::prelude::*;

/// A half dial with a scale, for one share of a whole.
#[component]
pub fn Gauge(
    /// 0–100.
    value: u8,
    /// Read, not shown.
    #[prop(into)]
    label: String,
    /// A line below.
    #[prop(optional, into)]
    note: String,
) -> impl IntoView {
    let value = value.min(100);
    let figure = value.to_string();
    let said = [&label, ": ", &figure, " percent"].concat();
    // Half of a circle of radius 50 around (60, 60); its length counts as 100.
    const ARC: &str = "M10 60a50 50 0 0 1 100 0";
    view! {
        <figure class="gauge">
            <svg viewBox="0 0 120 68" role="img" aria-label=said>
                <path class="gauge-track" d=ARC pathLength="100"></path>
                <path class="gauge-fill" d=ARC pathLength="100" stroke-dasharray=[&figure, " 200"].concat()></path>
                <path class="gauge-scale" d="M17 60h3M29.6 29.6l2.1 2.1M60 17v3M90.4 29.6l-2.1 2.1M103 60h-3"></path>
                <text x="60" y="60" text-anchor="middle">
                    {figure}
                    <tspan class="gauge-unit">"%"</tspan>
                </text>
            </svg>
            {given(note).map(|note| view! { <figcaption class="muted">{note}</figcaption> })}
        </figure>
    }
}

/// A thin bar for one share of a whole.
#[component]
pub fn Meter(
    /// 0–100.
    value: u8,
    /// Read, not shown.
    #[prop(into)]
    label: String,
    /// `good`, `warn`, `bad`, or nothing for the accent.
    #[prop(optional)]
    tone: &'static str,
) -> impl IntoView {
    let value = value.min(100).to_string();
    let said = [&label, ": ", &value, " percent"].concat();
    view! {
        <svg class=["meter ", tone].concat() viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=said>
            <rect class="track" width="100" height="6"></rect>
            <rect class="fill" width=value height="6"></rect>
        </svg>
    }
}

/// One bar of a [`BarChart`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    label: String,
    value: u32,
    href: Option<String>,
    tone: &'static str,
    note: String,
}

impl Bar {
    /// A bar with its label and its count.
    pub fn new(label: impl Into<String>, value: u32) -> Self {
        Self { label: label.into(), value, ..Self::default() }
    }

    /// Leads to the rows behind the number.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// `good`, `warn`, `bad`, `info`, `muted`; the accent otherwise.
    pub fn tone(mut self, tone: &'static str) -> Self {
        self.tone = tone;
        self
    }

    /// A few words beside the number.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Horizontal bars, the longest as wide as there is room. It is a table, so a screen reader reads it as one.
#[component]
pub fn BarChart(
    /// What is counted: the table's caption, read but not shown.
    #[prop(into)]
    label: String,
    bars: Vec<Bar>,
) -> impl IntoView {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let rows: Vec<_> = bars
        .into_iter()
        .map(|bar| {
            // Tenths of a percent are finer than any screen.
            let width = u64::from(bar.value) * 1000 / u64::from(most);
            let label = match bar.href {
                Some(href) => view! { <a href=href>{bar.label}</a> }.into_any(),
                None => bar.label.into_any(),
            };
            view! {
                <tr class=bar.tone>
                    <th scope="row">{label}</th>
                    <td class="bar-value">
                        {grouped(bar.value.into())}
                        {given(bar.note).map(|note| view! { <span class="muted">{note}</span> })}
                    </td>
                    <td class="bar" aria-hidden="true">
                        <svg viewBox="0 0 1000 8" preserveAspectRatio="none">
                            <rect class="fill" width=width.to_string() height="8"></rect>
                        </svg>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="bar-chart">
            <caption class="visually-hidden">{label}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
}
