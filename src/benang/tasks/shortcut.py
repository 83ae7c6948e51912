"""An icon on the desktop that opens the pages, on Linux, macOS and Windows, with the Python that runs now.

Linux has an entry on the desktop and one in the menu (Desktop Entry Specification 1.5, xdg-user-dirs), macOS a program
that is a folder (`.app`), Windows a link that its own script host makes, or, where that doesn't work, a batch file.
Each opens a window of a terminal: whoever closes it ends Benang. A shortcut bears a mark, so that another run replaces
it and nothing else.
"""

from __future__ import annotations

import contextlib
import os
import plistlib
import re
import shlex
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.files import read_bytes, write_bytes, write_together
from benang.locale import Language, translator
from benang.locale.writing import worded
from benang.progress import Progress, silent
from benang.tasks.account import Account, Note
from benang.unfinished import remove_leftovers, temporary_prefix

Run = Callable[[Sequence[str], Mapping[str, str]], tuple[int, str]]
"""Runs a program with more variables than this process has; returns its exit code, below 0 if it can't run, and what
it printed."""

ICONS = Path(__file__).parents[1] / "icons"
ARGUMENTS = ("-P", "-m", "benang", "serve")
"""What Python is started with; `-P` because it may be started in any folder, whose modules are none of Benang's."""
MARK = "x-benang-shortcut"
"""By this a shortcut is known as Benang's own."""
_PATIENCE = 30
_FOREIGN = 3
_RESERVED = re.compile(r'(["`$\\])')
_DESKTOP = re.compile(r'^\s*XDG_DESKTOP_DIR="((?:[^"\\]|\\.)*)"', re.MULTILINE)
_LINK = f"""
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$path = Join-Path ([Environment]::GetFolderPath('Desktop')) 'Benang.lnk'
$link = (New-Object -ComObject WScript.Shell).CreateShortcut($path)
$is_foreign = (Test-Path -LiteralPath $path) -and ($link.Description -notlike '*{MARK}*')
if ($is_foreign) {{ Write-Output $path; exit {_FOREIGN} }}
$link.TargetPath = $env:BENANG_PYTHON
$link.Arguments = $env:BENANG_ARGUMENTS
$link.WorkingDirectory = $env:BENANG_HOME
$link.IconLocation = $env:BENANG_ICON
$link.Description = 'Benang ({MARK})'
$link.Save()
Write-Output $path
"""
"""Makes a link on Windows. What differs comes in variables, so that nothing needs to be quoted."""


def run_program(command: Sequence[str], variables: Mapping[str, str]) -> tuple[int, str]:
    """Run a program of the system, as `Run` has it."""
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, with words that are Benang's own or paths
            command,
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return -1, ""
    return done.returncode, done.stdout.decode("utf-8", "replace").strip()


@dataclass(frozen=True, kw_only=True)
class ShortcutRequest:
    """For whom a shortcut is made; by default for whoever runs this process, with the Python that runs it."""

    platform: str = sys.platform
    home: Path = field(default_factory=Path.home)
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    python: Path = Path(sys.executable)
    run: Run = run_program
    language: Language = "en"


@dataclass(frozen=True)
class Shortcut:
    """The files that open the pages; none of them on the desktop where there is no desktop."""

    files: tuple[Path, ...]
    account: Account


def shortcut(request: ShortcutRequest, *, progress: Progress = silent) -> Shortcut:
    """Put an icon of Benang on the desktop; one that is there already is replaced.

    Raises
    ------
    BenangError
        Where something else has its name, there is no desktop, or the files can't be written.
    """
    progress("Making the icon", 0.0)
    place_icon = {"darwin": _on_macos, "win32": _on_windows}.get(request.platform, _on_linux)
    files, remarks = place_icon(request)
    _ = translator(request.language)
    texts = (
        *remarks,
        _("A window with text opens with it. Benang ends when you close that window."),
    )
    return Shortcut(files, Account(notes=tuple(map(Note, texts)), files=files))


# Linux


