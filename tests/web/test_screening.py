"""The page Screen: decisions as they were seen, two tabs on one record, lists, conflicts, criteria and the flow."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from tests.tasks.screening.shelves import shelves
from tests.tasks.screening.test_deciding import log
from tests.web.conftest import Browse, Browser, at_once

from benang.judgements.log import read_judgements
from benang.project.folder import open_folder
from benang.review.plan_reading import read_plan
from benang.tasks.screening.cards import Seat
from benang.tasks.screening.deciding import decided_on

pytestmark = pytest.mark.fast

LISTED = '\n[screening]\norder = "listed"\n'
OPEN = LISTED + "\n[screening.title_abstract]\nblinded = false\n"
Page = Callable[..., Any]


def fields(text: str) -> dict[str, str]:
    """Return what the form of a record sends beside its button."""
    return {name: unescape(value) for name, value in re.findall(r'name="(record|mark|stage)" value="([^"]*)"', text)}


def decided(browser: Browser, seen: dict[str, str], choice: str, **more: str) -> Any:
    """Press a button below a record."""
    return browser.post(
        browser.at("screen", "decisions"), data={**seen, "choice": choice, **more}, headers={"HX-Request": "true"}
    )


def decisions(folder: Path, coder: str = "ani") -> list[tuple[object, object, object]]:
    """Read record, verdict and reason of the decisions in a log."""
    return [(one["record"], one["verdict"], one["reason"]) for one in log(folder, coder) if one["kind"] == "decision"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of four records, in the order of its export."""
    return shelves(tmp_path / "shops", extra=LISTED)


def test_a_record_is_decided_and_the_next_one_comes(folder: Path, browse: Browse) -> None:
    """The decision is in the log, and the answer is the next record's card."""
    browser = browse(folder)
    answer = decided(browser, fields(browser.get(browser.at("screen")).text), "exclude:no-shop", note="a  kiosk")
    assert answer.status_code == 200
    assert fields(answer.text)["record"] == "s1"
    assert "1 of 4 decided · 3 left" in answer.text
    assert decisions(folder) == [("s0", "exclude", "no-shop")]
    assert log(folder, "ani")[-1]["note"] == "a kiosk"


def test_a_decision_sent_twice_is_one(folder: Path, browse: Browse) -> None:
    """As when the connection broke before the answer came."""
    browser = browse(folder)
    seen = fields(browser.get(browser.at("screen")).text)
    first, again = decided(browser, seen, "include"), decided(browser, seen, "include")
    assert (first.status_code, again.status_code) == (200, 200)
    assert decisions(folder) == [("s0", "include", "")]


def test_the_second_tab_is_told_and_forks_nothing(folder: Path, browse: Browse) -> None:
    """It sees what was decided; pressing again, in view of that, changes it."""
    browser = browse(folder)
    seen = fields(browser.get(browser.at("screen")).text)
    decided(browser, seen, "include")
    late = decided(browser, seen, "exclude")
    assert late.status_code == 409
    assert late.headers["HX-Retarget"] == "#screening"
    assert "This record was decided in the meantime." in late.text
    assert decisions(folder) == [("s0", "include", "")]
    assert decided(browser, fields(late.text), "exclude").status_code == 200
    judgements = read_judgements(open_folder(folder))
    assert not judgements.conflicts
    assert [one.verdict for one in judgements.current if one.kind == "decision"] == ["exclude"]  # type: ignore[attr-defined]


def test_two_tabs_that_press_at_once_make_one_decision(folder: Path, browse: Browse) -> None:
    """One of them is told."""
    browser = browse(folder)
    seen = fields(browser.get(browser.at("screen")).text)
    presses = [lambda choice=choice: decided(browser, seen, choice) for choice in ("include", "exclude")]
    assert at_once(*presses) == [200, 409]
    assert len(decisions(folder)) == 1


