"""One cited reference, taken apart also where a person wrote it (APA, Vancouver …), and sets that are one work."""

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

_LINK = re.compile(r"https?://\S{1,500}|\bdoi:? ?10\.\S{1,300}|\bPMID:? ?[0-9]{1,9}", re.IGNORECASE)
_YEAR_IN_BRACKETS = re.compile(r"\(((?:1[4-9]|20)[0-9]{2})[a-z]?(?:,[^()]{0,30})?\)")
_YEAR = re.compile(r"(?<![\w./:-])((?:1[4-9]|20)[0-9]{2})(?=[a-z]?(?:[\s.,;:)\]]|$))")

# 2010 Jan;12(3):34-56
_VANCOUVER = re.compile(
    r"((?:1[4-9]|20)[0-9]{2})[^;:()]{0,20}; ?"
    r"(?:([\w-]{1,12}(?: Suppl(?: [0-9]{1,3})?)?) ?(?:\(([^()]{1,30})\))? ?)?(?:: ?(\w{1,16}))?"
)

# 12(3), 34-56 and 12, 34-56 and 12, no. 3, pp. 34-56 and 12(3): 34 and 12 34-56
_VOLUME = re.compile(
    r"(?:[,.;]|\bvol(?:ume)?\.?|\bjilid|\s) ?([A-Z]?[0-9]{1,4})(?![\w-]) ?"
    r"(?:\(([^()]{1,30})\)|,? (?:no|nomor|iss|issue)\.? ?([\w-]{1,10}))?"
    r"[,: ]{0,4}(?:\b(?:pp?|hlm|hal|halaman|pages?)\.? ?|\bart(?:icle|\.)? ?(?:no\.?)? ?)?"
    r"([A-Za-z]{0,4}[0-9]{1,8})(?!\w)",
    re.IGNORECASE,
)

_VOLUME_ALONE = re.compile(
    r"(?:\bvol(?:ume)?\.?|\bjilid) ?([A-Z]?[0-9]{1,4})(?!\w)|, ?([0-9]{1,4}) ?\(([^()]{1,30})\)|; ?([0-9]{1,4})$",
    re.IGNORECASE,
)

_PAGES = re.compile(r"\b(?:pp?|hlm|hal|halaman|pages?)\.? ?([A-Za-z]{0,4}[0-9]{1,8})(?!\w)", re.IGNORECASE)

_QUOTED = re.compile(
    r"[\"“”«]([^\"“”«»]{8,500})[\"“”»]"  # or in single quotation marks, where no apostrophe can occur
    r"|(?:^|(?<=\) )|(?<=, ))['‘]([^‘\"“”]{8,400}?)[’'](?=[,.;\s]|$)"
)

_AUTHOR_END = re.compile(r" (?:and|dan|et al\.?|dkk\.?|y|und|et|with) |,? ?& |; |, et al\.?|, dkk\.?", re.IGNORECASE)

# What follows belongs to the link or the reader, not to the work.
_ACCESS = re.compile(
    r"[\s.,(\[](?:retrieved|(?:last )?access(?:ed)?|available (?:at|from|online)|diakses|tersedia (?:di|pada)|cited on)"
    r"(?:[\s:]|$).*",
    re.IGNORECASE,
)

_RECORD_NUMBER = re.compile(r"(?<!\S)[0-9]{4}-[0-9]{5}-[0-9]{3}\.?(?!\S)")  # PsycInfo's

_PUBLISHER = re.compile(
    r": |\b(?:press|publish\w*|verlag|inc|ltd|books|penerbit|springer|sage|routledge|wiley)\b", re.IGNORECASE
)

_PLACE = re.compile(r"[^,]{2,40}, [^,]{2,30}")  # Alfabeta, Bandung

_UNDATED = re.compile(
    r"\((?:in press|forthcoming|n\.? ?d\.?|t\.? ?t\.?|dalam proses)()\)| (?:n\.d\.|t\.t\.)()", re.IGNORECASE
)

_IN_BOOK = re.compile(r"^(?:in|dalam):? (?:[^()]{0,200}\((?:eds?|hrsg|penyunting)\.?\)[.,:]* )?", re.IGNORECASE)
_Dated = tuple[int | None, tuple[str, ...], str, str, str, str, str]
_STOPS = re.compile(r"(?:(?<![\s.(-][^\W\d_])[.]|[?!]\.?) ")  # not behind an initial
_VANCOUVER_AUTHORS = re.compile(r"[^\W\d_][\w'’ -]{0,60} [A-Z]{1,4}(?:,|$| et)")

_VANCOUVER_LIST = re.compile(
    r"(?:[^\W\d_][\w'’ -]{0,60} [A-Z]{1,4}, ){0,99}(?:[^\W\d_][\w'’ -]{0,60} [A-Z]{1,4}|et al)\. "
)

_GLUED = re.compile(r"([^\W\d_][^\W\d_'’-]{0,30}[^\W\d_A-Z])([A-Z]{1,3})")  # ChambersHR
_GIVEN = re.compile(r"(?:-?[^\W\d_a-z]\.?[- ]?){1,6}")


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


