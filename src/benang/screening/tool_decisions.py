"""What screening tools say of a record → decisions: Rayyan, Covidence, EPPI-Reviewer, ASReview.

Each has its own idea of a decision. Rayyan's are of named reviewers, at one stage, whichever it was used for; the
reasons and labels of a record are shared by all. Covidence gives out lists that were agreed on, and which list it is
stands in the file's name alone (`review_123_irrelevant_csv_….csv`), but for the reason of an exclusion by full text.
EPPI-Reviewer has codes that name the stage. ASReview has one label a record: of whoever used it, and on a server with
the name of that person.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from benang.judgements.acts import restated
from benang.judgements.events import CONSENSUS, STAGES, Completion, Decision, Stage, Verdict
from benang.locale.writing import worded
from benang.records.record import Record
from benang.screening.decision_sheets import Reasons, matched_reason, reasons_of
from benang.screening.protocol import Protocol

Tool = Literal["Rayyan", "Covidence", "EPPI-Reviewer", "ASReview", ""]


@dataclass(frozen=True, slots=True)
class ToolDecision:
    """A decision on a record, as a tool exported it.

    `reviewer` is as the tool has the name, `consensus` where the reviewers agreed on it, empty where nobody is named.
    `stage` is empty where the tool knows but one. `reasons` are in the tool's words.
    """

    tool: Tool
    reviewer: str
    stage: Stage | Literal[""]
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    note: str = ""


_BY_WORD: Mapping[str, Verdict] = {
    "included": "include", "include": "include", "relevant": "include",
    "excluded": "exclude", "exclude": "exclude", "irrelevant": "exclude",
    "maybe": "unsure", "unsure": "unsure", "uncertain": "unsure", "undecided": "unsure",
}  # fmt: skip

_QUOTES = str.maketrans("“”„", '"""')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"(\s{0,9}(?:=>|:))?')
_RAYYAN = re.compile(r"(RAYYAN-INCLUSION|RAYYAN-EXCLUSION-REASONS|RAYYAN-LABELS|USER[- ]NOTES):\s*(.*)", re.IGNORECASE)
_BARE_COMMA = re.compile(r",(?! )")  # Rayyan puts none behind; a reason of its user's may have one

_COVIDENCE_LIST = re.compile(r"(?:\A|[/\\_ ])review_[0-9]+_(screen|select|irrelevant|excluded|included|extract\w*)[_.]")
_OWN_WORDS = "Exclusion reason: "
_EXCLUSION = re.compile(r"exclusion[ _-]reasons?:\s*([^;]*)(;?)\s*(.*)", re.IGNORECASE | re.DOTALL)
_TITLE: Stage = "title-abstract"
_TEXT: Stage = "full-text"

_CODE = re.compile(r"(?:(.{1,120}?): )?(INCLUDE|EXCLUDE|UNSURE|UNCERTAIN|MAYBE)D?\b[\s:,-]{0,9}(.*)", re.IGNORECASE)
_ABOUT_TEXT = re.compile(r"full[ -]?(?:text|report|paper|document)s?|second screen\w*", re.IGNORECASE)
_ABOUT_TITLE = re.compile(
    r"(?:title|abstract|t\s?&\s?a|ti/?ab|first screen\w*)(?:\s*(?:&|and|/|or)\s*(?:title|abstract))?s?", re.IGNORECASE
)
_LINKING = re.compile(r"\A(?:on|by|for|in|because of|due to)\b\s*|\A[\s:&,-]+|[\s:&,-]+\Z", re.IGNORECASE)
_STATUS = re.compile(r"\(?(I|E)\)?(?:\s.*)?|(Included|Excluded) (?:in|from) review", re.IGNORECASE)

