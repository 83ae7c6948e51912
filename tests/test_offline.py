"""Benang works offline: the tests' wall against the network stands, and no module of it could reach beyond."""

from __future__ import annotations

import ast
import socket
from pathlib import Path

import pytest

REACHING = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib.request", "urllib3"}
"""Modules that open connections."""

ASKED = {"spark_start.py", "server.py"}
"""Modules that reach a machine which the user names, the master of a Spark cluster, or listen on this one alone."""


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def test_a_connection_to_another_machine_is_refused() -> None:
    """Every test runs behind this wall; 192.0.2.1 is an address of nobody's (RFC 5737)."""
    with socket.socket() as one, pytest.raises(AssertionError, match="Benang makes none but loopback"):
        one.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    """Browser tests need it."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_no_module_of_benang_opens_connections(project_root: Path) -> None:
    """None imports what could, but what asks a cluster that the user names."""
    files = sorted((project_root / "src" / "benang").rglob("*.py"))

    assert len(files) > 100
    assert [path.name for path in files if _imported(path) & REACHING and path.name not in ASKED] == []
