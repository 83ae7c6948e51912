"""The page of a map: colours, words and choices go to its data, and all of it into one HTML file that loads nothing.

The data stand in the page as JSON, or, where they are large, as gzip in base64, which the page unpacks
(`DecompressionStream`). The script is the bundle that `ui/` is built into.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from benang.errors import BenangError, Problem, unknown
from benang.figures.map_words import Words, corpus_notes
from benang.locale import Language, page_texts, translator
from benang.locale.writing import numeral
from benang.looks import View
from benang.looks.appearance import PALETTES, USUAL_WEIGHTS, Palette, choose_weight
from benang.looks.colour_scales import COLOUR_SCALES, DENSITY_SCALES, palette_of, scale_of
from benang.looks.overlay import choose_score
from benang.map_files.file import plain
from benang.maps import Map
from benang.network.network import Network
from benang.viewer.data import Json, ShownMap, map_columns

BESIDE = "beside"
"""The name of the data of a map that stands beside the one of the page."""
PAGE = ".html"
"""The suffix of pages."""
LARGE = 2_000_000
"""Bytes of data from which on they are packed."""
MOST_TO_SEND = 15_000_000
"""Bytes of a page: more can't be attached to a mail. Abstracts are left out of a larger one."""
_MOST_CLUSTERS = 1000  # with a colour of their own
_LISTED = 500  # items, for readers without JavaScript

_STYLE = """
html, body { height: 100%; margin: 0; }
[data-benang-map] { height: 100%; }
[data-benang-map] > p { padding: 0 1.5rem; font: 16px/1.5 system-ui, sans-serif; opacity: 0;
  animation: 0s 2s forwards seen; }
@keyframes seen { to { opacity: 1; } }
noscript { display: block; box-sizing: border-box; position: absolute; inset: 0; overflow: auto; padding: 1rem 1.5rem;
  background: #fff; color: #222; font: 16px/1.5 system-ui, sans-serif; }
noscript table { border-collapse: collapse; }
noscript th, noscript td { padding: 0.1rem 1.5rem 0.1rem 0; text-align: left; }
noscript td:nth-child(n + 2) { font-variant-numeric: tabular-nums; }
"""


def map_page(shown: ShownMap, beside: ShownMap | None = None) -> bytes:
    """Return the page of a map as the bytes of its file; the same map gives the same bytes.

    Another map may stand `beside` it: both share what is selected.

    Raises
    ------
    BenangError
        As `page_data`, and where the viewer was not built.
    """
    data, script = page_data(shown), viewer_script()
    if beside is not None:
        other = page_data(beside)
        data["words"] = {**other["words"], **data["words"]}
        return page_html(data, script, other)
    page = page_html(data, script)
    if len(page) > MOST_TO_SEND and data["records"] and any(data["records"]["abstract"]):
        page = page_html(_without_abstracts(data), script)
    return page


def page_data(shown: ShownMap) -> Json:
    """Return what the page of a map is given: `PageData` in `ui/viewer/model.ts`.

    Raises
    ------
    BenangError
        For a score, weight or item that the map lacks, and a file of colours that can't be read.
    """
    view, language = shown.view, shown.language
    columns, records, notes = map_columns(shown)
    return {
        "format": 1,
        "language": language,
        "title": title_of(shown),
        "words": words_of(shown.map, language),
        "looks": looks_of(shown.map, view),
        "view": state_of(shown.map, view),
        "map": columns,
        "records": records,
        "notes": [*shown.notes, *notes, *corpus_notes(shown.map, Words(language)), *view.notes],
    }


def title_of(shown: ShownMap) -> str:
    """Return the title that a map has in its view or its file, else what its items and links are, else one given."""
    network, _ = shown.map.network, translator(shown.language)
    info = network.extras.get("info")
    own = info.get("title") if isinstance(info, Mapping) else None
    if shown.view.title or (isinstance(own, str) and own.strip()):
        return shown.view.title or str(own)
    if network.item_kind == Network.item_kind:
        return shown.title
    items = _(network.item_kind) if shown.language != "en" else network.item_kind.replace("-", " ")
    return _("{items}, linked by {link}:").format(items=items.capitalize(), link=_(network.link_kind)).removesuffix(":")


def _without_abstracts(data: Json) -> Json:
    _ = translator(data["language"])
    records = {**data["records"], "abstract": [""] * len(data["records"]["key"])}
    note = _("Abstracts are left out so that the page is small enough to be sent by e-mail.")
    return {**data, "records": records, "notes": [*data["notes"], note]}


def page_html(data: Json, script: str, beside: Json | None = None) -> bytes:
    """Return the page with its data, those of a map beside it, and a script that mounts the viewer."""
    page = _templates().get_template("page.html.j2")
    return page.render(
        language=data["language"],
        policy=content_policy(_STYLE, script),
        title=data["title"],
        style=_STYLE,
        opening=_opening(data),
        data=data_element(data) + (data_element(beside, BESIDE) if beside else ""),
        script=script,
        **_without_script(data),
    ).encode("utf-8")


