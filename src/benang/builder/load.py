"""What a review's folder holds, read and checked before anything is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from benang.builder.plan import Plan, check_vocabulary, read_plan, source_files
from benang.coding.cases import Cases, check_cases, read_cases
from benang.coding.codebook import Codebook
from benang.coding.codebook_file import read_codebook
from benang.project.documents import Document, read_documents
from benang.project.folder import ReviewFolder
from benang.project.log import Judgements, read_judgements
from benang.readers.registry import read
from benang.records.corpus import Corpus
from benang.records.ledger import Ledger
from benang.records.record import Record
from benang.records.thesaurus import Thesaurus, read_thesaurus
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
    also_cited: tuple[Record, ...] = ()


def load(folder: ReviewFolder) -> Loaded:
    """Read all that a review rests on; parts that a review does not have are empty."""
    plan = read_plan(folder)
    codebook = read_codebook(folder.codebook) if folder.codebook else Codebook()
    check_vocabulary(plan, folder.plan, codebook)
    corpus = read_sources(plan, folder)
    cases = read_cases(folder.cases) if folder.cases else Cases()
    if folder.cases:
        check_cases(cases, folder.cases, corpus.keys, codebook)
    return Loaded(
        folder=folder,
        plan=plan,
        corpus=corpus,
        thesaurus=read_thesaurus(folder.root / plan.cleaning.thesaurus) if plan.cleaning.thesaurus else None,
        codebook=codebook,
        cases=cases,
        documents=read_documents(folder),
        judgements=read_judgements(folder),
        claims=read_claims(folder.claims) if folder.claims else Claims(),
        also_cited=read(folder.root / plan.report.also_cited).records if plan.report.also_cited else (),
    )


def read_sources(plan: Plan, folder: ReviewFolder) -> Corpus:
    """Read the exports; what is told of them names files within the review's folder, wherever that lies."""
    origins = {str(field): str(origin) for field, origin in plan.sources.origins.items()}
    corpus = read(*source_files(plan, folder.root), origins=origins)
    base = f"{folder.root.as_posix().rstrip('/')}/"
    accounts = tuple(replace(account, path=account.path.removeprefix(base)) for account in corpus.ledger.files)
    files = tuple(account.path for account in accounts)
    history = tuple(
        replace(step, arguments={**step.arguments, "files": files}) if "files" in step.arguments else step
        for step in corpus.history
    )
    return replace(corpus, ledger=Ledger(accounts), history=history)
