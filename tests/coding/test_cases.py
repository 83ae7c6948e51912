"""Cases are held against the codebook and the records, and forms are filled in for them or for their studies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benang.coding.cases import (
    Case,
    Cases,
    about_subjects,
    check_cases,
    given_values,
    read_cases,
    subject_named,
    subjects,
)
from benang.coding.codebook import Codebook, Level, Variable
from benang.errors import BenangError
from benang.judgements.events import NOT_REPORTED, Value
from benang.judgements.log import Judgements
from benang.project.toml_files import Label

GOOD = """[[cases]]
id = "alun"
label = "Alun"
studies = ["ana2010"]
outcome = "closed"
owner = { en = "village", id = "desa" }
opened = 1960

[[cases]]
id = "beji"
label = { en = "Beji", id = "Desa Beji" }
"""
CODEBOOK = Codebook(
    variables=(
        Variable(id="outcome", label=Label(en="Outcome"), levels=(Level(id="closed", label=Label(en="Closed")),)),
        Variable(id="owner", label=Label(en="Owner"), type="text"),
        Variable(id="opened", label=Label(en="Opened"), type="year"),
    )
)
EARLIER = """[[cases]]
id = "padang-fremantle"
home = "Padang"
partner = "Fremantle"
country = "Australia"
studies = ["ana2010"]

