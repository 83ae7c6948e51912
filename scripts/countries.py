"""Write the table of countries (src/benang/records/countries.tsv): ISO 3166 from pycountry, names from CLDR by Babel.

Names in other spellings, as databases write them, stand in country_names.tsv; `make countries` writes the table anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycountry
from babel import Locale

TABLE = Path(__file__).resolve().parent.parent / "src" / "benang" / "records" / "countries.tsv"
HEADER = """# Names of countries and the country that each stands for, by ISO 3166-1 code.
# Made by scripts/countries.py from ISO 3166 and CLDR; other spellings are those of Web of Science, Scopus and PubMed.
name\tcountry\tcode
"""

# Labels that read better than CLDR's in a list of countries.
LABELS = {
    "HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar", "CD": "DR Congo", "CG": "Congo", "PS": "Palestine",
    "AN": "Netherlands Antilles", "CI": "Ivory Coast", "TR": "Turkey", "CZ": "Czech Republic",
    "FK": "Falkland Islands", "RE": "Réunion",
}  # fmt: skip

OTHERS = Path(__file__).resolve().parent / "country_names.tsv"
_REGION = re.compile(r"\s*\([^)]*\)")


def _others() -> Mapping[str, Sequence[str]]:
    lines = [line.split("\t") for line in OTHERS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {code: names.split("; ") for code, names in lines}


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
        ]
        if country is not None:
            names += [country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")]
        for name in filter(None, (_REGION.sub("", one).strip() for one in names)):
            found.setdefault((name, label), code)
    return sorted(((name, label, code) for (name, label), code in found.items()), key=lambda row: (row[1], row[0]))


def main() -> None:
    """Write the table."""
    text = HEADER + "".join(f"{name}\t{label}\t{code}\n" for name, label, code in rows())
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TABLE.name}: {text.count(chr(10)) - 3:,} names")


if __name__ == "__main__":
    main()