def _on_linux(request: ShortcutRequest) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    _ = translator(request.language)
    desktop = _linux_desktop(request)
    data = Path(request.environment.get("XDG_DATA_HOME") or request.home / ".local" / "share")
    in_menu = data / "applications" / "benang.desktop"
    on_desktop = desktop / "benang.desktop" if desktop else None
    files = (*([on_desktop] if on_desktop else []), in_menu)
    _check_own(*files)
    write_together(dict.fromkeys(files, desktop_entry(request.python).encode("utf-8")))
    if on_desktop is None:
        return files, (_("There is no desktop folder, so Benang is only in the menu of programs."),)
    with contextlib.suppress(OSError):  # a disk without such rights shows it all the same
        on_desktop.chmod(0o755)
    code, _out = request.run(("gio", "set", str(on_desktop), "metadata::trusted", "true"), {})
    if code == 0:
        return files, ()
    return files, (_("If the icon does not open, right-click it and choose 'Allow Launching'."),)


def _linux_desktop(request: ShortcutRequest) -> Path | None:
    """Return the folder of the desktop, as the user has set it; None where there is none."""
    named = request.environment.get("XDG_DESKTOP_DIR", "")
    if not named:
        settings = Path(request.environment.get("XDG_CONFIG_HOME") or request.home / ".config") / "user-dirs.dirs"
        with contextlib.suppress(BenangError):
            found = _DESKTOP.findall(read_bytes(settings).decode("utf-8", "replace"))
            named = re.sub(r"\\(.)", r"\1", found[-1]) if found else ""
    if named in ("$HOME", "$HOME/"):  # xdg-user-dirs: this folder is switched off
        return None
    folder = request.home / "Desktop"
    if named:
        folder = request.home / named.removeprefix("$HOME/") if named.startswith("$HOME/") else Path(named)
    return folder if folder.is_absolute() and folder.is_dir() else None


def desktop_entry(python: Path) -> str:
    r"""Return the entry that starts Benang, for a desktop of freedesktop.org.

    An argument of `Exec` is quoted, and what a shell would read in it is escaped; then the whole is a string, in which
    a backslash stands for itself only if it is doubled.

    Examples
    --------
    >>> [line for line in desktop_entry(Path("/home/ani/my $5/python")).splitlines() if line.startswith("Exec")]
    ['Exec="/home/ani/my \\\\$5/python" "-P" "-m" "benang" "serve"']
    """
    words = " ".join(f'"{_RESERVED.sub(_escaped, one)}"' for one in (str(python), *ARGUMENTS))
    lines = {
        "Type": "Application",
        "Version": "1.5",
        "Name": "Benang",
        "GenericName": "Literature reviews",
        "GenericName[id]": "Tinjauan pustaka",
        "Exec": _string(words.replace("%", "%%")),
        "Icon": _string(str(ICONS / "benang.svg")),
        "Terminal": "true",
        "Categories": "Education;Science;",
        MARK.title(): "true",
    }
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in lines.items())


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}"


def _string(value: str) -> str:
    """Write a value of the type string."""
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


# macOS


def _on_macos(request: ShortcutRequest) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    place = _existing(request.home / "Desktop") / "Benang.app"
    _check_own(place / "Contents" / "Info.plist" if place.is_dir() else place)
    words = " ".join(map(shlex.quote, (str(request.python), *ARGUMENTS)))
    about = {
        "CFBundleName": "Benang",
        "CFBundleIdentifier": MARK,
        "CFBundleExecutable": "benang",
        "CFBundleIconFile": "benang",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": "1.0",
    }
    starts = '#!/bin/sh\nexec /usr/bin/open -a Terminal "$(dirname "$0")/../Resources/benang.command"\n'
    files = {
        "Contents/Info.plist": plistlib.dumps(about),
        "Contents/MacOS/benang": starts.encode(),
        "Contents/Resources/benang.command": f"#!/bin/sh\nexec {words}\n".encode(),
        "Contents/Resources/benang.icns": icns(read_bytes(ICONS / "benang.png")),
    }
    _write_app(place, files)
    return (place,), ()


