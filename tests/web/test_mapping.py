"""The page of maps: what can be mapped, what minimums leave, maps drawn, seen, saved and downloaded."""

from __future__ import annotations

import html
import io
import json
import time
import zipfile
from pathlib import Path
from typing import get_args

import pytest
from httpx2 import Response
from tests.web.conftest import Browse, Browser

from benang.map_files import read_map
from benang.project.folder import open_folder
from benang.review.load import load
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan
from benang.tasks.build.building import build
from benang.tasks.drawn_maps import Data, draw_in, drawn_map, map_file, map_key
from benang.tasks.jobs import Job
from benang.tasks.map_choices import asked_map

PLAN = """format = 1
title = "Two fields"
question = "Which topics are there?"  # a comment that stays

[sources]
files = ["sources/*"]

[[maps]]
name = "topics"
title = "What the field is about"
items = "author-keywords"
components = "all"
stability = 0

[[charts]]
name = "topics"
kind = "map"
map = "topics"
caption = "Topics."

[report]
corpus = false
"""
RECORDS = [("rain", "river", "flood")] * 3 + [("rent", "permit", "tax")] * 3 + [("rain", "rent")] * 2


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all tests share what was compiled, and none read what the user keeps."""
    monkeypatch.setenv("BENANG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review with eight records that have keywords and one author each, and cite nothing."""
    return review_in(tmp_path)


def review_in(folder: Path) -> Path:
    """Write that review, and return its folder."""
    text = ""
    for at, words in enumerate(RECORDS):
        keywords = "".join(f"KW  - {word}\n" for word in words)
        text += (
            f"TY  - JOUR\nID  - r{at}\nTI  - Study {at}\nAU  - Sari, {'AB'[at % 2]}.\nPY  - 2020\n{keywords}ER  - \n\n"
        )
    place = folder / "review"
    (place / "sources").mkdir(parents=True)
    (place / "sources" / "one.ris").write_text(text, encoding="utf-8")
    (place / "review.toml").write_text(PLAN, encoding="utf-8")
    return place


def ended(browser: Browser, started: Response) -> Job:
    """Wait for the work that an answer shows."""
    jobs, end = browser.workbench.jobs, time.monotonic() + 120
    name = started.text.split('data-job="')[1].split('"')[0]
    while time.monotonic() < end:
        job = jobs.job(name)
        assert job is not None
        if job.is_over:
            return job
        time.sleep(0.1)
    raise AssertionError(name)


def plan_of(folder: Path) -> Plan:
    """Return the plan as its file is now."""
    return read_plan(open_folder(folder))


def test_what_the_records_lack_is_greyed_and_says_how_to_get_it(browse: Browse, folder: Path) -> None:
    """References, here: nothing that is linked by them can be chosen, and authors can, by what they wrote."""
    page = html.unescape(browse(folder).get(browse(folder).at("map", "form"), params={"items": "authors"}).text)

    assert "No record has cited references. Export them again with their references" in page
    choices = {one.split('"')[0]: one.split(">")[0] for one in page.split('name="items" value="')[1:]}
    assert "disabled" in choices["references"]
    assert "disabled" in choices["documents"]
    assert "disabled" not in choices["authors"]
    links = {one.split('"')[0]: one.split(">")[0] for one in page.split('name="link" value="')[1:]}
    assert "disabled" in links["coupling"]
    assert "checked" in links["co-authorship"]


@pytest.mark.parametrize(
    ("least", "says"),
    [("1", "At 1: 6 items, 7 links; 6 connected"), ("5", "At 5: 2 items, 1 links; 2 connected")],
)
def test_counts_follow_the_minimum(browse: Browse, folder: Path, least: str, says: str) -> None:
    """Two triangles of keywords and a link between rain and rent, which are in five records each."""
    browser = browse(folder)

    text = browser.get(browser.at("map", "counts"), params={"items": "author-keywords", "min_occurrences": least}).text

    assert says in text


