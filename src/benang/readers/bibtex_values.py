"""Values of BibTeX → names, lists, addresses: what braces hold together is taken apart last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from benang.readers.author_lists import people_in
from benang.readers.author_names import as_one_piece
from benang.readers.keywords import keyword_list
from benang.readers.latex import closing_brace, plain_text
from benang.readers.values import authors_of, tidy
from benang.records.name_words import SUFFIXES, is_initials
from benang.records.names import split_name

_MARKS = re.compile(r"\\.|[{}]|\s+[aA][nN][dD](?=\s)|[,;]|\s+", re.DOTALL)
_AND_AT_ENDS = re.compile(r"^(?:and\s+)+|(?:\s+and)+$", re.IGNORECASE)
_MORE = frozenset({"others", "et al", "et al.", "...", "…"})
_NAME_PART = re.compile(r"\s*(family|given|prefix|suffix|giveni|familyi|prefixi|useprefix|id)\s*=\s*")
_CORRESPONDING = " (Corresponding Author)"
_RARE_SEPARATORS = (" / ", "|")
_PAGES = re.compile(
    r"([A-Za-z]?[0-9]{1,7})(?:[-–]{1,2}[A-Za-z]?[0-9]{1,7})?"
    r"(?:[,;] ?[A-Za-z]?[0-9]{1,7}(?:[-–]{1,2}[A-Za-z]?[0-9]{1,7})?){0,20}[,;] ?(?:[A-Za-z]?[0-9]{1,7}[-–]{1,2})?"
    r"([A-Za-z]?[0-9]{1,7})"
)
_END_OF_LINE = re.compile(r"\n\s*")

_JOURNAL_COMMAND = re.compile(r"\{?\s?\\([a-z]{2,10})\s?\}?")
_JOURNALS: Mapping[str, str] = {
    "aj": "Astronomical Journal", "actaa": "Acta Astronomica",
    "araa": "Annual Review of Astronomy and Astrophysics", "apj": "Astrophysical Journal",
    "apjl": "Astrophysical Journal Letters", "apjs": "Astrophysical Journal Supplement Series",
    "ao": "Applied Optics", "apss": "Astrophysics and Space Science", "aap": "Astronomy & Astrophysics",
    "aapr": "Astronomy and Astrophysics Review", "aaps": "Astronomy and Astrophysics Supplement Series",
    "azh": "Astronomicheskii Zhurnal", "baas": "Bulletin of the American Astronomical Society",
    "caa": "Chinese Astronomy and Astrophysics", "cjaa": "Chinese Journal of Astronomy and Astrophysics",
    "icarus": "Icarus", "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jrasc": "Journal of the Royal Astronomical Society of Canada",
    "memras": "Memoirs of the Royal Astronomical Society",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "na": "New Astronomy",
    "nar": "New Astronomy Reviews", "pra": "Physical Review A", "prb": "Physical Review B",
    "prc": "Physical Review C", "prd": "Physical Review D", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "pasa": "Publications of the Astronomical Society of Australia",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "pasj": "Publications of the Astronomical Society of Japan",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica",
    "qjras": "Quarterly Journal of the Royal Astronomical Society", "skytel": "Sky and Telescope",
    "solphys": "Solar Physics", "sovast": "Soviet Astronomy", "ssr": "Space Science Reviews",
    "zap": "Zeitschrift für Astrophysik", "nat": "Nature",
    "iaucirc": "International Astronomical Union Circular", "aplett": "Astrophysical Letters",
    "apspr": "Astrophysics Space Physics Research",
    "bain": "Bulletin of the Astronomical Institutes of the Netherlands",
    "fcp": "Fundamentals of Cosmic Physics", "gca": "Geochimica et Cosmochimica Acta",
    "grl": "Geophysical Research Letters", "jcp": "Journal of Chemical Physics",
    "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "memsai": "Memorie della Società Astronomica Italiana", "nphysa": "Nuclear Physics A",
    "physrep": "Physics Reports", "physscr": "Physica Scripta", "planss": "Planetary and Space Science",
    "procspie": "Proceedings of SPIE",
}  # fmt: skip


def plain(text: str) -> str:
    """Return a value as plain text on one line."""
    return tidy(plain_text(text))


def parts_of(text: str, mark: str) -> list[str]:
    r"""Split at `and`, a comma, a semicolon or blanks (`" "`), but not within braces.

    Examples
    --------
    >>> parts_of("Sari, D. and {Bread and Water} AND\n  others", "and"), parts_of("a, {b, c}", ",")
    (['Sari, D.', '{Bread and Water}', 'others'], ['a', '{b, c}'])
    """
    parts: list[str] = []
    depth = start = 0
    for match in _MARKS.finditer(text):
        symbol = match[0]
        if symbol == "{":
            depth += 1
        elif symbol == "}":
            depth = max(0, depth - 1)
        elif not depth and _is_mark(symbol, mark):
            parts.append(text[start : match.start()])
            start = match.end()
    return [stripped for part in (*parts, text[start:]) if (stripped := part.strip())]


def _is_mark(symbol: str, mark: str) -> bool:
    if mark == " ":
        return symbol.isspace()
    return symbol.strip().lower() == mark


def names_of(values: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    r"""Return the names as `Family, Given`, and whether the list is cut (`and others`, `...`).

    A name in braces is a body, and is marked as one, unless it is plainly a person's (`as_one_piece`). A name without
    a comma is `Given Family`, as BibTeX has it, but for bodies and names without a family name.

    Examples
    --------
    >>> names_of([r"Ludwig van Beethoven and King, Jr., Martin and {\"O}z, A. and {Umpama, Ani} and others"])
    (('van Beethoven, Ludwig', 'King, Martin, Jr.', 'Öz, A.', 'Umpama, Ani'), True)
    >>> names_of([r"{World {\&} Co.}"])
    (('\x1eWorld & Co.',), False)
    """
    names: list[str] = []
    cut = False
    for value in values:
        for part in parts_of(_unwrapped(value) if _is_wrapped_list(value) else value, "and"):
            written = _AND_AT_ENDS.sub("", part)
            whole = written.rstrip(".… ,") if written.endswith(("...", "…")) else written
            cut = cut or whole != written or written.lower() in _MORE
            if written.lower() not in _MORE:
                names.extend(_name(whole))
    return tuple(names), cut


def _is_wrapped_list(value: str) -> bool:
    """Distinguish a list of persons in double braces as a whole from the name of a body with `and` in it.

    All of them have a comma, or one at least has initials behind it: Web of Science puts bodies among editors, too.
    """
    inner = _unwrapped(value)
    parts = parts_of(inner, "and") if inner != value else []
    givens = [part.partition(",")[2].split() for part in parts]
    return len(parts) > 1 and (
        all("," in part for part in parts) or any(given and all(map(_is_initial, given)) for given in givens)
    )


def _is_initial(word: str) -> bool:
    return is_initials(word, "Aa")


def _name(written: str) -> tuple[str, ...]:
    inner = _unwrapped(written)
    if inner != written and not _NAME_PART.match(inner):
        return authors_of([as_one_piece(plain(inner))])
    parts = parts_of(written, ",")
    if all(_NAME_PART.match(part) for part in parts):
        return _of_named_parts(parts)
    pieces = [plain(part) for part in parts]
    if len(people := people_in(", ".join(pieces))) > 1:
        return authors_of(people)
    if len(pieces) == 1:
        return authors_of([_inverted(written)])
    if len(pieces) > 2 and pieces[1].lower() in SUFFIXES:
        pieces[1:3] = [pieces[2], pieces[1]]
    return authors_of([", ".join(pieces)])


def _of_named_parts(parts: Sequence[str]) -> tuple[str, ...]:
    """Return a name in biblatex's extended form: `family=Berg, given=Jan, prefix=van den`."""
    name_parts: dict[str, str] = {}
    for part in parts:
        match = _NAME_PART.match(part)
        if match:
            name_parts[match[1]] = plain(part[match.end() :].strip('"'))
    family = f"{name_parts.get('prefix', '')} {name_parts.get('family', '')}".strip()
    given = name_parts.get("given") or name_parts.get("giveni", "")
    return authors_of([", ".join(filter(None, (family, given, name_parts.get("suffix", ""))))])


