"""A programme as a document to take away: matrix, deliverables, stages, periodic duties, receipts."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.documents.document import Document, section_of
from lianfang.programme.plans.comparing import Comparison, LocalItem
from lianfang.programme.plans.lateness import Timing
from lianfang.programme.plans.queries.matrix import Cell, Matrix, matrix_of
from lianfang.programme.plans.queries.receipts import distribution_of
from lianfang.programme.plans.queries.upstream import upstream_page
from lianfang.programme.plans.sheets import (
    COMPARISON,
    DELIVERABLES,
    DUTIES,
    RECEIPTS,
    STAGES,
    matrix_entry,
    matrix_sheet,
)


def programme_document(actor: User, number: str) -> Document:
    """Matrix, deliverables, stages, periodic duties and receipts of one programme, as they stand now.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    matrix = matrix_of(actor, number)
    columns = matrix.deliverables
    lines = [
        matrix_entry(line.name, columns, (cell_word(cell) for cell in line.cells), (line.owed, line.overdue))
        for line in matrix.lines
    ]
    return Document(
        title=f"{matrix.row.title}报送矩阵",
        sections=(
            section_of(matrix_sheet(columns), lines, heading="报送矩阵"),
            section_of(DELIVERABLES, _deliverables(matrix), heading=DELIVERABLES.title),
            section_of(STAGES, matrix.stages, heading=STAGES.title),
            section_of(DUTIES, _duties(matrix), heading=DUTIES.title),
            section_of(RECEIPTS, _receipts(actor, number), heading=RECEIPTS.title),
        ),
        meta=(
            ("单位", matrix.unit_name),
            ("方案编号", matrix.row.number),
            ("导出日期", timezone.localdate().isoformat()),
            ("导出人", actor.title),
        ),
    )


def cell_word(cell: Cell) -> str:
    """What stands in a cell of the matrix: the state and how late, 不报 where a person decided so, — for not asked."""
    if not cell.submission or not cell.state:
        return "不报" if cell.spared else "—"
    day = cell.submission.submitted_on.isoformat() if cell.submission.submitted_on else ""
    said = cell.lateness.said if cell.lateness and cell.lateness.timing in _SAID else ""
    return f"{cell.state.label}{day}{f'（{said}）' if said else ''}"


_SAID = {Timing.SOON, Timing.OVERDUE, Timing.LATE}
"""What is said beside the state; in time and not yet due need no word."""


def _deliverables(matrix: Matrix) -> Iterator[dict[str, object]]:
    stages = {stage.number: stage.name for stage in matrix.stages}
    for row in matrix.deliverables:
        yield {
            "number": row.number,
            "name": row.name,
            "stage_name": stages.get(row.stage, ""),
            "due": row.due,
            "day": row.expires.day,
            "calendar_policy": row.calendar_policy,
            "unit_names": tuple(matrix.names.get(unit, unit) for unit in row.submitters),
            "outside": row.outside,
            "receiver": row.receiver,
            "remark": row.expires.remark,
        }


def _duties(matrix: Matrix) -> Iterator[dict[str, object]]:
    for row in matrix.duties:
        yield {
            "number": row.number,
            "cycle": row.cycle,
            "every": row.every,
            "what": row.what,
            "unit_names": tuple(matrix.names.get(unit, unit) for unit in row.submitters),
            "outside": row.outside,
            "receiver": row.receiver,
        }


def _receipts(actor: User, number: str) -> Iterator[dict[str, object]]:
    for line in distribution_of(actor, number).lines:
        row = line.row
        yield {
            "unit_name": line.unit_name,
            "state": row.state,
            "received_by": row.received_by,
            "received_on": row.received_on,
        }


def comparison_document(actor: User, number: str) -> Document:
    """A programme beside its higher plans (S3): a line for each local item, and for each obligation without one.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    page = upstream_page(actor, number)
    return Document(
        title=f"{page.row.title}对照上级方案",
        sections=(section_of(COMPARISON, list(_compared(page.comparison))),),
        meta=(
            ("上级方案", "、".join(plan.cited for plan in page.higher) or "系统里还没有"),
            ("方案编号", page.row.number),
            ("导出日期", timezone.localdate().isoformat()),
            ("导出人", actor.title),
        ),
    )


def _compared(comparison: Comparison) -> Iterator[dict[str, object]]:
    for line in comparison.lines:
        asked = {"what": line.obligation.what, "asked": line.obligation.text, "asked_by": line.obligation.day}
        for one in line.taken_up:
            yield asked | _item(one.item, "晚于上级期限" if one.late else "已落实")
        if not line.taken_up:
            yield asked | _item(LocalItem("", ""), "没有落实")
    for item in comparison.added:
        yield {"what": item.what, "asked": "", "asked_by": ""} | _item(item, "本局另加")


def _item(item: LocalItem, standing: str) -> dict[str, object]:
    return {"standing": standing, "text": item.text, "due": item.day}
