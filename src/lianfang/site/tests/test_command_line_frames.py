"""The command line speaks Chinese also around its answers, and explains whatever can be foreseen to fail."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError
from typer.core import TyperGroup
from typer.testing import CliRunner

from lianfang.kernel.errors import Conflict
from lianfang.site.cli import reading
from lianfang.site.cli.commands import app
from lianfang.site.cli.database import ready
from lianfang.site.cli.faults import foreseen
from lianfang.site.cli.frames import Command, Group
from lianfang.site.cli.serving import holding

ENGLISH = re.compile(
    r"\b(?:usage|options?|commands?|arguments?|error|try|show|message|default|required|missing)\b", re.IGNORECASE
)


def commands(group: TyperGroup, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every group and command with the words that lead to it."""
    yield words, group
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name), command


ROOT = typer.main.get_command(app)
assert isinstance(ROOT, TyperGroup)
TREE = dict(commands(ROOT))


@pytest.mark.parametrize("words", TREE, ids=" ".join)
def test_every_help_page_is_chinese_from_the_first_word_to_the_last(words: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(app, [*words, "--help"])

    assert isinstance(TREE[words], Command | Group)
    assert answer.exit_code == 0
    assert answer.stdout.startswith(f"用法：{' '.join(('lianfang', *words))} [选项]")
    assert "显示这份说明" in answer.stdout
    assert not ENGLISH.search(re.sub(r"--[\w-]+", "", answer.stdout))


@pytest.mark.parametrize(
    ("line", "said", "way"),
    [
        ("fly", "没有命令“fly”。", "lianfang --help"),
        ("lnt", "没有命令“lnt”。您要的是不是 lint？", "lianfang --help"),
        ("org imprt", "没有命令“imprt”。您要的是不是 import？", "lianfang org --help"),
        ("import", "没有写“文件”。", "lianfang import --help"),
        ("export powers", "没有写选项 --to。", "lianfang export --help"),
        ("serve --port x", "选项 --port 应当是 1 到 65535 的整数。", "lianfang serve --help"),
        ("serve --port 70000", "选项 --port 应当是 1 到 65535 的整数。", "lianfang serve --help"),
        ("lint --format xml", "选项 --format 应当是 text 或 json。", "lianfang lint --help"),
        ("lint --unit", "选项 --unit 后面要写一个值。", "--help"),
        ("lint --store=yes", "选项 --store 后面不写值。", "--help"),
        ("migrate --everything", "没有选项 --everything。", "lianfang migrate --help"),
        ("lint --stor", "没有选项 --stor。您要的是不是 --store", "lianfang lint --help"),
        ("migrate now please", "多写了：now please。", "lianfang migrate --help"),
    ],
)
def test_what_was_written_wrongly_is_said_with_the_way_to_the_help(line: str, said: str, way: str) -> None:
    answer = CliRunner().invoke(app, line.split())

    assert answer.exit_code == 2
    assert said in answer.stderr
    assert way in answer.stderr
    assert not ENGLISH.search(re.sub(r"--[\w-]+", "", answer.stderr))


@pytest.mark.parametrize(
    "words", [words for words, command in TREE.items() if isinstance(command, Group)], ids=" ".join
)
def test_a_group_alone_shows_its_help_and_counts_as_misused(words: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(app, [*words])

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.startswith("用法：")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOENT, "找不到“清单.xlsx”。"),
        (errno.EISDIR, "“清单.xlsx”是文件夹，不是文件。"),
        (errno.EACCES, "没有权限读写“清单.xlsx”。"),
        (errno.EROFS, "“清单.xlsx”在只读的磁盘上，不能写入。"),
        (errno.ENOSPC, "磁盘已满，没有写成“清单.xlsx”。"),
        (errno.ENAMETOOLONG, "文件名太长：“清单.xlsx”。"),
        (errno.EBADF, "不能读写“清单.xlsx”：坏了。"),
    ],
)
def test_what_a_file_or_disk_refuses_is_said_with_its_name_and_a_way_out(code: int, said: str) -> None:
    message, remedy = foreseen(OSError(code, "坏了", "清单.xlsx")) or ("", "")

    assert message == said
    assert remedy.endswith("。")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("unable to open database file"), "打不开数据库文件"),
        (OperationalError("database is locked"), "正被另一个程序占用"),
        (OperationalError("file is not a database"), "已经损坏"),
        (OperationalError("attempt to write a readonly database"), "只读"),
        (OperationalError("database or disk is full"), "磁盘已满"),
        (OperationalError("no such table: powers_power"), "还没有建好"),
        (OperationalError('connection to server at "db", port 5432 failed: Connection refused'), "连不上数据库"),
        (OperationalError('FATAL:  password authentication failed for user "u"'), "不接受这个用户名和密码"),
        (OperationalError("couldn't get a connection after 30.00 sec"), "连不上数据库"),
        (ProgrammingError('relation "powers_power" does not exist'), "没有要找的"),
        (ImproperlyConfigured("LIANFANG_PASSWORDS 不能是“x”。"), "LIANFANG_PASSWORDS"),
        (Conflict("别人先改了。"), "别人先改了"),
    ],
)
def test_what_a_database_or_a_setting_refuses_is_said_with_a_way_out(error: Exception, said: str) -> None:
    message, remedy = foreseen(error) or ("", "")

    assert said in message
    assert remedy.endswith("。")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://bureau:geheim@db.example:5999/ledger", "连不上数据库“db.example:5999/ledger”。"),
        ("postgres://bureau:geheim@db.example/ledger?sslmode=require", "连不上数据库“db.example:5432/ledger”。"),
        ("postgres://bureau:geheim@%2Frun%2Fpostgresql/ledger", "连不上数据库“/run/postgresql:5432/ledger”。"),
        ("", "连不上数据库。"),
    ],
)
def test_a_server_that_is_not_reached_is_named_without_user_and_password(
    monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    monkeypatch.setenv("LIANFANG_DATABASE_URL", url)

    message, remedy = foreseen(OperationalError("couldn't get a connection after 10.00 sec")) or ("", "")

    assert message == said
    assert "LIANFANG_DATABASE_URL" in remedy


@pytest.mark.parametrize("error", [KeyError("x"), ProgrammingError("syntax error at or near"), AssertionError()])
def test_a_fault_of_the_program_is_not_taken_for_one_of_the_machine(error: Exception) -> None:
    assert foreseen(error) is None


def test_a_fault_of_the_program_keeps_its_traceback_and_is_not_put_on_the_person(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(file: Path, limits: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "read_file", broken)
    (tmp_path / "方案.txt").write_text("方案", encoding="utf-8")

    answer = CliRunner().invoke(reading.app, ["plan", "read", str(tmp_path / "方案.txt")])

    assert isinstance(answer.exception, ZeroDivisionError)
    assert "不是您的操作有误" in answer.stderr


@pytest.mark.parametrize("line", ["plan read", "sheet read", "lint", "import", "org import"])
def test_every_file_is_looked_for_before_anything_is_done(line: str, tmp_path: Path) -> None:
    folder = CliRunner().invoke(app, [*line.split(), str(tmp_path)])
    absent = CliRunner().invoke(app, [*line.split(), str(tmp_path / "没有.xlsx")])

    assert (folder.exit_code, absent.exit_code) == (1, 1)
    assert f"“{tmp_path}”是文件夹，不是文件。" in folder.stderr
    assert f"找不到文件“{tmp_path / '没有.xlsx'}”。" in absent.stderr


def environment(home: Path, **given: str) -> dict[str, str]:
    """The environment of a process of its own, on a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIANFANG_", "DJANGO_"))}
    return {**kept, "LIANFANG_HOME": str(home), **given}


def lianfang(home: Path, *arguments: str, **given: str) -> tuple[int, str]:
    """One command in a process of its own: its status and what it complained of."""
    done = subprocess.run(
        [sys.executable, "-m", "lianfang", *arguments],
        env=environment(home, **given),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["lint", "--format", "json"], ["lint"]])
def test_a_reader_that_goes_away_is_nothing_to_speak_of(tmp_path: Path, arguments: list[str]) -> None:
    gone, written = os.pipe()
    os.close(gone)

    command = [sys.executable, "-m", "lianfang", *arguments]
    done = subprocess.run(
        command, env=environment(tmp_path), stdout=written, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(written)

    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_full_disk_is_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "lianfang", "plan", "--help"]
        done = subprocess.run(
            command, env=environment(tmp_path), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 1
    assert done.stderr.startswith("磁盘已满")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"LIANFANG_DATABASE_URL": "oops://x"}, "LIANFANG_DATABASE_URL 写得不对"),
        ({"LIANFANG_DATABASE_URL": "sqlite:////no/such/folder/x.sqlite3"}, "打不开数据库文件"),
        ({"LIANFANG_HOME": "/proc/no-such-home"}, "找不到“/proc/no-such-home”"),
        ({"LIANFANG_PASSWORDS": "none"}, "LIANFANG_PASSWORDS 不能是“none”"),
    ],
)
def test_a_wrong_setting_ends_in_a_sentence(tmp_path: Path, given: dict[str, str], said: str) -> None:
    status, complaint = lianfang(tmp_path, "migrate", **given)

    assert status == 1
    assert complaint.startswith(said)
    assert "Traceback" not in complaint


def test_a_file_that_is_no_database_is_not_overwritten(tmp_path: Path) -> None:
    database = tmp_path / "lianfang.sqlite3"
    database.write_text("这不是数据库", encoding="utf-8")

    status, complaint = lianfang(tmp_path, "migrate")

    assert (status, database.read_text(encoding="utf-8")) == (1, "这不是数据库")
    assert complaint.startswith("数据库文件不是数据库，或者已经损坏。")


def test_a_port_in_use_and_an_address_of_somebody_else_are_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        status, complaint = lianfang(tmp_path, "serve", "--demo", "--port", str(port))
    elsewhere, where = lianfang(tmp_path, "serve", "--host", "192.0.2.1")

    assert (status, elsewhere) == (1, 1)
    assert complaint.startswith(f"端口 {port} 已被另一个程序占用。")
    assert where.startswith("这台电脑上没有地址“192.0.2.1”。")
    assert not (tmp_path / "lianfang.sqlite3").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere two servers cannot share a port.")
def test_a_port_is_kept_for_a_server_that_is_still_being_prepared(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with holding("127.0.0.1", port):
        status, complaint = lianfang(tmp_path, "serve", "--port", str(port))
    with holding("127.0.0.1", port):
        pass

    assert status == 1
    assert complaint.startswith(f"端口 {port} 已被另一个程序占用。")
    assert not (tmp_path / "lianfang.sqlite3").exists()


def test_a_database_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"

    status, _ = lianfang(tmp_path, "migrate", LIANFANG_HOME=str(home))

    database = home / "lianfang.sqlite3"
    assert status == 0
    assert (database.stat().st_mode & 0o777, home.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.django_db
def test_a_database_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    ready()

    assert not list(tmp_path.iterdir())


def test_the_demonstration_is_not_mixed_with_accounts_that_somebody_opened(tmp_path: Path) -> None:
    lianfang(tmp_path, "administrators")

    status, complaint = lianfang(tmp_path, "demo")

    assert status == 1
    assert complaint.startswith("这里已有")
    assert "正式账户，不装入演示单位。" in complaint
    assert "LIANFANG_HOME" in complaint


def test_ctrl_c_ends_a_command_in_one_word(tmp_path: Path) -> None:
    # A shell lets what it starts in the background ignore Ctrl+C, and the tests themselves may run there.
    heeding = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", heeding, sys.executable, "-m", "lianfang", "demo"],
        env=environment(tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (tmp_path / "lianfang.sqlite3").exists() and process.poll() is None:
        time.sleep(0.05)

    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)

    assert process.returncode == 130
    assert complaint.strip().endswith("已停止。")
    assert "Traceback" not in complaint
