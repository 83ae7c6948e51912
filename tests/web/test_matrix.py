"""The page of the matrix: cases by codes, each cell opening its passages; gaps, agreement and disagreements."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

from tests.tasks.coding.appraised import appraised_markets
from tests.two_coders import ANI, BUDI, coding, done, write_towns
from tests.web.conftest import Browse, Browser

PART = {"hx-request": "true", "hx-target": "panel"}


def _cell(browser: Browser, cell: str) -> str:
    return browser.get(browser.at("matrix"), params={"table": "codes/reasons", "cell": cell}, headers=PART).text


def test_a_cell_says_how_many_passages_report_its_code(browse: Browse, tmp_path: Path) -> None:
    """In the first town both found the rent to rise, in the second only Budi did."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (1, 1)}))

    page = browser.get(browser.at("matrix")).text

    assert "Rising rent, Town k01: 2 passages" in page
    assert "Rising rent, Town k02: 1 passage" in page


def test_a_cell_opens_its_passages_in_their_sentences(browse: Browse, tmp_path: Path) -> None:
    """With coder, document and a link to the place."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}))

    panel = _cell(browser, "ck01 rent")

    assert "The <mark>rent of stall k01 rose</mark> again." in panel
    assert "Stalls of town k01, looked at" in panel
    assert re.search(r"/code/[0-9a-f]{10}#coding=ani/ck01/rent", panel)
    assert "<html" not in panel


def test_the_address_of_an_open_cell_opens_it_again(browse: Browse, tmp_path: Path) -> None:
    """A reload asks for the whole page."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}))

    page = browser.get(browser.at("matrix"), params={"table": "codes/reasons", "cell": "ck01 rent"}).text

    assert "<html" in page
    assert "rent of stall k01 rose</mark>" in page


def test_what_was_looked_for_is_told_from_what_nobody_looked_for(browse: Browse, tmp_path: Path) -> None:
    """By a sign and in words; marking the case as looked at turns the one into the other."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (0, None), "budi": (0, None)}))
    page = browser.get(browser.at("matrix")).text
    assert "Rising rent, Town k01: looked for, not reported" in page
    assert "Rising rent, Town k02: not looked at" in page

    answer = browser.post(browser.at("matrix", "looked"), data={"case": "ck02", "group": "reasons"})

    assert answer.status_code == 204
    assert "Rising rent, Town k02: looked for, not reported" in browser.get(browser.at("matrix")).text


def test_a_row_and_a_column_open_all_their_passages(browse: Browse, tmp_path: Path) -> None:
    """The town has rent and permits; the code is in two towns."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, 1), "budi": (None, None)}))

    row, column = _cell(browser, "ck01 *"), _cell(browser, "* rent")

    assert row.count("<blockquote>") == 2
    assert "k02" not in row
    assert [f"rent of stall k0{n} rose" in column for n in (1, 2)] == [True, True]
    assert "permit" not in column.replace("Slow permits", "")


def test_a_passage_against_its_code_is_marked_as_such(browse: Browse, tmp_path: Path) -> None:
    """It has a sign of its own, in the cell and in the panel."""
    folder = write_towns(tmp_path / "towns", {"ani": (0,), "budi": (None,)})
    against = coding("k01", "budi", "rent", "rent of stall k01 rose") | {"stance": "contradicts"}
    log = folder / "judgements" / "budi.jsonl"
    log.write_text(f'{{"format": 1}}\n{json.dumps(against)}\n', encoding="utf-8")
    browser = browse(folder)

    page, panel = browser.get(browser.at("matrix")).text, _cell(browser, "ck01 rent")

    assert re.search(r'class="counter-evidence"[^>]*aria-label="Rising rent, Town k01: 1 passage against it">−1<', page)
    assert "contradicts" in panel


def test_ones_own_passage_is_taken_back_and_ctrl_z_brings_it_again(browse: Browse, tmp_path: Path) -> None:
    """The log only grows."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)})
    browser, log = browse(folder), folder / "judgements" / "ani.jsonl"
    before = log.read_text(encoding="utf-8")
    assert "matrix/withdraw" in _cell(browser, "ck01 rent")

    answer = browser.post(browser.at("matrix", "withdraw"), data={"id": "ani/ck01/rent"})

    assert answer.status_code == 204
    assert "rent of stall" not in _cell(browser, "ck01 rent")
    assert log.read_text(encoding="utf-8").startswith(before)
    assert browser.post(browser.at("undo")).status_code == 204
    assert "rent of stall" in _cell(browser, "ck01 rent")


def test_a_passage_of_another_coder_has_no_button_to_take_it_back(browse: Browse, tmp_path: Path) -> None:
    """Budi's stays Budi's."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (0,), "budi": (1,)}))

    assert "matrix/withdraw" not in _cell(browser, "ck01 rent")
    assert browser.post(browser.at("matrix", "withdraw"), data={"id": "budi/ck01/rent"}).status_code == 422


