"""Import: files dropped, accounted for and taken out, tables explained, pairs decided, records and papers looked at."""

from __future__ import annotations

import errno
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from tests.web.conftest import HOME, Browse, Browser

from benang.files import sha256
from benang.progress import Progress
from benang.tasks import paper_files
from benang.tasks.jobs import Jobs
from benang.tasks.read_works import examine
from benang.web.app import create_app
from benang.web.guard import Pass

pytestmark = pytest.mark.fast

PLAN = """format = 1
title = "Markets (invented)"
question = "Why?"
reviewers = ["ani"]

[sources]
files = ["sources/*"]
"""
RIS = "TY  - JOUR\nTI  - {title}\nAU  - Umpama, Ani\nPY  - {year}\nAB  - {abstract}\nER  - \n"
TABLE = (
    "No.,Naslov,Kdo,Leto\n"
    '1,Night markets and rent,"Umpama, A.; Contoh, B.",2018\n'
    '2,Lamps that went out,"Misal, C.",2019\n'
    '3,Stalls that stayed,"Rekaan, D.",2020\n'
)
DOUBTFUL = (
    "TY  - JOUR\nID  - a1\nTI  - Night markets and the rent of stalls in Muara\nAU  - Umpama, A.\nPY  - 2018\n"
    "JO  - Invented Markets\nDO  - 10.9999/a.1\nER  - \n"
    "TY  - CONF\nID  - b2\nTI  - Night markets and the rent of stalls in Muara\nAU  - Umpama, A.\nPY  - 2018\n"
    "JO  - Proceedings of Invention\nDO  - 10.9999/b.2\nER  - \n"
)
PAPER = "<html><body><h1>Lamps that went out in the night</h1><p>{}</p></body></html>".format(
    "The lamps went out. " * 40
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review without any records."""
    root = tmp_path / "markets"
    for name in ("sources", "papers", "documents", "judgements"):
        (root / name).mkdir(parents=True)
    (root / "review.toml").write_text(PLAN, encoding="utf-8")
    return root


@pytest.fixture
def browser(folder: Path, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Return a browser on the review; what is read in processes of their own is read in this one."""
    monkeypatch.setattr(Jobs, "do", lambda _jobs, _review, _kind, work, *given, **_limits: work(*given))
    browser = browse(folder)
    browser.headers["hx-request"] = "true"
    return browser


def dropped(browser: Browser, name: str, content: str | bytes) -> Any:
    """Drop a file on the page."""
    data = content.encode() if isinstance(content, str) else content
    return browser.post(browser.at("uploads"), files={"file": (name, data)})


def said(answer: Any) -> str:
    """Return the short message of an answer."""
    return str(json.loads(answer.headers["hx-trigger"])["said"]["text"])


def words(answer: Any) -> str:
    """Return the words of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text))).strip()


def files(folder: Path) -> list[str]:
    """Name the files of a review, but for what Benang keeps for itself."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(one for one in paths if not one.startswith(".benang/") and not one.endswith(".lock"))


def test_an_export_is_read_and_accounted_for(browser: Browser, folder: Path) -> None:
    """Found is read and set aside; what it lacks is named, with the way to get it."""
    answer = dropped(browser, "wos.ris", RIS.format(title="Lamps", year=2019, abstract="Dark.") * 2)

    assert (answer.status_code, said(answer)) == (204, "wos.ris: 2 records read.")
    page = words(browser.get(browser.at("import")))
    assert "2 records found = 2 read + 0 set aside" in page
    assert "What is missing, and how to export it: no keywords in this export" in page
    assert files(folder) == ["review.toml", "sources/wos.ris"]


def test_what_was_set_aside_stands_with_place_and_reason(browser: Browser) -> None:
    """Nothing vanishes without a word."""
    broken = RIS.format(title="Lamps", year=2019, abstract="Dark.") + "PY  - 2020\nAU  - Umpama\nER  - \n"
    answer = dropped(browser, "a.ris", broken)

    assert said(answer) == "a.ris: 1 record read. 1 was set aside."
    assert re.search(r"Set aside, and why \(1\) Record Line Reason 2 7 ", words(browser.get(browser.at("import"))))


def test_a_process_of_its_own_reads_what_is_dropped(folder: Path, browse: Browse) -> None:
    """What comes of it is the same, and stays in memory no longer than it is needed."""
    browser = browse(folder)
    answer = dropped(browser, "wos.ris", RIS.format(title="Lamps", year=2019, abstract="Dark."))

    assert answer.status_code == 303
    assert [one.result for one in browser.workbench.jobs.all()] == [None]
    assert files(folder) == ["review.toml", "sources/wos.ris"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "expected an export, found a picture"),
        ("a.pdf", b"no paper", "this is not a pdf file, despite its name"),
        ("a.exe", b"MZ\x90\x00" + b"\x00" * 200, "found a program"),
        ("a.ris", b"", "the file is empty"),
        ("a.ris", b"TY  - JOUR\nTI  - Lam", "the only record can't be read"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_and_leaves_nothing(
    browser: Browser, folder: Path, name: str, content: bytes, says: str
) -> None:
    """It is said what was found, and what was expected."""
    answer = dropped(browser, name, content)

    assert answer.status_code == 422
    assert says in said(answer).lower()
    assert files(folder) == ["review.toml"]


def test_a_zip_of_exports_is_one_file(browser: Browser, folder: Path) -> None:
    """Each export in it has its account; one that can't be read refuses the whole."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.ris", RIS.format(title="Lamps", year=2019, abstract=""))
        archive.writestr("b.ris", RIS.format(title="Stalls", year=2020, abstract=""))
    assert said(dropped(browser, "both.zip", packed.getvalue())) == "both.zip: 2 records read."
    assert "a.ris" in words(browser.get(browser.at("import")))

    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("c.png", b"\x89PNG\r\n" + b"\x00" * 50)
    assert dropped(browser, "three.zip", packed.getvalue()).status_code == 422
    assert files(folder) == ["review.toml", "sources/both.zip"]


def test_the_same_file_twice_is_added_once_and_names_that_clash_get_numbers(browser: Browser, folder: Path) -> None:
    """Content decides, whatever the name."""
    first, other = (RIS.format(title=title, year=2019, abstract="") for title in ("Lamps", "Stalls"))
    dropped(browser, "a.ris", first)

    again = dropped(browser, "copy.ris", first)
    assert said(again) == "copy.ris is in the review already, as sources/a.ris. It was not added again."
    dropped(browser, "a.ris", other)
    assert files(folder) == ["review.toml", "sources/a-2.ris", "sources/a.ris"]


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("a.ris", RIS.format(title="Lamps", year=2019, abstract=""), "sources/a.ris"),
        ("p.html", PAPER, "papers/p.html"),
        ("list.csv", TABLE, ".benang/waiting/list.csv"),
    ],
)
def test_the_same_file_twice_at_the_same_time_is_added_once(
    browser: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, kept: str
) -> None:
    """Both were read before either was put there."""
    both = Barrier(2, timeout=30)

    def read(_jobs: Jobs, _review: str, _kind: str, work: Any, *given: Any, **_limits: Any) -> Any:
        both.wait()
        return work(*given)

    monkeypatch.setattr(Jobs, "do", read)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: dropped(browser, one, content), (name, f"copy-{name}")))

    assert [one.status_code for one in answers] == [204, 204]
    place = (folder / kept).parent
    assert len([one for one in place.iterdir() if one.name in (name, f"copy-{name}")]) == 1


@pytest.mark.parametrize("name", ["a" * 300 + ".ris", "市" * 200 + ".ris", "." * 20, "x." + "y" * 400])
def test_a_name_that_is_too_long_is_cut(browser: Browser, folder: Path, name: str) -> None:
    """No disk takes it."""
    assert dropped(browser, name, RIS.format(title="Lamps", year=2019, abstract="")).status_code == 204
    assert len(files(folder)) == 2


@pytest.mark.parametrize("name", ["../../up.ris", "..\\..\\up.ris", "/etc/up.ris", ".up.ris", "a/b/up.ris"])
def test_no_name_leads_out_of_the_folder(browser: Browser, folder: Path, name: str) -> None:
    """What comes before the last slash is no part of it."""
    dropped(browser, name, RIS.format(title="Lamps", year=2019, abstract=""))

    assert files(folder) == ["review.toml", "sources/up.ris"]


def test_a_file_that_is_too_large_is_refused_before_it_is_read(folder: Path, browser: Browser) -> None:
    """By what is said of its length, and by what comes."""
    entrance = Pass(8421)
    small = Browser.__mro__[1](create_app(browser.workbench, entrance, most_upload=10_000), base_url=HOME)
    small.get(entrance.link)

    def body() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.ris"\r\n\r\n'
        for _ in range(20):
            yield b"x" * 1000
        yield b"\r\n--x--\r\n"

    headers = {"x-csrf-token": entrance.csrf, "content-type": "multipart/form-data; boundary=x"}
    assert small.post(browser.at("uploads"), content=b"".join(body()), headers=headers).status_code == 413
    assert small.post(browser.at("uploads"), content=body(), headers=headers).status_code == 413
    assert files(folder) == ["review.toml"]


def test_a_full_disk_leaves_the_review_as_it_was(
    browser: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said why nothing was added."""

    def full(_self: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        answer = dropped(browser, "a.ris", RIS.format(title="Lamps", year=2019, abstract=""))
    assert answer.status_code == 422
    assert "No space left on device" in said(answer)
    assert files(folder) == ["review.toml"]


def test_an_undo_is_said_in_the_language_of_the_page(browser: Browser) -> None:
    """Whatever the language was in which the act was done."""
    dropped(browser, "a.ris", RIS.format(title="Lamps", year=2019, abstract=""))
    browser.cookies.set("benang-language", "id")

    assert said(browser.post(browser.at("undo"))).endswith("berkas sources/a.ris")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_upload_that_breaks_off_leaves_nothing(browser: Browser, folder: Path) -> None:
    """Half a form is no form."""
    half = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.ris"\r\n\r\nTY  - JOUR\nTI  - Lamps'
    answer = browser.post(
        browser.at("uploads"), content=half, headers={"content-type": "multipart/form-data; boundary=x"}
    )

    assert answer.status_code in (400, 422)
    assert files(folder) == ["review.toml"]


def test_a_file_is_removed_and_brought_back(browser: Browser, folder: Path) -> None:
    """Undo and redo of what was dropped and removed, byte for byte."""
    large = RIS.format(title="Lamps", year=2019, abstract="Dark. " * 40_000)
    dropped(browser, "a.ris", large)
    browser.post(browser.at("import", "remove"), data={"file": "sources/a.ris"})
    assert files(folder) == ["review.toml"]

    browser.post(browser.at("undo"))
    assert (folder / "sources" / "a.ris").read_text(encoding="utf-8") == large
    browser.post(browser.at("undo"))
    assert files(folder) == ["review.toml"]
    assert said(browser.post(browser.at("redo"))) == "Redone: the file sources/a.ris"
    assert (folder / "sources" / "a.ris").read_text(encoding="utf-8") == large


@pytest.mark.parametrize("name", ["review.toml", "../markets/review.toml", "sources/../review.toml", "sources"])
def test_nothing_but_exports_and_papers_is_removed(browser: Browser, folder: Path, name: str) -> None:
    """Whatever is asked for."""
    answer = browser.post(browser.at("import", "remove"), data={"file": name})

    assert answer.status_code == 422
    assert files(folder) == ["review.toml"]


def test_a_plan_that_names_its_exports_one_by_one_follows(browser: Browser, folder: Path) -> None:
    """A new file is named, and one that goes is not."""
    (folder / "sources" / "a.ris").write_text(RIS.format(title="Lamps", year=2019, abstract=""), encoding="utf-8")
    plan = folder / "review.toml"
    plan.write_text(PLAN.replace('"sources/*"', '"sources/a.ris"'), encoding="utf-8")
    browser.workbench.reviews[0].changed()

    dropped(browser, "b.ris", RIS.format(title="Stalls", year=2019, abstract=""))
    assert 'files = ["sources/a.ris", "sources/b.ris"]' in plan.read_text(encoding="utf-8")
    browser.post(browser.at("import", "remove"), data={"file": "sources/a.ris"})
    assert 'files = ["sources/b.ris"]' in plan.read_text(encoding="utf-8")
    browser.post(browser.at("import", "remove"), data={"file": "sources/b.ris"})
    assert 'files = ["sources/*"]' in plan.read_text(encoding="utf-8")


# Tables


def test_an_unknown_table_waits_until_its_columns_are_confirmed(browser: Browser, folder: Path) -> None:
    """Three rows are shown, with what was guessed; the plan then says what was confirmed."""
    assert said(dropped(browser, "list.csv", TABLE)) == "list.csv: say below what its columns contain."
    assert "sources/list.csv" not in files(folder)
    page = browser.get(browser.at("import"))
    assert all(title in page.text for title in ("Night markets and rent", "Lamps that went out", "Stalls that stayed"))
    assert re.search(r'value="3=year" selected', page.text)

    without = browser.post(browser.at("import", "columns"), data={"file": "list.csv", "column": ["2=authors"]})
    assert "No column contains the titles" in said(without)
    columns = ["", "1=title", "2=authors", "3=year"]
    answer = browser.post(browser.at("import", "columns"), data={"file": "list.csv", "column": columns})
    assert said(answer) == "list.csv: 3 records read."
    plan = (folder / "review.toml").read_text(encoding="utf-8")
    assert plan == f'{PLAN}\n[sources.columns."sources/list.csv"]\ntitle = "Naslov"\nauthors = "Kdo"\nyear = "Leto"\n'
    assert browser.review is not None
    assert [one.year for one in browser.review.sources().works.records] == [2018, 2019, 2020]


def test_the_columns_of_a_table_that_is_there_are_changed_and_changed_back(browser: Browser, folder: Path) -> None:
    """In the plan alone."""
    dropped(browser, "list.csv", TABLE.replace("Naslov", "Title").replace("Leto", "Year"))
    before = (folder / "review.toml").read_bytes()
    assert "Which column is read as what" in words(browser.get(browser.at("import")))

    columns = {"file": "sources/list.csv", "column": ["1=title", "2=editors"]}
    assert browser.post(browser.at("import", "columns"), data=columns).status_code == 204
    assert browser.review is not None
    assert browser.review.sources().works.records[1].editors == ("Misal, C.",)
    browser.post(browser.at("undo"))
    assert (folder / "review.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (["1=title", "2=title"], "is chosen for several columns"),
        (["1=title", "9=year"], "there is no column 10"),
        (["1=title", "2=raw"], "records have no field 'raw'"),
    ],
)
def test_columns_that_can_not_be_these_are_refused(browser: Browser, columns: list[str], says: str) -> None:
    """With the reason."""
    dropped(browser, "list.csv", TABLE)

    answer = browser.post(browser.at("import", "columns"), data={"file": "list.csv", "column": columns})
    assert answer.status_code == 422
    assert says in said(answer).lower()


def test_a_table_that_waits_is_left_out(browser: Browser, folder: Path) -> None:
    """It was never in the review."""
    dropped(browser, "list.csv", TABLE)
    answer = browser.post(browser.at("import", "remove"), data={"file": "list.csv"})

    assert said(answer) == "list.csv was removed. Ctrl+Z brings it back."
    assert "list.csv" not in browser.get(browser.at("import")).text
    assert files(folder) == ["review.toml"]
    browser.post(browser.at("undo"))
    assert "Lamps that went out" in browser.get(browser.at("import")).text


def test_two_tables_of_one_name_wait_both_and_the_same_one_once(browser: Browser) -> None:
    """None takes the place of another."""
    dropped(browser, "list.csv", TABLE)
    assert said(dropped(browser, "again.csv", TABLE)) == "list.csv: say below what its columns contain."
    other = dropped(browser, "list.csv", TABLE.replace("Lamps", "Stoves"))

    assert said(other) == "list-2.csv: say below what its columns contain."
    page = words(browser.get(browser.at("import")))
    assert ("Lamps that went out" in page, "Stoves that went out" in page) == (True, True)
    assert "again.csv" not in page


def test_a_table_still_waits_when_the_server_was_started_again(browser: Browser, folder: Path, browse: Browse) -> None:
    """It is kept in the folder, and an undo of its import lets it wait again."""
    dropped(browser, "list.csv", TABLE)
    browser.workbench.close()

    again = browse(folder)
    again.headers["hx-request"] = "true"
    assert "Lamps that went out" in words(again.get(again.at("import")))
    columns = ["1=title", "3=year"]
    answer = again.post(again.at("import", "columns"), data={"file": "list.csv", "column": columns})
    assert said(answer) == "list.csv: 3 records read."
    again.post(again.at("undo"))
    assert files(folder) == ["review.toml"]
    assert "It joins the review once you say" in words(again.get(again.at("import")))


def test_a_file_that_somebody_else_put_there_is_named_where_it_can_not_be_read(browser: Browser, folder: Path) -> None:
    """The accounts of the others are shown all the same, and a table is explained where it is."""
    dropped(browser, "a.ris", RIS.format(title="Lamps", year=2019, abstract=""))
    (folder / "sources" / "list.csv").write_text(TABLE, encoding="utf-8")
    browser.workbench.reviews[0].changed()

    page = words(browser.get(browser.at("import")))
    assert "1 record found = 1 read" in page
    assert "This file can't be read" in page
    columns = {"file": "sources/list.csv", "column": ["1=title", "3=year"]}
    assert said(browser.post(browser.at("import", "columns"), data=columns)) == "list.csv: 3 records read."
    assert "This file can't be read" not in words(browser.get(browser.at("import")))


# Pairs


def test_a_pair_in_doubt_is_decided_by_click_and_taken_back(browser: Browser, folder: Path) -> None:
    """The command line reads the same table; undo leaves it as it was."""
    dropped(browser, "a.ris", DOUBTFUL)
    page = browser.get(browser.at("import", "duplicates"))
    assert "Pair 1 of 1" in words(page)
    assert "<mark>Proceedings" in page.text

    pair = {"one": "a1", "other": "b2", "word": "same"}
    answer = browser.post(browser.at("import", "duplicates"), data=pair)
    assert said(answer) == "Decided: the same work."
    assert "No pairs in doubt" in words(answer)
    table = (folder / "duplicates.tsv").read_text(encoding="utf-8").splitlines()
    assert table[0].split("\t")[:3] == ["record", "other", "decision"]
    assert table[1].split("\t")[:3] == ["a1", "b2", "same"]
    assert browser.review is not None
    assert len(browser.review.sources().works) == 1

    assert said(browser.post(browser.at("import", "duplicates"), data=pair)) == "Decided already: the same work."
    otherwise = browser.post(browser.at("import", "duplicates"), data={**pair, "word": "different"})
    assert "decided otherwise" in said(otherwise)
    browser.post(browser.at("undo"))
    assert not (folder / "duplicates.tsv").exists()
    assert len(browser.review.sources().works) == 2


def test_rows_and_remarks_of_others_stay_as_they_are(browser: Browser, folder: Path) -> None:
    """Whatever the order of the columns; what was decided is taken out again."""
    dropped(browser, "a.ris", DOUBTFUL)
    table = folder / "duplicates.tsv"
    own = b'# ours, of May; "open\n\r\nNote;Decision;Record;Other\r\nask Budi;;a1;b2\r\n'
    table.write_bytes(own)
    browser.workbench.reviews[0].changed()

    browser.post(browser.at("import", "duplicates"), data={"one": "a1", "other": "b2", "word": "different"})
    assert table.read_bytes() == own + b";different;a1;b2\r\n"
    browser.post(browser.at("import", "duplicates", "back"), data={"one": "b2", "other": "a1"})
    assert b"different" not in table.read_bytes()
    assert b"# ours" in table.read_bytes()


def test_a_pair_of_records_that_are_not_there_is_refused(browser: Browser, folder: Path) -> None:
    """Nothing is written."""
    answer = browser.post(browser.at("import", "duplicates"), data={"one": "x", "other": "y", "word": "same"})

    assert answer.status_code == 422
    assert not (folder / "duplicates.tsv").exists()


# Records


@pytest.fixture
def with_records(browser: Browser) -> Browser:
    """Return a browser on a review with sixty records of two files."""
    many = "".join(
        RIS.format(title=f"Market {n:02}", year=1960 + n, abstract="Dark." if n % 2 else "") for n in range(59)
    )
    dropped(browser, "many.ris", many)
    dropped(browser, "one.ris", RIS.format(title="Lámpás <b>éjjel</b>", year="", abstract="=1+1"))
    return browser


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("", 60),
        ("search=lampas", 1),
        ("search=umpama+1977", 1),
        ("since=2000&until=2009", 10),
        ("having=abstract", 30),
        ("having=no-abstract", 30),
        ("file=sources/one.ris", 1),
        ("having=text", 0),
        ("outcome=undecided", 60),
        ("search=zzz", 0),
    ],
)
def test_records_are_searched_and_filtered(with_records: Browser, query: str, n: int) -> None:
    """Accents and capitals don't matter; several words must all be there."""
    page = words(with_records.get(f"{with_records.at('import', 'records')}?{query}"))

    assert ("60 records" if n == 60 else f"{n} of 60 records") in page


