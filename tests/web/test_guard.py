"""Who gets in: the token, the cookie, host, origin and the token of changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from benang.web.app import create_app
from benang.web.guard import Pass
from benang.web.workbench import Workbench

pytestmark = pytest.mark.fast

PORT = 8421
HOME = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def entrance() -> Pass:
    """Return what lets a browser in."""
    return Pass(PORT)


@pytest.fixture
def client(entrance: Pass) -> TestClient:
    """Return a browser that has opened nothing yet."""
    return TestClient(create_app(Workbench(), entrance), base_url=HOME, follow_redirects=False)


def test_without_the_link_nobody_gets_in(client: TestClient) -> None:
    """A page says how to get in, and nothing of what is there."""
    answer = client.get("/")

    assert answer.status_code == 403
    assert "Open the link" in answer.text


def test_the_link_gives_a_cookie_closed_to_scripts_and_other_sites(client: TestClient, entrance: Pass) -> None:
    """The token of the link is not what the cookie holds."""
    answer = client.get(entrance.link)

    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert entrance.token not in cookie
    assert client.get("/start").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 43])
def test_a_wrong_token_lets_nobody_in(client: TestClient, token: str) -> None:
    """It is said which link is the right one."""
    answer = client.get("/enter", params={"token": token})

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_cookie_of_an_earlier_server_lets_nobody_in(client: TestClient, entrance: Pass) -> None:
    """A server that was started again has other secrets."""
    client.cookies.set(entrance.cookie, Pass(PORT).secret)

    assert client.get("/start").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", ""])
def test_another_host_is_refused_though_the_cookie_is_right(client: TestClient, entrance: Pass, host: str) -> None:
    """A foreign name that leads to this computer would let its pages read ours (DNS rebinding)."""
    client.get(entrance.link)

    assert client.get("/start", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-csrf-token": "wrong"},
        {"origin": "http://evil.example"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
    ids=["no token", "wrong token", "foreign origin", "other port", "null origin", "cross-site"],
)
def test_a_change_needs_its_token_and_must_come_from_here(
    client: TestClient, entrance: Pass, headers: dict[str, str]
) -> None:
    """The cookie alone, which a browser sends by itself, changes nothing."""
    client.get(entrance.link)
    right = {} if headers in ({}, {"x-csrf-token": "wrong"}) else {"x-csrf-token": entrance.csrf}

    assert client.post("/language", data={"name": "id"}, headers={**right, **headers}).status_code == 403


def test_a_page_of_this_server_may_change_something(client: TestClient, entrance: Pass) -> None:
    """With cookie, origin and token."""
    client.get(entrance.link)

    answer = client.post("/language", data={"name": "id"}, headers={"x-csrf-token": entrance.csrf, "origin": HOME})

    assert answer.status_code == 204
    assert '<html lang="id">' in client.get("/start").text


def test_every_answer_has_a_strict_policy(client: TestClient, entrance: Pass) -> None:
    """No script but the page's own files, in refusals too."""
    for answer in (client.get("/"), client.get(entrance.link), client.get("/nothing")):
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "default-src 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_body_that_is_too_long_is_refused_before_it_is_read(client: TestClient, entrance: Pass) -> None:
    """By the length that it names, and by what really comes."""
    client.get(entrance.link)
    headers = {"x-csrf-token": entrance.csrf}

    def chunks() -> Iterator[bytes]:
        for _ in range(50):
            yield b"x" * 100_000

    assert client.post("/language", content=b"x" * 4_000_001, headers=headers).status_code == 413
    form = headers | {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/language", content=chunks(), headers=form).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/static/..%2f..%2f..%2fetc/passwd",
        "/assets/%2e%2e/%2e%2e/guard.py",
        "/viewer/..%5c..%5cpage.py",
    ],
)
def test_no_address_leads_out_of_what_is_served(client: TestClient, entrance: Pass, path: str) -> None:
    """Whatever way the dots are written."""
    client.get(entrance.link)

    answer = client.get(path)

    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_a_folder_that_goes_away_is_named(client: TestClient, entrance: Pass, tmp_path: Path) -> None:
    """The page says where it was."""
    (tmp_path / "r" / "sources").mkdir(parents=True)
    (tmp_path / "r" / "review.toml").write_text('format = 1\ntitle = "T"\nquestion = "Q"\n', encoding="utf-8")
    client.get(entrance.link)
    app = client.app
    review = app.state.workbench.open(tmp_path / "r")  # type: ignore[attr-defined]
    assert client.get(f"/reviews/{review.id}").status_code == 200

    (tmp_path / "r" / "review.toml").unlink()
    answer = client.get(f"/reviews/{review.id}")

    assert answer.status_code == 422
    assert str(tmp_path / "r") in answer.text
