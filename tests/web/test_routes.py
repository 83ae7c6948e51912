"""Every route of the pages, asked anything that its schema allows and more: no error is Benang's own."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from tests.made_papers import plain_pdf
from tests.web.conftest import HOME, Browser

from benang.errors import BenangError
from benang.progress import silent
from benang.tasks.coding.document_shown import document_id
from benang.tasks.drawn_maps import draw_in
from benang.tasks.jobs import Job, Jobs
from benang.web.workbench import Workbench

pytestmark = pytest.mark.slow

ENDLESS = {"/events"}
"""Routes that answer as long as somebody listens."""
AT = "/reviews/{review}"
WORDS = {"start": 63, "end": 84, "quote": "the rent rose as well"}
"""Words of the document of Harjo."""
DOCUMENT = document_id("documents/harjo2020.md")
SCREENING = '\nreviewers = ["ani", "budi"]\n\n[screening.title_abstract]\nblinded = false\n\n'
"""Who screens; both see what the other one decides."""


def decision(coder: str, record: str, verdict: str) -> dict[str, object]:
    """Return a decision as a log has it."""
    return {
        "kind": "decision", "id": f"{coder}/{record}", "record": record, "stage": "title-abstract", "verdict": verdict,
        "reason": "", "coder": coder,
    }  # fmt: skip


BUDI = (
    decision("budi", "harjo2020", "include"),
    decision("budi", "again", "exclude"),
    {"kind": "coding", "id": "b/fire", "document": "documents/harjo2020.md", "code": "fire", "case": "hulu",
     "coder": "budi", "scope": "case", **WORDS},
    {"kind": "task", "id": "b/task", "case": "hulu", "group": "reasons", "state": "done", "coder": "budi"},
)  # fmt: skip
"""What a second coder sees otherwise."""
MAP = {"items": "author-keywords", "min_occurrences": "1", "components": "all"}
PAPER = f"<html><body><h1>Stalls that move</h1><p>{'The rain came. ' * 40}</p></body></html>"
FILES = {
    "sources/again.ris": (
        "TY  - JOUR\nID  - again\nAU  - Sari, D.\nPY  - 2018\nKW  - river towns\n"
        "TI  - Night markets that closed in two river cities\nER  - \n"
    ),
    "sources/gone.ris": "TY  - JOUR\nID  - gone\nTI  - Gone\nER  - \n",
    "papers/stalls.html": PAPER.replace("Stalls", "Stalls in rain"),
    "papers/more.html": PAPER,
    "documents/putra.md": "---\nrecord: putra\npaper: papers/putra.pdf\n---\nWhy stalls move.\n",
    "judgements/budi.jsonl": "".join(f"{json.dumps(one)}\n" for one in BUDI),
}
NEW = {"title": "Stalls", "question": "Why do stalls move?", "kind": "scoping", "language": "en", "reviewer": "ani"}
KNOWN: Mapping[str, Any] = {
    "record": "sari2018", "document": DOCUMENT, "code": "fire", "case": "hulu", "group": "reasons", **WORDS,
    "job": "1-a", "choice": "include", "table": "codes/reasons", "cell": "hulu rain",
}  # fmt: skip
"""What the review has, by the names of fields; and what single routes want under names that mean several things."""
OWN: Mapping[str, Mapping[str, Any]] = {
    "/import/remove": {"file": "sources/gone.ris"},
    "/import/duplicates": {"one": "sari2018", "other": "again", "word": "same"},
    "/import/duplicates/back": {"one": "sari2018", "other": "again"},
    "/import/record": {"key": "sari2018"},
    "/import/papers/record": {"file": "papers/stalls.html", "record": "putra"},
    "/import/papers/typed": {"file": "papers/more.html", "title": "Stalls"},
    "/map/build": MAP,
    "/map/plan/{name}/remove": {"name": "topics"},
    "/describe/number": {"id": "corpus/overview/records/value"},
    "/describe/table": {"name": "overview"},
    "/describe/figure": {"name": "years"},
    "/describe/files": {"form": "csv"},
    "/screen/rows": {"records": ["-:putra"]},
    "/screen/criteria/remove": {"name": "on-stalls"},
    "/uploads": {"file": [FILES["sources/gone.ris"].replace("Gone", "Come")]},
    "/uploads/cancel": {"act": "a"},
    "/screen/settle": {"record": "again"},
    "/screen/attempts": {"record": "harjo2020", "way": "mail"},
    "/screen/paper": {"record": "putra"},
    "/screen/prisma.{form}": {"form": "svg"},
    "/screen/lists/{which}.{form}": {"which": "included", "form": "csv"},
    "/screen/criteria": {"text": "On stalls", "kind": "include", "stage": "title-abstract"},
    "/codes": {"label": "Noise"},
    "/language": {"name": "en"},
    "/coder": {"name": "ani"},
    "/codings/looked": {"done": False},
    "/code/forms": {"template": "charting", "document": DOCUMENT},
    "/code/search": {"words": "rent", "hits": [f"{DOCUMENT}:67:71"]},
    "/codings/history": {"coding": "hulu/rent"},
    "/documents/{document}/codings/change": {"id": "hulu/rain"},
    "/documents/{document}/pages/{number}.png": {"document": document_id("documents/putra.md"), "number": 1},
    "/documents/{document}/values": {
        "variable": "until", "subject": "hulu", "value": "2019",
        "evidence": json.dumps([{**WORDS, "document": DOCUMENT}]),
    },
    "/codings/withdraw": {"ids": ["hulu/silence"]},
    "/codings/confirm": {"ids": ["hulu/rent"]},
    "/codings/memos": {"about": "coding", "of": "muara/rent", "text": "See the map."},
    "/matrix/cases": {"label": "Hilir"},
    "/matrix/cases/change": {"case": "hulu", "label": "Hulu"},
    "/matrix/cases/remove": {"case": "spare"},
    "/matrix/withdraw": {"id": "muara/rent"},
    "/matrix/settle": {"id": "fire", "unit": "hulu", "key": "1"},
    "/report/files": {"name": "tables/cases.csv"},
    "/history/withdraw": {"id": "muara/until"},
}  # fmt: skip


def started(jobs: Jobs, name: str, kind: str, work: Any, *given: Any, **_named: Any) -> Job:
    """Do at once what a request waits for; all other work is begun and never done."""
    job = Job("1-a", name, kind)
    if kind.startswith(("read ", "map-file-")):
        try:
            job = replace(job, state="done", result=work(*given, progress=silent))
        except BenangError as error:
            job = replace(job, state="failed", error=error)
    jobs._jobs[job.id] = job
    return job


@pytest.fixture
def browser(built_review: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Return a browser on a review, whose long work is no process of its own."""
    monkeypatch.setattr(Jobs, "start", started)
    bench = Workbench()
    yield Browser(bench, built_review)
    bench.close()


