"""Ways to make a review's folder hostile: each is a function that does something to a copy of one.

An attack is given the review, a folder outside that must stay as it is, and chance. What it makes is what could come in
an archive, over a drive that syncs, or by hand; nothing here needs rights that a user doesn't have.
"""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

Attack = Callable[[Path, Path, random.Random], None]
SECRET = "Secretword of another folder"  # noqa: S105 - no password
SCRIPT = "<script>attack()</script>"
PAYLOADS = (
    SCRIPT,
    f'"><img src=x onerror=attack()>{SCRIPT}',
    f"</style></svg>{SCRIPT}",
    f"]]>{SCRIPT}<!--",
    f"{{{{7*7}}}}{{% include '/etc/passwd' %}}{SCRIPT}",
    f"javascript:attack(){SCRIPT}",
    f"file:///etc/passwd {SCRIPT}",
    f"\\u003cscript\\u003e&lt;script&gt;&#60;script&#62;{SCRIPT}",
    f"=HYPERLINK(1){SCRIPT}",
    f"%s{{0.__class__}}${{HOME}}$(touch x)`touch x`{SCRIPT}",
)
ORDERS = ("\x1b[2J\x1b]0;x\x07", "\x9b31m", "\u202egnp.exe", "\r\x08\x08", "\x00", "\u2028", "\ud800")
PARTS = (
    "review.toml", "codebook.toml", "cases.toml", "claims.toml", "thesaurus.tsv", "keywords.csv", "duplicates.tsv",
    "sources", "sources/markets.ris", "sources/more.ris", "documents", "documents/sari2018.md", "documents/more.txt",
    "judgements", "judgements/ani.jsonl", "judgements/budi.jsonl", "papers", "papers/a.pdf",
)  # fmt: skip
PRODUCTS = (
    "out", "out/report.html", "out/evidence.json", "out/provenance.json", "out/keywords.csv", "out/tables",
    "out/tables/cases.csv", "out/.benang", "out/.benang/made.json", "out/.benang/lock", "out/.benang-set", "out/maps",
    "out/figures", "out/old", "out/works.csv",
)  # fmt: skip
TEXTS = tuple(name for name in PARTS if "." in name and "more" not in name and "papers" not in name)


def _away(path: Path) -> None:
    """Move what is there out of the way, and make the folder that it lies in."""
    if path.is_symlink() or path.exists():
        path.rename(path.with_name(f".was-{path.name}"))
    path.parent.mkdir(parents=True, exist_ok=True)


def link(review: Path, outside: Path, chance: random.Random) -> None:
    """Put a link in the place of a part or a product."""
    path = review / chance.choice((*PARTS, *PRODUCTS))
    targets = (
        outside, outside / "secret.ris", outside / "thesis.docx", outside / "not-there", Path("/dev/zero"),
        Path(os.path.relpath(outside / "secret.ris", path.parent)), Path(path.name), Path(".."), outside / "chain",
    )  # fmt: skip
    _away(path)
    path.symlink_to(chance.choice(targets))


def hard_link(review: Path, outside: Path, chance: random.Random) -> None:
    """Put a second name of a file outside in the place of a product."""
    path = review / chance.choice([name for name in PRODUCTS if "." in Path(name).name[1:]])
    _away(path)
    path.hardlink_to(outside / "thesis.docx")


def account(review: Path, outside: Path, chance: random.Random) -> None:
    """Write a list of what was built that names files elsewhere, or none, or is no list."""
    names = (
        "../../outside/thesis.docx", str(outside / "thesis.docx"), "old/thesis.docx", "..\\..\\outside\\thesis.docx",
        "C:\\thesis.docx", "", ".", "..", "tables", "~/thesis.docx", "a\x00b", "x" * 5000, "../review.toml",
        "report.html/../../../outside/thesis.docx", "NUL", "report.html:stream",
    )  # fmt: skip
    digest = chance.choice(("", "0" * 64, outside.joinpath("digest").read_text()))
    files: object = {chance.choice(names): digest for _ in range(3)}
    made: object = {"x": {"key": "", "files": chance.choice((files, list(names), 7, None, {"a": {}}))}}
    deep = chance.choice(("[", '{"made":', '{"a":[')) * 100_000
    whole = {"format": chance.choice((1, 1, 1, 2, "1", 10**400)), "made": chance.choice((made, made, [], "x", None))}
    folder = review / "out" / ".benang"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "made.json").write_text(deep if chance.random() < 0.2 else json.dumps(whole))
    if chance.random() < 0.5:
        (review / "out" / "old").symlink_to(outside)