_LABEL = re.compile(
    r"asreview[_ ]label(?:\.[0-9]+| \(column [0-9]+\))?:\s*(\S+)|asreview_(relevant|irrelevant)\b", re.IGNORECASE
)
"""A label; of a second column of the same name with the number that a table gets by pandas or when it is read here."""
_PRIOR = re.compile(r"asreview[_ ]prior(?::\s*(\S+))?", re.IGNORECASE)
_TAG = re.compile(r"asreview[_ ]tags?[_ ](.+?):\s*(?:1|1\.0|true)", re.IGNORECASE)
_USER = re.compile(r"asreview[_ ]user[_ ](?:name|email):\s*(.+)", re.IGNORECASE)
_NOTE = re.compile(r"asreview[_ ]note:\s*(.+)", re.IGNORECASE | re.DOTALL)
_INCLUDED = re.compile(r"(?:final[_ ]|label[_ ])?included(?:[_ ](?:label|final|flag))?:\s*(\S+)", re.IGNORECASE)
_YES = frozenset(["1", "1.0", "true", "yes", "y", "x", "ya", "relevant"])
_NO = frozenset(["0", "0.0", "false", "no", "n", "tidak", "irrelevant"])


def tool_decisions(record: Record) -> tuple[ToolDecision, ...]:
    """Return the decisions that an export has on a record; none where nobody has decided.

    Labels or codes that contradict each other are a decision each: whoever takes them in has to say so.

    Examples
    --------
    >>> notes = ('RAYYAN-INCLUSION: {"Ani"=>"Excluded", "Budi"=>"Maybe"}', "RAYYAN-EXCLUSION-REASONS: wrong design")
    >>> for one in tool_decisions(Record("a", decisions=notes)):
    ...     print(one.reviewer, one.verdict, *one.reasons)
    Ani exclude wrong design
    Budi unsure
    >>> [(one.stage, one.verdict, one.reasons) for one in tool_decisions(Record(
    ...     "a", database="Covidence", decisions=("Exclusion reason: Wrong outcome; ",)))]
    [('title-abstract', 'include', ()), ('full-text', 'exclude', ('Wrong outcome',))]
    >>> [one.verdict for one in tool_decisions(Record("a", decisions=("asreview_label: 1",)))]
    ['include']
    """
    if not record.decisions and not record.file.rpartition("/")[2].startswith("review_"):
        return ()  # most records, of most reviews
    texts = [_unescaped(one) for one in record.decisions]
    for read in (_of_rayyan, _of_covidence, _of_asreview, _of_eppi, _of_words):
        if decisions := tuple(read(record, texts)):
            return decisions
    return ()


def decisions_of_export(records: Iterable[Record]) -> list[tuple[Record, ToolDecision]]:
    """Return the decisions in an export, record by record.

    EPPI-Reviewer takes every new record for included: that status is a decision only where others are excluded.
    """
    pairs = [(record, one) for record in records for one in tool_decisions(record)]
    screened = {record.file for record, one in pairs if one.verdict == "exclude"}
    return [
        (record, one)
        for record, one in pairs
        if one.tool != "EPPI-Reviewer" or one.stage or one.verdict != "include" or record.file in screened
    ]


def _unescaped(text: str) -> str:
    """Undo what programs on the way do to quotation marks and arrows."""
    return html.unescape(html.unescape(text)).translate(_QUOTES) if "&" in text or not text.isascii() else text


def _of_rayyan(_record: Record, texts: Sequence[str]) -> Iterator[ToolDecision]:
    parts = {match[1].upper().replace(" ", "-"): match[2] for one in texts if (match := _RAYYAN.match(one))}
    inclusion = parts.get("RAYYAN-INCLUSION", "")
    reasons = _listed(parts.get("RAYYAN-EXCLUSION-REASONS", ""))
    labels = ", ".join(_listed(parts.get("RAYYAN-LABELS", "")))
    notes = _by_name(parts.get("USER-NOTES", ""))
    verdicts = {name: words[0] for name, words in _by_name(inclusion).items() if words}
    if not verdicts and inclusion.strip():
        verdicts = {"": inclusion}
    for name, word in verdicts.items():
        if verdict := _BY_WORD.get(word.strip().casefold()):
            remarks = [*notes.get(name, ()), *([f"labels: {labels}"] if labels else [])]
            yield ToolDecision(
                "Rayyan", name, "", verdict, reasons if verdict == "exclude" else (), "; ".join(filter(None, remarks))
            )


def _listed(text: str) -> tuple[str, ...]:
    return tuple([one.strip() for one in _BARE_COMMA.split(text) if one.strip()])


