"""The parts of the corpus in figures as the templates show them, on a page of their own or within a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benang.report.describing import CorpusPart
from benang.report.pictures import picture
from benang.report.tables import Table


def shown_parts(
    parts: Sequence[CorpusPart], number: Callable[[Sequence[Table]], Sequence[Table]], *, first_figure: int = 1
) -> list[dict[str, object]]:
    """Return the parts as `corpus_part.html.j2` shows them, tables and figures numbered.

    Parameters
    ----------
    parts
        Of `corpus_section`.
    number
        Gives tables their numbers, going on from the last that it was called with (`TableNumbers()`).
    first_figure
        The number of the first figure.
    """
    made: list[dict[str, object]] = []
    figure = first_figure
    for part in parts:
        made.append(
            {
                "anchor": part.anchor,
                "name": part.name,
                "title": part.title,
                "paragraphs": part.paragraphs,
                "pictures": [picture(one, figure + at) for at, one in enumerate(part.figures)],
                "tables": number(part.tables),
            }
        )
        figure += len(part.figures)
    return made
