"""Rules about one measure at a time: its parts, and whether it says anything checkable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.rules.checkable import is_slogan
from lianfang.registers.controls.rules.examples import DETECTION, PREVENTION
from lianfang.registers.controls.states import ControlState


def measure_with_missing_parts(controls: Iterable[ControlRow]) -> Iterator[Finding]:
    """CTL002.

    检查什么：措施是否写明执行岗位、频次、留痕凭证和责任人。已停用的不检查。
    为什么：四样缺一样，措施就没人做、不知道何时做、做了看不出来，或者出了事找不到人。
    怎么改：逐项补全；频次从固定的选项中选，责任人写到人。
    来源：S42、S55。
    """
    for control in controls:
        if control.state is ControlState.RETIRED:
            continue
        missing = missing_parts(control)
        if missing:
            names = "、".join(ControlRow.headings[field] for field in missing)
            yield Finding(control.number, missing[0], f"措施没有写明{names}。")


def missing_parts(control: ControlRow) -> list[str]:
    """Names of those of the four parts of a measure (S42, S55) that are empty or a placeholder."""
    parts = ("actor", "frequency", "evidence", "owner")
    return [field for field in parts if is_placeholder(str(getattr(control, field) or ""))]


def measure_of_slogans(controls: Iterable[ControlRow]) -> Iterator[Finding]:
    """CTL003.

    检查什么：针对高、中风险的措施，是否至少有一个分句说得出可以查验的动作。先剔除“加强……学习”“提高……认识”
    “严格执行……制度”一类的号召；剩下的文字里，要有留痕或要有第二双眼睛的动词（复核、公示、抽取、回访等）及其对象，
    或者有数量、频次、时限（每月、逐件、两名、3日内等）及所做的事。号召里带有数量、频次的不剔除。分句里另有足够多放在别处
    说不通的字，无论用什么动词都算动作；只由“公平公正公开”“严格审核把关”这类哪里都能说的话组成的，不算。
    低风险、设计时等级未填的、已停用的不检查；具体措施为空的由审定时补全。
    为什么：口号无法检验，也就永远不会被发现没有执行。
    怎么改：保留号召也可以，但要加上一个动作：谁、多久、对什么、做什么、留下什么。
    来源：S55、S84。
    """
    for control in controls:
        graded = control.grade_at_design in {Grade.HIGH, Grade.MEDIUM}
        if graded and control.state is not ControlState.RETIRED and is_slogan(control.action):
            frame = "【哪个岗位】【多久一次】对【什么】【做什么】，留下【什么凭证】"
            message = f"措施“{control.action[:30]}”只有号召，没有可以查验的动作。"
            yield Finding(control.number, "action", message, suggestion=frame)


RULES: tuple[Rule, ...] = (
    Rule(
        code="CTL002",
        severity=Severity.ERROR,
        dimension=Dimension.DEPTH,
        title="措施要素不全",
        check=measure_with_missing_parts,
        subject=ControlRow,
        sources=("S42", "S55"),
        fails=(replace(PREVENTION, frequency=None, evidence=""),),
        passes=(PREVENTION, DETECTION),
    ),
    Rule(
        code="CTL003",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="措施只有口号",
        check=measure_of_slogans,
        subject=ControlRow,
        sources=("S55", "S84"),
        fails=(replace(PREVENTION, action="加强廉政学习，不断提高思想认识，自觉筑牢拒腐防变防线。"),),
        passes=(
            PREVENTION,
            DETECTION,
            replace(PREVENTION, number="CS-003", action="加强学习", grade_at_design=Grade.LOW),
        ),
    ),
)
