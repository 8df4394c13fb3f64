"""Whether the bureau thought of the ways in which powers like its own were abused elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.rules.case_patterns import CASE_PATTERNS
from lianfang.registers.risks.rules.examples import POWER, RISK
from lianfang.registers.risks.rules.statements import ENDED


def known_case_not_considered(material: Material) -> Iterator[Finding]:
    """RSK012.

    检查什么：案例模式库中与本单位职权同类的手法（例如处罚类的以罚代刑、检查类的通风报信），
    是否在这些职权或其所在单位的风险点、表现形式、成因里出现过。每种手法只在编号最小的那项职权上提示一次。
    为什么：别人出过的事最该先问自己。找得深不深，看有没有漏掉已知的手法。
    怎么改：按建议的表述结合本岗位情况增补风险点；确认不可能发生的，写明理由申请豁免。
    来源：S54、N23，案例模式库 CP01—CP18（依据职责分离目录、预警指标目录编写）。
    """
    written = [
        (risk.power, risk.unit, " ".join((risk.statement, risk.manifestation, *risk.causes, risk.misconduct)))
        for risk in material.of(RiskRow)
        if risk.state not in ENDED
    ]
    powers = sorted(material.of(PowerRow), key=lambda power: power.number)
    for pattern in CASE_PATTERNS:
        held = [power for power in powers if power.state is not PowerState.RETIRED and pattern.concerns(power)]
        numbers, units = {power.number for power in held}, {power.unit for power in held}
        near = (text for power, unit, text in written if power in numbers or unit in units)
        if held and not any(pattern.is_considered_in(text) for text in near):
            message = f"同类职权曾发生“{pattern.title}”的情形，现有风险点没有涉及。"
            yield Finding(held[0].number, "name", message, suggestion=pattern.candidate)


_THOUGHTFUL = replace(
    RISK,
    number="FX-002",
    statement="执法人员不按随机抽取的名单检查，并向相熟企业透露检查时间，帮助企业逃避查处。",
)
RULES: tuple[Rule, ...] = (
    Rule(
        code="RSK012",
        severity=Severity.HINT,
        dimension=Dimension.DEPTH,
        title="已知案例手法没有涉及",
        check=known_case_not_considered,
        subject=PowerRow,
        reads=(PowerRow, RiskRow),
        whole=True,
        sources=("S54", "N23"),
        fails=(POWER, RISK),
        passes=(POWER, RISK, _THOUGHTFUL),
    ),
)
