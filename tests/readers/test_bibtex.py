"""BibTeX and BibLaTeX as databases, reference managers and people write them; what a part takes from its book."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers import Reading, Source, bibtex_entries
from benang.readers.bibtex import is_bibtex, read_bibtex
from benang.records.record import Record


def _read(text: str) -> Reading:
    return read_bibtex(Source("a.bib", "a.bib", text.encode()))


def _one(*fields: str, type: str = "article") -> Record:  # noqa: A002
    return _read(f"@{type}{{a,\n" + ",\n".join(fields) + "\n}\n").records[0]


def _fixture(folder: Path, name: str) -> Reading:
    return read_bibtex(Source(name, name, (folder / "exports" / name).read_bytes()))


# What databases write.


def test_web_of_science_bibtex_has_all_that_its_plain_text_has(test_data: Path) -> None:
    """Wrapped authors, double braces, field names with blanks; addresses come as the plain text has them."""
    first, second = _fixture(test_data, "wos-2.bib").records

    assert first.key == "WOS:000000000000001"
    assert first.authors == ("Contoh, Ani Budi", "Umpama, Siti", "Misal, Eka")
    assert (first.year, first.volume, first.issue, first.first_page, first.last_page) == (
        2022,
        "29",
        "3",
        "986",
        "1005",
    )
    assert first.abstract == "We use the ELECTRE method & others in Indonesia; a share of 5% (p < 0.05) [sic]."
    assert first.author_keywords == ("sister city", "ELECTRE methods", "local government")
    assert first.index_keywords == ("DECISION", "CITIES")
    assert first.references == (
        "Teladan C, 2009, J PLACES, V173, P413, DOI 10.9999/jp.2008",
        "[Anonymous], 2000, B INVENTED ORG, V78, P868",
    )
    assert first.affiliations == (
        "[Contoh, Ani Budi; Misal, Eka] Univ Contoh, Dept Places, Bandung 40111, Indonesia.",
        "[Umpama, Siti] Nowhere Univ, Utrecht, Netherlands.",
    )
    assert first.author_ids == ("", "orcid:0000-0002-1825-0097", "")
    assert (first.topics, first.issn) == (("Urban Studies", "Geography"), ("1234-5678", "2345-6789"))
    assert (first.citations, first.database, first.type) == (7, "Web of Science", "article")
    assert first.identifiers == ("wos:000000000000001",)
    assert (second.type, second.article_number, second.source) == (
        "proceedings",
        "12",
        "2020 INVENTED CONFERENCE ON CITIES (ICC)",
    )


def test_scopus_bibtex_is_read_as_the_plain_text_that_it_is(test_data: Path) -> None:
    """Field names with a no-break space, fields given twice, notes with the times cited; `~` and `$` are no LaTeX."""
    reading = _fixture(test_data, "scopus-2.bib")
    first, second = reading.records

    assert first.title == "Sister cities: Costs of ~5 mm and $5 to $10"
    assert first.authors == ("Contoh, A.B.", "King, M.L., Jr.", "Umpama, S.")
    assert (first.author_keywords, first.index_keywords) == (
        ("local government", "sister city"),
        ("Textures", "Computer technology", "Cities"),
    )
    assert first.references == (
        "Umpama, D., Sister cities in theory (2010) Journal of Places, 4, pp. 1-9",
        "Misal, E., (1999) Trade Rev., 2",
    )
    assert first.identifiers == ("pmid:12345", "eid:2-s2.0-90000000001")
    assert (first.citations, first.database, first.source_abbreviation) == (12, "Scopus", "J. Plc.")
    assert (second.type, second.citations, second.authors) == ("proceedings", 0, ())
    assert (reading.found, reading.set_aside, reading.notes) == (2, (), ())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (["note = {cited By 3}"], 3),
        (["note = {Cited by: 1204; Open Access}"], 1204),
        (["annote = {12 cites: https://scholar.google.com/x}"], 12),
        (["note = {See also p. 3}"], None),
    ],
)
def test_times_cited_stand_in_notes(fields: list[str], expected: int | None) -> None:
    """Scopus of several years, and Publish or Perish."""
    assert _one(*fields).citations == expected


def test_zotero_and_biblatex_are_read() -> None:
    """Fields of BibLaTeX, LaTeX in values, identifiers in notes."""
    record = _one(
        r"title = {Kota {Kembar} \& \textit{Desa}: {CO}$_{\textrm{2}}$}",
        "journaltitle = {Journal of Places}",
        "shortjournal = {J. Plc.}",
        "date = {2021-06-01}",
        r"doi = {10.9999/ab\_c.1}",
        "url = {https://example.org/~a_b}",
        "eprint = {2101.00001}",
        "eprinttype = {arxiv}",
        "langid = {indonesian}",
        "note = {PMID: 12345}",
        "pages = {e12--e19}",
    )

    assert record.title == "Kota Kembar & Desa: CO2"
    assert (record.source, record.source_abbreviation, record.year) == ("Journal of Places", "J. Plc.", 2021)
    assert (record.doi, record.url) == ("10.9999/ab_c.1", "https://example.org/~a_b")
    assert record.identifiers == ("arxiv:2101.00001", "pmid:12345")
    assert (record.language, record.first_page, record.last_page) == ("indonesian", "e12", "e19")


@pytest.mark.parametrize(
    ("type_", "fields", "expected"),
    [
        ("ARTICLE", [], "article"),
        ("incollection", [], "chapter"),
        ("mastersthesis", [], "thesis"),
        ("thesis", ["type = {phdthesis}"], "thesis"),
        ("article", ["document_type = {Conference Paper}"], "proceedings"),
        ("misc", ["archiveprefix = {arXiv}", "eprint = {1}"], "unpublished"),
        ("misc", [], "other"),
        ("invented", [], "other"),
    ],
)
def test_types_are_mapped(type_: str, fields: list[str], expected: str) -> None:
    """The entry's type, or what a field says more closely."""
    assert _one("title = {x}", *fields, type=type_).type == expected


