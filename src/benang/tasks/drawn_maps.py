"""Maps of a review as its pages draw them: made as a build makes them, kept apart from the folder, shown and written.

A map is made by the functions of a build (`benang.tasks.build.steps`), so that one that is saved into the plan is that
of the build. It is kept in the user's folder for such files, under a key of all that it rests on: the same map is not
made twice, and nothing in the review's folder changes by looking at maps.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from benang.errors import BenangError, Problem
from benang.files import cache_folder, read_bytes, read_text, sha256, write_bytes, write_together, zipped
from benang.locale import Language
from benang.locale.writing import worded
from benang.progress import Progress, part, silent
from benang.project.folder import content_hashes, open_folder
from benang.review.load import Loaded, load
from benang.review.plan import AnyMap, CodeMap, TermMap
from benang.tasks.build.cache import Cache, key_of
from benang.tasks.map_choices import asked_map, charts_of, loaded_of, records_key, told_options
from benang.tasks.opened import Opened, id_of
from benang.unfinished import remove_leftovers, temporary_folder

if TYPE_CHECKING:
    from benang.maps import Map

Picture = Literal[".png", ".svg", ".pdf", ".eps"]
Data = Literal[
    ".html", ".json", ".txt", ".graphml", ".gexf", ".gml", ".net", ".mat", ".paj", ".clu", ".vec", ".csv", ".tsv"
]
Look = Literal["network", "overlay", "density", "cluster-density"]
PICTURES: tuple[str, ...] = get_args(Picture)
"""Suffixes of pictures, which take seconds to be drawn."""
_MOST_KEPT = 40
"""Maps of a review that are kept: those that were drawn last."""
_DOTS = 140
_WIDTH, _HEIGHT, _LEAST_DOT, _DOT = 100.0, 62.0, 0.7, 3.6
_KEY = 24


@dataclass(frozen=True, slots=True)
class Dot:
    """An item of a small picture of a map: its place and radius within 100 by 62, and its colour."""

    x: float
    y: float
    r: float
    colour: str


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map that was drawn: its key, its options as `asked_map` takes them, its size, and a small picture of it.

    `is_current` says whether it is of the records as they are now.
    """

    key: str
    options: Mapping[str, Any]
    items: int
    links: int
    clusters: int
    records: int
    dots: tuple[Dot, ...] = ()
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class PlannedMap:
    """A map of the plan: its key as the review is now, what was drawn of it, and how many charts show it."""

    plan: AnyMap
    key: str
    drawn: DrawnMap | None
    charts: int

    @property
    def options(self) -> dict[str, Any]:
        """What it asks, as `asked_map` takes it."""
        return told_options(self.plan)


def map_key(loaded: Loaded, plan: AnyMap) -> str:
    """Return the key of a map: another one wherever the map might be another; its name and title say nothing."""
    asked = plan.model_dump(mode="json", exclude={"name", "title"})
    folder = loaded.folder
    known = loaded.corpus.kept
    if "rests of maps" not in known:
        known["rests of maps"] = records_key(loaded)
    rests: dict[str, object] = known["rests of maps"]
    if isinstance(plan, CodeMap):
        rests = {**rests, "coded": content_hashes(folder, [one for one in folder.files if one != folder.plan])}
    like = sha256(read_bytes(folder.root / plan.like)) if plan.like else ""
    spoken = loaded.plan.language if isinstance(plan, CodeMap) or plan.cluster_names else ""
    return key_of(asked, rests, like, spoken)[:_KEY]


def draw_in(root: Path, options: Mapping[str, Any], *, progress: Progress = silent) -> str:
    """Draw a map of a review, unless it is kept, and return its key.

    Raises
    ------
    BenangError
        For a review that can't be read, and a network that is too small or too large.
    """
    progress("Reading the review", 0.0)
    loaded, plan = load(open_folder(root)), asked_map(options)
    key = map_key(loaded, plan)
    if drawn_map(root, key) is None:
        _keep(root, key, plan, _made(loaded, plan, part(progress, 0.15, 0.98)))
    progress("Writing", 1.0)
    return key


def _made(loaded: Loaded, plan: AnyMap, progress: Progress) -> Map:
    """Make a map as a build does; where too few items are left, say which minimum leaves more."""
    from benang.analyses import mappable_network  # with all that makes maps
    from benang.network.selection import LEAST_ITEMS
    from benang.tasks.build.findings import placed_in
    from benang.tasks.build.steps import analysis_of, map_of_network, network_of

    progress("Counting co-occurrences", 0.0)
    placed, spoken = placed_in(loaded, keep_going=True), loaded.plan.language
    network = network_of(plan, loaded, placed, spoken)
    if len(network) < LEAST_ITEMS and not isinstance(plan, CodeMap | TermMap):
        mappable_network(loaded.corpus, analysis_of(plan), loaded.thesaurus)
    return map_of_network(network, plan, loaded.folder.root, spoken, part(progress, 0.2, 1.0))


