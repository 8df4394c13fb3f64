"""The forms of a measure and of its test, and what each step asks."""

from __future__ import annotations

from collections.abc import Callable

from lianfang.foundation.web.register_pages import Ask
from lianfang.foundation.web.row_form import RowForm, Section
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control, ControlTest
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.sheets import CONTROLS, TESTS


class ControlForm(RowForm):
    """A measure: who does what, how often, leaving which trace, answered for and supervised by whom."""

    sheet = CONTROLS
    model = Control
    sections = (
        Section(
            "做什么",
            ("action", "actor", "frequency", "evidence"),
            "写清谁、做什么动作、做到什么程度。“加强学习、提高认识”查不出做没做，不算措施。",
        ),
        Section("哪一类控制", ("family", "control_kind", "basis_type", "basis")),
        Section(
            "谁负责、谁监督",
            ("owner", "supervisor", "responsibility"),
            "责任人和监督人必须是两个人；风险所在岗位的人不监督自己。业务一方落实的是主体责任，纪检一方落实的是监督责任。",
        ),
    )


class TestForm(RowForm):
    """A test of a measure."""

    __test__ = False
    sheet = TESTS
    model = ControlTest
    sections = (
        Section(
            "检验",
            ("tested_on", "tester", "verdict", "design", "operation", "note", "evidence"),
            "抽了哪几件、看到什么留痕、和要求差在哪里。",
        ),
    )


STEPS: dict[str, Callable[..., ControlRow]] = {
    "submit": actions.submit_control,
    "return": actions.return_control,
    "approve": actions.approve_control,
    "reopen": actions.reopen_control,
    "retire": actions.retire_control,
}
ASKS = {
    "submit": Ask(needs_clean=True, why="低风险由科室负责人审定，中风险由分管领导审定，高风险由局党组会审定。"),
    "return": Ask("required", "退回理由", why="退给填报人修改：理由写明缺什么、怎么改。"),
    "approve": Ask("optional", "会议纪要编号（高风险必填）", as_basis=True, why="审定后内容固定，进入台账。"),
    "reopen": Ask("required", "重新梳理的原因", why="等级或者做法变了时启动；改好以后重新审定。"),
    "retire": Ask("required", "停用原因", danger=True, why="停用以后只供查阅，不再进入台账。"),
}
