"""Which names in a corpus are one author.

VOSviewer distinguishes authors by the string of their name. Databases spell one name in many ways, and many people
share a short one: so ids decide where there are any (ORCID, Scopus, OpenAlex), names are compared by their parts, and a
short form joins a full one only where no other could be meant. What stays open is reported, not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from benang.records.name_words import SUFFIXES, are_capital_initials
from benang.records.names import particles_before, patronymic_apart, split_name
from benang.records.record import Record
from benang.records.spelling import letters_of, usual_spelling

_GIVEN = re.compile(r"[^\W_]+")
_MOST_BARE = 3  # letters of initials written without points: `MJ`


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name by its parts, as letters: the family name, and the given names or initials in their order."""

    family: str
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that several authors of the corpus share: how it is spelt, who may be meant, in how many records."""

    name: str
    candidates: tuple[str, ...]
    records: int


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors of a corpus: of each record the ids of its authors, of each id its label and spellings.

    An id is a database's where one decides (`orcid:…`), else the fullest form of the name. `ambiguous` lists the
    names that could be several people, and those that come with several ids; `two_names` the ids of databases that
    come with quite different family names.
    """

    of_records: tuple[tuple[str, ...], ...]
    labels: Mapping[str, str]
    variants: Mapping[str, Mapping[str, int]]
    ambiguous: tuple[Ambiguous, ...] = ()
    two_names: tuple[tuple[str, tuple[str, ...]], ...] = ()


@lru_cache(maxsize=131_072)
def name_form(name: str, *, is_body: bool = False) -> NameForm:
    """Take a name apart for comparing: accents, case, hyphens and points make no difference.

    Particles go with the family name wherever they are; a name without a given name is all family name, and so is
    that of a body.

    Examples
    --------
    >>> name_form("van Eck, Nees Jan"), name_form("Eck, N.J. van")
    (NameForm(family='vaneck', given=('nees', 'jan')), NameForm(family='vaneck', given=('n', 'j')))
    >>> name_form("Al-Harbi, M."), name_form("García-Márquez, Gabriel").family, name_form("Sukarno")
    (NameForm(family='alharbi', given=('m',)), 'garciamarquez', NameForm(family='sukarno', given=()))
    >>> name_form("Wang, Xiao-Ming").given, name_form("WANG, XM").given
    (('xiao', 'ming'), ('x', 'm'))
    >>> name_form("Ali bin Umpama") == name_form("bin Umpama, Ali"), name_form("WANG XM") == name_form("Wang, X.M.")
    (True, True)
    """
    if is_body:
        return NameForm(letters_of(name))
    family, given = split_name(unicodedata.normalize("NFC", name))
    family, given = patronymic_apart(*particles_before(_without_suffix(family), given))
    parts: list[str] = []
    shouted = name == name.upper()
    for word in (match[0] for match in _GIVEN.finditer(given)):
        if word.lower() in SUFFIXES and len(word) > 1:
            continue
        if _are_initials(word, shouted=shouted):
            parts += [letters_of(letter) for letter in word]
        else:
            parts.append(letters_of(word))
    return NameForm(letters_of(family), tuple(part for part in parts if part))


def _without_suffix(family: str) -> str:
    """Return a family name without a suffix that is printed before the comma: `Umpama Jr., A.`."""
    name, _, last = family.rpartition(" ")
    return name if name and last.lower() in SUFFIXES else family


def _are_initials(word: str, *, shouted: bool) -> bool:
    if word != word.upper() or word == word.lower():
        return False
    return len(word) <= (2 if shouted else _MOST_BARE) or (shouted and are_capital_initials(word))


def may_be_same(one: NameForm, other: NameForm) -> bool:
    """Tell whether two forms may be one person's name: each given name is the other's, or its initial.

    Missing middle names contradict nothing, and names written together or with a hyphen are the same.

    Examples
    --------
    >>> full, short = NameForm("fauzi", ("luthfi", "maulana")), NameForm("fauzi", ("l", "m"))
    >>> may_be_same(full, short), may_be_same(full, NameForm("fauzi", ("m",)))
    (True, False)
    >>> may_be_same(NameForm("wang", ("xiao", "ming")), NameForm("wang", ("xiaoming",)))
    True
    """
    if one.family != other.family or bool(one.given) != bool(other.given):
        return False
    if "".join(one.given) == "".join(other.given):
        return True
    return all(
        a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one.given, other.given, strict=False)
    )