def test_a_conflict_and_a_lost_passage_stop_nothing(browse: Browse, tmp_path: Path) -> None:
    """They are named above the table and count in no cell; a cell whose passage is lost is not *not reported*."""
    folder = write_towns(tmp_path / "towns", {"ani": (1, 1), "budi": (0, 0)})
    (folder / "documents" / "k02.md").write_text("Another text.\n", encoding="utf-8")
    log = folder / "judgements" / "budi.jsonl"
    twice = [done("k01", "budi") | {"id": f"again-{n}", "supersedes": ["budi/ck01/task"]} for n in (1, 2)]
    with log.open("a", encoding="utf-8") as file:
        file.write("".join(json.dumps(one) + "\n" for one in twice))
    browser = browse(folder)

    page = browser.get(browser.at("matrix")).text

    assert "1 conflict" in page
    assert "3 passages are no longer in their documents" in page
    assert "Rising rent, Town k01: 1 passage" in page
    assert "Rising rent, Town k02: its passages are no longer in their documents" in page


def test_rows_and_columns_are_put_in_order_and_empty_ones_hidden(browse: Browse, tmp_path: Path) -> None:
    """The second town has the most codes; the third has none."""
    folder = write_towns(tmp_path / "towns", {"ani": (0, 1, None), "budi": (None, None, None)})
    browser = browse(folder)

    page = browser.get(browser.at("matrix"), params={"rows": "number", "columns": "number", "full": "on"}).text
    rows = re.findall(r'<th scope="row" title="[^"]*">([^<]*)<', page)
    columns = re.findall(r'<th scope="col" title="[^"]*"><span>([^<]*)<', page)

    assert rows == ["Town k02", "Town k01"]
    assert columns == ["Slow permits", "Rising rent"]


def test_gaps_are_the_cases_that_nobody_has_read(browse: Browse, tmp_path: Path) -> None:
    """With a link to what there is to read."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, None), "budi": (0, None)}))

    page = browser.get(browser.at("matrix", "gaps")).text

    assert "Nobody has looked at 1 of the 2 pairs of a case and a group of codes" in page
    assert "✓ ani, budi" in page
    assert page.count("nobody</span>") == 1


def test_the_table_is_saved_as_a_build_writes_it(browse: Browse, tmp_path: Path) -> None:
    """As CSV with a row for each pair, as a workbook with the quotations."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}))

    text = browser.get(browser.at("matrix", "file"), params={"table": "codes/reasons", "form": "csv"})
    book = browser.get(browser.at("matrix", "file"), params={"table": "codes/reasons"})

    assert "ck01,rent,evidence,ani/ck01/rent" in text.text
    assert "attachment" in book.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        assert b"rent of stall k01 rose" in archive.read("xl/sharedStrings.xml")


def test_a_table_that_is_not_there_is_not_found(browse: Browse, tmp_path: Path) -> None:
    """To be saved; the page itself shows the first table instead."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}))

    assert browser.get(browser.at("matrix", "file"), params={"table": "codes/nothing"}).status_code == 404
    assert "Rising rent" in browser.get(browser.at("matrix"), params={"table": "codes/nothing", "cell": "x y"}).text


def test_a_review_without_cases_or_codes_says_what_to_do(browse: Browse, tmp_path: Path) -> None:
    """With links to where they come from."""
    folder = write_towns(tmp_path / "towns", {"ani": (), "budi": ()}, codebook="format = 1\n")
    browser = browse(folder)

    page = browser.get(browser.at("matrix")).text

    assert "No cases yet" in page
    assert f'href="{browser.at("import")}"' in page


def test_agreement_is_that_of_the_command_line(browse: Browse, tmp_path: Path) -> None:
    """Krippendorff (2011, section B): percent .6, alpha .095; kappa .091 and AC1 .310 by hand."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": ANI, "budi": BUDI}))

    page = browser.get(browser.at("matrix", "agreement")).text
    row = page[page.index("Rising rent") :].partition("</tr>")[0]

    assert [one in row for one in ("60.0%", ">0.09<", ">0.31<", ">0.10<", "no conclusions")] == [True] * 5
    assert "4 disagreements are open." in page


