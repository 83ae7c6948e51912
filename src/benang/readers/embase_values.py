"""Embase's CSV: the source as one string, and the DOI in links."""

from __future__ import annotations

import re

from benang.readers.identifiers import doi_in
from benang.readers.source import Remarks

_LONGEST = 2000
# `Journal of Places (2018) 4:2 (11-19). Date of Publication: …`, also `12:SUPPL. 3 (S17)` and
# `19:1 January Article Number: e0292318.`; an article in press has the year alone.
_CITATION = re.compile(
    r"(?P<source>.+?) \((?P<year>[12][0-9]{3})\)"
    r"(?: (?P<volume>[^\s:().]{1,20})?(?::(?P<issue>[^():]{1,30}?))?)?"
    r"(?: \((?P<pages>[^()]{1,30})\))?(?=\.?\s*(?:Article Number:|Date of Publication:|\Z))"
)
_NUMBER = re.compile(r"Article Number: (\S{1,40}?)\.?(?:\s|\Z)")


def mend_embase(values: dict[str, str], _place: int, _remarks: Remarks) -> None:
    """Take the source apart where there are no columns for its parts, and the DOI out of the link to the full text.

    Examples
    --------
    >>> cited = "Journal of Places (2018) 4:2 (11-19). Date of Publication: 1 Mar 2018"
    >>> values = {"source": cited, "source_of": cited, "doi_link": "http://dx.doi.org/10.9999/e.1"}
    >>> mend_embase(values, 1, Remarks())
    >>> [values[name] for name in ("source", "year", "volume", "issue", "pages", "doi")]
    ['Journal of Places', '2018', '4', '2', '11-19', '10.9999/e.1']
    """
    cited = values.pop("source_of", "")[:_LONGEST]
    if number := _NUMBER.search(cited):
        values.setdefault("article_number", number[1])
    match = _CITATION.match(cited)
    if match and values.get("source", "")[:_LONGEST] == cited:
        values["source"] = match["source"]
    if match:
        for name in ("year", "volume", "issue"):
            if match[name]:
                values.setdefault(name, match[name].strip())
        if match["pages"] and "first_page" not in values:
            values.setdefault("pages", match["pages"])
    for link in ("doi_link", "url"):
        if "doi" not in values and (doi := doi_in(values.get(link, ""))):
            values["doi"] = doi
    link = values.pop("doi_link", "")
    if link:
        values.setdefault("url", link)
