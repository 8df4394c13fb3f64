"""What a deployment sets is taken as it was meant, or refused with a reason."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from lianfang.site.settings import POSTGRES_OPTIONS, database_of

SHOW = (
    "from lianfang.site import settings as s; print(s.SECRET_KEY, s.ALLOWED_HOSTS, s.PASSWORD_LENGTH, s.PASSWORD_DAYS)"
)


def started(home: Path, **variables: str) -> subprocess.Popen[str]:
    """A process of its own that reads the settings and prints some of them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANFANG_")}
    return subprocess.Popen(
        [sys.executable, "-c", SHOW],
        env={**kept, "LIANFANG_HOME": str(home), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_parameter_in_the_environment_stops_the_start_and_says_where_it_is_decided_now(tmp_path: Path) -> None:
    process = started(tmp_path, LIANFANG_LEAST_RATERS="5", LIANFANG_NAME="临江分局")
    _, fault = process.communicate()

    assert process.returncode != 0
    assert "环境变量 LIANFANG_LEAST_RATERS=5 不再决定参数" in fault
    assert "“参数”页面" in fault


def test_the_transport_security_that_the_address_asks_for_is_kept() -> None:
    database = database_of("postgres://u:p@db.example/lianfang?sslmode=verify-full&sslrootcert=/etc/ssl/bureau.pem")

    assert database["OPTIONS"] == {**POSTGRES_OPTIONS, "sslmode": "verify-full", "sslrootcert": "/etc/ssl/bureau.pem"}
    assert database["HOST"] == "db.example"


def test_a_postgresql_that_does_not_answer_is_given_up_after_ten_seconds_unless_the_address_says_otherwise() -> None:
    database = database_of("postgres://u:p@db.example/lianfang")
    patient = database_of("postgres://u:p@db.example/lianfang?connect_timeout=60")

    assert database["OPTIONS"]["pool"]["timeout"] == 10
    assert database["OPTIONS"]["connect_timeout"] == 10
    assert patient["OPTIONS"]["connect_timeout"] == 60


def test_sqlite_waits_for_its_turn_begins_at_once_and_keeps_what_it_acknowledged() -> None:
    database = database_of("sqlite:////srv/lianfang.sqlite3")

    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]
    assert database["CONN_MAX_AGE"] is None


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    home = tmp_path / "new"

    answers = [process.communicate() for process in [started(home) for _ in range(4)]]

    assert [fault for _, fault in answers] == [""] * 4
    assert len({told.split()[0] for told, _ in answers}) == 1
    assert [left.name for left in home.iterdir()] == ["secret-key"]
    assert (home / "secret-key").stat().st_mode & 0o077 == 0


def test_hosts_may_be_written_with_spaces_and_passwords_by_another_school(tmp_path: Path) -> None:
    told, _ = started(tmp_path, LIANFANG_HOSTS="a.example, b.example", LIANFANG_PASSWORDS="asvs").communicate()

    assert "['a.example', 'b.example'] 15 0" in told


def test_an_unknown_school_of_passwords_does_not_start(tmp_path: Path) -> None:
    process = started(tmp_path, LIANFANG_PASSWORDS="strong")

    _, fault = process.communicate()

    assert process.returncode != 0
    assert "LIANFANG_PASSWORDS 不能是“strong”：请写 mlps3、asvs。" in fault
