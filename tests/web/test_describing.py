"""The page Describe: figures of the corpus, of which every number opens its records."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path

import pytest
from tests.tasks.test_cleaning import review, ris
from tests.web.test_cleaning import Browser, id_of, words

from benang.records.corpus import Corpus
from benang.review.load import ReadSources
from benang.tasks import cleaning
from benang.web import describing

pytestmark = pytest.mark.fast


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Return a browser that has opened a review of six records."""
    return Browser(review(tmp_path / "review"))


HTMX = {"HX-Request": "true"}


def test_the_page_comes_at_once_and_its_figures_follow(browser: Browser) -> None:
    """Counting a corpus takes a while; a reload has it in memory."""
    first = browser.get("describe")
    assert "The corpus is being counted" in words(first)
    assert "6 Records" not in words(first)
    body = browser.get("describe/figures", **HTMX)
    assert "<html" not in body.text
    assert "Records 6" in words(body)
    assert "Records 6" in words(browser.get("describe"))


def test_every_number_on_the_page_opens(browser: Browser) -> None:
    """Each is a link to its records, in the page or alone."""
    page = browser.get("describe/figures", **HTMX).text
    addresses = [unescape(one) for one in re.findall(r'<a class="number" href="([^"]+)"', page)]
    assert len(addresses) > 40
    for address in addresses:
        path = address.removeprefix(f"{browser.base}/")
        assert browser.get(path, **HTMX).status_code == 200


def test_a_number_shows_its_records_with_a_link_to_each(browser: Browser) -> None:
    """Dewi Sari wrote three of them."""
    browser.get("describe/figures", **HTMX)
    part = browser.get("describe/number?id=corpus/authors/sari, dewi/records", **HTMX)
    assert "3 records" in words(part)
    assert "Authors: Sari, Dewi, records" in words(part)
    assert part.text.count("/import/record?key=") == 3
    whole = browser.get("describe/number?id=corpus/authors/sari, dewi/records")
    assert "<html" in whole.text
    assert whole.text.count("/import/record?key=") == 3


def test_many_records_come_in_two_steps(tmp_path: Path) -> None:
    """The first two hundred, and all on a page of their own."""
    folder = review(tmp_path / "r")
    rows = tuple(("Sari, Dewi", f"k{at}", "x") for at in range(250))
    (folder / "sources" / "a.ris").write_text(ris(rows), encoding="utf-8")
    browser = Browser(folder)
    part = browser.get("describe/number?id=corpus/overview/records/value", **HTMX)
    assert part.text.count("/import/record?key=") == 200
    assert "Show all 250" in words(part)
    more = re.search(r'class="button small" href="[^"]*/(describe/number[^"]+)"', part.text)
    assert more
    assert browser.get(unescape(more[1])).text.count("/import/record?key=") == 250


def test_a_number_is_closed_by_opening_none(browser: Browser) -> None:
    """What is shown goes."""
    answer = browser.get("describe/number", **HTMX)
    assert (answer.status_code, answer.text) == (200, "")


@pytest.mark.parametrize("path", ["number?id=x", "number?id=corpus/authors/nobody/h", "figure.svg?name=x"])
def test_what_is_not_there_is_said(browser: Browser, path: str) -> None:
    """As a page, with what was looked for."""
    assert browser.get(f"describe/{path}").status_code == 404


def test_a_table_opens_with_all_its_rows(tmp_path: Path) -> None:
    """Eleven authors and more."""
    folder = review(tmp_path / "r")
    rows = tuple((f"Name{letter}, A.", f"k{letter}", "x") for letter in "abcdefghijklmno")
    (folder / "sources" / "a.ris").write_text(ris(rows), encoding="utf-8")
    browser = Browser(folder)
    assert "Show all 15" in words(browser.get("describe/figures", **HTMX))
    table = browser.get("describe/table?name=authors", **HTMX)
    assert table.text.count('<th scope="row"') == 15
    assert "<html" in browser.get("describe/table?name=authors").text
    assert browser.get("describe/table?name=x").status_code == 422


def test_figures_are_drawn_in_two_themes_and_saved(browser: Browser) -> None:
    """A figure alone may do nothing but show itself."""
    part = browser.get("describe/figure?name=corpus-years", **HTMX)
    assert "theme=dark" in part.text
    light, dark = (browser.get(f"describe/figure.svg?name=corpus-years&theme={one}") for one in ("light", "dark"))
    assert light.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in light.headers["content-security-policy"]
    assert light.text != dark.text
    saved = browser.get("describe/figure.svg?name=corpus-years&download=true")
    assert saved.headers["content-disposition"] == 'attachment; filename="corpus-years.svg"'


