"""What a database says when it cannot be used is known, whoever has to be told."""

from __future__ import annotations

import pytest

from lianfang.kernel.outages import outage, state_of


def test_a_server_is_named_where_a_person_may_read_it_and_left_out_elsewhere() -> None:
    said = "connection to server at 10.0.0.7 failed: Connection refused"

    assert outage(said, "“db:5432/ledger”") is not None
    assert (outage(said, "“db:5432/ledger”") or ("",))[0] == "连不上数据库“db:5432/ledger”。"
    assert (outage(said) or ("",))[0] == "连不上数据库。"


def test_what_no_state_of_a_machine_explains_is_left_to_the_log() -> None:
    assert outage("near SELEC: syntax error") is None


@pytest.mark.parametrize(
    "said",
    [
        "malformed JSON",
        "operator does not exist: character varying = integer",
        'column "connection" does not exist',
        "invalid connection between 职权 and 风险点",
        "no such column: connection_failed",
        "no such function: readonly database",
    ],
)
def test_a_fault_of_a_statement_sends_nobody_to_the_backup(said: str) -> None:
    assert outage(said) is None


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("database disk image is malformed", "已经损坏"),
        ("malformed database schema (powers_power)", "已经损坏"),
        ('could not extend file "base/5/1": No space left on device', "磁盘已满"),
        ("failed to resolve host 'db': [Errno -2] Name or service not known", "连不上"),
        ("the connection is lost", "连不上"),
        ('connection failed: FATAL:  database "ledger" does not exist', "没有要找的"),
        ("connection failed: FATAL:  the database system is starting up", "正在启动"),
    ],
)
def test_what_drivers_say_without_a_code_is_known_by_its_words(said: str, part: str) -> None:
    assert part in (outage(said) or ("",))[0]


@pytest.mark.parametrize(
    ("state", "part"),
    [("08006", "连不上"), ("53100", "磁盘已满"), ("53300", "不够用"), ("57P01", "正在启动、停止"), ("XX001", "损坏")],
)
def test_a_code_of_the_server_says_what_happened_in_whatever_language(state: str, part: str) -> None:
    assert part in (outage("这台服务器说中文", state=state) or ("",))[0]


@pytest.mark.parametrize("state", ["42883", "22P02", "23505", "40001"])
def test_a_code_of_a_statement_rules_over_words_that_sound_like_an_outage(state: str) -> None:
    assert outage("connection failed: no space left on device", state=state) is None


def test_the_code_is_found_on_the_error_of_the_driver_behind_that_of_django() -> None:
    class Driven(Exception):
        sqlstate = "53100"

    outer = RuntimeError("disk")
    outer.__cause__ = Driven()

    assert state_of(outer) == "53100"
    assert state_of(RuntimeError("none")) == ""
