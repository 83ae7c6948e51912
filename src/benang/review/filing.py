"""Which works a review's files mean and which of them count: names looked up, and what the screening leaves out.

A name that is a key of today is sure. One that an earlier version made is understood where it leads to one work; what
is beside it, a title in a table or the heading of a document, is asked first. Where nothing confirms a place in a
file, it is taken and said; it is refused where the file is not the one of the last build, since another record may
stand there now. With works that the screening excluded go their cases, documents and codings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from benang.coding.cases import Cases
from benang.errors import BenangError, Problem
from benang.evidence import Step
from benang.files import read_text
from benang.judgements.events import Coding, Consensus, Event, Task, Value
from benang.judgements.log import Judgements
from benang.locale import Language, translator
from benang.locale.writing import Worded, alternatives, worded
from benang.project.folder import Document, ReviewFolder
from benang.readers.identifiers import doi_in
from benang.records.corpus import Corpus, part_of_corpus
from benang.records.duplicates.likeness import doi_of
from benang.records.identity import title_letters
from benang.records.paper import EXACT, KnownNames, Named, Paper, fit_of_any, paper_of
from benang.records.record import Record
from benang.review.plan import Use
from benang.safe_files import leads_to
from benang.screening.outcomes import Screening


@dataclass(frozen=True)
class LastBuild:
    """`changed` are the exports that are not as they were; `papers` has which paper each name of a record meant."""

    changed: frozenset[str] = frozenset()
    papers: Mapping[str, Paper] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name that a file has for a work and that is not its key, or not its key any more; and by what it was known."""

    where: str
    name: str
    key: str
    why: Worded


