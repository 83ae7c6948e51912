"""What a review found is counted, for its report and for single numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benang.locale import Language
from benang.project.folder import open_folder
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus
from benang.report import Paragraph
from benang.report.content import CorpusSection
from benang.review.load import load
from benang.tasks.build import findings
from benang.tasks.build.findings import described, read_findings
from benang.tasks.explain import explanation_of


def test_numbers_are_found_without_building(review: Path) -> None:
    """Opening a number writes nothing."""
    found, language = read_findings(review)

    assert found.evidence.numbers["reasons/rent/cases"].of == ("hulu", "muara")
    assert language == "en"
    assert not (review / "out").exists()


def test_a_number_of_codes_needs_no_description_of_the_records(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its own id or an earlier one of the code; a number of the records, or one that there is not, needs it."""
    calls: list[int] = []
    describe = findings.described

    def counted(corpus: Corpus, thesaurus: Thesaurus | None, language: Language) -> CorpusSection:
        calls.append(1)
        return describe(corpus, thesaurus, language)

    monkeypatch.setattr(findings, "described", counted)
    for number, times in (("reasons/rent/cases", 0), ("corpus/works/all", 1), ("reasons/rant/cases", 2)):
        numbers = read_findings(review, number=number)[0].evidence.numbers
        assert len(calls) == times
        assert any(one.startswith("corpus/") for one in numbers) == (times > 0)


def test_a_number_is_opened_without_what_draws_and_writes(review: Path) -> None:
    """Opening one waits neither for matplotlib nor for the sums of layouts to be loaded."""
    code = (
        "import sys; from benang.tasks.build.findings import read_findings;"
        "read_findings(sys.argv[1], number='reasons/rent/cases');"
        "print(sorted({'matplotlib', 'benang.report.html', 'benang.layout', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(review)], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_numbers_of_the_corpus_are_explained_with_their_titles(review: Path) -> None:
    """`benang explain` names what a number of the corpus is of, and the records it counts."""
    found, language = read_findings(review)
    told = str(explanation_of(found, "corpus/authors/sari, d/records", language)).splitlines()

    assert told[1] == "Authors: Sari, D., records: 1 record"
    assert "Night markets that closed in two river towns" in told[3]


def test_assigned_keywords_are_called_so_in_the_corpus(review: Path) -> None:
    """What rests on keywords that the reviewers gave says it, here as well."""
    section = described(load(open_folder(review)).corpus, None, "en")
    keywords = next(part for part in section.parts if part.name == "corpus-keywords")

    assert Paragraph("The keywords were assigned for this review.", "absent") in keywords.blocks


def test_variants_of_keywords_are_joined_as_on_the_maps(review: Path) -> None:
    """The thesaurus makes `night markets` a `night market`: all three records have it."""
    loaded = load(open_folder(review))
    plain = described(loaded.corpus, None, "en").numbers
    joined = described(loaded.corpus, loaded.thesaurus, "en").numbers

    assert plain["corpus/author-keywords/night market/records"].value == 2
    assert joined["corpus/author-keywords/night market/records"].value == 3
    assert joined["corpus/author-keywords/night market/records"].of == ("harjo2020", "putra", "sari2018")