@pytest.mark.slow
def test_a_map_of_the_plan_is_that_of_a_build(browse: Browse, folder: Path) -> None:
    """Drawn by the same functions, to the last digit; a second press shows it at once."""
    browser = browse(folder)
    address, headers = browser.at("map", "build") + "?planned=topics", {"hx-request": "true"}

    started = browser.post(address, headers=headers)

    assert "data-job=" in started.text
    assert "Building the map" in browser.get(browser.at("map")).text
    job = ended(browser, started)
    seen = browser.get(browser.at("map", "jobs", job.id), headers=headers).headers["hx-redirect"]
    assert seen == f"{browser.at('map')}?map={job.result}"
    page = browser.get(seen).text
    assert "What the field is about" in page
    assert browser.post(address, headers=headers).headers["hx-redirect"] == seen
    build(folder)
    ours, theirs = (read_map(path) for path in (map_file(folder, job.result), folder / "out" / "maps" / "topics.json"))
    assert ours.network.labels == theirs.network.labels
    assert ours.xy.tolist() == theirs.xy.tolist()
    assert ours.cluster.tolist() == theirs.cluster.tolist()


@pytest.mark.slow
def test_what_a_build_made_is_shown_without_being_drawn_again(browse: Browse, folder: Path) -> None:
    """As long as it is of the records that are there now."""
    build(folder)
    browser = browse(folder)

    assert "Show map" in browser.get(browser.at("map")).text

    export = folder / "sources" / "one.ris"
    export.write_text(export.read_text(encoding="utf-8").replace("flood", "storm"), encoding="utf-8")
    assert browser.review is not None
    browser.review.changed()
    assert "Show map" not in browser.get(browser.at("map")).text


def drawn(folder: Path, **options: str) -> str:
    """Draw a map, and return its key."""
    return draw_in(folder, {"items": "author-keywords", "components": "all", "stability": 0, **options})


def test_a_map_is_kept_under_all_that_it_rests_on(folder: Path) -> None:
    """Another minimum is another map, another title is not, and a coding does not touch maps of records."""
    loaded = load(open_folder(folder))
    one, two = (asked_map({"items": "author-keywords", "min_occurrences": least}) for least in ("1", "2"))
    key = map_key(loaded, one)

    assert key != map_key(loaded, two)
    assert key == map_key(loaded, one.model_copy(update={"name": "other"}))
    (folder / "judgements").mkdir()
    (folder / "judgements" / "ani.jsonl").write_text("", encoding="utf-8")
    assert key == map_key(load(open_folder(folder)), one)


def test_a_page_of_a_map_allows_its_own_script_alone_and_has_another_map_beside(browse: Browse, folder: Path) -> None:
    """The policy of pages would stop a script that stands in the page."""
    first, second = drawn(folder), drawn(folder, min_occurrences="2")
    browser = browse(folder)

    page = browser.get(browser.at("maps", first, "view"), params={"beside": second})

    policy = page.headers["content-security-policy"]
    assert "script-src 'sha256-" in policy
    assert "frame-ancestors 'self'" in policy
    assert page.text.count('data-benang-page="beside"') == 1
    assert "Study 3" in page.text
    assert browser.get(browser.at("maps", "0" * 24, "view")).status_code == 422
    assert browser.get(browser.at("maps", "..", "view")).status_code in (404, 422)


