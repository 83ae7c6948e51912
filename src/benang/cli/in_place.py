"""A corpus folder or a snapshot counted where it lies, for a corpus that is too large to be loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.kinds import KINDS

if TYPE_CHECKING:
    from benang.analyses.analysis import Analysis
    from benang.kinds import FolderItems
    from benang.network.network import Network
    from benang.progress import Progress
    from benang.records.thesaurus import Thesaurus

USUAL = 1000
"""Records from which on VOSviewer's presets are meant; a corpus that is counted in place has more."""


def check_in_place(files: Sequence[Path], analysis: Analysis, scores: Path | None = None) -> None:
    """Refuse what only a corpus in memory can give.

    Raises
    ------
    click.UsageError
        For several inputs, files, a user's own scores, and items that are not in the records as they stand.
    """
    if len(files) != 1 or not files[0].is_dir():
        raise click.UsageError("--in-place takes one folder: a corpus (`benang records … -o FOLDER`) or a snapshot.")
    if scores is not None:
        raise click.UsageError("--scores are numbers of records that are loaded: leave out --in-place, or --scores.")
    if not KINDS[analysis.items].in_place:
        known = ", ".join(name for name, kind in KINDS.items() if kind.in_place)
        raise click.UsageError(f"--in-place can't count {analysis.items}: it counts {known}.")


def network_in_place(
    folder: Path,
    analysis: Analysis,
    thesaurus: Thesaurus | None,
    *,
    records: bool,
    report: Progress,
) -> Network:
    """Make the network of an analysis without loading the corpus; names of authors and references count as printed."""
    from benang.analyses.analysis import first_threshold, least_of
    from benang.network.at_scale.folder_network import folder_network

    least = least_of(analysis, USUAL)
    first = least[first_threshold(analysis.items)]
    of_documents = analysis.items == "documents"
    return folder_network(
        folder,
        items=cast("FolderItems", analysis.items),
        link=analysis.linked_by,
        engine=analysis.engine,
        counting=analysis.counting,
        min_occurrences=1 if of_documents else first,
        min_citations=least["min_citations"] if of_documents or analysis.items != "references" else 0,
        top=analysis.top,
        components=analysis.components,
        most_per_record=analysis.most_per_record,
        thesaurus=thesaurus,
        records=records,
        progress=report,
    )
