"""Rules about the negative lists: three levels, the four heads of 三重一大, ties to powers, and who leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import Roster
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder
from lianfang.foundation.organisation.rows import PostRank, PostRow, UnitRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.rows import Row
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.rows import MajorHead, NegativeRow, Tier
from lianfang.registers.risks.rules.examples import BUREAU, LEADER, NEGATIVE, POST, POWER, SECTION
from lianfang.registers.risks.states import NegativeState


def entries_of(material: Material) -> list[NegativeRow]:
    """Entries that were not withdrawn."""
    return [entry for entry in material.of(NegativeRow) if entry.state is not NegativeState.WITHDRAWN]


def level_without_entries(material: Material) -> Iterator[Finding]:
    """NEG001.

    检查什么：岗位、部门、单位三级负面清单是否都有条目。已撤销的条目不算。个别岗位没有的由 NEG002、
    个别科室没有的由 NEG010 报告。
    为什么：方案要求三级清单分别由岗位人员、科室全体和领导班子查找。缺一级，就有一层没有参加。
    怎么改：组织该层级的排查，岗位级由岗位人员查，部门级由全科室查，单位级由领导班子集体查。
    来源：S24、S25、S26。
    """
    present = {entry.tier for entry in entries_of(material)}
    for tier in Tier:
        if tier not in present:
            yield Finding(material.bureau(), "tier", f"{tier.label}级负面清单没有条目。", kind=UnitRow.kind)


_HEAD_WORDS = {
    MajorHead.DECISION: ("重大决策", "重大事项", "决策", "议事", "民主集中", "党组会", "班子会", "规划"),
    MajorHead.APPOINTMENT: ("任免", "选拔", "任用", "人事", "干部", "职级", "招聘", "录用", "聘用"),
    MajorHead.PROJECT: ("项目", "工程", "基建", "招标", "采购"),
    MajorHead.FUND: ("大额", "资金", "经费", "预算", "支出", "拨付"),
}
"""How a list without a column for the four heads speaks of them."""


def _heads_of(entries: list[NegativeRow]) -> set[MajorHead]:
    """The heads that the entries state; where none states one, those that their words are about."""
    stated = {entry.major_head for entry in entries if entry.major_head}
    if stated:
        return stated
    wording = " ".join(f"{entry.prohibited} {entry.duty} {entry.risk}" for entry in entries)
    return {head for head, words in _HEAD_WORDS.items() if any(word in wording for word in words)}


def major_head_without_entry(material: Material) -> Iterator[Finding]:
    """NEG005.

    检查什么：单位级负面清单是否对“三重一大”的四个方面（重大决策、重要人事任免、重大项目安排、大额资金使用）各有至少一条。
    单位级清单整体为空的，由 NEG001 报告；整张清单都没有标注“三重一大”事项的（例如自带的旧表没有这一列），按文字判断。
    为什么：方案要求单位级重点查找“三重一大”议事决策的风险，这四个方面是领导班子集体行使的权力。
    怎么改：逐个方面写明不得有的行为，例如不得以传阅会签代替集体讨论，并选定对应的“三重一大”事项。
    来源：S26、N20。
    """
    unit_level = [entry for entry in entries_of(material) if entry.tier is Tier.UNIT]
    heads = _heads_of(unit_level)
    for head in MajorHead:
        if unit_level and head not in heads:
            message = f"单位级负面清单没有“{head.label}”方面的条目。"
            yield Finding(material.bureau(), "major_head", message, kind=UnitRow.kind)


def entry_tied_to_nothing(material: Material) -> Iterator[Finding]:
    """NEG006.

    检查什么：负面清单条目是否对应一项职权、一条职责或一个“三重一大”事项；写了职权编号的，该职权是否存在且没有取消。
    为什么：负面清单是由职权推出来的禁止行为。不与职权、职责挂钩的条目是泛泛的纪律要求，放在哪个岗位都行，也就管不住哪个岗位。
    怎么改：选择对应的职权，或写明对应的职责、环节；纯属一般纪律要求的删去。
    来源：S23。
    """
    powers = material.by_number(PowerRow)
    for entry in entries_of(material):
        power = powers.get(entry.power)
        if entry.power and (power is None or power.state is PowerState.RETIRED):
            what = "已取消" if power else "不存在"
            yield Finding(entry.number, "power", f"负面清单条目对应的职权 {entry.power} {what}。")
        elif not entry.power and is_placeholder(entry.duty) and entry.major_head is None:
            yield Finding(entry.number, "power", "负面清单条目没有对应的职权、职责或“三重一大”事项。")


def leader_with_few_entries(material: Material) -> Iterator[Finding]:
    """NEG007.

    检查什么：主要负责人、分管领导岗位的岗位级条目数，是否少于其他在册岗位的中位数。
    其他岗位不足参数规定的个数（默认 3 个）时不比较；还没有条目的岗位由 NEG002 报告，不在此重复。
    为什么：方案要求领导干部带头查找。权力越大风险越多，领导岗位的条目少于一般岗位，说明查找避重就轻。
    怎么改：由本人对照“三重一大”、分管领域和审批权限重新查找。
    来源：S24、S72，参数 leader_compare_least。
    """
    counts = Counter(entry.post for entry in entries_of(material) if entry.tier is Tier.POST)
    posts = material.derived(Roster).open_posts()
    leading = [post for post in posts if post.rank in {PostRank.LEADER, PostRank.DEPUTY}]
    others = [counts[post.number] for post in posts if post not in leading]
    if len(others) < material.parameters.leader_compare_least:
        return
    middle = median(others)
    for post in leading:
        if 0 < counts[post.number] < middle:
            message = f"领导岗位“{post.name}”只有 {counts[post.number]} 条，少于一般岗位的中位数 {middle:g} 条。"
            yield Finding(post.number, "number", message, kind=PostRow.kind)


_SECTION_LEVEL = replace(NEGATIVE, number="FM-002", tier=Tier.SECTION, post="")
_UNIT_LEVEL = tuple(
    replace(NEGATIVE, number=f"FM-01{place}", tier=Tier.UNIT, unit="U01", post="", power="", major_head=head)
    for place, head in enumerate(MajorHead)
)
_ALL_LEVELS: tuple[Row, ...] = (BUREAU, SECTION, NEGATIVE, _SECTION_LEVEL, *_UNIT_LEVEL)
_CLERKS = tuple(replace(POST, number=f"P01{place}") for place in range(3))
_TWO_EACH = tuple(
    replace(NEGATIVE, number=f"FM-{post.number}-{copy}", post=post.number) for post in _CLERKS for copy in range(2)
)
_LED = tuple(replace(NEGATIVE, number=f"FM-L{copy}", post=LEADER.number) for copy in range(2))
RULES: tuple[Rule, ...] = (
    Rule(
        code="NEG001",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="三级负面清单缺级",
        check=level_without_entries,
        subject=NegativeRow,
        reads=(NegativeRow,),
        whole=True,
        sources=("S24", "S25", "S26"),
        fails=(BUREAU, SECTION, NEGATIVE, _SECTION_LEVEL),
        passes=_ALL_LEVELS,
    ),
    Rule(
        code="NEG005",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="单位级清单缺“三重一大”方面",
        check=major_head_without_entry,
        subject=NegativeRow,
        reads=(NegativeRow,),
        whole=True,
        sources=("S26", "N20"),
        fails=(BUREAU, *_UNIT_LEVEL[:3]),
        passes=_ALL_LEVELS,
    ),
    Rule(
        code="NEG006",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="负面清单条目没有对应职权",
        check=entry_tied_to_nothing,
        subject=NegativeRow,
        reads=(NegativeRow, PowerRow),
        sources=("S23",),
        fails=(POWER, replace(NEGATIVE, power="", duty="")),
        passes=(POWER, NEGATIVE, *_UNIT_LEVEL),
    ),
    Rule(
        code="NEG007",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="领导岗位条目偏少",
        check=leader_with_few_entries,
        subject=PostRow,
        reads=(NegativeRow, PostRow),
        whole=True,
        sources=("S24", "S72"),
        fails=(BUREAU, SECTION, LEADER, *_CLERKS, *_TWO_EACH, *_LED[:1]),
        passes=(BUREAU, SECTION, LEADER, *_CLERKS, *_TWO_EACH, *_LED),
    ),
)
