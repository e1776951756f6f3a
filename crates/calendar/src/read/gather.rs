use super::Reason;
use super::lines::{self, Line};
use super::text;
use super::zone::Described;
use crate::limits;
use std::collections::HashMap;

/// The parts of a file that are looked at.
#[derive(Default)]
pub struct Gathered {
    pub events: Vec<Properties>,
    /// By `TZID`.
    pub zones: HashMap<String, Described>,
}

/// What one event says, and the method of its calendar.
#[derive(Default)]
pub struct Properties {
    pub method: Option<String>,
    lines: Vec<Line>,
}

impl Properties {
    /// The first property of a name.
    pub fn first(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Calendar,
    Event,
    Zone,
    Observance,
    /// To-dos, alarms and whatever else there is.
    Other,
}

/// Sorts a file's properties by the component they stand in.
pub fn gather(bytes: &[u8]) -> Result<Gathered, Reason> {
    let mut gathered = Gathered::default();
    let mut open: Vec<(Part, String)> = Vec::new();
    let mut method = None;
    let mut event = Properties::default();
    let mut zone = (String::new(), Described::default());
    let mut found_calendar = false;
    for line in lines::of(bytes) {
        let within = open.last().map(|(part, _)| *part);
        match line.name.as_str() {
            "BEGIN" => {
                let name = line.value.trim().to_ascii_uppercase();
                let part = part(within, &name);
                if within.is_none() && part != Part::Calendar {
                    return Err(Reason::NoCalendar);
                }
                if open.len() == limits::DEPTH {
                    return Err(Reason::Nesting);
                }
                match part {
                    Part::Calendar => (found_calendar, method) = (true, None),
                    Part::Event if gathered.events.len() == limits::EVENTS => return Err(Reason::TooManyEvents),
                    Part::Event => event = Properties { method: method.clone(), lines: Vec::new() },
                    Part::Zone => zone = (String::new(), Described::default()),
                    Part::Observance => zone.1.begin_observance(),
                    Part::Other => {}
                }
                open.push((part, name));
            }
            "END" => {
                let name = line.value.trim();
                let Some((part, _)) = open.pop().filter(|(_, begun)| begun.eq_ignore_ascii_case(name)) else {
                    return Err(Reason::Nesting);
                };
                match part {
                    Part::Event => gathered.events.push(std::mem::take(&mut event)),
                    Part::Zone if gathered.zones.len() < limits::ZONES => {
                        let (name, described) = std::mem::take(&mut zone);
                        gathered.zones.insert(name, described.finish());
                    }
                    _ => {}
                }
            }
            "METHOD" if within == Some(Part::Calendar) => method = Some(line.value),
            "TZID" if within == Some(Part::Zone) => zone.0 = text::label(&line.value),
            _ => match within {
                Some(Part::Event) if event.lines.len() < limits::PROPERTIES => event.lines.push(line),
                Some(Part::Zone) => zone.1.property(&line),
                Some(Part::Observance) => zone.1.observance_property(&line),
                _ => {}
            },
        }
    }
    match (found_calendar, open.is_empty()) {
        (false, _) => Err(Reason::NoCalendar),
        (true, false) => Err(Reason::Cut),
        (true, true) => Ok(gathered),
    }
}

fn part(within: Option<Part>, name: &str) -> Part {
    match (within, name) {
        (None, "VCALENDAR") => Part::Calendar,
        (Some(Part::Calendar), "VEVENT") => Part::Event,
        (Some(Part::Calendar), "VTIMEZONE") => Part::Zone,
        (Some(Part::Zone), "STANDARD" | "DAYLIGHT") => Part::Observance,
        _ => Part::Other,
    }
}
