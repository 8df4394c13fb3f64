"""The database's own refusal to change or delete journal entries: triggers on both databases (vendor SQL).

On PostgreSQL the application's role should besides own no table (docs/how-to/use-postgresql.md).
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REASON = "journal entries are append-only"
SQLITE = [
    f"CREATE TRIGGER journal_no_{verb} BEFORE {verb.upper()} ON journal_entry "
    f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
    for verb in ("update", "delete")
]
SQLITE_REPLACING = (
    "CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal_entry "
    "WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'journal entries are append-only'); END"
)
"""``INSERT OR REPLACE`` deletes the old row without asking the trigger for deleting."""
POSTGRES = [
    f"CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REASON}'; END $$",
    (
        "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal_entry "
        "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
    ),
    (
        "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
    ),
]


def forbid_changes(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: from now on entries can only be added."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def allow_changes(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Reverse of ``forbid_changes``."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER journal_no_{verb}")
    else:
        schema_editor.execute("DROP TRIGGER journal_no_change ON journal_entry")
        schema_editor.execute("DROP TRIGGER journal_no_truncate ON journal_entry")
        schema_editor.execute("DROP FUNCTION journal_refuse()")


def forbid_replacing(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: no entry takes the place of one that is there."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE_REPLACING)


def allow_replacing(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Reverse of ``forbid_replacing``."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER journal_no_replace")
