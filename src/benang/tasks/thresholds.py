"""How many items and links each threshold leaves, before a map is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benang.analyses.analysis import Analysis, check_analysis, first_threshold, least_of
from benang.analyses.networks import USUAL, Left, threshold_table
from benang.errors import argument
from benang.files import Input
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.progress import Progress, part, silent
from benang.records.thesaurus import read_thesaurus
from benang.tasks.account import Account, Note, Table
from benang.tasks.map_account import words_for
from benang.tasks.read_works import WorksRequest, read_works


@dataclass(frozen=True, kw_only=True)
class ThresholdsRequest:
    """Exports, and what is counted in them."""

    works: WorksRequest
    analysis: Analysis
    thesaurus: Input | None = None


@dataclass(frozen=True)
class Thresholds:
    """What each threshold leaves, and the one that a map would take: what was asked for, or the preset."""

    table: tuple[Left, ...]
    usual: int
    account: Account


def thresholds(request: ThresholdsRequest, *, progress: Progress = silent) -> Thresholds:
    """Count what thresholds leave, the one that a map would take among them.

    Raises
    ------
    Misuse
        For links and thresholds that the items can't have.
    BenangError
        For what can't be read.
    """
    analysis, language = request.analysis, request.works.language
    check_analysis(analysis)
    works = read_works(request.works, progress=part(progress, 0.0, 0.3))
    progress("Counting what occurs together", 0.3)
    usual = least_of(analysis, len(works.corpus))[first_threshold(analysis.items)]
    variants = read_thesaurus(request.thesaurus) if request.thesaurus else None
    table = threshold_table(works.corpus, analysis, variants, tried=sorted({*USUAL, usual}))
    notes = _notes(table, analysis, usual, language)
    return Thresholds(table, usual, works.account + Account(notes=tuple(notes)))


def _notes(table: Sequence[Left], analysis: Analysis, usual: int, language: Language) -> list[Note | Table]:
    _ = translator(language)
    first = first_threshold(analysis.items)
    why = _("preset") if getattr(analysis, first) is None else _("asked for")
    items = words_for(analysis.items, language).capitalize()
    none = [] if any(left.least == usual for left in table) else [Left(usual, 0, 0, 0)]
    cells: list[tuple[str, ...]] = [(argument(first), _("items"), _("links"), _("in the largest component"), "")]
    for left in (*table, *none):
        counts = (numeral(number, language) for number in (left.least, left.items, left.links, left.largest))
        cells.append((*counts, why if left.least == usual else ""))
    heading = _("{items}, linked by {link}:").format(items=items, link=_(analysis.linked_by))
    notes: list[Note | Table] = [Table(heading, tuple(cells), "rrrrl")]
    if analysis.items == "terms":
        option = argument("share")
        text = _("Of the terms that a threshold leaves, a map shows the most relevant (benang map, {option}).")
        notes.append(Note(text.format(option=option)))
    return notes
