"""The page Clean shows what is proposed, takes decisions one by one and by kind, and shows what was decided."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from tests.tasks.test_cleaning import NAMED, PLAN, review, ris

from benang.web.app import create_app
from benang.web.guard import CSRF, Pass
from benang.web.workbench import Workbench

pytestmark = pytest.mark.fast

HOME = "http://127.0.0.1:8421"


class Browser:
    """A browser that has opened a review."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        entrance, workbench = Pass(8421), Workbench(language=language)  # type: ignore[arg-type]
        self.workbench = workbench
        self.review = workbench.open(folder)
        self.client = TestClient(create_app(workbench, entrance), base_url=HOME)
        self.client.get(entrance.link)
        self.csrf = entrance.csrf
        self.base = f"/reviews/{self.review.id}"

    def get(self, path: str, **headers: str) -> Response:
        """Get a page of the review."""
        return self.client.get(f"{self.base}/{path}", headers=headers)

    def post(self, path: str, **form: str | list[str]) -> Response:
        """Send a form from the page."""
        headers = {CSRF: self.csrf, "HX-Request": "true", "Origin": HOME}
        return self.client.post(f"{self.base}/{path}", data=form, headers=headers)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of six records."""
    return review(tmp_path / "review")


@pytest.fixture
def browser(folder: Path) -> Browser:
    """Return a browser that has opened it."""
    return Browser(folder)


def words(answer: Response) -> str:
    """Return the text of a page in one line."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def id_of(browser: Browser, label: str, path: str = "clean") -> str:
    """Return the id of the row of a label."""
    page = browser.get(path).text
    found = re.search(
        rf'id="[pd]-(\w+)"[^>]*>\s*(?:<span class="what">)?<span class="label" dir="auto">{re.escape(label)}<', page
    )
    assert found, label
    return found[1]


def said(answer: Response) -> str:
    """Return the short message of an answer."""
    return str(json.loads(answer.headers["HX-Trigger"])["said"]["text"])


def test_proposals_come_by_name_with_their_effect(browser: Browser) -> None:
    """*Night market* has three records, *night markets* two; one has both, so that both have four."""
    text = words(browser.get("clean"))
    assert "Keywords 5 Authors 2 Organisations 0" in text
    assert "To decide 5 Joined 0 Kept apart 0" in text
    assert "night market 3 records now Accept these 2 night markets plural 3 + 2 4 records" in text


def test_a_page_in_indonesian_has_no_english(folder: Path) -> None:
    """Reasons too."""
    text = words(Browser(folder, "id").get("clean"))
    assert "night markets jamak 3 + 2 4 artikel" in text
    assert "Accept" not in text


def test_one_is_accepted_and_its_group_comes_back(browser: Browser, folder: Path) -> None:
    """What the others would bring follows; so do the counts above."""
    name = "night market"
    answer = browser.post("clean/settle", accept=id_of(browser, "night markets"), name=name)
    text = words(answer)
    assert said(answer) == "night markets is night market now: 4 records."
    assert "night market 4 records now night-market punctuation or accents 4 + 1 4 records" in text
    assert "To decide 4 Joined 1" in text
    assert "<html" not in answer.text
    assert "night markets\tnight market\tplural" in (folder / "thesaurus.tsv").read_text(encoding="utf-8")
    assert answer.headers["X-Version"] == browser.review.version()


def test_a_group_without_open_proposals_goes(browser: Browser) -> None:
    """Only the counts come."""
    ids = [id_of(browser, label) for label in ("night markets", "night-market")]
    answer = browser.post("clean/settle", accept=ids, name="night market")
    assert answer.text.lstrip().startswith("<header")
    assert said(answer) == "2 names joined."


def test_one_is_refused_and_listed_as_kept_apart(browser: Browser, folder: Path) -> None:
    """It can be taken back there."""
    browser.post("clean/settle", refuse=id_of(browser, "night markets"), name="night market")
    assert (folder / "kept-apart.tsv").exists()
    assert "night markets ≠ night market plural 2 records Take back" in words(browser.get("clean?show=apart"))
    back = browser.post("clean/settle", show="apart", back=id_of(browser, "night markets", "clean?show=apart"))
    assert said(back) == "Open again: night markets."
    assert "Nothing is kept apart yet" in words(back)
    assert id_of(browser, "night markets")


