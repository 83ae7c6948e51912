"""`benang association`: which codes go with which keywords; what is talked about without evidence, and the reverse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.options import DRAWN, INPUT, PLACE, OutputPath, in_options, say_account, within
from benang.cli.progress import progress
from benang.kinds import KINDS

if TYPE_CHECKING:
    from benang.kinds import AssociatedItems
    from benang.locale import Language

_ITEMS = tuple(name for name, kind in KINDS.items() if kind.associated)


@click.command("association")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("--group", metavar="CODES", help="The group of codes.  [default: the codebook's only one]")
@click.option(
    "--items",
    type=click.Choice(_ITEMS),
    default="author-keywords",
    show_default=True,
    help="What codes are held against.",
)
@click.option(
    "--least",
    type=within("least"),
    default=2,
    show_default=True,
    metavar="N",
    help="Compare items and codes that N studies or more have.",
)
@click.option(
    "--words", type=INPUT, metavar="FILE", help="Further words for codes: a table with the columns code and word."
)
@click.option(
    "--mentions",
    "mentions_file",
    type=OutputPath((".csv",)),
    metavar="FILE",
    help="Write what is talked about and what is evidenced as CSV.",
)
@click.option("--language", type=click.Choice(["en", "id"]), help="Of labels and figures.  [default: the plan's]")
@click.option("--seed", type=within("seed"), default=0, show_default=True, help="Of the permutations (`p any`).")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath((".csv", *DRAWN)),
    metavar="FILE",
    help=f"The pairs of keywords and codes: .csv, {', '.join(DRAWN)}. May be given several times.",
)
def association_command(
    folder: Path,
    group: str | None,
    items: str,
    least: int,
    words: Path | None,
    mentions_file: Path | None,
    language: str | None,
    seed: int,
    outputs: tuple[Path, ...],
) -> None:
    """Tell which codes of a review occur in a keyword's studies more often than chance, and what is only talked about.

    For example: benang association examples/sister-cities --group factors -o factors.csv -o factors.png
    """
    from benang.tasks.associate import AssociateRequest, associate

    request = AssociateRequest(
        folder=folder,
        group=group,
        items=cast("AssociatedItems", items),
        least=least,
        words=words,
        seed=seed,
        outputs=outputs,
        mentions=mentions_file,
        language=cast("Language | None", language),
    )
    with in_options(), progress() as report:
        associated = associate(request, progress=report)
    say_account(associated.account)
