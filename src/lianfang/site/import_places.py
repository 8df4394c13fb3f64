"""Posts and the units of their lines: a list of the whole bureau names the post alone, and the post knows its unit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.register_reading import Reading
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.registers.risks.rows import Tier
from lianfang.site.directory import Directory
from lianfang.site.intake import Intake

UNKNOWN, LACKING = "IMP030", "IMP031"


def units_by_post(
    columns: dict[str, list[Any]], directory: Directory, reading: Reading, faulty: Collection[int]
) -> list[Finding]:
    """Put lines of a bureau that name a post of one of its sections into that section, and say so once."""
    posts, units = columns.get("post"), columns.get("unit")
    if not posts or not units:
        return []
    homes = [directory.unit_of("posts", post) if post else "" for post in posts]
    differ = [at for at, home in enumerate(homes) if home and home != units[at] and at not in faulty]
    paths = unit_paths({name for at in differ for name in (homes[at], units[at]) if name}) if differ else {}
    moved = [at for at in differ if not units[at] or _lies_in(paths, homes[at], units[at])]
    for at in moved:
        units[at] = homes[at]
    if not moved:
        return []
    message = f"有 {len(moved)} 行的岗位在下属科室，单位按岗位所在的科室记，例如“{units[moved[0]]}”；请核对。"
    return [Notice.GUESSED_COLUMN.at(reading.place(moved[0], "post"), message, field="unit")]


def units_of_risks(columns: dict[str, list[Any]], directory: Directory, reading: Reading) -> list[Any]:
    """The units of measures: as the list says, else those of their risk points, else that of the whole list."""
    given = reading.columns.get("unit") or [""] * reading.count
    homes = [directory.unit_of("risks", risk) if isinstance(risk, str) else "" for risk in columns["risk"]]
    units = zip(given, homes, columns["unit"], strict=True)
    return [unit if said else home or unit for said, home, unit in units]


def _lies_in(paths: dict[str, str], inner: str, outer: str) -> bool:
    return inner in paths and outer in paths and paths[inner].startswith(paths[outer])


def report_misplaced(
    intake: Intake, directory: Directory, entries: Sequence[int], place: Callable[[int, str], Place | None]
) -> None:
    """Bar lines that the store would refuse: of a post without one, or with a post of another unit."""
    if "post" not in intake.register.references or "unit" not in intake.register.references:
        return
    for line, row in enumerate(intake.rows):
        home = directory.unit_of("posts", row.post) if row.post else ""
        if home and home != row.unit:
            message = f"岗位 {row.post} 属于 {home}，不属于 {row.unit}；请核对岗位和单位。"
            _add(intake, UNKNOWN, "post", message, place(entries[line], "post"))
        elif not row.post and getattr(row, "tier", None) is Tier.POST:
            message = "这一行是岗位级，但没有写岗位；请补上岗位，或把层级改为部门或单位。"
            _add(intake, LACKING, "post", message, place(entries[line], "tier"))


def _add(intake: Intake, code: str, name: str, message: str, place: Place | None) -> None:
    intake.findings.append(Finding("", name, message, code=code, severity=Severity.ERROR, place=place))
