"""From an item or a link of a network to the records behind it."""

from __future__ import annotations

from dataclasses import dataclass

from benang.errors import BenangError, Problem, argument, nearest
from benang.kinds import BY_CITATION
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.network.network import Network


@dataclass(frozen=True)
class Behind:
    """What is behind an item, or behind the link of two: the keys of records, and the cited works of a link.

    `ids` and `labels` are those of the items. `strength` is that of the link, None for an item. `unit` names what
    `records` are. Where the map doesn't carry the citations that a link rests on, there are no records, and
    `lacks_citations` is True.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    records: tuple[str, ...]
    cited: tuple[str, ...]
    strength: float | None
    unit: str = "records"
    lacks_citations: bool = False

    @property
    def title(self) -> str:
        """The labels of the items."""
        return " and ".join(f"'{label}'" for label in self.labels)

    @property
    def said(self) -> str:
        """The same as `in_words`, in English."""
        return self.in_words()

    def in_words(self, language: Language = "en") -> str:
        """Say how strong the link is and how many records there are, or what the map lacks."""
        _, n = translator(language), len(self.records)
        records = f"{numeral(n, language)} {counted(self.unit.removesuffix('s'), self.unit, n, language)}"
        if self.strength is None:
            return records
        if not self.strength:
            return _("not linked")
        text = _("link strength {strength}, {records}")
        if self.lacks_citations:
            text = _("link strength {strength}; this map does not include the citations behind it")
        strength = f"{self.strength:.6g}" if language == "en" else numeral(self.strength, language)
        return text.format(strength=strength, records=records)


def behind(network: Network, item: str, other: str | None = None) -> Behind:
    """Find the records behind an item, by id or label in any case; or behind the link of two.

    Raises
    ------
    BenangError
        For an item that the network lacks, with the nearest one; for a label that several items have; for one item
        named twice; and for a network that doesn't carry its records.

    Examples
    --------
    >>> from benang.network.cooccurrence import cooccurrence_network
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("Kota", "desa")), Record("b", author_keywords=("kota",))])
    >>> link = behind(cooccurrence_network(corpus), "KOTA", "desa")
    >>> link.records, link.in_words()
    (('a',), 'link strength 1, 1 record')
    """
    if network.incidence is None:
        raise BenangError(
            Problem(
                "this map does not include the records behind it",
                way_on=worded(
                    "Make it with `benang map` from the exports, without {option}.",
                    option=argument("without_records", "records=False"),
                ),
            )
        )
    named = [_named(network, one) for one in (item, other) if one is not None]
    if other is not None and named[0] == named[1]:
        raise BenangError(
            Problem(worded("'{item}' twice", item=item), where=worded("the map"), expected="the two ends of a link")
        )
    records = network.records_of(*named)
    labels = tuple(network.labels[network.index(name)] for name in named)
    if other is None:
        return Behind(tuple(named), labels, records, (), None, network.unit)
    strength = network.strength(*named)
    if strength and _lacks_citations(network):
        return Behind(tuple(named), labels, (), (), strength, network.unit, lacks_citations=True)
    return Behind(tuple(named), labels, records, network.cited_by(*named), strength, network.unit)


def _lacks_citations(network: Network) -> bool:
    """Tell whether links rest on what records cite, and nothing says what that is."""
    return network.cited is None and network.unit == "records" and network.link_kind in BY_CITATION


def _named(network: Network, item: str) -> str:
    """Return the id of an item that is named by id or label; capitals make no difference where they aren't needed."""
    folded = [[name.casefold() for name in names] for names in (network.ids, network.labels)]
    for names, wanted in ((network.ids, item), (network.labels, item), *((names, item.casefold()) for names in folded)):
        places = [at for at, name in enumerate(names) if name == wanted]
        if len(places) > 1:
            ids = ", ".join(f"'{network.ids[at]}'" for at in places)
            raise BenangError(
                Problem(
                    worded("{n} items called '{item}'", n=len(places), item=item),
                    where=worded("the map"),
                    way_on=worded("Name one by its id: {ids}.", ids=ids),
                )
            )
        if places:
            return network.ids[places[0]]
    raise BenangError(
        Problem(worded("no item '{item}'", item=item), where=worded("the map"), way_on=nearest(item, network.labels))
    )