def operations(browser: Browser) -> list[Any]:
    """Return all routes of the schema that end."""
    schema = schemathesis.openapi.from_dict(browser.get("/openapi.json").json())
    every = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]
    return [one for one in every if one.path not in ENDLESS]


def kept_inside(value: Any, home: Path) -> Any:
    """Return a body or query whose folder is within the test's own, whatever it was."""
    if not isinstance(value, dict) or not (folder := str(value.get("folder", ""))):
        return value
    return {**value, "folder": folder if folder.startswith(str(home)) else str(home / f"{abs(hash(folder))}")}


def send(browser: Browser, method: str, path: str, kind: str, query: Any, body: Any) -> Any:
    """Ask a route, with a body of a kind."""
    arguments: dict[str, Any] = {"params": query or None}
    if kind == "multipart/form-data" and isinstance(body, dict):
        files = body.get("file", [])
        arguments["files"] = [
            ("file", (f"{at}.ris", str(one).encode(errors="replace"))) for at, one in enumerate(files)
        ]
    elif isinstance(body, bytes | str):
        arguments["content"] = body
    elif kind == "application/json":
        arguments["json"] = body
    elif isinstance(body, dict):
        arguments["data"] = {name: str(one) if not isinstance(one, list) else one for name, one in body.items()}
    return browser.request(method, path, **arguments)


def fields_of(schema: dict[str, Any], operation: Any) -> tuple[str, dict[str, list[str]]]:
    """Return of what kind the body of a route is, and the names of what it may be asked with."""
    raw = schema["paths"][operation.path][operation.method.lower()]
    given = raw.get("parameters", ())
    names = {part: [one["name"] for one in given if one["in"] == part] for part in ("path", "query")}
    for kind, content in raw.get("requestBody", {}).get("content", {}).items():
        body = schema["components"]["schemas"][content["schema"]["$ref"].split("/")[-1]]
        return kind, {**names, "body": list(body["properties"])}
    return "", {**names, "body": []}


def each_case(operation: Any, ask: Callable[[Any], None]) -> None:
    """Ask a route anything that its schema allows."""

    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def asked(case: Any) -> None:
        with contextlib.suppress(UnicodeEncodeError):  # no browser sends half a letter
            ask(case)

    asked()


