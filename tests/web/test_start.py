"""Start: a new review, a folder, recent ones, the example; and where a review stands."""

from __future__ import annotations

import json
import re
import tomllib
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.tasks.coding.markets import markets

from benang.web.app import create_app
from benang.web.guard import Pass
from benang.web.workbench import Workbench

pytestmark = pytest.mark.fast

PORT = 8421
FORM = {"title": "Spins in the browser", "question": "What is written of spins?", "kind": "cases", "language": "en"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home folder of whoever runs the server."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / "state"))
    return home


@pytest.fixture
def client(home: Path) -> TestClient:
    """Return a browser that has opened the link of a server, and changes things as a page does."""
    assert home.is_dir()
    entrance = Pass(PORT)
    client = TestClient(create_app(Workbench(), entrance), base_url=f"http://127.0.0.1:{PORT}", follow_redirects=False)
    client.get(entrance.link)
    client.headers.update({"X-CSRF-Token": entrance.csrf, "HX-Request": "true"})
    return client


def text_of(answer: Any) -> str:
    """Return the words of a page."""
    without = re.sub(r"<(script|style).*?</\1>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without))).strip()


def faults(answer: Any) -> dict[str, str]:
    """Return what a form says beside its fields."""
    found = re.findall(r'<span id="(\w+)-fault" class="fault"[^>]*>(.*?)</span>', answer.text, re.DOTALL)
    return {name: unescape(words).strip() for name, words in found}


def led_to(client: TestClient, answer: Any) -> Any:
    """Go where an answer leads."""
    assert answer.status_code == 204
    return client.get(answer.headers["HX-Redirect"])


# The first page


def test_the_first_page_offers_a_new_review_a_folder_and_the_example(client: TestClient) -> None:
    """With nothing opened yet, it says what a review is."""
    answer = client.get("/", follow_redirects=True)
    words = text_of(answer)

    assert answer.url.path == "/start"
    for offered in ("New review", "Open a folder", "Open the sister-city example", "No reviews yet"):
        assert offered in words
    assert "~/Benang/sister-cities" in words


def test_it_is_in_the_language_that_was_chosen(client: TestClient) -> None:
    """By a cookie of the browser."""
    client.cookies.set("benang-language", "id")

    for path, words in (("/start", "Belum ada tinjauan"), ("/new", "Jenis tinjauan")):
        answer = client.get(path)
        assert '<html lang="id">' in answer.text
        assert words in text_of(answer)


def test_a_review_that_was_opened_is_listed_and_can_be_left_out(client: TestClient, home: Path) -> None:
    """Its folder stays."""
    folder = markets(home / "markets")
    client.post("/open", data={"folder": str(folder)})
    listed = text_of(client.get("/start"))
    client.post("/forget", data={"folder": str(folder)})

    assert "Night markets that closed (invented) ~/markets · today" in listed
    assert "No reviews yet" in text_of(client.get("/start"))
    assert (folder / "review.toml").is_file()


def test_a_name_that_no_folder_can_have_is_no_error_of_the_server(client: TestClient) -> None:
    """It is refused where a folder is wanted, and none of the recent reviews has it."""
    statuses = [client.post(path, data={"folder": "a\0b"}).status_code for path in ("/open", "/new", "/forget")]

    assert statuses == [422, 422, 204]


@pytest.mark.parametrize("coder", ["Nguyễn Văn An", "Łukasz", "李明"])
def test_whoever_codes_may_have_a_name_in_any_script(client: TestClient, home: Path, coder: str) -> None:
    """Cookies have letters of Latin-1 alone, so that the name is kept in another form."""
    folder = markets(home / "markets", ("ani", coder))
    address = client.post("/open", data={"folder": str(folder)}).headers["HX-Redirect"]

    answer = client.post(f"{address}/coder", data={"name": coder})

    assert answer.status_code == 204
    assert f"<option selected>{coder}</option>" in client.get(f"{address}/history").text


def test_the_day_when_a_review_was_opened_is_its_date(client: TestClient, home: Path) -> None:
    """Once it is past; a time that nobody can read is left out."""
    client.post("/open", data={"folder": str(markets(home / "markets"))})
    (stored,) = (home / "state").rglob("recent.json")
    text = stored.read_text(encoding="utf-8")
    for opened, shown in (("2026-03-01T10:00:00Z", "~/markets · 1 March 2026"), ("long ago", "~/markets Take")):
        stored.write_text(re.sub(r'"opened": ".*?"', f'"opened": "{opened}"', text), encoding="utf-8")
        assert shown.removesuffix(" Take") in text_of(client.get("/start"))


# A new review


def test_a_new_review_is_written_and_opened_where_its_exports_are_added(client: TestClient, home: Path) -> None:
    """In a folder named after its title; the first step is to add exports."""
    answer = client.post("/new", data={**FORM, "reviewer": "ani, budi"})
    folder = home / "Benang" / "spins-in-the-browser"
    plan = tomllib.loads((folder / "review.toml").read_text(encoding="utf-8"))

    assert answer.headers["HX-Redirect"].endswith("/import")
    assert (plan["title"], plan["question"]) == (FORM["title"], FORM["question"])
    assert plan["reviewers"] == ["ani", "budi"]
    assert (folder / "cases.toml").is_file()
    assert led_to(client, answer).status_code == 200


def test_a_review_is_begun_in_the_folder_that_was_typed(client: TestClient, home: Path) -> None:
    """`~` is the home folder; a folder that is there and empty will do."""
    (home / "spins").mkdir()
    answer = client.post("/new", data={**FORM, "folder": "~/spins", "language": "id", "kind": "bibliometric"})

    assert answer.status_code == 204
    assert 'language = "id"' in (home / "spins" / "review.toml").read_text(encoding="utf-8")


def test_an_empty_form_says_beside_each_field_what_it_needs(client: TestClient, home: Path) -> None:
    """Nothing is written."""
    answer = client.post("/new", data={})

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#new"
    assert set(faults(answer)) == {"title", "question", "kind", "language"}
    assert not (home / "Benang").exists()


def test_a_form_keeps_what_was_typed(client: TestClient) -> None:
    """Script in a title is text."""
    title = 'A <script>alert("x")</script> title'
    answer = client.post("/new", data={**FORM, "title": title, "question": "", "reviewer": "ani"})

    assert "A &lt;script&gt;" in answer.text
    assert "<script>alert" not in answer.text
    assert re.search(r'value="cases" required\s+checked', answer.text)
    assert 'name="reviewer" value="ani"' in answer.text
    assert set(faults(answer)) == {"question"}


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ("notes.txt", "this folder is not empty: it contains notes.txt. Name a new folder, or an empty one."),
        ("review.toml", "this folder already contains a review. Name a new folder, or an empty one."),
    ],
)
def test_a_folder_in_which_no_review_can_begin_is_named_beside_its_field(
    client: TestClient, home: Path, made: str, fault: str
) -> None:
    """No command line is shown."""
    (home / "taken").mkdir()
    (home / "taken" / made).touch()
    answer = client.post("/new", data={**FORM, "folder": str(home / "taken")})

    assert faults(answer)["folder"].endswith(fault)
    assert [one.name for one in (home / "taken").iterdir()] == [made]


