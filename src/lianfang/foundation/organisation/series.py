"""Whose series a public number comes from: an entry is numbered after its own unit, or the bureau around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from string import digits

from lianfang.foundation.catalogue.numbers import claim, note_used
from lianfang.foundation.journal.recording import Written
from lianfang.foundation.journal.storing import Stored
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.kernel.errors import Invalid, Refused
from lianfang.kernel.numbering import prefix_of, split_number

REMEDY = "请去掉这个编号，由系统在本单位编号；或者核对单位。"


def number_for(given: str, unit: str, kind: str) -> str:
    """The number of a new entry of ``unit``: the one that was ``given``, or the next of the unit's series.

    No page and no interface gives one; the demo does, and whatever else lays out entries of known numbers.

    Raises:
        Invalid: the number given is neither of this unit's series nor of the bureau's around it.
    """
    prefix = prefix_of(unit, kind)
    if not given:
        return claim(prefix)[0]
    above = [unit[:place] for place, character in enumerate(unit) if character == "-"]
    parts = split_number(given)
    if parts is None or parts[0] not in {prefix, *(prefix_of(one, kind) for one in above)}:
        raise Invalid(f"编号“{given}”不是 {unit} 的编号（应以 {prefix} 开头）。", REMEDY)
    note_used([given])
    return given


def take_numbers(stored: Stored, allowed: Callable[[str], None]) -> None:
    """Numbers that a list brought for new entries are never given out again; each must be of the entry's own series.

    ``allowed`` is asked of every unit whose series is used: who imports for a section uses up no number of the bureau.

    Raises:
        Invalid: a number is of the series of a unit that the entry does not belong to.
        Refused: of a bureau for which the actor may not import.
    """
    created = set(stored.created)
    firsts: dict[tuple[str, str], Written] = {}
    for change in stored.changes:
        number = change.row.number
        if number in created:
            # One entry of a series in a unit stands for all others there; before its serial stands what names both.
            firsts.setdefault((number.rstrip(digits), change.unit_path), change)
    fresh = list(firsts.values())
    paths = unit_paths({owner for change in fresh if (owner := _owner(change.row.number))})
    for number, path in sorted({(change.row.number, owned) for change, owned in _owned(fresh, paths)}):
        try:
            allowed(path)
        except Refused as refusal:
            raise Refused(f"编号“{number}”用的是 {_owner(number)} 的编号。{refusal.message}", REMEDY) from refusal
    note_used(stored.created)


def _owned(fresh: Iterable[Written], paths: dict[str, str]) -> Iterable[tuple[Written, str]]:
    """Entries whose number names a unit, each with the path of that unit; one entry a unit is enough to ask about."""
    asked: dict[str, Written] = {}
    for change in fresh:
        path = paths.get(_owner(change.row.number), "")
        if path and not change.unit_path.startswith(path):
            raise Invalid(f"编号“{change.row.number}”是 {_owner(change.row.number)} 的编号，不能用在别的单位。", REMEDY)
        if path:
            asked.setdefault(path, change)
    return [(change, path) for path, change in asked.items()]


def _owner(number: str) -> str:
    """What the number begins with: a unit, mostly; "" for numbers that this system does not make."""
    parts = split_number(number)
    return parts[0].rpartition("-")[0] if parts else ""
