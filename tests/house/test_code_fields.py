"""Codes and paths are compared byte by byte on every database, or subtree ranges lose entries under a locale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models

from lianfang.foundation.catalogue.fields import CodeField

CODES = {"number", "unit_path", "path", "scope", "prefix", "unit"}
"""Names of fields that hold a public number or a path of them, wherever they occur."""


def collated(tables: Iterable[type[models.Model]]) -> Iterator[str]:
    """Fields that hold a code and leave its order to the database's locale."""
    for table in tables:
        for field in table._meta.concrete_fields:
            if field.name in CODES and isinstance(field, models.CharField) and not isinstance(field, CodeField):
                yield f"{table._meta.label}.{field.name}"


def test_every_number_and_path_is_compared_byte_by_byte() -> None:
    ours = [table for table in apps.get_models() if table.__module__.startswith("lianfang.")]

    assert not list(collated(ours))


def test_a_path_left_to_the_locale_is_found() -> None:
    class Stray(models.Model):
        unit_path = models.CharField(max_length=10)

        class Meta:
            app_label = "site"
            managed = False

    try:
        assert list(collated([Stray])) == ["site.Stray.unit_path"]
    finally:
        del apps.all_models["site"]["stray"]
        apps.clear_cache()
