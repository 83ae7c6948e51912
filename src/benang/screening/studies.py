"""Studies of several reports: what `studies.toml` says of them.

PRISMA 2020 counts studies and reports apart: a study may have several reports (a protocol, a thesis, an article).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from benang.errors import BenangError, Problem, at_line, nearest
from benang.files import read_text
from benang.locale.writing import Worded, worded
from benang.project.toml_edits import line_of
from benang.project.toml_files import Checked, Id, Text, parsed_toml

STUDIES = "studies.toml"


class Study(Checked):
    """Reports that are one study, by the keys of their records."""

    id: Id
    label: Text | None = None
    reports: Annotated[tuple[str, ...], Field(min_length=1)]


class Apart(Checked):
    """A report, and others that somebody found to be of other studies: they are not proposed again."""

    report: str
    others: Annotated[tuple[str, ...], Field(min_length=1)]


class Studies(Checked):
    """What a review says of its studies; a report that belongs to none counts as a study of its own.

    Examples
    --------
    >>> studies = Studies(studies=(Study(id="muara", reports=("sari-2018", "sari-2020")),))
    >>> studies.of("sari-2020"), studies.of("umpama-2019")
    ('muara', 'umpama-2019')
    """

    format: Literal[1] = 1
    studies: tuple[Study, ...] = ()
    apart: tuple[Apart, ...] = ()

    def of(self, report: str) -> str:
        """Return the id of a report's study: the report's own key where it is the only one."""
        return self._by_report.get(report, report)

    def counted(self, reports: Iterable[str]) -> tuple[str, ...]:
        """Return the studies that reports describe, sorted: what PRISMA counts as studies."""
        return tuple(sorted({self.of(report) for report in reports}))

    def study(self, id: str) -> Study | None:  # noqa: A002
        """Return the study with an id."""
        return next((one for one in self.studies if one.id == id), None)

    @cached_property
    def _by_report(self) -> dict[str, str]:
        return {report: one.id for one in self.studies for report in one.reports}

    @cached_property
    def pairs_apart(self) -> frozenset[frozenset[str]]:
        """The pairs of reports that somebody found to be two studies."""
        return frozenset(frozenset((one.report, other)) for one in self.apart for other in one.others)


KeyOf = Callable[[str, Worded], str]
"""Returns the key of the work that a name at a place of a file means, or "" where it means none."""


def read_studies(path: Path, key_of: KeyOf | None = None, known: Collection[str] = ()) -> Studies:
    """Read `studies.toml`: `studies_in` with the text of a file."""
    return studies_in(read_text(path), path.name, key_of, known)


def studies_in(text: str, where: str, key_of: KeyOf | None = None, known: Collection[str] = ()) -> Studies:
    """Read the text of `studies.toml`.

    Parameters
    ----------
    text, where
        The text, and the name of its file.
    key_of
        How reports are found by their names; without it, names stay as they are.
    known
        The keys of the works, for the message on a name that is none.

    Raises
    ------
    BenangError
        For an id that two studies have or that is the key of another report, a report in two studies, and a name that
        no record has: all together.
    """
    written = parsed_toml(text, Studies, where=where)
    problems: list[Problem] = []

    def key(name: str, *place: str | int) -> str:
        at = at_line(where, line_of(text, place))
        work = key_of(name, at) if key_of else name
        if not work:
            way_on = nearest(name, known)
            problems.append(Problem(worded("no record has the key '{key}'", key=name), where=at, way_on=way_on))
        return work or name

    studies = []
    for n, study in enumerate(written.studies):
        keys = dict.fromkeys(key(name, "studies", n, "reports", at) for at, name in enumerate(study.reports))
        studies.append(study.model_copy(update={"reports": tuple(keys)}))
    apart = []
    for n, one in enumerate(written.apart):
        others = tuple(key(name, "apart", n, "others", at) for at, name in enumerate(one.others))
        apart.append(Apart(report=key(one.report, "apart", n, "report"), others=others))
    problems += _contradictions(studies, lambda n: at_line(where, line_of(text, ("studies", n, "id"))), known)
    if problems:
        raise BenangError(*problems)
    return Studies(studies=tuple(studies), apart=tuple(apart))


def _contradictions(
    studies: Sequence[Study], where: Callable[[int], Worded], known: Collection[str]
) -> Iterator[Problem]:
    """Give what can't be: two studies of one id, a report in two studies, an id that is another report's key."""
    ids: set[str] = set()
    of: dict[str, str] = {}
    for n, one in enumerate(studies):
        if one.id in ids:
            yield Problem(
                worded("two studies have the id '{id}'", id=one.id),
                where=where(n),
                way_on="Give one of them another id.",
            )
        elif one.id in known and one.id not in one.reports:
            yield Problem(
                worded("the id '{id}' is the key of a record that is not in this study", id=one.id),
                where=where(n),
                way_on="Give the study another id.",
            )
        ids.add(one.id)
        for report in one.reports:
            if of.setdefault(report, one.id) != one.id:
                yield Problem(
                    worded(
                        "'{report}' is in two studies: '{one}' and '{other}'",
                        report=report,
                        one=of[report],
                        other=one.id,
                    ),
                    where=where(n),
                    way_on="Remove it from one of them.",
                )
