"""Lists of cited references are parted where one ends, not at semicolons within titles and lists of authors."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.readers import Source
from benang.readers.dialects import dimensions_list, joined_halves, noted_decisions
from benang.readers.forms import text_form
from benang.readers.registry import read_files
from benang.readers.ris_and_wos import read_wos
from benang.records.corpus import corpus_of
from benang.records.references.keys import record_keys
from benang.records.references.matching import match_references

ONE = "[Umpama, A.; Contoh, B.]|[ur.1; ur.2]|J|2001|3|1|1-9|10.9999/z|pub.1000000009|12"
TWO = "[Misal, E.; Rekaan, C.; Teladan, D.]|[ur.3; ; ur.5]|Stalls; rents|2005|7||55-70|10.9999/y|pub.1000000010|3"
THREE = "[Contoh, A.]|[ur.6]|City Papers|2007|||1-2||pub.1000000011|"


@pytest.mark.parametrize("between", [";", "; "])
def test_references_of_dimensions_stay_whole(between: str) -> None:
    """Semicolons stand between people, between their ids, and in titles."""
    assert dimensions_list(between.join((ONE, TWO, THREE))) == (ONE, TWO, THREE)


def test_brackets_around_whole_references_are_taken_off() -> None:
    """In other exports of Dimensions each reference stands in one pair."""
    whole = ("Umpama, A.; Contoh, B.||J|2001|3|1|1-9||pub.1009|12", "Misal, E.|Stalls; rents|J|2002|||||pub.1010|0")
    assert dimensions_list(";".join(f"[{one}]" for one in whole)) == whole


def test_one_without_an_end_swallows_only_itself() -> None:
    """Bars are counted: after those of one reference a bracket begins the next."""
    broken = "[Umpama, A.]|[ur.1]|J|2001|3|1|1-9|10.9999/z|cut|off|here|x|y|z"
    assert dimensions_list(f"{broken};{ONE};{TWO}") == (broken, ONE, TWO)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Umpama, Ani, Seizing stalls", "rents of small towns in rain, Trade Review, 36, 10, pp. 2774-2790, (2024)"),
        ("Umpama, Ani, Views of stalls [version 1", "peer review: 1 approved], F9999Research, 12, (2023)"),
        ("Umpama, Ani, Stalls: rain, rents, and wages", "Lessons from Rain, Trade Review, 18, 9, pp. 1-9, (2022)"),
        ("Umpama, A., Contoh, B., Modelling of stalls", "an application to rain (1985) Trade Notes, 188, pp. 15-31"),
        ("Umpama A., Contoh B., Size of stalls", "comparing two methods, Trade Rev., 305, (2018)"),
    ],
)
def test_halves_of_a_title_with_a_semicolon_are_one_reference(first: str, second: str) -> None:
    """The first half has no year, and the second begins as no reference does."""
    last = "Misal, Eka, Fees, Trade Review, 3, (2001)"
    assert joined_halves((last, first, second, last)) == (last, f"{first}; {second}", last)


@pytest.mark.parametrize(
    "pieces",
    [
        ("Umpama, Ani, Stalls, Trade Review, 2022, 78, pp. 45-76", "Contoh, Budi, Rents, Trade Review, 3, (2020)"),
        ("Umpama, A., Contoh, B., Stalls in print, Trade Rev.", "van Misal, E., Rents (2005) Trade Rev., 94, p. 1"),
        ("Umpama, A., Contoh, B., Stalls in print, Trade Rev.", "d'Misal E., Rekaan C., Rents, Trade Rev., 9, (2005)"),
        ("Umpama, A., Stalls, available at", "https://stalls.example, Rents, accessed, (2005)"),
        ("Kitab umpama", "Rents in rain, Trade Review, 3, (2020)"),
        ("Umpama, A., Stalls, , 4th ed.", "(2013) Institute of Rents, , Manual"),
    ],
)
def test_whole_references_stay_apart(pieces: tuple[str, ...]) -> None:
    """Undated ones with pages, small letters that begin names, links, titles alone, years that begin."""
    assert joined_halves(pieces) == pieces


@given(st.lists(st.sampled_from([ONE, TWO, THREE, "[", "]|", "a; b", "", "pub.1|2]"]), max_size=12))
def test_nothing_of_a_list_is_lost(pieces: list[str]) -> None:
    """Whatever stands there, each letter is in some reference."""
    letters = sorted(one for one in ";".join(pieces) if one.isalnum())
    assert sorted(one for part in dimensions_list(";".join(pieces)) for one in part if one.isalnum()) == letters


HEAD = "FN Clarivate\nVR 1.0\n"


def record(number: int, short: str, full: str, cites: str = "") -> str:
    """Write a record as Web of Science does."""
    cited = f"CR {cites}\n" if cites else ""
    return (
        f"PT J\nAU {short}\nAF {full}\nTI Stalls {number}\nSO J STALLS\n{cited}PY 20{10 + number}\nVL {number}\n"
        f"BP {number}1\nUT WOS:{number}\nER\n\n"
    )


def test_web_of_science_cites_by_short_names() -> None:
    """Both names give a key; where the short is the full one shortened nothing is kept."""
    text = (
        HEAD
        + record(1, "Buechi, J", "Büchi, Jürg")
        + record(2, "Umpama, A", "Umpama, Ani", "Buechi J, 2011, J STALLS, V1, P11")
    )
    reading = read_wos(Source("a.txt", "a.txt", f"{text}EF\n".encode()))
    assert [dict(one.raw) for one in reading.records] == [{"authors": "Buechi, J"}, {}]
    assert [key for key in record_keys(reading.records[0]) if key.startswith("work:")] == [
        "work:buchi j|2011|1|11",
        "work:buechi j|2011|1|11",
    ]
    assert match_references(corpus_of(reading.records)).record.tolist() == [0]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "PT\tAU\tAF\tTI\tSO\tPY\tUT",
            "J\tBuechi, J; Contoh, A\tBüchi, Jürg; Contoh, Ani\tStalls\tJ STALLS\t2011\tWOS:1",
        ),
    ],
)
def test_tables_keep_short_names_too(header: str, row: str, tmp_path: Path) -> None:
    """Tab-delimited exports have both columns."""
    path = tmp_path / "savedrecs.txt"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    (one,) = read_files(path).corpus.records
    assert one.authors[0] == "Büchi, Jürg"
    assert one.raw["authors"] == "Buechi, J; Contoh, A"


RAYYAN = 'RAYYAN-INCLUSION: {"Ani"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong design'
PARTS = ('RAYYAN-INCLUSION: {"Ani"=>"Excluded"}', "RAYYAN-EXCLUSION-REASONS: wrong design")


@pytest.mark.parametrize(
    ("note", "decisions"),
    [
        (RAYYAN, PARTS),
        (f"<p>{RAYYAN}</p>", PARTS),
        (f"A note of mine.\n{RAYYAN}", PARTS),
        ('USER-NOTES: {"Ani"=>["a | b"]} | RAYYAN-LABELS: x', ('USER-NOTES: {"Ani"=>["a | b"]}', "RAYYAN-LABELS: x")),
        ('USER-NOTES: {"Ani"=>["a"]}', ('USER-NOTES: {"Ani"=>["a"]}',)),
        ("ASReview_relevant", ("ASReview_relevant",)),
        ("ASReview_irrelevant", ("ASReview_irrelevant",)),
        ("<p>ASReview_not_seen</p>", ("ASReview_not_seen",)),
        ("ASReview_relevant ASReview_prior of 2020", ("ASReview_relevant", "ASReview_prior")),
        ("asreview_note: opnemen | asreview_time: 2026-01-02", ("asreview_note: opnemen", "asreview_time: 2026-01-02")),
        ("Exclusion reason: wrong design", ("Exclusion reason: wrong design",)),
        ("a review_ of relevant work", ()),
        ("my RAYYAN-notes", ()),
    ],
)
def test_a_note_gives_the_decisions_in_it(note: str, decisions: tuple[str, ...]) -> None:
    """Rayyan's, ASReview's and Covidence's words are kept, and the user's own notes left out."""
    assert noted_decisions([note]) == decisions


TABLES = {
    "Scopus": "Authors,Title,Year,Source title,EID,{}\nUmpama A.,T,2019,J,2-s2.0-1,{}\n",
    "plain": "Title,Authors,Year,{}\nT,Umpama A.,2019,{}\n",
    "semicolons": "Judul;Penulis;Tahun;{}\nT;Umpama A.;2019;{}\n",
    "Zotero": "Key,Item Type,Title,Author,Publication Title,{}\nK,journalArticle,T,Umpama A.,J,{}\n",
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("header", "cell", "decisions"),
    [
        ("asreview_label", "1", ("asreview_label: 1",)),
        ("included", "0", ("included: 0",)),
        ("label_included", "-1", ("label_included: -1",)),
        ("final_included", "", ()),
        ("asreview_note", "opnemen", ("asreview_note: opnemen",)),
        ("Screening decision", "Maybe", ("Maybe",)),
        ("exclusion_reason", "wrong design", ("exclusion_reason: wrong design",)),
        ("notes", "ASReview_relevant", ("ASReview_relevant",)),
        ("exported_notes_1", "ASReview_irrelevant", ("ASReview_irrelevant",)),
        ("Notes", "read again", ()),
        ("RAYYAN-INCLUSION", "Included", ("RAYYAN-INCLUSION: Included",)),
        ("Full text decision", "Included", ("Full text decision: Included",)),
        ("asreview_time", "2026-11-01", ()),
    ],
)
def test_columns_of_screening_tools_are_read_in_any_table(
    table: str, header: str, cell: str, decisions: tuple[str, ...]
) -> None:
    """ASReview adds its columns to the table it was given; a value that says less alone is kept behind its header."""
    source = Source("a.csv", "a.csv", TABLES[table].format(header, cell).encode())

    assert text_form(source).read(source).records[0].decisions == decisions


@pytest.mark.parametrize(
    "export",
    [
        "TY  - JOUR\nTI  - T\nN1  - {}\nER  - \n",
        "TY  - JOUR\nTI  - T\nRN  - {}\nER  - \n",
        "@article{{a,\n title={{T}},\n note={{{}}}\n}}\n",
        "@article{{a,\n title={{T}},\n annote={{{}}}\n}}\n",
        "%0 Journal Article\n%T T\n%A Misal, E.\n%Z {}\n",
        "RT Journal Article\nT1 T\nA1 Misal, E.\nNO {}\n",
    ],
)
@pytest.mark.parametrize(
    ("note", "decisions"), [(RAYYAN, PARTS), ("ASReview_irrelevant", ("ASReview_irrelevant",)), ("just a note", ())]
)
def test_every_form_with_notes_keeps_decisions(export: str, note: str, decisions: tuple[str, ...]) -> None:
    """What was decided goes along through RIS, BibTeX, EndNote and RefWorks."""
    source = Source("a", "a", export.format(note).encode())

    assert text_form(source).read(source).records[0].decisions == decisions


def test_json_and_xml_keep_decisions_too() -> None:
    """CSL-JSON has one note, EndNote XML has notes and research notes."""
    csl = json.dumps([{"id": "a", "type": "book", "title": "T", "note": RAYYAN}])
    notes = f"<notes>{html.escape(RAYYAN)}</notes><research-notes>ASReview_relevant</research-notes>"
    xml = f"<xml><records><record><titles><title>T</title></titles>{notes}</record></records></xml>"
    for export, decisions in ((csl, PARTS), (xml, (*PARTS, "ASReview_relevant"))):
        source = Source("a", "a", export.encode())

        assert text_form(source).read(source).records[0].decisions == decisions
