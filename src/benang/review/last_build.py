"""What the last build of a review said of its exports and records; nothing where `out` was thrown away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from benang.confinement import leads_to
from benang.errors import BenangError
from benang.files import read_text
from benang.project.folder import ReviewFolder
from benang.records.corpus import Corpus
from benang.records.paper import Paper


@dataclass(frozen=True)
class LastBuild:
    """`changed` are the exports that are not as they were; `papers` has which paper each name of a record meant."""

    changed: frozenset[str] = frozenset()
    papers: Mapping[str, Paper] = field(default_factory=dict)


def last_build(folder: ReviewFolder, corpus: Corpus) -> LastBuild:
    """Read what the last build wrote into `out/provenance.json`; one outside, reached by a link, is not believed."""
    path = folder.root / "out" / "provenance.json"
    if leads_to(folder.root, path):
        return LastBuild()
    try:
        told = json.loads(read_text(path))
        before = {str(one["path"]): str(one["sha256"]) for one in told["files"]}
        papers = {str(name): _paper(one) for name, one in told.get("papers", {}).items()}
    except (BenangError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return LastBuild()
    changed = (one.path for one in corpus.ledger.files if one.path in before and before[one.path] != one.sha256)
    return LastBuild(frozenset(changed), papers)


def papers_json(papers: Mapping[str, Paper]) -> dict[str, dict[str, object]]:
    """Return which paper each name means, as `last_build` reads it.

    Examples
    --------
    >>> papers_json({"a": Paper("Rent", 2018)})
    {'a': {'title': 'Rent', 'year': 2018, 'author': '', 'doi': ''}}
    """
    return {
        name: {"title": one.title, "year": one.year, "author": one.author, "doi": one.doi}
        for name, one in papers.items()
    }


def _paper(told: Mapping[str, object]) -> Paper:
    year = told.get("year")
    return Paper(
        str(told.get("title") or ""),
        year if isinstance(year, int) else None,
        str(told.get("author") or ""),
        str(told.get("doi") or ""),
    )
