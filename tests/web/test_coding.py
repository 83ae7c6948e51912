"""Read and code: passages coded exactly where they were selected, changed, withdrawn; and what the page shows."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from httpx2 import Response
from tests.made_papers import plain_pdf
from tests.tasks.coding.appraised import GATES, appraised_markets
from tests.tasks.coding.markets import markets
from tests.two_coders import write_towns
from tests.web.conftest import Browse, Browser, at_once

from benang.judgements.events import Coding, Event, Memo, Task, Value
from benang.review.beginning import Beginning, beginning_files, write_folder
from benang.review.desk import Desk, open_desk
from benang.tasks.coding import taking_back
from benang.tasks.coding.document_shown import document_entries, document_id
from benang.tasks.coding.searching import SearchRequest, search

JSON = {"accept": "application/json"}
ODD = "🏮 Naïve sellers.\n\nThe cafe\u0301 of 👩🏽‍🌾 closed.\n\nسوق الليل أُغلق في الشتاء.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets, one of whose documents has letters that are hard to count."""
    folder = markets(tmp_path / "markets")
    (folder / "documents" / "odd2020.md").write_text(ODD, encoding="utf-8")
    return folder


@pytest.fixture
def browser(browse: Browse, folder: Path) -> Browser:
    """Return a browser on it."""
    return browse(folder)


def text_of(folder: Path, record: str) -> str:
    """Return a document's text."""
    return open_desk(folder).of_record(record)[0].text


def code(browser: Browser, quote: str, record: str = "sari2018", **more: Any) -> Any:
    """Code words of a document where they stand first."""
    assert browser.review is not None
    document = open_desk(browser.review.root).of_record(record)[0]
    start = document.text.index(quote)
    asked = {"start": start, "end": start + len(quote), "quote": quote, "code": "rent", **more}
    return browser.post(browser.at("documents", document_id(document.path), "codings"), json=asked, headers=JSON)


def codings(folder: Path) -> tuple[Coding, ...]:
    """Return the codings that stand."""
    return open_desk(folder).judgements.of(Coding)


def test_the_page_has_the_text_the_codes_and_the_case(browser: Browser) -> None:
    """The case of a study of one case is chosen already."""
    page = browser.get(browser.at("code", document_id("documents/sari2018.md"))).text

    assert "Night markets of Muara read again" in page
    assert 'data-code="rent"' in page
    assert '<input type="radio" name="case" value="muara" checked>' in page
    assert "municipal admin-\\nistration" in page


def test_without_a_name_the_first_document_that_is_not_begun_opens(browser: Browser) -> None:
    """It goes on where the coder is."""
    code(browser, "Rain washed", "lestari2019", case="bukit")

    page = browser.get(browser.at("code")).text

    assert f'href="{browser.at("code", document_id("documents/odd2020.md"))}" aria-current="true"' in page


def test_a_passage_is_coded_exactly_where_it_was_selected(browser: Browser, folder: Path) -> None:
    """Words that stand twice are no question here."""
    text = text_of(folder, "sari2018")
    second = text.index("prices rose", text.index("prices rose") + 1)
    asked = {"start": second, "end": second + 11, "quote": "prices rose", "code": "rent"}

    answer = browser.post(browser.at("documents", document_id("documents/sari2018.md"), "codings"), json=asked)

    assert answer.json()["isNew"] is True
    (coding,) = codings(folder)
    assert (coding.start, coding.case, coding.coder) == (second, "muara", "ani")


@pytest.mark.parametrize("quote", ["🏮 Naïve", "cafe\u0301", "👩🏽‍🌾", "الليل أُغلق"])
def test_places_are_counted_in_code_points(browser: Browser, folder: Path, quote: str) -> None:
    """Also behind emoji, marks that combine and words from right to left."""
    assert code(browser, quote, "odd2020", case="muara").status_code == 200

    (coding,) = codings(folder)
    assert text_of(folder, "odd2020")[coding.start : coding.end] == quote


