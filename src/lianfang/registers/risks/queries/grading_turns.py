"""Whose turn it is in a round: the raters', the integrity office's, or the approver's whom the grade asks for."""

from __future__ import annotations

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.turns import Awaited, Turn, turn_of
from lianfang.registers.risks.models import Grading
from lianfang.registers.risks.queries.gradings import GradingDetail, approval_permission, hands_in
from lianfang.registers.risks.states import GradingState

PROPOSING = {
    GradingState.SCORED: Awaited(Permission.GRADING_PROPOSE, "会商并提出等级"),
    GradingState.RECONCILED: Awaited(Permission.GRADING_PROPOSE, "提出等级"),
}


def turn_in_round(actor: User, detail: GradingDetail) -> Turn | None:
    """Whose turn it is in a round that the actor reads; ``None`` once it is over."""
    row = detail.row
    if row.state is GradingState.OPEN:
        missing = tuple(seat.name for seat in detail.seats if not seat.has_scored)
        return Turn("评分", is_own=detail.may_score, may_too=False, role="评分人", people=missing)
    grading = Grading.objects.select_related("risk").get(number=row.number)
    if row.state in PROPOSING:
        return turn_of(actor, grading, PROPOSING[row.state])
    if row.state is GradingState.PROPOSED:
        deciding = Awaited(approval_permission(row, detail.before), "审定等级")
        return turn_of(actor, grading, deciding, hands_in(grading))
    return None
