"""One cited reference, taken apart, and sets of references that are one work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, make_dataclass
from functools import lru_cache
from typing import Any, cast

from benang.records.name_words import BODY_WORDS, SUFFIXES
from benang.records.names import inverted_name
from benang.records.spelling import folded

_UNFOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})

# Bytes are turned by a table several times as fast as characters are.
_SMALL = bytes(range(256)).lower()
_NO_LETTERS = bytes(one for one in range(128) if not chr(one).isalnum())

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/[^\s|\"“”]{1,300}")
_BROKEN = re.compile(r"(AID-|>3\.|>3\.0\.|\.CO;) +(?=\S)")
_ENDS = ".,;:'’"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))

_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.?-?){1,8}")

Nodes = Sequence[int]


@dataclass(frozen=True, slots=True)
class CitedReference:
    """A cited reference as it was read; what it does not tell is empty.

    `raw` is the reference as printed, `form` the form that it was recognised as (`Web of Science`, `Scopus`,
    `Dimensions`, `identifier`, `text`). `authors` are `Family, Initials`, only the first in Web of Science. `page` is
    the first page. `dois` are bare and in lower case; a reference has several where the database was not sure.
    `identifiers` are others: `openalex:W2741809807`, `pmid:30973853`.
    """

    raw: str
    form: str = "text"
    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str = ""
    source: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    article_number: str = ""
    dois: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def doi(self) -> str:
        """The first of the DOIs, empty where there is none."""
        return self.dois[0] if self.dois else ""

    @property
    def family(self) -> str:
        """Family name of the first author; all of a body's name."""
        return self.authors[0].partition(",")[0].strip() if self.authors else ""

    @property
    def initials(self) -> str:
        """Initials of the first author, as printed."""
        return self.authors[0].partition(",")[2].strip() if self.authors else ""


# Not frozen, but with the same slots and defaults: an object of it can be turned into a reference, as with records.
_Draft = make_dataclass(
    "_Draft",
    [(f.name, Any, field(default=f.default)) for f in fields(CitedReference)],
    slots=True,
)


def made_reference(raw: str, form: str, **values: Any) -> CitedReference:
    """Return `CitedReference(raw, form, **values)` in about half the time: exports print a hundred thousand of them.

    Examples
    --------
    >>> made_reference("a", "text", year=2010) == CitedReference("a", "text", year=2010)
    True
    """
    draft = _Draft(raw, form, **values)
    draft.__class__ = CitedReference
    return cast(CitedReference, draft)


def letters(text: str) -> str:
    """Keep letters and digits only, in lower case and without accents.

    Examples
    --------
    >>> letters("Martín-Bragado"), letters("van der Ørsted"), letters("J. Appl. Phys.")
    ('martinbragado', 'vanderorsted', 'japplphys')
    """
    if text.isascii():
        return text.encode().translate(_SMALL, _NO_LETTERS).decode()
    return "".join(filter(str.isalnum, folded(text).translate(_UNFOLDED)))


def dois_in(text: str) -> tuple[str, ...]:
    """Return the DOIs that a text holds, bare, in lower case, each once.

    Examples
    --------
    >>> dois_in("DOI [10.1038/nmat2574, DOI 10.1038/NMAT2574]"), dois_in("(see https://doi.org/10.1016/S0304-8853(98)01084-1).")
    (('10.1038/nmat2574',), ('10.1016/s0304-8853(98)01084-1',))
    """
    if "10." not in text:
        return ()
    if not text.isascii():
        text = text.translate(_DASHES)
    if "::AID" in text:  # 10.1002/(SICI)…::AID- ADMA582>3. 0.CO; 2-3, as Scopus breaks it
        text = _BROKEN.sub(r"\1", text)
    dois: dict[str, None] = {}
    for match in _DOI.finditer(text):
        doi = match[0].lower().rstrip(_ENDS)
        for opening, closing in ("()", "[]", "<>"):
            while doi.endswith(closing) and doi.count(closing) > doi.count(opening):
                doi = doi[:-1].rstrip(_ENDS)
        if not doi.endswith("/"):
            dois.setdefault(doi)
    return tuple(dois)


@lru_cache(maxsize=65_536)
def database_author(name: str) -> str:
    """Turn `Family IN` as databases print cited authors, also all in capitals, into `Family, IN`.

    Examples
    --------
    >>> database_author("HALILOV SV"), database_author("van Dijken S."), database_author("Hurd C M")
    ('HALILOV, SV', 'van Dijken, S.', 'Hurd, C M')
    >>> database_author("Umpama Jr. A.B."), database_author("Umpama A.B. Jr.")
    ('Umpama, A.B., Jr.', 'Umpama, A.B., Jr.')
    >>> database_author("World Health Organization"), database_author("Smith, John A.")
    ('World Health Organization', 'Smith, John A.')
    >>> database_author("WORLD BANK"), database_author("BANK SA")
    ('WORLD BANK', 'BANK, SA')
    """
    if "," in name:
        family, _, given = name.partition(",")
        return f"{family.strip()}, {given.strip()}" if given.strip() else family.strip()
    words = name.split()
    behind = [word for word in words[1:] if len(words) > 2 and word.lower() in SUFFIXES]
    words = [word for word in words if word not in behind]
    suffix = f", {behind[-1]}" if behind else ""
    cut = len(words)
    while cut > 1 and _is_initials(words[cut - 1]):
        cut -= 1
    if cut == len(words):
        return inverted_name(name)
    return f"{' '.join(words[:cut])}, {' '.join(words[cut:])}{suffix}"


def _is_initials(word: str) -> bool:
    is_bare = len(word) < 4 or (len(word) == 4 and word.lower() not in BODY_WORDS)  # WORLD BANK
    return (is_bare and word.isupper() and word.isalpha()) or (
        "." in word and len(word) <= 20 and bool(_INITIALS.fullmatch(word)) and word[0].isupper()
    )


@dataclass(slots=True)
class Groups:
    """Sets of references (union-find) that know their DOI; sets with different DOIs stay apart unless a key is `full`.

    `how` gives for every reference what first joined it to another; `conflicts` counts the keys that references
    with different DOIs share: those with a DOI stay apart, and those without are joined to none of them.
    """

    parent: list[int]
    doi: list[str]
    how: dict[int, str] = field(default_factory=dict)
    conflicts: int = 0

    @classmethod
    def of(cls, dois: Sequence[str]) -> Groups:
        """Start with every reference by itself; `dois` are what each is sure to have, empty where there is none."""
        return cls(list(range(len(dois))), list(dois))

    def root(self, node: int) -> int:
        """Return the reference that represents the set of another."""
        parent = self.parent
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    def join(self, one: int, other: int, *, despite_dois: bool = False) -> bool:
        """Join two sets, unless they have different DOIs; tell whether they are one now."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        if not despite_dois and self.doi[a] and self.doi[b] and self.doi[a] != self.doi[b]:
            return False
        self.parent[b] = a
        self.doi[a] = self.doi[a] or self.doi[b]
        return True

    def join_all(self, members: Nodes, by: str) -> None:
        """Join the references that share a key; where they have several DOIs, only those that have none."""
        roots = dict.fromkeys(map(self.root, members))
        if len({doi for root in roots if (doi := self.doi[root])}) > 1:
            self.conflicts += 1
            members = [node for node in members if not self.doi[self.root(node)]]
        for node in members[1:]:
            self.join(members[0], node)
        if len(members) > 1:
            for node in members:
                self.how.setdefault(node, by)