def test_a_place_with_other_words_is_refused(browser: Browser, folder: Path) -> None:
    """The document was changed since it was shown, or somebody counted otherwise."""
    asked = {"start": 3, "end": 9, "quote": "Other!", "code": "rent", "case": "muara"}

    answer = browser.post(
        browser.at("documents", document_id("documents/odd2020.md"), "codings"), json=asked, headers=JSON
    )

    assert answer.status_code == 422
    assert "has other words at this place" in answer.json()["problems"][0]
    assert codings(folder) == ()


def test_the_same_passage_is_coded_once(browser: Browser, folder: Path) -> None:
    """An act that is sent again, since its answer was lost, changes nothing."""
    first, again = code(browser, "The rent").json(), code(browser, "The rent").json()

    assert (first["isNew"], again["isNew"]) == (True, False)
    assert first["id"] == again["id"]
    assert len(codings(folder)) == 1


def test_it_must_be_said_which_of_several_cases_is_meant(browser: Browser, folder: Path) -> None:
    """The message names them; nothing is written."""
    answer = code(browser, "Rain washed", "lestari2019")

    assert answer.status_code == 422
    assert "is a study of 2 cases" in answer.json()["problems"][0]
    assert codings(folder) == ()


def test_a_memo_is_one_act_with_its_passage(browser: Browser, folder: Path) -> None:
    """Both are undone together."""
    code(browser, "The rent", memo="Which stall?")
    assert [one.text for one in open_desk(folder).judgements.of(Memo)] == ["Which stall?"]

    browser.post(browser.at("undo"))

    desk = open_desk(folder)
    assert desk.judgements.of(Memo) == () == desk.judgements.of(Coding)


def test_in_vivo_makes_a_code_of_the_words(browser: Browser, folder: Path) -> None:
    """A label of one's own may stand for them."""
    answer = code(browser, "closed two gates", code="", in_vivo=True)

    assert answer.json()["code"] == "closed-two-gates"
    assert open_desk(folder).codebook.by_id["closed-two-gates"].label.en == "closed two gates"


def test_a_coding_is_changed_and_withdrawn(browser: Browser, folder: Path) -> None:
    """Code, stance and words change; the log keeps all of it, and the history tells it."""
    name = code(browser, "The rent").json()["id"]
    here = browser.at("documents", document_id("documents/sari2018.md"), "codings")
    start = text_of(folder, "sari2018").index("doubled")
    place = {"start": start, "end": start + 7, "quote": "doubled"}

    changed = browser.post(
        f"{here}/change", json={"id": name, "code": "permits", "stance": "contradicts", "place": place}
    )
    (coding,) = codings(folder)
    history = browser.get(browser.at("codings", "history"), params={"coding": changed.json()["id"]}).json()

    assert (coding.code, coding.stance, coding.quote) == ("permits", "contradicts", "doubled")
    assert ["The rent" in history[0]["text"], "doubled" in history[1]["text"]] == [True, True]
    assert browser.post(browser.at("codings", "withdraw"), json={"ids": [coding.id]}).status_code == 200
    assert codings(folder) == ()


