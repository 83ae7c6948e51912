"""The association of codes and keywords of a whole review, from what it found."""

from __future__ import annotations

from typing import cast

from benang.kinds import AssociatedItems, RecordItems
from benang.network.incidence import Incidence, item_incidence
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus
from benang.synthesis.association import LEAST, Association, association
from benang.synthesis.findings import Findings
from benang.synthesis.mentions import Mentions, mentions


def incidence_of(
    corpus: Corpus, items: AssociatedItems, *, least: int = LEAST, thesaurus: Thesaurus | None = None
) -> Incidence:
    """Say which records have which keywords, or terms.

    Raises
    ------
    BenangError
        Where no record has any.
    """
    if items == "terms":
        from benang.terms.text_terms import text_terms

        return text_terms(corpus, min_occurrences=least, thesaurus=thesaurus)
    return item_incidence(corpus, items=cast("RecordItems", items), thesaurus=thesaurus)


def review_association(
    findings: Findings,
    *,
    group: str,
    items: AssociatedItems = "author-keywords",
    least: int = LEAST,
    thesaurus: Thesaurus | None = None,
    seed: int = 0,
) -> Association:
    """Tell which codes of a group go with which keywords of a review (see `association`)."""
    incidence = incidence_of(findings.corpus, items, least=least, thesaurus=thesaurus)
    return association(findings.coded, incidence, group=group, least=least, seed=seed)


def review_mentions(
    findings: Findings,
    *,
    group: str,
    items: AssociatedItems = "author-keywords",
    least: int = LEAST,
    thesaurus: Thesaurus | None = None,
) -> Mentions:
    """Hold what a review's titles, abstracts and keywords speak of against its passages (see `mentions`)."""
    incidence = incidence_of(findings.corpus, items, least=least, thesaurus=thesaurus)
    return mentions(findings.corpus, findings.coded, group=group, incidence=incidence, least=least)
