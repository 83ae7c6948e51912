"""A review begins: a folder with plan, codebook and cases that explain themselves, exports and papers in place."""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benang.errors import BenangError, Problem, argument, in_unicode, unknown
from benang.files import read_bytes
from benang.judgements.store import file_name
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.network.network import Network
from benang.progress import Progress, silent
from benang.readers.opening import name_of
from benang.readers.paper_forms import is_paper
from benang.readers.registry import read_files
from benang.records.corpus import Corpus
from benang.records.duplicates.joining import works_of
from benang.records.paper import paper_of
from benang.review.beginning import KINDS, Beginning, ReviewKind, beginning_files, check_free, write_folder
from benang.review.plan import CodeMap, MapChart, Plan, TermMap
from benang.safe_files import is_reserved
from benang.screening.searches import database_of
from benang.tasks.account import Account, in_shell, listing

FOLDERS = ("sources", "papers", "documents", "judgements")
_LEAST = 2
"""Items of a map at least."""
_PASSED_OVER = (".", "~$")
"""How names begin that Benang takes for hidden ones."""
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]')
"""Characters that Windows takes in no name; what another system calls a file so can't be copied there."""


@dataclass(frozen=True, kw_only=True)
class BeginRequest:
    """What a new review is called and asks, who codes, and which exports and papers go into its folder."""

    folder: Path
    title: str
    question: str
    kind: ReviewKind
    language: Language = "en"
    reviewers: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Begun:
    """A review that has begun: the names of the files that were written, how many records there are, what is next."""

    folder: Path
    files: tuple[str, ...]
    n_records: int
    account: Account


def begin(request: BeginRequest, *, progress: Progress = silent) -> Begun:
    """Write the folder of a new review, whole or not at all; the files named are copied, and stay where they are.

    Exports go to `sources/`, papers (PDF, Word, HTML) to `papers/`. Maps that the exports don't hold enough for stand
    in the plan as remarks, so that it builds at once.

    Raises
    ------
    BenangError
        For a folder that is not empty, an unknown kind of review, a name that no coder can have, and every file that is
        neither an export nor a paper. Then nothing has been written.
    """
    _check(request)
    check_free(request.folder)
    progress("Reading the exports", 0.0)
    papers = tuple(path for path in dict.fromkeys(request.files) if is_paper(str(path), read_bytes(path)))
    exports = tuple(path for path in dict.fromkeys(request.files) if path not in papers)
    records = _records(exports, progress) if exports else None
    corpus = works_of(records).corpus if records else None
    beginning = Beginning(
        title=_in_line(request.title),
        question=_in_line(request.question),
        kind=request.kind,
        language=request.language,
        reviewers=_reviewers(request.reviewers),
        records={one.key: str(paper_of(one)) for one in corpus.records} if corpus else {},
    )
    progress("Trying the maps", 0.7)
    lacking = tuple(_lacking(beginning, corpus)) if corpus else ()
    copies = _copied("sources", exports)
    databases = dict(zip(copies, _databases(exports, records), strict=True)) if records else {}
    texts = beginning_files(replace(beginning, lacking=lacking, exports=databases))
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    files |= copies | _copied("papers", papers)
    progress("Writing the folder", 0.9)
    write_folder(request.folder, files, FOLDERS)
    n_records = len(records) if records else 0
    return Begun(request.folder, tuple(files), n_records, _account(request, tuple(files), n_records, lacking))


def check_folder(folder: Path) -> None:
    """Refuse a folder in which no review can begin, before anything else is asked.

    Raises
    ------
    BenangError
        As `begin` does.
    """
    check_free(folder)


def _check(request: BeginRequest) -> None:
    problems = [
        Problem("an empty text", where=argument(name), way_on="Use a few words; you can change them later.")
        for name, text in (("title", request.title), ("question", request.question))
        if not text.strip()
    ]
    if problems:
        raise BenangError(*problems)
    if request.kind not in KINDS:
        known = worded("one of {names}", names=", ".join(KINDS))
        raise unknown(request.kind, KINDS, where=argument("kind"), expected=known)


def _in_line(text: str) -> str:
    return " ".join(in_unicode(text).split())


