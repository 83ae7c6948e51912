"""Columns in which screening tools write what was decided: ASReview adds them to whatever table it was given."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from benang.readers.screening import noted_decisions
from benang.readers.table_rows import bare

# ASReview: `included` up to 1.x, `asreview_label` since 2.0; the other names are those that its own reader takes.
_DECISION = re.compile(
    r"asreview (?:label|prior|note|tag)s?\b.*|(?:final |label )?included(?: label| final| flag)?|rayyan[ -].*"
    r"|user[ -]notes|exclusion[ -]reasons?|(?:screening|inclusion|full[ -]text|consensus) decision"
)
_NOTES = re.compile(r"(?:exported |research |your )?notes?(?: [0-9]{1,2})?|comments?|extra|annotations?")
_BARE = re.compile(r"-?[0-9](?:\.0)?|true|false|yes|no|y|n|x|ya|tidak", re.IGNORECASE)


def decision_columns(header: Sequence[str], taken: Collection[int]) -> dict[int, str]:
    """Return the places of the columns with decisions or notes, each with its header; nothing for one of notes.

    Examples
    --------
    >>> decision_columns(["Title", "asreview_label", "notes", "included"], taken=[0])
    {1: 'asreview_label', 2: '', 3: 'included'}
    """
    names = {at: bare(name) for at, name in enumerate(header) if at not in taken}
    decisions = {at: header[at].strip() for at, name in names.items() if _DECISION.fullmatch(name)}
    return dict(sorted((decisions | {at: "" for at, name in names.items() if _NOTES.fullmatch(name)}).items()))


def decisions_said(header: str, value: str) -> tuple[str, ...]:
    """Return what a cell says; a bare 1 or yes needs the header before it. Of notes, only decisions of tools count.

    Examples
    --------
    >>> decisions_said("asreview_label", "1"), decisions_said("Decision", "Maybe"), decisions_said("", "read again")
    (('asreview_label: 1',), ('Maybe',), ())
    """
    if not header:
        return noted_decisions([value])
    return (f"{header}: {value}",) if _BARE.fullmatch(value) else (value,)
