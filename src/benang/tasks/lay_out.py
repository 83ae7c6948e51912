"""Network made elsewhere → map: laid out and clustered, or drawn as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from benang.errors import Misuse, argument
from benang.locale import Language
from benang.locale.writing import worded
from benang.map_files.exchange import read_map, read_network
from benang.maps.alignment import aligned
from benang.maps.map import Map
from benang.network.network import Network
from benang.network.selection import components, largest_component
from benang.progress import Progress, part, silent
from benang.tasks import map_account
from benang.tasks.account import Account, rows
from benang.tasks.draw_map import Outputs, write_map_files
from benang.tasks.make_map import Making, check_exponents, mapped
from benang.tasks.outputs import with_companions


@dataclass(frozen=True, kw_only=True)
class LayoutRequest:
    """A map or network made elsewhere, and what is made of it.

    `file` is a map file, `network` the network that belongs to it; either may stand alone. `keep_layout` and
    `keep_clusters` leave places and clusters as they are. `largest_component` leaves out all others.
    """

    file: Path | None = None
    network: Path | None = None
    keep_layout: bool = False
    keep_clusters: bool = False
    largest_component: bool = False
    making: Making = Making()  # noqa: RUF009 - it is frozen
    like: Path | None = None
    outputs: Outputs = Outputs()  # noqa: RUF009 - it is frozen
    language: Language = "en"


@dataclass(frozen=True)
class LaidOut:
    """The map, and its account."""

    map: Map
    account: Account


def lay_out(request: LayoutRequest, *, progress: Progress = silent) -> LaidOut:
    """Make a map of a network made elsewhere, and write and draw it.

    Raises
    ------
    Misuse
        Where neither a map nor a network is given, and for exponents that don't go together.
    BenangError
        For files that can't be read or written, and networks without a link.
    """
    check_exponents(request.making)
    source, beside = (request.file, request.network) if request.file else (request.network, None)
    if source is None:
        raise Misuse(worded("Give a map file, a network file ({option}), or both.", option=argument("network")))
    request.outputs.check(with_companions(request.file, request.network, request.like))
    progress("Reading", 0.0)
    keep: Literal["layout", "clusters"] | None = None
    if request.keep_layout or request.keep_clusters:
        keep = "layout" if request.keep_layout else "clusters"
    earlier = read_map(request.like) if request.like else None
    placed = read_map(source, beside) if keep else None
    network = placed.network if placed else read_network(source, beside)
    check_exponents(request.making, network)
    items = len(network)
    if request.largest_component:
        network, placed = _largest(network, placed)
    if placed and request.keep_layout and request.keep_clusters:
        result = aligned(placed, earlier) if earlier else placed
    else:
        way = part(progress, 0.1, 0.85)
        result = mapped(network, request.making, like=earlier, placed=placed, keep=keep, progress=way)
    written = write_map_files(result, request.outputs, progress=part(progress, 0.85, 1.0))
    return LaidOut(result, _account(result, items - len(result), request.language) + written)


def _largest(network: Network, placed: Map | None) -> tuple[Network, Map | None]:
    """Keep the largest component of a network, and of a map of it."""
    largest = largest_component(network)
    if placed is None:
        return largest, None
    kept = components(network.links).of == 0
    return largest, replace(placed, network=largest, xy=placed.xy[kept], cluster=placed.cluster[kept])


def _account(result: Map, left_out: int, language: Language) -> Account:
    counts = [
        *map_account.size_counts(result, language),
        *([(map_account.in_other_components(language), left_out)] if left_out else []),
        *map_account.quality_counts(result, language),
    ]
    return Account(rows=rows(counts, language), notes=tuple(map_account.of_stability(result, language)))