def _reviewers(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of those who code, each once; the log of each must have a name that a file can have."""
    by_file: dict[str, str] = {}
    for name in filter(None, map(_in_line, names)):
        by_file.setdefault(file_name(name), name)
    return tuple(by_file.values())


def _records(exports: Sequence[Path], progress: Progress) -> Corpus:
    read = read_files(*exports, progress=progress)
    if read.unread:
        expected = "an export of a database, or a paper as PDF, DOCX or HTML"
        raise BenangError(
            *(
                Problem(one.found, where=one.where or unread.path, expected=expected, way_on=one.way_on)
                for unread in read.unread
                for one in unread.error.problems
            )
        )
    return read.corpus


def _databases(exports: Sequence[Path], records: Corpus) -> Iterator[str]:
    """Give the database of each export; nothing where it names none."""
    for path in exports:
        name = name_of(path)
        yield database_of(one for one in records.records if one.file == name or one.file.startswith(f"{name}/"))


def _lacking(beginning: Beginning, corpus: Corpus) -> Iterator[str]:
    """Name the maps of the plan that these records don't hold enough for, and the charts that their maps can't show."""
    from benang.analyses import analysis_network  # with all that makes maps, which no status of a review needs
    from benang.tasks.build.asked import check_charts
    from benang.tasks.build.steps import analysis_of

    plan = Plan.model_validate(tomllib.loads(beginning_files(beginning)["review.toml"]))
    networks: dict[str, Network] = {}
    for one in plan.maps:
        with contextlib.suppress(BenangError):
            network = analysis_network(corpus, analysis_of(one)) if not isinstance(one, TermMap | CodeMap) else None
            if network is not None and len(network) >= _LEAST:
                networks[one.name] = network
    yield from (f"maps/{one.name}" for one in plan.maps if one.name not in networks)
    for chart in plan.charts:
        if isinstance(chart, MapChart) and chart.map in networks:
            try:
                check_charts(plan.model_copy(update={"charts": (chart,)}), networks)
            except BenangError:
                yield f"charts/{chart.name}"


def _copied(folder: str, paths: Iterable[Path]) -> dict[str, bytes]:
    """Return what files hold by their names in a folder of the review; names that clash get numbers."""
    copied: dict[str, bytes] = {}
    taken: set[str] = set()
    for path in paths:
        name = free_name(in_unicode(path.name), taken)
        taken.add(name.casefold())
        copied[f"{folder}/{name}"] = read_bytes(path)
    return copied


def free_name(name: str, taken: set[str]) -> str:
    """Return a name that no file has yet and every system takes, and that Benang does not pass over.

    Examples
    --------
    >>> free_name("scopus: 12 March?.csv", set()), free_name("Scopus.csv", {"scopus.csv"}), free_name("NUL.csv", set())
    ('scopus- 12 March-.csv', 'Scopus-2.csv', 'NUL-1.csv')
    """
    name = _UNSAFE.sub("-", name).rstrip(" .")
    while name.startswith(_PASSED_OVER):
        name = name[1:]
    stem, suffix = Path(name).stem or "file", Path(name).suffix
    if is_reserved(name):
        stem = f"{stem}-1"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}{suffix}" for n in range(1, len(taken) + 2))
    return next(one for one in names if one.casefold() not in taken)


def _account(request: BeginRequest, files: Sequence[str], n_records: int, lacking: Sequence[str]) -> Account:
    _, language = translator(request.language), request.language
    exports, papers = ([name for name in files if name.startswith(folder)] for folder in ("sources/", "papers/"))
    maps = [name.removeprefix("maps/") for name in lacking if name.startswith("maps/")]
    contents = [
        _("{file}: the plan").format(file="review.toml"),
        _("{file}: the codes you use").format(file="codebook.toml"),
    ]
    if "cases.toml" in files:
        contents.append(_("{file}: the cases you compare").format(file="cases.toml"))
    if "searches.toml" in files:
        contents.append(_("{file}: where and how you searched").format(file="searches.toml"))
    if exports:
        text = (
            _("{folder}: {n} exports, {records} records")
            if len(exports) > 1
            else _("{folder}: 1 export, {records} records")
        )
        contents.append(text.format(folder="sources/", n=len(exports), records=numeral(n_records, language, 0)))
    if papers:
        text = _("{folder}: {n} papers") if len(papers) > 1 else _("{folder}: 1 paper")
        contents.append(text.format(folder="papers/", n=len(papers)))
    if maps:
        text = _("maps for which your exports contain too little data are in the plan as comments: {maps}")
        contents.append(text.format(maps=", ".join(maps)))
    begun = _("Started a review in {folder}.").format(folder=request.folder)
    steps = [f"{number}. {step}" for number, step in enumerate(_steps(request, files), 1)]
    return Account(notes=(listing(contents, begun), listing(steps, _("What to do next:"))))


def _steps(request: BeginRequest, files: Sequence[str]) -> Iterator[str]:
    _, folder = translator(request.language), in_shell(request.folder)
    if not any(name.startswith("sources/") for name in files):
        yield _("Put the exports of your databases into {folder}.").format(folder=request.folder / "sources")
    if "searches.toml" in files:
        yield _("Note in searches.toml where, when and how you searched.")
        text = _("Write your criteria into review.toml, then screen the records: {command}")
        coder = " --coder NAME" if len(_reviewers(request.reviewers)) > 1 else ""
        yield text.format(command=f"benang screen {folder}{coder}")
    if request.kind != "bibliometric":
        if any(name.startswith("papers/") for name in files):
            yield _("Extract the text of the papers: {command}").format(command=f"benang documents {folder}")
        else:
            text = _("Put papers (PDF) into {folder} and extract their text: {command}")
            yield text.format(folder=request.folder / "papers", command=f"benang documents {folder}")
        names = _("codebook.toml and cases.toml") if request.kind == "cases" else "codebook.toml"
        yield _("Open {files} in a text editor and replace the examples with your own.").format(files=names)
        text = _("Code passages in a spreadsheet: {sheet}; when it is filled in: {import_it}")
        sheet = f"benang code sheet {folder} -o codings.xlsx"
        yield text.format(sheet=sheet, import_it=f"benang code import codings.xlsx --review {folder}")
    yield _("Make the maps, tables and report: {command}").format(command=f"benang build {folder}")
    yield _("See the state of the review and the next step at any time: {command}").format(
        command=f"benang status {folder}"
    )