@pytest.mark.parametrize("between", ["\n  ", " "])
def test_a_key_without_a_comma_behind_it_takes_no_field_away(between: str) -> None:
    """The field on the next line, or behind it, is read, and the key is one."""
    (record,) = _read(f"@article{{umpama2019{between}title = {{Kota}},\n  year = 2019\n}}\n").records
    assert (record.key, record.title, record.year) == ("umpama2019", "Kota", 2019)


# Names.


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Contoh, Ani and Umpama, B.", ("Contoh, Ani", "Umpama, B.")),
        ("Contoh, Ani\n   and\tUmpama, B. AND Misal, C.", ("Contoh, Ani", "Umpama, B.", "Misal, C.")),
        ("Contoh, Ani and Umpama, B. and", ("Contoh, Ani", "Umpama, B.")),
        ("and Contoh, Ani and and Misaland, B.", ("Contoh, Ani", "Misaland, B.")),
        ("Ludwig van Beethoven and K. Contoh", ("van Beethoven, Ludwig", "Contoh, K.")),
        ("van den Berg, Jr., Jan and King, M.L., Jr.", ("van den Berg, Jan, Jr.", "King, M.L., Jr.")),
        ("{Bread and Water, Inc.} and Sukarno", ("Bread and Water, Inc.", "Sukarno")),
        ("World Health Organization", ("World Health Organization",)),
        (r"{\"O}z, {\c S}. and Mart{\'\i}n Z\'u\~niga", ("Öz, Ş.", "Zúñiga, Martín")),
        ("{van den Berg}, Jan and Jan {de la Cruz}", ("van den Berg, Jan", "de la Cruz, Jan")),
        ("family=Berg, given=Jan, prefix=van den", ("van den Berg, Jan",)),
        ("{Contoh, Ani and Umpama, B.}", ("Contoh, Ani", "Umpama, B.")),
        ("{[}Anonymous]", ()),
    ],
)
def test_names_are_taken_apart(written: str, names: tuple[str, ...]) -> None:
    """`and` parts names outside of braces; bodies in braces stay whole; the family name comes first."""
    assert _one(f"author = {{{written}}}").authors == names


@pytest.mark.parametrize("more", ["and others", "and ...", "and et al."])
def test_a_cut_list_of_authors_is_told(more: str) -> None:
    """Who stands for further authors is no author, and the account tells that there are more."""
    reading = _read(f"@misc{{a, author = {{Contoh, Ani {more}}}}}")

    assert reading.records[0].authors == ("Contoh, Ani",)
    assert "shortened the list of authors" in reading.notes[0]


