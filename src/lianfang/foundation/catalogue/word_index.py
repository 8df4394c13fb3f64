"""The word index: bigram tokens in SQLite FTS5 or a PostgreSQL tsvector; the only vendor SQL of the catalogue.

The register is part of every token; a token that stood on all cards of a register would have to be read whole at every
search, which at a million cards took more than a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lianfang.foundation.catalogue.models import CardRecord
from lianfang.kernel.bigrams import bigrams, query_bigrams
from lianfang.kernel.numbering import LETTERS

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
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("DELETE FROM catalogue_words WHERE rowid = %s", [(card.pk,) for card in cards])
            lines: list[Any] = [(card.pk, " ".join(_tokens(card))) for card in cards]
            cursor.executemany("INSERT INTO catalogue_words (rowid, tokens) VALUES (%s, %s)", lines)
        else:
            lines = [(card.pk, sorted(set(_tokens(card)))) for card in cards]
            cursor.executemany(
                "INSERT INTO catalogue_words (rowid, tokens) VALUES (%s, array_to_tsvector(%s::text[])) "
                "ON CONFLICT (rowid) DO UPDATE SET tokens = EXCLUDED.tokens",
                lines,
            )


def match(kind: str, path: str, text: str, limit: int) -> list[int]:
    """Keys of at most ``limit`` newest cards of ``kind`` under ``path`` that hold all bigrams of ``text``."""
    prefix = _prefix(kind)
    terms = [prefix + term for term in query_bigrams(text)]
    if not terms:
        return []
    if connection.vendor == "sqlite":
        condition = "catalogue_words MATCH %s"
        wanted = " AND ".join(f'"{term}"' + _star(term, prefix, "*") for term in terms)
    else:
        condition = "tokens @@ %s::tsquery"
        wanted = " & ".join("'" + term.replace("'", "''") + "'" + _star(term, prefix, ":*") for term in terms)
    # Words first, place second: the few cards that hold the words are looked up by key.
    source = "catalogue_words CROSS JOIN catalogue_cardrecord AS card" if path else "catalogue_words"
    place = " AND card.id = catalogue_words.rowid AND card.unit_path >= %s AND card.unit_path < %s" if path else ""
    query = f"SELECT catalogue_words.rowid FROM {source} WHERE {condition}{place}"  # noqa: S608 - fixed fragments
    with connection.cursor() as cursor:
        values = [wanted, *((path, path + "~") if path else ()), limit]
        cursor.execute(f"{query} ORDER BY catalogue_words.rowid DESC LIMIT %s", values)
        return [row[0] for row in cursor.fetchall()]


def _star(term: str, prefix: str, star: str) -> str:
    """A single character is the beginning of some pair."""
    return star if len(term) == len(prefix) + 1 else ""


def _tokens(card: CardRecord) -> list[str]:
    prefix = _prefix(card.kind)
    return [prefix + pair for pair in bigrams(card.words)]


def _prefix(kind: str) -> str:
    """What every token of a register begins with: so registers are apart without a list of all their cards."""
    return LETTERS.get(kind, kind.replace("_", "")).lower() + "0"
