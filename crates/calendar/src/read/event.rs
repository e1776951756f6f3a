use super::gather::Properties;
use super::invitation::{Invitation, Method, Recurrence};
use super::lines::Line;
use super::time::{self, Value, Zones};
use super::{meeting, text};
use crate::event::{Person, Status};
use crate::limits;
use std::iter;

/// What an event's properties say.
pub fn read(event: &Properties, zones: &Zones) -> Invitation {
    let value = |name| event.first(name).map(|line| line.value.as_str());
    let label = |name| value(name).map(text::label).unwrap_or_default();
    let description = value("DESCRIPTION").map(text::paragraphs).unwrap_or_default();
    let (location, url) = (label("LOCATION"), value("URL").and_then(meeting::web));
    let attendees = event.all("ATTENDEE").take(limits::ATTENDEES).map(person).collect();
    Invitation {
        method: event.method.as_deref().and_then(method),
        uid: label("UID"),
        sequence: value("SEQUENCE").and_then(|number| number.trim().parse().ok()).unwrap_or(0),
        recurrence: event.first("RECURRENCE-ID").and_then(|line| time::value(line, zones)).map(recurrence),
        time: time::of(event, zones),
        summary: label("SUMMARY"),
        meeting: meeting(event, [url.as_deref().unwrap_or_default(), &location, &description]),
        description,
        location,
        url,
        organizer: event.first("ORGANIZER").map(person),
        attendees,
        status: value("STATUS").and_then(status),
        rule: value("RRULE").map(text::label),
    }
}

/// A field for it comes before what is said elsewhere.
fn meeting(event: &Properties, texts: [&str; 3]) -> Option<String> {
    let named = meeting::PROPERTIES.into_iter().filter_map(|name| meeting::web(&event.first(name)?.value)).next();
    named.or_else(|| texts.into_iter().find_map(meeting::find))
}

fn recurrence(value: Value) -> Recurrence {
    match value {
        Value::Day(day) => Recurrence::Day(day),
        Value::Moment(moment) => Recurrence::Moment(moment),
    }
}

fn method(text: &str) -> Option<Method> {
    Some(match text.trim().to_ascii_uppercase().as_str() {
        "PUBLISH" => Method::Publish,
        "REQUEST" => Method::Request,
        "REPLY" => Method::Reply,
        "ADD" => Method::Add,
        "CANCEL" => Method::Cancel,
        "REFRESH" => Method::Refresh,
        "COUNTER" => Method::Counter,
        "DECLINECOUNTER" => Method::DeclineCounter,
        _ => return None,
    })
}

fn status(text: &str) -> Option<Status> {
    Some(match text.trim().to_ascii_uppercase().as_str() {
        "TENTATIVE" => Status::Tentative,
        "CONFIRMED" => Status::Confirmed,
        // With one L in files of some programs.
        "CANCELLED" | "CANCELED" => Status::Cancelled,
        _ => return None,
    })
}

/// The address is that of `EMAIL` where the value is another kind of address (RFC 7986, 6.2).
fn person(line: &Line) -> Person {
    let value = line.value.trim();
    let is_mail = value.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let address = match line.parameter("EMAIL") {
        _ if is_mail => decoded(&value[7..]),
        Some(email) => email.to_owned(),
        None => decoded(value),
    };
    Person { name: text::label(line.parameter("CN").unwrap_or_default()), address: text::label(&address) }
}

/// Undoes percent-encoding; what it does not fit is kept.
fn decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let one = iter::from_fn(|| {
        let byte = bytes.next()?;
        let code =
            if byte == b'%' { text.get(text.len() - bytes.len()..).and_then(|rest| rest.get(..2)) } else { None };
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) else { return Some(byte) };
        bytes.nth(1);
        Some(code)
    });
    let decoded: Vec<u8> = one.take(limits::LABEL_CHARS).collect();
    String::from_utf8_lossy(&decoded).into_owned()
}