# LaTeX.


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"{\"u}\'{\i}\ss {\ss}\o{}\aa ngstr\"{o}m", "üíßßøångström"),
        (r"\v{c}\c c\k{a}\H{o}\u g\r{u}\={a}\d{t}\.{z}\`e\^{\j}", "čçąőğůāṭżèĵ"),
        (r"\~{}a\textasciitilde{}b~c ~5", "~a~b c ~5"),
        (r"50\% \& \$5 \#1 a\_b \{x\}", "50% & $5 #1 a_b {x}"),
        (r"\textit{\textbf{a} b} \emph{c} {\it d} $\alpha_1 < \beta^{2}$", "a b c d α1 < β2"),
        (r"1--2 a --- b ``q'' -{}-", "1–2 a — b “q” --"),
        (r"\href{https://x.example}{text} \unknown{x} C:\dir", r"text x C:\dir"),
        (r"{{Kota} {K}embar}", "Kota Kembar"),
        ("$5 and $10, 3$", "$5 and $10, 3$"),
        (r"a\\b\ c\,d soft\-hyphen", "a b c d softhyphen"),
    ],
)
def test_latex_becomes_text(written: str, text: str) -> None:
    """Accents, signs, commands, mathematics, dashes and braces; of an unknown command the text in braces stays."""
    assert _one(f"title = {{{written}}}").title == text


# Grammar.


def test_strings_are_spelt_out_and_joined() -> None:
    """Abbreviations, months and pieces joined with #; one that is not defined stays, and is told."""
    reading = _read(
        '@string{jp = "Journal of" # { Places}}\n'
        '@article{a, journal = JP # " (new)", title = {x} # "y", year = 2020, number = jan, publisher = nobody}'
    )
    (record,) = reading.records

    assert (record.source, record.title, record.year, record.issue) == ("Journal of Places (new)", "xy", 2020, "jan")
    assert (record.publisher, reading.found) == ("nobody", 1)
    assert reading.notes == ("An abbreviation that the file does not define was kept as written (record 1).",)


@pytest.mark.parametrize("name", ["inv-lett", "inv_lett", "inv.lett:2", "inv+lett"])
def test_an_abbreviation_is_found_under_any_name(name: str) -> None:
    """Hyphens, dots and other signs belong to its name; it may be defined behind the entry that uses it."""
    entry, string = f"@article{{a, title={{T}}, journal = {name}}}\n", f'@string{{{name} = "Invented Letters"}}\n'
    for text in (string + entry, entry + string, string + entry.replace(name, name.upper())):
        assert _read(text).records[0].source == "Invented Letters"


def test_a_later_definition_of_an_abbreviation_counts_from_there_on() -> None:
    """An entry takes the last definition before it."""
    text = "".join(f'@string{{j = "{name}"}}\n@article{{{name}, title={{T}}, journal = j}}\n' for name in "AB")

    assert [record.source for record in _read(text).records] == ["A", "B"]


@pytest.mark.parametrize(
    ("pages", "first_and_last"),
    [("260--+", ("260", "")), ("260+", ("260", "")), ("260--", ("260", "")), ("260ff.", ("260", "")),
     ("pp. 12--19", ("12", "19")), ("123:1--123:10", ("123:1", "123:10")), ("e12--e15", ("e12", "e15"))],
)  # fmt: skip
def test_pages_without_an_end_begin_where_they_say(pages: str, first_and_last: tuple[str, str]) -> None:
    """An open range has a first page and no last one; a page may bear the number of its article."""
    record = _one("title={T}", f"pages={{{pages}}}")

    assert (record.first_page, record.last_page) == first_and_last


@pytest.mark.parametrize(
    ("doi", "plain"),
    [
        ("10.9999/a\\_b--c", "10.9999/a_b--c"),
        ("10.9999/a{\\_}b", "10.9999/a_b"),
        ("{10.9999/(SICI)1:1\\%3C2--3}", "10.9999/(sici)1:1<2--3"),
        ("10.9999/a\\textunderscore b", "10.9999/a_b"),
        ("https://doi.org/10.9999/a~b", "10.9999/a~b"),
    ],
)
def test_an_identifier_is_no_prose(doi: str, plain: str) -> None:
    """LaTeX's backslashes go; two hyphens and a tilde are no dash and no blank in a DOI."""
    assert _one("title={T}", f"doi={{{doi}}}").doi == plain


def test_commands_that_stand_for_journals_are_spelt_out() -> None:
    """The Astrophysics Data System names its journals by AASTeX's commands."""
    assert _one("title={T}", r"journal={\mnras}").source == "Monthly Notices of the Royal Astronomical Society"