def test_all_of_a_kind_are_accepted_at_once(browser: Browser, folder: Path) -> None:
    """The number is asked for before; only this kind is written."""
    page = browser.get("clean?kind=plural").text
    assert "Accept all 2 proposals?" in page
    answer = browser.post("clean/kind", kind="plural", verdict="accept")
    assert said(answer) == "2 names joined."
    assert answer.headers["HX-Retarget"] == "#clean"
    lines = (folder / "thesaurus.tsv").read_text(encoding="utf-8").splitlines()
    assert lines == ["label\treplace by\treason", "night markets\tnight market\tplural", "rents\trent\tplural"]


def test_all_of_a_kind_are_refused_at_once(browser: Browser) -> None:
    """They come no more."""
    browser.post("clean/kind", kind="plural", verdict="refuse")
    assert "To decide 3 Joined 0 Kept apart 2" in words(browser.get("clean"))
    assert browser.post("clean/kind", kind="plural", verdict="refuse").status_code == 422


def test_a_name_of_several_is_not_accepted_with_all(browser: Browser, folder: Path) -> None:
    """*Li, X.* may be two authors: one by one."""
    rows = tuple((name, f"k{name}", "x") for name in ("Li, X.", "Li, Xiang", "Li, Xin"))
    (folder / "sources" / "b.ris").write_text(ris(rows).replace("10.9999/", "10.9999/b"), encoding="utf-8")
    browser.review.changed()
    assert "Refuse all 4" in words(browser.get("clean?items=authors"))
    answer = browser.post("clean/kind", items="authors", verdict="accept")
    assert said(answer) == "2 names joined."
    assert "Li, X. shared name" in words(answer)


def test_undo_and_redo_bring_the_files_back(browser: Browser, folder: Path) -> None:
    """Of the first decision, the plan's line and the new file go together."""
    browser.post("clean/settle", accept=id_of(browser, "night markets"))
    assert (folder / "review.toml").read_text(encoding="utf-8") == PLAN + NAMED
    assert browser.post("undo").status_code == 204
    assert not (folder / "thesaurus.tsv").exists()
    assert (folder / "review.toml").read_text(encoding="utf-8") == PLAN
    assert browser.post("redo").status_code == 204
    assert "night markets\t" in (folder / "thesaurus.tsv").read_text(encoding="utf-8")
    assert (folder / "review.toml").read_text(encoding="utf-8") == PLAN + NAMED


def test_what_somebody_else_changed_is_not_undone(browser: Browser, folder: Path) -> None:
    """An editor wrote into the thesaurus since."""
    browser.post("clean/settle", accept=id_of(browser, "night markets"))
    changed = (folder / "thesaurus.tsv").read_text(encoding="utf-8") + "lamp\tlight\t\n"
    (folder / "thesaurus.tsv").write_text(changed, encoding="utf-8")
    answer = browser.post("undo")
    assert answer.status_code == 422
    assert (folder / "thesaurus.tsv").read_text(encoding="utf-8") == changed


def test_a_thesaurus_that_the_plan_does_not_name_is_taken_into_use_by_a_button(browser: Browser, folder: Path) -> None:
    """Until then nothing is decided."""
    (folder / "thesaurus.tsv").write_text("label\treplace by\nrents\trent\n", encoding="utf-8")
    assert "Use its lines" in words(browser.get("clean"))
    refused = browser.post("clean/settle", accept=id_of(browser, "night markets"))
    assert refused.status_code == 422
    answer = browser.post("clean/use")
    assert "Joined 1" in words(answer)
    assert "Use its lines" not in words(answer)


