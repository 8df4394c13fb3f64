"""Rules about how grades came about and how old they are: raters, blindness, lowering, regrading."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.levels import Grade, highest
from lianfang.kernel.substance import LOWERING, is_empty_reason
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.laws.rules import LawIndex, citations
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.risks.rows import GradingRow, RiskRow, ScoreRow
from lianfang.registers.risks.rules.examples import GRADING, POWER, RISK, SCORES
from lianfang.registers.risks.states import GradingState, RiskState

_SETTLED = frozenset({GradingState.PROPOSED, GradingState.APPROVED})
_DECIDED = frozenset({GradingState.APPROVED, GradingState.SUPERSEDED})


def grading_without_independent_raters(material: Material) -> Iterator[Finding]:
    """RSK008.

    检查什么：待审定和已审定的评级，本轮评分人是否达到启动本轮时规定的人数（默认 3 人）、审定人是否没有自己评分、
    评分是否都在审定以前完成，任一项分差达到启动本轮时规定的分值（默认 2 分）的是否有会商记录。
    以后改了参数的，只约束以后启动的评级。被新一轮替代的不检查。
    为什么：几个人互不知情地打分，等级才不是一个人说了算；分差大而不会商，取中间数只是掩盖分歧。
    怎么改：补足评分人重新评分；分差大的召集会商，记录各自的理由。
    来源：S27，domain.md §3，参数 least_raters、open_gap。
    """
    by_round: defaultdict[tuple[str, int], list[ScoreRow]] = defaultdict(list)
    for score in material.of(ScoreRow):
        by_round[score.risk, score.round].append(score)
    for grading in material.of(GradingRow):
        if grading.state in _SETTLED:
            faults = list(_round_faults(grading, by_round[grading.risk, grading.round], grading.least_raters))
            if (grading.widest_gap or 0) >= grading.open_gap and is_placeholder(grading.reconciliation):
                faults.append(f"最大分差 {grading.widest_gap} 分而没有会商记录")
            if faults:
                yield Finding(grading.number, "widest_gap", f"本轮评级{'；'.join(faults)}。")


def _round_faults(grading: GradingRow, scores: list[ScoreRow], least: int) -> Iterator[str]:
    raters = {score.rater for score in scores}
    if len(raters) < least:
        yield f"只有 {len(raters)} 名评分人，少于 {least} 名"
    if grading.approved_by in raters:
        yield f"审定人“{grading.approved_by}”自己参加了评分"
    if grading.approved_on and any(score.scored_on > grading.approved_on for score in scores):
        yield "有评分晚于审定日期"


def grade_lowered_without_evidence(material: Material) -> Iterator[Finding]:
    """RSK010.

    检查什么：审定的等级低于前一轮，或低于提出等级时登记的原等级（包括承接清单时带来的等级）的，
    是否登记了降级证据，证据里有没有可以核对的编号或者事实。升级和持平不检查。
    为什么：降级意味着少管一层。没有检验证据的降级，是把风险改没了，而不是管住了。
    怎么改：补充措施检验有效的凭证并报局党组会；没有凭证的，恢复原等级。
    来源：S66，domain.md §3（残余风险须有检验，且不低于底线）。
    """
    by_risk: defaultdict[str, list[GradingRow]] = defaultdict(list)
    for grading in material.of(GradingRow):
        if grading.state in _DECIDED and grading.grade:
            by_risk[grading.risk].append(grading)
    for rounds in by_risk.values():
        yield from _lowered(sorted(rounds, key=lambda grading: grading.round))


def _lowered(rounds: list[GradingRow]) -> Iterator[Finding]:
    # Before the first round there may be a grade too: one that was taken over with a list.
    for earlier, after in zip([None, *rounds], rounds, strict=False):
        before = highest([grade for grade in (after.grade_before, earlier and earlier.grade) if grade])
        lower = before and after.grade and after.grade.rank < before.rank
        if before and after.grade and lower and is_empty_reason(after.lowering_evidence, LOWERING):
            lack = "没有登记降级证据" if is_placeholder(after.lowering_evidence) else "登记的降级证据没有可以核对的事实"
            message = f"第 {after.round} 轮由{before.label}降为{after.grade.label}，{lack}。"
            yield Finding(after.number, "lowering_evidence", message, suggestion=before.label)


def grade_out_of_date(material: Material) -> Iterator[Finding]:
    """RSK011.

    检查什么：在控风险点的定级日期距检查日是否超过参数规定的月数（默认 12 个月）；定级以后，所属职权的依据是否废止。
    正在复核的、没有定级日期的（由 RSK005 报告）不检查。
    为什么：方案要求定期分析评估、动态管理。法律变了、时间过了，原来的等级说明不了现在。
    怎么改：启动复核，重新评级；内容没有变化的，也要留下一次评级记录。
    来源：S65、S69，参数 regrade_months。
    """
    laws = material.derived(LawIndex)
    powers = material.by_number(PowerRow)
    oldest = months_before(material.today, material.parameters.regrade_months)
    for risk in material.of(RiskRow):
        if risk.state is not RiskState.LIVE or risk.graded_on is None:
            continue
        power = powers.get(risk.power)
        law = _repealed_since(laws, power.basis if power else (), risk.graded_on, material.today)
        if risk.graded_on < oldest:
            message = f"风险等级审定已超过 {material.parameters.regrade_months} 个月，应重新评级。"
            yield Finding(risk.number, "graded_on", message)
        elif law:
            yield Finding(risk.number, "graded_on", f"定级以后《{law.title}》已废止，应重新评估风险内容和等级。")


def _repealed_since(laws: LawIndex, basis: Iterable[str], since: datetime.date, today: datetime.date) -> LawRow | None:
    for citation in citations(basis):
        law = laws.fault(citation, today)
        if law and law.repealed_on and since < law.repealed_on <= today:
            return law
    return None


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day ``months`` earlier; the last day of the month where that month is shorter."""
    count = day.year * 12 + day.month - 1 - months
    first = datetime.date(count // 12, count % 12 + 1, 1)
    following = datetime.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + datetime.timedelta(days=day.day - 1), following - datetime.timedelta(days=1))


_LOWER = replace(GRADING, number="PJ-002", round=2, grade=Grade.LOW)
RULES: tuple[Rule, ...] = (
    Rule(
        code="RSK008",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="评分人不足、不独立或分差未会商",
        check=grading_without_independent_raters,
        subject=GradingRow,
        reads=(GradingRow, ScoreRow),
        sources=("S27",),
        fails=(RISK, GRADING, *SCORES[:2]),
        passes=(RISK, GRADING, *SCORES),
    ),
    Rule(
        code="RSK010",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="无证据降级",
        check=grade_lowered_without_evidence,
        subject=GradingRow,
        reads=(GradingRow,),
        sources=("S66",),
        fails=(RISK, replace(GRADING, state=GradingState.SUPERSEDED), _LOWER),
        passes=(
            RISK,
            replace(GRADING, state=GradingState.SUPERSEDED),
            replace(_LOWER, lowering_evidence="两次措施检验均为有效，见检验记录 JY-001、JY-002。"),
        ),
    ),
    Rule(
        code="RSK011",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="等级过期",
        check=grade_out_of_date,
        subject=RiskRow,
        reads=(RiskRow, PowerRow, LawRow),
        sources=("S65", "S69"),
        fails=(POWER, replace(RISK, graded_on=datetime.date(2025, 6, 1))),
        passes=(
            POWER,
            RISK,
            replace(RISK, number="FX-002", state=RiskState.UNDER_REVIEW, graded_on=datetime.date(2025, 6, 1)),
        ),
    ),
)