def test_a_row_of_agreement_opens_its_disagreements(browse: Browse, tmp_path: Path) -> None:
    """With what each said, the passage, and the way to settle it."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (1, 1)}))

    page = browser.get(browser.at("matrix", "agreement"), params={"row": "code/rent"}).text
    differ = page[page.index('id="differ"') :]

    assert "Town k02" in differ
    assert "Town k01" not in differ
    assert "<b>ani</b>: not coded" in differ
    assert "<b>budi</b>: coded" in differ
    assert "rent of stall k02 rose" in differ
    assert "settle?id=rent&amp;unit=ck02" in differ


def test_agreement_is_saved_for_an_appendix(browse: Browse, tmp_path: Path) -> None:
    """As a workbook and as a document of Word."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (1, 1)}))

    for form, part in (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml")):
        answer = browser.get(browser.at("matrix", "agreement", "file"), params={"form": form})
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert part in archive.namelist()


def test_one_coder_is_told_what_two_would_be_compared_by(browse: Browse, tmp_path: Path) -> None:
    """The numbers of cases show what is missing."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, 1), "budi": (None, None)}))

    page = browser.get(browser.at("matrix", "agreement")).text

    assert "Nothing to compare yet" in page
    assert "<b>ani</b>: 2 cases looked at" in page


def _question(browser: Browser, **params: str) -> tuple[str, dict[str, str]]:
    page = browser.get(browser.at("matrix", "settle"), params=params).text
    fields = dict(re.findall(r'<input type="hidden" name="(id|unit|mark)" value="([^"]*)"', page))
    return page, fields


def test_a_disagreement_shows_both_sides_and_is_settled_by_a_key(browse: Browse, tmp_path: Path) -> None:
    """The consensus goes into the log with its reason, what both said stays, and the next one is shown."""
    folder = write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (0, 1)})
    browser = browse(folder)
    before = {path.name: path.read_bytes() for path in (folder / "judgements").iterdir()}
    page, fields = _question(browser)
    assert "Rising rent · Town k01" in page
    assert "<mark>rent of stall k01 rose</mark>" in page
    assert "no passage" in page
    assert 'data-key="1"' in page

    after = browser.post(browser.at("matrix", "settle"), data={**fields, "key": "1", "reason": "It is about rent."})

    assert "Rising rent · Town k02" in after.text
    assert after.headers["hx-trigger"]
    said = json.loads((folder / "judgements" / "consensus.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (said["kind"], said["keeps"], said["reason"]) == ("consensus", ["ani/ck01/rent"], "It is about rent.")
    assert before == {name: (folder / "judgements" / name).read_bytes() for name in before}
    assert "1 disagreement is open." in browser.get(browser.at("matrix", "agreement")).text


def test_a_decision_on_a_disagreement_is_undone(browse: Browse, tmp_path: Path) -> None:
    """By Ctrl+Z, as everything is; the question is open again."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)}))
    _page, fields = _question(browser)
    browser.post(browser.at("matrix", "settle"), data={**fields, "key": "0"})
    assert "No disagreement is open" in browser.get(browser.at("matrix", "settle")).text

    assert browser.post(browser.at("undo")).status_code == 204

    assert "Rising rent · Town k01" in browser.get(browser.at("matrix", "settle")).text


def test_nothing_is_decided_on_what_has_changed_since_it_was_shown(browse: Browse, tmp_path: Path) -> None:
    """Budi has coded the passage meanwhile, so that they agree."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (0,)})
    browser = browse(folder)
    _page, fields = _question(browser)
    with (folder / "judgements" / "budi.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(coding("k01", "budi", "rent", "The rent of stall k01 rose")) + "\n")
    browser.workbench.reviews[0].changed()

    after = browser.post(browser.at("matrix", "settle"), data={**fields, "key": "1"})

    assert "in the meantime" in after.text
    assert not (folder / "judgements" / "consensus.jsonl").exists()


def test_a_disagreement_is_skipped_and_comes_again(browse: Browse, tmp_path: Path) -> None:
    """The last one leads to the first."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (0, 1)}))

    first, _fields = _question(browser)
    second, _fields = _question(browser, id="rent", unit="ck02")

    assert "settle?id=rent&amp;unit=ck02" in first
    assert "2 of 2" in second
    assert "settle?id=rent&amp;unit=ck01" in second


def test_appraised_studies_are_rows_of_a_table_of_their_own(browse: Browse, tmp_path: Path) -> None:
    """Its texts speak of studies, and it is saved as every other."""
    browser = browse(appraised_markets(tmp_path / "markets"))

    page = browser.get(browser.at("matrix"), params={"table": "studies", "cell": "sari2018 aim"})
    saved = browser.get(browser.at("matrix", "file"), params={"table": "studies", "form": "csv"})
    book = browser.get(browser.at("matrix", "file"), params={"table": "studies"})

    assert "Quality of the studies" in page.text
    assert "Studies with it" in page.text
    assert "Cases with it" not in page.text
    assert "Nobody has appraised the study in this yet." in page.text
    assert "Night markets of Muara read again" in page.text
    assert saved.text.startswith("study,label,aim,ethics")
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        assert b"not looked for" in archive.read("xl/sharedStrings.xml")


def test_a_case_is_added_changed_and_removed(browse: Browse, tmp_path: Path) -> None:
    """It is a row of the matrix at once, and of the file; each of these is undone by Ctrl+Z."""
    folder = write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (1, 1)})
    browser, file = browse(folder), folder / "cases.toml"
    before = file.read_bytes()

    added = browser.post(browser.at("matrix", "cases"), data={"label": "Town of lamps", "studies": ["k02", "k01"]})

    assert json.loads(added.headers["hx-trigger"])["said"]["text"] == "Added: Town of lamps."
    assert json.loads(added.headers["hx-trigger"])["cases"] == {"id": "town-of-lamps", "label": "Town of lamps"}
    assert "Town of lamps" in browser.get(browser.at("matrix")).text
    change = {"case": "town-of-lamps", "label": "Town of lights", "studies": ["k02"]}
    browser.post(browser.at("matrix", "cases", "change"), data=change)
    assert 'label = "Town of lights"\nstudies = ["k02"]' in file.read_text(encoding="utf-8")
    browser.post(browser.at("matrix", "cases", "remove"), data={"case": "town-of-lamps"})
    assert "town-of-lamps" not in file.read_text(encoding="utf-8")
    undone = [browser.post(browser.at("undo")).headers["hx-trigger"] for _ in range(3)]
    assert [json.loads(one)["said"]["text"] for one in undone] == [
        "Undone: the case Town of lights", "Undone: the case Town of lights", "Undone: the case Town of lamps",
    ]  # fmt: skip
    assert file.read_bytes() == before


