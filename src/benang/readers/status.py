"""What became of a work, where its type or its title tells: retracted, corrected, or the notice of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

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
}
_MARKED: tuple[tuple[re.Pattern[str], RecordStatus], ...] = (
    (re.compile(r"\[?(?:retracted|withdrawn)(?: (?:article|paper|chapter))?\s?[\]:]", re.IGNORECASE), "retracted"),
    (re.compile(r"(?:retraction (?:note|notice)\b|notice of retraction\b|retraction:)", re.IGNORECASE),
     "retraction notice"),
    # A paper may be called "Corrections to scaling" or "Retraction of the lung": only a colon or a Latin word tells.
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


@lru_cache(maxsize=4096)
def _of_type(name: str) -> RecordStatus:
    found: RecordStatus = ""
    for part in name.lower().split(";"):
        found = found or _BY_TYPE.get(part.strip(), "")
    return found


def status_of(title: str, types: Iterable[str] = ()) -> RecordStatus:
    """Tell the status of a work by the types that a database gives it, else by the beginning or end of its title.

    Examples
    --------
    >>> status_of("Kota kembar", ["Journal Article", "Retracted Publication"]), status_of("RETRACTED: Kota kembar")
    ('retracted', 'retracted')
    >>> status_of("Erratum: Kota kembar"), status_of("Corrections to scaling"), status_of("Retraction of the lung")
    ('correction notice', '', '')
    """
    for name in types:
        if status := _of_type(name):
            return status
    return _of_title(title)


def _of_title(title: str) -> RecordStatus:
    if title[:1] in _FIRST_LETTERS:
        for pattern, status in _MARKED:
            if pattern.match(title):
                return status
    if title.endswith(")") and (match := _BEHIND.search(title[-200:].lower())):
        return "retracted" if match[1] else "retraction notice" if match[2] else "concern"
    return ""
