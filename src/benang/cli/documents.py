"""`benang documents`: papers as PDF into a review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from benang.cli.options import INPUT, PLACE

if TYPE_CHECKING:
    from benang.tasks.documents import AddedPaper


@click.command("documents")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.argument("papers", nargs=-1, type=INPUT, metavar="[PDF…]")
@click.option("--record", metavar="KEY", help="The record that a single paper is, where Benang can't tell.")
def documents_command(folder: Path, papers: tuple[Path, ...], record: str | None) -> None:
    """Add papers (PDF) to a review: match each to its record and keep its text, page by page.

    Without a PDF named, those in FOLDER/papers are added. A document that is there is never written anew.
    """
    from benang.tasks.documents import add_papers

    added = add_papers(folder, papers, record=record)
    for one in added:
        _say(one)
    if any(not one.document for one in added):
        raise SystemExit(1)


def _say(one: AddedPaper) -> None:
    if one.problem is not None:
        click.echo(f"Not added: {one.problem}", err=True)
    elif one.document:
        click.echo(f"{one.paper} → {one.document}: record {one.key} ({one.reason}).")
    else:
        near = f" Perhaps {' or '.join(one.near)}." if one.near else ""
        click.echo(f"{one.paper}: {one.reason}.{near} Say which: --record KEY.", err=True)
