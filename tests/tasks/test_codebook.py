"""The codebook is changed by commands: passages follow their codes, files keep their form, mistakes change nothing."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.tasks.coding.markets import logs, markets

from benang.coding.codebook_file import read_codebook
from benang.coding.codebook_versions import kept_versions
from benang.coding.labels import qdc
from benang.coding.placed import place
from benang.errors import BenangError
from benang.project.folder import open_folder
from benang.review.desk import open_desk
from benang.review.load import load
from benang.synthesis import findings_of
from benang.synthesis.number_ids import with_code
from benang.tasks.codebook import (
    AddCodeRequest,
    MergeCodesRequest,
    RenameCodeRequest,
    RetireCodeRequest,
    SplitCodeRequest,
    add_code,
    merge_codes,
    rename_code,
    retire_code,
    split_code,
)
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.form_import import NewFormRequest, new_form
from benang.tasks.coding.rows import coding_rows
from benang.tasks.coding.wishes import Wish

TIME = datetime(2026, 1, 2, tzinfo=UTC)
CLAIMS = """[[claims]]
id = "one"
says = "One market closed over rent."
where = "p. 2"
check = "count"
of = "reasons/rent/cases" # a count
stated = 1

[[claims]]
id = "two"
says = "These were the reasons."
where = "p. 3"
check = "set"
of = "cases/all"
property = "reasons"
stated = ["rent", 'permits']

[[claims]]
id = "three"
says = "Look."
where = "p. 3"
check = "judgement"
look_at = ["mentions/codes/rent/talked", "cases/muara"]
"""
CHARTS = """
[[maps]]
name = "topics"
items = "author-keywords"

[[charts]]
kind = "overlay"
name = "rent"
map = "topics"
score = "code:rent" # red
"""


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review of night markets with a passage that is coded."""
    folder = markets(tmp_path / "markets")
    wish = Wish(quote="The rent of a stall doubled", record="sari2018", code="rent", case="muara", coder="ani")
    add_coding(AddRequest(folder=folder, wish=wish, time=TIME))
    return folder


def text(folder: Path, name: str = "codebook.toml") -> str:
    """Return the text of a file, its line ends as they are."""
    return (folder / name).read_bytes().decode("utf-8")