@cache
def _templates() -> Environment:
    return templates(__package__ or "benang.viewer")


def templates(package: str) -> Environment:
    """Return the environment of a package's templates: all but markup is escaped, and unknown names are errors."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def macro(environment: Environment, template: str, name: str) -> Callable[..., Markup]:
    """Return a macro of a template."""
    found: Callable[..., Markup] = getattr(environment.get_template(template).module, name)
    return found


def content_policy(style: str, *scripts: str) -> str:
    """Return the content security policy of a page: its own style and scripts, pictures within it, nothing else.

    Examples
    --------
    >>> content_policy("", "").split("; ")[:2]
    ["default-src 'none'", 'img-src data:']
    """
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
        for text in (style, *scripts)
    ]
    return (
        f"default-src 'none'; img-src data:; style-src {hashes[0]}; script-src {' '.join(hashes[1:])}; "
        "base-uri 'none'; form-action 'none'"
    )


def frame_policy() -> str:
    """Return the content security policy of a map's page that is served, and shown in a frame of the same server."""
    return f"{content_policy(_STYLE, viewer_script())}; frame-ancestors 'self'"


def data_element(data: Json, name: str = "", *, is_shared: bool = False) -> Markup:
    r"""Return the element that holds the data of a page, or of its map of this name; nothing in them ends it.

    What all maps of a page share (`is_shared`) has an element of its own.

    Examples
    --------
    >>> print(data_element({"title": "</script>"}))
    <script type="application/json" data-benang-page>{"title":"\u003c/script>"}</script>
    >>> print(data_element({}, "topics"), data_element({}, is_shared=True), sep="\n")
    <script type="application/json" data-benang-page="topics">{}</script>
    <script type="application/json" data-benang-shared>{}</script>
    """
    text = _json(data).replace("<", "\\u003c")
    is_large = len(text) >= LARGE
    kind, mark = ("text/plain", "packed") if is_large else ("application/json", "page")
    content = base64.b64encode(packed(text)).decode() if is_large else text
    element = macro(_templates(), "data.html.j2", "data_element")
    return element(kind, "shared" if is_shared else mark, name, content)


def packed(text: str) -> bytes:
    """Return a text compressed by gzip, the same bytes on every system."""
    data = gzip.compress(text.encode("utf-8"), 9, mtime=0)
    return data[:9] + b"\xff" + data[10:]  # the system that it was packed on: unknown


def packed_page(shown: ShownMap) -> bytes:
    """Return what the page of a map is given, as compressed JSON.

    Raises
    ------
    BenangError
        As `page_data`.
    """
    return packed(_json(page_data(shown)))


