"""Studies that are dated before an event which their own passages report."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from benang.synthesis.findings import Findings
from benang.synthesis.wording import Wording


@dataclass(frozen=True, slots=True)
class EarlyStudy:
    """A study published in a year before that of an event it reports, with the passages that report it."""

    study: str
    published: int
    case: str
    variable: str
    year: int
    passages: tuple[str, ...]

    def told(self, wording: Wording) -> str:
        """Say so in a sentence, leaving open which of the dates is wrong."""
        _ = wording.gettext
        return _("%(study)s reports “%(variable)s: %(year)s” of %(case)s, later than its own date.") % {
            "study": wording.labels.study(self.study),
            "year": self.year,
            "variable": wording.labels.code(self.variable),
            "case": wording.labels.case(self.case),
        }


def events_before(findings: Findings, variables: Collection[str]) -> Iterator[EarlyStudy]:
    """Find the studies whose record is of an earlier year than a value with a passage in their own document.

    A study without a year can't be told to be early. In the order of the cases, then of the variables.
    """
    passages = sorted(findings.evidence.passages.values(), key=lambda one: one.id)
    for row in findings.case_rows:
        for variable in variables:
            year = row.values.get(variable)
            held = [one for one in passages if (one.case, one.code) == (row.case.id, variable)]
            for study in dict.fromkeys(findings.documents[one.document].record for one in held):
                published = findings.corpus.record(study).year
                if isinstance(year, int) and published is not None and published < year:
                    own = tuple(one.id for one in held if findings.documents[one.document].record == study)
                    yield EarlyStudy(study, published, row.case.id, variable, year, own)