def test_a_name_that_no_coder_can_have_is_said_beside_its_field(client: TestClient, home: Path) -> None:
    """Since it names a file."""
    answer = client.post("/new", data={**FORM, "reviewer": "a/b"})

    assert "can't be the name of a coder" in faults(answer)["reviewer"]
    assert not (home / "Benang").exists()


def test_where_a_review_will_be_follows_its_title(client: TestClient, home: Path) -> None:
    """Until somebody types a folder."""
    (home / "Benang" / "spins" / "mine").mkdir(parents=True)

    for query, words in (
        ({"title": "Spins", "folder": ""}, "Leave this empty, and the review is kept in ~/Benang/spins-2"),
        ({"title": "Spins", "folder": "~/elsewhere"}, "The review will be kept in ~/elsewhere"),
        ({"title": "Spins", "folder": "a\x00b"}, "'a\\x00b': no file can have this name."),
    ):
        assert text_of(client.get("/new/folder", params=query)) == words


# A folder


def test_a_folder_is_opened_by_its_path(client: TestClient, home: Path) -> None:
    """It leads to where the review stands."""
    markets(home / "Benang" / "markets")

    for typed in ("markets", "~/Benang/markets", f'"{home / "Benang" / "markets"}"'):
        assert "Night markets that closed" in text_of(led_to(client, client.post("/open", data={"folder": typed})))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "No folder is named."),
        ("gone", "no such folder."),
        ("papers", "this is not the folder of a review"),
        ("notes.txt", "this is a file, not a folder"),
    ],
)
def test_what_is_no_review_is_refused_beside_the_field(client: TestClient, home: Path, typed: str, fault: str) -> None:
    """What was typed stays, and the folders near it can be chosen from."""
    (home / "Benang" / "papers" / "2025").mkdir(parents=True)
    (home / "Benang" / "notes.txt").touch()
    answer = client.post("/open", data={"folder": typed})

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#folders"
    assert fault in faults(answer)["path"]
    assert "`" not in faults(answer)["path"]
    assert f'value="{typed or "~"}"' in answer.text


