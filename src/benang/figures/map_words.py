"""The words on figures, in English and Indonesian; a caller may put others in their place."""

from __future__ import annotations

from collections.abc import Mapping

from benang.errors import unknown
from benang.locale import LANGUAGES, translator
from benang.locale.writing import numeral


def _(text: str) -> str:
    """Mark a text to be translated; it is looked up when its language is known."""
    return text


_TEXTS: Mapping[str, str] = {
    "small_corpus": _("Small corpus: {n} {unit}. Read the map as an illustration, not as a structure of the field."),
    "assigned_keywords": _("Keywords assigned for this review, not by the authors."),
    "added_keywords": _("Keywords of some records were added for this review."),
    "counts": _("{items}, {links}, {clusters}."),
    "counts_without_links": _("{items}, {clusters}."),
    "strongest_links": _("Drawn are the {shown} strongest of {links}."),
    "part_shown": _("On the page are {shown} of {items}."),
    "unnamed": _("Not named: {items}, for want of room."),
    "letters": _("□ stands for a letter that the figure's font lacks."),
    "no_score": _("no value: {items}"),
    "no_year": _("no year: {items}"),
    "no_colour": _("no colour of their own: {items}"),
    "own_colours": _("Colours as given with the items"),
    "item": _("{n} item"),
    "items": _("{n} items"),
    "link": _("{n} link"),
    "links": _("{n} links"),
    "cluster": _("{n} cluster"),
    "clusters": _("{n} clusters"),
    "record": _("record"),
    "records": _("records"),
    "work": _("work"),
    "works": _("works"),
    "case": _("case"),
    "cases": _("cases"),
    "divide by mean": _("1 = mean"),
    "subtract mean": _("0 = mean"),
    "z-score": _("standard deviations from the mean"),
    "density": _("Density"),
    "density_low": _("low"),
    "density_high": _("high"),
    "Avg. pub. year": _("Average year of publication"),
    "Pub. year": _("Year of publication"),
    "Avg. citations": _("Average citations"),
    "Avg. norm. citations": _("Average normalised citations"),
    "Norm. citations": _("Normalised citations"),
    "Occurrences": _("Occurrences"),
    "Documents": _("Documents"),
    "Cases": _("Cases"),
    "Studies": _("Studies"),
    "Citations": _("Citations"),
    "Links": _("Links"),
    "Total link strength": _("Total link strength"),
}


class Words:
    """The words of one language, with its way of writing numbers.

    Examples
    --------
    >>> Words("en").count(1234, "link"), Words("id").count(1234, "link"), Words("en").count(1, "link")
    ('1,234 links', '1.234 tautan', '1 link')
    >>> Words("en")("Documents")  # a name that needs no translation stays
    'Documents'
    """

    def __init__(self, language: str = "en", overrides: Mapping[str, str] | None = None) -> None:
        if language not in LANGUAGES:
            raise unknown(language, LANGUAGES, where="language", expected="a language of Benang")
        self.language = language
        spoken = translator(language)
        self._texts = {key: spoken(text) for key, text in _TEXTS.items()} | dict(overrides or {})

    def __call__(self, key: str, **values: object) -> str:
        """Return a text by its key, filled in; a key without a text is the text."""
        text = self._texts.get(key, key)
        return text.format(**values) if values else text

    def number(self, value: float) -> str:
        """Return a number as the language writes it, with as many decimals as it needs, at most three."""
        return numeral(value, self.language)

    def count(self, n: int, noun: str) -> str:
        """Return a number with its noun, singular or plural."""
        return self(noun if n == 1 else f"{noun}s", n=self.number(n))
