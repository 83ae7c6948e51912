"""Maps written and drawn: all of the files that were asked for, or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benang.cli.options import split_outputs
from benang.cli.view_options import View, draw

if TYPE_CHECKING:
    from benang.maps.map import Map


def view_inputs(view: View) -> list[Path]:
    """Return the files of colours that a view reads."""
    named = [view.cluster_colours, Path(view.score_colours) if view.score_colours else None]
    return [path for path in named if path is not None]


def write_outputs(made: Map, outputs: Sequence[Path], view: View, *, records: bool = True) -> tuple[Path, ...]:
    """Write and draw a map; return the files, each network file behind its map file."""
    from benang.files import replacing
    from benang.map_files.exchange import format_map

    written, drawn = split_outputs(list(dict.fromkeys(outputs)))
    files = format_map(made, *written, records=records).files
    paths = (*files, *drawn)
    if paths:
        with replacing(*paths) as places:
            for place, data in zip(places, files.values(), strict=False):
                place.write_bytes(data)
            if drawn:
                draw(made, view, list(places[len(files) :]))
    return paths
