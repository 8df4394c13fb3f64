"""The form of a power: what the drafter fills in, in the order of S20."""

from __future__ import annotations

from lianfang.foundation.web.row_form import RowForm, Section
from lianfang.registers.powers.sheets import POWERS


class PowerForm(RowForm):
    """A power as a form; number, state and version are not the drafter's to type."""

    sheet = POWERS
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
