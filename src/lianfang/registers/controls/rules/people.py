"""Rules about the people behind a measure: distinct, still there, high enough, and led by the first responsible."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import Roster, highest_rank, standing
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder
from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.rules.examples import CONTROLS, HIGH_RISK, PEOPLE, PREVENTION
from lianfang.registers.controls.rules.in_force import controls_in_force
from lianfang.registers.controls.rules.pairing import Measures
from lianfang.registers.controls.states import ControlState
from lianfang.registers.risks.rows import ApprovedRiskRow, RiskRow

REQUIRED_RANK = {Grade.HIGH: PostRank.LEADER, Grade.MEDIUM: PostRank.DEPUTY, Grade.LOW: PostRank.HEAD}
"""Who answers for risks of each grade (S74)."""


def _current(material: Material) -> Iterator[ControlRow]:
    return (control for control in material.of(ControlRow) if control.state is not ControlState.RETIRED)


def _same_person(roster: Roster, one: str, other: str) -> bool:
    """Whether two texts name one person; two empty texts name nobody."""
    first, second = roster.person(one), roster.person(other)
    if first and second:
        return first.number == second.number
    return bool(one.strip()) and "".join(one.split()) == "".join(other.split())


def owner_supervises_himself(material: Material) -> Iterator[Finding]:
    """CTL005.

    检查什么：措施的监督人是否就是责任人，或者就是风险所在岗位的唯一任职人。按人员编号或姓名辨认，同名两人须写编号。
    为什么：自己监督自己，等于没有监督。不相容职务分离的定义就是不让一个人既可能发生、又可能掩盖。
    怎么改：监督人改为上一级负责人或另一科室的人员。
    来源：S78。
    """
    roster = material.derived(Roster)
    risks = material.by_number(RiskRow)
    for control in _current(material):
        if is_placeholder(control.supervisor):
            continue
        risk = risks.get(control.risk)
        holders = roster.holders(risk.post) if risk and risk.post else []
        if _same_person(roster, control.owner, control.supervisor):
            message = f"监督人与责任人都是“{roster.shown(control.owner)}”。"
        elif len(holders) == 1 and _same_person(roster, holders[0].number, control.supervisor):
            message = f"监督人“{holders[0].name}”就是风险所在岗位的任职人。"
        else:
            continue
        yield Finding(control.number, "supervisor", message)


def owner_has_left(material: Material) -> Iterator[Finding]:
    """CTL006.

    检查什么：责任人是否已经离开单位，或者在措施所属单位曾有任职而现在没有，也不是领导班子成员。
    责任人写的是岗位名称、或者从来不在该单位任职的（跨科室协助），不检查。
    为什么：人走了，责任栏还写着他，措施从那天起就没有人做。
    怎么改：改为接任的人；“建议”一栏给出该岗位现在的任职人。
    来源：S74。
    """
    roster = material.derived(Roster)
    for control in _current(material):
        owner = roster.person(control.owner)
        reason = _why_gone(roster, owner, control.unit, material.today) if owner else ""
        if owner and reason:
            successors = _successors(material, roster, owner, control.unit)
            message = f"责任人“{owner.name}”{reason}。"
            yield Finding(control.number, "owner", message, suggestion="、".join(successors))


def _why_gone(roster: Roster, person: PersonRow, unit: str, today: datetime.date) -> str:
    if person.left_on and person.left_on <= today:
        return "已离开单位"
    held = roster.posts_of(person.number)
    leads = any(standing(post.rank) >= standing(PostRank.DEPUTY) for post in held)
    left = unit in roster.past_units_of(person.number) and all(post.unit != unit for post in held)
    return "已不在该单位任职" if left and not leads else ""


def _successors(material: Material, roster: Roster, person: PersonRow, unit: str) -> list[str]:
    posts = material.by_number(PostRow)
    held = [tenure.post for tenure in material.of(TenureRow) if tenure.person == person.number]
    there = [post for post in held if post in posts and posts[post].unit == unit]
    return list(dict.fromkeys(heir.name for post in there for heir in roster.holders(post)))


def responsible_level_too_low(material: Material) -> Iterator[Finding]:
    """CTL007.

    检查什么：在控风险点的全部措施中，责任人和监督人的最高层级是否达到等级的要求：高风险到主要负责人，
    中风险到分管领导，低风险到科室负责人。按任职名册辨认；都辨认不出的不检查，没有措施的由 CTL001 报告。
    为什么：方案要求分级管理、责任到人。高风险只由科员负责，出了问题没有人有权纠正。
    怎么改：至少一条措施由达到层级的领导担任监督人或责任人。
    来源：S74。
    """
    roster = material.derived(Roster)
    measures = material.derived(Measures)
    for risk in material.of(RiskRow):
        if not risk.is_live or not risk.grade:
            continue
        named = {text for control in measures.of(risk.number) for text in (control.owner, control.supervisor) if text}
        ranks = [rank for rank in (roster.rank_of(text) for text in named) if rank]
        top, wanted = highest_rank(ranks), REQUIRED_RANK[risk.grade]
        if top and standing(top) < standing(wanted):
            message = f"{risk.grade.label}风险的责任人和监督人最高只到{top.label}，应到{wanted.label}。"
            yield Finding(risk.number, "grade", message)


def leader_leads_nothing(material: Material) -> Iterator[Finding]:
    """PRG009.

    检查什么：主要负责人岗位的任职人，是否至少查找了一个风险点（自己岗位上的，或由其本人查找的），
    并且至少负责一条措施。风险点和措施以审定的为准：草稿里写谁是查找人、责任人，不算数。岗位空缺的不检查。
    为什么：方案明确党组书记是第一责任人，带头查找风险、带头制定和落实防控措施。
    怎么改：由本人对照“三重一大”和分管领域查找；在至少一条措施上担任责任人。
    来源：S72。
    """
    roster = material.derived(Roster)
    leaders = [post for post in roster.open_posts() if post.rank is PostRank.LEADER and roster.holders(post.number)]
    risks, controls = _risks_in_force(material), controls_in_force(material)
    for post in leaders:
        names = {post.number, post.name} | {
            name for who in roster.holders(post.number) for name in (who.number, who.name)
        }
        found = any(risk.post == post.number or risk.finder in names for risk in risks)
        owns = any(control.owner in names for control in controls)
        missing = [what for what, done in (("查找风险点", found), ("负责措施", owns)) if not done]
        if missing:
            yield Finding(post.number, "rank", f"第一责任人（{post.name}）没有带头{'，也没有'.join(missing)}。")


def _risks_in_force(material: Material) -> list[RiskRow]:
    """Risk points in force, likewise each as it was approved."""
    copies = material.by_number(ApprovedRiskRow)
    untouched = [risk for risk in material.of(RiskRow) if risk.is_live and risk.number not in copies]
    return [*untouched, *copies.values()]


_READS = (ControlRow, RiskRow, PostRow, PersonRow, TenureRow)
_GONE = TenureRow(
    number="T009", person="M009", post="P003", start=datetime.date(2015, 1, 1), end=datetime.date(2019, 12, 31)
)
_FORMER = PersonRow(number="M009", name="赵原大队长", unit="U02")
_LED_RISK = replace(HIGH_RISK, number="FX-L", tier=HIGH_RISK.tier, unit="U01", post="P000", finder="李局长")
_LED_CONTROL = replace(PREVENTION, number="CS-L", risk="FX-L", owner="李局长", supervisor="局党组会")
RULES: tuple[Rule, ...] = (
    Rule(
        code="CTL005",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="自己监督自己",
        check=owner_supervises_himself,
        subject=ControlRow,
        reads=_READS,
        sources=("S78",),
        fails=(*PEOPLE, HIGH_RISK, replace(PREVENTION, supervisor="M003")),
        passes=(*PEOPLE, HIGH_RISK, *CONTROLS),
    ),
    Rule(
        code="CTL006",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="责任人已离岗",
        check=owner_has_left,
        subject=ControlRow,
        reads=_READS,
        sources=("S74",),
        fails=(*PEOPLE, _FORMER, _GONE, HIGH_RISK, replace(PREVENTION, owner="赵原大队长")),
        passes=(*PEOPLE, _FORMER, _GONE, HIGH_RISK, *CONTROLS),
    ),
    Rule(
        code="CTL007",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="责任层级不够",
        check=responsible_level_too_low,
        subject=RiskRow,
        reads=_READS,
        whole=True,
        sources=("S74",),
        fails=(*PEOPLE, HIGH_RISK, replace(PREVENTION, owner="张队员", supervisor="王大队长")),
        passes=(*PEOPLE, HIGH_RISK, *CONTROLS),
    ),
    Rule(
        code="PRG009",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="第一责任人没有带头",
        check=leader_leads_nothing,
        subject=PostRow,
        reads=_READS,
        whole=True,
        sources=("S72",),
        fails=(*PEOPLE, HIGH_RISK, *CONTROLS),
        passes=(*PEOPLE, HIGH_RISK, *CONTROLS, _LED_RISK, _LED_CONTROL),
    ),
)