def test_pages_and_sorting_put_those_without_a_value_last(with_records: Browser) -> None:
    """Either way."""
    address = with_records.at("import", "records")
    titles = [
        re.findall(r'import/record\?key=[^"]+">([^<]+)<', with_records.get(f"{address}?{query}").text)
        for query in ("sort=year&order=down", "sort=year", "sort=year&number=2", "number=99")
    ]

    assert [len(one) for one in titles] == [50, 50, 10, 10]
    assert (titles[0][0], titles[1][0]) == ("Market 58", "Market 00")
    assert titles[2][-1].startswith("Lámpás")


def test_a_record_opens_with_its_fields_its_text_and_nothing_of_it_is_markup(with_records: Browser) -> None:
    """The export's own lines, from where it begins to where the next one does."""
    assert with_records.review is not None
    keys = with_records.review.sources().works.keys
    page = with_records.get(with_records.at("import", "record"), params={"key": keys[-1]})
    assert "<b>éjjel" not in page.text
    assert "one.ris" in words(page)
    page = with_records.get(with_records.at("import", "record"), params={"key": keys[3]})
    raw = re.search(r'<pre class="raw"[^>]*>(.*?)</pre>', page.text, re.DOTALL)
    assert raw is not None
    assert unescape(raw[1]) == RIS.format(title="Market 03", year=1963, abstract="Dark.").strip("\n")
    assert with_records.get(with_records.at("import", "record"), params={"key": "nobody"}).status_code == 422


