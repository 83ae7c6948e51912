"""The figures of a review: each in SVG, PNG and PDF, with a caption and a text that says what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from benang.build.alternative_texts import alternative_text
from benang.build.cache import Cache, key_of
from benang.build.plan import AnyChart, CodeChart, MapChart, Plan
from benang.figures import charts, map_figures, matrix_figures
from benang.files import read_bytes, read_text, sha256
from benang.maps.map import Map
from benang.project.toml_files import Language
from benang.report.outline import FigureContent
from benang.synthesis.findings import Findings

SUFFIXES = ("svg", "png", "pdf")
Progress = Callable[[str, float], None]


def make_charts(
    plan: Plan, findings: Findings, maps: Mapping[str, Map], language: Language, cache: Cache, progress: Progress
) -> tuple[FigureContent, ...]:
    """Draw the figures of the plan that are not fresh, and return all of them for the report."""
    content = []
    for at, chart in enumerate(plan.charts):
        progress(f"Figure {chart.name}", at / max(len(plan.charts), 1))
        names = [f"figures/{chart.name}.{suffix}" for suffix in SUFFIXES]
        paths = [cache.out / name for name in names]

        def write(chart: AnyChart = chart, paths: list[Path] = paths) -> None:
            draw(chart, findings, maps, language, paths)

        key = key_of(chart.model_dump(), language, _drawn_from(chart, findings, cache))
        cache.make(f"figures/{chart.name}", key, names, write)
        content.append(_content(chart, findings, maps, language, cache))
    return tuple(content)


def draw(
    chart: AnyChart, findings: Findings, maps: Mapping[str, Map], language: Language, paths: list[Path]
) -> None:
    """Draw one figure of the plan into files."""
    if isinstance(chart, MapChart):
        _draw_map(chart, maps[chart.map], language, paths)
    elif isinstance(chart, CodeChart) and chart.kind == "code-bars":
        charts.plot_code_bars(findings.code_tables[chart.codes], findings.codebook, path=paths, language=language)
    elif isinstance(chart, CodeChart):
        matrix_figures.plot_case_matrix(findings.matrices[chart.codes], findings.cases, findings.codebook, path=paths,
                                        language=language)
    elif chart.kind == "frameworks":
        matrix_figures.plot_framework_matrix(findings.matrices["frameworks"], findings.codebook.frameworks,
                                             findings.cases, findings.codebook, path=paths, language=language)
    else:
        charts.plot_years(findings.years, path=paths, language=language)


def _draw_map(chart: MapChart, drawn: Map, language: Language, paths: list[Path]) -> None:
    if chart.kind == "map":
        map_figures.plot_map(drawn, path=paths, palette=chart.palette, language=language)
    elif chart.kind == "overlay":
        map_figures.plot_overlay(drawn, score=chart.score, path=paths, language=language)
    else:
        map_figures.plot_density(drawn, path=paths, language=language)


def _drawn_from(chart: AnyChart, findings: Findings, cache: Cache) -> object:
    """Return what a figure depends on beside the plan: its map's file, or all that was counted."""
    if isinstance(chart, MapChart):
        return sha256(read_bytes(cache.out / "maps" / f"{chart.map}.json"))
    return [findings.evidence.as_json(), findings.codebook.model_dump(), findings.cases.model_dump()]


def _content(
    chart: AnyChart, findings: Findings, maps: Mapping[str, Map], language: Language, cache: Cache
) -> FigureContent:
    file = cache.out / "figures" / chart.name
    density = chart.kind == "density"  # a field of pixels: as SVG it would only wrap the same picture
    return FigureContent(
        name=chart.name,
        svg=None if density else read_text(file.with_suffix(".svg")),
        png=read_bytes(file.with_suffix(".png")) if density else None,
        caption=chart.caption.text(language) if chart.caption else chart.name,
        alt=alternative_text(chart, findings, maps, language),
        map_name=chart.map if isinstance(chart, MapChart) else "",
    )
