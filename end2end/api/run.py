"""Holds the REST API of the real binary to its own document, with Schemathesis.

Starts the server on an empty data folder, opens accounts, fills one with data, lets Schemathesis send every operation of
`/api/v1/openapi.json` what the document allows and what it does not, and reads the server's log afterwards.

    BINARY=target/release/career-copilot python run.py

The Python that runs this needs the packages of `requirements.txt`. What is checked, and what is not, is in `schemathesis.toml`;
what the document cannot tell Schemathesis is in `hooks.py`. The last line says `N passed, N failed`: one for each operation of
the document, and one for each of the checks around them.
"""

import contextlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DOCUMENT = "/openapi.json"
PASSWORD = "plum-otter-seventeen-lanterns"
METRICS_TOKEN = "for-the-metrics"

# What Ann brings along.
PROFILE = {
    "headline": "Builds services that stay up",
    "skills": ["Rust", {"name": "PostgreSQL", "level": 4}, "Docker"],
    "preferred_locations": ["Berlin"],
    "experience_level": "senior",
    "current_role": "Backend Engineer",
    "target_roles": ["Platform Engineer"],
    "salary_target": {"amount": 80_000, "currency": "EUR", "period": "year"},
    "country": "DE",
    "time_zone": "Europe/Berlin",
    "match_threshold": 40,
}
JOB = {
    "title": "Senior Backend Engineer",
    "location": "Berlin",
    "remote": "hybrid",
    "description": "Services in Rust on PostgreSQL and Kubernetes.",
    "tech_stack": ["Rust", "PostgreSQL", "Kubernetes"],
    "experience_level": "senior",
    "salary": {"min": 70_000, "max": 90_000, "currency": "EUR", "period": "year"},
    # All of them at one address, as it is with postings copied from a list.
    "url": "https://jobs.example.org/backend",
    "date_posted": "2024-02-29",
}

# Seconds: until the server answers, until it has ended, until Schemathesis is given up (it takes a quarter of that).
START_LIMIT = 30
STOP_LIMIT = 15
RUN_LIMIT = 300


