"""Decisions of screening tools are kept, in whatever form and through whatever program they come."""

from __future__ import annotations

import html
import json

import pytest

from benang.readers.forms import text_form
from benang.readers.source import Source
from benang.readers.status import noted_decisions

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
