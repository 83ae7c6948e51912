"""No entry of BibTeX vanishes: what looks like one is a record, or named as set aside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers import Reading, Source
from benang.readers.bibtex import read_bibtex
from benang.readers.bibtex_entries import NO_BEGINNING, NO_TYPE

WHOLE = "@article{a, title={A whole entry}}\n"


def _read(text: str) -> Reading:
    return read_bibtex(Source("a.bib", "a.bib", text.encode()))


@pytest.mark.parametrize(
    "type_", ["web_page", "book_section", "misc-2", "journal+article", "3d", "artículo", "online:page", "x/y", "a.b"]
)
def test_a_type_of_any_signs_is_read(type_: str) -> None:
    """BibTeX takes any sign for a type but those that it needs itself."""
    reading = _read(f"{WHOLE}@{type_}{{b, title={{Of another type}}, year={{2019}}}}\n@{type_} (c, title={{Round}})\n")

    assert (reading.found, reading.set_aside) == (3, ())
    assert [record.title for record in reading.records] == ["A whole entry", "Of another type", "Round"]


@pytest.mark.parametrize(
    ("smuggled", "reason"),
    [
        ("@article b2020,\n title={Lost}\n}\n", NO_TYPE),
        ("@{b2020, title={Lost}}\n", NO_TYPE),
        ("@article[b2020, title={Lost}]\n", NO_TYPE),
        ("@conference paper{b2020, title={Lost}}\n", NO_TYPE),
        ("@'article'{b2020, title={Lost}}\n", NO_TYPE),
        ("some words @paper's{b2020, title={Lost}}\n", NO_TYPE),
        ("  author = {Misal, Eka},\n  title = {Lost}\n}\n", NO_BEGINNING),
        ("article{b2020,\n  title = {Lost}\n}\n", NO_BEGINNING),
        ('Title = "Lost"\n', NO_BEGINNING),
    ],
)
def test_an_entry_of_unforeseen_shape_is_named(smuggled: str, reason: str) -> None:
    """Before, between and behind whole entries, what can't be read is set aside with its line; the others are read."""
    for text, place in ((smuggled + WHOLE, 1), (WHOLE + "\n" + smuggled + WHOLE.replace("{a", "{c"), 2)):
        reading = _read(text)
        line = text[: text.index(smuggled)].count("\n") + 1

        assert reading.found == len(reading.records) + 1
        assert [(one.record, one.line, one.reason) for one in reading.set_aside] == [(place, line, reason)]
    assert [one.record for one in _read(WHOLE + smuggled).set_aside] == [2]


def test_what_stands_behind_an_entry_that_ends_too_early_is_named() -> None:
    """A brace too many cuts an entry short: the rest of its fields is no comment."""
    reading = _read("@article{a,\n title={Cut short}},\n year={2019}\n}\n" + WHOLE)

    assert [record.title for record in reading.records] == ["Cut short", "A whole entry"]
    assert [(one.record, one.line, one.reason) for one in reading.set_aside] == [(2, 3, NO_BEGINNING)]


@pytest.mark.parametrize(
    "text",
    ["Made on 3 May.\n", "% @article{b, title={x}}\n", "%@article{b,\n%  title={x}}\n",
     "Mail to ani@contoh.example {b\n",
     "\n\n", "}\n", "a word @home (at noon)\n", "@comment{x = {y}}\n", "@comment{@article{b, title={x}}}\n"],
)  # fmt: skip
def test_comments_are_no_entries(text: str) -> None:
    """Headings, lines with a percent sign, addresses and comments of BibTeX are nothing to tell."""
    reading = _read(text + WHOLE + text)

    assert (reading.found, reading.set_aside) == (1, ())


def test_an_address_within_an_abstract_begins_no_entry() -> None:
    """An e-mail address with brackets behind it does not end the entry that it stands in."""
    reading = _read("@article{a, abstract={Write to ani@contoh-univ{x, y=3} or b@c(n=12).}, title={Whole}}\n" + WHOLE)

    assert [record.title for record in reading.records] == ["Whole", "A whole entry"]
    assert reading.set_aside == ()


def test_shared_data_and_settings_are_named_as_what_they_are() -> None:
    """`xdata` and the settings of styles are no publications: they are set aside with the reason."""
    reading = _read(
        '@xdata{shared, publisher={Penerbit Umpama}}\n@control{REVTEX, author="48", year="1"}\n'
        "@book{b, xdata={shared}, title={Whole}}\n"
    )

    assert [record.publisher for record in reading.records] == ["Penerbit Umpama"]
    assert [one.record for one in reading.set_aside] == [1, 2]


@given(st.lists(st.from_regex(r"[A-Za-z0-9_+./:;<>!?*-]{1,30}", fullmatch=True), min_size=1, max_size=8))
def test_entries_of_any_types_are_counted_as_their_lines_are(types: list[str]) -> None:
    """Lines that begin with @ are counted here without any grammar: found is their number."""
    types = [one for one in types if one.lower() not in ("string", "comment", "preamble")]
    text = "".join(f"@{type_}{{k{n}, title={{T {n}}}}}\n" for n, type_ in enumerate(types))

    assert _read(text).found == sum(line.startswith("@") for line in text.split("\n"))


def test_real_exports_hold_as_many_entries_as_lines_that_begin_one(shared_data: Path) -> None:
    """Counted by a pattern of the test's own, as no entry of these files is a comment."""
    for path in sorted((shared_data / "exports").rglob("*.bib")):
        text = path.read_text(encoding="utf-8-sig")

        assert _read(text).found == len(re.findall(r"(?m)^[ \t]*@\S", text))
