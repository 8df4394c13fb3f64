"""Rules about the search itself: every post asked, every dimension considered, the whole section present."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import Roster
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder, listed
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.risks.rows import (
    REQUIRED_DIMENSIONS,
    NegativeRow,
    NoneFound,
    RiskDimension,
    RiskRow,
    SearchRow,
    Tier,
)
from lianfang.registers.risks.rules.examples import BUREAU, NEGATIVE, ORGANISATION, POST, RISK, SECTION
from lianfang.registers.risks.rules.negatives import entries_of
from lianfang.registers.risks.rules.statements import ENDED
from lianfang.registers.risks.rules.submissions import SUBMITTERS

Place = tuple[Tier, str]
"""Where a search is due: the post's number, the section's, or the bureau's."""


def post_without_entry(material: Material) -> Iterator[Finding]:
    """NEG002.

    检查什么：列入防控范围的每个岗位，是否有岗位级负面清单条目，或者有本人签字、逐方面写明理由的“未发现”排查记录。
    已撤销的岗位不检查。
    为什么：方案要求岗位风险由岗位人员自己找。没有条目也没有签字，就是没有找。
    怎么改：通知该岗位人员排查；确实没有的，在排查记录里逐个方面写明理由并签字。
    来源：S24。
    """
    listed_posts = {entry.post for entry in entries_of(material) if entry.tier is Tier.POST}
    signed = {
        search.post
        for search in material.of(SearchRow)
        if search.tier is Tier.POST and not is_placeholder(search.signed_by) and search.none_found
    }
    for post in material.derived(Roster).open_posts():
        if post.number not in listed_posts | signed:
            message = f"岗位“{post.name}”没有负面清单条目，也没有签字的“未发现”记录。"
            yield Finding(post.number, "number", message)


def section_without_search(material: Material) -> Iterator[Finding]:
    """NEG010.

    检查什么：每个有在册岗位的科室、大队、监测站，是否有部门级负面清单条目，或者至少有一次部门级排查记录。已撤销的条目不算；
    领导班子由单位级清单查找，不在此列。全局一条部门级条目都没有的，由 NEG001 一并报告。
    为什么：方案要求部门风险由各科室组织全体人员查找。别的科室查过了，不等于这个科室查过了。
    怎么改：请该科室组织全体人员排查并登记排查记录；确实没有的，逐个方面写明理由。
    来源：S25。
    """
    searched = {entry.unit for entry in entries_of(material) if entry.tier is Tier.SECTION}
    if not searched:
        return
    searched |= {search.unit for search in material.of(SearchRow) if search.tier is Tier.SECTION}
    roster = material.derived(Roster)
    staffed = {post.unit for post in roster.open_posts()}
    for unit in roster.live_units():
        if unit.unit_kind in SUBMITTERS and unit.number in staffed - searched:
            message = f"“{unit.name}”没有部门级负面清单条目，也没有部门级排查记录。"
            yield Finding(unit.number, "number", message)


def dimension_not_considered(material: Material) -> Iterator[Finding]:
    """NEG003.

    检查什么：每个已开展排查的岗位是否考虑了岗位职责、权力行使、制度执行、思想道德四个方面，
    科室是否考虑了工作程序、业务流程、制度机制三个方面，单位是否考虑了“三重一大”、行政管理、业务流程三个方面。
    有负面清单条目、有风险点，或者排查记录写明“未发现”及理由，都算考虑过。还没有开展排查的，
    单位由 NEG001、岗位由 NEG002、科室由 NEG010 报告。
    为什么：方案逐级列明了要找的方面。只在一个方面找，其余方面的风险就被跳过了。
    怎么改：补查缺少的方面；确实没有的，在排查记录里写明理由。
    来源：S24、S25、S26。
    """
    considered = _considered(material)
    for (tier, number), dimensions in considered.items():
        missing = [wanted.label for wanted in REQUIRED_DIMENSIONS[tier] if wanted not in dimensions]
        if missing:
            kind = PostRow.kind if tier is Tier.POST else UnitRow.kind
            message = f"{tier.label}级排查没有考虑{'、'.join(missing)}。"
            yield Finding(number, "dimension", message, kind=kind)


def _considered(material: Material) -> dict[Place, set[RiskDimension]]:
    found: defaultdict[Place, set[RiskDimension]] = defaultdict(set)
    risks = [risk for risk in material.of(RiskRow) if risk.state not in ENDED]
    looked: list[NegativeRow | RiskRow] = [*entries_of(material), *risks]
    for entry in looked:
        if entry.dimension:
            found[_place(entry)].add(entry.dimension)
    for search in material.of(SearchRow):
        reasoned = {none.dimension for none in search.none_found if not is_placeholder(none.reason)}
        found[_place(search)] |= reasoned
    return {place: dimensions for place, dimensions in found.items() if place[1]}