def files(folder: Path) -> dict[str, bytes]:
    """Return what each file of a folder holds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def codes(folder: Path) -> list[str]:
    """Return the codes of the passages that are coded."""
    return [row.code for row in coding_rows(open_desk(folder))]


def test_a_renamed_code_keeps_its_passages_and_no_log_is_touched(review: Path) -> None:
    """A renamed code keeps its passages and no log is touched."""
    before = logs(review)
    change = rename_code(RenameCodeRequest(folder=review, code="rent", new="dearer-stalls"))
    assert (codes(review), logs(review)) == (["dearer-stalls"], before)
    assert change.codes[0].was == ("rent",)


def test_changes_at_the_same_time_are_all_there(review: Path) -> None:
    """Each waits for the others, that of a form too: none writes over what another has written."""
    labels = [f"Reason {number}" for number in range(12)]

    def change(label: str) -> None:
        add_code(AddCodeRequest(folder=review, label=label))

    with ThreadPoolExecutor(5) as pool:
        form = pool.submit(new_form, NewFormRequest(folder=review, template="quads"))
        list(pool.map(change, labels))
    form.result()
    codebook = read_codebook(review / "codebook.toml")
    assert {one.label.en for one in codebook.codes} >= set(labels)
    assert codebook.form("quads")
    assert len({one.number for one in kept_versions(review)}) == len(kept_versions(review))


def test_a_review_that_cannot_be_locked_keeps_its_codebook(review: Path) -> None:
    """The message says what could not be locked."""
    before = text(review)
    lock = review / "judgements" / ".lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    with pytest.raises(BenangError, match=r"it can't be changed, because judgements/.lock can't be locked"):
        add_code(AddCodeRequest(folder=review, label="Parking"))
    assert text(review) == before


def test_renaming_changes_two_lines_of_the_codebook_and_leaves_the_others(review: Path) -> None:
    """Renaming changes two lines of the codebook and leaves the others."""
    before = text(review)
    rename_code(RenameCodeRequest(folder=review, code="rent", new="dear"))
    definition = 'definition = "The price of a stall rises."\n'
    expected = before.replace('id = "rent"', 'id = "dear"').replace(definition, f'{definition}was = ["rent"]\n')
    assert text(review) == expected


def test_renaming_follows_into_the_plan_and_the_claims(review: Path) -> None:
    """Renaming follows into the plan and the claims."""
    (review / "claims.toml").write_bytes(CLAIMS.encode())
    plan = text(review, "review.toml") + CHARTS
    (review / "review.toml").write_bytes(plan.encode())
    change = rename_code(RenameCodeRequest(folder=review, code="rent", new="dear"))
    assert text(review, "review.toml") == plan.replace("code:rent", "code:dear")
    expected = CLAIMS.replace("/rent/", "/dear/").replace('"rent"', '"dear"')
    assert text(review, "claims.toml") == expected
    assert [path.name for path in change.account.files] == ["codebook.toml", "review.toml", "claims.toml"]


def test_a_code_may_have_its_earlier_id_back(review: Path) -> None:
    """A code may have its earlier id back."""
    rename_code(RenameCodeRequest(folder=review, code="rent", new="dear"))
    change = rename_code(RenameCodeRequest(folder=review, code="dear", new="rent"))
    assert (change.codes[0].id, change.codes[0].was, codes(review)) == ("rent", ("rent", "dear"), ["rent"])


def test_a_label_is_changed_and_the_id_kept(review: Path) -> None:
    """The same id with another label changes the label alone; without one there is nothing to change."""
    (review / "review.toml").write_bytes((text(review, "review.toml") + CHARTS).encode())
    before = text(review)
    change = rename_code(RenameCodeRequest(folder=review, code="rent", new="rent", label_id="Sewa mahal"))
    assert [path.name for path in change.account.files] == ["codebook.toml"]
    assert text(review) == before.replace('id = "Sewa naik"', 'id = "Sewa mahal"')
    assert change.account.notes[0].text == "The label of rent is now Rising rent."
    with pytest.raises(BenangError, match="there is already a code 'rent'"):
        rename_code(RenameCodeRequest(folder=review, code="rent", new="rent"))


def test_a_code_keeps_its_guid_when_it_is_renamed_and_others_are_merged_into_it(review: Path) -> None:
    """NVivo knows a code by its GUID: it stays when noise is merged into rent, and rent is renamed there and back."""

    def guid() -> str:
        found = re.search(r'guid="([^"]+)" name="Rising rent"', qdc(read_codebook(review / "codebook.toml")).decode())
        return found[1] if found else ""

    guids = [guid()]
    merge_codes(MergeCodesRequest(folder=review, code="permits", into="rent"))
    guids.append(guid())
    for code, new in (("rent", "dear"), ("dear", "dearer"), ("dearer", "rent")):
        rename_code(RenameCodeRequest(folder=review, code=code, new=new))
        guids.append(guid())
    assert guids == [guids[0]] * 5
    assert guids[0]


def test_a_code_may_take_the_id_of_one_that_was_merged_into_it_and_no_other_code_may(review: Path) -> None:
    """Its passages are its own by then."""
    merge_codes(MergeCodesRequest(folder=review, code="permits", into="rent"))
    with pytest.raises(BenangError, match="'permits' is the id of a code that was merged into 'rent'"):
        add_code(AddCodeRequest(folder=review, label="Permits", id="permits"))
    change = rename_code(RenameCodeRequest(folder=review, code="rent", new="permits"))
    assert (change.codes[0].id, codes(review)) == ("permits", ["permits"])


def test_renaming_gives_another_label_in_the_form_of_the_first(review: Path) -> None:
    """Renaming gives another label in the form of the first."""
    rename_code(RenameCodeRequest(folder=review, code="rent", new="dear", label="Dear stalls"))
    assert 'label = { en = "Dear stalls", id = "Sewa naik" }' in text(review)


@pytest.mark.parametrize(
    ("code", "new", "message"),
    [
        ("rent", "permits", "there is already a code 'permits'"),
        ("rnt", "dear", "'rnt' is not a code in codebook.toml. Did you mean 'rent'?"),
        ("rent", "Dear stalls", "'Dear stalls' can't be an id.*Try 'dear-stalls'"),
        ("permits", "price", "'price' is an earlier id of the code 'rent'"),
        ("rent", "all", "a code can't be called 'all'"),
    ],
)
def test_a_wrong_renaming_is_refused_and_changes_nothing(review: Path, code: str, new: str, message: str) -> None:
    """A wrong renaming is refused and changes nothing."""
    edited = text(review).replace('id = "rent"', 'id = "rent"\nwas = ["price"]')
    (review / "codebook.toml").write_bytes(edited.encode())
    before = files(review)
    with pytest.raises(BenangError, match=message):
        rename_code(RenameCodeRequest(folder=review, code=code, new=new))
    assert files(review) == before


def test_windows_line_ends_and_a_byte_order_mark_stay(review: Path) -> None:
    """Windows line ends and a byte order mark stay."""
    (review / "codebook.toml").write_bytes(b"\xef\xbb\xbf" + text(review).replace("\n", "\r\n").encode())
    rename_code(RenameCodeRequest(folder=review, code="rent", new="dear"))
    data = (review / "codebook.toml").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_read_only_codebook_is_refused_and_named(review: Path) -> None:
    """A read only codebook is refused and named."""
    (review / "codebook.toml").chmod(0o444)
    with pytest.raises(BenangError, match=r"codebook.toml: this file is read-only"):
        rename_code(RenameCodeRequest(folder=review, code="rent", new="dear"))


def test_an_added_code_stands_behind_the_last_of_its_group_with_an_id_of_its_label(review: Path) -> None:
    """An added code stands behind the last of its group with an id of its label."""
    before = text(review)
    add_code(AddCodeRequest(folder=review, label="Ferry fares", label_id="Tarif feri", definition="A dear ferry."))
    added = '\n[[codes]]\nid = "ferry-fares"\ngroup = "reasons"\nlabel = { en = "Ferry fares", id = "Tarif feri" }\n'
    assert text(review) == f'{before}{added}definition = "A dear ferry."\n'


def test_a_code_stands_under_its_heading(review: Path) -> None:
    """A code stands under its heading."""
    add_code(AddCodeRequest(folder=review, label="Costs", heading=True))
    change = add_code(AddCodeRequest(folder=review, label="Ferry fares", parent="costs"))
    assert change.codes[0].parent == "costs"


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"label": "Slow Permits"}, "there is already a code 'Slow Permits': 'permits'"),
        ({"label": "New", "id": "rent"}, "there is already a code 'rent'"),
        ({"label": "New", "group": "reason"}, "'reason' is not a group in codebook.toml. Did you mean 'reasons'"),
        ({"label": "New", "parent": "rent"}, "'rent' is not a heading"),
        ({"label": "New", "colour": "red"}, "expected a colour as #RRGGBB, such as #0072b2, found 'red'"),
        ({"label": "🏮"}, "no id can be made from the label"),
        ({"label": " "}, "a code needs a label"),
    ],
)
def test_a_wrong_addition_is_refused_and_changes_nothing(review: Path, request_: dict[str, str], message: str) -> None:
    """A wrong addition is refused and changes nothing."""
    before = files(review)
    with pytest.raises(BenangError, match=message):
        add_code(AddCodeRequest(folder=review, **request_))  # type: ignore[arg-type]
    assert files(review) == before


def test_a_review_without_a_codebook_gets_one_with_its_first_code(review: Path) -> None:
    """A review without a codebook gets one with its first code."""
    for name in ("codebook.toml", "cases.toml"):
        (review / name).unlink()
    shutil.rmtree(review / "judgements")
    add_code(AddCodeRequest(folder=review, label="Rising rent"))
    codebook = read_codebook(review / "codebook.toml")
    assert ([one.id for one in codebook.codes], [one.id for one in codebook.groups]) == (["rising-rent"], ["codes"])


def test_passages_of_a_merged_code_are_the_others(review: Path) -> None:
    """Passages of a merged code are the others."""
    before = logs(review)
    merge_codes(MergeCodesRequest(folder=review, code="rent", into="permits"))
    codebook = read_codebook(review / "codebook.toml")
    assert ([one.id for one in codebook.codes], codebook.by_id["permits"].merged) == (["permits", "noise"], ("rent",))
    assert (codes(review), logs(review)) == (["permits"], before)


def test_earlier_ids_of_a_merged_code_go_with_it(review: Path) -> None:
    """Earlier ids of a merged code go with it."""
    rename_code(RenameCodeRequest(folder=review, code="rent", new="dear"))
    change = merge_codes(MergeCodesRequest(folder=review, code="dear", into="permits"))
    assert (change.codes[0].merged, codes(review)) == (("rent", "dear"), ["permits"])


def test_a_merge_whose_readings_would_contradict_each_other_changes_nothing(review: Path) -> None:
    """A merge whose readings would contradict each other changes nothing."""
    framework = '\n[[frameworks]]\nid = "five"\nlabel = "Five"\nsource = "S"\nitems = [{ id = "m", label = "M" }]\n'
    reading = '\n[[readings]]\ncode = "{}"\nitems = ["five/m"]\nstance = "{}"\n'
    both = reading.format("rent", "evidence") + reading.format("permits", "counter-evidence")
    (review / "codebook.toml").write_bytes((text(review) + framework + both).encode())
    before = files(review)
    with pytest.raises(BenangError, match="as evidence and as counter-evidence"):
        merge_codes(MergeCodesRequest(folder=review, code="rent", into="permits"))
    assert files(review) == before


def test_a_code_is_not_merged_into_itself(review: Path) -> None:
    """A code is not merged into itself."""
    with pytest.raises(BenangError, match=r"'rent' can't be merged into itself"):
        merge_codes(MergeCodesRequest(folder=review, code="rent", into="Rising rent"))


def test_a_heading_is_not_merged_into_a_code_under_it(review: Path) -> None:
    """A heading is not merged into a code under it."""
    add_code(AddCodeRequest(folder=review, label="Costs", heading=True))
    add_code(AddCodeRequest(folder=review, label="Running costs", heading=True, parent="costs"))
    with pytest.raises(BenangError, match=r"'running-costs' is placed under 'costs'"):
        merge_codes(MergeCodesRequest(folder=review, code="costs", into="running-costs"))


def test_a_split_code_is_retired_and_says_what_it_became(review: Path) -> None:
    """A split code is retired and says what it became."""
    change = split_code(SplitCodeRequest(folder=review, code="rent", parts=("Rent of stalls", "Rent of storage")))
    rent = change.codebook.by_id["rent"]
    assert (rent.retired, rent.split_into) == (True, ("rent-of-stalls", "rent-of-storage"))
    assert "Passages to be coded again: 1." in change.account.notes[0].text
    with pytest.raises(BenangError, match=r"the code 'rent' was split. Use one of: rent-of-stalls, rent-of-storage"):
        open_desk(review).code("rent")


@pytest.mark.parametrize("parts", [("One",), ("One", "One"), ("Rising rent", "Other")])
def test_a_code_is_split_into_two_others_at_least(review: Path, parts: tuple[str, ...]) -> None:
    """A code is split into two others at least."""
    with pytest.raises(BenangError, match=r"'rent' (must be split into at least two codes|can't be a part of itself)"):
        split_code(SplitCodeRequest(folder=review, code="rent", parts=parts))


def test_parts_that_are_merged_are_one_part(review: Path) -> None:
    """Where parts of a split code are merged, the code was split into the one that is left, named once."""
    split_code(SplitCodeRequest(folder=review, code="rent", parts=("Stalls", "Storage", "Carts")))
    change = merge_codes(MergeCodesRequest(folder=review, code="carts", into="storage"))
    assert change.codebook.by_id["rent"].split_into == ("stalls", "storage")


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("Costs", "Stalls"), "'costs' is a heading, and passages can't be coded with it"),
        (("Noise", "Stalls"), "'noise' is retired and takes no new passages"),
    ],
)
def test_a_code_is_split_only_into_codes_that_passages_can_carry(
    review: Path, parts: tuple[str, ...], message: str
) -> None:
    """A code is split into no heading, and into no code that is retired; the codebook stays as it was."""
    add_code(AddCodeRequest(folder=review, label="Costs", heading=True))
    before = (review / "codebook.toml").read_bytes()
    with pytest.raises(BenangError, match=message):
        split_code(SplitCodeRequest(folder=review, code="rent", parts=parts))
    assert (review / "codebook.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("code", "into", "message"),
    [
        ("permits", "noise", "'noise' is retired and takes no new passages. Merge 'noise' into 'permits' instead"),
        ("stalls", "rent", "'rent' was split into stalls, storage. Restore an earlier version"),
    ],
)
def test_a_code_is_not_merged_into_one_that_gets_no_new_passages(
    review: Path, code: str, into: str, message: str
) -> None:
    """A code is merged neither into one that is retired, nor back into the one that it was split from."""
    split_code(SplitCodeRequest(folder=review, code="rent", parts=("Stalls", "Storage")))
    before = (review / "codebook.toml").read_bytes()
    with pytest.raises(BenangError, match=message):
        merge_codes(MergeCodesRequest(folder=review, code=code, into=into))
    assert (review / "codebook.toml").read_bytes() == before


def test_a_retired_code_keeps_its_passages(review: Path) -> None:
    """A retired code keeps its passages."""
    retire_code(RetireCodeRequest(folder=review, code="rent"))
    assert codes(review) == ["rent"]
    with pytest.raises(BenangError, match=r"'rent' is already retired"):
        retire_code(RetireCodeRequest(folder=review, code="rent"))


def test_the_codebook_before_and_after_a_change_are_kept_as_they_were(review: Path) -> None:
    """The codebook before and after a change are kept as they were."""
    before = text(review)
    change = rename_code(RenameCodeRequest(folder=review, code="rent", new="dear"))
    kept = kept_versions(review)
    assert [(one.number, one.path.read_bytes().decode()) for one in kept] == [(1, before), (2, text(review))]
    assert kept[1].id == change.codebook.version


def test_every_number_of_a_review_is_the_same_after_a_rename(project_root: Path, tmp_path: Path) -> None:
    """Every number of a review is the same after a rename."""
    names = ("policy-change", "policy-turn")
    example = project_root / "examples" / "sister-cities"
    folder = tmp_path / "renamed"
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns("out"))
    rename_code(RenameCodeRequest(folder=folder, code=names[0], new=names[1]))
    before, after = counted(example), counted(folder)
    group = open_desk(folder).codebook.by_id[names[1]].group
    assert after == {with_code(key, (group, names[0]), (group, names[1])): value for key, value in before.items()}


def counted(folder: Path) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return all numbers of a review with the passages behind them."""
    loaded = load(open_folder(folder))
    findings = findings_of(
        corpus=loaded.corpus,
        codebook=loaded.codebook,
        cases=loaded.cases,
        documents=loaded.documents,
        placed=place(loaded.judgements, loaded.documents, loaded.codebook, loaded.cases),
        claims=loaded.claims,
    )
    return {key: (one.value, tuple(sorted(one.passages))) for key, one in findings.evidence.numbers.items()}


