"""A list of grades by the numbers of risk points: each becomes the stored risk point with the grade that it states.

The grade then goes where the grade of a list of risk points goes: it decides nothing, and what is in force stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lianfang.foundation.documents.cells import cell_text, narrow
from lianfang.foundation.documents.shape import Listing
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.foundation.journal.storing import stored_numbers
from lianfang.kernel.clipping import clipped
from lianfang.kernel.findings import Finding, Severity
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.sheets import RISKS
from lianfang.site.directory import Directory
from lianfang.site.import_lines import Lines
from lianfang.site.import_sight import in_sight
from lianfang.site.intake import Taking
from lianfang.site.registers import BY_KIND, stored_rows

CHUNK = 400
_HEADED = ("number", "unit", "statement", "grade")


def graded_risks(
    found: Listing, columns: Mapping[str, int], directory: Directory, terms: Taking
) -> tuple[Table, list[Finding]]:
    """The list as risk points with their grades; lines that name none the actor may see bar the list."""
    number, grade = columns["number"], columns["grade"]
    given = [narrow(cell_text(row[number])) for row in found.rows]
    units = [cell_text(row[columns["unit"]]) if "unit" in columns else terms.unit for row in found.rows]
    stored = _stored(given, units, directory, terms)
    rest = [at for at in range(len(found.headings) - len(found.said)) if at not in columns.values()]
    head: list[Cell] = [RISKS.column(name).heading for name in _HEADED]
    head += [found.headings[at] for at in rest]
    lines = Lines(found, head, [number, number, number, grade, *rest])
    told = []
    for entry, row in enumerate(found.rows):
        if risk := stored.get(entry):
            lines.add(entry, [risk.number, risk.unit, risk.statement, row[grade], *(row[at] for at in rest)])
        else:
            message = f"没有登记风险点“{clipped(given[entry])}”，或者您看不到它，这一行的等级无处可记；"
            message += "请核对编号，或者去掉这一行。"
            place = found.place(entry, number)
            told.append(Finding("", "", message, code="IMP030", severity=Severity.ERROR, place=place))
    return lines.table(), told


def _stored(given: list[str], units: list[str], directory: Directory, terms: Taking) -> dict[int, RiskRow]:
    """The risk point that each line names, by number or by its text, as far as the actor may see it."""
    directory.expect("units", units)
    directory.expect("risks", given)
    homes = [directory.resolve("units", unit) or "" for unit in units]
    named = [directory.resolve("risks", text, home) or "" for text, home in zip(given, homes, strict=True)]
    risks = BY_KIND[RiskRow.kind]
    known = stored_numbers(risks.model, sorted({*filter(None, named)}))
    rows: dict[str, RiskRow] = {}
    for start in range(0, len(known), CHUNK):
        some = stored_rows(risks, among=in_sight(risks, terms.actor), number__in=known[start : start + CHUNK])
        rows.update((cast("RiskRow", row).number, row) for row in some)
    return {entry: rows[number] for entry, number in enumerate(named) if number in rows}
