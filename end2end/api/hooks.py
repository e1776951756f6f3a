"""What the document cannot tell Schemathesis: how some texts have to look, good examples, who may be used up."""

import contextlib
import datetime
import itertools
import json
import os
import random
import string
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import strategies as st

TOKENS = {name: f"Bearer {token}" for name, token in json.loads(os.environ["TOKENS"]).items()}

# Who a request is from that would end what the others need. Once they cannot do it any more they are told so, as documented.
STAND_INS = {
    ("POST", "/api/v1/auth/logout"): "cleo",
    ("POST", "/api/v1/account/closing"): "dan",
    ("DELETE", "/api/v1/account/closing"): "eve",
    # Of a person's exports only the newest are kept.
    ("POST", "/api/v1/account/exports"): "bob",
    # Ann's is looked at.
    ("DELETE", "/api/v1/profile/picture"): "bob",
    # Without a profile there are no scores, and so neither recommendations nor alerts to look at.
    ("PUT", "/api/v1/profile"): "bob",
}

# Bodies that are served. Hardly any that is generated is: nobody has the account, and no text is a feed.
EXPORT = "the file of an export"
EXAMPLES = {
    "/api/v1/auth/login": [{"email": "bob@example.org", "password": os.environ["PASSWORD"]}],
    "/api/v1/account/closing": [{"email": "dan@example.org", "password": os.environ["PASSWORD"]}],
    "/api/v1/account/restore": [EXPORT],
    "/api/v1/sources": [{"what": "Stripe"}, {"what": "https://jobs.lever.co/acme"}, {"what": "https://jobs.example.org/feed.xml"}],
    "/api/v1/jobs/import": [
        {"format": "json", "data": [{"company": "Imported AG", "title": "Platform Engineer"}], "dry_run": True},
        {"format": "csv", "data": "company,title\nImported AG,Platform Engineer\n,Nobody's engineer\n"},
        {"format": "csv", "data": "company,title\nImported AG,Platform Engineer\n"},
    ],
    "/api/v1/jobs/parse": [{"text": "Platform Engineer at Read AG in Berlin\n\nServices in Rust on PostgreSQL."}],
}

# Texts for formats that are ours, or that the app takes fewer of than there are: no guessable passwords, only these centuries.
SECRET = "".join(random.Random(1).choices(string.ascii_letters + string.digits, k=128))
FORMATS = {
    "password": st.integers(8, 128).map(lambda length: SECRET[:length]),
    "link": st.integers(25, 2_000).map(lambda length: "https://jobs.example.org/".ljust(length, "j")),
    "time-zone": st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
    "country": st.sampled_from(["", "DE", "US", "IN", "fr"]),
    "date": st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)).map(str),
    "date-time": st.datetimes(datetime.datetime(1900, 1, 2), datetime.datetime(2999, 12, 30)).map(
        lambda at: f"{at.isoformat()}Z"
    ),
}
for name, strategy in FORMATS.items():
    schemathesis.openapi.format(name, strategy)

numbers = itertools.count(1)


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """Adds the examples to the document."""
    for path, bodies in EXAMPLES.items():
        (content,) = raw_schema["paths"][path]["post"]["requestBody"]["content"].values()
        content["examples"] = {str(n): {"value": body} for n, body in enumerate(bodies)}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Lets a request pass for one of somebody who calls now and then, and keeps Ann and her data out of harm's way."""
    number = next(numbers)
    # The limits for one network are tested elsewhere.
    case.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    stand_in = STAND_INS.get((case.method, case.path))
    if stand_in and case.headers.get("Authorization") == TOKENS["ann"]:
        case.headers["Authorization"] = TOKENS[stand_in]
    key = case.headers.get("Idempotency-Key")
    if isinstance(key, str) and key.strip() and key.isascii() and key.isprintable() and len(key) <= 200:
        # The same key with another body is a conflict, which would be the answer to nearly every request.
        case.headers["Idempotency-Key"] = f"{number}{key}"[:200]
    case.body = tidy(case.body)


@schemathesis.serializer("application/zip")
def zipped(context: Any, value: Any) -> bytes:
    """The body of a request that sends a file."""
    if value == EXPORT:
        return Path(os.environ["EXPORT_FILE"]).read_bytes()
    return value if isinstance(value, bytes) else str(value).encode()


def tidy(body: Any) -> Any:
    """The body without what the document cannot rule out.

    A salary's lower end is not above its upper end. An interview ends after it starts. Only what is due is repeated or reminded of. A
    bonus is an amount or a percentage. What was said about pay has an amount or words. A whole number has no decimal point: for JSON Schema 3.0 is an integer,
    for the app it is not.
    """
    if isinstance(body, list):
        return [tidy(entry) for entry in body]
    if isinstance(body, float) and body.is_integer():
        return int(body)
    if not isinstance(body, dict):
        return body
    body = {name: tidy(value) for name, value in body.items()}
    low, high = body.get("min"), body.get("max")
    if type(low) is int and type(high) is int and low > high:
        body |= {"min": high, "max": low}
    if {"starts_at", "ends_at"} <= body.keys():
        # What is no time stays as it is: it has to be refused.
        with contextlib.suppress(ValueError, TypeError):
            datetime.datetime.fromisoformat(body["ends_at"])
            starts = datetime.datetime.fromisoformat(body["starts_at"])
            body["ends_at"] = (starts + datetime.timedelta(hours=1)).isoformat()
    if "title" in body and body.get("due_at") is None:
        body |= {name: "none" for name in ("repeat", "remind") if isinstance(body.get(name), str)}
    if type(body.get("amount")) is int and type(body.get("percent")) in (int, float):
        body["percent"] = None
    if "by" in body and body.get("pay") is None and isinstance(body.get("note", ""), str) and not body.get("note", "").strip(" \t\r\n\0"):
        body["note"] = "Nothing yet."
    return body