def test_a_codebook_with_a_circle_is_named_and_not_changed(review: Path) -> None:
    """A codebook with a circle is named and not changed."""
    heading = '\n[[codes]]\nid = "{}"\ngroup = "reasons"\nlabel = "L"\nheading = true\nparent = "{}"\n'
    (review / "codebook.toml").write_bytes(
        (text(review) + heading.format("a", "b") + heading.format("b", "a")).encode()
    )
    before = files(review)
    with pytest.raises(BenangError, match="is placed under itself"):
        rename_code(RenameCodeRequest(folder=review, code="rent", new="dear"))
    assert files(review) == before


def test_accounts_are_in_indonesian_as_well(review: Path) -> None:
    """Accounts are in indonesian as well."""
    change = rename_code(RenameCodeRequest(folder=review, code="rent", new="dear", language="id"))
    assert change.account.notes[0].text.startswith("rent kini bernama dear.")


def test_a_code_brings_the_group_that_it_needs(tmp_path: Path) -> None:
    """One of this label that is there already is used, in capitals or not."""
    folder = markets(tmp_path / "markets")

    add_code(AddCodeRequest(folder=folder, label="Trade", new_group="Fields of cooperation"))
    add_code(AddCodeRequest(folder=folder, label="Culture", new_group="fields of  Cooperation"))

    codebook = read_codebook(folder / "codebook.toml")
    assert [(one.id, one.label.en) for one in codebook.groups] == [
        ("reasons", "Reasons"), ("fields-of-cooperation", "Fields of cooperation"),
    ]  # fmt: skip
    assert [one.id for one in codebook.codes if one.group == "fields-of-cooperation"] == ["trade", "culture"]


def test_the_first_code_of_a_codebook_may_bring_its_group(tmp_path: Path) -> None:
    """The group is then not called Codes."""
    folder = markets(tmp_path / "markets")
    (folder / "codebook.toml").unlink()

    add_code(AddCodeRequest(folder=folder, label="Trade", new_group="Fields"))

    assert [one.id for one in read_codebook(folder / "codebook.toml").groups] == ["fields"]
