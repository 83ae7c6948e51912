"""What a review's folder holds, read and checked before anything is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benang.coding.cases import Cases, check_cases, read_cases
from benang.coding.codebook import Codebook
from benang.coding.codebook_file import read_codebook
from benang.files import read_text
from benang.judgements.log import Judgements, read_judgements
from benang.project.documents import Document, read_documents
from benang.project.folder import ReviewFolder
from benang.project.toml_lines import line_of
from benang.readers.registry import read
from benang.records.corpus import Corpus, with_free_keys
from benang.records.paper import EXACT, paper_of
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus, read_thesaurus
from benang.review.filed_documents import filed_documents
from benang.review.filing import Filing
from benang.review.plan import Plan
from benang.review.plan_reading import check_vocabulary, read_plan
from benang.review.sources import ReadSources, read_sources
from benang.synthesis.claims import Claims, read_claims


@dataclass(frozen=True)
class Loaded:
    """A review's folder in memory: facts, vocabulary and judgements, each checked against the others."""

    folder: ReviewFolder
    plan: Plan
    corpus: Corpus
    thesaurus: Thesaurus | None
    codebook: Codebook
    cases: Cases
    documents: Mapping[str, Document]
    judgements: Judgements
    claims: Claims
    sources: ReadSources
    also_cited: tuple[Record, ...] = ()


def load(folder: ReviewFolder) -> Loaded:
    """Read all that a review rests on; parts that a review does not have are empty."""
    plan = read_plan(folder)
    codebook = read_codebook(folder.codebook) if folder.codebook else Codebook()
    check_vocabulary(plan, folder.plan, codebook)
    sources = read_sources(plan, folder)
    corpus = sources.works
    cases = read_cases(folder.cases) if folder.cases else Cases()
    documents = filed_documents(read_documents(folder), sources.filing)
    if folder.cases:
        cases = filed_cases(cases, folder.cases, sources.filing)
    sources.filing.check()
    if folder.cases:
        check_cases(cases, folder.cases, corpus.keys, codebook)
    return Loaded(
        folder=folder,
        plan=plan,
        corpus=corpus,
        thesaurus=read_thesaurus(folder.root / plan.cleaning.thesaurus) if plan.cleaning.thesaurus else None,
        codebook=codebook,
        cases=cases,
        documents=documents,
        judgements=read_judgements(folder),
        claims=read_claims(folder.claims) if folder.claims else Claims(),
        also_cited=_beside(read(folder.root / plan.report.also_cited), sources) if plan.report.also_cited else (),
        sources=sources,
    )


def _beside(also_cited: Corpus, sources: ReadSources) -> tuple[Record, ...]:
    """Return what is cited beside the works of a review, under keys that none of these has.

    Two files may give one id to two papers; a quotation of the one must not be cited by the name of the other.
    """
    corpus, _ = with_free_keys(also_cited, {*sources.records.keys, *sources.works.keys})
    return tuple(
        one
        for one, own in zip(corpus.records, also_cited.keys, strict=True)
        if one.key == own or sources.filing.fits(sources.filing.names.work(own), paper_of(one)) < EXACT
    )


def filed_cases(cases: Cases, path: Path, filing: Filing) -> Cases:
    """Name studies by their works: a record that was joined to another is known by its own key too."""
    text = read_text(path)

    def key(name: str, number: int) -> str:
        return filing.key(name, f"{path.name}, line {line_of(text, ('cases', number, 'studies'))}") or name

    return cases.model_copy(
        update={
            "cases": tuple(
                case.model_copy(update={"studies": tuple(dict.fromkeys(key(one, number) for one in case.studies))})
                for number, case in enumerate(cases.cases)
            )
        }
    )
