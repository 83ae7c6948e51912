"""Any map or network in a file → a page in the browser; in a review with its records and the passages coded in them."""

from __future__ import annotations

import os
import sys
import tempfile
import webbrowser
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
from pathlib import Path

from benang.coding.coded import Coded
from benang.coding.labels import Labels
from benang.errors import BenangError, Misuse, Problem, argument
from benang.evidence import Passage, shown_as
from benang.files import read_bytes, write_together
from benang.locale import Language, translator
from benang.locale.writing import as_worded, joined, worded
from benang.looks import View
from benang.map_files import companions, read_contents
from benang.progress import Progress, part, silent
from benang.project.folder import open_folder
from benang.report.inline import anchor
from benang.review.load import Loaded, load
from benang.tasks.account import Account, Note, check_outputs, with_companions
from benang.tasks.explain import coded_in, review_around, work_named
from benang.tasks.from_files import with_places
from benang.viewer.data import ShownMap, ShownPassage
from benang.viewer.page import PAGE, check_built, map_page


@dataclass(frozen=True, kw_only=True)
class ViewRequest:
    """Files of maps and networks, and pages of maps, which are opened as they are.

    `network` has the links of a map file that has none. `review` is the folder of the review that the records belong
    to; by default the one that contains the map. `output` is the page to write, of one file; by default pages are
    written into a new folder among the system's temporary files.
    """

    files: tuple[Path, ...]
    network: Path | None = None
    review: Path | None = None
    output: Path | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Viewed:
    """The pages to open, one for each file, and the account of them, which has their addresses."""

    pages: tuple[Path, ...]
    account: Account


def view_map(request: ViewRequest, *, progress: Progress = silent) -> Viewed:
    """Make a page of each map or network.

    Raises
    ------
    Misuse
        For one page, or one network, of several files; and for a page that would be written over what is read.
    BenangError
        Where the viewer was not built; for files that can't be read, all their problems together, a review that was
        named and has faults, and a page that can't be written.
    """
    files = _apart(request.files)
    if len(files) > 1 and (request.output or request.network):
        option = argument("output" if request.output else "network")
        raise Misuse(worded("{option} goes with one file, and there are {n}.", option=option, n=len(files)))
    if request.output:
        check_outputs([request.output], with_companions(*files, request.network))
    check_built(file.with_suffix(PAGE) for file in files if file.suffix.lower() != PAGE)
    shown: dict[Path, bytes] = {}
    read, problems = list[Note](), list[Problem]()
    for at, file in enumerate(files):
        way = part(progress, at / len(files), (at + 1) / len(files))
        try:
            shown[file], note = _page_of(file, request, way)
            read.append(note)
        except Misuse:
            raise
        except BenangError as error:
            problems += error.problems
    if problems:
        raise BenangError(*problems)
    pages = _places(files, request.output)
    write_together({page: shown[file] for page, file in zip(pages, files, strict=True) if page != file})
    _ = translator(request.language)
    links = tuple(Note(_("Opening {address}").format(address=address_of(page))) for page in pages)
    return Viewed(pages, Account(tuple(read), notes=links, files=pages if request.output else ()))


def address_of(page: Path) -> str:
    """Return the address of a page for a browser."""
    return page.resolve().as_uri()


def open_in_browser(page: Path) -> bool:
    """Open a page in the browser that $BROWSER names, else in the system's; tell whether there is one.

    A system without a screen may have a browser for the terminal, in which no map can be shown: it is left alone.
    """
    has_screen = any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not has_screen:
        return False
    return webbrowser.open(address_of(page))


def _apart(files: Sequence[Path]) -> tuple[Path, ...]:
    """Leave out the files that are read with another one: the network of a map file, say."""
    beside = {one for file in files for one in companions(file)}
    return tuple(file for file in dict.fromkeys(files) if file not in beside)


def _places(files: Sequence[Path], output: Path | None) -> tuple[Path, ...]:
    """Return where the page of each file goes; a page that is opened as it is stays where it is."""
    if output:
        return (output,)
    if all(file.suffix.lower() == PAGE for file in files):
        return tuple(files)
    folder, taken = Path(tempfile.mkdtemp(prefix="benang-")), set[str]()
    places = []
    for file in files:
        names = (f"{file.stem}{'' if n == 1 else f'-{n}'}{PAGE}" for n in count(1))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        places.append(file if file.suffix.lower() == PAGE else folder / name)
    return tuple(places)


