"""Which forms of export are known, and which of them a file is, judged by its content, never by its name.

Beside the forms are the folders that are read as a whole, and what an export could hold and does not, with the way to
get it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benang.errors import BenangError, Problem, argument, nearest
from benang.locale.writing import Worded, worded
from benang.readers import Reading, Source, other_json, refuse_stranger, shown, stranger
from benang.readers.bibtex import is_bibtex, read_bibtex
from benang.readers.corpus_file import NAME as CORPUS_FILE
from benang.readers.corpus_file import is_corpus_file, read_corpus_file
from benang.readers.counted_text import (
    is_cochrane_text,
    is_ovid,
    is_proquest_text,
    read_cochrane_text,
    read_ovid,
    read_proquest_text,
)
from benang.readers.csl_json import is_crossref, is_csl_json, read_crossref, read_csl_json
from benang.readers.csv_exports import reads, recognises
from benang.readers.endnote import (
    is_endnote_tagged,
    is_endnote_xml,
    is_refworks,
    read_endnote_tagged,
    read_endnote_xml,
    read_refworks,
)
from benang.readers.eppi_json import is_eppi_json, read_eppi_json
from benang.readers.excel import is_workbook, read_workbook
from benang.readers.medline import is_europe_pmc, is_medline, read_europe_pmc, read_medline
from benang.readers.openalex import is_openalex, read_openalex
from benang.readers.openalex_snapshot import is_openalex_snapshot, read_openalex_snapshot
from benang.readers.opening import ZIP
from benang.readers.own_fields import NAME as OWN_TABLE
from benang.readers.own_fields import is_own_table
from benang.readers.pdf import is_pdf, read_pdf
from benang.readers.plain_columns import TABLE_NAME
from benang.readers.plain_table import is_table, read_any_table, read_own_table
from benang.readers.ris_and_wos import is_ris, is_wos, read_ris, read_wos
from benang.readers.table_forms import TABLE_FORMS
from benang.readers.xml_exports import is_pubmed_xml, read_pubmed_xml
from benang.records.corpus import Corpus
from benang.records.corpus_files import is_corpus_folder, read_corpus
from benang.records.file_accounts import carried_by_file


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: its name, how it is recognised, its reader, and how a user gets it.

    `recognises` is given the first 64 KiB of the text; of a `binary` form, the first 64 KiB with a character a byte.
    """

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[Source], Reading]
    export: str
    binary: bool = False


FORMS = (
    Form("RIS", is_ris, read_ris, "almost every database, journal and reference manager offers it (Export, RIS)"),
    *(Form(table.name, recognises(table), reads(table), table.export) for table in TABLE_FORMS),
    Form(OWN_TABLE, is_own_table, read_own_table, "benang records FILES -o records.csv"),
    Form(
        TABLE_NAME,
        is_table,
        read_any_table,
        "any CSV or TSV with a header; its columns are recognised by it, or named with --columns",
    ),
    Form("Excel", is_workbook, read_workbook, "any of these tables, or any other table, as an Excel file", binary=True),
    Form("Web of Science plain text", is_wos, read_wos, "in Web of Science: Export, Plain text file, Full record"),
    Form("BibTeX", is_bibtex, read_bibtex, "databases and reference managers offer it (Export, BibTeX)"),
    Form("MEDLINE", is_medline, read_medline, "in PubMed: Save, Format PubMed or nbib; in ERIC: Export, NBIB"),
    Form(
        "EndNote tagged (.enw)",
        is_endnote_tagged,
        read_endnote_tagged,
        "in Google Scholar: Cite, EndNote; in EndNote: Export, EndNote Export",
    ),
    Form("RefWorks tagged", is_refworks, read_refworks, "in RefWorks, ProQuest or CNKI: Export, RefWorks"),
    Form(
        "OpenAlex JSON", is_openalex, read_openalex, "api.openalex.org/works, each page saved; or openalex.org: Export"
    ),
    Form("Crossref JSON", is_crossref, read_crossref, "api.crossref.org/works, each page saved"),
    Form("Europe PMC JSON", is_europe_pmc, read_europe_pmc, "Europe PMC's API with format=json&resultType=core"),
    Form("EPPI-Reviewer JSON", is_eppi_json, read_eppi_json, "in EPPI-Reviewer: Reports, JSON report"),
    Form("CSL-JSON", is_csl_json, read_csl_json, "in Zotero: Export, CSL JSON; benang records FILES -o records.json"),
    Form("EndNote XML", is_endnote_xml, read_endnote_xml, "in EndNote or Mendeley: Export, XML"),
    Form("PubMed XML", is_pubmed_xml, read_pubmed_xml, "PubMed's E-utilities: efetch with retmode=xml"),
    Form("ProQuest text", is_proquest_text, read_proquest_text, "in ProQuest: Save, Text only"),
    Form("Cochrane text", is_cochrane_text, read_cochrane_text, "in the Cochrane Library: Export, Plain text"),
    Form("Ovid text", is_ovid, read_ovid, "in Ovid: Export, EndNote or Citavi"),
    Form(
        "corpus file",
        is_corpus_file,
        read_corpus_file,
        "a text with one document per line, like VOSviewer's corpus file",
    ),
    Form("PDF", is_pdf, read_pdf, "the paper itself, with text that can be selected in it", binary=True),
)
"""The forms that are known, one line each."""

