"""What screening tools write into their exports about a record, kept in their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from benang.readers.tagged import Fields

_RAYYAN = re.compile(r"(?:\A|(?<=[|\s>]))(?:RAYYAN-[A-Z-]{1,30}|USER-NOTES):")
# ASReview: `ASReview_relevant`, `_irrelevant`, `_not_seen`, `_prior`, `_validate_relevant`; with a value since 2.0.
_ASREVIEW = re.compile(r"\bASReview_\w{1,40}(?:\s?[:=]\s?[^\n|<]{1,300})?", re.IGNORECASE)
_EPPI = frozenset({"eppi-reviewer", "eppi-reviewer4"})
_REASON = re.compile(r"exclusion reason", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p>")  # Zotero wraps notes so


def is_eppi(fields: Fields) -> bool:
    """Tell a RIS record of EPPI-Reviewer by the keyword that it adds."""
    return any(keyword in _EPPI for keyword in fields.get("KW", ()))


def decisions_in(fields: Fields, notes: Sequence[str]) -> tuple[str, ...]:
    """Return the decisions of a screening tool in a RIS record.

    Covidence, which is told by its tag `NS`, has notes in `N1` and `NS`; EPPI-Reviewer, told by the keyword it adds,
    has comments in `N1`. What other tools write stands in `noted_decisions`.
    """
    if "NS" in fields or is_eppi(fields):
        return tuple([" ".join(note.split()) for note in (*notes, *fields.get("NS", ())) if note])
    return noted_decisions(notes)


_OTHER_LINE = re.compile(r"\n(?:PMC?ID|DOI|IS[SB]N|Citation Key|Publisher|original-date|tex\.[\w-]{1,40}): ")
"""What Zotero puts on a line of its own into the same note."""


def noted_decisions(notes: Iterable[str]) -> tuple[str, ...]:
    r"""Return the decisions that stand in notes, whatever the form of the export and the programs it went through.

    Rayyan puts inclusion, labels, reasons and the users' notes into one note with ` | ` between them, ASReview a label
    into a note of its own or before the text of one; an exclusion reason is a decision in any export.

    Examples
    --------
    >>> note = 'RAYYAN-INCLUSION: {"Ani"=>"Excluded"} | RAYYAN-LABELS: kota | RAYYAN-EXCLUSION-REASONS: wrong design'
    >>> noted_decisions([note])
    ('RAYYAN-INCLUSION: {"Ani"=>"Excluded"}', 'RAYYAN-LABELS: kota', 'RAYYAN-EXCLUSION-REASONS: wrong design')
    >>> noted_decisions(["ASReview_relevant", "Exclusion reason: wrong design", "a note of mine"])
    ('ASReview_relevant', 'Exclusion reason: wrong design')
    >>> noted_decisions(["RAYYAN-LABELS: kota\nPMID: 123"])
    ('RAYYAN-LABELS: kota',)
    """
    found: list[str] = []
    for note in notes:
        if "RAYYAN-" in note:
            begins = [match.start() for match in _RAYYAN.finditer(note)]
            found += [_OTHER_LINE.split(note[a:b], maxsplit=1)[0] for a, b in pairwise([*begins, len(note)])]
        if "review_" in note.lower():
            found += [match[0] for match in _ASREVIEW.finditer(note)]
        if _REASON.match(note):
            found.append(note)
    plain = (" ".join(_PARAGRAPH.sub(" ", one).split()).strip("| ") for one in found)
    return tuple(dict.fromkeys(filter(None, plain)))
