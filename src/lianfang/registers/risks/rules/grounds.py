"""Rules about the ground of a risk point: the power and the post on which it hangs are still there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import is_open
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.rows import PostRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rows import RiskRow, Tier
from lianfang.registers.risks.rules.examples import POST, POWER, RISK


def risk_of_a_power_that_is_gone(material: Material) -> Iterator[Finding]:
    """RSK015.

    检查什么：在控的风险点（包括复核中的），对应的职权是否还在：没有取消，编号存在。没有写职权的不检查；
    职权还在而环节没有了的由 RSK014 报告。
    为什么：职权取消以后，风险点仍在台账和公示牌上，措施仍按月执行，管的却是已经不存在的事；真正接手的岗位反而没有人管。
    怎么改：职权确实没有了的，对风险点办理销号，写明依据，再停用它的措施；权力转到别的职权的，启动复核，改到现在的职权，重新评级。
    来源：S65、S66、C2。
    """
    powers = material.by_number(PowerRow)
    for risk in material.of(RiskRow):
        gone = _power_gone(powers.get(risk.power)) if risk.is_live and risk.power else ""
        if gone:
            message = f"风险点对应的职权 {risk.power} {gone}，风险点仍是{risk.state.label}，须复核或者销号。"
            yield Finding(risk.number, "power", message)


def risk_of_a_post_that_is_gone(material: Material) -> Iterator[Finding]:
    """RSK016.

    检查什么：在控的风险点（包括复核中的），所在的岗位是否还在：没有撤销，编号存在。部门级、单位级没有岗位的不检查。
    为什么：岗位撤销以后没有人再担这个风险，风险点却还在台账上，责任人是谁说不清；职责转到的岗位反而没有登记。
    怎么改：职责随岗位取消的，对风险点办理销号，写明依据；职责转到别的岗位的，启动复核，改到现在的岗位，重新评级。
    来源：S65、S66。
    """
    posts = material.by_number(PostRow)
    for risk in material.of(RiskRow):
        gone = _post_gone(posts.get(risk.post), material.today) if risk.is_live and risk.post else ""
        if gone:
            message = f"风险点所在的岗位 {risk.post} {gone}，风险点仍是{risk.state.label}，须复核或者销号。"
            yield Finding(risk.number, "post", message)


def _power_gone(power: PowerRow | None) -> str:
    if power is None:
        return "不存在"
    return "已经取消" if power.state is PowerState.RETIRED else ""


def _post_gone(post: PostRow | None, today: datetime.date) -> str:
    if post is None:
        return "不存在"
    return "" if is_open(post, today) else "已经撤销"


RULES: tuple[Rule, ...] = (
    Rule(
        code="RSK015",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="风险点的职权已经没有了",
        check=risk_of_a_power_that_is_gone,
        subject=RiskRow,
        reads=(RiskRow, PowerRow),
        sources=("S65", "S66", "C2"),
        fails=(replace(POWER, state=PowerState.RETIRED), RISK),
        passes=(POWER, RISK, replace(RISK, number="FX-002", power="")),
    ),
    Rule(
        code="RSK016",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="风险点的岗位已经没有了",
        check=risk_of_a_post_that_is_gone,
        subject=RiskRow,
        reads=(RiskRow, PostRow),
        sources=("S65", "S66"),
        fails=(replace(POST, closed_on=datetime.date(2018, 1, 1)), RISK),
        passes=(POST, RISK, replace(RISK, number="FX-002", tier=Tier.SECTION, post="")),
    ),
)
