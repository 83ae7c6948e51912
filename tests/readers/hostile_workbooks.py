"""Workbooks that were made to do harm: small files that ask for all the memory, all the time, or what lies outside.

`hostile_workbooks()` gives them by name, each of some hundred kilobytes at most; the tests of workbooks and the soak of
workbooks read them. Nothing is taken from a real attack; the ways are those that the forms allow.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Year</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Night markets</t></is></c><c r="B2"><v>2019</v></c></row>'
)
FAR = "XFD1048576"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Pack the parts of a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx(rows: str, *, place: str = "xl/worksheets/sheet1.xml", before: str = "", strings: str = "") -> bytes:
    """Return a workbook with one sheet of these rows, at a place of its own; `before` stands before its root."""
    return zipped(_xlsx_parts(rows, place, before, strings))


def _xlsx_parts(rows: str, place: str, before: str, strings: str) -> dict[str, str | bytes]:
    target = place.removeprefix("xl/")
    shared = f'<Relationship Id="r2" Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/>' if strings else ""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/{place}" ContentType="{TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{RELATED}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">'
        f'<Relationship Id="r1" Type="{RELATED}/worksheet" Target="{target}"/>{shared}</Relationships>',
        place: f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'{before}<sst xmlns="{MAIN}">{strings}</sst>'
    return parts


def many_sheets(count: int) -> bytes:
    """Return a workbook that names so many sheets, all in one place."""
    parts = _xlsx_parts(HEAD, "xl/worksheets/sheet1.xml", "", "")
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, count + 1))
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{sheets}</sheets></workbook>'
    return zipped(parts)


def ods(rows: str, *, before: str = "") -> bytes:
    """Return a workbook of OpenDocument with one table of these rows."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
            "content.xml": f'{before}<office:document-content xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="a">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def _ods_cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def _ods_row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def far_cells() -> Iterator[tuple[str, bytes]]:
    """Give a cell in the last place of a sheet, in every spelling that XML allows."""
    spellings = {
        "plain": f'<c r="{FAR}"><v>1</v></c>',
        "single quotes": f"<c r='{FAR}'><v>1</v></c>",
        "tab": f'<c\tr="{FAR}"><v>1</v></c>',
        "line end": f'<c\nr="{FAR}"><v>1</v></c>',
        "carriage return": f'<c\r\nr="{FAR}"><v>1</v></c>',
        "blanks around the sign": f'<c r = "{FAR}"><v>1</v></c>',
        "line end at the sign": f'<c r=\n"{FAR}"><v>1</v></c>',
        "other attributes first": f'<c t="n" s="0" cm="1" vm="1" ph="0" x:y="{"z" * 90}" r="{FAR}"><v>1</v></c>',
        "long blanks": f'<c{" " * 5000}r="{FAR}"><v>1</v></c>',
        "prefix": f'<x:c xmlns:x="{MAIN}" r="{FAR}"><x:v>1</x:v></x:c>',
        "small letters": f'<c r="{FAR.lower()}"><v>1</v></c>',
        "reference to a character": '<c r="XFD&#49;048576"><v>1</v></c>',
        "comment before": f'<!-- <c r="A1"> --><c r="{FAR}"><v>1</v></c>',
        "after a quotation mark": f'<c t=">" r="{FAR}"><v>1</v></c>',
        "text": f'<c r="{FAR}" t="inlineStr"><is><t>x</t></is></c>',
        "formula": f'<c r="{FAR}"><f>1+1</f><v>2</v></c>',
        "beyond the sheet": '<c r="ZZZ9999999"><v>1</v></c>',
        "beyond numbers": '<c r="A4294967295"><v>1</v></c>',
        "beyond all numbers": '<c r="A99999999999999999999"><v>1</v></c>',
        "beyond letters": f'<c r="{"Z" * 40}1"><v>1</v></c>',
        "no letters": '<c r="1048576"><v>1</v></c>',
        "no number": '<c r="XFD"><v>1</v></c>',
    }
    for name, cell in spellings.items():
        yield f"far cell, {name}.xlsx", xlsx(f'{HEAD}<row r="1048576">{cell}</row>')
    yield "far cell, row alone.xlsx", xlsx(f'{HEAD}<row r="1048576"><c><v>1</v></c></row>')
    yield "far cell, row beyond numbers.xlsx", xlsx(f'{HEAD}<row r="4294967295"><c><v>1</v></c></row>')
    yield (
        "far cell, UTF-16.xlsx",
        zipped(
            _xlsx_parts(f'{HEAD}<row r="1048576"><c r="{FAR}"><v>1</v></c></row>', "xl/worksheets/sheet1.xml", "", "")
            | {"xl/worksheets/sheet1.xml": _utf16(f'{HEAD}<row r="1048576"><c r="{FAR}"><v>1</v></c></row>')}
        ),
    )
    for place in ("xl/other/sheet1.xml", "xl/worksheets/sheet1.bin.XML", "sheet.xml", "xl/worksheets/../../s.xml"):
        far = f'{HEAD}<row r="1048576"><c r="{FAR}"><v>1</v></c></row>'
        yield f"far cell, at {place.replace('/', ' ')}.xlsx", xlsx(far, place=place)