def _json(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@cache
def viewer_script(name: str = "viewer.js") -> str:
    """Return the viewer as one script that can stand in a page; `widget.js` is the module for notebooks.

    Raises
    ------
    BenangError
        Where it was not built, as in a copy of the source.
    """
    file = resources.files(__package__ or "benang.viewer").joinpath("static", name)
    if not file.is_file():
        way_on = "Install Benang with pip, which builds it. In a copy of the source, run 'make ui'."
        raise BenangError(Problem("the interactive viewer was not built", where=str(file), way_on=way_on))
    script = file.read_text(encoding="utf-8").replace("\r\n", "\n").strip()
    # In texts and patterns of JavaScript \x3c is "<"; what ends or opens a script element is nowhere else.
    for mark in ("</script", "<script", "<!--"):
        script = script.replace(mark, f"\\x3c{mark[1:]}")
    return script


def check_built(paths: Iterable[Path]) -> None:
    """Find out before any work whether pages can be made, where some of the files to write are pages.

    Raises
    ------
    BenangError
        Where the viewer was not built.
    """
    if any(path.suffix.lower() == PAGE for path in paths):
        viewer_script()


def _opening(data: Json) -> str:
    """Say what to do if the map doesn't appear: a browser that can't read the script can't say it by itself."""
    _ = translator(data["language"])
    return _(
        "The map is being opened. If it does not appear, this browser is too old: use Chrome, Edge or Firefox 117, "
        "Safari 16.4, or a later version."
    )


def _without_script(data: Json) -> Json:
    """Say what the page is, and list the heaviest items, for readers without JavaScript."""
    _, words, map_ = translator(data["language"]), Words(data["language"]), data["map"]
    items, weights = map_["items"], map_["items"]["weights"]
    name = next((name for name in USUAL_WEIGHTS if name in weights), next(iter(weights), ""))
    values = weights.get(name, [0] * len(items["label"]))
    order = np.argsort(-np.array(values), kind="stable")[:_LISTED].tolist()
    heading = [_("Item"), _("cluster").capitalize(), *([words(name)] if name else [])]
    rows = [
        [items["label"][at], items["cluster"][at] or "", *([numeral(values[at], data["language"])] if name else [])]
        for at in order
    ]
    paragraphs = [
        _("This page is an interactive map: it needs JavaScript, which is switched off here."),
        f"{words.count(len(items['label']), 'item')}, {words.count(map_['allLinks'], 'link')}.",
        *data["notes"],
    ]
    return {"paragraphs": paragraphs, "heading": heading, "rows": rows}


def looks_of(map_: Map, view: View) -> Json:
    """Return the colours that can be chosen, those of the view among them: `Looks` in `ui/viewer/model.ts`.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> two = Map(Network(("1", "2"), ("a", "b"), symmetric(2, [], [], [])), np.zeros((2, 2)), np.array([1, 2]))
    >>> looks = looks_of(two, View())
    >>> list(looks["palettes"]), looks["palettes"]["benang"]["colours"][:2], list(looks["scales"])[-2:]
    (['benang', 'vosviewer'], ['#0072b2', '#e69f00'], ['density', 'density-dark'])
    """
    palettes, scales = dict(PALETTES), {**COLOUR_SCALES, **DENSITY_SCALES}
    chosen = palette_of(view.palette)
    palettes[chosen.name] = chosen
    if view.colours is not None:
        scale = scale_of(view.colours)
        scales[scale.name] = scale
    highest = min(int(map_.cluster.max(initial=0)), _MOST_CLUSTERS)
    return {
        "palettes": {name: _palette(palette, highest) for name, palette in palettes.items()},
        "scales": {
            name: {"places": [plain(float(f"{at:.6g}")) for at in scale.places], "colours": list(scale.colours)}
            for name, scale in scales.items()
        },
    }


def _palette(palette: Palette, highest: int) -> Json:
    """Return the colours of clusters 1, 2, 3, …; of a palette that goes on those of three turns at least."""
    turns = 3 if palette.goes_on else 1
    numbers = range(1, max(highest if palette.goes_on else 0, turns * len(palette.clusters)) + 1)
    return {"colours": [palette.of(number) for number in numbers], "rest": palette.rest}


_STATE = {
    "view": "view", "weight": "weight", "score": "score", "normalisation": "normalisation", "low": "low",
    "high": "high", "dark": "dark", "kernel_width": "kernelWidth", "item_size_variation": "itemSizeVariation",
    "label_size_variation": "labelSizeVariation", "link_size_variation": "linkSizeVariation", "scale": "scale",
    "frames": "frames", "label_length": "labelLength", "max_links": "maxLinks", "min_link_strength": "minLinkStrength",
    "curved": "curved", "coloured": "coloured",
}  # fmt: skip
"""Fields of a view by the names that the state of the page has for them."""


def state_of(map_: Map, view: View) -> Json:
    """Return how the map is shown at first, where that is not the default: a part of `State` in `ui/viewer/state.ts`.

    Raises
    ------
    BenangError
        For a score, weight or item that the map lacks.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> two = Map(Network(("1", "2"), ("a", "b"), symmetric(2, [], [], [])), np.zeros((2, 2)), np.array([1, 2]))
    >>> state_of(two, View(view="density", kernel_width=0.2, show="b"))
    {'view': 'density', 'kernelWidth': 0.2, 'selected': [1], 'camera': {'x': 0, 'y': 0, 'zoom': 3}}
    """
    network = map_.network
    choose_weight(network, view.weight)
    if view.score is not None:
        choose_score(network, view.score)
    usual = View()
    state: Json = {
        name: getattr(view, own) for own, name in _STATE.items() if getattr(view, own) != getattr(usual, own)
    }
    if view.palette != usual.palette:
        state["palette"] = palette_of(view.palette).name
    if view.colours is not None:
        state["scoreColours"] = scale_of(view.colours).name
    if not view.labels:
        state["labels"] = False
    if view.show is not None:
        state["selected"] = [_shown_item(network, view.show)]
    if view.show is not None or view.zoom is not None:
        place = (
            map_.xy[state["selected"][0]] if view.show is not None else (map_.xy.min(axis=0) + map_.xy.max(axis=0)) / 2
        )
        x, y = (plain(float(f"{value:.6g}")) for value in place.tolist())
        state["camera"] = {"x": x, "y": y, "zoom": plain(view.magnified)}
    return state


def _shown_item(network: Network, name: str) -> int:
    try:
        return network.index(name)
    except KeyError:
        raise unknown(name, network.labels, where="show", expected="an item of the map") from None


def words_of(map_: Map, language: Language) -> dict[str, str]:
    """Return the page's texts in a language by their English, with the names that data give: weights, scores, kinds."""
    if language == "en":
        return {}
    _, words, network = translator(language), Words(language), map_.network
    named = {name: words(name) for name in (*network.weights, *network.scores)}
    named |= {name: _(name) for name in (network.item_kind, network.link_kind, network.unit)}
    return {**page_texts(language), **{name: text for name, text in named.items() if text != name}}
