"""Which powers rest on which law, and which of them rest on a law that no longer holds (PWR002, S65, C9)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_names
from lianfang.registers.laws.queries import law_rows
from lianfang.registers.laws.rows import Citation, LawRow
from lianfang.registers.laws.rules import LawIndex, citations, why_not_in_force
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import READING, visible_powers
from lianfang.registers.powers.states import PowerState


@dataclass(frozen=True)
class CitingPower:
    """A power and the words in which it cites one law."""

    number: str
    name: str
    unit_name: str
    state: PowerState
    cited: tuple[str, ...]


@dataclass(frozen=True)
class StaleBasis:
    """A citation that does not hold on the day: of which law, why, and where its articles may have gone."""

    number: str
    name: str
    unit_name: str
    cited: str
    law: LawRow
    why: str
    successor: str

    @property
    def is_mapped(self) -> bool:
        """Whether at least one cited article has an article that took its place."""
        return bool(self.successor) and "须人工查找" not in self.successor


def powers_citing(actor: User, law: LawRow) -> list[CitingPower]:
    """Powers that the actor sees and that cite the law by title, short title or document number; live ones only."""
    index = LawIndex.of([law])
    found = []
    for number, name, unit, state, bases in _bases(actor, visible_powers(actor)):
        cited = tuple(citation.text for citation in citations(bases) if index.editions(citation))
        if cited:
            found.append((number, name, unit, state, cited))
    names = unit_names(unit for _, _, unit, _, _ in found)
    return [
        CitingPower(number, name, names.get(unit, unit), PowerState(state), cited)
        for number, name, unit, state, cited in found
    ]


def stale_bases(actor: User, day: datetime.date, path: str = "") -> list[StaleBasis]:
    """Citations of laws that are known and not in force on ``day``, in the powers under ``path`` that the actor sees.

    A successor article is a pointer for a person to follow, marked 未核验 where nobody compared it with the text.
    """
    powers = visible_powers(actor)
    if path:
        powers = powers.filter(unit_path__gte=path, unit_path__lt=path + "~")
    index = LawIndex.of(law_rows())
    found: list[tuple[str, str, str, Citation, LawRow]] = []
    for number, name, unit, _state, bases in _bases(actor, powers):
        for citation in citations(bases):
            law = index.fault(citation, day)
            if law is not None:
                found.append((number, name, unit, citation, law))
    names = unit_names(unit for _, _, unit, _, _ in found)
    return [
        StaleBasis(
            number,
            name,
            names.get(unit, unit),
            citation.text,
            law,
            why_not_in_force(law, day),
            index.successor(law, citation.articles),
        )
        for number, name, unit, citation, law in found
    ]


def _bases(actor: User, powers: QuerySet[Power]) -> Iterator[tuple[str, str, str, str, Sequence[str]]]:
    """The five columns that matter, streamed: a bureau may hold ten thousand powers.

    Whoever reads only what is confirmed is told of the bases that were confirmed.
    """
    live = powers.exclude(state=PowerState.RETIRED.value).order_by("unit_path", "number")
    whole = within(actor.paths(Permission.POWERS_READ))
    columns = live.filter(whole).values_list("number", "name", "unit__number", "state", "basis")
    yield from columns.iterator(chunk_size=2_000)
    for row in READING.rows(actor, live.exclude(whole)):
        yield row.number, row.name, row.unit, row.state.value, row.basis
