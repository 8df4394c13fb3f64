"""Lives of a risk point, of a grading round, and of a negative-list item (domain.md §4)."""

from __future__ import annotations

from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.kernel.vocabulary import Word


class RiskState(Word):
    """States of a risk point."""

    DRAFT = "draft", "填报中", "草稿"
    PROPOSED = "proposed", "待受理", "已提交"
    ACCEPTED = "accepted", "待评级", "已受理"
    GRADING = "grading", "评级中"
    LIVE = "live", "在控", "已定级"
    UNDER_REVIEW = "under-review", "复核中"
    MERGED = "merged", "已合并"
    REJECTED = "rejected", "不予采纳"
    CLOSED = "closed", "已销号"


R = RiskState
RISK = Lifecycle(
    "risks",
    R.DRAFT,
    (
        Move("submit", R.DRAFT, R.PROPOSED, "提交"),
        Move("withdraw", R.PROPOSED, R.DRAFT, "撤回"),
        Move("return", R.PROPOSED, R.DRAFT, "退回"),
        Move("accept", R.PROPOSED, R.ACCEPTED, "受理"),
        Move("merge", R.PROPOSED, R.MERGED, "合并"),
        Move("reject", R.PROPOSED, R.REJECTED, "不予采纳"),
        Move("open_grading", R.ACCEPTED, R.GRADING, "启动评级"),
        Move("open_grading", R.UNDER_REVIEW, R.GRADING, "重新评级"),
        Move("approve_grade", R.GRADING, R.LIVE, "审定等级"),
        Move("reopen", R.LIVE, R.UNDER_REVIEW, "启动复核"),
        Move("close", R.LIVE, R.CLOSED, "销号"),
        Move("close", R.UNDER_REVIEW, R.CLOSED, "销号"),
    ),
)


class GradingState(Word):
    """States of one grading round: scores stay hidden until all are in (domain.md §3)."""

    OPEN = "open", "评分中"
    SCORED = "scored", "待会商"
    RECONCILED = "reconciled", "待提出等级"
    PROPOSED = "proposed", "待审定"
    APPROVED = "approved", "已审定"
    SUPERSEDED = "superseded", "已被替代"


G = GradingState
GRADING = Lifecycle(
    "gradings",
    G.OPEN,
    (
        Move("complete", G.OPEN, G.SCORED, "评分完成"),
        Move("reconcile", G.SCORED, G.RECONCILED, "会商"),
        Move("propose", G.SCORED, G.PROPOSED, "提出等级"),
        Move("propose", G.RECONCILED, G.PROPOSED, "提出等级"),
        Move("return", G.PROPOSED, G.SCORED, "退回"),
        Move("approve", G.PROPOSED, G.APPROVED, "审定等级"),
        Move("supersede", G.APPROVED, G.SUPERSEDED, "被新一轮替代"),
    ),
)


class NegativeState(Word):
    """States of a negative-list item."""

    DRAFT = "draft", "填报中", "草稿"
    SUBMITTED = "submitted", "待审定", "已提交"
    APPROVED = "approved", "已审定"
    WITHDRAWN = "withdrawn", "已撤销"


N = NegativeState
NEGATIVE = Lifecycle(
    "negatives",
    N.DRAFT,
    (
        Move("submit", N.DRAFT, N.SUBMITTED, "提交"),
        Move("return", N.SUBMITTED, N.DRAFT, "退回"),
        Move("approve", N.SUBMITTED, N.APPROVED, "审定"),
        Move("reopen", N.APPROVED, N.DRAFT, "修订"),
        Move("retire", N.DRAFT, N.WITHDRAWN, "撤销", once_approved=True),
        Move("retire", N.APPROVED, N.WITHDRAWN, "撤销"),
    ),
)
