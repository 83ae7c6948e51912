"""The methods section, written from provenance: what was read, counted, laid out and coded, ready for a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benang.evidence import Step
from benang.kinds import SMALL_CORPUS
from benang.records.record import ASSIGNED, Ledger
from benang.report.blocks import Block, Heading, Paragraph
from benang.report.content import Names, ReportContent
from benang.report.inline import Code, Inline, Runs, fill, joined, short_hash
from benang.report.map_methods import map_methods
from benang.report.opened import opened


def methods(content: ReportContent, names: Names) -> tuple[Block, ...]:
    """Write the methods section from what every step recorded."""
    _ = names.texts.gettext
    blocks: list[Block] = [Heading(_("Records")), *_records(content, names)]
    if content.maps:
        blocks += [Heading(_("Maps")), *map_methods(content, names)]
    if names.findings.evidence.passages:
        blocks += [Heading(_("Coding and counting")), *_coding(content, names)]
    if names.findings.framework_tables:
        blocks += [Heading(_("Frameworks")), _frameworks(names)]
    return (*blocks, Heading(_("Software")), _software(content, names))


def _records(content: ReportContent, names: Names) -> tuple[Paragraph, ...]:
    _ = names.texts.gettext
    sentences = [*_files_read(content.ledger, names), *_joined(content, names)]
    if ASSIGNED in names.findings.corpus.origins_of("author_keywords"):
        sentences.append(
            _(
                "Author keywords were assigned by the reviewers, since no database supplied them; whatever rests "
                "on them is marked."
            )
        )
    if 0 < len(names.findings.corpus) < SMALL_CORPUS:
        sentences.append(_small_corpus(content, names))
    return (Paragraph(joined(" ", sentences)),)


def _small_corpus(content: ReportContent, names: Names) -> Runs:
    """Say what maps of few works show."""
    _, n = names.texts.gettext, names.texts.numeral
    if any(step.name == "duplicates" for step in content.history):
        text = _(
            "With fewer than %(n)s works, the maps illustrate this corpus; they do not show the structure of a field."
        )
    else:
        text = _(
            "With fewer than %(n)s records, the maps illustrate this corpus; they do not show the structure of a field."
        )
    return fill(text, n=n(SMALL_CORPUS))


def _joined(content: ReportContent, names: Names) -> list[Inline]:
    """Say how many works the records are, where some of them are the same work."""
    counts = next((step.counts for step in content.history if step.name == "duplicates"), None)
    if counts is None:
        return []
    _, n = names.texts.gettext, names.texts.numeral
    sentences: list[Inline] = [
        fill(
            _(
                "They represent %(works)s works: records of the same work from several databases or files were "
                "merged by identifier, title and publication details, and all their references were kept."
            ),
            works=n(int(counts["works"])),
        )
    ]
    if counts.get("doubts"):
        text = _("Doubtful pairs of records, left unmerged: %(n)s.")
        sentences.append(fill(text, n=n(int(counts["doubts"]))))
    return sentences


def _files_read(ledger: Ledger, names: Names) -> list[Inline]:
    _, n, counted = names.texts.gettext, names.texts.numeral, names.texts.counted
    if not ledger.found:
        return [_("No record has been read yet.")]
    files = [
        fill(
            counted("%(path)s (%(format)s, %(n)s record)", "%(path)s (%(format)s, %(n)s records)", account.read),
            path=Code(account.path),
            format=_(account.format),
            n=n(account.read),
        )
        for account in ledger.files
    ]
    sentences = [fill(_("Records were read from %(files)s."), files=names.texts.listed(files))]
    if not ledger.set_aside:
        all_read = counted(
            "%(found)s record was found and read.",
            "All %(found)s records found were read; none was set aside.",
            ledger.found,
        )
        return [*sentences, fill(all_read, found=_counted("records/all", ledger.found, names))]
    some_read = _(
        "Of %(found)s records found, %(read)s were read and %(aside)s set aside; the appendix lists those set "
        "aside, with reasons."
    )
    read = _counted("records/all", ledger.read, names)
    return [*sentences, fill(some_read, found=n(ledger.found), read=read, aside=n(ledger.set_aside))]


def _counted(key: str, recorded: float, names: Names) -> Inline:
    """Return what a step recorded as the number of the review that counts the same, so that it opens."""
    number = names.findings.evidence.numbers.get(key)
    return opened(number, names) if number and number.value == recorded else names.texts.numeral(recorded)


def _coding(content: ReportContent, names: Names) -> tuple[Paragraph, ...]:
    _ = names.texts.gettext
    coders = sorted({one.coder for one in names.findings.evidence.passages.values()})
    sizes = _step_counts(content.history, "code")
    sentences: list[Inline] = [
        fill(
            _(
                "Passages of the documents were coded by %(coders)s with the codes of the codebook, each for the "
                "case it concerns, and stored with their exact positions in the text."
            ),
            coders=names.texts.listed(coders),
        )
    ]
    if {"documents", "documents_coded", "cases", "cases_coded", "passages"} <= sizes.keys():
        sentences.append(
            fill(
                _(
                    "Of %(documents)s documents, %(coded)s contain coded passages, which concern %(cases_coded)s of "
                    "%(cases)s cases; the review rests on %(passages)s passages."
                ),
                coded=names.texts.numeral(sizes["documents_coded"]),
                documents=names.texts.numeral(sizes["documents"]),
                cases_coded=names.texts.numeral(sizes["cases_coded"]),
                cases=_counted("cases/all", sizes["cases"], names),
                passages=names.texts.numeral(sizes["passages"]),
            )
        )
    if any(one.is_secondary for one in names.findings.documents.values()):
        sentences.append(
            _(
                "A document marked as a note on a secondary account summarises what others report about a study "
                "whose text was not available."
            )
        )
    if any(one.is_abstract for one in names.findings.documents.values()):
        sentences.append(
            _(
                "Passages marked “from the abstract” are quoted from the abstract in the database, not from the "
                "text of the study."
            )
        )
    return Paragraph(joined(" ", sentences)), Paragraph(" ".join(_rules(names)))


def _rules(names: Names) -> list[str]:
    """Say what counts."""
    _ = names.texts.gettext
    return [
        _(
            "A case has a code if at least one passage was coded with it for that case. A study counts for a "
            "code if its own document contains such a passage."
        ),
        _(
            "Where a study reports several cases together, its codings apply to the whole group: they count in "
            "each of those cases, and every number that includes them is marked."
        ),
        _(
            "“Not reported” means that a coder looked for something and did not find it, not that it was absent; "
            "what nobody has looked for is marked separately."
        ),
    ]


def _step_counts(history: Sequence[Step], name: str) -> Mapping[str, int | float]:
    return next((step.counts for step in history if step.name == name), {})


def _frameworks(names: Names) -> Paragraph:
    _ = names.texts.gettext
    titles = [names.texts.label(one.framework.label) for one in names.findings.framework_tables]
    return Paragraph(
        fill(
            _(
                "The cases were interpreted with these frameworks: %(frameworks)s. Which code supports or "
                "contradicts which item is this review's own judgement, fixed in the codebook and applied to the "
                "same passages; it adds no evidence."
            ),
            frameworks="; ".join(titles),
        )
    )


def _software(content: ReportContent, names: Names) -> Paragraph:
    _ = names.texts.gettext
    versions = ", ".join(
        f"{name if name != 'benang' else 'Benang'} {version}" for name, version in content.versions.items()
    )
    sentences: list[Inline] = [
        fill(_("Benang produced all results from one folder, with the seeds listed: %(versions)s."), versions=versions)
    ]
    if content.plan_hash:
        sentences.append(fill(_("SHA-256 of the plan: %(hash)s."), hash=short_hash(content.plan_hash)))
    return Paragraph(joined(" ", sentences))
