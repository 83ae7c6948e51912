"""A codebook in REFI-QDA's exchange format (`.qdc`), which NVivo, ATLAS.ti, MAXQDA and QualCoder import.

The format (1.0, of 18 March 2019) has a name, a colour, a description and the codes below for each code; rules and
examples stand in the description, under headings of their own.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping

from benang.coding.codebook import Code, Codebook, framework_of
from benang.coding.labels import Branch, code_colours, code_tree
from benang.errors import BenangError, Problem
from benang.locale import Language, translator
from benang.map_files.xml_elements import escaped

_SPACE = "urn:QDA-XML:codebook:1.0"
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:benang:codebook")


def qdc(codebook: Codebook, language: Language = "en", *, version: str = "") -> bytes:
    """Return a codebook as a `.qdc` file. The same codes have the same GUIDs each time.

    Where there are several groups, each is a code that nothing is coded with, with its own below it. Headings, and
    codes that were retired, can't be coded with either. A framework is a set of the codes that read in it. `version` is
    Benang's.

    Raises
    ------
    BenangError
        For a codebook without codes: the format has none.
    """
    groups = [one for one in codebook.groups if code_tree(codebook, one.id)]
    if not groups:
        way_on = "Add one: `benang codebook add FOLDER LABEL`."
        raise BenangError(
            Problem("a codebook without codes can't be a .qdc file", where="codebook.toml", way_on=way_on)
        )
    colours = code_colours(codebook)
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    origin = f"Benang {version}".rstrip()
    lines.append(f'<CodeBook xmlns="{_SPACE}" origin="{escaped(origin)}">')
    lines.append("  <Codes>")
    for group in groups:
        branches = code_tree(codebook, group.id)
        if len(groups) == 1:
            lines += _branches(branches, colours, language, 2)
        else:
            name = _name(group.label.text(language))
            lines.append(f'    <Code guid="{guid("group", group.id)}" name="{name}" isCodable="false">')
            lines += _branches(branches, colours, language, 3)
            lines.append("    </Code>")
    lines += ["  </Codes>", *_sets(codebook, language), "</CodeBook>"]
    return ("\n".join(lines) + "\n").encode("utf-8")


def guid(kind: str, name: str) -> str:
    """Return the GUID of something by its kind and its id: the same for the same.

    Examples
    --------
    >>> guid("code", "rent")
    'a803021b-a035-5c65-a393-93b29eea17ab'
    """
    return str(uuid.uuid5(_IDS, f"{kind}:{name}"))


def described(code: Code, language: Language) -> str:
    """Return the description of a code: its definition, then each rule and the example under a heading.

    Examples
    --------
    >>> print(described(Code(id="rent", group="reasons", label="Rent", definition="The price rises.",
    ...                      exclude="Taxes."), "en"))
    The price rises.
    <BLANKLINE>
    Not for: Taxes.
    """
    _ = translator(language)
    parts = (code.definition, code.include and _("For: {rule}").format(rule=code.include),
             code.exclude and _("Not for: {rule}").format(rule=code.exclude),
             code.example and _("Example: {quote}").format(quote=code.example))  # fmt: skip
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _branches(
    branches: tuple[Branch, ...], colours: Mapping[str, str], language: Language, depth: int
) -> Iterator[str]:
    """Write codes, each with its description before the codes below it, as the schema has it."""
    indent = "  " * depth
    for branch in branches:
        code = branch.code
        colour = f' color="{colours[code.id]}"' if code.id in colours else ""
        codable = str(not (code.heading or code.retired)).lower()
        name = _name(code.label.text(language))
        start = f'{indent}<Code guid="{guid("code", code.id)}" name="{name}" isCodable="{codable}"{colour}'
        text = described(code, language)
        if not text and not branch.under:
            yield f"{start}/>"
            continue
        yield f"{start}>"
        if text:
            yield f"{indent}  <Description>{escaped(text)}</Description>"
        yield from _branches(branch.under, colours, language, depth + 1)
        yield f"{indent}</Code>"


def _sets(codebook: Codebook, language: Language) -> Iterator[str]:
    """Write each framework as a set of the codes that read in it."""
    read = {
        framework.id: dict.fromkeys(
            one.code for one in codebook.readings for item in one.items if framework_of(item) == framework.id
        )
        for framework in codebook.frameworks
    }
    if not any(read.values()):
        return
    yield "  <Sets>"
    for framework in codebook.frameworks:
        if read[framework.id]:
            name = _name(framework.label.text(language))
            yield f'    <Set guid="{guid("framework", framework.id)}" name="{name}">'
            yield from (f'      <MemberCode guid="{guid("code", one)}"/>' for one in read[framework.id])
            yield "    </Set>"
    yield "  </Sets>"


def _name(label: str) -> str:
    return escaped(" ".join(label.split()))
