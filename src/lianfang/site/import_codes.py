"""The codes that bureaus number their own powers by (职权编码): one code in a bureau is one power."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lianfang.kernel.clipping import clipped
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.registers.powers.rows import PowerRow
from lianfang.site.intake import Intake

CODE_TWICE = "IMP055"
_CODE = "code"


def report_codes_given_twice(
    intake: Intake, house_of: Callable[[str], str], place_of: Callable[[int, str], Place | None]
) -> None:
    """Say of every line but the first that its code is that of another power; items of one power may share it."""
    if intake.register.row is not PowerRow:
        return
    first: dict[tuple[str, str], int] = {}
    for line, row in enumerate(intake.rows):
        if not row.code:
            continue
        earlier = first.setdefault((house_of(row.unit), row.code), line)
        if intake.rows[earlier].name != row.name:
            place = place_of(earlier, _CODE)
            where = f"第 {place.row} 行“{clipped(intake.rows[earlier].name)}”" if place else "前面的一行"
            message = (
                f"职权编码“{clipped(row.code)}”{where}已经用过，别的清单按它分不清是哪一项；"
                "请核对，一个编码只给一项职权。"
            )
            intake.findings.append(
                Finding("", _CODE, message, code=CODE_TWICE, severity=Severity.WARNING, place=place_of(line, _CODE))
            )


def named(rows: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    """Number, unit and what other lines may call each row: its name, and the code that a bureau gave it."""
    for row in rows:
        unit, name = getattr(row, "unit", ""), str(getattr(row, "name", "") or getattr(row, "title", ""))
        yield row.number, unit, name
        if code := getattr(row, _CODE, ""):
            yield row.number, unit, code
