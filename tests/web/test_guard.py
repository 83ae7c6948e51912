"""Who gets in: the token, the cookie, host, origin and the token of changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from benang.web.app import create_app
from benang.web.guard import ACT, Once, Pass
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
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
    ],
    ids=["no token", "wrong token", "foreign origin", "other port", "null origin", "broken origin", "cross-site"],
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


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("secret"), "An error in Benang itself: KeyError"),
        (OSError(28, "No space left on device", "notes.txt"), "notes.txt: can&#39;t read or write here (No space left"),
    ],
    ids=["error of Benang", "full disk"],
)
def test_an_error_of_the_server_is_a_page_with_the_same_policy(entrance: Pass, error: Exception, said: str) -> None:
    """The next request is answered as ever."""
    app = create_app(Workbench(), entrance)

    @app.post("/broken")
    @app.get("/broken")
    def broken() -> None:
        raise error

    client = TestClient(app, base_url=HOME, raise_server_exceptions=False)
    client.get(entrance.link)
    headers = {"x-csrf-token": entrance.csrf, "hx-request": "true", ACT: "a"}
    for answer in (client.get("/broken"), client.post("/broken", headers=headers)):
        assert answer.status_code == 500
        assert said in answer.text
        assert "secret" not in answer.text
        assert "script-src 'self';" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    assert "error" in answer.headers["hx-trigger"]
    assert client.get("/start").status_code == 200


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


@pytest.fixture
def counting() -> TestClient:
    """Return a server behind the layer that does acts once; it says how often it was asked."""
    asked: list[str] = []

    async def act(request: Request) -> Response:
        asked.append(request.query_params.get("status", "200"))
        text = f"{len(asked)}" + "x" * int(request.query_params.get("long", "0"))
        return PlainTextResponse(text, status_code=int(asked[-1]), headers={"HX-Trigger": "live"})

    app = Starlette(routes=[Route("/act", act, methods=["GET", "POST"]), Route("/other", act, methods=["POST"])])
    app.add_middleware(Once, most=2)
    return TestClient(app)


def test_an_act_that_is_sent_again_is_answered_as_before(counting: TestClient) -> None:
    """With its status and its headers."""
    first, again = (counting.post("/act", headers={ACT: "a"}) for _ in range(2))

    assert first.text == again.text == "1"
    assert again.headers["hx-trigger"] == "live"


def test_other_keys_addresses_and_people_are_other_acts(counting: TestClient) -> None:
    """And so is what has no key, or changes nothing."""
    counting.post("/act", headers={ACT: "a"})

    assert counting.post("/act", headers={ACT: "b"}).text == "2"
    assert counting.post("/other", headers={ACT: "a"}).text == "3"
    assert counting.post("/act", headers={ACT: "a", "cookie": "secret=1"}).text == "4"
    assert [counting.post("/act").text for _ in range(2)] == ["5", "6"]
    assert [counting.get("/act", headers={ACT: "a"}).text for _ in range(2)] == ["7", "8"]


def test_an_act_that_the_server_could_not_do_may_be_tried_again(counting: TestClient) -> None:
    """One that was refused is refused again."""
    assert [counting.post("/act?status=500", headers={ACT: "a"}).text for _ in range(2)] == ["1", "2"]
    assert [counting.post("/act?status=422", headers={ACT: "b"}).text for _ in range(2)] == ["3", "3"]


def test_an_act_that_comes_again_while_it_is_done_waits_for_its_answer() -> None:
    """And nothing is left of who waited."""
    n_done = 0

    async def act(_request: Request) -> Response:
        nonlocal n_done
        n_done += 1
        await asyncio.sleep(0.05)
        return PlainTextResponse(f"{n_done}")

    once = Once(Starlette(routes=[Route("/act", act, methods=["POST"])]))

    async def ask(n: int) -> list[str]:
        transport = httpx2.ASGITransport(app=once)
        async with httpx2.AsyncClient(transport=transport, base_url=HOME, headers={ACT: "a"}) as client:
            answers = await asyncio.gather(*(client.post("/act") for _ in range(n)))
            return [*(one.text for one in answers), (await client.post("/act")).text]

    assert asyncio.run(ask(4)) == ["1"] * 5
    assert once._locks == {}


def test_only_the_last_answers_are_kept_and_no_long_ones(counting: TestClient) -> None:
    """In place of a long one, the page is told to load itself anew."""
    for key in ("a", "b", "c"):
        counting.post("/act", headers={ACT: key})
    assert counting.post("/act", headers={ACT: "a"}).text == "4"
    counting.post("/act?long=200000", headers={ACT: "long"})
    again = counting.post("/act?long=200000", headers={ACT: "long"})

    assert (again.status_code, again.text, again.headers["hx-refresh"]) == (204, "", "true")


def test_a_browser_may_keep_the_files_of_benang_but_no_page(client: TestClient, entrance: Pass) -> None:
    """It asks whether they have changed."""
    client.get(entrance.link)

    assert client.get("/assets/style.css").headers["cache-control"] == "no-cache"
    assert client.get("/start").headers["cache-control"] == "no-store"
