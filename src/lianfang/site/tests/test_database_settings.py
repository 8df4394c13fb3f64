"""What the address of a database asks for reaches the driver."""

from __future__ import annotations

from lianfang.site.settings import POSTGRES_OPTIONS, database_of


def test_the_transport_security_that_the_address_asks_for_is_kept() -> None:
    database = database_of("postgres://u:p@db.example/lianfang?sslmode=verify-full&sslrootcert=/etc/ssl/bureau.pem")

    assert database["OPTIONS"] == {
        **POSTGRES_OPTIONS, "sslmode": "verify-full", "sslrootcert": "/etc/ssl/bureau.pem",
    }  # fmt: skip
    assert database["HOST"] == "db.example"


def test_sqlite_waits_for_its_turn_and_begins_at_once() -> None:
    database = database_of("sqlite:////srv/lianfang.sqlite3")

    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert database["CONN_MAX_AGE"] is None