def authors(records: Sequence[Record], *, apart: Iterable[tuple[str, str]] = ()) -> Authors:
    """Decide which names in records are one author.

    Names with the same id are one author, those with different ids of one database are several, however they are
    spelt. A name without an id goes to the fullest form that it fits: where several fit that are not one author, it
    stays by itself and is reported. So is a name that comes with several ids ("Li, X." under six). Names in one
    record are several people, and so are the forms that each of them was joined with. What one record marks as a body
    (`Record.bodies`) is one in all of them. Pairs of names in `apart` are never one, whatever their ids say.

    Examples
    --------
    >>> names = authors([Record("a", authors=("Fauzi, Luthfi M.", "Li, X.")), Record("b", authors=("FAUZI, LM",)),
    ...                  Record("c", authors=("Li, Xiang",)), Record("d", authors=("Li, Xin",))])
    >>> names.of_records
    (('fauzi, luthfi m', 'li, x'), ('fauzi, luthfi m',), ('li, xiang',), ('li, xin',))
    >>> names.labels["fauzi, luthfi m"], names.ambiguous
    ('Fauzi, Luthfi M.', (Ambiguous(name='Li, X.', candidates=('Li, Xiang', 'Li, Xin'), records=1),))
    """
    bodies = frozenset(chain.from_iterable(record.bodies for record in records))
    listed = [list(_named(record, bodies)) for record in records]
    spellings: dict[_Node, Counter[str]] = defaultdict(Counter)
    rows_of: dict[_Node, set[int]] = defaultdict(set)
    for at, pairs in enumerate(listed):
        for name, node in pairs:
            spellings[node][name] += 1
            rows_of[node].add(at)
    blocks: dict[tuple[str, str], list[_Node]] = defaultdict(list)
    for node in spellings:  # a common family name has thousands of forms, but given names that agree begin alike
        blocks[node.form.family, node.form.given[0][0] if node.form.given else ""].append(node)
    parted = frozenset(frozenset(map(name_form, pair)) for pair in apart)
    joined = _Joined(sorted(spellings, key=_order), rows_of, parted)
    joined.by_id()
    ambiguous: list[Ambiguous] = []
    open_forms: set[NameForm] = set()
    for block in sorted(blocks):
        for node, fits in joined.by_name(sorted(blocks[block], key=_order)):
            candidates = tuple(sorted({_shown(usual_spelling(spellings[one]), one.id) for one in fits}))
            ambiguous.append(Ambiguous(usual_spelling(spellings[node]), candidates, len(rows_of[node])))
            open_forms.add(node.form)
    ambiguous += _shared_forms(spellings, rows_of, joined, open_forms)
    return _authors_of(listed, spellings, joined, ambiguous)


@dataclass(frozen=True, slots=True)
class _Node:
    """A form of a name with its id, empty where it has none."""

    form: NameForm
    id: str = ""


class _Joined:
    """Which nodes are one author: a union of sets, in which neither two ids of one scheme meet nor names of one record.

    Two entries in one list of authors are two people. That holds for all forms that were joined to either, so the
    records of a set are kept, and sets that share one stay apart.
    """

    def __init__(
        self, nodes: Sequence[_Node], records: Mapping[_Node, Set[int]], apart: Set[frozenset[NameForm]]
    ) -> None:
        self.apart = apart
        self.above = {node: node for node in nodes}
        self.records = {node: set(records[node]) for node in nodes}
        self.ids = {node: {node.id.partition(":")[0]: node.id} if node.id else {} for node in nodes}
        self.forms = {node: {node.form} for node in nodes}

    def top(self, node: _Node) -> _Node:
        while self.above[node] != node:
            self.above[node] = node = self.above[self.above[node]]
        return node

    def join(self, one: _Node, other: _Node, *, same_id: bool = False) -> bool:
        """Join the sets of two nodes where nothing forbids it; a database's id may name an author twice in a record."""
        a, b = sorted((self.top(one), self.top(other)), key=_order)
        if a == b:
            return True
        if self.apart and any(self.are_apart(x, y) for x in self.forms[a] for y in self.forms[b]):
            return False
        mine, theirs = self.ids[a], self.ids[b]
        if any(theirs.get(scheme, own) != own for scheme, own in mine.items()):
            return False
        if not same_id and not self.records[a].isdisjoint(self.records[b]):
            return False
        self.above[b] = a
        self.ids[a] = theirs | mine
        self.forms[a] |= self.forms[b]
        self.records[a] |= self.records.pop(b)
        return True

    def are_apart(self, one: NameForm, other: NameForm) -> bool:
        return frozenset((one, other)) in self.apart

    def by_id(self) -> None:
        first: dict[str, _Node] = {}
        for node in list(self.above):
            if node.id:
                self.join(first.setdefault(node.id, node), node, same_id=True)

    def by_name(self, nodes: Sequence[_Node]) -> Iterator[tuple[_Node, list[_Node]]]:
        """Join the forms of one family name; give those that fit several authors, with one form of each."""
        for node in nodes:  # the fullest first
            fits = [one for one in nodes if _is_fuller(one, node) and _abbreviates(node.form, one.form, nodes)]
            fits = [one for one in fits if not self.are_apart(one.form, node.form)]
            tops: dict[_Node, _Node] = {}
            for one in fits:
                tops.setdefault(self.top(one), one)
            if node.id and self.top(node) in tops:
                continue
            if len(tops) == 1:
                if all(may_be_same(form, node.form) for form in self.forms[next(iter(tops))]):
                    self.join(next(iter(tops)), node)
                continue
            if len(tops) > 1 and not node.id:
                yield node, list(tops.values())


