"""CWTS's own program, to measure beside: networkanalysis-ts (MIT), their port of the code that VOSviewer is made of.

It is installed from npm into `benchmarks/out/`, where node and npm are at hand.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from scipy import sparse

from benang.network.network import Network

PEER, VERSION = "networkanalysis-ts", "1.0.0"
_FOLDER = Path(__file__).resolve().parent / "out" / PEER
_SCRIPT = """
import fs from 'node:fs'
import {{ NetworkClustering, NetworkLayout }} from 'networkanalysis-ts/run/index.js'
const [, , given, made, seed] = process.argv
const {{ n, links }} = JSON.parse(fs.readFileSync(given, 'utf8'))
const nodes = Array.from({{ length: n }}, (_, id) => ({{ id }}))
const edges = links.map(([i, j, weight]) => ({{ node1: nodes[i], node2: nodes[j], weight }}))
const begin = performance.now()
{asked}
const seconds = (performance.now() - begin) / 1000
fs.writeFileSync(made, JSON.stringify({{ seconds, found: nodes.map({taken}) }}))
"""


def installed() -> bool:
    """Install the program where it is not yet; False, and a word on it, where that can't be."""
    if not (shutil.which("node") and shutil.which("npm")):
        print(f"{PEER} is left out: it needs node and npm.\n")
        return False
    if (_FOLDER / "node_modules" / PEER).is_dir():
        return True
    _FOLDER.mkdir(parents=True, exist_ok=True)
    (_FOLDER / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", f"{PEER}@{VERSION}"]
    done = subprocess.run(command, cwd=_FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{PEER} is left out: npm could not install it.\n{done.stderr.strip()[-300:]}\n")
    return not done.returncode


def run(network: Network, asked: str, taken: str, seed: int) -> tuple[float, list[object]]:
    """Run what is asked of the program; return its seconds, without starting node and reading JSON, and what it found.

    `asked` is JavaScript that works on `nodes` and `edges`, `taken` a function of a node.
    """
    pairs = sparse.coo_array(sparse.triu(network.links))
    links = [[int(i), int(j), float(c)] for i, j, c in zip(pairs.row, pairs.col, pairs.data, strict=True)]
    with tempfile.TemporaryDirectory(dir=_FOLDER) as room:
        given, made, script = Path(room) / "given.json", Path(room) / "made.json", Path(room) / "run.mjs"
        given.write_text(json.dumps({"n": len(network), "links": links}), encoding="utf-8")
        script.write_text(_SCRIPT.format(asked=asked, taken=taken), encoding="utf-8")
        command = ["node", str(script), str(given), str(made), str(seed)]
        subprocess.run(command, cwd=_FOLDER, capture_output=True, check=True)
        answer = json.loads(made.read_text(encoding="utf-8"))
    return float(answer["seconds"]), answer["found"]
