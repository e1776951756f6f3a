//! When: "3 h ago" for people, the exact moment for machines and for those who point at it.

use super::Hydrated;
use chrono::{DateTime, Datelike, Local, SecondsFormat, Timelike, Utc};
use leptos::prelude::*;
use std::time::Duration;

/// How a moment is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeStyle {
    /// "3 h ago"; a date after a week.
    #[default]
    Ago,
    /// "21 Nov 2026".
    Day,
    /// "21 Nov 2026, 11:05".
    Full,
}

/// Now, as every [`Time`] on the page has it.
#[derive(Clone, Copy)]
struct Clock(RwSignal<DateTime<Utc>>);

pub(super) fn provide() {
    let now = RwSignal::new(Utc::now());
    provide_context(Clock(now));
    Effect::new(move || {
        let tick = set_interval_with_handle(move || now.set(Utc::now()), Duration::from_secs(30));
        if let Ok(tick) = tick {
            on_cleanup(move || tick.clear());
        }
    });
}

/// A moment. The server writes UTC, and so does the browser while it takes the page over; then it is the device's own zone.
#[component]
pub fn Time(at: DateTime<Utc>, #[prop(optional)] style: TimeStyle) -> impl IntoView {
    let clock = use_context::<Clock>();
    let hydrated = StoredValue::new(Hydrated::here());
    let local = move || hydrated.with_value(Hydrated::get);
    let text = move || match style {
        TimeStyle::Ago => ago(at, clock.map_or_else(Utc::now, |Clock(now)| now.get())),
        TimeStyle::Day if local() => day(&at.with_timezone(&Local)),
        TimeStyle::Day => day(&at),
        TimeStyle::Full if local() => full(&at.with_timezone(&Local)),
        TimeStyle::Full => full(&at),
    };
    let title = move || if local() { full(&at.with_timezone(&Local)) } else { full(&at) + " UTC" };
    view! {
        <time datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true) title=title>
            {text}
        </time>
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn short_day(at: &impl Datelike) -> String {
    [&at.day().to_string(), " ", MONTHS[at.month0() as usize]].concat()
}

/// "21 Nov 2026".
pub fn day(at: &impl Datelike) -> String {
    [&short_day(at), " ", &at.year().to_string()].concat()
}

fn full(at: &(impl Datelike + Timelike)) -> String {
    let two = |n: u32| if n < 10 { ["0", &n.to_string()].concat() } else { n.to_string() };
    [&day(at), ", ", &two(at.hour()), ":", &two(at.minute())].concat()
}

fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (now - at).num_seconds();
    let (count, unit) = match seconds.unsigned_abs() {
        0..45 => return "now".to_owned(),
        past @ 45..3_570 => ((past + 30) / 60, " min"),
        past @ 3_570..84_600 => ((past + 1_800) / 3_600, " h"),
        past @ 84_600..648_000 => ((past + 43_200) / 86_400, " d"),
        _ if at.year() == now.year() => return short_day(&at),
        _ => return day(&at),
    };
    let count = count.to_string();
    if seconds > 0 { [&count, unit, " ago"].concat() } else { ["in ", &count, unit].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_moment_in_words() {
        let now: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().unwrap();
        let said = |seconds: i64| ago(now - TimeDelta::seconds(seconds), now);
        assert_eq!(said(0), "now");
        assert_eq!(said(50), "1 min ago");
        assert_eq!(said(3_569), "59 min ago");
        assert_eq!(said(3_570), "1 h ago");
        assert_eq!(said(84_599), "23 h ago");
        assert_eq!(said(84_600), "1 d ago");
        assert_eq!(said(7 * 86_400), "7 d ago");
        assert_eq!(said(8 * 86_400), "13 Nov");
        assert_eq!(said(365 * 86_400), "21 Nov 2025");
        assert_eq!(said(-7_200), "in 2 h");
        assert_eq!(full(&now), "21 Nov 2026, 12:00");
    }
}
