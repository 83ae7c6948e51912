"""`benang keys`: a review's files name records by their keys of today, and documents say which paper they are."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import PLACE, say_account, spoken


@click.command("keys")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("--write", is_flag=True, help="Write the files. Without it, nothing is changed.")
def keys_command(folder: Path, write: bool) -> None:
    """Show which names of records in a review's files are no keys of today, and what they would become.

    Earlier versions named a record without an id by its place in a file (PoPCites.csv:1), which a new row moves. It
    looks at documents, cases.toml, keywords.csv and duplicates.tsv, and adds title, first author, year and DOI to the
    heading of documents that don't say which paper they are. Comments and all else in the files stay as they are.
    """
    from benang.tasks.keys import KeysRequest, keys

    say_account(keys(KeysRequest(folder, write, spoken())).account)
