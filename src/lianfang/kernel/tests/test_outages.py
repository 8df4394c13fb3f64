"""What a database says when it cannot be used is known, whoever has to be told."""

from __future__ import annotations

from lianfang.kernel.outages import outage


def test_a_server_is_named_where_a_person_may_read_it_and_left_out_elsewhere() -> None:
    said = "connection to server at 10.0.0.7 failed: Connection refused"

    assert outage(said, "“db:5432/ledger”") is not None
    assert (outage(said, "“db:5432/ledger”") or ("",))[0] == "连不上数据库“db:5432/ledger”。"
    assert (outage(said) or ("",))[0] == "连不上数据库。"


def test_what_no_state_of_a_machine_explains_is_left_to_the_log() -> None:
    assert outage("near SELEC: syntax error") is None
