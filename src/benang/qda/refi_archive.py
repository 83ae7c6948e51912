"""What a REFI-QDA file consists of: an archive of a project and its sources, or XML alone; opened with care.

Nothing is unpacked to a disk and nothing outside the archive is read. An archive that names places outside its folder,
holds links or would unpack to far more than it should is refused whole.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import PurePosixPath
from typing import NoReturn
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, XMLParser

from benang.encodings import decoded
from benang.errors import BenangError, Problem, visible
from benang.locale.writing import worded
from benang.readers.opening import BROKEN, ZIP
from benang.safe_files import names_outside

_MOST_READ = 1 << 30
"""Bytes that the project and the texts of an archive may have: the largest that is known has some 50 MB."""
_MOST_RATIO, _SMALL = 200, 64 << 20
"""How tightly an archive may be packed, and below how many bytes that does no harm; as for archives of exports."""
_MOST_MEMBERS = 100_000
_ENCRYPTED = 1
_AGAIN = "Export the project again from the program that it comes from."
_SCHEME = re.compile(r"(internal|relative|absolute|file):/{0,3}", re.IGNORECASE)
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORBIDDEN_REFERENCE = re.compile(
    r"&#(?:0{0,8}(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0{0,8}(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[eEfF]"
    r"|[dD][89a-fA-F][0-9a-fA-F]{2}));"
)
"""What XML 1.0 (production 2) allows in no document, as a character or as a reference to one."""


@dataclass
class Archive:
    """A REFI-QDA file: its XML as text, and the files of its sources, which are read when they are asked for.

    `project` is the name of the XML in the archive; `remarks` are words on oddities.
    """

    where: str
    project: str
    xml: str
    remarks: tuple[str, ...] = ()
    package: zipfile.ZipFile | None = None
    _asked: set[str] = field(default_factory=set)
    _read: int = 0

    def member(self, path: str) -> str | None:
        """Return the name in the archive of the file that a source names; None where there is none.

        Capitals make no difference; a file outside of the archive is never looked for, but may lie in it as well.
        Where several folders have a file of this name, it is the one whose folders are those of the source, else one in
        `sources`, else the one in the fewest folders.
        """
        place = _SCHEME.sub("", path.strip(), count=1).replace("\\", "/")
        for name in (place, unquote(place)):
            parts = [part for part in name.casefold().split("/") if part not in ("", ".")]
            if found := self._members.get(parts[-1] if parts else ""):
                best = max(found, key=lambda one: _nearness(one.casefold().split("/"), parts))
                self._asked.add(best)
                return best
        return None

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        """The files of sources by their names without folder."""
        members: dict[str, tuple[str, ...]] = {}
        if self.package is None:
            return members
        names = [name for name in self.package.namelist() if not name.endswith("/") and name != self.project]
        for name in sorted(names):
            base = PurePosixPath(name).name.casefold()
            members[base] = (*members.get(base, ()), name)
        return members

    def bytes_of(self, name: str) -> bytes:
        """Read a file of the archive.

        Raises
        ------
        BenangError
            Where it is encrypted, can't be unpacked, or all that was read is too much.
        """
        assert self.package is not None  # noqa: S101 - only an archive has members
        data = _unpacked(self.package, name, self.where, _MOST_READ - self._read)
        self._read += len(data)
        return data

    def plain_text(self, data: bytes, name: str) -> str:
        """Decode a text, with its byte order mark and line ends: UTF-8, as the standard asks, or Windows-1252."""
        for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"", "utf-8")):
            text = _decoded(data, encoding) if data.startswith(mark) else None
            if text is not None:
                return text
        remark = worded("{file} is not UTF-8 and was read as Windows-1252", file=visible(name, in_line=True))
        self.remarks = (*self.remarks, remark)
        return data.decode("cp1252", "replace")

    @property
    def unnamed(self) -> tuple[str, ...]:
        """The files of the archive that were not asked for."""
        return tuple(sorted({name for names in self._members.values() for name in names} - self._asked))


def _nearness(there: Sequence[str], asked: Sequence[str]) -> tuple[int, bool, int]:
    """Return how near a file is to what a source names, by the parts of both paths: the more, the nearer."""
    pairs = zip(reversed(there), reversed(asked), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared, "sources" in there[:-1], -len(there)


def opened_archive(data: bytes, *, where: str) -> Archive:
    """Open a REFI-QDA file, whatever it is called: an archive with one project (`*.qde`), or XML by itself.

    Raises
    ------
    BenangError
        For an archive that is broken, encrypted or means harm, and one without a project or with several.
    """
    if not data.startswith(ZIP):
        return Archive(where, where, xml_text(data, where=where))
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
    except BROKEN as error:
        problem = worded("a zip archive that can't be opened ({error})", error=error)
        raise BenangError(Problem(problem, where=where, way_on=_AGAIN)) from None
    _check(members, len(data), where)
    projects = [one.filename for one in members if one.filename.casefold().endswith(".qde")]
    at_root = [name for name in projects if "/" not in name.strip("/")] or projects
    if len(at_root) != 1:
        problem = worded("an archive with {n} project files (.qde)", n=len(at_root))
        is_packed = any(one.filename.casefold().endswith(".qdpx") for one in members)
        way_on = "Unpack it, and name the project (.qdpx) in it." if is_packed else _AGAIN
        raise BenangError(Problem(problem, where=where, expected="exactly one", way_on=way_on))
    name = at_root[0]
    archive = Archive(where, name, "", package=package)
    archive.xml = xml_text(archive.bytes_of(name), where=f"{where}/{visible(name, in_line=True)}")
    if name != "project.qde":
        remark = worded("the project file of the archive is called {name}, not project.qde", name=visible(name))
        archive.remarks = (remark,)
    return archive


def _check(members: list[zipfile.ZipInfo], packed: int, where: str) -> None:
    outside = [one.filename for one in members if names_outside(one.filename)]
    links = [one.filename for one in members if stat.S_ISLNK(one.external_attr >> 16)]
    if outside or links:
        names = ", ".join(visible(name, in_line=True) for name in (outside or links)[:3])
        of_links = worded("an archive with links in it: {names}", names=names)
        problem = worded("an archive that names files outside of its folder: {names}", names=names)
        way_on = "Do not trust it; export the project again."
        raise BenangError(Problem(problem if outside else of_links, where=where, way_on=way_on))
    total = sum(one.file_size for one in members)
    if len(members) > _MOST_MEMBERS or total > max(_SMALL, packed * _MOST_RATIO):
        problem = worded(
            "a zip archive of {n:,} bytes that would unpack to {total:,} bytes in {n2:,} files",
            n=packed, total=total, n2=len(members),
        )  # fmt: skip
        raise BenangError(Problem(problem, where=where, expected="a project", way_on=_AGAIN))


def _unpacked(package: zipfile.ZipFile, name: str, where: str, most: int) -> bytes:
    shown = f"{where}/{visible(name, in_line=True)}"
    one = package.getinfo(name)
    if one.flag_bits & _ENCRYPTED:
        way_on = "Export the project again, without a password."
        raise BenangError(Problem("an encrypted file", where=shown, way_on=way_on))
    if one.file_size > most:
        raise BenangError(Problem("a project with far more text than usual", where=shown, way_on=_AGAIN))
    try:
        with package.open(one) as member:
            return member.read(one.file_size)
    except BROKEN as error:
        problem = worded("a file that can't be unpacked ({error})", error=error)
        raise BenangError(Problem(problem, where=shown, way_on=_AGAIN)) from None


def xml_text(data: bytes, *, where: str) -> str:
    """Decode XML: by its byte order mark, else by what it declares, else as UTF-8 or what it seems to be."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding) or _refused(where)
    declared = _DECLARED.match(data)
    text = _decoded(data, "utf-8") or (_decoded(data, declared[1].decode()) if declared else None)
    if not (text or _readable(data)).lstrip().startswith("<"):
        _refused(where)
    return text or decoded(data, where=where).data.decode("utf-8")


