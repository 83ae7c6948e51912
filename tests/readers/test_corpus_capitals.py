"""Keywords and sources in capitals are put as the rest of the corpus writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.registry import read
from benang.records.corpus import Corpus


def _wos(*records: str) -> str:
    ended = "".join(f"PT J\n{record}UT WOS:{n}\nER\n\n" for n, record in enumerate(records, 1))
    return f"FN Clarivate\nVR 1.0\n{ended}EF\n"


def _read(folder: Path, **texts: str) -> Corpus:
    """Read files of these contents; a name ends with its suffix, `_txt`."""
    paths = []
    for name, text in texts.items():
        paths.append(folder / name.replace("_", "."))
        paths[-1].write_text(text, encoding="utf-8")
    return read(*paths)


def test_keywords_plus_take_the_form_that_authors_use_most(tmp_path: Path) -> None:
    """Of two forms of authors the more frequent counts; what no author uses is small; what was printed is kept."""
    text = _wos(
        "TI A\nDE night markets; Rent Control\nID DNA METHYLATION; STALLS\n",
        "TI B\nDE Night Markets; DNA methylation\nID RENT CONTROL\n",
        "TI C\nDE night markets\nID NIGHT MARKETS; ENERGY USE\n",
    )
    corpus = _read(tmp_path, a_txt=text)
    assert [record.index_keywords for record in corpus.records] == [
        ("DNA methylation", "stalls"),
        ("Rent Control",),
        ("night markets", "energy use"),
    ]
    assert corpus.records[0].raw["index_keywords"] == "DNA METHYLATION; STALLS"
    assert corpus.records[0].author_keywords == ("night markets", "Rent Control")
    assert corpus.ledger.files[0].notes[-1] == (
        "Keywords in capitals were changed to the spelling of the rest of the corpus, or in lower case; the "
        "original is kept"
        " (3 records, first: record 1)."
    )


@pytest.mark.parametrize(
    ("keyword", "spelt"),
    [
        ("ADHD RISK", "ADHD risk"),
        ("COVID-19", "COVID-19"),
        ("GDP", "GDP"),
        ("METHODS", "methods"),
        ("FEPT FILMS", "FePt films"),
        ("RENTS OF INVENTIA", "rents of Inventia"),
        ("21ST-CENTURY RENT", "21st-century rent"),
        ("STALLS", "stalls"),
        ("AND.", "and"),
        ("SOUTH-INVENTIA", "south-inventia"),
        ("INVENTIA-WIDE RENT", "Inventia-wide rent"),
        ("OF-THE-ART", "of-the-art"),
        ("LOW PH", "low ph"),
        ("ZR-PB", "ZR-Pb"),
        ("CO FILMS", "Co films"),
    ],
)
def test_words_are_spelt_as_running_text_spells_them(tmp_path: Path, keyword: str, spelt: str) -> None:
    """Abbreviations and names that abstracts and titles show stay; a heading of an abstract shows nothing."""
    abstract = (
        "METHODS: We saw ADHD, and the methods, in Inventia. In Inventia stalls close; Inventia is far. "
        "By co-authors, of Pb and Co."
    )
    text = _wos(f"TI Of FePt and rents\nAB {abstract}\nID {keyword}\n")
    assert _read(tmp_path, a_txt=text).records[0].index_keywords == (spelt,)


@pytest.mark.parametrize(
    ("keyword", "spelt"),
    [
        ("XO2 FILMS", "XO2 films"),
        ("FEX3 AND XQ4", "FeX3 and xq4"),
        ("7K STALLS", "7K stalls"),
        ("8K STALLS", "8k stalls"),
        ("CO2 OF COVID-19", "CO2 of COVID-19"),
        ("BUKI-TARO DOWNLINK", "BUKI-TARO downlink"),
        ("BUKI-OMEL DOWNLINK", "buki-omel downlink"),
        ("OMEL-XQ4", "omel-xq4"),
        ("BUKI-XQ4", "buki-xq4"),
        ("BUKI-BASE", "BUKI-base"),
        ("BUKI-INDUCED", "BUKI-induced"),
        ("NON-BUKI", "non-BUKI"),
        ("BUKI OMEL", "BUKI omel"),
        ("RENT-OMEL", "rent-omel"),
    ],
)
def test_formulae_and_compounds_are_as_texts_show_them_or_small_as_a_whole(
    tmp_path: Path, keyword: str, spelt: str
) -> None:
    """No figure shows capitals by itself; beside an acronym a short part that no text shows may be another one."""
    abstract = "Stalls of XO2 with FeX3 at 7K. The base of BUKI is TARO."
    text = _wos(f"TI Of rents\nAB {abstract}\nID {keyword}\n")
    assert _read(tmp_path, a_txt=text).records[0].index_keywords == (spelt,)


def test_a_compound_of_authors_keeps_their_form(tmp_path: Path) -> None:
    """Authors write the formula and both parts of the compound."""
    text = _wos("TI A\nDE Contoh; BuKi-OMEL; XeQ4\n", "TI B\nID BUKI-OMEL; BUKI-OMEL RENT; XEQ4 FILMS\n")
    keywords = _read(tmp_path, a_txt=text).records[1].index_keywords
    assert keywords == ("BuKi-OMEL", "BuKi-OMEL rent", "XeQ4 films")


def test_acronyms_of_authors_are_no_list_in_capitals(tmp_path: Path) -> None:
    """A list of authors with short capitals alone stays as it is; one with whole words in capitals does not."""
    text = _wos("TI A\nDE GDP; ASEAN; BRICS\n", "TI B\nDE PASAR MALAM; SEWA\n", "TI C\nDE Pasar malam\n")
    assert [record.author_keywords for record in _read(tmp_path, a_txt=text).records] == [
        ("GDP", "ASEAN", "BRICS"),
        ("Pasar malam", "sewa"),
        ("Pasar malam",),
    ]


def test_the_form_of_another_database_counts(tmp_path: Path) -> None:
    """What Scopus's authors write spells what Web of Science prints in capitals."""
    ris = "TY  - JOUR\nTI  - X\nKW  - Bukit system\nKW  - rent\nER  - \n"
    corpus = _read(tmp_path, a_txt=_wos("TI A\nID BUKIT SYSTEM\n"), b_ris=ris)
    assert corpus.records[0].index_keywords == ("Bukit system",)


