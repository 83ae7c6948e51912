"""The figures of a review: each in SVG, PNG and PDF, with a caption and a text that says what it shows.

Of a map that fills its figure there is also what a screen shows: its records and the passages coded in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benang.evidence import Passage, shown_as
from benang.figures import matrix_figures
from benang.figures.agreement_figures import Part, agreement_in_words, pages_of, plot_agreement
from benang.figures.appraisal_figures import plot_appraisal, plot_appraisal_summary
from benang.figures.association_figures import plot_association
from benang.figures.code_bars import plot_code_bars
from benang.figures.indicator_figures import plot_years
from benang.figures.map_figures import plot_code_scores, plot_difference, plot_view, title_of_scores
from benang.figures.small_multiples import plot_slices
from benang.figures.text_lines import fonts_for
from benang.files import read_bytes, read_text, sha256, write_bytes
from benang.locale import Language, translator
from benang.locale.writing import worded
from benang.looks import View
from benang.maps import Map
from benang.maps.slices import years_of_corpus
from benang.progress import Progress
from benang.report.content import FigureContent, Names
from benang.report.inline import Texts, anchor
from benang.report.selection import flow_caption, flow_file, flow_in_words, flow_texts
from benang.review.plan import (
    AnyChart,
    AppraisalChart,
    AssociationChart,
    CodeChart,
    DifferenceChart,
    MapChart,
    Plan,
    SlicesChart,
    filter_of,
)
from benang.screening.prisma import Flow
from benang.synthesis.agreements import is_of_pair, parts_of
from benang.synthesis.appraisals import weights_of
from benang.synthesis.findings import Findings
from benang.synthesis.wording import Wording, filtered_caption
from benang.tasks.build.alternative_texts import alternative_text, usual_caption
from benang.tasks.build.asked import (
    NO_ASSOCIATIONS,
    Associations,
    difference_of,
    is_by_code,
    scores_asked,
    slices_of,
)
from benang.tasks.build.cache import Cache, key_of
from benang.tasks.build.findings import counted_from
from benang.tasks.view_map import with_coded
from benang.viewer.data import ShownMap

SUFFIXES = ("svg", "png", "pdf")
PRISMA = "prisma"
"""The name of the flow diagram among the figures."""

AGREEMENT = "agreement"
"""The name of the figure of how far coders agree."""

_OF_MAPS = (MapChart, SlicesChart, DifferenceChart)


def make_charts(
    plan: Plan,
    findings: Findings,
    maps: Mapping[str, Map],
    language: Language,
    cache: Cache,
    progress: Progress,
    associations: Associations = NO_ASSOCIATIONS,
) -> tuple[FigureContent, ...]:
    """Draw the figures of the plan that are not fresh, and return all of them for the report."""
    content = []
    titles = {one.name: one.title.text(language) for one in plan.maps if one.title}
    for at, chart in enumerate(plan.charts):
        progress(worded("Figure {name}", name=chart.name), at / max(len(plan.charts), 1))
        names = [f"figures/{chart.name}.{suffix}" for suffix in SUFFIXES]

        def write(places: Mapping[str, Path], chart: AnyChart = chart, names: Sequence[str] = names) -> None:
            draw(chart, findings, maps, language, [places[name] for name in names], associations)

        key = key_of(chart.model_dump(), language, _drawn_from(chart, findings, maps, language, cache))
        cache.make(f"figures/{chart.name}", key, names, write)
        one = replace(_content(chart, findings, maps, language, cache, associations), key=key)
        if isinstance(chart, MapChart):
            one = replace(one, shown=shown_map(chart, maps[chart.map], findings, language, titles.get(chart.map, "")))
        text = _caption(chart, plan, language) or usual_caption(chart, findings, maps, language)
        caption = filtered_caption(text, filter_of(chart), Wording(findings, language))
        content.append(replace(one, caption=caption))
    return tuple(content)


def prisma_chart(flow: Flow, plan: Plan, language: Language, cache: Cache) -> FigureContent:
    """Draw the flow diagram of a review where it is not fresh, and return it for the report.

    Where a chart of the plan has its name, it gets a longer one.
    """
    texts, taken = flow_texts(flow, language), {chart.name for chart in plan.charts}
    name = next(one for n in range(len(taken) + 1) if (one := f"{PRISMA}{'-flow' * n}") not in taken)
    names = [f"figures/{name}.{suffix}" for suffix in SUFFIXES]
    key = key_of(repr(texts), fonts_for([repr(texts)]))

    def write(places: Mapping[str, Path]) -> None:
        for path in places.values():
            write_bytes(path, flow_file(flow, language, path.suffix))

    cache.make(f"figures/{name}", key, names, write)
    file = cache.out / "figures" / name
    return FigureContent(
        name=name,
        svg=read_text(file.with_suffix(".svg")),
        png=read_bytes(file.with_suffix(".png")),
        caption=flow_caption(language),
        alt=flow_in_words(flow, language),
        key=key,
    )


def agreement_charts(findings: Findings, plan: Plan, language: Language, cache: Cache) -> tuple[FigureContent, ...]:
    """Draw how far coders agree where it is not fresh, on as many figures as the rows need; nothing of one coder.

    Where a chart of the plan has its name, it gets a longer one.
    """
    taken, _ = {chart.name for chart in plan.charts}, translator(language)
    compared = [one for one in findings.agreements if not is_of_pair(one.comparison)]
    pages = pages_of(parts_of(compared, Wording(findings, language)))
    made = []
    for number, page in enumerate(pages, 1):
        own = AGREEMENT if number == 1 else f"{AGREEMENT}-{number}"
        name = next(one for n in range(len(taken) + 1) if (one := f"{own}{'-coders' * n}") not in taken)
        names = [f"figures/{name}.{suffix}" for suffix in SUFFIXES]
        shown = [(heading, [(one.comparison.label, one.coefficients) for one in of]) for heading, of in page]
        key = key_of(language, repr(shown), fonts_for([repr(shown)]))

        def write(places: Mapping[str, Path], page: Sequence[Part] = page) -> None:
            plot_agreement(page, language=language, path=list(places.values()))

        cache.make(f"figures/{name}", key, names, write)
        caption = _("Agreement between coders: alpha and AC1 with their 95% intervals")
        made.append(
            FigureContent(
                name=name,
                svg=read_text(cache.out / names[0]),
                png=read_bytes(cache.out / names[1]),
                caption=caption if len(pages) == 1 else f"{caption} ({number}/{len(pages)})",
                alt=agreement_in_words(page, language),
                key=key,
            )
        )
    return tuple(made)


def _caption(chart: AnyChart, plan: Plan, language: Language) -> str:
    """Return the caption that the plan gives, else the title of the map that is drawn; "" where it has neither."""
    titles = {one.name: one.title for one in plan.maps}
    caption = chart.caption or (titles.get(chart.map) if isinstance(chart, _OF_MAPS) else None)
    return caption.text(language) if caption else ""


def draw(
    chart: AnyChart,
    findings: Findings,
    maps: Mapping[str, Map],
    language: Language,
    paths: list[Path],
    associations: Associations = NO_ASSOCIATIONS,
) -> None:
    """Draw one figure of the plan into files."""
    findings = findings.within(filter_of(chart))
    if isinstance(chart, SlicesChart):
        slices = slices_of(chart, maps[chart.map], findings.corpus)
        plot_slices(maps[chart.map], slices, palette=chart.palette, path=paths, language=language)
    elif isinstance(chart, DifferenceChart):
        differing = difference_of(chart, maps[chart.map], findings.corpus, language)
        plot_difference(differing, by=chart.by, path=paths, language=language)
    elif isinstance(chart, AppraisalChart):
        _draw_appraisal(chart, findings, language, paths)
    elif isinstance(chart, AssociationChart):
        association = associations.association(chart)
        plot_association(association, findings.codebook, language=language, path=paths)
    elif isinstance(chart, MapChart):
        drawn = maps[chart.map]
        _draw_map(chart, drawn, findings, chart.view(language, map_notes(drawn, findings, language)), paths)
    elif isinstance(chart, CodeChart) and chart.kind == "code-bars":
        plot_code_bars(
            findings.code_tables[chart.codes],
            findings.codebook,
            case_rows=findings.case_rows,
            path=paths,
            language=language,
        )
    elif isinstance(chart, CodeChart):
        matrix_figures.plot_case_matrix(
            findings.matrices[chart.codes],
            findings.known_cases,
            findings.codebook,
            table=findings.code_tables[chart.codes],
            path=paths,
            language=language,
        )
    elif chart.kind == "frameworks":
        matrix_figures.plot_framework_matrix(
            findings.matrices["frameworks"],
            findings.codebook.frameworks,
            findings.known_cases,
            findings.codebook,
            path=paths,
            language=language,
        )
    else:
        plot_years(findings.years, telling=findings.study_years, path=paths, language=language)


def shown_map(chart: MapChart, drawn: Map, findings: Findings, language: Language, title: str) -> ShownMap:
    """Return what a screen shows of a chart's map: as the figure, with the records and passages behind it.

    Passages link to their places in the report.
    """
    numbers = Names(findings, Texts(language)).passage_numbers

    def link(same: Sequence[Passage]) -> str:
        number = numbers.get(shown_as(same[0]))
        return f"#{anchor('p', str(number))}" if number else ""

    view = replace(chart.view(language, map_notes(drawn, findings, language)), title=title or None)
    labels = Wording(findings, language).labels
    if is_by_code(chart):
        scores = scores_asked(chart, findings, {chart.map: drawn.network})
        name = f"{title_of_scores(scores, findings.codebook.by_id[scores.code], language)} (%)"
        network = replace(drawn.network, scores={**drawn.network.scores, name: 100 * scores.items})
        drawn, view = replace(drawn, network=network), replace(view, score=name, low=0, high=100)
    shown = ShownMap(map=drawn, title=chart.name, language=language, view=view, corpus=findings.corpus)
    return with_coded(shown, findings.coded, labels, link)


def _draw_appraisal(chart: AppraisalChart, findings: Findings, language: Language, paths: list[Path]) -> None:
    appraisal, labels = findings.appraisal(chart.form), Wording(findings, language).labels
    if chart.kind == "appraisal":
        names = {one: labels.case(one) for one in appraisal.subjects}
        plot_appraisal(appraisal, names, language=language, path=paths)
        return
    weights = weights_of(appraisal, chart.weight, findings.coded) if chart.weight else None
    weighted_by = labels.code(chart.weight) if chart.weight else ""
    plot_appraisal_summary(appraisal, weights=weights, weighted_by=weighted_by, language=language, path=paths)


def _draw_map(chart: MapChart, drawn: Map, findings: Findings, view: View, paths: list[Path]) -> None:
    if is_by_code(chart):
        scores = scores_asked(chart, findings, {chart.map: drawn.network})
        plot_code_scores(drawn, scores, findings.codebook.by_id[scores.code], view, paths)
    else:
        plot_view(drawn, view, paths)


def map_notes(drawn: Map, findings: Findings, language: Language) -> tuple[str, ...]:
    """Say what a map of codes rests on and leaves out; nothing of other maps, whose corpus says it."""
    _ = translator(language)
    shown = set(drawn.network.ids)
    tables = [table.rows for table in findings.code_tables.values()]
    rows = next((rows for rows in tables if shown & {row.code.id for row in rows}), ())
    if drawn.network.item_kind != "codes" or not rows:
        return ()
    left_out = [row.code.label.text(language) for row in rows if row.cases.value and row.code.id not in shown]
    grouped = findings.evidence.numbers["scope/group/cases"].value
    notes = (
        [
            _(
                "Studies report {grouped} of {cases} cases as a group: one account counts in each case of the group."
            ).format(grouped=grouped, cases=len(findings.cases.cases))
        ]
        if grouped
        else []
    )
    if left_out:
        notes.append(_("Left out because they co-occur with none of these: {codes}.").format(codes="; ".join(left_out)))
    return tuple(notes)


def _drawn_from(
    chart: AnyChart, findings: Findings, maps: Mapping[str, Map], language: Language, cache: Cache
) -> object:
    """Return what a figure depends on beside the plan: its map's file, or all that was counted, and the fonts."""
    if isinstance(chart, SlicesChart | DifferenceChart):
        years = sorted(years_of_corpus(findings.corpus).items())
        return [*_map_file(chart.map, cache), years]
    if isinstance(chart, MapChart) and not is_by_code(chart):
        notes = map_notes(maps[chart.map], findings, language)
        return [*_map_file(chart.map, cache), notes]
    coded = counted_from(findings)
    return [*coded, fonts_for(map(str, coded))]


def _map_file(name: str, cache: Cache) -> tuple[str, tuple[str, ...]]:
    """Return the hash of a map's file, and the fonts that its letters need."""
    path = cache.out / "maps" / f"{name}.json"
    return sha256(read_bytes(path)), fonts_for([read_text(path)])


def _content(
    chart: AnyChart,
    findings: Findings,
    maps: Mapping[str, Map],
    language: Language,
    cache: Cache,
    associations: Associations,
) -> FigureContent:
    file = cache.out / "figures" / chart.name
    notes = map_notes(maps[chart.map], findings, language) if isinstance(chart, MapChart) else ()
    density = chart.kind in {
        "density",
        "cluster-density",
    }  # a field of pixels: as SVG it would only wrap the same picture
    return FigureContent(
        name=chart.name,
        svg=None if density else read_text(file.with_suffix(".svg")),
        png=read_bytes(file.with_suffix(".png")),
        caption=chart.name,
        alt=alternative_text(chart, findings, maps, language, notes, associations),
        map_name=chart.map if isinstance(chart, _OF_MAPS) else "",
    )
