"""What a figure shows, in words: for those who can't see it, from the same data as the picture, and as its caption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benang.figures.appraisal_figures import bar_texts, named_items
from benang.figures.association_figures import SUPPORT
from benang.figures.map_words import Words
from benang.figures.matrix_drawing import has_both, is_mentioned
from benang.kinds import CODE_SCORE
from benang.locale import Language, translator
from benang.maps import Map
from benang.maps.slices import Slice
from benang.review.plan import (
    AnyChart,
    AppraisalChart,
    AssociationChart,
    CodeChart,
    DifferenceChart,
    MapChart,
    SlicesChart,
    filter_of,
)
from benang.synthesis.appraisals import weights_of
from benang.synthesis.findings import CodeRow, CodeTable, Findings, Matrix
from benang.synthesis.wording import Wording, filtered_caption, mark_words, state_words
from benang.tasks.build.asked import NO_ASSOCIATIONS, Associations, difference_of, is_by_code, scores_asked, slices_of
from benang.tasks.make_map import NAMED, map_in_words
from benang.tasks.map_account import words_for


def alternative_text(
    chart: AnyChart,
    findings: Findings,
    maps: Mapping[str, Map],
    language: Language,
    notes: Sequence[str] = (),
    associations: Associations = NO_ASSOCIATIONS,
) -> str:
    """Say in a few sentences what a figure of the plan shows, with the `notes` that stand under a map."""
    whole, findings = findings, findings.within(filter_of(chart))
    text = _unfiltered(chart, findings, maps, language, notes, associations)
    return filtered_caption(text, filter_of(chart), Wording(whole, language))


def usual_caption(chart: AnyChart, findings: Findings, maps: Mapping[str, Map], language: Language) -> str:
    """Return the caption of a figure for which the plan has none: what is drawn, as the codebook and people call it."""
    _, labels = translator(language), Wording(findings, language).labels
    if isinstance(chart, MapChart | SlicesChart | DifferenceChart):
        return _usual_of_map(chart, maps[chart.map], findings, language)
    if isinstance(chart, AppraisalChart):
        form = findings.appraisal(chart.form).form.label.text(language)
        by_item = _("%(form)s: studies by their rating in each item")
        by_study = _("%(form)s: rating of each study, item by item")
        return (by_study if chart.kind == "appraisal" else by_item) % {"form": form}
    if isinstance(chart, AssociationChart):
        return _("Keywords and codes that occur together: %(group)s") % {"group": labels.group(chart.codes)}
    if isinstance(chart, CodeChart):
        bars, matrix = _("%(group)s: cases and studies that report each"), _("%(group)s in each case")
        return (bars if chart.kind == "code-bars" else matrix) % {"group": labels.group(chart.codes)}
    return _("Cases in the frameworks") if chart.kind == "frameworks" else _("Records by year of publication")


def _usual_of_map(
    chart: MapChart | SlicesChart | DifferenceChart, drawn: Map, findings: Findings, language: Language
) -> str:
    _, score = translator(language), ""
    if isinstance(chart, MapChart) and is_by_code(chart):
        score = findings.codebook.by_id[chart.score.removeprefix(CODE_SCORE)].label.text(language)
    elif isinstance(chart, MapChart):
        score = Words(language)(chart.score)
    texts = {
        "overlay": _("Map of {items}, coloured by: {score}"),
        "density": _("Map of {items}: density"),
        "cluster-density": _("Map of {items}: density of the clusters"),
        "slices": _("Map of {items} by period"),
        "difference": _("Map of {items}: differences between two groups")
        if isinstance(chart, DifferenceChart) and chart.groups
        else _("Map of {items}: differences between two periods"),
    }
    items = words_for(str(drawn.network.item_kind), language)
    return texts.get(chart.kind, _("Map of {items}")).format(items=items, score=score)


def _unfiltered(
    chart: AnyChart,
    findings: Findings,
    maps: Mapping[str, Map],
    language: Language,
    notes: Sequence[str],
    associations: Associations,
) -> str:
    if isinstance(chart, MapChart):
        drawn = maps[chart.map]
        coded = [_by_code(chart, drawn, findings, language)] if is_by_code(chart) else []
        return map_in_words(drawn, chart.view(language, notes), *coded)
    if isinstance(chart, SlicesChart):
        return _slices(chart, maps[chart.map], findings, language)
    if isinstance(chart, DifferenceChart):
        return _difference(chart, maps[chart.map], findings, language)
    if isinstance(chart, AppraisalChart):
        return _appraised(chart, findings, language)
    if isinstance(chart, AssociationChart):
        return _associated(chart, language, associations)
    if isinstance(chart, CodeChart) and chart.kind == "code-bars":
        return _bars(findings.code_tables[chart.codes], Wording(findings, language))
    if isinstance(chart, CodeChart):
        return _matrix(findings.matrices[chart.codes], language)
    if chart.kind == "frameworks":
        return _matrix(findings.matrices["frameworks"], language)
    return _years(findings, language)


def _appraised(chart: AppraisalChart, findings: Findings, language: Language) -> str:
    """Say how many studies were appraised, and which lights each item has: by number, or by weight."""
    _, appraisal = translator(language), findings.appraisal(chart.form)
    words = mark_words(language)
    weights = weights_of(appraisal, chart.weight, findings.coded) if chart.weight else None
    parts = []
    for item, name in zip(appraisal.items, named_items(appraisal.items, language), strict=True):
        texts = bar_texts(appraisal, item.id, weights, language)
        parts.append(f"{name}: {', '.join(f'{words[mark]} {text}' for mark, text in texts.items()) or '–'}")
    sentence = (
        _("Table of {n} studies and {items} items of the appraisal “{form}”, a light in each cell.")
        if chart.kind == "appraisal"
        else _("Bars of {items} items of the appraisal “{form}”, by the share of {n} studies with each light.")
    ).format(n=appraisal.n_appraised(), items=len(appraisal.items), form=appraisal.form.label.text(language))
    return f"{sentence} {'; '.join(parts)}."


def _slices(chart: SlicesChart, drawn: Map, findings: Findings, language: Language) -> str:
    _ = translator(language)
    sizes = _sizes(slices_of(chart, drawn, findings.corpus))
    return _("One map by period; records: {counts}.").format(counts=sizes)


def _difference(chart: DifferenceChart, drawn: Map, findings: Findings, language: Language) -> str:
    _, difference = translator(language), difference_of(chart, drawn, findings.corpus, language)
    sentence = (
        _("Map of the differences between two periods; records: {counts}.")
        if chart.groups is None
        else _("Map of the differences between two groups; records or cases: {counts}.")
    ).format(counts=_sizes((difference.one, difference.other)))
    order, labels = difference.order().tolist(), drawn.network.labels
    rose = [labels[at] for at in order if difference.items.z[at] > 0][:NAMED]
    fell = [labels[at] for at in reversed(order) if difference.items.z[at] < 0][:NAMED]
    more = _("More in {part}: {items}.")
    changes = [more.format(part=difference.other.name, items="; ".join(rose))] if rose else []
    changes += [more.format(part=difference.one.name, items="; ".join(fell))] if fell else []
    return " ".join([sentence, *changes])


def _sizes(parts: Sequence[Slice]) -> str:
    return "; ".join(f"{part.name}: {part.n_records}" for part in parts)


def _by_code(chart: MapChart, drawn: Map, findings: Findings, language: Language) -> str:
    """Say which items have most of a code."""
    _ = translator(language)
    scores = scores_asked(chart, findings, {chart.map: drawn.network})
    label = findings.codebook.by_id[scores.code].label.text(language)
    counts = [
        (drawn.network.labels[at], *scores.number(drawn.network.ids[at]))
        for at in np.argsort(-np.nan_to_num(scores.items, nan=-1.0), kind="stable").tolist()[:NAMED]
    ]
    first = "; ".join(
        _("{item}: {n} of {all}").format(item=item, n=n.value, all=read.value) for item, n, read in counts if n.value
    )
    return _("Colour shows how many of an item's coded studies report “{code}”. Highest: {counts}.").format(
        code=label, counts=first or "–"
    )


def _associated(chart: AssociationChart, language: Language, associations: Associations) -> str:
    _ = translator(language)
    association = associations.association(chart)
    likely = [pair for pair in association.pairs if pair.together.value >= SUPPORT and pair.ratio > 1]
    first = "; ".join(
        f"{pair.label}, {pair.code.label.text(language)} ({pair.together.value})" for pair in likely[:NAMED]
    )
    sentence = _("Matrix of keywords and codes: the number of studies in which each pair occurs.")
    return sentence + " " + _("More often than expected by chance: {pairs}.").format(pairs=first or "–")


def _bars(table: CodeTable, wording: Wording) -> str:
    _ = wording.gettext
    first = "; ".join(_bar(row, wording) for row in table.rows[:NAMED])
    return _("Bar chart of {codes} codes. Most frequent: {first}.").format(codes=len(table.rows), first=first)


def _bar(row: CodeRow, wording: Wording) -> str:
    return f"{row.code.label.text(wording.language)}: {wording.amount(row.studies)}, {wording.amount(row.cases)}"


def _matrix(matrix: Matrix, language: Language) -> str:
    _ = translator(language)
    states = [cell.state for cell in matrix.cells.values()]
    counted = "; ".join(f"{name}: {states.count(state)}" for state, name in state_words(language).items())
    sentence = _("Matrix of {cases} cases and {columns} columns. Cells by state: {counted}.").format(
        cases=len(matrix.cases), columns=len(matrix.columns), counted=counted
    )
    more = (
        (_("Cells with evidence and counter-evidence: {n}."), sum(map(has_both, matrix.cells.values()))),
        (_("Cells whose code is only mentioned: {n}."), sum(map(is_mentioned, matrix.cells.values()))),
        (_("Cells reported only as part of a group: {n}."), sum(cell.is_group for cell in matrix.cells.values())),
    )
    return " ".join([sentence, *(text.format(n=n) for text, n in more if n)])


def _years(findings: Findings, language: Language) -> str:
    _ = translator(language)
    years = "; ".join(
        f"{_('no year') if year is None else year}: {number.value}" for year, number in findings.years.items()
    )
    return _("Records by year of publication: {counts}.").format(counts=years)