_HEAD = 65_536


def binary_form(data: bytes) -> Form | None:
    """Recognise the form of a file that is no text; None for a text.

    Raises
    ------
    BenangError
        For a file of another kind that is known, a picture say.
    """
    refuse_stranger(data)
    head = data[:_HEAD]
    if head.startswith(ZIP):
        head += data[_HEAD:][-_HEAD:]  # what a zip file holds is listed at its end
    return next((form for form in FORMS if form.binary and form.recognises(head.decode("latin-1"))), None)


def form_named(name: str) -> Form:
    """Return the form that a user names, without regard to case.

    Raises
    ------
    BenangError
        Where no form has this name, with the nearest.

    Examples
    --------
    >>> form_named("ris").name
    'RIS'
    """
    by_name = {form.name.casefold(): form for form in FORMS}
    if name.casefold() not in by_name:
        way_on = nearest(name, [form.name for form in FORMS])
        raise BenangError(
            Problem(worded("no export format is called '{name}'", name=name), where=argument("form"), way_on=way_on)
        )
    return by_name[name.casefold()]


def text_form(source: Source) -> Form:
    """Recognise the form of a text.

    Raises
    ------
    BenangError
        Where no form, or more than one, claims it.
    """
    head = source.head
    claims = [form for form in FORMS if not form.binary and form.recognises(head)]
    if len(claims) == 1:
        return claims[0]
    if claims:
        both = [f"'{form.name}'" for form in claims]
        one, other = (argument("form", value=f"'{form.name}'") for form in claims[:2])
        way_on = worded("Say which: {one} or {other} (in review.toml: forms).", one=one, other=other)
        raise BenangError(Problem(worded("a file that could be {names}", names=both), where=source.name, way_on=way_on))
    if known := stranger(head):
        raise BenangError(Problem(known[0], where=source.name, expected="an export", way_on=known[1]))
    if other := other_json(head):
        layout = worded("`benang layout` lays out a network made elsewhere.")
        way_on = layout if "VOSviewer" in other else known_forms()
        raise BenangError(Problem(other, where=source.name, expected="an export of records", way_on=way_on))
    begins = next((line for line in head.split("\n") if line.strip()), "")
    raise BenangError(
        Problem(
            worded("a file that begins with {text}", text=shown(begins)),
            where=source.name,
            expected="an export in a format that Benang reads",
            way_on=known_forms(),
        )
    )


def known_forms() -> Worded:
    """Name the forms that can be read, in few words for a message."""
    return worded(
        "Benang reads {n} formats, among them RIS, BibTeX, Excel and the exports of Scopus, Web of "
        "Science, PubMed and OpenAlex (docs/reading.md lists them). Export it again: RIS is offered "
        "almost everywhere.",
        n=len(FORMS),
    )


def named_for(forms: Mapping[str, str], name: str) -> str:
    """Return what is named for a file: under its path, its bare name, or, for all files, under ""."""
    return next((forms[one] for one in (name, name.rpartition("/")[2], "") if one in forms), "")