def test_a_case_that_was_coded_has_no_button_to_remove_it(browse: Browse, tmp_path: Path) -> None:
    """And is not removed by asking without it."""
    browser = browse(write_towns(tmp_path / "towns", {"ani": (1, None), "budi": (0, None)}))

    page = browser.get(browser.at("matrix", "cases")).text

    assert page.count('/matrix/cases/remove"') == 1
    assert "5 judgements" in page
    refused = browser.post(browser.at("matrix", "cases", "remove"), data={"case": "ck01"})
    assert refused.status_code == 422
    assert "Take these back first" in refused.text


def test_the_form_of_a_case_has_its_studies_in_their_order_and_its_values(browse: Browse, tmp_path: Path) -> None:
    """What is saved unchanged leaves the file as it is."""
    folder = write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (1, 1)})
    with (folder / "codebook.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[variables]]\nid = "owner"\nlabel = "Owner"\ntype = "text"\n')
    text = (folder / "cases.toml").read_text(encoding="utf-8").replace('["k02"]', '["k02", "k01"]\nowner = "<village>"')
    (folder / "cases.toml").write_text(text, encoding="utf-8")
    browser = browse(folder)

    page = browser.get(browser.at("matrix", "cases"), params={"case": "ck02"}).text
    form = page.partition('value="ck02"')[2].partition("</form>")[0]

    assert re.findall(r'name="studies" value="(\w+)" checked', form) == ["k02", "k01"]
    assert 'value="&lt;village&gt;"' in form
    data = {
        "case": "ck02",
        "label": "Town k02",
        "studies": ["k02", "k01"],
        "variable": ["owner"],
        "value": ["<village>"],
    }
    assert browser.post(browser.at("matrix", "cases", "change"), data=data).status_code == 204
    assert (folder / "cases.toml").read_text(encoding="utf-8") == text
    short = browser.post(browser.at("matrix", "cases", "change"), data=data | {"value": []})
    assert short.status_code == 422