def test_a_decision_that_is_changed_while_it_is_undone_contradicts_nothing(
    folder: Path, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is changed and that is undone, or it is undone and whoever changes it is told, as the tabs come."""

    def slowly(*asked: Any) -> Any:
        sleep(0.3)
        return decided_on(*asked)

    browser = browse(folder)
    decided(browser, fields(browser.get(browser.at("screen")).text), "include")
    seen = fields(browser.get(browser.at("screen", "one"), params={"record": "s0"}).text)
    monkeypatch.setattr("benang.tasks.screening.deciding.decided_on", slowly)
    statuses = at_once(lambda: decided(browser, seen, "exclude"), lambda: browser.post(browser.at("undo")))
    assert statuses in ([200, 204], [204, 409])
    assert not read_judgements(open_folder(folder)).conflicts


def test_a_page_that_shows_itself_anew_keeps_its_record(folder: Path, browse: Browse) -> None:
    """What another tab decides is said; another record in its place would be decided unread."""
    browser = browse(folder)
    text = browser.get(browser.at("screen")).text
    address = unescape(re.search(r'hx-get="([^"]*/screen/one[^"]*)"', text)[1])  # type: ignore[index]
    assert browser.get(address).status_code == 204
    decided(browser, fields(text), "include")
    anew = browser.get(address).text
    assert fields(anew)["record"] == "s0"
    assert "This record was decided in the meantime." in anew


def test_undo_brings_the_record_back_also_after_a_reload(folder: Path, browse: Browse) -> None:
    """Though in the order of the plan another one would be next."""
    browser = browse(folder)
    for _ in range(2):
        decided(browser, fields(browser.get(browser.at("screen")).text), "include")
    browser.post(browser.at("screen", "later"), data={"record": "s2"})
    assert browser.post(browser.at("undo")).status_code == 204
    assert fields(browser.get(browser.at("screen")).text)["record"] == "s1"
    assert fields(browse(folder).get(browser.at("screen")).text)["record"] == "s1"


def test_a_record_put_off_comes_last(folder: Path, browse: Browse) -> None:
    """Nothing is written."""
    browser = browse(folder)
    answer = browser.post(browser.at("screen", "later"), data={"record": "s0"})
    assert fields(answer.text)["record"] == "s1"
    assert not list(folder.glob("judgements/*.jsonl"))


def test_a_full_text_is_excluded_for_a_reason(folder: Path, browse: Browse) -> None:
    """Without one the message says so, and nothing is written."""
    browser = browse(folder)
    decided(browser, fields(browser.get(browser.at("screen")).text), "include")
    text = browser.get(browser.at("screen"), params={"stage": "full-text"}).text
    assert "Not obtainable" in text
    answer = decided(browser, fields(text), "exclude")
    assert answer.status_code == 422
    assert "without a reason" in json.loads(answer.headers["HX-Trigger"])["said"]["text"]
    assert decided(browser, fields(text), "exclude:no-data").status_code == 200
    assert decisions(folder)[-1] == ("s0", "exclude", "no-data")


def test_a_full_text_is_opened_where_it_is_coded(folder: Path, browse: Browse) -> None:
    """And as the PDF that the folder has; what leads out of the folder is no PDF of a record."""
    (folder / "documents").mkdir()
    (folder / "documents" / "s0.md").write_text("Why shops close.\n", encoding="utf-8")
    (folder / "papers").mkdir()
    (folder / "papers" / "s0.pdf").write_bytes(b"%PDF-1.4")
    browser = browse(folder)
    decided(browser, {"record": "s0", "mark": "-"}, "include")
    text = browser.get(browser.at("screen"), params={"stage": "full-text"}).text
    address = re.search(r'href="([^"]*/code/[0-9a-f]{10})"', text)
    assert address
    assert "Why shops close." in browser.get(address[1]).text
    assert browser.get(browser.at("screen", "paper"), params={"record": "s0"}).content == b"%PDF-1.4"
    assert browser.get(browser.at("screen", "paper"), params={"record": "../review"}).status_code == 404


def test_an_attempt_to_get_a_report_is_noted(folder: Path, browse: Browse) -> None:
    """With the day, in the log."""
    browser = browse(folder)
    decided(browser, {"record": "s0", "mark": "-"}, "include")
    form = {"record": "s0", "way": "asked the author", "day": "2026-11-30"}
    assert browser.post(browser.at("screen", "attempts"), data=form).status_code == 204
    text = browser.get(browser.at("screen"), params={"stage": "full-text"}).text
    assert "2026-11-30 · asked the author" in text


def test_the_order_by_priority_is_learned_between_requests_and_ends_with_the_server(
    tmp_path: Path, browse: Browse
) -> None:
    """What is like an included record comes before what is like an excluded one."""
    pytest.importorskip("sklearn")
    folder = shelves(tmp_path / "shops", n=0, extra='\n[screening]\norder = "priority"\n')
    texts = [
        "market lane stall",
        "market lane noon",
        "market stall night",
        "rice price oil",
        "rice price rate",
        "oil price",
    ]
    (folder / "sources" / "shops.ris").write_text(
        "\n".join(f"TY  - JOUR\nID  - t{at}\nTI  - {text}\nER  - \n" for at, text in enumerate(texts)), encoding="utf-8"
    )
    browser = browse(folder)
    decided(browser, {"record": "t0", "mark": "-"}, "include")
    decided(browser, {"record": "t3", "mark": "-"}, "exclude:no-shop")
    keys = re.findall(r'name="keys" value="(\w+)"', browser.get(browser.at("screen", "list")).text)
    assert {*keys[:2]} == {"t1", "t2"}
    assert browser.review is not None
    thread = browser.review.held("seat of ani", Seat, of=browser.review.screening().plan).retraining
    assert thread is not None
    browser.workbench.close()
    with pytest.raises(RuntimeError):
        thread.order([(0, True), (1, False), (2, True)])


def test_many_records_are_decided_at_once_but_for_what_was_decided_meanwhile(folder: Path, browse: Browse) -> None:
    """The one that another tab has decided is left as it is, and counted."""
    browser = browse(folder)
    text = browser.get(browser.at("screen", "list")).text
    ticked = [unescape(one) for one in re.findall(r'name="records" value="([^"]*)"', text)]
    assert ticked == ["-:s0", "-:s1", "-:s2", "-:s3"]
    decided(browser, {"record": "s1", "mark": "-"}, "include")
    answer = browser.post(
        browser.at("screen", "rows"),
        data={"records": ticked[:3], "keys": ["s0", "s1", "s2", "s3"], "choice": "exclude", "reason": "no-shop"},
        headers={"HX-Request": "true"},
    )
    said = json.loads(answer.headers["HX-Trigger"])["said"]
    assert said["text"].startswith("2 records decided")
    assert "1 record was decided in the meantime" in said["text"]
    assert decisions(folder) == [("s1", "include", ""), ("s0", "exclude", "no-shop"), ("s2", "exclude", "no-shop")]
    assert re.findall(r'name="keys" value="(\w+)"', answer.text) == ["s0", "s1", "s2", "s3"]


def test_a_row_is_decided_in_its_place(folder: Path, browse: Browse) -> None:
    """The answer is the row as it is now."""
    browser = browse(folder)
    answer = browser.post(browser.at("screen", "row"), data={"record": "s2", "mark": "-", "choice": "unsure"})
    assert 'class="badge warn">Unsure' in answer.text
    assert decisions(folder) == [("s2", "unsure", "")]


def test_a_list_is_searched_and_filtered(folder: Path, browse: Browse) -> None:
    """By all words in what a record says, and by what came of it."""
    browser = browse(folder)
    decided(browser, {"record": "s0", "mark": "-"}, "include")
    address = browser.at("screen", "list")
    keys = r'name="keys" value="(\w+)"'
    assert re.findall(keys, browser.get(address, params={"q": "radios CLOSED"}).text) == ["s2"]
    assert re.findall(keys, browser.get(address, params={"show": "include"}).text) == ["s0"]
    assert re.findall(keys, browser.get(address, params={"show": "my-include"}).text) == ["s0"]
    assert re.findall(keys, browser.get(address).text) == ["s1", "s2", "s3"]


def test_a_conflict_is_shown_with_both_sides_and_settled(tmp_path: Path, browse: Browse) -> None:
    """By the consensus, which both then see."""
    folder = shelves(tmp_path / "shops", "ani", "budi", extra=OPEN)
    browser = browse(folder)
    decided(browser, {"record": "s0", "mark": "-"}, "include")
    assert browser.post(browser.at("coder"), data={"name": "budi"}).status_code == 204
    decided(browser, {"record": "s0", "mark": "-"}, "exclude:no-shop", note="a kiosk")
    text = browser.get(browser.at("screen", "conflicts")).text
    assert re.findall(r'<div class="side (\w+)"><p><b>(\w+)', text) == [("include", "ani"), ("exclude", "budi")]
    assert "Not a shop" in text
    assert "a kiosk" in text
    answer = browser.post(browser.at("screen", "settle"), data={**fields(text), "choice": "include"})
    assert "Settled together:" in answer.text
    assert decisions(folder, "consensus") == [("s0", "include", "")]
    assert "Nothing to settle" in browser.get(browser.at("screen", "conflicts")).text


def test_blinded_decisions_of_a_colleague_are_on_no_page(tmp_path: Path, browse: Browse) -> None:
    """Neither in lists nor in numbers."""
    folder = shelves(tmp_path / "shops", "ani", "budi", extra=LISTED)
    browser = browse(folder)
    decided(browser, {"record": "s0", "mark": "-"}, "exclude:no-shop", note="a secret")
    browser.post(browser.at("coder"), data={"name": "budi"})
    parts = ("", "list?show=all", "list?show=exclude", "conflicts", "progress", "flow?box=records_screened", "criteria")
    pages = [browser.get(browser.at("screen", part)).text for part in parts]
    said = log(folder, "ani")[-1]
    pages += [browser.get(browser.at(part)).text for part in ("", "history", "describe", "report")]
    pages += [browser.get(browser.at("screen", "lists", f"{which}.csv")).text for which in ("excluded", "undecided")]
    pages.append(browser.get(browser.at("codings", "history"), params={"coding": str(said["id"])}).text)
    for text in pages:
        assert "a secret" not in text
        assert 'badge bad">Excluded' not in text
        assert str(said["time"])[:19] not in text
    assert "0 of 4 decided" in browser.get(browser.at("screen")).text
    answer = browser.post(browser.at("screen", "criteria", "remove"), data={"name": "no-shop"})
    assert not re.search(r"\d+ decision", answer.text)


def test_a_criterion_is_added_and_removed_and_both_are_undone(folder: Path, browse: Browse) -> None:
    """Comments and all else in the plan stay."""
    plan = folder / "review.toml"
    plan.write_text("# ours\n" + plan.read_text(encoding="utf-8"), encoding="utf-8")
    before = plan.read_text(encoding="utf-8")
    browser = browse(folder)
    form = {"kind": "exclude", "text": "A market, not a shop", "stage": "title-abstract", "terms": "market*, bazaar"}
    assert browser.post(browser.at("screen", "criteria"), data=form).status_code == 303
    added = read_plan(open_folder(folder)).criteria[-1]
    assert (added.id, added.stage, added.kind, added.terms) == (
        "a-market-not-a-shop", "title-abstract", "exclude", ("market*", "bazaar"),
    )  # fmt: skip
    assert plan.read_text(encoding="utf-8").startswith("# ours\n")
    browser.post(browser.at("screen", "criteria", "remove"), data={"name": added.id})
    assert len(read_plan(open_folder(folder)).criteria) == 3
    browser.post(browser.at("undo"))
    assert read_plan(open_folder(folder)).criteria[-1].id == added.id
    browser.post(browser.at("undo"))
    assert plan.read_text(encoding="utf-8") == before


def test_a_criterion_that_is_somebodys_reason_stays(folder: Path, browse: Browse) -> None:
    """The decisions would lose what they say."""
    browser = browse(folder)
    decided(browser, {"record": "s0", "mark": "-"}, "exclude:no-shop")
    answer = browser.post(browser.at("screen", "criteria", "remove"), data={"name": "no-shop"})
    assert answer.status_code == 422
    assert "Decisions name this criterion as their reason" in answer.text


def test_terms_are_highlighted_and_titles_do_nothing(folder: Path, browse: Browse) -> None:
    """What a record says is never taken for markup."""
    source = folder / "sources" / "shops.ris"
    source.write_text(source.read_text().replace("Shops that sold ginger", "<script>ginger</script>"), encoding="utf-8")
    browser = browse(folder)
    browser.post(browser.at("screen", "criteria"), data={"kind": "include", "text": "Spice", "terms": "ginger"})
    text = browser.get(browser.at("screen")).text
    assert '&lt;script&gt;<mark class="include">ginger</mark>&lt;/script&gt;' in text


def test_without_scikit_learn_records_come_in_random_order(
    tmp_path: Path, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says why, and how to have it."""
    monkeypatch.setitem(sys.modules, "sklearn.svm", None)
    browser = browse(shelves(tmp_path / "shops", extra='\n[screening]\norder = "priority"\n'))
    text = browser.get(browser.at("screen")).text
    assert "needs scikit-learn" in text
    assert decided(browser, fields(text), "include").status_code == 200


def test_the_flow_opens_its_numbers_and_is_downloaded(folder: Path, browse: Browse) -> None:
    """As the command line counts and draws it."""
    browser = browse(folder)
    decided(browser, {"record": "s0", "mark": "-"}, "exclude:no-shop")
    text = browser.get(browser.at("screen", "progress")).text
    assert "box=records_excluded/no-shop" in text
    listed = browser.get(browser.at("screen", "flow"), params={"box": "records_excluded/no-shop"}).text
    assert "Shops that sold ginger and closed" in listed
    assert browser.get(browser.at("screen", "flow"), params={"box": "nothing"}).status_code == 404
    table = browser.get(browser.at("screen", "prisma.csv")).text
    assert "records_excluded" in table
    answer = browser.get(browser.at("screen", "lists", "excluded.ris"))
    assert "TI  - Shops that sold ginger and closed" in answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="excluded.ris"'


def test_the_end_of_a_task_is_written_and_undone(folder: Path, browse: Browse) -> None:
    """What is left is not screened; undo takes it up again."""
    browser = browse(folder)
    decided(browser, {"record": "s0", "mark": "-"}, "include")
    assert browser.post(browser.at("screen", "end")).status_code == 204
    assert log(folder, "ani")[-1]["kind"] == "completion"
    browser.post(browser.at("undo"))
    assert "3 left" in browser.get(browser.at("screen")).text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("decisions", {"record": "nothing", "choice": "include"}),
        ("decisions", {"record": "s0", "choice": "exclude:nothing"}),
        ("decisions", {"record": "s0", "choice": "perhaps"}),
        ("decisions", {"record": "s0", "choice": "include", "stage": "full-text"}),
        ("settle", {"record": "s0", "choice": "include"}),
        ("rows", {"choice": "include"}),
        ("rows", {"choice": "include", "records": ["s0"]}),
        ("row", {"record": "\x00", "choice": "include"}),
        ("later", {"record": "nothing"}),
        ("end", {}),
        ("criteria", {"kind": "exclude", "text": " "}),
        ("criteria/remove", {"name": "nothing"}),
        ("attempts", {"record": "s0", "way": "mail"}),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(
    folder: Path, browse: Browse, path: str, data: dict[str, Any]
) -> None:
    """With a sentence, and no error of the server."""
    browser = browse(folder)
    before = (folder / "review.toml").read_bytes()
    answer = browser.post(browser.at("screen", path), data=data)
    assert 400 <= answer.status_code < 500
    assert not list(folder.glob("judgements/*.jsonl"))
    assert (folder / "review.toml").read_bytes() == before