def _utf16(rows: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode("utf-16")


def repeated() -> Iterator[tuple[str, bytes]]:
    """Give rows and columns that repeat, and those without a place."""
    head = _ods_row(_ods_cell("Title") + _ods_cell("Year"))
    for rows, columns, text in (
        (1_048_576, 1, "x" * 1000),
        (1_048_576, 16_384, "x"),
        (1, 1 << 40, "x"),
        (1 << 62, 1, ""),
    ):
        name = f"repeated {rows} rows {columns} columns.ods"
        yield name, ods(head + _ods_row(_ods_cell(text, columns), rows))
    many = _ods_row(_ods_cell("x", 16_384), 1000)
    yield "repeated often.ods", ods(head + many * 2000)
    yield "repeated less than once.ods", ods(head + _ods_row(_ods_cell("x", -1), -1))
    yield "cells without a place.xlsx", xlsx(HEAD + ("<row>" + "<c><v>1</v></c>" * 2000 + "</row>") * 3000)
    yield "empty cells without a place.xlsx", xlsx(HEAD + ("<row>" + "<c/>" * 16_000 + "</row>") * 1000)
    yield (
        "blanks in ods.ods",
        ods(head + _ods_row(f'<table:table-cell><text:p><text:s text:c="{1 << 40}"/></text:p></table:table-cell>')),
    )


def bombs() -> Iterator[tuple[str, bytes]]:
    """Give what unpacks to far more than it is: text, strings that are told once, zip files in zip files."""
    yield "zeros.xlsx", xlsx(HEAD + " " * (64 << 20))
    yield (
        "long text.xlsx",
        xlsx(f'{HEAD}<row r="3"><c r="A3" t="inlineStr"><is><t>{"x" * (64 << 20)}</t></is></c></row>'),
    )
    text = f"<si><t>{'y' * 30_000}</t></si>"
    used = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 60_000))
    yield "one string often.xlsx", xlsx(HEAD + used, strings=text)
    yield "many strings.xlsx", xlsx(HEAD, strings="<si><t>z</t></si>" * 2_000_000)
    book = xlsx(HEAD)
    for _ in range(9):
        book = zipped({"xl/workbook.xml": book, "[Content_Types].xml": book})
    yield "workbooks in workbooks.xlsx", book
    yield "lying sizes.xlsx", lying(xlsx(HEAD + " " * (16 << 20)))
    yield "same part often.xlsx", _doubled()


