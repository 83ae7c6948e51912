"""`benang layout`: from a network made elsewhere to a map."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from benang.cli.map_options import making_of, making_options, outputs_of, outputs_option
from benang.cli.options import INPUT, in_options, say_account, spoken
from benang.cli.progress import progress
from benang.cli.view_options import view_options
from benang.looks.view import View


@click.command("layout")
@click.argument("file", required=False, type=INPUT, metavar="[FILE]")
@click.option(
    "--network",
    "network_file",
    type=INPUT,
    metavar="FILE",
    help="VOSviewer network file; alone, its ids become the labels.",
)
@click.option("--no-layout", is_flag=True, help="Keep the places that the items have.")
@click.option("--no-clustering", is_flag=True, help="Keep the clusters that the items have.")
@click.option("--largest-component", is_flag=True, help="Keep the largest component alone, where there are several.")
@making_options
@view_options
@outputs_option
def layout_command(
    file: Path | None, network_file: Path | None, outputs: tuple[Path, ...], view: View, **asked: Any
) -> None:
    """Lay out and cluster a network made elsewhere: any file of a map or network that `benang convert` reads.

    For example: benang layout map.txt --network network.txt -o map.json -o map.pdf
    With --no-layout and --no-clustering the map is drawn and written as it is.
    """
    from benang.tasks.lay_out import LayoutRequest, lay_out

    request = LayoutRequest(
        file=file,
        network=network_file,
        keep_layout=asked["no_layout"],
        keep_clusters=asked["no_clustering"],
        largest_component=asked["largest_component"],
        making=making_of(asked),
        like=asked["like"],
        outputs=outputs_of(outputs, view, asked),
        language=spoken(),
    )
    with in_options(), progress() as report:
        laid_out = lay_out(request, progress=report)
    say_account(laid_out.account)