def _inverted(written: str) -> str:
    words = parts_of(written, " ")
    if len(words) > 1 and _unwrapped(words[-1]) != words[-1]:  # Jan {van den Berg}
        return f"{plain(words[-1])}, {plain(' '.join(words[:-1]))}"
    family, given = split_name(plain(written))
    return f"{family}, {given}" if given else family


def span_of(pages: str) -> str:
    """Return the range from the first to the last of several pages, which BibTeX parts by commas.

    Examples
    --------
    >>> span_of("7,41,73–97"), span_of("12–15"), span_of("12, as printed")
    ('7–97', '12–15', '12, as printed')
    """
    listed = _PAGES.fullmatch(pages)
    return f"{listed[1]}–{listed[2]}" if listed else pages


def separator_of(values: Iterable[str]) -> str:
    """Tell whether a file parts the keywords of a field at ` / ` or `|`; nothing where it does not.

    It does where no field is parted at a semicolon or a comma, and where one at least has such a mark twice.

    Examples
    --------
    >>> separator_of(["kota / desa / kerja sama", "kota"]), separator_of(["kota | desa | mitra"])
    (' / ', '|')
    >>> separator_of(["kota / desa / mitra", "kota, desa"]), separator_of(["input / output"])
    ('', '')
    """
    often: Counter[str] = Counter()
    for value in map(_unwrapped, values):
        if any(len(parts_of(value, mark)) > 1 for mark in ";,"):
            return ""
        often.update([mark for mark in _RARE_SEPARATORS if value.count(mark) >= 2])
    return next((mark for mark in _RARE_SEPARATORS if often[mark]), "")


