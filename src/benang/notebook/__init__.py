"""What a notebook shows of a corpus, a network and a map: IPython finds it by the names of types, and loads nothing."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benang.locale import Language
    from benang.maps import Map
    from benang.notebook.widget import MapWidget
    from benang.records.corpus import Corpus

_SHOWN = {
    ("benang.records.corpus", "Corpus"): ("benang.notebook.html", "corpus_html", "corpus_line"),
    ("benang.network.network", "Network"): ("benang.notebook.html", "network_html", "network_line"),
    ("benang.maps", "Map"): ("benang.notebook.html", "map_html", "map_line"),
}
"""Type → the module that shows it, its function for HTML, and the one for a line of text."""

_FIGURE = ("matplotlib.figure", "Figure")


def register(shell: Any = None) -> bool:
    """Register displays of corpora, networks, maps and figures; return whether a notebook is running.

    A corpus and a network are shown as tables, a map as a picture with its clusters, and a figure as a picture unless
    IPython has its own display for it.

    Parameters
    ----------
    shell
        IPython's shell; the one that runs where None.

    Examples
    --------
    >>> register()      # outside of IPython
    False
    """
    running = shell if shell is not None else _running()
    if running is None:
        return False
    formatters = running.display_formatter.formatters
    for (module, name), (home, html, line) in _SHOWN.items():
        formatters["text/html"].for_type_by_name(module, name, _later(home, html))
        formatters["text/plain"].for_type_by_name(module, name, _printed(home, line))
    if _is_free(formatters["image/png"]):
        formatters["image/png"].for_type_by_name(*_FIGURE, _later("benang.notebook.html", "figure_png"))
    return True


def load_ipython_extension(shell: Any) -> None:
    """Do what `%load_ext benang.notebook` asks for; `import benang` in a notebook does it by itself."""
    register(shell)


def show(
    map_: Map, *, corpus: Corpus | None = None, records: bool = True, pixels: int = 560, **options: Any
) -> MapWidget:
    """Show a map in a notebook, to zoom, search and click; what is selected comes back to Python.

    Parameters
    ----------
    map_
        What `vos_map` made or `read_map` read.
    corpus
        The records that the map was made from, so that titles, abstracts and DOIs are shown, and not keys alone.
    records
        Whether the records behind items and links are shown.
    pixels
        How high the map is.
    options
        How it is looked at first: `view="overlay"`, `dark=True` and any other field of `benang.looks.View`.

    Returns
    -------
    MapWidget
        A widget for JupyterLab, Notebook, VS Code and Colab. `selected` has the ids of what is selected, and can be
        set; `selected_records` the keys of the records behind it; `selection` both, with labels, and the records
        themselves where a `corpus` was given.

    Raises
    ------
    BenangError
        Where anywidget is not installed, and for a score, weight or item that the map lacks.
    """
    from benang.errors import BenangError, Problem
    from benang.locale.writing import worded
    from benang.looks import View
    from benang.viewer.data import ShownMap

    try:
        from benang.notebook.widget import MapWidget
    except ModuleNotFoundError as error:
        missing = worded("a map in a notebook needs {package}, which is not installed", package=error.name)
        way_on = 'Run `pip install "benang[widget]"`, and start the notebook again.'
        raise BenangError(Problem(missing, way_on=way_on)) from None
    view = View(**options)
    language: Language = "id" if view.language == "id" else "en"
    shown = ShownMap(map=map_, title="", language=language, view=view, records=records, corpus=corpus)
    return MapWidget(shown, pixels=pixels)


def _running() -> Any:
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def _is_free(formatter: Any) -> bool:
    """Tell whether nobody draws figures yet: matplotlib's own way for notebooks goes first."""
    figure = getattr(sys.modules.get(_FIGURE[0]), _FIGURE[1], None)
    return _FIGURE not in formatter.deferred_printers and figure not in formatter.type_printers


def _later(home: str, name: str) -> Callable[[Any], Any]:
    """Give a function that loads its module when it is called."""

    def shown(thing: Any) -> Any:
        return getattr(importlib.import_module(home), name)(thing)

    return shown


def _printed(home: str, name: str) -> Callable[[Any, Any, bool], None]:
    """Give the same as IPython wants it for text."""
    line = _later(home, name)

    def printed(thing: Any, printer: Any, _is_cycle: bool) -> None:
        printer.text(line(thing))

    return printed