def ready(*, progress: Progress = silent) -> bool:
    """Compile what lays maps out, where no earlier run has, so that the first map is drawn sooner."""
    from benang.kernels import SUFFIX
    from benang.network.network import Network, symmetric
    from benang.tasks.make_map import Making, mapped

    folder = cache_folder()
    if folder is None or any(folder.rglob(f"*{SUFFIX}")):
        return False
    if hasattr(os, "nice"):
        os.nice(10)  # nobody waits for it yet
    several = 30
    ring = [(at + 1) % several for at in range(several)]
    labels = tuple(map(str, range(several)))
    mapped(Network(labels, labels, symmetric(several, range(several), ring, [1.0] * several)), Making(stability=0))
    progress("", 1.0)
    return True


# What is kept


def drawn_map(root: Path, key: str) -> DrawnMap | None:
    """Return what is kept of a map that was drawn for the review in a folder."""
    try:
        about = json.loads(read_text(_place(root) / f"{key}.about.json"))
        dots = tuple(Dot(*one) for one in about.pop("dots"))
        known = DrawnMap(dots=dots, **about)
    except (BenangError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return known if known.key == key and map_file(root, key).is_file() else None


def map_file(root: Path, key: str) -> Path:
    """Return where the map of a key is kept."""
    return _place(root) / f"{key}.json"


def planned_maps(review: Opened) -> tuple[PlannedMap, ...]:
    """Return the maps of the plan with what was drawn of them, on a page or by a build."""
    loaded = loaded_of(review)
    built = dict(_built(review, loaded))
    found = []
    for plan in review.plan.maps:
        key = map_key(loaded, plan)
        drawn = drawn_map(review.root, key)
        if drawn is None and (file := built.get(plan.name)):
            drawn = _taken(review.root, key, plan, file)
        found.append(PlannedMap(plan, key, drawn, len(charts_of(review.plan, plan.name))))
    return tuple(found)


def other_maps(review: Opened, planned: tuple[PlannedMap, ...], most: int = 8) -> tuple[DrawnMap, ...]:
    """Return the maps that were drawn last and are not in the plan; of those drawn alike only the last one."""
    loaded, found = loaded_of(review), list[DrawnMap]()
    alike = [one.options for one in planned]
    for path in _latest(_place(review.root)):
        drawn = drawn_map(review.root, path.name.removesuffix(".about.json"))
        if drawn is not None and drawn.options not in alike:
            alike.append(dict(drawn.options))
            found.append(_looked_at(drawn, loaded))
    return tuple(found[:most])


def _looked_at(drawn: DrawnMap, loaded: Loaded) -> DrawnMap:
    """Say whether a map is of the records as they are now."""
    try:
        is_current = map_key(loaded, asked_map(drawn.options)) == drawn.key
    except BenangError:  # options that another version of Benang knew
        is_current = False
    return replace(drawn, is_current=is_current)


def kept_map(review: Opened, key: str) -> DrawnMap:
    """Return a map that was drawn.

    Raises
    ------
    BenangError
        Where it is no longer kept.
    """
    drawn = drawn_map(review.root, key)
    if drawn is None:
        fault = worded("this map is no longer kept")
        raise BenangError(Problem(fault, way_on=worded("Build it again.")))
    return _looked_at(drawn, loaded_of(review))


def _built(review: Opened, loaded: Loaded) -> Iterator[tuple[str, Path]]:
    """Give the maps of the plan that a build made and that are as the review is now."""
    out = review.root / "out"
    if not (out / ".benang" / "made.json").is_file() or not loaded.plan.maps:
        return
    from benang.tasks.build.steps import kept_map as built_map  # with all that makes maps
    from benang.tasks.build.steps import map_keys

    with contextlib.suppress(BenangError):
        cache, keys = Cache(out).load(), map_keys(loaded, loaded.plan.language)
        for plan in loaded.plan.maps:
            if path := built_map(plan, keys[plan.name], cache):
                yield plan.name, path


def _taken(root: Path, key: str, plan: AnyMap, file: Path) -> DrawnMap | None:
    """Keep the map that a build made, too."""
    from benang.map_files import read_map

    with contextlib.suppress(BenangError):
        _keep(root, key, plan, read_map(file))
    return drawn_map(root, key)


def _keep(root: Path, key: str, plan: AnyMap, map_: Map) -> None:
    """Keep a map with what lists say of it; what was drawn long ago goes."""
    from benang.map_files import format_map

    network, place = map_.network, _place(root)
    about = {
        "key": key,
        "options": told_options(plan),
        "items": len(map_),
        "links": network.n_links,
        "clusters": map_.n_clusters,
        "records": network.settings.corpus.records or len(network.records),
        "dots": [tuple(asdict(one).values()) for one in _dots(map_)],
    }
    place.mkdir(parents=True, exist_ok=True)
    remove_leftovers(place)
    file = map_file(root, key)
    text = json.dumps(about, ensure_ascii=False) + "\n"
    write_together({**format_map(map_, file).files, place / f"{key}.about.json": text.encode("utf-8")})
    for old in _latest(place)[_MOST_KEPT:]:
        for gone in place.glob(f"{old.name.removesuffix('.about.json')}*"):
            with contextlib.suppress(OSError):
                gone.unlink()


def _place(root: Path) -> Path:
    return (cache_folder() or Path(tempfile.gettempdir()) / "benang") / "maps" / id_of(root.resolve())


def _latest(place: Path) -> list[Path]:
    """Return what is said of the maps that are kept, that of the one drawn last first."""
    found: list[tuple[float, Path]] = []
    for path in place.glob("*.about.json"):
        with contextlib.suppress(OSError):
            found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)]


