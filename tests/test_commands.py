"""The commands in script/ do what they say, and say plainly what is missing."""

from __future__ import annotations

import importlib
import json
import math
import os
import re
import runpy
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
    for name in ("_bootstrap", "_assets", "_checks", "_words"):
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
    assert done.stderr == f"需要 Python 3.11 或更新版本，这里是 3.9.2。请试：python3.11 script/{command}\n"


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


def test_figures_are_shown_for_people_and_for_programs() -> None:
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


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_is_chinese(command: str) -> None:
    done = run_script(command, "--help")

    assert done.returncode == 0
    assert done.stdout.startswith(f"用法：script/{command}")
    assert not re.search(r"usage|options|arguments|show this", done.stdout)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("run --port x", "script/run：--port：应当是整数，不能是 'x'"),
        ("run --port", "script/run：--port：后面要写一个值"),
        ("run --fresh=1", "script/run：--fresh：后面不写值，却写了 '1'"),
        ("run --fresh --home elsewhere", "--fresh 只删 var/demo"),
        ("setup everything", "script/setup：没有这样的选项或参数：everything"),
        ("bench speed", "script/bench：没有“speed”这一项，可以写：export_ledger、"),
    ],
)
def test_what_was_written_wrongly_is_said_in_chinese_and_nothing_is_set_up(line: str, said: str) -> None:
    done = run_script(*line.split())

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not re.search(r"error|usage|argument", done.stderr)


def run_script(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One of the commands, as somebody types it."""
    line = [sys.executable, str(ROOT / "script" / command), *arguments]
    return subprocess.run(line, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "100"})


BENCHMARKS = sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py") if path.stem != "figures")


def test_the_help_of_the_measurements_names_each_of_them() -> None:
    shown = run_script("bench", "--help").stdout

    assert len(BENCHMARKS) > 3
    assert run_script("bench").stdout.strip() in shown
    assert re.findall(r"^  (\w+) {2,}[A-Z]", shown, re.MULTILINE) == BENCHMARKS


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_measurement_can_be_run_and_tells_programs_what_it_measured(name: str) -> None:
    line = [sys.executable, "-m", "benchmarks", name, "--small", "--json"]

    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=ROOT)

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["benchmark"] == name
    assert all(figure["name"] and figure["unit"] for figure in told["figures"])
    assert all(math.isfinite(figure["value"]) and figure["limit"] is None for figure in told["figures"])


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (PermissionError(13, "Permission denied", "/srv/lianfang/.venv"), "不能读写“/srv/lianfang/.venv”"),
        (KeyboardInterrupt(), "已停止。再运行一次会接着装。"),
    ],
)
def test_a_setup_that_cannot_go_on_says_why_in_a_sentence(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: BaseException,
    said: str,
) -> None:
    def fail(kind: str) -> None:
        raise failure

    monkeypatch.setattr(bootstrap, "set_up", fail)

    assert not bootstrap.is_ready("script/setup", "dev")
    assert f"script/setup：{said}" in capsys.readouterr().err


def test_an_installer_that_fails_is_told_with_what_to_do_without_a_network(bootstrap: ModuleType) -> None:
    with pytest.raises(bootstrap.SetupFailed, match="install-offline") as told:
        bootstrap._checked([sys.executable, "-c", "raise SystemExit(3)"])

    assert "没有装成" in str(told.value)
    assert (ROOT / "docs/how-to/install-offline.md").exists()


def test_the_demonstration_never_goes_into_the_database_that_the_shell_was_set_up_for(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, str]] = []
    monkeypatch.setenv("LIANFANG_HOME", "/srv/lianfang")
    monkeypatch.setenv("LIANFANG_DATABASE_URL", "postgresql://lianfang@db/lianfang")
    monkeypatch.setattr(sys, "argv", ["script/run"])
    monkeypatch.setattr(os, "chdir", lambda place: None)
    monkeypatch.setattr(os, "execv", lambda program, line: started.append(dict(os.environ)))
    monkeypatch.setattr(bootstrap, "is_ready", lambda command, kind: True)

    runpy.run_path(str(ROOT / "script" / "run"))["main"]()

    (environment,) = started
    assert environment["LIANFANG_HOME"] == str(ROOT / "var" / "demo")
    assert "LIANFANG_DATABASE_URL" not in environment