def _readable(data: bytes) -> str:
    return "" if b"\x00" in data else data[:200].decode("latin-1")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _refused(where: str) -> NoReturn:
    expected = "a project (.qdpx) or a codebook (.qdc) in REFI-QDA"
    way_on = "In the program that the project is from, export it as REFI-QDA, and name that file."
    raise BenangError(Problem("a file of another kind", where=where, expected=expected, way_on=way_on))


def parsed_xml(text: str, *, where: str) -> tuple[Element, tuple[str, ...]]:
    """Parse XML that declares nothing; characters that XML does not allow are replaced one by one, with a remark.

    Raises
    ------
    BenangError
        Where it declares a document type, which could explode or load other files, or is not well-formed.
    """
    begins = _PROLOG.match(text)
    if text.startswith("<!", begins.end() if begins else 0):
        way_on = "Do not trust it; export the project again."
        raise BenangError(
            Problem(
                "a document type declaration (<!DOCTYPE …), which can exhaust the memory or load other files",
                where=where,
                expected="XML without one",
                way_on=way_on,
            )
        )
    mended, n = _FORBIDDEN.subn("\ufffd", text)
    mended, more = _FORBIDDEN_REFERENCE.subn("\ufffd", mended)
    remark = worded("characters that XML does not allow were replaced by � in {file}: {n}", file=where, n=n + more)
    try:
        parser = XMLParser()  # noqa: S314 - without a declaration there are no entities
        parser.feed(mended)
        root: Element = parser.close()
    except (ParseError, ValueError, RecursionError) as error:
        problem = worded("it is not well-formed XML ({reason})", reason=error)
        raise BenangError(Problem(problem, where=where, way_on=_AGAIN)) from None
    return root, (remark,) if n + more else ()


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace.

    Examples
    --------
    >>> from xml.etree.ElementTree import XML
    >>> local_name(XML('<Code xmlns="urn:QDA-XML:codebook:1.0"/>'))
    'Code'
    """
    return str(element.tag).rpartition("}")[2]


def element_counts(text: str, names: tuple[str, ...]) -> dict[str, int]:
    """Count elements by the tags that open them, apart from any parser; what is commented out or quoted is none.

    Examples
    --------
    >>> element_counts("<p:Code><Code/><!-- <Code> --><CodeRef/></p:Code>", ("Code", "Coding"))
    {'Code': 2}
    """
    counts: dict[str, int] = defaultdict(int)
    bare = re.sub(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", "", text, flags=re.DOTALL)
    opening = re.compile(r"<(?:[^\s<>/:!?]{1,100}:)?(" + "|".join(names) + r")(?=[\s/>])")
    for tag in opening.finditer(bare):
        counts[tag[1]] += 1
    return dict(counts)
