"""An icon on the desktop: on each system it starts Benang, and replaces nothing but itself."""

from __future__ import annotations

import configparser
import plistlib
import shlex
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support import without_privileges

from benang.errors import BenangError
from benang.locale import LANGUAGES
from benang.tasks.shortcut import ICONS, MARK, ShortcutRequest, icns, ico, run_program, shortcut

PYTHON = Path('/opt/my tools/$5 "best"/100%/py\'thon')


class System:
    """A system whose programs answer with a code and a text, and which notes what it was asked to run."""

    def __init__(self, code: int = 0, printed: str = "") -> None:
        self.code, self.printed = code, printed
        self.asked: list[tuple[Sequence[str], Mapping[str, str]]] = []

    def __call__(self, command: Sequence[str], variables: Mapping[str, str]) -> tuple[int, str]:
        """Answer."""
        self.asked.append((command, variables))
        return self.code, self.printed


def asked(home: Path, platform: str, run: System | None = None, **environment: str) -> ShortcutRequest:
    """Return a request for a home folder with a desktop."""
    (home / "Desktop").mkdir(parents=True, exist_ok=True)
    return ShortcutRequest(
        platform=platform, home=home, environment=environment, python=PYTHON, run=run or System(), language="en"
    )


def entry(path: Path) -> Mapping[str, str]:
    """Read a desktop entry."""
    parser = configparser.RawConfigParser(delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign] # keys have capitals
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


def words_of(value: str) -> list[str]:
    """Take the value of `Exec` apart: as a string, then as a shell does with words in quotation marks."""
    unescaped = value.replace("\\\\", "\\")
    done = subprocess.run(["sh", "-c", f"printf '%s\\n' {unescaped}"], capture_output=True, text=True, check=True)
    return done.stdout.replace("%%", "%").splitlines()


# Linux


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_linux_has_an_icon_on_the_desktop_and_in_the_menu(tmp_path: Path) -> None:
    """Both start this Python whatever its path, and have a picture that is there."""
    made = shortcut(asked(tmp_path, "linux"))

    assert made.files == (
        tmp_path / "Desktop" / "benang.desktop",
        tmp_path / ".local" / "share" / "applications" / "benang.desktop",
    )
    for file in made.files:
        known = entry(file)
        assert words_of(known["Exec"]) == [str(PYTHON), "-P", "-m", "benang", "serve"]
        assert (known["Type"], known["Name"], known["Terminal"]) == ("Application", "Benang", "true")
        assert Path(known["Icon"]).is_file()
    assert made.files[0].stat().st_mode & 0o777 == 0o755


def test_the_desktop_is_where_the_user_has_set_it(tmp_path: Path) -> None:
    """By a variable of the environment, or by the file of xdg-user-dirs."""
    for name in ("Meja", "Schreib tisch"):
        (tmp_path / name).mkdir()
    (tmp_path / ".config").mkdir()
    settings = '# a remark\nXDG_DESKTOP_DIR="$HOME/Schreib tisch"\nXDG_MUSIC_DIR="$HOME/Music"\n'
    (tmp_path / ".config" / "user-dirs.dirs").write_text(settings, encoding="utf-8")
    by_file = shortcut(asked(tmp_path, "linux"))
    by_variable = shortcut(
        asked(tmp_path, "linux", XDG_DESKTOP_DIR=str(tmp_path / "Meja"), XDG_DATA_HOME=str(tmp_path / "data"))
    )

    assert by_file.files[0].parent.name == "Schreib tisch"
    assert by_variable.files[0].parent.name == "Meja"
    assert by_variable.files[1] == tmp_path / "data" / "applications" / "benang.desktop"


@pytest.mark.parametrize("settings", ['XDG_DESKTOP_DIR="$HOME/"\n', 'XDG_DESKTOP_DIR="/nowhere/at/all"\n'])
def test_without_a_desktop_it_is_in_the_menu_alone_and_that_is_said(tmp_path: Path, settings: str) -> None:
    """A desktop can be switched off."""
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config" / "user-dirs.dirs").write_text(settings, encoding="utf-8")
    made = shortcut(asked(tmp_path, "linux"))

    assert [one.parent.name for one in made.files] == ["applications"]
    assert "no desktop folder" in made.account.notes[0].text