def _dots(map_: Map) -> Iterator[Dot]:
    """Give the heaviest items of a map as dots of a small picture, the largest first."""
    import numpy as np

    from benang.looks.appearance import PALETTES, choose_weight

    _name, weights = choose_weight(map_.network, None)
    low, high = map_.xy.min(axis=0), map_.xy.max(axis=0)
    width, height = (float(one) or 1.0 for one in high - low)
    scale = min((_WIDTH - 2 * _DOT) / width, (_HEIGHT - 2 * _DOT) / height)
    middle, heaviest = (low + high) / 2, float(weights.max(initial=0)) or 1.0
    for at in np.argsort(-weights, kind="stable")[:_DOTS].tolist():
        x, y = ((map_.xy[at] - middle) * scale).tolist()
        radius = max(_LEAST_DOT, _DOT * (float(weights[at]) / heaviest) ** 0.5)
        places = (round(_WIDTH / 2 + x, 2), round(_HEIGHT / 2 - y, 2), round(radius, 2))
        yield Dot(*places, PALETTES["benang"].of(int(map_.cluster[at])))


# What is shown and written


def page_of(review: Opened, key: str, beside: str, title: str, other: str, language: Language) -> tuple[bytes, str]:
    """Return the interactive page of a map, with another one beside it where one is named, and what it may load.

    Records come with what the review has of them: abstracts, and the passages coded in them.

    Raises
    ------
    BenangError
        Where a map is no longer kept, or the viewer was not built.
    """
    from benang.viewer.page import frame_policy, map_page

    def make() -> bytes:
        shown = _shown(review, key, title, language)
        return map_page(shown, _shown(review, beside, other, language) if beside else None)

    return review.kept("page of a map", make, also=(key, beside, title, other, language)), frame_policy()


def _shown(review: Opened, key: str, title: str, language: Language) -> Any:
    from benang.looks import View
    from benang.map_files import read_map
    from benang.tasks.view_map import with_loaded
    from benang.viewer.data import ShownMap

    kept_map(review, key)
    map_ = read_map(map_file(review.root, key))
    view = View(language=language, title=title or None)
    shown = ShownMap(map=map_, title=title, language=language, view=view)
    return with_loaded(shown, loaded_of(review))


def file_in(
    root: Path, key: str, suffix: str, look: Look, title: str, language: Language, *, progress: Progress = silent
) -> str:
    """Write a map in a form, or draw it, and return the place of the file; files that belong together are a zip.

    Raises
    ------
    BenangError
        For a map that the form can't hold or that lacks what is to be shown.
    """
    from benang.looks import View
    from benang.map_files import read_map
    from benang.tasks.make_map import Outputs, write_map_files

    place, name = _place(root), f"{key}.{sha256(repr((suffix, look, title, language)))[:12]}"
    for made in (place / f"{name}{suffix}", place / f"{name}.zip"):
        if made.is_file():
            return str(made)
    map_ = read_map(map_file(root, key))
    view = View(view=look, language=language, title=title or None)
    with temporary_folder() as folder:
        outputs = Outputs(paths=(Path(folder) / f"map{suffix}",), view=view)
        corpus = load(open_folder(root)).corpus if suffix == ".html" else None
        written = write_map_files(map_, outputs, corpus=corpus, progress=progress).files
        files = {path.name: path.read_bytes() for path in sorted({*written, *Path(folder).iterdir()}) if path.is_file()}
    single = len(files) == 1
    made = place / (f"{name}{suffix}" if single else f"{name}.zip")
    write_bytes(made, next(iter(files.values())) if single else zipped(files))
    return str(made)
