"""Two people edited one entry at the same time: where they changed different fields, both changes can stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from lianfang.kernel.rows import Row

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Merged(Generic[R]):
    """``row`` is theirs with what only I changed; names of fields tell who changed what since both began."""

    row: R
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    both: tuple[str, ...]

    @property
    def keeps_all(self) -> bool:
        """Whether each changed something of their own and nobody the same field otherwise."""
        return bool(self.mine and self.theirs and not self.both)


def merged(base: R, theirs: R, mine: R, names: Iterable[str]) -> Merged[R]:
    """``theirs`` with the fields of ``names`` that ``mine`` alone changed since ``base``.

    A field is taken whole, also where it is a list: half a list of each would be what nobody wrote. What both changed
    alike is no difference, and a field that both changed otherwise stays as it is in ``theirs``.
    """
    triples = {name: (getattr(base, name), getattr(theirs, name), getattr(mine, name)) for name in names}
    apart = {name: values for name, values in triples.items() if values[1] != values[2]}
    of_mine = tuple(name for name, (before, other, _) in apart.items() if other == before)
    of_theirs = tuple(name for name, (before, _, own) in apart.items() if own == before)
    of_both = tuple(name for name in apart if name not in {*of_mine, *of_theirs})
    row = dataclasses.replace(cast("Any", theirs), **{name: getattr(mine, name) for name in of_mine})
    return Merged(row, of_mine, of_theirs, of_both)