def _write_app(place: Path, files: Mapping[str, bytes]) -> None:
    """Write a program that is a folder beside its place, and move it there in exchange for the one of before."""
    try:
        remove_leftovers(place.parent)
        with tempfile.TemporaryDirectory(prefix=temporary_prefix(), dir=place.parent) as beside:
            new = Path(beside) / place.name
            for name, data in files.items():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).write_bytes(data)
                (new / name).chmod(0o755 if name.endswith(("/benang", ".command")) else 0o644)
            if place.exists():
                place.rename(Path(beside) / "before")
            new.rename(place)
    except OSError as error:
        way_on = "Choose a place where you may write and where there is room."
        raise BenangError(
            Problem(worded("can't write here ({reason})", reason=error.strerror), where=str(place), way_on=way_on)
        ) from None


def icns(png: bytes) -> bytes:
    """Return a picture of 256 × 256 points as an icon of macOS: type, length, and the PNG as it is."""
    entry = b"ic08" + struct.pack(">I", len(png) + 8) + png
    return b"icns" + struct.pack(">I", len(entry) + 8) + entry


# Windows


def _on_windows(request: ShortcutRequest) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    data = Path(request.environment.get("LOCALAPPDATA") or request.home / "AppData" / "Local")
    icon = data / "benang" / "benang.ico"
    write_bytes(icon, ico(read_bytes(ICONS / "benang.png")))
    variables = {
        "BENANG_PYTHON": str(request.python),
        "BENANG_ARGUMENTS": subprocess.list2cmdline(ARGUMENTS),
        "BENANG_HOME": str(request.home),
        "BENANG_ICON": f"{icon},0",
    }
    command = ("powershell.exe", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", _LINK)
    code, printed = request.run(command, variables)
    if code == _FOREIGN:
        raise _foreign(Path(printed))
    if code == 0 and printed:
        return (Path(printed.splitlines()[-1]),), ()
    return _batch_file(request)


def _batch_file(request: ShortcutRequest) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write a file that can be clicked where no link can be made: without a picture, but it starts Benang."""
    _ = translator(request.language)
    clouds = [request.environment[name] for name in ("OneDrive", "OneDriveConsumer") if name in request.environment]
    known = (*(Path(one) / "Desktop" for one in clouds), request.home / "Desktop")
    place = _existing(*known) / "Benang.bat"
    _check_own(place)
    words = subprocess.list2cmdline((str(request.python), *ARGUMENTS)).replace("%", "%%")
    quoted = words if words.startswith('"') else words.replace(str(request.python), f'"{request.python}"', 1)
    lines = ("@echo off", f"rem {MARK}", "chcp 65001 >nul", quoted, "if errorlevel 1 pause")
    write_bytes(place, "".join(f"{line}\r\n" for line in lines).encode("utf-8"))
    return (place,), (_("Windows refused to make a link with a picture, so this is a file without one."),)


def ico(png: bytes) -> bytes:
    """Return a picture of 256 × 256 points as an icon of Windows: a heading, an entry (0 is 256), and the PNG."""
    heading = struct.pack("<HHH", 0, 1, 1)
    return heading + struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(png), len(heading) + 16) + png


# All


def _existing(*folders: Path) -> Path:
    """Return the first folder that is there."""
    for folder in folders:
        if folder.is_dir():
            return folder
    way_on = "Start Benang with `benang serve` instead."
    raise BenangError(Problem("there is no desktop folder here", where=str(folders[-1]), way_on=way_on))


def _check_own(*files: Path) -> None:
    """Refuse to replace what is not Benang's own shortcut."""
    for file in files:
        if os.path.lexists(file):
            is_own = False
            with contextlib.suppress(BenangError):
                is_own = MARK.encode() in read_bytes(file).lower()
            if not is_own:
                raise _foreign(file)


def _foreign(file: Path) -> BenangError:
    fault = "something else is here and is not replaced"
    return BenangError(Problem(fault, where=str(file), way_on="Rename it or move it away, then try again."))
