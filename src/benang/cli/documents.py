"""`benang documents`: papers as PDF into a review."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import INPUT, PLACE, say_account, spoken
from benang.cli.progress import progress


@click.command("documents")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.argument("papers", nargs=-1, type=INPUT, metavar="[PDF…]")
@click.option("--record", metavar="KEY", help="The record that a single paper is, where Benang can't tell.")
def documents_command(folder: Path, papers: tuple[Path, ...], record: str | None) -> None:
    """Add papers (PDF) to a review: match each to its record and keep its text, page by page.

    Without a PDF named, those in FOLDER/papers are added. A document that is there is never written anew.
    """
    from benang.tasks.documents import DocumentsRequest, documents

    with progress() as report:
        added = documents(DocumentsRequest(folder, papers, record, spoken()), progress=report)
    say_account(added.account)
    say_account(added.refused, err=True)
    if added.refused.notes:
        raise click.exceptions.Exit(1)
