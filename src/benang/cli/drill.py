"""`benang drill`: the records behind an item or a link of a map, and in a review what was coded in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from benang.cli.options import INPUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benang.network.drilling import Behind
    from benang.network.network import Network
    from benang.review.coded_records import CodedPassage


@click.command("drill")
@click.argument("map_file", type=INPUT, metavar="MAP")
@click.argument("items", nargs=-1, required=True, metavar="ITEM [ITEM]")
@click.option(
    "--review",
    type=INPUT,
    metavar="FOLDER",
    help="The review that the records belong to: what was coded in them is listed.  [default: the one the map lies in]",
)
def drill_command(map_file: Path, items: tuple[str, ...], review: Path | None) -> None:
    """List the records behind an item of a map, or behind the link of two items.

    For example: benang drill topics.json "sister city" or benang drill topics.json "sister city" budget
    """
    if len(items) > 2:
        raise click.UsageError("Name one item, or the two ends of a link.")
    from benang.map_files.exchange import read_network
    from benang.network.drilling import behind

    network = read_network(map_file)
    found = behind(network, *items)
    say_behind(network, found)
    folder = review or review_around(map_file)
    if folder is not None and found.records:
        from benang.review.coded_records import coded_passages

        codes = found.ids if network.item_kind == "codes" else ()
        _say_passages(coded_passages(folder, found.records, unit=network.unit, codes=codes), folder)


def say_behind(network: Network, found: Behind) -> None:
    """Print the records behind an item or a link, and the cited works that a link rests on."""
    label = dict(zip(network.records, network.record_labels, strict=False))
    click.echo(f"{found.title}: {found.said}")
    for key in found.records:
        click.echo(f"  {key}  {label[key]}" if label.get(key) else f"  {key}")
    if found.cited:
        click.echo(f"The link rests on {len(found.cited):,} cited {'work' if len(found.cited) == 1 else 'works'}:")
        names = dict(zip(network.cited.ids, network.cited.labels, strict=True)) if network.cited else {}
        for work in found.cited:
            name = names.get(work, work)
            click.echo(f"  {work}  {name}" if name not in {"", work} else f"  {work}")


def review_around(path: Path) -> Path | None:
    """Return the review's folder that a file lies in, by its review.toml; None where it lies in none."""
    return next((folder for folder in path.resolve().parents if (folder / "review.toml").is_file()), None)


def _say_passages(found: Sequence[CodedPassage], folder: Path) -> None:
    if not found:
        click.echo(f"In {folder.name}, no passage of these records is coded.")
        return
    click.echo(
        f"Coded in {folder.name}: {len(found):,} {'passage' if len(found) == 1 else 'passages'} of these records."
    )
    for one in found:
        click.echo(f"  {one.record}, {one.case}: {one.code}: “{one.quote}”")
