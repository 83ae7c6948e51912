"""The word that was meant, where a file of the review names something that isn't there."""

from __future__ import annotations

from collections.abc import Iterable

from benang.errors import nearest

MANY = 30
"""More known words than a message can list."""


def meant(word: str, known: Iterable[str]) -> str:
    """Say which known word was meant; list those there are only where they are few.

    Examples
    --------
    >>> meant("pandemik", ["pandemic", "global-policy"])
    "Did you mean 'pandemic'?"
    >>> meant("xyz", map(str, range(100)))
    'None of the 100 known is like it.'
    """
    choices = set(known)
    said = nearest(word, choices)
    return f"None of the {len(choices)} known is like it." if said.startswith("Known") and len(choices) > MANY else said
