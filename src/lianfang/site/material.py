"""Everything that the rules may look at, for one bureau, from the database."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lianfang.foundation.journal.fidelity import OF_UNIT, deviations, displaced, vanished
from lianfang.foundation.journal.models import Record
from lianfang.foundation.journal.rows import DeviationRow
from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.queries import waivers_under
from lianfang.foundation.lint.report import Report
from lianfang.foundation.organisation.models import Person, Post, Tenure
from lianfang.foundation.organisation.queries import bureau_paths_of, bureaus_under, unit_paths
from lianfang.foundation.organisation.rows import TenureRow, UnitRow
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.kernel.findings import Finding
from lianfang.kernel.rows import Row
from lianfang.programme.plans.queries.programmes import CHECKED, confirmed_rows
from lianfang.registers.controls.queries.controls import controls_approved_otherwise
from lianfang.registers.controls.queries.ledger import snapshot_deviations
from lianfang.registers.controls.rows import ControlTestRow
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.regulations.queries import rows_binding_otherwise
from lianfang.registers.risks.queries.risks import risks_approved_otherwise
from lianfang.registers.risks.rows import GradingRow, ScoreRow
from lianfang.site.registers import REGISTERS, Register
from lianfang.site.rules import RULES

CHECKED_ROWS: tuple[Any, ...] = (*(register.row for register in REGISTERS), *CHECKED)
"""Every kind of entry that a check of a bureau looks at."""
_LIES_WITH = {
    TenureRow.kind: "post__unit__path",
    GradingRow.kind: "risk__unit__path",
    ScoreRow.kind: "risk__unit__path",
    ControlTestRow.kind: "control__unit__path",
}
"""What names no unit of its own belongs to the unit of the thing that it is about."""
ROW_BY_KIND = {row.kind: row for row in CHECKED_ROWS}


def material_under(path: str, today: datetime.date) -> Material:
    """All registers and confirmed programmes below ``path`` ("" for everything), the shared laws, the people above.

    The people above a bureau are part of its picture: the head of a bureau is supervised by somebody outside it.
    """
    return Material(
        _rows(path), today=today, registers=(*CHECKED_ROWS, DeviationRow), parameters=parameters_for(path, today)
    )


def report_on(path: str, today: datetime.date) -> Report:
    """What all rules say about one bureau today, waivers applied; nothing about the units above it."""
    return report_of(material_under(path, today), path)


def findings_under(path: str, today: datetime.date) -> list[Finding]:
    """Open findings about everything below ``path``; a section's are those that the check of its bureau has for it.

    The rules compare the sections of a bureau with each other, so it is always whole bureaus that are checked.
    """
    bureaus = {*bureau_paths_of([path]), *(bureau.path for bureau in bureaus_under([path]))}
    paths = unit_paths()
    reports = [report_on(bureau, today) for bureau in sorted(bureaus)]
    return [found for report in reports for found in report.findings if paths.get(found.unit, "").startswith(path)]


def report_of(material: Material, path: str) -> Report:
    """What all rules say about the bureau at ``path``, whose registers are in ``material``."""
    report = run(RULES, material, waivers=waivers_under(path))
    above = frozenset(path.split("/")[:-2])
    return replace(report, findings=tuple(found for found in report.findings if found.unit not in above))


def _rows(path: str) -> Iterator[Row]:
    for register in REGISTERS:
        yield from register.rows(path)
    yield from rows_binding_otherwise(path)
    yield from risks_approved_otherwise(path)
    yield from controls_approved_otherwise(path)
    yield from _deviations(path)
    yield from confirmed_rows(path)
    yield from people_above(path)


def _deviations(path: str) -> Iterator[DeviationRow]:
    """What was approved under ``path`` and is stored otherwise, what lies elsewhere than its unit, altered ledgers."""
    for register in REGISTERS:
        if issubclass(register.model, Record):
            entries: Any = register.model._default_manager.filter(unit_path__gte=path, unit_path__lt=path + "~")
            yield from deviations(entries.order_by("pk").iterator(chunk_size=2_000))
            yield from vanished(register.model, register.kind, path)
        yield from _strays(register, path)
    yield from snapshot_deviations(path)


def _strays(register: Register, path: str) -> Iterator[DeviationRow]:
    """Entries of the units under ``path`` that were put elsewhere; laws and units lie nowhere but where they are."""
    if register.row in {LawRow, UnitRow}:
        return
    source = _LIES_WITH.get(register.kind, OF_UNIT)
    entries: Any = register.model._default_manager.filter(**{f"{source}__gte": path, f"{source}__lt": path + "~"})
    yield from displaced(entries, register.kind, source)


def people_above(path: str) -> Iterator[Row]:
    """Posts, people and tenures of the units above ``path``."""
    parts = path.split("/")[:-1]
    above = ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts))]
    for model in (Post, Person, Tenure):
        entries: Any = model._default_manager.filter(unit_path__in=above).order_by("unit_path", "number")
        yield from (entry.to_row() for entry in entries)
