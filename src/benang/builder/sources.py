"""The sources of a review: its exports read, works joined, keywords added by the reviewers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from benang.builder.plan import Plan
from benang.builder.plan_reading import source_files
from benang.project.folder import ReviewFolder
from benang.readers.registry import Choices, read
from benang.records.added_keywords import AddedKeywords, read_added_keywords, with_added_keywords
from benang.records.corpus import Corpus
from benang.records.duplicates.files import read_decisions
from benang.records.duplicates.finding import Duplicates, find_duplicates
from benang.records.duplicates.joining import joined
from benang.records.ledger import Ledger


@dataclass(frozen=True)
class ReadSources:
    """What the exports of a review gave: the works, the records that they were joined of, and what is in doubt.

    `aliases` are the keys of records that went into another one, with the key of the work.
    """

    works: Corpus
    records: Corpus
    duplicates: Duplicates
    aliases: Mapping[str, str]
    added: AddedKeywords


def read_sources(plan: Plan, folder: ReviewFolder) -> ReadSources:
    """Read the exports that the plan names; what is told of them names files within the review's folder.

    Pairs that `duplicates.tsv` decides are joined or kept apart as it says; `keywords.csv` adds keywords.
    """
    records = _records(plan, folder)
    duplicates, works, aliases = Duplicates(), records, dict[str, str]()
    if plan.sources.join_duplicates:
        decisions = read_decisions(folder.duplicates) if folder.duplicates else None
        duplicates = find_duplicates(records, decisions=decisions)
        if duplicates.groups:
            works = joined(records, duplicates)
            keys = records.keys
            aliases = {keys[one]: keys[group.members[0]] for group in duplicates.groups for one in group.members[1:]}
    added = read_added_keywords(folder.keywords) if folder.keywords else AddedKeywords()
    return ReadSources(with_added_keywords(works, added, aliases), records, duplicates, aliases, added)


def _records(plan: Plan, folder: ReviewFolder) -> Corpus:
    base = f"{folder.root.as_posix().rstrip('/')}/"
    origins = {str(field): str(origin) for field, origin in plan.sources.origins.items()}
    choices = Choices(
        forms={base + name: form for name, form in plan.sources.forms.items()},
        encodings={base + name: encoding for name, encoding in plan.sources.encodings.items()},
        columns={base + name: columns for name, columns in plan.sources.columns.items()},
    )
    corpus = read(*source_files(plan, folder.root), origins=origins, choices=choices)
    accounts = tuple(replace(account, path=account.path.removeprefix(base)) for account in corpus.ledger.files)
    files = tuple(account.path for account in accounts)
    history = tuple(
        replace(step, arguments={**step.arguments, "files": files}) if "files" in step.arguments else step
        for step in corpus.history
    )
    works = corpus.works
    files_of = [name.removeprefix(base) for name in works.column("file").to_pylist()]
    works = works.set_column(works.column_names.index("file"), "file", pa.array(files_of, pa.string()))
    return replace(corpus, works=works, ledger=Ledger(accounts), history=history)