def test_no_route_fails_whatever_is_asked_and_each_is_reached(browser: Browser, tmp_path: Path) -> None:
    """A fault of the request has a status of its own; 500 would be a fault of Benang's.

    Each is asked for what the review has too, alone and with anything in the fields beside it.
    """
    assert browser.review is not None
    review = {"review": browser.review.id}
    own = {**OWN, **more_of(browser)}
    schema = browser.get("/openapi.json").json()
    failed: list[tuple[str, str, int]] = []
    unreached: list[str] = []

    def ask(operation: Any, kind: str, path: Mapping[str, Any], query: Any, body: Any) -> int:
        address = operation.path.format(**{name: quote(str(one), safe="") or "-" for name, one in path.items()})
        query, body = kept_inside(query, tmp_path), kept_inside(body, tmp_path)
        answer = send(browser, operation.method.upper(), address, kind, query, body)
        if answer.status_code >= 500:
            failed.append((operation.method, address, answer.status_code))
        assert "content-security-policy" in answer.headers
        return int(answer.status_code)

    def ask_both(operation: Any, kind: str, has: Any, case: Any) -> None:
        path, query, body = case.path_parameters or {}, case.query or {}, case.body
        ask(operation, kind, {**path, **review}, query, body)
        if isinstance(body, dict):
            body = {**body, **has["body"]}
        ask(operation, kind, {**path, **has["path"]}, {**query, **has["query"]}, body)

    for operation in operations(browser):
        there = {**KNOWN, **review, **own.get(operation.path.removeprefix(AT), {})}
        kind, names = fields_of(schema, operation)
        has = {part: {name: there[name] for name in names[part] if name in there} for part in names}
        if ask(operation, kind, has["path"], has["query"], has["body"]) >= 400:
            unreached.append(f"{operation.method.upper()} {operation.path}")
        each_case(operation, partial(ask_both, operation, kind, has))

    assert failed == []
    assert unreached == []


def more_of(browser: Browser) -> dict[str, Mapping[str, Any]]:
    """Bring files and a second coder into the review, draw a map, and return what routes are asked for of these."""
    assert browser.review is not None
    folder = browser.review.root
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    plan = (folder / "review.toml").read_text(encoding="utf-8")
    (folder / "review.toml").write_text(plan.replace("\n\n", SCREENING, 1), encoding="utf-8")
    with (folder / "cases.toml").open("a", encoding="utf-8") as cases:
        cases.write('\n[[cases]]\nid = "spare"\nlabel = "Spare"\n')
    with (folder / "judgements" / "ani.jsonl").open("a", encoding="utf-8") as log:
        log.writelines(f"{json.dumps(decision('ani', one, 'include'))}\n" for one in ("harjo2020", "again"))
    (folder / "papers" / "putra.pdf").write_bytes(plain_pdf("Why stalls move."))
    browser.post(browser.at("uploads"), files=[("file", ("table.csv", b"What,When\nStalls,2019\n"))])

    def first(pattern: str, *page: str) -> str:
        found = re.search(pattern, browser.get(browser.at(*page)).text)
        assert found, page
        return unescape(found[1])

    at_map = {"key": draw_in(folder, MAP)}
    return {
        "/open": {"folder": str(folder)},
        "/forget": {"folder": str(folder)},
        "/new": {**NEW, "folder": str(folder.parent / "stalls")},
        "/import/columns": {"file": first('name="file" value="([^"]*table.csv)"', "import"), "column": ["0=title"]},
        "/clean/kind": {"verdict": "refuse"},
        "/describe/figure.svg": {"name": first(r"figure\?name=([a-z-]+)", "describe", "figures")},
        "/screen/flow": {"box": first(r'flow\?box=([^"&]+)', "screen", "progress")},
        **{f"/maps/{{key}}/{part}": at_map for part in ("view", "file", "save")},
    }


def test_every_route_that_changes_something_needs_its_token(browser: Browser) -> None:
    """None is forgotten: the guard stands before all of them."""
    del browser.headers["x-csrf-token"]
    changing = [one for one in operations(browser) if one.method.upper() not in ("GET", "HEAD")]

    assert len(changing) > 5
    for one in changing:
        path = (
            one.path.replace("{review}", browser.review.id if browser.review else "x").replace("{", "").replace("}", "")
        )
        assert browser.request(one.method.upper(), path, headers={"origin": HOME}).status_code == 403, path
