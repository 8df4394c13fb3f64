"""Whether one risk point may be merged into another: the one that stays must be able to stand for the one that goes."""

from __future__ import annotations

from lianfang.kernel.errors import Invalid
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import RiskState

STANDING = frozenset({
    RiskState.PROPOSED, RiskState.ACCEPTED, RiskState.GRADING, RiskState.LIVE, RiskState.UNDER_REVIEW,
})  # fmt: skip
"""Somebody handed it up or decided on it. A draft is its writer's alone, and may never come."""


def merging_fault(row: RiskRow, target: RiskRow) -> Invalid | None:
    """Why ``row`` may not be merged into ``target``; ``None`` where the two speak of the same place.

    What is merged away counts nowhere any more: were the other of another post or step, its own would read as searched
    and clean (S24). Where ``row`` names no power or no step, any of its post will do.
    """
    if target.number == row.number or target.unit != row.unit:
        return Invalid("只能并入同一单位的另一个风险点。", "请从列表中选择。")
    if target.state not in STANDING:
        return Invalid(
            f"{target.number} 是“{target.state.label}”，不能并入。", "请选择已经提交、正在办理或者在控的风险点。"
        )
    if (target.tier, target.post) != (row.tier, row.post):
        return Invalid(
            f"{target.number} 不在 {row.number} 所在的层级和岗位，不能并入。", "并入以后，原岗位就没有这个风险点了。"
        )
    if (row.power and row.power != target.power) or (row.step and row.step != target.step):
        return Invalid(
            f"{target.number} 说的不是 {row.number} 那项职权的那个环节，不能并入。",
            "并入以后，原环节就没有这个风险点了；确实写错了环节的，先退回改正。",
        )
    return None
