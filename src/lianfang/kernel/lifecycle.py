"""A state machine as a table of moves (name, from, to); conditions on people live in permissions, not here."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

S = TypeVar("S", bound=enum.StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One named, allowed step between two states; ``label`` is the word on the button.

    ``once_approved`` keeps it to what was approved before: a draft that never was has nothing to end.
    """

    name: str
    source: S
    target: S
    label: str
    once_approved: bool = False


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """All allowed moves of one kind of thing; whatever is not listed is forbidden.

    A name may stand for several sources (return from two states), but never for one source and two targets.
    """

    kind: str
    initial: S
    moves: tuple[Move[S], ...]

    def __post_init__(self) -> None:
        seen = {(move.name, move.source) for move in self.moves}
        if len(seen) != len(self.moves):
            raise ValueError(f"{self.kind}: one source has two targets for the same move")

    def named(self, name: str) -> tuple[Move[S], ...]:
        """All moves of that name.

        Raises:
            KeyError: when the table has none.
        """
        found = tuple(move for move in self.moves if move.name == name)
        if not found:
            raise KeyError(name)
        return found

    def from_state(self, state: S) -> Iterator[Move[S]]:
        """Moves open from ``state``, in table order."""
        return (move for move in self.moves if move.source == state)

    def states(self) -> tuple[S, ...]:
        """Every state that the table mentions, in order of first mention."""
        return tuple(dict.fromkeys(state for move in self.moves for state in (move.source, move.target)))

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for the generated documentation; its names know no hyphens."""
        named = labels(self.states())
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{label}" as {_plain(state)}' for state, label in named.items()]
        lines += [f"    [*] --> {_plain(self.initial)}"]
        lines += [f"    {_plain(move.source)} --> {_plain(move.target)}: {move.label}" for move in self.moves]
        return "\n".join(lines)


def _plain(state: str) -> str:
    return state.replace("-", "_")


def labels(members: Iterable[enum.StrEnum]) -> dict[str, str]:
    """``value → label`` for enums whose members carry a Chinese ``label`` property."""
    return {str(member.value): str(getattr(member, "label", member.value)) for member in members}
