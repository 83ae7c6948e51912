"""A singular is a word, or the plural stays."""

from __future__ import annotations

import pytest

from benang.terms.english_words import is_plural_name, singular
from benang.terms.noun_phrases import phrase_key

pytestmark = pytest.mark.fast

SINGULARS = {
    "cookies": "cookie", "movies": "movie", "cities": "city", "vendors": "vendor", "respondents": "respondent",
    "analyses": "analysis", "zoonoses": "zoonosis", "prostheses": "prosthesis", "theses": "thesis", "doses": "dose",
    "women": "woman", "housewives": "housewife", "grandchildren": "grandchild", "phenomena": "phenomenon",
    "firms": "firm", "clinicians": "clinician", "things": "thing", "contexts": "context",
}  # fmt: skip
AS_THEY_ARE = (
    "news series species subspecies mathematics ethics politics dynamics analysis hypothesis meta-analysis chi odds "
    "means measles rickets hives menses diabetes pseudomonas actinomyces biceps regimen specimen abdomen bias gas lens "
    "nhanes smartpls people media data ethos pancreas"
)


@pytest.mark.parametrize(("plural", "one"), SINGULARS.items())
def test_a_plural_gives_a_word(plural: str, one: str) -> None:
    """By the rules of spelling, and by what nouns there are."""
    assert singular(plural) == one


@pytest.mark.parametrize("word", AS_THEY_ARE.split())
def test_what_would_be_no_word_stays(word: str) -> None:
    """Neither *nhane* nor *odd*, *serie*, *mense*."""
    assert singular(word) == word


def test_a_word_of_the_corpus_is_a_word() -> None:
    """English does not know it; the corpus does."""
    assert (singular("kiosks"), singular("kiosks", {"kiosk"})) == ("kiosks", "kiosk")


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("GMOs", "gmo"), ("HAIs", "hai"), ("PhDs", "phd"), ("NHANES", "nhanes"), ("AIDS", "aids"),
        ("hearing aids", "hearing aid"),
        ("SmartPLS", "smartpls"), ("trade-offs", "trade off"),
        ("internet-of-things", "internet of things"), ("Parkinson's disease", "parkinsons disease"),
    ],
)  # fmt: skip
def test_acronyms_lose_a_small_s_only(printed: str, key: str) -> None:
    """GMOs are many; NHANES is one."""
    assert phrase_key(printed) == key


@pytest.mark.parametrize(
    "name",
    [
        "United States",
        "United Nations",
        "United Arab Emirates",
        "Netherlands",
        "Philippines",
        "Maldives",
        "Solomon Islands",
    ],
)
def test_names_of_countries_stay(name: str) -> None:
    """All that are plurals by their form."""
    assert is_plural_name(name.lower().split())
    assert phrase_key(f"rural {name}") == f"rural {name}".lower()
    assert phrase_key("states") == "state"
