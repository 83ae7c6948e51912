"""What titles, abstracts and keywords mention, compared with what passages give evidence of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from benang.coding.codebook import Code
from benang.coding.coded import Coded
from benang.evidence import Number, Passage, count
from benang.kinds import AssociatedItems
from benang.languages import stop_words
from benang.locale import LANGUAGES
from benang.network.incidence import Incidence
from benang.ranges import LEAST_STUDIES
from benang.records.corpus import Corpus
from benang.records.record import Record
from benang.records.spelling import folded, singular
from benang.records.thesaurus import Thesaurus
from benang.synthesis.association import by_study, coded_studies, incidence_of
from benang.synthesis.findings import Findings
from benang.synthesis.number_ids import of_mentions
from benang.terms.joining import words_of
from benang.terms.sentences import sentences_of

Kind = Literal["code", "item"]

Standing = Literal["talked about, never evidenced", "evidenced, never talked about", "both", "neither"]
"""How what is said up front relates to what passages say."""

_CLITIC = "nya"  # Indonesian: anggarannya, its budget


@dataclass(frozen=True, slots=True)
class Mention:
    """A code or an item: the studies that mention it, and those in which a passage gives evidence of it.

    All counts are of coded studies, but `unread`. `talked`: those whose title, abstract or keywords speak of it.
    `evidenced`: of a code, those with a passage that carries it; of an item, those with a coded passage whose words
    have it. `both`: those where it is in both. `unread`: records that speak of it and aren't coded.
    """

    kind: Kind
    id: str
    label: str
    talked: Number
    evidenced: Number
    both: Number
    unread: Number

    @property
    def standing(self) -> Standing:
        """How talk and evidence stand to each other, over all coded studies."""
        if not self.talked.value:
            return "evidenced, never talked about" if self.evidenced.value else "neither"
        return "both" if self.evidenced.value else "talked about, never evidenced"

    def numbers(self) -> tuple[Number, ...]:
        """Return all its numbers."""
        return self.talked, self.evidenced, self.both, self.unread


@dataclass(frozen=True)
class Mentions:
    """Codes, then items, each in the order of the codebook or of the items.

    `studies` are the coded studies, `with_abstract` those of them that have an abstract: where few have one, little can
    be spoken of.
    """

    group: str
    item_kind: str
    studies: Number
    with_abstract: Number
    rows: tuple[Mention, ...]

    def standing(self, standing: Standing, kind: Kind | None = None) -> tuple[Mention, ...]:
        """Return the rows of a standing, those with the most studies first."""
        rows = [one for one in self.rows if one.standing == standing and kind in (None, one.kind)]
        return tuple(sorted(rows, key=lambda one: (-max(one.talked.value, one.evidenced.value), one.kind, one.id)))

    def numbers(self) -> Iterator[Number]:
        """Give every number."""
        yield self.studies
        yield self.with_abstract
        for row in self.rows:
            yield from row.numbers()


def mentions(
    corpus: Corpus,
    coded: Coded,
    *,
    group: str,
    incidence: Incidence | None = None,
    words: Mapping[str, Sequence[str]] | None = None,
    least: int = 1,
) -> Mentions:
    """Compare what titles, abstracts and keywords mention with what passages give evidence of.

    Parameters
    ----------
    corpus
        The records.
    coded
        The coded material of the review.
    group
        Whose codes.
    incidence
        Keywords or terms to look at as well; none where left out.
    words
        Further words that stand for a code, by its id (`{"budget": ["funding", "dana"]}`); its label counts in every
        language that it has.
    least
        Coded studies that an item must occur in.

    Returns
    -------
    Mentions
        One row a code and one an item.

    Notes
    -----
    A sentence speaks of something where it has all words of its label, in any order: function words, capitals, accents
    and English plurals make no difference, nor does the Indonesian ending *-nya*. A title is a sentence, and so is each
    keyword. An item whose label is that of a code in one language is looked for in the code's other language as well.
    This is a comparison of words, not of meanings: a sentence that says "no money" doesn't speak of a
    "Limited budget" unless `words` says that money means it.
    """
    read = coded_studies(coded)
    texts = {record.key: _sentences(record) for record in corpus.records}
    studies = {key for key in read if key in texts}
    abstracts = (record.key for record in corpus.records if record.key in studies and record.abstract.strip())
    codes = coded.codebook.codable(group)
    names = {code.id: [*_labels(code), *(words or {}).get(code.id, ())] for code in codes}
    speaking = _speaking(names, texts)
    rows = [_of_code(code, speaking[code.id], studies, coded) for code in codes]
    kind = incidence.item_kind if incidence else ""
    if incidence is not None:
        rows += _of_items(incidence, texts, studies, coded, least)
    return Mentions(
        group,
        kind,
        count("mentions/all/studies", studies, unit="studies"),
        count("mentions/abstracts/studies", abstracts, unit="studies"),
        tuple(rows),
    )


def review_mentions(
    findings: Findings,
    *,
    group: str,
    items: AssociatedItems = "author-keywords",
    least: int = LEAST_STUDIES,
    thesaurus: Thesaurus | None = None,
) -> Mentions:
    """Hold what a review's titles, abstracts and keywords speak of against its passages (see `mentions`)."""
    incidence = incidence_of(findings.corpus, items, least=least, thesaurus=thesaurus)
    return mentions(findings.corpus, findings.coded, group=group, incidence=incidence, least=least)


