"""`benang thesaurus`: which labels may mean the same, proposed for a person to decide."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import INPUT, NamedPath, in_options, say_account, spoken
from benang.cli.progress import progress
from benang.cli.reading import choices_of, reading_options
from benang.kinds import KINDS

_ITEMS = tuple(name for name, kind in KINDS.items() if kind.variants)
"""What may have variants."""


@click.command("thesaurus")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option(
    "--items", type=click.Choice(_ITEMS), default="keywords", show_default=True, help="What is looked through."
)
@click.option(
    "--codebook", type=INPUT, metavar="FILE", help="A codebook whose labels in two languages are translations."
)
@reading_options
@click.option(
    "-o",
    "--output",
    type=NamedPath(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Table to write: label, replace by, reason, occurrences of both.",
)
def thesaurus_command(
    files: tuple[Path, ...],
    items: str,
    codebook: Path | None,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
    output: Path,
) -> None:
    """Propose which labels to merge: plurals, hyphens, spellings, acronyms, translations, slips.

    Look through the table, delete what you don't want and add what is missing; then give it to
    `benang map … --thesaurus FILE`, or name it in review.toml.
    """
    from benang.tasks.thesaurus import ThesaurusRequest, propose_thesaurus

    request = ThesaurusRequest(
        files=files,
        choices=choices_of(forms, encodings, columns, files),
        items=items,
        codebook=codebook,
        output=output,
        language=spoken(),
    )
    with in_options(), progress() as report:
        proposed = propose_thesaurus(request, progress=report)
    say_account(proposed.account)
