"""The migrations say what the models say."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import CharField
from django.utils import translation


def drift(models: ProjectState) -> dict[str, list[str]]:
    """Application → operations that are missing in its migrations."""
    loader = MigrationLoader(None)
    with translation.override(None):  # migrations hold the untranslated names of Django's own fields
        changes = MigrationAutodetector(loader.project_state(), models).changes(graph=loader.graph)
    return {
        label: [operation.describe() for migration in migrations for operation in migration.operations]
        for label, migrations in changes.items()
    }


def test_no_migration_is_missing() -> None:
    assert drift(ProjectState.from_apps(apps)) == {}, "the models changed: make the migrations (CONTRIBUTING.md)"


def test_a_field_without_a_migration_is_seen() -> None:
    models = ProjectState.from_apps(apps)
    models.models["accounts", "grant"].fields["forgotten"] = CharField("忘记的字段", max_length=8, default="")

    found = drift(models)

    assert found["accounts"] == ["Add field forgotten to grant"]


@pytest.mark.parametrize("label", ["accounts", "journal", "catalogue", "organisation"])
def test_the_rooms_with_tables_are_installed(label: str) -> None:
    assert apps.is_installed(f"lianfang.foundation.{label}")