def _by_name(text: str) -> dict[str, list[str]]:
    """Return what stands under each name of a hash of Ruby's or an object of JSON: one text, or a list of them."""
    by_name: dict[str, list[str]] = {}
    name = None
    for match in _STRING.finditer(text):
        value = re.sub(r"\\(.)", r"\1", match[1])
        if match[2]:
            name = value
            by_name.setdefault(name, [])
        elif name is not None:
            by_name[name].append(value)
    return by_name


def _of_covidence(record: Record, texts: Sequence[str]) -> Iterator[ToolDecision]:
    listed = _COVIDENCE_LIST.search(record.file)
    is_covidence = bool(listed) or record.database.startswith("Covidence")
    reasons = [
        match
        for one in texts
        if (match := _EXCLUSION.match(one)) and (is_covidence or (match[2] and one.startswith(_OWN_WORDS)))
    ]
    words = [one.partition(":")[0].strip().casefold() for one in texts] if is_covidence else []
    where = listed[1] if listed else _covidence_list(words)
    note = "; ".join(filter(None, (match[3].strip(" ;") for match in reasons)))
    if reasons or where == "excluded":
        stated = [match[1].strip() for match in reasons] or [
            one.partition(":")[2].strip() for one in texts if one.casefold().startswith("excluded:")
        ]
        yield ToolDecision("Covidence", CONSENSUS, _TITLE, "include")
        yield ToolDecision("Covidence", CONSENSUS, _TEXT, "exclude", tuple(filter(None, stated)), note)
    elif where == "irrelevant":
        yield ToolDecision("Covidence", CONSENSUS, _TITLE, "exclude")
    elif where and where != "screen":
        yield ToolDecision("Covidence", CONSENSUS, _TITLE, "include")
        if where != "select":
            yield ToolDecision("Covidence", CONSENSUS, _TEXT, "include")


def _covidence_list(words: Sequence[str]) -> str:
    """Return the list that the status of a record names."""
    names = {
        "irrelevant": "irrelevant", "excluded": "excluded", "exclude": "excluded", "included": "included",
        "include": "included", "extraction": "included", "full text review": "select", "select": "select",
    }  # fmt: skip
    return next((names[word] for word in words if word in names), "")


def _of_asreview(_record: Record, texts: Sequence[str]) -> Iterator[ToolDecision]:
    """Give the label; that of ASReview goes before a column `included`, which may have come with the data."""
    labels = [match[1] or match[2] for one in texts if (match := _LABEL.fullmatch(one))]
    labels = labels or [match[1] for one in texts if (match := _INCLUDED.fullmatch(one))]
    notes = [_from_json(match[1].strip()) for one in texts if (match := _NOTE.match(one))]
    priors = [match for one in texts if (match := _PRIOR.fullmatch(one)) and (match[1] or "1") in _YES]
    reasons = tuple([match[1].strip() for one in texts if (match := _EXCLUSION.match(one)) and match[1].strip()])
    tags = ", ".join(match[1] for one in texts if (match := _TAG.fullmatch(one)))
    note = "; ".join([*notes, *([f"tags: {tags}"] if tags else []), *(["prior knowledge"] if priors else [])])
    user = next((_from_json(match[1].strip()) for one in texts if (match := _USER.fullmatch(one))), "")
    for verdict in dict.fromkeys(map(_yes_or_no, labels)):
        if verdict:
            yield ToolDecision("ASReview", user, "", verdict, reasons if verdict == "exclude" else (), note)


def _from_json(value: str) -> str:
    """Return a text as it was typed: in RIS, ASReview writes it as JSON, in tables as it is."""
    try:
        text = json.loads(value)
    except ValueError:
        return value
    return text if isinstance(text, str) else value


def _yes_or_no(value: str) -> Verdict | None:
    word = value.casefold()
    return "include" if word in _YES else "exclude" if word in _NO else None


