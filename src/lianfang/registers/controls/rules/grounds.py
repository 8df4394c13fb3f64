"""Rule about the ground of a measure: the risk point that it answers is still there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.rules.examples import DETECTION, PREVENTION, RISK
from lianfang.registers.controls.states import ControlState
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.rules.statements import ENDED
from lianfang.registers.risks.states import RiskState


def measure_against_nothing(material: Material) -> Iterator[Finding]:
    """CTL012.

    检查什么：没有停用的措施，所针对的风险点是否还在：没有销号、没有被合并、没有不予采纳，编号也存在。
    为什么：风险点结束以后，措施不再进入台账，却仍在执行和检验，占着责任人；被合并的风险点，措施没有跟着转过去，留下的那个就缺措施。
    怎么改：风险点销号、不予采纳的，停用措施，写明原因；风险点被合并的，把还需要的措施改到合并后的风险点名下，其余停用。
    来源：S65、S66、S33。
    """
    risks = material.by_number(RiskRow)
    for control in material.of(ControlRow):
        if control.state is ControlState.RETIRED or not control.risk:
            continue
        risk = risks.get(control.risk)
        if risk is None:
            gone = "不存在"
        elif risk.state not in ENDED:
            continue
        else:
            gone = f"“{risk.state.label}”" + (f"（并入 {risk.merged_into}）" if risk.merged_into else "")
        message = f"措施针对的风险点 {control.risk} {gone}，措施仍是“{control.state.label}”，须停用或者改到别的风险点。"
        yield Finding(control.number, "risk", message)


RULES: tuple[Rule, ...] = (
    Rule(
        code="CTL012",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="措施针对的风险点已经结束",
        check=measure_against_nothing,
        subject=ControlRow,
        reads=(RiskRow, ControlRow),
        sources=("S65", "S66", "S33"),
        fails=(replace(RISK, state=RiskState.CLOSED), PREVENTION, replace(DETECTION, risk="FX-404")),
        passes=(RISK, PREVENTION, replace(DETECTION, risk="FX-404", state=ControlState.RETIRED)),
    ),
)
