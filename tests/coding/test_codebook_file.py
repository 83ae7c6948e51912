"""A codebook is read, and whatever in it refers to nothing is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.coding.codebook import Codebook
from benang.coding.codebook_file import read_codebook
from benang.errors import BenangError

GOOD = """format = 1
[[variables]]
id = "outcome"
label = "Outcome"
levels = [{ id = "closed", label = "Closed" }]

[[groups]]
id = "reasons"
label = "Reasons"
sides = [{ id = "inside", label = "Inside" }]

[[groups]]
id = "uses"
label = "Uses"

[[codes]]
id = "people"
group = "reasons"
label = "People"
heading = true
side = "inside"
row = 1

[[codes]]
id = "librarian"
group = "reasons"
label = "Librarian left"
parent = "people"

[[rows]]
table = "leaflet"
row = 1
group = "reasons"
label = "People"

[[frameworks]]
id = "needs"
label = "Needs"
source = "Invented (2001)"
items = [{ id = "staff", label = "Staff" }]

[[readings]]
code = "librarian"
items = ["needs/staff"]
stance = "counter-evidence"
"""


def read(folder: Path, text: str) -> Codebook:
    """Read a codebook from a file."""
    path = folder / "codebook.toml"
    path.write_text(text, encoding="utf-8")
    return read_codebook(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'group = "reasons"\nlabel = "Librarian',
            'group = "reason"\nlabel = "Librarian',
            r"the code 'librarian' belongs to group 'reason', which is not defined\. Did you mean 'reasons'",
        ),
        ('side = "inside"', 'side = "outside"', r"on side 'outside', .* Known: inside"),
        ('side = "inside"', 'side = "insid"', r"on side 'insid', .* Did you mean 'inside'"),
        (
            "row = 1\n\n[[codes]]",
            "row = 2\n\n[[codes]]",
            r"counts towards row 2, which no \[\[rows\]\] of its group define",
        ),
        (
            'parent = "people"',
            'parent = "peple"',
            r"placed under 'peple', which is not defined\. Did you mean 'people'",
        ),
        ('parent = "people"', 'parent = "librarian"', "'librarian', which is not a heading in its group"),
        ('id = "librarian"', 'id = "people"', "the code 'people' appears twice"),
        ('id = "librarian"', 'id = "all"', "a code can't be called 'all'"),
        ('id = "closed"', 'id = "reported"', "a level can't be called 'reported'"),
        ('id = "uses"', 'id = "reasons"', "the group 'reasons' appears twice"),
        ('id = "uses"', 'id = "cases"', "the group 'cases' has the same name as a reserved word of Benang"),
        ('table = "leaflet"', 'table = "uses"', "the table 'uses' has the same name as the group 'uses'"),
        ('id = "needs"', 'id = "uses"', "the framework 'uses' has the same name as a group"),
        ('row = 1\ngroup = "reasons"', 'row = 1\ngroup = "reazons"', "row 1 of 'leaflet' .* Did you mean 'reasons'"),
        (
            'items = ["needs/staff"]',
            'items = ["needs/staf"]',
            r"the reading of 'librarian' names 'needs/staf', .* Did you mean 'needs/staff'",
        ),
        ('code = "librarian"', 'code = "librarin"', "a reading names the code 'librarin'.* Did you mean 'librarian'"),
        (
            'code = "librarian"',
            'code = "people"',
            "a reading names 'people', a heading that passages can't be coded with",
        ),
        (
            '{ id = "staff", label = "Staff" }',
            '{ id = "staff", label = "A" }, { id = "staff", label = "B" }',
            "the item 'staff' appears twice",
        ),
        ('id = "uses"', 'id = "us es"', "an id consists of letters"),
    ],
)
def test_a_name_that_refers_to_nothing_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One word of a good codebook is made wrong, and the message finds it."""
    text = GOOD.replace(old, new, 1)
    changed = next(at for at, (one, other) in enumerate(zip(text, GOOD, strict=False)) if one != other)
    line = text.count("\n", 0, changed) + 1

    with pytest.raises(BenangError, match=rf"codebook\.toml, line {line}: .*{said}"):
        read(tmp_path, text)


def test_a_variable_and_a_group_of_one_name_are_an_error(tmp_path: Path) -> None:
    """Both would begin the ids of numbers; the message stands where the later of the two is read."""
    with pytest.raises(BenangError, match="line 3: the variable 'outcome' has the same name as the group 'outcome'"):
        read(tmp_path, GOOD.replace('id = "uses"', 'id = "outcome"'))


def test_a_code_that_reads_for_and_against_an_item_is_an_error(tmp_path: Path) -> None:
    """By its code alone a passage can't speak for both."""
    other = '\n[[readings]]\ncode = "librarian"\nitems = ["needs/staff"]\nstance = "evidence"\n'

    with pytest.raises(BenangError, match="as evidence and as counter-evidence"):
        read(tmp_path, GOOD + other)


