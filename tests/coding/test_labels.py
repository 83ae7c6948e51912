"""What ids are called can be said of vocabulary, cases and records alone; a `.qdc` file says what the codebook does."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from tests.qda.made_projects import schema_faults
from tests.synthesis.invented import CASES, CODEBOOK, CORPUS

from benang.coding.codebook import Code, Codebook
from benang.coding.labels import Labels, code_colours, qdc
from benang.errors import BenangError
from benang.looks.appearance import PALETTES
from benang.project.toml_files import Label


def test_everything_has_its_label_in_the_language() -> None:
    """Nothing was counted for it; what lacks the language stays English."""
    labels = Labels(CODEBOOK, CASES, CORPUS, "id")

    assert [labels.case("alun"), labels.code("flood"), labels.code("since"), labels.group("reasons")] == [
        "Alun – Library",
        "Banjir",
        "Sejak",
        "Alasan",
    ]
    assert (labels.row("leaflet/3"), labels.level("outcome", "moved")) == ("Water", "Moved")
    assert labels.study("ana2010") == "Ana dan Wulan (2010)"


def test_a_value_reads_as_its_variable_has_it() -> None:
    """A level by its label, a text in the language, a year as it is."""
    labels = Labels(CODEBOOK, CASES, CORPUS, "id")

    assert labels.value("outcome", "closed") == "Closed"
    assert labels.value("home", Label(en="village", id="desa")) == "desa"
    assert labels.value("since", 2008) == "2008"


@pytest.mark.parametrize("name", ["study", "case", "code", "group", "row"])
def test_an_unknown_id_is_its_own_label(name: str) -> None:
    """Nothing is lost where the review knows no name for it."""
    assert getattr(Labels(CODEBOOK, CASES, CORPUS), name)("nowhere") == "nowhere"


NAMES = {"q": "urn:QDA-XML:codebook:1.0"}
GROUPS = [{"id": "reasons", "label": {"en": "Reasons", "id": "Alasan"}}, {"id": "fields", "label": "Fields"}]
CODES = [
    {"id": "costs", "group": "reasons", "label": "Costs", "heading": True, "definition": "What is paid."},
    {
        "id": "rent", "group": "reasons", "label": {"en": "Rent & <fees>", "id": "Sewa"}, "parent": "costs",
        "definition": "The price rises.", "include": "Stalls.", "exclude": "Taxes.", "example": "It \x07doubled.",
        "colour": "#0072B2",
    },
    {"id": "noise", "group": "reasons", "label": "Noise", "retired": True},
    {"id": "food", "group": "fields", "label": "Food"},
]  # fmt: skip
FRAMEWORKS = [{"id": "five", "label": "Five causes", "source": "S", "items": [{"id": "money", "label": "Money"}]}]
READINGS = [{"code": "rent", "items": ["five/money"], "stance": "evidence"}]
SENT = Codebook.model_validate({"groups": GROUPS, "codes": CODES, "frameworks": FRAMEWORKS, "readings": READINGS})


def codes(language: str = "en") -> dict[str, ET.Element]:
    """Return the codes of the file by their names."""
    root = ET.fromstring(qdc(SENT, language))  # type: ignore[arg-type]  # noqa: S314 - our own file
    return {one.get("name", ""): one for one in root.iterfind(".//q:Code", NAMES)}


@pytest.mark.parametrize(
    "codebook", [SENT, Codebook.model_validate({"groups": GROUPS, "codes": [CODES[0], *CODES[2:3]]})]
)
def test_the_file_is_valid(codebook: Codebook) -> None:
    """The file is valid."""
    assert schema_faults(qdc(codebook), "Codebook") == []


def test_codes_stand_in_their_groups_and_below_their_headings() -> None:
    """Codes stand in their groups and below their headings."""
    root = ET.fromstring(qdc(SENT))  # noqa: S314 - our own file
    path = "q:Codes/q:Code[@name='Reasons']/q:Code[@name='Costs']/q:Code[@name='Rent & <fees>']"
    assert root.find(path, NAMES) is not None


def test_the_description_stands_first_with_rules_and_example_under_headings() -> None:
    """The description stands first with rules and example under headings."""
    first = next(iter(codes()["Rent & <fees>"]))
    assert (first.text or "").split("\n") == [
        "The price rises.", "", "[Include]", "Stalls.", "", "[Exclude]", "Taxes.", "", "[Example]", "It \ufffddoubled.",
        "", "[Label in Indonesian]", "Sewa",
    ]  # fmt: skip


def test_only_codes_in_use_can_be_coded_with() -> None:
    """Only codes in use can be coded with."""
    codable = {name for name, code in codes().items() if code.get("isCodable") == "true"}
    assert codable == {"Rent & <fees>", "Food"}


def test_labels_are_in_the_language_that_is_asked_for() -> None:
    """Labels are in the language that is asked for."""
    assert {"Alasan", "Sewa"} <= set(codes("id"))


def test_a_framework_is_a_set_of_the_codes_that_read_in_it() -> None:
    """A framework is a set of the codes that read in it."""
    root = ET.fromstring(qdc(SENT))  # noqa: S314 - our own file
    members = [one.get("guid") for one in root.iterfind("q:Sets/q:Set[@name='Five causes']/q:MemberCode", NAMES)]
    assert members == [codes()["Rent & <fees>"].get("guid")]


def test_guids_are_the_same_each_time_and_never_twice() -> None:
    """Guids are the same each time and never twice."""
    guids = re.findall(r'<(?:Code|Set) guid="([^"]+)"', qdc(SENT).decode())
    assert (len(guids), qdc(SENT)) == (len(set(guids)), qdc(SENT))


def test_a_codebook_without_codes_is_refused() -> None:
    """A codebook without codes is refused."""
    with pytest.raises(BenangError, match=r"a codebook without codes can't be written as \.qdc"):
        qdc(Codebook())


def test_a_codebook_that_has_all_colours_of_the_palette_leaves_grey() -> None:
    """Where codes have each colour of the palette as their own, the others are grey."""
    palette = PALETTES["benang"]
    own = [
        Code(id=f"code-{number}", group="reasons", label="Code", colour=palette.of(number)) for number in range(1, 55)
    ]
    rent = Code(id="rent", group="reasons", label="Rent")
    assert code_colours(Codebook(codes=(*own, rent)))["rent"] == palette.rest
