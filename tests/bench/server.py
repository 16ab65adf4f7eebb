"""A Streamlit server of its own for a measurement."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ntm.settings import ROOT

SCRIPTS = Path(__file__).parent / "served"
_START_SECONDS = 60


@contextmanager
def served(script: str, warehouse: Path, folder: Path = ROOT) -> Iterator[str]:
    """Run a script of tests/bench/served from a folder, whose settings it takes; yield its address (host:port).

    Raises RuntimeError with what the server wrote when it does not start.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = warehouse / f"{script}.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(SCRIPTS / script),
             f"--server.port={address.partition(':')[2]}", "--server.address=127.0.0.1", "--server.headless=true",
             "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"],
            cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT), "NTM_WAREHOUSE": str(warehouse)},
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait()


def fetch(address: str, path: str) -> tuple[bytes, int]:
    """Return the content of a path, and how many bytes it takes on the wire when the client takes gzip."""
    connection = http.client.HTTPConnection(address, timeout=30)
    try:
        sizes = []
        for headers in ({}, {"Accept-Encoding": "gzip"}):
            connection.request("GET", path, headers=headers)
            sizes.append(connection.getresponse().read())
        return sizes[0], len(sizes[1])
    finally:
        connection.close()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            fetch(address, "/_stcore/health")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text())
