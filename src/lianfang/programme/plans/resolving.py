"""Whom a plan means: wordings such as 局属各科室、监察大队、监测站 become the live units of the bureau (S1)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.bigrams import bigrams, folded

SUBMITTING = frozenset({UnitKind.SECTION, UnitKind.BRIGADE, UnitKind.STATION, UnitKind.BRANCH})
"""Kinds of unit that hand in papers of their own; the leadership does so through the bureau."""
_BUREAUS = frozenset({UnitKind.BUREAU, UnitKind.BRANCH})
_SECTIONS_ALL = re.compile(r"各(?:相关|有关|职能|内设|业务)?[科股处](?:\(室\)|室)|各内设机构")
_EVERYBODY = re.compile(
    r"各(?:相关|有关|直属|下属|基层|责任|成员)*(?:单位|部门|机构)|局属各|(?:所属|直属|下属)(?:各)?(?:单位|机构)|全局|全体"
)
_KIND_WORDS = (
    (re.compile(r"(?:大队|支队|中队)$"), UnitKind.BRIGADE),
    (re.compile(r"(?:站|中心|事业单位|二级(?:机构|单位))$"), UnitKind.STATION),
    (re.compile(r"分局$"), UnitKind.BRANCH),
)
_DIVIDERS = re.compile(r"[、,;/]|以及|和|及|与")
_WRITTEN_DIVIDERS = re.compile(r"[、,，;；/／]|以及|和|及|与")
_OWN_NAMES = re.compile(r"(?:我|本|全)?(?:局|单位|机关)(?:机关|党组|党委)?")
_OWN_BRANCH = re.compile(r"(?:我|本)?分局")
_LEAST_ALIKE = 0.6


def own_units(units: Iterable[UnitRow], bureau: str, today: dt.date) -> tuple[UnitRow, ...]:
    """The bureau itself and the live units directly under its roof, in the order given.

    What belongs to a branch answers to that branch; the branch is one unit of its bureau.
    """
    rows = tuple(units)
    parents = {row.number: row.parent for row in rows}
    kinds = {row.number: row.unit_kind for row in rows}

    def belongs(row: UnitRow) -> bool:
        place = row.parent
        while place and place != bureau and kinds.get(place) not in _BUREAUS:
            place = parents.get(place, "")
        return place == bureau

    return tuple(
        row
        for row in rows
        if (row.valid_to is None or row.valid_to >= today)
        and (row.number == bureau or (row.unit_kind in SUBMITTING and belongs(row)))
    )


def submitting_units(wording: str, units: Sequence[UnitRow], bureau: str) -> tuple[str, ...]:
    """Numbers of the units that ``wording`` names, in the order of ``units`` (from :func:`own_units`).

    A wording that is empty or only says “the bureau” means the bureau itself (S17). 各单位 and 局属各… mean every unit;
    各科室 alone does too, but beside other named units it means the sections only. A name that fits nothing, or two
    units equally well, adds nothing: a person ticks it.
    """
    text = "".join(folded(wording).split())
    parts = [part for part in _DIVIDERS.split(text) if part]
    if all(_OWN_NAMES.fullmatch(part) for part in parts):
        return (bureau,)
    others = tuple(unit for unit in units if unit.number != bureau)
    named = {number for part in parts for number in _named(part, others)}
    if _SECTIONS_ALL.search(text):
        named |= {unit.number for unit in others if not named or unit.unit_kind is UnitKind.SECTION}
    elif _EVERYBODY.search(text):
        named |= {unit.number for unit in others}
    if not named and any(_means_itself(text, unit) for unit in units if unit.number == bureau):
        return (bureau,)
    return tuple(unit.number for unit in units if unit.number in named)


def unmatched_names(wording: str, units: Sequence[UnitRow], bureau: str) -> tuple[str, ...]:
    """The names in ``wording`` that no unit of the bureau bears, as the plan writes them; a person settles each.

    A group that has members here (各科室, 局属各单位), the bureau itself, and a piece of a unit's own name
    (法制 of 法制与宣教科) are no such names; 各乡镇, 有关企业 and a section that is not there are.
    """
    others = tuple(unit for unit in units if unit.number != bureau)
    chosen = [unit for unit in others if unit.number in submitting_units(wording, units, bureau)]
    own = [unit for unit in units if unit.number == bureau]
    found = []
    for part in _WRITTEN_DIVIDERS.split(wording):
        name = part.strip()
        text = "".join(folded(name).split())
        if not text or _OWN_NAMES.fullmatch(text) or _EVERYBODY.search(text) or _SECTIONS_ALL.search(text):
            continue
        known = _named(text, others) or any(_means_itself(text, unit) for unit in own)
        if not known and not any(text in folded(unit.name) for unit in chosen):
            found.append(name)
    return tuple(dict.fromkeys(found))


def receiving_unit(wording: str, everybody: Sequence[UnitRow], own: Sequence[UnitRow]) -> str:
    """The unit that a receiver means: for 区纪委 the commission above the bureau, else a unit by its very name; or "".

    ``own`` begins with the bureau, as :func:`own_units` gives it.
    Likeness is not enough here: 市环保局 is most like 区环保局 and is another house.
    """
    text = "".join(folded(wording).split())
    if not text:
        return ""
    if "纪委" in text or "纪检" in text:
        return _commission_above(own[0] if own else None, {unit.number: unit for unit in everybody})
    called = [unit.number for unit in own if _is_called(_without_bureau(text), [unit])]
    return called[0] if len(called) == 1 else ""


def _commission_above(unit: UnitRow | None, everybody: Mapping[str, UnitRow]) -> str:
    while unit and unit.unit_kind is not UnitKind.COMMISSION:
        unit = everybody.get(unit.parent)
    return unit.number if unit else ""


def _named(part: str, units: Sequence[UnitRow]) -> tuple[str, ...]:
    """Units that one name means: itself or a part of its name, else a kind of unit, else the one most alike."""
    if part.startswith("各") or _EVERYBODY.search(part) or _SECTIONS_ALL.search(part):
        every = part.removeprefix("各")
        chosen = [unit for unit in units if every != part and (_of_kind(part, unit) or _ends_alike(every, unit))]
        return tuple(unit.number for unit in chosen)
    plain = _without_bureau(part)
    called = [unit for unit in units if _is_called(plain, [unit])]
    if len(called) == 1:
        return (called[0].number,)
    if not called:
        of_kind = tuple(unit.number for unit in units if _of_kind(plain, unit))
        if len(of_kind) == 1:
            return of_kind
    alike = sorted(((_likeness(plain, unit), unit.number) for unit in called or units), reverse=True)
    if alike and alike[0][0] >= _LEAST_ALIKE and (len(alike) == 1 or alike[1][0] < alike[0][0]):
        return (alike[0][1],)
    return ()


def _ends_alike(group: str, unit: UnitRow) -> bool:
    """Whether a unit is one of 各所, 各市场监管所: its name ends so, or is the long form of a name that does."""
    names = [folded(name) for name in (unit.name, *unit.aliases)]
    return any(
        name[-1:] == group[-1:] and all(char in left for char in group) for name in names if (left := iter(name))
    )


def _means_itself(text: str, bureau: UnitRow) -> bool:
    """Whether a plan means the bureau that issued it: by its name, or a branch that calls itself 分局."""
    branch = bureau.unit_kind is UnitKind.BRANCH and _OWN_BRANCH.fullmatch(text) is not None
    return branch or _is_called(text, [bureau])


def _without_bureau(name: str) -> str:
    return re.sub(r"^(?:我|本)?局(?:属|机关)?", "", name) or name


def _of_kind(part: str, unit: UnitRow) -> bool:
    return any(pattern.search(part) and unit.unit_kind is kind for pattern, kind in _KIND_WORDS)


def _is_called(text: str, units: Iterable[UnitRow]) -> bool:
    names = (folded(name) for unit in units for name in (unit.name, *unit.aliases))
    return any(name == text or (len(text) > 2 and text in name) or (len(name) > 2 and name in text) for name in names)


def _likeness(text: str, unit: UnitRow) -> float:
    wanted = set(bigrams(text))
    shares = []
    for name in (unit.name, *unit.aliases):
        pairs = set(bigrams(name))
        shares.append(2 * len(wanted & pairs) / (len(wanted) + len(pairs) or 1))
    return max(shares)
