"""Rules about the grade itself: what it rests on, that nothing lowers it silently, and that a unit's grades differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder
from lianfang.foundation.organisation.rows import UnitRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.levels import Grade, highest
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.grading import (
    FLOORS,
    SCORES,
    circumstances_of,
    final_grade,
    floors_of,
    post_grade,
    table_grade,
)
from lianfang.registers.risks.rows import GradingRow, PostGradeRow, RiskDimension, RiskRow
from lianfang.registers.risks.rules.examples import BUREAU, POST, POWER, RISK, SECTION
from lianfang.registers.risks.rules.statements import ENDED
from lianfang.registers.risks.states import GradingState


def grade_without_grounds(risks: Iterable[RiskRow]) -> Iterator[Finding]:
    """RSK005.

    检查什么：已定级或在控的风险点，是否有重要程度、发生概率、危害程度三项评分（1 至 5 的整数）、
    定级依据、评分人数和审定人。还没有评级就写了等级的（例如导入的清单上带着等级），也在这里指出，只作提示。
    为什么：方案规定按权力的重要程度、腐败现象发生的概率及危害程度定级。没有评分和依据的等级，是拍出来的。
    怎么改：退回重新评级，由三名以上评分人独立打分并写明依据。
    来源：S27。
    """
    for risk in risks:
        if risk.state in ENDED or not (risk.grade or risk.is_live):
            continue
        missing = [RiskRow.headings[field] for field, absent in _grounds(risk) if absent]
        if missing:
            # A grade that a list brings to a draft counts for nothing: it is told, and stands in nobody's way.
            severity = None if risk.is_live else Severity.HINT
            yield Finding(risk.number, "grade", _ungrounded(risk, "、".join(missing)), severity=severity)


def _ungrounded(risk: RiskRow, missing: str) -> str:
    """What to say of a grade without its grounds; before the grading there are no raters and nobody who approved."""
    if risk.grade and not risk.is_live:
        return (
            f"写了等级“{risk.grade.label}”，但还没有评级，没有{missing}。"
            "等级在受理以后由评分人打分、报审定；现在可以留空，写了也不作数。"
        )
    return f"风险等级没有完整的根据：缺少或不合规的有{missing}。"


def _grounds(risk: RiskRow) -> Iterator[tuple[str, bool]]:
    yield "grade", risk.grade is None
    for field in ("importance", "probability", "harm"):
        yield field, getattr(risk, field) not in SCORES
    yield "grade_reason", is_placeholder(risk.grade_reason)
    yield "raters", risk.raters < 1
    yield "graded_by", is_placeholder(risk.graded_by)


def grade_below_table_or_floor(material: Material) -> Iterator[Finding]:
    """RSK006.

    检查什么：风险等级是否低于三项评分按规则表得出的等级，或低于适用的底线规则。底线除风险点上登记的以外，
    还按风险点和所属职权重新判断：属“三重一大”的（F1），对许可、处罚、资金、采购、人事有最终决定权且裁量程度
    不低于 4 的（F2），属重点公开领域的（F5）。局党组审定豁免 F5 的，以该风险点最近一轮已审定评级登记的理由为准。
    为什么：等级由规则得出才能相互比较。低于规则的等级，等于给个别岗位开了口子。
    怎么改：按建议的等级报局党组会审定；认为规则不合适的，修改规则表的版本，不改单个等级。
    来源：S27、S28，domain.md §3 规则表 D 与底线 F1—F5。
    """
    powers, exemptions = material.by_number(PowerRow), _exemptions(material)
    for risk in material.of(RiskRow):
        scores = (risk.importance, risk.probability, risk.harm)
        if risk.state in ENDED or risk.grade is None:
            continue
        asked = circumstances_of(
            powers.get(risk.power),
            collective=risk.dimension is RiskDimension.MAJOR,
            exemption=exemptions.get(risk.number, ""),
        )
        floors = {floor for floor in risk.floors if floor in FLOORS}.union(floors_of(asked))
        importance, probability, harm = (score if score in SCORES else None for score in scores)
        table = table_grade(importance, probability, harm) if importance and probability and harm else None
        wanted = final_grade(table or Grade.LOW, floors)
        if wanted.rank > risk.grade.rank:
            reasons = ["三项评分"] if table is wanted else []
            reasons += [FLOORS[floor][0] for floor in sorted(floors) if FLOORS[floor][1] is wanted]
            message = f"风险等级为{risk.grade.label}，低于规则得出的{wanted.label}（{'；'.join(reasons)}）。"
            yield Finding(risk.number, "grade", message, suggestion=wanted.label)


def _exemptions(material: Material) -> dict[str, str]:
    """``risk → reason`` why the Party group exempted it from F5, from its last approved round."""
    approved = [grading for grading in material.of(GradingRow) if grading.state is GradingState.APPROVED]
    return {grading.risk: grading.exemption for grading in sorted(approved, key=lambda grading: grading.round)}


def post_grade_unlike_its_risks(material: Material) -> Iterator[Finding]:
    """RSK007.

    检查什么：自带的岗位风险等级清单上写的岗位等级，与该岗位在控风险点中的最高等级是否相同。写低了是错误，写高了只作提示；
    没有在控风险点的岗位不比较。
    为什么：方案规定先定风险等级、进而确定岗位风险等级。岗位等级写低了，公示牌和措施都会跟着低。
    怎么改：岗位等级由系统按在控风险点的最高等级得出，重新生成清单；不得手工调低。
    来源：S29、S30。
    """
    grades: defaultdict[str, list[Grade]] = defaultdict(list)
    for risk in material.of(RiskRow):
        if risk.is_live and risk.post and risk.grade:
            grades[risk.post].append(risk.grade)
    for line in material.of(PostGradeRow):
        derived = post_grade(grades[line.number]) if line.number in grades else None
        if derived and derived is not line.grade:
            message = f"岗位等级写为{line.grade.label}，而该岗位在控风险点的最高等级是{derived.label}。"
            weight = Severity.ERROR if derived.rank > line.grade.rank else Severity.HINT
            yield Finding(line.number, "grade", message, severity=weight, suggestion=derived.label)


def unit_grades_without_difference(material: Material) -> Iterator[Finding]:
    """RSK009.

    检查什么：一个单位的在控风险点（达到参数规定的最少个数，默认 8 个）是否全是同一等级；
    以及单位握有重点领域的最终决定权，却没有一个高风险。两样都有的都报告。还没有在控风险点的单位，握有的职权已经确权的才问。
    为什么：等级全部相同，差别化管理就无从谈起，多半是平均用力或回避定高。握有最终决定权而没有高风险，要么分低了，要么没找到。
    怎么改：抽取评分最高和最低的三分之一请外科室复评；保留原等级的，写明理由申请豁免。
    来源：S40、S84、S77，参数 flat_least。
    """
    grades: defaultdict[str, list[Grade]] = defaultdict(list)
    for risk in material.of(RiskRow):
        if risk.is_live and risk.grade:
            grades[risk.unit].append(risk.grade)
    deciding = [power for power in material.of(PowerRow) if power.final_decision and power.key_area]
    decisive = {power.unit for power in deciding if power.state is not PowerState.RETIRED}
    # While a power is still being cleared nobody can have found its risks.
    settled = {power.unit for power in deciding if power.state is PowerState.CONFIRMED}
    for unit in sorted(settled - grades.keys()):
        yield Finding(unit, "grade", "本单位握有重点领域的最终决定权，但还没有在控的风险点。", kind=UnitRow.kind)
    for unit, found in grades.items():
        if len(found) >= material.parameters.flat_least and len(set(found)) == 1:
            message = f"本单位 {len(found)} 个风险点全部定为{found[0].label}，没有差别。"
            yield Finding(unit, "grade", message, kind=UnitRow.kind)
        if unit in decisive and highest(found) is not Grade.HIGH:
            message = "本单位握有重点领域的最终决定权，但没有一个风险点定为高。"
            yield Finding(unit, "grade", message, kind=UnitRow.kind)


RULES: tuple[Rule, ...] = (
    Rule(
        code="RSK005",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="等级没有根据",
        check=grade_without_grounds,
        subject=RiskRow,
        sources=("S27",),
        fails=(replace(RISK, grade_reason=""),),
        passes=(RISK,),
    ),
    Rule(
        code="RSK006",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="等级低于规则表或底线",
        check=grade_below_table_or_floor,
        subject=RiskRow,
        reads=(RiskRow, PowerRow, GradingRow),
        sources=("S27", "S28"),
        fails=(replace(POWER, three_major=True), RISK),
        passes=(POWER, RISK),
    ),
    Rule(
        code="RSK007",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="岗位等级与其风险点不符",
        check=post_grade_unlike_its_risks,
        subject=PostGradeRow,
        reads=(PostGradeRow, RiskRow),
        whole=True,
        sources=("S29", "S30"),
        fails=(PostGradeRow(number=POST.number, unit=POST.unit, grade=Grade.LOW), RISK),
        passes=(PostGradeRow(number=POST.number, unit=POST.unit, grade=Grade.MEDIUM), RISK),
    ),
    Rule(
        code="RSK009",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="单位等级没有差别",
        check=unit_grades_without_difference,
        subject=RiskRow,
        reads=(RiskRow, PowerRow),
        whole=True,
        sources=("S40", "S84", "S77"),
        fails=(BUREAU, SECTION, replace(POWER, final_decision=True), RISK),
        passes=(BUREAU, SECTION, POWER, RISK),
    ),
)
