"""How far the coders of a review agree: on codes, variables, appraisals and in screening, with every disagreement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benang.agreement.comparison import Comparison, disagreements_of
from benang.agreement.measuring import coefficients_of, with_rest
from benang.agreement.ratings import Label
from benang.coding.cases import about_subjects
from benang.coding.codebook import Codebook
from benang.coding.comparisons import Compared, code_comparisons, value_comparisons
from benang.coding.placed import Placed, in_documents, unknown_names
from benang.errors import BenangError, Misuse, Problem, argument, nearest
from benang.judgements.events import Stage
from benang.locale import Language
from benang.locale.writing import worded
from benang.progress import Progress, part, silent
from benang.project.folder import open_folder
from benang.records.names import short_citation
from benang.review.load import Loaded, load
from benang.screening.comparisons import screening_comparisons
from benang.tasks.account import Account, check_outputs, unknown_form
from benang.tasks.agree_files import FORMS, write_agreement
from benang.tasks.agree_shown import Agreed, agreement_notes

RESAMPLES = 1000


@dataclass(frozen=True, kw_only=True)
class AgreeRequest:
    """A review whose coders are compared.

    Parameters
    ----------
    folder
        The review.
    stage
        The stage of the screening to which the comparison is confined; None for all that was done by several.
    groups
        The groups of codes, or forms of variables, that are compared; all where there are none. With groups, screening
        is not compared.
    every
        Whether all coefficients are computed, beside percent agreement, kappa, AC1, alpha and uα.
    output
        The file for tables and disagreements.
    """

    folder: Path
    stage: Stage | None = None
    groups: tuple[str, ...] = ()
    every: bool = False
    output: Path | None = None
    language: Language = "en"


def agree(request: AgreeRequest, *, progress: Progress = silent) -> Agreed:
    """Compare the coders of a review.

    Nothing here needs a consensus: where coders differ in values, a build stops, and this says where.

    Raises
    ------
    Misuse
        For a stage together with groups, and for output that would destroy a file of the review.
    BenangError
        For a review that can't be read, judgements on cases or codes that are not there, and groups that are not.
    """
    if request.stage and request.groups:
        fault = worded("a stage of the screening has no groups of codes")
        raise Misuse(Problem(fault, where=argument("stage"), way_on=worded("Ask for one of them.")))
    if request.output and request.output.suffix.lower() not in FORMS:
        raise unknown_form(request.output, FORMS)
    progress("Reading the review", 0.0)
    loaded = load(open_folder(request.folder))
    if request.output:
        check_outputs([request.output], list(loaded.folder.files))
    check_groups(request.groups, loaded)
    placed = placed_judgements(loaded)
    comparisons = comparisons_of(loaded, placed, request.language, stage=request.stage, groups=request.groups)
    shown = [one for one in comparisons if request.every or one.kind != "group"]
    agreements = []
    for at, one in enumerate(shown):
        counting = part(progress, 0.3 + 0.6 * at / len(shown), 0.3 + 0.6 * (at + 1) / len(shown))
        counting(worded("Comparing coders"), 0.0)
        agreements.append(coefficients_of(one, every=request.every, bootstrap=RESAMPLES))
    agreed = Agreed(
        with_rest(agreements) if request.every else tuple(agreements),
        disagreements_of(comparisons),
        names=_names(loaded, comparisons, request.language),
        labels=_labels(loaded.codebook, request.language),
        passages=placed.all_passages,
        language=request.language,
    )
    files: tuple[Path, ...] = ()
    if request.output:
        progress("Writing", 0.9)
        files = write_agreement(agreed, request.output, loaded.plan.title.text(request.language))
    return replace(agreed, account=Account(notes=tuple(agreement_notes(agreed)), files=files))


def placed_judgements(loaded: Loaded) -> Placed:
    """Put all judgements of a review at their places, whether coders differ in them or not.

    Raises
    ------
    BenangError
        With every judgement on a case, code or variable that is not there.
    """
    judgements = about_subjects(loaded.judgements, loaded.codebook, loaded.cases)
    problems = [*unknown_names(judgements, loaded.codebook, loaded.cases)]
    if problems:
        raise BenangError(*problems)
    return in_documents(judgements, loaded.documents, loaded.codebook)


def comparisons_of(
    loaded: Loaded,
    placed: Placed,
    language: Language,
    *,
    stage: Stage | None = None,
    groups: Collection[str] = (),
) -> tuple[Comparison, ...]:
    """Compare the coders of a review: codes group by group, then variables, then the screening by stage."""
    compared = Compared(loaded.codebook, loaded.cases, loaded.documents, placed, language)
    comparisons: list[Comparison] = []
    if stage is None:
        comparisons += [*code_comparisons(compared, groups), *value_comparisons(compared, groups)]
    if not groups:
        screening = screening_comparisons(loaded.screening, language)
        comparisons += [one for one in screening if stage in (None, one.group)]
    return tuple(comparisons)


def check_groups(groups: Sequence[str], loaded: Loaded) -> None:
    """Check that every name is a group of codes or a form.

    Raises
    ------
    BenangError
        With every name that is neither, and the nearest.
    """
    known = [*(one.id for one in loaded.codebook.groups), *(one.id for one in loaded.codebook.forms)]
    problems = [
        Problem(
            worded("'{name}' is neither a group of codes nor a form", name=name),
            where=argument("group"),
            way_on=nearest(name, known),
        )
        for name in groups
        if name not in known
    ]
    if problems:
        raise BenangError(*problems)


def _labels(codebook: Codebook, language: Language) -> dict[tuple[str, Label], str]:
    """Return the levels of variables in the words of the reader, by variable and level as they are compared."""
    return {
        (variable.id, level.id.casefold()): level.label.text(language)
        for variable in codebook.variables
        for level in variable.levels
    }


def _names(loaded: Loaded, comparisons: Sequence[Comparison], language: Language) -> dict[str, str]:
    """Name the units that are compared: cases by their labels, records by author, year and title."""
    records = {one.key: one for one in loaded.sources.works.records}
    names = {case.id: case.name(language) for case in loaded.cases.cases}
    for unit in {unit for one in comparisons for unit in one.ratings.units} - names.keys():
        record = records.get(unit)
        names[unit] = f"{short_citation(record, language)}, {record.title}" if record and record.title else unit
    return names