def test_keywords_plus_behind_author_keywords_are_small(tmp_path: Path) -> None:
    """In the RIS of Web of Science both stand in one list; a list that ends in a short acronym is an author's."""
    listed = ("night markets", "ASEAN", "GDP", "RENT CONTROL", "LAW", "AGREEMENTS")
    keywords = "".join(f"KW  - {one}\n" for one in listed)
    corpus = _read(tmp_path, a_ris=f"TY  - JOUR\nTI  - A\nAN  - WOS:1\n{keywords}ER  - \n")
    assert corpus.records[0].author_keywords == ("night markets", "ASEAN", "GDP", "rent control", "law", "agreements")


def test_an_acronym_at_the_end_of_an_authors_list_stays(tmp_path: Path) -> None:
    """Only a long word or several words in capitals show that Keywords Plus stand there."""
    ris = "TY  - JOUR\nTI  - A\nAN  - WOS:1\nKW  - night markets\nKW  - BUKIT\nER  - \n"
    assert _read(tmp_path, a_ris=ris).records[0].author_keywords == ("night markets", "BUKIT")


def test_ebsco_prints_the_first_word_of_a_subject_in_capitals(tmp_path: Path) -> None:
    """Subjects become small, names keep their capital, and an acronym that the abstract has stays."""
    subjects = ["NIGHT markets", "AGRICULTURAL landscape", "UMPAMA, Ani", "BUKIT (Inventia)", "ADHD care", "SILAGES"]
    keywords = "".join(f"KW  - {one}\n" for one in subjects)
    database = "DB  - a9h\nDP  - EBSCOhost\n"
    ris = f"TY  - JOUR\nTI  - A\nAB  - An umpama of a bukit with ADHD.\n{keywords}{database}ER  - \n"
    assert _read(tmp_path, a_ris=ris).records[0].author_keywords == (
        "night markets",
        "agricultural landscape",
        "Umpama, Ani",
        "Bukit (Inventia)",
        "ADHD care",
        "silages",
    )


