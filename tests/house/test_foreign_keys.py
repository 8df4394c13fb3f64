"""Foreign keys point down, as imports do; a key to another room leaves no trace in that room."""

from __future__ import annotations

import configparser
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.faults import ROOT, Fault, demand_none

PACKAGE = "lianfang"


def order() -> list[tuple[str, str]]:
    """(floor, room) from the bottom up, as the import contracts list them; a floor without rooms has room ""."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    floors = _names(contracts["importlinter:contract:floors"]["layers"])
    found: list[tuple[str, str]] = []
    for floor in reversed(floors):
        section = f"importlinter:contract:{floor}"
        rooms = reversed(_names(contracts[section]["layers"])) if section in contracts else []
        found += [(floor, ""), *((floor, room) for room in rooms)]
    return found


def _names(layers: str) -> list[str]:
    return [name.strip(" ()") for line in layers.split("\n") for name in line.split("|") if name.strip()]


def place_of(model: type[models.Model]) -> tuple[str, str]:
    """The floor and room that a model lives in; ("", "") for Django's own."""
    parts = model.__module__.split(".")
    return (parts[1], parts[2]) if parts[0] == PACKAGE else ("", "")


def upward_keys(found: Iterable[type[models.Model]]) -> Iterator[Fault]:
    """Relations that point to a higher room, or that give a lower room a reverse name."""
    ranks = {place: rank for rank, place in enumerate(order())}
    for model in found:
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if target is None or isinstance(target, str) or place_of(target) == place_of(model):
                continue
            here, there = ranks.get(place_of(model), len(ranks)), ranks.get(place_of(target), -1)
            if there > here:
                yield _fault(model, field, f"points up to {target._meta.label}.")
            elif field.remote_field is not None and not field.remote_field.hidden:
                yield _fault(model, field, 'needs related_name="+": a lower room knows nothing of this one.')


def _fault(model: type[models.Model], field: models.Field[object, object], message: str) -> Fault:
    return Fault("foreign-key", f"{model._meta.label}.{field.name}", f"{message}")


def ours() -> list[type[models.Model]]:
    """The models of this house."""
    return [model for model in apps.get_models() if model.__module__.startswith(PACKAGE)]


def test_foreign_keys_point_down_and_leave_no_reverse_name() -> None:
    demand_none(upward_keys(ours()))


def test_the_order_is_that_of_the_import_contracts() -> None:
    rooms = order()

    assert rooms.index(("kernel", "")) < rooms.index(("foundation", "journal")) < rooms.index(("registers", "powers"))
    assert rooms.index(("registers", "powers")) < rooms.index(("registers", "controls")) < rooms.index(("site", ""))


@isolate_apps("lianfang.site")
def test_a_key_that_points_up_fails() -> None:
    class Upper(models.Model):
        class Meta:
            app_label = "site"

        __module__ = "lianfang.registers.controls.models"

    class Lower(models.Model):
        upper = models.ForeignKey(Upper, models.PROTECT, related_name="+")

        class Meta:
            app_label = "site"

        __module__ = "lianfang.registers.powers.models"

    (fault,) = upward_keys([Upper, Lower])

    assert fault.message == "points up to site.Upper."


@isolate_apps("lianfang.site")
def test_a_key_with_a_reverse_name_in_a_lower_room_fails_and_within_a_room_passes() -> None:
    class Lower(models.Model):
        class Meta:
            app_label = "site"

        __module__ = "lianfang.registers.powers.models"

    class Upper(models.Model):
        lower = models.ForeignKey(Lower, models.PROTECT)
        hidden = models.ForeignKey(Lower, models.PROTECT, related_name="+")
        parent = models.ForeignKey("self", models.PROTECT)

        class Meta:
            app_label = "site"

        __module__ = "lianfang.registers.controls.models"

    (fault,) = upward_keys([Lower, Upper])

    assert fault.place == "site.Upper.lower"
    assert "related_name" in fault.message
