"""What exports leave in their values, cleaned in one place: entities, tags, capitals, characters that can't be seen.

What a form itself asks for (LaTeX in BibTeX, quotation marks in CSV) is its reader's work; what is cleaned here comes
in every form, since it comes from the publisher.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any

from benang.readers import Remarks
from benang.readers.keywords import tidy_keywords
from benang.readers.values import tidy, without_absent_values
from benang.records.capitals import is_in_capitals, sentence_case, source_case
from benang.records.export_marks import has_entity, unescaped, without_notices
from benang.records.record import Record, changed_record

_TEXTS = ("title", "source", "abstract", "publisher", "source_abbreviation")
_PEOPLE = ("authors", "editors")
_ALIGNED = (*_PEOPLE, "affiliations")
_LISTS = ("author_keywords", "index_keywords", "topics", "references")
_KEYWORDS = ("author_keywords", "index_keywords")
_TOLD_BY = ("title", "source", "abstract", "author_keywords", "index_keywords", "affiliations")
_CONTROLS = bytes([*range(32), 127])

# The names of tags that may be left in a value; any name with one of these prefixes is one, too.
_PARTING = (
    "abstract blockquote br caption dd div dl dt h1 h2 h3 h4 h5 h6 hr label li list list-item ol p para sec section "
    "simpara table tbody td th thead title tr ul"
)
_BLOCKS = frozenset(_PARTING.split())
_HEADINGS = frozenset({"title", "h1", "h2", "h3", "h4", "h5", "h6", "label"})
_WITHIN = (
    "a abbr alternatives b bold cite code del disp-formula em ext-link fn font i img inf inline-formula inline-graphic "
    "ins italic kbd mark monospace named-content nobr overline pre q roman s sc scp small smallcaps span strike strong "
    "styled-content sub sup tex-math tt u underline uri var xref xhtml "
    "annotation math menclose mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow "
    "ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics"
)
_IN_LINE = frozenset(_WITHIN.split())
_PAIRED = frozenset("abiqsu")  # with nothing that closes it, `a<b>c` is mathematics
_TAG = re.compile(
    r"<(?P<close>/?)(?P<prefix>(?:jats|mml|m|ns[0-9]|xhtml|ce|xocs|inf):)?(?P<name>[A-Za-z][A-Za-z0-9-]{0,20})"
    r"(?P<more>\s*/?|\s[^<>=]{0,60}=[^<>]*)>"
)

_MARK = re.compile(r"<(?:/?[A-Za-z]|!--|!\[CDATA)")

_LATE = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85}
_HAS_LATE = re.compile("[\x80-\x9f]")  # a look is a tenth of a translation
# Control characters but those that part words; marks of direction, zero width, soft hyphens, private use. Zero-width
# joiners stay behind letters of the scripts that need them, and in emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
    "|(?<![\u0590-\u1fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)

# In names of people, publishers set a soft hyphen or a break of no width between a small letter and a capital for the
# hyphen or the blank of two names ("Jean-Michel"). In other texts it only says where a line may break ("JavaScript"),
# as it does after Mc and Mac, which begin a word that goes on in a capital.
_BETWEEN_NAMES = re.compile(r"(?<=[^\W\d_])(?<!\bMc)(?<!\bMac)([\xad\u200b])(?=[^\W\d_])")

# Garuda and journals on OJS: "Vol 12, No 3 (2021): Maret".
_VOLUME = re.compile(
    r"vol(?:ume)?\b\.?\s{0,3}([0-9]{1,5}|[IVXLC]{1,8})(?:[\s,;:]{0,4}(?:no|nomor|issue|num(?:ber)?)\b\.?\s{0,3}([0-9]{1,5}(?:[-/][0-9]{1,5})?))?"
    r"(?=[\s,.;:(]|\Z)",
    re.IGNORECASE,
)

_VOLUMES = "Volume and issue given in one value were separated; the original is kept"
_ENTITIES = "Character entities such as &amp; were decoded; the original is kept"
_TAGS = "HTML and XML tags were removed from texts; the original is kept"
_CHARACTERS = "Invisible characters were removed; the original is kept"
_NOTICES = "Notices that a database had added to abstracts were removed; the original is kept"
_MARKS = "Asterisks, full stops and similar marks were removed from keywords; the original is kept"
_TITLES = "Titles in capitals were changed to lower case; the original is kept"
_SOURCES = "Sources in capitals were changed to lower case; the original is kept"


def cleaned_records(records: Iterable[Record], remarks: Remarks) -> tuple[Record, ...]:
    r"""Clean the texts of records, and note what was done in how many of them.

    Entities become characters, also those escaped twice. Tags of HTML, JATS and MathML are taken out, and a `<` that
    is no tag stays. Characters that can't be seen are left out, white space becomes one blank, accents are joined to
    their letters (NFC). A title or source in capitals is put into ordinary spelling (`benang.records.capitals`).
    Marks for no value are left out (`NA`), and so is what a database added to an abstract or around
    keywords (`benang.records.export_marks`, `benang.readers.keywords`). What the export wrote is kept in `raw`, lists
    joined with `; `, unless nothing but white space changed.

    Examples
    --------
    >>> written = Record("a", title="H<sub>2</sub>O &amp;amp; <i>E. coli</i>: p < 0.05", source="CITIES", place=3)
    >>> remarks = Remarks()
    >>> (record,) = cleaned_records([written], remarks)
    >>> record.title, record.source
    ('H2O & E. coli: p < 0.05', 'CITIES')
    >>> dict(record.raw)
    {'title': 'H<sub>2</sub>O &amp;amp; <i>E. coli</i>: p < 0.05'}
    >>> print(*remarks.notes(), sep="\n")
    Character entities such as &amp; were decoded; the original is kept (record 3).
    HTML and XML tags were removed from texts; the original is kept (record 3).
    """
    done: list[Record] = []
    for record in records:
        did: set[str] = set()
        done.append(_cleaned(without_absent_values(record, remarks), did))
        if did:
            for habit in (_ENTITIES, _TAGS, _CHARACTERS, _NOTICES, _MARKS, _TITLES, _SOURCES, _VOLUMES):
                if habit in did:
                    remarks.habit(habit, record.place)
    return tuple(done)


def _is_clean(record: Record) -> bool:
    """Tell quickly whether there is nothing to do in the texts of a record, as for most records."""
    texts = (
        record.title,
        record.source,
        record.abstract,
        record.publisher,
        record.source_abbreviation,
        *record.authors,
        *record.author_keywords,
        *record.index_keywords,
        *record.affiliations,
        *record.editors,
        *record.topics,
    )
    text = " ".join(filter(None, texts))
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        return False
    if not _is_printable(text) or not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return False
    return not _is_doubtful(text) and not _is_doubtful(" ".join(record.references))


def _is_doubtful(text: str) -> bool:
    if has_entity(text) or ("<" in text and _MARK.search(text)):
        return True
    return not text.isascii() and not text.isprintable()


def _is_printable(text: str) -> bool:
    """Return what `str.isprintable` does, which takes ten times as long for ASCII."""
    if text.isascii():
        return len(text.encode().translate(None, _CONTROLS)) == len(text)
    return text.isprintable()


def _cleaned(record: Record, did: set[str]) -> Record:
    changed: dict[str, Any] = {}
    raw: dict[str, str] = {}
    if not _is_clean(record):
        _clean_texts(record, changed, raw, did)
        _clean_bodies(record, changed)
    _leave_out(record, changed, raw, did)
    if record.volume[:1] in ("v", "V"):
        _part_volume(record, changed, raw, did)
    if changed or record.title.isupper() or record.source.isupper():
        _put_small(record, changed, raw, did)
    if raw:
        changed["raw"] = {**raw, **record.raw}
    return changed_record(record, changed) if changed else record


def _clean_texts(record: Record, changed: dict[str, Any], raw: dict[str, str], did: set[str]) -> None:
    for name in _TEXTS:
        old = getattr(record, name)
        new = _text(old, did)
        if new != old:
            changed[name] = new
            _keep(raw, name, old, new)
    for name in (*_ALIGNED, *_LISTS):
        old_list = getattr(record, name)
        clean = partial(_text, did=did, is_name=name in _PEOPLE)
        new_list = tuple([clean(one) if name != "references" or _is_doubtful(one) else one for one in old_list])
        if new_list != old_list:
            changed[name] = new_list if name in _ALIGNED else tuple(filter(None, new_list))
            _keep(raw, name, "; ".join(old_list), "; ".join(new_list))


def _clean_bodies(record: Record, changed: dict[str, Any]) -> None:
    """Clean the names of bodies as those of authors and editors are, so that they stay the same."""
    if record.bodies and not changed.keys().isdisjoint(("authors", "editors")):
        changed["bodies"] = tuple([_text(name, set(), is_name=True) for name in record.bodies])


def _leave_out(record: Record, changed: dict[str, Any], raw: dict[str, str], did: set[str]) -> None:
    """Leave out what a database put beside abstracts and keywords."""
    abstract = changed.get("abstract", record.abstract)
    if abstract and (new := without_notices(abstract)) != abstract:
        changed["abstract"] = new
        raw.setdefault("abstract", record.abstract)
        did.add(_NOTICES)
    for name in _KEYWORDS:
        keywords = changed.get(name) or getattr(record, name)
        if keywords and (tidied := tidy_keywords(keywords)) is not keywords:
            changed[name] = tuple(tidied)
            raw.setdefault(name, "; ".join(getattr(record, name)))
            did.add(_MARKS)


def _part_volume(record: Record, changed: dict[str, Any], raw: dict[str, str], did: set[str]) -> None:
    if match := _VOLUME.match(record.volume):
        raw["volume"] = record.volume
        did.add(_VOLUMES)
        changed |= {"volume": match[1], "issue": record.issue or match[2] or ""}


def _keep(raw: dict[str, str], name: str, old: str, new: str) -> None:
    if "".join(old.split()) != "".join(new.split()):
        raw[name] = old


def _put_small(record: Record, changed: dict[str, Any], raw: dict[str, str], did: set[str]) -> None:
    """Put a title and a source in capitals into small letters, as they are after what `changed` holds."""
    now = {name: changed.get(name, getattr(record, name)) for name in _TOLD_BY}
    if is_in_capitals(now["title"]):
        texts = [now["abstract"]]
        for keywords in (now["author_keywords"], now["index_keywords"]):
            if not all(map(str.isupper, keywords)):  # Keywords Plus are in capitals throughout, and show nothing
                texts += keywords
        title = sentence_case(now["title"], texts=texts, places=now["affiliations"])
        if title != now["title"]:
            raw.setdefault("title", now["title"])
            did.add(_TITLES)
            changed["title"] = title
    source = _source(now["source"])
    if source != now["source"]:
        raw.setdefault("source", now["source"])
        did.add(_SOURCES)
        changed["source"] = source


@lru_cache(maxsize=16_384)
def _source(source: str) -> str:
    return source_case(source) if is_in_capitals(source) else source


def _text(text: str, did: set[str], *, is_name: bool = False) -> str:
    for habit, mark, clean in _STEPS:
        if mark in text:
            new = clean(text)
            if new != text:
                did.add(habit)
                text = new
    if text.isascii() and text.isprintable():
        return text.strip() if "  " not in text else tidy(text)
    return _visible(text, did, is_name=is_name)


def _visible(text: str, did: set[str], *, is_name: bool) -> str:
    new = text.translate(_LATE) if _HAS_LATE.search(text) else text
    new = _UNSEEN.sub("", _BETWEEN_NAMES.sub(_joint, new) if is_name else new)
    if new != text:
        did.add(_CHARACTERS)
    return tidy(new if new.isascii() else unicodedata.normalize("NFC", new))


def _joint(match: re.Match[str]) -> str:
    """Return what is seen of a mark between two letters: nothing, unless a name's second word begins there."""
    before, after = match.string[match.start() - 1], match.string[match.end()]
    if not (before.islower() and after.isupper()):
        return ""
    return "-" if match[1] == "\xad" else " "


