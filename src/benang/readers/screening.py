"""What screening tools write into their exports about a record, kept in their words."""

from __future__ import annotations

from collections.abc import Sequence

from benang.readers.tagged import Fields

_RAYYAN = ("RAYYAN-", "USER-NOTES:")
_EPPI = frozenset({"eppi-reviewer", "eppi-reviewer4"})
_REASON = "exclusion reason"


def is_eppi(fields: Fields) -> bool:
    """Tell a RIS record of EPPI-Reviewer by the keyword that it adds."""
    return any(keyword in _EPPI for keyword in fields.get("KW", ()))


def decisions_in(fields: Fields, notes: Sequence[str]) -> tuple[str, ...]:
    """Return the decisions of Rayyan, Covidence or EPPI-Reviewer in a RIS record.

    Rayyan puts inclusion, labels, reasons and notes into one `N1` with ` | ` between them. Covidence, which is told by
    its tag `NS`, has notes in `N1` and `NS`; an exclusion reason is one in any export. EPPI-Reviewer, told by the
    keyword it adds, has comments in `N1`.

    Examples
    --------
    >>> note = 'RAYYAN-INCLUSION: {"Ani"=>"Excluded"} | RAYYAN-LABELS: kota | RAYYAN-EXCLUSION-REASONS: wrong design'
    >>> decisions_in({}, [note])
    ('RAYYAN-INCLUSION: {"Ani"=>"Excluded"}', 'RAYYAN-LABELS: kota', 'RAYYAN-EXCLUSION-REASONS: wrong design')
    """
    if "NS" in fields or is_eppi(fields):
        return tuple([" ".join(note.split()) for note in (*notes, *fields.get("NS", ())) if note])
    found: list[str] = []
    for note in notes:
        if "RAYYAN-" in note:
            parts = (" ".join(part.split()) for part in note.split(" | "))
            found.extend(part for part in parts if part.startswith(_RAYYAN))
        elif note[: len(_REASON)].lower() == _REASON:
            found.append(" ".join(note.split()))
    return tuple(found)
