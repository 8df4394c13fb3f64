"""The demo bureau, loaded and served in processes of its own, by ``lianfang demo`` and ``lianfang serve``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60


@dataclass(frozen=True)
class Site:
    """Where the served demo is, and how its people log in."""

    url: str
    home: Path
    password: str

    @property
    def papers(self) -> Path:
        """The bureau's own files, to practise importing with."""
        return self.home / "demo-papers"


@contextmanager
def served(home: Path) -> Iterator[Site]:
    """Load the demo into ``home``, serve it on a free port, and stop it again."""
    # The settings of this test run are not those of a user.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIANFANG_", "DJANGO_"))}
    environment = {**kept, "LIANFANG_HOME": str(home)}
    command = [sys.executable, "-m", "lianfang"]
    subprocess.run([*command, "demo"], env=environment, check=True, capture_output=True)
    port = _free_port()
    with (home / "serve.log").open("wb") as log:
        server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
        try:
            _wait(port, home)
            yield Site(f"http://127.0.0.1:{port}", home, (home / "demo-password").read_text().strip())
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, home: Path) -> None:
    for _ in range(PATIENCE * 5):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError((home / "serve.log").read_text())