def list_of(value: str, separator: str = "") -> tuple[tuple[str, ...], str]:
    """Return the items of a list of keywords, and what separates them where that is not the semicolon.

    `separator` is the one that the file is known to use (`separator_of`).

    Examples
    --------
    >>> list_of("kota; Textures, Computer technology"), list_of("kota, {Child, Preschool}"), list_of("kota")
    ((('kota', 'Textures, Computer technology'), ''), (('kota', 'Child, Preschool'), ','), (('kota',), ''))
    >>> list_of("kota / desa", " / ")
    (('kota', 'desa'), '/')
    """
    value = _unwrapped(value)
    if separator and separator in value:
        words = [word for part in value.split(separator) if (word := plain(part))]
        return tuple(words), separator.strip()
    if len(parts_of(value, ";")) > 1:
        return keyword_list(plain(value)), ""
    parts = parts_of(value, ",")
    return tuple([word for part in parts if (word := plain(part))]), "," if len(parts) > 1 else ""


def lines_of(value: str) -> tuple[str, ...]:
    r"""Return the lines of Web of Science's lists, each of which ends with a full stop; others go on in the next.

    Examples
    --------
    >>> lines_of("{Amgoud L, 2009, ARTIF INTELL, V173, P413.\n   Bana E, 1994, INT T\n   OPER RES, V1.}")
    ('Amgoud L, 2009, ARTIF INTELL, V173, P413', 'Bana E, 1994, INT T OPER RES, V1')
    """
    lines: list[list[str]] = [[]]
    for line in _END_OF_LINE.split(_unwrapped(value)):
        lines[-1].append(line)
        if line.endswith("."):
            lines.append([])
    return tuple([text for pieces in lines if (text := plain(" ".join(pieces)).removesuffix("."))])


def addresses_of(value: str, authors: Sequence[str]) -> tuple[str, ...]:
    r"""Return Web of Science's addresses as its plain text has them, the authors in brackets before each.

    The address for letters comes once more among them, and is left out.

    Examples
    --------
    >>> written = "{Ang, B (Corresponding Author), Univ X, Oslo, Norway.\n   Ang, Ben; Wu, Li, Univ X, Oslo, Norway.}"
    >>> addresses_of(written, ["Ang, Ben", "Wu, Li"])
    ('[Ang, Ben; Wu, Li] Univ X, Oslo, Norway.',)
    """
    lines = lines_of(value)
    own = [line for line in lines if _CORRESPONDING not in line]
    known = frozenset(authors)
    return tuple([f"{_with_brackets(line, known)}." for line in own or lines])


def _with_brackets(line: str, known: frozenset[str]) -> str:
    *before, last = line.split("; ")
    pieces = last.split(", ")
    for count in (2, 3, 1):
        name = ", ".join(pieces[:count])
        if name in known and len(pieces) > count:
            return f"[{'; '.join([*before, name])}] {', '.join(pieces[count:])}"
    return line.partition(f"{_CORRESPONDING}, ")[2] or line


def joined_pieces(pieces: Iterator[tuple[str, bool]], macros: Mapping[str, str]) -> tuple[str, str]:
    """Put the pieces of a value together, abbreviations spelt out; return it with a word that means nothing."""
    text: list[str] = []
    unknown = ""
    for piece, is_word in pieces:
        if is_word and not piece.isdigit():
            if piece.lower() not in macros:
                unknown = piece
            piece = macros.get(piece.lower(), piece)
        text.append(piece)
    return "".join(text), unknown


def journal_of(text: str) -> str:
    r"""Return the journal that a command alone stands for; any other text as it is.

    Examples
    --------
    >>> journal_of(r"\apj"), journal_of(r"{\prl}"), journal_of(r"Annals of \apj")
    ('Astrophysical Journal', 'Physical Review Letters', 'Annals of \\apj')
    """
    command = _JOURNAL_COMMAND.fullmatch(text)
    return _JOURNALS.get(command[1], text) if command else text


def _unwrapped(text: str) -> str:
    """Take off the braces that hold all of a text together; `{A} and {B}` has none."""
    text = text.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return text
    return text[1:-1].strip() if closing_brace(text, 1, len(text)) == len(text) - 1 else text
