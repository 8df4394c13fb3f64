"""The life of an adjustment: proposed, approved by another person, or returned and proposed anew."""

from __future__ import annotations

from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.kernel.vocabulary import Word


class AdjustmentState(Word):
    """States of an adjustment."""

    RETURNED = "returned", "已退回"
    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准"
    WITHDRAWN = "withdrawn", "已撤回"


R, P, A, W = AdjustmentState
ADJUSTMENT = Lifecycle(
    "adjustments",
    P,
    (
        Move("approve", P, A, "批准"),
        Move("return", P, R, "退回"),
        Move("withdraw", P, W, "撤回"),
        Move("revise", R, P, "修改后重新提出"),
        Move("withdraw", R, W, "撤回"),
    ),
)
