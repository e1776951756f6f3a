//! Calendars as text. Every reader gets what its maker documents: CRLF, folded lines, and the description of each zone used.

mod lines;
mod onsets;
mod zone;

use crate::event::{Calendar, Event, Person, Span, Status};
use crate::wall;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use lines::{Lines, address, escaped, quoted};
use std::collections::BTreeMap;

/// How often readers are asked to fetch a feed again.
const REFRESH: &str = "PT1H";

impl Calendar {
    /// The calendar as a feed to subscribe to. A cancelled event stays in it, said to be cancelled, so that readers take it off.
    pub fn feed(&self) -> String {
        let mut lines = begin("PUBLISH");
        // RFC 7986 has a name and a pause between two looks; before it, Apple and Microsoft had their own.
        lines.text("NAME", &self.name);
        lines.text("X-WR-CALNAME", &self.name);
        lines.raw(&format!("REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"));
        lines.raw(&format!("X-PUBLISHED-TTL:{REFRESH}"));
        body(lines, &self.events, self.now)
    }
}

impl Event {
    /// The event as a file of its own, written at `now`. A cancelled one takes an earlier file's event away.
    pub fn file(&self, now: DateTime<Utc>) -> String {
        let method = if self.status == Status::Cancelled { "CANCEL" } else { "PUBLISH" };
        body(begin(method), std::slice::from_ref(self), now)
    }

    fn write(&self, lines: &mut Lines, now: DateTime<Utc>) {
        lines.raw("BEGIN:VEVENT");
        lines.text("UID", &self.uid);
        lines.raw(&format!("SEQUENCE:{}", self.sequence));
        for (name, at) in [("DTSTAMP", now), ("CREATED", self.created), ("LAST-MODIFIED", self.modified)] {
            lines.raw(&format!("{name}:{}", utc(at)));
        }
        self.span.write(lines);
        lines.text("SUMMARY", &self.summary);
        lines.text_if_any("DESCRIPTION", &self.description);
        lines.text_if_any("LOCATION", &self.location);
        if let Some(url) = &self.url {
            lines.raw(&format!("URL:{}", address(url)));
        }
        if let Some(organizer) = &self.organizer {
            organizer.write("ORGANIZER", lines);
        }
        self.attendees.iter().for_each(|attendee| attendee.write("ATTENDEE", lines));
        lines.raw(match self.status {
            Status::Tentative => "STATUS:TENTATIVE",
            Status::Confirmed => "STATUS:CONFIRMED",
            Status::Cancelled => "STATUS:CANCELLED",
        });
        // A deadline is no reason to look busy all day.
        let is_free = matches!(self.span, Span::Days { .. }) || self.status == Status::Cancelled;
        lines.raw(if is_free { "TRANSP:TRANSPARENT" } else { "TRANSP:OPAQUE" });
        if !self.categories.is_empty() {
            let categories: Vec<String> = self.categories.iter().map(|category| escaped(category)).collect();
            lines.raw(&format!("CATEGORIES:{}", categories.join(",")));
        }
        // Nobody wants to be reminded of what does not take place.
        let alarms = if self.status == Status::Cancelled { &[] } else { self.alarms.as_slice() };
        for minutes in alarms {
            lines.raw("BEGIN:VALARM");
            lines.raw("ACTION:DISPLAY");
            lines.text("DESCRIPTION", &self.summary);
            lines.raw(&format!("TRIGGER:-PT{minutes}M"));
            lines.raw("END:VALARM");
        }
        lines.raw("END:VEVENT");
    }
}

impl Span {
    fn write(&self, lines: &mut Lines) {
        match self {
            Self::Days { first, last } => {
                lines.raw(&format!("DTSTART;VALUE=DATE:{}", day(*first)));
                // The end of a file's event is the first day after it.
                if let Some(after) = (*last).max(*first).succ_opt() {
                    lines.raw(&format!("DTEND;VALUE=DATE:{}", day(after)));
                }
            }
            Self::Utc { start, end } => {
                lines.raw(&format!("DTSTART:{}", utc(*start)));
                if end > start {
                    lines.raw(&format!("DTEND:{}", utc(*end)));
                }
            }
            Self::Zoned { start, end } => {
                lines.raw(&format!("DTSTART{}", zoned(start)));
                if end > start {
                    lines.raw(&format!("DTEND{}", zoned(end)));
                }
            }
        }
    }

    /// The moments that are written in the words of a zone.
    fn zoned(&self) -> impl Iterator<Item = DateTime<Tz>> {
        let ends = match self {
            Self::Zoned { start, end } => [Some(*start), Some(*end)],
            Self::Days { .. } | Self::Utc { .. } => [None, None],
        };
        ends.into_iter().flatten().filter(can_be_told)
    }
}

impl Person {
    fn write(&self, property: &str, lines: &mut Lines) {
        let name = if self.name.trim().is_empty() { String::new() } else { format!(";CN={}", quoted(&self.name)) };
        lines.raw(&format!("{property}{name}:mailto:{}", address(&self.address)));
    }
}

fn begin(method: &str) -> Lines {
    let mut lines = Lines::default();
    lines.raw("BEGIN:VCALENDAR");
    lines.raw("VERSION:2.0");
    lines.raw("PRODID:-//Career Co-Pilot//Calendar//EN");
    lines.raw("CALSCALE:GREGORIAN");
    lines.raw(&format!("METHOD:{method}"));
    lines
}

/// Zones first, as RFC 5545 has it in its examples: some readers look for them while they read the events.
fn body(mut lines: Lines, events: &[Event], now: DateTime<Utc>) -> String {
    let mut zones: BTreeMap<&'static str, (DateTime<Tz>, DateTime<Tz>)> = BTreeMap::new();
    for at in events.iter().flat_map(|event| event.span.zoned()) {
        let (first, last) = zones.entry(at.timezone().name()).or_insert((at, at));
        (*first, *last) = ((*first).min(at), (*last).max(at));
    }
    for (first, last) in zones.into_values() {
        zone::write(&mut lines, first.timezone(), first.to_utc(), last.to_utc());
    }
    events.iter().for_each(|event| event.write(&mut lines, now));
    lines.raw("END:VCALENDAR");
    lines.finish()
}

/// Whether what clocks show says which moment is meant. In the second pass of an hour that clocks are set back over it
/// does not; such a moment is written in UTC.
fn can_be_told(at: &DateTime<Tz>) -> bool {
    at.timezone() != Tz::UTC && wall::moment(at.naive_local(), at.timezone()) == Some(at.to_utc())
}

fn zoned(at: &DateTime<Tz>) -> String {
    if can_be_told(at) {
        format!(";TZID={}:{}", at.timezone().name(), at.format("%Y%m%dT%H%M%S"))
    } else {
        format!(":{}", utc(at.to_utc()))
    }
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn day(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}
