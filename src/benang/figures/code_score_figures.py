"""A map whose items and links are coloured by a code of the review."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from benang.coding.codebook import Code
from benang.figures.letters import printable
from benang.figures.map_composition import Look
from benang.figures.map_legends import ColourBar
from benang.figures.map_words import Words
from benang.figures.scored_links import plot_scored_links, with_notes
from benang.figures.style import Paths
from benang.locale import translator
from benang.locale.writing import numeral
from benang.looks.overlay import scale_colours
from benang.looks.view import View
from benang.maps.map import Map
from benang.network.network import Floats
from benang.synthesis.code_scores import CodeScores

_COLOURS = "viridis"
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_STEPS = 64
_USUAL = View()


def plot_code_scores(made: Map, scores: CodeScores, code: Code, view: View = _USUAL, path: Paths = None) -> Figure:
    """Draw a map coloured by a code: of the coded studies of each item and link, how many give evidence of it.

    The scale runs from none to all of them. Items none of whose studies is coded are grey, and so are links.

    Parameters
    ----------
    made
        The map that the scores were counted for.
    scores
        `code_scores(made.network, coded, code.id)`.
    code
        The code, for its label.
    view
        How large, with which words and notes; its own colours and score count for nothing.
    path
        One file or several to save to, each by its suffix.

    Raises
    ------
    BenangError
        As `plot_map`.
    """
    _ = translator(view.language)
    words = Words(view.language, view.texts)
    label = printable(code.label.text("id" if view.language == "id" else "en"))
    share = _("{code}: share of cases") if scores.unit == "cases" else _("{code}: share of coded studies")
    missing = int((~np.isfinite(scores.items)).sum())
    grey = _("not coded: {items}").format(items=words.count(missing, "item")) if missing else ""
    ticks = tuple((tick, f"{numeral(100 * tick, view.language)} %") for tick in _TICKS)
    bar = ColourBar(share.format(code=label), ticks, _shades(np.linspace(0, 1, _STEPS)), grey)
    look = Look(_shades(scores.items), bar=bar)
    return plot_scored_links(made, look, scores.links, _COLOURS, with_notes(view, *_notes(scores, view)), path)


def _shades(shares: Floats) -> tuple[str, ...]:
    return scale_colours(shares, _COLOURS)


def _notes(scores: CodeScores, view: View) -> list[str]:
    _ = translator(view.language)
    told = set(scores.network.records) & scores.coded
    n, n_code = (numeral(len(one), view.language) for one in (told, told & set(scores.passages)))
    if scores.unit == "cases":
        return [_("Cases read: {n}; with this code: {n_code}.").format(n=n, n_code=n_code)]
    return [_("Coded studies: {n}; with this code: {n_code}.").format(n=n, n_code=n_code)]
