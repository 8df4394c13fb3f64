"""Writing the organisation: units, posts, people and tenures; renames and succession keep identity (C1)."""

from __future__ import annotations

from lianfang.foundation.organisation.actions.imports import import_people, import_posts, import_tenures, import_units
from lianfang.foundation.organisation.actions.people import (
    create_person,
    edit_person,
    end_tenure,
    record_departure,
    start_tenure,
)
from lianfang.foundation.organisation.actions.posts import close_post, create_post, edit_post, move_post
from lianfang.foundation.organisation.actions.units import (
    close_unit,
    create_unit,
    edit_unit,
    move_unit,
    rename_unit,
    succeed_unit,
)

__all__ = [
    "close_post",
    "close_unit",
    "create_person",
    "create_post",
    "create_unit",
    "edit_person",
    "edit_post",
    "edit_unit",
    "end_tenure",
    "import_people",
    "import_posts",
    "import_tenures",
    "import_units",
    "move_post",
    "move_unit",
    "record_departure",
    "rename_unit",
    "start_tenure",
    "succeed_unit",
]
