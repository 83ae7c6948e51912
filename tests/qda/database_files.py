"""Databases as QualCoder and Taguette write them, with invented content."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, bookmarkfile integer,
  bookmarkpos integer, codername text, recently_used_codes text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text,
  av_text_id integer, risid integer, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer,
  unique(name));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text,
  supercid integer, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
  owner text, date text, memo text, avid integer, important integer, unique(cid, fid, pos0, pos1, owner));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer,
  cid integer, memo text, date text, owner text, important integer, pdf_page integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text,
  date text, owner text, important integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
  date text, unique(fid, pos0, pos1, owner));
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text, unique(name));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
  date text, memo text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
  owner text, unique(name, attr_type, id));
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text, unique(name));
CREATE TABLE graph (grid integer primary key, name text, description text, date text);
CREATE TABLE ris (risid integer, tag text, longtag text, value text);
INSERT INTO project VALUES ('v11', '2026-01-02 08:00:00', 'Why markets close.', 'QualCoder 3.6', 0, 0, 'ani', '');
INSERT INTO code_cat VALUES (1, 'Reasons', 'ani', '2026-01-02 08:00:00', 'Why a market closes.', NULL);
INSERT INTO code_name VALUES (1, 'Rising rent', 'The price of a stall rises.', 1, 'ani', '2026-01-02 08:00:00',
  '#AA3939', NULL);
INSERT INTO code_name VALUES (2, 'Doubled rent', '', NULL, 'ani', '2026-01-02 08:00:00', '#AA3940', 1);
INSERT INTO code_name VALUES (3, 'Slow permits', NULL, NULL, 'ani', '2026-01-02 08:00:00', 'red', NULL);
INSERT INTO cases VALUES (1, 'Muara', 'A harbour.', 'ani', '2026-01-02 08:00:00');
INSERT INTO attribute_type VALUES ('Stalls', '', 'ani', 'Number of stalls', 'case', 'numeric');
INSERT INTO attribute VALUES (1, 'Stalls', 'case', '120', 1, '', 'ani');
INSERT INTO journal VALUES (1, 'Week 1', 'Two coders begin.', '2026-01-03 08:00:00', 'ani');
"""
MARKET = "🏮 Market of Muara\n\nThe rent of a stall doubled within a year.\nTwo gates closed.\n"
"""A text with a character that UTF-16 writes as two."""

TAGUETTE = """
CREATE TABLE users (login VARCHAR(30) PRIMARY KEY, created DATETIME, hashed_password VARCHAR(192), email VARCHAR(256));
CREATE TABLE projects (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT, created DATETIME);
CREATE TABLE project_members (project_id INTEGER, user_login VARCHAR(30), privileges VARCHAR(11));
CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT,
  filename VARCHAR(200), created DATETIME, project_id INTEGER, text_direction VARCHAR(13), contents TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY AUTOINCREMENT, document_id INTEGER, start_offset INTEGER,
  end_offset INTEGER, snippet TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER, path VARCHAR(200), description TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER, PRIMARY KEY (highlight_id, tag_id));
CREATE TABLE commands (id INTEGER PRIMARY KEY AUTOINCREMENT, date DATETIME, user_login VARCHAR(30), project_id INTEGER,
  document_id INTEGER, payload TEXT);
INSERT INTO projects VALUES (1, 'Night markets', 'Invented.', '2026-01-02 08:00:00.000000');
INSERT INTO tags VALUES (1, 1, 'reasons', 'Why a market closes.');
INSERT INTO tags VALUES (2, 1, 'reasons.rent', 'The price of a stall rises.');
INSERT INTO tags VALUES (3, 1, 'permits', '');
"""
MARKET_HTML = "<h1>Café of Muara</h1><p>The <b>rent</b> of a stall &amp; gate doubled.</p><ul><li>Two gates</li></ul>"
"""Its text in bytes: `Café of Muara` is 14, `The rent of a stall & gate doubled.` 35, `Two gates` 9."""


def _database(path: Path, schema: str, rows: Iterable[tuple[str, tuple[object, ...]]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(schema)
        for table, row in rows:
            database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - ours
        database.commit()
    return path


def source(number: int, name: str, text: str | None, path: str | None = None) -> tuple[str, tuple[object, ...]]:
    """Return a source of QualCoder."""
    return "source", (number, name, text, path, "", "ani", "2026-01-02 08:00:00", None, None)


def passage(
    number: int, code: int, words: str, start: int, end: int, *, of: int = 1, owner: str = "ani", memo: str = ""
) -> tuple[str, tuple[object, ...]]:
    """Return a coding of QualCoder."""
    return "code_text", (number, code, of, words, start, end, owner, "2026-01-04 09:30:00", memo, None, None)


def qualcoder(folder: Path, *rows: tuple[str, tuple[object, ...]]) -> Path:
    """Write a project of QualCoder: its folder with the database in it."""
    _database(folder / "data.qda", QUALCODER, rows)
    return folder


def highlight(
    number: int, start: int, end: int, snippet: str, *tags: int, by: str = "ani", of: int = 1
) -> list[tuple[str, tuple[object, ...]]]:
    """Return a highlight of Taguette, its tags, and the command that made it."""
    payload = json.dumps({"type": "highlight_add", "highlight_id": number, "start_offset": start, "tags": list(tags)})
    return [
        ("highlights", (number, of, start, end, snippet)),
        *(("highlight_tags", (number, tag)) for tag in tags),
        ("commands", (None, "2026-01-04 09:30:00.000000", by, 1, of, payload)),
    ]


def document(number: int, name: str, html: str) -> tuple[str, tuple[object, ...]]:
    """Return a document of Taguette."""
    created = "2026-01-02 08:00:00.000000"
    return "documents", (number, name, "A paper.", f"{name}.docx", created, 1, "LEFT_TO_RIGHT", html)


def taguette(path: Path, *rows: tuple[str, tuple[object, ...]]) -> Path:
    """Write a project of Taguette."""
    return _database(path, TAGUETTE, rows)
