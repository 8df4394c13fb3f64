"""People of one name in one unit of a staff list: how many they are, and what is to be asked of the clerk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lianfang.kernel.findings import Finding, Place, Severity

NAMESAKES = "IMP047"
Name = tuple[str, str]
"""The unit and the name of a person."""
Traits = tuple[str, ...]
"""What a line says of the person alone, column by column: the telephone, the year of birth."""


@dataclass(frozen=True)
class Named:
    """Whoever bears a name in a unit: the entries of each person, and the numbers registered under that name."""

    name: Name
    people: Sequence[Sequence[int]]
    registered: Sequence[str]

    @property
    def is_plain(self) -> bool:
        """Whether there is no doubt who is meant."""
        return len(self.registered) <= 1 and not (self.registered and len(self.people) > 1)

    @property
    def number(self) -> str:
        """The number of the one who is registered; "" where nobody is, or it is not plain who."""
        return self.registered[0] if self.is_plain and self.registered else ""


def bearers(
    names: Sequence[Name], traits: Callable[[int], Traits], registered: Mapping[Name, Sequence[str]]
) -> Iterator[Named]:
    """Every name once; lines that contradict each other in what they say of the person are different people."""
    entries: dict[Name, list[int]] = {}
    for entry, name in enumerate(names):
        if name[1]:
            entries.setdefault(name, []).append(entry)
    for name, lines in entries.items():
        yield Named(name, _told_apart(lines, traits), registered.get(name, ()))


def _told_apart(lines: Sequence[int], traits: Callable[[int], Traits]) -> list[list[int]]:
    people: list[list[int]] = []
    for line in lines:
        same = next((one for one in people if _may_be_one(traits(one[0]), traits(line))), None)
        if same is None:
            people.append([line])
        else:
            same.append(line)
    return people


def _may_be_one(first: Traits, second: Traits) -> bool:
    return all(one == other or not one or not other for one, other in zip(first, second, strict=True))


def elsewhere(named: Named, units: Mapping[str, str], place: Place) -> Finding | None:
    """What is to be asked of a name that is new in its unit, where somebody else of the bureau bears it already.

    ``units`` are the numbers registered under that name in other units of the bureau, with the names of these.
    """
    if named.registered or not units:
        return None
    shown = "、".join(f"{number}（{unit}）" for number, unit in units.items())
    message = (
        f"“{named.name[1]}”在本局别的单位登记为 {shown}，这里按另一个人新编号。"
        "是同一个人调动的，请先在“单位和岗位”里改单位，再导入；兼任的，用“任职”清单写人员编号。"
    )
    return Finding("", "", message, code=NAMESAKES, severity=Severity.WARNING, place=place)


def asked_of(named: Named, row_of: Callable[[int], int], place: Callable[[int], Place]) -> Finding | None:
    """What is to be asked of a name: nothing where it stands on one line and nobody else is registered under it."""
    lines = sorted(entry for person in named.people for entry in person)
    rows = "、".join(str(row_of(entry)) for entry in lines)
    said, count = f"第 {rows} 行的“{named.name[1]}”", len(named.people)
    if not named.is_plain:
        message = (
            f"{said}分不清是谁：同一单位登记着 {len(named.registered)} 个叫这个名字的人"
            f"（{'、'.join(named.registered)}），名册里有 {count} 个。"
            "请把这些人从名册里取出，用“人员”清单写明人员编号再导入。"
        )
        return Finding("", "", message, code=NAMESAKES, severity=Severity.ERROR, place=place(lines[0]))
    if len(lines) == 1:
        return None
    if count > 1:
        message = f"{said}同单位同名，但电话等内容不同，读作 {count} 个人；是一个人的，请把这几行的内容改成一样。"
    else:
        message = f"{said}同单位同名，读作 1 个人兼几个岗位；是不同的人，请加一列“电话”等能分清的内容。"
    return Finding("", "", message, code=NAMESAKES, severity=Severity.WARNING, place=place(lines[0]))
