"""Invented exports that tests of the command line share."""

from __future__ import annotations

from pathlib import Path

_PEOPLE = {
    "Ardi, A": "Univ Airlangga, Surabaya, Indonesia",
    "Budi, B": "Univ Malaya, Kuala Lumpur, Malaysia",
    "Cici, C": "Natl Univ Singapore, Singapore, Singapore",
    "Dedi, D": "Chulalongkorn Univ, Bangkok, Thailand",
}
_X, _Y, _Z = (
    "Putnam RD, 1988, INT ORGAN, V42, P427",
    "Cremer RD, 2001, HABITAT INT, V25, P377",
    "Duchacek ID, 1984, PUBLIUS, V14, P5",
)
_OWN = ("Ardi A, 2010, J KOTA, V1, P10", "Budi B, 2011, J DESA, V2, P20", "Cici C, 2012, J LAUT, V3, P30")
_RECORDS = (
    (("Ardi, A", "Budi, B"), "J KOTA", 10, (), "ab"),
    (("Budi, B", "Cici, C"), "J DESA", 8, (_OWN[0], _X, _Y), "bc"),
    (("Cici, C", "Ardi, A"), "J LAUT", 6, (*_OWN[:2], _X, _Y), "ca"),
    (("Dedi, D", "Ardi, A"), "J KOTA", 4, (*_OWN, _X, _Y, _Z), "abc"),
)
_KEYWORDS = {"a": "sister city", "b": "market", "c": "rent"}
_INDEXED = {"a": "TRADE", "b": "POLICY", "c": "REGION"}
_SUBJECTS = {"a": "Urban Studies", "b": "Economics", "c": "Geography"}
_SAID = {"a": "A sister city has a mayor.", "b": "A night market has a street.", "c": "A local budget has a limit."}


def four_works(folder: Path, *, references: bool = True) -> Path:
    """Write an export of Web of Science of four works, from 2010 to 2013, each of which cites all earlier ones.

    Two authors wrote each, Ardi three of them; each author has an organisation and a country of his own. The first and
    the last stand in one journal.
    """
    path = folder / "savedrecs.txt"
    texts = [_record(at, *record) for at, record in enumerate(_RECORDS, 1)]
    if not references:
        texts = [text.split("CR ")[0] + "ER\n\n" if "CR " in text else text for text in texts]
    path.write_text("FN Clarivate Analytics Web of Science\nVR 1.0\n" + "".join(texts) + "EF\n", encoding="utf-8")
    return path


def _record(at: int, authors: tuple[str, ...], source: str, cited: int, references: tuple[str, ...], words: str) -> str:
    lines = ["PT J", "AU " + "\n   ".join(authors), f"TI Invented work {at}", f"SO {source}", f"VL {at}", f"BP {at}0"]
    lines += [f"PY {2009 + at}", f"TC {cited}", "AB " + " ".join(_SAID[word] for word in words)]
    for tag, names in (("DE", _KEYWORDS), ("ID", _INDEXED), ("WC", _SUBJECTS)):
        lines.append(f"{tag} " + "; ".join(names[word] for word in words))
    lines += ["C1 " + "\n   ".join(f"[{name}] {_PEOPLE[name]}." for name in authors), f"UT WOS:{at}"]
    if references:
        lines.append("CR " + "\n   ".join(references))
    return "\n".join([*lines, "ER", "", ""])
