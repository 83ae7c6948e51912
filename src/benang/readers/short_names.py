"""Short names of authors beside their full names, where references that print the short would not meet the full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benang.readers.values import authors_of
from benang.records.references.keys import author_part


def short_names(full: Sequence[str], short: Sequence[str]) -> Mapping[str, str]:
    """Return the short names for `Record.raw`, where the first of them is another to references than the full one.

    `full` are names as records have them, `short` those that are printed.

    Web of Science prints *Buechi, J* in its references for *Büchi, Jürg*, and *Umpama, SM* for *Umpama Misal, Sari*.

    Examples
    --------
    >>> short_names(("Büchi, Jürg", "Contoh, Ani"), ("Buechi, J", "Contoh, A"))
    {'authors': 'Buechi, J; Contoh, A'}
    >>> short_names(("Umpama, Ani",), ("Umpama, A",))
    {}
    """
    first = authors_of(short[:1])
    if not full or not first or _begins(full[0]) == _begins(first[0]) or author_part(full[0]) == author_part(first[0]):
        return {}
    return {"authors": "; ".join(authors_of(short))}


def _begins(name: str) -> str:
    """Return family name and first initial as they are printed: where these agree, no more need be compared."""
    return name[: name.find(", ") + 3]