@pytest.mark.parametrize(
    ("pages", "first_and_last"),
    [("7,41,73--97", ("7", "97")), ("12--15, 20", ("12", "20")), ("188--197; 201--203", ("188", "203")),
     ("1, e2", ("1", "e2")), ("12, as printed", ("12, as printed", ""))],
)  # fmt: skip
def test_of_several_pages_the_first_and_the_last_count(pages: str, first_and_last: tuple[str, str]) -> None:
    """BibTeX has pages as one or more numbers or ranges."""
    record = _one("title={T}", f"pages={{{pages}}}")

    assert (record.first_page, record.last_page) == first_and_last


def test_rayyan_keeps_its_decisions() -> None:
    """Rayyan's notes hold braces and signs that LaTeX would take; all parts are kept as the RIS export has them."""
    note = 'RAYYAN-INCLUSION: {"Ani"=>"Excluded"} | RAYYAN-LABELS: rent \\& stalls,a_b | USER-NOTES: {"Ani"=>["a | b"]}'

    assert _one("title={T}", f"note={{{note}}}").decisions == (
        'RAYYAN-INCLUSION: {"Ani"=>"Excluded"}',
        "RAYYAN-LABELS: rent & stalls,a_b",
        'USER-NOTES: {"Ani"=>["a | b"]}',
    )
    assert _one("title={T}", "note={cited By 3}").decisions == ()


def test_an_entry_takes_from_the_one_it_refers_to() -> None:
    """`crossref` gives what is lacking; the title of the book is the source of the chapter."""
    chapter, _ = _read(
        "@incollection{c, crossref = {B}, author = {Contoh, Ani}, title = {Chapter}}\n"
        "@book{b, editor = {Umpama, B.}, author = {Misal, C.}, title = {Book}, year = 1999, publisher = {P}}"
    ).records

    assert (chapter.title, chapter.source, chapter.year, chapter.publisher) == ("Chapter", "Book", 1999, "P")
    assert (chapter.authors, chapter.editors) == (("Contoh, Ani",), ("Umpama, B.",))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('@article(a, title = {b (c) d}, note = "x)y")\n@book{b, title={q}}', ["a", "b"]),
        ("@article{a,title={b}} @article{c,title={d}}", ["a", "c"]),
        ("@article{Umpama, A 2020, title={y},\n}\n", ["Umpama, A 2020"]),
        ("@article{title={y}}\n@article{,title={c}}", ["", ""]),
        ("@article{a, title={x} year=2020}", ["a"]),
        ('@comment{@article{x, title={no}}}\n@preamble{"x"}\n@Comment{jabref-meta: y;}\n@misc{a,title={b}}', ["a"]),
        ("% @article{x, title={no}}\nsome words @home (a)\n@misc{a, % a remark\n title={b}}", ["a"]),
        ("@article{a,title={Contact:\n@twitter{x} and\n@home}}\n@misc{b,title={q}}", ["a", "b"]),
        ("@article{a,title={b}}}\n@article{c,title={d}}}", ["a", "c"]),
        ("@article{a, title={x\\}, year=2020}\n@article{b, title={y \\{ z}}", ["a", "b"]),
        ('@misc{a, title = "3{"} x {"}y", note = {2" pipe}}', ["a"]),
    ],
)
def test_entries_are_separated_however_they_are_written(text: str, keys: list[str]) -> None:
    """Brackets of both kinds, keys with commas or none, comments, words with an @, stray braces, escapes, quotes."""
    reading = _read(text)

    assert [record.key for record in reading.records] == keys
    assert (reading.found, reading.set_aside) == (len(keys), ())


def test_a_broken_entry_is_set_aside_and_the_next_are_read() -> None:
    """An entry whose braces or quotation marks do not pair ends where the next begins."""
    reading = _read(
        '@article{a, title={x {y},\n year=2020}\n\n@article{b, title={z}}\n@misc{c, title = "q, year={1}}\n'
        "@book{d, title={r}}\n@misc{e}\n"
    )

    assert [(record.key, record.place, record.line) for record in reading.records] == [("b", 2, 4), ("d", 4, 6)]
    assert [(aside.record, aside.line, aside.reason) for aside in reading.set_aside] == [
        (1, 1, "its braces are unbalanced, so its end can't be found"),
        (3, 5, "the quotation marks of its field 'title' are unbalanced"),
        (5, 7, "no content: the entry has no fields"),
    ]


