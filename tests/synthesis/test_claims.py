"""Claims are read with everything that is wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.synthesis.claims import CountClaim, read_claims

pytestmark = pytest.mark.fast

HEAD = 'id = "a"\nsays = "x"\nwhere = "y"\n'


def written(folder: Path, text: str) -> Path:
    """Write a file of claims."""
    path = folder / "claims.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_claim_is_read_with_its_kind(tmp_path: Path) -> None:
    """The word under `check` says what kind of claim it is."""
    body = 'check = "count"\nof = "cases/all"\nstated = 3\n'
    claims = read_claims(written(tmp_path, f"format = 1\n[[claims]]\n{HEAD}{body}"))

    assert isinstance(claims.claims[0], CountClaim)
    assert claims.claims[0].says.text("id") == "x"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('check = "cuont"\n', r"claims\.toml, line 5: unknown check 'cuont'\. Did you mean 'count'"),
        ('check = "count"\nof = "a"\nstatd = 3\nstated = 3\n', r"line 7: unknown key 'statd'\. Did you mean 'stated'"),
        (
            'check = "count"\nof = "a"\nstated = "many"\n',
            r"line 7, claims\.stated: expected a whole number, found 'many'",
        ),
        ('check = "range"\nof = "a"\nproperty = "year"\n', "a range needs 'stated'"),
        ('check = "date-order"\nof = "a"\n', "an order of dates needs 'stated'"),
        ('of = "a"\n', "the key 'check' is missing"),
    ],
)
def test_what_is_wrong_with_a_claim_is_named_with_its_line(tmp_path: Path, body: str, said: str) -> None:
    """Unknown kinds, unknown keys of that kind, wrong values and claims that state nothing."""
    with pytest.raises(BenangError, match=said):
        read_claims(written(tmp_path, f"[[claims]]\n{HEAD}{body}"))


def test_the_nearest_key_is_one_of_the_kind_of_claim(tmp_path: Path) -> None:
    """`span` belongs to ranges: a count that has it is told of its own keys."""
    known = "check, id, note, of, relation, says, silent, stated, where"

    with pytest.raises(BenangError, match=rf"unknown key 'span'\. Known: {known}"):
        read_claims(written(tmp_path, f'[[claims]]\n{HEAD}check = "count"\nof = "a"\nstated = 3\nspan = 3\n'))


def test_a_claim_that_stands_twice_is_named_with_its_line(tmp_path: Path) -> None:
    """The second of two claims of one id."""
    one = f'[[claims]]\n{HEAD}check = "judgement"\n'

    with pytest.raises(BenangError, match="line 8: an earlier claim already has this id"):
        read_claims(written(tmp_path, one + "\n" + one))


def test_a_newer_format_is_refused_by_name(tmp_path: Path) -> None:
    """Format 2 is not guessed at."""
    with pytest.raises(BenangError, match=r"expected format 1, .* found format 2"):
        read_claims(written(tmp_path, "format = 2\n"))