def parse_text(raw: str, text: str, identifiers: tuple[str, ...] = ()) -> CitedReference:
    """Take apart a reference in one of the styles that people write; what is not found stays empty.

    Examples
    --------
    >>> one = "Kendall, P.C., and Rifkin, L.S. (2020). Parental accommodation. Curr Psychiatry Rep., 22(9), 49."
    >>> cited = parse_text(one, one)
    >>> cited.authors[0], cited.year, cited.title, cited.source, cited.volume, cited.page
    ('Kendall, P.C.', 2020, 'Parental accommodation', 'Curr Psychiatry Rep', '22', '49')
    >>> one = "Frank HE, Kagan ER, et al. Accommodation of anxiety. J Clin Child Psychol. 2020 Jan;12(3):34-56."
    >>> cited = parse_text(one, one)
    >>> cited.authors[0], cited.year, cited.title, cited.source, cited.volume, cited.page
    ('Frank, HE', 2020, 'Accommodation of anxiety', 'J Clin Child Psychol', '12', '34')
    """
    body = _RECORD_NUMBER.sub(" ", _LINK.sub(" ", text))
    body = _ACCESS.sub("", " ".join(body.split()).strip(" ,;"))
    dois = dois_in(text)
    match, bracketed = _VANCOUVER.search(body), _YEAR_IN_BRACKETS.search(body)
    year: int | None
    if match and not (bracketed and bracketed.start() < match.start()):
        year, volume, issue, page = int(match[1]), match[2], match[3], match[4]
        authors, title, source = _sentences(body[: match.start()])
    else:
        year, authors, title, source, volume, issue, page = _dated(body, bracketed)
    return CitedReference(
        raw,
        "text",
        authors=authors,
        year=year,
        title=title.strip(" .,"),
        source=source.strip(" .,"),
        volume=volume or "",
        issue=issue or "",
        page=page or "",
        dois=dois,
        identifiers=identifiers,
    )


def _sentences(text: str) -> tuple[tuple[str, ...], str, str]:
    """Split `Authors. Title. Source.`; of two sentences the first are authors where it looks so."""
    parts = _parts(text)
    if not parts:
        return (), "", ""
    if len(parts) == 1:
        return (), "", parts[0]
    if len(parts) > 2 or _VANCOUVER_AUTHORS.match(parts[0]):
        return _authors(parts[0]), ". ".join(parts[1:-1]), parts[-1]
    return (), parts[0], parts[1]


def _parts(text: str) -> list[str]:
    led = _VANCOUVER_LIST.match(text)
    lead, rest = (led[0], text[led.end() :]) if led else ("", text)
    parts = [part for piece in (lead, *_STOPS.split(rest)) if (part := piece.strip(" ,."))]
    while len(parts) > 2 and _is_abbreviation(parts[-1]) and _is_abbreviation(parts[-2]):
        parts[-2:] = [f"{parts[-2]}. {parts[-1]}"]
    return parts


def _is_abbreviation(part: str) -> bool:
    """Distinguish a piece of `J. Appl. Phys.` from a title."""
    words = part.split()
    return len(words) <= 3 and all(len(word) <= 8 and word[:1].isupper() for word in words)


def _authors(head: str) -> tuple[str, ...]:
    """Return the first author: how the others are parted from each other differs too much to be sure of them."""
    text = head.strip(" (,.;:")
    pieces = [piece.strip(" ,") for piece in _AUTHOR_END.split(f"{text} ") if piece.strip(" ,")]
    if not pieces:
        return ()
    words = pieces[0].split(", ")
    if glued := _GLUED.fullmatch(words[0]):
        return (f"{glued[1]}, {glued[2]}",)
    if len(words) >= 2 and (_GIVEN.fullmatch(words[1]) or (len(words) == 2 and " " not in words[0])):
        stopped = "." if head.startswith(f"{words[0]}, {words[1]}.") else ""
        return (f"{words[0]}, {words[1]}{stopped}",)
    return (database_author(words[0]) if _VANCOUVER_AUTHORS.match(words[0]) else inverted_name(words[0]),)


def _dated(body: str, bracketed: re.Match[str] | None) -> _Dated:
    """Take apart styles with the year behind the authors, or somewhere else."""
    quoted = _QUOTED.search(body)
    dated = bracketed or _UNDATED.search(body) or _YEAR.search(body)
    if dated is None:
        authors, title, source = _sentences(body)
        return None, authors, title, source, "", "", ""
    year = dated[1] or ""
    head = body[: dated.start()]
    early = dated.start() < 300 and len(_STOPS.split(head.strip(" (,."))) == 1
    if quoted and (not early or quoted.start() < dated.start() + 12):
        authors = _authors(body[: min(quoted.start(), dated.start())])
        title, tail = (quoted[1] or quoted[2]).strip(" ,."), body[quoted.end() :].strip(" ,.")
    elif early:
        authors, title, tail = _authors(head), "", body[dated.end() :].strip(" .,:;)")
    else:
        authors, title, tail = _sentences(body)
    if year:
        tail = re.sub(rf"(?:\(|(?<=[,.;] )){year}\)?(?!\w)", "", tail)
    volume, issue, page, before = _numbers(tail)
    if not title:
        title, before = _title_and_source(before)
    if not volume and not page and (not before or _PUBLISHER.search(before) or _PLACE.fullmatch(before.strip(" ."))):
        before = title  # a book: what is cited is its title
    return int(year) if year else None, authors, title, _IN_BOOK.sub("", before.strip()), volume, issue, page


def _numbers(tail: str) -> tuple[str, str, str, str]:
    """Return volume, issue, page and the text before them."""
    if match := _VOLUME.search(tail):
        return match[1], match[2] or match[3] or "", match[4], tail[: match.start()]
    if match := _VOLUME_ALONE.search(tail):
        page = _PAGES.search(tail, match.end())
        return match[1] or match[2] or match[4], match[3] or "", page[1] if page else "", tail[: match.start()]
    if match := _PAGES.search(tail):
        return "", "", match[1], tail[: match.start()]
    return "", "", "", tail


def _title_and_source(text: str) -> tuple[str, str]:
    """Split at the last full stop that is no abbreviation's."""
    parts = _parts(text)
    return (". ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else (text, "")
