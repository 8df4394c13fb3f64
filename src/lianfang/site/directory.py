"""Finding what a cell refers to: by number, else by name or by the bureau's own code in the unit, then in its bureau.

People are looked for above the bureau as well, as far as whoever imports may see them: the head of a bureau answers to
the commission.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db.models import Model

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.models import Person, Post, Unit
from lianfang.foundation.organisation.queries import unit_rows
from lianfang.foundation.organisation.rows import UnitRow
from lianfang.kernel.bigrams import folded
from lianfang.registers.controls.models import Control
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.risks.models import Risk
from lianfang.site.houses import Houses

Named = tuple[str, str, str]
"""Number, unit number, name."""
CHUNK = 5_000
_WRITING = (Permission.REGISTERS_IMPORT, Permission.ORGANISATION_EDIT)


def _names(model: type[Model], name: str) -> Callable[[], Iterator[Named]]:
    def read() -> Iterator[Named]:
        things: Any = model._default_manager.values_list("number", "unit__number", name)
        return iter(things.iterator(chunk_size=CHUNK))

    return read


def _powers() -> Iterator[Named]:
    """Powers by their names, and by the codes that bureaus number their own lists by."""
    return chain(_names(Power, "name")(), (named for named in _names(Power, "code")() if named[2]))


def _unit_names() -> Iterator[Named]:
    return ((row.number, "", name) for row in unit_rows() for name in (row.name, *row.aliases))


MODELS: Mapping[str, type[Model]] = {
    "units": Unit, "posts": Post, "people": Person, "powers": Power, "regulations": Regulation, "risks": Risk,
    "controls": Control,
}  # fmt: skip
NAMES: Mapping[str, Callable[[], Iterator[Named]]] = {
    "units": _unit_names,
    "posts": _names(Post, "name"),
    "people": _names(Person, "name"),
    "powers": _powers,
    "regulations": _names(Regulation, "title"),
    "risks": _names(Risk, "statement"),
    "controls": _names(Control, "action"),
}


class Directory:
    """Numbers and names of the things that imported lines may refer to.

    Most lists refer by number, so numbers are looked up in bulk and names are only read where a number was not enough:
    a list of ten lines does not read a register of a million. Things of the file itself are added as they are read.
    """

    def __init__(self, home: str = "", actor: User | None = None) -> None:
        """Start empty; the database is asked when something is expected or resolved.

        ``home`` is the unit of lines that name none. Where several units bear a name, those of its bureau come first,
        then those where ``actor`` may write.
        """
        self._numbers: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._named: set[str] = set()
        self._offered: dict[str, list[Iterable[Named]]] = defaultdict(list)
        self._homes: dict[tuple[str, str], str] = {}
        self._houses = Houses()
        self._home, self._actor = home, actor

    def offer(self, kind: str, things: Iterable[Named]) -> None:
        """Things of the file itself; they are only looked at when something refers to their kind."""
        self._offered[kind].append(things)

    def bring(self, units: Iterable[UnitRow]) -> None:
        """Units of the file itself, before anything that lies in them is offered."""
        self._houses.bring(units)

    def add(self, kind: str, things: Iterable[Named]) -> None:
        """Add ``(number, unit, name)`` of things of one kind."""
        for number, unit, name in things:
            self._numbers[kind].add(number)
            self._homes[kind, number] = unit
            for scope in {"", *self._scopes(kind, unit)}:
                found = self._by_name[kind, scope, folded(name)]
                if number not in found:
                    found.append(number)

    def expect(self, kind: str, texts: Iterable[str]) -> None:
        """Find out which of ``texts`` are numbers of stored things, in few queries."""
        for things in self._offered.pop(kind, ()):
            self.add(kind, things)
        unknown = sorted({text for text in texts if text} - self._numbers[kind])
        for start in range(0, len(unknown), CHUNK):
            stored = MODELS[kind]._default_manager.filter(number__in=unknown[start : start + CHUNK])
            home = "number" if kind == "units" else "unit__number"
            for number, unit in stored.values_list("number", home):
                self._numbers[kind].add(number)
                self._homes[kind, number] = unit

    def unit_of(self, kind: str, number: str) -> str:
        """The unit of a thing whose number was expected or resolved; "" where that is not known."""
        return self._homes.get((kind, number), "")

    def resolve(self, kind: str, text: str, unit: str = "") -> str | None:
        """The number that ``text`` names: itself a number, or a name within ``unit``, then its bureau, then above.

        Names of units, and what no unit is known for, are looked for everywhere. ``None`` when nothing, or more than
        one thing, has that name.
        """
        if not text or text in self._numbers[kind]:
            return text
        if kind not in self._named:
            self._named.add(kind)
            self.add(kind, NAMES[kind]())
        for scope in self._searched(kind, unit):
            found = self._by_name.get((kind, scope, folded(text)), [])
            if len(found) == 1:
                return found[0]
            if found:
                return self._nearest(found) if kind == "units" else None
        return text if text in self._numbers[kind] else None

    def house_of(self, unit: str) -> str:
        """The path of the bureau, branch or commission in which a unit lies."""
        return self._houses.of(unit)

    def namesakes(self, kind: str, text: str, unit: str = "") -> list[str]:
        """The numbers of all things that bear a name which ``resolve`` could not settle; none where it is unknown."""
        found = (self._by_name.get((kind, scope, folded(text)), []) for scope in self._searched(kind, unit))
        return next(filter(None, found), [])

    def _scopes(self, kind: str, unit: str) -> tuple[str, ...]:
        """Where a name said in ``unit`` may be found, nearest first."""
        if kind == "units" or not unit:
            return ("",)
        return unit, self._houses.of(unit)

    def _searched(self, kind: str, unit: str) -> tuple[str, ...]:
        """Where a name said in ``unit`` is looked for: people also above the bureau, where the actor may see them."""
        scopes = self._scopes(kind, unit)
        if kind != "people" or not unit:
            return scopes
        above = self._houses.above(unit)
        return *scopes, *(p for p in above if not self._actor or self._actor.may(Permission.ORGANISATION_READ, p))

    def _nearest(self, units: Sequence[str]) -> str | None:
        """Which of several units of one name is meant, if only one lies in the home bureau, or where one may write."""
        houses = {number: self._houses.of(number) for number in units}
        called = self._by_name.get(("units", "", folded(self._home)), [])
        home = self._houses.of(called[0] if len(called) == 1 else self._home) if self._home else ""
        near = [number for number in units if houses[number] == home]
        if not near and self._actor:
            paths = tuple(path for permission in _WRITING for path in self._actor.paths(permission))
            near = [number for number in units if houses[number].startswith(paths)]
        return near[0] if len(near) == 1 else None