def plan_outside(review: Path, outside: Path, chance: random.Random) -> None:
    """Let the plan name files outside."""
    (review / "linked").symlink_to(outside)
    (review / "linked.ris").symlink_to(outside / "secret.ris")
    name = chance.choice(
        (
            str(outside / "secret.ris"), "../outside/secret.ris", "linked/secret.ris", "linked.ris", "~/secret.ris",
            "..\\outside\\secret.ris", "C:\\secret.ris", "\\\\server\\share\\a.ris", "//server/share/a.ris",
            "sources/../../outside/secret.ris", "/proc/self/environ", "/dev/zero", "linked/*", "*/*.ris", "**/*.ris",
            "l*d/s*.ris", "x" * 5000, "a\x00b", "",
        )
    )  # fmt: skip
    written = json.dumps(name)
    where = chance.choice(("files", "also_cited", "thesaurus", "like"))
    lines = {
        "files": ('files = ["sources/*.ris"]', f'files = ["sources/*.ris", {written}]'),
        "also_cited": ("[report]\n", f"[report]\nalso_cited = {written}\n"),
        "thesaurus": ('thesaurus = "thesaurus.tsv"', f"thesaurus = {written}"),
        "like": ("[report]\n", f'[[maps]]\nname = "m"\nitems = "author-keywords"\nlike = {written}\n\n[report]\n'),
    }
    _replace(review / "review.toml", *lines[where])


def odd_plan(review: Path, outside: Path, chance: random.Random) -> None:  # noqa: ARG001
    """Fill the plan with what TOML allows and nobody would write."""
    text = (review / "review.toml").read_text(encoding="utf-8")
    more = chance.choice(
        (
            f"x = {'[' * 5000}{']' * 5000}\n", f"{'a.' * 3000}b = 1\n", f"x = {'{a = ' * 2000}1{'}' * 2000}\n",
            f"x = {'9' * 6000}\n", "x = 1e400\n", "x = nan\n", '"\\u001b[2J" = "\\u202e"\n', "x = 0001-01-01\n",
            "".join(f'[[tables]]\nname = "t{n}"\nkind = "cases"\n' for n in range(300)),
            '[[tables]]\nname = "con"\nkind = "cases"\n', f'[[tables]]\nname = "{"t" * 300}"\nkind = "cases"\n',
            '[[tables]]\nname = "../../outside/x"\nkind = "cases"\n', '[[tables]]\nname = "a\\nb"\nkind = "cases"\n',
            '[[maps]]\nname = "m"\nitems = "author-keywords"\ntop = 99999999999999999999\n',
            '[[maps]]\nname = "m"\nitems = "author-keywords"\nresolution = inf\n',
            '[[maps]]\nname = "m"\nitems = "author-keywords"\nresolution = nan\nseed = 99999999999999999999999\n',
            '[[charts]]\nname = "y"\nkind = "years"\ncaption = "\\u001b[2J"\n',
            f"limits = [{json.dumps(SCRIPT)}]\n", "\ufeff", "\x00", "date = 1\n",
        )
    )  # fmt: skip
    deep = ", ".join(json.dumps("**/*/" * 12 + "*.ris") for _ in range(3))
    text = text.replace('files = ["sources/*.ris"]', f'files = ["sources/*.ris", {deep}]') if not more else text
    (review / "review.toml").write_text(text + more, encoding="utf-8")


