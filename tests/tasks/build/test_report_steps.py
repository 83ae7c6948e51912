"""The records of a review in figures, as a part of its report."""

from __future__ import annotations

import importlib.util
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from benang.errors import BenangError
from benang.project.folder import open_folder
from benang.report import Figure
from benang.review.load import load
from benang.tasks.build.building import build
from benang.tasks.build.cache import Cache
from benang.tasks.build.report_steps import corpus_in_figures


def test_the_report_shows_the_corpus_and_every_number_of_it_opens(built_review: Path) -> None:
    """Each number printed in the section is in evidence.json, and has its entry in the appendix."""
    built = build(built_review)
    page = built.report.read_text(encoding="utf-8")
    section = page[page.index('id="part-corpus"') : page.index('id="part-limits"')]
    printed = set(re.findall(r'data-number="(corpus/[^"]*)"', section))
    kept = json.loads((built.out / "evidence.json").read_text(encoding="utf-8"))["numbers"]

    assert "corpus/authors/sari, d/records" in printed
    assert printed <= kept.keys()
    assert set(re.findall(r'class="number" href="#(n-corpus[^"]*)"', section)) <= set(re.findall(r'id="([^"]*)"', page))


def test_a_plan_can_leave_the_corpus_out(built_review: Path) -> None:
    """With `corpus = false` there is neither the section nor one of its numbers."""
    plan = built_review / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n[report]\ncorpus = false\n", encoding="utf-8")
    built = build(built_review)

    assert 'id="part-corpus"' not in built.report.read_text(encoding="utf-8")
    assert not any(key.startswith("corpus/") for key in built.findings.evidence.numbers)


def test_figures_of_the_corpus_are_drawn_once(review: Path) -> None:
    """The second time they are read back, the same as they were drawn, and their captions too."""
    loaded = load(open_folder(review))
    first, second = Cache(review / "out").load(), Cache(review / "out")
    drawn = corpus_in_figures(loaded.corpus, loaded.thesaurus, "id", first)
    kept = corpus_in_figures(loaded.corpus, loaded.thesaurus, "id", second.load())

    assert (first.made, second.kept) == (["figures of the corpus"], ["figures of the corpus"])
    assert drawn.parts == kept.parts
    assert any(isinstance(block, Figure) for part in kept.parts for block in part.blocks)


def _say(review: Path, lines: str) -> None:
    plan = review / "review.toml"
    plan.write_text(f"{plan.read_text(encoding='utf-8')}\n[report]\n{lines}\n", encoding="utf-8")


def test_a_report_comes_in_the_formats_that_are_asked_for(built_review: Path) -> None:
    """In the plan or, before it, by name; each once, and the same bytes when it is made anew."""
    _say(built_review, 'formats = ["pdf", "docx", "html", "pdf"]')
    built = build(built_review)
    first = {path.name: path.read_bytes() for path in built.reports}
    again = build(built_review, force=True)

    assert list(first) == ["report.html", "report.docx", "report.pdf"]
    assert {path.name: path.read_bytes() for path in again.reports} == first
    assert build(built_review).made == ()
    assert build(built_review, formats=("html",)).removed[-2:] == ("report.docx", "report.pdf")


def test_figures_of_the_corpus_are_in_word_too(built_review: Path) -> None:
    """As pixels, which the page for browsers doesn't need."""
    with zipfile.ZipFile(build(built_review, formats=("docx",)).report) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        body = archive.read("word/document.xml").decode("utf-8")

    assert len(pictures) == len(set(re.findall(r'<wp:docPr id="(\d+)"', body))) > 3
    assert not (built_review / "out" / "report.html").exists()


def test_another_template_makes_the_document_anew(built_review: Path) -> None:
    """And nothing else."""
    _say(built_review, 'formats = ["docx"]\ntemplate = "faculty.docx"')
    template = docx.Document()
    for size in (20, 30):
        template.styles["Heading 1"].font.size = Pt(size)
        template.save(str(built_review / "faculty.docx"))
        built = build(built_review)
        assert docx.Document(str(built.report)).styles["Heading 1"].font.size == Pt(size)

    assert built.made == ("report.docx",)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('formats = ["docx"]\ntemplate = "faculty.docx"', r"faculty\.docx: this is not a Word document"),
        ('formats = ["odt"]', r"review\.toml, line \d+.*'odt'"),
        ("formats = []", r"review\.toml, line \d+"),
        ('template = "facult.docx"', r"review\.toml, line \d+: there is no file 'facult\.docx'.*faculty\.docx"),
    ],
)
def test_what_can_not_be_written_is_found_before_the_work(review: Path, lines: str, message: str) -> None:
    """Before any map is laid out, and with nothing written."""
    (review / "faculty.docx").write_text("no zip")
    _say(review, lines)

    with pytest.raises(BenangError, match=message):
        build(review)
    assert not (review / "out").exists()


def test_without_typst_a_pdf_is_refused_before_the_work(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other formats need none."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(BenangError, match=r'pip install "benang\[pdf\]"'):
        build(review, formats=("pdf",))
    assert not (review / "out").exists()


def test_no_map_chart_or_table_is_called_by_its_internal_name(built_review: Path) -> None:
    """Maps without a title are called by what they are made of; two of the same are told apart by numbers."""
    plan = built_review / "review.toml"
    text = plan.read_text(encoding="utf-8").replace('"topics"', '"a-map"').replace('"reasons"\nitems', '"b-map"\nitems')
    more = '\n[[maps]]\nname = "c-map"\nitems = "author-keywords"\ncomponents = "all"\n'
    plan.write_text(text.replace('[[tables]]\nname = "cases"', '[[tables]]\nname = "d-table"') + more, encoding="utf-8")

    page = build(built_review).report.read_text(encoding="utf-8")
    visible = re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", "", page))

    assert [name for name in ("a-map", "b-map", "c-map", "d-table") if name in visible] == []
    assert "Map “Author keywords (2)”" in visible