class Server:
    """The binary with a data folder of its own."""

    def __init__(self, binary: Path, folder: Path) -> None:
        """Starts it on a free port; `wait` until it answers."""
        address = f"127.0.0.1:{free_port()}"
        nobody = f"http://127.0.0.1:{free_port()}"
        self.base = f"http://{address}/api/v1"
        self.log = folder / "server.log"
        # Only what it needs: a developer's own DATABASE_URL must not reach it.
        env = {
            "PATH": os.environ.get("PATH", ""),
            "RUST_LOG": "info",
            "RUST_BACKTRACE": "1",
            "LOG_FORMAT": "json",
            "LISTEN_ADDR": address,
            "DATA_DIR": str(folder / "data"),
            # Attempts to sign in are counted by address, and there is no setting for how many. Each request says that it comes
            # from another one (hooks.py), or after sixty of them only the limit would be tested.
            "TRUST_FORWARDED_FOR": "true",
            "METRICS_TOKEN": METRICS_TOKEN,
            # Nothing leaves this machine: imports fetch from where nobody listens, and so do sign-ins with a provider.
            "FETCH_MIRROR": nobody,
            "GITHUB_CLIENT_ID": "tests",
            "GITHUB_CLIENT_SECRET": "tests",
            "GITHUB_ISSUER": nobody,
            "GITHUB_API_URL": nobody,
            "GOOGLE_CLIENT_ID": "tests",
            "GOOGLE_CLIENT_SECRET": "tests",
            "GOOGLE_ISSUER": nobody,
            "GOOGLE_CALENDAR_API": nobody,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([binary, "serve"], cwd=folder, env=env, stdout=log, stderr=log)

    def wait(self) -> None:
        """Returns when it says that it is well."""
        end = time.monotonic() + START_LIMIT
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended with {self.process.returncode}:\n{self.log.read_text()}")
            with contextlib.suppress(OSError):
                if self.ask("GET", "/health")["status"] == "ok":
                    return
            time.sleep(0.1)
        raise SystemExit(f"the server did not answer within {START_LIMIT} s:\n{self.log.read_text()}")

    def ask(self, method: str, path: str, body: object = None, token: str = "") -> Any:
        """What a call answers: its JSON, or the bytes of a file; bytes that are sent are a zip. A refusal ends everything with its words."""
        if body is None:
            data, headers = None, {}
        elif isinstance(body, bytes):
            data, headers = body, {"Content-Type": "application/zip"}
        else:
            data, headers = json.dumps(body).encode(), {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.base + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=START_LIMIT) as answer:
                content = answer.read()
                return json.loads(content) if answer.headers.get_content_type() == "application/json" else content
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def stop(self) -> str:
        """Ends it as a service manager would; says what went wrong, if anything."""
        if self.process.poll() is not None:
            return f"the server had ended with {self.process.returncode}"
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return f"the server did not stop within {STOP_LIMIT} s of SIGTERM"
        return f"the server ended with {code}" if code else ""


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def open_account(server: Server, name: str) -> str:
    """A new person's token. The first person of a server is its administrator."""
    body = {"email": f"{name}@example.org", "name": name.title(), "password": PASSWORD}
    return server.ask("POST", "/auth/register", body)["access_token"]


def fill(server: Server, folder: Path, token: str) -> dict[str, str]:
    """Gives a person a profile, jobs that match it, applications with tasks and an offer, an access token and exports.

    Answers with what `schemathesis.toml` and `hooks.py` name of it: ids that no answer leads to or that can be used once, and
    where the file of an export is.
    """
    server.ask("PUT", "/profile", PROFILE, token)
    jobs = [server.ask("POST", "/jobs", JOB | {"company": f"Invented {n} GmbH"}, token)["id"] for n in range(20)]
    applications = [
        server.ask("POST", "/applications", {"job_id": job, "notes": "Sent by mail."}, token)["id"] for job in jobs[:5]
    ]
    contacts = [server.ask("POST", "/contacts", {"name": name}, token)["id"] for name in ("Ada Berg", "Bert Moor")]
    server.ask("PUT", f"/applications/{applications[0]}/contacts/{contacts[0]}", token=token)
    meeting = {"type": "video", "starts_at": "2027-03-10T13:00:00Z", "ends_at": "2027-03-10T14:00:00Z"}
    sent, meetings = [], []
    for application in applications:
        meetings.append(server.ask("POST", f"/applications/{application}/interviews", meeting, token)["id"])
        sent.append(server.ask("POST", f"/applications/{application}/documents", {"name": "Resume"}, token)["id"])
        task = server.ask("POST", "/tasks", {"title": "Ask again", "application_id": application}, token)["id"]
    wanted = {"name": "Backend", "criteria": {"titles": ["Backend Engineer"], "places": ["Berlin, Germany"]}}
    search = [server.ask("POST", "/searches", wanted, token)["id"] for _ in range(3)]
    applied = applications[-1]
    offer = {"base": {"amount": 80_000, "currency": "EUR", "period": "year"}, "leave_days": 30}
    server.ask("PUT", f"/applications/{applied}/offer", offer, token)
    said = server.ask("POST", f"/applications/{applied}/salary-talk", {"by": "they", "note": "It is negotiable."}, token)["id"]
    server.ask("DELETE", f"/jobs/{jobs[-1]}", token=token)
    server.ask("POST", f"/jobs/{jobs[7]}/feedback", {"verdict": "down", "reason": "pay"}, token)
    server.ask("DELETE", f"/jobs/{jobs[7]}/feedback", token=token)
    server.ask("POST", f"/jobs/{jobs[6]}/feedback", {"verdict": "up", "reason": "role", "note": "At last."}, token)
    hidden = [server.ask("POST", "/hidden-companies", {"company": name}, token)["id"] for name in ("Nobody AG", "Else Ltd")]
    server.ask("DELETE", f"/hidden-companies/{hidden[0]}", token=token)
    briefing = server.ask("POST", "/briefings", {"kind": "weekly"}, token)["id"]
    source = server.ask("POST", "/sources", {"what": "Mozilla"}, token)["source"]["id"]
    spare_source = server.ask("POST", "/sources", {"what": "Wikipedia"}, token)["source"]["id"]
    access = server.ask("POST", "/auth/tokens", {"name": "A script", "scopes": ["read"]}, token)
    kept, spare = export(server, token), export(server, token)
    file = folder / "export.zip"
    file.write_bytes(server.ask("GET", f"/account/exports/{kept}/file", token=token))
    return {
        "DELETED_JOB": jobs[-1],
        "APPLICATION": applications[0],
        "CONTACT": contacts[0],
        "DOCUMENT": sent[0],
        "MEETING": meetings[0],
        "INTERVIEW": meetings[-1],
        "TASK": task,
        "SOURCE": source,
        "SPARE_SOURCE": spare_source,
        "SEARCH": search[0],
        "ACCESS_TOKEN": access["id"],
        "BRIEFING": briefing,
        "OFFERED": applied,
        "SALARY_TALK": said,
        "JUDGED": jobs[6],
        "HIDDEN_COMPANY": hidden[1],
        "EXPORT": kept,
        "SPARE_EXPORT": spare,
        "EXPORT_FILE": str(file),
    }


def picture() -> bytes:
    """An export in which there is a picture of one pixel and nothing else."""
    manifest = {"format": "career-copilot-export", "version": 1, "made_at": "2026-11-28T00:00:00Z", "made_by": "tests"}
    pixel = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("picture.gif", pixel)
    return file.getvalue()


def export(server: Server, token: str) -> str:
    """The id of an export that can be fetched."""
    asked = server.ask("POST", "/account/exports", token=token)["id"]
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if server.ask("GET", f"/account/exports/{asked}", token=token)["state"] == "ready":
            return asked
        time.sleep(0.1)
    raise SystemExit(f"an export was not ready within {START_LIMIT} s")


def schemathesis(server: Server, folder: Path, people: dict[str, str], things: dict[str, str]) -> dict[str, Any]:
    """Runs Schemathesis over the whole document; its report, empty when it did not get so far."""
    identities = folder / "people.json"
    identities.write_text(json.dumps({"auth": [
        {"name": name, "fixedHeaders": [
            {"name": "Authorization", "value": f"Bearer {token}"},
            {"name": "X-Metrics-Token", "value": METRICS_TOKEN},
        ]}
        for name, token in people.items()
    ]}))
    report = folder / "report.json"
    command: list[str | Path] = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", HERE / "schemathesis.toml",
        "run", server.base + DOCUMENT, "--report-json-path", report,
    ]
    env = os.environ | things | {
        "PEOPLE": str(identities),
        "TOKENS": json.dumps(people),
        "PASSWORD": PASSWORD,
        "PYTHONPATH": str(HERE),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    # Its caches go into the working directory.
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, cwd=folder, env=env, timeout=RUN_LIMIT, check=False)
    return json.loads(report.read_text()) if report.exists() else {}