def _of_eppi(record: Record, texts: Sequence[str]) -> Iterator[ToolDecision]:
    """Give what the codes decide at each stage, else the item's status."""
    is_eppi = record.database.startswith("EPPI")
    codes = [one for text in texts if (one := _code(text, any_set=is_eppi))]
    stages = dict.fromkeys(one.stage for one in codes)
    for stage in sorted(stages, key=(_TITLE, _TEXT, "").index):
        if stage == _TEXT and _TITLE not in stages:
            yield ToolDecision("EPPI-Reviewer", CONSENSUS, _TITLE, "include")  # else nobody had read the text
        for verdict in dict.fromkeys(one.verdict for one in codes if one.stage == stage):
            alike = [one for one in codes if (one.stage, one.verdict) == (stage, verdict)]
            reasons = dict.fromkeys(reason for one in alike for reason in one.reasons)
            note = "; ".join(filter(None, (one.note for one in alike)))
            yield replace(alike[0], reasons=tuple(reasons), note=note)
    if not codes and (status := next((m for one in texts if is_eppi and (m := _STATUS.fullmatch(one))), None)):
        letter = (status[1] or status[2])[0].upper()
        yield ToolDecision("EPPI-Reviewer", CONSENSUS, "", "include" if letter == "I" else "exclude")


def _code(text: str, *, any_set: bool = False) -> ToolDecision | None:
    """Return the decision that a code is: its name begins with the verdict; that or the name of its set says the stage.

    Examples
    --------
    >>> code = _code("Screen on Full Text: EXCLUDE on language: in Frisian")
    >>> code.stage, code.verdict, code.reasons, code.note
    ('full-text', 'exclude', ('language',), 'in Frisian')
    """
    match = _CODE.fullmatch(text)
    if not match or (match[1] and not any_set and "screen" not in match[1].casefold()):
        return None
    of_set, word, rest = match[1] or "", match[2].casefold(), match[3]
    name, _, note = rest.partition(": ")
    both = f"{name} {of_set}"
    stage: Stage | Literal[""] = _TEXT if _ABOUT_TEXT.search(both) else _TITLE if _ABOUT_TITLE.search(both) else ""
    if not stage and not name.casefold().startswith("on ") and not of_set:
        return None  # a word alone, or a sentence of somebody's
    reason = _ABOUT_TITLE.sub("", _ABOUT_TEXT.sub("", name))
    while (shorter := _LINKING.sub("", reason)) != reason:
        reason = shorter
    verdict = _BY_WORD[word]
    return ToolDecision(
        "EPPI-Reviewer", CONSENSUS, stage, verdict, (reason,) if reason and verdict == "exclude" else (), note
    )


def _of_words(_record: Record, texts: Sequence[str]) -> Iterator[ToolDecision]:
    """Give what a column of decisions says in a table of whatever origin: `Maybe`, `Full text decision: Excluded`."""
    reasons = tuple([match[1].strip() for one in texts if (match := _EXCLUSION.match(one)) and match[1].strip()])
    for text in texts:
        header, _, value = text.rpartition(": ")
        verdict = _BY_WORD.get(value.strip().casefold())
        if verdict and (not header or header.casefold().endswith("decision")):
            stage: Stage | Literal[""] = _TEXT if _ABOUT_TEXT.match(header) else ""
            reviewer = CONSENSUS if header.casefold().startswith("consensus") else ""
            yield ToolDecision("", reviewer, stage, verdict, reasons if verdict == "exclude" else ())
    if reasons and len(reasons) == len(texts):
        yield ToolDecision("", "", "", "exclude", reasons)


def decision_of(exported: ToolDecision, record: Record, protocol: Protocol, *, coder: str, stage: Stage) -> Decision:
    """Return what a tool says of a record as a judgement of a coder.

    Its id comes from what it says, not from the name of the file. Reasons become criteria of the plan, the first by
    precedence counts; those that the plan lacks, and all others, go into the note.

    Parameters
    ----------
    stage
        At which it was decided, where the tool doesn't tell.

    Examples
    --------
    >>> exported = ToolDecision("Rayyan", "Ani", "", "exclude", ("wrong design",))
    >>> record = Record("r1", file="a.csv", place=3)
    >>> one = decision_of(exported, record, Protocol(), coder="ani", stage="title-abstract")
    >>> one.verdict, one.reason, one.note, one.origin
    ('exclude', '', 'reason: wrong design', 'a.csv, record 3')
    """
    reasons = reasons_of(protocol, exported.stage or stage)
    known = {id_ for one in exported.reasons for id_ in _criteria(one, reasons)}
    ordered = [one for one in reasons if one in known]
    others = [*ordered[1:], *(one for one in exported.reasons if not _criteria(one, reasons))]
    notes = [exported.note] if exported.note else []
    if others:
        notes.append(f"{'also' if ordered else 'reason'}: {'; '.join(others)}")
    blank = Decision(
        id="-",
        coder=coder,
        record=record.key,
        stage=exported.stage or stage,
        verdict=exported.verdict,
        reason=ordered[0] if ordered else "",
        note="; ".join(notes),
    )
    origin = worded("{file}, record {place}", file=record.file, place=record.place)
    return restated(blank).model_copy(update={"origin": str(origin)})