def test_a_desktop_that_trusts_no_file_is_asked_to_trust_this_one(tmp_path: Path) -> None:
    """Where that does not work, the user reads what to do."""
    refusing = System(code=1)
    made = shortcut(asked(tmp_path, "linux", refusing))

    assert refusing.asked[0][0] == ("gio", "set", str(made.files[0]), "metadata::trusted", "true")
    assert "Allow Launching" in made.account.notes[0].text


# macOS


def test_macos_has_a_program_on_the_desktop(tmp_path: Path) -> None:
    """It opens a terminal that starts this Python."""
    (app,) = shortcut(asked(tmp_path, "darwin")).files
    contents = app / "Contents"
    about = plistlib.loads((contents / "Info.plist").read_bytes())
    command = (contents / "Resources" / "benang.command").read_text(encoding="utf-8")

    assert app == tmp_path / "Desktop" / "Benang.app"
    assert (contents / "MacOS" / about["CFBundleExecutable"]).stat().st_mode & 0o111
    assert shlex.split(command.splitlines()[1])[1:] == [str(PYTHON), "-P", "-m", "benang", "serve"]
    assert (contents / "Resources" / f"{about['CFBundleIconFile']}.icns").is_file()
    assert [one.name for one in app.parent.iterdir()] == ["Benang.app"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_the_script_of_macos_starts_this_python(tmp_path: Path) -> None:
    """Run by a shell, with a program in the place of Python that prints what it was given."""
    python = tmp_path / "my 'tools'" / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (app,) = shortcut(replace(asked(tmp_path, "darwin"), python=python)).files
    done = subprocess.run([app / "Contents/Resources/benang.command"], capture_output=True, text=True, check=True)

    assert done.stdout == "-P -m benang serve\n"


# Windows


def test_windows_makes_a_link_by_its_script_host(tmp_path: Path) -> None:
    """What differs comes in variables; the place of the link is what the script prints."""
    windows = System(printed=str(tmp_path / "OneDrive" / "Desktop" / "Benang.lnk"))
    made = shortcut(asked(tmp_path, "win32", windows, LOCALAPPDATA=str(tmp_path / "Local")))
    command, variables = windows.asked[0]

    assert made.files == (tmp_path / "OneDrive" / "Desktop" / "Benang.lnk",)
    assert command[0] == "powershell.exe"
    assert str(PYTHON) not in command[-1]
    assert (variables["BENANG_PYTHON"], variables["BENANG_ARGUMENTS"]) == (str(PYTHON), "-P -m benang serve")
    assert Path(variables["BENANG_ICON"].removesuffix(",0")).read_bytes() == ico((ICONS / "benang.png").read_bytes())


def test_windows_without_a_script_host_has_a_file_to_click(tmp_path: Path) -> None:
    """It has no picture, and the user reads why."""
    made = shortcut(asked(tmp_path, "win32", System(code=-1)))
    (file,) = made.files
    lines = file.read_bytes().decode("utf-8").split("\r\n")

    assert file == tmp_path / "Desktop" / "Benang.bat"
    assert "100%%" in lines[3]
    assert lines[3].endswith(" -P -m benang serve")
    assert "without one" in made.account.notes[0].text
    assert shortcut(asked(tmp_path, "win32", System(code=-1))).files == (file,)


def test_a_batch_file_quotes_a_path_without_spaces_too(tmp_path: Path) -> None:
    """`&` ends a command."""
    request = replace(asked(tmp_path, "win32", System(code=-1)), python=Path("/a&b/python.exe"))

    assert b'"/a&b/python.exe" -P -m benang serve\r\n' in shortcut(request).files[0].read_bytes()


def test_a_link_of_somebody_elses_is_not_replaced_on_windows(tmp_path: Path) -> None:
    """The script says so by its code."""
    with pytest.raises(BenangError, match=r"Benang\.lnk: something else is here"):
        shortcut(asked(tmp_path, "win32", System(code=3, printed=str(tmp_path / "Benang.lnk"))))


# All systems


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_run_again_it_replaces_its_own_and_nothing_else(tmp_path: Path, platform: str) -> None:
    """After a move of Python, say."""
    request = asked(tmp_path, platform, System(code=-1))
    (tmp_path / "Desktop" / "notes.txt").write_text("mine", encoding="utf-8")
    first = shortcut(request).files
    before = {one for one in tmp_path.rglob("*") if one.is_file()}
    again = shortcut(replace(request, python=Path("/new/python"))).files
    after = {one for one in tmp_path.rglob("*") if one.is_file()}

    assert (first, before) == (again, after)
    assert any(b"/new/python" in one.read_bytes() for one in after)
    assert not any(str(PYTHON.parent.name).encode() in one.read_bytes() for one in after)
    assert (tmp_path / "Desktop" / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("platform", "name"), [("linux", "benang.desktop"), ("darwin", "Benang.app"), ("win32", "Benang.bat")]
)
def test_what_is_not_its_own_stays(tmp_path: Path, platform: str, name: str) -> None:
    """Be it a file or a folder; the message names it."""
    request = asked(tmp_path, platform, System(code=-1))
    place = tmp_path / "Desktop" / name
    place.write_text("mine", encoding="utf-8")
    with pytest.raises(BenangError, match=f"{name}: something else is here"):
        shortcut(request)
    assert place.read_text(encoding="utf-8") == "mine"

    place.unlink()
    (place / "mine").mkdir(parents=True)
    with pytest.raises(BenangError, match=r"something else is here|Info"):
        shortcut(request) if platform != "darwin" else shortcut(_with_foreign_plist(request, place))
    assert (place / "mine").is_dir()


def _with_foreign_plist(request: ShortcutRequest, app: Path) -> ShortcutRequest:
    (app / "Contents").mkdir()
    (app / "Contents" / "Info.plist").write_bytes(plistlib.dumps({"CFBundleIdentifier": "org.example"}))
    return request


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_without_a_desktop_folder_it_says_how_to_start_otherwise(tmp_path: Path, platform: str) -> None:
    """A server has none."""
    request = asked(tmp_path, platform, System(code=-1))
    (tmp_path / "Desktop").rmdir()

    with pytest.raises(BenangError, match="no desktop folder here"):
        shortcut(request)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_where_nobody_may_write_that_is_said(tmp_path: Path, platform: str) -> None:
    """And nothing is left half-made."""
    request = asked(tmp_path, platform, System(code=-1), LOCALAPPDATA=str(tmp_path / "Local"))
    desktop = tmp_path / "Desktop"
    desktop.chmod(0o500)
    with without_privileges(), pytest.raises(BenangError, match="can't write here"):
        shortcut(request)
    desktop.chmod(0o700)

    assert list(desktop.iterdir()) == []


def test_the_icons_have_the_picture_of_the_package() -> None:
    """A PNG of 256 × 256 points, within a container of each system."""
    png = (ICONS / "benang.png").read_bytes()

    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (256, 256)
    assert ico(png)[22:] == png
    assert int.from_bytes(ico(png)[18:22], "little") == 22
    assert icns(png)[16:] == png
    assert int.from_bytes(icns(png)[4:8], "big") == len(icns(png))


def test_a_program_that_is_not_there_is_no_error() -> None:
    """It did not run, which is a code below 0."""
    assert run_program(("benang-no-such-program",), {}) == (-1, "")
    assert run_program((sys.executable, "-c", "import os; print(os.environ['A'])"), {"A": "b"}) == (0, "b")


def test_the_account_is_in_the_language_of_the_user(tmp_path: Path) -> None:
    """And ends with how Benang is stopped."""
    request = asked(tmp_path, "linux")
    english, indonesian = (
        shortcut(replace(request, language=language)).account.notes[-1].text for language in LANGUAGES
    )

    assert english.endswith("Benang ends when you close that window.")
    assert indonesian.startswith("Sebuah jendela")
    assert MARK not in english
