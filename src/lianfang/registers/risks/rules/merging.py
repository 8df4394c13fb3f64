"""Whether one risk point may be merged into another: the one that stays must be able to stand for the one that goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lianfang.kernel.errors import Invalid
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import RiskState

STANDING = frozenset(
    {RiskState.PROPOSED, RiskState.ACCEPTED, RiskState.GRADING, RiskState.LIVE, RiskState.UNDER_REVIEW}
)
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


def ending_fault(number: str, merged: Sequence[str], act: str, said: str) -> Invalid | None:
    """Why ``number`` may not end while ``merged`` rest on it; ``None`` where ``said`` names all of them.

    They say the same thing and count nowhere themselves. That they end too is a decision about each of them, so whoever
    takes it writes down their numbers.
    """
    unnamed = [one for one in merged if not _names(said, one)]
    if not unnamed:
        return None
    return Invalid(
        f"{'、'.join(unnamed)} 已并入 {number}，{act}以后就没有风险点代表它们了，不能{act}。",
        "它们一并结束的，请在依据或理由中写明它们的编号；不应结束的，把本条并入另一个风险点，或另行提交一条。",
    )


def _names(text: str, number: str) -> bool:
    """Whether ``text`` has the whole ``number``, and not another that begins or ends like it."""
    return re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text, re.ASCII | re.IGNORECASE) is not None


def drafting_fault(number: str, merged: Sequence[str]) -> Invalid | None:
    """Why ``number`` may not be taken back by its drafter while ``merged`` rest on it: a draft may never come."""
    if not merged:
        return None
    return Invalid(
        f"{'、'.join(merged)} 已并入 {number}，撤回以后就没有风险点代表它们了，不能撤回。",
        "需要修改的，请受理人退回。",
    )