def _place(row: NegativeRow | RiskRow | SearchRow) -> Place:
    return row.tier, row.post if row.tier is Tier.POST else row.unit


def section_search_without_everybody(material: Material) -> Iterator[Finding]:
    """NEG004.

    检查什么：部门级排查的参加人员是否达到参数规定的比例（默认 100%）。应到人员按排查当日的任职名册计算；
    最近一次排查以前参数规定天数（默认 60 天）内的各次合并计算，补课的人不算缺席。
    为什么：方案要求部门风险由科室组织全体人员查找。几个人代填，其他人的岗位经验就丢了。
    怎么改：请缺席人员补充排查并登记一次补课。
    来源：S25、参数 attendance_share、make_up_days。
    """
    by_unit: defaultdict[str, list[SearchRow]] = defaultdict(list)
    for search in material.of(SearchRow):
        if search.tier is Tier.SECTION:
            by_unit[search.unit].append(search)
    for searches in by_unit.values():
        latest = max(searches, key=lambda search: (search.held_on, search.number))
        absent, due = _absentees(material, searches, latest)
        if due and 100 * (due - len(absent)) < material.parameters.attendance_share * due:
            message = f"科室应到 {due} 人，{listed(absent)} 没有参加部门级排查。"
            yield Finding(latest.number, "participants", message)


def _absentees(material: Material, searches: list[SearchRow], latest: SearchRow) -> tuple[list[str], int]:
    since = latest.held_on - datetime.timedelta(days=material.parameters.make_up_days)
    present = {name for search in searches if search.held_on >= since for name in search.participants}
    members = material.derived(Roster).members(latest.unit, latest.held_on)
    return [person.name for person in members if not {person.name, person.number} & present], len(members)


def _looked_everywhere(tier: Tier, number: str, unit: str, post: str = "") -> tuple[NegativeRow, ...]:
    return tuple(
        replace(NEGATIVE, number=f"{number}-{place}", tier=tier, unit=unit, post=post, dimension=dimension)
        for place, dimension in enumerate(REQUIRED_DIMENSIONS[tier])
    )


_NONE_FOUND = SearchRow(
    number="PC-001",
    tier=Tier.POST,
    unit="U02",
    post=POST.number,
    held_on=datetime.date(2026, 7, 1),
    participants=("张队员",),
    none_found=tuple(
        NoneFound(dimension, "本岗位只负责档案收发，不接触管理对象") for dimension in REQUIRED_DIMENSIONS[Tier.POST]
    ),
    signed_by="张队员",
)
_SECTION_SEARCH = SearchRow(
    number="PC-002", tier=Tier.SECTION, unit="U02", held_on=datetime.date(2026, 7, 1), participants=("张队员",)
)
_OTHER_SECTION = replace(SECTION, number="U03", name="法规科")
_OTHER_POST = replace(POST, number="P003", unit="U03", name="案件审查岗")
_SEARCHED = replace(NEGATIVE, number="FM-020", tier=Tier.SECTION, post="")
RULES: tuple[Rule, ...] = (
    Rule(
        code="NEG002",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="岗位没有负面清单",
        check=post_without_entry,
        subject=PostRow,
        reads=(PostRow, NegativeRow, SearchRow),
        whole=True,
        sources=("S24",),
        fails=(BUREAU, SECTION, POST),
        passes=(BUREAU, SECTION, POST, _NONE_FOUND),
    ),
    Rule(
        code="NEG003",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="规定的方面没有查找",
        check=dimension_not_considered,
        subject=NegativeRow,
        reads=(NegativeRow, RiskRow, SearchRow),
        whole=True,
        sources=("S24", "S25", "S26"),
        fails=(*ORGANISATION, NEGATIVE, RISK),
        passes=(*ORGANISATION, RISK, *_looked_everywhere(Tier.POST, "FM-1", "U02", POST.number)),
    ),
    Rule(
        code="NEG004",
        severity=Severity.WARNING,
        dimension=Dimension.COMPLETENESS,
        title="部门排查没有全员参加",
        check=section_search_without_everybody,
        subject=SearchRow,
        reads=(SearchRow, PostRow, PersonRow, TenureRow),
        sources=("S25",),
        fails=(*ORGANISATION, replace(_SECTION_SEARCH, participants=())),
        passes=(*ORGANISATION, _SECTION_SEARCH),
    ),
    Rule(
        code="NEG010",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="科室没有部门级排查",
        check=section_without_search,
        subject=UnitRow,
        reads=(UnitRow, PostRow, NegativeRow, SearchRow),
        whole=True,
        sources=("S25",),
        fails=(*ORGANISATION, _OTHER_SECTION, _OTHER_POST, _SEARCHED),
        passes=(*ORGANISATION, _OTHER_SECTION, _OTHER_POST, _SEARCHED, replace(_SECTION_SEARCH, unit="U03")),
    ),
)
