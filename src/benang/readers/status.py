"""What became of a work (retracted, corrected), by its type or title; what screening tools say of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from benang.readers.tagged import Fields
from benang.records.file_accounts import SHOWN
from benang.records.record import RecordStatus

_BY_TYPE: Mapping[str, RecordStatus] = {
    "retracted": "retracted",
    "retracted article": "retracted",
    "retracted publication": "retracted",
    "retracted chapter": "retracted",
    "withdrawn publication": "retracted",
    "retraction": "retraction notice",
    "retraction notice": "retraction notice",
    "retraction of publication": "retraction notice",
    "correction": "correction notice",
    "correction, addition": "correction notice",
    "corrigendum": "correction notice",
    "erratum": "correction notice",
    "published erratum": "correction notice",
    "corrected and republished article": "corrected",
    "publication with expression of concern": "concern",
}
_MARKED: tuple[tuple[re.Pattern[str], RecordStatus], ...] = (
    (re.compile(r"\[?(?:retracted|withdrawn)(?: (?:article|paper|chapter))?\s?[\]:]", re.IGNORECASE), "retracted"),
    (re.compile(r"(?:retraction (?:note|notice)\b|notice of retraction\b|retraction:)", re.IGNORECASE),
     "retraction notice"),
    # A paper may be called "Corrections to scaling" or "Retraction of the lung": only a colon or a Latin word decides.
    (re.compile(
        r"(?:(?:author|publisher)(?:'s)? )?(?:corrections?(?: to)?\s?:|correction to [\"“‘'(]"
        r"|(?:erratum|errata|corrigend(?:um|a))(?:\s?:| to\b| for\b|\Z))", re.IGNORECASE),
     "correction notice"),
)  # fmt: skip
# Web of Science puts it behind the title: "… (Retracted article. See vol. 12, pg. 3, 2010)".
_BEHIND = re.compile(
    r"\((?:(retracted|withdrawn) (?:article|paper|chapter)|(retraction)\b|(expression of concern))[^()]*\)\Z"
)
_FIRST_LETTERS = frozenset("[RrWwNnAaPpCcEe")

_RAYYAN = re.compile(r"(?:\A|(?<=[|\s>]))(?:RAYYAN-[A-Z-]{1,30}|USER-NOTES):")
# ASReview: `ASReview_relevant`, `_irrelevant`, `_not_seen`, `_prior`, `_validate_relevant`; with a value since 2.0.
_ASREVIEW = re.compile(r"\bASReview_\w{1,40}(?:\s?[:=]\s?[^\n|<]{1,300})?", re.IGNORECASE)
_REASON = re.compile(r"exclusion reason", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p>")  # Zotero wraps notes so

EPPI_MARKS = frozenset({"eppi-reviewer", "eppi-reviewer4"})
"""The keywords by which EPPI-Reviewer marks records as its own."""

_OTHER_LINE = re.compile(r"\n(?:PMC?ID|DOI|IS[SB]N|Citation Key|Publisher|original-date|tex\.[\w-]{1,40}): ")
"""What Zotero puts on a line of its own into the same note."""


def status_of(title: str, types: Iterable[str] = ()) -> RecordStatus:
    """Return the status of a work by the types that a database gives it, else by the beginning or end of its title.

    Examples
    --------
    >>> status_of("Kota kembar", ["Journal Article", "Retracted Publication"]), status_of("RETRACTED: Kota kembar")
    ('retracted', 'retracted')
    >>> status_of("Erratum: Kota kembar"), status_of("Corrections to scaling"), status_of("Retraction of the lung")
    ('correction notice', '', '')
    """
    return gravest(map(_of_type, types)) or _of_title(title)


def gravest(statuses: Iterable[RecordStatus]) -> RecordStatus:
    """Return the gravest of several statuses: a paper that was corrected first, and retracted later, is retracted.

    Examples
    --------
    >>> gravest(["corrected", "retracted", ""]), gravest([])
    ('retracted', '')
    """
    given = set(statuses)
    return next((one for one in SHOWN if one in given), "")


@lru_cache(maxsize=4096)
def _of_type(name: str) -> RecordStatus:
    return gravest(_BY_TYPE.get(part.strip(), "") for part in name.lower().split(";"))


def _of_title(title: str) -> RecordStatus:
    if title[:1] in _FIRST_LETTERS:
        for pattern, status in _MARKED:
            if pattern.match(title):
                return status
    if title.endswith(")") and (match := _BEHIND.search(title[-200:].lower())):
        return "retracted" if match[1] else "retraction notice" if match[2] else "concern"
    return ""


def is_eppi(fields: Fields) -> bool:
    """Recognise a RIS record of EPPI-Reviewer by the keyword that it adds."""
    return any(keyword in EPPI_MARKS for keyword in fields.get("KW", ()))


def decisions_in(fields: Fields, notes: Sequence[str]) -> tuple[str, ...]:
    """Return the decisions of a screening tool in a RIS record.

    Covidence, which its tag `NS` shows, has notes in `N1` and `NS`; EPPI-Reviewer, recognised by the keyword it adds,
    has comments in `N1`. `noted_decisions` reads what other tools write.
    """
    if "NS" in fields or is_eppi(fields):
        return tuple([" ".join(note.split()) for note in (*notes, *fields.get("NS", ())) if note])
    return noted_decisions(notes)


def noted_decisions(notes: Iterable[str]) -> tuple[str, ...]:
    r"""Return the decisions in notes, whatever the form of the export and the programs it went through.

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
    decisions: list[str] = []
    for note in notes:
        if "RAYYAN-" in note or note.startswith("USER-NOTES: {"):
            begins = [match.start() for match in _RAYYAN.finditer(note)]
            decisions += [_OTHER_LINE.split(note[a:b], maxsplit=1)[0] for a, b in pairwise([*begins, len(note)])]
        if "review_" in note.lower():
            decisions += [match[0] for match in _ASREVIEW.finditer(note)]
        if _REASON.match(note):
            decisions.append(note)
    plain = (" ".join(_PARAGRAPH.sub(" ", one).split()).strip("| ") for one in decisions)
    return tuple(dict.fromkeys(filter(None, plain)))