def test_what_another_coder_said_is_theirs_to_change(browse: Browse, tmp_path: Path) -> None:
    """It is shown as their layer."""
    folder = markets(tmp_path / "two", ("ani", "budi"))
    ani = browse(folder)
    code(ani, "The rent")
    ani.post(ani.at("coder"), data={"name": "budi"})

    (shown,) = ani.get(ani.at("documents", document_id("documents/sari2018.md"), "codings")).json()["codings"]
    answer = ani.post(ani.at("codings", "withdraw"), json={"ids": [shown["id"]]}, headers=JSON)

    assert (shown["coder"], shown["isOwn"]) == ("ani", False)
    assert answer.status_code == 422
    assert len(codings(folder)) == 1


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whoever looks which passage is to be changed take a while before changing it."""

    def standing(name: str, desk: Desk) -> Event:
        event = taking_back.standing(name, desk)
        sleep(0.3)
        return event

    monkeypatch.setattr("benang.tasks.coding.adding.standing", standing)


@pytest.mark.usefixtures("_slow")
def test_two_tabs_that_change_a_passage_at_once_contradict_nothing(browser: Browser, folder: Path) -> None:
    """The second is told that the passage is another by now, however long the first takes."""
    name = code(browser, "The rent").json()["id"]
    here = browser.at("documents", document_id("documents/sari2018.md"), "codings", "change")

    def changed(stance: str) -> Response:
        return browser.post(here, json={"id": name, "stance": stance}, headers=JSON)

    assert at_once(lambda: changed("contradicts"), lambda: changed("mentions")) == [200, 422]
    assert not open_desk(folder).judgements.conflicts


@pytest.mark.usefixtures("_slow")
@pytest.mark.parametrize("way", [("undo",), ("history", "withdraw"), ("matrix", "withdraw")], ids="/".join)
def test_a_passage_that_is_changed_while_it_is_taken_back_contradicts_nothing(
    browser: Browser, folder: Path, way: tuple[str, ...]
) -> None:
    """It is taken back and then not changed, or changed and then undone, or no longer there to be withdrawn."""
    name = code(browser, "The rent").json()["id"]
    here = browser.at("documents", document_id("documents/sari2018.md"), "codings", "change")
    statuses = at_once(
        lambda: browser.post(here, json={"id": name, "stance": "contradicts"}, headers=JSON),
        lambda: browser.post(browser.at(*way), data={"id": name}),
    )
    assert statuses in ([204, 422], [200, 204] if way == ("undo",) else [200, 422])
    assert not open_desk(folder).judgements.conflicts


def test_a_document_that_has_just_left_the_folder_is_said_to_be_gone(
    browser: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the list of documents was made a moment before."""
    there = browser.at("code", document_id("documents/odd2020.md"))
    assert browser.get(there).status_code == 200
    listed = document_entries(open_desk(folder), "ani", {}, ())
    monkeypatch.setattr("benang.web.coding._entries", lambda _: listed)
    (folder / "documents" / "odd2020.md").unlink()
    browser.workbench.reviews[0].changed()
    assert browser.get(there).status_code == 404


def test_suggestions_are_accepted_and_declined(browser: Browser, folder: Path) -> None:
    """They are a layer of their own until then."""
    asked = SearchRequest(folder=folder, by="text", words="prices rose", code="rent", all_hits=True)
    search(replace(asked, as_suggestions=True))
    here = browser.at("documents", document_id("documents/sari2018.md"), "codings")
    one, other = browser.get(here).json()["codings"]
    assert one["isSuggestion"]

    answer = browser.post(browser.at("codings", "suggestions"), json={"take": [one["id"]], "decline": [other["id"]]})

    assert answer.status_code == 200
    (coding,) = browser.get(here).json()["codings"]
    assert (coding["coder"], coding["isSuggestion"]) == ("ani", False)


def test_codings_under_an_earlier_rule_wait_for_another_look(browser: Browser, folder: Path) -> None:
    """Until their coder confirms them."""
    code(browser, "The rent")
    path = folder / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("of a stall rises", "of a place rises"), encoding="utf-8")
    assert browser.review is not None
    browser.review.changed()
    here = browser.at("documents", document_id("documents/sari2018.md"), "codings")
    (old,) = browser.get(here).json()["codings"]

    answer = browser.post(browser.at("codings", "confirm"), json={"ids": [old["id"]]})

    assert answer.status_code == 200
    assert [old["isAgain"], *(one["isAgain"] for one in browser.get(here).json()["codings"])] == [True, False]


def test_what_was_looked_at_is_kept_and_shown(browser: Browser, folder: Path) -> None:
    """And taken back by the same box."""
    asked = {"case": "muara", "group": "reasons", "done": True}
    browser.post(browser.at("codings", "looked"), json=asked)

    assert [(one.case, one.state) for one in open_desk(folder).judgements.of(Task)] == [("muara", "done")]
    entries = browser.get(browser.at("code", "list")).text
    assert 'class="state done"' in entries

    browser.post(browser.at("codings", "looked"), json=asked | {"done": False})
    assert 'class="state done"' not in browser.get(browser.at("code", "list")).text


def test_a_code_is_added_to_the_codebook(browser: Browser, folder: Path) -> None:
    """With its definition; the panel shows it with its key."""
    browser.post(browser.at("codes"), json={"label": "Rain", "definition": "Water from above."})

    assert open_desk(folder).codebook.by_id["rain"].definition == "Water from above."
    assert 'data-code="rain"' in browser.get(browser.at("code", "codes")).text


