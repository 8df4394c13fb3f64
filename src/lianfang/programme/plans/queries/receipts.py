"""Who a plan is addressed to, who has signed for it, and what of it waits for whom (S1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_names
from lianfang.kernel.errors import Absent
from lianfang.programme.plans.models import PlanReceipt
from lianfang.programme.plans.owed_rows import ReceiptRow
from lianfang.programme.plans.queries.programmes import programme_of, visible_programmes
from lianfang.programme.plans.states import ReceiptState

RECEIPT_NEEDED = {"acknowledge": Permission.PLANS_RECEIVE}
"""Move of a receipt → the permission that it asks for."""


def visible_receipts(actor: User) -> QuerySet[PlanReceipt]:
    """The receipts of the programmes that the actor may see."""
    return PlanReceipt.objects.filter(programme__in=visible_programmes(actor)).select_related("programme")


@dataclass(frozen=True)
class ReceiptLine:
    """One unit of the distribution list; ``signing``: the actor may sign for it now."""

    row: ReceiptRow
    unit_name: str
    signing: bool


@dataclass(frozen=True)
class Distribution:
    """Everybody that a plan is addressed to, in the order of the organisation."""

    lines: tuple[ReceiptLine, ...]

    @property
    def awaited(self) -> int:
        """How many units have not signed."""
        return sum(line.row.state is ReceiptState.AWAITED for line in self.lines)


def receipt_of(actor: User, number: str) -> ReceiptRow:
    """One receipt.

    Raises:
        Absent: no such receipt, or its programme is not the actor's to see.
    """
    found = visible_receipts(actor).filter(number=number).first()
    if found is None:
        raise Absent(f"没有找到编号为“{number}”的方案签收。")
    return found.to_row()


def distribution_of(actor: User, number: str) -> Distribution:
    """The distribution list of the programme ``number``; it has lines from the day the programme is confirmed.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    receipts = PlanReceipt.objects.filter(programme=programme_of(actor, number)).order_by("unit_path", "number")
    names = unit_names()
    return Distribution(
        tuple(
            ReceiptLine(
                one.to_row(),
                names.get(one.unit_id, one.unit_id),
                one.state == ReceiptState.AWAITED.value and actor.may(Permission.PLANS_RECEIVE, one.unit_path),
            )
            for one in receipts
        )
    )
