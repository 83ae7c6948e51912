"""What becomes of a map or network in a file: other forms of it, or a layout, clusters and pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from benang.errors import Misuse, argument
from benang.files import write_together
from benang.locale import Language, translator
from benang.locale.writing import as_worded, joined, numeral, worded
from benang.looks import View
from benang.map_files import MAP_SUFFIXES, Contents, format_contents, read_contents, read_map, read_network
from benang.maps import Map
from benang.maps.comparison import aligned
from benang.network.network import LINK_WEIGHTS, Network
from benang.network.selection import components, largest_component
from benang.progress import Progress, part, silent
from benang.tasks import map_account
from benang.tasks.account import Account, Note, Rows, check_outputs, rows, unknown_form, with_companions
from benang.tasks.make_map import Making, Outputs, check_exponents, map_as_page, mapped, write_map_files
from benang.viewer.page import PAGE, check_built

_PICTURES = {".png", ".svg", ".pdf"}


@dataclass(frozen=True, kw_only=True)
class ConvertRequest:
    """A map or network, and the files that it is written to; what it is shows by its content.

    `network` has the links of a map file that has none, `map` the items of such a network file. `partition` and
    `vectors` are Pajek's clusters and weights of the items.
    """

    source: Path
    targets: tuple[Path, ...]
    network: Path | None = None
    map: Path | None = None
    partition: Path | None = None
    vectors: tuple[Path, ...] = ()
    records: bool = True
    language: Language = "en"


@dataclass(frozen=True)
class Converted:
    """What was read, and the account of it and of what each form leaves out."""

    contents: Contents
    account: Account


def convert(request: ConvertRequest, *, progress: Progress = silent) -> Converted:
    """Write a map or a network in other forms, all files or none.

    Raises
    ------
    Misuse
        For a map and a network that both go with the source, forms that can't be written, and output that would destroy
        what is read.
    BenangError
        For files that can't be read or written.
    """
    _check(request)
    progress("Reading", 0.0)
    beside = (request.source, request.network) if request.map is None else (request.map, request.source)
    contents = read_contents(*beside, partition=request.partition, vectors=request.vectors)
    pages = [path for path in dict.fromkeys(request.targets) if path.suffix.lower() == PAGE]
    formatted = format_contents(
        contents, *(path for path in dict.fromkeys(request.targets) if path not in pages), records=request.records
    )
    files, laid_out = {**formatted.files}, tuple[str, ...]()
    if pages:
        shown, laid_out = with_places(contents, request.language, progress=part(progress, 0.3, 0.6))
        outputs = Outputs(records=request.records, view=View(language=request.language))
        files |= {path: map_as_page(shown, path, outputs, notes=laid_out) for path in pages}
    progress("Writing", 0.6)
    write_together(files)
    account = Account(
        read=(Note(joined((str(request.source), as_worded(contents.form)), ": "), tuple(contents.notes)),),
        rows=_rows(contents, request.language),
        notes=(*_left_out(formatted.told, request.language), *map(Note, laid_out)),
        files=tuple(files),
    )
    return Converted(contents, account)


def with_places(contents: Contents, language: Language, *, progress: Progress = silent) -> tuple[Map, tuple[str, ...]]:
    """Return the map that contents are; where some item has no place, all are laid out, which a note says.

    Clusters stay as they are, where there are any.

    Raises
    ------
    BenangError
        For a network without a link, which can't be laid out.
    """
    missing, n = len(contents.unplaced), len(contents.network)
    if not missing:
        return contents.as_map(), ()
    _, has_clusters = translator(language), bool(contents.cluster.any())
    text = _("The file has no positions of its items: Benang has laid them out.")
    if missing < n:
        text = _("{missing} of {n} items have no position in the file: Benang has laid out all items.")
        text = text.format(missing=numeral(missing, language), n=numeral(n, language))
    keep: Literal["clusters"] | None = "clusters" if has_clusters else None
    placed = contents.as_map() if has_clusters else None
    return mapped(contents.network, Making(stability=0), placed=placed, keep=keep, progress=progress), (text,)


def _check(request: ConvertRequest) -> None:
    """Refuse what doesn't go together, forms that can't be written, and output that would destroy what is read."""
    if request.network is not None and request.map is not None:
        network, items = argument("network"), argument("map")
        raise Misuse(
            worded(
                "Give {network} for a map file, or {items} for a network file, not both.", network=network, items=items
            )
        )
    for path in request.targets:
        if path.suffix.lower() not in (*MAP_SUFFIXES, PAGE):
            drawn = worded(". To draw pictures, use 'benang layout'.") if path.suffix.lower() in _PICTURES else "."
            raise unknown_form(path, (*MAP_SUFFIXES, PAGE), drawn)
    check_built(request.targets)
    beside = (request.network, request.map, request.partition, *request.vectors)
    check_outputs(tuple(dict.fromkeys(request.targets)), [*with_companions(request.source), *beside])


def _rows(contents: Contents, language: Language) -> Rows:
    """Say what was read; what there is nothing of is not named."""
    _, network = translator(language), contents.network
    placed = len(network) - len(contents.unplaced)
    nowhere = _("none: VOSviewer and 'benang layout' make a layout")
    strength = f"{network.total_link_strength:,.10g}"
    if language == "id":
        strength = numeral(network.total_link_strength, language)
    counts: list[tuple[str, str | int]] = [
        (_("items"), len(network)),
        (_("links"), network.n_links),
        (_("sum of link strengths"), strength),
        (_("items with x and y"), placed if placed else nowhere),
        (_("clusters"), len({number for number in contents.cluster.tolist() if number})),
        (_("weights"), ", ".join(name for name in network.weights if name not in LINK_WEIGHTS)),
        (_("scores"), ", ".join(network.scores)),
        (_("attributes"), ", ".join(network.attributes)),
        (_("records behind the items"), len(network.records) if network.incidence is not None else 0),
    ]
    return rows([(what, value) for what, value in counts if value not in ("", 0) or what == _("links")], language)


def _left_out(losses: Mapping[Path, Sequence[str]], language: Language) -> tuple[Note, ...]:
    """Say for each file what of the input it can't hold."""
    _ = translator(language)
    return tuple(Note(_("Not in {file}:").format(file=path.name), tuple(lines)) for path, lines in losses.items())


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