VALIDATE = """
import sys, schemathesis
try:
    schemathesis.openapi.from_url(sys.argv[1]).validate()
except Exception as error:
    sys.exit(" ".join(str(error).split()))
"""


def invalid(server: Server) -> str:
    """Why the document is no OpenAPI document; nothing when it is one."""
    command = [sys.executable, "-c", VALIDATE, server.base + DOCUMENT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


def requests(log: Path) -> Iterator[tuple[str, str, int]]:
    """Method, path and status of every request the server logged."""
    for line in log.read_text().splitlines():
        with contextlib.suppress(ValueError):
            entry = json.loads(line)
            if isinstance(entry, dict) and entry.get("message") == "request":
                yield entry["method"], entry["path"], entry["status"]


def troubles(log: Path) -> list[str]:
    """What the server complained about: errors in its log, and panics, which are lines of their own."""
    return [line for line in log.read_text().splitlines() if '"level":"ERROR"' in line or " panicked at " in line]


def judge(document: dict[str, Any], report: dict[str, Any], log: Path) -> dict[str, list[str]]:
    """What is wrong with each operation, and with what belongs to none."""
    wrong: dict[str, list[str]] = {
        f"{method.upper()} {path}": [] for path, item in document["paths"].items() for method in item
    }
    answered = {(method, path) for method, path, status in requests(log) if status < 400}
    for label, reasons in wrong.items():
        method, path = label.split(" ", 1)
        pattern = re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path))
        if not any(method == asked and pattern.fullmatch(at) for asked, at in answered):
            reasons.append("no request of the run was served")
    # Failures of several requests in a row have a label of their own.
    wrong["Stateful tests"] = []
    for failure in report.get("failures", []):
        for label in failure["operations"]:
            wrong.setdefault(label, []).append(failure["title"])
    for error in report.get("errors", []):
        wrong.setdefault("Schemathesis", []).append(error["title"])
    return wrong


def main() -> int:
    """Everything in order; 0 when nothing failed."""
    if not os.environ.get("BINARY"):
        raise SystemExit("BINARY must name the server's program")
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="career-copilot-api-") as name:
        folder = Path(name)
        server = Server(Path(os.environ["BINARY"]).resolve(), folder)
        try:
            server.wait()
            people = {name: open_account(server, name) for name in ("ann", "bob", "cleo", "dan", "eve")}
            things = fill(server, folder, people["ann"])
            # Nobody can give a picture but the service one signs in with, or a file that was exported.
            for name in ("ann", "bob"):
                server.ask("POST", "/account/restore", picture(), people[name])
            # Whoever wants to keep an account has to have closed it.
            server.ask("POST", "/account/closing", {"email": "eve@example.org", "password": PASSWORD}, people["eve"])
            document = server.ask("GET", DOCUMENT)
            problem = invalid(server)
            report = schemathesis(server, folder, people, things)
        finally:
            stopped = server.stop()
        wrong = judge(document, report, server.log)
        wrong["the document"] = [problem] if problem else []
        wrong["the server's end"] = [stopped] if stopped else []
        wrong["the server's log"] = troubles(server.log)
        # Warnings that count have no entry among the failures.
        clean = report.get("exit_code") == 0 or report.get("failures") or report.get("errors")
        wrong["the run"] = [] if clean else [f"Schemathesis ended with {report.get('exit_code', 'no report')}; see above"]
        counts = (sum(1 for _ in requests(server.log)), report.get("test_cases", {}).get("generated", 0))
    print(f"\n{counts[0]} requests, {counts[1]} cases, {time.monotonic() - started:.0f} s")
    for subject, reasons in wrong.items():
        for reason in reasons:
            print(f"failed: {subject}: {reason}")
    failed = sum(1 for reasons in wrong.values() if reasons)
    print(f"{len(wrong) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