def _criteria(reason: str, reasons: Reasons) -> tuple[str, ...]:
    """Return the criteria that a reason of a tool means: one, or several with commas between them."""
    if whole := matched_reason(reason, reasons):
        return (whole,)
    parts = [matched_reason(one, reasons) for one in reason.split(", ")]
    return tuple(parts) if all(parts) else ()


def coder_of(exported: ToolDecision, protocol: Protocol) -> str:
    """Return who decided, as the plan spells the name; nothing where nobody is named and the plan has several people.

    Examples
    --------
    >>> pair = Protocol(reviewers=("ani", "budi"))
    >>> [coder_of(ToolDecision("", name, "", "include"), pair) for name in ("Ani", "Citra", "consensus", "")]
    ['ani', 'Citra', 'consensus', '']
    >>> coder_of(ToolDecision("", "", "", "include"), Protocol(reviewers=("ani",)))
    'ani'
    """
    named = exported.reviewer
    if named not in ("", CONSENSUS):
        return next((one for one in protocol.reviewers if one.casefold() == named.casefold()), named)
    return protocol.reviewers[0] if len(protocol.reviewers) == 1 else named


def decisions_of_sources(records: Iterable[Record], protocol: Protocol) -> tuple[Decision, ...]:
    """Return the decisions that the exports of a review bring along, each on the record that it stands in.

    They are of the first stage of the plan where the tool names none. Where nobody is named and the plan has several
    reviewers, nobody can be said to have decided (`unnamed_in_sources`).
    """
    first = protocol.screening.stages[0]
    decisions = [
        decision_of(exported, record, protocol, coder=coder, stage=first)
        for record, exported in decisions_of_export(records)
        if (coder := coder_of(exported, protocol))
    ]
    return tuple({one.id: one for one in decisions}.values())


def unnamed_in_sources(records: Iterable[Record], protocol: Protocol) -> dict[str, int]:
    """Count, file by file, the decisions of exports that name nobody, where a plan has several reviewers.

    They count nowhere: `benang screen --decide` takes such an export for one of the reviewers.

    Examples
    --------
    >>> records = [Record(key, file="sources/a.csv", decisions=("asreview_label: 1",)) for key in "xy"]
    >>> unnamed_in_sources(records, Protocol(reviewers=("ani", "budi")))
    {'sources/a.csv': 2}
    >>> unnamed_in_sources(records, Protocol(reviewers=("ani",)))
    {}
    """
    exported = decisions_of_export(records) if len(protocol.reviewers) > 1 else []
    return dict(Counter(record.file for record, one in exported if not coder_of(one, protocol)))


def tasks_done_elsewhere(records: Iterable[Record], decisions: Iterable[Decision]) -> tuple[Completion, ...]:
    """Say whose task was done where an export was made: theirs who had decided on all of its records.

    At full text those are meant that nobody had excluded before. A blind over such decisions ended there, and what
    comes in later hides them no more than others.
    """
    files, by_file = {one.key: one.file for one in records}, defaultdict[str, set[str]](set)
    for key, file in files.items():
        by_file[file].add(key)
    keys: dict[tuple[str, Stage, str], set[str]] = defaultdict(set)
    excluded: dict[tuple[str, Stage], set[str]] = defaultdict(set)
    for one in decisions:
        file = files[one.record]
        keys[file, one.stage, one.coder].add(one.record)
        if one.verdict == "exclude":
            excluded[file, one.stage].add(one.record)
    return tuple(
        restated(Completion(id="-", coder=coder, stage=stage, records=tuple(sorted(of_coder))))
        for (file, stage, coder), of_coder in sorted(keys.items())
        if not by_file[file].difference(of_coder, *(excluded[file, at] for at in STAGES[: STAGES.index(stage)]))
    )