FolderReader = Callable[[Path, Mapping[str, str]], Corpus]
"""Reads a folder: its path, and the origins of fields."""


def folder_form(path: Path) -> FolderReader | None:
    """Return the reader of a folder that is read as a whole; None for a file, or a folder of files."""
    try:
        if not path.is_dir():
            return None
        return next((reader for recognises, reader in FOLDERS if recognises(path)), None)
    except OSError:  # whoever opens it says why it can't be looked into
        return None


FOLDERS: tuple[tuple[Callable[[Path], bool], FolderReader], ...] = (
    (is_corpus_folder, lambda path, _origins: read_corpus(path)),
    (is_openalex_snapshot, read_openalex_snapshot),
)
"""The folders that are known: how each is recognised, and its reader."""


_SCOPUS = {
    "references": "no cited references in this export: choose 'Include references' under 'Other information'",
    "abstract": "no abstracts in this export: choose 'Abstract' under 'Abstract & keywords'",
    "author_keywords": "no author keywords in this export: choose 'Author keywords' under 'Abstract & keywords'",
    "affiliations": "no affiliations in this export: choose 'Affiliations' under 'Bibliographical information'",
}
_WOS = {
    "references": "no cited references in this export: choose full record and cited references",
    "abstract": "no abstracts in this export: choose full record",
    "author_keywords": "no author keywords in this export: choose full record",
    "affiliations": "no affiliations in this export: choose full record",
}
_ALL_FIELDS = {"abstract": "no abstracts in this export: choose all fields where the database offers it"}
_SCHOLAR = (
    "no keywords in this export: Google Scholar provides none, so add them in the review's keywords.csv, or map "
    "the terms in titles"
)
_ADVICE: Mapping[str, Mapping[str, str]] = {
    "scopus": _SCOPUS,
    "web of science": _WOS,
    "dimensions": _ALL_FIELDS
    | {"references": "no cited references in this export: choose 'Export for bibliometric mapping'"},
    "lens": _ALL_FIELDS | {"references": "no cited references in this export: choose all fields"},
    "openalex": {"references": "no cited references in these works: ask OpenAlex for whole works, with no `select`"},
    "publish or perish": {"author_keywords": _SCHOLAR},
    "google scholar": {"author_keywords": _SCHOLAR},
    "pubmed": {"abstract": "no abstracts in this export: choose the format PubMed (nbib) or XML"},
}
_KEYWORDS = (
    "no keywords in this export: a map of keywords needs them, so select them when you export, or map the terms in "
    "titles and abstracts"
)


def missing_fields(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Say for each file which fields its form can carry, but none of its records does, with the way to get them.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import FileAccount, Ledger
    >>> from benang.records.record import Record
    >>> records = [Record("a", title="Kota", abstract="…", author_keywords=("kota",), affiliations=("UGM",),
    ...                   database="Web of Science", file="wos.txt")]
    >>> account = FileAccount("wos.txt", "Web of Science plain text", "", found=1, read=1)
    >>> missing_fields(corpus_of(records, ledger=Ledger((account,))))
    {'wos.txt': ('no cited references in this export: choose full record and cited references',)}
    """
    counts = carried_by_file(corpus)
    databases = dict(
        zip(corpus.works.column("file").to_pylist(), corpus.works.column("database").to_pylist(), strict=True)
    )
    notes_of: dict[str, tuple[str, ...]] = {}
    for account in corpus.ledger.files:
        carried = counts.get(account.path)
        if carried and account.format != CORPUS_FILE:  # which has texts and nothing else, and can have nothing else
            database = f"{account.format} {databases[account.path]}".lower()
            advice = next((advice for name, advice in _ADVICE.items() if name in database), {})
            notes_of[account.path] = _missing_notes(carried, advice)
    return {file: notes for file, notes in notes_of.items() if notes}


def _missing_notes(carried: Mapping[str, int], advice: Mapping[str, str]) -> tuple[str, ...]:
    notes = [note for name, note in advice.items() if not carried[name]]
    if "author_keywords" not in advice and not carried["author_keywords"] and not carried["index_keywords"]:
        notes.append(_KEYWORDS)
    return tuple(notes)
