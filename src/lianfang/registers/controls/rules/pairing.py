"""Rules about the measures of one risk taken together: that there are any, and that they fit its grade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.similarity import repeated
from lianfang.foundation.lint.wording import is_placeholder, listed
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.rows import BasisType, ControlFamily, ControlKind, ControlRow
from lianfang.registers.controls.rules.examples import CONTROLS, DETECTION, HIGH_RISK, LOW_RISK, PREVENTION
from lianfang.registers.controls.states import ControlState
from lianfang.registers.risks.rows import RiskRow

_CHECKS = {ControlFamily.SEPARATION, ControlFamily.AUTHORISATION}


class Measures:
    """Measures that are not retired, by the risk they answer."""

    def __init__(self, material: Material) -> None:
        """Group what is loaded."""
        self._by_risk: defaultdict[str, list[ControlRow]] = defaultdict(list)
        for control in material.of(ControlRow):
            if control.state is not ControlState.RETIRED:
                self._by_risk[control.risk].append(control)

    def of(self, risk: str) -> list[ControlRow]:
        """Measures against the risk with this number."""
        return self._by_risk.get(risk, [])


def live_risk_without_measure(material: Material) -> Iterator[Finding]:
    """CTL001.

    检查什么：每个在控的风险点是否至少有一条没有停用的措施。填报中、评级中和已销号的不检查。
    为什么：方案要求围绕风险点和等级有针对性地制定措施。没有措施的风险点等于只找不防。
    怎么改：先从职务分离、授权审批两类中选一条预防措施，再配一条事中事后发现的措施。
    来源：S33。
    """
    measures = material.derived(Measures)
    for risk in material.of(RiskRow):
        if risk.is_live and not measures.of(risk.number):
            grade = f"{risk.grade.label}风险" if risk.grade else "风险"
            yield Finding(risk.number, "number", f"在控的{grade}没有任何防控措施。")


def high_risk_without_pair(material: Material) -> Iterator[Finding]:
    """CTL004.

    检查什么：在控的高风险是否既有预防措施又有发现措施，并且其中至少一条属于不相容职务分离或授权审批。
    完全没有措施的由 CTL001 报告。
    为什么：只防不查，防线破了没人知道；只查不防，等于允许发生一次。高风险还要让一个人既不能做成又不能瞒住。
    怎么改：补上缺的一半；优先把经办与复核、审批与验收分给两个人。
    来源：S77、S78、S79。
    """
    measures = material.derived(Measures)
    for risk in material.of(RiskRow):
        held = measures.of(risk.number)
        if not held or not risk.is_live or risk.grade is not Grade.HIGH:
            continue
        kinds = {control.control_kind for control in held}
        missing = [f"{kind.label}措施" for kind in (ControlKind.PREVENT, ControlKind.DETECT) if kind not in kinds]
        if not _CHECKS & {control.family for control in held}:
            missing.append("职务分离或授权审批类措施")
        if missing:
            yield Finding(risk.number, "number", f"高风险的措施中缺少{'、'.join(missing)}。")


def same_measures_for_high_and_low(material: Material) -> Iterator[Finding]:
    """CTL008.

    检查什么：一个高风险的全部措施，是否与某个低风险的全部措施相同或相似度达到参数（默认 90%）。次序、标点、数字不计。
    在控的风险点才比较；有一条措施不同就不算相同。
    为什么：方案要求对不同等级实行差别化管理。高低风险用同一套措施，要么高的管得不够，要么低的管得过头。
    怎么改：给高风险加上职务分离、提高频次或由更高层级监督。
    来源：S77，参数 control_similarity。
    """
    measures = material.derived(Measures)
    risks = [
        risk
        for risk in material.of(RiskRow)
        if risk.is_live and risk.grade in {Grade.HIGH, Grade.LOW} and measures.of(risk.number)
    ]
    entries = [
        (str(risk.grade), "。".join(sorted(control.action for control in measures.of(risk.number)))) for risk in risks
    ]
    for place, others in repeated(entries, threshold=material.parameters.control_similarity, owners=2).items():
        if risks[place].grade is Grade.HIGH:
            twins = listed([risks[other].number for other in others])
            yield Finding(risks[place].number, "number", f"高风险的措施与低风险 {twins} 的措施相同，没有差别化管理。")


def measure_of_a_lower_grade(material: Material) -> Iterator[Finding]:
    """CTL010.

    检查什么：没有停用的措施，设计时的等级是否低于所针对风险点现在的等级。只看在控的风险点；设计时等级没有填的不检查，
    等级下降的不检查。
    为什么：方案要求按等级差别化管理、分级负责。风险升级以后仍沿用原等级的措施，等于高风险按低风险管，审定人的层级也不够。
    怎么改：启动“重新梳理”，按现在的等级加强措施（频次、职务分离、监督层级），由现在等级的审定人重新审定；
    内容确实不用改的，也要重新审定。
    来源：S74、S77。
    """
    risks = material.by_number(RiskRow)
    for control in material.of(ControlRow):
        risk = risks.get(control.risk)
        if control.state is ControlState.RETIRED or risk is None or not risk.is_live:
            continue
        if control.grade_at_design and risk.grade and control.falls_short_of(risk.grade):
            designed, now = control.grade_at_design.label, risk.grade.label
            message = f"措施按{designed}风险设计，风险点现为{now}风险，须按现在的等级重新梳理并重新审定。"
            yield Finding(control.number, "grade_at_design", message)


def measure_without_basis(material: Material) -> Iterator[Finding]:
    """CTL011.

    检查什么：没有停用的措施，是否写明依据类型（法律法规、政策规定、工作职责、工作标准）和具体依据；“按有关规定”不算。
    依据工作职责的，执行岗位的职责就是依据，可以不再写。针对高风险的是错误，不能提交审定；其余是警告。等级看风险点现在的等级，风险点没有在控的看设计时的等级。
    为什么：方案要求对不同等级的风险，依照法律法规、政策规定、工作职责和工作标准差别化管理。没有依据的措施，执行人可以不认，
    检查的人也没有标准。
    怎么改：选定依据类型，写明是哪一部法律的哪一条、哪一份文件、哪个岗位的职责或者哪一项工作标准。
    来源：S77。
    """
    risks = material.by_number(RiskRow)
    for control in material.of(ControlRow):
        if control.state is ControlState.RETIRED:
            continue
        missing = [] if control.basis_type else ["basis_type"]
        rests_on_duty = control.basis_type is BasisType.DUTY and not control.basis
        missing += ["basis"] if is_placeholder(control.basis) and not rests_on_duty else []
        if missing:
            risk = risks.get(control.risk)
            grade = risk.grade if risk and risk.is_live else control.grade_at_design
            names = "、".join(ControlRow.headings[field] for field in missing)
            severity = Severity.ERROR if grade is Grade.HIGH else Severity.WARNING
            yield Finding(control.number, missing[0], f"措施没有写明{names}。", severity=severity)


_LOW_CONTROLS = tuple(replace(control, number=f"{control.number}-L", risk=LOW_RISK.number) for control in CONTROLS)
_READS = (RiskRow, ControlRow)
RULES: tuple[Rule, ...] = (
    Rule(
        code="CTL001",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="风险点没有措施",
        check=live_risk_without_measure,
        subject=RiskRow,
        reads=_READS,
        whole=True,
        sources=("S33",),
        fails=(HIGH_RISK, replace(PREVENTION, state=ControlState.RETIRED)),
        passes=(HIGH_RISK, PREVENTION),
    ),
    Rule(
        code="CTL004",
        severity=Severity.ERROR,
        dimension=Dimension.DEPTH,
        title="高风险没有成对的措施",
        check=high_risk_without_pair,
        subject=RiskRow,
        reads=_READS,
        whole=True,
        sources=("S77", "S78", "S79"),
        fails=(HIGH_RISK, PREVENTION),
        passes=(HIGH_RISK, PREVENTION, DETECTION),
    ),
    Rule(
        code="CTL008",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="高低风险措施相同",
        check=same_measures_for_high_and_low,
        subject=RiskRow,
        reads=_READS,
        whole=True,
        sources=("S77",),
        fails=(HIGH_RISK, LOW_RISK, *CONTROLS, *_LOW_CONTROLS),
        passes=(HIGH_RISK, LOW_RISK, *CONTROLS, *_LOW_CONTROLS[1:]),
    ),
    Rule(
        code="CTL010",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="措施按较低等级设计",
        check=measure_of_a_lower_grade,
        subject=ControlRow,
        reads=_READS,
        sources=("S74", "S77"),
        fails=(HIGH_RISK, replace(PREVENTION, grade_at_design=Grade.LOW), DETECTION),
        passes=(HIGH_RISK, LOW_RISK, *CONTROLS, *_LOW_CONTROLS),
    ),
    Rule(
        code="CTL011",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="措施没有依据",
        check=measure_without_basis,
        subject=ControlRow,
        reads=_READS,
        sources=("S77",),
        fails=(HIGH_RISK, replace(PREVENTION, basis_type=None, basis=""), replace(DETECTION, basis="按有关规定")),
        passes=(HIGH_RISK, *CONTROLS),
    ),
)
