"""`benang layout`: from a network made elsewhere to a map."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from benang.cli.map_account import quality, sizes
from benang.cli.map_files import write_outputs
from benang.cli.map_options import check_exponents, making, making_options, outputs_option
from benang.cli.options import INPUT, check_outputs, say_files, say_table
from benang.cli.progress import progress
from benang.cli.stopping import loading
from benang.cli.view_options import View, view_options


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
    """
    check_exponents(asked)
    source, beside_it = (file, network_file) if file else (network_file, None)
    if source is None:
        raise click.UsageError("Give a map file, a network file (--network), or both.")
    if asked["no_layout"] and asked["no_clustering"]:
        raise click.UsageError("With --no-layout and --no-clustering nothing is left to do: use benang convert.")
    with loading():
        from benang.maps.alignment import aligned
        from benang.maps.exchange import read_map, read_network
        from benang.maps.vos import vos_map
        from benang.network.components import largest_component

    check_outputs(outputs, [file, network_file, asked["like"]])
    keep: Literal["layout", "clusters"] | None = None
    with progress() as report:
        report("Reading", 0.0)
        earlier = read_map(asked["like"]) if asked["like"] else None
        if asked["no_layout"] or asked["no_clustering"]:
            keep = "layout" if asked["no_layout"] else "clusters"
        placed = read_map(source, beside_it) if keep else None
        network = placed.network if placed else read_network(source, beside_it)
        if asked["largest_component"] and not keep:
            network = largest_component(network)
        made = vos_map(
            network,
            **making(asked),
            placed=placed,
            keep=keep,
            progress=lambda what, share: report(what, 0.1 + 0.7 * share),
        )
        made = aligned(made, earlier) if earlier else made
        report("Drawing and writing", 0.85)
        written = write_outputs(made, outputs, view, records=not asked["without_records"])
    say_table([*sizes(made), *quality(made)])
    say_files(written)
