"""Names that a form says to be those of bodies: braces in BibTeX, `literal` in CSL, a comma at the end in EndNote.

From the form to its record a name goes through many hands, in lists that are parted, cut and joined. So the mark stands
before the name itself, and `record_of` takes it off and keeps the name in `Record.bodies`: no record shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from benang.readers.author_names import is_no_author
from benang.readers.entities import unescaped
from benang.records.name_words import BEFORE_FAMILY, SON_OF, SUFFIXES, is_body, is_initials

MARK = "\x1e"
"""Stands before the name of a body; no form prints this character, and what stands in a value by chance is cleaned."""

_COMPANIES = frozenset(["co", "corp", "gmbh", "inc", "limited", "llc", "llp", "ltd", "plc", "tbk"])


def as_body(name: str) -> str:
    """Mark the name of a body, where a form has a place for bodies alone; nothing where it is nobody's.

    Examples
    --------
    >>> as_body("Umpama Orchard  Keepers") == f"{MARK}Umpama Orchard Keepers", as_body("[Anonymous]")
    (True, '')
    """
    text = " ".join(name.replace(MARK, " ").split()).strip(", ")
    return "" if not text or is_no_author(text) else f"{MARK}{text}"


def as_one_piece(name: str) -> str:
    """Mark a name that a form holds in one piece, as it does those of bodies, unless it is plainly a person's.

    People put names of persons there, too. `Umpama, Ani` is one, unless its words tell of a body; so are a family name
    that begins with a particle (`van den Umpama`) and a patronymic, which stay whole without a mark.

    Examples
    --------
    >>> [as_one_piece(name)[:1] == MARK for name in ("Umpama Orchard Keepers", "UNESCO", "Office of Rents, Stalls")]
    [True, True, True]
    >>> [as_one_piece(name) for name in ("Umpama, Ani", "van den Umpama", "Siti binti Umpama")]
    ['Umpama, Ani', 'van den Umpama', 'Siti binti Umpama']
    """
    words = name.split()
    if not words or (";" in name and ";" in unescaped(name)):  # a list
        return name
    if "," in name:
        return as_body(name) if _is_body_with_commas(name) else name
    is_person = words[0] in BEFORE_FAMILY or any(word.lower() in SON_OF for word in words[1:-1])
    return name if is_person and not is_body(words) else as_body(name)


def with_marked_ends(names: Sequence[str]) -> Sequence[str]:
    """Mark the names that end with a comma, as EndNote writes bodies; a comma within one is written twice.

    Such commas may also be left over from a list that was cut at them: where every name but the last has one. With
    initials it is a person's name, and a family name alone may just lack its given name.

    Examples
    --------
    >>> marked = with_marked_ends(["Umpama Orchard Keepers,", "Contoh, Ani", "Dinas Umpama,, Kota Contoh"])
    >>> [name.replace(MARK, "body: ") for name in marked]
    ['body: Umpama Orchard Keepers', 'Contoh, Ani', 'body: Dinas Umpama, Kota Contoh']
    >>> with_marked_ends(["Ani Umpama,", "Budi Contoh"]), with_marked_ends(["Umpama A.B.,", "Misal,"])
    (['Ani Umpama,', 'Budi Contoh'], ['Umpama A.B.,', 'Misal,'])
    """
    ended = [name.endswith(",") or ",," in name for name in names]
    if not any(ended) or (len(names) > 1 and all(ended[:-1]) and "," not in names[-1]):
        return names
    return [_by_its_end(name) if is_ended else name for name, is_ended in zip(names, ended, strict=True)]


def without_marks(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without their marks."""
    return tuple([name.removeprefix(MARK) for name in names])


def marked_among(*lists: Collection[str]) -> tuple[str, ...]:
    """Return the names of bodies among lists of names, each once, without their marks."""
    if not any(MARK in "".join(names) for names in lists):  # as in most records
        return ()
    return tuple(dict.fromkeys(name[1:] for names in lists for name in names if name[:1] == MARK))


def _by_its_end(name: str) -> str:
    head, _, tail = name.partition(",,")
    if tail.strip():
        is_suffix = tail.strip().lower() in SUFFIXES
        whole = f"{head}, {tail.strip(' ,')}"
        return as_body(whole) if not is_suffix and (" " in head or _is_body_with_commas(whole)) else name
    bare = name.rstrip(", ")
    plain = [word for word in bare.split() if not is_initials(word, bare)]
    is_one_word = bare == bare[:1] + bare[1:].lower() and " " not in bare
    return name if "," in bare or is_one_word or len(plain) < min(2, len(bare.split())) else as_one_piece(bare)


def _is_body_with_commas(name: str) -> bool:
    parts = [words for part in name.split(",") if (words := part.split())]
    if not parts or parts[0][0] in BEFORE_FAMILY:
        return False
    last = " ".join(parts[-1]).lower().rstrip(".")
    return last in _COMPANIES or any(len(words) > 1 and is_body(words) for words in parts)
