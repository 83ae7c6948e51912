"""References in APA 7, by hand-known answers."""

from __future__ import annotations

import pytest

from benang.records.record import Record
from benang.report.html import inline_html
from benang.report.inline import Emphasis, Texts, plain
from benang.report.references import author_list, cited, reference, reference_list

pytestmark = pytest.mark.fast

ENGLISH, INDONESIAN = Texts("en"), Texts("id")


def said(record: Record, texts: Texts = ENGLISH) -> str:
    """Return an entry as plain text, italics between asterisks."""
    entry = reference(record, texts)
    return "".join(f"*{plain(run)}*" if isinstance(run, Emphasis) else plain(run) for run in entry)


def test_an_article_has_its_journal_and_volume_in_italics() -> None:
    """Publication Manual, 10.1, example 1."""
    record = Record(
        "a",
        "article",
        "Maritime borders of a city",
        ("Damayanti, N.",),
        2018,
        "Efficient",
        volume="1",
        issue="1",
        first_page="51",
        last_page="58",
        doi="https://doi.org/10.1000/xyz",
    )

    assert said(record) == (
        "Damayanti, N. (2018). Maritime borders of a city. *Efficient*, *1*(1), 51–58. https://doi.org/10.1000/xyz"
    )


def test_two_authors_are_joined_by_an_ampersand() -> None:
    """A comma stands before it, for two as for more."""
    assert author_list(["Putri, S. N.", "Adnan, M."]) == "Putri, S. N., & Adnan, M."


def test_four_authors_are_all_named() -> None:
    """APA 7 names up to twenty."""
    names = ["Khairi, N. F.", "Mulyanor, A.", "Sari, F. W.", "Zhafira, N."]

    assert author_list(names) == "Khairi, N. F., Mulyanor, A., Sari, F. W., & Zhafira, N."


def test_of_twenty_one_authors_the_first_nineteen_and_the_last_are_named() -> None:
    """Publication Manual, 9.8."""
    said = author_list([f"Name{letter}, A." for letter in "abcdefghijklmnopqrstu"])

    assert said.count("Name") == 20
    assert said.endswith("Names, A., … Nameu, A.")


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Sari, Dewi Ayu", "Sari, D. A."),
        ("Eck, N.J.", "Eck, N. J."),
        ("Eck, NJ", "Eck, N. J."),
        ("Sartre, Jean-Paul", "Sartre, J.-P."),
        ("King, Martin L., Jr.", "King, M. L., Jr."),
        ("Qisty Adinda, J. F. A.", "Qisty Adinda, J. F. A."),
        ("Masrohatun", "Masrohatun"),
        ("Kementerian Luar Negeri", "Kementerian Luar Negeri"),
    ],
)
def test_given_names_become_initials(given: str, initials: str) -> None:
    """A name without a comma, of one word or of an office, stays whole."""
    assert author_list([given]) == initials


def test_an_unpublished_work_without_year_by_an_author_of_one_name() -> None:
    """`n.d.` is `t.t.` in Indonesian; its own title is in italics."""
    record = Record("m", "unpublished", "Implementasi Kebijakan", ("Masrohatun",))

    assert said(record) == "Masrohatun. (n.d.). *Implementasi Kebijakan* [Unpublished manuscript]."
    assert said(record, INDONESIAN) == "Masrohatun. (t.t.). *Implementasi Kebijakan* [Naskah tidak diterbitkan]."


def test_a_thesis_names_its_university_in_brackets() -> None:
    """Publication Manual, 10.6."""
    record = Record(
        "d", "thesis", "Peluang dan tantangan", ("Djirimu, M. N.",), 2013, publisher="Universitas Hasanuddin"
    )

    assert said(record) == "Djirimu, M. N. (2013). *Peluang dan tantangan* [Thesis, Universitas Hasanuddin]."


def test_a_conference_paper_stands_in_its_proceedings() -> None:
    """The whole is in italics, with the pages behind it in brackets."""
    record = Record(
        "y",
        "proceedings",
        "Towards cooperation",
        ("Yamin, M.", "Utami, A. T."),
        2016,
        "Icpm",
        first_page="402",
        last_page="405",
    )

    assert said(record) == "Yamin, M., & Utami, A. T. (2016). Towards cooperation. In *Icpm* (pp. 402–405)."
    assert said(record, INDONESIAN).endswith("Dalam *Icpm* (hlm. 402–405).")