@pytest.mark.parametrize(
    "cut", ["@article{b", "@article{b, title = {Kota", '@article{b, title = "Kota', "@article{b, "]
)
def test_a_cut_file_loses_the_last_entry_only(cut: str) -> None:
    """What is whole is read, the entry in which the file ends is set aside with the reason."""
    reading = _read(f"@article{{a, title={{x}}}}\n{cut}")

    assert [record.key for record in reading.records] == ["a"]
    assert [aside.reason for aside in reading.set_aside] == ["the file ends in the middle of this entry"]


def test_text_between_fields_and_repeated_fields_are_noted() -> None:
    """Words between the fields, a second title, a year that is none."""
    reading = _read("@article{a, title={x}, hello there, title={y}, year={in press}, title={x}}")

    assert reading.records[0].title == "x"
    assert reading.notes == (
        "record 1, Year: expected a year of four digits, found 'in press'. Kept without a year.",
        "A field appears more than once with different values; the first was read (record 1).",
        "Text between fields was not read (record 1).",
    )


def test_keywords_in_one_field_are_split_and_told() -> None:
    """A semicolon parts keywords; where there is none a comma does, outside of braces."""
    assert _one("keywords = {a, b; c}").author_keywords == ("a, b", "c")
    reading = _read("@misc{a, keywords = {kota, {Child, Preschool}}}")

    assert reading.records[0].author_keywords == ("kota", "Child, Preschool")
    assert reading.notes == ("Keywords given in one field were split at ',' (record 1).",)


@pytest.mark.parametrize(
    "head",
    ["@article{a, title={x}}", "% Encoding\n\n@Book{ k,\n a = {b}", "@string{a = {b}}", "@comment{x}", "x\n@a(b=1)"],
)
def test_bibtex_is_recognised_by_the_beginning_of_an_entry(head: str) -> None:
    """A line that begins an entry tells BibTeX, whatever stands before it."""
    assert is_bibtex(head)


@pytest.mark.parametrize("head", ["TY  - JOUR\nAB  - @home {x}\n", "a,@b{c}\n", "@home is where", "", '{"a": "@b{c"}'])
def test_other_forms_are_not_bibtex(head: str) -> None:
    """An @ within a text does not tell BibTeX."""
    assert not is_bibtex(head)


# Real exports.