def test_headings_in_a_circle_are_an_error(tmp_path: Path) -> None:
    """Two headings, each under the other."""
    staff = '[[codes]]\nid = "staff"\ngroup = "reasons"\nlabel = "Staff"\nheading = true\nparent = "people"\n'
    text = GOOD.replace("heading = true", 'heading = true\nparent = "staff"').replace("[[rows]]", f"{staff}[[rows]]")

    with pytest.raises(BenangError, match="the code 'people' is placed under itself, through 'staff'"):
        read(tmp_path, text)


def test_all_problems_come_together(tmp_path: Path) -> None:
    """Two wrong words, two problems."""
    text = GOOD.replace('parent = "people"', 'parent = "pepole"').replace('"needs/staff"', '"needs/staf"')

    with pytest.raises(BenangError) as caught:
        read(tmp_path, text)

    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('id = "label"', "a variable can't be called 'label', since every case has a key of that name"),
        (
            'id = "note"\ntype = "text"\nnote_of = "outcom"',
            "'outcom', which is not another variable. Did you mean 'outcome'",
        ),
        ('id = "note"\nnote_of = "outcome"', "'note' is a note on 'outcome', but not a text. Give it type = \"text\""),
    ],
)
def test_a_variable_that_cases_cannot_have_is_an_error(tmp_path: Path, more: str, said: str) -> None:
    """A key that each case has already, a note of nothing, a note that is no text."""
    with pytest.raises(BenangError) as caught:
        read(tmp_path, GOOD.replace("[[groups]]", f'[[variables]]\nlabel = "L"\n{more}\n\n[[groups]]', 1))

    assert said in str(caught.value)


def test_labels_of_cases_are_made_of_texts_only(tmp_path: Path) -> None:
    """A level has words of its own, and a name that is misspelt would leave labels empty."""
    with pytest.raises(
        BenangError, match="line 2: labels of cases are to be made from 'outcome', which is not a variable"
    ):
        read(tmp_path, GOOD.replace("format = 1\n", 'format = 1\ncase_label = ["outcome"]\n'))


def test_the_version_of_a_codebook_is_what_it_says(tmp_path: Path) -> None:
    """Neither a comment nor a key that says what is true anyhow makes another version; another label does."""
    version = read(tmp_path, GOOD).version

    assert read(tmp_path, f"# mine\n{GOOD}").version == version
    assert read(tmp_path, GOOD.replace('id = "outcome"\n', 'id = "outcome"\ntype = "category"\n')).version == version
    assert read(tmp_path, GOOD.replace('label = "Outcome"', 'label = "Result"')).version != version


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('was = ["rain"]', "'rain' is an earlier id of 'rent', and also the id of another code"),
        ('was = ["wet"]', "'wet' is an earlier id of 'rain', and also of 'rent'"),
        ('merged = ["rain"]', "line 9: 'rain' is the id of a code merged into 'rent', and also the id of another code"),
        (
            'split_into = ["ran"]',
            r"the code 'rent' was split into 'ran', which is not another code\. Did you mean 'rain'",
        ),
    ],
)
def test_earlier_ids_and_parts_that_mean_something_else_are_named(tmp_path: Path, more: str, message: str) -> None:
    """Passages that were coded with an earlier id can't be of two codes."""
    path = tmp_path / "codebook.toml"
    group = 'format = 1\n[[groups]]\nid = "g"\nlabel = "G"\n'
    rent = f'[[codes]]\nid = "rent"\ngroup = "g"\nlabel = "R"\n{more}\n'
    rain = '[[codes]]\nid = "rain"\ngroup = "g"\nlabel = "A"\nwas = ["wet"]\n'
    path.write_text(group + rent + rain, encoding="utf-8")
    with pytest.raises(BenangError, match=message):
        read_codebook(path)


FORM = """
[[forms]]
id = "quality"
label = "Quality"
kind = "appraisal"
variables = ["aim"]

[[variables]]
id = "aim"
label = "Aim"
levels = [{ id = "yes", label = "Yes", light = "good" }, { id = "no", label = "No", light = "poor" }]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["aim"]', '["aims"]', "asks for 'aims', which is not a variable. Did you mean 'aim'?"),
        ('["aim"]', '["aim", "aim"]', "the variable 'aim' appears twice in the form 'quality'"),
        (', light = "poor"', "", "the level 'no' of 'aim', in the appraisal 'quality', has no light"),
        ('light = "poor"', 'light = "red"', "'red'"),
        ("levels = [", "# [", "but has no levels"),
        (
            'kind = "appraisal"\nvariables = ["aim"]',
            'kind = "appraisal"\nvariables = ["aim"]\n[[forms]]\nid = "chart"\nlabel = "C"\nvariables = ["aim"]',
            "is part of an extraction and of the appraisal 'quality'",
        ),
    ],
)
def test_a_form_that_cannot_be_filled_in_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A form that asks for what there is not, or an item without lights, is an error with its line."""
    assert read(tmp_path, "format = 1\n" + FORM).appraised == {"aim"}
    with pytest.raises(BenangError) as error:
        read(tmp_path, "format = 1\n" + FORM.replace(old, new))
    assert said in str(error.value)
    assert "codebook.toml, line" in str(error.value)