def test_a_book_ends_with_its_publisher() -> None:
    """APA 7 names no place."""
    record = Record("b", "book", "Otonomi Daerah", ("Sinaga, O.",), 2010, publisher="Lepsindo")

    assert said(record) == "Sinaga, O. (2010). *Otonomi Daerah*. Lepsindo."


def test_an_article_number_stands_where_there_are_no_pages() -> None:
    """Publication Manual, 10.1, example 6."""
    record = Record(
        "t",
        "article",
        "From Louvain to Leiden",
        ("Traag, V. A.",),
        2019,
        "Scientific Reports",
        "9",
        article_number="5233",
    )

    assert said(record) == "Traag, V. A. (2019). From Louvain to Leiden. *Scientific Reports*, *9*, Article 5233."


def test_a_journal_that_the_record_lacks_is_said_to_be_missing() -> None:
    """Nothing is guessed, and the volume is not taken for a title."""
    record = Record(
        "k", "article", "Dampak", ("Deswimar, D.",), 2018, volume="9", issue="6", first_page="39", last_page="58"
    )

    assert said(record) == "Deswimar, D. (2018). Dampak. [Journal not named], *9*(6), 39–58."


def test_a_work_without_author_begins_with_its_title() -> None:
    """Publication Manual, 9.12."""
    assert said(Record("x", "report", "Panduan umum", year=2006)) == "*Panduan umum*. (2006)."


def test_a_question_mark_ends_a_title() -> None:
    """No full stop follows it."""
    record = Record("q", "article", "Gagal?", ("Sari, D.",), 2020, "Kota")

    assert said(record) == "Sari, D. (2020). Gagal? *Kota*."


def test_what_a_record_holds_is_escaped() -> None:
    """A title can bring no markup of its own into the page."""
    entry = inline_html(
        reference(Record("e", "article", "<b>Kota</b>", ("<i>, A.",), 2020, "S&P", url="javascript:alert(1)"), ENGLISH)
    )

    assert "<b>" not in entry
    assert "&lt;b&gt;Kota&lt;/b&gt;" in entry
    assert "S&amp;P" in entry
    assert "href" not in entry


def test_three_authors_are_cited_by_the_first() -> None:
    """`et al.` is `dkk.` in Indonesian."""
    record = Record("a", authors=("Anggia, G.", "Rohayatin, T.", "Fauzi, L. M."), year=2020)

    assert cited(record, ENGLISH) == "Anggia et al., 2020"
    assert cited(record, INDONESIAN) == "Anggia dkk., 2020"


def test_the_list_is_in_order_of_author_year_and_title() -> None:
    """A work without a year comes before those with one; a letter tells works of one year apart."""
    by = ("Sari, D.",)
    records = [
        Record("z", "book", "Zeta", ("Budi, A.",), 2021),
        Record("c", "book", "Gamma", by, 2020),
        Record("b", "book", "Beta", by, 2020),
        Record("n", "book", "Nihil", by),
    ]

    listed = reference_list(records, ENGLISH)

    assert [one.key for one in listed] == ["z", "n", "b", "c"]
    assert [one.cited for one in listed] == ["Budi, 2021", "Sari, n.d.", "Sari, 2020a", "Sari, 2020b"]
    assert Emphasis("Beta") in listed[2].entry


def test_a_retracted_work_says_so_in_the_list() -> None:
    """Whoever reads the list must not take it for one like others."""
    record = Record("a", "article", "Kota kembar", ("Sari, D.",), 2019, "Jurnal Kota", status="retracted")
    entry = "Sari, D. (2019). Kota kembar. Jurnal Kota."
    assert [plain(one.entry) for one in reference_list([record], Texts("en"))] == [f"{entry} [Retracted]"]
    assert [plain(one.entry) for one in reference_list([record], Texts("id"))] == [f"{entry} [Ditarik]"]