def test_a_memo_about_the_document_is_shown_with_it(browser: Browser) -> None:
    """It is named as the address names it."""
    name = document_id("documents/sari2018.md")
    browser.post(browser.at("codings", "memos"), json={"about": "document", "of": name, "text": "Read twice."})

    shown = browser.get(browser.at("documents", name, "codings")).json()
    assert shown["memos"] == [{"coder": "ani", "text": "Read twice."}]


def test_a_value_of_a_form_is_given_with_its_passage(browse: Browse, tmp_path: Path) -> None:
    """The form shows it, and the study or case that it is about; without a passage it is refused."""
    folder = appraised_markets(tmp_path / "forms")
    browser, name = browse(folder), document_id("documents/sari2018.md")
    start = text_of(folder, "sari2018").index(GATES)
    passage = [{"document": name, "start": start, "end": start + len(GATES), "quote": GATES}]
    asked = {"variable": "aim", "subject": "sari2018", "value": "yes"}
    here = browser.at("documents", name, "values")

    assert browser.post(here, data=asked, headers=JSON).status_code == 422
    assert browser.post(here, data=asked | {"evidence": "[{}]"}, headers=JSON).status_code == 422
    assert browser.post(here, data=asked | {"evidence": json.dumps(passage)}).status_code == 204

    (value,) = open_desk(folder).judgements.of(Value)
    assert (value.case, value.value, value.passages[0].start) == ("sari2018", "yes", start)
    shown = browser.get(browser.at("code", "forms"), params={"document": name}).text
    assert '<option value="yes" selected>Yes</option>' in shown
    assert GATES in shown
    assert "Charting" in shown
    assert browser.post(here, data=asked | {"value": "not_reported"}).status_code == 204


def test_words_are_found_in_all_documents_and_coded_together(browser: Browser, folder: Path) -> None:
    """Those places that were ticked, each for the case of its study."""
    found = browser.get(browser.at("code", "search"), params={"words": "price*"}).text
    names = re.findall('name="hits" value="([^"]+)"', found)
    assert len(names) == 2

    answer = browser.post(browser.at("code", "search"), data={"words": "price*", "code": "rent", "hits": names[1:]})

    assert answer.status_code == 204
    (coding,) = codings(folder)
    assert (coding.quote, coding.case, names[1].endswith(f":{coding.start}:{coding.end}")) == ("prices", "muara", True)


def test_places_that_have_moved_since_the_search_are_not_coded(browser: Browser, folder: Path) -> None:
    """Nothing is coded that nobody has seen."""
    asked = {"words": "price*", "code": "rent", "hits": [f"{document_id('documents/sari2018.md')}:1:2"]}

    answer = browser.post(browser.at("code", "search"), data=asked, headers=JSON)

    assert answer.status_code == 422
    assert codings(folder) == ()


def test_pages_of_the_pdf_are_drawn(browse: Browse, folder: Path) -> None:
    """As pictures; a page that the paper does not have is refused."""
    (folder / "papers").mkdir()
    (folder / "papers" / "sari2018.pdf").write_bytes(plain_pdf("One.", "Two."))
    text = "---\nrecord: sari2018\npaper: papers/sari2018.pdf\n---\nOne.\n\fTwo.\n"
    (folder / "documents" / "sari2018.md").write_text(text, encoding="utf-8")
    browser = browse(folder)
    here = browser.at("documents", document_id("documents/sari2018.md"))

    picture = browser.get(f"{here}/pages/2.png")

    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert browser.get(f"{here}/pages/3.png").status_code == 422
    odd = browser.at("documents", document_id("documents/odd2020.md"))
    assert browser.get(f"{odd}/pages/1.png").status_code == 422
    assert "data-paper" in browser.get(browser.at("code", document_id("documents/sari2018.md"))).text


