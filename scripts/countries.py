"""Write the table of countries (src/benang/records/countries.tsv): ISO 3166 from pycountry, names from CLDR by Babel.

Names in other spellings, as databases write them, stand in country_names.tsv; `make countries` writes the table anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycountry
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from benang.records.spelling import folded

TABLE = Path(__file__).resolve().parent.parent / "src" / "benang" / "records" / "countries.tsv"
HEADER = """# Names of countries and the country that each stands for, by ISO 3166-1 code.
# Made by scripts/countries.py from ISO 3166 and CLDR; other spellings are those of Web of Science, Scopus and PubMed.
name\tcountry\tcode
"""

# Labels that read better than CLDR's in a list of countries.
LABELS = {
    "HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar", "CD": "DR Congo", "CG": "Congo", "PS": "Palestine",
    "AN": "Netherlands Antilles", "CI": "Ivory Coast", "TR": "Turkey", "CZ": "Czech Republic",
    "FK": "Falkland Islands", "RE": "Réunion", "SH": "Saint Helena", "TF": "French Southern Territories",
    "HM": "Heard and McDonald Islands",
}  # fmt: skip

NOT_TAKEN = frozenset({"Maurice"})
"""Names of CLDR that are rather those of a person or a town: Saint-Maurice is not in Mauritius."""

OTHERS = Path(__file__).resolve().parent / "country_names.tsv"
_LETTERS = re.compile(r"[^\W\d_]+")
_REGION = re.compile(r"\s*\([^)]*\)")


def _others() -> Mapping[str, Sequence[str]]:
    lines = [line.split("\t") for line in OTHERS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {code: names.split("; ") for code, names in lines}


def _own_names(code: str) -> list[str]:
    """Return what a country is called in its official languages; names in other languages may be towns of another."""
    names = []
    for language in get_official_languages(code, de_facto=True):
        try:
            names.append(Locale.parse(language.replace("-", "_")).territories.get(code, ""))
        except (UnknownLocaleError, ValueError):
            continue
    return names


def _shared(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return names that two countries have, as the names are compared: letters without case."""
    countries: dict[str, set[str]] = {}
    for name, country, _ in rows:
        countries.setdefault(" ".join(_LETTERS.findall(folded(name))), set()).add(country)
    return sorted(name for name, several in countries.items() if len(several) > 1)


def rows() -> list[tuple[str, str, str]]:
    """Return name, country and code of every spelling, sorted by country and name."""
    others = _others()
    english, indonesian = Locale("en").territories, Locale("id").territories
    found: dict[tuple[str, str], str] = {}
    codes = [country.alpha_2 for country in pycountry.countries] + ["XK", "AN"]
    for code in sorted(codes):
        country = pycountry.countries.get(alpha_2=code)
        label = LABELS.get(code) or english.get(code, "").replace(" & ", " and ").replace("St. ", "Saint ")
        names = [
            label,
            english.get(code, ""),
            indonesian.get(code, ""),
            *others.get(code, ()),
            *_own_names(code),
        ]
        if country is not None:
            names += [country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")]
        for name in {_REGION.sub("", one).strip() for one in names} - NOT_TAKEN - {""}:
            found.setdefault((name, label), code)
    return sorted(((name, label, code) for (name, label), code in found.items()), key=lambda row: (row[1], row[0]))


def main() -> None:
    """Write the table."""
    names = rows()
    if shared := _shared(names):
        raise SystemExit(f"Two countries have one name: {', '.join(shared)}")
    text = HEADER + "".join(f"{name}\t{label}\t{code}\n" for name, label, code in names)
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TABLE.name}: {text.count(chr(10)) - 3:,} names")


if __name__ == "__main__":
    main()
