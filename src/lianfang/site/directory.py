"""Finding what a cell refers to: by public number, by name, or by a name that only one unit has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from lianfang.foundation.organisation.queries import person_rows, post_rows, unit_rows
from lianfang.kernel.bigrams import folded
from lianfang.registers.powers.queries import power_rows
from lianfang.registers.regulations.queries import regulation_rows
from lianfang.registers.risks.queries.risks import risk_names


class Directory:
    """Numbers and names of the things that imported lines may refer to.

    Things of the file itself are added as they are read, so that one workbook may bring units and their posts.
    """

    def __init__(self) -> None:
        """Start empty; ``stored`` fills it from the database."""
        self._numbers: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._waiting: dict[str, Callable[[], Iterable[tuple[str, str, str]]]] = {}

    @classmethod
    def stored(cls) -> Directory:
        """Everything that the database knows."""
        known = cls()
        known.add("units", ((row.number, "", name) for row in unit_rows() for name in (row.name, *row.aliases)))
        known.add("posts", ((row.number, row.unit, row.name) for row in post_rows()))
        known.add("people", ((row.number, row.unit, row.name) for row in person_rows()))
        known.add("powers", ((row.number, row.unit, row.name) for row in power_rows()))
        known.add("regulations", ((row.number, row.unit, row.title) for row in regulation_rows()))
        # Risk points may be a million, and only few files refer to them: they are read when one does.
        known._waiting["risks"] = risk_names
        return known

    def add(self, kind: str, things: Iterable[tuple[str, str, str]]) -> None:
        """Add ``(number, unit, name)`` of things of one kind."""
        for number, unit, name in things:
            self._numbers[kind].add(number)
            for scope in {"", unit}:
                found = self._by_name[kind, scope, folded(name)]
                if number not in found:
                    found.append(number)

    def resolve(self, kind: str, text: str, unit: str = "") -> str | None:
        """The number that ``text`` names: itself a number, a name within ``unit``, or a name unique everywhere.

        ``None`` when nothing, or more than one thing, has that name.
        """
        if kind in self._waiting:
            self.add(kind, self._waiting.pop(kind)())
        if not text or text in self._numbers[kind]:
            return text
        for scope in dict.fromkeys((unit, "")):
            found = self._by_name.get((kind, scope, folded(text)), [])
            if len(found) == 1:
                return found[0]
            if found:
                return None
        return None
