"""Cases are held against the codebook and the records."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.coding.cases import Case, Cases, check_cases, read_cases
from benang.coding.codebook import Codebook, Level, Variable
from benang.errors import BenangError
from benang.project.toml_files import Label

GOOD = """[[cases]]
id = "alun"
home = "Alun"
partner = "Library"
country = "Indonesia"
studies = ["ana2010"]
outcome = "closed"

[[cases]]
id = "beji"
home = "Beji"
partner = "Library"
country = "Indonesia"
"""
CODEBOOK = Codebook(
    variables=(
        Variable(id="outcome", label=Label(en="Outcome"), levels=(Level(id="closed", label=Label(en="Closed")),)),
    )
)


def check(folder: Path, text: str, codebook: Codebook = CODEBOOK) -> Cases:
    """Read and check cases from a file."""
    path = folder / "cases.toml"
    path.write_text(text, encoding="utf-8")
    cases = read_cases(path)
    check_cases(cases, path, ("ana2010", "bima2012"), codebook)
    return cases


def test_a_case_is_named_by_its_two_places(tmp_path: Path) -> None:
    """Both with a dash between."""
    assert check(tmp_path, GOOD).by_id["alun"].name() == "Alun – Library"


def test_places_may_be_named_in_two_languages(tmp_path: Path) -> None:
    """A plain string stands for both."""
    case = check(tmp_path, GOOD.replace('home = "Alun"', 'home = { en = "Alun", id = "Alun-alun" }')).by_id["alun"]

    assert (case.name(), case.name("id")) == ("Alun – Library", "Alun-alun – Library")
    assert case.partner_kind.text("id") == "pemerintah daerah"


def test_a_case_without_a_partner_is_named_by_its_home() -> None:
    """No dash is left over."""
    assert Case(id="a", home="Alun", partner="", country="").name() == "Alun"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "beji"', 'id = "alun"', "line 10: the case 'alun' stands twice"),
        ('"closed"', '"closd"', "line 7: 'closd' is no level of the variable 'outcome'. Did you mean 'closed'"),
        ('"ana2010"', '"ana2001"', "line 6: the study 'ana2001' is the key of no record. Did you mean 'ana2010'"),
        ('["ana2010"]', '["ana2010", "ana2010"]', "line 6: a study of the case 'alun' stands twice"),
        ("studies", "studys", "line 6: unknown key 'studys'. Did you mean 'studies'"),
    ],
)
def test_what_is_wrong_with_a_case_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One word of two good cases is made wrong."""
    with pytest.raises(BenangError, match=rf"cases\.toml, {said}"):
        check(tmp_path, GOOD.replace(old, new))


def test_an_outcome_needs_a_variable_in_the_codebook(tmp_path: Path) -> None:
    """Without one there is nothing that the outcome could be a level of."""
    with pytest.raises(BenangError, match="the codebook has no variable 'outcome'"):
        check(tmp_path, GOOD, Codebook())


def test_a_review_without_cases_needs_no_file(tmp_path: Path) -> None:
    """No cases, nothing to check."""
    check_cases(Cases(), tmp_path / "cases.toml", (), Codebook())
