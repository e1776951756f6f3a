"""Has another implementation read the calendars of `crates/calendar`, and compares what it finds with what was meant.

    cargo run -p calendar --example sample -- FOLDER
    python check.py FOLDER

The Python that runs this needs the packages of `requirements.txt`. The feed is read twice: as it is, where zones are known by their
names, and with these names replaced, so that only what the file says of the zones counts. Rules of repeats are expanded by dateutil.
The last line says `N passed, N failed`: one for each event and reading, one for each repeat, and one for each file.
"""

import itertools
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar
from icalendar.cal import Component

# Times of a repeat that the sample tells, and the year before which they are.
TIMES = 40
KNOWN = 2100


def moment(value: date) -> str:
    """A moment in UTC, or a day."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value.tzinfo else f"floating {value}"
    return value.isoformat()


def listed(value: Any) -> list[Any]:
    """What stands once or several times."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def found(event: Component) -> dict[str, Any]:
    """What an event says, in the words of `expected.json`."""
    alarms = [alarm["TRIGGER"].dt.total_seconds() / -60 for alarm in event.walk("VALARM")]
    return {
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "start": moment(event["DTSTART"].dt),
        "end": moment(event["DTEND"].dt),
        "summary": str(event["SUMMARY"]),
        "description": str(event.get("DESCRIPTION", "")),
        "location": str(event["LOCATION"]),
        "url": str(event["URL"]),
        "attendees": [str(who).removeprefix("mailto:") for who in listed(event.get("ATTENDEE"))],
        "status": str(event["STATUS"]),
        "alarms": [int(minutes) for minutes in alarms],
        "categories": [str(one) for group in listed(event.get("CATEGORIES")) for one in group.cats],
    }


def differences(expected: dict[str, Any], event: Component | None) -> list[str]:
    """What an event says otherwise than it was meant."""
    if event is None:
        return ["is not there"]
    said = found(event)
    wrong = [f"{key}: {said[key]!r} instead of {value!r}" for key, value in expected.items() if said[key] != value]
    return wrong + [f"cannot be read: {error}" for error in event.errors]


def nameless(text: str, zones: list[str]) -> str:
    """The file with names of zones that nobody knows."""
    for number, zone in enumerate(zones):
        for before, after in (("TZID=", ":"), ("TZID:", "\r\n"), ("X-LIC-LOCATION:", "\r\n")):
            text = text.replace(before + zone + after, f"{before}Nameless {number}{after}")
    return text


def feed_checks(text: str, reading: str, expected: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The feed itself, then each of its events."""
    calendar = Calendar.from_ical(text)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    wrong = [f"{len(events)} events"] if len(events) != len(expected["events"]) else []
    # It leaves the properties of makers as they stand.
    name = calendar["X-WR-CALNAME"].replace("\\;", ";").replace("\\,", ",")
    if (calendar["METHOD"], name) != ("PUBLISH", expected["name"]):
        wrong.append("its method or name")
    described = len(calendar.walk("VTIMEZONE"))
    if described != len(expected["zones"]):
        wrong.append(f"{described} zones")
    yield f"feed, {reading}", wrong
    for event in expected["events"]:
        yield f"{event['uid']}, {reading}", differences(event, events.get(event["uid"]))


def cancelled_check(text: str, expected: dict[str, Any]) -> list[str]:
    """The file that takes an event away."""
    calendar = Calendar.from_ical(text)
    wrong = [] if calendar["METHOD"] == "CANCEL" else ["its method"]
    return wrong + differences(expected["cancelled"], next(iter(calendar.walk("VEVENT")), None))


def repeat_check(repeat: dict[str, Any]) -> list[str]:
    """A rule expanded by clocks on the wall."""
    start = datetime.fromisoformat(repeat["start"]).replace(tzinfo=ZoneInfo(repeat["zone"]))
    known = itertools.takewhile(lambda at: at.astimezone(UTC).year < KNOWN, rrulestr(repeat["rule"], dtstart=start))
    times = [moment(at) for at in itertools.islice(known, TIMES)]
    return [] if times == repeat["times"] else [f"{times} instead of {repeat['times']}"]


def checks(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Everything that is looked at, and what is wrong with it."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    # Line ends are part of what is checked.
    feed = (folder / "feed.ics").read_bytes().decode()
    long = [line for line in feed.split("\r\n") if len(line.encode()) > 75 or "\n" in line or "\r" in line]
    yield "lines of the feed", long[:3]
    yield from feed_checks(feed, "by names of zones", expected)
    yield from feed_checks(nameless(feed, expected["zones"]), "by descriptions of zones", expected)
    yield "cancelled.ics", cancelled_check((folder / "cancelled.ics").read_bytes().decode(), expected)
    for repeat in expected["repeats"]:
        yield f"{repeat['rule']} from {repeat['start']} in {repeat['zone']}", repeat_check(repeat)


def main() -> int:
    """Everything in order; 0 when nothing failed."""
    if len(sys.argv) != 2:
        raise SystemExit("name the folder that the sample was written to")
    results = list(checks(Path(sys.argv[1])))
    for subject, reasons in results:
        for reason in reasons:
            print(f"failed: {subject}: {reason}")
    failed = sum(1 for _, reasons in results if reasons)
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
