"""`benang layout`: from a network made elsewhere to a map."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from benang.cli.map_account import quality, say_stability, sizes
from benang.cli.map_files import write_outputs
from benang.cli.map_options import check_exponents, making, making_options, outputs_option
from benang.cli.options import INPUT, in_options, say_files, say_table, with_companions
from benang.cli.outputs import check_outputs
from benang.cli.progress import progress
from benang.cli.view_options import view_options
from benang.looks.view import View

if TYPE_CHECKING:
    from benang.maps.map import Map
    from benang.network.network import Network


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
    check_exponents(asked)
    source, beside_it = (file, network_file) if file else (network_file, None)
    if source is None:
        raise click.UsageError("Give a map file, a network file (--network), or both.")
    from benang.map_files.exchange import read_map, read_network
    from benang.maps.alignment import aligned
    from benang.maps.making import vos_map
    from benang.maps.stability_told import told_quickly

    check_outputs(outputs, [*with_companions(file, network_file, asked["like"]), *view.files])
    keep: Literal["layout", "clusters"] | None = None
    if asked["no_layout"] or asked["no_clustering"]:
        keep = "layout" if asked["no_layout"] else "clusters"
    as_it_is = asked["no_layout"] and asked["no_clustering"]
    with progress() as report, in_options():
        report("Reading", 0.0)
        earlier = read_map(asked["like"]) if asked["like"] else None
        placed = read_map(source, beside_it) if keep else None
        network = placed.network if placed else read_network(source, beside_it)
        check_exponents(asked, network)
        items = len(network)
        if asked["largest_component"]:
            network, placed = _largest(network, placed)
        if placed and as_it_is:
            made = placed
        else:
            made = vos_map(
                network,
                **making(asked),
                placed=placed,
                keep=keep,
                progress=lambda what, share: report(what, 0.1 + 0.7 * share),
            )
        made = aligned(made, earlier) if earlier else made
        if keep != "clusters" and not as_it_is:
            report("Clustering with other seeds", 0.8)
            made = told_quickly(made, runs=asked["stability"], seed=asked["seed"])
        report("Drawing and writing", 0.85)
        written = write_outputs(made, outputs, view, records=not asked["without_records"])
    dropped = [("items left out: in other components", items - len(made))] if items > len(made) else []
    say_table([*sizes(made), *dropped, *quality(made)])
    say_stability(made)
    say_files(written)


def _largest(network: Network, placed: Map | None) -> tuple[Network, Map | None]:
    """Keep the largest component of a network, and of a map of it."""
    from benang.network.selection import components, largest_component

    largest = largest_component(network)
    if placed is None:
        return largest, None
    kept = components(network.links).of == 0
    return largest, replace(placed, network=largest, xy=placed.xy[kept], cluster=placed.cluster[kept])
