"""`benang association`: which codes go with which keywords; what is talked about without evidence, and the reverse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.numbers import within
from benang.cli.options import DRAWN, INPUT, PLACE, OutputPath, say_files
from benang.cli.outputs import check_outputs
from benang.cli.progress import progress
from benang.kinds import KINDS

if TYPE_CHECKING:
    from benang.coding.coded import Coded
    from benang.kinds import AssociatedItems
    from benang.locale import Language
    from benang.review.load import Loaded
    from benang.synthesis.association import Association
    from benang.synthesis.mentions import Mention, Mentions

_ITEMS = tuple(name for name, kind in KINDS.items() if kind.associated)
_LISTED = 12
_LIKELY = 0.2  # pairs as likely as this by chance are not worth a line
_LONGEST = 34  # characters of a label in a table
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class _Found:
    """What was found for one group of codes."""

    coded: Coded
    association: Association
    mentions: Mentions
    language: Language


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
    from benang.files import write_together
    from benang.project.folder import open_folder
    from benang.review.load import load

    files = [*outputs, *([mentions_file] if mentions_file else [])]
    check_outputs(outputs, [words], [mentions_file])
    with progress() as report:
        report("Reading the review", 0.0)
        loaded = load(open_folder(folder))
        spoken = cast("Language", language or loaded.plan.language)
        report("Counting", 0.4)
        found = _found(loaded, _group(loaded, group), items, least, words, spoken, seed)
        report("Writing", 0.8)
        written = {path: _bytes(path, found) for path in outputs}
        if mentions_file:
            written[mentions_file] = _mentions_bytes(found)
        write_together(written)
    _say(found)
    say_files(files)


def _group(loaded: Loaded, group: str | None) -> str:
    from benang.errors import BenangError, Problem

    known = [one.id for one in loaded.codebook.groups]
    if group is not None:
        return group
    if len(known) == 1:
        return known[0]
    said = f"Choose one with --group: {', '.join(known)}." if known else "Write codes into codebook.toml."
    raise BenangError(Problem(f"the codebook has {len(known) or 'no'} groups of codes", way_on=said))


def _found(
    loaded: Loaded, group: str, items: str, least: int, words: Path | None, language: Language, seed: int
) -> _Found:
    from benang.coding.coded import Coded, check_studies
    from benang.coding.placed import place
    from benang.synthesis.association import association
    from benang.synthesis.mentions import mentions
    from benang.synthesis.review_association import incidence_of

    placed = place(loaded.judgements, loaded.documents, loaded.codebook, loaded.cases)
    coded = Coded(loaded.codebook, loaded.cases, loaded.documents, placed)
    check_studies(coded, loaded.corpus.keys)
    incidence = incidence_of(loaded.corpus, cast("AssociatedItems", items), least=least, thesaurus=loaded.thesaurus)
    return _Found(
        coded,
        association(coded, incidence, group=group, least=least, seed=seed),
        mentions(
            loaded.corpus,
            coded,
            group=group,
            incidence=incidence,
            words=_words(words, loaded) if words else None,
            least=least,
        ),
        language,
    )


def _words(path: Path, loaded: Loaded) -> dict[str, list[str]]:
    """Read further words for codes."""
    from benang.errors import BenangError, Problem, nearest
    from benang.records.user_tables import read_user_table

    rows = read_user_table(path, way_on="Close the quotation mark, or leave it out.").rows
    header = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    if "code" not in header or "word" not in header:
        found = f"the columns {', '.join(header)}" if header else "an empty table"
        raise BenangError(Problem(found, where=str(path), expected="a first line with the columns code and word"))
    told: dict[str, list[str]] = {}
    problems = []
    for line, cells in rows[1:]:
        code, word = (cells[at].strip() if at < len(cells) else "" for at in map(header.index, ("code", "word")))
        if code not in loaded.codebook.by_id:
            way_on = nearest(code, loaded.codebook.by_id)
            problems.append(Problem(f"'{code}' is no code", where=f"{path}, line {line}", way_on=way_on))
        told.setdefault(code, []).append(word)
    if problems:
        raise BenangError(*problems)
    return told


def _bytes(path: Path, found: _Found) -> bytes:
    if path.suffix.lower() == ".csv":
        from benang.synthesis.association_tables import association_csv

        return association_csv(found.association, found.language)
    from benang.figures.association_figures import plot_association
    from benang.figures.saving import figure_bytes

    figure = plot_association(found.association, found.coded.codebook, language=found.language)
    return figure_bytes(figure, path.suffix, where=str(path))


def _mentions_bytes(found: _Found) -> bytes:
    from benang.synthesis.association_tables import mentions_csv

    return mentions_csv(found.mentions)


def _say(found: _Found) -> None:
    made, items = found.association, found.association.item_kind.replace("-", " ")
    click.echo(
        f"{int(made.studies.value):,} coded studies have {items}, {int(made.without_items.value):,} have none and are "
        f"left out; {made.n_tests:,} pairs tested."
    )
    _say_pairs(found)
    said = found.mentions
    click.echo(
        f"{int(said.with_abstract.value):,} of {int(said.studies.value):,} coded studies have an abstract; titles and "
        "keywords speak too."
    )
    _say_list("Codes talked about, never evidenced", said.standing("talked about, never evidenced", "code"), found)
    _say_list("Codes evidenced, never talked about", said.standing("evidenced, never talked about", "code"), found)
    _say_list(
        f"{items.capitalize()} in no coded passage", said.standing("talked about, never evidenced", "item"), found
    )


def _say_pairs(found: _Found) -> None:
    made = found.association
    pairs = [pair for pair in made.pairs if pair.ratio > 1 and pair.p < _LIKELY][:_LISTED]
    if not pairs:
        click.echo(
            f"No code occurs in the studies of any of them more often than chance would have it (p < {_LIKELY})."
        )
        return
    click.echo("Together more often than by chance, the least likely first:")
    rows = [["", "", "studies", "by chance", "ratio", "p", "q", "p any"]]
    rows += [
        [
            pair.label,
            pair.code.label.text(found.language),
            f"{pair.together.value} of {pair.of_item.value}",
            *(f"{value:.1f}" for value in (pair.expected, pair.ratio)),
            *(f"{value:.3f}" for value in (pair.p, pair.q, pair.p_any)),
        ]
        for pair in pairs
    ]
    _say_rows(rows)
    click.echo("p: exact probability of so many by chance; q: corrected for all tests; p any: chance of one so small.")


def _say_list(heading: str, rows: Sequence[Mention], found: _Found) -> None:
    click.echo(f"{heading}: {len(rows) or 'none'}.")
    codes = found.coded.codebook.by_id
    for row in rows[:_LISTED]:
        n = int(row.talked.value or row.evidenced.value)
        label = codes[row.id].label.text(found.language) if row.kind == "code" else row.label
        click.echo(f"  {label} ({n:,} {'study' if n == 1 else 'studies'})")
    if len(rows) > _LISTED:
        click.echo(f"  … and {len(rows) - _LISTED:,} more.")


def _say_rows(rows: Rows) -> None:
    """Print a table: the two first columns to the left, numbers to the right."""
    from benang.looks.appearance import cut_label

    shown = [[*(cut_label(cell, _LONGEST) for cell in row[:2]), *row[2:]] for row in rows]
    widths = [max(len(row[at]) for row in shown) for at in range(len(shown[0]))]
    for row in shown:
        cells = [cell.ljust(widths[at]) if at < 2 else cell.rjust(widths[at]) for at, cell in enumerate(row)]
        click.echo(f"  {'  '.join(cells)}".rstrip())