def deep_folders(review: Path, outside: Path, chance: random.Random) -> None:  # noqa: ARG001
    """Nest folders, some with links back to the first, and let a pattern look for something at any depth."""
    folder = review / "sources"
    for _ in range(chance.choice((20, 60, 200))):
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "a.ris").write_bytes((review / "sources" / "markets.ris").read_bytes())
    for name in ("one", "two"):
        (review / "sources" / "d" / name).symlink_to(review / "sources")
    pattern = "**/*/" * chance.randint(1, 12) + "*.ris"
    _replace(review / "review.toml", 'files = ["sources/*.ris"]', f'files = ["{pattern}", "sources/*.ris"]')


def odd_names(review: Path, outside: Path, chance: random.Random) -> None:  # noqa: ARG001
    """Give exports, documents and judgements names that no office would."""
    data = (review / "sources" / "markets.ris").read_bytes()
    names = [
        *(f"a{order}b" for order in ORDERS if "\x00" not in order), "-o", "--help", "con", "nul.ris.", " ", "a\nb", "'",
        "x" * 250, "\u00e9" * 120, "e\u0301", "\U0001f41f", "$(touch x)", "%s%n{0}", SCRIPT.replace("/", "\u2215"), "*",
        "[a]", "..a", "a..b",
    ]  # fmt: skip
    for folder, suffix in (("sources", ".ris"), ("documents", ".txt"), ("judgements", ".jsonl")):
        for name in chance.sample(names, 4):
            try:
                (review / folder / f"{name[:240]}{suffix}").write_bytes(data if folder == "sources" else b"")
            except (OSError, UnicodeEncodeError):
                (review / folder / f"odd{suffix}").write_bytes(data)
    if os.name != "nt" and chance.random() < 0.5:
        Path(os.fsdecode(os.fsencode(review / "sources") + b"/\xff\xfe.ris")).write_bytes(data)


def script(review: Path, outside: Path, chance: random.Random) -> None:  # noqa: ARG001
    """Put scripts where texts are shown."""
    payload = chance.choice(PAYLOADS)
    line = payload.replace("\n", " ")
    records = (
        f"TY  - JOUR\nAU  - {line}, {line}\nTI  - {line}\nJO  - {line}\nPY  - 2019\nKW  - {line}\nKW  - trade\n"
        f"AB  - {line}\nUR  - javascript:attack()\nDO  - 10.9999/{line}\nAD  - {line}\nER  - \n"
    )
    (review / "sources" / "more.ris").write_text(records * 2)
    told = json.dumps(payload, ensure_ascii=False)
    _replace(review / "review.toml", 'question = "Why do night markets close?"', f"question = {told}")
    _replace(review / "review.toml", "[report]\n", f"[report]\nlimits = [{told}]\ndate = {told}\n")
    with (review / "documents" / "sari2018.md").open("a") as file:
        file.write(f"\n{payload}\n")
    (review / "keywords.csv").write_text(f"record,title,keywords\nx,{line},{line}\n")


def orders(review: Path, outside: Path, chance: random.Random) -> None:  # noqa: ARG001
    """Put control characters where texts are read."""
    order = "".join(chance.sample(ORDERS, 3)).encode("utf-8", "surrogatepass")
    path = review / chance.choice(TEXTS)
    if path.is_file():
        data = path.read_bytes()
        for _ in range(5):
            at = chance.randrange(len(data) + 1)
            data = data[:at] + order + data[at:]
        path.write_bytes(data)


def damage(review: Path, outside: Path, chance: random.Random) -> None:  # noqa: ARG001
    """Cut, double and garble files."""
    for name in chance.sample(TEXTS, 2):
        path = review / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        one, other = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        ways = (
            data[:one], data[:one] + data[other:], data[:other] + data[one:other] * 50 + data[other:], b"",
            data[:one] + chance.randbytes(30) + data[one:], data.replace(b'"', b"'"), b"\xff\xfe" + data,
            data[:one] + b"[" * 50_000 + data[one:], data[:one] + b"{" * 50_000 + data[one:], b"\x00" * 1000,
            data.replace(b"\n", b"\r"), data[:one] + b"9" * 5000 + data[one:],
        )  # fmt: skip
        path.write_bytes(chance.choice(ways)[:2_000_000])


