"""A power's procedure with its risk points, as a drawing (S21)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.models import REWRITTEN
from lianfang.foundation.organisation.queries import unit_name
from lianfang.kernel.errors import Absent
from lianfang.registers.powers.queries import READING as POWER_READING
from lianfang.registers.powers.queries import visible_powers
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.risks.flowchart import PAGE_HEIGHT, Chart, flow_chart
from lianfang.registers.risks.queries.risks import graded_rows, visible_risks
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import RiskState

_SHOWN = [state.value for state in RiskState if state not in {RiskState.MERGED, RiskState.REJECTED, RiskState.CLOSED}]


@dataclass(frozen=True)
class PowerChart:
    """A power, its drawing, and the risk points in it."""

    row: PowerRow
    unit_name: str
    chart: Chart
    risks: tuple[RiskRow, ...]


def power_chart(actor: User, number: str, *, in_one_piece: bool = False) -> PowerChart:
    """The drawing of one power with the risk points that the actor may read; on sheets, or in one piece.

    Raises:
        Absent: no such power, or not the actor's to see.
    """
    power = visible_powers(actor).filter(number=number).first()
    if power is None:
        raise Absent(f"没有找到编号为“{number}”的职权。")
    row = POWER_READING.row_of(actor, power)
    # A draft may name another power than the approved text does: each reader sees the risk point where they read it.
    near = Q(power__number=number) | (REWRITTEN & Q(unit__number=row.unit))
    found = visible_risks(actor).filter(near, state__in=_SHOWN).order_by("number")
    named = [risk for risk in graded_rows(actor, found) if risk.power == number][:200]
    risks = tuple(sorted(named, key=lambda risk: -(risk.grade.rank if risk.grade else 0)))
    height = 1e9 if in_one_piece else PAGE_HEIGHT
    chart = flow_chart(row.steps, risks, page_height=height)
    return PowerChart(row, unit_name(row.unit), chart, risks)
