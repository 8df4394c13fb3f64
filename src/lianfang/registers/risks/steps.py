"""What each step in the life of a risk point, a negative-list item and a round asks, and the action that takes it."""

from __future__ import annotations

from collections.abc import Callable

from lianfang.foundation.web.register_pages import Ask
from lianfang.registers.risks.actions import gradings, negatives, risks
from lianfang.registers.risks.rows import GradingRow, NegativeRow, RiskRow

RISK_ASKS = {
    "submit": Ask(needs_clean=True, why="填报完整后提交科室负责人受理。"),
    "withdraw": Ask("none", why="收回到填报中继续修改，需要时再提交。"),
    "accept": Ask(why="确认风险点真实、写得具体，受理后安排评级。"),
    "return": Ask("required", "退回理由", why="退给填报人修改：理由写明缺什么、怎么改。"),
    "reject": Ask("required", "不予采纳的理由", danger=True, why="不是廉政风险，或者没有事实支撑的，不再办理。"),
    "reopen": Ask("required", "复核原因", why="复核期间原等级仍然有效。"),
    "close": Ask("required", "销号依据", as_basis=True, danger=True, why="风险已经消失的才销号，以后只供查阅。"),
    "merge": Ask(page="risks:merge", why="与本单位另一个风险点说的是同一件事。"),
    "open_grading": Ask(page="risks:open_grading", why="选定三名以上评分人，各自独立打分。"),
}
RISK_STEPS: dict[str, Callable[..., RiskRow]] = {
    "submit": risks.submit_risk,
    "withdraw": risks.withdraw_risk,
    "accept": risks.accept_risk,
    "return": risks.return_risk,
    "reject": risks.reject_risk,
    "reopen": risks.reopen_risk,
    "close": risks.close_risk,
}
NEGATIVE_ASKS = {
    "submit": Ask(needs_clean=True, why="提交分管领导或书记审定。"),
    "return": Ask("required", "退回理由", why="退给填报人修改：理由写明缺什么、怎么改。"),
    "approve": Ask(why="审定后内容固定，打印和公示都以此为准。"),
    "reopen": Ask("required", "修订原因", why="修订期间，原审定的内容继续有效。"),
    "retire": Ask("required", "撤销依据", as_basis=True, danger=True, why="撤销以后只供查阅，不再打印和公示。"),
}
NEGATIVE_STEPS: dict[str, Callable[..., NegativeRow]] = {
    "submit": negatives.submit_negative,
    "return": negatives.return_negative,
    "approve": negatives.approve_negative,
    "reopen": negatives.reopen_negative,
    "retire": negatives.retire_negative,
}
MINUTED = Ask(
    "required", "会议纪要编号", as_basis=True, why="高风险、降级和重点领域豁免须经局党组会研究；审定后等级固定。"
)
PLAIN = Ask("optional", "审定依据", as_basis=True, why="审定后等级写入风险点并固定。")
GRADING_ASKS = {
    "approve": PLAIN,
    "return": Ask("required", "退回理由", why="退给廉政办重新会商、提出等级。"),
    "reconcile": Ask(page="risks:reconcile", why="评分人之间分差达到本轮规定的分值，须会商并留下书面记录。"),
    "propose": Ask(page="risks:propose", why="按规则得出等级，写明依据，送审定人审定。"),
}
"""An approval that needs minutes asks for them with ``MINUTED``."""
GRADING_STEPS: dict[str, Callable[..., GradingRow]] = {
    "approve": gradings.approve_grade,
    "return": gradings.return_grading,
}
