"""The word index: bigram tokens in SQLite FTS5 or a PostgreSQL tsvector; the only vendor SQL of the catalogue.

Kind and place are tokens too (one for every prefix of the path), so a scoped search is one conjunction.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lianfang.foundation.catalogue.models import CardRecord
from lianfang.kernel.bigrams import bigrams, query_bigrams

SQLITE_TABLE = "CREATE VIRTUAL TABLE catalogue_words USING fts5(tokens, detail='none', columnsize=0)"
POSTGRES_TABLE = "CREATE TABLE catalogue_words (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL)"
POSTGRES_INDEX = "CREATE INDEX catalogue_words_tokens ON catalogue_words USING gin (tokens)"


def create_table(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: make the index table of the database in use."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE_TABLE)
    else:
        schema_editor.execute(POSTGRES_TABLE)
        schema_editor.execute(POSTGRES_INDEX)


def drop_table(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Reverse of ``create_table``."""
    schema_editor.execute("DROP TABLE catalogue_words")


def put(cards: Sequence[CardRecord]) -> None:
    """Index ``cards`` (replacing what the index held of them), in the caller's transaction."""
    keys = [(card.pk,) for card in cards]
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM catalogue_words WHERE rowid = %s", keys)
        if connection.vendor == "sqlite":
            lines: list[Any] = [(card.pk, " ".join(_tokens(card))) for card in cards]
            cursor.executemany("INSERT INTO catalogue_words (rowid, tokens) VALUES (%s, %s)", lines)
        else:
            lines = [(card.pk, sorted(set(_tokens(card)))) for card in cards]
            cursor.executemany(
                "INSERT INTO catalogue_words (rowid, tokens) VALUES (%s, array_to_tsvector(%s::text[]))", lines
            )


def match(kind: str, path: str, text: str, limit: int) -> list[int]:
    """Keys of at most ``limit`` newest cards of ``kind`` under ``path`` that hold all bigrams of ``text``."""
    terms = [_kind_token(kind), *query_bigrams(text)]
    if path:
        terms.insert(1, _place_token(path))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            expression = " AND ".join(f'"{term}"' + ("*" if len(term) == 1 else "") for term in terms)
            cursor.execute(
                "SELECT rowid FROM catalogue_words WHERE catalogue_words MATCH %s ORDER BY rowid DESC LIMIT %s",
                [expression, limit],
            )
        else:
            quoted = ["'" + term.replace("'", "''") + "'" + (":*" if len(term) == 1 else "") for term in terms]
            cursor.execute(
                "SELECT rowid FROM catalogue_words WHERE tokens @@ %s::tsquery ORDER BY rowid DESC LIMIT %s",
                [" & ".join(quoted), limit],
            )
        return [row[0] for row in cursor.fetchall()]


def _tokens(card: CardRecord) -> list[str]:
    return [*_scope_tokens(card.kind, card.unit_path), *bigrams(card.words)]


@functools.lru_cache(maxsize=4_096)
def _scope_tokens(kind: str, path: str) -> tuple[str, ...]:
    prefixes = [path[: index + 1] for index, character in enumerate(path) if character == "/"]
    return (_kind_token(kind), *map(_place_token, prefixes))


def _kind_token(kind: str) -> str:
    return "kind" + kind.replace("_", "")


def _place_token(path: str) -> str:
    # Letters and digits only, so that the tokeniser keeps it whole; the separator becomes a letter no code holds.
    return "place" + path.lower().replace("/", "q").replace("-", "x")