@pytest.mark.slow
def test_a_map_is_saved_to_the_plan_undone_and_removed_with_its_charts(browse: Browse, folder: Path) -> None:
    """All else in the file stays as it is; a name that is taken is refused."""
    key = drawn(folder, min_occurrences="2", resolution="1.2")
    browser = browse(folder)
    address = browser.at("maps", key, "save")

    taken = browser.post(address, data={"title": "Again", "name": "topics"}, headers={"hx-request": "true"})
    saved = browser.post(address, data={"title": "Weather: 2020"})

    assert taken.status_code == 422
    assert "already" in taken.text
    assert saved.status_code == 204
    added = plan_of(folder).maps[1]
    assert (added.name, added.resolution, added.seed) == ("weather-2020", 1.2, 0)
    text = (folder / "review.toml").read_text(encoding="utf-8")
    assert "# a comment that stays" in text
    assert map_key(load(open_folder(folder)), added) == key
    browser.post(browser.at("undo"))
    assert (folder / "review.toml").read_text(encoding="utf-8") == PLAN
    browser.post(browser.at("map", "plan", "topics", "remove"))
    assert plan_of(folder).maps == ()
    assert plan_of(folder).charts == ()
    browser.post(browser.at("undo"))
    assert (folder / "review.toml").read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize("form", [one for one in get_args(Data) if one != ".html"])
def test_every_form_of_a_map_is_downloaded(browse: Browse, folder: Path, form: str) -> None:
    """Files that belong together come as one archive."""
    key = drawn(folder)
    browser = browse(folder)

    answer = browser.get(browser.at("maps", key, "file"), params={"form": form})

    assert answer.status_code == 200
    name = answer.headers["content-disposition"].split('"')[1]
    if name.endswith(".zip"):
        names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        assert f"map{form}" in names
        assert len(names) > 1
    else:
        assert name == f"topics{form}"


def test_every_form_that_a_map_can_be_written_in_is_offered() -> None:
    """A new form shows here; the page has a row of it."""
    from benang.map_files.targets import TARGETS

    assert {*get_args(Data)} == {*TARGETS, ".html"}


@pytest.mark.slow
def test_a_picture_is_drawn_in_a_process_of_its_own(browse: Browse, folder: Path) -> None:
    """It is waited for, and kept."""
    key = drawn(folder)
    browser = browse(folder)

    answer = browser.get(browser.at("maps", key, "file"), params={"form": ".svg", "look": "density"})

    assert answer.status_code == 200
    assert answer.content.startswith(b"<?xml")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert [job.state for job in browser.workbench.jobs.all()] == ["done"]


@pytest.mark.slow
def test_a_map_that_is_cancelled_leaves_nothing_and_is_drawn_when_asked_again(browse: Browse, folder: Path) -> None:
    """As after a crash: what is not finished is not there."""
    browser = browse(folder)
    address = browser.at("map", "build") + "?planned=topics"
    started = browser.post(address)
    job = browser.workbench.jobs.all()[-1]

    browser.post(browser.at("jobs", job.id, "cancel"))

    assert ended(browser, started).state == "cancelled"
    assert "cancelled" in browser.get(browser.at("map", "jobs", job.id)).text
    key = map_key(load(open_folder(folder)), plan_of(folder).maps[0])
    assert drawn_map(folder, key) is None
    assert ended(browser, browser.post(address)).state == "done"
    assert drawn_map(folder, key) is not None


def test_a_map_whose_server_was_started_again_says_so(browse: Browse, folder: Path) -> None:
    """The page that waited for it asks the new server, which knows nothing of it."""
    browser = browse(folder)

    answer = browser.get(browser.at("map", "jobs", "3-00c0ffee"))

    assert "Benang was started again while this map was being built" in answer.text


def test_the_options_of_a_map_come_back_into_the_form(browse: Browse, folder: Path) -> None:
    """Numbers, choices, and whether clusters are named; a map of other items than the form's leads to no form."""
    key = drawn(folder, min_occurrences="2", resolution="1.5", counting="fractional", name_clusters="true")
    browser = browse(folder)
    page = html.unescape(browser.get(f"{browser.at('map')}?map={key}").text)
    again = page.split('">Change options<')[0].rpartition('href="')[2]

    form = browser.get(again).text

    assert 'name="min_occurrences" min="1" step="1" inputmode="decimal" value="2"' in form
    assert 'value="1.5"' in form
    assert '<option value="fractional" selected>' in form
    assert '<option value="true" selected>' in form