def lying(data: bytes) -> bytes:
    """Say in a zip file's own list that every part has ten bytes unpacked."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def _doubled() -> bytes:
    out = io.BytesIO()
    parts = _xlsx_parts(HEAD, "xl/worksheets/sheet1.xml", "", "")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            for _ in range(200):
                book.filelist.append(book.filelist[-1]) if book.filelist and name in book.NameToInfo else book.writestr(
                    zipfile.ZipInfo(name), text
                )
    return out.getvalue()


def outside() -> Iterator[tuple[str, bytes]]:
    """Give what names things outside, or names itself: entities, links, paths."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    said = '<row r="3"><c r="A3" t="inlineStr"><is><t>{}</t></is></c><c r="B3"><v>2020</v></c></row>'
    yield "entities.xlsx", xlsx(HEAD + said.format("&l11;"), before=f"<!DOCTYPE a [{laughs}]>")
    yield (
        "a file as entity.xlsx",
        xlsx(HEAD + said.format("&e;"), before='<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    )
    yield (
        "an address as entity.ods",
        ods(_ods_row(_ods_cell("&e;")), before='<!DOCTYPE a [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x">%e;]>'),
    )
    parts = _xlsx_parts(HEAD, "xl/worksheets/sheet1.xml", "", "")
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    for name, target in (
        ("passwd", "file:///etc/passwd"),
        ("above", "../../../../../etc/passwd"),
        ("net", "http://127.0.0.1:9/x"),
    ):
        linked = relations.replace('Target="worksheets/sheet1.xml"', f'Target="{target}" TargetMode="External"')
        yield f"a sheet that lies outside, {name}.xlsx", zipped(parts | {"xl/_rels/workbook.xml.rels": linked})
    outer = parts | {
        "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"><externalBook/></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations.replace(
            "worksheets/sheet1.xml", "file:///etc/passwd"
        ),
    }
    yield "external link.xlsx", zipped(outer)
    yield "a part that lies above.xlsx", zipped(parts | {"../../above.txt": "x", "/etc/absolute.txt": "x"})


def sheets() -> Iterator[tuple[str, bytes]]:
    """Give sheets without number, without a part that they need, with a name that writes to the terminal, and deep."""
    yield "twenty thousand sheets.xlsx", many_sheets(20_000)
    yield "nine thousand sheets.xlsx", many_sheets(9_000)
    parts = _xlsx_parts(HEAD, "xl/worksheets/sheet1.xml", "", "")
    odd = str(parts["xl/workbook.xml"]).replace('name="a"', 'name="&#27;[31m&#x202e;red&#10;line"')
    yield "a sheet with a name that writes.xlsx", zipped(parts | {"xl/workbook.xml": odd})
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/worksheets/sheet1.xml"):
        empty = {name: ("" if name == part else text) for name, text in parts.items()}
        yield f"empty {part.replace('/', ' ')}.xlsx", zipped(empty)
        yield f"without {part.replace('/', ' ')}.xlsx", zipped({n: t for n, t in parts.items() if n != part})
    deep = "<a>" * 200_000 + "</a>" * 200_000
    yield "deep.xlsx", xlsx(HEAD + deep)
    yield "deep without end.ods", ods("<table:table-row>" * 200_000)


def cut_off() -> Iterator[tuple[str, bytes]]:
    """Give whole workbooks cut off or with bytes turned, always the same ones."""
    chance = random.Random(0)  # noqa: S311
    for name, whole in (("xlsx", xlsx(HEAD)), ("ods", ods(_ods_row(_ods_cell("Title") + _ods_cell("Year"))))):
        for n in range(12):
            yield f"cut off {n}.{name}", whole[: chance.randrange(4, len(whole))]
            spoilt = bytearray(whole)
            for _ in range(1 + n):
                spoilt[chance.randrange(4, len(spoilt))] = chance.randrange(256)
            yield f"turned {n}.{name}", bytes(spoilt)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b">\x00\x03\x00\xfe\xff\x09\x00"
    yield "old, of nothing.xls", old + bytes(512)
    yield "old, of ones.xls", old + b"\xff" * 4096
    for n in range(12):
        yield f"old, of chance {n}.xls", old + chance.randbytes(2000)


WAYS: tuple[Callable[[], Iterator[tuple[str, bytes]]], ...] = (
    far_cells, repeated, bombs, outside, sheets, cut_off,
)  # fmt: skip


def hostile_workbooks() -> Iterator[tuple[str, bytes]]:
    """Give the name and the bytes of every hostile workbook; the names fit every file system and are told once each."""
    for way in WAYS:
        yield from way()
