"""`benang thesaurus` writes a table that a person edits and `benang map` reads."""

from __future__ import annotations

from pathlib import Path

from tests.support import Command

from benang.records.thesaurus import read_thesaurus

RIS = "TY  - JOUR\nTI  - Kota kembar\nPY  - 2020\n{}ER  - \n"


def _export(folder: Path, *keywords: tuple[str, ...]) -> Path:
    path = folder / "a.ris"
    records = (RIS.format("".join(f"KW  - {word}\n" for word in words)) for words in keywords)
    path.write_text("".join(records), encoding="utf-8")
    return path


def test_the_table_is_a_thesaurus_with_reasons(tmp_path: Path, benang: Command) -> None:
    """What is written can be used as it is."""
    export = _export(tmp_path, ("sister city", "kota"), ("sister city", "desa"), ("Sister cities", "kota"))
    table = tmp_path / "thesaurus.tsv"
    said = benang("thesaurus", export, "-o", table)

    assert said.code == 0
    assert "1 keywords may be variant spellings" in said.out
    assert table.read_text(encoding="utf-8").splitlines()[1] == "Sister cities\tsister city\tplural\t1\t2"
    assert read_thesaurus(table).preferred("sister cities") == "sister city"


def test_a_codebook_gives_translations(tmp_path: Path, benang: Command, test_data: Path) -> None:
    """Labels of one code in two languages are one keyword."""
    export = _export(tmp_path, ("Culture", "kota"), ("Culture",), ("Kebudayaan",))
    codebook = tmp_path / "codebook.toml"
    text = (test_data / "mini-review" / "codebook.toml").read_text(encoding="utf-8")
    group = text.partition("[[groups]]")[2].partition('id = "')[2].partition('"')[0]
    code = f'\n[[codes]]\nid = "new-code"\ngroup = "{group}"\nlabel = {{ en = "Culture", id = "Kebudayaan" }}\n'
    codebook.write_text(text + code, encoding="utf-8")
    said = benang("thesaurus", export, "--codebook", codebook, "-o", tmp_path / "t.tsv")

    assert said.code == 0, said.err
    assert "Kebudayaan\tCulture\ttranslation\t1\t2" in (tmp_path / "t.tsv").read_text(encoding="utf-8")
