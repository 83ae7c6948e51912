"""The matrices of a review as pictures: cases by codes, and cases by the items of frameworks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from benang.coding.cases import OUTCOME, Case, Cases, text_of
from benang.coding.codebook import Code, Codebook, Framework
from benang.figures import PAGE, Paths, styled
from benang.figures.code_bars import code_name, judged_note, parted_by_side, population
from benang.figures.matrix_drawing import draw_grid, has_both, is_mentioned, state_key
from benang.figures.matrix_layout import FRAMED, Band, Block, Column, Grid, MatrixRow
from benang.figures.page import KeyEntry, empty_figure
from benang.figures.saving import save_figure
from benang.locale import Language, Translator, translator
from benang.locale.writing import numeral
from benang.ranges import check
from benang.synthesis.findings import Cell, CodeTable, Matrix, State
from benang.synthesis.wording import state_words

_TIGHT_ROW = 3.2  # mm: with 24 cases, headings and notes, it then fits one page


def plot_case_matrix(
    matrix: Matrix,
    cases: Cases,
    codebook: Codebook,
    *,
    language: Language = "en",
    width: float = PAGE,
    rows_by: str = OUTCOME,
    table: CodeTable | None = None,
    path: Paths = None,
) -> Figure:
    """Draw cases × codes, such as failure factors: what is found in which case.

    Columns form a block for each side (internal, external), most cases first. A frame holds neighbouring cases that one
    account reports together: it is one account, however many cases it touches. The foot gives the number of cases for
    each code, and how many of them were reported as a group.

    Parameters
    ----------
    matrix
        Cases × codes of one group.
    cases
        Labels, values and studies of the cases.
    codebook
        Labels of codes, of their sides, and of the levels of the variable `outcome`.
    language
        Of labels and texts; a label that lacks the language stays English.
    width
        In mm as printed. Many columns make the figure wider, few make it narrower: columns are 2.7 to 7 mm wide.
    rows_by
        The variable that rows are gathered by.
    table
        The same codes counted: where given, the foot tells the number of studies too.
    path
        Files to write: .png, .svg, .pdf.
    """
    check(width=width)
    _ = translator(language)
    title = _("Cases and codes")
    with styled():
        listed = _listed(matrix, cases)
        if not matrix.cases or not matrix.columns:
            return save_figure(empty_figure(_("There are no coded cases to show."), width=width, title=title), path)
        codes = {key: codebook.by_id.get(key, Code(id=key, group="", label=key)) for key in matrix.columns}
        foot, totals = _foot(matrix, {"evidence": _("cases")}, language, table)
        if any(map(_is_against, matrix.cells.values())):
            foot = (*foot, (_("cases with counter-evidence"), False))
            against = Counter(column for (_case, column), cell in matrix.cells.items() if _is_against(cell))
            totals = {column: (*counts, str(against[column])) for column, counts in totals.items()}
        grid = Grid(
            bands=_bands(listed, matrix, codebook, rows_by, language, _, totals=True),
            blocks=_sides(totals, codes, codebook, language),
            cells=matrix.cells,
            totals=((_("codes reported"), False),),
            foot=foot,
        )
        notes = [*population(listed, _grouped(matrix), _), *judged_note(codes.values(), _)]
        return save_figure(draw_grid(grid, key=_key(grid, language), notes=notes, width=width, title=title), path)


def plot_framework_matrix(
    matrix: Matrix,
    frameworks: Sequence[Framework],
    cases: Cases,
    codebook: Codebook,
    *,
    language: Language = "en",
    width: float = PAGE,
    rows_by: str = OUTCOME,
    path: Paths = None,
) -> Figure:
    """Draw cases × items of frameworks in four states, each framework under its name and source.

    Where a page has no room for all items side by side, they are rows and the cases columns. The foot, or the right
    rim, gives the number of cases with evidence and with counter-evidence for each item. A note says whose reading of
    the codes this is.

    Parameters
    ----------
    matrix
        Cases × FRAMEWORK/ITEM.
    frameworks
        The frameworks in the order in which they shall stand.
    cases
        Labels, values and studies of the cases.
    codebook
        Levels of the variable `outcome`, and how codes read in frameworks.
    language
        Of labels and texts; a label that lacks the language stays English.
    width
        In mm as printed. Many columns make the figure wider, few make it narrower: columns are 2.7 to 7 mm wide.
    rows_by
        The variable that rows are gathered by.
    path
        Files to write: .png, .svg, .pdf.
    """
    check(width=width)
    _ = translator(language)
    title = _("Cases and frameworks")
    with styled():
        states: dict[State, str] = {
            "evidence": _("cases with evidence"),
            "counter-evidence": _("cases with counter-evidence"),
        }
        foot, totals = _foot(matrix, states, language)
        blocks = tuple(
            block for framework in frameworks if (block := _framework(framework, totals, language, _)).columns
        )
        if not matrix.cases or not blocks:
            message = _("There are no frameworks for reading the cases.")
            return save_figure(empty_figure(message, width=width, title=title), path)
        listed = _listed(matrix, cases)
        grid = Grid(
            bands=_bands(listed, matrix, codebook, rows_by, language, _),
            blocks=blocks,
            cells=matrix.cells,
            foot=foot,
            row=_TIGHT_ROW,
        )
        notes = [*_reading(codebook, _), *population(listed, _grouped(matrix), _)]
        return save_figure(draw_grid(grid, key=_key(grid, language), notes=notes, width=width, title=title), path)


def _listed(matrix: Matrix, cases: Cases) -> list[Case]:
    """Return the cases of the matrix; one that the list lacks goes by its id."""
    return [cases.by_id.get(key, Case(id=key)) for key in matrix.cases]


def _grouped(matrix: Matrix) -> int:
    """Count the cases reported as a group at least once."""
    return len({case for (case, _column), cell in matrix.cells.items() if cell.is_group and cell.state in FRAMED})


def _is_against(cell: Cell) -> bool:
    """Tell whether passages of a cell contradict its code, whether or not others support it."""
    return cell.state == "counter-evidence" or has_both(cell)


def _has_evidence(matrix: Matrix, case: str, column: str) -> bool:
    return matrix.cells[case, column].state == "evidence"


def _bands(
    listed: Sequence[Case],
    matrix: Matrix,
    codebook: Codebook,
    rows_by: str,
    language: Language,
    _: Translator,
    *,
    totals: bool = False,
) -> tuple[Band, ...]:
    """Gather the cases by a variable: a category in the order of its levels, a text or a year as it comes.

    Outcomes are headings where some case has one.

    Within these, cases stay together whose labels begin with the same text.
    """
    variable = codebook.variable(rows_by)
    levels = variable.levels if variable else ()
    names = {level.id: level.label.text(language) for level in levels}
    outcomes = {case.id: text_of(case.values[rows_by], language) for case in listed if rows_by in case.values}
    names |= {name: name for case in listed if (name := outcomes.get(case.id)) and name not in names}
    names |= {"": _("No outcome given")}
    gathered: dict[str, list[Case]] = {key: [] for key in names}
    for case in _together(listed, codebook, language):
        gathered[outcomes.get(case.id, "")].append(case)

    def row(case: Case) -> MatrixRow:
        total = (str(sum(_has_evidence(matrix, case.id, column) for column in matrix.columns)),) if totals else ()
        return MatrixRow(case.id, case.name(language), total, frozenset(case.studies))

    return tuple(
        Band(f"{names[key]} ({len(cases)})" if rows_by == OUTCOME and outcomes else "", tuple(map(row, cases)))
        for key, cases in gathered.items()
        if cases
    )


def _together(listed: Sequence[Case], codebook: Codebook, language: Language) -> list[Case]:
    """Put cases beside each other whose labels begin with the same text, each where the first of them is."""
    if not codebook.case_label:
        return list(listed)
    texts = {case.id: text_of(case.values.get(codebook.case_label[0], ""), language) for case in listed}
    order = {text: place for place, text in enumerate(dict.fromkeys(texts.values()))}
    return sorted(listed, key=lambda case: order[texts[case.id]])


Foot = tuple[tuple[tuple[str, bool], ...], dict[str, tuple[str, ...]]]
"""Names of the rows of a foot, with True for an aside; totals by column."""


def _foot(matrix: Matrix, states: Mapping[State, str], language: Language, table: CodeTable | None = None) -> Foot:
    """Count for each column the cases in some states, those reported as a group, and the studies where given."""
    _ = translator(language)
    names: list[tuple[str, bool]] = []
    totals: dict[str, list[str]] = {column: [] for column in matrix.columns}
    for state, name in states.items():
        names += [(name, False), (_("of these, reported as a group"), True)] if _grouped(matrix) else [(name, False)]
        for column, counts in totals.items():
            cells = [cell for case in matrix.cases if (cell := matrix.cells[case, column]).state == state]
            counts.append(str(len(cells)))
            counts += [str(sum(cell.is_group for cell in cells) or "")] if _grouped(matrix) else []
    if table is not None:
        studies = {row.code.id: numeral(row.studies.value, language) for row in table.rows}
        names.append((_("studies"), False))
        for column, counts in totals.items():
            counts.append(studies.get(column, ""))
    return tuple(names), {column: tuple(counts) for column, counts in totals.items()}


def _sides(
    totals: Mapping[str, tuple[str, ...]],
    codes: Mapping[str, Code],
    codebook: Codebook,
    language: Language,
) -> tuple[Block, ...]:
    """Part the columns by side, most cases first; codes without a side come last."""
    ordered = sorted(codes.values(), key=lambda code: -int(totals[code.id][0]))
    return tuple(
        Block(heading, tuple(Column(code.id, code_name(code, language), totals[code.id]) for code in members))
        for _side, heading, members in parted_by_side(codebook, ordered, lambda code: code, language)
    )


def _framework(framework: Framework, totals: Mapping[str, tuple[str, ...]], language: Language, _: Translator) -> Block:
    columns = tuple(
        Column(key, item.label.text(language), totals[key])
        for item in framework.items
        if (key := f"{framework.id}/{item.id}") in totals
    )
    source = framework.source.text(language)
    if framework.items_are == "failures":
        source = f"{source}; {_('its items are failures')}"
    return Block(framework.label.text(language), columns, source)


def _reading(codebook: Codebook, _: Translator) -> list[str]:
    """Say whose reading of the codes in the frameworks it is."""
    origins = sorted({reading.origin for reading in codebook.readings} or {"this review"})
    if origins == ["this review"]:
        return [_("This review decides how codes relate to the frameworks; the figure adds no evidence.")]
    return [_("How codes relate to the frameworks was decided by: {origins}.").format(origins=", ".join(origins))]


def _key(grid: Grid, language: Language) -> list[KeyEntry]:
    """Explain what cells of the grid show, and nothing else."""
    _ = translator(language)
    grouped = _("reported as a group: one account for the framed cases")
    both = _("both evidence and counter-evidence") if any(map(has_both, grid.cells.values())) else ""
    mentioned = _("only mentioned") if any(map(is_mentioned, grid.cells.values())) else ""
    there = {cell.state for cell in grid.cells.values()}
    texts = {state: text for state, text in state_words(language).items() if state in there}
    return state_key(texts, grouped, grid.group_states(), both=both, mentioned=mentioned)