def _of_code(code: Code, speaking: set[str], studies: set[str], coded: Coded) -> Mention:
    evidence = by_study(coded, code.id, studies)
    return _mention("code", code.id, code.label.text("en"), "codes", speaking, studies, evidence)


def _of_items(
    incidence: Incidence, texts: Mapping[str, list[frozenset[str]]], studies: set[str], coded: Coded, least: int
) -> list[Mention]:
    """Look for items in the words of passages; a study with the item as a keyword mentions it in any case."""
    names = _item_names(incidence, coded)
    speaking = _speaking(names, texts)
    passages = {
        one.id: one for code in coded.codebook.codes for one in coded.carrying(code.id) if coded.study(one) in studies
    }
    quoting = _speaking(names, {key: _cut(one.quote) for key, one in passages.items()})
    columns = incidence.once.tocsc()
    rows = []
    for at, name in enumerate(incidence.ids):
        having = {incidence.units[row] for row in columns.indices[columns.indptr[at] : columns.indptr[at + 1]].tolist()}
        if len(having & studies) < least:
            continue
        evidence: dict[str, list[Passage]] = {}
        for key in sorted(quoting[name]):
            evidence.setdefault(coded.study(passages[key]), []).append(passages[key])
        kind = incidence.item_kind
        rows.append(_mention("item", name, incidence.labels[at], kind, speaking[name] | having, studies, evidence))
    return rows


def _item_names(incidence: Incidence, coded: Coded) -> dict[str, list[str]]:
    """Name items by their label, and by the other language's where a code has this one: pandemi, pandemic."""
    translated: dict[frozenset[str], list[str]] = {}
    for code in coded.codebook.codes:
        for label in _labels(code):
            translated.setdefault(content_words(label), []).extend(_labels(code))
    labels = zip(incidence.ids, incidence.labels, strict=True)
    return {name: [label, *translated.get(content_words(label), ())] for name, label in labels}


def _mention(
    kind: Kind,
    name: str,
    label: str,
    of: str,
    speaking: set[str],
    studies: set[str],
    evidence: Mapping[str, Sequence[Passage]],
) -> Mention:
    talked, both = speaking & studies, speaking & set(evidence)
    return Mention(
        kind,
        name,
        label,
        count(of_mentions(of, name, "talked"), talked, unit="studies"),
        count(of_mentions(of, name, "evidenced"), evidence, unit="studies", passages=_ids(evidence, evidence)),
        count(of_mentions(of, name, "both"), both, unit="studies", passages=_ids(evidence, both)),
        count(of_mentions(of, name, "unread"), speaking - studies, unit="records"),
    )


def _ids(evidence: Mapping[str, Sequence[Passage]], studies: Iterable[str]) -> list[str]:
    return [passage.id for study in studies for passage in evidence[study]]


def _labels(code: Code) -> list[str]:
    return list(dict.fromkeys(code.label.text(language) for language in LANGUAGES))


def _sentences(record: Record) -> list[frozenset[str]]:
    """Return the words of each sentence of a title and an abstract, and of each keyword."""
    own = [*_cut(record.title), *_cut(record.abstract)]
    keywords = (*record.author_keywords, *record.index_keywords)
    return [*own, *(stems for keyword in keywords if (stems := content_words(keyword)))]


def _cut(text: str) -> list[frozenset[str]]:
    return [stems for sentence in sentences_of(text).sentences if (stems := content_words(sentence))]


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that name something, brought to one form.

    Examples
    --------
    >>> sorted(content_words("The limited budgets of Cities")), sorted(content_words("anggarannya yang kecil"))
    (['budget', 'city', 'limited'], ['anggaran', 'kecil'])
    """
    functional = _function_words()
    return frozenset(_stem(word) for word in words_of(folded(text)) if word not in functional)


def _stem(word: str) -> str:
    if word.endswith(_CLITIC) and len(word) > len(_CLITIC) + 3:
        return word[: -len(_CLITIC)]
    return singular(word)


@cache
def _function_words() -> frozenset[str]:
    return stop_words()


def _speaking(names: Mapping[str, Iterable[str]], texts: Mapping[str, Sequence[frozenset[str]]]) -> dict[str, set[str]]:
    """Return which texts mention what: those with a sentence that contains all words of one of its names."""
    by_word: dict[str, list[tuple[frozenset[str], str]]] = {}
    for key, labels in names.items():
        for wanted in {content_words(label) for label in labels}:
            if wanted:
                by_word.setdefault(max(sorted(wanted), key=len), []).append((wanted, key))
    texts_of: dict[str, set[str]] = {key: set() for key in names}
    for place, sentences in texts.items():
        for sentence in sentences:
            for word in sentence & by_word.keys():
                for wanted, key in by_word[word]:
                    if wanted <= sentence:
                        texts_of[key].add(place)
    return texts_of