@pytest.mark.parametrize(
    ("name", "records", "references", "authors"),
    [
        ("wos-236.bib", 236, 236, 236),
        ("scopus-263.bib", 263, 255, 257),
        ("seven-dialects/Scopus_bib_example.bib", 3, 0, 3),
    ],
)
def test_real_exports_are_read_whole(shared_data: Path, name: str, records: int, references: int, authors: int) -> None:
    """Every entry is read; as many have references and authors as the file has such fields."""
    data = (shared_data / "exports" / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").encode()
    reading = read_bibtex(Source(name, name, data))

    assert (reading.found, len(reading.records), reading.set_aside) == (records, records, ())
    assert sum(bool(record.references) for record in reading.records) == references
    assert sum(bool(record.authors) for record in reading.records) == authors


def test_cited_references_are_as_many_as_web_of_science_counts(shared_data: Path) -> None:
    """In all but four of the 236 entries the list is as long as the number that stands beside it."""
    text = (shared_data / "exports" / "wos-236.bib").read_text(encoding="utf-8-sig")
    told = [int(number) for number in re.findall(r"Number-of-Cited-References = \{\{(\d+)\}\}", text)]
    records = read_bibtex(Source("a", "a", text.encode())).records
    differing = [
        (record.place, number, len(record.references))
        for record, number in zip(records, told, strict=True)
        if number != len(record.references)
    ]

    assert differing == [(5, 80, 79), (156, 15, 14), (170, 23, 21), (189, 84, 83)]


# Anything else.

PIECES = st.sampled_from(
    [
        *("@article{a,", "\n@misc{b, title = {", "@string{x=", "@comment{", "author={A and B}", "crossref={a}"),
        *("keywords={a,b}", "year=2020", "benang_title={%", "}", "{", '"', "(", ")", ",", "=", "#", "\\", "\n"),
        *("%", "$", "~", "\\'", " and ", "--"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_ends_in_an_account(text: str) -> None:
    """Whatever a file holds: what is found is read or set aside, in the order of the file."""
    reading = _read(text.encode("utf-8", "ignore").decode())
    places = [record.place for record in reading.records] + [aside.record for aside in reading.set_aside]

    assert sorted(places) == list(range(1, reading.found + 1))


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={" + "{" * 50_000 + "x" + "}" * 50_000 + "}}",
        "@article{a, title={" + "{" * 50_000,
        "@article{a, title={x\n" * 10_000,
        "@a{x\n" * 20_000,
        "@a(x\n" * 20_000,
        "@a(x,b=" * 10_000,
        ("@a{" + " " * 500) * 400,
        "@article{a," + ' t="a",' * 50_000 + "}",
        "@article{a,t=" + '"a"#' * 50_000 + "}",
        "@article{a," + "a{" * 50_000 + "}",
        "@article{a" + ",b" * 50_000 + "}",
        "@article{a, title={x}, author={" + "A and " * 50_000 + "}}",
        "@article{a, title={" + "$5 " * 50_000 + "\\'" * 50_000 + "\\href{" * 25_000 + "}" * 25_000 + "}}",
        "@article{a, keywords={" + "a," * 50_000 + "}, references={" + "a;" * 50_000 + "}}",
        "@article{a, author={" + "{" * 25_000 + "A" + "}" * 25_000 + "}, title={b}}",
        "@article{a, crossref={a}, title={x}}\n" * 2_500,
        "".join(f"@book{{k{n}, crossref={{k{n + 1}}}, title={{x}}}}\n" for n in range(2_500)),
        "@string{a = {b}}\n" * 20_000 + "@misc{a, title={x}}",
        "@misc{a, title={x}}\n" + "@ a\n" * 50_000 + "name = {\n" * 50_000,
        "@misc{a, title={x}}\n" + "@_-+1" * 100_000,
        "@misc{a, title={" + "$1" * 50_000 + "\\x[" * 50_000 + "$$" * 50_001 + "}}",
        "@misc{a, author_keywords={a; b}, keywords={" + "a, b; " * 50_000 + "}}",
    ],
    ids=range(22),
)
def test_long_and_strange_files_end(text: str) -> None:
    """Files on which a careless pattern or a recursion would not end are read at once."""
    reading = _read(text)

    assert reading.found == len(reading.records) + len(reading.set_aside) > 0


def test_each_orcid_of_web_of_science_goes_to_the_author_it_stands_by() -> None:
    """Profiles stand a line each, parted by nothing else: the second one's number isn't the first one's."""
    text = (
        "@article{a, Author = {Contoh, Ani and Umpama, Siti and Misal, Eka}, Title = {Kota},\n"
        "ORCID-Numbers = {{Misal, Eka/0000-0002-1825-0097\n   Contoh, Ani/0000-0001-5109-3700\n   }}}"
    )
    (record,) = _read(text).records

    assert record.author_ids == ("orcid:0000-0001-5109-3700", "", "orcid:0000-0002-1825-0097")


@pytest.mark.parametrize("mark", [" / ", "|", " | "])
def test_keywords_are_split_at_slashes_or_bars_where_a_file_uses_nothing_else(mark: str) -> None:
    """Twice in one field at least; a file that parts at commas or semicolons elsewhere is left as it stands."""
    many, two = mark.join(("kota kembar", "desa", "kerja sama")), mark.join(("kota", "desa"))
    reading = _read(f"@misc{{a, keywords = {{{many}}}}}\n@misc{{b, keywords = {{{two}}}}}")
    assert [record.author_keywords for record in reading.records] == [
        ("kota kembar", "desa", "kerja sama"),
        ("kota", "desa"),
    ]
    assert reading.notes == (
        f"Keywords given in one field were split at '{mark.strip()}' (2 records, first: record 1).",
    )
    mixed = _read(f"@misc{{a, keywords = {{{many}}}}}\n@misc{{b, keywords = {{kota; desa}}}}")
    assert mixed.records[0].author_keywords == (many,)
    assert _read(f"@misc{{a, keywords = {{{two}}}}}").records[0].author_keywords == (two,)


def test_an_entry_too_long_to_be_one_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason; those around it are read, and braces too deep to be held are counted."""
    monkeypatch.setattr("benang.readers.bibtex_entries.LONGEST", 100)
    monkeypatch.setattr("benang.readers.bibtex_entries.DEEPEST", 5)
    long = f"@article{{b, title = {{{'{' * 60}T{'}' * 60}}}}}"
    entries = list(bibtex_entries.entries_of(f"@misc{{a, title = {{A}}}}\n{long}\n@misc{{c, title = {{C}}}}\n"))

    assert [(entry.key, entry.broken) for entry in entries] == [("a", ""), ("", bibtex_entries.TOO_LONG), ("c", "")]


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