def test_words_are_looked_for_whatever_their_accents(browser: Browser) -> None:
    """A form of the browser gives the same page."""
    text = words(browser.get("clean?q=Rént"))
    assert "rents plural" in text
    assert "night" not in text
    assert "Nothing open here" in words(browser.get("clean?q=atlantis"))


def test_markup_in_a_keyword_is_text(tmp_path: Path) -> None:
    """Also in what the buttons send."""
    folder = review(tmp_path / "r")
    bad = "<script>alert('x')</script> stall"
    (folder / "sources" / "a.ris").write_text(ris((("A, B.", bad, f"{bad}s"),)), encoding="utf-8")
    page = Browser(folder).get("clean").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_review_without_records_says_where_to_begin(tmp_path: Path) -> None:
    """It leads to the exports."""
    folder = tmp_path / "empty"
    (folder / "sources").mkdir(parents=True)
    (folder / "review.toml").write_text(PLAN.partition("\n[sources]")[0] + "\n", encoding="utf-8")
    text = words(Browser(folder).get("clean"))
    assert "No records yet" in text
    assert "Import exports" in text


def test_a_thousand_proposals_come_in_parts(tmp_path: Path) -> None:
    """The first forty groups; each part asks for the next, and none comes twice."""
    folder = review(tmp_path / "r")
    rows = tuple(("A, B.", f"thing{at}a", f"thing{at}as") for at in range(1000))
    (folder / "sources" / "a.ris").write_text(ris(rows), encoding="utf-8")
    browser = Browser(folder)
    seen: list[str] = []
    path: str | None = "clean"
    while path:
        page = browser.get(path, **{"HX-Request": "true"}).text
        seen += re.findall(r'data-item tabindex="-1" id="(p-\w+)"', page)
        more = re.search(r'id="more" hx-get="[^"]*/(clean\?[^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == 1000


def test_what_was_fetched_comes_again_when_the_folder_changes(tmp_path: Path) -> None:
    """The list that follows a change reaches as far as the one before it."""
    folder = review(tmp_path / "r")
    rows = tuple(("A, B.", f"thing{at}a", f"thing{at}as") for at in range(200))
    (folder / "sources" / "a.ris").write_text(ris(rows), encoding="utf-8")
    browser = Browser(folder)
    page = browser.get("clean", **{"HX-Request": "true"}).text
    following = re.search(r'id="more" hx-get="[^"]*/(clean\?[^"]+)"', page)
    assert following
    part = browser.get(following[1].replace("&amp;", "&"), **{"HX-Request": "true"}).text
    through = re.search(r'name="through" value="([^"]+)"', part)
    assert through
    again = browser.get(f"clean?through={through[1]}", **{"HX-Request": "true"}).text
    assert again.count('class="group"') == 80


@pytest.mark.parametrize("query", ["items=countries", "show=x", "q=" + "a" * 501])
def test_an_address_that_makes_no_sense_is_refused(browser: Browser, query: str) -> None:
    """As a message, not as an error of the server."""
    assert browser.get(f"clean?{query}").status_code == 422


def test_a_place_in_the_list_that_is_none_gives_the_whole_list(browser: Browser) -> None:
    """As one that somebody has typed."""
    assert browser.get("clean?after=x&through=y").status_code == 200


def test_the_parts_of_the_list_come_to_their_own_place(browser: Browser) -> None:
    """What the list is fetched by is not what its parts are fetched by."""
    assert 'hx-disinherit="*"' in browser.get("clean").text


def test_two_names_are_joined_by_hand(browser: Browser, folder: Path) -> None:
    """A name that no record has is refused, and what was typed stays."""
    assert "Join these two" in words(browser.get("clean?show=same"))
    answer = browser.post("clean/settle", show="same", label="rent", called="price of a stall")
    assert said(answer) == "rent is price of a stall now: 2 records."
    assert "rent → price of a stall" in words(answer)
    refused = browser.post("clean/settle", show="same", label="rint", called="x")
    assert refused.status_code == 422
    assert "HX-Retarget" not in refused.headers
    assert "rent\tprice of a stall" in (folder / "thesaurus.tsv").read_text(encoding="utf-8")