def test_a_figure_that_the_corpus_has_nothing_for_is_left_out(browser: Browser) -> None:
    """No record names a country."""
    assert browser.get("describe/figure?name=corpus-countries", **HTMX).text.strip() == ""


def test_the_files_are_those_of_the_command(browser: Browser) -> None:
    """CSV with a byte order mark, and a workbook."""
    csv = browser.get("describe/files?form=csv")
    assert csv.content.startswith(b"\xef\xbb\xbfindicator,item,measure,value,unit,records")
    assert browser.get("describe/files?form=xlsx").content.startswith(b"PK")
    assert browser.get("describe/files?form=exe").status_code == 422


def test_what_is_cleaned_counts_at_once(browser: Browser) -> None:
    """*Night market* has three records, and four with its plural."""
    path = "describe/number?id=corpus/author-keywords/night market/records"
    assert words(browser.get(path, **HTMX)).startswith("3 records")
    browser.post("clean/settle", accept=id_of(browser, "night markets"))
    assert words(browser.get(path, **HTMX)).startswith("4 records")


def test_a_page_asks_for_figures_again_only_if_they_may_have_changed(browser: Browser) -> None:
    """Whatever else changes in the folder."""
    body = browser.get("describe/figures", **HTMX).text
    version = re.search(r"describe/figures\?version=(\w+)", body)
    assert version
    assert browser.get(f"describe/figures?version={version[1]}", **HTMX).status_code == 204
    (browser.review.root / "notes.txt").write_text("mine", encoding="utf-8")
    browser.review.changed()
    assert browser.get(f"describe/figures?version={version[1]}", **HTMX).status_code == 204
    (browser.review.root / "thesaurus.tsv").write_text("label\treplace by\n", encoding="utf-8")
    browser.review.changed()
    assert browser.get(f"describe/figures?version={version[1]}", **HTMX).status_code == 200


def test_a_large_corpus_is_counted_in_a_process_of_its_own(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows how far it is, and has the figures when it has ended."""
    monkeypatch.setattr(describing, "LARGE", 0)
    first = browser.get("describe/figures", **HTMX)
    job = re.search(r'data-job="([^"]+)"', first.text)
    assert job
    assert "<progress" in first.text
    jobs = browser.workbench.jobs
    until = time.monotonic() + 60
    while (known := jobs.job(job[1])) and not known.is_over and time.monotonic() < until:
        time.sleep(0.1)
    assert known
    assert known.state == "done", known.error
    assert "Records 6" in words(browser.get("describe/figures", **HTMX))


def test_clean_and_describe_read_the_works_that_count_once(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever goes from one page to the other does not wait for them again."""
    works = cleaning.used_corpus
    read: list[Path] = []

    def counted(folder: Path, sources: ReadSources) -> Corpus:
        read.append(folder)
        return works(folder, sources)

    monkeypatch.setattr(cleaning, "used_corpus", counted)

    for page in ("clean", "describe/figures", "clean?items=authors", "describe/files?form=csv"):
        assert browser.get(page, **HTMX).status_code == 200
    assert len(read) == 1


def test_a_review_without_records_says_where_to_begin(tmp_path: Path) -> None:
    """It leads to the exports."""
    folder = tmp_path / "empty"
    (folder / "sources").mkdir(parents=True)
    (folder / "review.toml").write_text('format = 1\ntitle = "T"\nquestion = "Q?"\n', encoding="utf-8")
    text = words(Browser(folder).get("describe/figures", **HTMX))
    assert "No records yet" in text
    assert "Import exports" in text


def test_markup_in_a_title_is_text(tmp_path: Path) -> None:
    """In tables and in lists of records."""
    folder = review(tmp_path / "r")
    text = ris().replace("Title number 1", 'Is 1 <2 & "x"').replace("rent", "rent <2>")
    (folder / "sources" / "a.ris").write_text(text, encoding="utf-8")
    browser = Browser(folder)
    page = browser.get("describe/figures", **HTMX).text
    opened = browser.get("describe/number?id=corpus/overview/records/value", **HTMX).text
    assert "rent &lt;2&gt;" in page
    assert "Is 1 &lt;2 &amp; &#34;x&#34;" in opened
