"""How long the server takes to its first answer, from an empty home, and what it holds in memory when idle."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import CannotMeasure, Figure

PATIENCE = 120.0
"""Seconds after which a server that does not answer counts as broken."""
OPTIONS = ("--demo",)
"""What the server is started with: the first start also loads the demonstration."""
SETTLED = 5.0
"""Seconds without a request after which memory is read."""


def main() -> list[Figure]:
    """Start twice: the first start makes the database and the demonstration, the second finds them.

    Raises:
        CannotMeasure: the server does not start; its own last words are in the message.
    """
    with tempfile.TemporaryDirectory() as home:
        with _server(home) as (_, first):
            pass
        with _server(home) as (process, second):
            time.sleep(SETTLED)
            memory = _resident(process.pid)
    return [
        Figure("first start, empty home, to first answer", first, "s"),
        Figure("later start to first answer", second, "s"),
        Figure("resident memory when idle, all processes", memory / 2**20, "MB"),
    ]


@contextmanager
def _server(home: str) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """A running server and the seconds to its first answer; ended afterwards."""
    port = _free_port()
    command = [sys.executable, "-m", "lianfang", "serve", *OPTIONS, "--port", str(port)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANFANG_")}
    environment = {**kept, "LIANFANG_HOME": home}
    with Path(home, "server.log").open("wb") as log:
        started = time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(process, port, Path(home, "server.log"))
            yield process, time.monotonic() - started
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        if _answers(port):
            return
        time.sleep(0.05)
    last_words = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
    raise CannotMeasure(f"the server does not start:\n{last_words}")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _resident(pid: int) -> int:
    """Bytes resident in a process and all its children (Linux only).

    Raises:
        CannotMeasure: the system has no /proc.
    """
    if not Path("/proc/self/statm").exists():
        raise CannotMeasure("memory can be read on Linux only.")
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in children)