def test_a_record_leads_back_to_the_list_that_it_was_chosen_from(with_records: Browser) -> None:
    """With its search, but to no other page."""
    assert with_records.review is not None
    key = with_records.review.sources().works.keys[0]
    address, record = with_records.at("import", "records"), with_records.at("import", "record")
    for referer, leads in (
        (f"{HOME}{address}?search=Market&sort=year", f'href="{address}?search=Market&amp;sort=year"'),
        ("http://evil.example/?x=1", f'href="{address}"'),
        ("http://[", f'href="{address}"'),
    ):
        assert leads in with_records.get(record, params={"key": key}, headers={"referer": referer}).text


def test_a_work_says_what_it_was_joined_of(browser: Browser) -> None:
    """And which record each value is from."""
    dropped(browser, "a.ris", DOUBTFUL)
    browser.post(browser.at("import", "duplicates"), data={"one": "a1", "other": "b2", "word": "same"})

    page = words(browser.get(browser.at("import", "record"), params={"key": "b2"}))
    assert "joined from 2 records" in page


# Papers


def test_a_paper_is_matched_and_its_text_taken_out(browser: Browser, folder: Path) -> None:
    """By its title; undo takes paper and text back."""
    dropped(browser, "a.ris", RIS.format(title="Lamps that went out in the night", year=2019, abstract=""))
    answer = dropped(browser, "download (3).html", PAPER)

    assert said(answer).endswith("It is Lamps that went out in the night.")
    assert "papers/download (3).html" in files(folder)
    assert len([one for one in files(folder) if one.startswith("documents/")]) == 1
    page = browser.get(browser.at("import", "papers"))
    assert "1 of 1 papers have a record" in words(page)
    link = re.search(r'href="([^"]+/code/[^"]+)"', page.text)
    assert link is not None
    assert "The lamps went out" in browser.get(link[1]).text
    browser.post(browser.at("undo"))
    assert not [one for one in files(folder) if one.startswith(("documents/", "papers/"))]


