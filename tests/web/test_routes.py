"""Every route of the pages, asked anything that its schema allows and more: no error is Benang's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from tests.web.conftest import HOME, Browser

from benang.tasks.jobs import Job, Jobs
from benang.web.workbench import Workbench

pytestmark = pytest.mark.slow

ENDLESS = {"/events"}
"""Routes that answer as long as somebody listens."""
PLACES = ("folder", "path", "start")
"""Fields that name a folder of the user's: what is asked for stays within the test's own."""


@pytest.fixture
def browser(review: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Return a browser on a review, in which long work is begun and never done."""
    monkeypatch.setattr(Jobs, "start", lambda _self, name, kind, *_given, **_named: Job("1-a", name, kind))
    bench = Workbench()
    yield Browser(bench, review)
    bench.close()


def operations(browser: Browser) -> list[Any]:
    """Return all routes of the schema that end."""
    schema = schemathesis.openapi.from_dict(browser.get("/openapi.json").json())
    every = [result.ok() for result in schema.get_all_operations()]  # type: ignore[union-attr]
    return [one for one in every if one.path not in ENDLESS]


def kept_inside(value: Any, home: Path) -> Any:
    """Return a body or query whose folders are within the test's own."""
    if not isinstance(value, dict):
        return value
    return {name: str(home / f"{abs(hash(str(one)))}") if name in PLACES else one for name, one in value.items()}


def test_no_route_fails_whatever_is_asked(browser: Browser, tmp_path: Path) -> None:
    """A fault of the request has a status of its own; 500 would be a fault of Benang's."""
    assert browser.review is not None
    real = browser.review.id
    failed: list[tuple[str, str, int]] = []

    def ask(case: Any, path_parameters: dict[str, Any]) -> None:
        query, body = kept_inside(case.query, tmp_path), kept_inside(case.body, tmp_path)
        arguments: dict[str, Any] = {"params": query or None}
        if isinstance(body, bytes | str):
            arguments["content"] = body
        elif case.media_type == "application/json":
            arguments["json"] = body
        elif isinstance(body, dict):
            arguments["data"] = {name: str(one) if not isinstance(one, list) else one for name, one in body.items()}
        path = case.operation.path.format(**path_parameters)
        answer = browser.request(case.method, path, **arguments)
        if answer.status_code >= 500:
            failed.append((case.method, path, answer.status_code))
        assert "content-security-policy" in answer.headers

    for operation in operations(browser):

        @settings(
            max_examples=8,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def asked(case: Any) -> None:
            given_names = {name: str(value) for name, value in (case.path_parameters or {}).items()}
            for names in [{**given_names, "review": real}] if "review" in given_names else [given_names]:
                try:
                    ask(case, {name: _in_path(value) for name, value in names.items()})
                except UnicodeEncodeError:  # no browser sends half a letter
                    return

        asked()

    assert failed == []


def _in_path(value: str) -> str:
    from urllib.parse import quote

    return quote(value, safe="") or "-"


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
