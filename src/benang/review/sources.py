"""The sources of a review: its exports read, works joined, keywords added by the reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from benang.errors import at_line
from benang.project.folder import ReviewFolder
from benang.readers.opening import name_of
from benang.readers.registry import Choices, read
from benang.records.added_keywords import AddedKeywords, read_added_keywords, renamed_keywords, with_added_keywords
from benang.records.corpus import Corpus, corpus_of
from benang.records.duplicates.decisions import Decisions
from benang.records.duplicates.files import read_decisions
from benang.records.duplicates.finding import Duplicates
from benang.records.duplicates.joining import works_of
from benang.records.file_accounts import placeless
from benang.records.paper import KnownNames, Paper
from benang.review.filing import Filing, last_build
from benang.review.plan import Plan
from benang.review.plan_reading import source_files

DUPLICATES = "duplicates.tsv"


@dataclass(frozen=True)
class ReadSources:
    """What the exports of a review gave: the works, the records that they were joined of, and what is in doubt.

    `aliases` are the keys of records that went into another one, with the key of the work. `filing` finds works by the
    names that the files of the review have for them, and keeps what it found out.
    """

    works: Corpus
    records: Corpus
    duplicates: Duplicates
    aliases: Mapping[str, str]
    added: AddedKeywords
    filing: Filing


def read_sources(plan: Plan, folder: ReviewFolder) -> ReadSources:
    """Read the exports that the plan names; what is said of them names files within the review's folder.

    A review that begins may have none yet, and has no records then.

    Pairs that `duplicates.tsv` decides are joined or kept apart as it says; `keywords.csv` adds keywords.

    Raises
    ------
    BenangError
        Where a name of a record may mean another one, beside what `read` and the two files raise.
    """
    records = _records(plan, folder)
    last = last_build(folder, records)
    single = Filing(KnownNames(records), last)
    join = plan.sources.join_duplicates
    decisions = _renamed_decisions(read_decisions(folder.duplicates), single) if join and folder.duplicates else None
    works = works_of(records, join=join, decisions=decisions)
    corpus, aliases = works.corpus if works.n_joined else records, works.aliases()
    filing = Filing(KnownNames(records, aliases), last, renamed=single.renamed, used=single.used)
    added = _renamed_keywords(read_added_keywords(folder.keywords), filing) if folder.keywords else AddedKeywords()
    whole = with_added_keywords(corpus, added, aliases)
    return ReadSources(whole, records, works.duplicates, aliases, added, filing)


def _renamed_decisions(decisions: Decisions, filing: Filing) -> Decisions:
    """Name the records of decisions by their keys."""

    def key(name: str, title: str, line: int) -> str:
        return filing.key(name, at_line(DUPLICATES, line), Paper(title)) or name

    pairs = tuple(
        replace(one, one=key(one.one, one.titles[0], one.line), other=key(one.other, one.titles[1], one.line))
        for one in decisions.pairs
    )
    filing.check()
    return replace(decisions, pairs=pairs)


def _renamed_keywords(added: AddedKeywords, filing: Filing) -> AddedKeywords:
    """Name the records of keywords by the keys of their works."""
    keys = {
        name: filing.key(name, at_line(added.file, added.lines[name]), Paper(added.titles.get(name, ""))) or name
        for name in added.by_record
    }
    filing.check()
    return renamed_keywords(added, keys)


def _records(plan: Plan, folder: ReviewFolder) -> Corpus:
    base = f"{name_of(folder.root).rstrip('/')}/"
    origins = {str(field): str(origin) for field, origin in plan.sources.origins.items()}
    choices = Choices(
        forms={base + name: form for name, form in plan.sources.forms.items()},
        encodings={base + name: encoding for name, encoding in plan.sources.encodings.items()},
        columns={base + name: columns for name, columns in plan.sources.columns.items()},
    )
    files = source_files(plan, folder.root)
    if not files:
        return corpus_of(())
    corpus = read(*files, origins=origins, choices=choices)
    corpus = placeless(corpus, [folder.root])
    names = tuple(account.path for account in corpus.ledger.files)
    history = tuple(
        replace(step, arguments={**step.arguments, "files": names}) if "files" in step.arguments else step
        for step in corpus.history
    )
    return replace(corpus, history=history)
