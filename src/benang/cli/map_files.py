"""Maps written and drawn: all of the files that were asked for, or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benang.cli.options import split_outputs
from benang.looks.view import View

if TYPE_CHECKING:
    from benang.maps.map import Map


def write_outputs(made: Map, outputs: Sequence[Path], view: View, *, records: bool = True) -> tuple[Path, ...]:
    """Write and draw a map; return the files, each network file behind its map file."""
    from benang.files import replacing
    from benang.map_files.exchange import format_map
    from benang.tasks.draw_map import DrawRequest, draw_map

    written, drawn = split_outputs(list(dict.fromkeys(outputs)))
    files = format_map(made, *written, records=records).files
    paths = (*files, *drawn)
    if paths:
        with replacing(*paths) as places:
            for place, data in zip(places, files.values(), strict=False):
                place.write_bytes(data)
            if drawn:
                draw_map(DrawRequest(map=made, view=view, paths=tuple(places[len(files) :])))
    return paths