@dataclass
class Filing:
    """Finds works by their names, and keeps what was found out on the way.

    `last` is what the last build said. `problems` are names that may mean another paper, `renamed` those that are
    understood but should be rewritten, `used` all that were found, with the keys of their works.
    """

    names: KnownNames
    last: LastBuild = field(default_factory=LastBuild)
    problems: list[Problem] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)

    def key(self, name: str, where: str, paper: Paper | None = None) -> str:
        """Return the key of the work that a name means, `paper` being what is beside it; nothing where there is none.

        A name that leads to no record is left to the caller, who knows what was expected there.
        """
        named = self.names.find(name)
        if named.is_sure:
            self._hold_against_last(name, named.key, where)
            if named.by != "key":
                self.rename(where, name, named.key, worded("the data of the record"))
        elif key := self._key_of(named, paper):
            self.rename(where, name, key, worded("its title"))
            return self.use(name, key)
        elif key := self._key_of(named, self.last.papers.get(name)):
            self.rename(where, name, key, worded("the paper it referred to in the last build"))
            return self.use(name, key)
        elif len(named.keys) > 1:
            self.problems.append(_ambiguous(name, where, [self.shown(key) for key in named.keys]))
        elif named.key and self._has_moved(named):
            self.problems.append(_unsafe(name, where, self.shown(named.key)))
        elif named.key:
            number = worded("only its number in a library, without confirmation: check it")
            place = worded("only its place in the file, without confirmation: check it")
            self.rename(where, name, named.key, number if named.by == "number" else place)
        return self.use(name, named.key)

    def called(self, name: str) -> tuple[str, ...]:
        """Return the keys of the works that a name may mean: a key, a DOI, an id of a database, or a title.

        The surest way that leads anywhere counts.
        """
        ways = (
            self.names.find(name).keys,
            self._by_id.get(name.casefold(), ()),
            self._by_doi.get(doi_of(doi_in(name)), ()),
            self._by_title.get(title_letters(name), ()),
        )
        return next((tuple(dict.fromkeys(keys)) for keys in ways if keys), ())

    def use(self, name: str, key: str) -> str:
        """Keep what a name means, for the next build; return the key."""
        if key:
            self.used[name] = key
        return key

    @property
    def papers(self) -> dict[str, Paper]:
        """The paper that each name means: of a record that was joined to others, its own."""
        keys = {name: key for name, key in sorted(self.used.items()) if self.names.work(key) in self.works}
        return {name: self._own_paper(key) or self.paper(self.names.work(key)) for name, key in keys.items()}

    def paper(self, key: str) -> Paper:
        """Return the paper of a work: of its records, the first that tells one."""
        papers = [paper_of(record) for record in self.works[key]]
        return next((paper for paper in papers if paper.is_told), papers[0])

    def _own_paper(self, key: str) -> Paper | None:
        """Return the paper of the record with a key, as it was before any other was joined to it."""
        papers = (paper_of(one) for one in self.works[self.names.work(key)] if one.key == key)
        return next((paper for paper in papers if paper.is_told), None)

    def _key_of(self, named: Named, paper: Paper | None) -> str:
        """Return the work that a paper is, where it is one alone or the one that is named, too."""
        fitting = self.fitting(paper) if paper is not None and paper.title else []
        return fitting[0] if len(fitting) == 1 else named.key if named.key in fitting else ""

    def _hold_against_last(self, name: str, key: str, where: str) -> None:
        """Find out whether a name is that of another paper than when the review was last built."""
        before = self.last.papers.get(name)
        if before is not None and before.is_told and not self.fits(key, before):
            fitting = self.fitting(before)
            self.problems.append(_another(name, where, before, self.shown(key), [self.shown(one) for one in fitting]))

    def check(self) -> None:
        """Stop where a name may mean another paper than the one that was meant.

        Raises
        ------
        BenangError
            With all such names.
        """
        if self.problems:
            raise BenangError(*self.problems)

    def fitting(self, paper: Paper, *, least: int = EXACT) -> list[str]:
        """Return the keys of the works that are a paper."""
        return [key for key, members in self.works.items() if fit_of_any(paper, members) >= least]

    def fits(self, key: str, paper: Paper) -> int:
        """Return how well a work fits a paper (`benang.records.paper`)."""
        return fit_of_any(paper, self.works.get(key, ()))

    def shown(self, key: str) -> str:
        """Name a work by its key, its author, year and title."""
        members = self.works.get(key, ())
        paper = str(paper_of(members[0])) if members else ""
        return f"'{key}' ({paper})" if paper else f"'{key}'"

    @cached_property
    def works(self) -> Mapping[str, Sequence[Record]]:
        """The works by their keys, each with its records."""
        members: dict[str, list[Record]] = {}
        for record in self.names.records.records:
            members.setdefault(self.names.work(record.key), []).append(record)
        return members

    @cached_property
    def _by_id(self) -> Mapping[str, list[str]]:
        ids = ((one.casefold(), key) for key, record in self._records for one in record.identifiers)
        return _listed(pair for name, key in ids for pair in ((name, key), (name.partition(":")[2], key)))

    @cached_property
    def _by_doi(self) -> Mapping[str, list[str]]:
        return _listed((doi_of(record.doi), key) for key, record in self._records)

    @cached_property
    def _by_title(self) -> Mapping[str, list[str]]:
        return _listed((title_letters(record.title), key) for key, record in self._records)

    @property
    def _records(self) -> Iterator[tuple[str, Record]]:
        return ((key, record) for key, members in self.works.items() for record in members)

    def _has_moved(self, named: Named) -> bool:
        """Tell whether a place is one in a file that has changed since it was last read."""
        if named.by != "place":
            return False
        return any(record.file in self.last.changed for record in self.works.get(named.key, ()))

    def rename(self, where: str, name: str, key: str, why: Worded) -> None:
        """Keep that a name was understood though it is no key."""
        self.renamed.append(Renamed(where, name, key, why))


