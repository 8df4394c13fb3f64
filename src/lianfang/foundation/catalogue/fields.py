"""A text field for codes and paths, which every database must compare byte by byte.

Subtree ranges (``path <= x < path + "~"``) and list order are only right, and only fast, without a locale's collation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable

if TYPE_CHECKING:
    # Only the type checker may subscript it: what may be assigned, and what is read back.
    Text = models.CharField[str | Combinable, str]
else:
    Text = models.CharField


class CodeField(Text):
    """A CharField with collation "C" on PostgreSQL; SQLite compares bytes anyway."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Column parameters with the collation of the database in use."""
        parameters: Any = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