def test_folders_can_be_walked_through_and_reviews_are_marked(client: TestClient, home: Path) -> None:
    """Hidden ones are left out."""
    for name in (".hidden", "papers"):
        (home / name).mkdir()
    markets(home / "markets")
    words = text_of(client.get("/folders", params={"at": str(home)}))
    within = text_of(client.get("/folders", params={"at": str(home / "markets")}))

    assert "markets review papers" in words
    assert "hidden" not in words
    assert "This folder is a review." in within
    assert "There are no folders" in text_of(client.get("/folders", params={"at": str(home / "papers")}))


def test_a_folder_named_like_markup_is_text(client: TestClient, home: Path) -> None:
    """Also in what its button sends."""
    (home / "<img src=x onerror='a'>").mkdir()
    answer = client.get("/folders", params={"at": str(home)})

    assert "<img src=x" not in answer.text
    assert "&lt;img src=x" in answer.text


# The example


def test_the_example_is_copied_and_opened(client: TestClient, home: Path) -> None:
    """Its place is shown, and where it stands; it can be opened again."""
    answer = client.post("/example")
    words = text_of(led_to(client, answer))

    assert (home / "Benang" / "sister-cities" / "judgements" / "reviewer.jsonl").is_file()
    assert "~/Benang/sister-cities" in words
    assert "119 coded passages" in words
    assert "sister-cities" in json.loads(answer.headers["HX-Trigger"])["said"]["text"]
    assert client.post("/example").headers["HX-Redirect"] == answer.headers["HX-Redirect"]


# Where a review stands


def test_a_review_shows_its_numbers_and_the_next_step_as_pages(client: TestClient, home: Path) -> None:
    """Three works, two documents, two codes, three cases; the step leads to where passages are coded."""
    answer = led_to(client, client.post("/open", data={"folder": str(markets(home / "markets"))}))
    words = text_of(answer)

    for shown in ("3 works", "2 documents", "2 codes", "0 coded passages", "3 cases"):
        assert shown in words
    assert "Next step Code your first passage: open a document" in words
    assert re.search(r'class="button primary" href="/reviews/\w+/code"', answer.text)
    assert "benang code" not in words


def test_a_new_review_shows_the_way_a_review_goes(client: TestClient) -> None:
    """Instead of zeros."""
    address = client.post("/new", data=FORM).headers["HX-Redirect"].removesuffix("/import")
    words = text_of(client.get(address))

    assert "How a review goes" in words
    assert "Next step Add the exports of your databases. Go to “Import”" in words
    assert "0 works" not in words


def test_a_plan_that_cannot_be_read_is_named_on_the_page(client: TestClient, home: Path) -> None:
    """The folder is opened all the same, so that it can be mended."""
    folder = markets(home / "markets")
    (folder / "review.toml").write_text("title = \n", encoding="utf-8")
    answer = led_to(client, client.post("/open", data={"folder": str(folder)}))

    assert answer.status_code == 200
    assert "~/markets" in text_of(answer)
    assert 'role="alert"' in answer.text
    assert " review.toml: this is not valid TOML" in text_of(answer)


def test_the_state_follows_the_folder(client: TestClient, home: Path) -> None:
    """What somebody writes into it is counted at the next look."""
    folder = markets(home / "markets")
    address = client.post("/open", data={"folder": str(folder)}).headers["HX-Redirect"]
    assert "2 documents" in text_of(client.get(address))
    (folder / "documents" / "lestari2019.md").unlink()
    client.app.state.workbench.reviews[0].changed()  # type: ignore[attr-defined] # no need to wait a quarter of a second

    assert "1 document " in text_of(client.get(address))


def test_a_review_named_at_the_start_is_remembered_too(home: Path) -> None:
    """As soon as its page is seen."""
    workbench, entrance = Workbench(), Pass(PORT)
    workbench.open(markets(home / "markets"))
    client = TestClient(create_app(workbench, entrance), base_url=f"http://127.0.0.1:{PORT}")
    client.get(entrance.link)

    assert client.get("/").url.path.startswith("/reviews/")
    assert "~/markets" in text_of(client.get("/start"))