def test_places_among_the_subjects_of_ebsco_keep_their_capital(tmp_path: Path) -> None:
    """A country or a state alone is a name, and so is what an author's keyword in the same list shows as one."""
    subjects = ["ARGENTINA", "MONTANA", "GUINEA pigs", "CHINA", "ST. Umpama (Wales)", "UV lamps", "STALLS", "INVENTIA"]
    ris = "".join(f"KW  - {one}\n" for one in (*subjects, "Inventia", "night markets"))
    text = f"TY  - JOUR\nTI  - A\n{ris}DB  - a9h\nDP  - EBSCOhost\nER  - \n"
    assert _read(tmp_path, a_ris=text).records[0].author_keywords[:8] == (
        "Argentina",
        "Montana",
        "guinea pigs",
        "China",
        "St. Umpama (Wales)",
        "UV lamps",
        "stalls",
        "Inventia",
    )


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("SO SPINE\n", "Spine"),
        ("SO ACS NANO\n", "ACS Nano"),
        ("SO IEEE T MAGN\n", "IEEE T Magn"),
        ("SO NANO TODAY\n", "Nano Today"),
        ("SO JAMA\n", "JAMA"),
        ("SO JOURNAL OF INVENTED MEMS\nJI J. Invent. MEMS\nJ9 J INVENT MEMS\n", "Journal of Invented MEMS"),
        ("SO CONTOH ONE\nJI CoNToh One\nJ9 CONTOH ONE\n", "CoNToh One"),
        ("SO MKT LETT DTSCH BR\n", "Mkt Lett Dtsch Br"),
        ("SO PROCEEDINGS OF THE 19TH FORUM ON THINGS, WF-IoT\n", "Proceedings of the 19th Forum on Things, WF-IoT"),
    ],
)
def test_sources_of_web_of_science_are_named_as_journals_are(tmp_path: Path, printed: str, shown: str) -> None:
    """Capitals tell nothing there: words are written as names, acronyms as the abbreviation of the journal has them."""
    record = _read(tmp_path, a_txt=_wos(f"TI A\n{printed}")).records[0]
    assert record.source == shown
    written = printed.partition("\n")[0].removeprefix("SO ")
    assert record.raw.get("source", shown) == written


def test_a_source_takes_the_form_of_another_record(tmp_path: Path) -> None:
    """Where Scopus spells the same source, its spelling counts before any rule."""
    ris = "TY  - JOUR\nTI  - X\nJO  - eContoh of the Towns\nER  - \n"
    corpus = _read(tmp_path, a_txt=_wos("TI A\nSO ECONTOH OF THE TOWNS\n"), b_ris=ris)
    assert {record.source for record in corpus.records} == {"eContoh of the Towns"}


def test_an_acronym_alone_stays_where_other_sources_are_not_in_capitals(tmp_path: Path) -> None:
    """Outside of Web of Science a short name in capitals is an acronym as often as not."""
    ris = "".join(f"TY  - JOUR\nTI  - X\nJO  - {name}\nER  - \n" for name in ("JOM FISIP", "CITIES", "Jurnal Contoh"))
    assert [record.source for record in _read(tmp_path, a_ris=ris).records] == ["JOM FISIP", "CITIES", "Jurnal Contoh"]


def test_the_order_of_records_changes_no_spelling(tmp_path: Path) -> None:
    """Ties are settled by the letters, not by what is read first."""
    first, second = "TI A\nDE Night market\nID TOWN LIFE\n", "TI B\nDE night market; Town life\nID NIGHT MARKET\n"
    spelt = []
    for n, records in enumerate(((first, second), (second, first))):
        corpus = _read(tmp_path, **{f"{n}_txt": _wos(*records)})
        spelt.append({record.title: record.index_keywords for record in corpus.records})
    assert spelt[0] == spelt[1] == {"A": ("Town life",), "B": ("Night market",)}
