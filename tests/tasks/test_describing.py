"""The corpus of a review in figures, as pages show it: the report's numbers, each with its records."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.tasks.test_cleaning import review, ris

from benang.errors import BenangError
from benang.indicators import describe
from benang.project.folder import open_folder
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.review.load import load
from benang.tasks.build.findings import corpus_description
from benang.tasks.describing import (
    DescribedCorpus,
    dark_svg,
    describe_apart,
    description_figures,
    description_file,
    description_parts,
    opened_number,
    review_description,
    whole_table,
)


def corpus(n: int = 2) -> DescribedCorpus:
    """Describe records of a year each, all by one author, with as many citations as they have predecessors."""
    records = (
        Record(f"r{at}", title=f"Title {at}", year=2000 + at, authors=("Sari, Dewi", f"Other{at}, A."), citations=at)
        for at in range(n)
    )
    return DescribedCorpus(describe(corpus_of(records), top=0), "en")


def test_the_numbers_are_those_of_the_report(tmp_path: Path) -> None:
    """A page, a report and `benang explain` never disagree."""
    folder = review(tmp_path / "r", "label\treplace by\nnight markets\tnight market\nrent\t\n")
    loaded = load(open_folder(folder))
    report = corpus_description(loaded.corpus, loaded.thesaurus, top=0)
    assert {key: one.value for key, one in review_description(folder).numbers.items()} == {
        key: one.value for key, one in report.numbers.items()
    }


def test_a_part_has_a_table_whose_numbers_open() -> None:
    """The first ten rows; all others are counted."""
    parts = {one.name: one for one in description_parts(corpus(30))}
    table = parts["authors"].tables[0]
    assert table.title == "Authors"
    assert table.rows[0][0].text == "Sari, Dewi"
    assert (table.rows[0][1].text, table.rows[0][1].id) == ("30", "corpus/authors/sari, dewi/records")
    assert (len(table.rows), table.n, table.is_cut) == (10, 31, True)
    assert len(whole_table(corpus(30), "authors").rows) == 31


def test_what_a_corpus_lacks_is_said() -> None:
    """No record names a source."""
    parts = {one.name: one for one in description_parts(corpus())}
    assert any("Not available" in text for text in parts["sources"].absences)
    assert parts["sources"].tables == ()


def test_a_count_opens_its_records_the_latest_first() -> None:
    """It has no rule: it is what it counts."""
    opened = opened_number(corpus(3), "corpus/authors/sari, dewi/records")
    assert (opened.title, opened.amount, opened.how) == ("Authors: Sari, Dewi, records", "3 records", "")
    assert [one.title for one in opened.records] == ["Title 2", "Title 1", "Title 0"]
    assert [one.year for one in opened.records] == [2002, 2001, 2000]


def test_a_measure_says_how_it_is_made() -> None:
    """Citations 0, 1 and 2 are three in sum, and h is 1."""
    total = opened_number(corpus(3), "corpus/authors/sari, dewi/citations")
    assert (total.amount, total.how) == ("3 citations", "sum of: citations")
    m = opened_number(corpus(3), "corpus/authors/sari, dewi/m")
    assert "“Authors: Sari, Dewi, h” divided by the number of years" in m.how


def test_an_id_of_no_number_is_refused() -> None:
    """So is the name of no table."""
    with pytest.raises(BenangError, match="there is no number 'corpus/x'"):
        opened_number(corpus(), "corpus/x")
    with pytest.raises(BenangError, match="there is no table 'x'"):
        whole_table(corpus(), "x")


def test_the_words_are_those_of_the_reader() -> None:
    """A page in Indonesian."""
    shown = DescribedCorpus(corpus(3).description, "id")
    assert description_parts(shown)[0].title == "Korpus secara ringkas"
    assert opened_number(shown, "corpus/authors/sari, dewi/citations").how == "jumlah dari: sitasi"


def test_figures_are_drawn_for_light_and_dark_pages() -> None:
    """The bars are blue on white, and a lighter blue on nearly black."""
    figure = description_figures(corpus(4).description, "en")["corpus-years"]
    assert "#0072b2" in figure.svg
    assert "#ffffff" in figure.svg
    assert "#0072b2" not in figure.dark_svg
    assert "#ffffff" not in figure.dark_svg
    assert "#1a1816" in figure.dark_svg


@pytest.mark.parametrize(
    ("light", "dark"), [("#ffffff", "#1a1816"), ("#000000", "#ece7e0"), ("#808080", "#837f7b"), ("#FFFFFF", "#1a1816")]
)
def test_a_colour_turns_round(light: str, dark: str) -> None:
    """White becomes the ground of dark pages, black their letters, and grey stays between."""
    assert dark_svg(f'<a fill="{light}"/>') == f'<a fill="{dark}"/>'


def test_files_have_all_rows() -> None:
    """A line of the table names its records; a workbook is one."""
    text = description_file(corpus(30).description, ".csv", "en").decode("utf-8-sig")
    assert len(re.findall(r"^authors,[^\n]*,records,1,records,", text, flags=re.MULTILINE)) == 30
    assert description_file(corpus(3).description, ".xlsx", "en").startswith(b"PK")


def test_what_is_counted_apart_is_the_same(tmp_path: Path) -> None:
    """In a process of its own."""
    folder = review(tmp_path / "r")
    assert describe_apart(folder).numbers.keys() == review_description(folder).numbers.keys()


def test_records_that_the_screening_excluded_do_not_count(tmp_path: Path) -> None:
    """A plan that counts only what is included has none yet."""
    folder = review(tmp_path / "r")
    plan = (folder / "review.toml").read_text(encoding="utf-8").replace("files =", 'use = "included"\nfiles =')
    (folder / "review.toml").write_text(plan, encoding="utf-8")
    assert len(review_description(folder).corpus) == 0
    assert ris()
