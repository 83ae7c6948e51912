"""What charts and matrices of codes say alike: labels, sides, and notes on the cases behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from benang.coding.cases import Case
from benang.coding.codebook import Code, Codebook, Row
from benang.locale import Language, Translator, translator

JUDGED = "†"
"""Marks a code whose side this review gave, not the reviewed paper."""


def code_label(code: Code, language: Language) -> str:
    """Return the label of a code, with a dagger where its side is this review's judgement."""
    return f"{code.label.text(language)}\N{NO-BREAK SPACE}{JUDGED}" if code.side_judged else code.label.text(language)


def judged_note(codes: Iterable[Code], _: Translator) -> list[str]:
    """Return the note that explains the dagger, where one of the codes has it."""
    text = _("The side was judged by this review; the reviewed paper gives none.")
    return [f"{JUDGED} {text}"] if any(code.side_judged for code in codes) else []


def parted_by_side(
    codebook: Codebook, rows: Iterable[Row], code_of: Callable[[Row], Code], language: Language
) -> list[tuple[str, str, list[Row]]]:
    """Part the codes of one group, or their rows, by side: id and heading of each side, and what is on it.

    What has no side comes last, and needs no heading where it is all there is.
    """
    _ = translator(language)
    held = list(rows)
    group = next((code.group for code in map(code_of, held) if code.group), "")
    parts = codebook.by_side(group, held, code_of)
    apart = _("Without a side") if len(parts) > 1 else ""
    return [(side.id, side.label.text(language), part) if side else ("", apart, part) for side, part in parts]


def population(cases: Sequence[Case], grouped: int, _: Translator) -> list[str]:
    """Return the note that says how many cases and studies there are, and how many cases were told as a group."""
    if not cases:
        return []
    studies = {study for case in cases for study in case.studies}
    parts = [_("Cases: {number}.").format(number=len(cases)), _("Studies: {number}.").format(number=len(studies))]
    if grouped:
        parts.append(_("Cases told as a group: {number}.").format(number=grouped))
    return [" ".join(parts)]
