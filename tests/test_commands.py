"""The commands in script/ do what they say, and say plainly what is missing."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks import __main__ as bench
from benchmarks.figures import CannotMeasure, Figure, as_json, as_table

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock", "script/uv.lock.txt", "script/node.lock.txt"]
COMMANDS = ["setup", "run", "test", "bench"]
PLAIN_CSS = b"a{color:red}\n/*# sourceMappingURL=tabler.min.css.map */"
PENCIL = """<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24" fill="none" stroke="currentColor">
  <path stroke="none" d="M0 0h24v24H0z" fill="none"/>
  <path d="M4 20h4" />
</svg>"""


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the commands, importable."""
    monkeypatch.syspath_prepend(str(ROOT / "script"))
    yield ROOT / "script"
    for name in ("_bootstrap", "_assets", "_checks"):
        sys.modules.pop(name, None)


@pytest.fixture
def bootstrap(script: Path) -> ModuleType:
    """What the commands share."""
    return importlib.import_module("_bootstrap")


@pytest.fixture
def assets(script: Path) -> ModuleType:
    """The copier of browser files."""
    return importlib.import_module("_assets")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_executable_and_refuses_an_old_python_in_words(command: str) -> None:
    path = ROOT / "script" / command
    old = "import sys; sys.version_info = (3, 9); sys.version = '3.9.2 old'; exec(open(sys.argv[1]).read())"

    done = subprocess.run([sys.executable, "-c", old, str(path)], capture_output=True, text=True, check=False)

    assert os.access(path, os.X_OK)
    assert done.returncode == 1
    assert done.stderr == f"Python 3.11 or newer is needed; this is 3.9.2. Try: python3.11 script/{command}\n"


def test_the_first_lines_of_every_command_are_readable_for_python_3_6() -> None:
    for command in COMMANDS:
        head = (ROOT / "script" / command).read_text(encoding="utf-8").partition("import _bootstrap")[0]

        compile(head, command, "exec", flags=0, dont_inherit=True, _feature_version=6)


def test_pointers_to_source_maps_are_cut_off(assets: ModuleType, tmp_path: Path) -> None:
    for source in assets.FILES:
        (tmp_path / "modules" / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "modules" / source).write_bytes(PLAIN_CSS)

    assets.copy_files(tmp_path / "modules", tmp_path / "vendor")

    assert (tmp_path / "vendor/tabler.min.css").read_bytes() == b"a{color:red}"


def test_the_sprite_holds_each_listed_icon_once_without_its_frame(assets: ModuleType, tmp_path: Path) -> None:
    for folder in ("outline", "filled"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "pencil.svg").write_text(PENCIL, encoding="utf-8")
    names = assets.icon_names("pencil\n# a comment\n\nfilled/pencil\npencil  # twice\n")

    drawn = assets.sprite(tmp_path, names)

    assert names == ["filled/pencil", "pencil"]
    assert drawn.count("<symbol") == 2
    assert 'id="filled-pencil"' in drawn
    assert "M0 0h24v24H0z" not in drawn
    assert drawn.count("M4 20h4") == 2


def test_an_icon_that_does_not_exist_is_named(
    assets: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for source in assets.FILES:
        (tmp_path / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / source).touch()
    (tmp_path / "icons.txt").write_text("no-such-icon\n", encoding="utf-8")

    code = assets.main(tmp_path, tmp_path / "vendor", tmp_path / "icons.txt")

    assert code == 1
    assert "no-such-icon" in capsys.readouterr().err


def test_the_fingerprint_of_the_browser_files_follows_the_icon_list(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "ICONS", tmp_path / "icons.txt")
    absent = bootstrap.asset_stamp()
    (tmp_path / "icons.txt").write_text("pencil\n", encoding="utf-8")
    one = bootstrap.asset_stamp()
    (tmp_path / "icons.txt").write_text("pencil\nstar\n", encoding="utf-8")

    assert len({absent, one, bootstrap.asset_stamp()}) == 3


def test_an_environment_for_tests_is_good_enough_for_running_but_not_the_reverse(bootstrap: ModuleType) -> None:
    stamp = bootstrap._package_stamp

    assert bootstrap._has_packages({"packages": stamp("dev")}, "run")
    assert not bootstrap._has_packages({"packages": stamp("run")}, "dev")
    assert not bootstrap._has_packages({}, "run")


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "script/uv.lock.txt", "script/node.lock.txt"]
)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]

    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def test_the_npm_lock_names_an_integrity_for_everything_and_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")

    assert text.count('"integrity"') == text.count('"node_modules/')
    assert "://" not in text


def test_a_benchmark_prints_its_figures_and_fails_where_a_limit_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = importlib.import_module("benchmarks.startup")
    monkeypatch.setattr(module, "main", lambda: [Figure("first answer", 2.5, "s", limit=2)])

    code = bench.main(["startup"])

    assert code == 1
    assert "2.50 s  (limit 2, NOT KEPT)" in capsys.readouterr().out


def test_a_benchmark_that_cannot_measure_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def nothing() -> list[Figure]:
        raise CannotMeasure("there is no server.")

    monkeypatch.setattr(importlib.import_module("benchmarks.startup"), "main", nothing)

    assert bench.main(["startup"]) == 2
    assert "there is no server." in capsys.readouterr().err


def test_benchmarks_are_listed_and_shown_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main([]) == 0
    assert "startup" in capsys.readouterr().out.splitlines()
    assert '"value": 1.5' in as_json("x", [Figure("a", 1.5, "s")])
    assert as_table([Figure("a", 1.5, "s", limit=2)]).endswith("1.50 s  (limit 2)")


def test_an_environment_whose_making_was_interrupted_is_made_again(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A Python without pip is what is left when the first setup is stopped half way."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "env")], check=True)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "env/bin/python")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "env/stamp.json")
    monkeypatch.setattr(bootstrap, "_make_environment", lambda: pytest.fail("made again"))

    with pytest.raises(pytest.fail.Exception, match="made again"):
        bootstrap.set_up("run")