def _listed(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for name, key in pairs:
        if name:
            lists.setdefault(name, []).append(key)
    return lists


def notes_of(filing: Filing, language: Language = "en") -> Iterator[str]:
    """Say which names were understood though they are no keys."""
    _ = translator(language)
    text = _(
        "{where}: '{name}' is {work}, recognised by {reason}. `benang keys FOLDER` shows how to name it by its key."
    )
    for one in filing.renamed:
        reason = one.why.in_language(language)
        yield text.format(where=one.where, name=one.name, work=filing.shown(one.key), reason=reason)


def _ambiguous(name: str, where: str, works: Sequence[str]) -> Problem:
    return Problem(
        worded("'{name}' can mean {keys}", name=name, keys=alternatives(works)),
        where=where,
        way_on="Write the key of the one you mean.",
    )


def _another(name: str, where: str, before: Paper, now: str, fitting: Sequence[str]) -> Problem:
    way_on = (
        worded("Write {keys} instead", keys=alternatives(fitting))
        if fitting
        else worded("Write the key of the paper that is meant")
    )
    return Problem(
        worded("'{name}' was {before} in the last build, and is now {now}", name=name, before=before, now=now),
        where=where,
        way_on=worded("{way_on}; if it is the same paper, delete out/provenance.json and build again.", way_on=way_on),
    )


def _unsafe(name: str, where: str, work: str) -> Problem:
    return Problem(
        worded(
            "'{name}' names a row in a file that has changed since the last build: that row is now {work}",
            name=name,
            work=work,
        ),
        where=where,
        way_on="Write the key of the paper you mean.",
    )


def last_build(folder: ReviewFolder, corpus: Corpus) -> LastBuild:
    """Read what the last build wrote into `out/provenance.json`; one outside, reached by a link, is not believed."""
    path = folder.root / "out" / "provenance.json"
    if leads_to(folder.root, path):
        return LastBuild()
    try:
        provenance = json.loads(read_text(path))
        before = {str(one["path"]): str(one["sha256"]) for one in provenance["files"]}
        papers = {str(name): _paper(one) for name, one in provenance.get("papers", {}).items()}
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


def _paper(fields: Mapping[str, object]) -> Paper:
    year = fields.get("year")
    return Paper(
        str(fields.get("title") or ""),
        year if isinstance(year, int) else None,
        str(fields.get("author") or ""),
        str(fields.get("doi") or ""),
    )


@dataclass(frozen=True)
class Facts:
    """What maps, tables and figures are made of."""

    corpus: Corpus
    documents: Mapping[str, Document]
    cases: Cases
    judgements: Judgements


def used_facts(facts: Facts, screening: Screening, use: Use) -> Facts:
    """Leave out the works that the screening excluded (`not-excluded`) or did not, or not yet, include (`included`).

    With them go their documents, the cases whose studies are all left out, and what was coded there.
    """
    out = screening.out if use == "not-excluded" else frozenset(facts.corpus.keys).difference(screening.included)
    if use == "all" or not out:
        return facts
    keep = {key for key in facts.corpus.keys if key not in out}
    step = Step("screening", {"use": use}, {"works": len(facts.corpus), "used": len(keep)})
    documents = {path: one for path, one in facts.documents.items() if one.record not in out}
    dropped = {case.id for case in facts.cases.cases if case.studies and out.issuperset(case.studies)}
    cases = tuple(
        case.model_copy(update={"studies": tuple(one for one in case.studies if one not in out)})
        for case in facts.cases.cases
        if case.id not in dropped
    )
    return Facts(
        corpus=part_of_corpus(facts.corpus, keep, step),
        documents=documents,
        cases=facts.cases.model_copy(update={"cases": cases}),
        judgements=_on_used(facts.judgements, dropped | out, {*facts.documents} - {*documents}),
    )


def _on_used(judgements: Judgements, subjects: Set[str], documents: Set[str]) -> Judgements:
    """Leave out what was coded in documents, and said of cases or studies, that do not count."""

    def counts(event: Event) -> bool:
        if isinstance(event, Coding):
            return event.case not in subjects and event.document not in documents
        if isinstance(event, Value):
            return event.case not in subjects and not any(one.document in documents for one in event.passages)
        return not (isinstance(event, Task | Consensus) and event.case in subjects)

    return replace(judgements, current=tuple(filter(counts, judgements.current)))