def test_the_example_of_a_case_says_that_it_is_one(browse: Browse, tmp_path: Path) -> None:
    """Its values are made up; once somebody has written a case of their own, nothing is said."""
    folder = tmp_path / "towns"
    files = beginning_files(Beginning(title="Towns", question="Why?", kind="cases"))
    write_folder(folder, {name: text.encode() for name, text in files.items()}, ("sources", "documents"))
    (folder / "documents" / "odd2020.md").write_text(ODD, encoding="utf-8")
    browser = browse(folder)
    page = browser.at("code", document_id("documents/odd2020.md"))
    says = "“An example” only shows what a case is"

    assert says in browser.get(page).text

    cases = folder / "cases.toml"
    cases.write_text(cases.read_text(encoding="utf-8").replace("Where it is", "Muara"), encoding="utf-8")
    assert says not in browser.get(page).text


@pytest.mark.parametrize("name", ["0" * 10, "..%2f..%2freview.toml", "documents", "0123456789a"])
def test_a_document_is_looked_up_and_never_a_path(browser: Browser, name: str) -> None:
    """Whatever an address names."""
    for address in (browser.at("documents", name), browser.at("documents", name, "codings"), browser.at("code", name)):
        answer = browser.get(address)

        assert answer.status_code in (404, 422)
        assert "reviewers" not in answer.text


def test_without_documents_the_page_says_where_to_add_them(browse: Browse, tmp_path: Path) -> None:
    """And without codes, how the first is added."""
    folder = markets(tmp_path / "bare")
    for path in (folder / "documents").iterdir():
        path.unlink()

    page = browse(folder).get

    assert "No documents yet" in page(f"/reviews/{browse(folder).review.id}/code").text  # type: ignore[union-attr]


def test_papers_that_wait_for_their_record_are_named_where_nothing_can_be_read_yet(
    browse: Browse, tmp_path: Path
) -> None:
    """Whoever has dropped papers is led to where they say which records these are."""
    folder = write_towns(tmp_path / "towns", {"ani": (None,)})
    (folder / "documents" / "k01.md").unlink()
    (folder / "papers").mkdir()
    (folder / "papers" / "one.pdf").write_bytes(b"%PDF-1.4\n")
    browser = browse(folder)

    page = browser.get(browser.at("code")).text

    assert "1 paper waits for you to say which record it is." in page
    assert browser.at("import", "papers") in page


def test_a_new_code_is_undone_and_redone(browse: Browse, tmp_path: Path) -> None:
    """As every act is; the codebook is then as it was, byte for byte."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)})
    browser, before = browse(folder), (folder / "codebook.toml").read_bytes()

    browser.post(browser.at("codes"), json={"label": "Rain"})
    after = (folder / "codebook.toml").read_bytes()

    assert b"Rain" in after
    undone = browser.post(browser.at("undo"))
    assert json.loads(undone.headers["hx-trigger"])["said"]["text"] == "Undone: the code Rain"
    assert (folder / "codebook.toml").read_bytes() == before
    browser.post(browser.at("redo"))
    assert (folder / "codebook.toml").read_bytes() == after


def test_a_form_is_added_by_a_click_and_can_be_undone(browse: Browse, tmp_path: Path) -> None:
    """It is shown for the document at once; what the codebook has is not offered again."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)})
    browser, before = browse(folder), (folder / "codebook.toml").read_bytes()
    name = document_id("documents/k01.md")
    empty = browser.get(browser.at("code", "forms"), params={"document": name}).text
    assert "This review has no form yet." in empty
    assert '<option value="quads">QuADS</option>' in empty

    added = browser.post(browser.at("code", "forms"), data={"template": "quads", "document": name})

    assert json.loads(added.headers["hx-trigger"])["said"]["text"] == "Added: QuADS."
    assert added.text.count('class="value"') == 13
    assert 'value="quads"' not in added.text
    refused = browser.post(browser.at("code", "forms"), data={"template": "quads", "document": name})
    assert refused.status_code == 422
    assert json.loads(browser.post(browser.at("undo")).headers["hx-trigger"])["said"]["text"] == (
        "Undone: the form QuADS"
    )
    assert (folder / "codebook.toml").read_bytes() == before


def test_a_code_is_added_with_a_group_of_its_own(browse: Browse, tmp_path: Path) -> None:
    """The panel shows the group with its code."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}))

    browser.post(browser.at("codes"), json={"label": "Trade", "new_group": "Fields of cooperation"})

    panel = browser.get(browser.at("code", "codes")).text
    assert "Fields of cooperation" in panel
    assert 'data-code="trade"' in panel
