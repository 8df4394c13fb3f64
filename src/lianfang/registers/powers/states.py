"""The life of a power: 清权 → legality check → 确权, and what may reopen it (domain.md §4)."""

from __future__ import annotations

from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.kernel.vocabulary import Word


class PowerState(Word):
    """States of a power."""

    DRAFT = "draft", "填报中", "草稿"
    SUBMITTED = "submitted", "待清权", "已提交"
    CLEARED = "cleared", "待合法性审核", "已清权"
    CHECKED = "checked", "待确权", "已审核"
    CONFIRMED = "confirmed", "已确权"
    UNDER_REVIEW = "under-review", "复核中"
    RETIRED = "retired", "已取消"


D, W, C, L, F, U, X = PowerState
POWER = Lifecycle(
    "powers",
    D,
    (
        Move("submit", D, W, "提交"),
        Move("withdraw", W, D, "撤回"),
        Move("clear", W, C, "清权"),
        Move("return", W, D, "退回"),
        Move("return", C, D, "退回"),
        Move("return", L, D, "退回"),
        Move("check", C, L, "审核通过"),
        Move("confirm", L, F, "确权"),
        Move("reopen", F, U, "启动复核"),
        Move("submit", U, W, "提交"),
        Move("retire", D, X, "取消职权", once_approved=True),
        Move("retire", F, X, "取消职权"),
        Move("retire", U, X, "取消职权"),
    ),
)