def test_a_map_of_items_that_the_form_does_not_offer_leads_to_no_form(browse: Browse, folder: Path) -> None:
    """It would be filled in for other items."""
    export = folder / "sources" / "one.ris"
    text = export.read_text(encoding="utf-8")
    export.write_text(text.replace("TI  - Study", "TI  - Night markets of river towns"), encoding="utf-8")
    key, browser = drawn(folder, items="title-terms", min_occurrences="2"), browse(folder)

    page = browser.get(f"{browser.at('map')}?map={key}").text

    assert "Change options" not in page
    assert "Save to the plan" in page


@pytest.mark.slow
def test_a_server_that_is_stopped_while_it_draws_leaves_the_folder_as_it_was(browse: Browse, folder: Path) -> None:
    """The next one draws the map."""
    first = browse(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".benang" not in path.parts}
    first.post(first.at("map", "build") + "?planned=topics")

    first.workbench.close()

    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".benang" not in path.parts}
    assert after == before
    second = browse(folder)
    assert ended(second, second.post(second.at("map", "build") + "?planned=topics")).state == "done"


def test_a_map_of_records_that_have_changed_since_says_so(browse: Browse, folder: Path) -> None:
    """It is still there to be seen; of maps drawn alike only the last one is listed."""
    key = drawn(folder, min_occurrences="2")
    browser = browse(folder)
    assert "out of date" not in browser.get(f"{browser.at('map')}?map={key}").text

    export = folder / "sources" / "one.ris"
    export.write_text(export.read_text(encoding="utf-8").replace("flood", "storm"), encoding="utf-8")
    assert browser.review is not None
    browser.review.changed()

    assert "out of date" in browser.get(f"{browser.at('map')}?map={key}").text
    drawn(folder, min_occurrences="2")
    assert browser.get(browser.at("map")).text.count("minimum 2") == 1


def test_what_is_kept_of_a_map_and_broken_is_drawn_again(folder: Path) -> None:
    """A file that was cut off by a full disk, say."""
    key = drawn(folder)
    about = map_file(folder, key).with_name(f"{key}.about.json")
    about.write_bytes(about.read_bytes()[:50])
    assert drawn_map(folder, key) is None

    assert drawn(folder) == key
    assert json.loads(about.read_text(encoding="utf-8"))["items"] == 6


@pytest.mark.slow
def test_a_map_of_too_few_items_says_which_minimum_leaves_more(browse: Browse, folder: Path) -> None:
    """And the page offers to build again."""
    browser = browse(folder)
    asked = {"items": "author-keywords", "min_occurrences": "5"}

    job = ended(browser, browser.post(browser.at("map", "build"), data=asked))

    text = browser.get(browser.at("map", "jobs", job.id)).text
    assert "The map could not be built" in text
    assert "A lower minimum leaves more" in text


@pytest.mark.parametrize(
    "options",
    [{"items": "nothing"}, {"items": "authors", "min_documents": "many"}, {"items": "terms", "share": "7"}],
)
def test_options_that_are_none_are_refused_in_words(browse: Browse, folder: Path, options: dict[str, str]) -> None:
    """What was sent, and what may be."""
    browser = browse(folder)

    answer = browser.post(browser.at("map", "build"), data=options, headers={"hx-request": "true"})

    assert answer.status_code == 422
    assert browser.get(browser.at("map", "counts"), params=options).status_code == 200
    assert browser.get(browser.at("map", "form"), params=options).status_code == 200


def test_a_review_without_records_says_where_they_come_from(browse: Browse, folder: Path) -> None:
    """The page leads to the import."""
    (folder / "sources" / "one.ris").unlink()
    browser = browse(folder)

    page = browser.get(browser.at("map"))

    assert page.status_code == 200
    assert "There are no records yet" in page.text