def _page_of(file: Path, request: ViewRequest, progress: Progress) -> tuple[bytes, Note]:
    """Return the page of a map in a file, and what was read."""
    _ = translator(request.language)
    if file.suffix.lower() == PAGE:
        return _made_before(file), Note(_("{file}: the page of a map").format(file=file))
    progress("Reading", 0.0)
    contents = read_contents(file, request.network)
    map_, notes = with_places(contents, request.language, progress=part(progress, 0.2, 0.7))
    view = View(language=request.language)
    shown = ShownMap(map=map_, title=file.stem.replace("_", " "), language=request.language, view=view, notes=notes)
    folder = request.review or review_around(file)
    remarks: list[str] = [*contents.notes, *notes]
    if folder is not None and map_.network.incidence is not None:
        progress("Reading the review", 0.7)
        report = None if request.output else _report(file, folder)
        try:
            shown = with_review(shown, folder, report=report)
        except BenangError as error:
            if request.review is not None:
                raise
            text = _("The review in {folder} can't be read: its records are shown by their citations alone.")
            remarks += [
                text.format(folder=folder),
                *(problem.in_language(request.language) for problem in error.problems),
            ]
    progress("Writing", 0.9)
    return map_page(shown), Note(joined((str(file), as_worded(contents.form)), ": "), tuple(remarks))


def _made_before(file: Path) -> bytes:
    page = read_bytes(file)
    if b"data-benang-map" not in page:
        way_on = "Give the file of the map, such as map.json."
        raise BenangError(Problem("an HTML page without a map of Benang's", where=str(file), way_on=way_on))
    return page


def _report(file: Path, folder: Path) -> Path | None:
    """Return the report that was built with a map in the folder of the outputs, else that of the review."""
    built = [file.resolve().parent.parent / "report.html", folder / "out" / "report.html"]
    return next((one for one in built if one.is_file()), None)


def with_review(shown: ShownMap, folder: Path, *, report: Path | None = None) -> ShownMap:
    """Return what is shown of a map with the records of a review and the passages that were coded in them.

    Where the `report` has a page about the case of a passage, its address comes along.

    Raises
    ------
    BenangError
        Where the folder is no review, or has faults.
    """
    return with_loaded(shown, load(open_folder(folder)), report=report)


def with_loaded(shown: ShownMap, loaded: Loaded, *, report: Path | None = None) -> ShownMap:
    """Return what is shown of a map with the records of a review that is open, as `with_review`."""
    network = shown.map.network
    keys = {key: work_named(key, loaded, network.unit) for key in network.records}
    coded = coded_in(loaded)
    labels = Labels(loaded.codebook, loaded.cases, loaded.corpus, loaded.plan.language)
    links = _links(report, (passage.case for passage in coded.passages.values()))

    def link(same: Sequence[Passage]) -> str:
        return next((links[one.case] for one in same if one.case in links), "")

    return with_coded(replace(shown, corpus=loaded.corpus, keys=keys), coded, labels, link)


Link = Callable[[Sequence[Passage]], str]
"""The address of a quotation, given all its codings; "" for none."""


def with_coded(shown: ShownMap, coded: Coded, labels: Labels, link: Link) -> ShownMap:
    """Return what is shown of a map with the passages that were coded in its records; cases come with their names."""
    network = shown.map.network
    of_key: dict[str, list[Passage]] = defaultdict(list)
    for passage in coded.passages.values():
        of_key[passage.case if network.unit == "cases" else coded.study(passage)].append(passage)
    own = {key: of_key.get(shown.keys.get(key, key), ()) for key in network.records}
    if network.unit == "cases":
        network = replace(network, record_labels=tuple(map(labels.case, network.records)))
    return replace(
        shown,
        map=replace(shown.map, network=network),
        passages={key: _passages(some, coded, labels, link) for key, some in own.items() if some},
    )


def _passages(passages: Sequence[Passage], coded: Coded, labels: Labels, link: Link) -> tuple[ShownPassage, ...]:
    """Return each quotation once, with all its codes and cases, in the order of the documents."""
    ordered = sorted(passages, key=lambda one: (*shown_as(one), one.id))
    return tuple(_passage(tuple(same), coded, labels, link) for _, same in groupby(ordered, key=shown_as))


def _passage(same: Sequence[Passage], coded: Coded, labels: Labels, link: Link) -> ShownPassage:
    _, passage = translator(labels.language), same[0]
    document = coded.documents[passage.document]
    cases = dict.fromkeys(labels.case(one.case) for one in same)
    page = document.page(passage.start)
    where = [
        ", ".join(cases),
        passage.document + (_(" (p. {page})").format(page=page) if page else ""),
        _("note on a secondary account") if document.is_secondary else "",
        _("from the abstract") if document.is_abstract else "",
        _("reported for several cases together") if passage.scope == "group" else "",
        passage.coder,
    ]
    return ShownPassage(
        " ".join(passage.quote.split()),
        tuple(dict.fromkeys(labels.coded_as(one) for one in same)),
        " · ".join(filter(None, where)),
        link(same),
    )


def _links(report: Path | None, cases: Iterable[str]) -> dict[str, str]:
    """Return the addresses of cases in a report, of those that it has."""
    if report is None:
        return {}
    text, address = read_bytes(report).decode("utf-8", "replace"), report.resolve().as_uri()
    anchors = {case: anchor("case", case) for case in cases}
    return {case: f"{address}#{one}" for case, one in anchors.items() if f'id="{one}"' in text}
