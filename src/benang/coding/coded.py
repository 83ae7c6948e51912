"""The coded material of a review: passages by case and code, values, and what was looked for; all counts start here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Codebook
from benang.coding.placed import Placed
from benang.errors import BenangError, Problem, nearest
from benang.evidence import OTHER_STANCES, Passage, Stance
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Value
from benang.locale.writing import worded
from benang.project.folder import Document
from benang.project.papers import file_name
from benang.project.toml_files import Label


@dataclass(frozen=True)
class Coded:
    """A review's vocabulary, its documents, and the judgements that stand with their passages at their places."""

    codebook: Codebook
    cases: Cases
    documents: Mapping[str, Document] = field(default_factory=dict)
    placed: Placed = field(default_factory=Placed)

    @property
    def passages(self) -> Mapping[str, Passage]:
        """All passages, by id: those of codings and those of values."""
        return self.placed.passages

    @cached_property
    def _ordered(self) -> tuple[Passage, ...]:
        return tuple(sorted(self.passages.values(), key=attrgetter("id")))

    @cached_property
    def _by_code(self) -> dict[tuple[str, Stance], tuple[Passage, ...]]:
        return _grouped(((passage.code, passage.stance), passage) for passage in self._ordered)

    @cached_property
    def _by_case_and_code(self) -> dict[tuple[str, str, Stance], tuple[Passage, ...]]:
        return _grouped(((one.case, one.code, one.stance), one) for one in self._ordered)

    def carrying(self, *codes: str, stance: Stance = "supports") -> tuple[Passage, ...]:
        """Return the passages that support any of these codes (or that a variable of this name rests on).

        A passage that contradicts its code, or only mentions it, is no evidence of it: it comes only where its `stance`
        is asked for, so that nothing that is counted takes it for support.
        """
        return tuple(passage for code in codes for passage in self._by_code.get((code, stance), ()))

    @cached_property
    def by_case(self) -> Mapping[str, tuple[Passage, ...]]:
        """All passages of each case, whatever they carry and say of it."""
        return _grouped((passage.case, passage) for passage in self._ordered)

    def of_case(self, case: str, *codes: str, stance: Stance = "supports") -> tuple[Passage, ...]:
        """Return the passages of a case that support any of these codes, or have another `stance` to them."""
        if len(codes) == 1:
            return self._by_case_and_code.get((case, codes[0], stance), ())
        return tuple(passage for code in codes for passage in self._by_case_and_code.get((case, code, stance), ()))

    def stances(self, *codes: str) -> tuple[Stance, ...]:
        """Return the stances besides support that some passage has to these codes, counter-evidence first."""
        return tuple(stance for stance in OTHER_STANCES if self.carrying(*codes, stance=stance))

    def study(self, passage: Passage) -> str:
        """Return the key of the study that a passage is from: the record of its document."""
        return self.documents[passage.document].record

    @cached_property
    def values(self) -> Mapping[tuple[str, str], Value]:
        """The value that counts, by case and variable: that of the coder `consensus`, else the one that all give."""
        ordered = sorted(self.placed.values, key=lambda one: (one.coder != CONSENSUS, one.id))
        chosen: dict[tuple[str, str], Value] = {}
        for value in ordered:
            chosen.setdefault((value.case, value.variable), value)
        return chosen

    def value(self, case: str, variable: str) -> int | str | None:
        """Return the value of a variable of a case; None where it is not reported, or nobody has looked."""
        given = self.values.get((case, variable))
        return None if given is None or given.value == NOT_REPORTED else given.value

    def behind(self, value: Value) -> tuple[Passage, ...]:
        """Return the passages that a value rests on."""
        return tuple(self.passages[one] for one in value.passage_ids if one in self.passages)

    def has_looked(self, case: str, group: str) -> bool | None:
        """Tell whether a coder is done with looking at a case for a group; None where there is no such task."""
        return self.looked.get((case, group))

    @cached_property
    def looked(self) -> Mapping[tuple[str, str], bool]:
        """Whether a coder is done with looking, by case and group, where there is a task for them."""
        looked: dict[tuple[str, str], bool] = {}
        for task in self.placed.tasks:
            key = (task.case, task.group)
            looked[key] = looked.get(key, False) or task.state == "done"
        return looked


Key = TypeVar("Key")


def are_told_as_group(passages: Iterable[Passage]) -> bool:
    """Tell whether passages give their reasons only for several cases together, and for none of them alone."""
    scopes = {passage.scope for passage in passages}
    return scopes == {"group"}


def cases_of_studies(documents: Mapping[str, Document]) -> Cases:
    """Return each study that has a document as a case of its own: what a review compares that has no `cases.toml`.

    Examples
    --------
    >>> from benang.records.paper import Paper
    >>> sari = Document("documents/a.md", "doi:10.1/a", "", "", paper=Paper("Night markets", 2018, "Sari, D."))
    >>> [(case.id, case.label.en) for case in cases_of_studies({sari.path: sari}).cases]
    [('doi-10.1-a', 'Sari 2018')]
    """
    named: dict[str, Case] = {}
    for one in documents.values():
        author = one.paper.author.partition(",")[0]
        label = f"{author} {one.paper.year}" if author and one.paper.year else one.record
        named.setdefault(one.record, Case(id=file_name(one.record), label=Label(en=label), studies=(one.record,)))
    return Cases(cases=tuple(case for _, case in sorted(named.items())))


def check_studies(coded: Coded, records: Iterable[str]) -> None:
    """Check that every document that has a passage is named by the key of a record.

    Raises
    ------
    BenangError
        With every document whose name is no key, and the nearest key.
    """
    known = set(records)
    used = sorted({passage.document for passage in coded.passages.values()})
    problems = [
        Problem(
            worded(
                "its heading names '{record}', which is not the key of a record", record=coded.documents[path].record
            ),
            where=path,
            way_on=nearest(coded.documents[path].record, known),
        )
        for path in used
        if coded.documents[path].record not in known
    ]
    if problems:
        raise BenangError(*problems)


def _grouped(pairs: Iterable[tuple[Key, Passage]]) -> dict[Key, tuple[Passage, ...]]:
    """Put passages that share a key together, in the order in which they come."""
    groups: dict[Key, list[Passage]] = defaultdict(list)
    for key, passage in pairs:
        groups[key].append(passage)
    return {key: tuple(passages) for key, passages in groups.items()}
