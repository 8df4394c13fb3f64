"""The form of a power, in the order of S20, and what each step of its lifecycle asks."""

from __future__ import annotations

from collections.abc import Callable

from lianfang.foundation.web.register_pages import Ask
from lianfang.foundation.web.row_form import RowForm, Section
from lianfang.registers.powers import actions
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.sheets import POWERS


class PowerForm(RowForm):
    """A power as a form; number, state and version are not the drafter's to type."""

    sheet = POWERS
    model = Power
    sections = (
        Section(
            "是什么权力",
            ("unit", "name", "sub_name", "code", "category", "visibility", "content"),
            "一项职权只写一件事；名称与“三定”规定、权责清单一致。",
        ),
        Section(
            "谁来行使、凭什么",
            ("holder", "basis", "conditions", "time_limit"),
            "依据写到条；没有上位依据的，不是职权。",
        ),
        Section(
            "怎么行使、哪里薄弱",
            ("steps", "no_weak_link"),
            "一行一步。在容易出问题的那一步后面写【薄弱环节：为什么】；确实没有的，写明理由。",
        ),
        Section("谁来监督、出了问题怎么办", ("supervision", "duties", "liability")),
        Section(
            "风险研判要用的事实",
            ("key_area", "discretion", "three_major", "final_decision", "remark"),
            "这些事实决定定级的底线：三重一大、最终决定权、重点领域。",
        ),
    )


ASKS = {
    "submit": Ask(needs_clean=True, why="填报完整后提交科室负责人清权。"),
    "withdraw": Ask("none", why="收回到填报中继续修改，需要时再提交。"),
    "clear": Ask(needs_clean=True, why="确认本科室确实这样行使这项职权。"),
    "return": Ask("required", "退回理由", why="退给填报人修改：理由写明缺什么、怎么改。"),
    "check": Ask(why="依据有效、层级足够、条文对应。"),
    "confirm": Ask("required", "会议纪要编号", as_basis=True, why="局党组会研究通过后确权，内容就此固定。"),
    "reopen": Ask("required", "复核原因", why="依据或者程序变了时启动；改好以后重新走完清权、审核、确权。"),
    "retire": Ask(
        "required", "取消依据", as_basis=True, danger=True, why="不再行使的职权取消以后只供查阅，不再排查风险。"
    ),
}
STEPS: dict[str, Callable[..., PowerRow]] = {
    "submit": actions.submit_power,
    "withdraw": actions.withdraw_power,
    "clear": actions.clear_power,
    "return": actions.return_power,
    "check": actions.check_power,
    "confirm": actions.confirm_power,
    "reopen": actions.reopen_power,
    "retire": actions.retire_power,
}