def test_papers_are_hashed_again_only_where_they_change(
    browser: Browser, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often pages show them, and whatever else comes into the review."""
    hashed: list[bytes] = []

    def counted(data: bytes) -> str:
        hashed.append(data)
        return sha256(data)

    monkeypatch.setattr(paper_files, "sha256", counted)
    for name in ("one.html", "other.html"):
        (folder / "papers" / name).write_text(f"{PAPER}{name}", encoding="utf-8")
    browser.get(browser.at("import", "papers"))
    assert len(hashed) == 2

    dropped(browser, "a.ris", RIS.format(title="Stalls", year=2020, abstract=""))
    (folder / "papers" / "one.html").write_text(f"{PAPER}anew", encoding="utf-8")
    hashed.clear()
    browser.get(browser.at("import", "papers"))
    assert hashed == [f"{PAPER}anew".encode()]


def test_a_paper_without_a_record_is_kept_and_told_which_it_is(browser: Browser) -> None:
    """A person decides; a record that is none is refused."""
    dropped(browser, "a.ris", RIS.format(title="Something else entirely", year=2019, abstract=""))
    assert said(dropped(browser, "p.html", PAPER)) == "p.html was kept. Say under Papers which record it is."
    assert browser.review is not None
    key = browser.review.sources().works.keys[0]
    assert (
        f'<option value="{key}">'
        in browser.get(browser.at("import", "papers", "choices"), params={"search": "else"}).text
    )

    address = browser.at("import", "papers", "record")
    assert browser.post(address, data={"file": "papers/p.html", "record": "nobody"}).status_code == 422
    assert browser.post(address, data={"file": "papers/../review.toml", "record": key}).status_code == 422
    assert said(browser.post(address, data={"file": "papers/p.html", "record": key})).startswith("p.html: the text of")
    assert "1 of 1 papers have a record" in words(browser.get(browser.at("import", "papers")))


def test_a_paper_that_no_export_has_gets_a_record(browser: Browser, folder: Path) -> None:
    """What its pages say is proposed; one act writes record and text, and one takes both back."""
    assert "Say under Papers which record it is" in said(dropped(browser, "p.html", PAPER))
    page = browser.get(browser.at("import", "papers"))
    assert 'value="Lamps that went out in the night"' in page.text

    told = {
        "file": "papers/p.html",
        "title": "Lamps that went out",
        "authors": "Umpama, Ani; Contoh, B.",
        "year": "2019",
    }
    answer = browser.post(browser.at("import", "papers", "typed"), data=told)
    assert said(answer).endswith("It is Lamps that went out.")
    assert browser.review is not None
    record = browser.review.sources().works.records[0]
    assert (record.key, record.authors, record.year) == ("lamps-that-went-out", ("Umpama, Ani", "Contoh, B."), 2019)
    assert "documents/lamps-that-went-out.txt" in files(folder)
    browser.post(browser.at("undo"))
    assert files(folder) == ["papers/p.html", "review.toml"]


def test_a_second_paper_without_an_export_joins_the_first(browser: Browser, folder: Path) -> None:
    """What is written there by hand stays; names of other files are refused."""
    (folder / "searches.toml").write_text("# ours\nformat = 1\n", encoding="utf-8")
    dropped(browser, "p.html", PAPER)
    dropped(browser, "q.html", PAPER.replace("Lamps", "Stalls"))
    address = browser.at("import", "papers", "typed")
    for name in ("p", "q"):
        assert browser.post(address, data={"file": f"papers/{name}.html", "title": f"Paper {name}"}).status_code == 204

    text = (folder / "searches.toml").read_text(encoding="utf-8")
    assert text.startswith("# ours\nformat = 1\n")
    assert (text.count("[[searches]]"), text.count("[[records]]")) == (1, 2)
    assert browser.post(address, data={"file": "review.toml", "title": "x"}).status_code == 422
    assert (folder / "searches.toml").read_text(encoding="utf-8") == text


def test_papers_that_came_first_get_their_text_with_the_export(folder: Path, browse: Browse) -> None:
    """In whatever order they are dropped."""
    browser = browse(folder)
    browser.headers["hx-request"] = "true"
    dropped(browser, "p.html", PAPER)
    dropped(browser, "a.ris", RIS.format(title="Lamps that went out in the night", year=2019, abstract=""))

    ends = time.monotonic() + 60
    while not list((folder / "documents").glob("*.txt")) and time.monotonic() < ends:
        time.sleep(0.1)
    assert len(list((folder / "documents").glob("*.txt"))) == 1


def test_a_paper_that_comes_while_an_export_can_not_be_read_is_kept_without_its_text(
    browser: Browser, folder: Path
) -> None:
    """It says why, and an undo takes it out."""
    (folder / "sources" / "list.csv").write_text(TABLE, encoding="utf-8")

    answer = dropped(browser, "p.html", PAPER)
    assert answer.status_code == 204
    assert said(answer).startswith("p.html was kept without its text. sources/list.csv: a table whose headers do not")
    assert "papers/p.html" in files(folder)
    browser.post(browser.at("undo"))
    assert "papers/p.html" not in files(folder)


def test_texts_that_were_extracted_are_taken_back_by_one_undo(folder: Path, browse: Browse) -> None:
    """The papers stay, and their texts can be extracted again."""
    browser = browse(folder)
    browser.headers["hx-request"] = "true"
    titles = ("Lamps that went out in the night", "Stalls that stayed until the morning")
    for name, title in zip("pq", titles, strict=True):
        (folder / "papers" / f"{name}.html").write_text(PAPER.replace(titles[0], title), encoding="utf-8")
    exports = "".join(RIS.format(title=title, year=2019, abstract="") for title in titles)
    (folder / "sources" / "a.ris").write_text(exports, encoding="utf-8")
    before = files(folder)

    assert browser.post(browser.at("import", "papers", "text")).status_code == 204
    _wait_until(lambda: not [one for one in browser.workbench.jobs.all() if not one.is_over])
    assert len(files(folder)) == len(before) + 2
    assert said(browser.post(browser.at("undo"))) == "Undone: the texts of 2 papers"
    assert files(folder) == before
    assert said(browser.post(browser.at("redo"))) == "Redone: the texts of 2 papers"
    assert "2 of 2 papers have a record" in words(browser.get(browser.at("import", "papers")))


def _endless(*_given: Any, progress: Progress) -> None:
    while True:
        progress("Reading", 0.1)
        time.sleep(0.05)


def _wait_until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not is_so() and time.monotonic() < ends:
        time.sleep(0.05)
    assert is_so()


def test_an_upload_is_cancelled_while_its_file_is_read(
    folder: Path, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the key of its request, and no other upload with it; the process that reads it ends."""
    monkeypatch.setattr(paper_files, "examine", _endless)
    browser = browse(folder)
    browser.headers["hx-request"] = "true"
    jobs, address = browser.workbench.jobs, browser.at("uploads")

    def send() -> Any:
        return browser.post(address, files={"file": ("a.ris", b"TY  - ")}, headers={"idempotency-key": "ab12"})

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(send)
        _wait_until(lambda: any(not one.is_over for one in jobs.all()))
        assert browser.post(f"{address}/cancel", data={"act": "cd34"}).status_code == 204
        time.sleep(0.5)
        assert not answer.done()
        assert browser.post(f"{address}/cancel", data={"act": "ab12"}).status_code == 204
        assert said(answer.result(timeout=30)) == "This was cancelled."
    assert [one.state for one in jobs.all()] == ["cancelled"]
    assert files(folder) == ["review.toml"]


def test_a_pdf_under_another_name_is_a_paper(tmp_path: Path) -> None:
    """Content decides."""
    path = tmp_path / "a"
    path.write_text(PAPER, encoding="utf-8")

    assert examine(path, "a.html").kind == "paper"


def test_an_empty_review_says_how_to_export(browser: Browser) -> None:
    """From the databases that people use."""
    page = words(browser.get(browser.at("import")))

    assert all(
        name in page for name in ("Scopus", "Web of Science", "PubMed", "OpenAlex", "Publish or Perish", "Garuda")
    )
    for part in ("duplicates", "records", "papers"):
        assert browser.get(browser.at("import", part)).status_code == 200