def no_file(review: Path, outside: Path, chance: random.Random) -> None:  # noqa: ARG001
    """Put a pipe, a folder, or a file of many terabytes without a byte in the place of a part or a product."""
    path = review / chance.choice((*PARTS, *PRODUCTS))
    _away(path)
    way = chance.randrange(3)
    if way == 0 and hasattr(os, "mkfifo"):
        os.mkfifo(path)
    elif way == 1:
        (path / "inner").mkdir(parents=True)
    else:
        with path.open("wb") as file:
            file.truncate(4 << 40)


def archive(review: Path, outside: Path, chance: random.Random) -> None:
    """Put archives among the exports: of paths that lead out, bombs, archives within archives, links."""
    data = (review / "sources" / "markets.ris").read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        way = chance.randrange(5)
        if way == 0:
            for name in ("../../../outside/x.ris", "/tmp/x.ris", "C:\\x.ris", "a\x1b[2J\n.ris", ".." * 50):  # noqa: S108
                packed.writestr(name, data)
        elif way == 1:
            packed.writestr("a.ris", b"\n" * (80 << 20))
        elif way == 2:
            inner = data
            for depth in range(8):
                nested = io.BytesIO()
                with zipfile.ZipFile(nested, "w") as one:
                    one.writestr(f"{depth}.zip", inner)
                inner = nested.getvalue()
            packed.writestr("a.zip", inner)
        elif way == 3:
            entry = zipfile.ZipInfo("a.ris")
            entry.external_attr = 0o120777 << 16
            packed.writestr(entry, str(outside / "secret.ris"))
        else:
            packed.writestr("[Content_Types].xml", "<a/>")
            packed.writestr("word/document.xml", "<a/>")
            packed.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    (review / "sources" / "more.ris").write_bytes(out.getvalue())


def markup(review: Path, outside: Path, chance: random.Random) -> None:
    """Put XML, JSON and BibTeX among the exports that nests, explodes or names files outside."""
    secret = outside / "secret.ris"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    text = chance.choice(
        (
            f'<?xml version="1.0"?><!DOCTYPE r [{laughs}]><xml><records><record>&l11;</record></records></xml>',
            f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY b SYSTEM "file://{secret}">]><xml><records>&b;</records></xml>',
            "<xml><records>" + "<record>" * 50_000,
            "[" * 100_000,
            '[{"title": ' + '{"a": ' * 50_000,
            f"@article{{a, title = {'{' * 20_000}",
            f'@string{{a = a # a}}\n@article{{a, title = {"a # " * 20_000}"b"}}',
            f'@comment{{jabref-meta: file://{secret}}}\n@article{{a, title = "Rent", file = "{secret}"}}',
            "TY  - JOUR\n" + "TI  - a\n" * 100_000,
            "TY  - JOUR\nTI  - " + "." * 200_000 + "\nER  - \n",
            "Title,Year\n" + '"' * 100_001 + "\n",
        )
    )
    (review / "sources" / "more.ris").write_text(text)


def lost_set(review: Path, outside: Path, chance: random.Random) -> None:
    """Leave a folder of files on their way to their places that would go elsewhere."""
    folder = review / chance.choice(("", "out", "out/tables", "documents")) / ".benang-set"
    place = folder / chance.choice(("0-new", "0-0-0", "../0-new", "0-new"))
    place.mkdir(parents=True, exist_ok=True)
    way = chance.randrange(3)
    if way == 0:
        (place / "report.html").symlink_to(outside / "thesis.docx")
    elif way == 1:
        (place / "review.toml").write_text("x = 1\n")
    else:
        (place / "more").symlink_to(outside)


ATTACKS: dict[str, Attack] = {
    one.__name__: one
    for one in (
        link, hard_link, account, plan_outside, odd_plan, deep_folders, odd_names, script, orders, damage, no_file,
        archive, markup, lost_set,
    )
}  # fmt: skip


def _replace(path: Path, old: str, new: str) -> None:
    if path.is_file():
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        path.write_text(text.replace(old, new, 1), encoding="utf-8", errors="surrogateescape")