[[cases]]
id = "java-fujian"
home = { en = "Central Java", id = "Jawa Tengah" }
partner = "Fujian"
country = { en = "China", id = "Tiongkok" }
"""
PLACES = tuple(Variable(id=one, label=Label(en=one), type="text") for one in ("home", "partner", "country"))


def check(folder: Path, text: str, codebook: Codebook = CODEBOOK) -> Cases:
    """Read and check cases from a file."""
    path = folder / "cases.toml"
    path.write_text(text, encoding="utf-8")
    cases = read_cases(path, codebook)
    check_cases(cases, path, ("ana2010", "bima2012"), codebook)
    return cases


def test_a_case_needs_an_id_and_a_label_and_no_more(tmp_path: Path) -> None:
    """No variable, no study, no codebook."""
    cases = check(tmp_path, '[[cases]]\nid = "alun"\nlabel = "Stalls of Alun"\n', Codebook())

    assert (cases.by_id["alun"].name(), cases.by_id["alun"].values) == ("Stalls of Alun", {})


def test_a_case_gives_values_of_the_variables_of_the_codebook(tmp_path: Path) -> None:
    """A level by its id, a text in two languages, a year."""
    case = check(tmp_path, GOOD).by_id["alun"]

    assert case.values == {"outcome": "closed", "owner": Label(en="village", id="desa"), "opened": 1960}


def test_a_label_may_be_in_two_languages(tmp_path: Path) -> None:
    """A plain string stands for both."""
    cases = check(tmp_path, GOOD).by_id

    assert (cases["alun"].name("id"), cases["beji"].name(), cases["beji"].name("id")) == ("Alun", "Beji", "Desa Beji")


def test_a_label_can_be_made_of_variables(tmp_path: Path) -> None:
    """The codebook names the texts; a label of its own goes before, and a text that is missing leaves no dash."""
    codebook = Codebook(case_label=("home", "partner"), variables=PLACES)
    more = '[[cases]]\nid = "a"\nlabel = "Own"\nhome = "A"\n[[cases]]\nid = "b"\nhome = "B"\n'
    cases = check(tmp_path, EARLIER + more, codebook).by_id

    assert [case.name() for case in cases.values()] == ["Padang – Fremantle", "Central Java – Fujian", "Own", "B"]
    assert [case.name("id") for case in cases.values()] == ["Padang – Fremantle", "Jawa Tengah – Fujian", "Own", "B"]


def test_a_file_of_an_earlier_version_is_told_what_to_write_and_then_read(tmp_path: Path) -> None:
    """Each key that it had is one problem, with the lines for the codebook; missing labels are one more."""
    with pytest.raises(BenangError) as caught:
        check(tmp_path, EARLIER, CODEBOOK)

    assert str(caught.value).splitlines() == [
        "cases.toml, line 2: the case 'padang-fremantle' and 1 other case have no label. Give each case a label = "
        '"…", or let codebook.toml make labels from its texts, with case_label = ["home", "partner"] above its tables.',
        *(
            f"cases.toml, line {line}: unknown key '{name}'. If cases have this property, declare it in codebook.toml "
            f'under [[variables]], on lines of their own: id = "{name}", label = "{name.capitalize()}", type = "text".'
            for line, name in ((3, "home"), (4, "partner"), (5, "country"))
        ),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "beji"', 'id = "alun"', "line 10: the case 'alun' appears twice"),
        ('"closed"', '"closd"', "line 5: 'closd' is not a level of the variable 'outcome'. Did you mean 'closed'"),
        ('"ana2010"', '"ana2001"', "line 4: no record has the key of the study 'ana2001'. Did you mean 'ana2010'"),
        ('["ana2010"]', '["ana2010", "ana2010"]', "line 4: a study of the case 'alun' appears twice"),
        ("studies", "studys", "line 4: unknown key 'studys'. Did you mean 'studies'"),
        ("owner", "ownr", "line 6: unknown key 'ownr'. Did you mean 'owner'"),
        ("1960", '"1960"', "line 7: opened is '1960', but a year of four digits was expected"),
        ('{ en = "village", id = "desa" }', "5", "line 6: owner is 5, but a text was expected"),
        ('{ en = "village", id = "desa" }', "true", 'line 6, cases.owner: expected a whole number or .*, found True'),
        ('label = "Alun"\n', "", "line 2: the case 'alun' has no label. Give each case a label"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_case_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """One word of two good cases is made wrong."""
    with pytest.raises(BenangError, match=rf"cases\.toml, {said}"):
        check(tmp_path, GOOD.replace(old, new))


def test_an_outcome_needs_a_variable_in_the_codebook(tmp_path: Path) -> None:
    """Without one there is nothing that the outcome could be a level of."""
    with pytest.raises(BenangError, match=r'unknown key \'outcome\'. .*\[\[variables\]\], .*id = "outcome"'):
        check(tmp_path, GOOD, Codebook())


def test_a_case_in_memory_goes_by_its_id_where_it_has_no_label() -> None:
    """No name is ever empty."""
    assert Case(id="alun").name() == "alun"


def test_a_review_without_cases_needs_no_file(tmp_path: Path) -> None:
    """No cases, nothing to check."""
    check_cases(Cases(), tmp_path / "cases.toml", (), Codebook())


FORMS = Codebook.model_validate(
    {
        "variables": [{"id": "aim", "label": "Aim"}, {"id": "place", "label": "Place", "type": "text"}],
        "forms": [
            {"id": "quality", "label": "Quality", "kind": "appraisal", "variables": ["aim"]},
            {"id": "chart", "label": "Chart", "variables": ["place"]},
        ],
    }
)
QUALITY, CHART = FORMS.forms
STUDIES = Cases(cases=(Case(id="muara", studies=("sari2018",)), Case(id="bukit", studies=("lestari2019",))))
OTHERS = Cases(cases=(*STUDIES.cases, Case(id="ladang", studies=("lestari2019", "anwar2017"))))


def value(name: str, coder: str, case: str, **more: Any) -> Value:
    """Return a value of the item `aim` that needs no passage."""
    return Value(**{"id": name, "coder": coder, "case": case, "variable": "aim", "value": NOT_REPORTED, **more})


def test_an_appraisal_is_filled_in_for_cases_that_are_studies() -> None:
    """An appraisal is filled in for the cases where each is one study."""
    assert [one.id for one in subjects(QUALITY, STUDIES)] == ["muara", "bukit"]


def test_else_it_is_filled_in_for_the_studies_each_once() -> None:
    """Else it is filled in for the studies of the cases, each once."""
    assert [one.id for one in subjects(QUALITY, OTHERS)] == ["sari2018", "lestari2019", "anwar2017"]
    assert [one.id for one in subjects(CHART, OTHERS)] == ["muara", "bukit", "ladang"]


def test_a_study_names_its_case_where_cases_are_studies() -> None:
    """The key of a study names its case where cases are studies, so that values stay when a case gets a second one."""
    assert subject_named("lestari2019", "aim", FORMS, STUDIES) == "bukit"
    assert subject_named("bukit", "aim", FORMS, OTHERS) == "lestari2019"


def test_a_case_of_two_studies_names_no_study() -> None:
    """A case of two studies names no study."""
    assert subject_named("ladang", "aim", FORMS, OTHERS) is None


def test_values_of_an_appraisal_are_put_under_their_studies() -> None:
    """Values of an appraisal are put under their studies, whichever way they were named."""
    log = Judgements(current=(value("v1", "ani", "bukit"), value("v2", "budi", "lestari2019")))
    assert [one.case for one in about_subjects(log, FORMS, OTHERS).of(Value)] == ["lestari2019", "lestari2019"]
    assert set(given_values(QUALITY, log, FORMS, OTHERS)[("lestari2019", "aim")]) == {"ani", "budi"}


def test_a_suggestion_of_a_program_is_no_value_given() -> None:
    """What a program suggests is no value that was given."""
    log = Judgements(current=(value("v1", "ani", "muara", program="a model"),))
    assert given_values(QUALITY, log, FORMS, OTHERS) == {}