def _shared_forms(
    spellings: Mapping[_Node, Counter[str]],
    rows_of: Mapping[_Node, set[int]],
    joined: _Joined,
    reported: Set[NameForm],
) -> Iterator[Ambiguous]:
    """Give the forms that come with the ids of several authors: the ids distinguish them, readers can't."""
    forms: dict[NameForm, list[_Node]] = defaultdict(list)
    for node in sorted(spellings, key=_order):
        if node.id and node.form not in reported:
            forms[node.form].append(node)
    for nodes in forms.values():
        shown = {joined.top(node): _shown(usual_spelling(spellings[node]), node.id) for node in nodes}
        if len(shown) > 1:
            records = set[int]().union(*(rows_of[node] for node in nodes))
            name = usual_spelling(sum((spellings[node] for node in nodes), Counter()))
            yield Ambiguous(name, tuple(sorted(shown.values())), len(records))


def _abbreviates(form: NameForm, full: NameForm, nodes: Sequence[_Node]) -> bool:
    """Tell whether a form may be short for a fuller one.

    `Zhao, X. G.` has a name more than `Zhao, Xiuchen`: it may be his only where no `Zhao, X. T.` says otherwise.
    """
    if not may_be_same(form, full):
        return False
    if len(form.given) <= len(full.given) or "".join(form.given) == "".join(full.given):
        return True
    return all(
        may_be_same(one.form, form)
        for one in nodes
        if len(one.form.given) > len(full.given) and may_be_same(one.form, full)
    )


def _is_fuller(one: _Node, other: _Node) -> bool:
    """Tell whether a form says more than another; of forms that say the same, the one with an id does."""
    return _order(one) < _order(other)


def _order(node: _Node) -> tuple[object, ...]:
    form = node.form
    return (form.family, -len("".join(form.given)), -len(form.given), not node.id, form.given, node.id)


def _named(record: Record, bodies: Set[str]) -> Iterator[tuple[str, _Node]]:
    ids = record.author_ids or ("",) * len(record.authors)
    for name, own in zip(record.authors, (*ids, *("",) * len(record.authors)), strict=False):
        yield name, _Node(name_form(name, is_body=True) if name in bodies else name_form(name), own)


def _authors_of(
    listed: Sequence[Sequence[tuple[str, _Node]]],
    spellings: Mapping[_Node, Counter[str]],
    joined: _Joined,
    ambiguous: Sequence[Ambiguous],
) -> Authors:
    names: dict[_Node, str] = {}
    variants: dict[_Node, Counter[str]] = defaultdict(Counter)
    families: dict[_Node, set[str]] = defaultdict(set)
    for node in sorted(spellings, key=_order):
        top = joined.top(node)
        variants[top] += spellings[node]
        families[top].add(node.form.family)
        names.setdefault(top, usual_spelling(spellings[node]))  # the fullest form comes first
    keys = _keys(names, joined)
    of_records = tuple(tuple(dict.fromkeys(keys[joined.top(node)] for _, node in pairs)) for pairs in listed)
    two = [(keys[top], tuple(sorted(variants[top]))) for top, group in families.items() if _are_far(group)]
    return Authors(
        of_records,
        {keys[top]: name for top, name in names.items()},
        {keys[top]: dict(counts) for top, counts in variants.items()},
        tuple(sorted(ambiguous, key=lambda one: (-one.records, one.name))),
        tuple(sorted(two)),
    )


def _keys(names: Mapping[_Node, str], joined: _Joined) -> dict[_Node, str]:
    """Name each author by the fullest form, and by an id too where two authors share it."""
    plain = {top: _plain(top.form) for top in names}
    often = Counter(plain.values())
    return {
        top: text if often[text] == 1 else f"{text} ({min(joined.ids[top].values(), default='no id')})"
        for top, text in plain.items()
    }


def _shown(name: str, own_id: str) -> str:
    return f"{name} ({own_id})" if own_id else name


def _plain(form: NameForm) -> str:
    return f"{form.family}, {' '.join(form.given)}" if form.given else form.family


def _are_far(families: Iterable[str]) -> bool:
    names = sorted(families)
    return any(not (one in other or other in one) for one in names[:1] for other in names[1:])
