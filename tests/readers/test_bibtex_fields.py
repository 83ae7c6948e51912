"""What an entry takes from the book that it stands in, after the rules of BibTeX and biblatex."""

from __future__ import annotations

from benang.readers.bibtex import read_bibtex
from benang.readers.source import Source
from benang.records.record import Record

BOOK = (
    "@book{whole, author={Misal, Eka}, title={The whole}, subtitle={and its parts}, year={2017}, language={id},\n"
    " publisher={Contoh}, isbn={978-602-0000-00-7}, doi={10.9999/whole}, url={https://contoh.example/whole},\n"
    " pages={1--400}, abstract={Of all parts.}, keywords={all}, note={RAYYAN-INCLUSION: x}}\n"
)


def _records(text: str) -> dict[str, Record]:
    return {record.key: record for record in read_bibtex(Source("a.bib", "a.bib", text.encode())).records}


def test_a_part_takes_author_year_publisher_and_title_of_its_book() -> None:
    """A chapter that names none of them has those of the book; the book's title is where it stands."""
    part = _records("@inbook{part, crossref={Whole}, title={A part}, pages={1--9}}\n" + BOOK)["part"]

    assert (part.authors, part.year, part.publisher, part.language) == (("Misal, Eka",), 2017, "Contoh", "id")
    assert (part.title, part.source, part.first_page) == ("A part", "The whole: and its parts", "1")
    assert len(part.isbn) == 1


def test_what_names_the_book_itself_stays_with_it() -> None:
    """DOI, link, pages, abstract, keywords and decisions are the book's: a part with them would be taken for it."""
    part = _records(BOOK + "@inbook{part, crossref={whole}, title={A part}}\n")["part"]

    assert (part.doi, part.url, part.first_page, part.abstract) == ("", "", "", "")
    assert (part.author_keywords, part.decisions) == ((), ())


def test_its_own_fields_count_first() -> None:
    """An entry keeps what it says itself."""
    part = _records(BOOK + "@inbook{p, crossref={whole}, author={Umpama, Ani}, title={A part}, year={2018}}\n")["p"]

    assert (part.authors, part.year) == (("Umpama, Ani",), 2018)


def test_a_book_may_refer_to_a_set_and_back() -> None:
    """References are followed over several steps, and a circle ends."""
    text = (
        "@inbook{part, crossref={volume}, title={A part}}\n@book{volume, crossref={set}, title={Volume}, year={2017}}\n"
        "@mvbook{set, crossref={volume}, title={Set}, editor={Contoh, Budi}}\n@misc{self, crossref={self}, title={S}}\n"
    )
    part = _records(text)["part"]

    assert (part.source, part.year, part.editors) == ("Volume", 2017, ("Contoh, Budi",))


def test_an_article_takes_the_title_of_its_journal() -> None:
    """The title of a `@periodical` is the journal of its articles."""
    text = "@article{one, crossref={issue}, title={One}}\n@periodical{issue, title={Jurnal Umpama}, year={2019}}\n"

    assert _records(text)["one"].source == "Jurnal Umpama"


def test_shared_data_give_every_field() -> None:
    """`xdata` names entries of nothing but fields, several with commas between them."""
    text = (
        "@xdata{p, publisher={P}}\n@xdata{t, title={Shared}, year={2001}}\n@book{b, xdata={p, t}, author={Misal, E.}}\n"
    )
    book = _records(text)["b"]

    assert (book.title, book.publisher, book.year) == ("Shared", "P", 2001)
