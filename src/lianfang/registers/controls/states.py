"""The life of a control measure: designed → approved by grade → in force → tested → revised (domain.md §4)."""

from __future__ import annotations

from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.kernel.vocabulary import Word


class ControlState(Word):
    """States of a measure."""

    DRAFT = "draft", "设计中", "草稿"
    SUBMITTED = "submitted", "待审定", "已提交"
    IN_FORCE = "in-force", "施行中", "已审定"
    UNDER_REVIEW = "under-review", "重新梳理中"
    RETIRED = "retired", "已停用"


C = ControlState
CONTROL = Lifecycle(
    "controls",
    C.DRAFT,
    (
        Move("submit", C.DRAFT, C.SUBMITTED, "提交"),
        Move("return", C.SUBMITTED, C.DRAFT, "退回"),
        Move("approve", C.SUBMITTED, C.IN_FORCE, "审定"),
        Move("reopen", C.IN_FORCE, C.UNDER_REVIEW, "重新梳理"),
        Move("submit", C.UNDER_REVIEW, C.SUBMITTED, "提交"),
        Move("retire", C.DRAFT, C.RETIRED, "停用", once_approved=True),
        Move("retire", C.IN_FORCE, C.RETIRED, "停用"),
        Move("retire", C.UNDER_REVIEW, C.RETIRED, "停用"),
    ),
)