def _untagged(text: str) -> str:
    """Take tags out: those that part paragraphs leave a blank, headings a colon, mathematics no white space."""
    text = _without_comments(text)
    pieces: list[str] = []
    at, in_math = 0, 0
    closed = {name for name in _PAIRED if f"</{name}" in text or f"</{name.upper()}" in text}
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if not _is_tag(name, match, closed):
            continue
        between = text[at : match.start()]
        pieces.append("".join(between.split()) if in_math else between)
        at = match.end()
        if name == "math":
            in_math = max(0, in_math + (-1 if match["close"] else 1)) if not match["more"].endswith("/") else in_math
        elif name in _BLOCKS:
            pieces.append(_parted(pieces[-1], heading=bool(match["close"]) and name in _HEADINGS))
    return tidy("".join([*pieces, text[at:]])) if pieces else text


def _without_comments(text: str) -> str:
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces += (text[at:start], " ")
        at = end + 3
    text = "".join([*pieces, text[at:]]) if pieces else text
    return text.replace("<![CDATA[", " ").replace("]]>", " ") if "<![CDATA[" in text else text


def _is_tag(name: str, match: re.Match[str], closed: set[str]) -> bool:
    if match["prefix"]:
        return True
    if name in _PAIRED:
        return name in closed
    return name in _IN_LINE or name in _BLOCKS


def _parted(before: str, *, heading: bool) -> str:
    text = before.rstrip()
    return ": " if heading and text and text[-1].isalnum() else " "


_STEPS: tuple[tuple[str, str, Callable[[str], str]], ...] = ((_ENTITIES, "&", unescaped), (_TAGS, "<", _untagged))
